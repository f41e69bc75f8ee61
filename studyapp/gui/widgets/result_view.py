"""The result of a finished attempt: the share with its range, each domain or topic, and what to do next."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.core.clock import Clock
from studyapp.domain.attempt import AttemptKind
from studyapp.gui.screen import KeyHelp
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.panel import ToneLabel
from studyapp.gui.widgets.range_bar import RangeBar
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import clock_text, day_text
from studyapp.services.attempts import AttemptResult, DomainScore


def share_text(share: float) -> str:
    """A share as whole percent."""
    return f"{share * 100:.0f} %"


def range_text(low: float, high: float) -> str:
    """Two shares as `58–79 %`."""
    return f"{low * 100:.0f}–{high * 100:.0f} %"


def points_text(points: float) -> str:
    """Points with at most two decimals: 2, 0.5, 1.83."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def attempt_title(kind: AttemptKind, title: str) -> str:
    """The attempt's own title, or what it is."""
    if title and kind is not AttemptKind.PLACEMENT:
        return title
    words = {
        AttemptKind.PRACTICE: QCoreApplication.translate("attempts", "Practice quiz"),
        AttemptKind.PLACEMENT: QCoreApplication.translate("attempts", "Placement quiz"),
        AttemptKind.EXAM: QCoreApplication.translate("attempts", "Practice exam"),
    }
    return words[kind]


def result_keys() -> tuple[KeyHelp, ...]:
    """The keys of a result page."""
    told = QCoreApplication.translate("attempts", "Do what the button in focus says: at first the main one")
    return (KeyHelp("Enter", told), KeyHelp("Tab", QCoreApplication.translate("attempts", "To the next button")))


@dataclass(frozen=True, slots=True)
class Ending:
    """What the result page says besides the figures: a sentence on top, and where the pass mark comes from."""

    notice: str = ""
    provenance: str = ""
    again: str = ""


class ResultView(Page):
    """Emits `review` (True for the missed ones only), `retake` for a quiz of the missed items, `again` and `closed`."""

    review = Signal(bool)
    retake = Signal()
    again = Signal()
    closed = Signal()

    def __init__(self, result: AttemptResult, ending: Ending, clock: Clock) -> None:
        super().__init__("", max_width=900)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.result = result
        self.set_title(attempt_title(result.kind, result.title))
        self.header.addWidget(Label(day_text(clock, result.finished_at), "muted"))
        if ending.notice:
            strip = Card(padding=14, look="warn")
            strip.body.addWidget(ToneLabel(ending.notice, "warn", "body", wrap=True))
            self.body.addWidget(strip)
        self.body.addWidget(self._overall(ending))
        self.body.addLayout(self._actions(ending))
        if len(result.by_domain) > 1:
            self.body.addWidget(self._domains())
        self.body.addStretch(1)

    # Parts

    @property
    def missed(self) -> int:
        """Items that brought less than the full score, those left out included, as a retake takes them."""
        return self.result.wrong + self.result.unanswered

    def _overall(self, ending: Ending) -> Card:
        result = self.result
        card = Card(padding=28)
        row = QHBoxLayout()
        row.setSpacing(px(28))
        figure = Label(share_text(result.share), "display")
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(6))
        words.addWidget(Label(self._headline(), "section", wrap=True))
        if result.range_known:
            words.addWidget(Label(self._range_sentence(), "muted", wrap=True))
        row.addLayout(words, 1)
        card.body.addLayout(row)
        card.body.addSpacing(px(8))
        bar = RangeBar()
        if result.range_known:
            bar.set_range(result.low, result.share, result.high)
        else:
            told = self.tr("Too few answers for a range")
            bar.setToolTip(told)
            bar.setAccessibleDescription(told)
        bar.setAccessibleName(self.tr("Share right"))
        if result.cut_score is not None:
            bar.set_mark(result.cut_score)
        if result.range_known or result.cut_score is not None:
            card.body.addWidget(bar)
        if result.cut_score is not None:
            card.body.addWidget(Label(self._cut_sentence(ending), "small", wrap=True))
        facts = Label(" · ".join(self._facts()), "small", wrap=True)
        card.body.addSpacing(px(4))
        card.body.addWidget(Divider())
        card.body.addWidget(facts)
        return card

    def _headline(self) -> str:
        result = self.result
        count = _count_words(result.right, result.n, self.tr("{right} of {n} right"), self.tr("{right} of {n} points"))
        if result.passed is None:
            return count
        told = self.tr("above the pass mark") if result.passed else self.tr("below the pass mark")
        if not result.cut_published:
            told = self.tr("above the practice target") if result.passed else self.tr("below the practice target")
        return f"{count}, {told}"

    def _range_sentence(self) -> str:
        result = self.result
        told = self.tr("Other questions of this kind would likely have given {low} to {high} %.")
        if result.unanswered:
            told = self.tr(
                "By the {n} you answered, other questions of this kind would likely have given {low} to {high} %."
            )
        return told.format(n=result.answered, low=f"{result.low * 100:.0f}", high=f"{result.high * 100:.0f}")

    def _cut_sentence(self, ending: Ending) -> str:
        cut = share_text(self.result.cut_score or 0.0)
        if self.result.cut_published:
            told = self.tr("The thin line is the pass mark, {cut}, as published.").format(cut=cut)
        else:
            told = self.tr("The thin line is a practice target, {cut}: the issuer publishes no pass mark.")
            told = told.format(cut=cut)
        return f"{told} {ending.provenance}".strip()

    def _facts(self) -> list[str]:
        result = self.result
        facts = [self.tr("{time} used").format(time=clock_text(result.time_used_s))]
        if result.seconds_each is not None:
            words = self.tr("{time} for each answer") if result.unanswered else self.tr("{time} a question")
            facts.append(words.format(time=clock_text(result.seconds_each)))
        if result.unanswered:
            facts.append(self.tr("{n} unanswered, counted as wrong").format(n=result.unanswered))
        fresh = sum(1 for slot in result.slots if slot.first_attempt)
        if result.slots:
            facts.append(self.tr("{n} met for the first time").format(n=fresh))
        return facts

    def _actions(self, ending: Ending) -> FlowLayout:
        flow = FlowLayout(gap=10)
        missed = self.missed
        self.main_button: Button
        if missed:
            words = self.tr("Retake {n} missed or left out") if self.result.unanswered else self.tr("Retake {n} missed")
            if missed == 1:
                words = self.tr("Retake the one you missed")
            words = words.format(n=missed)
            self.main_button = self.retake_button = Button(words, "primary", "rotate-ccw", "Enter")
            self.retake_button.clicked.connect(self.retake)
            flow.addWidget(self.retake_button)
            review_missed = Button(self.tr("Review what you missed"))
            review_missed.clicked.connect(partial(self._review, missed_only=True))
            flow.addWidget(review_missed)
        review_all = Button(self.tr("Review every question"), "secondary" if missed else "primary")
        if not missed:
            self.main_button = review_all
            review_all.set_key("Enter")
        review_all.clicked.connect(partial(self._review, missed_only=False))
        flow.addWidget(review_all)
        if ending.again:
            again = Button(ending.again)
            again.clicked.connect(self.again)
            flow.addWidget(again)
        return flow

    def focus_main(self) -> None:
        """Put the focus on the button for the next thing to do."""
        self.main_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            focused = self.focusWidget()
            (focused if isinstance(focused, Button) else self.main_button).click()
        else:
            super().keyPressEvent(event)

    def _review(self, _checked: bool = False, *, missed_only: bool) -> None:
        self.review.emit(missed_only)

    def _domains(self) -> Card:
        result = self.result
        card = Card(padding=22)
        exam = result.kind is AttemptKind.EXAM
        card.body.addWidget(Label(self.tr("By domain") if exam else self.tr("By topic"), "section"))
        for score in result.by_domain:
            card.body.addWidget(Divider())
            card.body.addWidget(DomainRow(score, result.cut_score))
        return card


class DomainRow(QWidget):
    """One domain: title and weight, a range bar with the cut line, figures."""

    def __init__(self, score: DomainScore, cut: float | None) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, px(6), 0, px(6))
        grid.setHorizontalSpacing(px(20))
        grid.setVerticalSpacing(px(2))
        names = QVBoxLayout()
        names.setSpacing(px(1))
        names.addWidget(Label(score.title, "body", wrap=True))
        if score.weight is not None:
            weight = self.tr("{share} % of the exam").format(share=f"{score.weight * 100:.3g}")
            names.addWidget(Label(weight, "small"))
        grid.addLayout(names, 0, 0)
        bar = RangeBar()
        if score.answered:
            bar.set_range(score.low, score.right / score.n, score.high)
        bar.setAccessibleName(score.title)
        if cut is not None:
            bar.set_mark(cut)
        grid.addWidget(bar, 0, 1)
        figures = QVBoxLayout()
        figures.setSpacing(px(1))
        count = _count_words(score.right, score.n, self.tr("{right} of {n}"), self.tr("{right} of {n} points"))
        lines = [(count, "body"), (range_text(score.low, score.high), "small")]
        for text, role in lines if score.answered else [(self.tr("not answered"), "small")]:
            label = Label(text, role)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            figures.addWidget(label)
        grid.addLayout(figures, 0, 2)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.setColumnMinimumWidth(2, px(84))


def _count_words(right: float, n: int, whole: str, partial_credit: str) -> str:
    """So many of so many right; points where some brought a part of one."""
    points = points_text(right)
    return (partial_credit if "." in points else whole).format(right=points, n=n)
