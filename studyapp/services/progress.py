"""Where the learner stands: share right by topic, domain and subject, retention, activity, forecast."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from studyapp.domain import mastery
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.item import Confidence
from studyapp.domain.taxonomy import Taxonomy
from studyapp.services.desk import Desk
from studyapp.services.settings import SettingsService
from studyapp.storage import cards, catalogue, responses, reviews


@dataclass(frozen=True, slots=True)
class Standing:
    """First-attempt share right for a leaf, domain or subject, as a 90 % Jeffreys interval; shares in 0..1.

    Attributes:
        n: first attempts on fresh items (partial credit counts in part in `right`).
        weight: share of the learner's exam that this carries (0 when it is not on the exam; None without an exam).
        wide: the interval is wider than 0.35: not enough answers yet.
        more: how many more answers would narrow it below 0.35, about; never more than `unseen`.
        need: weight x shortfall, the order of weak topics.
        topics: the leaf ids behind it, for "practise these".
        unseen: fresh items left in them; reserved ones are not counted.
    """

    id: str
    title: str
    parent_title: str
    n: int
    right: float
    mean: float
    low: float
    high: float
    weight: float | None
    wide: bool
    more: int
    need: float
    topics: tuple[str, ...]
    unseen: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """What was done on one study day."""

    day: date
    cards: int
    questions: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Retention:
    """Share of reviews recalled (rating above Again) among cards that were due, by calendar week; n reviews."""

    week: date
    n: int
    recalled: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Answers given with this confidence: how many, how many right (a count), and the share's 90 % interval."""

    confidence: str
    n: int
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """Cards that fall due on a day if nothing else is learned."""

    day: date
    due: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything done so far."""

    days: int
    hours: float
    cards: int
    questions: int
    fresh: int


class ProgressService:
    """Progress. Each call is one or two aggregate queries; long ones belong in gui/jobs."""

    def __init__(self, desk: Desk, settings: SettingsService) -> None:
        self._desk = desk
        self._settings = settings

    def topics(self) -> tuple[Standing, ...]:
        """Every leaf with items, weakest (largest need) first; alike in need, in curriculum order."""
        return self.sheet().topics()

    def domains(self) -> tuple[Standing, ...]:
        """The domains of the learner's exam in blueprint order; empty without an exam."""
        return self.sheet().domains()

    def subjects(self) -> tuple[Standing, ...]:
        """The subjects, in curriculum order."""
        return self.sheet().subjects()

    def exam(self) -> Blueprint | None:
        """The blueprint of the learner's exam; None when there is none."""
        exam_id = self._settings.get().exam_id
        if not exam_id:
            return None
        with self._desk.database.read() as session:
            return catalogue.blueprint(session, exam_id)

    def activity(self, days: int) -> tuple[Activity, ...]:
        """The last `days` study days up to today, each once, also those without study."""
        today = self._today()
        since = today - days + 1
        with self._desk.database.read() as session:
            of_cards = reviews.activity(session, self._desk.profile_id, since)
            of_questions = responses.activity(session, self._desk.profile_id, since)
        found = []
        for day in range(since, today + 1):
            card_count, card_seconds = of_cards.get(day, (0, 0.0))
            question_count, question_seconds = of_questions.get(day, (0, 0.0))
            minutes = (card_seconds + question_seconds) / 60.0
            found.append(Activity(date.fromordinal(day), card_count, question_count, minutes))
        return tuple(found)

    def retention(self, weeks: int) -> tuple[Retention, ...]:
        """The last `weeks` calendar weeks up to this one; weeks without a card asked again are left out."""
        today = self._today()
        monday = today - (today - 1) % 7
        with self._desk.database.read() as session:
            rows = reviews.retention(session, self._desk.profile_id, monday - 7 * (weeks - 1))
        return tuple(Retention(date.fromordinal(week), n, recalled) for week, n, recalled in rows)

    def calibration(self) -> tuple[Calibration, ...]:
        """Guess, unsure and sure, in this order, as far as they were ever stated."""
        with self._desk.database.read() as session:
            stated = responses.by_confidence(session, self._desk.profile_id)
        found = []
        for confidence in Confidence:
            if confidence in stated:
                n, right = stated[confidence]
                interval = mastery.jeffreys(min(right, n), n)
                found.append(Calibration(confidence.value, n, right, interval.low, interval.high))
        return tuple(found)

    def forecast(self, days: int) -> tuple[Forecast, ...]:
        """Today (with what is overdue) and the days after it, `days` in all."""
        today = self._today()
        with self._desk.database.read() as session:
            due = cards.forecast(session, self._desk.profile_id, today, today + days)
        return tuple(Forecast(date.fromordinal(day), due.get(day, 0)) for day in range(today, today + days))

    def totals(self) -> Totals:
        """Everything done so far."""
        with self._desk.database.read() as session:
            of_cards = reviews.activity(session, self._desk.profile_id, 0)
            of_questions = responses.activity(session, self._desk.profile_id, 0)
            first = responses.first_by_topic(session, self._desk.profile_id)
        done = {day for days in (of_cards, of_questions) for day, (count, _) in days.items() if count}
        seconds = sum(spent for days in (of_cards, of_questions) for _, spent in days.values())
        return Totals(
            days=len(done),
            hours=seconds / 3600.0,
            cards=sum(count for count, _ in of_cards.values()),
            questions=sum(count for count, _ in of_questions.values()),
            fresh=sum(n for n, _ in first.values()),
        )

    def _today(self) -> int:
        return self._desk.moment(self._settings.get().day_starts_at).study_day

    def sheet(self) -> "StandingSheet":
        """What all standings are worked out from, read once, for a screen that shows several kinds."""
        exam = self.exam()
        with self._desk.database.read() as session:
            return StandingSheet(
                taxonomy=catalogue.taxonomy(session),
                exam=exam,
                weights=None if exam is None else exam.topic_weights(),
                first=responses.first_by_topic(session, self._desk.profile_id),
                items={topic: items for topic, (items, _) in catalogue.topic_counts(session).items()},
                fresh=responses.fresh_by_topic(session, self._desk.profile_id),
            )


@dataclass(frozen=True, slots=True)
class StandingSheet:
    """What standings are worked out from: first attempts, items and fresh ones by leaf, and the exam's weights."""

    taxonomy: Taxonomy
    exam: Blueprint | None
    weights: Mapping[str, float] | None
    first: Mapping[str, tuple[int, float]]
    items: Mapping[str, int]
    fresh: Mapping[str, int]

    def topics(self) -> tuple[Standing, ...]:
        """See `ProgressService.topics`."""
        standings = [
            self._standing(topic.id, topic.title, subject.title, (topic.id,))
            for subject in self.taxonomy.subjects
            for topic in subject.topics
            if self.items.get(topic.id)
        ]
        return tuple(sorted(standings, key=lambda standing: -standing.need))

    def domains(self) -> tuple[Standing, ...]:
        """See `ProgressService.domains`."""
        if self.exam is None:
            return ()
        return tuple(
            self._standing(domain.id, domain.title, self.exam.title, tuple(domain.topics), domain.weight)
            for domain in self.exam.domains
        )

    def subjects(self) -> tuple[Standing, ...]:
        """See `ProgressService.subjects`."""
        return tuple(
            self._standing(subject.id, subject.title, "", tuple(topic.id for topic in subject.topics))
            for subject in self.taxonomy.subjects
        )

    def _standing(
        self, id_: str, title: str, parent_title: str, topics: Iterable[str], weight: float | None = None
    ) -> Standing:
        """The standing over these leaves; `weight` is the sum of theirs unless given."""
        leaves = tuple(topics)
        answers = [self.first.get(topic, (0, 0.0)) for topic in leaves]
        n = sum(count for count, _ in answers)
        right = min(float(n), sum(score for _, score in answers))
        unseen = sum(self.fresh.get(topic, 0) for topic in leaves)
        interval = mastery.jeffreys(right, n)
        if weight is None and self.weights is not None:
            weight = sum(self.weights.get(topic, 0.0) for topic in leaves)
        return Standing(
            id=id_,
            title=title,
            parent_title=parent_title,
            n=n,
            right=right,
            mean=interval.mean,
            low=interval.low,
            high=interval.high,
            weight=weight,
            wide=interval.wide,
            more=min(mastery.answers_wanted(interval, n), unseen),
            need=mastery.need(weight, interval),
            topics=leaves,
            unseen=unseen,
        )
