"""FSRS-6: how well a card is remembered, and when it should come back.

Written from the formulas in "The Algorithm" (wiki of open-spaced-repetition/free-spaced-repetition-scheduler,
https://github.com/open-spaced-repetition/free-spaced-repetition-scheduler/wiki/The-Algorithm). Symbols there and here:
S stability, D difficulty, R retrievability, G rating, t days since the last review, w weights.

One card is worked out in plain numbers, a whole log in arrays of numpy, both through the same formulas. They agree to
the last bit on any machine: exponentials and powers always come from the C library (`math`), and what is left, sums,
products and quotients, IEEE 754 leaves no choice in. numpy, a fifth of a second to import, is for arrays only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array: TypeAlias = npt.NDArray[np.float64]

Number = TypeVar("Number", float, "Array")
Weights: TypeAlias = tuple[float, ...]

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
class State(Generic[Number]):
    """Memory of a card, or of many: stability in days (the interval after which R is 0.9) and difficulty 1 to 10."""

    stability: Number
    difficulty: Number


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


def init(rating: int, parameters: Parameters = DEFAULT) -> State[float]:
    """Memory after a card's first review: S = w[G-1], D = w4 - exp(w5 (G-1)) + 1."""
    return _init(_SCALARS, parameters.weights[rating - 1], float(rating), parameters.weights)


def step(state: State[float], rating: int, days: int, parameters: Parameters = DEFAULT) -> State[float]:
    """Memory after a further review, `days` study days after the one before (0: the same study day).

    A review on the same day follows the short-term formula; a later one the formulas for recall or for forgetting,
    with the retrievability that held when it was asked.
    """
    return _step(_SCALARS, state, float(rating), float(days), parameters.weights)


def retrievability(state: State[float], days: float, parameters: Parameters = DEFAULT) -> float:
    """Chance of recall after `days`: R = (1 + F t / S) ** -w20, with F such that R(S) = 0.9."""
    return _recall(_SCALARS, state.stability, float(days), parameters.weights)


def interval(stability: float, desired_retention: float, parameters: Parameters = DEFAULT) -> int:
    """Days until retrievability falls to `desired_retention` (above 0, below 1): whole, from 1 to 36,500."""
    return min(INTERVAL_MAX, max(1, round(exact_interval(stability, desired_retention, parameters))))


def exact_interval(stability: float, desired_retention: float, parameters: Parameters = DEFAULT) -> float:
    """Days until retrievability falls to `desired_retention`, not rounded: t = S / F (r ** (-1/w20) - 1)."""
    decay, factor = _curve(parameters.weights)
    return stability / factor * (math.pow(desired_retention, -1.0 / decay) - 1.0)


def replay(log: Sequence[tuple[int, int]], parameters: Parameters = DEFAULT) -> State[float]:
    """Memory after a card's whole log: each review's rating, and the study days since the one before.

    The days of the first review are ignored.

    Raises:
        ValueError: the log is empty.
    """
    if not log:
        raise ValueError("a log has at least one review")
    state = init(log[0][0], parameters)
    for rating, days in log[1:]:
        state = step(state, rating, days, parameters)
    return state


def replay_many(logs: Sequence[Sequence[tuple[int, int]]], parameters: Parameters = DEFAULT) -> State[Array]:
    """`replay` for many logs of one length, at once and to the last bit alike.

    Raises:
        ValueError: the logs are empty, or not of one length.
    """
    import numpy as np

    table = np.array(logs, dtype=np.int64)
    if table.ndim != 3 or not table.size:
        raise ValueError("many logs are replayed at once when all have the same number of reviews, at least one")
    ratings, days = table[:, :, 0], table[:, :, 1].astype(np.float64)
    grades = ratings.astype(np.float64)
    functions, w = _arrays(), parameters.weights
    state = _init(functions, np.asarray(w)[ratings[:, 0] - 1], grades[:, 0], w)
    for n in range(1, table.shape[1]):
        state = _step(functions, state, grades[:, n], days[:, n], w)
    return state


@dataclass(frozen=True, slots=True)
class _Functions(Generic[Number]):
    """What the formulas need besides arithmetic; `where` takes the condition, then both outcomes."""

    exp: Callable[[Number], Number]
    power: Callable[[Number, float], Number]
    minimum: Callable[[Number, Any], Number]
    maximum: Callable[[Number, float], Number]
    where: Callable[[Any, Any, Any], Number]


_SCALARS: _Functions[float] = _Functions(
    exp=math.exp,
    power=math.pow,
    minimum=min,
    maximum=max,
    where=lambda condition, yes, no: yes if condition else no,
)


@cache
def _arrays() -> _Functions[Array]:
    import numpy as np

    # Not numpy's own, which work many at a time in another way than `math`, and differ from it in the last bit.
    return _Functions(
        exp=lambda values: np.array([math.exp(value) for value in values.tolist()]),
        power=lambda values, exponent: np.array([math.pow(value, exponent) for value in values.tolist()]),
        minimum=np.minimum,
        maximum=np.maximum,
        where=np.where,
    )


def _init(f: _Functions[Number], stability: Number, grade: Number, w: Weights) -> State[Number]:
    return _bounded(f, stability, _first_difficulty(f, grade, w))


def _step(f: _Functions[Number], state: State[Number], grade: Number, days: Number, w: Weights) -> State[Number]:
    recall = _recall(f, state.stability, days, w)
    later = f.where(grade == Rating.AGAIN, _forgotten(f, state, recall, w), _recalled(f, state, recall, grade, w))
    stability = f.where(days > 0, later, _same_day(f, state.stability, grade, w))
    return _bounded(f, stability, _next_difficulty(state.difficulty, grade, w))


def _curve(w: Weights) -> tuple[float, float]:
    return w[20], math.pow(0.9, -1.0 / w[20]) - 1.0


def _recall(f: _Functions[Number], stability: Number, days: Number, w: Weights) -> Number:
    decay, factor = _curve(w)
    return f.power(1.0 + factor * f.maximum(days, 0.0) / stability, -decay)


def _first_difficulty(f: _Functions[Number], grade: Number, w: Weights) -> Number:
    return w[4] - f.exp(w[5] * (grade - 1.0)) + 1.0


def _next_difficulty(difficulty: Number, grade: Number, w: Weights) -> Number:
    # Linear damping: the nearer to 10, the smaller the step; then a small pull towards the D of a first Easy.
    damped = difficulty - w[6] * (grade - 3.0) * (DIFFICULTY_MAX - difficulty) / 9.0
    target = _first_difficulty(_SCALARS, float(Rating.EASY), w)
    return w[7] * target + (1.0 - w[7]) * damped


def _recalled(f: _Functions[Number], state: State[Number], recall: Number, grade: Number, w: Weights) -> Number:
    bonus = f.where(grade == Rating.HARD, w[15], f.where(grade == Rating.EASY, w[16], 1.0))
    growth = (
        math.exp(w[8])
        * (11.0 - state.difficulty)
        * f.power(state.stability, -w[9])
        * (f.exp(w[10] * (1.0 - recall)) - 1.0)
        * bonus
    )
    return state.stability * (1.0 + growth)


def _forgotten(f: _Functions[Number], state: State[Number], recall: Number, w: Weights) -> Number:
    long_term = (
        w[11]
        * f.power(state.difficulty, -w[12])
        * (f.power(state.stability + 1.0, w[13]) - 1.0)
        * f.exp(w[14] * (1.0 - recall))
    )
    # Forgetting never leaves more than a same-day Again followed by a same-day Good would.
    return f.minimum(long_term, state.stability / math.exp(w[17] * w[18]))


def _same_day(f: _Functions[Number], stability: Number, grade: Number, w: Weights) -> Number:
    growth = f.exp(w[17] * (grade - 3.0 + w[18])) * f.power(stability, -w[19])
    bounded = f.where(grade > Rating.AGAIN, f.maximum(growth, 1.0), growth)
    return stability * bounded


def _bounded(f: _Functions[Number], stability: Number, difficulty: Number) -> State[Number]:
    return State(
        stability=f.minimum(f.maximum(stability, STABILITY_MIN), STABILITY_MAX),
        difficulty=f.minimum(f.maximum(difficulty, DIFFICULTY_MIN), DIFFICULTY_MAX),
    )
