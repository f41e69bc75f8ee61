"""The gate fails a bank whose keys can be guessed, passes one whose keys cannot, and never passes without its tool."""

import math
import random
import sys

import pytest

from studyapp.banks import gate
from studyapp.domain.item import Bloom, Option, SingleItem
from studyapp.domain.taxonomy import Subject, Taxonomy, Topic

TAXONOMY = Taxonomy(
    (
        Subject("L", "Law", (Topic("L07", "L", "Breaches"),)),
        Subject("H", "HR", (Topic("H01", "H", "Title VII"),)),
    )
)
WORDS = ["audit", "badge", "chart", "draft", "event", "files", "grant", "hours", "image", "joint", "knife", "leave"]


def item(number: int, texts: list[str], key: int, *, topic: str = "L07", stem: str = "What is done?") -> SingleItem:
    """A single item whose option `key` (from 0) is correct."""
    return SingleItem(
        id=f"a.b.{number}",
        topic=topic,
        stem=stem,
        takeaway="",
        bloom=Bloom.APPLY,
        difficulty=0.5,
        options=tuple(Option("abcd"[index], text, "", correct=index == key) for index, text in enumerate(texts)),
    )


def random_bank(count: int, seed: int, topic: str = "L07") -> list[SingleItem]:
    """Items whose keys have nothing to do with their surface."""
    rng = random.Random(seed)
    return [
        item(n, [" ".join(rng.sample(WORDS, rng.randint(2, 5))) for _ in range(4)], rng.randrange(4), topic=topic)
        for n in range(count)
    ]


def by_name(results: tuple[gate.Result, ...], scope: str = gate.ALL) -> dict[str, gate.Result]:
    """Results of one scope by strategy."""
    return {result.name: result for result in results if result.scope == scope}


def test_a_bank_without_pattern_passes() -> None:
    """Where keys have nothing to do with the surface every strategy is near chance."""
    results = gate.run_gate(random_bank(200, seed=1), TAXONOMY)
    assert all(result.passed for result in results)
    assert {result.scope for result in results} == {gate.ALL, "L"}
    assert len(by_name(results)) == 10


@pytest.mark.parametrize(
    ("pattern", "strategy"),
    [("longest", "always longest"), ("shortest", "always shortest"), ("c", "always c as authored")],
)
def test_a_pattern_fails(pattern: str, strategy: str) -> None:
    """A bank whose keys are mostly longest, shortest or in one place fails by that strategy and by the regression."""
    bank = []
    for number, original in enumerate(random_bank(120, seed=2)):
        texts = [option.text for option in original.options]
        order = sorted(range(4), key=lambda index: len(texts[index]))
        key = {"longest": order[-1], "shortest": order[0], "c": 2}[pattern]
        bank.append(item(number, texts, key if number % 3 else number % 4))
    results = by_name(gate.run_gate(bank, TAXONOMY))
    assert not results[strategy].passed
    assert not results["logistic regression"].passed


def test_scores_are_shares_right_with_ties_by_chance() -> None:
    """Golden values: ties count 1/k, items without a fourth option are left out of 'always d'."""
    bank = [
        item(1, ["aaaa", "bb", "cc", "dd"], 0),
        item(2, ["aaaa", "bbbb", "cc", "dd"], 0),
        item(3, ["aaa", "bbb", "ccc"], 2),
    ]
    results = by_name(gate.run_gate(bank, TAXONOMY))
    assert results["always longest"].score == pytest.approx((1 + 1 / 2 + 1 / 3) / 3)
    assert results["always shortest"].score == pytest.approx((0 + 0 + 1 / 3) / 3)
    assert results["always a as authored"].score == pytest.approx(2 / 3)
    assert (results["always d as authored"].n, results["always d as authored"].score) == (2, 0.0)


def test_words_that_give_the_key_away() -> None:
    """The option that repeats the stem, shares most words or hedges most is the one those strategies choose."""
    stem = "The laptop with charts was stolen."
    texts = ["Call the police", "Trace the laptop with the police", "Usually call", "Pay a fine"]
    scores = {key: by_name(gate.run_gate([item(1, texts, key, stem=stem)], TAXONOMY)) for key in range(4)}
    assert scores[1]["most stem overlap"].score == 1.0
    assert scores[0]["most shared tokens"].score == 1.0
    assert scores[2]["most hedged"].score == 1.0


def test_limits() -> None:
    """The whole's limit is chance and 2.6 standard errors; a subject's is chance and ten points, or that if wider."""
    large, small = random_bank(900, seed=3), random_bank(40, seed=3)
    assert gate.chance(large) == 0.25
    assert gate.limit(large, gate.ALL) == pytest.approx(0.25 + 2.6 * math.sqrt(0.25 * 0.75 / 900))
    assert gate.limit(large, "L") == pytest.approx(0.35)
    assert gate.limit(small, "L") == pytest.approx(0.25 + 2.6 * math.sqrt(0.25 * 0.75 / 40))
    assert gate.chance([item(1, ["a", "b", "c"], 0), item(2, ["a", "b"], 0)]) == pytest.approx((1 / 3 + 1 / 2) / 2)


def test_each_subject_is_gated_alone() -> None:
    """A subject that gives its keys away fails though the whole bank hides it."""
    honest = random_bank(400, seed=4, topic="H01")
    guessable = [item(1000 + n, ["aa", "bbbbbbb", "cc", "dd"], 1) for n in range(40)]
    results = gate.run_gate(honest + guessable, TAXONOMY)
    assert not by_name(results, "L")["always longest"].passed
    assert by_name(results, "H")["always longest"].passed


def test_a_missing_tool_is_a_failed_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without scikit-learn the regression fails with a sentence; it is never passed over in silence."""
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    result = by_name(gate.run_gate(random_bank(80, seed=5), TAXONOMY))["logistic regression"]
    assert (result.passed, result.score) == (False, None)
    assert "scikit-learn is not installed" in result.note


def test_what_was_not_run_says_why() -> None:
    """An installed program, and a leaf too small to learn from, say that the regression did not run."""
    installed = by_name(gate.run_gate(random_bank(80, seed=6), TAXONOMY, learn=False))["logistic regression"]
    small = by_name(gate.run_gate(random_bank(8, seed=6), TAXONOMY))["logistic regression"]
    assert installed.score is small.score is None
    assert installed.note.startswith("Not run on a compiled bank")
    assert small.note.startswith("Not run: fewer than")


def test_the_regression_is_repeatable() -> None:
    """The same bank gets the same score every time."""
    bank = random_bank(100, seed=7)
    first = by_name(gate.run_gate(bank, TAXONOMY))["logistic regression"]
    assert first == by_name(gate.run_gate(bank, TAXONOMY))["logistic regression"]


def test_an_empty_bank_is_no_fault() -> None:
    """A bank of flashcards has nothing to guess."""
    assert all(result.passed for result in gate.run_gate([], TAXONOMY))
