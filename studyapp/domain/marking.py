"""Marking a response against an item's key."""

import math
import re
from dataclasses import dataclass

from studyapp.domain import cloze
from studyapp.domain.answer_text import same_answer
from studyapp.domain.item import (
    AnyItem,
    ClozeItem,
    MultipleItem,
    NumericItem,
    Response,
    SingleItem,
    TextItem,
    TrueFalseItem,
)

# Digits in groups of three (by comma or by a space) or none, and a decimal point; never a comma as decimal sign.
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?|\.\d+")
_MINUS = re.compile(r"[-−–]\s*\$?\s*$")
# An accountant's minus: (3), ($3.50), (3%).
_OPENS, _CLOSES = re.compile(r"\(\s*\$?\s*$"), re.compile(r"\s*%?\s*\)")
# A unit of area or volume holds a digit that is no number of its own: kg/m2, cm^3.
_EXPONENT = re.compile(r"(?<![^\W\d_])(?:[kcdmµ]?m|in|ft|yd|mi)\^?[23](?!\w)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked response: `score` from 0 to 1, and whether it is wholly right."""

    score: float
    right: bool


WRONG = Mark(score=0.0, right=False)


def mark(item: AnyItem, response: Response | None) -> Mark:
    """Mark a response; none and an empty one are wrong.

    Single and true/false: right or wrong. Multiple: (right chosen - wrong chosen) / number of correct options, not
    below 0. Numeric: right within the tolerance. Text: one of the accepted answers. Cloze: share of blanks right.
    """
    if response is None or response.empty:
        return WRONG
    match item:
        case SingleItem() | TrueFalseItem():
            return _all_or_nothing(response.chosen == item.key)
        case MultipleItem():
            hits = len(response.chosen & item.key)
            misses = len(response.chosen - item.key)
            return _share(max(0, hits - misses), len(item.key))
        case NumericItem():
            number = parse_number(response.text)
            # The slack is for binary fractions: 0.1 + 0.2 lies within 0 of 0.3.
            slack = 1e-9 * max(1.0, abs(item.value))
            return _all_or_nothing(number is not None and abs(number - item.value) <= item.tolerance + slack)
        case TextItem():
            return _all_or_nothing(same_answer(response.text, item.accept))
        case ClozeItem():
            marks = blanks_right(item, response)
            return _share(sum(marks), len(marks))


def blanks_right(item: ClozeItem, response: Response) -> tuple[bool, ...]:
    """For each blank of a cloze item, in the order of the text, whether it was filled rightly."""
    return tuple(
        same_answer(response.blanks[n] if n < len(response.blanks) else "", deletion.accept)
        for n, deletion in enumerate(cloze.deletions(item.stem))
    )


def parse_number(text: str) -> float | None:
    """The one number in what was typed, or None: "$1,234.50", "1 234", "41.5 days", "24.5 kg/m2", "66%", "-3".

    A unit or currency sign is not looked at. In brackets a number is negative, as accountants write it: "(3)" is -3.
    Two numbers ("3 to 5"), wrong grouping ("1,23") and a power of ten ("1.5e3") are no number.
    """
    found = _NUMBER.search(text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    if re.search(r"[\d.,]$", before) or re.search(r"\d", _EXPONENT.sub("", after)):
        return None
    value = float(re.sub(r"[^\d.]", "", found.group()))
    negative = _MINUS.search(before) or (_OPENS.search(before) and _CLOSES.match(after))
    return -value if negative else value


def _all_or_nothing(right: bool) -> Mark:
    return Mark(score=float(right), right=right)


def _share(part: int, whole: int) -> Mark:
    return Mark(score=part / whole, right=math.isclose(part, whole)) if whole else WRONG
