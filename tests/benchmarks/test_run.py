"""The benchmark command runs and writes what it promises; how fast anything is, no test asks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.common import Baseline, Figure, cached_folder, pair, percentile, table

RUN = Path(__file__).with_name("run.py")


def run(arguments: list[str], scratch: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with its temporary files under `scratch`."""
    environment = {**os.environ, "TMPDIR": str(scratch), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, str(RUN), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_command_prints_a_table_and_writes_json(tmp_path: Path) -> None:
    """Every figure that was measured stands beside a baseline of the same run, with their ratio."""
    file = tmp_path / "figures.json"
    done = run(["--size", "small", "--only", "card", "search", "--json", str(file)], tmp_path)
    assert done.returncode == 0, done.stderr
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["size"] == "small"
    assert not written["failed"]
    assert {"cores", "cpu", "python", "qt", "sqlite"} <= written["machine"].keys()
    figures = {figure["name"]: figure for figure in written["figures"]}
    for figure in figures.values():
        assert figure["ratio"] == pytest.approx(figure["value"] / figure["baseline"]["value"])
        assert figure["name"] in done.stdout
    assert figures["grade to next card painted, median"]["goal"] == 8
    assert figures["search, a keystroke in the service, median"]["goal"] == 10


def test_an_unknown_measurement_is_refused(tmp_path: Path) -> None:
    """A name that is none gives the usage and exit code 2."""
    done = run(["--only", "speed"], tmp_path)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_percentiles_are_values_that_occurred() -> None:
    """The 99th percentile is the nearest rank, so that one slow answer in a hundred is still within it."""
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 0.99) == 99.0
    assert percentile([float(n) for n in range(1, 301)], 0.99) == 297.0
    assert percentile([7.0], 0.99) == 7.0


def test_a_pair_compares_like_with_like() -> None:
    """The median stands beside the baseline's median, the 99th percentile beside its 99th percentile."""
    median, p99 = pair("x", [1.0, 2.0, 9.0], ("base", [1.0, 1.0, 3.0]), (8.0, 30.0))
    assert (median.ratio, p99.ratio) == (2.0, 3.0)
    assert (median.goal, p99.goal) == (8.0, 30.0)


def test_what_was_not_measured_says_so() -> None:
    """A figure without a value shows the reason instead of a number."""
    lines = table([Figure("a", None, "s", None, 0.9, "needs root"), Figure("b", 2.0, "s", Baseline("bare", 0.5))])
    assert "not measured" in lines
    assert "a: needs root" in lines
    assert "4 x  bare: 0.5 s" in lines


def test_the_cache_is_made_once_for_the_same_ingredients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed ingredient makes a new folder; making one that fails leaves nothing that looks finished."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "file").write_text("x", encoding="utf-8")

    def fail(folder: Path) -> None:
        make(folder)
        raise LookupError("no room")

    first = cached_folder("data", ["one"], make)
    assert cached_folder("data", ["one"], make) == first
    assert (first / "file").exists()
    assert len(made) == 1
    with pytest.raises(LookupError, match="no room"):
        cached_folder("data", ["two"], fail)
    assert cached_folder("data", ["two"], make) != first
    assert len(made) == 3
