"""Opening and closing everything over one folder."""

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.note import ClozeNote
from studyapp.services.library import EntryQuery
from studyapp.services.settings import Settings
from studyapp.services.study import Study, open_study
from studyapp.storage import backup
from tests.support import bank as banks
from tests.support.clock import FakeClock

OpenStudy = Callable[..., Study]


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """An open study with the small bank."""
    return opened(banks.bank())


def _open(folder: Path, clock: FakeClock) -> Study:
    return open_study(folder, clock, random.Random(3), banks.bank())


def test_a_second_opener_is_refused(study: Study, tmp_path: Path, clock: FakeClock) -> None:
    """One program at a time; the first goes on undisturbed."""
    with pytest.raises(StudyAppError, match="already open"):
        _open(tmp_path / "data", clock)
    assert len(study.library.entries(EntryQuery())) == 12


def test_a_start_that_fails_lets_the_folder_go(tmp_path: Path, clock: FakeClock) -> None:
    """A bank that cannot be stored leaves neither a lock nor half of itself."""
    broken = banks.bank(notes=(ClozeNote(id="n.1", topic="L07", text="{{c1::open"),))
    with pytest.raises(StudyAppError, match="blank"):
        open_study(tmp_path, clock, random.Random(1), broken)
    study = _open(tmp_path, clock)
    assert len(study.library.entries(EntryQuery())) == 12
    study.close()


def test_the_learner_is_the_same_at_every_start(study: Study, tmp_path: Path, clock: FakeClock) -> None:
    """The profile is made once."""
    with study.database.raw() as connection:
        before = connection.execute("SELECT id, uuid FROM profile").fetchall()
    study.close()
    again = _open(tmp_path / "data", clock)
    with again.database.raw() as connection:
        assert connection.execute("SELECT id, uuid FROM profile").fetchall() == before
    again.close()
    assert len(before) == 1


def test_without_a_bank_the_material_stays_as_it_is(study: Study, tmp_path: Path, clock: FakeClock) -> None:
    """`studyapp doctor` opens the data without bringing anything into it."""
    study.close()
    again = open_study(tmp_path / "data", clock, random.Random(1), None)
    assert len(again.library.entries(EntryQuery())) == 12
    again.close()


def test_closing_backs_up_what_changed_and_only_then(tmp_path: Path, clock: FakeClock) -> None:
    """A first look causes no backup; an evening with a change causes one, and the next look none."""
    folder = tmp_path / "data"
    counts = []
    for name in ("", "Ada", "Ada"):
        study = _open(folder, clock)
        study.settings.save(Settings(name=name))
        study.close()
        counts.append(len(backup.backups(folder / "backups")))
    # The second opening found no backup at all, so it made the day's first one, of the state before the change.
    assert counts == [0, 2, 2]


def test_a_start_on_another_day_backs_up_first(tmp_path: Path, clock: FakeClock) -> None:
    """After a kill there was no backup on close; the next day's start makes up for it, once a day."""
    study = _open(tmp_path, clock)
    study.settings.save(Settings(name="Ada"))
    study.database.close()  # as a kill does: the lock is gone, no backup was made
    counts = []
    for hours in (1, 2, 30):
        clock.at += timedelta(hours=hours)
        again = _open(tmp_path, clock)
        again.data.wait()
        counts.append(len(again.data.backups()))
        again.close()
    assert counts == [1, 1, 2]


def test_a_backup_that_fails_neither_stops_the_start_nor_the_end(
    study: Study, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Studying goes on when backups cannot be written; closing still lets the folder go."""

    def fail(*_arguments: object) -> None:
        raise StudyAppError("The disk is full.")

    monkeypatch.setattr(backup, "back_up", fail)
    study.settings.save(Settings(name="Ada"))
    study.close()
    again = _open(tmp_path / "data", clock)
    assert again.settings.get().name == "Ada"
    again.close()


_A_SESSION = """
import pathlib, random, sys
from studyapp.core.clock import SystemClock
from studyapp.domain.memory import Rating
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import ReviewScope
from studyapp.services.study import open_study
from tests.support import bank as banks

study = open_study(pathlib.Path(sys.argv[1]), SystemClock(), random.Random(3), banks.bank())
study.today.view()
study.review.start(ReviewScope()).grade(Rating.GOOD, duration_ms=1)
study.practice.start(PracticeSpec(PracticeFilter())).submit()
study.settings.save_window_state(b"state")
print(*sorted({"numpy", "pydantic", "sqlalchemy", "sqlmodel"} & sys.modules.keys()), sep=",", end=".")
study.close()
"""


def test_an_ordinary_session_loads_no_heavy_library(tmp_path: Path, clock: FakeClock) -> None:
    """Neither the start nor a card nor a quiz waits for SQLAlchemy or numpy: most of a second and a fifth of one."""
    _open(tmp_path, clock).close()
    command = [sys.executable, "-c", _A_SESSION, str(tmp_path)]
    ran = subprocess.run(command, cwd=Path(__file__).parents[3], capture_output=True, text=True, check=True)
    assert ran.stdout == "."
