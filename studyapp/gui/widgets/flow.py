"""A layout that puts children in a row and wraps to the next line."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from studyapp.gui.theme import px


class FlowLayout(QHBoxLayout):
    """Children from left to right, wrapped, with height for width.

    A box layout underneath keeps the items, so that Qt's own loops over them stay out of Python. Places are worked out
    once for each width until something below changes: Qt asks for them many times in one pass over a window.

    Args:
        gap: space between children and between lines, at 100 % text.
    """

    def __init__(self, parent: QWidget | None = None, gap: float = 8) -> None:
        if parent is None:
            super().__init__()
        else:
            super().__init__(parent)
        self._gap = gap
        self._places: dict[tuple[int, int], tuple[list[tuple[QLayoutItem, QRect]], int]] = {}
        self._hints: dict[tuple[str, int], QSize] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def invalidate(self) -> None:
        """Forget the places: a child changed, came or went."""
        self._places.clear()
        self._hints.clear()
        super().invalidate()

    def _shown(self) -> list[QLayoutItem]:
        items = (self.itemAt(index) for index in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arranged(width)[1]

    def setGeometry(self, rect: QRect) -> None:
        QLayout.setGeometry(self, rect)
        for item, place in self._arranged(rect.width())[0]:
            item.setGeometry(place.translated(rect.topLeft()))

    def sizeHint(self) -> QSize:
        gap = px(self._gap)
        hint = self._hints.get(("wanted", gap))
        if hint is None:
            shown = [item.sizeHint() for item in self._shown()]
            width = sum(size.width() for size in shown) + gap * max(0, len(shown) - 1)
            hint = self._hints["wanted", gap] = self._around(width, shown)
        return hint

    def minimumSize(self) -> QSize:
        hint = self._hints.get(("least", 0))
        if hint is None:
            shown = [item.minimumSize() for item in self._shown()]
            width = max((size.width() for size in shown), default=0)
            hint = self._hints["least", 0] = self._around(width, shown)
        return hint

    def _around(self, width: int, shown: list[QSize]) -> QSize:
        margins = self.contentsMargins()
        height = max((size.height() for size in shown), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _arranged(self, width: int) -> tuple[list[tuple[QLayoutItem, QRect]], int]:
        """Where each item shown stands in a room of this width, counted from its corner, and the height of all."""
        gap = px(self._gap)
        known = self._places.get((width, gap))
        if known is None:
            known = self._places[width, gap] = self._arrange(QRect(0, 0, width, 0), gap)
        return known

    def _arrange(self, rect: QRect, gap: int) -> tuple[list[tuple[QLayoutItem, QRect]], int]:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        x, y, line = area.x(), area.y(), 0
        places = []
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(area.width(), 1), 1 << 20))
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, line = area.x(), y + line + gap, 0
            places.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + gap
            line = max(line, size.height())
        return places, y + line + margins.bottom()
