"""A number that changes is written once and filled in wherever it is named."""

from datetime import date

from studyapp.banks.facts import Fact, Interpolation, interpolate
from studyapp.banks.schema import FactModel

FACTS = {
    "F-rate": Fact(
        "F-rate",
        FactModel(
            value="$1,736.50",
            valid_from=date(2026, 1, 1),
            review_by=date(2027, 1, 1),
            sources=["S-a", "S-b"],
            as_of=date(2026, 11, 23),
        ),
        "facts.yaml",
        1,
    )
}


def test_facts_are_filled_in_everywhere() -> None:
    """Every text at any depth is filled in; numbers, dates and keys are left as they are."""
    met = Interpolation()
    data = {"stem": "Pay {fact:F-rate} now.", "options": [{"text": "{fact:F-rate}"}], "n": 3, "d": date(2026, 1, 1)}
    assert interpolate(data, FACTS, met) == {
        "stem": "Pay $1,736.50 now.",
        "options": [{"text": "$1,736.50"}],
        "n": 3,
        "d": date(2026, 1, 1),
    }
    assert met.used == {"F-rate"}
    assert met.unknown == []


def test_arithmetic_gets_the_bare_number() -> None:
    """In a compute line the value stands without $ and comma."""
    assert interpolate({"compute": "{fact:F-rate} * 2"}, FACTS, Interpolation()) == {"compute": "1736.50 * 2"}


def test_an_unknown_fact_is_told_with_its_place() -> None:
    """A name that facts.yaml does not have stays visible and is reported where it stands."""
    met = Interpolation()
    assert interpolate({"options": ["{fact:F-x}"]}, FACTS, met) == {"options": ["{fact:F-x}"]}
    assert met.unknown == [(("options", 0), "F-x")]
