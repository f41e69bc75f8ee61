"""A typed answer beside the accepted one."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.answer_diff import AnswerDiff, compare
from studyapp.domain.answer_text import fold

WORDS = st.text(alphabet="abcdeéÉ -'ßİ", max_size=12)


def joined(runs: tuple[tuple[str, bool], ...]) -> str:
    """The text of the runs."""
    return "".join(text for text, _ in runs)


def test_a_slip_is_shown_where_it_is() -> None:
    """Letters too many are marked in what was typed, letters missing in the answer."""
    assert compare("pericarditus", ("pericarditis",)) == AnswerDiff(
        right=False,
        given=(("pericardit", True), ("u", False), ("s", True)),
        expected=(("pericardit", True), ("i", False), ("s", True)),
    )


def test_forgiven_differences_are_right() -> None:
    """Case, spacing, hyphens and accents are not marked at all."""
    assert compare("Follow up", ("follow-up",)) == AnswerDiff(
        right=True, given=(("Follow up", True),), expected=(("follow-up", True),)
    )


def test_the_nearest_accepted_answer_is_shown() -> None:
    """Of several accepted answers the one that the learner seems to have meant is laid beside it."""
    assert joined(compare("myocardial infarctoin", ("heart attack", "myocardial infarction")).expected) == (
        "myocardial infarction"
    )


def test_nothing_typed_is_wrong() -> None:
    """An empty answer shows the whole answer as missing."""
    assert compare("  ", ("liver",)) == AnswerDiff(right=False, given=(), expected=(("liver", False),))


def test_emphasis_in_an_answer_is_not_asked_for() -> None:
    """Marks of emphasis are the author's, not the learner's."""
    assert compare("PHI", ("**PHI**",)).right


def test_there_is_always_an_answer_to_compare_with() -> None:
    """Comparing with nothing is a mistake of the caller."""
    with pytest.raises(ValueError, match="accepted"):
        compare("a", ())


@given(WORDS, st.lists(WORDS, min_size=1, max_size=3))
def test_runs_hold_the_whole_text(typed: str, accept: list[str]) -> None:
    """Nothing typed is lost or doubled in the runs, right ones carry no mark, and right means equal after folding."""
    diff = compare(typed, tuple(accept))
    assert joined(diff.given) == unicodedata.normalize("NFC", typed.strip())
    assert joined(diff.expected) in {unicodedata.normalize("NFC", answer.strip()) for answer in accept}
    assert diff.right == (fold(typed) != "" and fold(typed) in {fold(answer) for answer in accept})
    if diff.right:
        assert all(ok for _, ok in (*diff.given, *diff.expected))


@given(WORDS)
def test_folding_twice_is_folding_once(text: str) -> None:
    """The form in which answers are compared is stable."""
    assert fold(fold(text)) == fold(text)
