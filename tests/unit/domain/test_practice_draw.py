"""Quizzes are drawn fairly and interleaved."""

import math
import random
from collections import Counter
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.form import Candidate
from studyapp.domain.practice_draw import begin_with, draw_quiz, in_order

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


WEIGHTS = {"L01": 0.6, "L02": 0.3, "C01": 0.1}


@given(st.integers(1, 40), st.integers(0, 2**32))
def test_topics_come_as_the_exam_weighs_them(length: int, seed: int) -> None:
    """With supply enough a topic's and a domain's share of a quiz is its weight, to a question or so; none is outside.

    Leaves that stand together in the weights, as those of a domain do, are in proportion together, too.
    """
    bank = [Candidate(f"{topic}.{n:03}", topic, 0.5) for topic in ("C01", "H01", "L01", "L02") for n in range(50)]
    counts = Counter(item[:3] for item in draw_quiz(bank, length, random.Random(seed), WEIGHTS))
    assert counts.total() == length
    assert counts["H01"] == 0
    for topic, weight in WEIGHTS.items():
        assert abs(counts[topic] - length * weight) < 2
    assert math.floor(length * 0.9) <= counts["L01"] + counts["L02"] <= math.ceil(length * 0.9)


def test_quizzes_differ_in_the_topics_they_join() -> None:
    """Which of many small topics come together is left to chance: in time every pair does."""
    even = {f"L{n:02}": 1 / 12 for n in range(12)}
    bank = [Candidate(f"{topic}.{n:03}", topic, 0.5) for topic in even for n in range(9)]
    pairs: set[tuple[str, ...]] = set()
    for seed in range(300):
        quiz = sorted({item[:3] for item in draw_quiz(bank, 4, random.Random(seed), even)})
        pairs.update(combinations(quiz, 2))
    apart = [pair for pair in combinations(even, 2) if pair not in pairs]
    # Three neighbours share one of the four places.
    assert all(int(first[1:]) // 3 == int(second[1:]) // 3 for first, second in apart)


def test_a_light_topic_has_its_turn() -> None:
    """A topic of a tenth comes in about every tenth quiz of one question: none is left out for ever."""
    bank = [Candidate(f"{topic}.{n:03}", topic, 0.5) for topic in WEIGHTS for n in range(50)]
    counts = Counter(draw_quiz(bank, 1, random.Random(seed), WEIGHTS)[0][:3] for seed in range(400))
    assert all(abs(counts[topic] / 400 - weight) < 0.08 for topic, weight in WEIGHTS.items())


@given(CANDIDATES, st.integers(1, 40), st.integers(0, 2**32))
def test_at_most_one_in_ten_is_off_the_exam(bank: list[Candidate], length: int, seed: int) -> None:
    """What the exam does not ask fills in where the exam's own questions run out, one in ten at most; unseen first."""
    quiz = draw_quiz(bank, length, random.Random(seed), WEIGHTS)
    assert quiz == draw_quiz(list(reversed(bank)), length, random.Random(seed), WEIGHTS)
    inside = {candidate.id for candidate in bank if candidate.topic in WEIGHTS}
    asked = [item for item in quiz if item in inside]
    assert len(set(quiz)) == len(quiz) <= length
    if inside:
        assert len(asked) == min(length, len(inside))
        assert 10 * (len(quiz) - len(asked)) <= len(quiz)
        unseen = {candidate.id for candidate in bank if candidate.last_seen is None} & inside
        assert len(unseen & set(quiz)) == min(len(unseen), length)
    else:
        assert len(quiz) == min(length, len(bank))


def test_a_quiz_short_of_the_exam_takes_one_in_ten_from_elsewhere() -> None:
    """Eighteen questions of the exam and fifty others make a quiz of twenty."""
    bank = [Candidate(f"L01.{n:03}", "L01", 0.5) for n in range(18)]
    bank += [Candidate(f"H01.{n:03}", "H01", 0.5) for n in range(50)]
    counts = Counter(item[:3] for item in draw_quiz(bank, 30, random.Random(1), WEIGHTS))
    assert counts == {"L01": 18, "H01": 2}


def test_a_quiz_begins_with_what_it_is_told() -> None:
    """The item comes first, and the others keep their order; where it was not drawn it takes the last one's place."""
    assert begin_with(("a", "b", "c"), "c") == ("c", "a", "b")
    assert begin_with(("a", "b", "c"), "x") == ("x", "a", "b")
