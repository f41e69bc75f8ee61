"""The list of screens at the left: icon and word, or icons alone where room is short."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from studyapp.gui.icons import pixmap
from studyapp.gui.theme import color, px, text_font, watcher
from studyapp.gui.widgets.text import Label

WIDE, ICONS_ONLY = 211, 64


class NavButton(QPushButton):
    """One screen in the sidebar."""

    def __init__(self, name: str, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._icon = icon
        self._key = key
        self._collapsed = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setAccessibleDescription(key)
        self.set_collapsed(False)

    def set_collapsed(self, collapsed: bool) -> None:
        """Show only the icon; the word moves to the tooltip."""
        self._collapsed = collapsed
        self.setToolTip(f"{self.text()}  {self._key}" if collapsed else self._key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        word = 0 if self._collapsed else px(12) + QFontMetricsF(text_font(15, 500)).horizontalAdvance(self.text())
        return QSize(round(px(24) + px(20) + word), px(38))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(40), px(38))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        chosen = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft") if chosen else color("sunk") if self.underMouse() else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(rect, px(8), px(8))
        ink = "accent" if chosen else "muted"
        side = px(20)
        x = (self.width() - side) / 2 if self._collapsed else px(12)
        drawn = pixmap(self._icon, ink, side, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(round(x), round((self.height() - side) / 2)), drawn)
        if not self._collapsed:
            painter.setFont(text_font(15, 500))
            painter.setPen(color(ink))
            line = QRectF(px(44), 0, self.width() - px(48), self.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
        painter.end()


class Sidebar(QFrame):
    """The screens in order; the last one stands at the bottom.

    Signals:
        chosen: the key (an object) of the entry that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Screens"))
        self._collapsed = False
        self._keys: list[object] = []
        self._buttons: list[NavButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idClicked.connect(self._clicked)
        self._layout = QVBoxLayout(self)
        self._name = Label(title, "strong")
        self._layout.addWidget(self._name)
        self._layout.addStretch(1)
        watcher().changed.connect(self._scale)
        self._scale()

    def add(self, key: object, name: str, icon: str, shortcut: str, at_bottom: bool = False) -> None:
        """Add a screen."""
        button = NavButton(name, icon, shortcut)
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        self._buttons.append(button)
        place = self._layout.count() if at_bottom else self._layout.count() - 1
        self._layout.insertWidget(place, button)

    def button(self, key: object) -> NavButton:
        """The entry of a screen."""
        return self._buttons[self._keys.index(key)]

    def mark(self, key: object) -> None:
        """Show which screen is open; none when it has no entry."""
        self._group.setExclusive(False)
        for other, button in zip(self._keys, self._buttons, strict=True):
            button.setChecked(other == key)
        self._group.setExclusive(True)

    @property
    def collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Icons only, or icons and words."""
        if collapsed != self._collapsed:
            self._collapsed = collapsed
            self._scale()

    def _clicked(self, index: int) -> None:
        self.chosen.emit(self._keys[index])

    def _scale(self) -> None:
        self._name.setVisible(not self._collapsed)
        side = px(12)
        self._layout.setContentsMargins(side, px(24), side, px(18))
        self._layout.setSpacing(px(2))
        self._name.setContentsMargins(px(12), 0, 0, px(18))
        for button in self._buttons:
            button.set_collapsed(self._collapsed)
        words = max((button.sizeHint().width() for button in self._buttons), default=0) + 2 * side
        self.setFixedWidth(px(ICONS_ONLY) if self._collapsed else max(px(WIDE), words))
