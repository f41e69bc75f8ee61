"""What a person is asked when the data cannot be opened."""

import gc
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studyapp import app as composition
from studyapp.core.errors import StudyAppError
from studyapp.gui import dialogs as real_dialogs
from studyapp.gui.rescue import resolve
from studyapp.storage.backup import back_up
from studyapp.storage.database import Database
from tests.gui.fakes import FakeDialogs
from tests.support.clock import FakeClock


@pytest.fixture
def damaged(filled_folder: Path, tmp_path: Path, clock: FakeClock) -> Path:
    """A data folder with a backup and a database that is none."""
    folder = tmp_path / "damaged"
    shutil.copytree(filled_folder, folder)
    database = Database(folder)
    back_up(database, clock.now())
    database.close()
    (folder / "progress.db").write_bytes(b"\0" * 5000)
    return folder


def _refusal(folder: Path) -> StudyAppError:
    with pytest.raises(StudyAppError) as refused:
        Database(folder)
    return refused.value


def test_the_newest_backup_is_offered_by_its_date(damaged: Path, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """The button names the backup; pressing it puts the backup in place, and the start can go on."""
    dialogs.answers = [True]
    assert resolve(_refusal(damaged), damaged, clock, dialogs)
    _, title, text, yes, no = dialogs.asked[0]
    assert title.endswith("is not a database and was left as it is.")
    assert "November 23, 2026, 7:10 PM" in text
    assert (yes, no) == ("Put back the backup of November 23, 2026, 7:10 PM", "Quit")
    Database(damaged).close()
    assert (damaged / "damaged-20261123T191000Z" / "progress.db").read_bytes() == b"\0" * 5000


def test_quitting_changes_nothing(damaged: Path, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """Who does not want the backup finds the damaged file where it was."""
    dialogs.answers = [False]
    assert not resolve(_refusal(damaged), damaged, clock, dialogs)
    assert (damaged / "progress.db").read_bytes() == b"\0" * 5000


def test_without_a_backup_there_is_nothing_to_offer(damaged: Path, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """The damage is told, and that there is no backup."""
    shutil.rmtree(damaged / "backups")
    assert not resolve(_refusal(damaged), damaged, clock, dialogs)
    assert [asked[0] for asked in dialogs.asked] == ["error"]
    assert "no backup" in dialogs.asked[0][2]


def test_other_refusals_are_told(damaged: Path, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """A folder in use is no reason to put anything back."""
    assert not resolve(StudyAppError("Already open.", "Close it."), damaged, clock, dialogs)
    assert dialogs.asked == [("error", "Already open.", "Close it.", "")]


def test_a_start_over_damaged_data_goes_on_once_a_backup_is_back(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    """The program itself asks, and opens its window over the backup."""
    fake = FakeDialogs(answers=[True])
    fake.set_parent = lambda _parent: None  # type: ignore[attr-defined]
    monkeypatch.setattr(real_dialogs, "WindowDialogs", lambda _parent: fake)
    monkeypatch.setattr(QApplication, "exec", lambda _app=None: 0)
    monkeypatch.setattr(composition, "_install_excepthook", lambda _window: None)
    monkeypatch.setattr(composition, "start_logging", lambda _folder: None)
    monkeypatch.setattr(gc, "freeze", lambda: None)
    assert composition.run_window(damaged) == 0
    assert [asked[0] for asked in fake.asked] == ["confirm"]
    for window in QApplication.topLevelWidgets():
        window.close()
