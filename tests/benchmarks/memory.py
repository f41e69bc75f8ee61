"""Memory of the program: proportional set size (PSS) at rest, on Today and after every screen, and the peak."""

from pathlib import Path

from tests.benchmarks.common import Baseline, Figure, Size, copy_of, window_system
from tests.benchmarks.windows import run_child, sample_folder

GOAL_MB = 160.0
BARE = "bare window with one label"
UNITS = "MB of 10^6 bytes; memory shared with other running Qt programs counts in part in PSS, not at all in private"


def measure(size: Size) -> list[Figure]:
    """Memory in MB of one process each; the figures change little from run to run."""
    if not Path("/proc/self/smaps_rollup").exists():
        return [Figure("memory, settled on Today", None, "MB", None, GOAL_MB, "needs /proc/self/smaps_rollup")]
    with copy_of(sample_folder(size)) as data, window_system() as environment:
        run_child("window", environment, data)  # the first start of a day makes a backup
        bare = run_child("bare", environment, idle_s=size.idle_s).memory["settled"]
        real = run_child("window", environment, data, idle_s=size.idle_s).memory
    wanted: list[tuple[str, str, str, float | None]] = [
        ("PSS, settled on Today", "settled", "pss", GOAL_MB),
        ("PSS, after every screen", "visited", "pss", GOAL_MB),
        ("private, settled on Today", "settled", "private", None),
        ("private, after every screen", "visited", "private", None),
        ("peak RSS, Today", "settled", "peak", None),
        ("peak RSS, every screen", "visited", "peak", None),
    ]
    return [
        Figure(f"memory, {name}", real[when][kind], "MB", Baseline(BARE, bare[kind]), goal, UNITS if goal else "")
        for name, when, kind, goal in wanted
    ]
