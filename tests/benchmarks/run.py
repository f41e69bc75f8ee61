"""Measures the program: `python tests/benchmarks/run.py [--json FILE] [--only NAME …] [--size small|full]`.

Each figure stands beside a baseline that was measured in the same run, and beside its goal where it has one. Goals
are to be beaten, not gated on: the exit code tells only whether everything could be measured. The first run at full
size builds a large database (about two minutes), kept below the system's temporary folder for the next.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

if TYPE_CHECKING:
    from tests.benchmarks.common import Figure

MEASUREMENTS = {
    "start": "process start to first paint of Today",
    "memory": "memory at rest and at its peak",
    "card": "grading a card to the next one painted",
    "search": "search as you type",
    "first_run": "the first run with the bundled banks",
    "views": "what Today and Progress read",
}


def build_parser() -> argparse.ArgumentParser:
    """The command's parser."""
    parser = argparse.ArgumentParser(
        description="Measure StudyApp; every figure has a baseline measured in the same run.",
        epilog="; ".join(f"{name}: {what}" for name, what in MEASUREMENTS.items()),
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as JSON")
    parser.add_argument("--only", nargs="+", choices=list(MEASUREMENTS), metavar="NAME", help="only these measurements")
    parser.add_argument("--size", choices=["small", "full"], default="full", help="small: to try the command out")
    return parser


def measure(name: str, size_name: str) -> "list[Figure]":
    """One measurement."""
    from tests.benchmarks.common import SIZES

    figures: list[Figure] = import_module(f"tests.benchmarks.{name}").measure(SIZES[size_name])
    return figures


def main(arguments: Sequence[str]) -> int:
    """Measure, print and write; returns 1 when a measurement failed."""
    from tests.benchmarks.common import machine, table

    wanted = build_parser().parse_args(arguments)
    figures: list[Figure] = []
    failed: dict[str, str] = {}
    for name in wanted.only or MEASUREMENTS:
        print(f"measuring {name}: {MEASUREMENTS[name]}", file=sys.stderr, flush=True)
        # A process for each, so that none runs in the memory or the caches that another left.
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
            try:
                figures += pool.submit(measure, name, wanted.size).result()
            except Exception as error:  # noqa: BLE001  one failure must not cost the other figures
                failed[name] = f"{type(error).__name__}: {error}"
    described = machine()
    print(", ".join(f"{key} {value}" for key, value in described.items()))
    print(table(figures))
    for name, why in failed.items():
        print(f"FAILED {name}: {why}", file=sys.stderr)
    if wanted.json is not None:
        written = {
            "size": wanted.size,
            "machine": described,
            "figures": [figure.as_json() for figure in figures],
            "failed": failed,
        }
        wanted.json.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
