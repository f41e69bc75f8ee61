"""The parts of the Today screen: open attempts, weakest topics, readiness."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from studyapp.domain.attempt import AttemptKind
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Button, IconButton
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.plural import counted, exam_share
from studyapp.gui.widgets.progress_line import ProgressLine
from studyapp.gui.widgets.range_bar import RangeBar
from studyapp.gui.widgets.side_by_side import SideBySide
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import spoken_minutes
from studyapp.services.attempts import OpenAttempt
from studyapp.services.progress import Standing
from studyapp.services.today import Readiness

FRESH_NEEDED = 50  # as in `services.today.Readiness`: no range below this many fresh items
ROW_FROM = 470


def percent_range(low: float, high: float) -> str:
    """Two shares as "38–61 %"."""
    return f"{low * 100:.0f}–{high * 100:.0f} %"


def clear(layout: QVBoxLayout) -> None:
    """Take every widget out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class OpenAttemptCard(Card):
    """An attempt to go on with.

    Signals:
        resumed: the OpenAttempt.
    """

    resumed = Signal(object)

    def __init__(self, attempt: OpenAttempt, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=20, look="accent")
        self.attempt = attempt
        row = SideBySide(520, 16)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(Label(attempt.title or self._kind(), "section", wrap=True))
        column.addWidget(Label(self._detail(), "muted", wrap=True))
        row.add(words, 1)
        self.button = Button(self.tr("Continue"), "primary", "play")
        self.button.setAccessibleName(self.tr("Continue {title}").format(title=attempt.title or self._kind()))
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._resume)
        row.add(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(row)

    def _kind(self) -> str:
        names = {
            AttemptKind.PRACTICE: self.tr("Open quiz"),
            AttemptKind.EXAM: self.tr("Open exam"),
            AttemptKind.PLACEMENT: self.tr("Open placement quiz"),
        }
        return names[self.attempt.kind]

    def _detail(self) -> str:
        done = self.tr("{done} of {n} answered").format(done=self.attempt.answered, n=self.attempt.n)
        if self.attempt.time_left_s is None:
            return done
        minutes = int(self.attempt.time_left_s // 60)
        if minutes < 1:
            return f"{done} · {self.tr('less than a minute left')}"
        return f"{done} · {self.tr('{time} left').format(time=spoken_minutes(minutes))}"

    def _resume(self) -> None:
        self.resumed.emit(self.attempt)


class WeakRow(QWidget):
    """A weak topic: name, range bar, figures, and a button that practises it.

    Signals:
        practise: the Standing.
    """

    practise = Signal(object)

    def __init__(self, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing = standing
        self._stacked: bool | None = None
        self._words = QWidget()
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(1))
        column.addWidget(Label(standing.title, "body", wrap=True))
        detail = self._detail()
        if detail:
            small = Label(detail, "small", wrap=True)
            column.addWidget(small)
        self._bar = RangeBar()
        self._bar.setMinimumWidth(px(110))
        if standing.n:
            self._bar.set_range(standing.low, standing.mean, standing.high)
        self._figures = Label(self._figures_text(), "small")
        self.button = IconButton("play", self.tr("Practice {topic}").format(topic=standing.title))
        self.button.clicked.connect(self._ask)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(8), 0, px(8))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(4))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._arrange(stacked=False)

    def _detail(self) -> str:
        parts = [self.standing.parent_title] if self.standing.parent_title else []
        if self.standing.weight:
            parts.append(exam_share(self.standing.weight))
        return " · ".join(parts)

    def _figures_text(self) -> str:
        if not self.standing.n:
            return self.tr("no answers yet")
        answers = counted(self.standing.n, self.tr("1 answer"), self.tr("{n} answers"))
        return f"{percent_range(self.standing.low, self.standing.high)}\n{answers}"

    def _ask(self) -> None:
        self.practise.emit(self.standing)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(stacked=event.size().width() < px(ROW_FROM))

    def _arrange(self, *, stacked: bool) -> None:
        if stacked == self._stacked:
            return
        self._stacked = stacked
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        for widget in (self._words, self._bar, self._figures, self.button):
            grid.removeWidget(widget)
        if stacked:
            self._figures.setAlignment(Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(self._words, 0, 0)
            grid.addWidget(self.button, 0, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._bar, 1, 0, 1, 2)
            grid.addWidget(self._figures, 2, 0, 1, 2)
            stretches = (1, 0, 0, 0)
        else:
            self._figures.setAlignment(Qt.AlignmentFlag.AlignRight | middle)
            grid.addWidget(self._words, 0, 0)
            grid.addWidget(self._bar, 0, 1, middle)
            grid.addWidget(self._figures, 0, 2, middle)
            grid.addWidget(self.button, 0, 3, middle)
            stretches = (5, 1, 0, 0)
        # Bars of several rows stand below one another only when the figures are equally wide.
        self._figures.setMinimumWidth(0 if stacked else px(92))
        for place, stretch in enumerate(stretches):
            grid.setColumnStretch(place, stretch)
        self.updateGeometry()


class ReadinessCard(Card):
    """Readiness as a range, or what is missing before there can be one.

    Signals:
        acted: the link was pressed (choose an exam, or see progress).
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body.addWidget(Label(self.tr("Readiness"), "section"))
        self.body.addSpacing(px(4))
        self.number = Label("", "number")
        self.text = Label("", "lead", wrap=True)
        self.bar = RangeBar()
        self.line = ProgressLine()
        self.rule = Divider()
        self.small = Label("", "small", wrap=True)
        self.link = Button("", "link", "chevron-right")
        self.link.clicked.connect(self._act)
        for widget in (self.number, self.text, self.bar, self.line, self.rule, self.small):
            self.body.addWidget(widget)
        self.body.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        watcher().changed.connect(self._rescale)

    def _rescale(self) -> None:
        self.updateGeometry()

    def show_readiness(self, readiness: Readiness | None) -> None:
        """Show it; None means that no exam is chosen."""
        known = readiness is not None and readiness.low is not None and readiness.high is not None
        self.number.setVisible(known)
        self.bar.setVisible(known)
        self.line.setVisible(readiness is not None and not known)
        self.rule.setVisible(readiness is not None)
        self.small.setVisible(readiness is not None)
        self.link.setVisible(readiness is None)
        if readiness is None:
            self.text.setText(self.tr("Readiness is told for an exam. You are just learning."))
            self.link.setText(self.tr("Choose an exam"))
        elif readiness.low is not None and readiness.high is not None:
            self._show_range(readiness, readiness.low, readiness.high)
        else:
            self._show_missing(readiness)

    def _show_range(self, readiness: Readiness, low: float, high: float) -> None:
        self.number.setText(percent_range(low, high))
        self.number.setAccessibleName(
            self.tr("{low} to {high} percent").format(low=round(low * 100), high=round(high * 100))
        )
        self.text.setText(self.tr("of questions like these right, weighted as on your exam"))
        self.bar.set_range(low, readiness.mean, high)
        self.bar.set_mark(readiness.cut_score)
        self.small.setText(
            " ".join((self._mark_text(readiness), self.tr("From {n} fresh questions.").format(n=readiness.fresh)))
        )

    def _show_missing(self, readiness: Readiness) -> None:
        if readiness.fresh < FRESH_NEEDED:
            left = FRESH_NEEDED - readiness.fresh
            one = self.tr("Not enough answers yet for an honest figure: 1 more fresh question.")
            many = self.tr("Not enough answers yet for an honest figure: {n} more fresh questions.")
            self.text.setText(counted(left, one, many))
        else:
            self.text.setText(self.tr("Not enough answers yet in every part of the exam for an honest figure."))
        self.line.set_share(min(1.0, readiness.fresh / FRESH_NEEDED))
        missing = "; ".join(
            self.tr("{domain}: {n} more").format(domain=domain, n=more) for domain, more in readiness.thin[:3]
        )
        rest = len(readiness.thin) - 3
        if rest > 0:
            missing += counted(rest, self.tr("; and 1 part more"), self.tr("; and {n} parts more"))
        self.small.setText(f"{missing}." if missing else self._mark_text(readiness))

    def _mark_text(self, readiness: Readiness) -> str:
        share = f"{readiness.cut_score * 100:.0f}"
        if readiness.cut_published:
            return self.tr("Pass mark {share} %.").format(share=share)
        return self.tr("Practice target {share} %; no pass mark is published.").format(share=share)

    def _act(self) -> None:
        self.acted.emit()
