"""What a session does with cards that went on, or went away, without it; and what taking back leaves."""

from collections.abc import Callable

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.memory import Rating
from studyapp.services.library import EntryKind
from studyapp.services.review import ReviewScope, ReviewSession
from studyapp.services.study import Study
from studyapp.storage import cards
from tests.support.bank import bank, one_note_of_each_type
from tests.support.clock import FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]
Act = Callable[[ReviewSession], object]

ACTS: list[Act] = [
    lambda session: session.grade(Rating.GOOD, duration_ms=1000),
    lambda session: session.suspend(),
    lambda session: session.bury(),
    lambda session: session.set_flag(flagged=True),
]


def own_card(study: Study) -> str:
    """The id of a new own card."""
    study.library.save_draft(EntryKind.NOTE, {"type": "basic", "topic": "L06", "front": "Mine?", "back": "Yes"})
    with study.database.read() as session:
        note_id = session.value("SELECT id FROM note WHERE origin = 'own' ORDER BY seq DESC")
    return f"{note_id}#front"


def sound(study: Study) -> bool:
    """Whether the doctor finds nothing wrong with cards and logs."""
    checks = ("references", "replay", "orphans")
    return all(finding.ok for finding in study.data.examine() if finding.check in checks)


def now_current(session: ReviewSession) -> str | None:
    """The id of the card shown."""
    return None if session.current is None else session.current.card.id


def delete(study: Study, card_id: str) -> None:
    """Delete the note of an own card."""
    study.library.delete_own(card_id.partition("#")[0])


def erase(study: Study, _card_id: str) -> None:
    """Erase everything."""
    study.data.erase()


GOES: list[Callable[[Study, str], None]] = [delete, erase]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("go", GOES)
def test_a_card_that_went_away_takes_nothing(study: Study, act: Act, go: Callable[[Study, str], None]) -> None:
    """An own card deleted under a session is told, nothing is stored of it, and the session goes on."""
    card_id = own_card(study)
    session = study.review.start(ReviewScope(card_ids=(card_id,)))
    assert now_current(session) == card_id
    go(study, card_id)
    with pytest.raises(StudyAppError, match="no longer there"):
        act(session)
    assert session.current is None
    assert sound(study)
    with study.database.read() as read:
        assert read.value("SELECT count(*) FROM review") == 0


@pytest.mark.parametrize("act", ACTS[:3])
@pytest.mark.parametrize("go", GOES)
def test_taking_back_on_a_card_that_went_away(study: Study, act: Act, go: Callable[[Study, str], None]) -> None:
    """It is told, forgotten, and nothing is broken by it."""
    card_id = own_card(study)
    session = study.review.start(ReviewScope(card_ids=(card_id,)))
    act(session)
    go(study, card_id)
    if go is delete and act is ACTS[0]:
        session.undo()  # the card was met, so its history stays and can be corrected
    else:
        with pytest.raises(StudyAppError, match="no longer"):
            session.undo()
    assert not session.can_undo
    assert sound(study)


def test_a_grade_builds_on_what_is_stored(study: Study, clock: FakeClock) -> None:
    """Of two sessions on one card the second goes on where the first left it."""
    first, second = study.review.start(ReviewScope()), study.review.start(ReviewScope())
    card_id = now_current(first)
    assert card_id == now_current(second)
    first.grade(Rating.AGAIN, duration_ms=1000)
    clock.advance(30)
    second.grade(Rating.GOOD, duration_ms=1000)
    assert sound(study)
    with study.database.read() as session:
        assert card_id is not None
        state = cards.state(session, 1, card_id)
    assert state is not None
    assert state.reps == 2
    with pytest.raises(StudyAppError, match="no longer be taken back"):
        first.undo()
    assert sound(study)
    second.undo()
    assert sound(study)


@pytest.mark.parametrize("act", ACTS[1:3])
def test_undo_restores_what_held_before(study: Study, act: Act) -> None:
    """A suspended card that is shown by name, suspended or buried again, is as it was once that is taken back."""
    session = study.review.start(ReviewScope())
    card_id = now_current(session)
    assert card_id is not None
    session.bury()
    study.library.set_suspended(card_id.partition("#")[0], suspended=True)
    with study.database.read() as read:
        before = cards.read(read, 1, card_id)
    again = study.review.start(ReviewScope(card_ids=(card_id,)))
    act(again)
    again.undo()
    with study.database.read() as read:
        assert cards.read(read, 1, card_id) == before
    assert before is not None
    assert before.suspended
    assert before.buried_day is not None


def test_every_card_begun_counts_in_its_topics_turn(opened: OpenStudy, clock: FakeClock) -> None:
    """Topics take turns by cards, so a topic with several cards a note does not come more often than its share."""
    study = opened(bank(items=(), notes=one_note_of_each_type()))
    for _ in range(2):
        session = study.review.start(ReviewScope())
        while session.current is not None:
            session.grade(Rating.EASY, duration_ms=1000)
        clock.advance(days=1)
    with study.database.read() as read:
        assert cards.begun_by_topic(read, 1) == {"L07": 5, "T01": 2}


def test_a_first_grade_taken_back_yesterday_introduces_nothing(opened: OpenStudy, clock: FakeClock) -> None:
    """A card whose first grade was undone is new on the day on which it is graded for good."""
    study = opened(plenty(), new_cards_per_day=3)
    session = study.review.start(ReviewScope())
    card_id = now_current(session)
    assert card_id is not None
    session.grade(Rating.EASY, duration_ms=1000)
    session.undo()
    clock.advance(days=1)
    study.review.start(ReviewScope(card_ids=(card_id,))).grade(Rating.EASY, duration_ms=1000)
    assert study.review.counts(ReviewScope()).new == 2
