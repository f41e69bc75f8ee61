"""Buttons that paint themselves: sharp icons, key caps, a caption, and a focus ring on every kind."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from studyapp.gui.icons import pixmap
from studyapp.gui.theme import color, mix, px, text_font, tokens, watcher

TRAILING = frozenset({"arrow-right", "chevron-right", "chevron-down", "external-link"})
MOUSE = Qt.FocusReason.MouseFocusReason


@lru_cache(maxsize=128)
def _shared_font(size: float, weight: int, tabular: bool, _percent: int) -> QFont:
    return text_font(size, weight, tabular)


def _font(size: float, weight: int, tabular: bool = False) -> QFont:
    """A font at the text size in force, made once: a window full of buttons asks for it hundreds of times."""
    return _shared_font(size, weight, tabular, watcher().text_percent)


@lru_cache(maxsize=2048)
def _shared_width(text: str, size: float, weight: int, tabular: bool, percent: int) -> float:
    return QFontMetricsF(_shared_font(size, weight, tabular, percent)).horizontalAdvance(text)


def _width(text: str, size: float, weight: int, tabular: bool = False) -> float:
    """How wide a text is in that font, measured once."""
    return _shared_width(text, size, weight, tabular, watcher().text_percent)


@dataclass(frozen=True, slots=True)
class Look:
    """Fill, border and ink of a button at one moment, as token names; empty draws nothing."""

    fill: str
    border: str
    ink: str


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes of a kind of button at 100 % text."""

    text: float
    weight: int
    pad_x: float
    height: float
    radius: float
    icon: float


METRICS = {
    "primary": Metrics(15, 600, 16, 42, 9, 18),
    "secondary": Metrics(15, 600, 16, 42, 9, 18),
    "danger": Metrics(15, 600, 16, 42, 9, 18),
    "ghost": Metrics(15, 500, 12, 38, 8, 18),
    "link": Metrics(14, 500, 3, 28, 5, 15),
    "chip": Metrics(13, 400, 11, 27, 14, 14),
    "icon": Metrics(15, 400, 9, 38, 8, 20),
}
BIG = Metrics(16, 600, 24, 52, 9, 19)


class Button(QPushButton):
    """A push button.

    Args:
        text: what happens ("Start 20 questions").
        kind: primary, secondary, ghost, link, danger or chip.
        icon: Lucide name; arrows pointing onward stand after the text.
        key: the key that does the same, shown as a cap and told to screen readers (no shortcut is installed).
    """

    def __init__(
        self, text: str = "", kind: str = "secondary", icon: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._icon = icon
        self._key = key
        self._caption = ""
        self._ring = False
        self._big = False
        self._words = ""
        self._count: int | None = None
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setText(text)
        self._describe()
        watcher().changed.connect(self._restyled)

    # What it shows

    def text(self) -> str:
        """The words as shown."""
        return self._words

    def setText(self, text: str) -> None:
        """Change the words; `&` is an ordinary sign here."""
        if text == self._words:
            return
        self._words = text
        super().setText(text.replace("&", "&&"))
        self._describe()

    @property
    def key(self) -> str:
        """The key on the cap."""
        return self._key

    def set_key(self, key: str) -> None:
        """Change the key cap."""
        if key != self._key:
            self._key = key
            self._describe()

    def set_kind(self, kind: str) -> None:
        """Change the look."""
        self._kind = kind
        self.setProperty("kind", kind)
        self._restyled()

    def set_icon_name(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self._restyled()

    def set_caption(self, caption: str) -> None:
        """A small second line below the words."""
        if caption != self._caption:
            self._caption = caption
            self._describe()

    def set_count(self, count: int | None) -> None:
        """A quiet number after the words; None hides it."""
        if count != self._count:
            self._count = count
            self._describe()

    def set_big(self, big: bool = True) -> None:
        """For the one button of a screen."""
        self._big = big
        self._restyled()

    def _describe(self) -> None:
        parts = [self._words, "" if self._count is None else str(self._count), self._caption]
        if self._key:
            parts.append(self.tr("key {key}").format(key=self._key))
        self.setAccessibleName(", ".join(part for part in parts if part))
        self._restyled()

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()

    # Geometry

    @property
    def _metrics(self) -> Metrics:
        return BIG if self._big else METRICS[self._kind]

    def _count_text(self) -> str:
        return "" if self._count is None else f"{self._count:,}"

    def _pieces_width(self) -> float:
        """Width of icon, words, count and key cap side by side."""
        metrics = self._metrics
        width = 0.0
        if self._icon:
            width += px(metrics.icon)
        if self._words:
            width += self._words_width() + (px(8) if width else 0)
        if self._count_text():
            width += px(8) + _width(self._count_text(), metrics.text, 400, tabular=True)
        if self._key:
            width += px(8) + self._cap_width()
        return width

    def _words_width(self) -> float:
        # As wide as when bold, so that choosing a chip moves nothing.
        metrics = self._metrics
        weight = 600 if self.isCheckable() else metrics.weight
        return _width(self._words, metrics.text, weight)

    def _cap_width(self) -> float:
        return max(px(20), _width(self._key, 12, 600) + px(11))

    def sizeHint(self) -> QSize:
        """Room for everything it shows."""
        metrics = self._metrics
        width = self._pieces_width()
        height = px(metrics.height)
        if self._caption:
            width = max(width, _width(self._caption, 13, 500, tabular=True))
            height += px(20)
        return QSize(round(width + 2 * px(metrics.pad_x) + 1), height)

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    # Focus ring only for the keyboard: after a click it would only be noise.

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != MOUSE
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self.update()

    # Painting

    def _look(self) -> Look:
        hover = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            bare = self._kind in {"ghost", "link", "icon"}
            return Look("" if bare else "background", "" if bare else "border", "muted")
        if self.isChecked():
            return Look("accent_soft", "accent", "accent")
        looks = {
            "primary": Look("accent", "", "on_accent"),
            "secondary": Look("sunk" if hover else "surface", "border", "text"),
            "danger": Look("bad_soft" if hover else "surface", "bad", "bad"),
            "ghost": Look("sunk" if hover else "", "", "text"),
            "link": Look("accent_soft" if hover else "", "", "accent"),
            "chip": Look("sunk" if hover else "surface", "border", "muted"),
            "icon": Look("sunk" if hover else "", "", "muted"),
        }
        return looks[self._kind]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self._look()
        self._paint_box(painter, look)
        self._paint_pieces(painter, look)
        if self._ring and self.hasFocus():
            self._paint_ring(painter)
        painter.end()

    def _radius(self) -> float:
        return min(px(self._metrics.radius), self.height() / 2)

    def _paint_box(self, painter: QPainter, look: Look) -> None:
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill = QColor(0, 0, 0, 0)
        if look.fill:
            fill = color(look.fill)
            if self._kind == "primary" and self.isEnabled() and (self.underMouse() or self.isDown()):
                fill = mix("accent", "text", 0.88)
        painter.setBrush(fill)
        painter.setPen(QPen(color(look.border), 1.5 if self.isChecked() else 1.0) if look.border else Qt.PenStyle.NoPen)
        if look.fill or look.border:
            painter.drawRoundedRect(rect, self._radius(), self._radius())

    def _paint_ring(self, painter: QPainter) -> None:
        radius = self._radius()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("surface"), 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5), radius - 2, radius - 2)
        painter.setPen(QPen(color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _start_x(self) -> float:
        return (self.width() - self._pieces_width()) / 2

    def _paint_pieces(self, painter: QPainter, look: Look) -> None:
        metrics = self._metrics
        height = self.height() - (px(18) if self._caption else 0)
        x = max(px(2), self._start_x())
        trailing = self._icon in TRAILING and bool(self._words)
        if self._icon and not trailing:
            x = self._paint_icon(painter, look, x, height) + (px(8) if self._words else 0)
        if self._words:
            painter.setFont(_font(metrics.text, 600 if self.isChecked() else metrics.weight))
            painter.setPen(color(look.ink))
            width = self._words_width()
            painter.drawText(QRectF(x, 0, width + 2, height), Qt.AlignmentFlag.AlignVCenter, self._words)
            x += width
        if self._count_text():
            x += px(8)
            painter.setFont(_font(metrics.text, 400, tabular=True))
            painter.setPen(color("accent" if self.isChecked() else "muted"))
            width = painter.fontMetrics().horizontalAdvance(self._count_text())
            painter.drawText(QRectF(x, 0, width + 2, height), Qt.AlignmentFlag.AlignVCenter, self._count_text())
            x += width
        if trailing:
            x = self._paint_icon(painter, look, x + px(8), height)
        if self._key:
            self._paint_cap(painter, look, x + px(8), height)
        if self._caption:
            painter.setFont(_font(13, 500, tabular=True))
            painter.setPen(color("on_accent" if look.ink == "on_accent" else "muted"))
            line = QRectF(0, height - px(10), self.width(), px(20))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._caption)

    def _paint_icon(self, painter: QPainter, look: Look, x: float, height: float) -> float:
        side = px(self._metrics.icon)
        drawn = pixmap(self._icon, look.ink, side, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(round(x), round((height - side) / 2)), drawn)
        return x + side

    def _paint_cap(self, painter: QPainter, look: Look, x: float, height: float) -> None:
        width, side = self._cap_width(), px(20)
        rect = QRectF(round(x) + 0.5, round((height - side) / 2) + 0.5, round(width) - 1, side - 1)
        ink = color(look.ink)
        if look.ink == "on_accent":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 1))
        else:
            painter.setBrush(QColor(tokens().surface))
            painter.setPen(QPen(color("control" if look.ink == "text" else look.ink), 1))
            ink = color("muted") if look.ink == "text" else ink
        painter.drawRoundedRect(rect, px(5), px(5))
        painter.setPen(ink)
        painter.setFont(_font(12, 600))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._key)


class IconButton(Button):
    """A square button with only an icon; its name is for screen readers, its tooltip for everybody."""

    def __init__(
        self,
        icon: str,
        accessible_name: str,
        tooltip: str = "",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "icon", icon, parent=parent)
        self.setCheckable(checkable)
        self.setToolTip(tooltip or accessible_name)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, accessible_name: str, tooltip: str = "") -> None:
        """Change what it is called."""
        self.setAccessibleName(accessible_name)
        self.setToolTip(tooltip or accessible_name)

    def sizeHint(self) -> QSize:
        """A square."""
        side = px(self._metrics.height)
        return QSize(side, side)


class Chip(Button):
    """A small rounded choice, with an optional count."""

    def __init__(
        self, text: str, count: int | None = None, checkable: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, "chip", parent=parent)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)
