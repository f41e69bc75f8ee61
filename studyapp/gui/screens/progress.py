"""Where I stand: mastery as ranges, and what the days so far look like."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QVBoxLayout, QWidget

from studyapp.domain.attempt import AttemptKind
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, Chip
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.charts import ChartCard, Series, Table
from studyapp.gui.widgets.dates import local
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.heatmap import Heatmap
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.plural import counted
from studyapp.gui.widgets.standing_row import StandingRow
from studyapp.gui.widgets.text import Label
from studyapp.services.attempts import AttemptResult
from studyapp.services.changes import Area, Changes
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.progress import Activity, Calibration, Forecast, Retention, Standing, Totals

HEATMAP_DAYS = 26 * 7
ROWS_AT_FIRST = 12


@dataclass(frozen=True, slots=True)
class _Figures:
    """Everything the screen shows, read in one go off the GUI thread."""

    domains: tuple[Standing, ...]
    subjects: tuple[Standing, ...]
    topics: tuple[Standing, ...]
    activity: tuple[Activity, ...]
    retention: tuple[Retention, ...]
    forecast: tuple[Forecast, ...]
    calibration: tuple[Calibration, ...]
    exams: tuple[AttemptResult, ...]
    totals: Totals


def short_date(day: date) -> str:
    """A day as `Nov 23`."""
    return f"{day:%b} {day.day}"


class ProgressScreen(Screen):
    """Mastery by domain, subject or topic; recall, study days, forecast, exams and confidence."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._figures: _Figures | None = None
        self._all_topics = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._page = Page(self.tr("Progress"))
        layout.addWidget(self._page)
        self._build_switch()
        self._empty = EmptyState(
            "chart-no-axes-column",
            self.tr("Nothing to measure yet"),
            self.tr(
                "Answer ten questions and the first ranges appear here: wide at first, narrower with every answer."
            ),
            self.tr("Start 10 questions"),
        )
        self._empty.acted.connect(self._start_ten)
        self._page.body.addWidget(self._empty)
        self._standings = Card()
        self._page.body.addWidget(self._standings)
        self._pairs: list[QBoxLayout] = []
        self._build_charts()
        self._page.body.addStretch(1)

    def _build_switch(self) -> None:
        self._views = QButtonGroup(self)
        self._views.setExclusive(True)
        for index, text in enumerate((self.tr("Exam domains"), self.tr("Subjects"), self.tr("Topics"))):
            chip = Chip(text)
            self._views.addButton(chip, index)
            self._page.header.addWidget(chip)
        self._views.button(0).setChecked(True)
        self._views.idClicked.connect(self._show_standings)

    def _build_charts(self) -> None:
        self._exam_chart = ChartCard(
            self.tr("Practice exams"), self.tr("Share right on each exam, with the range its length allows.")
        )
        self._days_card = Card()
        self._days_card.body.addWidget(Label(self.tr("Study days"), "section"))
        self._days_card.body.addWidget(Label(self.tr("Minutes a day; the darker, the longer."), "small", wrap=True))
        self._heatmap = Heatmap()
        self._days_card.body.addWidget(self._heatmap)
        self._totals = Label("", "small", wrap=True)
        self._days_card.body.addWidget(self._totals)
        self._days_card.body.addStretch(1)
        self._recall_chart = ChartCard(
            self.tr("Recall"), self.tr("Share of due cards you remembered, by week. The line is what you asked for.")
        )
        self._forecast_chart = ChartCard(self.tr("Cards to come"), self.tr("Cards falling due if you add nothing new."))
        self._confidence = Card()
        self._confidence.body.addWidget(Label(self.tr("Confidence"), "section"))
        self._confidence.body.addWidget(
            Label(self.tr("How often you were right, by how sure you said you were."), "small", wrap=True)
        )
        self._confidence_rows = QVBoxLayout()
        self._confidence.body.addLayout(self._confidence_rows)
        self._confidence.body.addStretch(1)
        for left, right in ((self._exam_chart, self._days_card), (self._recall_chart, self._forecast_chart)):
            pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            pair.setSpacing(px(20))
            pair.addWidget(left, 3)
            pair.addWidget(right, 2)
            self._pairs.append(pair)
            self._page.body.addLayout(pair)
        self._page.body.addWidget(self._confidence)

    def open(self, payload: object) -> None:
        if self._figures is None:
            self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.areas & {Area.CARDS, Area.RESPONSES, Area.ATTEMPTS, Area.LIBRARY, Area.SETTINGS, Area.EVERYTHING}:
            self._load()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Tab", self.tr("Go through the views, the topics and the charts")),
            KeyHelp("Space", self.tr("Practice the topic at hand, or show the table behind the chart")),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= px(860)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(direction)

    def _load(self) -> None:
        self.context.jobs.run(self, self._read, self._show)

    def _read(self) -> _Figures:
        progress, attempts = self.context.study.progress, self.context.study.attempts
        return _Figures(
            domains=progress.domains(),
            subjects=progress.subjects(),
            topics=progress.topics(),
            activity=progress.activity(HEATMAP_DAYS),
            retention=progress.retention(16),
            forecast=progress.forecast(28),
            calibration=progress.calibration(),
            exams=attempts.history(AttemptKind.EXAM, limit=20),
            totals=progress.totals(),
        )

    def _show(self, figures: _Figures) -> None:
        self._figures = figures
        domains = self._views.button(0)
        domains.setVisible(bool(figures.domains))
        if not figures.domains and self._views.checkedId() == 0:
            self._views.button(1).setChecked(True)
        begun = figures.totals.questions > 0 or figures.totals.cards > 0
        self._empty.setVisible(not begun)
        for widget in (
            self._standings,
            self._exam_chart,
            self._days_card,
            self._recall_chart,
            self._forecast_chart,
            self._confidence,
        ):
            widget.setVisible(begun)
        for button in self._views.buttons():
            button.setEnabled(begun)
        if not begun:
            return
        self._show_standings(self._views.checkedId())
        self._show_exams(figures.exams)
        self._show_days(figures)
        self._show_recall(figures.retention)
        self._show_forecast(figures.forecast)
        self._show_confidence(figures.calibration)

    def _show_standings(self, view: int) -> None:
        if self._figures is None:
            return
        _clear(self._standings.body)
        rows = (self._figures.domains, self._figures.subjects, self._figures.topics)[view]
        head = (
            self.tr("Share of fresh questions right: the first answer to each question, as a 90 % range."),
            self.tr("Weakest for your exam first: weight in the exam times what is missing to certainty."),
        )
        self._standings.body.addWidget(Label(head[0] if view < 2 else f"{head[0]} {head[1]}", "small", wrap=True))
        shown = rows if self._all_topics or view < 2 else rows[:ROWS_AT_FIRST]
        for standing in shown:
            self._standings.body.addWidget(Divider())
            row = StandingRow(standing, name_parent=view == 2)
            row.practise.connect(self._practise)
            self._standings.body.addWidget(row)
        if len(shown) < len(rows):
            more = Button(self.tr("Show all {n} topics").format(n=len(rows)), kind="link")
            more.clicked.connect(self._show_all_topics)
            self._standings.body.addWidget(more)

    def _show_all_topics(self) -> None:
        self._all_topics = True
        self._show_standings(2)

    def _practise(self, standing: Standing) -> None:
        spec = PracticeSpec(PracticeFilter(topics=frozenset(standing.topics)), length=10, title=standing.title)
        self.go.emit(Route(Place.PRACTICE, spec))

    def _start_ten(self) -> None:
        self.go.emit(Route(Place.PRACTICE, PracticeSpec(PracticeFilter(), length=10)))

    def _show_exams(self, exams: tuple[AttemptResult, ...]) -> None:
        exams = tuple(reversed(exams))
        cut = next((exam.cut_score for exam in reversed(exams) if exam.cut_score is not None), None)
        labels = tuple(short_date(local(self.context.study.clock, exam.finished_at).date()) for exam in exams)
        series = Series(
            labels,
            tuple(exam.share for exam in exams),
            tuple(exam.low for exam in exams),
            tuple(exam.high for exam in exams),
            percent=True,
            line=None if cut is None else (cut, self.tr("pass mark {cut} %").format(cut=f"{cut * 100:.0f}")),
        )
        rows = tuple(
            (
                label,
                exam.title,
                f"{exam.share * 100:.0f} %",
                f"{exam.low * 100:.0f}–{exam.high * 100:.0f} %",
                str(exam.n),
            )
            for label, exam in zip(labels, exams, strict=True)
        )
        columns = (self.tr("Date"), self.tr("Exam"), self.tr("Right"), self.tr("Range"), self.tr("Questions"))
        self._exam_chart.show_data(
            series, Table(columns, rows), self.tr("No practice exam yet. A quarter-length one takes less than an hour.")
        )

    def _show_days(self, figures: _Figures) -> None:
        self._heatmap.set_activity(figures.activity, figures.activity[-1].day)
        totals = figures.totals
        self._totals.setText(
            " · ".join(
                (
                    counted(totals.days, self.tr("1 day"), self.tr("{n} days")),
                    self.tr("{hours} h").format(hours=f"{totals.hours:.0f}"),
                    counted(totals.cards, self.tr("1 card"), self.tr("{n} cards")),
                    counted(totals.questions, self.tr("1 question"), self.tr("{n} questions")),
                )
            )
        )

    def _show_recall(self, weeks: tuple[Retention, ...]) -> None:
        weeks = tuple(week for week in weeks if week.n)
        wanted = self.context.study.settings.get().desired_retention
        labels = tuple(short_date(week.week) for week in weeks)
        series = Series(
            labels,
            tuple(week.recalled / week.n for week in weeks),
            percent=True,
            line=(wanted, self.tr("asked for {share} %").format(share=f"{wanted * 100:.0f}")),
        )
        rows = tuple(
            (label, f"{week.recalled / week.n * 100:.0f} %", str(week.n))
            for label, week in zip(labels, weeks, strict=True)
        )
        self._recall_chart.show_data(
            series,
            Table((self.tr("Week of"), self.tr("Remembered"), self.tr("Reviews")), rows),
            self.tr("Shown once cards have come back for a second review."),
        )

    def _show_forecast(self, days: tuple[Forecast, ...]) -> None:
        some = days if any(day.due for day in days) else ()
        labels = tuple(short_date(day.day) for day in some)
        series = Series(labels, tuple(float(day.due) for day in some), bars=True)
        rows = tuple((label, str(day.due)) for label, day in zip(labels, some, strict=True))
        self._forecast_chart.show_data(
            series,
            Table((self.tr("Day"), self.tr("Cards due")), rows),
            self.tr("No card is waiting in the next weeks."),
        )

    def _show_confidence(self, rows: tuple[Calibration, ...]) -> None:
        _clear(self._confidence_rows)
        words = {"guess": self.tr("Guessing"), "unsure": self.tr("Unsure"), "sure": self.tr("Sure")}
        shown = [row for row in rows if row.n]
        if not shown:
            text = self.tr("Press 7, 8 or 9 with an answer to say how sure you are; the comparison appears here.")
            self._confidence_rows.addWidget(Label(text, "muted", wrap=True))
        for row in shown:
            standing = Standing(
                row.confidence, words.get(row.confidence, row.confidence), "", row.n, row.right, row.right / row.n,
                row.low, row.high, None, wide=False, more=0, need=0.0, topics=(),
            )  # fmt: skip
            line = StandingRow(standing)
            line.practise.connect(partial(self._practise_confidence, row.confidence))
            self._confidence_rows.addWidget(line)

    def _practise_confidence(self, confidence: str, _standing: Standing) -> None:
        from studyapp.services.practice import ItemStatus

        status = ItemStatus.MISSED if confidence == "sure" else ItemStatus.UNSURE
        self.go.emit(Route(Place.PRACTICE, PracticeSpec(PracticeFilter(statuses=frozenset({status})), length=10)))


def _clear(layout: QBoxLayout) -> None:
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
