"""How far along: a thin line that fills."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studyapp.gui.theme import color, px, watcher


class ProgressLine(QWidget):
    """A thin line filled to `set_share` (0..1)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        watcher().changed.connect(self._restyled)
        self.set_share(0.0)

    @property
    def share(self) -> float:
        """The share filled, 0..1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Fill to this share; values outside 0..1 are brought inside."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleName(self.tr("{share} percent done").format(share=round(self._share * 100)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(4))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thick = self.height()
        painter.setBrush(color("border"))
        painter.drawRoundedRect(QRectF(0, 0, self.width(), thick), thick / 2, thick / 2)
        if self._share > 0:
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(QRectF(0, 0, max(thick, self.width() * self._share), thick), thick / 2, thick / 2)
        painter.end()

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()
