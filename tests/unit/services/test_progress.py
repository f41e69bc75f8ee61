"""Where the learner stands: first attempts, days, retention and what falls due."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from studyapp.domain.attempt import Feedback
from studyapp.domain.item import Confidence, Response
from studyapp.domain.mastery import jeffreys
from studyapp.domain.memory import Rating
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.progress import Activity, Retention, Standing, Totals
from studyapp.services.review import ReviewScope
from studyapp.services.study import Study
from tests.support.bank import bank
from tests.support.clock import FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """A study over `plenty`, for the exam `cmom`."""
    return opened(plenty(), exam_id="cmom")


def answer(
    study: Study, clock: FakeClock, topic: str, *, right: int, wrong: int, sure: Confidence | None = None
) -> None:
    """Answer items of a topic in one quiz, twenty seconds each: the first `wrong` ones wrongly."""
    ids = tuple(f"x.{topic.lower()}.{n:03}" for n in range(right + wrong))
    runner = study.practice.start(PracticeSpec(PracticeFilter(), item_ids=ids))
    for slot in runner.attempt.slots:
        runner.go_to(slot.position)
        clock.advance(20)
        runner.answer(slot.position, Response(chosen=frozenset("a" if slot.item_id in ids[:wrong] else "b")))
        runner.set_confidence(slot.position, sure)
    runner.submit()


def standing(standings: tuple[Standing, ...], id_: str) -> Standing:
    """The standing with this id."""
    (found,) = (each for each in standings if each.id == id_)
    return found


def test_only_first_attempts_count(study: Study, clock: FakeClock) -> None:
    """A topic's share right is that of first attempts, with their range; repeats change nothing."""
    answer(study, clock, "L07", right=6, wrong=4)
    before = standing(study.progress.topics(), "L07")
    interval = jeffreys(6.0, 10)
    assert (before.n, before.right, before.low, before.high) == (10, 6.0, interval.low, interval.high)
    assert (before.title, before.parent_title) == ("Breach notification", "Medical law and compliance")
    answer(study, clock, "L07", right=10, wrong=0)
    assert standing(study.progress.topics(), "L07") == before


def test_an_untouched_topic_says_so(study: Study) -> None:
    """Without answers the range is everything, and about how many answers would narrow it is said."""
    untouched = standing(study.progress.topics(), "T01")
    assert (untouched.n, untouched.low, untouched.high, untouched.wide) == (0, 0.0, 1.0, True)
    assert 15 <= untouched.more <= 25


def test_no_more_answers_are_asked_for_than_there_are(study: Study, clock: FakeClock, opened: OpenStudy) -> None:
    """Fresh items left are told, and how many answers would settle a topic is never more than these."""
    untouched = standing(study.progress.topics(), "T01")
    assert (untouched.unseen, untouched.more <= 30) == (30, True)
    answer(study, clock, "T01", right=2, wrong=2)
    answer(study, clock, "T01", right=4, wrong=0)
    assert standing(study.progress.topics(), "T01").unseen == 26
    assert standing(study.progress.domains(), "law").unseen == 60
    assert standing(study.progress.subjects(), "T").unseen == 26
    few = tuple(replace(item, reserved=item.id > "x.t01.006") for item in plenty().items)
    study = opened(bank(few, plenty().notes, content_hash="few"))
    shown = standing(study.progress.topics(), "T01")
    assert (shown.n, shown.unseen, shown.wide, shown.more) == (4, 3, True, 3)


def test_unseen_is_what_was_never_met(study: Study, clock: FakeClock) -> None:
    """An item displayed and left out in a finished quiz is met; one never displayed, or in an open quiz, is not."""
    ids = tuple(f"x.t01.{n:03}" for n in range(6))
    spec = PracticeSpec(PracticeFilter(), item_ids=ids, feedback=Feedback.TEST)
    runner = study.practice.start(spec)
    runner.answer(0, Response(chosen=frozenset("b")))
    runner.go_to(1)
    clock.advance(5)
    assert standing(study.progress.topics(), "T01").unseen == 30
    result = runner.submit()
    assert standing(study.progress.topics(), "T01").unseen == 28
    study.attempts.open_key(result.attempt_id, 5)
    assert standing(study.progress.topics(), "T01").unseen == 27


def test_weights_are_the_exams(study: Study, opened: OpenStudy) -> None:
    """Leaf, domain and subject carry their share of the exam; without an exam there is none."""
    assert {each.id: each.weight for each in study.progress.topics()} == pytest.approx(
        {"L06": 0.25, "L07": 0.5, "T01": 0.25}
    )
    assert [(each.id, each.weight, each.topics) for each in study.progress.domains()] == [
        ("law", 0.75, ("L06", "L07")),
        ("terms", 0.25, ("T01",)),
    ]
    assert [(each.id, each.weight) for each in study.progress.subjects()] == [("L", 0.75), ("T", 0.25)]
    study = opened(None, exam_id="")
    assert {each.weight for each in study.progress.topics()} == {None}
    assert study.progress.domains() == ()


def test_the_weakest_topic_has_the_largest_need(study: Study, clock: FakeClock) -> None:
    """Topics are ordered by weight x shortfall, not by share right alone."""
    answer(study, clock, "L07", right=12, wrong=8)  # 60 % of a half
    answer(study, clock, "L06", right=9, wrong=11)  # 45 % of a quarter
    answer(study, clock, "T01", right=19, wrong=1)
    topics = study.progress.topics()
    assert [each.id for each in topics] == ["L07", "L06", "T01"]
    assert topics[0].need == pytest.approx(0.5 * (1 - topics[0].mean))


def test_a_domain_pools_its_leaves(study: Study, clock: FakeClock) -> None:
    """A domain's and a subject's answers are those of their leaves together."""
    answer(study, clock, "L06", right=3, wrong=1)
    answer(study, clock, "L07", right=1, wrong=3)
    for pooled in (standing(study.progress.domains(), "law"), standing(study.progress.subjects(), "L")):
        assert (pooled.n, pooled.right) == (8, 4.0)


def test_activity_shows_every_day(study: Study, clock: FakeClock) -> None:
    """Cards, questions and minutes of each study day, also of those without; four in the morning is yesterday's."""
    session = study.review.start(ReviewScope())
    for _ in range(3):
        session.grade(Rating.GOOD, duration_ms=10_000)
    session.undo()
    clock.advance(8.5 * 3600)  # 03:40
    answer(study, clock, "L06", right=3, wrong=0)
    clock.advance(24 * 3600)
    # Half a minute of cards, the one taken back included, and a minute of questions.
    assert study.progress.activity(3) == (
        Activity(date(2026, 11, 22), 0, 0, 0.0),
        Activity(MONDAY, 2, 3, 1.5),
        Activity(date(2026, 11, 24), 0, 0, 0.0),
    )
    assert study.progress.totals() == Totals(days=1, hours=1.5 / 60, cards=2, questions=3, fresh=3)


def test_retention_is_of_cards_asked_again(study: Study, clock: FakeClock) -> None:
    """The first answer on a later day counts, by week; first sights, same-day passes and what was undone do not."""
    card_ids = tuple(f"x.l06.n{n:03}#front" for n in range(4))
    session = study.review.start(ReviewScope(card_ids=card_ids))
    for rating in (Rating.GOOD, Rating.GOOD, Rating.AGAIN, Rating.EASY):
        session.grade(rating, duration_ms=1000)
    while session.current is not None:
        session.grade(Rating.GOOD, duration_ms=1000)
    assert study.progress.retention(4) == ()
    clock.advance(days=7)
    again = study.review.start(ReviewScope(card_ids=card_ids))
    for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD):
        again.grade(rating, duration_ms=1000)
    again.undo()
    assert study.progress.retention(4) == (Retention(date(2026, 11, 30), 3, 2),)
    assert study.progress.retention(1) == (Retention(date(2026, 11, 30), 3, 2),)
    clock.advance(days=7)
    assert study.progress.retention(1) == ()


def test_calibration_is_by_stated_confidence(study: Study, clock: FakeClock) -> None:
    """Guess, unsure and sure in this order; answers without a statement are left out."""
    answer(study, clock, "L06", right=9, wrong=1, sure=Confidence.SURE)
    answer(study, clock, "L07", right=1, wrong=3, sure=Confidence.GUESS)
    answer(study, clock, "T01", right=2, wrong=2)
    assert [(each.confidence, each.n, each.right) for each in study.progress.calibration()] == [
        ("guess", 4, 1.0),
        ("sure", 10, 9.0),
    ]


def test_the_forecast_counts_overdue_cards_today(study: Study, clock: FakeClock) -> None:
    """Each day shows the cards that fall due on it; what was missed is due today."""
    session = study.review.start(ReviewScope())
    due = []
    while session.current is not None:
        due.append(session.current.choices[2].days or 0)
        session.grade(Rating.GOOD, duration_ms=1000)
    forecast = study.progress.forecast(5)
    assert [each.day for each in forecast] == [date(2026, 11, 23 + n) for n in range(5)]
    assert [each.due for each in forecast] == [due.count(n) for n in range(5)]
    clock.advance(days=30)
    assert [each.due for each in study.progress.forecast(2)] == [15, 0]
