"""What to do now: one best session and why, quick starts, weakest topics, readiness, this week."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studyapp.domain.attempt import AttemptKind
from studyapp.gui.icons import IconLabel
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.dates import local, weekday_words
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.plan_fields import short_title
from studyapp.gui.widgets.plural import counted
from studyapp.gui.widgets.side_by_side import SideBySide
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.today_parts import OpenAttemptCard, ReadinessCard, WeakRow, clear
from studyapp.gui.widgets.week_strip import WeekStrip
from studyapp.services.attempts import OpenAttempt
from studyapp.services.changes import Changes
from studyapp.services.practice import ItemStatus, PracticeFilter, PracticeSpec, questions_with, ten_questions
from studyapp.services.progress import Standing
from studyapp.services.review import ReviewScope
from studyapp.services.today import Reason, TodayPlan, TodayView

WIDTH = 1080
MORNING, AFTERNOON, EVENING = 4, 12, 18
WEAKEST = 3
STALE_AFTER = timedelta(minutes=10)


class TodayScreen(Screen):
    """The start of every session."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._view: TodayView | None = None
        self._read_at: datetime | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.page = Page(max_width=WIDTH)
        outer.addWidget(self.page)
        self._build_header()
        self._build_hero()
        self._build_quick_starts()
        self._build_figures()
        self._build_week()
        self.page.body.addStretch(1)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._woken)
        watcher().changed.connect(self._scale)
        self._scale()

    # Building

    def _build_header(self) -> None:
        header = SideBySide(560, 8)
        left, right = QWidget(), QWidget()
        left_column, right_column = QVBoxLayout(left), QVBoxLayout(right)
        for column in (left_column, right_column):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
        self.date = Label("", "lead")
        self.greeting = Label("", "title", wrap=True)
        left_column.addWidget(self.date)
        left_column.addWidget(self.greeting)
        self.countdown = Label("", "strong")
        self.planned = Label("", "small")
        for label in (self.countdown, self.planned):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            right_column.addWidget(label)
        header.add(left, 1)
        header.add(right, 0, Qt.AlignmentFlag.AlignBottom)
        header.turned.connect(self._align_header)
        self.page.body.addWidget(header)

    def _align_header(self, stacked: bool) -> None:
        side = Qt.AlignmentFlag.AlignLeft if stacked else Qt.AlignmentFlag.AlignRight
        for label in (self.countdown, self.planned):
            label.setAlignment(side)

    def _build_hero(self) -> None:
        self.open_attempts = QVBoxLayout()
        self.page.body.addLayout(self.open_attempts)
        self.hero = Card(padding=28)
        row = SideBySide(640, 20)
        words = QWidget()
        line = QHBoxLayout(words)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(18))
        self.rest_icon = IconLabel("sunset", "accent", 36)
        line.addWidget(self.rest_icon, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        line.addLayout(column, 1)
        self.what = Label("", "heading", wrap=True)
        self.why = Label("", "lead", wrap=True)
        column.addWidget(self.what)
        column.addWidget(self.why)
        self.start = Button("", "primary", "play", key="")
        self.start.set_big()
        self.start.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.start.clicked.connect(self._start)
        row.add(words, 1)
        row.add(self.start, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hero.body.addWidget(row)
        self.page.body.addWidget(self.hero)

    def _build_quick_starts(self) -> None:
        self.quick = FlowLayout(gap=10)
        self.ten = Button(self.tr("10 questions"))
        self.missed = Button(self.tr("Missed"))
        self.marked = Button(self.tr("Marked"))
        self.due = Button(self.tr("Due cards"))
        self.weak = Button(self.tr("Weakest topics"))
        for button, start in (
            (self.ten, self._start_ten),
            (self.missed, self._start_missed),
            (self.marked, self._start_marked),
            (self.due, self._start_due),
            (self.weak, self._start_weakest),
        ):
            button.clicked.connect(start)
            self.quick.addWidget(button)
        self.page.body.addLayout(self.quick)

    def _build_figures(self) -> None:
        both = SideBySide(760, 20)
        self.weakest_card = Card()
        head = QHBoxLayout()
        self.weakest_title = Label("", "section", wrap=True)
        all_topics = Button(self.tr("All topics"), "link")
        all_topics.clicked.connect(self._open_progress)
        head.addWidget(self.weakest_title, 1)
        head.addWidget(all_topics, 0, Qt.AlignmentFlag.AlignTop)
        self.weakest_card.body.addLayout(head)
        self.weakest = QVBoxLayout()
        self.weakest.setSpacing(0)
        self.weakest_card.body.addLayout(self.weakest)
        self.weakest_card.body.addStretch(1)
        self.readiness = ReadinessCard()
        self.readiness.acted.connect(self._open_settings)
        both.add(self.weakest_card, 5)
        both.add(self.readiness, 3)
        self.page.body.addWidget(both)

    def _build_week(self) -> None:
        row = FlowLayout(gap=16)
        self.week = WeekStrip()
        self.week_words = Label("", "muted")
        self.week_title = Label(self.tr("This week"), "muted")
        for label in (self.week_title, self.week_words):
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.week_title)
        row.addWidget(self.week)
        row.addWidget(self.week_words)
        self.page.body.addLayout(row)

    def _scale(self) -> None:
        self.page.body.setSpacing(px(20))
        self.open_attempts.setSpacing(px(12))
        for label in (self.week_title, self.week_words):
            label.setFixedHeight(px(34))

    # Screen

    def open(self, payload: object) -> None:
        """Read the day anew: it may have turned since the screen was last shown."""
        self._read()
        first = self.open_attempts.itemAt(0)
        card = None if first is None else first.widget()
        button = card.button if isinstance(card, OpenAttemptCard) else self.start
        button.setDefault(True)  # Enter presses it, as Space does
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Everything here depends on nearly every write."""
        if changes.areas:
            self._read()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Enter", self.tr("Go on with what is open, or start the session offered")),
            KeyHelp("Tab", self.tr("Go to the next button")),
            KeyHelp("Space", self.tr("Press the button at hand")),
        )

    @Slot(Qt.ApplicationState)
    def _woken(self, state: Qt.ApplicationState) -> None:
        """A window left open overnight shows the new day as soon as it is looked at again."""
        if state != Qt.ApplicationState.ApplicationActive or self._read_at is None or not self.isVisible():
            return
        if self.context.study.clock.now() - self._read_at > STALE_AFTER:
            self._read()

    # Showing

    def _read(self) -> None:
        self._read_at = self.context.study.clock.now()
        view = self.context.study.today.view()
        self._view = view
        self._show_header(view)
        self._show_attempts(view)
        self._show_plan(view)
        self._show_quick_starts(view)
        self._show_weakest(view)
        self.readiness.show_readiness(view.readiness)
        self.week.set_days(view.week)
        one, many = self.tr("{done} of 1 study day"), self.tr("{done} of {n} study days")
        days = one if view.planned_days == 1 else many
        self.week_words.setText(days.format(done=view.studied_days, n=view.planned_days))

    def _show_header(self, view: TodayView) -> None:
        clock = self.context.study.clock
        hour = local(clock, clock.now()).hour
        if MORNING <= hour < AFTERNOON:
            greeting = self.tr("Good morning")
        elif AFTERNOON <= hour < EVENING:
            greeting = self.tr("Good afternoon")
        else:
            greeting = self.tr("Good evening")
        self.greeting.setText(f"{greeting}, {view.profile_name}" if view.profile_name else greeting)
        self.date.setText(weekday_words(view.day))
        self.countdown.setText(_countdown(self, view))
        self.countdown.setVisible(bool(view.exam_title))
        self.planned.setText(self._planned_text(view.plan))

    def _planned_text(self, plan: TodayPlan) -> str:
        done = round(plan.minutes_done)
        if plan.minutes_done >= plan.minutes_planned:
            return counted(done, self.tr("1 minute done today"), self.tr("{n} minutes done today"))
        if plan.minutes_done >= 1:
            return self.tr("{done} of {planned} minutes done today").format(done=done, planned=plan.minutes_planned)
        return counted(plan.minutes_planned, self.tr("1 minute planned today"), self.tr("{n} minutes planned today"))

    def _show_attempts(self, view: TodayView) -> None:
        clear(self.open_attempts)
        for attempt in view.open_attempts:
            card = OpenAttemptCard(attempt)
            card.resumed.connect(self._resume)
            self.open_attempts.addWidget(card)

    def _show_plan(self, view: TodayView) -> None:
        plan = view.plan
        done = plan.review is None and plan.practice is None
        self.rest_icon.setVisible(done)
        self.start.set_kind("secondary" if done or view.open_attempts else "primary")
        if done:
            self.what.setText(self.tr("Done for today"))
            self.why.setText(self._rest_text(plan))
            self.start.setText(self.tr("10 more questions"))
            self.start.set_icon_name("plus")
            return
        self.start.set_icon_name("play")
        self.what.setText(_amount(self, plan))
        self.why.setText(_reason(self, view))
        minutes = max(1, round(plan.minutes_left))
        self.start.setText(counted(minutes, self.tr("Start 1 minute"), self.tr("Start {n} minutes")))

    def _rest_text(self, plan: TodayPlan) -> str:
        if plan.minutes_done >= 1:
            studied = counted(
                round(plan.minutes_done), self.tr("You studied 1 minute."), self.tr("You studied {n} minutes.")
            )
            rest = self.tr("What you learned settles while you rest; the next cards come back tomorrow.")
            return f"{studied} {rest}"
        return self.tr("Nothing is due today. The next cards come back when they are worth seeing again.")

    def _show_quick_starts(self, view: TodayView) -> None:
        due = view.queue.due + view.queue.learning
        self.due.setText(self.tr("Due cards") if due else self.tr("New cards"))
        for button, count in (
            (self.missed, view.missed),
            (self.marked, view.marked),
            (self.due, due or view.queue.new),
        ):
            button.set_count(count)
            button.setVisible(count > 0)
        self.weak.setVisible(bool(view.weakest))

    def _show_weakest(self, view: TodayView) -> None:
        clear(self.weakest)
        title = self.tr("Weakest for your exam") if view.exam_title else self.tr("Weakest topics")
        self.weakest_title.setText(title)
        shown = view.weakest[:WEAKEST]
        if not shown:
            words = self.tr("Answer a few questions first: a topic counts as weak only after five answers.")
            self.weakest.addWidget(Label(words, "lead", wrap=True))
            button = Button(self.tr("Start 10 questions"), "secondary", "play")
            button.clicked.connect(self._start_ten)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, px(12), 0, 0)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.weakest.addWidget(holder)
        for standing in shown:
            self.weakest.addWidget(Divider())
            row = WeakRow(standing)
            row.practise.connect(self._practise)
            self.weakest.addWidget(row)

    # Starting

    def _start(self) -> None:
        plan = self._view.plan if self._view is not None else None
        if plan is None or (plan.review is None and plan.practice is None):
            self._start_ten()
        elif plan.review is not None:
            self.go.emit(Route(Place.FLASHCARDS, plan.review))
        else:
            self.go.emit(Route(Place.PRACTICE, plan.practice))

    def _start_ten(self) -> None:
        self.go.emit(Route(Place.PRACTICE, ten_questions()))

    def _start_missed(self) -> None:
        self.go.emit(Route(Place.PRACTICE, questions_with(ItemStatus.MISSED)))

    def _start_marked(self) -> None:
        self.go.emit(Route(Place.PRACTICE, questions_with(ItemStatus.MARKED)))

    def _start_due(self) -> None:
        self.go.emit(Route(Place.FLASHCARDS, ReviewScope()))

    def _start_weakest(self) -> None:
        self.go.emit(Route(Place.PRACTICE, self.context.study.practice.weakest()))

    def _practise(self, standing: object) -> None:
        if isinstance(standing, Standing):
            topics = frozenset(standing.topics)
            self.go.emit(Route(Place.PRACTICE, PracticeSpec(PracticeFilter(topics=topics), title=standing.title)))

    def _resume(self, attempt: object) -> None:
        if isinstance(attempt, OpenAttempt):
            place = Place.EXAMS if attempt.kind is AttemptKind.EXAM else Place.PRACTICE
            self.go.emit(Route(place, attempt.attempt_id))

    def _open_progress(self) -> None:
        self.go.emit(Route(Place.PROGRESS))

    def _open_settings(self) -> None:
        self.go.emit(Route(Place.SETTINGS))


def _countdown(screen: TodayScreen, view: TodayView) -> str:
    days, exam = view.days_left, short_title(view.exam_title)
    if days is None:
        return screen.tr("{exam}, no date yet").format(exam=exam)
    if days == 0:
        return screen.tr("{exam} is today").format(exam=exam)
    if days == 1:
        return screen.tr("{exam} is tomorrow").format(exam=exam)
    if days < 0:
        return screen.tr("The date of {exam} has passed").format(exam=exam)
    return screen.tr("{exam} in {n} days").format(exam=exam, n=days)


def _amount(screen: TodayScreen, plan: TodayPlan) -> str:
    cards = counted(plan.cards, screen.tr("1 card"), screen.tr("{n} cards"))
    questions = counted(plan.questions, screen.tr("1 question"), screen.tr("{n} questions"))
    if plan.cards and plan.questions:
        return screen.tr("{cards} and {questions}").format(cards=cards, questions=questions)
    return cards if plan.cards else questions


def _reason(screen: TodayScreen, view: TodayView) -> str:
    """What comes, and what it is about, in one sentence."""
    plan = view.plan
    if plan.reason is Reason.FIRST_DAY:
        return screen.tr("A first round through the material: new cards, and questions from all over.")
    near = plan.reason is Reason.EXAM_NEAR
    topics = screen.tr(" and ").join(plan.topic_titles[:2])
    due = bool(view.queue.due + view.queue.learning)
    cards = screen.tr("cards that are due") if due else screen.tr("new cards")
    questions = screen.tr("questions on {topics}").format(topics=topics) if topics else screen.tr("questions")
    if plan.cards and plan.questions:
        words = screen.tr("{cards} first, then {questions}.").format(cards=cards, questions=questions)
    elif plan.cards:
        words = screen.tr("{cards}, as many as fit into today.").format(cards=cards)
    else:
        words = screen.tr("{questions}, where you have most to gain.").format(questions=questions)
    return screen.tr("The exam is near: {words}").format(words=words) if near else f"{words[0].upper()}{words[1:]}"
