"""Where the learner stands: share right by topic, domain and subject, retention, activity, forecast."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Standing:
    """First-attempt share right for a leaf, domain or subject, as a 90 % Jeffreys interval; shares in 0..1.

    Attributes:
        n: first attempts on fresh items (partial credit counts in part in `right`).
        weight: share of the learner's exam that this carries (0 when it is not on the exam; None without an exam).
        wide: the interval is wider than 0.35: not enough answers yet.
        more: how many more answers would narrow it below 0.35, about.
        need: weight x shortfall, the order of weak topics.
        topics: the leaf ids behind it, for "practise these".
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
    """Share right among answers given with this confidence, with a 90 % interval."""

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


class ProgressService(Protocol):
    """Progress. Each call is one or two aggregate queries; long ones belong in gui/jobs."""

    def topics(self) -> tuple[Standing, ...]:
        """Every leaf with items, weakest (largest need) first."""
        ...

    def domains(self) -> tuple[Standing, ...]:
        """The domains of the learner's exam in blueprint order; empty without an exam."""
        ...

    def subjects(self) -> tuple[Standing, ...]: ...
    def activity(self, days: int) -> tuple[Activity, ...]: ...
    def retention(self, weeks: int) -> tuple[Retention, ...]: ...
    def calibration(self) -> tuple[Calibration, ...]: ...
    def forecast(self, days: int) -> tuple[Forecast, ...]: ...
    def totals(self) -> Totals: ...
