"""What to do now."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from studyapp.services.attempts import OpenAttempt
from studyapp.services.practice import PracticeSpec
from studyapp.services.progress import Standing
from studyapp.services.review import QueueCounts, ReviewScope


class DayState(StrEnum):
    """A day of the week strip."""

    STUDIED = "studied"
    TODAY = "today"
    OPEN = "open"
    OFF = "off"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of this week (Monday first)."""

    day: date
    state: DayState


class Reason(StrEnum):
    """Why this session is the best next one; the screen words it."""

    DUE_CARDS = "due_cards"
    WEAK_TOPICS = "weak_topics"
    FIRST_DAY = "first_day"
    DONE = "done"
    EXAM_NEAR = "exam_near"


@dataclass(frozen=True, slots=True)
class TodayPlan:
    """The best next session within today's minutes: cards first, then questions.

    `cards` and `questions` are what fits in `minutes_left`; either may be 0. `review` and `practice` start them.
    """

    minutes_planned: int
    minutes_done: float
    minutes_left: float
    cards: int
    questions: int
    review: ReviewScope | None
    practice: PracticeSpec | None
    reason: Reason
    topic_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Blueprint-weighted share of fresh questions right, as a 90 % range; None until 50 fresh items and 8 a domain.

    No pass chance is claimed before the learning engine can honour it; `thin` names domains with too few answers
    and how many more each needs.
    """

    low: float | None
    high: float | None
    mean: float | None
    fresh: int
    cut_score: float
    cut_published: bool
    thin: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything the Today screen shows."""

    day: date
    profile_name: str
    exam_title: str
    exam_date: date | None
    days_left: int | None
    plan: TodayPlan
    queue: QueueCounts
    missed: int
    missed_due: int
    marked: int
    weakest: tuple[Standing, ...]
    readiness: Readiness | None
    week: tuple[WeekDay, ...]
    studied_days: int
    planned_days: int
    open_attempts: tuple[OpenAttempt, ...]


class TodayService(Protocol):
    """Today."""

    def view(self) -> TodayView: ...
