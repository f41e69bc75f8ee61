"""Cards with their memory: reading one, the queues of ids that a session works through, and counts.

Days are ordinals of study days. A card is served when it is not retired, not suspended and not buried for the day.
Queries take leaf topics as a tuple; an empty one means every topic.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import TextClause, text
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session, select

from studyapp.domain.note import AnyNote, Card, CardKind
from studyapp.domain.scheduling import NEW_CARD, CardState, Phase
from studyapp.storage.payloads import decode_note
from studyapp.storage.tables import CardRow, CardStateRow, NoteRow, TopicRow

ALGORITHM = "fsrs6:default"
"""Keys the cached memory: the model and whose weights. Another key makes every state stale at once."""


@dataclass(frozen=True, slots=True)
class StoredCard:
    """A card with its note, its state and the learner's choices about it."""

    card: Card
    note: AnyNote
    topic_title: str
    state: CardState
    suspended: bool
    buried_day: int | None
    flagged: bool

    def served_on(self, day: int) -> bool:
        """Whether it may be asked on that study day."""
        return not self.suspended and self.buried_day != day


@dataclass(frozen=True, slots=True)
class Supply:
    """How many cards a topic has on a day."""

    new: int = 0
    learning: int = 0
    due: int = 0


def read(session: Session, profile_id: int, card_id: str) -> StoredCard | None:
    """The card, or None when it is retired or gone."""
    found = session.exec(
        select(CardRow, NoteRow, TopicRow.title, CardStateRow)
        .join(NoteRow, NoteRow.id == CardRow.note_id)  # type: ignore[arg-type]
        .join(TopicRow, TopicRow.id == CardRow.topic_id)  # type: ignore[arg-type]
        .outerjoin(
            CardStateRow,
            (CardStateRow.card_id == CardRow.id) & (CardStateRow.profile_id == profile_id),  # type: ignore[arg-type]
        )
        .where(CardRow.id == card_id)
    ).first()
    if found is None or found[0].retired:
        return None
    row, note, topic_title = found[:3]
    memory: CardStateRow | None = found[3]  # of an outer join, which the types do not know
    return StoredCard(
        card=Card(row.id, row.note_id, row.topic_id, row.template, CardKind(row.kind)),
        note=decode_note(note.type, note.payload),
        topic_title=topic_title,
        state=NEW_CARD if memory is None else _state(memory),
        suspended=memory is not None and memory.suspended,
        buried_day=None if memory is None else memory.buried_day,
        flagged=memory is not None and memory.flagged,
    )


def states(session: Session, profile_id: int) -> dict[str, CardState]:
    """The cached state of every card that has one, for the doctor to compare with a replay."""
    rows = session.exec(select(CardStateRow).where(CardStateRow.profile_id == profile_id))
    return {row.card_id: _state(row) for row in rows}


def save_state(session: Session, profile_id: int, card_id: str, state: CardState) -> None:
    """Store the memory of a card; the learner's choices about it stay."""
    memory: dict[str, object] = {
        "phase": state.phase.value,
        "stability": state.stability,
        "difficulty": state.difficulty,
        "last_study_day": state.last_day,
        "due_study_day": state.due_day,
        "due_at_ms": state.due_at_ms,
        "reps": state.reps,
        "lapses": state.lapses,
        "desired_retention": state.desired_retention,
        "algorithm": "" if state.phase is Phase.NEW else ALGORITHM,
    }
    _upsert(session, profile_id, card_id, memory)


def set_suspended(session: Session, profile_id: int, card_ids: Iterable[str], *, suspended: bool) -> None:
    """Take cards out of review, or back in."""
    for card_id in card_ids:
        _upsert(session, profile_id, card_id, {"suspended": suspended})


def set_buried(session: Session, profile_id: int, card_id: str, day: int | None) -> None:
    """Keep a card away on that study day; None brings it back."""
    _upsert(session, profile_id, card_id, {"buried_day": day})


def set_flagged(session: Session, profile_id: int, card_id: str, *, flagged: bool) -> None:
    """Flag a card, or not."""
    _upsert(session, profile_id, card_id, {"flagged": flagged})


_DUE = text("""
    SELECT s.card_id, c.note_id FROM card_state s JOIN card c ON c.id = s.card_id
    WHERE s.profile_id = :profile AND s.suspended = 0 AND s.phase = 'review' AND s.due_study_day <= :day
      AND (s.buried_day IS NULL OR s.buried_day <> :day) AND c.retired = 0
      AND (:topics = '[]' OR c.topic_id IN (SELECT value FROM json_each(:topics)))
    ORDER BY (:day - s.last_study_day) / s.stability DESC, s.card_id
""")

_LEARNING = text("""
    SELECT s.due_at_ms, s.card_id FROM card_state s JOIN card c ON c.id = s.card_id
    WHERE s.profile_id = :profile AND s.suspended = 0 AND s.phase IN ('learning', 'relearning')
      AND (s.buried_day IS NULL OR s.buried_day <> :day) AND c.retired = 0
      AND (:topics = '[]' OR c.topic_id IN (SELECT value FROM json_each(:topics)))
    ORDER BY s.due_at_ms, s.card_id
""")

# A note met today shows no further new card of its own: the answer was just seen.
_NEW = text("""
    SELECT c.id, c.note_id FROM card c LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.retired = 0 AND (s.card_id IS NULL OR (s.phase = 'new' AND s.suspended = 0
        AND (s.buried_day IS NULL OR s.buried_day <> :day)))
      AND (:topics = '[]' OR c.topic_id IN (SELECT value FROM json_each(:topics)))
      AND NOT EXISTS (SELECT 1 FROM card sibling JOIN card_state met ON met.card_id = sibling.id
        WHERE sibling.note_id = c.note_id AND met.profile_id = :profile AND met.last_study_day = :day)
    ORDER BY c.position, c.id
""")

_AHEAD = text("""
    SELECT s.card_id FROM card_state s JOIN card c ON c.id = s.card_id
    WHERE s.profile_id = :profile AND s.suspended = 0 AND s.phase = 'review' AND s.due_study_day > :day
      AND s.last_study_day < :day AND (s.buried_day IS NULL OR s.buried_day <> :day) AND c.retired = 0
      AND (:topics = '[]' OR c.topic_id IN (SELECT value FROM json_each(:topics)))
    ORDER BY s.due_study_day, s.card_id LIMIT :limit
""")

_INTRODUCED = text("""
    SELECT count(*) FROM card_state s WHERE s.profile_id = :profile AND s.last_study_day = :day
      AND NOT EXISTS (SELECT 1 FROM review r
        WHERE r.profile_id = :profile AND r.card_id = s.card_id AND r.study_day < :day)
""")

_SUPPLY = text("""
    SELECT c.topic_id,
      count(DISTINCT CASE WHEN s.card_id IS NULL OR s.phase = 'new' THEN c.note_id END)
        - count(DISTINCT CASE WHEN (s.card_id IS NULL OR s.phase = 'new') AND c.note_id IN (
            SELECT sibling.note_id FROM card_state met JOIN card sibling ON sibling.id = met.card_id
            WHERE met.profile_id = :profile AND met.last_study_day = :day) THEN c.note_id END) AS new,
      sum(coalesce(s.phase IN ('learning', 'relearning'), 0)) AS learning,
      sum(coalesce(s.phase = 'review' AND s.due_study_day <= :day, 0)) AS due
    FROM card c LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.retired = 0 AND coalesce(s.suspended, 0) = 0 AND coalesce(s.buried_day, 0) <> :day
    GROUP BY c.topic_id
""")

_PHASES = text("""
    SELECT c.id, coalesce(s.phase, 'new') FROM card c
    LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.id IN (SELECT value FROM json_each(:cards)) AND c.retired = 0
""")

_FORECAST = text("""
    SELECT max(s.due_study_day, :day) AS due, count(*) FROM card_state s JOIN card c ON c.id = s.card_id
    WHERE s.profile_id = :profile AND s.suspended = 0 AND s.phase <> 'new' AND s.due_study_day < :until
      AND c.retired = 0
    GROUP BY due
""")

_NEXT_DUE = text("""
    SELECT min(s.due_study_day) FROM card_state s JOIN card c ON c.id = s.card_id
    WHERE s.profile_id = :profile AND s.suspended = 0 AND s.phase = 'review' AND s.due_study_day > :day
      AND c.retired = 0
""")


def due_ids(session: Session, profile_id: int, day: int, topics: tuple[str, ...] = ()) -> list[str]:
    """Learned cards due by `day`, least retrievable first (that is, by relative overdueness).

    Of several cards of one note all but the first come at the end, away from the answer just seen.
    """
    rows = _rows(session, _DUE, profile=profile_id, day=day, topics=json.dumps(topics))
    firsts: list[str] = []
    siblings: list[str] = []
    notes: set[str] = set()
    for card_id, note_id in rows:
        (siblings if note_id in notes else firsts).append(card_id)
        notes.add(note_id)
    return firsts + siblings


def learning_ids(session: Session, profile_id: int, day: int, topics: tuple[str, ...] = ()) -> list[tuple[int, str]]:
    """Cards being learned or relearned as (time due in milliseconds, id), earliest first."""
    rows = _rows(session, _LEARNING, profile=profile_id, day=day, topics=json.dumps(topics))
    return [(due_at_ms, card_id) for due_at_ms, card_id in rows]


def new_ids(session: Session, profile_id: int, day: int, limit: int, topics: tuple[str, ...] = ()) -> list[str]:
    """Up to `limit` cards never reviewed, in the order of the curriculum, at most one of each note."""
    if limit <= 0:
        return []
    chosen: dict[str, str] = {}
    rows = session.connection().execute(
        _NEW, {"profile": profile_id, "day": day, "topics": json.dumps(topics)}
    )
    for card_id, note_id in rows:
        chosen.setdefault(note_id, card_id)
        if len(chosen) == limit:
            break
    rows.close()
    return list(chosen.values())


def ahead_ids(session: Session, profile_id: int, day: int, limit: int, topics: tuple[str, ...] = ()) -> list[str]:
    """Learned cards that fall due after `day` and were not reviewed on it, soonest first."""
    rows = _rows(session, _AHEAD, profile=profile_id, day=day, limit=limit, topics=json.dumps(topics))
    return [card_id for (card_id,) in rows]


def phases(session: Session, profile_id: int, card_ids: Iterable[str]) -> dict[str, Phase]:
    """Where these cards stand; those retired or gone are left out."""
    rows = _rows(session, _PHASES, profile=profile_id, cards=json.dumps(list(card_ids)))
    return {card_id: Phase(phase) for card_id, phase in rows}


def introduced(session: Session, profile_id: int, day: int) -> int:
    """How many cards were reviewed for the first time on `day`."""
    return _number(session, _INTRODUCED, profile=profile_id, day=day)


def supply_by_topic(session: Session, profile_id: int, day: int) -> dict[str, Supply]:
    """Cards to review in every topic, whatever the limits of the day; new ones counted as `new_ids` serves them."""
    rows = _rows(session, _SUPPLY, profile=profile_id, day=day)
    return {topic: Supply(new, learning, due) for topic, new, learning, due in rows}


def forecast(session: Session, profile_id: int, day: int, until: int) -> dict[int, int]:
    """Cards that fall due on each day from `day` up to, not including, `until`; what is overdue counts on `day`."""
    rows = _rows(session, _FORECAST, profile=profile_id, day=day, until=until)
    return {int(due): int(count) for due, count in rows}


def next_due_day(session: Session, profile_id: int, day: int) -> int | None:
    """The first study day after `day` on which a card falls due."""
    found: int | None = session.connection().execute(_NEXT_DUE, {"profile": profile_id, "day": day}).scalar()
    return found


def _upsert(session: Session, profile_id: int, card_id: str, values: dict[str, object]) -> None:
    defaults = {"phase": "new", "reps": 0, "lapses": 0, "suspended": False, "flagged": False, "algorithm": ""}
    row = defaults | values | {"profile_id": profile_id, "card_id": card_id}
    statement = insert(CardStateRow).values(row)
    session.connection().execute(
        statement.on_conflict_do_update(index_elements=["profile_id", "card_id"], set_=values)
    )


def _state(row: CardStateRow) -> CardState:
    return CardState(
        phase=Phase(row.phase),
        stability=row.stability,
        difficulty=row.difficulty,
        last_day=row.last_study_day,
        due_day=row.due_study_day,
        due_at_ms=row.due_at_ms,
        reps=row.reps,
        lapses=row.lapses,
        desired_retention=row.desired_retention,
    )


def _rows(session: Session, statement: TextClause, **values: object) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.connection().execute(statement, values)]


def _number(session: Session, statement: TextClause, **values: object) -> int:
    return int(session.connection().execute(statement, values).scalar() or 0)
