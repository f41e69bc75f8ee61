"""The order in which an item's options are shown."""

import random
import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from studyapp.domain.item import AnyItem, MultipleItem, SingleItem, TrueFalseItem

_AMOUNT = re.compile(r"(\$?)\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(%?)\s*((?:[A-Za-z]+ ?){0,3})\.?")
_DATE = re.compile(r"([A-Za-z]+)\s+(\d{1,2})(?:,\s*(\d{4}))?")
# Not strptime's: its names are those of the system's language, and the items are in English.
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_YEARLESS = 2000  # a leap year, so that February 29 is a date


def option_order(item: AnyItem, rng: random.Random) -> tuple[str, ...]:
    """Option ids in the order to show: shuffled, unless their order means something (`keeps_order`)."""
    match item:
        case TrueFalseItem():
            return tuple(option.id for option in item.options)
        case SingleItem() | MultipleItem():
            ids = [option.id for option in item.options]
            if not keeps_order([option.text for option in item.options]):
                rng.shuffle(ids)
            return tuple(ids)
        case _:
            return ()


def keeps_order(texts: Sequence[str]) -> bool:
    """True when the options are numbers, amounts of one unit, or dates, in ascending order.

    A reader looks for a number where its size puts it; shuffling such a list only costs time.
    """
    dates = [_date(text) for text in texts]
    if all(day is not None for day in dates):
        return _ascending([day.toordinal() for day in dates if day is not None])
    amounts = [_amount(text) for text in texts]
    if any(amount is None for amount in amounts):
        return False
    known = [amount for amount in amounts if amount is not None]
    return len({unit for _, unit in known}) == 1 and _ascending([value for value, _ in known])


def _ascending(values: Sequence[float]) -> bool:
    return all(first < second for first, second in pairwise(values))


def _amount(text: str) -> tuple[float, str] | None:
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    currency, whole, fraction, percent, unit = found.groups()
    words = unit.strip().lower()
    return float(whole.replace(",", "") + (fraction or "")), currency + percent + words.removesuffix("s")


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text.strip().rstrip("."))
    if found is None:
        return None
    month, day, year = found.groups()
    try:
        return date(int(year or _YEARLESS), _MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None
