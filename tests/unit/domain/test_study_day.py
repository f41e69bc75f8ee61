"""Which study day a moment belongs to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.domain.study_day import from_ms, study_day, to_ms, week_of


@pytest.mark.parametrize(
    ("utc", "offset_min", "expected"),
    [
        ("2026-03-05T03:59:59.999", 0, date(2026, 3, 4)),
        ("2026-03-05T04:00:00.000", 0, date(2026, 3, 5)),
        # 8 March 2026, New York: clocks go from 02:00 EST to 03:00 EDT; 04:00 EDT is only three hours after 00:00 EST.
        ("2026-03-08T06:59:00", -300, date(2026, 3, 7)),
        ("2026-03-08T07:59:00", -240, date(2026, 3, 7)),
        ("2026-03-08T08:00:00", -240, date(2026, 3, 8)),
        # 1 November 2026: the hour from 01:00 to 02:00 comes twice, both times to yesterday.
        ("2026-11-01T05:30:00", -240, date(2026, 10, 31)),
        ("2026-11-01T06:30:00", -300, date(2026, 10, 31)),
        ("2026-11-01T09:00:00", -300, date(2026, 11, 1)),
        ("2026-01-01T01:00:00", 330, date(2026, 1, 1)),
    ],
)
def test_the_small_hours_belong_to_the_evening_before(utc: str, offset_min: int, expected: date) -> None:
    """A study day begins at four by the local clock, also when the clocks change."""
    assert study_day(to_ms(datetime.fromisoformat(utc).replace(tzinfo=UTC)), offset_min) == expected


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)), st.integers(0, 23))  # noqa: DTZ001
def test_a_day_starts_at_the_chosen_hour(local: datetime, hour: int) -> None:
    """Whatever hour is chosen, a moment before it belongs to yesterday and one from it on to today."""
    expected = local.date() if local.hour >= hour else local.date() - timedelta(days=1)
    assert study_day(to_ms(local.replace(tzinfo=UTC)), 0, hour) == expected


@given(st.integers(0, 7_000_000_000_000))
def test_milliseconds_survive(at_ms: int) -> None:
    """A stored moment is the moment read back."""
    assert to_ms(from_ms(at_ms)) == at_ms


def test_a_week_begins_on_monday() -> None:
    """The week strip shows Monday to Sunday around any day."""
    for day in range(23, 30):
        week = week_of(date(2026, 11, day))
        assert (week[0], week[-1]) == (date(2026, 11, 23), date(2026, 11, 29))
