"""Ctrl+K: one field that finds screens, commands, topics, questions and cards."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from studyapp.gui.icons import IconLabel, pixmap
from studyapp.gui.theme import color, px, text_font
from studyapp.gui.widgets.card import Divider
from studyapp.gui.widgets.text import Label

Index = QModelIndex | QPersistentModelIndex
ROW = 42
LIMIT = 40


@dataclass(frozen=True, slots=True)
class Target:
    """Something the palette can find: what it is called, what kind of thing it is, and what choosing it means."""

    title: str
    detail: str
    icon: str
    action: object


def rank(query: str, title: str) -> int | None:
    """How well a title answers a query, 0 best; None when some word of the query is missing."""
    words = title.casefold().split()
    wanted = query.casefold().split()
    joined = " ".join(words)
    if not all(part in joined for part in wanted):
        return None
    if joined.startswith(" ".join(wanted)):
        return 0
    return 1 if all(any(word.startswith(part) for word in words) for part in wanted) else 2


def find(query: str, targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """Targets whose titles hold every word of the query, best first; all of them for an empty query."""
    ranked = [(rank(query, target.title), place, target) for place, target in enumerate(targets)]
    good = [(score, place, target) for score, place, target in ranked if score is not None]
    return tuple(target for _, _, target in sorted(good, key=_order))


def _order(entry: tuple[int, int, Target]) -> tuple[int, int]:
    return entry[0], entry[1]


class TargetModel(QAbstractListModel):
    """The targets found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.targets: tuple[Target, ...] = ()

    def show_targets(self, targets: tuple[Target, ...]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self.targets = targets
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.targets)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        target = self.targets[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return target.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{target.title}, {target.detail}"
        return target if role == Qt.ItemDataRole.UserRole else None


class TargetDelegate(QStyledItemDelegate):
    """Icon, title, and at the right what kind of thing it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(px(200), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        target = index.data(Qt.ItemDataRole.UserRole)
        state, box = option.state, QRectF(option.rect)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("accent_soft") if chosen else QColor(0, 0, 0, 0))
        painter.drawRoundedRect(box.adjusted(px(6), 1, -px(6), -1), px(8), px(8))
        ink = "accent" if chosen else "text"
        side = px(18)
        left = box.left() + px(18)
        drawn = pixmap(target.icon, "accent" if chosen else "muted", side, painter.device().devicePixelRatioF())
        painter.drawPixmap(round(left), round(box.center().y() - side / 2), drawn)
        painter.setFont(text_font(13))
        metrics = QFontMetricsF(painter.font(), painter.device())
        detail_width = min(math.ceil(metrics.horizontalAdvance(target.detail)) + 2, round(box.width() * 0.4))
        right = QRectF(box.right() - px(18) - detail_width, box.top(), detail_width, box.height())
        painter.setPen(color("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        elided = metrics.elidedText(target.detail, Qt.TextElideMode.ElideRight, detail_width)
        painter.drawText(right, middle | Qt.AlignmentFlag.AlignRight, elided)
        painter.setFont(text_font(15, 500 if chosen else 400))
        painter.setPen(color(ink))
        title = QRectF(left + side + px(12), box.top(), right.left() - left - side - px(28), box.height())
        # Questions often begin alike and differ at their end: both stay.
        words = QFontMetricsF(painter.font(), painter.device()).elidedText(
            target.title, Qt.TextElideMode.ElideMiddle, round(title.width())
        )
        painter.drawText(title, middle, words)
        painter.restore()


class Palette(QDialog):
    """The dialog behind Ctrl+K; `chosen` holds the action of what was picked, None when given up.

    Args:
        targets: screens, commands and topics: searched in memory.
        search: finds questions and cards for a query of two letters or more.
    """

    def __init__(
        self,
        targets: tuple[Target, ...],
        search: Callable[[str], tuple[Target, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(self.tr("Find anything"))
        self._targets = targets
        self._search = search
        self.chosen: object = None
        self.field = QLineEdit()
        self.field.setProperty("bare", "true")
        self.field.setPlaceholderText(self.tr("Screens, commands, topics, questions, cards"))
        self.field.setAccessibleName(self.tr("Find anything"))
        self.field.textChanged.connect(self.look_up)
        self.field.returnPressed.connect(self.choose)
        self.field.installEventFilter(self)
        self.model = TargetModel(self)
        self.list = QListView()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListView { border: none; background: transparent; }")
        self.list.setModel(self.model)
        self.list.setItemDelegate(TargetDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Found"))
        self.list.clicked.connect(self._clicked)
        self._nothing = Label(self.tr("Nothing found."), "muted")
        self._nothing.setContentsMargins(px(20), px(8), px(20), px(16))
        self._lay_out()
        self.look_up("")
        self.field.setFocus()

    def _lay_out(self) -> None:
        # Square: round corners turn black where the desktop does not blend windows.
        frame = QFrame()
        frame.setProperty("card", "square")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(1, 1, 1, px(8))
        column.setSpacing(px(6))
        top = QHBoxLayout()
        top.setContentsMargins(px(18), px(12), px(18), px(6))
        top.setSpacing(px(12))
        top.addWidget(IconLabel("search", "muted", 20))
        top.addWidget(self.field, 1)
        column.addLayout(top)
        column.addWidget(Divider())
        column.addWidget(self.list, 1)
        column.addWidget(self._nothing)
        self.resize(px(640), px(460))

    def look_up(self, query: str) -> None:
        """List what answers the query."""
        query = query.strip()
        found = find(query, self._targets)
        if len(query) >= 2:
            found = (*found[:LIMIT], *self._search(query))
        self.model.show_targets(found[: 2 * LIMIT])
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        if found:
            self.list.setCurrentIndex(self.model.index(0))

    def choose(self) -> None:
        """Take the marked line."""
        index = self.list.currentIndex()
        if index.isValid():
            self.chosen = self.model.targets[index.row()].action
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and the page keys move in the list while typing goes on."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: 8,
                Qt.Key.Key_PageUp: -8,
            }
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self.model.rowCount():
                row = min(self.model.rowCount() - 1, max(0, self.list.currentIndex().row() + step))
                self.list.setCurrentIndex(self.model.index(row))
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, _index: QModelIndex) -> None:
        self.choose()
