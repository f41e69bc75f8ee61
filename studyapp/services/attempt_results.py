"""What attempts come to: values that screens show, and working them out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from studyapp.domain import mastery
from studyapp.domain.attempt import Attempt, AttemptKind
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.item import AnyItem, Confidence, Response
from studyapp.storage.attempts import Tally

ENOUGH_ANSWERED = 5
"""Fewer answers than these tell nothing of how other questions would have gone."""


@dataclass(frozen=True, slots=True)
class DomainScore:
    """Right answers in a domain (or topic, in practice), `right` of `n`.

    The 90 % binomial (Jeffreys) range, shares in 0..1, is of the `answered` items only: what was left out tells nothing
    of what the learner knows. Without an answer it is 0 to 1. `right / n` may lie below it.
    """

    id: str
    title: str
    n: int
    right: float
    low: float
    high: float
    weight: float | None
    answered: int


@dataclass(frozen=True, slots=True)
class SlotResult:
    """One item of a finished attempt, for the review of every item.

    `shown` is False while the item was never on screen, so that it is still fresh: `AttemptService.open_key` is to be
    called when its key is.
    """

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
    shown: bool = True


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The result of a finished attempt.

    `share` is the sum of scores over the number of items; unanswered items count as wrong.
    `low` and `high` are the range in which other questions of this kind would likely have ended, judged by the
    answered items only, so that `share` may lie below it; 0 and 1 while `range_known` is False.
    `cut_score` is None in practice; `passed` compares `share` with it.
    `answered` + `unanswered` is `n`; of those answered, `wrong` were not wholly right.
    `seconds_each` is the mean time spent on an answered item; None without an answer.
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
    answered: int
    wrong: int
    seconds_each: float | None

    @property
    def range_known(self) -> bool:
        """Whether enough was answered (five items) for the range to say anything."""
        return self.answered >= ENOUGH_ANSWERED


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


def summarise(
    attempt: Attempt,
    tally: Mapping[str, Tally],
    blueprint: Blueprint | None,
    group_titles: Callable[[], Mapping[str, str]],
    slots: tuple[SlotResult, ...],
) -> AttemptResult:
    """The result of a finished attempt from its tally by domain (by topic or subject where it has no blueprint)."""
    n = sum(group.n for group in tally.values())
    # Sums of thirds may pass the number of items by a rounding error.
    right = min(float(n), sum(group.right for group in tally.values()))
    answered = sum(group.answered for group in tally.values())
    whole = mastery.jeffreys(min(right, answered), answered) if answered >= ENOUGH_ANSWERED else None
    cut = blueprint.cut_score if blueprint and attempt.kind is AttemptKind.EXAM else None
    return AttemptResult(
        attempt_id=attempt.id,
        kind=attempt.kind,
        title=attempt.title,
        blueprint_id=attempt.blueprint_id,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at or attempt.started_at,
        time_used_s=attempt.time_used_s,
        time_limit_s=attempt.time_limit_s,
        n=n,
        right=right,
        share=right / n if n else 0.0,
        low=0.0 if whole is None else whole.low,
        high=1.0 if whole is None else whole.high,
        cut_score=cut,
        cut_published=blueprint is not None and blueprint.cut_published,
        passed=None if cut is None or not n else right / n >= cut - 1e-9,
        unanswered=sum(group.unanswered for group in tally.values()),
        by_domain=_by_domain(tally, blueprint, group_titles),
        slots=slots,
        answered=answered,
        wrong=sum(group.wrong for group in tally.values()),
        seconds_each=sum(group.answered_ms for group in tally.values()) / 1000.0 / answered if answered else None,
    )


def _by_domain(
    tally: Mapping[str, Tally], blueprint: Blueprint | None, group_titles: Callable[[], Mapping[str, str]]
) -> tuple[DomainScore, ...]:
    named = {} if blueprint is None else {domain.id: domain for domain in blueprint.domains}
    titles = {} if blueprint else group_titles()
    # Domains in blueprint order, topics in curriculum order.
    places = {name: place for place, name in enumerate(named or titles)}
    scores = []
    for group in sorted(tally, key=lambda name: (places.get(name, len(places)), name)):
        n, answered = tally[group].n, tally[group].answered
        right = min(float(n), tally[group].right)
        interval = mastery.jeffreys(min(right, answered), answered)
        domain = named.get(group)
        scores.append(
            DomainScore(
                id=group,
                title=domain.title if domain else titles.get(group, group),
                n=n,
                right=right,
                low=interval.low,
                high=interval.high,
                weight=domain.weight if domain else None,
                answered=answered,
            )
        )
    return tuple(scores)
