"""FSRS-6 agrees with two independent implementations, for one card and for many."""

from datetime import UTC, datetime, timedelta

import fsrs
import fsrs_rs_python
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain import memory
from studyapp.domain.memory import DEFAULT_WEIGHTS, WEIGHT_BOUNDS, Parameters, Rating, State

MIDNIGHT = datetime(2026, 1, 5, tzinfo=UTC)
# Days between reviews: many on the same study day, some years late.
DAYS = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 60), st.integers(0, 2000))
REVIEWS = st.tuples(st.integers(1, 4), DAYS)
LOGS = st.lists(REVIEWS, min_size=1, max_size=20)
NEAR_DEFAULT = st.tuples(
    *(
        st.floats(max(low, weight * 0.8), min(high, weight * 1.25)).map(lambda value: round(value, 5))
        for weight, (low, high) in zip(DEFAULT_WEIGHTS, WEIGHT_BOUNDS, strict=True)
    )
)


def by_py_fsrs(log: list[tuple[int, int]], weights: tuple[float, ...]) -> tuple[float, float]:
    """Stability and difficulty by PyPI `fsrs`, with midnight datetimes, since it floors elapsed time to whole days."""
    scheduler = fsrs.Scheduler(parameters=weights, enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    when = MIDNIGHT
    for position, (rating, days) in enumerate(log):
        when += timedelta(days=days if position else 0)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), when)
    assert card.stability is not None
    assert card.difficulty is not None
    return card.stability, card.difficulty


def by_fsrs_rs(log: list[tuple[int, int]], weights: tuple[float, ...]) -> tuple[float, float]:
    """Stability and difficulty by `fsrs-rs`, which counts in single precision."""
    reviews = [fsrs_rs_python.FSRSReview(rating, days if n else 0) for n, (rating, days) in enumerate(log)]
    state = fsrs_rs_python.FSRS(list(weights)).memory_state(fsrs_rs_python.FSRSItem(reviews))
    return state.stability, state.difficulty


@given(LOGS)
@settings(max_examples=200, deadline=None)
def test_default_weights_agree_with_both_oracles(log: list[tuple[int, int]]) -> None:
    """On any history, with several reviews a day, stability and difficulty agree with both oracles to 1e-4."""
    state = memory.replay(log)
    ours = (state.stability, state.difficulty)
    py_stability, py_difficulty = by_py_fsrs(log, DEFAULT_WEIGHTS)
    # py-fsrs does not cap stability; the cap of 36,500 days is fsrs-rs's and ours.
    if py_stability < memory.STABILITY_MAX:
        assert ours == pytest.approx((py_stability, py_difficulty), rel=1e-9)
    assert ours == pytest.approx(by_fsrs_rs(log, DEFAULT_WEIGHTS), rel=1e-4)


@given(LOGS, NEAR_DEFAULT)
@settings(max_examples=100, deadline=None)
def test_other_weights_agree_with_both_oracles(log: list[tuple[int, int]], weights: tuple[float, ...]) -> None:
    """Each weight is used where the oracles use it, not only at its default."""
    state = memory.replay(log, Parameters(weights))
    ours = (state.stability, state.difficulty)
    py_stability, py_difficulty = by_py_fsrs(log, weights)
    if py_stability < memory.STABILITY_MAX:
        assert ours == pytest.approx((py_stability, py_difficulty), rel=1e-9)
    assert ours == pytest.approx(by_fsrs_rs(log, weights), rel=1e-4)


@given(st.integers(1, 20).flatmap(lambda n: st.lists(st.lists(REVIEWS, min_size=n, max_size=n), min_size=1)))
@settings(deadline=None)
def test_many_cards_at_once_equal_each_alone_bit_for_bit(logs: list[list[tuple[int, int]]]) -> None:
    """A log replayed in bulk rebuilds exactly the numbers that grading one card at a time gave."""
    together = memory.replay_many(logs)
    alone = [memory.replay(log) for log in logs]
    assert together.stability.tolist() == [state.stability for state in alone]
    assert together.difficulty.tolist() == [state.difficulty for state in alone]


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([3, 3, 3, 3, 3, 3, 3], [2, 11, 46, 163, 497, 1346, 3292]),
        ([4, 4, 4, 4], [8, 66, 397, 1875]),
        ([2, 2, 2, 2, 2, 2], [1, 3, 7, 12, 18, 25]),
        ([1, 3, 3, 3, 1, 3, 3], [1, 2, 6, 17, 2, 4, 8]),
    ],
)
def test_intervals_of_golden_histories(ratings: list[int], expected: list[int]) -> None:
    """Answered each time when due at 0.90, these grades give exactly these intervals (py-fsrs 6.3.2 gives the same)."""
    intervals: list[int] = []
    log: list[tuple[int, int]] = []
    for rating in ratings:
        log.append((rating, intervals[-1] if intervals else 0))
        intervals.append(memory.interval(memory.replay(log).stability, 0.90))
    assert intervals == expected


def test_golden_intervals_are_the_oracles() -> None:
    """The golden lists are not our own echo: py-fsrs without learning steps schedules the same days."""
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    for ratings in ([3] * 7, [4] * 4, [2] * 6, [1, 3, 3, 3, 1, 3, 3]):
        card, when = fsrs.Card(card_id=1), MIDNIGHT
        log: list[tuple[int, int]] = []
        ours: list[int] = []
        theirs: list[int] = []
        for rating in ratings:
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), when)
            log.append((rating, theirs[-1] if theirs else 0))
            theirs.append((card.due - when).days)
            ours.append(memory.interval(memory.replay(log).stability, 0.90))
            when = card.due
        assert ours == theirs


@given(st.floats(0.01, 36_000.0), st.floats(0.70, 0.97))
def test_interval_is_when_recall_falls_to_the_wish(stability: float, wish: float) -> None:
    """The exact interval inverts the forgetting curve; at 0.90 it is the stability itself."""
    state = State(stability, 5.0)
    assert memory.retrievability(state, memory.exact_interval(stability, wish)) == pytest.approx(wish)
    assert memory.exact_interval(stability, 0.90) == pytest.approx(stability)


@given(LOGS, st.integers(0, 4000))
def test_bounds_and_order_hold(log: list[tuple[int, int]], days: int) -> None:
    """Stability, difficulty and recall stay in range, and a better grade never leaves a card less stable."""
    state = memory.replay(log)
    after = [memory.step(state, rating, days) for rating in Rating]
    stabilities = [reviewed.stability for reviewed in after]
    difficulties = [reviewed.difficulty for reviewed in after]
    assert stabilities[0] >= memory.STABILITY_MIN
    assert stabilities == sorted(stabilities)
    assert stabilities[-1] <= memory.STABILITY_MAX
    assert difficulties[0] <= 10.0
    assert difficulties == sorted(difficulties, reverse=True)
    assert difficulties[-1] >= 1.0
    assert 0.0 < memory.retrievability(state, days) <= 1.0


def test_interval_is_whole_and_bounded() -> None:
    """A due day is at least tomorrow and at most a century away."""
    assert [memory.interval(stability, 0.70) for stability in (0.001, 2.4, 36_500.0)] == [1, 22, 36_500]


def test_weights_out_of_bounds_are_refused() -> None:
    """A weight set that no fit could yield is refused by name."""
    with pytest.raises(ValueError, match="21 weights"):
        Parameters(DEFAULT_WEIGHTS[:19])
    with pytest.raises(ValueError, match="w20"):
        Parameters((*DEFAULT_WEIGHTS[:20], 2.0))
    with pytest.raises(ValueError, match="w3"):
        Parameters((*DEFAULT_WEIGHTS[:3], float("nan"), *DEFAULT_WEIGHTS[4:]))


def test_broken_logs_are_refused() -> None:
    """A log without a review cannot be replayed, nor can logs of different length at once."""
    with pytest.raises(ValueError, match="log"):
        memory.replay([])
    unequal: list[list[list[tuple[int, int]]]] = [[], [[]], [[(3, 0)], [(3, 0), (3, 1)]]]
    for logs in unequal:
        with pytest.raises(ValueError, match=r"logs|shape"):
            memory.replay_many(logs)


def test_ratings_keep_their_numbers() -> None:
    """The stored numbers of the grades never change."""
    assert [(rating.name, int(rating)) for rating in Rating] == [("AGAIN", 1), ("HARD", 2), ("GOOD", 3), ("EASY", 4)]
