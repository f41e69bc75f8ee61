"""The strip at the right of a room: always there in wide windows, called for in narrow ones."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.gui.theme import color, px, watcher

WIDTH, NARROW = 268, 860


class SidePanel(QWidget):
    """A surface with a hairline at its left, holding one widget."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._narrow = self._asked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(content)
        self.setFixedWidth(px(WIDTH))
        self.hide()  # until the room tells its width: it must not make a narrow window wider
        watcher().changed.connect(self._restyle)

    def fit(self, room_width: int) -> bool:
        """Take the width of the room; True when it is narrow, so that a button should call the panel."""
        self._narrow = room_width < px(NARROW)
        self.setFixedWidth(min(px(WIDTH), max(px(150), room_width * 2 // 5)) if self._narrow else px(WIDTH))
        self.setVisible(not self._narrow or self._asked)
        return self._narrow

    def toggle(self) -> None:
        """Show or hide it in a narrow room."""
        self._asked = not self._asked
        self.setVisible(not self._narrow or self._asked)

    def _restyle(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.setPen(QPen(color("border"), 1))
        painter.drawLine(self.rect().topLeft(), self.rect().bottomLeft())


class Bar(QWidget):
    """A full-width surface with a hairline on one side: the top and bottom bars of a room."""

    def __init__(self, edge: Qt.Edge) -> None:
        super().__init__()
        self._edge = edge
        watcher().changed.connect(self._restyle)

    def _restyle(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("surface"))
        painter.setPen(QPen(color("border"), 1))
        box = self.rect()
        if self._edge is Qt.Edge.BottomEdge:
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        else:
            painter.drawLine(box.topLeft(), box.topRight())
