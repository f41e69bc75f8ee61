"""A bank large enough for limits, quizzes and exams: thirty items and twenty cards in each of three topics."""

from dataclasses import replace

from studyapp.domain.bank import Bank
from studyapp.domain.item import Case, SingleItem
from studyapp.domain.note import BasicNote
from tests.support.bank import bank, single

TOPICS = ("L06", "L07", "T01")


def items(count: int = 30) -> tuple[SingleItem, ...]:
    """Items x.<topic>.<n>, option b right, from hard to easy; the first three of L06 share a case."""
    case = Case("x.case", "A clinic moves", "Its server is carried by a courier.")
    return tuple(
        replace(
            single(f"x.{topic.lower()}.{n:03}", topic),
            difficulty=0.3 + 0.6 * n / count,
            case=case if topic == "L06" and n < 3 else None,
        )
        for topic in TOPICS
        for n in range(count)
    )


def notes(count: int = 20) -> tuple[BasicNote, ...]:
    """One card each."""
    return tuple(
        BasicNote(id=f"x.{topic.lower()}.n{n:03}", topic=topic, front=f"Front {topic} {n}", back=f"Back {topic} {n}")
        for topic in TOPICS
        for n in range(count)
    )


def plenty(items_each: int = 30, notes_each: int = 20) -> Bank:
    """The bank; its exam has 10 items in 24 minutes, three quarters law (L06, L07 twice as heavy), one quarter T01."""
    return bank(items(items_each), notes(notes_each), content_hash="plenty")
