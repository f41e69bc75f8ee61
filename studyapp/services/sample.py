"""A deterministic sample learner: six weeks of study done through the real services, for pictures and benchmarks."""

import random
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from studyapp.domain.attempt import Feedback
from studyapp.domain.bank import Bank
from studyapp.domain.cloze import deletions
from studyapp.domain.item import AnyItem, ChoiceItem, ClozeItem, Confidence, NumericItem, Response, TextItem
from studyapp.domain.memory import Rating
from studyapp.services.attempts import AttemptRunner
from studyapp.services.exam import Length
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import ReviewScope
from studyapp.services.settings import Settings
from studyapp.services.study import Study, open_study

SAMPLE_TODAY = date(2026, 11, 23)
WEEKS = 6
DAYS_OFF = frozenset({5, 7})


class SampleClock:
    """A clock that stands still until moved; local time is five hours behind UTC all year."""

    def __init__(self, at: datetime) -> None:
        self._now = at
        self._monotonic = 0.0

    def now(self) -> datetime:
        return self._now

    def offset(self, at: datetime) -> timedelta:
        return timedelta(hours=-5)

    def monotonic(self) -> float:
        return self._monotonic

    def move(self, seconds: float) -> None:
        """Let `seconds` pass."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_evening(self, day: date) -> None:
        """Jump to 19:10 local time of `day`."""
        self._now = datetime.combine(day, time(19, 10), UTC) + timedelta(hours=5)


def open_sample(folder: Path, bank: Bank, *, seed: int = 7, weeks: int = WEEKS) -> tuple[Study, SampleClock]:
    """A study in `folder` whose learner has `weeks` weeks behind them and an exam in 41 days."""
    rng = random.Random(seed)
    clock = SampleClock(datetime(2026, 10, 1, tzinfo=UTC))
    clock.set_evening(SAMPLE_TODAY - timedelta(weeks=weeks))
    study = open_study(folder, clock, rng, bank)
    exam = next((blueprint.id for blueprint in bank.blueprints if blueprint.id == "cmom"), "")
    study.settings.save(
        Settings(
            welcomed=True,
            name="Sample learner",
            exam_id=exam,
            exam_date=SAMPLE_TODAY + timedelta(days=41),
            minutes_per_day=40,
            days_off=DAYS_OFF,
            new_cards_per_day=10,
        )
    )
    skill = {topic.id: rng.betavariate(5, 2.6) for topic in bank.taxonomy.topics}
    for back in range(weeks * 7, 0, -1):
        day = SAMPLE_TODAY - timedelta(days=back)
        if day.isoweekday() in DAYS_OFF or rng.random() < 0.12:
            continue
        clock.set_evening(day)
        _review(study, clock, rng, skill, limit=45)
        _quiz(study, clock, rng, skill)
        if exam and back in {20, 6}:
            _exam(study, clock, rng, skill, exam)
    clock.set_evening(SAMPLE_TODAY)
    return study, clock


def _review(study: Study, clock: SampleClock, rng: random.Random, skill: dict[str, float], limit: int) -> None:
    session = study.review.start(ReviewScope())
    for _ in range(limit):
        view = session.current
        if view is None:
            return
        seconds = rng.uniform(4, 14)
        clock.move(seconds)
        known = rng.random() < 0.72 + 0.25 * skill[view.card.topic]
        rating = rng.choices([Rating.HARD, Rating.GOOD, Rating.EASY], [1, 8, 1])[0] if known else Rating.AGAIN
        session.grade(rating, duration_ms=int(seconds * 1000))


def _quiz(study: Study, clock: SampleClock, rng: random.Random, skill: dict[str, float]) -> None:
    spec = PracticeSpec(PracticeFilter(), length=rng.choice([5, 8, 10]), feedback=Feedback.TUTOR)
    runner = study.practice.start(spec)
    for slot in runner.attempt.slots:
        _answer(runner, slot.position, clock, rng, skill)
        runner.lock(slot.position)
        if rng.random() < 0.04:
            runner.set_marked(slot.position, True)  # noqa: FBT003  the meaning is in the method's name
    runner.submit()


def _exam(study: Study, clock: SampleClock, rng: random.Random, skill: dict[str, float], exam: str) -> None:
    runner = study.exams.start(exam, Length.QUARTER)
    for slot in runner.attempt.slots:
        runner.go_to(slot.position)
        _answer(runner, slot.position, clock, rng, skill)
    runner.submit()


def _answer(
    runner: AttemptRunner, position: int, clock: SampleClock, rng: random.Random, skill: dict[str, float]
) -> None:
    item = runner.item(position)
    clock.move(rng.uniform(15, 80))
    runner.tick()
    right = rng.random() < skill[item.topic] * 0.6 + item.difficulty * 0.4
    runner.answer(position, response_to(item, right=right, rng=rng))
    weights = [1, 3, 8] if right else [4, 5, 2]
    runner.set_confidence(position, rng.choices(list(Confidence), weights)[0])


def response_to(item: AnyItem, *, right: bool, rng: random.Random) -> Response:
    """A right or a wrong response to any item."""
    if isinstance(item, ChoiceItem):
        wrong = [option.id for option in item.options if not option.correct]
        return Response(chosen=item.key if right else frozenset({rng.choice(wrong)}))
    if isinstance(item, NumericItem):
        return Response(text=f"{item.value if right else item.value * 2 + item.tolerance + 1:g}")
    if isinstance(item, TextItem):
        return Response(text=item.accept[0] if right else "not sure")
    assert isinstance(item, ClozeItem)
    return Response(blanks=tuple(blank.answer if right else "not sure" for blank in deletions(item.stem)))
