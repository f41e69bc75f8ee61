"""Starts `child.py` and reads what it reports."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.common import ROOT, Size, cached_folder, sources_of

CHILD = Path(__file__).with_name("child.py")
LONGEST_S = 120


@dataclass(frozen=True, slots=True)
class Run:
    """What one process reported: seconds from its start to the first paint, CPU seconds, and memory by name."""

    elapsed_s: float
    cpu_s: float
    platform: str
    memory: dict[str, dict[str, float]] = field(default_factory=dict)


def run_child(kind: str, environment: dict[str, str], data: Path | None = None, idle_s: float | None = None) -> Run:
    """One process to its end.

    Raises:
        RuntimeError: it did not report.
    """
    environment = dict(environment)
    if data is not None:
        environment["STUDYAPP_DATA_DIR"] = str(data)
    if idle_s is not None:
        environment["BENCHMARK_IDLE"] = str(idle_s)
    environment["BENCHMARK_T0"] = str(time.monotonic_ns())
    done = subprocess.run(
        [sys.executable, str(CHILD), kind],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    start: dict[str, object] | None = None
    memory = {}
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if "memory" in said:
            memory[said.pop("memory")] = said
        else:
            start = said
    if done.returncode or start is None:
        raise RuntimeError(f"the {kind} window ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return Run(float(str(start["elapsed_s"])), float(str(start["cpu_s"])), str(start["platform"]), memory)


def sample_folder(size: Size) -> Path:
    """The data folder of the sample learner."""
    from studyapp.banks.compiled import bundled_bank
    from studyapp.services.sample import open_sample

    bank = bundled_bank()

    def make(folder: Path) -> None:
        study, _ = open_sample(folder, bank, weeks=size.weeks)
        study.close()

    made_of = sources_of("studyapp/services/sample.py", "studyapp/storage/schema.sql")
    return cached_folder(f"sample-{size.name}", [bank.content_hash, *made_of], make)


def drop_file_cache() -> str:
    """Empty the system's cache of files; returns why that was not possible, empty when it was."""
    switch = Path("/proc/sys/vm/drop_caches")
    if not os.access(switch, os.W_OK):
        return "emptying the file cache needs root on Linux"
    os.sync()
    try:
        switch.write_text("3\n", encoding="ascii")
    except OSError as error:
        return f"emptying the file cache was refused: {error.strerror}"
    return ""
