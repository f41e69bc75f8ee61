"""The page before the first item: how the exam room works, before its clock starts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import spoken_minutes
from studyapp.services.exam import ExamOffer


class ExamTutorial(Page):
    """Emits `begin` to start the clock, `closed` to go back."""

    begin = Signal()
    closed = Signal()

    def __init__(self, offer: ExamOffer) -> None:
        super().__init__(offer.blueprint.title, max_width=760)
        self.offer = offer
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        told = self.tr("{n} questions in {time}. The clock starts when you begin.").format(
            n=offer.items, time=spoken_minutes(offer.minutes)
        )
        self.body.addWidget(Label(told, "lead", wrap=True))
        card = Card(padding=22)
        for index, (name, title, text) in enumerate(self._points()):
            if index:
                card.body.addWidget(Divider())
            row = QHBoxLayout()
            row.setSpacing(px(16))
            row.setContentsMargins(0, px(4), 0, px(4))
            row.addWidget(IconLabel(name, "accent", 20), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(px(2))
            words.addWidget(Label(title, "strong", wrap=True))
            words.addWidget(Label(text, "muted", wrap=True))
            row.addLayout(words, 1)
            card.body.addLayout(row)
        self.body.addWidget(card)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.back_button = Button(self.tr("Not now"), "ghost")
        self.back_button.clicked.connect(self.closed)
        self.begin_button = Button(self.tr("Begin the exam"), "primary", key="Enter")
        self.begin_button.set_big(True)
        self.begin_button.clicked.connect(self.begin)
        row.addWidget(self.back_button)
        row.addStretch(1)
        row.addWidget(self.begin_button)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def _points(self) -> list[tuple[str, str, str]]:
        return [
            (
                "list-checks",
                self.tr("Answer with A to E, or click"),
                self.tr("You can change every answer until you finish. A guess costs nothing."),
            ),
            (
                "strikethrough",
                self.tr("Strike out with Shift and the letter"),
                self.tr("Strike-outs and flags stay with the question. F flags it to look at again."),
            ),
            (
                "arrow-right",
                self.tr("N next, P back, or any number at the right"),
                self.tr("Dashed numbers are open, filled ones answered, a little flag marks the flagged."),
            ),
            (
                "timer",
                self.tr("The clock can be hidden"),
                self.tr(
                    "T hides it and shows it; it comes back for the last five minutes. You are told at "
                    "30, 15, 5 and 1 minutes; at zero the exam is handed in by itself."
                ),
            ),
            (
                "coffee",
                self.tr("Pausing keeps everything"),
                self.tr(
                    "Each answer is saved at once. If you leave, the clock stops and your place is kept. "
                    "The real exam does not stop."
                ),
            ),
            (
                "circle-check",
                self.tr("R reviews and finishes"),
                self.tr("You first see what is unanswered and flagged. Results and explanations come at the end."),
            ),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.begin.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
