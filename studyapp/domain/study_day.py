"""The study day: the local date, with the small hours counted to the evening before."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def study_day(at_ms: int, offset_min: int, day_starts_at: int = 4) -> date:
    """The study day of a moment.

    Args:
        at_ms: milliseconds since 1970 in UTC.
        offset_min: the local offset from UTC at that moment, in minutes east; it is stored with every review, so that
            a day once lived does not move when the learner travels or the clocks change.
        day_starts_at: hour of the local clock (0 to 23) at which a new study day begins.
    """
    return (_EPOCH + timedelta(milliseconds=at_ms, minutes=offset_min, hours=-day_starts_at)).date()


def to_ms(at: datetime) -> int:
    """Whole milliseconds since 1970 of an aware time."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_ms(at_ms: int) -> datetime:
    """The aware UTC time of milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=at_ms)


def week_of(day: date) -> tuple[date, ...]:
    """The seven days, Monday first, of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))
