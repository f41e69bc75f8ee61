"""Process start to usable window: the first paint of Today, warm and with the file cache emptied."""

import statistics
from collections.abc import Callable

from tests.benchmarks.common import Baseline, Figure, Size, copy_of, window_system
from tests.benchmarks.windows import Run, drop_file_cache, run_child, sample_folder

GOAL_S = 0.9
BARE = "bare window with one label"


def measure(size: Size) -> list[Figure]:
    """Median seconds of several starts."""
    with copy_of(sample_folder(size)) as data, window_system() as environment:

        def real() -> Run:
            return run_child("window", environment, data)

        def bare() -> Run:
            return run_child("bare", environment)

        # The first start of a day makes a backup, and the first of all compiles modules.
        real()
        bare()
        # Taken in turn, so that whatever else the machine does meets both alike.
        warm = [(real(), bare()) for _ in range(size.starts)]
        figures = _figures("start, warm", warm, GOAL_S)
        why = "not part of the small size" if not size.cold_starts else drop_file_cache()
        if why:
            figures.append(Figure("start, cold", None, "s", None, GOAL_S, why))
        else:
            cold = [(_cold(real), _cold(bare)) for _ in range(size.cold_starts)]
            figures += _figures("start, cold file cache", cold, GOAL_S)
    return figures


def _cold(start: Callable[[], Run]) -> Run:
    drop_file_cache()
    return start()


def _figures(name: str, runs: list[tuple[Run, Run]], goal: float) -> list[Figure]:
    real_s, bare_s = [real.elapsed_s for real, _ in runs], [bare.elapsed_s for _, bare in runs]
    shown = f"{runs[0][0].platform}, {len(runs)} starts from {min(real_s):.2f} to {max(real_s):.2f} s"
    return [
        Figure(name, statistics.median(real_s), "s", Baseline(BARE, statistics.median(bare_s)), goal, shown),
        Figure(
            f"{name}, CPU time",
            statistics.median(real.cpu_s for real, _ in runs),
            "s",
            Baseline(BARE, statistics.median(bare.cpu_s for _, bare in runs)),
        ),
    ]
