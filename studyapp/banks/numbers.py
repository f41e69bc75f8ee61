"""Numbers, dates and ranges as they stand in options."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WORDS = dict(
    zip(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        range(13),
        strict=True,
    )
) | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_NUMBER = re.compile(r"(?<![\w.])[-−]?\$?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w]*\.\w)")
_DATE = re.compile(rf"\b({'|'.join(_MONTHS)})\s+(\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(\d{{4}}))?", re.IGNORECASE)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_AMOUNT = r"\$?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
_CLOSED = re.compile(rf"^(?:from |between )?{_AMOUNT}\s*(?:-|–|to|and)\s*{_AMOUNT}\s*(.*)$", re.IGNORECASE)
_BELOW = re.compile(rf"^(?:less than|fewer than|under|below|up to|at most)\s+{_AMOUNT}\s*(.*)$", re.IGNORECASE)
_ABOVE = re.compile(rf"^(?:more than|over|above|at least)\s+{_AMOUNT}\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as shown: its value and how many decimals stand there."""

    value: Fraction
    decimals: int


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers in a unit; open ends are None."""

    low: Fraction | None
    high: Fraction | None
    unit: str


def numbers_in(text: str) -> list[Shown]:
    """Numbers in a text: digits with or without $ and thousands commas, and small numbers in words."""
    found = [_shown(match.group(1), match.group(2), negative=match.group(0)[0] in "-−") for match in _matches(text)]
    found += [Shown(Fraction(_WORDS[word]), 0) for word in re.findall(r"[a-z]+", text.casefold()) if word in _WORDS]
    return found


def dates_in(text: str) -> list[tuple[int | None, int, int]]:
    """Dates in a text as (year or None, month, day): `May 2`, `May 2, 2026`, `2026-05-02`."""
    found: list[tuple[int | None, int, int]] = [
        (int(year) if year else None, _MONTHS.index(month.casefold()) + 1, int(day))
        for month, day, year in _DATE.findall(text)
    ]
    return found + [(int(year), int(month), int(day)) for year, month, day in _ISO.findall(text)]


def shows_number(text: str, value: Fraction) -> bool:
    """True when `text` shows `value`, rounded to the decimals that stand there; per cent are hundredths."""
    candidates = [value, value * 100] if "%" in text or "per cent" in text or "percent" in text else [value]
    return any(
        abs(candidate - shown.value) <= Fraction(1, 2 * 10**shown.decimals)
        if candidate != int(candidate) or shown.decimals
        else candidate == shown.value
        for shown in numbers_in(text)
        for candidate in candidates
    )


def shows_date(text: str, day: date) -> bool:
    """True when `text` names `day`, with or without its year."""
    return any(
        (month, number) == (day.month, day.day) and year in {None, day.year} for year, month, number in dates_in(text)
    )


def order_value(texts: list[str]) -> list[Fraction] | None:
    """What to order options by when all of them are the same phrase around one number, or one date each; else None."""
    dates = [dates_in(text) for text in texts]
    if all(len(found) == 1 and len(text) <= 28 for found, text in zip(dates, texts, strict=True)):
        years = {found[0][0] for found in dates}
        if None not in years or years == {None}:
            return [Fraction((f[0][0] or 0) * 400 + f[0][1] * 32 + f[0][2]) for f in dates]
        return None
    values, phrases = [], set()
    for text in texts:
        matches = _matches(text)
        if len(matches) != 1:
            return None
        match = matches[0]
        values.append(_shown(match.group(1), match.group(2), negative=match.group(0)[0] in "-−").value)
        phrases.add(re.sub(r"s\b", "", (text[: match.start()] + "#" + text[match.end() :]).casefold()).strip(" ."))
    return values if len(phrases) == 1 else None


def range_of(text: str) -> Range | None:
    """The range that an option consists of, or None. `15 or more employees` is a threshold, not a range."""
    text = text.strip().rstrip(".")
    if match := _CLOSED.match(text):
        low, high = _shown(match.group(1), match.group(2)).value, _shown(match.group(3), match.group(4)).value
        return Range(low, high, match.group(5).casefold()) if low < high else None
    if match := _BELOW.match(text):
        return Range(None, _shown(match.group(1), match.group(2)).value, match.group(3).casefold())
    if match := _ABOVE.match(text):
        return Range(_shown(match.group(1), match.group(2)).value, None, match.group(3).casefold())
    return None


def overlap(one: Range, other: Range) -> bool:
    """True when two ranges in one unit share more than an open end.

    Ranges open to the same side are alternatives of one threshold ("up to 10", "up to 20") and do not count.
    """
    if one.unit != other.unit or (one.low is None and other.low is None) or (one.high is None and other.high is None):
        return False
    low = max(end for end in (one.low, other.low) if end is not None)
    high = min(end for end in (one.high, other.high) if end is not None)
    both_closed = None not in {one.low, one.high, other.low, other.high}
    return low <= high if both_closed else low < high


def _matches(text: str) -> list[re.Match[str]]:
    return list(_NUMBER.finditer(text))


def _shown(digits: str, decimals: str | None, *, negative: bool = False) -> Shown:
    value = Fraction(digits.replace(",", "") + (decimals or ""))
    return Shown(-value if negative else value, len(decimals or ".") - 1)
