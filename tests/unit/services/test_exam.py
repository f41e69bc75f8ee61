"""Exams: what is offered is what is assembled, and a shortage is told."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, Feedback
from studyapp.domain.item import Response
from studyapp.services.exam import Length
from studyapp.services.practice import PracticeFilter
from studyapp.services.study import Study
from tests.support.bank import bank
from tests.support.plenty import items, plenty

OpenStudy = Callable[..., Study]


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """A study over `plenty`."""
    return opened(plenty())


@pytest.mark.parametrize(
    ("length", "factor", "wanted", "minutes"),
    [
        (Length.FULL, 1.0, 10, 24),
        (Length.FULL, 1.25, 10, 30),
        (Length.FULL, 2.0, 10, 48),
        (Length.HALF, 1.0, 5, 12),
        (Length.HALF, 1.5, 5, 18),
        (Length.QUARTER, 1.0, 2, 6),
    ],
)
def test_length_and_extended_time(study: Study, length: Length, factor: float, wanted: int, minutes: int) -> None:
    """Items and minutes follow the chosen length, minutes also the extended time."""
    offer = study.exams.offer("cmom", length, factor)
    assert (offer.wanted, offer.items, offer.minutes, offer.short) == (wanted, wanted, minutes, False)
    runner = study.exams.start("cmom", length, factor)
    assert len(runner.attempt.slots) == wanted
    assert runner.attempt.time_limit_s == minutes * 60
    assert (runner.attempt.kind, runner.attempt.feedback) == (AttemptKind.EXAM, Feedback.TEST)


def test_the_form_follows_the_blueprint(study: Study) -> None:
    """Domains by largest remainder, the heavy leaf twice as often, nothing twice."""
    offer = study.exams.offer("cmom", Length.FULL)
    assert [(supply.id, supply.wanted, supply.available, supply.unseen) for supply in offer.supply] == [
        ("law", 8, 60, 60),
        ("terms", 2, 30, 30),
    ]
    slots = study.exams.start("cmom", Length.FULL).attempt.slots
    assert Counter(slot.domain for slot in slots) == {"law": 8, "terms": 2}
    leaves = Counter(slot.item_id[2:5] for slot in slots)
    assert leaves["l06"] in {2, 3}
    assert len({slot.item_id for slot in slots}) == 10


def test_a_shortage_is_told_and_shortens_the_time(opened: OpenStudy) -> None:
    """A domain with too few items is short by exactly that, no other fills in, and minutes shrink in proportion."""
    few = tuple(item for item in items() if item.topic != "T01" or item.id.endswith(".000"))
    study = opened(bank(few, ()))
    offer = study.exams.offer("cmom", Length.FULL)
    assert offer.short
    assert (offer.items, offer.minutes) == (9, 22)  # 24 minutes x 9 / 10 = 21.6
    runner = study.exams.start("cmom", Length.FULL)
    assert Counter(slot.domain for slot in runner.attempt.slots) == {"law": 8, "terms": 1}


def test_reserved_items_are_kept(opened: OpenStudy) -> None:
    """Items reserved for reserved forms are neither counted nor drawn, in exams and in practice."""
    reserved = tuple(replace(item, reserved=True) for item in items(3))
    study = opened(bank(reserved, ()))
    assert study.exams.offer("cmom", Length.FULL).items == 0
    with pytest.raises(StudyAppError, match="no questions"):
        study.exams.start("cmom", Length.FULL)
    assert study.practice.counts(PracticeFilter()).total == 0


def test_one_exam_at_a_time(study: Study) -> None:
    """A second exam waits until the first is finished or given up."""
    first = study.exams.start("cmom", Length.QUARTER)
    with pytest.raises(StudyAppError, match="already open"):
        study.exams.start("cmom", Length.QUARTER)
    first.abandon()
    study.exams.start("cmom", Length.QUARTER)


def test_a_second_form_prefers_what_was_not_met(study: Study) -> None:
    """While the bank lasts, two forms share no item; also items left out are met once their keys were shown."""
    first = study.exams.start("cmom", Length.FULL)
    first.answer(0, Response(chosen=frozenset("b")))
    result = first.submit()
    for slot in result.slots:
        study.attempts.open_key(result.attempt_id, slot.position)
    second = study.exams.start("cmom", Length.FULL)
    assert not {slot.item_id for slot in first.attempt.slots} & {slot.item_id for slot in second.attempt.slots}


def test_options_in_order_are_not_shuffled(study: Study) -> None:
    """The dates of these items ascend, so their order stays."""
    assert {slot.option_order for slot in study.exams.start("cmom", Length.FULL).attempt.slots} == {("a", "b", "c")}


def test_unknown_exams_and_factors(study: Study) -> None:
    """An exam that is gone is told; another time factor is a mistake of the caller."""
    with pytest.raises(StudyAppError, match="no longer there"):
        study.exams.offer("cmm", Length.FULL)
    with pytest.raises(ValueError, match="factor"):
        study.exams.offer("cmom", Length.FULL, 1.1)
