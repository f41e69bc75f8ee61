"""The state of an attempt: a quiz, a placement or a timed exam, from its first item to its result.

An `Attempt` is a value. Every change is a function that returns a new one, so storage can write exactly
what changed and a killed program resumes from what was written.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from studyapp.domain.item import Confidence, Response


class AttemptKind(StrEnum):
    """What the attempt is."""

    PRACTICE = "practice"
    EXAM = "exam"
    PLACEMENT = "placement"


class AttemptState(StrEnum):
    """Where the attempt stands."""

    OPEN = "open"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class Feedback(StrEnum):
    """When the key is shown: after each answer (tutor) or at the end (test)."""

    TUTOR = "tutor"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Slot:
    """One item's place in an attempt.

    Attributes:
        position: 0-based place.
        domain: id of the blueprint's domain the item was drawn for; empty in practice.
        option_order: option ids in the order shown; empty for items without options.
        response: what was answered so far; None before any answer.
        locked: the key has been shown (tutor), so the response is final.
        struck: ids of options the learner struck out.
        duration_ms: time spent on the item in total.
        score: 0 to 1 once marked (on locking, or when the attempt is submitted), else None.
    """

    position: int
    item_id: str
    domain: str
    option_order: tuple[str, ...]
    response: Response | None = None
    confidence: Confidence | None = None
    flagged: bool = False
    struck: frozenset[str] = frozenset()
    duration_ms: int = 0
    locked: bool = False
    score: float | None = None

    @property
    def answered(self) -> bool:
        """True when there is a response that is not empty."""
        return self.response is not None and not self.response.empty


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt with its slots; times in UTC, `time_used_s` counts only while the attempt was on screen."""

    id: str
    kind: AttemptKind
    title: str
    blueprint_id: str
    feedback: Feedback
    state: AttemptState
    seed: int
    slots: tuple[Slot, ...]
    position: int
    started_at: datetime
    finished_at: datetime | None = None
    time_limit_s: int | None = None
    time_used_s: float = 0.0

    @property
    def time_left_s(self) -> float | None:
        """Seconds left, never below zero; None without a limit."""
        return None if self.time_limit_s is None else max(0.0, self.time_limit_s - self.time_used_s)

    @property
    def unanswered(self) -> tuple[int, ...]:
        """Positions without an answer."""
        return tuple(slot.position for slot in self.slots if not slot.answered)
