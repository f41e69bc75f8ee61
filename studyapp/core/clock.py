"""Time comes in as an argument: a `Clock` made by the composition root, a fake one in tests."""

import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the program reads time."""

    def now(self) -> datetime:
        """The present as an aware datetime in UTC."""
        ...

    def offset(self, at: datetime) -> timedelta:
        """The local offset from UTC that holds at the aware time `at`."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards and keep counting while the machine sleeps."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def offset(self, at: datetime) -> timedelta:
        return at.astimezone().utcoffset() or timedelta(0)

    def monotonic(self) -> float:
        # A suspended laptop's sleep counts, as an exam centre's wall clock would count it. Linux has CLOCK_BOOTTIME for
        # that. On macOS CLOCK_MONOTONIC counts it, while time.monotonic reads mach_absolute_time, which stops in sleep.
        # On Windows time.monotonic counts it.
        if sys.platform == "darwin":
            return time.clock_gettime(time.CLOCK_MONOTONIC)
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boottime is None else time.clock_gettime(boottime)
