"""Quizzes: the builder's counts, what is drawn, and what comes back."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, Feedback
from studyapp.domain.bank import Bank
from studyapp.domain.item import Confidence, DifficultyBand, ItemType, Response, item_type
from studyapp.services.practice import ItemStatus, PracticeFilter, PracticeSpec, ten_questions
from studyapp.services.study import Study
from tests.support.bank import bank
from tests.support.clock import FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]
RIGHT = Response(chosen=frozenset("b"))
WRONG = Response(chosen=frozenset("a"))


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """A study over `plenty`."""
    return opened(plenty())


def answer(
    study: Study,
    clock: FakeClock,
    item_id: str,
    response: Response,
    *,
    seconds: float = 20,
    sure: Confidence | None = None,
) -> None:
    """Answer one item in a quiz of its own."""
    runner = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=(item_id,)))
    clock.advance(seconds)
    runner.answer(0, response)
    runner.set_confidence(0, sure)
    runner.submit()


def law_only() -> Bank:
    """`plenty`, its exam without the topic T01: L07 twice as heavy as L06."""
    whole = plenty()
    (exam,) = whole.blueprints
    return replace(whole, blueprints=(replace(exam, domains=(replace(exam.domains[0], weight=1.0),)),))


def with_status(study: Study, status: ItemStatus) -> set[str]:
    """Ids of the items that have this status."""
    if not study.practice.counts(PracticeFilter()).by_status.get(status):
        return set()
    runner = study.practice.start(PracticeSpec(PracticeFilter(statuses=frozenset({status})), length=100))
    runner.abandon()
    return {slot.item_id for slot in runner.attempt.slots}


def test_counts_of_an_untouched_bank(study: Study) -> None:
    """Everything is unseen, counted by topic, type and band."""
    counts = study.practice.counts(PracticeFilter())
    assert counts.total == 90
    assert counts.by_topic == {"L06": 30, "L07": 30, "T01": 30}
    assert counts.by_status == {ItemStatus.UNSEEN: 90}
    assert counts.by_type == {ItemType.SINGLE: 90}
    assert sum(counts.by_band.values()) == 90


def test_each_facet_is_counted_with_the_others_applied(study: Study) -> None:
    """A choice in one facet narrows the other facets' counts and not its own."""
    counts = study.practice.counts(PracticeFilter(topics=frozenset({"L06"}), bands=frozenset({DifficultyBand.HARD})))
    hard = 10
    assert counts.total == hard
    assert counts.by_topic == {"L06": hard, "L07": hard, "T01": hard}
    assert sum(counts.by_band.values()) == 30
    assert counts.by_type == {ItemType.SINGLE: hard}


def test_statuses_follow_the_newest_answer(study: Study, clock: FakeClock) -> None:
    """Missed, unsure and slow are said of the last answer, and go when a better one comes."""
    for n in range(6):
        answer(study, clock, f"x.l06.{n:03}", RIGHT)
    answer(study, clock, "x.l07.000", WRONG, sure=Confidence.SURE)
    answer(study, clock, "x.l07.001", RIGHT, sure=Confidence.GUESS)
    answer(study, clock, "x.l07.002", RIGHT, sure=Confidence.UNSURE, seconds=41)
    assert with_status(study, ItemStatus.MISSED) == {"x.l07.000"}
    assert with_status(study, ItemStatus.UNSURE) == {"x.l07.001", "x.l07.002"}
    assert with_status(study, ItemStatus.SLOW) == {"x.l07.002"}
    assert study.practice.counts(PracticeFilter()).by_status[ItemStatus.UNSEEN] == 81
    answer(study, clock, "x.l07.000", RIGHT, sure=Confidence.SURE)
    answer(study, clock, "x.l07.002", RIGHT, sure=Confidence.SURE)
    assert with_status(study, ItemStatus.MISSED) == set()
    assert with_status(study, ItemStatus.UNSURE) == {"x.l07.001"}
    assert with_status(study, ItemStatus.SLOW) == set()


def test_missed_items_return_after_two_and_seven_days(study: Study, clock: FakeClock) -> None:
    """A missed item returns after two days; right then, once more seven days after the miss; right again, never."""
    answer(study, clock, "x.l06.005", WRONG)
    for days, due in ((1, False), (1, True)):
        clock.advance(days=days)
        assert ("x.l06.005" in with_status(study, ItemStatus.DUE)) == due
    answer(study, clock, "x.l06.005", RIGHT)
    for days, due in ((4, False), (1, True)):
        clock.advance(days=days)
        assert ("x.l06.005" in with_status(study, ItemStatus.DUE)) == due
    answer(study, clock, "x.l06.005", RIGHT)
    clock.advance(days=60)
    assert with_status(study, ItemStatus.DUE) == set()
    answer(study, clock, "x.l06.005", WRONG)
    clock.advance(days=2)
    assert with_status(study, ItemStatus.DUE) == {"x.l06.005"}


def test_an_answer_minutes_after_the_miss_is_no_return(study: Study, clock: FakeClock) -> None:
    """Right answers on the day of the miss, and further ones on a later day, take no return away."""
    answer(study, clock, "x.l06.005", WRONG)
    for _ in range(2):
        answer(study, clock, "x.l06.005", RIGHT)
    clock.advance(days=2)
    assert with_status(study, ItemStatus.DUE) == {"x.l06.005"}
    for _ in range(2):
        answer(study, clock, "x.l06.005", RIGHT)
    assert with_status(study, ItemStatus.DUE) == set()
    clock.advance(days=5)
    assert with_status(study, ItemStatus.DUE) == {"x.l06.005"}


def test_partial_credit_is_missed(opened: OpenStudy, clock: FakeClock) -> None:
    """An answer that is right in part is one to come back to."""
    study = opened(bank())
    answer(study, clock, "law.security.0002", Response(chosen=frozenset("a")))
    assert with_status(study, ItemStatus.MISSED) == {"law.security.0002"}


def test_a_quiz_is_what_was_asked_for(study: Study) -> None:
    """Length, topics, feedback and minutes are those of the spec; topics alternate; options keep a stored order."""
    spec = PracticeSpec(
        PracticeFilter(topics=frozenset({"L06", "T01"})), length=12, feedback=Feedback.TEST, minutes=15, title="Mine"
    )
    attempt = study.practice.start(spec).attempt
    assert (attempt.kind, attempt.title, attempt.feedback) == (AttemptKind.PRACTICE, "Mine", Feedback.TEST)
    assert attempt.time_limit_s == 900
    assert Counter(slot.item_id[2:5] for slot in attempt.slots) == {"l06": 6, "t01": 6}
    assert study.attempts.runner(attempt.id).attempt == attempt


def test_unseen_items_come_first(study: Study, clock: FakeClock) -> None:
    """Two quizzes over one topic share nothing while the topic lasts, then the longest unseen come."""
    spec = PracticeSpec(PracticeFilter(topics=frozenset({"L07"})), length=10)
    met = []
    for _ in range(3):
        runner = study.practice.start(spec)
        for position in range(10):
            runner.answer(position, RIGHT)
        runner.submit()
        clock.advance(days=1)
        met.append({slot.item_id for slot in runner.attempt.slots})
    assert len(set.union(*met)) == 30
    assert {slot.item_id for slot in study.practice.start(spec).attempt.slots} == met[0]


def test_an_impossible_quiz_is_told(study: Study) -> None:
    """No match and a senseless length are said in a sentence; fewer matches make a shorter quiz."""
    with pytest.raises(StudyAppError, match="No question matches"):
        study.practice.start(PracticeSpec(PracticeFilter(statuses=frozenset({ItemStatus.MISSED}))))
    for length in (0, 101):
        with pytest.raises(StudyAppError, match="1 to 100"):
            study.practice.start(PracticeSpec(PracticeFilter(), length=length))
    short = study.practice.start(PracticeSpec(PracticeFilter(topics=frozenset({"T01"})), length=100))
    assert len(short.attempt.slots) == 30


def test_quick_quizzes_follow_the_exam(opened: OpenStudy, clock: FakeClock) -> None:
    """Ten questions, and those on weak topics, are of the exam's topics as it weighs them; the builder's are of all."""
    study = opened(law_only(), exam_id="cmom")
    answer(study, clock, "x.t01.000", WRONG)
    for spec in (ten_questions(), study.practice.weakest(10)):
        drawn = Counter(slot.item_id[2:5] for slot in study.practice.start(spec).attempt.slots)
        assert drawn in ({"l06": 3, "l07": 7}, {"l06": 4, "l07": 6})
    drawn = Counter(slot.item_id[2:5] for slot in study.practice.start(PracticeSpec(PracticeFilter())).attempt.slots)
    assert min(drawn[topic] for topic in ("l06", "l07", "t01")) >= 3
    study = opened(None, exam_id="")
    drawn = Counter(slot.item_id[2:5] for slot in study.practice.start(ten_questions()).attempt.slots)
    assert min(drawn[topic] for topic in ("l06", "l07", "t01")) >= 3


def test_the_first_quiz_follows_the_exam(opened: OpenStudy, clock: FakeClock) -> None:
    """Whoever has answered nothing yet meets the exam's topics first, unless others were chosen."""
    study = opened(law_only(), exam_id="cmom")
    everything, terms = PracticeSpec(PracticeFilter()), PracticeSpec(PracticeFilter(topics=frozenset({"T01"})))
    assert all(slot.item_id[2] == "l" for slot in study.practice.start(everything).attempt.slots)
    assert len(study.practice.start(terms).attempt.slots) == 10


def test_the_first_question_ever_is_no_hurdle(opened: OpenStudy, clock: FakeClock) -> None:
    """A learner's first quiz begins with a single-answer question, easy or of medium difficulty, of the choice made."""
    for n in range(12):
        study = opened(plenty(), folder=f"first{n}", exam_id="cmom")
        for runner in (study.practice.start(ten_questions()), study.practice.start_placement()):
            assert len({slot.item_id for slot in runner.attempt.slots}) == len(runner.attempt.slots)
            assert runner.item(0).difficulty >= 0.5
    study = opened(bank())
    spec = PracticeSpec(PracticeFilter(topics=frozenset({"L06", "L07"})), length=3)
    kinds = {item_type(study.practice.start(spec).item(0)) for _ in range(8)}
    assert kinds == {ItemType.SINGLE}
    numeric = PracticeSpec(PracticeFilter(types=frozenset({ItemType.NUMERIC})))
    assert item_type(study.practice.start(numeric).item(0)) is ItemType.NUMERIC
    study = opened(plenty(), folder="later")
    answer(study, clock, "x.l06.020", RIGHT)
    hard = [study.practice.start(ten_questions()).item(0).difficulty < 0.5 for _ in range(30)]
    assert any(hard)


def test_placement_is_spread(opened: OpenStudy) -> None:
    """Twenty items over the exam's domains; without an exam over the subjects, and so is its result."""
    study = opened(plenty())
    placed = study.practice.start_placement()
    assert Counter(slot.domain for slot in placed.attempt.slots) == {"L": 10, "T": 10}
    assert (placed.attempt.kind, placed.attempt.feedback) == (AttemptKind.PLACEMENT, Feedback.TEST)
    assert [(group.title, group.n) for group in placed.submit().by_domain] == [
        ("Medical law and compliance", 10),
        ("Medical terminology", 10),
    ]
    study = opened(None, exam_id="cmom")
    placed = study.practice.start_placement()
    assert Counter(slot.domain for slot in placed.attempt.slots) == {"law": 15, "terms": 5}
    result = placed.submit()
    assert [group.title for group in result.by_domain] == ["Law", "Terms"]
    assert result.passed is None


def test_placement_needs_questions(opened: OpenStudy) -> None:
    """Without a question there is no placement."""
    with pytest.raises(StudyAppError, match="no questions"):
        opened(bank((), ())).practice.start_placement()


def test_missed_only_retake(study: Study) -> None:
    """What was missed or left out comes again, no more and no less."""
    runner = study.practice.start(PracticeSpec(PracticeFilter(), length=6, feedback=Feedback.TEST))
    for position in range(4):
        runner.answer(position, RIGHT if position % 2 else WRONG)
    result = runner.submit()
    retake = study.practice.retake_missed(result.attempt_id)
    assert {slot.item_id for slot in retake.attempt.slots} == {
        slot.item.id for slot in result.slots if slot.position in {0, 2, 4, 5}
    }
    for position in range(4):
        retake.answer(position, RIGHT)
    retaken = retake.submit()
    with pytest.raises(StudyAppError, match="Nothing was missed"):
        study.practice.retake_missed(retaken.attempt_id)


def test_weakest_goes_by_weight_and_shortfall(opened: OpenStudy, clock: FakeClock) -> None:
    """For the learner's exam the heavy leaf comes first; a topic off the exam is not practised."""
    study = opened(plenty(), exam_id="cmom")
    spec = study.practice.weakest(5)
    assert spec.length == 5
    assert spec.filter.topics == {"L06", "L07", "T01"}
    for n in range(12):
        answer(study, clock, f"x.l07.{n:03}", RIGHT)
        answer(study, clock, f"x.t01.{n:03}", WRONG)
    assert [standing.id for standing in study.progress.topics()] == ["T01", "L06", "L07"]


def test_presets_are_kept(opened: OpenStudy) -> None:
    """A saved builder setting comes back whole after a restart; one name, one preset; it can be deleted."""
    study = opened(plenty())
    spec = PracticeSpec(
        PracticeFilter(
            topics=frozenset({"L06"}),
            statuses=frozenset({ItemStatus.DUE}),
            types=frozenset({ItemType.SINGLE}),
            bands=frozenset({DifficultyBand.EASY}),
        ),
        length=25,
        feedback=Feedback.TEST,
        minutes=30,
    )
    with pytest.raises(StudyAppError, match="name"):
        study.practice.save_preset(" ", spec)
    study.practice.save_preset("Evening", PracticeSpec(PracticeFilter()))
    study.practice.save_preset("Evening", spec)
    study.practice.save_preset("Bus", PracticeSpec(PracticeFilter(), length=5))
    study = opened(None)
    bus, evening = study.practice.presets()
    assert (bus.name, evening.name, evening.spec) == ("Bus", "Evening", spec)
    study.practice.delete_preset(bus.id)
    assert study.practice.presets() == (evening,)
