"""Before handing in: what is answered, what is unanswered, what is flagged."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from studyapp.domain.attempt import Attempt
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.text import Label


class ExamConfirm(Page):
    """Emits `picked` with a position to go back to, `closed` to go back to the questions, `submitted` to hand in."""

    picked = Signal(object)
    closed = Signal()
    submitted = Signal()

    def __init__(self, attempt: Attempt) -> None:
        super().__init__("", max_width=760)
        self.set_title(self.tr("Review before you finish"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        open_places = attempt.unanswered
        flagged = [slot.position for slot in attempt.slots if slot.flagged]
        answered = len(attempt.slots) - len(open_places)
        told = self.tr("{k} of {n} questions are answered.").format(k=answered, n=len(attempt.slots))
        self.body.addWidget(Label(told, "lead", wrap=True))
        none_open = self.tr("Every question has an answer.")
        warn = self.tr("These count as wrong if you finish now. A guess costs nothing.")
        title = self.tr("Unanswered: {n}").format(n=len(open_places))
        self.body.addWidget(self._list(title, warn if open_places else none_open, open_places, warn=bool(open_places)))
        title = self.tr("Flagged: {n}").format(n=len(flagged))
        look = self.tr("You wanted to look at these again.") if flagged else self.tr("Nothing is flagged.")
        self.body.addWidget(self._list(title, look, flagged, warn=False))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.back_button = Button(self.tr("Back to the questions"), "secondary", "arrow-left", "Esc")
        self.back_button.clicked.connect(self.closed)
        self.finish_button = Button(self.tr("Finish the exam"), "primary")
        self.finish_button.clicked.connect(self.submitted)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.finish_button)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _list(self, title: str, told: str, places: Sequence[int], *, warn: bool) -> Card:
        card = Card(padding=20, look="warn" if warn else "true")
        card.body.addWidget(Label(title, "section"))
        card.body.addWidget(Label(told, "muted", wrap=True))
        if places:
            flow = FlowLayout(gap=6)
            for place in places:
                button = Button(str(place + 1), "chip")
                button.setAccessibleName(self.tr("Go to question {n}").format(n=place + 1))
                button.clicked.connect(partial(self._pick, place))
                flow.addWidget(button)
            card.body.addLayout(flow)
        return card

    def _pick(self, place: int, _checked: bool = False) -> None:
        self.picked.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_R):
            self.closed.emit()
        else:
            super().keyPressEvent(event)
