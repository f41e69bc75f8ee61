"""Ranges of shares, checked against an independent library."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special, stats

from studyapp.domain.mastery import (
    Interval,
    answers_wanted,
    beta_quantile,
    blend,
    incomplete_beta,
    jeffreys,
    need,
)

SHAPES = st.floats(0.5, 5000.0)


@given(st.floats(0.0, 1.0), SHAPES, SHAPES)
def test_incomplete_beta_agrees(x: float, a: float, b: float) -> None:
    """The incomplete beta function is scipy's."""
    assert incomplete_beta(x, a, b) == pytest.approx(special.betainc(a, b, x), rel=1e-8, abs=1e-12)


@given(st.floats(0.001, 0.999), SHAPES, SHAPES)
def test_beta_quantiles_agree(p: float, a: float, b: float) -> None:
    """Quantiles are scipy's."""
    assert beta_quantile(p, a, b) == pytest.approx(special.betaincinv(a, b, p), rel=1e-7, abs=1e-12)


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.1708),
        (10, 10, 0.8292, 1.0),
        (7, 10, 0.4419, 0.8827),
        (70, 100, 0.6210, 0.7705),
    ],
)
def test_golden_intervals(right: int, n: int, low: float, high: float) -> None:
    """Intervals that can be looked up; none right begins at 0, none wrong ends at 1, no answers tells nothing."""
    interval = jeffreys(right, n)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 300).flatmap(lambda n: st.tuples(st.floats(0, n), st.just(n))))
def test_the_mean_lies_within(share: tuple[float, int]) -> None:
    """Low, mean and high are in order and in 0 to 1, and more answers of the same kind narrow the range."""
    right, n = share
    interval = jeffreys(right, n)
    assert 0.0 <= interval.low <= interval.mean <= interval.high <= 1.0
    more = jeffreys(right * 4, n * 4)
    assert more.high - more.low <= interval.high - interval.low + 1e-9


def test_coverage_is_what_is_promised() -> None:
    """Over all true shares, 90 % ranges from 20 answers hold the truth about nine times in ten."""
    covered = 0.0
    shares = [(k + 0.5) / 200 for k in range(200)]
    for share in shares:
        for right in range(21):
            interval = jeffreys(right, 20)
            covered += interval.low <= share <= interval.high and stats.binom.pmf(right, 20, share)
    assert covered / len(shares) == pytest.approx(0.90, abs=0.02)


def test_a_blend_of_one_part_is_that_part() -> None:
    """With a single domain the blend is its own interval."""
    alone, blended = jeffreys(14, 20), blend([(0.3, 14, 20)])
    assert (blended.mean, blended.low, blended.high) == pytest.approx((alone.mean, alone.low, alone.high))


@given(st.lists(st.tuples(st.floats(0.01, 1.0), st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=9))
def test_a_blend_lies_among_its_parts(parts: list[tuple[float, int, int]]) -> None:
    """The blended share is between the smallest and the largest share, and its range holds it."""
    counted = [(weight, float(right), float(right + wrong)) for weight, right, wrong in parts]
    interval = blend(counted)
    means = [jeffreys(right, n).mean for _, right, n in counted]
    assert min(means) - 1e-9 <= interval.mean <= max(means) + 1e-9
    assert 0.0 <= interval.low <= interval.high <= 1.0


def test_a_blend_agrees_with_simulation() -> None:
    """The Beta that stands for the blend has the quantiles of a large sample."""
    parts = [(0.25, 8.0, 12.0), (0.20, 3.0, 9.0), (0.20, 10.0, 11.0), (0.25, 20.0, 31.0), (0.10, 2.0, 8.0)]
    sample = sum(
        weight * stats.beta(right + 0.5, n - right + 0.5).rvs(200_000, random_state=seed)
        for seed, (weight, right, n) in enumerate(parts)
    )
    interval = blend(parts)
    assert interval.low == pytest.approx(stats.scoreatpercentile(sample, 5), abs=0.005)
    assert interval.high == pytest.approx(stats.scoreatpercentile(sample, 95), abs=0.005)


@given(st.integers(0, 30), st.integers(0, 30))
@example(4, 0)
@example(0, 4)
def test_more_answers_are_asked_for_only_when_wide(right: int, wrong: int) -> None:
    """The number of answers still wanted is 0 exactly when the range is narrow, and about enough when given."""
    n = right + wrong
    interval = jeffreys(right, n)
    more = answers_wanted(interval, n)
    assert (more == 0) == (interval.high - interval.low <= 0.35)
    if more:
        later = jeffreys(interval.mean * (n + more), n + more)
        assert later.high - later.low < 0.40


def test_need_is_weight_times_shortfall() -> None:
    """A weak topic that carries much of the exam comes first; off the exam there is no need; without one all count."""
    half = Interval(0.5, 0.3, 0.7)
    assert need(0.2, half) == pytest.approx(0.1)
    assert need(0.0, half) == 0.0
    assert need(None, half) == 0.5


def test_impossible_shares_are_refused() -> None:
    """More right than asked, or a blend of nothing, is a mistake of the caller."""
    with pytest.raises(ValueError, match="no share"):
        jeffreys(3, 2)
    with pytest.raises(ValueError, match="blend"):
        blend([(0.0, 1.0, 2.0)])
