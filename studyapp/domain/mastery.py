"""Share right with the range that a few answers leave open, and where study gains most.

The range is Jeffreys' interval: quantiles of Beta(right + 1/2, wrong + 1/2), which keeps its promised coverage for
few answers better than the usual interval (Brown, Cai & DasGupta, Statistical Science 16, 2001). At no right answer
the lower end is 0, at none wrong the upper is 1, as they recommend.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

LEVEL = 0.90
WIDE = 0.35
_TINY = 1e-300
_Z = 1.6448536269514722  # 95 % quantile of the normal distribution


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its range, all from 0 to 1."""

    mean: float
    low: float
    high: float

    @property
    def wide(self) -> bool:
        """Wider than 0.35: too few answers to tell."""
        return self.high - self.low > WIDE


@lru_cache(maxsize=4096)
def jeffreys(right: float, n: float, level: float = LEVEL) -> Interval:
    """The share right after `n` answers with a score of `right` in total (partial credit counts in part)."""
    if not 0 <= right <= n:
        raise ValueError(f"{right} of {n} is no share")
    a, b = right + 0.5, n - right + 0.5
    tail = (1.0 - level) / 2.0
    return Interval(
        mean=a / (a + b),
        low=0.0 if right == 0 else beta_quantile(tail, a, b),
        high=1.0 if right == n else beta_quantile(1.0 - tail, a, b),
    )


def blend(parts: Sequence[tuple[float, float, float]], level: float = LEVEL) -> Interval:
    """The weighted share over parts (weight, right, n), each independently known as in `jeffreys`.

    The blend is taken to be the Beta distribution with the blend's mean and variance.

    Raises:
        ValueError: no part carries weight.
    """
    whole = sum(weight for weight, _, _ in parts)
    if whole <= 0:
        raise ValueError("a blend needs a part with weight")
    mean = variance = 0.0
    for weight, right, n in parts:
        share = weight / whole
        part = (right + 0.5) / (n + 1.0)
        mean += share * part
        variance += share * share * part * (1.0 - part) / (n + 2.0)
    size = mean * (1.0 - mean) / variance - 1.0
    a, b = mean * size, (1.0 - mean) * size
    tail = (1.0 - level) / 2.0
    return Interval(mean=mean, low=beta_quantile(tail, a, b), high=beta_quantile(1.0 - tail, a, b))


def answers_wanted(interval: Interval, n: float) -> int:
    """About how many more answers would narrow the range to 0.35; 0 when it is that narrow already."""
    if not interval.wide:
        return 0
    # Near 0 and 1 the range is skewed, and wider than the normal approximation below says.
    spread = max(interval.mean * (1.0 - interval.mean), 0.125)
    return max(1, math.ceil(spread * (2.0 * _Z / WIDE) ** 2 - 2.0 - n))


def need(weight: float | None, interval: Interval) -> float:
    """What a topic may still bring: its share of the exam times the share not yet right (weight 1 without an exam)."""
    return (1.0 if weight is None else weight) * (1.0 - interval.mean)


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x at which the regularised incomplete beta function I_x(a, b) is `p`, to 1e-12.

    Newton's steps in the logit of x, which copes with the poles at 0 and 1, kept within a shrinking bracket.
    """
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    low, high = -700.0, 700.0
    logit = math.log(a / b)
    for _ in range(200):
        x = _expit(logit)
        error = incomplete_beta(x, a, b) - p
        if error > 0:
            high = logit
        else:
            low = logit
        slope = math.exp(-a * _log1p_exp(-logit) - b * _log1p_exp(logit) - log_beta)
        step = logit - error / slope if slope > _TINY else math.inf
        newton = low < step < high
        if not newton:
            step = (low + high) / 2.0
        # Each of Newton's steps squares the error, so that what is left after so short a one is far below 1e-12.
        if (newton and abs(step - logit) <= 1e-8) or high - low < 1e-13:
            return _expit(step)
        logit = step
    return _expit(logit)


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), by its continued fraction (NIST DLMF 8.17.22)."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    if x > (a + 1.0) / (a + b + 2.0):  # there the fraction converges slowly; use the symmetry
        return 1.0 - incomplete_beta(1.0 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    return front / a * _beta_fraction(x, a, b)


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, by the modified Lentz method."""
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        change = 1.0
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            change = c * d
            value *= change
        if abs(change - 1.0) < 1e-15:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _expit(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1.0 + math.exp(logit))


def _log1p_exp(value: float) -> float:
    return max(value, 0.0) + math.log1p(math.exp(-abs(value)))
