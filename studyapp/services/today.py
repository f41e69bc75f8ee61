"""What to do now."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from studyapp.domain import mastery
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.practice_draw import OFF_EXAM, draw_quiz
from studyapp.domain.study_day import week_of
from studyapp.services.assembling import ItemBank, read_bank
from studyapp.services.attempts import AttemptService, OpenAttempt
from studyapp.services.desk import Desk, Moment
from studyapp.services.pace import CARD_S, NEW_CARD_PASSES, QUESTION_S, seconds_each
from studyapp.services.practice import ItemStatus, PracticeFilter, PracticeSpec, weakest_topics
from studyapp.services.progress import Activity, ProgressService, Standing
from studyapp.services.review import QueueCounts, ReviewScope, ReviewService
from studyapp.services.review_queue import ReviewQueue
from studyapp.services.settings import Settings, SettingsService
from studyapp.storage import responses, reviews

ENOUGH_FRESH = 50
ENOUGH_IN_DOMAIN = 8
EXAM_NEAR_DAYS = 14
MOST_QUESTIONS = 40
ENOUGH_IN_TOPIC = 5
_WEAKEST = 3


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
    """Everything the Today screen shows.

    `weakest` names up to three topics, those with the largest need first, of which five first answers or more are known
    and not all were right; it may be empty.
    """

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


class TodayService:
    """Today."""

    def __init__(
        self,
        desk: Desk,
        settings: SettingsService,
        *,
        review: ReviewService,
        attempts: AttemptService,
        progress: ProgressService,
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._review = review
        self._attempts = attempts
        self._progress = progress

    def view(self) -> TodayView:
        """What there is to do and to know now."""
        wishes = self._settings.get()
        moment = self._desk.moment(wishes.day_starts_at)
        standings = self._progress.sheet()
        exam, topics = standings.exam, standings.topics()
        bank = read_bank(self._desk, moment.study_day, cases=False)
        queue = self._review.queue(ReviewScope(), moment)
        days_left = None if wishes.exam_date is None else wishes.exam_date.toordinal() - moment.study_day
        activity = self._progress.activity(moment.day.isoweekday())
        begun_before = self._studied_before(activity[0].day)
        week = _week(moment.day, activity, wishes.days_off, begun_before=begun_before)
        first_day = not begun_before and not any(day.cards or day.questions for day in activity)
        return TodayView(
            day=moment.day,
            profile_name=wishes.name,
            exam_title="" if exam is None else exam.title,
            exam_date=wishes.exam_date,
            days_left=days_left,
            plan=self._plan(
                wishes,
                moment,
                today=activity[-1],
                queue=queue,
                bank=bank,
                topics=topics,
                weights=standings.weights or {},
                first_day=first_day,
            ),
            queue=QueueCounts(new=len(queue.new), learning=len(queue.learning), due=len(queue.due)),
            missed=sum(ItemStatus.MISSED in item.statuses for item in bank.items),
            missed_due=sum(ItemStatus.DUE in item.statuses for item in bank.items),
            marked=sum(ItemStatus.MARKED in item.statuses for item in bank.items),
            weakest=tuple(standing for standing in topics if _is_weak(standing))[:_WEAKEST],
            readiness=None if exam is None else _readiness(exam, topics, standings.domains()),
            week=week,
            studied_days=sum(bool(day.cards or day.questions) for day in activity),
            planned_days=7 - len(wishes.days_off),
            open_attempts=self._attempts.open_attempts(),
        )

    def _plan(
        self,
        wishes: Settings,
        moment: Moment,
        *,
        today: Activity,
        queue: ReviewQueue,
        bank: ItemBank,
        topics: tuple[Standing, ...],
        weights: Mapping[str, float],
        first_day: bool,
    ) -> TodayPlan:
        left_s = max(0.0, (wishes.minutes_per_day - today.minutes) * 60.0)
        card_s, question_s = self._paces()
        chosen, cards_s = _choose_cards(queue, left_s, card_s, question_s if bank.items else None)
        spec = _questions(int((left_s - cards_s) / question_s), moment, bank, topics, weights)
        questions = 0 if spec is None else len(spec.item_ids)
        asked = {item.facts.topic for item in bank.items if spec is not None and item.facts.id in spec.item_ids}
        whole = len(chosen) == len(queue.learning) + len(queue.due) + len(queue.new)
        return TodayPlan(
            minutes_planned=wishes.minutes_per_day,
            minutes_done=today.minutes,
            minutes_left=left_s / 60.0,
            cards=len(chosen),
            questions=questions,
            review=None if not chosen else ReviewScope() if whole else ReviewScope(card_ids=chosen),
            practice=spec,
            reason=_reason(wishes, moment, len(chosen), questions, first_day=first_day),
            topic_titles=tuple(standing.title for standing in topics if standing.id in asked),
        )

    def _paces(self) -> tuple[float, float]:
        """Seconds a card and a question take."""
        with self._desk.database.read() as session:
            of_cards = reviews.latest_durations(session, self._desk.profile_id)
            of_questions = [duration for _, duration in responses.latest_durations(session, self._desk.profile_id)]
        return seconds_each(of_cards, CARD_S), seconds_each(of_questions, QUESTION_S)

    def _studied_before(self, day: date) -> bool:
        with self._desk.database.read() as session:
            return reviews.any_before(session, self._desk.profile_id, day.toordinal()) or responses.any_before(
                session, self._desk.profile_id, day.toordinal()
            )


def _is_weak(standing: Standing) -> bool:
    """Whether enough was answered to call the topic weak, and there is something to gain in it."""
    # Sums of thirds may miss a whole number by a rounding error.
    short = standing.right < standing.n - 1e-9
    return standing.n >= ENOUGH_IN_TOPIC and short and standing.need > 0


def _questions(
    count: int, moment: Moment, bank: ItemBank, topics: tuple[Standing, ...], weights: Mapping[str, float]
) -> PracticeSpec | None:
    """As many questions: missed ones whose time has come first (at most half), then the weakest topics.

    While no topic is known to be weak, all of the exam's come in their place. `weights` are the exam's, by topic.
    """
    count = min(count, MOST_QUESTIONS)
    if count <= 0 or not bank.items:
        return None
    # The day as seed: Today proposes the same questions however often it is looked at.
    rng = random.Random(moment.study_day)
    returning = [item.facts for item in bank.items if ItemStatus.DUE in item.statuses]
    returning.sort(key=lambda facts: (facts.wrong_day or 0, facts.id))
    if weights:
        off_exam = [facts.id for facts in returning if facts.topic not in weights][count // OFF_EXAM :]
        returning = [facts for facts in returning if facts.id not in off_exam]
    chosen = [facts.id for facts in returning[: (count + 1) // 2]]
    weak = weakest_topics(topics, bank.items, count)
    if weights and not any(map(_is_weak, topics)):
        weak = frozenset(standing.id for standing in topics if standing.weight) or weak
    fresh = [candidate for candidate in bank.candidates() if candidate.topic in weak and candidate.id not in chosen]
    chosen += draw_quiz(fresh, count - len(chosen), rng, weights)
    return PracticeSpec(PracticeFilter(topics=weak), length=len(chosen), item_ids=tuple(chosen)) if chosen else None


def _readiness(exam: Blueprint, topics: tuple[Standing, ...], domains: tuple[Standing, ...]) -> Readiness:
    answered = {topic: standing.n for standing in topics for topic in standing.topics}
    # A leaf in two domains is evidence for both, but its answers are counted once.
    fresh = sum(answered.get(topic, 0) for topic in exam.topic_weights())
    thin = tuple(
        (standing.title, ENOUGH_IN_DOMAIN - standing.n) for standing in domains if standing.n < ENOUGH_IN_DOMAIN
    )
    known = fresh >= ENOUGH_FRESH and not thin
    share = mastery.blend([(domain.weight or 0.0, domain.right, domain.n) for domain in domains]) if known else None
    return Readiness(
        low=None if share is None else share.low,
        high=None if share is None else share.high,
        mean=None if share is None else share.mean,
        fresh=fresh,
        cut_score=exam.cut_score,
        cut_published=exam.cut_published,
        thin=thin,
    )


def _choose_cards(
    queue: ReviewQueue, left_s: float, card_s: float, question_s: float | None
) -> tuple[tuple[str, ...], float]:
    """The cards that fit, and the seconds they take: all that wait or are due first, then new ones.

    New cards take at most half of what is then left when there are questions to ask too.
    """
    waiting = [card_id for _, card_id in queue.learning] + list(queue.due)
    chosen = waiting[: int(left_s / card_s)]
    spent_s = len(chosen) * card_s
    new_s = card_s * NEW_CARD_PASSES
    room_s = (left_s - spent_s) / (2.0 if question_s is not None else 1.0)
    new = list(queue.new)[: int(room_s / new_s)]
    return (*chosen, *new), spent_s + len(new) * new_s


def _reason(wishes: Settings, moment: Moment, cards: int, questions: int, *, first_day: bool) -> Reason:
    if not cards and not questions:
        return Reason.DONE
    if first_day:
        return Reason.FIRST_DAY
    if wishes.exam_date is not None and 0 <= wishes.exam_date.toordinal() - moment.study_day <= EXAM_NEAR_DAYS:
        return Reason.EXAM_NEAR
    return Reason.DUE_CARDS if cards else Reason.WEAK_TOPICS


def _week(
    today: date, activity: tuple[Activity, ...], days_off: frozenset[int], *, begun_before: bool
) -> tuple[WeekDay, ...]:
    """This week; a day before the learner's very first is open, not missed."""
    studied = {day.day for day in activity if day.cards or day.questions}
    first = None if begun_before else min(studied, default=today)
    return tuple(WeekDay(day, _day_state(day, today, studied, days_off, first)) for day in week_of(today))


def _day_state(day: date, today: date, studied: set[date], days_off: frozenset[int], first: date | None) -> DayState:
    if day in studied:
        return DayState.STUDIED
    if day == today:
        return DayState.TODAY
    if day.isoweekday() in days_off:
        return DayState.OFF
    return DayState.OPEN if day > today or (first is not None and day < first) else DayState.MISSED
