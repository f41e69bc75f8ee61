"""`compute:` lines are worked out exactly, and nothing but arithmetic is worked out at all."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.banks import compute, numbers
from studyapp.core.errors import StudyAppError
from studyapp.domain.item import Bloom, NumericItem

NUMBERS = st.integers(0, 99_999)
TREES = st.recursive(
    NUMBERS.map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
    max_leaves=8,
)


@given(TREES)
def test_arithmetic_is_exact(expression: str) -> None:
    """Any expression of numbers and the four operations has the value that exact fractions give."""
    wrapped = "".join(f"Fraction({part})" if part.isdigit() else part for part in _tokens(expression))
    try:
        expected = eval(wrapped, {"Fraction": Fraction})  # noqa: S307  the oracle, on text made here
    except ZeroDivisionError:
        with pytest.raises(StudyAppError, match="division by zero"):
            compute.evaluate(expression)
        return
    assert compute.evaluate(expression) == expected


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-3000, 3000))
def test_days_are_calendar_days(start: date, count: int) -> None:
    """date() plus days() is the calendar's, and the difference of dates leads back."""
    written = f"date({start.year}, {start.month}, {start.day}) + days({count})"
    end = start + timedelta(days=count)
    assert compute.evaluate(written) == end
    assert numbers.shows_date(f"{end:%B} {end.day}, {end.year}", end)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("round(2.675, 2)", Fraction(268, 100)),  # Python's own gives 2.67
        ("round(0.5)", Fraction(1)),
        ("-round(-2.5)", Fraction(3)),
        ("min(3, 1, 2) + max(4, 0.5)", Fraction(5)),
        ("max(date(2026, 1, 1), date(2026, 3, 1))", date(2026, 3, 1)),
        ("0.1 + 0.2", Fraction(3, 10)),
        ("(date(2026, 3, 1) - date(2026, 2, 1)) + days(2)", timedelta(days=30)),
        ("date(2028, 2, 29) + days(365)", date(2029, 2, 28)),
    ],
)
def test_known_values(expression: str, value: compute.Value) -> None:
    """Money is rounded half up, decimals are what is written, dates know leap years."""
    assert compute.evaluate(expression) == value


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "().__class__",
        "open('x')",
        "9 ** 9 ** 9",
        "1e999999",
        "date(2026, 2, 30)",
        "date(2026.5, 1, 1)",
        "days(1.5)",
        "days(10000000)",
        "date(2026, 1, 1) * 2",
        "days(1) - date(2026, 1, 1)",
        "round(1, 400)",
        "max()",
        "max(1, days(1))",
        "min(x)",
        "True",
        "'a'",
        "1 if 1 else 2",
        "[1]",
        "1 +",
        "",
        "(" * 250,
        "1 + " * 100 + "1",
        "round(x=1)",
    ],
)
def test_anything_else_is_refused(expression: str) -> None:
    """Calls, attributes, powers, huge numbers and impossible dates are refused in a sentence."""
    with pytest.raises(StudyAppError):
        compute.evaluate(expression)


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("$14,308", Fraction(14308), True),
        ("$14,308.50", Fraction("14308.5"), True),
        ("41.5 days", Fraction("41.5"), True),
        ("41.5 days", Fraction("41.4"), False),
        ("12.5 %", Fraction("0.125"), True),
        ("about 33 days", Fraction(100, 3), True),
        ("60 days", Fraction(61), False),
        ("Three business days", Fraction(3), True),
        ("$1,000", Fraction(1), False),
        ("6 days", Fraction(60), False),
        ("no number", Fraction(0), False),
    ],
)
def test_a_key_shows_its_amount(text: str, value: Fraction, *, shown: bool) -> None:
    """An amount counts as shown at the precision that stands in the key, with $, commas, per cent or in words."""
    assert numbers.shows_number(text, value) is shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("May 2", True), ("Saturday, May 2, 2026", True), ("2026-05-02", True), ("May 2, 2027", False), ("May 20", False)],
)
def test_a_key_shows_its_date(text: str, *, shown: bool) -> None:
    """A date counts as shown with or without its year, but not with another year."""
    assert numbers.shows_date(text, date(2026, 5, 2)) is shown


def test_a_numeric_key_is_met_within_its_tolerance() -> None:
    """The tolerance that forgives the learner's rounding forgives the author's, and no more."""
    item = NumericItem(
        id="x.y.1",
        topic="C17",
        stem="?",
        takeaway="",
        bloom=Bloom.APPLY,
        difficulty=0.5,
        value=41.5,
        tolerance=0.05,
        unit="days",
        why="",
    )
    assert compute.reproduces(Fraction("41.55"), item)
    assert not compute.reproduces(Fraction("41.56"), item)
    assert not compute.reproduces(date(2026, 1, 1), item)


def _tokens(expression: str) -> list[str]:
    tokens, digits = [], ""
    for character in expression:
        if character.isdigit():
            digits += character
            continue
        if digits:
            tokens.append(digits)
            digits = ""
        tokens.append(character)
    return [*tokens, digits] if digits else tokens
