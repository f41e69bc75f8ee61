"""The first run with the bundled banks: compiling them, filling an empty data folder, and the window over one."""

import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import yaml

from studyapp.banks.compiled import bundled_bank, compile_sources
from studyapp.banks.sources import source_files
from studyapp.core import paths
from studyapp.core.clock import SystemClock
from studyapp.services.study import open_study
from tests.benchmarks.common import Baseline, Figure, Size, window_system
from tests.benchmarks.windows import run_child

YAML = "yaml.safe_load of the same files"


def measure(size: Size) -> list[Figure]:
    """Median seconds of each part."""
    banks, exams = paths.question_banks_dir(), paths.resources_dir() / "exams"
    if banks is None:
        return [Figure("first run", None, "s", None, None, "needs the checkout's question_banks")]
    texts = [path.read_text(encoding="utf-8") for _, path in source_files(banks, exams)]
    bank = bundled_bank()
    baseline = Baseline(YAML, _median(size, lambda: _parse(texts)))
    compiled = _median(size, lambda: compile_sources(banks, exams))
    read = _median(size, bundled_bank)
    filled = _median(size, _fill)
    with window_system() as environment:
        whole = statistics.median(_welcome(environment) for _ in range(size.first_runs))
    held = f"{len(bank.items)} items and {len(bank.notes)} notes in {len(texts)} files"
    return [
        Figure("first run, banks into an empty folder", filled, "s", baseline, None, held),
        Figure("first run, start to Welcome painted", whole, "s", baseline),
        Figure("compile the banks (when a source changed)", compiled, "s", baseline),
        Figure("read the compiled bank (every start)", read, "s", baseline),
    ]


def _median(size: Size, work: Callable[[], object]) -> float:
    spent = []
    for _ in range(size.first_runs):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent)


def _parse(texts: Sequence[str]) -> None:
    for text in texts:
        yaml.safe_load(text)


def _fill() -> None:
    with tempfile.TemporaryDirectory(prefix="studyapp-benchmark-") as scratch:
        study = open_study(Path(scratch) / "data", SystemClock(), Random(datetime.now(UTC).day), bundled_bank())
        study.database.close()


def _welcome(environment: dict[str, str]) -> float:
    with tempfile.TemporaryDirectory(prefix="studyapp-benchmark-") as scratch:
        return run_child("window", environment, Path(scratch)).elapsed_s
