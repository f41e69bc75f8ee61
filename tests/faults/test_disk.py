"""A disk that fills up, or may not be written, under the program's real services on a small file system of its own."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.memory import Rating
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import ReviewScope
from studyapp.services.sample import response_to
from studyapp.services.study import Study, open_study
from tests.support.bank import bank as small_bank
from tests.support.clock import FakeClock

ROOT = Path(__file__).resolve().parents[2]
CAN_MOUNT = sys.platform == "linux" and shutil.which("mount") is not None and os.geteuid() == 0

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(not CAN_MOUNT, reason="mounting a small file system needs Linux and its administrator"),
]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system may be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def start(folder: Path) -> Study:
    """The services over `folder`."""
    return open_study(folder, FakeClock(), random.Random(1), small_bank())


def fill(folder: Path) -> Path:
    """Use up every byte that is left."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


def test_full_disk_refuses_the_answer_and_keeps_the_ones_before(disk: Path) -> None:
    """On a full disk a grade and a quiz answer are refused in a sentence; every earlier one is there; room heals it."""
    study = start(disk / "data")
    session = study.review.start(ReviewScope())
    session.grade(Rating.GOOD, duration_ms=4000)
    runner = study.practice.start(PracticeSpec(PracticeFilter(), length=5))
    rng = random.Random(2)
    runner.answer(0, response_to(runner.item(0), right=True, rng=rng))
    ballast = fill(disk)

    refusals = []
    view = session.current
    assert view is not None
    for _ in range(200):  # the log's own room may take a few more answers before it is full too
        try:
            session.grade(Rating.GOOD, duration_ms=4000, response="x" * 2000)
            session.undo()
        except StudyAppError as error:
            refusals.append(error)
            break
    assert refusals, "the disk never ran full"
    assert "full" in refusals[0].sentence
    for _ in range(200):
        try:
            runner.answer(1, response_to(runner.item(1), right=False, rng=rng))
        except StudyAppError as error:
            refusals.append(error)
            break
    assert len(refusals) == 2
    assert "full" in refusals[1].sentence
    attempt_id = runner.attempt.id

    ballast.unlink()
    session.grade(Rating.GOOD, duration_ms=4000)
    study.close()
    again = start(disk / "data")
    try:
        resumed = again.attempts.runner(attempt_id)
        assert resumed.attempt.slots[0].answered
        assert all(finding.ok for finding in again.data.examine())
    finally:
        again.close()


def test_full_disk_at_the_first_start_is_told(disk: Path) -> None:
    """Without room for a new database the program refuses in a sentence, and the next start with room succeeds."""
    ballast = fill(disk)
    with pytest.raises(StudyAppError) as refusal:
        start(disk / "data")
    assert "full" in refusal.value.sentence
    ballast.unlink()
    start(disk / "data").close()


def test_read_only_disk_is_told_by_the_program(disk: Path) -> None:
    """The real command on a read-only file system says so in one finding and exits 1, without a traceback."""
    start(disk / "data").close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    command = [sys.executable, "-m", "studyapp", "doctor", "--data-dir", str(disk / "data")]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert outcome.stderr == ""
    assert "may not write" in outcome.stdout or "read-only" in outcome.stdout
