"""The question view of a quiz: one item at a time, with its lesson at once (tutor) or at the end (test)."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp.domain.attempt import Feedback, Slot
from studyapp.domain.item import Confidence, Response
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.attempt_room import AttemptRoom
from studyapp.gui.widgets.button import Button, Chip, IconButton
from studyapp.gui.widgets.card_dialog import CardDialog
from studyapp.gui.widgets.card_prefill import card_about
from studyapp.gui.widgets.confidence_bar import ConfidenceBar
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.panel import fit_chip, side_margin
from studyapp.gui.widgets.progress_line import ProgressLine
from studyapp.gui.widgets.room_parts import ItemArea, is_enter, option_key, room_key, shown_slot
from studyapp.gui.widgets.safe_question import ask_safely
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text
from studyapp.services.attempts import AttemptRunner
from studyapp.services.changes import Area, Changes

_CONFIDENCE_KEYS = {Qt.Key.Key_7: Confidence.GUESS, Qt.Key.Key_8: Confidence.UNSURE, Qt.Key.Key_9: Confidence.SURE}


class QuizRoom(AttemptRoom):
    """Runs one open quiz."""

    def __init__(self, runner: AttemptRunner, context: Context) -> None:
        super().__init__(runner, context)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(18), 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self._top())
        self.area = ItemArea()
        self.area.view.answered.connect(self._answered)
        self.area.view.struck.connect(self._struck)
        self._below()
        column.addWidget(self.area, 1)
        self.show_position(self.runner.attempt.position)

    # Parts

    def _top(self) -> QWidget:
        top = QWidget()
        self._head = column = QVBoxLayout(top)
        column.setSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._tools: list[QWidget] = []
        told = QWidget()
        flow = FlowLayout(told, gap=10)
        self.place = Label("", "lead")
        self.place.setMinimumHeight(px(27))
        self.topic = Chip("", checkable=False)
        self.topic.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.topic.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.back = IconButton("chevron-left", self.tr("Previous question"), self.tr("Previous question (P)"))
        self.back.clicked.connect(self.go_back)
        self.skip = IconButton("chevron-right", self.tr("Next question"), self.tr("Next question (N)"))
        self.skip.clicked.connect(self.go_on)
        for button in (self.back, self.skip):
            button.setFixedSize(px(27), px(27))
        for label in (self.back, self.place, self.skip, self.topic):
            flow.addWidget(label)
        row.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        self.mark = IconButton("bookmark", self.tr("Mark this question"), self.tr("Mark (M)"), checkable=True)
        self.mark.clicked.connect(self.toggle_mark)
        self.note = IconButton("sticky-note", self.tr("Note on this question"), self.tr("Note (T)"))
        self.note.clicked.connect(self.edit_note)
        self.report = IconButton("flag", self.tr("Report a mistake in this question"), self.tr("Report a mistake (R)"))
        self.report.clicked.connect(self.report_item)
        self.clock = Label("", "lead")
        self.clock.setAccessibleName(self.tr("Time"))
        self.end = Button(self.tr("End"))
        self.end.clicked.connect(self.ask_end)
        self._tools = [self.mark, self.note, self.report, self.clock, self.end]
        for widget in self._tools:
            row.addWidget(widget)
        column.addLayout(row)
        self.line = ProgressLine()
        column.addWidget(self.line)
        return top

    def _below(self) -> None:
        self.confidence = ConfidenceBar()
        self.confidence.chosen.connect(self._confident)
        self.card = Button(self.tr("Make a card"), "chip", "plus", "K")
        self.card.clicked.connect(self.make_card)
        self.confidence.add(self.card)
        self.onward = Button("", "primary")
        self.onward.clicked.connect(self.advance)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._foot.setSpacing(px(12))
        self._foot.addWidget(self.confidence, 1, Qt.AlignmentFlag.AlignVCenter)
        self._foot.addWidget(self.onward, 0, Qt.AlignmentFlag.AlignVCenter)
        self.area.below.addLayout(self._foot)

    # State

    @property
    def slot(self) -> Slot:
        """The slot shown."""
        return self.runner.attempt.slots[self.position]

    @property
    def _tutor(self) -> bool:
        return self.runner.attempt.feedback is Feedback.TUTOR

    @property
    def _last(self) -> bool:
        return self.position == len(self.runner.attempt.slots) - 1

    def show_position(self, position: int) -> None:
        """Go to an item and show it from its beginning."""
        if position != self.position and not self.attempt_to(partial(self.runner.go_to, position)):
            return
        self._write(top=True)
        if not (self.slot.locked or self.area.view.focus_field()):
            self.setFocus()

    def _write(self, *, top: bool = False) -> None:
        attempt, slot = self.runner.attempt, self.slot
        item = self.runner.item(self.position)
        n = len(attempt.slots)
        self._write_place()
        self._fit_chips()
        done = sum(1 for each in attempt.slots if (each.locked if self._tutor else each.answered))
        self.line.set_share(done / n)
        self.mark.setChecked(self.runner.is_marked(self.position))
        noted = bool(self.runner.remark(self.position))
        self.note.set_name(self.tr("Note on this question"), self.tr("Read or change your note (T)") if noted else "")
        self.note.set_icon_name("file-text" if noted else "sticky-note")
        self.area.show_item(shown_slot(item, slot, revealed=slot.locked), top=top)
        self._write_confidence()
        self.card.setVisible(slot.locked)
        if top:
            self.card.setText(self.tr("Make a card"))
            self.card.set_icon_name("plus")
        self._write_buttons(slot)
        self._write_time()

    def _write_confidence(self) -> None:
        slot = self.slot
        self.confidence.show_value(slot.confidence, after=slot.locked, typed=self.area.view.typed is not None)

    def _write_place(self) -> None:
        k, n = self.position + 1, len(self.runner.attempt.slots)
        words = self.tr("Question {k} of {n}").format(k=k, n=n)
        self.place.setText(self.tr("{k} of {n}").format(k=k, n=n) if self.width() < px(560) else words)
        self.place.setAccessibleName(words)
        self.setWindowTitle(words)

    def _write_buttons(self, slot: Slot) -> None:
        self.back.setEnabled(self.position > 0)
        self.skip.setEnabled(not self._last)
        waiting = self._tutor and not slot.locked
        if waiting and not (self._last and not slot.answered):
            self.onward.setText(self.tr("Check answer"))
            self.onward.set_icon_name("")
            self.onward.set_key("Enter")
            self.onward.setEnabled(slot.answered)
            return
        self.onward.setEnabled(True)
        self.onward.set_key("")
        self.onward.setText(self.tr("See the result") if self._last else self.tr("Next question"))
        self.onward.set_icon_name("arrow-right")

    def _write_time(self) -> None:
        left = self.runner.attempt.time_left_s
        self.clock.setText(clock_text(self.runner.attempt.time_used_s if left is None else left))
        told = self.tr("Time used") if left is None else self.tr("Time left")
        self.clock.setToolTip(told)
        self.clock.setAccessibleName(f"{told} {self.clock.text()}")

    # Answering

    def _answered(self, response: object) -> None:
        if isinstance(response, Response) and not self.slot.locked and not self._done:
            if not self.attempt_to(partial(self.runner.answer, self.position, response)):
                return
            self._write_buttons(self.slot)
            if not self._tutor:
                self._write_progress()

    def _write_progress(self) -> None:
        slots = self.runner.attempt.slots
        self.line.set_share(sum(1 for each in slots if each.answered) / len(slots))

    def _struck(self, struck: object) -> None:
        if isinstance(struck, frozenset) and not self._done:
            self.attempt_to(partial(self.runner.set_struck, self.position, struck))

    def _confident(self, value: object) -> None:
        if self._done or self.slot.locked or not (value is None or isinstance(value, Confidence)):
            return
        if self.attempt_to(partial(self.runner.set_confidence, self.position, value)):
            self._write_confidence()

    def advance(self) -> None:
        """What Enter does: check the answer, go on, or hand in after the last item."""
        if self._done:
            return
        slot = self.slot
        if self._tutor and not slot.locked and slot.answered:
            if not self.attempt_to(partial(self.runner.lock, self.position)):
                return
            self.changed.emit(Changes.of(Area.RESPONSES, Area.ATTEMPTS))
            self._write()
            self.setFocus()
        elif self._last:
            self.ask_end() if self._open_count() else self.submit()
        elif not self._tutor or slot.locked:
            self.show_position(self.position + 1)

    def go_on(self) -> None:
        """To the next item, answered or not."""
        if not self._last:
            self.show_position(self.position + 1)

    def go_back(self) -> None:
        """To the item before."""
        if self.position > 0:
            self.show_position(self.position - 1)

    def _open_count(self) -> int:
        slots = self.runner.attempt.slots
        return sum(1 for slot in slots if not (slot.locked if self._tutor else slot.answered))

    def ask_end(self) -> None:
        """End the quiz now; asks first when questions are open."""
        n = self._open_count()
        if n:
            open_words = (
                self.tr("1 question is unanswered and counts as wrong.")
                if n == 1
                else self.tr("{n} questions are unanswered and count as wrong.").format(n=n)
            )
            later = self.tr("To go on later, just leave this screen: your place is kept.")
            yes, no = self.tr("End and see the result"), self.tr("Go on")
            title = self.tr("End this quiz?")
            if not ask_safely(self._context.dialogs, self, title, f"{open_words} {later}", yes=yes, no=no):
                if not self._done:
                    self.setFocus()
                return
        self.submit()

    # Around the item

    def toggle_mark(self) -> None:
        """Mark or unmark the item."""
        self.attempt_to(self._turn_mark)
        self.mark.setChecked(self.runner.is_marked(self.position))

    def _turn_mark(self) -> None:
        self.changed.emit(self.runner.set_marked(self.position, not self.runner.is_marked(self.position)))

    def edit_note(self) -> None:
        """Write or change the note on the item."""
        old = self.runner.remark(self.position)
        told = self.tr("Only you see it. It stays with the question.")
        text = self._context.dialogs.ask_text(self.tr("Your note"), told, old, multiline=True)
        if text is not None and text.strip() != old:
            self.attempt_to(partial(self._keep_note, text.strip()))
        if not self._done:
            self._write()

    def _keep_note(self, text: str) -> None:
        self.changed.emit(self.runner.set_remark(self.position, text))

    def report_item(self) -> None:
        """Write down what is wrong with the item."""
        told = self.tr("What is wrong with this question? It is kept with your data, to be sent with an export.")
        text = self._context.dialogs.ask_text(self.tr("Report a mistake"), told, "", multiline=True)
        if text is not None and text.strip():
            self.attempt_to(partial(self._keep_report, text.strip()))

    def _keep_report(self, text: str) -> None:
        self.changed.emit(self.runner.report(self.position, text))

    def make_card(self) -> None:
        """Make a flashcard of the item, once its key was shown."""
        if not self.slot.locked:
            return
        dialog = CardDialog(*card_about(self.runner.item(self.position)))
        front = dialog.findChild(QPlainTextEdit)
        if front is not None:
            front.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted = self._context.dialogs.custom(dialog)
        if wanted and self.attempt_to(partial(self._keep_card, dialog.front, dialog.back)):
            self.card.setText(self.tr("Card made"))
            self.card.set_icon_name("check")
        if not self._done:
            self.setFocus()

    def _keep_card(self, front: str, back: str) -> None:
        self.changed.emit(self.runner.make_card(self.position, front, back))

    # Room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = side_margin(self.width())
        self._head.setContentsMargins(side, 0, side, 0)
        tight = self.width() < px(560)
        self._foot.setDirection(QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight)
        self._write_place()
        self._fit_chips()

    def _fit_chips(self) -> None:
        """The topic's chip takes what the line leaves, in a narrow room a line of its own."""
        gap = px(10)
        tools = sum(tool.sizeHint().width() + px(8) for tool in self._tools)
        line = self.width() - 2 * side_margin(self.width()) - tools
        used = sum(each.sizeHint().width() + gap for each in (self.back, self.place, self.skip))
        own_line = self.width() < px(560)
        fit_chip(self.topic, self.runner.topic_title(self.position), line if own_line else line - used)
        self.topic.setVisible(self.width() >= px(420))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        option = option_key(event)
        if option is not None and not self.slot.locked:
            index, strike = option
            if self.area.view.strike(index) if strike else self.area.view.choose(index):
                return
        actions = {
            Qt.Key.Key_N: self.go_on,
            Qt.Key.Key_P: self.go_back,
            Qt.Key.Key_M: self.toggle_mark,
            Qt.Key.Key_T: self.edit_note,
            Qt.Key.Key_R: self.report_item,
            Qt.Key.Key_K: self.make_card,
        }
        key = room_key(event)
        if is_enter(event):
            self.advance()
        elif key in _CONFIDENCE_KEYS:
            if not self.slot.locked:
                self.confidence.press(_CONFIDENCE_KEYS[key])
        elif key in actions:
            actions[key]()
        else:
            super().keyPressEvent(event)
