"""Quizzes are drawn fairly and interleaved."""

import random
from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.form import Candidate
from studyapp.domain.practice_draw import draw_quiz, in_order

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        id=st.integers(0, 999).map(lambda n: f"x.{n:03}"),
        topic=st.sampled_from(["L01", "L02", "C01", "H01"]),
        difficulty=st.floats(0.1, 0.9),
        case_id=st.just(""),
        last_seen=st.sampled_from([None, None, 1, 2, 3]),
    ),
    max_size=40,
    unique_by=lambda candidate: candidate.id,
)


@given(CANDIDATES, st.integers(1, 30), st.integers(0, 2**32))
def test_a_quiz_has_its_length_and_no_repeats(bank: list[Candidate], length: int, seed: int) -> None:
    """As many as asked or as there are, none twice, the same for a seed, unseen before seen."""
    quiz = draw_quiz(bank, length, random.Random(seed))
    assert len(quiz) == len(set(quiz)) == min(length, len(bank))
    assert quiz == draw_quiz(list(reversed(bank)), length, random.Random(seed))
    unseen = {candidate.id for candidate in bank if candidate.last_seen is None}
    assert len(unseen & set(quiz)) == min(len(unseen), length)


@given(CANDIDATES, st.integers(2, 30), st.integers(0, 2**32))
def test_topics_alternate(bank: list[Candidate], length: int, seed: int) -> None:
    """Two questions of one topic follow each other only as often as the numbers force it."""
    quiz = draw_quiz(bank, length, random.Random(seed))
    topic = {candidate.id: candidate.topic for candidate in bank}
    counts = Counter(topic[item] for item in quiz)
    forced = max(0, max(counts.values(), default=0) - (len(quiz) - max(counts.values(), default=0)) - 1)
    assert sum(topic[first] == topic[second] for first, second in pairwise(quiz)) == forced


def test_a_small_topic_is_not_crowded_out() -> None:
    """Ten questions over a topic of fifty and one of five bring five of each."""
    bank = [Candidate(f"L01.{n:03}", "L01", 0.5) for n in range(50)]
    bank += [Candidate(f"L02.{n:03}", "L02", 0.5) for n in range(5)]
    assert Counter(item[:3] for item in draw_quiz(bank, 10, random.Random(3))) == {"L01": 5, "L02": 5}


@given(st.integers(0, 2**32))
def test_cases_stay_together(seed: int) -> None:
    """The items of a case follow one another."""
    bank = [Candidate(f"L01.{n}", "L01", 0.5, "case1" if n < 4 else "") for n in range(8)]
    bank += [Candidate(f"L02.{n}", "L02", 0.5) for n in range(8)]
    quiz = draw_quiz(bank, 16, random.Random(seed))
    places = sorted(quiz.index(f"L01.{n}") for n in range(4))
    assert places == list(range(places[0], places[0] + 4))


@given(CANDIDATES, st.integers(0, 2**32), st.data())
def test_a_retake_asks_exactly_those(bank: list[Candidate], seed: int, data: st.DataObject) -> None:
    """A quiz of given items holds these and no other."""
    chosen = data.draw(st.sets(st.sampled_from([candidate.id for candidate in bank]))) if bank else set()
    assert set(in_order(chosen, bank, random.Random(seed))) == chosen
