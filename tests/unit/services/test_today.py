"""Today: the best next session within the minutes, and what is known."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from studyapp.domain.item import Response
from studyapp.domain.memory import Rating
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import QueueCounts, ReviewScope
from studyapp.services.study import Study
from studyapp.services.today import DayState, Reason
from tests.support.bank import bank
from tests.support.clock import FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """A study over `plenty`, for the exam `cmom`, forty minutes a day."""
    return opened(plenty(), exam_id="cmom", name="Kim")


def review_all(study: Study, clock: FakeClock, seconds: float = 8.0) -> None:
    """Pass every card of today."""
    session = study.review.start(ReviewScope())
    while session.current is not None:
        clock.advance(seconds)
        session.grade(Rating.GOOD, duration_ms=int(seconds * 1000))


def answer(study: Study, clock: FakeClock, topic: str, numbers: range, *, right: bool = True) -> None:
    """Answer these items of a topic, half a minute each."""
    ids = tuple(f"x.{topic.lower()}.{n:03}" for n in numbers)
    runner = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=ids))
    for position in range(len(ids)):
        runner.go_to(position)
        clock.advance(30)
        runner.answer(position, Response(chosen=frozenset("b" if right else "a")))
    runner.submit()


def test_the_first_day(study: Study) -> None:
    """A new learner is offered new cards and questions that fit into the minutes, and told that it is the first day."""
    view = study.today.view()
    assert (view.day, view.profile_name, view.exam_title) == (MONDAY, "Kim", "CMOM")
    assert view.plan.reason is Reason.FIRST_DAY
    assert view.queue == QueueCounts(new=15, learning=0, due=0)
    assert (view.plan.cards, view.plan.review) == (15, ReviewScope())
    # 15 new cards at three passes of ten seconds are 7.5 minutes; 32 questions of a minute fill the rest.
    assert view.plan.questions == 32
    assert (view.plan.minutes_planned, view.plan.minutes_done, view.plan.minutes_left) == (40, 0.0, 40.0)
    assert view.weakest == ()
    assert (view.missed, view.missed_due, view.marked, view.open_attempts) == (0, 0, 0, ())


def test_the_plan_can_be_started_and_is_the_same_when_looked_at_again(study: Study) -> None:
    """The plan's session and quiz hold just as many as it says, and looking twice changes nothing."""
    plan = study.today.view().plan
    assert plan == study.today.view().plan
    assert plan.review is not None
    assert plan.practice is not None
    assert study.review.start(plan.review).counts.total == plan.cards
    assert len(study.practice.start(plan.practice).attempt.slots) == plan.questions


def test_due_cards_come_before_questions(opened: OpenStudy, clock: FakeClock) -> None:
    """With few minutes, due cards take them; the session holds just those that fit, most overdue first."""
    study = opened(plenty(), new_cards_per_day=60, minutes_per_day=60)
    review_all(study, clock, seconds=10)
    clock.advance(days=5)
    study = opened(None, minutes_per_day=5)
    plan = study.today.view().plan
    assert (plan.cards, plan.questions, plan.reason) == (30, 0, Reason.DUE_CARDS)
    assert plan.review is not None
    session = study.review.start(plan.review)
    assert session.counts == QueueCounts(new=0, learning=0, due=30)


def test_minutes_done_are_taken_off_and_the_day_ends(study: Study, clock: FakeClock) -> None:
    """Time spent on cards and questions counts; when the minutes are used, the day is done."""
    review_all(study, clock, seconds=10)
    answer(study, clock, "L06", range(15))
    plan = study.today.view().plan
    assert plan.minutes_done == pytest.approx(2.5 + 7.5)
    assert plan.minutes_left == pytest.approx(30.0)
    assert (plan.cards, plan.review) == (0, None)
    assert plan.reason is Reason.WEAK_TOPICS
    for topic in ("L07", "T01"):
        answer(study, clock, topic, range(30))
    plan = study.today.view().plan
    assert (plan.cards, plan.questions, plan.practice, plan.reason) == (0, 0, None, Reason.DONE)


def test_nothing_at_all_is_done(opened: OpenStudy) -> None:
    """An empty bank offers nothing and breaks nothing."""
    view = opened(bank((), ())).today.view()
    assert (view.plan.cards, view.plan.questions, view.plan.reason) == (0, 0, Reason.DONE)
    assert view.readiness is None


def test_missed_items_come_back_first(study: Study, clock: FakeClock) -> None:
    """Items missed two days ago are among the questions, whatever topic is weakest."""
    answer(study, clock, "T01", range(3), right=False)
    clock.advance(days=2)
    view = study.today.view()
    assert (view.missed, view.missed_due) == (3, 3)
    assert view.plan.practice is not None
    assert {f"x.t01.{n:03}" for n in range(3)} <= set(view.plan.practice.item_ids)


def test_the_weakest_topics_are_named(study: Study, clock: FakeClock) -> None:
    """Topics with five first answers and a shortfall, the largest need first; none is named to fill the list."""
    answer(study, clock, "L06", range(4), right=False)
    assert study.today.view().weakest == ()
    answer(study, clock, "L06", range(4, 5), right=False)
    answer(study, clock, "T01", range(10), right=False)
    assert [standing.id for standing in study.today.view().weakest] == ["T01", "L06"]


def test_a_topic_all_right_is_not_weak(study: Study, clock: FakeClock) -> None:
    """However heavy, a topic whose every answer was right is not among the weakest."""
    answer(study, clock, "L07", range(6))
    assert study.today.view().weakest == ()
    answer(study, clock, "L07", range(6, 7), right=False)
    assert [standing.id for standing in study.today.view().weakest] == ["L07"]


def test_questions_follow_the_exam(opened: OpenStudy, clock: FakeClock) -> None:
    """Before weak topics are known, the questions are of all the exam's topics as it weighs them; missed ones of
    other topics are one in ten at most.
    """
    whole = plenty()
    (exam,) = whole.blueprints
    law = replace(whole, blueprints=(replace(exam, domains=(replace(exam.domains[0], weight=1.0),)),), notes=())
    study = opened(law, exam_id="cmom", minutes_per_day=20)
    plan = study.today.view().plan
    assert plan.practice is not None
    assert Counter(item[2:5] for item in plan.practice.item_ids) in ({"l06": 6, "l07": 14}, {"l06": 7, "l07": 13})
    answer(study, clock, "T01", range(12), right=False)
    clock.advance(days=2)
    plan = study.today.view().plan
    assert plan.practice is not None
    drawn = Counter(item[2:5] for item in plan.practice.item_ids)
    assert 0 < drawn["t01"] <= drawn.total() // 10


def test_readiness_waits_for_evidence(study: Study, clock: FakeClock) -> None:
    """No number before fifty fresh items and eight in each domain; then a range around the weighted share."""
    answer(study, clock, "L06", range(30))
    answer(study, clock, "L07", range(20), right=False)
    readiness = study.today.view().readiness
    assert readiness is not None
    assert (readiness.fresh, readiness.mean, readiness.thin) == (50, None, (("Terms", 8),))
    answer(study, clock, "T01", range(6))
    readiness = study.today.view().readiness
    assert readiness is not None
    assert (readiness.low, readiness.thin) == (None, (("Terms", 2),))
    answer(study, clock, "T01", range(6, 8))
    readiness = study.today.view().readiness
    assert readiness is not None
    assert readiness.thin == ()
    assert readiness.mean == pytest.approx(0.75 * 30.5 / 51 + 0.25 * 8.5 / 9)
    assert None not in (readiness.low, readiness.mean, readiness.high)
    assert (readiness.low or 0.0) < (readiness.mean or 0.0) < (readiness.high or 0.0)
    assert (readiness.cut_score, readiness.cut_published) == (0.7, True)


def test_the_week_knows_days_off_and_blames_nobody(opened: OpenStudy, clock: FakeClock) -> None:
    """Studied, missed, off, today and open days; what was before the first day is open."""
    clock.advance(days=1)  # Tuesday
    study = opened(plenty(), days_off=frozenset({4, 7}))
    review_all(study, clock)
    clock.advance(days=3)  # Friday
    view = study.today.view()
    assert [day.state for day in view.week] == [
        DayState.OPEN,
        DayState.STUDIED,
        DayState.MISSED,
        DayState.OFF,
        DayState.TODAY,
        DayState.OPEN,
        DayState.OFF,
    ]
    assert [day.day for day in view.week] == [MONDAY + timedelta(days=n) for n in range(7)]
    assert (view.studied_days, view.planned_days) == (1, 5)
    clock.advance(days=7)
    assert study.today.view().week[0].state is DayState.MISSED


def test_the_countdown(opened: OpenStudy, clock: FakeClock) -> None:
    """Days left are counted by study days, and in the last two weeks the exam is the reason."""
    study = opened(plenty(), exam_id="cmom", exam_date=date(2026, 12, 8))
    review_all(study, clock)
    clock.advance(days=1)
    view = study.today.view()
    assert (view.days_left, view.plan.reason) == (14, Reason.EXAM_NEAR)
    clock.at -= timedelta(days=1)
    assert study.today.view().days_left == 15
    clock.advance(days=20)
    view = study.today.view()
    assert view.days_left == -5
    assert view.plan.reason is Reason.DUE_CARDS


def test_open_attempts_are_offered(study: Study) -> None:
    """A quiz begun and left is there to go on with."""
    runner = study.practice.start(PracticeSpec(PracticeFilter(), length=5, title="Mine"))
    (found,) = study.today.view().open_attempts
    assert (found.attempt_id, found.title, found.n, found.answered) == (runner.attempt.id, "Mine", 5, 0)


def test_marked_items_are_counted(study: Study) -> None:
    """Marking an item shows on Today."""
    runner = study.practice.start(PracticeSpec(PracticeFilter(), length=5))
    runner.set_marked(0, True)  # noqa: FBT003 - the name says it
    assert study.today.view().marked == 1
