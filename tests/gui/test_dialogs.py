"""Dialogs: what destroys is never one Enter away, files start in Documents, citations and palette lines read whole."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from studyapp.domain.item import Reference
from studyapp.gui.dialogs import MessageDialog, RedButton, WindowDialogs
from studyapp.gui.main_keys import everywhere
from studyapp.gui.theme import apply_theme
from studyapp.gui.widgets import palette
from studyapp.gui.widgets.about_section import AboutSection
from studyapp.gui.widgets.keys_sheet import KeysSheet
from studyapp.gui.widgets.palette import Palette, Target
from studyapp.gui.widgets.references import ReferenceLines
from studyapp.gui.widgets.text import Label
from studyapp.services.settings import Theme
from tests.gui.fakes import settle
from tests.gui.study_bank import words


def test_enter_never_destroys(qtbot: QtBot) -> None:
    """A red button has neither the focus nor Enter: pressing it is a decision."""
    dialog = MessageDialog("Delete this card?", "It leaves the library.", "Delete", "Keep", danger=True)
    qtbot.addWidget(dialog)
    dialog.show()
    assert isinstance(dialog.yes_button, RedButton)
    assert dialog.focusWidget() is dialog.no_button
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isHidden()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_enter_agrees_where_nothing_is_lost(qtbot: QtBot) -> None:
    """An ordinary question is agreed to by Enter."""
    dialog = MessageDialog("Start?", "", "Start", "Not now")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted


@pytest.mark.parametrize("there", [True, False])
def test_files_are_saved_in_documents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, there: bool) -> None:
    """The dialog starts in the Documents folder; where there is none, at home."""
    documents = tmp_path / "Documents"
    if there:
        documents.mkdir()
    offered: list[Path] = []

    def ask(_parent: QWidget | None, _title: str, start: str) -> tuple[str, str]:
        offered.append(Path(start))
        return "", ""

    def location(_kind: QStandardPaths.StandardLocation) -> str:
        return str(documents)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QStandardPaths, "writableLocation", location)
    assert WindowDialogs().choose_file_to_save("Export everything", "mine.json") is None
    assert offered == [(documents if there else Path.home()) / "mine.json"]


READ = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            Reference("45 CFR 164.404", "", "(b)", READ, "2025-10-01 edition"),
            "45 CFR 164.404 · (b) · 2025-10-01 edition, read November 23, 2026",
        ),
        (Reference("A book", "", "p. 12", READ), "A book · p. 12 · checked November 23, 2026"),
        (Reference("A book", "", "", READ), "A book · checked November 23, 2026"),
    ],
)
def test_citation_tells_how_old_its_text_is(qtbot: QtBot, reference: Reference, line: str) -> None:
    """The edition that was read and the day; without an edition the day it was checked."""
    lines = ReferenceLines([reference])
    qtbot.addWidget(lines)
    assert lines._labels[0].accessibleName() == line


def test_about_tells_what_a_citation_holds(qtbot: QtBot) -> None:
    """In the words of the citations."""
    about = AboutSection()
    qtbot.addWidget(about)
    assert "how old the text read was, and the day it was read." in words(about)


def test_palette_says_what_each_line_is(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind at the right is never cut where there is room; a long question keeps its end."""
    found = Target("Who must be told of a breach that touched " + "very " * 20 + "many?", "Question · Law", "tag", None)
    dialog = Palette((Target("Today", "Screen", "sun", None), found), lambda _query: ())
    qtbot.addWidget(dialog)
    drawn: list[str] = []

    class Metrics(QFontMetricsF):
        def elidedText(self, text: str, mode: Qt.TextElideMode, width: float, flags: int | None = 0) -> str:
            drawn.append(super().elidedText(text, mode, width, flags or 0))
            return drawn[-1]

    monkeypatch.setattr(palette, "QFontMetricsF", Metrics)
    dialog.show()
    dialog.list.grab()
    dialog.hide()
    assert {"Screen", "Question · Law"} <= set(drawn)
    assert any(text.startswith("Who must") and text.endswith("many?") for text in drawn if "…" in text)


def test_palette_needs_no_compositor(qtbot: QtBot) -> None:
    """Its corners are drawn: nothing of the window is left for the desktop to blend."""
    dialog = Palette((), lambda _query: ())
    qtbot.addWidget(dialog)
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    dialog.show()
    settle()
    picture = dialog.grab().toImage()
    dialog.hide()
    assert picture.pixelColor(1, 1).lightness() > 200


@pytest.mark.parametrize("percent", [100, 200])
def test_every_key_can_be_read(qtbot: QtBot, qapp: QApplication, percent: int) -> None:
    """At 200 % the sheet scrolls: no line is cut off, and it fits its window."""
    apply_theme(qapp, Theme.LIGHT, percent)
    window = QWidget()
    window.resize(1024, 640)
    qtbot.addWidget(window)
    sheet = KeysSheet("Library", everywhere() * 3, everywhere(), window)
    sheet.show()
    settle()
    assert sheet.width() <= 1024
    assert sheet.height() <= 640
    area = sheet.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    for label in sheet.findChildren(Label):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()
        assert label.width() >= (0 if label.wordWrap() else label.sizeHint().width()), label.text()
    sheet.hide()
