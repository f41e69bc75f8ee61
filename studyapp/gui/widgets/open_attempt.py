"""An attempt that was begun and not finished: go on with it, or discard it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from studyapp.domain.attempt import AttemptKind
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.result_view import attempt_title
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text
from studyapp.services.attempts import OpenAttempt


class OpenAttemptCard(Card):
    """Emits `resume` and `discard` with the OpenAttempt."""

    resume = Signal(object)
    discard = Signal(object)

    def __init__(self, attempt: OpenAttempt) -> None:
        super().__init__(padding=16, look="accent")
        self._attempt = attempt
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addWidget(IconLabel("pause", "accent", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(Label(attempt_title(attempt.kind, attempt.title), "strong", wrap=True))
        told = self.tr("{k} of {n} answered").format(k=attempt.answered, n=attempt.n)
        if attempt.time_left_s is not None:
            told += " · " + self.tr("{time} left").format(time=clock_text(attempt.time_left_s))
        words.addWidget(Label(told, "muted", wrap=True))
        row.addLayout(words, 1)
        self.discard_button = Button(self.tr("Discard"), "ghost")
        self.discard_button.clicked.connect(self._discard)
        exam = attempt.kind is AttemptKind.EXAM
        self.resume_button = Button(self.tr("Go on with the exam") if exam else self.tr("Go on"), "primary")
        self.resume_button.clicked.connect(self._resume)
        row.addWidget(self.discard_button)
        row.addWidget(self.resume_button)
        self.body.addLayout(row)

    def _resume(self) -> None:
        self.resume.emit(self._attempt)

    def _discard(self) -> None:
        self.discard.emit(self._attempt)
