"""What quizzes and exams are assembled from, and the attempt that comes of it."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from studyapp.domain.attempt import Attempt, AttemptKind, AttemptState, Feedback, Slot
from studyapp.domain.form import Candidate
from studyapp.domain.item import Confidence, DifficultyBand, ItemType, band_of
from studyapp.domain.option_order import option_order
from studyapp.domain.study_day import from_ms
from studyapp.services.desk import Desk
from studyapp.storage import entries, responses
from studyapp.storage.responses import ItemFacts

FIRST_RETURN_DAYS = 2
SECOND_RETURN_DAYS = 7
_ENOUGH = 5


class ItemStatus(StrEnum):
    """What the learner's history says of an item; an item can have several."""

    UNSEEN = "unseen"
    MISSED = "missed"  # last answer was wrong
    MARKED = "marked"
    UNSURE = "unsure"  # last answer was a guess or unsure
    SLOW = "slow"  # last answer took over twice the learner's median for its type
    DUE = "due"  # missed 2 days ago or more and right on no later day, or 7 days ago and right on one


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item that can be asked, with its statuses today."""

    facts: ItemFacts
    statuses: frozenset[ItemStatus]

    @property
    def band(self) -> DifficultyBand:
        """Its difficulty in words."""
        return band_of(self.facts.difficulty)


@dataclass(frozen=True, slots=True)
class ItemBank:
    """Every item that practice and exams may ask, and the cases that hold some of them together."""

    items: tuple[BankItem, ...]
    cases: dict[str, str]

    @property
    def begun(self) -> bool:
        """Whether the learner has answered any of them."""
        return any(item.facts.last_score is not None for item in self.items)

    def candidates(self) -> list[Candidate]:
        """The items as form and quiz drawing take them."""
        return [
            Candidate(
                id=item.facts.id,
                topic=item.facts.topic,
                difficulty=item.facts.difficulty,
                case_id=self.cases.get(item.facts.id, ""),
                last_seen=item.facts.seen_ms,
            )
            for item in self.items
        ]


def read_bank(desk: Desk, day: int = 0, *, cases: bool = True) -> ItemBank:
    """Every item but retired and reserved ones, with its statuses on the study day `day`."""
    with desk.database.read() as session:
        facts = responses.facts(session, desk.profile_id)
        durations = responses.latest_durations(session, desk.profile_id)
        found_cases = responses.case_ids(session) if cases else {}
    usual = _medians(durations)
    items = tuple(BankItem(item, _statuses(item, day, usual)) for item in facts if not item.reserved)
    return ItemBank(items, found_cases)


def new_attempt(
    desk: Desk,
    order: Iterable[tuple[str, str]],
    rng: random.Random,
    *,
    seed: int,
    kind: AttemptKind,
    title: str,
    feedback: Feedback,
    blueprint_id: str = "",
    time_limit_s: int | None = None,
) -> Attempt:
    """An open attempt over these (item, domain) pairs, its options shuffled by `rng`, which `seed` began."""
    slots = []
    with desk.database.read() as session:
        for position, (item_id, domain) in enumerate(order):
            shown = option_order(entries.item(session, item_id), rng)
            slots.append(Slot(position, item_id, domain, shown))
    return Attempt(
        id=desk.new_id(),
        kind=kind,
        title=title,
        blueprint_id=blueprint_id,
        feedback=feedback,
        state=AttemptState.OPEN,
        seed=seed,
        slots=tuple(slots),
        position=0,
        started_at=from_ms(desk.now_ms()),
        time_limit_s=time_limit_s,
    )


def _medians(durations: Iterable[tuple[ItemType, int]]) -> dict[ItemType, float]:
    """The usual milliseconds by type, for types answered often enough to tell."""
    by_type: dict[ItemType, list[int]] = {}
    for kind, duration in durations:
        by_type.setdefault(kind, []).append(duration)
    return {kind: median(found) for kind, found in by_type.items() if len(found) >= _ENOUGH}


def _statuses(facts: ItemFacts, day: int, usual: dict[ItemType, float]) -> frozenset[ItemStatus]:
    found = set()
    if facts.marked:
        found.add(ItemStatus.MARKED)
    if facts.last_score is None:
        found.add(ItemStatus.UNSEEN)
        return frozenset(found)
    if facts.last_score < 1.0:
        found.add(ItemStatus.MISSED)
    if facts.last_confidence in {Confidence.GUESS, Confidence.UNSURE}:
        found.add(ItemStatus.UNSURE)
    if facts.type in usual and (facts.last_duration_ms or 0) > 2 * usual[facts.type]:
        found.add(ItemStatus.SLOW)
    if facts.wrong_day is not None:
        waited = day - facts.wrong_day
        returns = {0: FIRST_RETURN_DAYS, 1: SECOND_RETURN_DAYS}
        if facts.right_since in returns and waited >= returns[facts.right_since]:
            found.add(ItemStatus.DUE)
    return frozenset(found)
