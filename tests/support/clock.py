"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 19, 10, tzinfo=UTC)


class FakeClock:
    """Time for tests.

    Attributes:
        at: the present, aware, in UTC.
        utc_offset: the local offset from UTC, the same at every time.
    """

    def __init__(self, at: datetime = START, utc_offset: timedelta = timedelta(0)) -> None:
        self.at = at
        self.utc_offset = utc_offset
        self._elapsed = 0.0

    def now(self) -> datetime:
        """The present."""
        return self.at

    def offset(self, at: datetime) -> timedelta:
        """The offset that was set."""
        return self.utc_offset

    def monotonic(self) -> float:
        """Seconds moved so far; setting `at` does not touch them."""
        return self._elapsed

    def advance(self, seconds: float = 0.0, *, days: float = 0.0) -> None:
        """Let time pass."""
        self.at += timedelta(days=days, seconds=seconds)
        self._elapsed += seconds + days * 86400
