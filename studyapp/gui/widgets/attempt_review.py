"""Going through a finished attempt item by item, with the key, the lesson and the learner's own answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studyapp.domain.item import Confidence
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, Chip
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.navigator import CellFilter, CellState, Navigator
from studyapp.gui.widgets.panel import fit_chip, side_margin
from studyapp.gui.widgets.result_view import points_text
from studyapp.gui.widgets.room_parts import ItemArea, cell_of_result, shown_result
from studyapp.gui.widgets.side_panel import SidePanel
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text
from studyapp.services.attempts import AttemptResult, SlotResult

_ALL = frozenset(CellState)
_NOT_RIGHT = frozenset({CellState.WRONG, CellState.PARTLY, CellState.OPEN})


class AttemptReview(QWidget):
    """Emits `closed` to go back to the result, `opened` with the position of each item whose key it shows."""

    closed = Signal()
    opened = Signal(int)

    def __init__(self, result: AttemptResult, position: int = 0, *, wrong_only: bool = False) -> None:
        super().__init__()
        self.result, self._position = result, position
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        cells = [cell_of_result(slot) for slot in result.slots]
        filters = (
            CellFilter(self.tr("All"), _ALL),
            CellFilter(self.tr("Missed"), _NOT_RIGHT),
            CellFilter(self.tr("Flagged"), _ALL, flagged_only=True),
        )
        self.navigator = Navigator(cells, filters)
        self.navigator.picked.connect(self._picked)
        self.navigator.filtered.connect(self._filtered)
        self.side = SidePanel(self.navigator)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self._top())
        self.area = ItemArea()
        left.addWidget(self.area, 1)
        left.addWidget(self._bottom())
        middle.addLayout(left, 1)
        middle.addWidget(self.side)
        outer.addLayout(middle, 1)
        if wrong_only and any(filters[1].lets(cell) for cell in cells):
            self.navigator.choose_filter(1)
        else:
            self.show_position(position)

    def _top(self) -> QWidget:
        top = QWidget()
        self._head = row = QHBoxLayout(top)
        row.setSpacing(px(10))
        told = QWidget()
        flow = FlowLayout(told, gap=10)
        self.place = Label("", "strong")
        self.topic = Chip("", checkable=False)
        self.topic.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.told = Label("", "small")
        for widget in (self.place, self.topic, self.told):
            widget.setMinimumHeight(px(27))
            flow.addWidget(widget)
        row.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        self.questions = Button(self.tr("Questions"), icon="layout-grid")
        self.questions.setToolTip(self.tr("Show or hide the questions"))
        self.questions.clicked.connect(self.side.toggle)
        row.addWidget(self.questions)
        self.close_button = Button(self.tr("Back to the result"))
        self.close_button.clicked.connect(self.closed)
        row.addWidget(self.close_button)
        return top

    def _bottom(self) -> QWidget:
        bottom = QWidget()
        self._foot = row = QHBoxLayout(bottom)
        self.back = Button(self.tr("Back"), "secondary", "arrow-left", "P")
        self.back.clicked.connect(self.go_back)
        self.onward = Button(self.tr("Next"), "primary", "arrow-right", "N")
        self.onward.clicked.connect(self.go_on)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.onward)
        return bottom

    @property
    def position(self) -> int:
        """The 0-based place of the item shown."""
        return self._position

    def show_position(self, position: int) -> None:
        """Show the item at this place."""
        self._position = position
        slot = self.result.slots[position]
        self.place.setText(self.tr("Question {k} of {n}").format(k=position + 1, n=len(self.result.slots)))
        self._fit_chip()
        self.told.setText(" · ".join(self._facts(slot)))
        self.area.show_item(shown_result(slot), top=True)
        self.navigator.show_cells([cell_of_result(each) for each in self.result.slots], position)
        shown = self.navigator.shown_positions()
        self.opened.emit(position)
        self.back.setEnabled(any(each < position for each in shown))
        self.onward.setEnabled(any(each > position for each in shown))
        self.setFocus()

    def _facts(self, slot: SlotResult) -> list[str]:
        if slot.response is None or slot.response.empty:
            facts = [self.tr("not answered")]
        elif slot.score >= 1:
            facts = [self.tr("right")]
        elif slot.score > 0:
            facts = [self.tr("{share} of 1 point").format(share=points_text(slot.score))]
        else:
            facts = [self.tr("wrong")]
        if slot.duration_ms:
            facts.append(clock_text(slot.duration_ms / 1000))
        words = {
            Confidence.GUESS: self.tr("you were guessing"),
            Confidence.UNSURE: self.tr("you were unsure"),
            Confidence.SURE: self.tr("you were sure"),
        }
        if slot.confidence is not None:
            facts.append(words[slot.confidence])
        if slot.flagged:
            facts.append(self.tr("flagged"))
        return facts

    def _picked(self, position: object) -> None:
        if isinstance(position, int):
            self.show_position(position)

    def _filtered(self) -> None:
        shown = self.navigator.shown_positions()
        self.show_position(self._position if self._position in shown or not shown else shown[0])

    def go_on(self) -> None:
        """To the next item that the filter shows."""
        after = [each for each in self.navigator.shown_positions() if each > self._position]
        if after:
            self.show_position(after[0])

    def go_back(self) -> None:
        """To the item before that the filter shows."""
        before = [each for each in self.navigator.shown_positions() if each < self._position]
        if before:
            self.show_position(before[-1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.questions.setVisible(self.side.fit(self.width()))
        tight = self.width() < px(720)
        self.questions.setText("" if tight else self.tr("Questions"))
        self.questions.setAccessibleName(self.tr("Questions"))
        self.close_button.setText(self.tr("Result") if tight else self.tr("Back to the result"))
        self.told.setVisible(self.width() >= px(460))
        self._fit_chip()
        side = side_margin(self.width())
        self._head.setContentsMargins(side, px(18) if not tight else px(10), side, 0)
        self._foot.setContentsMargins(side, px(8), side, px(8) if tight else px(14))

    def _fit_chip(self) -> None:
        beside = 0 if self.side.isHidden() else self.side.width()
        buttons = self.close_button.sizeHint().width() + self.questions.sizeHint().width()
        room = self.width() - beside - 2 * side_margin(self.width()) - buttons - px(40)
        fit_chip(self.topic, self.result.slots[self._position].topic_title, room)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_N, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() in (Qt.Key.Key_P, Qt.Key.Key_Left):
            self.go_back()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
