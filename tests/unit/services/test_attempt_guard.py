"""What a room may still do once its attempt went on, or ended, without it."""

from collections.abc import Callable

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptState, Feedback
from studyapp.domain.item import Confidence, Response
from studyapp.services.attempts import AttemptRunner
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.study import Study
from tests.support.clock import FakeClock

RIGHT = Response(chosen=frozenset("b"))
WRONG = Response(chosen=frozenset("a"))
ITEMS = tuple(f"x.l06.{n:03}" for n in range(10, 13))

Act = Callable[[AttemptRunner], object]
CHANGES: list[Act] = [
    lambda room: room.answer(1, RIGHT),
    lambda room: room.set_confidence(1, Confidence.SURE),
    lambda room: room.set_flag(1, flagged=True),
    lambda room: room.set_struck(1, frozenset("a")),
    lambda room: room.go_to(1),
    lambda room: room.submit(),
    lambda room: room.abandon(),
]


def open_room(study: Study, feedback: Feedback = Feedback.TEST, minutes: int | None = None) -> AttemptRunner:
    """A quiz of three, the first answered rightly."""
    spec = PracticeSpec(PracticeFilter(), item_ids=ITEMS, feedback=feedback, minutes=minutes)
    room = study.practice.start(spec)
    room.answer(0, RIGHT)
    return room


def stored(study: Study, statement: str) -> list[tuple[object, ...]]:
    """Rows as they stand in the file."""
    with study.database.read() as session:
        return session.rows(statement)


@pytest.mark.parametrize("act", CHANGES)
def test_a_finished_attempt_takes_no_change_from_another_room(study: Study, act: Act) -> None:
    """Handed in through one room, the attempt stays as it was marked, and the other room knows."""
    stale = open_room(study)
    study.attempts.runner(stale.attempt.id).submit()
    before = stored(study, "SELECT * FROM attempt_slot"), stored(study, "SELECT * FROM attempt")
    with pytest.raises(StudyAppError, match=r"This attempt is over\."):
        act(stale)
    assert (stored(study, "SELECT * FROM attempt_slot"), stored(study, "SELECT * FROM attempt")) == before
    assert len(stored(study, "SELECT * FROM response")) == 1
    assert stale.attempt.state is AttemptState.FINISHED
    assert stale.attempt.slots[0].score == 1.0


@pytest.mark.parametrize("act", CHANGES)
def test_an_erased_attempt_takes_no_change(study: Study, act: Act) -> None:
    """After erasing, a room left open says so at the first answer, not never."""
    stale = open_room(study)
    study.data.erase()
    with pytest.raises(StudyAppError, match=r"This attempt is over\."):
        act(stale)
    assert stale.attempt.state is AttemptState.ABANDONED
    assert stored(study, "SELECT * FROM attempt") == []
    assert stored(study, "SELECT * FROM response") == []


def test_a_clock_of_an_attempt_that_is_over_stops_quietly(study: Study, clock: FakeClock) -> None:
    """Leaving a room, or its clock ticking on, is no reason to complain."""
    ticking, leaving = open_room(study), open_room(study)
    study.data.erase()
    clock.advance(10)
    assert not ticking.tick()
    leaving.pause()
    assert {ticking.attempt.state, leaving.attempt.state} == {AttemptState.ABANDONED}


def test_an_answer_whose_key_was_shown_is_final_in_every_room(study: Study) -> None:
    """A room that does not know of the key can neither change the answer nor log it again."""
    first = open_room(study, Feedback.TUTOR)
    acts: tuple[Act, ...] = (
        lambda room: room.answer(0, WRONG),
        lambda room: room.lock(0),
        lambda room: room.submit(),
    )
    rooms = [study.attempts.runner(first.attempt.id) for _ in acts]
    first.lock(0)
    for act, stale in zip(acts, rooms, strict=True):
        with pytest.raises(StudyAppError, match="final"):
            act(stale)
        assert stale.attempt.slots[0].locked
    assert stored(study, "SELECT score FROM response") == [(1.0,)]
    assert stored(study, "SELECT score, locked FROM attempt_slot WHERE position = 0") == [(1.0, 1)]


@pytest.mark.parametrize("act", [CHANGES[0], CHANGES[1]])
def test_an_answer_after_the_time_is_not_taken(study: Study, clock: FakeClock, act: Act) -> None:
    """Between two ticks the time runs out: what was answered before is handed in, what comes now is not."""
    room = open_room(study, minutes=1)
    clock.advance(61)
    with pytest.raises(StudyAppError, match=r"Time is up\."):
        act(room)
    assert room.attempt.state is AttemptState.FINISHED
    result = study.attempts.result(room.attempt.id)
    assert [slot.response for slot in result.slots] == [RIGHT, None, None]
    assert not room.tick()


def test_a_key_is_not_shown_after_the_time(study: Study, clock: FakeClock) -> None:
    """Tutor feedback ends with the time, too; an answer given in time counts."""
    room = open_room(study, Feedback.TUTOR, minutes=1)
    clock.advance(61)
    with pytest.raises(StudyAppError, match=r"Time is up\."):
        room.lock(0)
    assert study.attempts.result(room.attempt.id).right == 1.0
