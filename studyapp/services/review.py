"""Flashcards: which card comes next, grading it, taking it back."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from studyapp.domain.answer_diff import AnswerDiff
from studyapp.domain.memory import Rating
from studyapp.domain.note import AnyNote, Card, CardFace
from studyapp.services.changes import Changes

__all__ = [
    "AnswerDiff",
    "CardView",
    "GradeChoice",
    "QueueCounts",
    "Rating",
    "ReviewScope",
    "ReviewService",
    "ReviewSession",
    "ReviewSummary",
]


@dataclass(frozen=True, slots=True)
class ReviewScope:
    """What to review: leaf topics (empty means all) and whether to go past today's limits.

    `ahead` also serves cards that are not due yet, soonest first, when nothing else is left;
    `card_ids` restricts to these cards (e.g. "review this card now").
    """

    topics: frozenset[str] = frozenset()
    ahead: bool = False
    card_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """Cards still to come today within the limits."""

    new: int
    learning: int
    due: int

    @property
    def total(self) -> int:
        return self.new + self.learning + self.due


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """One grade button: the rating and when the card would come back.

    Exactly one of `minutes` (again today) and `days` is not None.
    """

    rating: Rating
    minutes: int | None
    days: int | None


@dataclass(frozen=True, slots=True)
class CardView:
    """The card to show with everything its screen needs."""

    card: Card
    note: AnyNote
    face: CardFace
    topic_title: str
    state: str  # "new" | "learning" | "review"
    choices: tuple[GradeChoice, GradeChoice, GradeChoice, GradeChoice]
    flagged: bool
    leech: bool
    lapses: int


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """A finished or interrupted session."""

    reviewed: int
    again: int
    hard: int
    good: int
    easy: int
    new_learned: int
    seconds: float
    due_tomorrow: int
    next_due: date | None


class ReviewSession(Protocol):
    """A running session. Every grade is committed before `current` changes."""

    @property
    def current(self) -> CardView | None: ...
    @property
    def counts(self) -> QueueCounts: ...
    @property
    def can_undo(self) -> bool: ...
    def compare(self, typed: str) -> AnswerDiff: ...
    def grade(self, rating: Rating, *, duration_ms: int, response: str = "") -> Changes: ...
    def undo(self) -> Changes: ...
    def suspend(self) -> Changes: ...
    def bury(self) -> Changes: ...
    def set_flag(self, flagged: bool) -> Changes: ...
    def report(self, text: str) -> Changes: ...
    def reload_current(self) -> None:
        """Read the current card again after its note was edited."""
        ...

    def summary(self) -> ReviewSummary: ...


class ReviewService(Protocol):
    """Sessions and counts."""

    def counts(self, scope: ReviewScope) -> QueueCounts: ...
    def counts_by_topic(self) -> dict[str, QueueCounts]: ...
    def start(self, scope: ReviewScope) -> ReviewSession: ...
    def unsuspend(self, card_ids: tuple[str, ...]) -> Changes: ...
