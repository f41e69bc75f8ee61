"""Attempts with their slots: opening, saving each change, finishing, and reading them back."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import Attempt, AttemptKind, AttemptState, Feedback, Slot
from studyapp.domain.item import Confidence, Response
from studyapp.domain.study_day import from_ms, to_ms
from studyapp.storage.session import Session


class AttemptOverError(StudyAppError):
    """The stored attempt takes no such change any more: it is finished, given up or erased, or this answer is final."""


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """An attempt, and for each position the content hash of the item version that was asked."""

    attempt: Attempt
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open attempt without its slots; with feedback after each answer, those checked count as answered."""

    id: str
    kind: AttemptKind
    title: str
    answered: int
    n: int
    started_ms: int
    time_limit_s: int | None
    time_used_s: float


@dataclass(frozen=True, slots=True)
class Tally:
    """One group of items of a finished attempt: how many, the sum of scores, and how many were left out.

    `wrong` were answered and not wholly right; `answered_ms` is the time spent on those answered.
    """

    n: int
    right: float
    unanswered: int
    wrong: int
    answered_ms: int

    @property
    def answered(self) -> int:
        """How many were not left out."""
        return self.n - self.unanswered


def insert(session: Session, profile_id: int, attempt: Attempt, *, spec: str = "{}") -> None:
    """Store an attempt just assembled.

    Raises:
        KeyError: one of its items is not stored.
    """
    hashes = _content_hashes(session, [slot.item_id for slot in attempt.slots])
    values = {
        "id": attempt.id,
        "profile": profile_id,
        "kind": attempt.kind.value,
        "title": attempt.title,
        "blueprint": attempt.blueprint_id,
        "feedback": attempt.feedback.value,
        "state": attempt.state.value,
        "seed": attempt.seed,
        "time_limit_s": attempt.time_limit_s,
        "time_used_s": attempt.time_used_s,
        "position": attempt.position,
        "started_ms": to_ms(attempt.started_at),
        "spec": spec,
    }
    session.run(_INSERT, values)
    slots = [
        {
            "attempt": attempt.id,
            "position": slot.position,
            "item": slot.item_id,
            "content_hash": hashes[slot.item_id],
            "domain": slot.domain,
            "option_order": json.dumps(slot.option_order),
        }
        for slot in attempt.slots
    ]
    session.run_each(_INSERT_SLOT, slots)


def load(session: Session, profile_id: int, attempt_id: str) -> StoredAttempt | None:
    """The attempt with its slots, or None when there is none."""
    row = session.row(_LOAD, {"profile": profile_id, "attempt": attempt_id})
    if row is None:
        return None
    slots = session.rows(_SLOTS, {"attempt": attempt_id})
    return StoredAttempt(_attempt(row, [_slot(slot) for _, *slot in slots]), tuple(slot[0] for slot in slots))


def save_slot(session: Session, attempt: Attempt, position: int) -> None:
    """Store one slot.

    Raises:
        AttemptOverError: the attempt is not open any more, or the key of this item was shown meanwhile.
    """
    slot = attempt.slots[position]
    values = {
        "attempt": attempt.id,
        "position": position,
        "response": None if slot.response is None else encode_response(slot.response),
        "confidence": None if slot.confidence is None else slot.confidence.value,
        "flagged": slot.flagged,
        "struck": json.dumps(sorted(slot.struck)),
        "duration_ms": slot.duration_ms,
        "locked": slot.locked,
        "score": slot.score,
    }
    if session.run(_SAVE_SLOT, values) != 1:
        _require_open(session, attempt.id)
        raise AttemptOverError("This answer is final: its key was shown.", "Go on to the next question.")


def save_clock(session: Session, attempt: Attempt) -> None:
    """Store where the attempt stands, the time used, and the time spent on the present item.

    Raises:
        AttemptOverError: the attempt is not open any more.
    """
    values = {
        "attempt": attempt.id,
        "position": attempt.position,
        "time_used_s": attempt.time_used_s,
        "duration_ms": attempt.slots[attempt.position].duration_ms,
    }
    saved = session.run(
        "UPDATE attempt SET position = :position, time_used_s = :time_used_s WHERE id = :attempt AND state = 'open'",
        values,
    )
    if saved != 1:
        raise _over()
    session.run(
        "UPDATE attempt_slot SET duration_ms = :duration_ms WHERE attempt_id = :attempt AND position = :position",
        values,
    )


def open_key(session: Session, attempt_id: str, position: int) -> None:
    """Note that the key of an item which a finished attempt never displayed was shown since."""
    values = {"attempt": attempt_id, "position": position}
    session.run("UPDATE attempt_slot SET locked = 1 WHERE attempt_id = :attempt AND position = :position", values)


def close(session: Session, attempt: Attempt) -> None:
    """Store that the attempt is finished, with every slot as marked, or abandoned.

    Raises:
        AttemptOverError: it is not open any more, or a key was shown meanwhile.
    """
    finished = attempt.state is AttemptState.FINISHED
    values = {
        "attempt": attempt.id,
        "state": attempt.state.value,
        "finished_ms": None if attempt.finished_at is None else to_ms(attempt.finished_at),
        "time_used_s": attempt.time_used_s,
        "position": attempt.position,
        "n": len(attempt.slots) if finished else None,
        # Sums of thirds may pass the number of items by a rounding error.
        "right": min(sum(slot.score or 0.0 for slot in attempt.slots), len(attempt.slots)) if finished else None,
    }
    if finished:
        for slot in attempt.slots:
            save_slot(session, attempt, slot.position)
    if session.run(_CLOSE, values) != 1:
        raise _over()


def _require_open(session: Session, attempt_id: str) -> None:
    if session.value("SELECT state FROM attempt WHERE id = :attempt", {"attempt": attempt_id}) != "open":
        raise _over()


def _over() -> AttemptOverError:
    return AttemptOverError("This attempt is over.", "Look at its result, or start a new one.")


DISPLAYED = "(s.response IS NOT NULL OR s.locked = 1 OR s.duration_ms > 0 OR s.position = a.position)"
"""`Attempt.displayed` of slot `s` of attempt `a`."""

_INSERT = """
    INSERT INTO attempt (id, profile_id, kind, title, blueprint_id, feedback, state, seed, time_limit_s, time_used_s,
      position, started_ms, spec)
    VALUES (:id, :profile, :kind, :title, :blueprint, :feedback, :state, :seed, :time_limit_s, :time_used_s,
      :position, :started_ms, :spec)
"""

_INSERT_SLOT = """
    INSERT INTO attempt_slot (attempt_id, position, item_id, content_hash, domain, option_order, flagged, struck,
      duration_ms, locked)
    VALUES (:attempt, :position, :item, :content_hash, :domain, :option_order, 0, '[]', 0, 0)
"""

_SAVE_SLOT = """
    UPDATE attempt_slot SET response = :response, confidence = :confidence, flagged = :flagged, struck = :struck,
      duration_ms = :duration_ms, locked = :locked, score = :score
    WHERE attempt_id = :attempt AND position = :position AND (locked = 0 OR :locked)
      AND EXISTS (SELECT 1 FROM attempt WHERE id = :attempt AND state = 'open')
"""

_CLOSE = """
    UPDATE attempt SET state = :state, finished_ms = :finished_ms, time_used_s = :time_used_s, position = :position,
      n = :n, right_sum = :right
    WHERE id = :attempt AND state = 'open'
"""

_ATTEMPT = """
    SELECT id, kind, title, blueprint_id, feedback, state, seed, position, started_ms, finished_ms, time_limit_s,
      time_used_s
    FROM attempt
"""

_LOAD = f"{_ATTEMPT} WHERE id = :attempt AND profile_id = :profile"

_FINISHED = f"""
    {_ATTEMPT} WHERE profile_id = :profile AND state = 'finished' AND kind = :kind
      AND (:blueprint = '' OR blueprint_id = :blueprint)
    ORDER BY finished_ms DESC, id LIMIT :limit
"""

_SLOTS = """
    SELECT content_hash, position, item_id, domain, option_order, response, confidence, flagged, struck, duration_ms,
      locked, score
    FROM attempt_slot WHERE attempt_id = :attempt ORDER BY position
"""

_OPEN = """
    SELECT a.id, a.kind, a.title, sum(CASE a.feedback WHEN 'tutor' THEN s.locked ELSE s.response IS NOT NULL END),
      count(*), a.started_ms, a.time_limit_s, a.time_used_s
    FROM attempt a JOIN attempt_slot s ON s.attempt_id = a.id
    WHERE a.profile_id = :profile AND a.state = 'open' GROUP BY a.id ORDER BY a.started_ms DESC, a.id
"""

_TALLIES = """
    SELECT s.attempt_id, coalesce(nullif(s.domain, ''), i.topic_id) AS part, count(*), sum(s.score),
      sum(s.response IS NULL), sum(s.response IS NOT NULL AND s.score < 1.0),
      sum(CASE WHEN s.response IS NULL THEN 0 ELSE s.duration_ms END)
    FROM attempt_slot s JOIN item i ON i.id = s.item_id
    WHERE s.attempt_id IN (SELECT value FROM json_each(:attempts)) GROUP BY s.attempt_id, part
"""


def open_rows(session: Session, profile_id: int) -> list[OpenRow]:
    """Open attempts, newest first."""
    rows = session.rows(_OPEN, {"profile": profile_id})
    return [OpenRow(row[0], AttemptKind(row[1]), *row[2:]) for row in rows]


def finished(session: Session, profile_id: int, kind: AttemptKind, blueprint_id: str, limit: int) -> list[Attempt]:
    """Finished attempts of a kind (and blueprint, unless empty), newest first, without their slots."""
    values = {"profile": profile_id, "kind": kind.value, "blueprint": blueprint_id, "limit": limit}
    return [_attempt(row, ()) for row in session.rows(_FINISHED, values)]


def tallies(session: Session, attempt_ids: Iterable[str]) -> dict[str, dict[str, Tally]]:
    """For each finished attempt, its tally by domain, or by leaf topic in practice."""
    found: dict[str, dict[str, Tally]] = {}
    for attempt_id, domain, *tally in session.rows(_TALLIES, {"attempts": json.dumps(list(attempt_ids))}):
        found.setdefault(attempt_id, {})[domain] = Tally(*tally)
    return found


def encode_response(response: Response) -> str:
    """The response as JSON, options in order, so that equal responses are equal texts."""
    values = {"chosen": sorted(response.chosen), "text": response.text, "blanks": response.blanks}
    return msgspec.json.encode(values).decode()


def decode_response(payload: str) -> Response:
    """The response that `encode_response` wrote."""
    return msgspec.json.decode(payload, type=Response)


def _content_hashes(session: Session, item_ids: list[str]) -> Mapping[str, str]:
    return dict(
        session.rows(
            "SELECT id, content_hash FROM item WHERE id IN (SELECT value FROM json_each(:items))",
            {"items": json.dumps(item_ids)},
        )
    )


def _attempt(row: tuple[Any, ...], slots: Iterable[Slot]) -> Attempt:
    (id_, kind, title, blueprint_id, feedback, state, seed, position, started_ms, finished_ms, limit_s, used_s) = row
    return Attempt(
        id=id_,
        kind=AttemptKind(kind),
        title=title,
        blueprint_id=blueprint_id,
        feedback=Feedback(feedback),
        state=AttemptState(state),
        seed=seed,
        slots=tuple(slots),
        position=position,
        started_at=from_ms(started_ms),
        finished_at=None if finished_ms is None else from_ms(finished_ms),
        time_limit_s=limit_s,
        time_used_s=used_s,
    )


def _slot(row: Sequence[Any]) -> Slot:
    position, item_id, domain, option_order, response, confidence, flagged, struck, duration_ms, locked, score = row
    return Slot(
        position=position,
        item_id=item_id,
        domain=domain,
        option_order=tuple(json.loads(option_order)),
        response=None if response is None else decode_response(response),
        confidence=None if confidence is None else Confidence(confidence),
        flagged=bool(flagged),
        struck=frozenset(json.loads(struck)),
        duration_ms=duration_ms,
        locked=bool(locked),
        score=score,
    )
