"""The exam room: one item, a clock, a navigator, no feedback until the end."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from studyapp.domain.attempt import Attempt
from studyapp.domain.item import Response
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.attempt_room import AttemptRoom
from studyapp.gui.widgets.calculator import Calculator
from studyapp.gui.widgets.exam_bars import NOTICES, BottomBar, NoticeStrip, TopBar
from studyapp.gui.widgets.exam_confirm import ExamConfirm
from studyapp.gui.widgets.navigator import CellFilter, CellState, Navigator
from studyapp.gui.widgets.room_parts import ItemArea, cell_of_slot, is_enter, option_key, room_key, shown_slot
from studyapp.gui.widgets.side_panel import SidePanel
from studyapp.services.attempts import AttemptRunner

_ALL = frozenset(CellState)


class ExamRoom(AttemptRoom):
    """Runs one open exam.

    Args:
        clock_hidden: the learner hid the clock when the exam was open before.

    Signals:
        pausing: the learner wants to leave for now.
    """

    pausing = Signal()

    def __init__(self, runner: AttemptRunner, context: Context, *, clock_hidden: bool = False) -> None:
        super().__init__(runner, context)
        self._calculator: Calculator | None = None
        self._confirm: ExamConfirm | None = None
        self._warned = _passed_notices(runner.attempt)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self.top.set_clock_hidden(clock_hidden)
        self.show_position(runner.attempt.position)

    def _build(self) -> None:
        attempt = self.runner.attempt
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.top = TopBar(attempt.title, calculator=self._context.study.settings.get().calculator)
        self.top.calculator.clicked.connect(self.toggle_calculator)
        self.top.pause.clicked.connect(self.pausing)
        self.top.questions.clicked.connect(self._toggle_side)
        self.notice = NoticeStrip()
        column.addWidget(self.top)
        column.addWidget(self.notice)
        filters = (
            CellFilter(self.tr("All"), _ALL),
            CellFilter(self.tr("Open"), frozenset({CellState.OPEN})),
            CellFilter(self.tr("Flagged"), _ALL, flagged_only=True),
        )
        self.navigator = Navigator([cell_of_slot(slot) for slot in attempt.slots], filters)
        self.navigator.picked.connect(self._picked)
        self.side = SidePanel(self.navigator)
        self.area = ItemArea(side=40)
        self.area.view.answered.connect(self._answered)
        self.area.view.struck.connect(self._struck)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.area)
        middle.addLayout(self._stack, 1)
        self._beside = QWidget()  # what the open calculator needs besides the side panel: it covers no answer
        self._beside.hide()
        middle.addWidget(self._beside)
        middle.addWidget(self.side)
        column.addLayout(middle, 1)
        self.bottom = BottomBar()
        self.bottom.flag.clicked.connect(self.toggle_flag)
        self.bottom.note.clicked.connect(self.edit_note)
        self.bottom.back.clicked.connect(self.go_back)
        self.bottom.onward.clicked.connect(self.go_on)
        self.bottom.review.clicked.connect(self.show_confirm)
        column.addWidget(self.bottom)
        # Until the room knows its width its bars are narrow: they must not make a small window wider.
        for bar in (self.top, self.bottom):
            bar.set_tight(True)

    # State

    @property
    def confirm(self) -> ExamConfirm | None:
        """The confirmation page while it is shown."""
        return self._confirm

    @property
    def calculator(self) -> Calculator | None:
        """The calculator while it is open."""
        return self._calculator

    def show_position(self, position: int) -> None:
        """Go to an item and show it."""
        self._close_confirm()
        if position != self.position and not self.attempt_to(partial(self.runner.go_to, position)):
            return
        self._write(top=True)
        if not self.area.view.focus_field():
            self.setFocus()

    def _write(self, *, top: bool = False) -> None:
        attempt = self.runner.attempt
        slot = attempt.slots[self.position]
        self.area.show_item(shown_slot(self.runner.item(self.position), slot, revealed=False), top=top)
        k, n = self.position + 1, len(attempt.slots)
        self.top.set_place(k, n)
        self.setWindowTitle(self.tr("Question {k} of {n}").format(k=k, n=n))
        self.bottom.show_state(
            flagged=slot.flagged,
            first=self.position == 0,
            last=self.position == len(attempt.slots) - 1,
            noted=bool(self.runner.remark(self.position)),
        )
        self._write_cells()
        self.top.set_time(attempt.time_left_s)

    def _write_cells(self) -> None:
        attempt = self.runner.attempt
        left = len(attempt.unanswered)
        self.navigator.left.setText(self.tr("{n} left").format(n=left))
        self.navigator.show_cells([cell_of_slot(slot) for slot in attempt.slots], self.position)

    def _write_time(self) -> None:
        left = self.runner.attempt.time_left_s
        self.top.set_time(left)
        self.notice.tick()
        if left is None:
            return
        due = [minutes for minutes in NOTICES if left <= minutes * 60 and minutes not in self._warned]
        if due:
            self._warned |= set(due)
            self.notice.tell(min(due))

    # Answering: each change is on disk when the runner returns

    def _answered(self, response: object) -> None:
        if not isinstance(response, Response) or self._done:
            return
        if self.attempt_to(partial(self.runner.answer, self.position, response)):
            self._write_cells()

    def _struck(self, struck: object) -> None:
        if isinstance(struck, frozenset) and not self._done:
            self.attempt_to(partial(self.runner.set_struck, self.position, struck))

    def toggle_flag(self) -> None:
        """Flag the item to look at it again, or take that back."""
        flagged = self.runner.attempt.slots[self.position].flagged
        if self.attempt_to(partial(self.runner.set_flag, self.position, not flagged)):
            self._write()

    def edit_note(self) -> None:
        """Write or change the note on the item."""
        old = self.runner.remark(self.position)
        told = self.tr("Only you see it. It stays with the question.")
        text = self._context.dialogs.ask_text(self.tr("Your note"), told, old, multiline=True)
        if text is not None and text.strip() != old:
            self.attempt_to(partial(self._keep_note, text.strip()))
        if not self._done:
            self._write()
            self.setFocus()

    def _keep_note(self, text: str) -> None:
        self.changed.emit(self.runner.set_remark(self.position, text))

    def go_on(self) -> None:
        """To the next item; after the last to the confirmation."""
        if self.position < len(self.runner.attempt.slots) - 1:
            self.show_position(self.position + 1)
        else:
            self.show_confirm()

    def go_back(self) -> None:
        """To the item before."""
        if self.position > 0:
            self.show_position(self.position - 1)

    def _picked(self, position: object) -> None:
        if isinstance(position, int):
            self.show_position(position)

    # Confirmation

    def show_confirm(self) -> None:
        """Show what is unanswered and flagged, with the way to hand in."""
        self._close_confirm()
        self._confirm = ExamConfirm(self.runner.attempt)
        self._confirm.picked.connect(self._picked)
        self._confirm.closed.connect(self._back_from_confirm)
        self._confirm.submitted.connect(self.submit)
        self._stack.addWidget(self._confirm)
        self._stack.setCurrentWidget(self._confirm)
        self.bottom.hide()
        self._confirm.setFocus()

    def _back_from_confirm(self) -> None:
        self.show_position(self.position)

    def _close_confirm(self) -> None:
        if self._confirm is not None:
            self._stack.removeWidget(self._confirm)
            self._confirm.hide()
            self._confirm.deleteLater()
            self._confirm = None
            self._stack.setCurrentWidget(self.area)
            self.bottom.show()

    # Around

    def toggle_calculator(self) -> None:
        """Open or close the calculator; it stands over the side panel, or beside the item, never on it."""
        if not self._context.study.settings.get().calculator:
            return
        if self._calculator is not None:
            self._calculator.hide()
            self._calculator.deleteLater()
            self._calculator = None
            self._beside.hide()
            if not self.area.view.focus_field():
                self.setFocus()
            return
        self._calculator = Calculator(compact=self.height() < px(520))
        self._calculator.setParent(self)
        self._calculator.closed.connect(self.toggle_calculator)
        self._place_calculator()
        self._calculator.show()
        self._calculator.raise_()
        self._calculator.setFocus()

    def _place_calculator(self) -> None:
        if self._calculator is not None:
            size, gap = self._calculator.sizeHint(), px(8)
            covered = 0 if self.side.isHidden() else self.side.width()
            self._beside.setFixedWidth(max(0, size.width() + 2 * gap - covered))
            self._beside.show()
            x = max(0, self.width() - size.width() - gap)
            foot = self.height() if self.bottom.isHidden() else self.height() - self.bottom.height()
            y = max(0, min(self.top.height() + px(12), foot - size.height() - 4))
            self._calculator.setGeometry(x, y, size.width(), min(size.height(), self.height()))

    def _toggle_side(self) -> None:
        self.side.toggle()
        self._place_calculator()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.top.questions.setVisible(self.side.fit(self.width()))
        self.top.set_tight(self.width() < px(900))
        self.bottom.set_tight(self.width() < px(860))
        self._place_calculator()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._confirm is not None:
            super().keyPressEvent(event)
            return
        option = option_key(event)
        if option is not None:
            index, strike = option
            if self.area.view.strike(index) if strike else self.area.view.choose(index):
                return
        actions = {
            Qt.Key.Key_F: self.toggle_flag,
            Qt.Key.Key_N: self.go_on,
            Qt.Key.Key_P: self.go_back,
            Qt.Key.Key_R: self.show_confirm,
            Qt.Key.Key_M: self.edit_note,
            Qt.Key.Key_T: self.top.toggle_clock,
        }
        key = room_key(event)
        if is_enter(event):
            self.go_on()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_C:
            self.toggle_calculator()
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_P:
            self.pausing.emit()
        elif key in actions:
            actions[key]()
        else:
            super().keyPressEvent(event)


def _passed_notices(attempt: Attempt) -> set[int]:
    left = attempt.time_left_s
    return {minutes for minutes in NOTICES if left is not None and left <= minutes * 60}
