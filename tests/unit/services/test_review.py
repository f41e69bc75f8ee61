"""Flashcards: what is served, what a grade leaves behind, and taking it back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyapp.core.errors import StudyAppError
from studyapp.domain import scheduling
from studyapp.domain.memory import Rating
from studyapp.domain.note import BasicNote, ReversedNote
from studyapp.domain.scheduling import CardState
from studyapp.services.changes import Area
from studyapp.services.library import EntryKind
from studyapp.services.review import CardView, QueueCounts, ReviewScope, ReviewSession
from studyapp.services.study import Study
from studyapp.storage import cards, reviews
from tests.support.bank import bank, one_note_of_each_type
from tests.support.clock import START, FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]
AGAIN, HARD, GOOD, EASY = Rating


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """A study over `plenty`, for the exam `cmom`."""
    return opened(plenty(), exam_id="cmom")


def shown(session: ReviewSession) -> CardView:
    """The current card, which must be there."""
    assert session.current is not None
    return session.current


def grade(session: ReviewSession, rating: Rating, clock: FakeClock, seconds: float = 5.0) -> str:
    """Grade the current card after some seconds; returns its id."""
    card_id = shown(session).card.id
    clock.advance(seconds)
    session.grade(rating, duration_ms=int(seconds * 1000))
    return card_id


def grade_all(session: ReviewSession, rating: Rating, clock: FakeClock) -> list[str]:
    """Grade whatever comes until nothing is left; returns the ids in order."""
    ids = []
    while session.current is not None:
        ids.append(grade(session, rating, clock))
    return ids


def cached_and_replayed(study: Study) -> tuple[dict[str, CardState], dict[str, CardState]]:
    """Every card's cached state that is not new, and what replaying the log yields."""
    with study.database.read() as session:
        cached = {card_id: state for card_id, state in cards.states(session, 1).items() if state.reps}
        logs = reviews.logs(session, 1)
    wishes = {card_id: state.desired_retention or 0.9 for card_id, state in cached.items()}
    return cached, scheduling.replay_all({card_id: logs.get(card_id, []) for card_id in cached}, wishes)


def test_new_cards_come_up_to_the_limit_of_the_day(study: Study, clock: FakeClock) -> None:
    """Fifteen new cards a day, topics in turn by the exam's weights, none more today, fifteen more tomorrow."""
    assert study.review.counts(ReviewScope()) == QueueCounts(new=15, learning=0, due=0)
    first = grade_all(study.review.start(ReviewScope()), GOOD, clock)
    topics = Counter(card[2:5] for card in first)
    assert (topics.total(), topics["l06"] + topics["l07"]) in {(15, 11), (15, 12)}
    assert topics["l07"] > topics["l06"] > 0
    for topic, n in topics.items():
        assert [card for card in first if card[2:5] == topic] == [f"x.{topic}.n{i:03}#front" for i in range(n)]
    assert study.review.counts(ReviewScope()).total == 0
    clock.advance(days=1)
    assert study.review.counts(ReviewScope()).new == 15
    clock.advance(days=1)
    assert study.review.counts(ReviewScope()) == QueueCounts(new=15, learning=0, due=15)


def test_a_grade_is_on_disk_before_the_next_card_shows(opened: OpenStudy, clock: FakeClock) -> None:
    """A program killed right after a grade finds it at the next start."""
    study = opened(plenty())
    session = study.review.start(ReviewScope())
    card_id = grade(session, GOOD, clock)
    assert shown(session).card.id != card_id
    again = opened(None)
    with again.database.read() as read:
        (logged,) = reviews.logs(read, 1)[card_id]
        stored = cards.read(read, 1, card_id)
    assert logged.rating is GOOD
    assert stored is not None
    assert stored.state == scheduling.replay([logged], card_id, 0.9)
    assert again.review.counts(ReviewScope()).new == 14


def test_again_comes_back_within_the_session(study: Study, clock: FakeClock) -> None:
    """A card not known comes back after its minute, before the next new card, and at once when nothing else is left."""
    session = study.review.start(ReviewScope(card_ids=("x.l06.n000#front", "x.l06.n001#front", "x.l06.n002#front")))
    missed = grade(session, AGAIN, clock)
    assert session.counts == QueueCounts(new=2, learning=1, due=0)
    second = grade(session, GOOD, clock, seconds=61)
    assert shown(session).card.id == missed != second
    assert shown(session).state == "learning"
    grade(session, AGAIN, clock)
    grade(session, GOOD, clock)
    # Nothing else is left: the wait is over although the minute is not.
    assert grade(session, GOOD, clock) == missed
    assert session.current is None
    assert not session.counts.total


def test_the_buttons_keep_their_word(study: Study, clock: FakeClock) -> None:
    """The days on a button are the days after which the card is due."""
    session = study.review.start(ReviewScope())
    for rating in (GOOD, EASY):
        view = shown(session)
        choice = view.choices[rating - 1]
        assert choice.rating is rating
        assert choice.minutes is None
        session.grade(rating, duration_ms=4000)
        with study.database.read() as read:
            stored = cards.read(read, 1, view.card.id)
        assert stored is not None
        assert stored.state.due_day == clock.at.date().toordinal() + (choice.days or 0)
    assert [choice.minutes for choice in shown(session).choices] == [1, 6, None, None]


def test_undo_takes_back_card_after_card(study: Study, clock: FakeClock) -> None:
    """Undo shows the card again as it was before, back to the session's first; the log keeps both rows."""
    session = study.review.start(ReviewScope())
    first_view = shown(session)
    done = [grade(session, rating, clock) for rating in (GOOD, AGAIN, EASY, HARD)]
    counts = session.counts
    for card_id in reversed(done):
        assert session.can_undo
        assert session.undo().areas == {Area.CARDS}
        assert shown(session).card.id == card_id
        assert shown(session).state == "new"
    assert shown(session) == first_view
    assert session.counts == QueueCounts(new=15, learning=0, due=0)
    assert counts != session.counts
    assert not session.can_undo
    with pytest.raises(StudyAppError, match="nothing to undo"):
        session.undo()
    cached, _ = cached_and_replayed(study)
    assert cached == {}
    with study.database.raw() as connection:
        assert connection.execute("SELECT kind, count(*) FROM review GROUP BY kind ORDER BY kind").fetchall() == [
            ("review", 4),
            ("undo", 4),
        ]
    # The day's limit counts what stands, and grading goes on in the same order.
    assert grade_all(session, GOOD, clock)[:4] == done


def test_undo_after_the_last_card(study: Study, clock: FakeClock) -> None:
    """The last grade of a session can be taken back from its summary."""
    session = study.review.start(ReviewScope(card_ids=("x.l06.n000#front",)))
    grade(session, EASY, clock)
    assert session.current is None
    session.undo()
    assert shown(session).card.id == "x.l06.n000#front"
    assert session.summary().reviewed == 0


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_replaying_the_log_rebuilds_every_card(opened: OpenStudy, clock: FakeClock, data: st.DataObject) -> None:
    """Whatever is graded, taken back, left overnight or done at another wish, the cache equals the log, bit for bit."""
    clock.at = START
    study = opened(plenty(), folder=str(uuid4()), desired_retention=data.draw(st.sampled_from([0.8, 0.9, 0.95])))
    session = study.review.start(ReviewScope(ahead=True))
    for _ in range(data.draw(st.integers(1, 30))):
        match data.draw(st.sampled_from(["grade", "grade", "grade", "undo", "night", "restart"])):
            case "grade" if session.current is not None:
                session.grade(data.draw(st.sampled_from(Rating)), duration_ms=3000)
                clock.advance(data.draw(st.sampled_from([2.0, 90.0])))
            case "undo" if session.can_undo:
                session.undo()
            case "night":
                clock.advance(days=data.draw(st.integers(1, 30)))
            case _:
                session = study.review.start(ReviewScope(ahead=True))
    cached, replayed = cached_and_replayed(study)
    assert cached == replayed


def test_due_cards_come_least_retrievable_first(study: Study, clock: FakeClock) -> None:
    """The card that is most overdue for its stability comes first."""
    scope = ReviewScope(topics=frozenset({"L06"}))
    session = study.review.start(scope)
    easy = [grade(session, EASY, clock) for _ in range(3)]
    good = [grade(session, GOOD, clock) for _ in range(3)]
    clock.advance(days=12)
    later = study.review.start(scope)
    order = grade_all(later, GOOD, clock)
    assert [card for card in order if card in good + easy] == good + easy


def test_minutes_a_day_limit_due_cards(opened: OpenStudy, clock: FakeClock) -> None:
    """With five minutes a day, thirty cards of ten seconds come; time spent counts; going ahead lifts the limit."""
    study = opened(plenty(), new_cards_per_day=60, minutes_per_day=600)
    grade_all(study.review.start(ReviewScope()), GOOD, clock)
    clock.advance(days=10)
    study = opened(None, minutes_per_day=5, new_cards_per_day=10)
    counts = study.review.counts(ReviewScope())
    assert counts.due == 60  # at the learner's own five seconds a card
    session = study.review.start(ReviewScope())
    for _ in range(20):
        grade(session, GOOD, clock, seconds=12)
    # Four minutes are spent; the median is still five seconds: twelve more.
    assert study.review.counts(ReviewScope()).due == 12
    assert study.review.counts(ReviewScope(ahead=True)).due == 40


def test_going_ahead_serves_what_is_not_due_yet(study: Study, clock: FakeClock) -> None:
    """When nothing is left today, cards due soonest come, each once."""
    scope = ReviewScope(topics=frozenset({"L06"}))
    done = grade_all(study.review.start(scope), GOOD, clock)
    clock.advance(days=1)
    session = study.review.start(replace(scope, ahead=True))
    order = grade_all(session, GOOD, clock)
    assert len(order) == len(set(order)) == 20
    assert set(order[-15:]) == set(done)
    assert study.review.start(ReviewScope(topics=frozenset({"L06"}), ahead=True)).current is None


def test_suspended_and_buried_cards_stay_away(study: Study, clock: FakeClock) -> None:
    """A suspended card stays away until it is brought back, a buried one until tomorrow; both can be undone."""
    scope = ReviewScope(topics=frozenset({"L06"}))
    session = study.review.start(scope)
    suspended = shown(session).card.id
    session.suspend()
    buried = shown(session).card.id
    session.bury()
    rest = grade_all(session, GOOD, clock)
    assert suspended not in rest
    assert buried not in rest
    clock.advance(days=1)
    tomorrow = study.review.start(scope)
    assert shown(tomorrow).card.id == buried
    study.library.set_suspended(suspended.partition("#")[0], suspended=False)
    assert shown(study.review.start(scope)).card.id == suspended
    tomorrow.bury()
    tomorrow.undo()
    assert shown(tomorrow).card.id == buried


def test_burying_keeps_new_siblings_away(opened: OpenStudy, clock: FakeClock) -> None:
    """The other cards of a buried card's note are not new today either, in sessions and counts; tomorrow they are."""
    note = ReversedNote(id="x.n0", topic="L07", front="A front", back="A back")
    study = opened(bank(items=(), notes=(note,)))
    session = study.review.start(ReviewScope())
    session.bury()
    assert study.review.start(ReviewScope()).current is None
    assert study.review.start(ReviewScope(ahead=True)).current is None
    assert study.review.counts(ReviewScope()).total == 0
    clock.advance(days=1)
    assert study.review.start(ReviewScope()).counts == QueueCounts(new=1, learning=0, due=0)


def test_burying_keeps_due_siblings_away(opened: OpenStudy, clock: FakeClock) -> None:
    """A due sibling is not asked after its note was buried, in this session or another; taking it back brings both."""
    note = ReversedNote(id="x.n0", topic="L07", front="A front", back="A back")
    study = opened(bank(items=(), notes=(note,)))
    for _ in range(2):
        assert len(grade_all(study.review.start(ReviewScope()), Rating.EASY, clock)) == 1
        clock.advance(days=1)
    clock.advance(days=60)
    session = study.review.start(ReviewScope())
    assert session.counts.due == 2
    session.bury()
    assert session.current is None
    assert study.review.start(ReviewScope()).current is None
    session.undo()
    assert study.review.start(ReviewScope()).counts.due == 2


def test_flag_report_and_edit(study: Study) -> None:
    """A flag is seen at once, a report needs words, and an edited note shows its new text."""
    session = study.review.start(ReviewScope())
    session.set_flag(True)
    assert shown(session).flagged
    session.set_flag(False)
    assert not shown(session).flagged
    with pytest.raises(StudyAppError, match="empty"):
        session.report("  ")
    assert session.report("The year is old").areas == {Area.MARKS}
    draft = study.library.draft_of(EntryKind.NOTE, shown(session).card.note_id)
    study.library.save_draft(EntryKind.NOTE, draft | {"front": "A new front"}, shown(session).card.note_id)
    session.reload_current()
    assert shown(session).face.prompt == "A new front"


def test_typed_answers_are_compared(opened: OpenStudy) -> None:
    """What is typed is laid beside the answer and stored with the grade."""
    study = opened(bank(items=(), notes=one_note_of_each_type()))
    session = study.review.start(ReviewScope(card_ids=("term.heart.n001#word",)))
    assert session.compare("Cardio-pathy").right
    assert not session.compare("cardiopaty").right
    session.grade(GOOD, duration_ms=9000, response="cardiopathy")
    with study.database.raw() as connection:
        assert connection.execute("SELECT response, duration_ms FROM review").fetchall() == [("cardiopathy", 9000)]
    with pytest.raises(StudyAppError, match="No card"):
        session.compare("more")


def test_one_new_card_of_a_note_a_day(opened: OpenStudy, clock: FakeClock) -> None:
    """The cards of one note are begun on different days: the second would ask what the first just showed."""
    study = opened(bank(items=(), notes=one_note_of_each_type()))
    first = grade_all(study.review.start(ReviewScope()), EASY, clock)
    expected = ["law.breach.n001#front", "law.breach.n002#front", "law.breach.n003#c1", "term.heart.n001#meaning"]
    assert sorted(first) == expected
    assert study.review.counts(ReviewScope()).new == 0
    assert study.review.counts_by_topic()["T01"].new == 0
    clock.advance(days=1)
    assert study.review.counts_by_topic()["T01"].new == 1
    second = grade_all(study.review.start(ReviewScope()), EASY, clock)
    assert sorted(second) == ["law.breach.n002#reverse", "law.breach.n003#c2", "term.heart.n001#word"]


def test_counts_by_topic_agree_with_sessions(study: Study, clock: FakeClock) -> None:
    """Each topic's counts are those of a session on it."""
    session = study.review.start(ReviewScope())
    grade(session, AGAIN, clock)
    grade(session, GOOD, clock)
    clock.advance(days=3)
    by_topic = study.review.counts_by_topic()
    for topic in ("L06", "L07", "T01"):
        assert by_topic[topic] == study.review.counts(ReviewScope(topics=frozenset({topic})))


def test_a_session_that_runs_past_the_day_goes_on_with_the_new_day(study: Study, clock: FakeClock) -> None:
    """After four in the morning a running session serves the new day's cards."""
    session = study.review.start(ReviewScope())
    grade(session, GOOD, clock)
    clock.at += timedelta(hours=9)
    grade(session, GOOD, clock)
    assert session.counts.new == 14  # fifteen a day, of which the one graded just now is the first


def test_an_entry_changed_elsewhere_is_skipped(opened: OpenStudy, clock: FakeClock) -> None:
    """A card suspended or deleted in the library while a session runs does not come up."""
    study = opened(plenty())
    session = study.review.start(ReviewScope(topics=frozenset({"L06"})))
    study.library.set_suspended("x.l06.n001", suspended=True)
    grade(session, GOOD, clock)
    assert shown(session).card.id == "x.l06.n002#front"


def test_the_summary_adds_up(study: Study, clock: FakeClock) -> None:
    """Grades by kind, cards first learned, seconds spent, and what comes next."""
    session = study.review.start(ReviewScope(card_ids=tuple(f"x.l06.n{n:03}#front" for n in range(4))))
    for rating in (GOOD, EASY, HARD, AGAIN):
        grade(session, rating, clock, seconds=6)
    grade(session, GOOD, clock, seconds=1000)
    summary = session.summary()
    assert (summary.again, summary.hard, summary.good, summary.easy) == (1, 1, 2, 1)
    assert (summary.reviewed, summary.new_learned) == (5, 4)
    assert summary.seconds == 4 * 6 + 300  # a card left lying counts five minutes at most
    # One was left while being learned, and one passed only after a miss: both are due tomorrow.
    assert (summary.due_tomorrow, summary.next_due) == (2, date(2026, 11, 24))


def test_a_leech_says_so(opened: OpenStudy, clock: FakeClock) -> None:
    """After eight lapses a card is shown as one to fix, and still served."""
    study = opened(bank(items=(), notes=(BasicNote(id="x.n1", topic="T01", front="A", back="B"),)))
    for _ in range(9):
        grade_all(study.review.start(ReviewScope()), EASY, clock)
        clock.advance(days=400)
        session = study.review.start(ReviewScope())
        assert shown(session).leech == (shown(session).lapses >= 8)
        grade(session, AGAIN, clock)
        grade_all(session, GOOD, clock)
        clock.advance(days=400)
    assert shown(study.review.start(ReviewScope())).leech
