"""The log of marked answers: appending, what it says of each item, and what it adds up to."""

from collections.abc import Iterable
from dataclasses import dataclass

from studyapp.domain.attempt import AttemptKind
from studyapp.domain.item import Confidence, ItemType, Response
from studyapp.storage.attempts import DISPLAYED, AttemptOverError, encode_response
from studyapp.storage.session import Session

LONGEST_MS = 10 * 60_000
"""A question left open while the learner was away counts as at most ten minutes of study."""


@dataclass(frozen=True, slots=True)
class NewResponse:
    """A marked answer to append."""

    uuid: str
    item_id: str
    attempt_id: str
    topic: str
    at_ms: int
    offset_min: int
    study_day: int
    kind: AttemptKind
    response: Response
    score: float
    confidence: Confidence | None
    duration_ms: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item that can be asked, and what the log says of it; the `last_` fields are of the newest answer.

    Attributes:
        wrong_day: study day of the newest answer that was not wholly right.
        right_since: later study days on which it was answered since then, every time rightly.
        seen_ms: when it was last answered, or displayed and left out in an attempt, the review of which shows its key.
    """

    id: str
    topic: str
    type: ItemType
    difficulty: float
    reserved: bool
    marked: bool
    last_score: float | None
    last_confidence: Confidence | None
    last_duration_ms: int | None
    wrong_day: int | None
    right_since: int
    seen_ms: int | None


def append(session: Session, profile_id: int, responses: Iterable[NewResponse]) -> None:
    """Append marked answers.

    An answer is a first attempt when the item was never answered and its key never shown: neither in a response nor in
    the review of a finished attempt that displayed it and left it out. One that was never displayed there is fresh.

    Raises:
        AttemptOverError: the attempt holds an answer to one of these items already.
    """
    for response in responses:
        met = {"profile": profile_id, "item": response.item_id, "attempt": response.attempt_id}
        if session.value(_ANSWERED, met):
            raise AttemptOverError("This answer is final: its key was shown.", "Go on to the next question.")
        values = met | {
            "uuid": response.uuid,
            "topic": response.topic,
            "at_ms": response.at_ms,
            "offset_min": response.offset_min,
            "day": response.study_day,
            "kind": response.kind.value,
            "response": encode_response(response.response),
            "score": response.score,
            "first": not session.value(_MET, met),
            "confidence": None if response.confidence is None else response.confidence.value,
            "duration_ms": response.duration_ms,
            "content_hash": response.content_hash,
        }
        session.run(_APPEND, values)


_ANSWERED = "SELECT EXISTS (SELECT 1 FROM response WHERE attempt_id = :attempt AND item_id = :item)"

_APPEND = """
    INSERT INTO response (uuid, profile_id, item_id, attempt_id, topic_id, at_ms, offset_min, study_day, kind, response,
      score, first, confidence, duration_ms, content_hash)
    VALUES (:uuid, :profile, :item, :attempt, :topic, :at_ms, :offset_min, :day, :kind, :response, :score, :first,
      :confidence, :duration_ms, :content_hash)
"""

_MET = f"""
    SELECT EXISTS (SELECT 1 FROM response WHERE profile_id = :profile AND item_id = :item)
        OR EXISTS (SELECT 1 FROM attempt_slot s JOIN attempt a ON a.id = s.attempt_id
            WHERE s.item_id = :item AND a.profile_id = :profile AND a.state = 'finished' AND a.id <> :attempt
              AND {DISPLAYED})
"""  # noqa: S608 - a constant of the program

_FACTS = f"""
    WITH history AS (
        SELECT item_id, max(seq) AS last, max(CASE WHEN score < 1.0 THEN seq END) AS wrong
        FROM response WHERE profile_id = :profile GROUP BY item_id
    ), left_out AS (
        SELECT s.item_id, max(a.finished_ms) AS seen_ms FROM attempt a JOIN attempt_slot s ON s.attempt_id = a.id
        WHERE a.profile_id = :profile AND a.state = 'finished' AND s.response IS NULL AND {DISPLAYED}
        GROUP BY s.item_id
    )
    SELECT i.id, i.topic_id, i.type, i.difficulty, i.reserved, coalesce(m.marked, 0), r.score, r.confidence,
      r.duration_ms, w.study_day,
      CASE WHEN h.wrong IS NULL OR h.wrong = h.last THEN 0 ELSE
        (SELECT count(DISTINCT n.study_day) FROM response n WHERE n.profile_id = :profile AND n.item_id = i.id
           AND n.seq > h.wrong AND n.study_day > w.study_day) END,
      nullif(max(coalesce(r.at_ms, 0), coalesce(o.seen_ms, 0)), 0)
    FROM item i
    LEFT JOIN history h ON h.item_id = i.id
    LEFT JOIN response r ON r.seq = h.last
    LEFT JOIN response w ON w.seq = h.wrong
    LEFT JOIN left_out o ON o.item_id = i.id
    LEFT JOIN mark m ON m.profile_id = :profile AND m.entry_id = i.id
    WHERE i.retired = 0
"""  # noqa: S608 - a constant of the program

_CASES = """
    SELECT id, json_extract(payload, '$.case.id') AS case_id FROM item WHERE retired = 0 AND case_id IS NOT NULL
"""

_FIRST = """
    SELECT topic_id, count(*), sum(score) FROM response WHERE profile_id = :profile AND first = 1 GROUP BY topic_id
"""

_FRESH = f"""
    SELECT i.topic_id, count(*) FROM item i
    WHERE NOT i.retired AND NOT i.reserved
      AND NOT EXISTS (SELECT 1 FROM response r WHERE r.profile_id = :profile AND r.item_id = i.id)
      AND NOT EXISTS (SELECT 1 FROM attempt_slot s JOIN attempt a ON a.id = s.attempt_id
        WHERE s.item_id = i.id AND a.profile_id = :profile AND a.state = 'finished' AND {DISPLAYED})
    GROUP BY i.topic_id
"""  # noqa: S608 - a constant of the program

_ACTIVITY = """
    SELECT study_day, count(*), sum(min(duration_ms, :longest)) / 1000.0 FROM response
    WHERE profile_id = :profile AND study_day >= :since GROUP BY study_day
"""

_BEFORE = "SELECT EXISTS (SELECT 1 FROM response WHERE profile_id = :profile AND study_day < :day)"

_CALIBRATION = """
    SELECT confidence, count(*), sum(score) FROM response
    WHERE profile_id = :profile AND confidence IS NOT NULL GROUP BY confidence
"""

# The plus sign keeps the profile from being looked up by an index, so that the log is walked from its newest end.
_LATEST = """
    SELECT i.type, r.duration_ms FROM response r JOIN item i ON i.id = r.item_id
    WHERE +r.profile_id = :profile ORDER BY r.seq DESC LIMIT :count
"""


def facts(session: Session, profile_id: int) -> list[ItemFacts]:
    """Every item that is not retired, with its history."""
    rows = session.rows(_FACTS, {"profile": profile_id})
    return [
        ItemFacts(
            id=row[0],
            topic=row[1],
            type=ItemType(row[2]),
            difficulty=row[3],
            reserved=bool(row[4]),
            marked=bool(row[5]),
            last_score=row[6],
            last_confidence=None if row[7] is None else Confidence(row[7]),
            last_duration_ms=row[8],
            wrong_day=row[9],
            right_since=row[10],
            seen_ms=row[11],
        )
        for row in rows
    ]


def case_ids(session: Session) -> dict[str, str]:
    """The case of each item that belongs to one."""
    return dict(session.rows(_CASES))


def first_by_topic(session: Session, profile_id: int) -> dict[str, tuple[int, float]]:
    """For each leaf topic: first attempts, and the sum of their scores."""
    rows = session.rows(_FIRST, {"profile": profile_id})
    return {topic: (n, right) for topic, n, right in rows}


def fresh_by_topic(session: Session, profile_id: int) -> dict[str, int]:
    """For each leaf topic with any: items never met (reserved ones left out), the answer to which would be a first."""
    return dict(session.rows(_FRESH, {"profile": profile_id}))


def first_in(session: Session, attempt_id: str) -> frozenset[str]:
    """The items for which this attempt holds the learner's first answer."""
    rows = session.rows("SELECT item_id FROM response WHERE attempt_id = :attempt AND first", {"attempt": attempt_id})
    return frozenset(item_id for (item_id,) in rows)


def activity(session: Session, profile_id: int, since: int) -> dict[int, tuple[int, float]]:
    """For each study day from `since` on: answers given and seconds spent."""
    values = {"profile": profile_id, "since": since, "longest": LONGEST_MS}
    rows = session.rows(_ACTIVITY, values)
    return {day: (count, seconds) for day, count, seconds in rows}


def any_before(session: Session, profile_id: int, day: int) -> bool:
    """Whether anything was answered before that study day."""
    return bool(session.value(_BEFORE, {"profile": profile_id, "day": day}))


def by_confidence(session: Session, profile_id: int) -> dict[Confidence, tuple[int, float]]:
    """For each stated confidence: answers, and the sum of their scores."""
    rows = session.rows(_CALIBRATION, {"profile": profile_id})
    return {Confidence(confidence): (n, right) for confidence, n, right in rows}


def latest_durations(session: Session, profile_id: int, count: int = 300) -> list[tuple[ItemType, int]]:
    """Item type and milliseconds of the newest answers."""
    rows = session.rows(_LATEST, {"profile": profile_id, "count": count})
    return [(ItemType(kind), duration) for kind, duration in rows]
