"""The first run: exam, date, time and days off, then straight to a first question. Every step can be skipped."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from studyapp.gui.icons import IconLabel
from studyapp.gui.screen import Context, KeyHelp, Place, Placement, Route, Screen
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.date_choice import DateChoice
from studyapp.gui.widgets.dates import local_today
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.plan_fields import USUAL_EXAM, DaysOff, ExamChoice, MinutesChoice, labelled
from studyapp.gui.widgets.progress_line import ProgressLine
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Area, Changes
from studyapp.services.practice import ten_questions
from studyapp.services.settings import Settings

WIDTH = 680


class Step(QWidget):
    """One question of the setup: a title, why it is asked, and the answer below."""

    def __init__(self, title: str, why: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.title = title
        self.column.addWidget(Label(title, "title", wrap=True))
        self.column.addWidget(Label(why, "lead", wrap=True))
        self._gap = px(8)
        self.column.addSpacing(self._gap)
        watcher().changed.connect(self._scale)
        self._scale()

    def _scale(self) -> None:
        self.column.setSpacing(px(12))


class WelcomeScreen(Screen):
    """Three short steps and a start."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        settings = context.study.settings.get()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.page = Page(max_width=WIDTH)
        outer.addWidget(self.page, 1)
        self._build_top()
        self.exam = ExamChoice(context.study.exams.blueprints(), settings.exam_id or self._first_exam(settings))
        self.date = DateChoice(local_today(context.study.clock), settings.exam_date)
        self.minutes = MinutesChoice(settings.minutes_per_day)
        self.days_off = DaysOff(settings.days_off)
        self.pages = (self._exam_step(), self._date_step(), self._time_step(), self._start_step())
        for step in self.pages:
            self.page.body.addWidget(step)
        self.page.body.addStretch(1)
        outer.addWidget(self._build_bottom())
        self._show_step(0)

    def _first_exam(self, settings: Settings) -> str:
        # On the very first run the exam most people come for is chosen already; later "just learning" is respected.
        ids = [blueprint.id for blueprint in self.context.study.exams.blueprints()]
        if settings.welcomed or not ids:
            return ""
        return USUAL_EXAM if USUAL_EXAM in ids else ids[0]

    # Building

    def _build_top(self) -> None:
        row = QHBoxLayout()
        row.addWidget(Label("StudyApp", "strong"))
        row.addStretch(1)
        self.skip_all = Button(self.tr("Skip setup"), "link")
        self.skip_all.clicked.connect(self.skip_everything)
        row.addWidget(self.skip_all)
        self.page.body.addLayout(row)
        self.line = ProgressLine()
        self.page.body.addWidget(self.line)
        self.count = Label("", "small")
        self.page.body.addWidget(self.count)

    def _exam_step(self) -> Step:
        step = Step(
            self.tr("What are you preparing for?"),
            self.tr("It decides which topics count most. You can change it at any time."),
        )
        step.column.addWidget(self.exam)
        step.column.addWidget(
            Label(self.tr("StudyApp is not affiliated with any certifying body."), "small", wrap=True)
        )
        return step

    def _date_step(self) -> Step:
        step = Step(
            self.tr("When is the exam?"),
            self.tr("With a date, every day's plan works toward it. Without one, cards simply come back when due."),
        )
        step.column.addWidget(self.date)
        return step

    def _time_step(self) -> Step:
        step = Step(
            self.tr("How much time do you have?"),
            self.tr("An honest guess is enough: the plan is worked out anew after every session, without reproach."),
        )
        step.column.addWidget(labelled(self.tr("On a study day"), self.minutes))
        step.column.addSpacing(px(8))
        step.column.addWidget(labelled(self.tr("Days off"), self.days_off, self.tr("No study is planned on these.")))
        return step

    def _start_step(self) -> Step:
        step = Step(self.tr("Ready"), self.tr("Begin in the way you like better."))
        self.first_question = Button(self.tr("Start with 10 questions"), "primary", "play")
        self.first_question.clicked.connect(self.start_questions)
        self.placement = Button(self.tr("Start the placement quiz"), "secondary", "target")
        self.placement.clicked.connect(self.start_placement)
        self.look_around = Button(self.tr("Look around first"), "link", "arrow-right")
        self.look_around.clicked.connect(self.skip_everything)
        for icon, title, text, button in (
            (
                "zap",
                self.tr("Straight to the first question"),
                self.tr("Each answer is explained at once: why it is right, why the others are not, and the source."),
                self.first_question,
            ),
            (
                "target",
                self.tr("A placement quiz"),
                self.tr("20 questions across the exam, about 20 minutes. Afterwards the plan knows where to begin."),
                self.placement,
            ),
        ):
            step.column.addWidget(_way_to_start(icon, title, text, button))
        step.column.addWidget(self.look_around, 0, Qt.AlignmentFlag.AlignLeft)
        return step

    def _build_bottom(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(24), px(12), px(24), px(16))
        self.back = Button(self.tr("Back"), "ghost", "arrow-left")
        self.back.clicked.connect(self.go_back)
        self.skip = Button(self.tr("Skip this step"), "ghost")
        self.skip.clicked.connect(self.skip_step)
        self.next = Button(self.tr("Continue"), "primary", "arrow-right")
        self.next.clicked.connect(self.go_on)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.skip)
        row.addWidget(self.next)
        row.addStretch(1)
        return bar

    # Screen

    def open(self, payload: object) -> None:
        """Begin at the first step."""
        self._show_step(0)

    def refresh(self, changes: Changes) -> None:
        """Settings were changed elsewhere since: show them, so that they are not overwritten."""
        if changes.areas & {Area.SETTINGS, Area.EVERYTHING}:
            stored = self.context.study.settings.get()
            self.exam.set_exam(stored.exam_id or self._first_exam(stored))
            self.date.set_date(stored.exam_date)
            self.minutes.set_minutes(stored.minutes_per_day)
            self.days_off.set_days(stored.days_off)

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Tab", self.tr("Go on to the next choice")),
            KeyHelp("↑  ↓", self.tr("Choose among the exams")),
            KeyHelp("Space", self.tr("Press the button, or turn the box or the chip on or off")),
            KeyHelp("Enter", self.tr("Continue")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from wherever the focus is, unless it is on another button."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        held = self.focusWidget()
        pressed = held if isinstance(held, QPushButton) and not held.isCheckable() else self._main_button()
        pressed.click()

    # Steps

    def _show_step(self, number: int) -> None:
        self._step = number
        last = len(self.pages) - 1
        for place, step in enumerate(self.pages):
            step.setVisible(place == number)
        self.line.set_share((number + 1) / len(self.pages))
        self.count.setText(self.tr("Step {n} of {all}").format(n=number + 1, all=len(self.pages)))
        self.back.setVisible(number > 0)
        self.skip.setVisible(number < last)
        self.next.setVisible(number < last)
        self.skip_all.setVisible(number < last)
        self.page.verticalScrollBar().setValue(0)
        self._main_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def _main_button(self) -> Button:
        return self.first_question if self._step == len(self.pages) - 1 else self.next

    def go_on(self) -> None:
        """Keep this step's answer; without an exam there is no date to ask for."""
        if self._step == 1 and not self.date.finish():
            self.date.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        step = self._step + 1
        if step == 1 and not self.exam.exam_id():
            step = 2
        self._show_step(step)

    def go_back(self) -> None:
        """To the step before."""
        step = self._step - 1
        if step == 1 and not self.exam.exam_id():
            step = 0
        self._show_step(step)

    def skip_step(self) -> None:
        """Leave this step's setting as it was stored."""
        stored = self.context.study.settings.get()
        if self._step == 0:
            self.exam.set_exam(stored.exam_id)
        elif self._step == 1:
            self.date.set_date(stored.exam_date)
        else:
            self.days_off.set_days(stored.days_off)
        self.go_on()

    # Ending

    def chosen(self) -> Settings:
        """The stored settings with what was chosen here."""
        exam_id = self.exam.exam_id()
        return replace(
            self.context.study.settings.get(),
            welcomed=True,
            exam_id=exam_id,
            exam_date=self.date.chosen() if exam_id else None,
            minutes_per_day=self.minutes.minutes(),
            days_off=self.days_off.days(),
        )

    def _finish(self, settings: Settings, route: Route) -> None:
        self.changed.emit(self.context.study.settings.save(settings))
        self.go.emit(route)

    def start_questions(self) -> None:
        """Save and begin with ten questions."""
        self._finish(self.chosen(), Route(Place.PRACTICE, ten_questions()))

    def start_placement(self) -> None:
        """Save and begin with the placement quiz."""
        self._finish(self.chosen(), Route(Place.PRACTICE, Placement()))

    def skip_everything(self) -> None:
        """To Today; steps not seen keep their stored settings."""
        stored = replace(self.context.study.settings.get(), welcomed=True)
        self._finish(self.chosen() if self._step == len(self.pages) - 1 else stored, Route(Place.TODAY))


def _way_to_start(icon: str, title: str, text: str, button: Button) -> Card:
    card = Card(padding=20)
    row = QHBoxLayout()
    row.setSpacing(px(16))
    row.addWidget(IconLabel(icon, "accent", 24), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(px(6))
    column.addWidget(Label(title, "section", wrap=True))
    column.addWidget(Label(text, "body", wrap=True))
    column.addSpacing(px(4))
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    row.addLayout(column, 1)
    card.body.addLayout(row)
    return card
