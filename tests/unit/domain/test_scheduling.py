"""The rules by which a card comes back, and that the log alone rebuilds them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyapp.domain import memory, scheduling
from studyapp.domain.memory import Rating
from studyapp.domain.scheduling import NEW_CARD, CardState, Graded, Phase, advance, choices, moves_memory, replay

AGAIN, HARD, GOOD, EASY = Rating
WISH = 0.90
# Grades with the days since the one before; several a day are the rule rather than the exception.
HISTORIES = st.lists(
    st.tuples(st.sampled_from(Rating), st.one_of(st.just(0), st.integers(0, 2), st.integers(0, 400))), max_size=25
)


def log_of(history: list[tuple[Rating, int]], start: int = 740_000) -> list[Graded]:
    """A log with growing times."""
    log, day = [], start
    for n, (rating, gap) in enumerate(history):
        day += gap
        log.append(Graded(rating, day, day * 86_400_000 + n * 60_000))
    return log


def after(*grades: tuple[Rating, int], card_id: str = "n1#front") -> CardState:
    """The state after grades, each with the days since the one before."""
    return replay(log_of(list(grades)), card_id, WISH)


@pytest.mark.parametrize(
    ("rating", "phase", "minutes"),
    [(AGAIN, Phase.LEARNING, 1), (HARD, Phase.LEARNING, 6), (GOOD, Phase.REVIEW, None), (EASY, Phase.REVIEW, None)],
)
def test_a_new_card(rating: Rating, phase: Phase, minutes: int | None) -> None:
    """Again and Hard bring a new card back in this session; Good and Easy give it a due day."""
    state = after((rating, 0))
    assert state.phase is phase
    assert state.reps == 1
    assert state.lapses == 0
    if minutes is None:
        assert state.due_at_ms is None
        assert state.due_day is not None
        assert state.due_day > 740_000
    else:
        assert state.due_at_ms == 740_000 * 86_400_000 + minutes * 60_000
        assert state.due_day == 740_000


def test_a_lapse_and_the_pass_after_it_move_memory_and_tries_between_do_not() -> None:
    """After a lapse each further failed try is practice: only the pass counts, as if they had not been made."""
    lapsed = after((GOOD, 0), (AGAIN, 5))
    assert (lapsed.phase, lapsed.lapses) == (Phase.RELEARNING, 1)
    hard_evening = after((GOOD, 0), (AGAIN, 5), (AGAIN, 0), (HARD, 0), (AGAIN, 0), (GOOD, 0))
    easy_evening = after((GOOD, 0), (AGAIN, 5), (GOOD, 0))
    assert (hard_evening.stability, hard_evening.due_day) == (easy_evening.stability, easy_evening.due_day)
    assert hard_evening.phase is Phase.REVIEW
    expected = memory.replay([(3, 0), (1, 5), (3, 0)])
    assert hard_evening.stability == expected.stability


def test_a_second_pass_on_a_day_changes_nothing() -> None:
    """A card passed today and met again today keeps its due day, whatever the grade."""
    passed = after((GOOD, 0))
    for rating in Rating:
        assert after((GOOD, 0), (rating, 0)) == passed
        assert not moves_memory(passed, rating, 740_000)
    assert moves_memory(passed, AGAIN, 740_001)


def test_hard_on_a_learned_card_is_a_recall() -> None:
    """Hard is no lapse: the card stays learned and gets a due day."""
    state = after((GOOD, 0), (HARD, 3))
    assert (state.phase, state.lapses, state.due_at_ms) == (Phase.REVIEW, 0, None)


def test_learning_left_overnight_goes_on_by_the_long_formula() -> None:
    """A card still being learned when the session was left counts its days like any other, and is no lapse."""
    state = after((AGAIN, 0), (AGAIN, 1), (GOOD, 2))
    assert state.stability == memory.replay([(1, 0), (1, 1), (3, 2)]).stability
    assert state.lapses == 0


def test_a_leech_is_the_eighth_lapse() -> None:
    """Eight lapses make a leech, seven do not."""
    lapse = ((AGAIN, 3), (GOOD, 0))
    assert not after((GOOD, 0), *(lapse * 7)).leech
    assert after((GOOD, 0), *(lapse * 8)).leech


@given(HISTORIES, st.integers(0, 30))
@settings(deadline=None)
def test_the_buttons_tell_what_grading_does(history: list[tuple[Rating, int]], gap: int) -> None:
    """What a button promises is what grading brings, and a better grade never comes back sooner."""
    log = log_of(history)
    day = (log[-1].study_day if log else 740_000) + gap
    state = replay(log, "n1#front", WISH)
    offered = choices(state, day, "n1#front", WISH)
    assert [choice.rating for choice in offered] == list(Rating)
    for choice in offered:
        graded = advance(state, Graded(choice.rating, day, 0), "n1#front", WISH)
        if choice.minutes is None:
            assert graded.due_at_ms is None
            assert choice.days == (graded.due_day or 0) - day
        else:
            assert graded.due_at_ms == choice.minutes * 60_000
    days = [0 if choice.days is None else choice.days for choice in offered]
    assert days == sorted(days)


@given(st.dictionaries(st.text("abc#", min_size=1, max_size=4), HISTORIES, max_size=6), st.floats(0.70, 0.97))
@settings(deadline=None)
def test_bulk_replay_equals_grading_one_by_one(histories: dict[str, list[tuple[Rating, int]]], wish: float) -> None:
    """The doctor's replay of the whole log finds the very states that grading left, bit for bit."""
    logs = {card_id: log_of(history) for card_id, history in histories.items()}
    together = scheduling.replay_all(logs, dict.fromkeys(logs, wish))
    assert together == {card_id: replay(log, card_id, wish) for card_id, log in logs.items()}


@given(HISTORIES)
@settings(deadline=None)
def test_states_hold_together(history: list[tuple[Rating, int]]) -> None:
    """Whatever happens, a state is one that the schema accepts."""
    state = replay(log_of(history), "n1#front", WISH)
    assert (state.phase is Phase.NEW) == (state.stability is None) == (state.last_day is None)
    assert (state.due_at_ms is not None) == (state.phase in (Phase.LEARNING, Phase.RELEARNING))
    assert 0 <= state.lapses <= state.reps <= len(history)
    if state.phase is Phase.REVIEW:
        assert state.due_day is not None
        assert state.last_day is not None
        assert state.due_day > state.last_day


def test_a_clock_set_back_counts_no_days() -> None:
    """A review dated before the last one is practice or a same-day pass, never negative days."""
    early = [Graded(GOOD, 740_010, 2), Graded(AGAIN, 740_000, 3)]
    assert replay(early, "n1#front", WISH) == replay(early[:1], "n1#front", WISH)
    learning = [Graded(AGAIN, 740_010, 2), Graded(GOOD, 740_000, 3)]
    state = replay(learning, "n1#front", WISH)
    assert state.last_day == 740_010
    assert state.stability == memory.replay([(1, 0), (3, 0)]).stability


@given(st.integers(1, 36_500), st.text(max_size=8), st.integers(0, 50))
def test_spread_is_small_stable_and_keeps_order(interval: int, card_id: str, reps: int) -> None:
    """An interval moves by at most half a day and 5 %, the same each time, and never past a longer one."""
    moved = scheduling.spread(interval, card_id, reps)
    assert moved == scheduling.spread(interval, card_id, reps)
    assert abs(moved - interval) <= 1 + 0.05 * interval
    assert moved <= scheduling.spread(interval + 1, card_id, reps)
    assert 1 <= moved <= memory.INTERVAL_MAX


def test_spread_parts_cards_learned_together() -> None:
    """A hundred cards passed on one day do not all come back on one day."""
    days = {scheduling.spread(30, f"n{n}#front", 2) for n in range(100)}
    assert days == {28, 29, 30, 31, 32}


def test_recall_fades_from_one() -> None:
    """Recall is certain on the day of the review, the wish on the exact due day, and nothing for a new card."""
    state = after((GOOD, 0))
    assert scheduling.retrievability(state, 740_000) == 1.0
    assert scheduling.retrievability(state, 740_002) == pytest.approx(0.91, abs=0.01)
    assert scheduling.retrievability(NEW_CARD, 740_000) == 0.0
