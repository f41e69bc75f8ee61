"""The state of an attempt: a quiz, a placement or a timed exam, from its first item to its result.

An `Attempt` is a value. Every change is a function that returns a new one, so storage can write exactly
what changed and a killed program resumes from what was written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from studyapp.core.errors import StudyAppError
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

    def displayed(self, position: int) -> bool:
        """Whether the item was ever on screen, or its key was shown after the end (which locks the slot, too)."""
        slot = self.slots[position]
        return slot.response is not None or slot.locked or slot.duration_ms > 0 or position == self.position


def answer(attempt: Attempt, position: int, response: Response | None) -> Attempt:
    """With this response in place of the one before; None or an empty one takes the answer back.

    Raises:
        StudyAppError: the attempt is over, or the key of this item was shown.
    """
    given = None if response is None or response.empty else response
    return _with_slot(attempt, replace(_changeable(attempt, position), response=given))


def set_confidence(attempt: Attempt, position: int, confidence: Confidence | None) -> Attempt:
    """With the confidence stated (raises as `answer` does)."""
    return _with_slot(attempt, replace(_changeable(attempt, position), confidence=confidence))


def lock(attempt: Attempt, position: int, score: float) -> Attempt:
    """With the response final and marked, since its key is about to be shown.

    Raises:
        StudyAppError: the attempt is over, shows no keys before its end, or this response is final already.
    """
    if attempt.feedback is not Feedback.TUTOR:
        raise StudyAppError("The answers of this attempt are shown at its end.", "Submit it to see them.")
    return _with_slot(attempt, replace(_changeable(attempt, position), locked=True, score=score))


def flag(attempt: Attempt, position: int, flagged: bool) -> Attempt:
    """With the item flagged or not.

    Raises:
        StudyAppError: the attempt is over.
    """
    return _with_slot(attempt, replace(_slot(attempt, position), flagged=flagged))


def strike(attempt: Attempt, position: int, struck: frozenset[str]) -> Attempt:
    """With exactly these options struck out; ids that the item does not have are dropped (raises as `flag` does)."""
    slot = _slot(attempt, position)
    return _with_slot(attempt, replace(slot, struck=struck & frozenset(slot.option_order)))


def go_to(attempt: Attempt, position: int) -> Attempt:
    """At another item (raises as `flag` does)."""
    _slot(attempt, position)
    return replace(attempt, position=position)


def add_time(attempt: Attempt, seconds: float) -> Attempt:
    """With time spent on the present item; never more than the limit in total.

    An item whose key was shown takes no more time: reading the rationale is not answering. The attempt's own time
    goes on.

    Raises:
        StudyAppError: the attempt is over.
    """
    slot = _slot(attempt, attempt.position)
    used = attempt.time_used_s + max(0.0, seconds)
    if attempt.time_limit_s is not None:
        used = min(used, float(attempt.time_limit_s))
    spent_ms = round((used - attempt.time_used_s) * 1000)
    if not slot.locked:
        attempt = _with_slot(attempt, replace(slot, duration_ms=slot.duration_ms + spent_ms))
    return replace(attempt, time_used_s=used)


def submit(attempt: Attempt, scores: Mapping[int, float], at: datetime) -> Attempt:
    """Finished, with a score for every position; an item without an answer scores 0 and a locked one keeps its score.

    Raises:
        StudyAppError: the attempt is over.
    """
    _require_open(attempt)
    slots = tuple(
        slot if slot.locked else replace(slot, score=scores[slot.position] if slot.answered else 0.0)
        for slot in attempt.slots
    )
    return replace(attempt, slots=slots, state=AttemptState.FINISHED, finished_at=at)


def abandon(attempt: Attempt, at: datetime) -> Attempt:
    """Given up: nothing more is marked (raises as `flag` does)."""
    _require_open(attempt)
    return replace(attempt, state=AttemptState.ABANDONED, finished_at=at)


def _require_open(attempt: Attempt) -> None:
    if attempt.state is not AttemptState.OPEN:
        raise StudyAppError("This attempt is over.", "Start a new one.")


def _slot(attempt: Attempt, position: int) -> Slot:
    _require_open(attempt)
    if not 0 <= position < len(attempt.slots):
        raise IndexError(position)
    return attempt.slots[position]


def _changeable(attempt: Attempt, position: int) -> Slot:
    slot = _slot(attempt, position)
    if slot.locked:
        raise StudyAppError("This answer is final: its key was shown.", "Go on to the next question.")
    return slot


def _with_slot(attempt: Attempt, slot: Slot) -> Attempt:
    before, after = attempt.slots[: slot.position], attempt.slots[slot.position + 1 :]
    return replace(attempt, slots=(*before, slot, *after))
