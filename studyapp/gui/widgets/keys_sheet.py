"""The `?` sheet: the keys of the screen at hand and those that hold everywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studyapp.gui.screen import KeyHelp
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.text import Label

KEYS = 160


class KeyTable(QWidget):
    """Lines of keys and what they do."""

    def __init__(self, lines: tuple[KeyHelp, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, px(KEYS))  # so that two tables below one another are one column
        for row, line in enumerate(lines):
            grid.addWidget(Label(line.keys, "strong"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(line.what, "body", wrap=True), row, 1)


class KeysSheet(QDialog):
    """A sheet with one table for the screen and one for the program."""

    def __init__(
        self,
        screen_title: str,
        screen_keys: tuple[KeyHelp, ...],
        everywhere: tuple[KeyHelp, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        layout = QVBoxLayout(self)
        side = px(24)
        layout.setContentsMargins(side, side, side, px(20))
        layout.setSpacing(px(16))
        area = QScrollArea()
        area.setProperty("plain", "true")
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget()
        content.setObjectName("page")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        for title, lines in ((screen_title, screen_keys), (self.tr("Everywhere"), everywhere)):
            if lines:
                column.addWidget(Label(title, "section"))
                column.addWidget(KeyTable(lines))
                column.addSpacing(px(8))
        column.addStretch(1)
        area.setWidget(content)
        layout.addWidget(area, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.close_button = Button(self.tr("Close"), "primary", key="Esc")
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.close_button)
        layout.addLayout(row)
        width = px(520)
        needed = column.totalHeightForWidth(width - 2 * side) + self.close_button.sizeHint().height() + side + px(36)
        room = self.screen().availableGeometry().size() if parent is None else parent.size()
        self.resize(min(width, room.width() - 32), min(px(600), needed, room.height() - 32))
