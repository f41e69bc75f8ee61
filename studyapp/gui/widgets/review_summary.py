"""After a flashcard session: grades, pace, what comes tomorrow, and the next thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.progress_line import ProgressLine
from studyapp.gui.widgets.references import long_date
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text
from studyapp.services.review import ReviewSummary


class ReviewSummaryView(Page):
    """Emits `practise`, `more` (go on with the cards that are left), `undo` and `closed`."""

    practise = Signal()
    more = Signal()
    undo = Signal()
    closed = Signal()

    def __init__(self, summary: ReviewSummary, left: int, *, can_undo: bool, two_buttons: bool) -> None:
        super().__init__("", max_width=760)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._left, self._two = left, two_buttons
        n = summary.reviewed
        if not n:
            self.set_title(self.tr("Flashcards"))
            told = self.tr("No card was graded in this session.")
            if can_undo:
                told = self.tr("No card was graded in this session; what you suspended or buried is put away.")
            empty = EmptyState("layers", self.tr("Nothing reviewed"), told, self.tr("Back to the topics"))
            empty.acted.connect(self.closed)
            self.body.addWidget(empty)
            self._can_undo = can_undo
            if can_undo:
                row = QHBoxLayout()
                row.addStretch(1)
                row.addWidget(self._undo_button())
                row.addStretch(1)
                self.body.addLayout(row)
            self.body.addStretch(1)
            return
        self.set_title(self.tr("1 card reviewed") if n == 1 else self.tr("{n} cards reviewed").format(n=n))
        self.body.addWidget(self._figures(summary))
        self.body.addWidget(self._grades(summary))
        self.body.addLayout(self._actions(can_undo=can_undo))
        self.body.addStretch(1)

    def _figures(self, summary: ReviewSummary) -> Card:
        card = Card(padding=24)
        flow = FlowLayout(gap=36)
        recalled = summary.reviewed - summary.again
        figures = [
            (f"{summary.seconds / summary.reviewed:.0f} s", self.tr("a card")),
            (clock_text(summary.seconds), self.tr("in all")),
        ]
        # A card met for the first time could not be recalled: with nothing else there is no such share.
        if recalled or not summary.new_learned:
            figures.insert(0, (f"{recalled / summary.reviewed * 100:.0f} %", self.tr("recalled")))
        if summary.new_learned:
            met = self.tr("new card met") if summary.new_learned == 1 else self.tr("new cards met")
            figures.append((f"{summary.new_learned}", met))
        figures.append((f"{summary.due_tomorrow}", self.tr("due tomorrow")))
        for figure, words in figures:
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            column.addWidget(Label(figure, "number"))
            column.addWidget(Label(words, "muted"))
            box.setAccessibleName(f"{figure} {words}")
            flow.addWidget(box)
        card.body.addLayout(flow)
        if summary.next_due is not None and not self._left:
            card.body.addSpacing(px(4))
            told = self.tr("The next card is due on {day}.").format(day=long_date(summary.next_due))
            card.body.addWidget(Label(told, "small", wrap=True))
        return card

    def _grades(self, summary: ReviewSummary) -> Card:
        card = Card(padding=22)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(18))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        rows = [
            (self.tr("Again"), summary.again),
            (self.tr("Hard"), summary.hard),
            (self.tr("Good"), summary.good),
            (self.tr("Easy"), summary.easy),
        ]
        if self._two:
            rows = [(self.tr("Not recalled"), summary.again), (self.tr("Recalled"), summary.reviewed - summary.again)]
        for row, (word, count) in enumerate(rows):
            line = ProgressLine()
            line.set_share(count / summary.reviewed)
            line.setAccessibleName(f"{word}: {count}")
            figure = Label(f"{count}", "body")
            figure.setMinimumWidth(px(36))
            grid.addWidget(Label(word, "body"), row, 0)
            grid.addWidget(line, row, 1, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(figure, row, 2, Qt.AlignmentFlag.AlignRight)
        card.body.addWidget(Label(self.tr("Your grades"), "section"))
        card.body.addWidget(Divider())
        card.body.addSpacing(px(4))
        card.body.addLayout(grid)
        return card

    def _actions(self, *, can_undo: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        flow_box = QWidget()
        flow = FlowLayout(flow_box, gap=10)
        if self._left:
            words = self.tr("Go on with 1 card") if self._left == 1 else self.tr("Go on with {n} cards")
            self.next_button = Button(words.format(n=self._left), "primary", "play", "Enter")
            self.next_button.clicked.connect(self.more)
        else:
            self.next_button = Button(self.tr("Practice 10 questions"), "primary", "list-checks", "Enter")
            self.next_button.clicked.connect(self.practise)
        flow.addWidget(self.next_button)
        back = Button(self.tr("Back to the topics"))
        back.clicked.connect(self.closed)
        flow.addWidget(back)
        if can_undo:
            flow.addWidget(self._undo_button())
        self._can_undo = can_undo
        row.addWidget(flow_box, 1)
        return row

    def _undo_button(self) -> Button:
        undo = Button(self.tr("Undo the last card"), "ghost", "undo-2", "U")
        undo.clicked.connect(self.undo)
        return undo

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and hasattr(self, "next_button"):
            self.next_button.click()
        elif event.key() == Qt.Key.Key_U or event.matches(QKeySequence.StandardKey.Undo):
            if self._can_undo:
                self.undo.emit()
        elif event.key() == Qt.Key.Key_Escape or is_enter(event):
            self.closed.emit()
        else:
            super().keyPressEvent(event)
