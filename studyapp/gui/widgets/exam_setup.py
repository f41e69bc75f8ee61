"""Choosing an exam: what it is made of and how far its figures can be trusted, length, time, supply, history."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.core.clock import Clock
from studyapp.domain.attempt import AttemptKind
from studyapp.domain.blueprint import Blueprint
from studyapp.gui.icons import IconLabel
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.choice_chips import ChoiceChips
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.exam_card import ExamCard
from studyapp.gui.widgets.open_attempt import OpenAttemptCard
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.panel import ToneLabel
from studyapp.gui.widgets.plan_fields import exam_order
from studyapp.gui.widgets.result_view import share_text
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text, day_text, spoken_minutes
from studyapp.services.attempts import AttemptResult, OpenAttempt
from studyapp.services.exam import ExamOffer, Length

TWO_COLUMNS = 860


class ExamSetup(Page):
    """Emits `begin` with the ExamOffer, `resume` and `discard` with an OpenAttempt, `opened` with an attempt id."""

    begin = Signal(object)
    resume = Signal(object)
    discard = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context, open_exam: OpenAttempt | None, chosen: str = "") -> None:
        super().__init__("")
        self.set_title(self.tr("Exams"))
        self._context, self._open_exam = context, open_exam
        self._offer: ExamOffer | None = None
        self._open_card: OpenAttemptCard | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if open_exam is not None:
            self._open_card = OpenAttemptCard(open_exam)
            self._open_card.resume.connect(self.resume)
            self._open_card.discard.connect(self.discard)
            self.body.addWidget(self._open_card)
        own = context.study.settings.get().exam_id
        # The learner's own exam stands first, and is the one chosen.
        self._blueprints = sorted(context.study.exams.blueprints(), key=lambda each: (each.id != own, exam_order(each)))
        self._cards: list[ExamCard] = []
        if not self._blueprints:
            told = self.tr("The installed question banks bring no exam. Practice works without one.")
            self.body.addWidget(EmptyState("timer", self.tr("No exam to take"), told))
            self.body.addStretch(1)
            return
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(20))
        self._columns.addLayout(self._exams(), 9)
        self.setup = SetUpCard()
        self.setup.changed.connect(self._write)
        self.setup.begin_button.clicked.connect(self._begin)
        self._columns.addWidget(self.setup, 11, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(self._columns)
        self.body.addWidget(self._history())
        self.body.addStretch(1)
        ids = [blueprint.id for blueprint in self._blueprints]
        self.choose(ids.index(chosen) if chosen in ids else 0)

    @property
    def blocked(self) -> bool:
        """Whether an open exam has to be finished or discarded first."""
        return self._open_exam is not None

    def focus_first(self) -> None:
        """Put the focus on the open exam, or else on the page, where Enter starts the exam chosen."""
        if self._open_card is not None:
            self._open_card.resume_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus()

    def _exams(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(px(12))
        for index, blueprint in enumerate(self._blueprints):
            card = ExamCard(blueprint)
            card.clicked.connect(partial(self.choose, index))
            self._cards.append(card)
            column.addWidget(card)
        issuers = self.tr(" or ").join(dict.fromkeys(each.issuer for each in self._blueprints if each.issuer))
        if issuers:
            told = self.tr("Not affiliated with {issuers}.").format(issuers=issuers)
            column.addWidget(Label(told, "small", wrap=True))
        column.addStretch(1)
        return column

    @property
    def blueprint(self) -> Blueprint:
        """The exam chosen."""
        return next(card.blueprint for card in self._cards if card.isChecked())

    def choose(self, index: int, _checked: bool = False) -> None:
        """Choose the exam at this place."""
        for at, card in enumerate(self._cards):
            card.setChecked(at == index)
        self._write()

    def _write(self) -> None:
        blueprint = self.blueprint
        self._offer = self._context.study.exams.offer(blueprint.id, self.setup.length, self.setup.factor)
        self.setup.show_offer(self._offer, blocked=self._open_exam is not None)

    def _begin(self) -> None:
        if self._offer is not None and self._offer.items and not self.blocked:
            self.begin.emit(self._offer)

    def _history(self) -> Card:
        card = Card(padding=20)
        card.body.addWidget(Label(self.tr("Exams taken"), "section"))
        results = self._context.study.attempts.history(AttemptKind.EXAM)
        if not results:
            told = self.tr("Your finished exams stand here with date, share right and range.")
            card.body.addWidget(Label(told, "muted", wrap=True))
        for result in results:
            card.body.addWidget(Divider())
            row = HistoryRow(result, self._context.study.clock)
            row.opened.connect(self.opened)
            card.body.addWidget(row)
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cards:
            beside = self.width() >= px(TWO_COLUMNS)
            wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
            if self._columns.direction() != wanted:
                self._columns.setDirection(wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not is_enter(event):
            super().keyPressEvent(event)
            return
        focused = self.focusWidget()
        if isinstance(focused, Button) and not focused.isCheckable():
            focused.click()
        elif self._open_exam is not None:
            self.resume.emit(self._open_exam)
        elif self._cards:
            if isinstance(focused, ExamCard):
                self.choose(self._cards.index(focused))
            self._begin()


class SetUpCard(Card):
    """Length, time, supply of the chosen exam and the button that begins it. Emits `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(padding=22)
        self.title = Label("", "section", wrap=True)
        self.body.addWidget(self.title)
        self.body.addSpacing(px(4))
        lengths = [
            (Length.FULL, self.tr("Full")),
            (Length.HALF, self.tr("Half")),
            (Length.QUARTER, self.tr("Quarter")),
        ]
        factors = [(1.0, self.tr("Standard")), (1.25, "1.25×"), (1.5, "1.5×"), (2.0, "2×")]
        self.lengths = ChoiceChips(lengths, Length.FULL, self.tr("Length"))
        self.factors = ChoiceChips(factors, 1.0, self.tr("Time"))
        for name, chips in ((self.tr("Length"), self.lengths), (self.tr("Time"), self.factors)):
            self.body.addWidget(Label(name, "strong"))
            self.body.addWidget(chips)
            chips.teller.changed.connect(self.changed)
            self.body.addSpacing(px(10))
        self.body.addWidget(Label(self.tr("Questions by domain"), "strong"))
        self._supply = QWidget()
        self._grid = QGridLayout(self._supply)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(18))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self._supply)
        self.shortage = Card(padding=12, look="warn")
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(IconLabel("triangle-alert", "warn", 18), 0, Qt.AlignmentFlag.AlignTop)
        self.shortage_text = ToneLabel("", "text", "muted", wrap=True)
        row.addWidget(self.shortage_text, 1)
        self.shortage.body.addLayout(row)
        self.body.addWidget(self.shortage)
        self.body.addSpacing(px(4))
        self.told = Label("", "muted", wrap=True)
        self.body.addWidget(self.told)
        self.begin_button = Button("", "primary", "arrow-right", "Enter")
        self.begin_button.set_big(True)
        self.body.addWidget(self.begin_button)

    @property
    def length(self) -> Length:
        """The length chosen."""
        return self.lengths.value

    @property
    def factor(self) -> float:
        """The time factor chosen."""
        return self.factors.value

    def show_offer(self, offer: ExamOffer, *, blocked: bool) -> None:
        """Show what the form would be; `blocked` when another exam is open."""
        self.title.setText(offer.blueprint.title)
        self._write_supply(offer)
        self.shortage.setVisible(offer.short)
        if offer.short:
            short = [each.title for each in offer.supply if each.available < each.wanted]
            words = self.tr(
                "The bank has {items} of the {wanted} questions this form wants, so it is shorter and its time shrinks "
                "with it. Short: {domains}."
            )
            self.shortage_text.setText(
                words.format(items=offer.items, wanted=offer.wanted, domains=", ".join(short) or "–")
            )
        self.begin_button.setEnabled(offer.items > 0 and not blocked)
        self.begin_button.set_key("Enter" if self.begin_button.isEnabled() else "")
        words = self.tr("Start {n} questions").format(n=offer.items)
        self.begin_button.setText(words if offer.items else self.tr("No questions yet"))
        self.begin_button.set_icon_name("arrow-right" if offer.items else "")
        if blocked:
            self.told.setText(self.tr("An exam is open. Go on with it or discard it before you begin another."))
        else:
            told = self.tr("{n} questions in {time}. A short page explains the room first; the clock starts after it.")
            self.told.setText(told.format(n=offer.items, time=spoken_minutes(offer.minutes)))

    def _write_supply(self, offer: ExamOffer) -> None:
        while self._grid.count():
            taken = self._grid.takeAt(0)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for column, head in enumerate((self.tr("Asked"), self.tr("In the bank"), self.tr("Unseen")), start=1):
            self._grid.addWidget(Label(head, "small"), 0, column, right)
        for row, each in enumerate(offer.supply, start=1):
            short = each.available < each.wanted
            self._grid.addWidget(Label(each.title, "body", wrap=True), row, 0, Qt.AlignmentFlag.AlignVCenter)
            asked = f"{min(each.wanted, each.available)}"
            if short:
                asked = self.tr("{k} of {n}").format(k=asked, n=each.wanted)
            self._grid.addWidget(ToneLabel(asked, "warn" if short else "text", "body"), row, 1, right)
            self._grid.addWidget(Label(f"{each.available:,}", "muted"), row, 2, right)
            self._grid.addWidget(Label(f"{each.unseen:,}", "muted"), row, 3, right)


class HistoryRow(QWidget):
    """One finished exam. Emits `opened` with its attempt id."""

    opened = Signal(object)

    def __init__(self, result: AttemptResult, clock: Clock) -> None:
        super().__init__()
        self._id = result.attempt_id
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, px(4))
        row.setSpacing(px(16))
        words = QVBoxLayout()
        words.setSpacing(px(1))
        words.addWidget(Label(result.title, "body", wrap=True))
        day = day_text(clock, result.finished_at)
        told = self.tr("{day} · {n} questions · {time}").format(
            day=day, n=result.n, time=clock_text(result.time_used_s)
        )
        words.addWidget(Label(told, "small", wrap=True))
        row.addLayout(words, 1)
        if result.passed is not None:
            tone, name = ("good", "circle-check") if result.passed else ("muted", "circle-x")
            said = self.tr("above the mark") if result.passed else self.tr("below the mark")
            row.addWidget(IconLabel(name, tone, 16))
            row.addWidget(ToneLabel(said, tone))
        row.addWidget(Label(share_text(result.share), "strong"))
        button = Button(self.tr("Open"), "link")
        button.setAccessibleName(self.tr("Open the result of {day}").format(day=day))
        button.clicked.connect(self._open)
        row.addWidget(button)

    def _open(self) -> None:
        self.opened.emit(self._id)
