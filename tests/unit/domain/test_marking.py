"""How responses are marked: exactly as each item says, forgiving only what is no matter of knowledge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.item import (
    AnyItem,
    Bloom,
    ClozeItem,
    MultipleItem,
    NumericItem,
    Option,
    Response,
    SingleItem,
    TextItem,
    TrueFalseItem,
)
from studyapp.domain.marking import Mark, blanks_right, mark, parse_number


def options(count: int, correct: set[str]) -> tuple[Option, ...]:
    """Options a, b, c … of which some are correct."""
    return tuple(
        Option(id=letter, text=f"Option {letter}", why="", correct=letter in correct) for letter in "abcdefgh"[:count]
    )


def single(key: str = "b") -> SingleItem:
    """A single-best-answer item with four options."""
    return SingleItem(
        id="x.1", topic="T01", stem="?", takeaway="", bloom=Bloom.APPLY, difficulty=0.6, options=options(4, {key})
    )


def multiple(count: int, correct: set[str]) -> MultipleItem:
    """A multiple-response item."""
    return MultipleItem(
        id="x.2", topic="T01", stem="?", takeaway="", bloom=Bloom.APPLY, difficulty=0.6, options=options(count, correct)
    )


def numeric(value: float, tolerance: float = 0.0) -> NumericItem:
    """A numeric item."""
    return NumericItem(
        id="x.3",
        topic="T01",
        stem="?",
        takeaway="",
        bloom=Bloom.APPLY,
        difficulty=0.6,
        value=value,
        tolerance=tolerance,
        unit="days",
        why="",
    )


def text(*accept: str) -> TextItem:
    """A text item."""
    return TextItem(
        id="x.4", topic="T01", stem="?", takeaway="", bloom=Bloom.APPLY, difficulty=0.6, accept=accept, why=""
    )


CLOZE = ClozeItem(
    id="x.5",
    topic="T01",
    stem="The {{c1::spleen}} lies in the {{c2::left upper|upper left::side}} quadrant, the {{c1::liver}} opposite.",
    takeaway="",
    bloom=Bloom.REMEMBER,
    difficulty=0.6,
    why="",
)


def test_single_takes_the_key_alone() -> None:
    """Only the key is right; a second choice beside it is not."""
    assert mark(single(), Response(chosen=frozenset("b"))) == Mark(1.0, right=True)
    assert mark(single(), Response(chosen=frozenset("a"))) == Mark(0.0, right=False)
    assert mark(single(), Response(chosen=frozenset("ab"))) == Mark(0.0, right=False)


def test_true_false() -> None:
    """A statement is judged right or wrong."""
    item = TrueFalseItem(
        id="x.6",
        topic="T01",
        stem="?",
        takeaway="",
        bloom=Bloom.REMEMBER,
        difficulty=0.6,
        options=(Option("t", "True", "", correct=True), Option("f", "False", "")),
    )
    assert mark(item, Response(chosen=frozenset("t"))).right
    assert not mark(item, Response(chosen=frozenset("f"))).right


@pytest.mark.parametrize(
    ("chosen", "score"),
    [("abc", 1.0), ("ab", 2 / 3), ("a", 1 / 3), ("abd", 1 / 3), ("ad", 0.0), ("de", 0.0), ("abcde", 1 / 3)],
)
def test_multiple_gives_partial_credit(chosen: str, score: float) -> None:
    """Right choices less wrong ones, over the number of correct options, never below zero."""
    result = mark(multiple(5, {"a", "b", "c"}), Response(chosen=frozenset(chosen)))
    assert result.score == pytest.approx(score)
    assert result.right == (chosen == "abc")


@given(st.integers(3, 8), st.data())
def test_multiple_choosing_everything_never_pays_more_than_the_key(count: int, data: st.DataObject) -> None:
    """No set of choices beats the key, and only the key scores 1."""
    letters = list("abcdefgh"[:count])
    key = data.draw(st.sets(st.sampled_from(letters), min_size=1))
    chosen = data.draw(st.sets(st.sampled_from(letters)))
    result = mark(multiple(count, key), Response(chosen=frozenset(chosen)))
    assert 0.0 <= result.score <= 1.0
    assert (result.score == 1.0) == result.right == (chosen == key)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("41.5", 41.5),
        ("$1,234.50", 1234.5),
        ("41.5 days", 41.5),
        ("66%", 66.0),
        (" 1,234,567 ", 1_234_567.0),
        (".5", 0.5),
        ("-3", -3.0),
        ("−$3.10", -3.1),
        ("$ 12", 12.0),
        ("about 30 days.", 30.0),
        ("USD 5", 5.0),
        ("", None),
        ("none", None),
        ("3 to 5", None),
        ("3-5", None),
        ("1,23", None),
        ("12,3456", None),
        ("1.2.3", None),
        ("1e3", None),
        ("1/2", None),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, number: float | None) -> None:
    """Currency, grouping, percent sign and unit are forgiven; what is not one number is none."""
    assert parse_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("24.5 kg/m2", 24.5),
        ("24.5 kg/m^2", 24.5),
        ("3 cm3", 3.0),
        ("1 234", 1234.0),
        ("$1\u202f234\u00a0567.50", 1234567.5),
        ("(3)", -3.0),
        ("($1,234.50)", -1234.5),
        ("( 3 % )", -3.0),
        ("5 (five)", 5.0),
        ("12 34", None),
        ("1 2345", None),
        ("1.5e3", None),
        ("1.5 x 10^3", None),
        ("5 m2 2", None),
    ],
)
def test_units_with_digits_spaces_and_brackets(typed: str, number: float | None) -> None:
    """An area's exponent is no second number, a space may group digits, and brackets mean less than nothing."""
    assert parse_number(typed) == number


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_a_number_typed_with_grouping_is_itself(value: float) -> None:
    """Any amount written the American way reads back as itself."""
    assert parse_number(f"{value:,.2f}") == value
    assert parse_number(f"{value:.2f} days") == value


def test_numeric_within_tolerance() -> None:
    """Right up to the tolerance and no further; binary fractions do no harm."""
    assert mark(numeric(41.5, 0.5), Response(text="42")).right
    assert not mark(numeric(41.5, 0.5), Response(text="42.01")).right
    assert mark(numeric(0.1 + 0.2), Response(text="0.3")).right
    assert not mark(numeric(100.0), Response(text="100.01")).right
    assert not mark(numeric(41.5), Response(text="soon")).right


@pytest.mark.parametrize(
    "typed", ["follow-up visit", "Follow up visit", "FOLLOWUP  VISIT", "follow–up visit", "fóllow-up visit", "suivi"]
)
def test_text_forgives_case_spacing_hyphens_and_accents(typed: str) -> None:
    """What is no matter of knowledge does not count."""
    assert mark(text("follow-up visit", "suivi"), Response(text=typed)).right


@pytest.mark.parametrize("typed", ["follow-up visits", "folow-up visit", "follow-up", "follow/up visit", "-", ""])
def test_text_forgives_nothing_else(typed: str) -> None:
    """A misspelling, another word, or nothing is wrong."""
    assert not mark(text("follow-up visit", "suivi"), Response(text=typed)).right


def test_cloze_counts_blanks_in_the_order_of_the_text() -> None:
    """Each blank is marked on its own; other spellings count; a missing blank is wrong."""
    assert mark(CLOZE, Response(blanks=("Spleen", "upper-left", "liver"))) == Mark(1.0, right=True)
    partly = Response(blanks=("spleen", "right upper"))
    assert blanks_right(CLOZE, partly) == (True, False, False)
    assert mark(CLOZE, partly).score == pytest.approx(1 / 3)
    assert not mark(CLOZE, partly).right


@pytest.mark.parametrize("item", [single(), multiple(4, {"a"}), numeric(0.0, 1.0), text("a"), CLOZE])
def test_nothing_is_wrong(item: AnyItem) -> None:
    """No response and an empty one score nothing, whatever the item."""
    for response in (None, Response(), Response(text="  "), Response(blanks=("", " "))):
        assert mark(item, response) == Mark(0.0, right=False)
