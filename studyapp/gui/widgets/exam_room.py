"""The exam room: one item, a clock, a navigator, no feedback until the end."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from studyapp.domain.attempt import Attempt
from studyapp.domain.item import Response
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.calculator import Calculator
from studyapp.gui.widgets.exam_bars import NOTICES, BottomBar, NoticeStrip, TopBar
from studyapp.gui.widgets.exam_confirm import ExamConfirm
from studyapp.gui.widgets.navigator import CellFilter, CellState, Navigator
from studyapp.gui.widgets.room_parts import ItemArea, cell_of_slot, is_enter, option_key, shown_slot
from studyapp.gui.widgets.side_panel import SidePanel
from studyapp.services.attempts import AttemptRunner

_ALL = frozenset(CellState)


class ExamRoom(QWidget):
    """Runs one open exam.

    Signals:
        finished: the AttemptResult; `timed_out` tells whether the clock handed it in.
        pausing: the learner wants to leave for now.
        changed: Changes a write made.
    """

    finished = Signal(object)
    pausing = Signal()
    changed = Signal(object)

    def __init__(self, runner: AttemptRunner, context: Context) -> None:
        super().__init__()
        self.runner, self._context = runner, context
        self.timed_out = self._done = False
        self._calculator: Calculator | None = None
        self._confirm: ExamConfirm | None = None
        self._warned = _passed_notices(runner.attempt)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)
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
        middle.addWidget(self.side)
        column.addLayout(middle, 1)
        self.bottom = BottomBar()
        self.bottom.flag.clicked.connect(self.toggle_flag)
        self.bottom.note.clicked.connect(self.edit_note)
        self.bottom.back.clicked.connect(self.go_back)
        self.bottom.onward.clicked.connect(self.go_on)
        self.bottom.review.clicked.connect(self.show_confirm)
        column.addWidget(self.bottom)

    # State

    @property
    def position(self) -> int:
        """The 0-based place of the item shown."""
        return self.runner.attempt.position

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
        if position != self.runner.attempt.position:
            self.runner.go_to(position)
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
        self._write_clock()

    def _write_cells(self) -> None:
        attempt = self.runner.attempt
        left = len(attempt.unanswered)
        self.navigator.left.setText(self.tr("{n} left").format(n=left))
        self.navigator.show_cells([cell_of_slot(slot) for slot in attempt.slots], self.position)

    def _write_clock(self) -> None:
        left = self.runner.attempt.time_left_s
        self.top.set_time(left)

    # Answering: each change is on disk when the runner returns

    def _answered(self, response: object) -> None:
        if isinstance(response, Response) and not self._done:
            self.runner.answer(self.position, response)
            self._write_cells()

    def _struck(self, struck: object) -> None:
        if isinstance(struck, frozenset) and not self._done:
            self.runner.set_struck(self.position, struck)

    def toggle_flag(self) -> None:
        """Flag the item to look at it again, or take that back."""
        self.runner.set_flag(self.position, not self.runner.attempt.slots[self.position].flagged)
        self._write()

    def edit_note(self) -> None:
        """Write or change the note on the item."""
        old = self.runner.remark(self.position)
        told = self.tr("Only you see it. It stays with the question.")
        text = self._context.dialogs.ask_text(self.tr("Your note"), told, old, multiline=True)
        if text is not None and text.strip() != old:
            self.changed.emit(self.runner.set_remark(self.position, text.strip()))
        self._write()
        self.setFocus()

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

    def submit(self) -> None:
        """Hand in."""
        if not self._done:
            self._done = True
            self._timer.stop()
            self.finished.emit(self.runner.submit())

    # Time

    def tick(self) -> None:
        """Once a second: the clock, its notices, and the end."""
        if self._done:
            return
        if self.runner.tick():
            self._done = self.timed_out = True
            self._timer.stop()
            self.finished.emit(self._context.study.attempts.result(self.runner.attempt.id))
            return
        self._write_clock()
        self.notice.tick()
        left = self.runner.attempt.time_left_s
        if left is None:
            return
        due = [minutes for minutes in NOTICES if left <= minutes * 60 and minutes not in self._warned]
        if due:
            self._warned |= set(due)
            self.notice.tell(min(due))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._done:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    # Around

    def toggle_calculator(self) -> None:
        """Open or close the calculator over the item."""
        if self._calculator is not None:
            self._calculator.hide()
            self._calculator.deleteLater()
            self._calculator = None
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
            size = self._calculator.sizeHint()
            beside = 0 if self.side.isHidden() else self.side.width()
            x = max(0, self.width() - beside - size.width() - px(16))
            y = max(0, min(self.top.height() + px(12), self.height() - size.height()))
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
        }
        if is_enter(event):
            self.go_on()
        elif event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in actions:
            actions[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)


def _passed_notices(attempt: Attempt) -> set[int]:
    left = attempt.time_left_s
    return {minutes for minutes in NOTICES if left is not None and left <= minutes * 60}
