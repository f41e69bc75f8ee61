"""Painted surfaces in the colours of the tokens: rounded panels, panels with an accent bar, a centred column."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from studyapp.gui.theme import color, px, text_font, watcher
from studyapp.gui.widgets.button import Chip
from studyapp.gui.widgets.text import Label


class Panel(QWidget):
    """A rounded rectangle with a hairline border; `fill` and `border` are token names, empty for none.

    `bar` draws a 3-px line of that token at the left edge in place of the rounded box.
    """

    def __init__(self, fill: str = "surface", border: str = "border", *, bar: str = "", radius: float = 10) -> None:
        super().__init__()
        self._fill, self._border, self._bar, self._radius = fill, border, bar, radius
        watcher().changed.connect(self._restyle)

    def set_look(self, fill: str, border: str) -> None:
        """Change the colours."""
        self._fill, self._border = fill, border
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._bar:
            painter.fillRect(QRectF(0, 0, px(3), self.height()), color(self._bar))
            return
        painter.setBrush(color(self._fill) if self._fill else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(self._border), 1) if self._border else Qt.PenStyle.NoPen)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, px(self._radius), px(self._radius))

    def _restyle(self) -> None:
        self.update()


class ToneLabel(Label):
    """A label in the colour of a tone from the start."""

    def __init__(self, text: str = "", tone: str = "muted", role: str = "small", wrap: bool = False) -> None:
        super().__init__(text, role, wrap)
        self.set_tone(tone)


class Column(QWidget):
    """Centres one widget and keeps it no wider than `width` (at 100 % text; 0 for no limit)."""

    def __init__(self, content: QWidget, width: float = 760) -> None:
        super().__init__()
        self._content = content
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(content, 1000)
        row.addStretch(1)
        content.setSizePolicy(QSizePolicy.Policy.Expanding, content.sizePolicy().verticalPolicy())
        self.set_width(width)

    def set_width(self, width: float) -> None:
        """Limit the width, 0 for no limit."""
        self._content.setMaximumWidth(px(width) if width else 16_777_215)


def side_margin(width: int) -> int:
    """Margin at both sides of a room of this width: narrow rooms and large text give it back to the words."""
    return px(44) if width >= px(760) else max(16, px(44) * width // max(1, px(760)) // 2)


def fit_chip(chip: Chip, text: str, width: int) -> None:
    """Write on a chip as much of a text as fits; the whole of it stays in its tooltip and accessible name."""
    chip.setText(text)
    over = chip.sizeHint().width() - max(width, px(60))
    if over > 0:
        metrics = QFontMetrics(text_font(13, 600))
        chip.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, metrics.horizontalAdvance(text) - over))
    chip.setToolTip(text if over > 0 else "")
    chip.setAccessibleName(text)


class FittingPage(QWidget):
    """The inside of a vertical scroll area: as tall as its layout needs at the width it gets, and no taller."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")

    def minimumSizeHint(self) -> QSize:
        # The layout's own answer adds up heights of wrapped texts at their narrowest, which is far too tall.
        return QSize(0, 0)


class ViewHost(QStackedWidget):
    """Shows one view at a time and frees the one before it. `view` is the one shown, None before the first."""

    def __init__(self) -> None:
        super().__init__()
        self.view: QWidget | None = None

    def show_view(self, view: QWidget) -> None:
        """Show `view`; the one before it is deleted."""
        old = self.view
        if old is not None:
            self.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.view = view
        # A view's title says how far its work is; it becomes the window's.
        view.windowTitleChanged.connect(self.setWindowTitle)
        self.setWindowTitle(view.windowTitle())
        self.addWidget(view)
        self.setCurrentWidget(view)
        view.show()


def plain(label: QLabel) -> QLabel:
    """Let the mouse through a label, so that what lies under it is clicked."""
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label
