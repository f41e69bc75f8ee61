"""When a card comes back: phases, same-day steps, due days, leeches.

Rules, all of which follow from the log alone (the moment, study day and rating of each review):

1. Again or Hard on a card that is new or being learned, and Again on one that had been learned (a lapse), bring it
   back within the session, after minutes. Good or Easy on such a card, and any recall of a learned one, set a due day.
2. Two reviews a study day can move a card's memory: the first, and the pass (Good or Easy) that ends learning or
   relearning. Any other pass of that day is practice: it is logged, may ask for another pass, and leaves the memory as
   it was, so that a hard evening is not punished with every failed try.
3. The due day is the last moving review's study day plus the interval at the desired retention, spread a little by a
   hash of card and review count, so that cards learned together do not stay together for ever.

Days and due days are ordinals (`date.toordinal()`) of study days.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from studyapp.domain import memory
from studyapp.domain.memory import DEFAULT, Parameters, Rating, State

AGAIN_MINUTES = 1
HARD_MINUTES = 6
LEECH_LAPSES = 8
_MINUTE_MS = 60_000


class Phase(StrEnum):
    """Where a card stands."""

    NEW = "new"
    LEARNING = "learning"  # never passed yet
    REVIEW = "review"  # passed; comes back on its due day
    RELEARNING = "relearning"  # lapsed and not passed since


@dataclass(frozen=True, slots=True)
class Graded:
    """One review as logged."""

    rating: Rating
    study_day: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class CardState:
    """What the log says of a card.

    Attributes:
        stability: days, None while new; `difficulty` likewise (1 to 10).
        last_day: study day of the last review that moved the memory.
        due_day: study day on which it is due; None while new.
        due_at_ms: when it comes back within the session; None unless learning or relearning.
        reps: reviews that moved the memory.
        desired_retention: the wish that set the due day.
    """

    phase: Phase = Phase.NEW
    stability: float | None = None
    difficulty: float | None = None
    last_day: int | None = None
    due_day: int | None = None
    due_at_ms: int | None = None
    reps: int = 0
    lapses: int = 0
    desired_retention: float | None = None

    @property
    def leech(self) -> bool:
        """Lapsed so often that the card, not the learner, needs work."""
        return self.lapses >= LEECH_LAPSES


@dataclass(frozen=True, slots=True)
class Choice:
    """What a rating would lead to: back after `minutes` (today) or `days`; exactly one is not None."""

    rating: Rating
    minutes: int | None
    days: int | None


NEW_CARD = CardState()


def advance(
    state: CardState, graded: Graded, card_id: str, desired_retention: float, parameters: Parameters = DEFAULT
) -> CardState:
    """The state after one more review."""
    after, days = _transition(state, graded, desired_retention)
    if days is None:
        return after
    moved = (
        memory.init(graded.rating, parameters)
        if state.stability is None or state.difficulty is None
        else memory.step(State(state.stability, state.difficulty), graded.rating, days, parameters)
    )
    return _with_memory(after, moved.stability, moved.difficulty, card_id, parameters)


def moves_memory(state: CardState, rating: Rating, study_day: int) -> bool:
    """Whether a review on that day would move the card's memory (rule 2) or be practice."""
    if state.last_day is None or study_day > state.last_day:
        return True
    return state.phase in (Phase.LEARNING, Phase.RELEARNING) and rating >= Rating.GOOD


def choices(
    state: CardState,
    study_day: int,
    card_id: str,
    desired_retention: float,
    parameters: Parameters = DEFAULT,
) -> tuple[Choice, Choice, Choice, Choice]:
    """What each of the four grades would lead to if given on that study day."""
    again, hard, good, easy = (
        _choice(advance(state, Graded(rating, study_day, 0), card_id, desired_retention, parameters), rating, study_day)
        for rating in Rating
    )
    return again, hard, good, easy


def replay(
    log: Sequence[Graded], card_id: str, desired_retention: float, parameters: Parameters = DEFAULT
) -> CardState:
    """The state that a card's whole log leads to, its reviews in the order in which they were made."""
    state = NEW_CARD
    for graded in log:
        state = advance(state, graded, card_id, desired_retention, parameters)
    return state


def replay_all(
    logs: Mapping[str, Sequence[Graded]], desired_retention: Mapping[str, float], parameters: Parameters = DEFAULT
) -> dict[str, CardState]:
    """`replay` for many cards by id, at once: the same states to the last bit, in half the time."""
    tracks: dict[str, CardState] = {}
    moving: dict[str, list[tuple[int, int]]] = {}
    for card_id, log in logs.items():
        track, moves = NEW_CARD, []
        for graded in log:
            track, days = _transition(track, graded, desired_retention[card_id])
            if days is not None:
                moves.append((int(graded.rating), days))
        tracks[card_id] = track
        if moves:
            moving[card_id] = moves
    # Cards with logs of one length fill a rectangle; a few hundred rectangles hold any collection.
    by_length: dict[int, list[str]] = {}
    for card_id, moves in moving.items():
        by_length.setdefault(len(moves), []).append(card_id)
    for card_ids in by_length.values():
        after = memory.replay_many([moving[card_id] for card_id in card_ids], parameters)
        for card_id, stability, difficulty in zip(
            card_ids, after.stability.tolist(), after.difficulty.tolist(), strict=True
        ):
            tracks[card_id] = _with_memory(tracks[card_id], stability, difficulty, card_id, parameters)
    return tracks


def retrievability(state: CardState, study_day: int, parameters: Parameters = DEFAULT) -> float:
    """Chance that the card would be recalled on that study day; 0 for a new card."""
    if state.stability is None or state.difficulty is None or state.last_day is None:
        return 0.0
    return memory.retrievability(State(state.stability, state.difficulty), study_day - state.last_day, parameters)


def spread(interval: int, card_id: str, reps: int) -> int:
    """`interval` in days moved by up to half a day and 5 %, always alike for one card and review count.

    Intervals below 3 days stay as they are. A longer interval is never moved to before a shorter one.
    """
    if interval < 3:
        return interval
    digest = hashlib.blake2b(f"{card_id}\n{reps}".encode(), digest_size=8).digest()
    share = int.from_bytes(digest, "big") / 2**64
    return min(memory.INTERVAL_MAX, round(interval + (2.0 * share - 1.0) * (0.5 + 0.05 * interval)))


def _transition(state: CardState, graded: Graded, desired_retention: float) -> tuple[CardState, int | None]:
    """All of the state that needs no memory model, and the days since the last moving review (None: practice).

    Due day and memory of a moving review are filled in by `_with_memory`.
    """
    rating = graded.rating
    moves = moves_memory(state, rating, graded.study_day)
    if not moves and state.phase is Phase.REVIEW:
        return state, None
    lapse = state.phase is Phase.REVIEW and rating is Rating.AGAIN
    passed = rating >= Rating.GOOD or (state.phase is Phase.REVIEW and not lapse)
    if passed:
        phase, due_at = Phase.REVIEW, None
    else:
        phase = Phase.RELEARNING if lapse or state.phase is Phase.RELEARNING else Phase.LEARNING
        minutes = AGAIN_MINUTES if rating is Rating.AGAIN else HARD_MINUTES
        due_at = graded.at_ms + minutes * _MINUTE_MS
    if not moves:
        return replace(state, phase=phase, due_at_ms=due_at), None
    last = state.last_day
    # A clock set back must not count backwards.
    day = graded.study_day if last is None else max(last, graded.study_day)
    after = replace(
        state,
        phase=phase,
        due_at_ms=due_at,
        last_day=day,
        reps=state.reps + 1,
        lapses=state.lapses + lapse,
        desired_retention=desired_retention,
    )
    return after, 0 if last is None else day - last


def _with_memory(
    state: CardState, stability: float, difficulty: float, card_id: str, parameters: Parameters
) -> CardState:
    if state.last_day is None or state.desired_retention is None:
        raise ValueError("a card whose memory moved has a day and a wish")
    due_day = state.last_day
    if state.phase is Phase.REVIEW:
        days = memory.interval(stability, state.desired_retention, parameters)
        due_day += spread(days, card_id, state.reps)
    return replace(state, stability=stability, difficulty=difficulty, due_day=due_day)


def _choice(after: CardState, rating: Rating, study_day: int) -> Choice:
    if after.due_at_ms is not None:
        return Choice(rating, minutes=after.due_at_ms // _MINUTE_MS, days=None)
    return Choice(rating, minutes=None, days=max(0, (after.due_day or study_day) - study_day))
