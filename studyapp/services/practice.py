"""Quizzes: the builder with its live counts, presets, and starting one."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import msgspec

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, Feedback
from studyapp.domain.blueprint import Domain
from studyapp.domain.form import assemble
from studyapp.domain.item import DifficultyBand, ItemType
from studyapp.domain.practice_draw import begin_with, draw_quiz, in_order
from studyapp.services.assembling import BankItem, ItemBank, ItemStatus, new_attempt, read_bank
from studyapp.services.attempts import AttemptRunner, AttemptService
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk
from studyapp.services.progress import ProgressService, Standing
from studyapp.services.settings import SettingsService
from studyapp.storage import catalogue, presets

__all__ = ["FilterCounts", "ItemStatus", "PracticeFilter", "PracticeService", "PracticeSpec", "Preset"]

PLACEMENT_ITEMS = 20
LONGEST = 100
_WEAK_TOPICS = 3


@dataclass(frozen=True, slots=True)
class PracticeFilter:
    """Which items; an empty set means no restriction in that respect."""

    topics: frozenset[str] = frozenset()
    statuses: frozenset[ItemStatus] = frozenset()
    types: frozenset[ItemType] = frozenset()
    bands: frozenset[DifficultyBand] = frozenset()


@dataclass(frozen=True, slots=True)
class FilterCounts:
    """Live counts. Each facet counts with the other facets' restrictions applied and its own left out."""

    total: int
    by_topic: dict[str, int]
    by_status: dict[ItemStatus, int]
    by_type: dict[ItemType, int]
    by_band: dict[DifficultyBand, int]


@dataclass(frozen=True, slots=True)
class PracticeSpec:
    """A quiz to be built: 5 to 100 items (fewer when fewer match), `minutes` None for untimed.

    With `by_exam` the topics of the learner's exam come as it weighs them, and others are one in ten at most; without,
    topics come in turn.
    """

    filter: PracticeFilter
    length: int = 10
    feedback: Feedback = Feedback.TUTOR
    minutes: int | None = None
    title: str = ""
    item_ids: tuple[str, ...] = ()  # exactly these items, in place of the filter (missed-only retake)
    by_exam: bool = False


def ten_questions() -> PracticeSpec:
    """Ten questions from everywhere, or as the learner's exam weighs its topics."""
    return PracticeSpec(PracticeFilter(), 10, by_exam=True)


def questions_with(status: ItemStatus) -> PracticeSpec:
    """Up to twenty questions in one state, e.g. missed."""
    return PracticeSpec(PracticeFilter(statuses=frozenset({status})), 20)


@dataclass(frozen=True, slots=True)
class Preset:
    """A saved builder setting."""

    id: str
    name: str
    spec: PracticeSpec


class PracticeService:
    """Quizzes."""

    def __init__(
        self, desk: Desk, settings: SettingsService, attempts: AttemptService, progress: ProgressService
    ) -> None:
        self._desk = desk
        self._settings = settings
        self._attempts = attempts
        self._progress = progress

    def counts(self, chosen: PracticeFilter) -> FilterCounts:
        """How many items match, and how many each choice within a facet would bring."""
        tests = _tests(chosen)
        counts = FilterCounts(0, {}, {}, {}, {})
        total = 0
        for item in self._items():
            failed = [facet for facet, passes in tests.items() if not passes(item)]
            if len(failed) > 1:
                continue
            # An item that fails in one facet only would be there if that facet were let go.
            total += not failed
            for facet in failed or tests:
                _count(counts, facet, item)
        return replace(counts, total=total)

    def start(self, spec: PracticeSpec) -> AttemptRunner:
        """Draw, shuffle by a stored seed and open the quiz; unseen items first where the filter does not say otherwise.

        Before anything was ever answered, a quiz without chosen topics is of the exam's, and any quiz begins with a
        single-answer item of easy or medium difficulty where it can have one.

        Raises:
            StudyAppError: nothing matches, or the length is not from 1 to 100.
        """
        if not spec.item_ids and not 1 <= spec.length <= LONGEST:
            raise StudyAppError(f"A quiz has 1 to {LONGEST} questions.", "Choose another length.")
        bank = read_bank(self._desk, self._day())
        seed = self._desk.rng.getrandbits(63)
        rng = random.Random(seed)
        drawn = self._drawn(spec, bank, rng)
        if not drawn:
            raise StudyAppError("No question matches.", "Choose more topics, or take a restriction away.")
        attempt = new_attempt(
            self._desk,
            [(item_id, "") for item_id in drawn],
            rng,
            seed=seed,
            kind=AttemptKind.PRACTICE,
            title=spec.title,
            feedback=spec.feedback,
            time_limit_s=None if spec.minutes is None else max(1, spec.minutes) * 60,
        )
        return self._attempts.begin(attempt, spec=_encode(spec))

    def start_placement(self) -> AttemptRunner:
        """A 20-item placement quiz spread over the exam's domains (or subjects), test feedback.

        Raises:
            StudyAppError: the bank has no items.
        """
        exam = self._progress.exam()
        domains = exam.domains if exam is not None else self._subjects()
        seed = self._desk.rng.getrandbits(63)
        rng = random.Random(seed)
        bank = read_bank(self._desk, self._day())
        form = assemble(domains, PLACEMENT_ITEMS, bank.candidates(), rng) if domains else None
        if form is None or not form.order:
            raise StudyAppError("There are no questions yet.", "Add questions in the library.")
        gentle = _gentle_first(bank)
        first = next((item_id for item_id, _ in form.order if item_id in gentle), "")
        attempt = new_attempt(
            self._desk,
            # The sort is stable: the others stay as they are.
            sorted(form.order, key=lambda pair: pair[0] != first),
            rng,
            seed=seed,
            kind=AttemptKind.PLACEMENT,
            title="" if exam is None else exam.title,
            blueprint_id="" if exam is None else exam.id,
            feedback=Feedback.TEST,
        )
        return self._attempts.begin(attempt)

    def retake_missed(self, attempt_id: str) -> AttemptRunner:
        """A quiz, with feedback after each answer, of the items that a finished attempt missed or left out.

        Raises:
            StudyAppError: everything was right, or the attempt is not finished.
        """
        result = self._attempts.result(attempt_id)
        missed = tuple(slot.item.id for slot in result.slots if slot.score < 1.0)
        if not missed:
            raise StudyAppError("Nothing was missed in that attempt.", "Start another quiz.")
        return self.start(PracticeSpec(PracticeFilter(), length=len(missed), title=result.title, item_ids=missed))

    def weakest(self, length: int = 10) -> PracticeSpec:
        """A quiz on the weakest topics of the learner's exam."""
        topics = weakest_topics(self._progress.topics(), self._items(), length)
        return PracticeSpec(PracticeFilter(topics=topics), length=length, by_exam=True)

    def presets(self) -> tuple[Preset, ...]:
        """Saved builder settings, by name. One that a newer version wrote and this one cannot read is left out."""
        with self._desk.database.read() as session:
            rows = presets.read(session, self._desk.profile_id)
        found = []
        for preset_id, name, spec in rows:
            try:
                found.append(Preset(preset_id, name, msgspec.json.decode(spec, type=PracticeSpec)))
            except msgspec.MsgspecError:
                continue
        return tuple(found)

    def save_preset(self, name: str, spec: PracticeSpec) -> Changes:
        """Keep a builder setting under a name; one of the same name is replaced.

        Raises:
            StudyAppError: the name is empty.
        """
        if not name.strip():
            raise StudyAppError("A preset needs a name.", "Type one.")
        with self._desk.database.write() as session:
            presets.save(
                session,
                self._desk.profile_id,
                name.strip(),
                _encode(spec),
                preset_id=self._desk.new_id(),
                now_ms=self._desk.now_ms(),
            )
        return Changes.of(Area.SETTINGS)

    def delete_preset(self, preset_id: str) -> Changes:
        """Delete a saved builder setting."""
        with self._desk.database.write() as session:
            presets.delete(session, self._desk.profile_id, preset_id)
        return Changes.of(Area.SETTINGS)

    def _drawn(self, spec: PracticeSpec, bank: ItemBank, rng: random.Random) -> tuple[str, ...]:
        """Ids of the items of a quiz, in the order to ask them."""
        gentle, weights = _gentle_first(bank), None
        if spec.item_ids:
            pool = []
            drawn = in_order(spec.item_ids, bank.candidates(), rng)
        else:
            if spec.by_exam or (not bank.begun and not spec.filter.topics):
                exam = self._progress.exam()
                weights = None if exam is None else exam.topic_weights()
            checks = _tests(spec.filter).values()
            matching = {item.facts.id for item in bank.items if all(check(item) for check in checks)}
            pool = [candidate for candidate in bank.candidates() if candidate.id in matching]
            drawn = draw_quiz(pool, spec.length, rng, weights)
        firsts = [item_id for item_id in drawn if item_id in gentle]
        if not firsts:
            firsts = [*draw_quiz((candidate for candidate in pool if candidate.id in gentle), 1, rng, weights)]
        return begin_with(drawn, firsts[0]) if firsts else drawn

    def _day(self) -> int:
        return self._desk.moment(self._settings.get().day_starts_at).study_day

    def _items(self) -> tuple[BankItem, ...]:
        return read_bank(self._desk, self._day(), cases=False).items

    def _subjects(self) -> tuple[Domain, ...]:
        with self._desk.database.read() as session:
            subjects = catalogue.taxonomy(session).subjects
        return tuple(
            Domain(subject.id, subject.title, 1 / len(subjects), {topic.id: 1.0 for topic in subject.topics})
            for subject in subjects
        )


def _gentle_first(bank: ItemBank) -> frozenset[str]:
    """What a learner's very first quiz may begin with; empty once anything was answered. Cases are no quick start."""
    if bank.begun:
        return frozenset()
    return frozenset(
        item.facts.id
        for item in bank.items
        if item.facts.type is ItemType.SINGLE
        and item.band is not DifficultyBand.HARD
        and item.facts.id not in bank.cases
    )


def weakest_topics(standings: Iterable[Standing], items: Iterable[BankItem], length: int) -> frozenset[str]:
    """The first of these standings, weakest first: three, or as many as it takes to have `length` items."""
    supply = Counter(item.facts.topic for item in items)
    chosen: list[str] = []
    for standing in standings:
        enough = len(chosen) >= _WEAK_TOPICS and sum(supply[topic] for topic in chosen) >= length
        if enough or (chosen and standing.need == 0):
            break
        chosen.append(standing.id)
    return frozenset(chosen)


def _tests(chosen: PracticeFilter) -> dict[str, Callable[[BankItem], bool]]:
    """For each facet, whether an item passes it; an empty facet lets everything pass."""
    return {
        "topics": lambda item: not chosen.topics or item.facts.topic in chosen.topics,
        "statuses": lambda item: not chosen.statuses or bool(item.statuses & chosen.statuses),
        "types": lambda item: not chosen.types or item.facts.type in chosen.types,
        "bands": lambda item: not chosen.bands or item.band in chosen.bands,
    }


def _count(counts: FilterCounts, facet: str, item: BankItem) -> None:
    """Count an item in one facet."""
    match facet:
        case "topics":
            counts.by_topic[item.facts.topic] = counts.by_topic.get(item.facts.topic, 0) + 1
        case "types":
            counts.by_type[item.facts.type] = counts.by_type.get(item.facts.type, 0) + 1
        case "bands":
            counts.by_band[item.band] = counts.by_band.get(item.band, 0) + 1
        case _:
            for status in item.statuses:
                counts.by_status[status] = counts.by_status.get(status, 0) + 1


def _encode(spec: PracticeSpec) -> str:
    return msgspec.json.encode(spec).decode()
