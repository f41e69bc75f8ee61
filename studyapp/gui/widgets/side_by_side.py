"""Widgets beside one another where there is room, below one another where there is not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from studyapp.gui.theme import px, watcher


class SideBySide(QWidget):
    """A row that turns into a column below a width.

    Signals:
        turned: True when it became a column, False when a row.

    Args:
        from_width: width at 100 % text from which it is a row.
        gap: space between, at 100 % text.
    """

    turned = Signal(bool)

    def __init__(self, from_width: float, gap: float = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._from, self._gap = from_width, gap
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        watcher().changed.connect(self._scale)
        self._scale()

    def add(self, widget: QWidget, stretch: int = 0, align: Qt.AlignmentFlag | None = None) -> None:
        """Add a widget; `stretch` shares out the width of the row."""
        if align is None:
            self._row.addWidget(widget, stretch)
        else:
            self._row.addWidget(widget, stretch, align)

    @property
    def stacked(self) -> bool:
        """Whether the widgets stand below one another."""
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the width asks for it."""
        super().resizeEvent(event)
        self._turn(event.size().width())

    def _turn(self, width: int) -> None:
        down = width < px(self._from)
        wanted = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            self.updateGeometry()
            self.turned.emit(down)

    def _scale(self) -> None:
        self._row.setSpacing(px(self._gap))
        self._turn(self.width())
