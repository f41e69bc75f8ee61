"""Today: what is offered, why, where it leads, and what it says when there is nothing left to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.gui.screen import Context, Place, Route
from studyapp.gui.screens.today import TodayScreen
from studyapp.gui.theme import apply_theme
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.today_parts import OpenAttemptCard, WeakRow
from studyapp.services.changes import Area, Changes
from studyapp.services.practice import ItemStatus, PracticeSpec
from studyapp.services.review import QueueCounts, ReviewScope
from studyapp.services.settings import Theme
from studyapp.services.study import Study
from studyapp.services.today import Reason, TodayView
from tests.gui.fakes import settle
from tests.gui.views import DONE, OPEN_EXAM, OPEN_QUIZ, PLAN, QUESTIONS, REVIEW, TOO_FEW, WEAK, FixedToday, day
from tests.support.clock import FakeClock

Maker = Callable[[TodayView], TodayScreen]


@pytest.fixture
def routes() -> list[Route]:
    """Where the screen asked to go."""
    return []


@pytest.fixture
def make(study: Study, context: Context, qtbot: QtBot, routes: list[Route]) -> Maker:
    """Makes the screen for a given day."""

    def made(view: TodayView) -> TodayScreen:
        day_study = replace(study, today=FixedToday(view))  # type: ignore[arg-type]
        screen = TodayScreen(replace(context, study=day_study))
        qtbot.addWidget(screen)
        screen.go.connect(routes.append)
        screen.resize(1000, 800)
        screen.show()
        screen.open(None)
        settle()
        return screen

    return made


def words(screen: TodayScreen) -> str:
    """Every visible word."""
    return " | ".join(label.text() for label in screen.findChildren(Label) if label.isVisible())


def test_real_first_day(context: Context, qtbot: QtBot) -> None:
    """On the first day, over the real services, there is something to start and no figure is pretended."""
    screen = TodayScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    screen.open(None)
    assert screen.start.text().startswith("Start ")
    assert "%" not in screen.readiness.number.text()
    assert screen.weak.isHidden()


def test_plan_is_one_button_and_says_why(make: Maker, routes: list[Route]) -> None:
    """What fits today, where it has most to gain, and one button that begins with the cards."""
    screen = make(day())
    assert screen.what.text() == "34 cards and 12 questions"
    assert screen.why.text() == "Cards that are due first, then questions on Denials and Safe harbors."
    assert screen.start.text() == "Start 40 minutes"
    screen.start.click()
    assert routes == [Route(Place.FLASHCARDS, REVIEW)]


def test_enter_starts(make: Maker, routes: list[Route], qtbot: QtBot) -> None:
    """The next useful thing is one key away: the button has the focus when the screen opens."""
    screen = make(day())
    assert screen.focusWidget() is screen.start
    QTest.keyClick(screen.start, Qt.Key.Key_Return)
    assert len(routes) == 1


def test_questions_alone_start_the_quiz(make: Maker, routes: list[Route]) -> None:
    """Without cards the button leads to the questions."""
    screen = make(day(plan=replace(PLAN, cards=0, review=None, questions=1)))
    assert screen.what.text() == "1 question"
    screen.start.click()
    assert routes == [Route(Place.PRACTICE, QUESTIONS)]


def test_rest_state(make: Maker, routes: list[Route]) -> None:
    """Afterwards the screen says that it is enough, and what more there could be is not pressed upon anybody."""
    screen = make(day(plan=DONE))
    assert screen.what.text() == "Done for today"
    assert "41 minutes" in screen.why.text()
    assert screen.rest_icon.isVisible()
    screen.start.click()
    assert isinstance(routes[0].payload, PracticeSpec)


@pytest.mark.parametrize(("attempt", "place"), [(OPEN_EXAM, Place.EXAMS), (OPEN_QUIZ, Place.PRACTICE)])
def test_open_attempt_goes_on(make: Maker, routes: list[Route], attempt: object, place: Place) -> None:
    """An exam or quiz that was interrupted stands first and leads back into it."""
    screen = make(day(open_attempts=(attempt,)))
    card = screen.findChild(OpenAttemptCard)
    assert isinstance(card, OpenAttemptCard)
    card.button.click()
    assert routes == [Route(place, card.attempt.attempt_id)]


def test_open_exam_tells_its_time(make: Maker) -> None:
    """How far it got and how much time is left."""
    screen = make(day(open_attempts=(OPEN_EXAM,)))
    assert "43 of 100 answered · 2 h 14 min left" in words(screen)


@pytest.mark.parametrize(
    ("seconds", "left"), [(3599, "59 minutes left"), (60, "1 minute left"), (59, "less than a minute left")]
)
def test_time_left_is_in_words(make: Maker, seconds: float, left: str) -> None:
    """Less than an hour is not written as a clock."""
    screen = make(day(open_attempts=(replace(OPEN_EXAM, time_left_s=seconds),)))
    assert f"43 of 100 answered · {left}" in words(screen)


def test_open_attempt_has_the_focus(make: Maker, routes: list[Route]) -> None:
    """What was begun is one key away."""
    screen = make(day(open_attempts=(OPEN_EXAM,)))
    card = screen.findChild(OpenAttemptCard)
    assert isinstance(card, OpenAttemptCard)
    assert screen.focusWidget() is card.button
    QTest.keyClick(card.button, Qt.Key.Key_Return)
    assert [route.place for route in routes] == [Place.EXAMS]


def test_quick_starts(make: Maker, routes: list[Route]) -> None:
    """Each quick start begins what it names, with its count beside it."""
    screen = make(day())
    for button in (screen.ten, screen.missed, screen.marked, screen.due):
        button.click()
    payloads = [route.payload for route in routes]
    statuses = [payload.filter.statuses for payload in payloads if isinstance(payload, PracticeSpec)]
    assert statuses == [frozenset(), {ItemStatus.MISSED}, {ItemStatus.MARKED}]
    assert payloads[-1] == ReviewScope()
    assert screen.missed.accessibleName() == "Missed, 18"


@pytest.mark.parametrize(
    ("queue", "name"),
    [
        (QueueCounts(new=12, learning=3, due=42), "Due cards, 45"),
        (QueueCounts(new=12, learning=0, due=0), "New cards, 12"),
    ],
)
def test_new_cards_are_not_called_due(make: Maker, queue: QueueCounts, name: str) -> None:
    """The count is of what is due; where nothing is, new cards are offered by their name."""
    screen = make(day(queue=queue))
    assert screen.due.accessibleName() == name


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ({"questions": 0, "practice": None, "topic_titles": ()}, "Cards that are due, as many as fit into today."),
        (
            {"cards": 0, "review": None},
            "Questions on Denials and Safe harbors, where you have most to gain.",
        ),
        (
            {"reason": Reason.EXAM_NEAR},
            "The exam is near: cards that are due first, then questions on Denials and Safe harbors.",
        ),
        ({"topic_titles": ()}, "Cards that are due first, then questions."),
    ],
)
def test_reason_is_one_sentence(make: Maker, plan: dict[str, object], sentence: str) -> None:
    """Whatever the session holds, why it is offered reads plainly."""
    screen = make(day(plan=replace(PLAN, **plan)))  # type: ignore[arg-type]  # the names are the plan's own
    assert screen.why.text() == sentence


def test_amounts_of_one(make: Maker) -> None:
    """One is not many: a minute, a card, a day."""
    plan = replace(PLAN, minutes_planned=1, minutes_left=1, cards=1, questions=1)
    screen = make(day(plan=plan, planned_days=1))
    assert screen.what.text() == "1 card and 1 question"
    assert screen.start.text() == "Start 1 minute"
    assert screen.planned.text() == "1 minute planned today"
    assert screen.week_words.text() == "1 of 1 study day"


@pytest.mark.parametrize(
    ("weight", "share"), [(0.125, "12 % of your exam"), (0.0049, "<1 % of your exam"), (0.006, "1 % of your exam")]
)
def test_share_of_the_exam_is_whole(make: Maker, weight: float, share: str) -> None:
    """Nobody plans by tenths of a percent."""
    screen = make(day(weakest=(replace(WEAK, weight=weight),)))
    assert f"Compliance · {share}" in words(screen)


def test_empty_quick_starts_are_not_offered(make: Maker) -> None:
    """A button that could only fail is not there."""
    screen = make(day(missed=0, marked=0))
    assert screen.missed.isHidden()
    assert screen.marked.isHidden()
    assert screen.ten.isVisible()


def test_weak_topic_is_practised(make: Maker, routes: list[Route]) -> None:
    """One press on a weak topic practises exactly it."""
    screen = make(day())
    row = screen.findChild(WeakRow)
    assert isinstance(row, WeakRow)
    assert "38–61 %" in words(screen)
    row.button.click()
    payload = routes[0].payload
    assert isinstance(payload, PracticeSpec)
    assert payload.filter.topics == {"L12"}


def test_only_three_weak_topics(make: Maker) -> None:
    """Three are enough for an evening."""
    screen = make(day(weakest=tuple(replace(WEAK, id=f"L{n}") for n in range(5))))
    assert len(screen.findChildren(WeakRow)) == 3


def test_no_topic_is_weak_before_it_is_known(make: Maker) -> None:
    """Without enough answers it says what to do, and neither list nor quick start pretends."""
    screen = make(day(weakest=()))
    assert screen.findChildren(WeakRow) == []
    assert "Answer a few questions first" in words(screen)
    assert screen.weak.isHidden()


def test_readiness_is_a_range(make: Maker) -> None:
    """A range and what it rests on; the pass mark is told with it."""
    screen = make(day())
    assert screen.readiness.number.text() == "58–79 %"
    assert "Pass mark 70 %. From 212 fresh questions." in words(screen)


def test_readiness_without_enough_answers(make: Maker) -> None:
    """No number below fifty fresh answers: what is missing is told instead."""
    screen = make(day(readiness=TOO_FEW))
    assert screen.readiness.number.isHidden()
    assert "27 more fresh questions" in words(screen)
    assert "Managed care: 8 more." in words(screen)


def test_without_an_exam(make: Maker, routes: list[Route]) -> None:
    """Just learning: no countdown, no readiness, and the way to choose an exam."""
    screen = make(day(exam_title="", exam_date=None, days_left=None, readiness=None))
    assert screen.countdown.isHidden()
    screen.readiness.link.click()
    assert routes == [Route(Place.SETTINGS)]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (41, "CMOM in 41 days"),
        (1, "CMOM is tomorrow"),
        (0, "CMOM is today"),
        (-3, "The date of CMOM has passed"),
        (None, "CMOM, no date yet"),
    ],
)
def test_countdown(make: Maker, days: int | None, sentence: str) -> None:
    """The countdown reads like a sentence on every day, the last ones too."""
    screen = make(day(days_left=days))
    assert screen.countdown.text() == sentence


@pytest.mark.parametrize(
    ("hour", "greeting"), [(3, "Good evening"), (7, "Good morning"), (13, "Good afternoon"), (19, "Good evening")]
)
def test_greeting_follows_the_wall_clock(make: Maker, clock: FakeClock, hour: int, greeting: str) -> None:
    """The greeting fits the local time of day."""
    clock.at = datetime(2026, 11, 23, hour, 5, tzinfo=UTC)
    screen = make(day(profile_name="Sam"))
    assert screen.greeting.text() == f"{greeting}, Sam"


def test_week_strip_has_words(make: Maker) -> None:
    """Every day's state is told in words, not by colour alone."""
    screen = make(day())
    name = screen.week.accessibleName()
    assert "Monday: studied" in name
    assert "Friday: day off" in name


def test_reads_anew_after_a_write(make: Maker) -> None:
    """What was done elsewhere shows as soon as the screen is refreshed; nothing of the old day stays."""
    screen = make(day(open_attempts=(OPEN_EXAM,)))
    today = screen.context.study.today
    assert isinstance(today, FixedToday)
    today.shown = day(plan=DONE)
    screen.refresh(Changes.of(Area.CARDS))
    settle()
    assert screen.what.text() == "Done for today"
    assert screen.findChildren(OpenAttemptCard) == []


def test_wakes_to_the_new_day(make: Maker, clock: FakeClock, qapp: QApplication) -> None:
    """A window left open overnight shows the new day when somebody comes back to it, without being asked."""
    screen = make(day(plan=DONE))
    today = screen.context.study.today
    assert isinstance(today, FixedToday)
    today.shown = day()
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert screen.what.text() == "Done for today"
    clock.at += timedelta(hours=9)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert screen.what.text() == "34 cards and 12 questions"


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("size", [(960, 640), (720, 600)])
def test_nothing_is_cut_off(make: Maker, qapp: QApplication, percent: int, size: tuple[int, int]) -> None:
    """In the room that 1024x640 leaves, and in less, at 200 % too: no sideways scroll, every word in full."""
    apply_theme(qapp, Theme.LIGHT, percent)
    screen = make(day(open_attempts=(OPEN_EXAM, OPEN_QUIZ)))
    screen.resize(*size)
    settle()
    page = screen.page
    assert page.content.width() == page.viewport().width()
    for label in screen.findChildren(Label):
        if label.isVisible():
            needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
            assert label.height() >= needed, label.text()
            right = label.mapTo(page.content, label.rect().topRight()).x()
            assert right <= page.content.width(), label.text()
            if not label.wordWrap():
                assert label.width() >= label.sizeHint().width(), label.text()
