"""What every benchmark uses: figures, statistics, the machine's description, the table, the cache."""

import hashlib
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured.

    Attributes:
        notes: notes (each with one card) in the large database; `reviews` are spread over three fifths of them.
        answers: cards graded; `words` typed into the search; `starts` warm starts, `cold_starts` cold ones.
        idle_s: seconds the window rests before its memory is read.
        weeks: how long the sample learner has studied.
    """

    name: str
    notes: int
    reviews: int
    answers: int
    words: int
    starts: int
    cold_starts: int
    first_runs: int
    idle_s: float
    weeks: int


FULL = Size("full", 100_000, 300_000, 300, 30, 5, 3, 5, 5.0, 6)
SMALL = Size("small", 500, 1_500, 5, 2, 1, 0, 1, 0.2, 1)
SIZES = {size.name: size for size in (FULL, SMALL)}


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a figure is compared with, measured in the same run, in the figure's unit."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; `value` None means that it was not measured, and `note` says why."""

    name: str
    value: float | None
    unit: str
    baseline: Baseline | None = None
    goal: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure over its baseline."""
        if self.value is None or self.baseline is None or not self.baseline.value:
            return None
        return self.value / self.baseline.value

    def as_json(self) -> dict[str, object]:
        """The figure with its ratio."""
        return asdict(self) | {"ratio": self.ratio}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0..1) of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * round(share * 1000) // 1000))
    return ordered[rank - 1]


def pair(
    name: str,
    times_ms: Sequence[float],
    baseline: tuple[str, Sequence[float]],
    goals: tuple[float | None, float | None] = (None, None),
    note: str = "",
) -> list[Figure]:
    """Median and 99th percentile of `times_ms`, each against the same statistic of the baseline."""
    baseline_name, baseline_ms = baseline
    statistics_of: list[tuple[str, Callable[[Sequence[float]], float]]] = [
        ("median", statistics.median),
        ("p99", lambda values: percentile(values, 0.99)),
    ]
    return [
        Figure(f"{name}, {word}", of(times_ms), "ms", Baseline(baseline_name, of(baseline_ms)), goal, note)
        for (word, of), goal in zip(statistics_of, goals, strict=True)
    ]


def machine() -> dict[str, str | int]:
    """What the figures were measured on."""
    from PySide6.QtCore import qVersion

    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 0),
        "cpu": _cpu_model(),
        "memory_mb": _memory_mb(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "qt": qVersion() or "",
        "sqlite": sqlite3.sqlite_version,
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "",
    }


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory_mb() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (AttributeError, ValueError, OSError):
        return 0


def table(figures: Sequence[Figure]) -> str:
    """The figures as aligned lines: value, goal, baseline, ratio."""
    rows = [("figure", "value", "goal", "ratio", "baseline")]
    notes = []
    for figure in figures:
        unit, baseline = figure.unit, figure.baseline
        value = "not measured" if figure.value is None else f"{_number(figure.value)} {unit}"
        goal = "" if figure.goal is None else f"{figure.goal:g} {unit}"
        ratio = "" if figure.ratio is None else f"{figure.ratio:.3g} x"
        against = "" if baseline is None else f"{baseline.name}: {_number(baseline.value)} {unit}"
        rows.append((figure.name, value, goal, ratio, against))
        if figure.note:
            notes.append(f"{figure.name}: {figure.note}")
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {goal:>{widths[2]}}  {ratio:>{widths[3]}}  {against}".rstrip()
        for name, value, goal, ratio, against in rows
    ]
    return "\n".join([*lines, *([""] if notes else []), *notes])


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def cached_folder(name: str, ingredients: Sequence[str | bytes], make: Callable[[Path], None]) -> Path:
    """A folder that `make` filled, kept between runs under a name that holds the hash of its ingredients."""
    digest = hashlib.sha256()
    for ingredient in ingredients:
        part = ingredient.encode() if isinstance(ingredient, str) else ingredient
        digest.update(f"{len(part)}\0".encode() + part)
    place = Path(tempfile.gettempdir()) / "studyapp-benchmarks"
    place.mkdir(parents=True, exist_ok=True)
    folder = place / f"{name}-{digest.hexdigest()[:16]}"
    if not folder.is_dir():
        draft = Path(tempfile.mkdtemp(prefix=f"{name}-draft-", dir=place))
        try:
            make(draft)
            draft.replace(folder)
        except OSError:
            if not folder.is_dir():  # otherwise another run made it meanwhile
                raise
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def sources_of(*names: str) -> list[bytes]:
    """The contents of these files of the checkout, in this order."""
    return [(ROOT / name).read_bytes() for name in names]


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """A copy of a data folder to work on, thrown away at the end."""
    with tempfile.TemporaryDirectory(prefix="studyapp-benchmark-") as scratch:
        data = Path(scratch) / "data"
        shutil.copytree(folder, data)
        yield data


@contextmanager
def window_system() -> Iterator[dict[str, str]]:
    """The environment for a child that opens a window, under Xvfb where there is one, else offscreen."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    # An installed program has its bytecode on the disk: so must the children, from the second start on.
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    server = shutil.which("Xvfb") if sys.platform == "linux" else None
    if server is None:
        yield environment | {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    command = [server, "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as stream:
            number = stream.readline().strip()  # written once clients can connect
        if number:
            yield environment | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        else:
            yield environment | {"QT_QPA_PLATFORM": "offscreen"}
    finally:
        process.terminate()
        process.wait()
