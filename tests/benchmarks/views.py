"""What Today and Progress read, at the size of the large database (services only, no window)."""

import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from studyapp.services.progress import ProgressService
from studyapp.storage.database import DATABASE_NAME
from tests.benchmarks.common import Baseline, Figure, Size, copy_of
from tests.benchmarks.large import large_folder, open_large

TIMES = 5
GROUPED = "one GROUP BY day over all reviews"


def measure(size: Size) -> list[Figure]:
    """Median milliseconds of each read."""
    with copy_of(large_folder(size)) as data:
        study = open_large(data)
        baseline = Baseline(GROUPED, _median(lambda: _group(data / DATABASE_NAME)))
        parts = _progress(study.progress)
        reads: dict[str, Callable[[], object]] = {
            "Today, its view": study.today.view,
            "Progress, everything its screen reads": lambda: [read() for read in parts.values()],
            **{f"Progress, {name}": read for name, read in parts.items()},
        }
        figures = [Figure(name, _median(read), "ms", baseline) for name, read in reads.items()]
        study.database.close()
    return figures


def _progress(progress: ProgressService) -> dict[str, Callable[[], object]]:
    return {
        "domains": progress.domains,
        "subjects": progress.subjects,
        "topics": progress.topics,
        "activity of a year": lambda: progress.activity(365),
        "retention of 16 weeks": lambda: progress.retention(16),
        "forecast of 28 days": lambda: progress.forecast(28),
        "calibration": progress.calibration,
        "totals": progress.totals,
    }


def _group(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT study_day, count(*), sum(duration_ms) FROM review GROUP BY study_day").fetchall()


def _median(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spent)
