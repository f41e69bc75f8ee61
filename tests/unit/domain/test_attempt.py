"""An attempt is a value: each change is a new one, and the rules of the room hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyapp.core.errors import StudyAppError
from studyapp.domain import attempt as room
from studyapp.domain.attempt import Attempt, AttemptKind, AttemptState, Feedback, Slot
from studyapp.domain.item import Confidence, Response

START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
A = Response(chosen=frozenset("a"))


def fresh(count: int = 3, *, feedback: Feedback = Feedback.TUTOR, limit: int | None = 600) -> Attempt:
    """An attempt just begun."""
    return Attempt(
        id="a1",
        kind=AttemptKind.PRACTICE,
        title="Quiz",
        blueprint_id="",
        feedback=feedback,
        state=AttemptState.OPEN,
        seed=1,
        slots=tuple(Slot(n, f"x.{n}", "", ("a", "b", "c", "d")) for n in range(count)),
        position=0,
        started_at=START,
        time_limit_s=limit,
    )


def test_answering_can_be_changed_and_taken_back() -> None:
    """Until it is final, the last response counts, and an empty one is none."""
    attempt = room.answer(fresh(), 1, A)
    attempt = room.answer(attempt, 1, Response(chosen=frozenset("b")))
    assert attempt.slots[1].response == Response(chosen=frozenset("b"))
    assert attempt.unanswered == (0, 2)
    assert room.answer(attempt, 1, Response()).slots[1].response is None


def test_a_locked_answer_is_final() -> None:
    """Once the key was shown neither the response nor the confidence changes; flag and strike-out still do."""
    attempt = room.lock(room.answer(fresh(), 0, A), 0, 1.0)
    assert (attempt.slots[0].locked, attempt.slots[0].score) == (True, 1.0)
    with pytest.raises(StudyAppError, match="final"):
        room.answer(attempt, 0, Response(chosen=frozenset("b")))
    with pytest.raises(StudyAppError, match="final"):
        room.set_confidence(attempt, 0, Confidence.SURE)
    with pytest.raises(StudyAppError, match="final"):
        room.lock(attempt, 0, 0.0)
    assert room.flag(attempt, 0, flagged=True).slots[0].flagged


def test_no_key_before_the_end_of_a_test() -> None:
    """An attempt with feedback at its end cannot lock an answer."""
    with pytest.raises(StudyAppError, match="at its end"):
        room.lock(room.answer(fresh(feedback=Feedback.TEST), 0, A), 0, 1.0)


def test_strike_outs_are_of_this_item() -> None:
    """Only options of the item can be struck out, and they can come back."""
    attempt = room.strike(fresh(), 2, frozenset({"a", "z"}))
    assert attempt.slots[2].struck == {"a"}
    assert room.strike(attempt, 2, frozenset()).slots[2].struck == frozenset()


def test_there_is_no_item_beyond_the_last() -> None:
    """A position outside the form is a mistake of the caller."""
    for position in (-1, 3):
        with pytest.raises(IndexError):
            room.go_to(fresh(), position)


@given(st.lists(st.tuples(st.integers(0, 2), st.floats(0.0, 400.0)), max_size=12))
def test_time_adds_up_and_stops_at_the_limit(spent: list[tuple[int, float]]) -> None:
    """Time used never passes the limit, time left is the rest, and each item has the time spent on it."""
    attempt = fresh()
    for position, seconds in spent:
        attempt = room.add_time(room.go_to(attempt, position), seconds)
    assert attempt.time_used_s == pytest.approx(min(600.0, sum(seconds for _, seconds in spent)))
    assert attempt.time_left_s == pytest.approx(600.0 - attempt.time_used_s)
    assert sum(slot.duration_ms for slot in attempt.slots) == pytest.approx(attempt.time_used_s * 1000, abs=20)


def test_reading_the_rationale_is_not_answering() -> None:
    """After the key is shown the item's own time stands still while the quiz's goes on."""
    attempt = room.add_time(room.lock(room.answer(room.add_time(fresh(), 10.0), 0, A), 0, 1.0), 30.0)
    assert attempt.slots[0].duration_ms == 10_000
    assert attempt.time_used_s == 40.0


def test_submitting_marks_everything() -> None:
    """Unanswered items score nothing whatever is claimed, locked ones keep their mark, and the attempt is over."""
    attempt = room.lock(room.answer(fresh(), 0, A), 0, 0.5)
    attempt = room.answer(attempt, 1, A)
    done = room.submit(attempt, {0: 1.0, 1: 1.0, 2: 1.0}, START + timedelta(minutes=5))
    assert [slot.score for slot in done.slots] == [0.5, 1.0, 0.0]
    assert (done.state, done.finished_at) == (AttemptState.FINISHED, START + timedelta(minutes=5))
    with pytest.raises(StudyAppError, match="over"):
        room.answer(done, 1, A)
    with pytest.raises(StudyAppError, match="over"):
        room.submit(done, {}, START)
    with pytest.raises(StudyAppError, match="over"):
        room.abandon(done, START)


def test_giving_up_marks_nothing() -> None:
    """An abandoned attempt has no scores."""
    done = room.abandon(room.answer(fresh(), 0, A), START)
    assert done.state is AttemptState.ABANDONED
    assert all(slot.score is None for slot in done.slots)


def test_a_change_leaves_the_old_value_alone() -> None:
    """The attempt before a change is still what it was."""
    before = fresh()
    room.answer(before, 0, A)
    room.go_to(before, 2)
    assert before == fresh()
