"""FSRS-6: how well a card is remembered, and when it should come back.

Written from the formulas in "The Algorithm" (wiki of open-spaced-repetition/free-spaced-repetition-scheduler,
https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler/wiki/The-Algorithm). Symbols there and here:
S stability, D difficulty, R retrievability, G rating, t days since the last review, w weights.

Every function takes numbers or arrays and works through the same numpy code, so that one card graded on the screen
and a whole log replayed agree to the last bit. Functions of numpy are called by name (`np.power`, never `**`) because
numpy's scalar operators take another path through the C library than its arrays do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from studyapp.core.lazy import LazyModule

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[np.float64]
else:
    # Grades are needed at the start, numpy only when a card is shown; importing it takes a fifth of a second.
    np = LazyModule("numpy")

STABILITY_MIN = 0.001
STABILITY_MAX = 36_500.0
DIFFICULTY_MIN = 1.0
DIFFICULTY_MAX = 10.0
INTERVAL_MAX = 36_500

DEFAULT_WEIGHTS = (
    0.212,
    1.2931,
    2.3065,
    8.2956,
    6.4133,
    0.8334,
    3.0194,
    0.001,
    1.8722,
    0.1666,
    0.796,
    1.4835,
    0.0614,
    0.2629,
    1.6483,
    0.6014,
    1.8729,
    0.5425,
    0.0912,
    0.0658,
    0.1542,
)

# The range in which each weight may lie, as published with FSRS-6.
WEIGHT_BOUNDS = (
    *((0.001, 100.0),) * 4,
    (1.0, 10.0),
    (0.001, 4.0),
    (0.001, 4.0),
    (0.001, 0.75),
    (0.0, 4.5),
    (0.0, 0.8),
    (0.001, 3.5),
    (0.001, 5.0),
    (0.001, 0.25),
    (0.001, 0.9),
    (0.0, 4.0),
    (0.0, 1.0),
    (1.0, 6.0),
    (0.0, 2.0),
    (0.0, 2.0),
    (0.0, 0.8),
    (0.1, 0.8),
)


class Rating(IntEnum):
    """FSRS grades. Hard means that the card was recalled, with effort."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class State:
    """Memory of a card, or of many: stability in days (the interval after which R is 0.9) and difficulty 1 to 10."""

    stability: Array
    difficulty: Array


@dataclass(frozen=True, slots=True)
class Parameters:
    """The 21 weights of FSRS-6, each within `WEIGHT_BOUNDS`.

    Raises:
        ValueError: a weight is missing, not finite or out of bounds.
    """

    weights: tuple[float, ...] = field(default=DEFAULT_WEIGHTS)

    def __post_init__(self) -> None:
        if len(self.weights) != len(WEIGHT_BOUNDS):
            raise ValueError(f"FSRS-6 has {len(WEIGHT_BOUNDS)} weights, not {len(self.weights)}")
        for index, (weight, (low, high)) in enumerate(zip(self.weights, WEIGHT_BOUNDS, strict=True)):
            if not low <= weight <= high:  # also refuses NaN
                raise ValueError(f"w{index} is {weight}, outside {low} to {high}")


DEFAULT = Parameters()


def init(rating: npt.ArrayLike, parameters: Parameters = DEFAULT) -> State:
    """Memory after a card's first review: S = w[G-1], D = w4 - exp(w5 (G-1)) + 1."""
    weights = np.asarray(parameters.weights)
    grade = np.asarray(rating, dtype=np.int64)
    return State(
        stability=_bound_stability(weights[grade - 1]),
        difficulty=_bound_difficulty(_first_difficulty(grade.astype(np.float64), parameters.weights)),
    )


def step(state: State, rating: npt.ArrayLike, days: npt.ArrayLike, parameters: Parameters = DEFAULT) -> State:
    """Memory after a further review, `days` study days after the one before (0: the same study day).

    A review on the same day follows the short-term formula; a later one the formulas for recall or for forgetting,
    with the retrievability that held when it was asked.
    """
    grade = np.asarray(rating, dtype=np.float64)
    elapsed = np.asarray(days, dtype=np.float64)
    recall = retrievability(state, elapsed, parameters)
    later = np.where(
        grade == Rating.AGAIN,
        _forgotten(state, recall, parameters.weights),
        _recalled(state, recall, grade, parameters.weights),
    )
    stability = np.where(elapsed > 0, later, _same_day(state.stability, grade, parameters.weights))
    return State(
        stability=_bound_stability(stability),
        difficulty=_bound_difficulty(_next_difficulty(state.difficulty, grade, parameters.weights)),
    )


def retrievability(state: State, days: npt.ArrayLike, parameters: Parameters = DEFAULT) -> Array:
    """Chance of recall after `days`: R = (1 + F t / S) ** -w20, with F such that R(S) = 0.9."""
    decay, factor = _curve(parameters)
    elapsed = np.maximum(np.asarray(days, dtype=np.float64), 0.0)
    return np.asarray(np.power(1.0 + factor * elapsed / state.stability, -decay))


def interval(stability: npt.ArrayLike, desired_retention: npt.ArrayLike, parameters: Parameters = DEFAULT) -> Array:
    """Days until retrievability falls to `desired_retention` (above 0, below 1): whole, from 1 to 36,500."""
    days = np.rint(exact_interval(stability, desired_retention, parameters))
    return np.asarray(np.clip(days, 1.0, float(INTERVAL_MAX)))


def exact_interval(
    stability: npt.ArrayLike, desired_retention: npt.ArrayLike, parameters: Parameters = DEFAULT
) -> Array:
    """Days until retrievability falls to `desired_retention`, not rounded: t = S / F (r ** (-1/w20) - 1)."""
    decay, factor = _curve(parameters)
    wanted = np.asarray(desired_retention, dtype=np.float64)
    return np.asarray(np.asarray(stability, dtype=np.float64) / factor * (np.power(wanted, -1.0 / decay) - 1.0))


def replay(
    ratings: Sequence[npt.ArrayLike] | npt.NDArray[np.int64],
    days: Sequence[npt.ArrayLike] | npt.NDArray[np.int64],
    parameters: Parameters = DEFAULT,
) -> State:
    """Memory after a whole log: `ratings[n]` was given `days[n]` study days after review n - 1 (`days[0]` is ignored).

    For many cards at once each row holds the n-th review of every card. A rating of 0 stands for no review and leaves
    that card as it was; a log begins with a review.

    Raises:
        ValueError: the log is empty, begins with no review, or the two lengths differ.
    """
    if len(ratings) == 0 or len(ratings) != len(days):
        raise ValueError("a log has at least one review, and as many ratings as days")
    if np.any(np.asarray(ratings[0]) == 0):
        raise ValueError("a log begins with a review")
    state = init(ratings[0], parameters)
    for rating, elapsed in zip(ratings[1:], days[1:], strict=True):
        grade = np.asarray(rating)
        after = step(state, grade, elapsed, parameters)
        state = State(
            stability=np.where(grade > 0, after.stability, state.stability),
            difficulty=np.where(grade > 0, after.difficulty, state.difficulty),
        )
    return state


def _curve(parameters: Parameters) -> tuple[Array, Array]:
    decay = np.asarray(parameters.weights[20])
    return decay, np.asarray(np.power(0.9, -1.0 / decay) - 1.0)


def _first_difficulty(grade: Array, w: tuple[float, ...]) -> Array:
    return np.asarray(w[4] - np.exp(w[5] * (grade - 1.0)) + 1.0)


def _next_difficulty(difficulty: Array, grade: Array, w: tuple[float, ...]) -> Array:
    # Linear damping: the nearer to 10, the smaller the step; then a small pull towards the D of a first Easy.
    damped = difficulty - w[6] * (grade - 3.0) * (DIFFICULTY_MAX - difficulty) / 9.0
    target = _first_difficulty(np.asarray(float(Rating.EASY)), w)
    return np.asarray(w[7] * target + (1.0 - w[7]) * damped)


def _recalled(state: State, recall: Array, grade: Array, w: tuple[float, ...]) -> Array:
    bonus = np.where(grade == Rating.HARD, w[15], np.where(grade == Rating.EASY, w[16], 1.0))
    growth = (
        np.exp(w[8])
        * (11.0 - state.difficulty)
        * np.power(state.stability, -w[9])
        * (np.exp(w[10] * (1.0 - recall)) - 1.0)
        * bonus
    )
    return np.asarray(state.stability * (1.0 + growth))


def _forgotten(state: State, recall: Array, w: tuple[float, ...]) -> Array:
    long_term = (
        w[11]
        * np.power(state.difficulty, -w[12])
        * (np.power(state.stability + 1.0, w[13]) - 1.0)
        * np.exp(w[14] * (1.0 - recall))
    )
    # Forgetting never leaves more than a same-day Again followed by a same-day Good would.
    return np.asarray(np.minimum(long_term, state.stability / np.exp(w[17] * w[18])))


def _same_day(stability: Array, grade: Array, w: tuple[float, ...]) -> Array:
    growth = np.exp(w[17] * (grade - 3.0 + w[18])) * np.power(stability, -w[19])
    bounded = np.where(grade > Rating.AGAIN, np.maximum(growth, 1.0), growth)
    return np.asarray(stability * bounded)


def _bound_stability(stability: npt.ArrayLike) -> Array:
    return np.asarray(np.clip(stability, STABILITY_MIN, STABILITY_MAX))


def _bound_difficulty(difficulty: npt.ArrayLike) -> Array:
    return np.asarray(np.clip(difficulty, DIFFICULTY_MIN, DIFFICULTY_MAX))
