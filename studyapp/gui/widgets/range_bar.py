"""A share as a range: a soft bar from low to high with a tick at the mean."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studyapp.gui.theme import color, mix, px, watcher


class RangeBar(QWidget):
    """A track from 0 to 100 %; `set_range` takes shares in 0..1 or None where nothing is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._range: tuple[float, float, float] | None = None
        self._mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        watcher().changed.connect(self._restyled)
        self.set_range(None, None, None)

    def set_range(self, low: float | None, mean: float | None, high: float | None) -> None:
        """Show this range; any None leaves the track empty."""
        if low is None or mean is None or high is None:
            self._range = None
            words = self.tr("No answers yet")
        else:
            self._range = (low, mean, high)
            words = self.tr("{low} to {high} percent, most likely {mean}").format(
                low=round(low * 100), high=round(high * 100), mean=round(mean * 100)
            )
        self.setAccessibleName(words)
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()

    def set_mark(self, share: float | None) -> None:
        """A thin line across the track, e.g. the pass mark."""
        self._mark = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(16))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(60), px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thick = px(8)
        top = (self.height() - thick) / 2
        painter.setBrush(color("sunk"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), thick), thick / 2, thick / 2)
        if self._range is not None:
            low, mean, high = (min(1.0, max(0.0, share)) * self.width() for share in self._range)
            # Mixed strongly enough to stand 3:1 from the track's surroundings together with its tick.
            painter.setBrush(mix("accent", "surface", 0.42))
            painter.drawRoundedRect(QRectF(low, top, max(thick, high - low), thick), thick / 2, thick / 2)
            painter.setBrush(color("accent"))
            tick = px(3)
            centre = min(self.width() - tick, max(0.0, mean - tick / 2))
            painter.drawRoundedRect(QRectF(centre, top - px(3), tick, thick + px(6)), 1, 1)
        if self._mark is not None:
            painter.setBrush(color("text"))
            painter.drawRect(QRectF(self._mark * self.width() - 0.5, top - px(3), 1, thick + px(6)))
        painter.end()

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()
