"""Running an attempt: the same room serves quizzes, placement and timed exams."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from studyapp.domain.attempt import Attempt, AttemptKind
from studyapp.domain.item import AnyItem, Confidence, Response
from studyapp.services.changes import Changes


@dataclass(frozen=True, slots=True)
class DomainScore:
    """Right answers in a domain (or topic, in practice) with a 90 % binomial (Jeffreys) range, shares in 0..1."""

    id: str
    title: str
    n: int
    right: float
    low: float
    high: float
    weight: float | None


@dataclass(frozen=True, slots=True)
class SlotResult:
    """One item of a finished attempt, for the review of every item."""

    position: int
    item: AnyItem
    topic_title: str
    option_order: tuple[str, ...]
    response: Response | None
    confidence: Confidence | None
    flagged: bool
    struck: frozenset[str]
    duration_ms: int
    score: float
    first_attempt: bool


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The result of a finished attempt.

    `share` is the sum of scores over the number of items; unanswered items count as wrong.
    `cut_score` is None in practice; `passed` compares `share` with it.
    """

    attempt_id: str
    kind: AttemptKind
    title: str
    blueprint_id: str
    started_at: datetime
    finished_at: datetime
    time_used_s: float
    time_limit_s: int | None
    n: int
    right: float
    share: float
    low: float
    high: float
    cut_score: float | None
    cut_published: bool
    passed: bool | None
    unanswered: int
    by_domain: tuple[DomainScore, ...]
    slots: tuple[SlotResult, ...]


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt that was begun and not finished: offered on Today and on its screen."""

    attempt_id: str
    kind: AttemptKind
    title: str
    answered: int
    n: int
    started_at: datetime
    time_left_s: float | None


class AttemptRunner(Protocol):
    """One open attempt. Every call that changes something is on disk when it returns.

    Positions are 0-based. `tick` is called about once a second with the monotonic clock inside;
    at zero it submits and returns True.
    """

    @property
    def attempt(self) -> Attempt: ...
    def item(self, position: int) -> AnyItem: ...
    def topic_title(self, position: int) -> str: ...
    def is_marked(self, position: int) -> bool: ...
    def remark(self, position: int) -> str: ...
    def go_to(self, position: int) -> Attempt: ...
    def answer(self, position: int, response: Response) -> Attempt:
        """Store a response; in tutor feedback it can still change until `lock`."""
        ...

    def lock(self, position: int) -> Attempt:
        """Tutor feedback: mark the response and make it final; the key may be shown from now on."""
        ...

    def set_confidence(self, position: int, confidence: Confidence | None) -> Attempt: ...
    def set_flag(self, position: int, flagged: bool) -> Attempt: ...
    def set_struck(self, position: int, struck: frozenset[str]) -> Attempt: ...
    def set_marked(self, position: int, marked: bool) -> Changes: ...
    def set_remark(self, position: int, text: str) -> Changes: ...
    def report(self, position: int, text: str) -> Changes: ...
    def make_card(self, position: int, front: str, back: str) -> Changes:
        """Make an own flashcard from the item."""
        ...

    def tick(self) -> bool: ...
    def pause(self) -> None:
        """Stop the clock and store the time used (screen left, window closed)."""
        ...

    def resume(self) -> None: ...
    def submit(self) -> AttemptResult: ...
    def abandon(self) -> Changes: ...


class AttemptService(Protocol):
    """Open and finished attempts of every kind."""

    def open_attempts(self) -> tuple[OpenAttempt, ...]: ...
    def runner(self, attempt_id: str) -> AttemptRunner: ...
    def result(self, attempt_id: str) -> AttemptResult: ...
    def history(self, kind: AttemptKind, blueprint_id: str = "", limit: int = 50) -> tuple[AttemptResult, ...]:
        """Finished attempts, newest first; `slots` is left empty."""
        ...
