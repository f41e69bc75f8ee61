"""Nothing outlives its closing: every dialog and screen is opened, closed, and must be gone."""

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from studyapp.gui.commands import MaterialSearch, fixed_targets
from studyapp.gui.dialogs import MessageDialog, TextDialog
from studyapp.gui.main_keys import everywhere
from studyapp.gui.main_window import MainWindow
from studyapp.gui.screen import Context, Place
from studyapp.gui.screen_list import MAKERS
from studyapp.gui.widgets.card_dialog import CardDialog
from studyapp.gui.widgets.data_section import EraseDialog, RestoreDialog
from studyapp.gui.widgets.keys_sheet import KeysSheet
from studyapp.gui.widgets.palette import Palette
from studyapp.services.data import Backup, RestorePreview, Snapshot
from tests.gui.fakes import settle

MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
SNAPSHOT = Snapshot(1, 2, 3, 4, MOMENT)
PREVIEW = RestorePreview(Backup(Path("b.db"), MOMENT, 1), SNAPSHOT, SNAPSHOT)

DIALOGS: dict[str, Callable[[Context], QDialog]] = {
    "message": lambda _: MessageDialog("Title", "Text", "Yes", "No", details="More"),
    "line": lambda _: TextDialog("Title", "Label"),
    "text": lambda _: TextDialog("Title", "Label", "Initial", multiline=True),
    "keys": lambda _: KeysSheet("Today", (), everywhere()),
    "palette": lambda c: Palette(fixed_targets(c.study.library), MaterialSearch(c.study.library)),
    "erase": lambda _: EraseDialog(),
    "card": lambda _: CardDialog("Front", "Back"),
    "restore": lambda c: RestoreDialog(PREVIEW, c.study.clock),
}


def gone(made: list[QWidget]) -> bool:
    """Whether the one widget in the list is freed once it is closed and let go."""
    widget = made.pop()
    watch = weakref.ref(widget)
    widget.close()
    widget.deleteLater()
    del widget
    settle()
    gc.collect()
    return watch() is None


@pytest.mark.parametrize("name", DIALOGS)
def test_dialog_is_freed(context: Context, name: str) -> None:
    """A dialog that was shown and closed leaves nothing behind."""
    dialog = DIALOGS[name](context)
    dialog.show()
    settle()
    made: list[QWidget] = [dialog]
    del dialog
    assert gone(made)


@pytest.mark.parametrize("place", Place)
def test_screen_is_freed(context: Context, place: Place) -> None:
    """A screen that was shown over the real services and closed leaves nothing behind."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True, exam_id="cmom"))
    screen = MAKERS[place](context)
    screen.show()
    screen.open(None)
    settle()
    made: list[QWidget] = [screen]
    del screen
    assert gone(made)


def test_window_is_freed(context: Context) -> None:
    """The window with a screen in it is freed too: no timer, shortcut or signal holds it."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True))
    window = MainWindow(context)
    window.show()
    settle()
    made: list[QWidget] = [window]
    del window
    assert gone(made)
