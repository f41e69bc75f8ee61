"""The grid of question numbers: each cell tells its state by shape and word as well as by colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.gui.theme import color, px, text_font, watcher
from studyapp.gui.widgets.button import Chip
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.panel import FittingPage
from studyapp.gui.widgets.text import Label

CELL_W, CELL_H, GAP = 30, 26, 8


class CellState(StrEnum):
    """What became of a question so far."""

    OPEN = "open"
    ANSWERED = "answered"
    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Cell:
    """One question's place in the grid."""

    position: int
    state: CellState
    flagged: bool


class CellButton(QAbstractButton):
    """A number. Open: dashed outline; answered: filled; flagged: a flag at the corner; marked: a tick or a cross."""

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self.cell, self._current = cell, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        watcher().changed.connect(self._restyle)
        self._restyle()
        self._name()

    def show_cell(self, cell: Cell, *, current: bool) -> None:
        """Show a state."""
        if cell != self.cell or current != self._current:
            self.cell, self._current = cell, current
            self._name()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(CELL_W), px(CELL_H))

    def _restyle(self) -> None:
        self.setFixedSize(px(CELL_W) + px(2), px(CELL_H) + px(4))

    def _name(self) -> None:
        words = {
            CellState.OPEN: self.tr("not answered"),
            CellState.ANSWERED: self.tr("answered"),
            CellState.RIGHT: self.tr("right"),
            CellState.PARTLY: self.tr("partly right"),
            CellState.WRONG: self.tr("wrong"),
        }
        told = [words[self.cell.state]]
        if self.cell.flagged:
            told.append(self.tr("flagged"))
        if self._current:
            told.append(self.tr("shown now"))
        name = self.tr("Question {n}: {states}").format(n=self.cell.position + 1, states=", ".join(told))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(0.5, px(4) + 0.5, px(CELL_W) - 1, px(CELL_H) - 1)
        fill, border, ink = self._colors()
        pen = QPen(color(border), 1.0)
        if self.cell.state is CellState.OPEN:
            pen.setStyle(Qt.PenStyle.DashLine)
            pen.setDashPattern([3, 2.5])
        if self._current:
            pen = QPen(color("focus"), 2.0)
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(pen)
        painter.setBrush(color(fill))
        painter.drawRoundedRect(box, px(6), px(6))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus"), 2.0))
            painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), px(7), px(7))
        strong = self._current or self.cell.flagged
        font = text_font(12, 700 if strong else 400, tabular=True)
        painter.setFont(font)
        painter.setPen(color("text" if self._current and not self.cell.flagged else ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.cell.position + 1))
        self._paint_mark(painter, box)

    def _colors(self) -> tuple[str, str, str]:
        state = self.cell.state
        if state in (CellState.RIGHT, CellState.WRONG, CellState.PARTLY):
            tone = {CellState.RIGHT: "good", CellState.WRONG: "bad", CellState.PARTLY: "warn"}[state]
            return f"{tone}_soft", f"{tone}_soft", tone
        if self.cell.flagged:
            return "warn_soft", "warn" if state is CellState.OPEN else "warn_soft", "warn"
        if state is CellState.OPEN:
            return "surface", "control", "muted"
        return "sunk", "sunk", "text"

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        unit = px(10) / 10
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.cell.flagged:
            painter.setPen(QPen(color("warn"), 1.3 * unit))
            path = QPainterPath(QPointF(box.right() - 5 * unit, box.top() + 4 * unit))
            path.lineTo(box.right() - 5 * unit, box.top() - 4 * unit)
            path.lineTo(box.right() + 1.5 * unit, box.top() - 4 * unit)
            path.lineTo(box.right() - 0.5 * unit, box.top() - 1.5 * unit)
            path.lineTo(box.right() + 1.5 * unit, box.top() + unit)
            path.lineTo(box.right() - 5 * unit, box.top() + unit)
            painter.drawPath(path)
        x, y = box.left() + 4.5 * unit, box.bottom() - 4.5 * unit
        if self.cell.state is CellState.RIGHT:
            painter.setPen(QPen(color("good"), 1.5 * unit))
            painter.drawPolyline([QPointF(x - 2, y), QPointF(x - 0.5, y + 1.8), QPointF(x + 2.5, y - 2.2)])
        elif self.cell.state is CellState.WRONG:
            painter.setPen(QPen(color("bad"), 1.5 * unit))
            painter.drawLine(QPointF(x - 2, y - 2), QPointF(x + 2, y + 2))
            painter.drawLine(QPointF(x - 2, y + 2), QPointF(x + 2, y - 2))
        elif self.cell.state is CellState.PARTLY:
            painter.setPen(QPen(color("warn"), 1.5 * unit))
            painter.drawLine(QPointF(x - 2.2, y), QPointF(x + 2.2, y))


class CellGrid(QWidget):
    """The cells in as many columns as fit. Emits `picked` with a position."""

    picked = Signal(object)

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(GAP) - px(2))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._columns = 0
        self.buttons = [CellButton(cell) for cell in cells]
        self._visible = [True] * len(self.buttons)
        for index, button in enumerate(self.buttons):
            button.setParent(self)
            button.clicked.connect(partial(self._pick, index))
        self._arrange()

    def _pick(self, index: int, _checked: bool = False) -> None:
        self.picked.emit(index)

    def show_cells(self, cells: Sequence[Cell], current: int, visible: Sequence[bool]) -> None:
        """Take over new states; `visible` tells which cells the filter lets through."""
        for button, cell in zip(self.buttons, cells, strict=True):
            button.show_cell(cell, current=cell.position == current)
        if list(visible) != self._visible:
            self._visible = list(visible)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitting() != self._columns:
            self._arrange()

    def _fitting(self) -> int:
        return max(3, (self.width() + px(GAP)) // (px(CELL_W) + px(GAP)))

    def _arrange(self) -> None:
        self._columns = self._fitting()
        while self._grid.count():
            self._grid.takeAt(0)
        place = 0
        for button, visible in zip(self.buttons, self._visible, strict=True):
            button.setVisible(visible)
            if visible:
                self._grid.addWidget(button, place // self._columns, place % self._columns)
                place += 1


@dataclass(frozen=True, slots=True)
class CellFilter:
    """A filter chip of the navigator: its word and which states (or flags) it lets through."""

    word: str
    states: frozenset[CellState]
    flagged_only: bool = False

    def lets(self, cell: Cell) -> bool:
        """Whether the filter shows this cell."""
        return cell.flagged if self.flagged_only else cell.state in self.states


class Navigator(QWidget):
    """Heading, filters and grid. Emits `picked` with the position to go to."""

    picked = Signal(object)
    filtered = Signal()

    def __init__(self, cells: Sequence[Cell], filters: Sequence[CellFilter]) -> None:
        super().__init__()
        self._cells, self._filters, self._chosen = tuple(cells), tuple(filters), 0
        self._current = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(18), px(12), px(12))
        column.setSpacing(px(12))
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Questions"), "strong"), 1)
        self.left = Label("", "small")
        head.addWidget(self.left)
        column.addLayout(head)
        column.addLayout(self._chips())
        self._grid = CellGrid(self._cells)
        self._grid.picked.connect(self.picked)
        scroll = QScrollArea()
        scroll.setProperty("plain", "true")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = FittingPage()
        box = QVBoxLayout(inner)
        box.setContentsMargins(px(2), 0, px(2), px(4))
        box.addWidget(self._grid)
        self._none = Label(self.tr("No question here."), "small", wrap=True)
        box.addWidget(self._none)
        box.addStretch(1)
        scroll.setWidget(inner)
        column.addWidget(scroll, 1)
        self.show_cells(self._cells, 0)

    def _chips(self) -> FlowLayout:
        flow = FlowLayout(gap=6)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        for index, each in enumerate(self._filters):
            chip = Chip(each.word, 0 if index else None)
            chip.setChecked(index == 0)
            self._group.addButton(chip, index)
            flow.addWidget(chip)
        self._group.idClicked.connect(self._choose_filter)
        return flow

    @property
    def chosen_filter(self) -> CellFilter:
        """The filter in force."""
        return self._filters[self._chosen]

    def choose_filter(self, index: int) -> None:
        """Put a filter in force."""
        self._group.button(index).setChecked(True)
        self._choose_filter(index)

    def _choose_filter(self, index: int) -> None:
        self._chosen = index
        self.show_cells(self._cells, self._current)
        self.filtered.emit()

    def shown_positions(self) -> tuple[int, ...]:
        """Positions that the filter lets through."""
        return tuple(cell.position for cell in self._cells if self.chosen_filter.lets(cell))

    def show_cells(self, cells: Sequence[Cell], current: int) -> None:
        """Take over new states."""
        self._cells, self._current = tuple(cells), current
        for index, each in enumerate(self._filters):
            button = self._group.button(index)
            if index and isinstance(button, Chip):
                button.set_count(sum(1 for cell in self._cells if each.lets(cell)))
        visible = [self.chosen_filter.lets(cell) for cell in self._cells]
        self._none.setVisible(not any(visible))
        self._grid.show_cells(self._cells, current, visible)

    def cell_buttons(self) -> list[CellButton]:
        """The cells, in order."""
        return self._grid.buttons
