"""Lucide icons, tinted with a token's colour and drawn sharply at every size."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from studyapp.core.paths import resources_dir
from studyapp.gui.theme import px, tokens, watcher

STROKE = "1.75"
SIZES = (16, 20, 24, 32, 48, 64)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    path: Path = resources_dir() / "icons" / f"{name}.svg"
    return path.read_text(encoding="utf-8").replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@lru_cache(maxsize=512)
def _drawn(name: str, hex_color: str, side: int) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", hex_color).encode()))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


def pixmap(name: str, color: str, side: float, ratio: float = 1.0) -> QPixmap:
    """The icon `side` device-independent pixels wide, for a screen of that pixel ratio.

    Args:
        color: name of a token, e.g. "muted".

    Raises:
        FileNotFoundError: no such icon is shipped.
    """
    drawn = QPixmap(_drawn(name, getattr(tokens(), color), max(1, round(side * ratio))))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def icon(name: str, color: str = "text") -> QIcon:
    """A QIcon in the colour of a token as it is now; `set_icon` and `IconLabel` follow later changes of theme."""
    made = QIcon()
    for side in SIZES:
        made.addPixmap(_drawn(name, getattr(tokens(), color), side))
    return made


def set_icon(button: QAbstractButton, name: str, color: str = "text", side: float = 20) -> None:
    """Show an icon on a button and keep it in step with theme and text size."""
    button.setProperty("icon_name", name)
    button.setProperty("icon_color", color)
    button.setProperty("icon_side", float(side))
    follower = button.findChild(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if isinstance(follower, _Follower):
        follower.refresh()
    else:
        _Follower(button)


class _Follower(QObject):
    """Child of a button that redraws its icon; goes when the button goes."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        watcher().changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        button = self.parent()
        assert isinstance(button, QAbstractButton)
        side = px(float(button.property("icon_side")))
        button.setIconSize(QSize(side, side))
        button.setIcon(icon(str(button.property("icon_name")), str(button.property("icon_color"))))


class IconLabel(QLabel):
    """An icon that says nothing to a screen reader: the words beside it do."""

    def __init__(self, name: str, color: str = "text", side: float = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._color, self._side = name, color, side
        watcher().changed.connect(self._draw)
        self._draw()

    def set_icon(self, name: str, color: str = "text") -> None:
        """Show another icon."""
        self._name, self._color = name, color
        self._draw()

    def _draw(self) -> None:
        side = px(self._side)
        self.setPixmap(pixmap(self._name, self._color, side, self.devicePixelRatioF()))
        self.setFixedSize(side, side)
