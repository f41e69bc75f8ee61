"""Before handing in: what is answered, what is unanswered, what is flagged."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studyapp.domain.attempt import Attempt
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.side_panel import Bar
from studyapp.gui.widgets.text import Label


class ExamConfirm(QWidget):
    """Emits `picked` with a position to go back to, `closed` to go back to the questions, `submitted` to hand in."""

    picked = Signal(object)
    closed = Signal()
    submitted = Signal()

    def __init__(self, attempt: Attempt) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.page = Page(self.tr("Review before you finish"), max_width=760)
        outer.addWidget(self.page, 1)
        outer.addWidget(self._bottom())
        open_places = attempt.unanswered
        flagged = [slot.position for slot in attempt.slots if slot.flagged]
        answered = len(attempt.slots) - len(open_places)
        told = self.tr("{k} of {n} questions are answered.").format(k=answered, n=len(attempt.slots))
        self.page.body.addWidget(Label(told, "lead", wrap=True))
        none_open = self.tr("Every question has an answer.")
        warn = self.tr("These count as wrong if you finish now. A guess costs nothing.")
        title = self.tr("Unanswered: {n}").format(n=len(open_places))
        told = warn if open_places else none_open
        self.page.body.addWidget(self._list(title, told, open_places, warn=bool(open_places)))
        title = self.tr("Flagged: {n}").format(n=len(flagged))
        look = self.tr("You wanted to look at these again.") if flagged else self.tr("Nothing is flagged.")
        self.page.body.addWidget(self._list(title, look, flagged, warn=False))
        self.page.body.addStretch(1)

    def _bottom(self) -> Bar:
        bar = Bar(Qt.Edge.TopEdge)
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(12), px(24), px(12))
        row.setSpacing(px(10))
        self.back_button = Button(self.tr("Back to the questions"), "secondary", "arrow-left", "Esc")
        self.back_button.clicked.connect(self.closed)
        self.finish_button = Button(self.tr("Finish the exam"), "primary")
        self.finish_button.clicked.connect(self.submitted)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.finish_button)
        return bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight = self.width() < px(560)
        self.back_button.setText(self.tr("Back") if tight else self.tr("Back to the questions"))

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
