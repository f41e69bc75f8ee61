"""What GUI tests stand on: the look, a real database with the bundled bank, a guard that nothing stays open."""

import random
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studyapp.banks.compiled import bundled_bank
from studyapp.domain.bank import Bank
from studyapp.gui.jobs import InlineJobs
from studyapp.gui.screen import Context
from studyapp.gui.theme import apply_theme, set_reduced_motion
from studyapp.services.settings import Theme
from studyapp.services.study import Study, open_study
from tests.gui.fakes import FakeDialogs, settle
from tests.support.clock import FakeClock


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """Each test starts in light colours at 100 % text, whatever the test before it chose."""
    set_reduced_motion(False)
    apply_theme(qapp, Theme.LIGHT, 100)


@pytest.fixture(autouse=True)
def guard(look: None) -> Iterator[None]:
    """Fail a test that leaves a visible window or a running job behind."""
    yield
    settle()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()!r}" for widget in left]
    for widget in left:
        widget.hide()
        widget.deleteLater()
    settle()
    working = [thread.name for thread in threading.enumerate() if thread.name.startswith("studyapp-worker")]
    assert not names, f"windows left open: {', '.join(names)}"
    assert not working, f"jobs left running: {', '.join(working)}"


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The bundled bank, compiled."""
    return bundled_bank()


@pytest.fixture(scope="session")
def filled_folder(bank: Bank, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the bank in it, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("filled")
    open_study(folder, FakeClock(), random.Random(7), bank).close()
    return folder


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands at an afternoon until it is moved."""
    return FakeClock()


@pytest.fixture
def study(filled_folder: Path, tmp_path: Path, bank: Bank, clock: FakeClock) -> Iterator[Study]:
    """The services over a real database of a learner who has not begun yet."""
    folder = tmp_path / "data"
    shutil.copytree(filled_folder, folder)
    opened = open_study(folder, clock, random.Random(7), bank)
    yield opened
    opened.close()


@pytest.fixture
def dialogs() -> FakeDialogs:
    """Dialogs that answer from a script."""
    return FakeDialogs()


@pytest.fixture
def context(study: Study, dialogs: FakeDialogs) -> Context:
    """What a screen is handed, with work done at once."""
    return Context(study, dialogs, InlineJobs())
