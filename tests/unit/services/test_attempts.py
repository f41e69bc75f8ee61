"""Running an attempt: every answer on disk at once, the clock, the end, and what it comes to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, AttemptState, Feedback
from studyapp.domain.item import Confidence, Response
from studyapp.domain.mastery import jeffreys
from studyapp.services.attempts import AttemptResult, AttemptRunner
from studyapp.services.changes import Area
from studyapp.services.exam import Length
from studyapp.services.library import EntryKind, EntryQuery
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.study import Study
from tests.support.bank import bank
from tests.support.clock import FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]
RIGHT = Response(chosen=frozenset("b"))
WRONG = Response(chosen=frozenset("a"))
FIVE = tuple(f"x.l07.{n:03}" for n in range(10, 15))


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """A study over `plenty`, for the exam `cmom`."""
    return opened(plenty(), exam_id="cmom")


def quiz(
    study: Study, length: int = 5, feedback: Feedback = Feedback.TUTOR, minutes: int | None = None
) -> AttemptRunner:
    """A quiz over everything."""
    return study.practice.start(PracticeSpec(PracticeFilter(), length, feedback, minutes))


def logged(study: Study) -> list[tuple[str, float, int]]:
    """Item, score and first flag of every response."""
    with study.database.raw() as connection:
        return list(connection.execute("SELECT item_id, score, first FROM response ORDER BY seq"))


def test_an_answer_is_on_disk_at_once(opened: OpenStudy, clock: FakeClock) -> None:
    """Killed after an answer, the next start offers the attempt with answer, flag, strike-outs and place."""
    study = opened(plenty())
    runner = quiz(study, feedback=Feedback.TEST, minutes=10)
    runner.answer(0, RIGHT)
    runner.set_confidence(0, Confidence.UNSURE)
    runner.set_flag(2, True)  # noqa: FBT003 - the name says it
    runner.set_struck(1, frozenset("ac"))
    clock.advance(7.5)
    before = runner.go_to(1)
    study = opened(None)
    (open_attempt,) = study.attempts.open_attempts()
    assert (open_attempt.answered, open_attempt.n, open_attempt.time_left_s) == (1, 5, 592.5)
    resumed = study.attempts.runner(open_attempt.attempt_id)
    assert resumed.attempt == before
    assert resumed.attempt.position == 1
    assert [resumed.item(n).id for n in range(5)] == [slot.item_id for slot in before.slots]


def test_an_open_quiz_counts_what_is_final(study: Study) -> None:
    """With feedback after each answer a question is answered once it was checked; without, once a choice stands."""
    tutor = quiz(study, length=10)
    for position in range(3):
        tutor.answer(position, RIGHT)
    for position in range(2):
        tutor.lock(position)
    test = quiz(study, length=10, feedback=Feedback.TEST)
    test.answer(0, RIGHT)
    answered = {each.attempt_id: (each.answered, each.n) for each in study.attempts.open_attempts()}
    assert answered == {tutor.attempt.id: (2, 10), test.attempt.id: (1, 10)}


def test_time_lost_by_a_kill_is_a_few_seconds(opened: OpenStudy, clock: FakeClock) -> None:
    """The clock reaches the disk every three seconds, and the hours until the next start do not count."""
    study = opened(plenty())
    runner = quiz(study, minutes=10)
    for _ in range(20):
        clock.advance(1)
        assert not runner.tick()
    used = runner.attempt.time_used_s
    study = opened(None)
    clock.advance(days=1)
    resumed = study.attempts.runner(runner.attempt.id)
    assert used - 3 < resumed.attempt.time_used_s <= used == 20
    clock.advance(5)
    resumed.tick()
    assert resumed.attempt.time_used_s < 26


def test_a_paused_clock_stands(study: Study, clock: FakeClock) -> None:
    """While the screen is left no time is used; it goes on when it is back."""
    runner = quiz(study, minutes=10)
    clock.advance(4)
    runner.pause()
    clock.advance(1000)
    assert not runner.tick()
    runner.resume()
    clock.advance(6)
    runner.tick()
    assert runner.attempt.time_left_s == 590.0


def test_sleep_counts_in_an_exam_and_not_in_an_untimed_quiz(study: Study, clock: FakeClock) -> None:
    """A closed lid stops no exam clock; without a limit the night is no study time."""
    runner = quiz(study)
    clock.advance(8 * 3600)
    runner.tick()
    assert runner.attempt.time_used_s == 120.0
    exam = study.exams.start("cmom", Length.FULL)
    clock.advance(600)
    exam.tick()
    assert exam.attempt.time_used_s == 600.0


def test_a_clock_set_by_hand_does_not_matter(study: Study, clock: FakeClock) -> None:
    """Changing the machine's time neither gives nor takes minutes."""
    runner = quiz(study, minutes=10)
    clock.at += timedelta(hours=5)
    assert not runner.tick()
    assert runner.attempt.time_left_s == 600.0


def test_at_zero_it_is_submitted(study: Study, clock: FakeClock) -> None:
    """When time is up, tick says so once, and what was answered counts."""
    runner = quiz(study, feedback=Feedback.TEST, minutes=1)
    runner.answer(0, RIGHT)
    runner.answer(1, WRONG)
    clock.advance(59)
    assert not runner.tick()
    clock.advance(30)
    assert runner.tick()
    assert not runner.tick()
    result = study.attempts.result(runner.attempt.id)
    assert (result.right, result.n, result.unanswered, result.time_used_s) == (1.0, 5, 3, 60.0)
    assert len(logged(study)) == 2
    assert study.attempts.open_attempts() == ()
    with pytest.raises(StudyAppError, match="over"):
        runner.answer(2, RIGHT)


def test_time_up_while_away_is_submitted_at_the_next_tick(opened: OpenStudy, clock: FakeClock) -> None:
    """An attempt killed with its time all but over is submitted after it was resumed."""
    study = opened(plenty())
    runner = quiz(study, minutes=1)
    clock.advance(60)
    runner.pause()
    study = opened(None)
    assert study.attempts.runner(runner.attempt.id).tick()


def test_tutor_locks_and_logs_each_answer(study: Study, clock: FakeClock) -> None:
    """The key shown, the answer is final and in the log, whether or not the quiz is ever finished."""
    runner = quiz(study)
    clock.advance(12)
    runner.answer(0, WRONG)
    runner.set_confidence(0, Confidence.SURE)
    runner.answer(0, RIGHT)
    locked = runner.lock(0).slots[0]
    assert (locked.locked, locked.score, locked.duration_ms) == (True, 1.0, 12_000)
    with pytest.raises(StudyAppError, match="final"):
        runner.answer(0, WRONG)
    assert logged(study) == [(locked.item_id, 1.0, 1)]
    assert runner.abandon().areas == {Area.ATTEMPTS}
    assert logged(study) == [(locked.item_id, 1.0, 1)]
    assert study.attempts.open_attempts() == ()
    with pytest.raises(StudyAppError, match="not finished"):
        study.attempts.result(runner.attempt.id)


def test_a_test_logs_at_its_end_only(study: Study) -> None:
    """Without feedback nothing enters the log before the submission, then all of it at once."""
    runner = quiz(study, feedback=Feedback.TEST)
    for position in range(3):
        runner.answer(position, RIGHT if position else WRONG)
    with pytest.raises(StudyAppError, match="at its end"):
        runner.lock(0)
    assert logged(study) == []
    result = runner.submit()
    assert [score for _, score, _ in logged(study)] == [0.0, 1.0, 1.0]
    assert (result.right, result.share, result.unanswered) == (2.0, 0.4, 2)
    assert runner.attempt.state is AttemptState.FINISHED


def test_only_the_first_answer_on_a_fresh_item_is_first(study: Study) -> None:
    """A second answer is none, and neither is one to an item left out after it was displayed: its key was shown."""
    items = ("x.l06.010", "x.l06.011")
    spec = PracticeSpec(PracticeFilter(), item_ids=items, feedback=Feedback.TEST)
    runner = study.practice.start(spec)
    answered = runner.attempt.slots[0].item_id
    runner.answer(0, RIGHT)
    runner.go_to(1)
    result = runner.submit()
    assert [slot.first_attempt for slot in result.slots] == [True, False]
    again = study.practice.start(spec)
    for position in range(2):
        again.answer(position, RIGHT)
    assert [slot.first_attempt for slot in again.submit().slots] == [False, False]
    assert [first for item, _, first in logged(study)] == [1, 0, 0]
    assert logged(study)[0][0] == answered


def handed_in_early(study: Study, clock: FakeClock) -> AttemptResult:
    """A test of five: the first answered, the second looked at for ten seconds, the rest never displayed."""
    runner = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=FIVE, feedback=Feedback.TEST))
    runner.answer(0, RIGHT)
    runner.go_to(1)
    clock.advance(10)
    runner.go_to(0)
    return runner.submit()


def test_an_item_never_displayed_stays_fresh(study: Study, clock: FakeClock) -> None:
    """What an attempt handed in early never showed counts as wrong in it, and is fresh when it is first shown."""
    result = handed_in_early(study, clock)
    assert (result.right, result.n, result.unanswered) == (1.0, 5, 4)
    assert [slot.shown for slot in result.slots] == [True, True, False, False, False]
    again = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=FIVE, feedback=Feedback.TEST))
    for position in range(5):
        again.answer(position, RIGHT)
    first = {slot.item.id for slot in again.submit().slots if slot.first_attempt}
    assert first == {slot.item.id for slot in result.slots if slot.position >= 2}


def test_an_item_never_displayed_is_drawn_as_unseen(study: Study, clock: FakeClock) -> None:
    """A later quiz takes what was never displayed before what was only looked at."""
    result = handed_in_early(study, clock)
    clock.advance(60)
    topic = PracticeFilter(topics=frozenset({"L07"}))
    drawn = {slot.item_id for slot in study.practice.start(PracticeSpec(topic, length=28)).attempt.slots}
    assert drawn.isdisjoint(slot.item.id for slot in result.slots[:2])
    assert drawn > {slot.item.id for slot in result.slots[2:]}


def test_a_key_opened_in_the_review_makes_an_item_met(study: Study, clock: FakeClock) -> None:
    """Once its key was opened in the review, an item that was never displayed is no longer fresh."""
    result = handed_in_early(study, clock)
    assert study.attempts.open_key(result.attempt_id, 3).areas == {Area.RESPONSES}
    assert study.attempts.open_key(result.attempt_id, 3).areas == frozenset()
    assert study.attempts.open_key(result.attempt_id, 1).areas == frozenset()
    assert [slot.shown for slot in study.attempts.result(result.attempt_id).slots] == [True, True, False, True, False]
    again = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=FIVE, feedback=Feedback.TEST))
    for position in range(5):
        again.answer(position, RIGHT)
    first = {slot.item.id for slot in again.submit().slots if slot.first_attempt}
    assert first == {result.slots[position].item.id for position in (2, 4)}


def test_an_open_attempt_shows_no_key(study: Study) -> None:
    """Nothing of an attempt still open can be opened for review."""
    runner = quiz(study, feedback=Feedback.TEST)
    with pytest.raises(StudyAppError, match="not finished"):
        study.attempts.open_key(runner.attempt.id, 3)
    runner.submit()


def test_an_abandoned_attempt_shows_no_keys(study: Study) -> None:
    """Items of an attempt that was given up are still fresh."""
    spec = PracticeSpec(PracticeFilter(), item_ids=("x.l06.010",), feedback=Feedback.TEST)
    given_up = study.practice.start(spec)
    given_up.answer(0, RIGHT)
    given_up.abandon()
    runner = study.practice.start(spec)
    runner.answer(0, RIGHT)
    assert runner.submit().slots[0].first_attempt


def test_a_result_adds_up_by_domain(study: Study, clock: FakeClock) -> None:
    """Each domain's answers, range and weight; the whole against the pass mark; every item for review."""
    runner = study.exams.start("cmom", Length.FULL)
    for slot in runner.attempt.slots:
        runner.go_to(slot.position)
        clock.advance(10)
        runner.answer(slot.position, WRONG if slot.domain == "terms" else RIGHT)
    result = runner.submit()
    law, terms = result.by_domain
    assert (law.id, law.title, law.n, law.right, law.weight) == ("law", "Law", 8, 8.0, 0.75)
    assert (terms.n, terms.right, terms.low) == (2, 0.0, 0.0)
    assert 0.0 < terms.high < 1.0
    assert (result.n, result.right, result.share) == (10, 8.0, 0.8)
    assert result.low < 0.8 < result.high
    assert (result.cut_score, result.cut_published, result.passed) == (0.7, True, True)
    assert [slot.duration_ms for slot in result.slots] == [10_000] * 10
    assert {slot.topic_title for slot in result.slots} == {
        "Security rule",
        "Breach notification",
        "Word roots of the heart",
    }
    (past,) = study.attempts.history(AttemptKind.EXAM, "cmom")
    assert past.slots == ()
    assert (past.by_domain, past.share, past.passed) == (result.by_domain, result.share, result.passed)
    assert study.attempts.history(AttemptKind.EXAM, "other") == ()


def test_the_range_is_of_what_was_answered(study: Study, clock: FakeClock) -> None:
    """An exam handed in early says nothing of what was left out: range and time per item are of the answered ones."""
    runner = study.exams.start("cmom", Length.FULL)
    for position in range(6):
        runner.go_to(position)
        clock.advance(20)
        runner.answer(position, RIGHT if position < 4 else WRONG)
    runner.go_to(6)
    clock.advance(300)
    result = runner.submit()
    assert (result.n, result.right, result.share) == (10, 4.0, 0.4)
    assert (result.answered, result.wrong, result.unanswered) == (6, 2, 4)
    whole = jeffreys(4.0, 6)
    assert (result.low, result.high, result.range_known) == (whole.low, whole.high, True)
    assert result.seconds_each == 20.0
    for group in result.by_domain:
        asked = [slot for slot in runner.attempt.slots if slot.domain == group.id]
        answered = sum(slot.answered for slot in asked)
        of_group = jeffreys(group.right, answered)
        assert (group.n, group.answered) == (len(asked), answered)
        assert (group.low, group.high) == (of_group.low, of_group.high)
    (past,) = study.attempts.history(AttemptKind.EXAM)
    assert past == replace(result, slots=())


@pytest.mark.parametrize("answered", [0, 4, 5])
def test_a_few_answers_give_no_range(study: Study, answered: int) -> None:
    """Below five answers the range is not known: it stays everything."""
    runner = quiz(study, length=8, feedback=Feedback.TEST)
    for position in range(answered):
        runner.answer(position, RIGHT)
    result = runner.submit()
    assert (result.answered, result.range_known) == (answered, answered == 5)
    assert ((result.low, result.high) == (0.0, 1.0)) == (answered < 5)
    assert (result.seconds_each is None) == (answered == 0)


def test_credit_in_part_is_wrong_and_not_unanswered(opened: OpenStudy) -> None:
    """What a retake of missed items holds is counted apart: answered and not wholly right, and left out."""
    study = opened(bank())
    ids = ("law.security.0002", "law.security.0003", "law.security.0001")
    runner = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=ids, feedback=Feedback.TEST))
    given = {"law.security.0002": Response(chosen=frozenset("a")), "law.security.0003": Response(chosen=frozenset("t"))}
    for slot in runner.attempt.slots:
        if slot.item_id in given:
            runner.answer(slot.position, given[slot.item_id])
    result = runner.submit()
    assert (result.answered, result.wrong, result.unanswered) == (2, 1, 1)


def test_practice_is_grouped_by_topic_and_has_no_pass_mark(study: Study) -> None:
    """A quiz's result is by topic, in curriculum order."""
    everywhere = PracticeFilter(topics=frozenset({"L06", "L07", "T01"}))
    runner = study.practice.start(PracticeSpec(everywhere, length=9))
    for position in range(9):
        runner.answer(position, RIGHT)
    result = runner.submit()
    assert [(group.id, group.n, group.weight) for group in result.by_domain] == [
        ("L06", 3, None),
        ("L07", 3, None),
        ("T01", 3, None),
    ]
    assert (result.cut_score, result.passed) == (None, None)
    (past,) = study.attempts.history(AttemptKind.PRACTICE)
    assert (past.n, past.right, past.by_domain) == (9, 9.0, result.by_domain)


def test_history_is_newest_first(study: Study, clock: FakeClock) -> None:
    """Past attempts come newest first, as many as asked for."""
    ids = []
    for _ in range(3):
        ids.append(quiz(study).submit().attempt_id)
        clock.advance(days=1)
    assert [past.attempt_id for past in study.attempts.history(AttemptKind.PRACTICE, limit=2)] == [ids[2], ids[1]]


def test_an_attempt_keeps_the_version_it_asked(opened: OpenStudy) -> None:
    """An item that the bank changes meanwhile is shown in the attempt as it was asked, and anew afterwards."""
    first = plenty()
    study = opened(first)
    runner = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=("x.l06.010",)))
    old_stem = runner.item(0).stem
    changed = tuple(replace(item, stem="A better stem?") if item.id == "x.l06.010" else item for item in first.items)
    study = opened(bank(changed, first.notes, content_hash="newer"))
    resumed = study.attempts.runner(runner.attempt.id)
    assert resumed.item(0).stem == old_stem
    resumed.answer(0, RIGHT)
    assert resumed.submit().slots[0].item.stem == old_stem
    assert study.library.item("x.l06.010").stem == "A better stem?"


def test_marks_and_remarks_outlive_the_attempt(study: Study) -> None:
    """A bookmark and a remark belong to the item, and are there when it comes again."""
    runner = quiz(study, length=1)
    item_id = runner.attempt.slots[0].item_id
    assert not runner.is_marked(0)
    assert runner.set_marked(0, True).areas == {Area.MARKS}  # noqa: FBT003 - the name says it
    runner.set_remark(0, " ask about this ")
    runner.submit()
    again = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=(item_id,)))
    assert again.is_marked(0)
    assert again.remark(0) == "ask about this"
    with pytest.raises(StudyAppError, match="empty"):
        again.report(0, " ")
    assert again.report(0, "Option c is outdated").areas == {Area.MARKS}


def test_a_card_is_made_of_an_item(study: Study) -> None:
    """The card is the learner's own, in the item's topic, and comes first among new cards."""
    runner = quiz(study)
    with pytest.raises(StudyAppError, match="front and a back"):
        runner.make_card(0, "Only a front", " ")
    assert runner.make_card(0, "How many days?", "60").areas == {Area.LIBRARY, Area.CARDS}
    (entry,) = study.library.entries(EntryQuery(kind=EntryKind.NOTE, own_only=True))
    assert (entry.title, entry.topic) == ("How many days?", runner.item(0).topic)


def test_there_is_no_room_for_what_is_over_or_gone(study: Study) -> None:
    """A finished attempt cannot be entered, and an unknown one is told to be gone."""
    finished = quiz(study).submit()
    with pytest.raises(StudyAppError, match="over"):
        study.attempts.runner(finished.attempt_id)
    with pytest.raises(StudyAppError, match="no longer there"):
        study.attempts.result("nothing")
