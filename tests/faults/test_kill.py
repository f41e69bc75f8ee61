"""The real program on a virtual screen, answered by keyboard and killed at random moments: what was shown is on disk.

The window's title is the witness: it names the next card or question only once that is shown, so whatever it says was
answered must be found in the database after the kill, and the next start must go on there.
Each test kills twice; `pytest tests/faults --kills 200` does the long run.
"""

import random
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from studyapp.banks.compiled import bundled_bank
from studyapp.core.clock import SystemClock
from studyapp.services.study import open_study
from tests.support.desktop import AVAILABLE, PATIENCE, GoneError, Program, virtual_screen

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not AVAILABLE, reason="driving a real window needs Xvfb and xdotool"),
]

QUESTION = r"Question (\d+) of (\d+)"
REVIEWED = r"(\d+) reviewed"


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen for all tests of the module."""
    with virtual_screen() as name:
        yield name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A learner's folder with the bundled bank, past the first run, with room for many cards a day."""
    path = tmp_path / "data"
    study = open_study(path, SystemClock(), random.Random(1), bundled_bank())
    wishes = study.settings.get()
    study.settings.save(replace(wishes, welcomed=True, exam_id="cmom", new_cards_per_day=500, minutes_per_day=600))
    study.close()
    return path


def count(folder: Path, query: str) -> int:
    """A number from the database on disk, read from a copy so that the next start finds just what the kill left."""
    with tempfile.TemporaryDirectory() as copy:
        for file in folder.glob("progress.db*"):
            shutil.copy(file, copy)
        with closing(sqlite3.connect(Path(copy) / "progress.db")) as connection:
            (number,) = connection.execute(query).fetchone()
            return int(number)


def sound(folder: Path) -> bool:
    """Whether the doctor finds nothing wrong."""
    study = open_study(folder, SystemClock(), random.Random(2), None)
    try:
        return all(finding.ok for finding in study.data.examine())
    finally:
        study.database.close()


def answer_until_killed(program: Program, pattern: str, keys: list[str], seconds: float) -> int:
    """Press `keys` over and over, kill after `seconds`, and return the last number the title showed."""
    shown = 0
    end = time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            program.press(*keys)
            match = re.search(pattern, program.title())
            shown = int(match.group(1)) if match else shown
    except GoneError:
        pytest.fail(f"the program ended by itself: {program.output()}")
    program.kill()
    return shown


def test_killed_while_reviewing(display: str, folder: Path, kills: int) -> None:
    """Every card that the window counted as reviewed has its row in the log, and the log rebuilds every card."""
    rng = random.Random()
    before = 0
    for _ in range(kills):
        program = Program(display, folder)
        program.press("ctrl+2")
        program.press("Return")
        program.wait_for_title(REVIEWED)
        shown = answer_until_killed(program, REVIEWED, ["Return", "3"], rng.uniform(0.7, 3.0))
        stored = count(folder, "SELECT count(*) FROM review WHERE kind <> 'undo'")
        assert stored >= before + shown
        before = stored
    assert before > 0
    assert sound(folder)


def test_killed_in_a_quiz(display: str, folder: Path, kills: int) -> None:
    """Every question before the one shown is answered on disk, and the next start offers to go on."""
    rng = random.Random()
    for round_ in range(kills):
        program = Program(display, folder)
        program.press("ctrl+3")
        program.press("Return")
        program.wait_for_title(QUESTION)
        shown = answer_until_killed(program, QUESTION, ["a", "Return", "Return"], rng.uniform(0.2, 2.0))
        stored = count(
            folder,
            "SELECT count(*) FROM attempt_slot WHERE response IS NOT NULL AND attempt_id ="
            " (SELECT id FROM attempt WHERE kind = 'practice' ORDER BY started_ms DESC LIMIT 1)",
        )
        assert stored >= shown - 1, f"round {round_}: question {shown} was shown, {stored} answers are stored"
    assert sound(folder)


def test_killed_in_an_exam(display: str, folder: Path, kills: int) -> None:
    """A killed exam is open again at the question shown, with every answer and no less time used than was stored."""
    rng = random.Random()
    program = Program(display, folder)
    program.press("ctrl+4")
    program.press("Return")
    program.press("Return")
    program.wait_for_title(QUESTION)
    shown = answer_until_killed(program, QUESTION, ["a", "n"], rng.uniform(0.5, 2.0))
    for _ in range(kills):
        stored = count(folder, "SELECT count(*) FROM attempt_slot WHERE response IS NOT NULL")
        assert stored >= shown - 1
        program = Program(display, folder)
        program.press("ctrl+4")
        program.press("Return")
        resumed = int(program.wait_for_title(QUESTION).group(1))
        assert resumed >= shown
        shown = max(resumed, answer_until_killed(program, QUESTION, ["a", "n"], rng.uniform(0.2, 1.5)))
        if shown > 90:
            break
    assert count(folder, "SELECT count(*) FROM attempt WHERE kind = 'exam'") == 1
    assert sound(folder)


def test_second_start_is_refused_and_closing_backs_up(display: str, folder: Path) -> None:
    """A second program on the folder says so and goes; the first closes with exit code 0 and leaves a backup."""
    first = Program(display, folder)
    first.press("ctrl+2")
    first.press("Return")
    first.wait_for_title(REVIEWED)
    first.press("Return", "3")
    first.wait_for_title("1 reviewed")
    second = Program(display, folder)
    assert "already open" in second.read_line()
    second.kill()
    assert first.close() == 0
    assert list((folder / "backups").glob("*.db"))


def test_data_dir_that_is_a_file_gets_a_dialog(display: str, tmp_path: Path) -> None:
    """Somebody who starts by icon sees why nothing opens, and the program then ends with exit code 2."""
    taken = tmp_path / "taken"
    taken.touch()
    program = Program(display, taken, named="is a file")
    assert "is a file" in program.read_line()
    program.press("Return")
    assert program.process.wait(PATIENCE) == 2
    program.kill()
