"""Rows of Settings: a caption with a line of help at the left, the control at the right (or below when narrow)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.text import Label

ROW_FROM = 520


class SettingRow(QWidget):
    """One setting."""

    def __init__(
        self, caption: str, control: QWidget, help_text: str = "", *, below: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._below = below
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        words = QWidget()
        self._words = QVBoxLayout(words)
        self._words.setContentsMargins(0, 0, 0, 0)
        name = Label(caption, "body", wrap=True)
        name.setBuddy(control)
        self._words.addWidget(name)
        self.help = Label(help_text, "small", wrap=True)
        self.help.setVisible(bool(help_text))
        self._words.addWidget(self.help)
        if not control.accessibleName():
            control.setAccessibleName(caption)
        if help_text:
            control.setAccessibleDescription(help_text)
        self._row.addWidget(words, 1)
        if below:
            self._row.addWidget(control)
        else:
            self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        watcher().changed.connect(self._scale)
        self._scale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn(event.size().width())

    def _turn(self, width: int) -> None:
        down = self._below or width < px(ROW_FROM)
        wanted = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()

    def _scale(self) -> None:
        self._row.setContentsMargins(0, px(10), 0, px(10))
        self._row.setSpacing(px(10) if self._below else px(20))
        self._words.setSpacing(px(2))
        self._turn(self.width())


class Section(Card):
    """A titled card of rows with hairlines between."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=24)
        self.title = title
        self._rows = 0
        self._heading = Label(title, "section", wrap=True)
        self.body.addWidget(self._heading)

    def set_title(self, title: str) -> None:
        """Change the heading."""
        self.title = title
        self._heading.setText(title)

    def add(self, row: QWidget) -> None:
        """Add a row."""
        if self._rows:
            self.body.addWidget(Divider())
        self._rows += 1
        self.body.addWidget(row)
