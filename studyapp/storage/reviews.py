"""The log of reviews: appending, reading it for a replay, and what it adds up to.

Rows are never changed: taking a grade back appends a row of the kind `undo`. Both the row taken back and the one that
takes it back are left out of every reading below, except that the time was spent all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from studyapp.domain.memory import Rating
from studyapp.domain.scheduling import Graded
from studyapp.storage.session import Session

LONGEST_MS = 5 * 60_000
"""A card left open while the learner was away counts as at most five minutes of study."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A review to append. `moved` tells whether it moved the card's memory or was practice."""

    uuid: str
    card_id: str
    session_id: str
    at_ms: int
    offset_min: int
    study_day: int
    rating: Rating
    moved: bool
    response: str
    duration_ms: int


_APPEND = """
    INSERT INTO review
      (uuid, profile_id, card_id, session_id, at_ms, offset_min, study_day, kind, rating, response, duration_ms, undoes)
    VALUES (:uuid, :profile, :card, :session, :at_ms, :offset_min, :day, :kind, :rating, :response, :duration_ms,
      :undoes)
"""


def append(session: Session, profile_id: int, review: NewReview) -> None:
    """Append a review to the log."""
    values = {
        "uuid": review.uuid,
        "profile": profile_id,
        "card": review.card_id,
        "session": review.session_id,
        "at_ms": review.at_ms,
        "offset_min": review.offset_min,
        "day": review.study_day,
        "kind": "review" if review.moved else "practice",
        "rating": int(review.rating),
        "response": review.response,
        "duration_ms": review.duration_ms,
        "undoes": None,
    }
    session.run(_APPEND, values)


def append_undo(
    session: Session, profile_id: int, undone: NewReview, *, uuid: str, at_ms: int, offset_min: int, study_day: int
) -> None:
    """Append a row that takes `undone` back."""
    values = {
        "uuid": uuid,
        "profile": profile_id,
        "card": undone.card_id,
        "session": undone.session_id,
        "at_ms": at_ms,
        "offset_min": offset_min,
        "day": study_day,
        "kind": "undo",
        "rating": None,
        "response": "",
        "duration_ms": 0,
        "undoes": undone.uuid,
    }
    session.run(_APPEND, values)


# A column written with a plus sign is not looked up by an index: SQLite, which keeps no statistics here, would choose
# one that matches nearly every row.
_STANDING = "r.kind <> 'undo' AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = r.uuid)"

_LOGS = f"""
    SELECT r.card_id, r.rating, r.study_day, r.at_ms FROM review r
    WHERE r.profile_id = :profile AND {_STANDING} ORDER BY r.card_id, r.seq
"""  # noqa: S608 - a constant of this file

_NEWEST = f"""
    SELECT r.uuid FROM review r
    WHERE r.profile_id = :profile AND r.card_id = :card AND {_STANDING} ORDER BY r.seq DESC LIMIT 1
"""  # noqa: S608 - a constant of this file

_ACTIVITY = """
    SELECT study_day, count(*), sum(min(duration_ms, :longest)) / 1000.0 FROM review
    WHERE profile_id = :profile AND study_day >= :since AND kind <> 'undo' GROUP BY study_day
"""

_UNDONE = """
    SELECT r.study_day, count(*) FROM review u CROSS JOIN review r ON r.uuid = u.undoes
    WHERE u.undoes IS NOT NULL AND +r.profile_id = :profile AND +r.study_day >= :since GROUP BY r.study_day
"""

_BEFORE = "SELECT EXISTS (SELECT 1 FROM review WHERE profile_id = :profile AND study_day < :day)"

_LATEST = """
    SELECT duration_ms FROM review WHERE +profile_id = :profile AND kind <> 'undo' ORDER BY seq DESC LIMIT :count
"""

# A card that was asked again on a later day than before: the first answer of that day tells whether it was retained.
_RETENTION = """
    WITH asked AS (
      -- SQLite takes the bare columns from the row that holds the minimum: https://www.sqlite.org/lang_select.html, 2.5
      SELECT card_id, study_day, rating, min(seq) AS seq FROM review
      WHERE profile_id = :profile AND study_day >= :since AND kind <> 'undo'
        AND uuid NOT IN (SELECT undoes FROM review WHERE undoes IS NOT NULL)
      GROUP BY card_id, study_day
    )
    SELECT study_day - (study_day - 1) % 7 AS week, count(*), sum(rating > 1) FROM asked a
    WHERE EXISTS (SELECT 1 FROM review b
      WHERE b.profile_id = :profile AND b.card_id = a.card_id AND b.seq < a.seq
        AND +b.study_day < a.study_day AND b.kind <> 'undo')
    GROUP BY week ORDER BY week
"""


def logs(session: Session, profile_id: int) -> dict[str, list[Graded]]:
    """Every card's reviews in the order in which they were made."""
    return _by_card(session.cursor(_LOGS, {"profile": profile_id}))


def activity(session: Session, profile_id: int, since: int) -> dict[int, tuple[int, float]]:
    """For each study day from `since` on: reviews made and seconds spent."""
    values = {"profile": profile_id, "since": since}
    undone = dict(session.rows(_UNDONE, values))
    rows = session.rows(_ACTIVITY, values | {"longest": LONGEST_MS})
    return {day: (count - undone.get(day, 0), seconds) for day, count, seconds in rows}


def newest_standing(session: Session, profile_id: int, card_id: str) -> str | None:
    """The uuid of the card's newest review that was not taken back; None when there is none."""
    found: str | None = session.value(_NEWEST, {"profile": profile_id, "card": card_id})
    return found


def any_before(session: Session, profile_id: int, day: int) -> bool:
    """Whether anything was reviewed before that study day."""
    return bool(session.value(_BEFORE, {"profile": profile_id, "day": day}))


def latest_durations(session: Session, profile_id: int, count: int = 300) -> list[int]:
    """Milliseconds of the newest reviews."""
    rows = session.rows(_LATEST, {"profile": profile_id, "count": count})
    return [duration for (duration,) in rows]


def retention(session: Session, profile_id: int, since: int) -> list[tuple[int, int, int]]:
    """For each week (its Monday as an ordinal) from study day `since` on: cards asked again, and those recalled."""
    rows = session.rows(_RETENTION, {"profile": profile_id, "since": since})
    return [(week, n, recalled) for week, n, recalled in rows]


def _by_card(rows: Iterable[Any]) -> dict[str, list[Graded]]:
    found: dict[str, list[Graded]] = {}
    ratings = {int(rating): rating for rating in Rating}
    for card_id, rating, study_day, at_ms in rows:
        found.setdefault(card_id, []).append(Graded(ratings[rating], study_day, at_ms))
    return found
