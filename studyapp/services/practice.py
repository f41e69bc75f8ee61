"""Quizzes: the builder with its live counts, presets, and starting one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from studyapp.domain.attempt import Feedback
from studyapp.domain.item import DifficultyBand, ItemType
from studyapp.services.attempts import AttemptRunner
from studyapp.services.changes import Changes


class ItemStatus(StrEnum):
    """What the learner's history says of an item; an item can have several."""

    UNSEEN = "unseen"
    MISSED = "missed"  # last answer was wrong
    MARKED = "marked"
    UNSURE = "unsure"  # last answer was a guess or unsure
    SLOW = "slow"  # last answer took over twice the learner's median for its type
    DUE = "due"  # missed about 2, then about 7 days ago and not right since


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
    """A quiz to be built: 5 to 100 items (fewer when fewer match), `minutes` None for untimed."""

    filter: PracticeFilter
    length: int = 10
    feedback: Feedback = Feedback.TUTOR
    minutes: int | None = None
    title: str = ""
    item_ids: tuple[str, ...] = ()  # exactly these items, in place of the filter (missed-only retake)


@dataclass(frozen=True, slots=True)
class Preset:
    """A saved builder setting."""

    id: str
    name: str
    spec: PracticeSpec


class PracticeService(Protocol):
    """Quizzes."""

    def counts(self, chosen: PracticeFilter) -> FilterCounts: ...
    def start(self, spec: PracticeSpec) -> AttemptRunner:
        """Draw, shuffle by a stored seed and open the quiz; unseen items first where the filter does not say otherwise.

        Raises:
            StudyAppError: nothing matches.
        """
        ...

    def start_placement(self) -> AttemptRunner:
        """A 20-item placement quiz spread over the exam's domains (or subjects), test feedback."""
        ...

    def retake_missed(self, attempt_id: str) -> AttemptRunner: ...
    def weakest(self, length: int = 10) -> PracticeSpec:
        """A quiz on the weakest topics of the learner's exam."""
        ...

    def presets(self) -> tuple[Preset, ...]: ...
    def save_preset(self, name: str, spec: PracticeSpec) -> Changes: ...
    def delete_preset(self, preset_id: str) -> Changes: ...
