"""Attempts with their slots: opening, saving each change, finishing, and reading them back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import text, update
from sqlmodel import Session, col, select

from studyapp.domain.attempt import Attempt, AttemptKind, AttemptState, Feedback, Slot
from studyapp.domain.item import Confidence, Response
from studyapp.domain.study_day import from_ms, to_ms
from studyapp.storage.tables import AttemptRow, AttemptSlotRow, ItemRow


@dataclass(frozen=True, slots=True)
class StoredAttempt:
    """An attempt, and for each position the content hash of the item version that was asked."""

    attempt: Attempt
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open attempt without its slots."""

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
    """Answers in one group of a finished attempt: how many, the sum of scores, and how many were left out."""

    n: int
    right: float
    unanswered: int


def insert(session: Session, profile_id: int, attempt: Attempt, *, spec: str = "{}") -> None:
    """Store an attempt just assembled.

    Raises:
        KeyError: one of its items is not stored.
    """
    hashes = _content_hashes(session, [slot.item_id for slot in attempt.slots])
    session.add(
        AttemptRow(
            id=attempt.id,
            profile_id=profile_id,
            kind=attempt.kind.value,
            title=attempt.title,
            blueprint_id=attempt.blueprint_id,
            feedback=attempt.feedback.value,
            state=attempt.state.value,
            seed=attempt.seed,
            time_limit_s=attempt.time_limit_s,
            time_used_s=attempt.time_used_s,
            position=attempt.position,
            started_ms=to_ms(attempt.started_at),
            spec=spec,
        )
    )
    session.flush()
    for slot in attempt.slots:
        session.add(
            AttemptSlotRow(
                attempt_id=attempt.id,
                position=slot.position,
                item_id=slot.item_id,
                content_hash=hashes[slot.item_id],
                domain=slot.domain,
                option_order=json.dumps(slot.option_order),
            )
        )


def load(session: Session, profile_id: int, attempt_id: str) -> StoredAttempt | None:
    """The attempt with its slots, or None when there is none."""
    row = session.get(AttemptRow, attempt_id)
    if row is None or row.profile_id != profile_id:
        return None
    slots = session.exec(
        select(AttemptSlotRow).where(AttemptSlotRow.attempt_id == attempt_id).order_by(col(AttemptSlotRow.position))
    ).all()
    return StoredAttempt(_attempt(row, slots), tuple(slot.content_hash for slot in slots))


def save_slot(session: Session, attempt: Attempt, position: int) -> None:
    """Store one slot, and the time used and place with it."""
    slot = attempt.slots[position]
    response = None if slot.response is None else encode_response(slot.response)
    session.connection().execute(
        update(AttemptSlotRow)
        .where(col(AttemptSlotRow.attempt_id) == attempt.id, col(AttemptSlotRow.position) == position)
        .values(
            response=response,
            confidence=None if slot.confidence is None else slot.confidence.value,
            flagged=slot.flagged,
            struck=json.dumps(sorted(slot.struck)),
            duration_ms=slot.duration_ms,
            locked=slot.locked,
            score=slot.score,
        )
    )


def save_clock(session: Session, attempt: Attempt) -> None:
    """Store where the attempt stands, the time used, and the time spent on the present item."""
    session.connection().execute(
        update(AttemptRow)
        .where(col(AttemptRow.id) == attempt.id)
        .values(position=attempt.position, time_used_s=attempt.time_used_s)
    )
    session.connection().execute(
        update(AttemptSlotRow)
        .where(col(AttemptSlotRow.attempt_id) == attempt.id, col(AttemptSlotRow.position) == attempt.position)
        .values(duration_ms=attempt.slots[attempt.position].duration_ms)
    )


def close(session: Session, attempt: Attempt) -> None:
    """Store that the attempt is finished, with every slot as marked, or abandoned."""
    finished = attempt.state is AttemptState.FINISHED
    session.connection().execute(
        update(AttemptRow)
        .where(col(AttemptRow.id) == attempt.id)
        .values(
            state=attempt.state.value,
            finished_ms=None if attempt.finished_at is None else to_ms(attempt.finished_at),
            time_used_s=attempt.time_used_s,
            position=attempt.position,
            n=len(attempt.slots) if finished else None,
            # Sums of thirds may pass the number of items by a rounding error.
            right_sum=min(sum(slot.score or 0.0 for slot in attempt.slots), len(attempt.slots)) if finished else None,
        )
    )
    if finished:
        for slot in attempt.slots:
            save_slot(session, attempt, slot.position)


_OPEN = text("""
    SELECT a.id, a.kind, a.title, count(s.response) AS answered, count(*) AS n, a.started_ms, a.time_limit_s,
      a.time_used_s
    FROM attempt a JOIN attempt_slot s ON s.attempt_id = a.id
    WHERE a.profile_id = :profile AND a.state = 'open' GROUP BY a.id ORDER BY a.started_ms DESC, a.id
""")

_TALLIES = text("""
    SELECT s.attempt_id, coalesce(nullif(s.domain, ''), i.topic_id) AS part, count(*), sum(s.score),
      sum(s.response IS NULL)
    FROM attempt_slot s JOIN item i ON i.id = s.item_id
    WHERE s.attempt_id IN (SELECT value FROM json_each(:attempts)) GROUP BY s.attempt_id, part
""")


def open_rows(session: Session, profile_id: int) -> list[OpenRow]:
    """Open attempts, newest first."""
    rows = session.connection().execute(_OPEN, {"profile": profile_id})
    return [OpenRow(row[0], AttemptKind(row[1]), *row[2:]) for row in rows]


def finished(session: Session, profile_id: int, kind: AttemptKind, blueprint_id: str, limit: int) -> list[Attempt]:
    """Finished attempts of a kind (and blueprint, unless empty), newest first, without their slots."""
    query = select(AttemptRow).where(
        AttemptRow.profile_id == profile_id, AttemptRow.state == "finished", AttemptRow.kind == kind.value
    )
    if blueprint_id:
        query = query.where(AttemptRow.blueprint_id == blueprint_id)
    rows = session.exec(query.order_by(col(AttemptRow.finished_ms).desc(), col(AttemptRow.id)).limit(limit))
    return [_attempt(row, ()) for row in rows]


def tallies(session: Session, attempt_ids: Iterable[str]) -> dict[str, dict[str, Tally]]:
    """For each finished attempt, its tally by domain, or by leaf topic in practice."""
    found: dict[str, dict[str, Tally]] = {}
    for attempt_id, domain, *tally in session.connection().execute(
        _TALLIES, {"attempts": json.dumps(list(attempt_ids))}
    ):
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
    rows = session.exec(select(ItemRow.id, ItemRow.content_hash).where(col(ItemRow.id).in_(item_ids)))
    return dict(rows.all())


def _attempt(row: AttemptRow, slots: Iterable[AttemptSlotRow]) -> Attempt:
    return Attempt(
        id=row.id,
        kind=AttemptKind(row.kind),
        title=row.title,
        blueprint_id=row.blueprint_id,
        feedback=Feedback(row.feedback),
        state=AttemptState(row.state),
        seed=row.seed,
        slots=tuple(_slot(slot) for slot in slots),
        position=row.position,
        started_at=from_ms(row.started_ms),
        finished_at=None if row.finished_ms is None else from_ms(row.finished_ms),
        time_limit_s=row.time_limit_s,
        time_used_s=row.time_used_s,
    )


def _slot(row: AttemptSlotRow) -> Slot:
    return Slot(
        position=row.position,
        item_id=row.item_id,
        domain=row.domain,
        option_order=tuple(json.loads(row.option_order)),
        response=None if row.response is None else decode_response(row.response),
        confidence=None if row.confidence is None else Confidence(row.confidence),
        flagged=row.flagged,
        struck=frozenset(json.loads(row.struck)),
        duration_ms=row.duration_ms,
        locked=row.locked,
        score=row.score,
    )
