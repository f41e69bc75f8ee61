"""States of a day for the Today screen, as its service tells them."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from studyapp.domain.attempt import AttemptKind
from studyapp.services.attempts import OpenAttempt
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.progress import Standing
from studyapp.services.review import QueueCounts, ReviewScope
from studyapp.services.today import DayState, Readiness, Reason, TodayPlan, TodayView, WeekDay

MONDAY = date(2026, 11, 23)
REVIEW = ReviewScope()
QUESTIONS = PracticeSpec(PracticeFilter(topics=frozenset({"L12"})), 12)

WEAK = Standing(
    id="L12",
    title="Anti-kickback & safe harbors",
    parent_title="Compliance",
    n=23,
    right=11.5,
    mean=0.5,
    low=0.38,
    high=0.61,
    weight=0.125,
    wide=False,
    more=0,
    need=0.06,
    topics=("L12",),
)
PLAN = TodayPlan(
    minutes_planned=40,
    minutes_done=0,
    minutes_left=40,
    cards=34,
    questions=12,
    review=REVIEW,
    practice=QUESTIONS,
    reason=Reason.WEAK_TOPICS,
    topic_titles=("Denials", "Safe harbors"),
)
DONE = TodayPlan(
    minutes_planned=40,
    minutes_done=41.4,
    minutes_left=0,
    cards=0,
    questions=0,
    review=None,
    practice=None,
    reason=Reason.DONE,
    topic_titles=(),
)
READY = Readiness(low=0.58, high=0.79, mean=0.69, fresh=212, cut_score=0.7, cut_published=True, thin=())
TOO_FEW = Readiness(
    low=None, high=None, mean=None, fresh=23, cut_score=0.7, cut_published=True, thin=(("Managed care", 8),)
)
OPEN_EXAM = OpenAttempt(
    "exam-1", AttemptKind.EXAM, "CMOM, full length", 43, 100, datetime(2026, 11, 23, tzinfo=UTC), 8047
)
OPEN_QUIZ = OpenAttempt("quiz-1", AttemptKind.PRACTICE, "", 3, 10, datetime(2026, 11, 23, tzinfo=UTC), None)

STATES = (
    DayState.STUDIED,
    DayState.TODAY,
    DayState.OPEN,
    DayState.OPEN,
    DayState.OFF,
    DayState.OPEN,
    DayState.OFF,
)


def day(**changes: object) -> TodayView:
    """An ordinary evening, with changes."""
    view = TodayView(
        day=MONDAY,
        profile_name="",
        exam_title="Certified Medical Office Manager (CMOM)",
        exam_date=MONDAY + timedelta(days=41),
        days_left=41,
        plan=PLAN,
        queue=QueueCounts(new=12, learning=3, due=42),
        missed=18,
        missed_due=4,
        marked=6,
        weakest=(WEAK,),
        readiness=READY,
        week=tuple(WeekDay(MONDAY + timedelta(days=place), state) for place, state in enumerate(STATES)),
        studied_days=1,
        planned_days=5,
        open_attempts=(),
    )
    return replace(view, **changes)  # type: ignore[arg-type]  # the names are the view's own


@dataclass
class FixedToday:
    """The service on a given day."""

    shown: TodayView

    def view(self) -> TodayView:
        return self.shown
