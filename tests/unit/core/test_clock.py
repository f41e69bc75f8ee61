"""The machine's own clock."""

import sys
import time

import pytest

from studyapp.core.clock import SystemClock


@pytest.mark.parametrize(
    ("platform", "boottime", "read"),
    [("darwin", None, "the system's monotonic clock"), ("linux", 777, "boot time"), ("win32", None, "Python's own")],
)
def test_the_monotonic_clock_counts_sleep(
    monkeypatch: pytest.MonkeyPatch, platform: str, boottime: int | None, read: str
) -> None:
    """Each system is asked for the clock that goes on while the machine sleeps."""
    seconds = {"boot time": 1.0, "the system's monotonic clock": 2.0, "Python's own": 3.0}
    by_id = {777: seconds["boot time"], time.CLOCK_MONOTONIC: seconds["the system's monotonic clock"]}
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", platform)
        patch.setattr(time, "CLOCK_BOOTTIME", boottime, raising=False)
        patch.setattr(time, "clock_gettime", by_id.__getitem__)
        patch.setattr(time, "monotonic", lambda: seconds["Python's own"])
        found = SystemClock().monotonic()
    assert found == seconds[read]
