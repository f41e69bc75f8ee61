"""Cards with their memory: reading one, the queues of ids that a session works through, and counts.

Days are ordinals of study days. A card is served when it is not retired, not suspended and not buried for the day.
Queries take leaf topics as a tuple; an empty one means every topic.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from studyapp.domain.note import AnyNote, Card, CardKind
from studyapp.domain.scheduling import NEW_CARD, CardState, Phase
from studyapp.storage.payloads import decode_note
from studyapp.storage.session import Session

ALGORITHM = "fsrs6:default"
"""Stored with each cached memory: the model and whose weights it is of."""


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
    row = session.row(_READ, {"profile": profile_id, "card": card_id})
    if row is None:
        return None
    note_id, topic, template, kind, note_type, payload, topic_title, *memory, suspended, buried_day, flagged = row
    return StoredCard(
        card=Card(card_id, note_id, topic, template, CardKind(kind)),
        note=decode_note(note_type, payload),
        topic_title=topic_title,
        state=NEW_CARD if memory[0] is None else CardState(Phase(memory[0]), *memory[1:]),
        suspended=bool(suspended),
        buried_day=buried_day,
        flagged=bool(flagged),
    )


def state(session: Session, profile_id: int, card_id: str) -> CardState | None:
    """The card's memory as it stands; None when it is retired or gone."""
    row = session.row(_STATE, {"profile": profile_id, "card": card_id})
    if row is None:
        return None
    phase, *memory = row
    return NEW_CARD if phase is None else CardState(Phase(phase), *memory)


def states(session: Session, profile_id: int) -> dict[str, CardState]:
    """The cached state of every card that has one, for the doctor to compare with a replay."""
    rows = _rows(session, _STATES, profile=profile_id)
    return {card_id: CardState(Phase(phase), *memory) for card_id, phase, *memory in rows}


def save_state(session: Session, profile_id: int, card_id: str, state: CardState) -> None:
    """Store the memory of a card; the learner's choices about it stay."""
    values = {
        "profile": profile_id,
        "card": card_id,
        "phase": state.phase.value,
        "stability": state.stability,
        "difficulty": state.difficulty,
        "last_day": state.last_day,
        "due_day": state.due_day,
        "due_at_ms": state.due_at_ms,
        "reps": state.reps,
        "lapses": state.lapses,
        "desired_retention": state.desired_retention,
        "algorithm": "" if state.phase is Phase.NEW else ALGORITHM,
    }
    session.run(_SAVE, values)


def set_suspended(session: Session, profile_id: int, card_ids: Iterable[str], *, suspended: bool) -> None:
    """Take cards out of review, or back in."""
    for card_id in card_ids:
        _choose(session, _SUSPEND, profile_id, card_id, suspended)


def set_buried(session: Session, profile_id: int, card_id: str, day: int | None) -> None:
    """Keep a card and its siblings, which would tell its answer, away on that study day; None brings them back."""
    for (sibling,) in _rows(session, _SIBLINGS, card=card_id):
        _choose(session, _BURY, profile_id, sibling, day)


def buried_days(session: Session, profile_id: int, card_id: str) -> dict[str, int | None]:
    """Until when the card and its siblings are kept away, as `set_buried` would change it."""
    return dict(_rows(session, _BURIED, profile=profile_id, card=card_id))


def restore_buried(session: Session, profile_id: int, days: Mapping[str, int | None]) -> None:
    """Put back what `buried_days` told."""
    for card_id, day in days.items():
        _choose(session, _BURY, profile_id, card_id, day)


def set_flagged(session: Session, profile_id: int, card_id: str, *, flagged: bool) -> None:
    """Flag a card, or not."""
    _choose(session, _FLAG, profile_id, card_id, flagged)


def unflag_note(session: Session, profile_id: int, note_id: str) -> None:
    """Take the flag from every card of a note."""
    session.run(_UNFLAG, {"profile": profile_id, "note": note_id})


_MEMORY = "phase, stability, difficulty, last_study_day, due_study_day, due_at_ms, reps, lapses, desired_retention"

_READ = f"""
    SELECT c.note_id, c.topic_id, c.template, c.kind, n.type, n.payload, t.title, {_MEMORY},
      coalesce(s.suspended, 0), s.buried_day, coalesce(s.flagged, 0)
    FROM card c JOIN note n ON n.id = c.note_id JOIN topic t ON t.id = c.topic_id
    LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.id = :card AND +c.retired = 0
"""  # noqa: S608 - a constant of this file

_STATE = f"""
    SELECT {_MEMORY} FROM card c LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.id = :card AND +c.retired = 0
"""  # noqa: S608 - see above

_STATES = f"SELECT card_id, {_MEMORY} FROM card_state WHERE profile_id = :profile"  # noqa: S608 - see above

_SAVE = f"""
    INSERT INTO card_state (profile_id, card_id, {_MEMORY}, algorithm, suspended, flagged)
    VALUES (:profile, :card, :phase, :stability, :difficulty, :last_day, :due_day, :due_at_ms, :reps, :lapses,
      :desired_retention, :algorithm, 0, 0)
    ON CONFLICT (profile_id, card_id) DO UPDATE SET phase = excluded.phase, stability = excluded.stability,
      difficulty = excluded.difficulty, last_study_day = excluded.last_study_day,
      due_study_day = excluded.due_study_day, due_at_ms = excluded.due_at_ms, reps = excluded.reps,
      lapses = excluded.lapses, desired_retention = excluded.desired_retention, algorithm = excluded.algorithm
"""  # noqa: S608 - see above

_SIBLINGS = "SELECT id FROM card WHERE note_id = (SELECT note_id FROM card WHERE id = :card)"

_BURIED = """
    SELECT c.id, s.buried_day FROM card c LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.note_id = (SELECT note_id FROM card WHERE id = :card)
"""

_TOUCH = """
    INSERT INTO card_state (profile_id, card_id, phase, reps, lapses, suspended, flagged, algorithm)
    VALUES (:profile, :card, 'new', 0, 0, 0, 0, '') ON CONFLICT (profile_id, card_id) DO NOTHING
"""
_SUSPEND = "UPDATE card_state SET suspended = :value WHERE profile_id = :profile AND card_id = :card"
_BURY = "UPDATE card_state SET buried_day = :value WHERE profile_id = :profile AND card_id = :card"
_UNFLAG = """
    UPDATE card_state SET flagged = 0
    WHERE profile_id = :profile AND card_id IN (SELECT id FROM card WHERE note_id = :note) AND flagged = 1
"""
_FLAG = "UPDATE card_state SET flagged = :value WHERE profile_id = :profile AND card_id = :card"

# A column written with a plus sign is not looked up by an index: SQLite, which keeps no statistics here, would choose
# one that matches nearly every row. Cards are joined after sorting and cutting, so that a backlog costs little.
_SERVED = """
    s.profile_id = :profile AND s.suspended = 0 AND (s.buried_day IS NULL OR s.buried_day <> :day)
    AND s.card_id NOT IN (SELECT id FROM card WHERE retired = 1)
    AND (:topics = '[]' OR s.card_id IN (
      SELECT id FROM card WHERE retired = 0 AND topic_id IN (SELECT value FROM json_each(:topics))))
"""

_DUE = f"""
    WITH waiting AS (
      SELECT s.card_id, (:day - s.last_study_day) / s.stability AS overdueness FROM card_state s
      WHERE {_SERVED} AND s.phase = 'review' AND s.due_study_day <= :day
      ORDER BY overdueness DESC, s.card_id LIMIT :limit
    )
    SELECT w.card_id, c.note_id FROM waiting w CROSS JOIN card c ON c.id = w.card_id
    ORDER BY w.overdueness DESC, w.card_id
"""  # noqa: S608 - a constant of this file

_LEARNING = f"""
    SELECT s.due_at_ms, s.card_id FROM card_state s
    WHERE {_SERVED} AND s.phase IN ('learning', 'relearning') ORDER BY s.due_at_ms, s.card_id
"""  # noqa: S608 - a constant of this file

# A note met today shows no further new card of its own: the answer was just seen.
_NEW = """
    SELECT c.id, c.note_id FROM card c LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.topic_id = :topic AND c.retired = 0 AND (s.card_id IS NULL OR (s.phase = 'new' AND s.suspended = 0
        AND (s.buried_day IS NULL OR s.buried_day <> :day)))
      AND c.note_id NOT IN (SELECT sibling.note_id FROM card_state met JOIN card sibling ON sibling.id = met.card_id
        WHERE met.profile_id = :profile AND met.last_study_day = :day)
    ORDER BY c.position, c.id
"""

_TOPICS = """
    SELECT DISTINCT topic_id FROM card
    WHERE :topics = '[]' OR topic_id IN (SELECT value FROM json_each(:topics))
    ORDER BY topic_id
"""

_BEGUN = """
    SELECT c.topic_id, count(*) FROM card_state s JOIN card c ON c.id = s.card_id
    WHERE s.profile_id = :profile AND s.phase <> 'new' GROUP BY c.topic_id
"""

_AHEAD = f"""
    SELECT s.card_id FROM card_state s
    WHERE {_SERVED} AND s.phase = 'review' AND s.due_study_day > :day AND +s.last_study_day < :day
    ORDER BY s.due_study_day, s.card_id LIMIT :limit
"""  # noqa: S608 - a constant of this file

_INTRODUCED = """
    SELECT count(*) FROM card_state s WHERE s.profile_id = :profile AND s.last_study_day = :day
      AND NOT EXISTS (SELECT 1 FROM review r
        WHERE r.profile_id = :profile AND r.card_id = s.card_id AND +r.study_day < :day AND r.kind <> 'undo'
          AND NOT EXISTS (SELECT 1 FROM review u WHERE u.undoes = r.uuid))
"""

_SUPPLY = """
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
"""

_PHASES = """
    SELECT c.id, coalesce(s.phase, 'new') FROM card c
    LEFT JOIN card_state s ON s.profile_id = :profile AND s.card_id = c.id
    WHERE c.id IN (SELECT value FROM json_each(:cards)) AND +c.retired = 0
"""

# Counted in the index alone; the few cards that are retired are counted apart and taken off.
_FORECAST = """
    SELECT max(due_study_day, :day) AS due, count(*) FROM card_state
    WHERE profile_id = :profile AND suspended = 0 AND phase IN ('learning', 'review', 'relearning')
      AND due_study_day < :until
    GROUP BY due
"""

_FORECAST_RETIRED = """
    SELECT max(s.due_study_day, :day) AS due, count(*) FROM card c CROSS JOIN card_state s ON s.card_id = c.id
    WHERE c.retired = 1 AND s.profile_id = :profile AND +s.suspended = 0 AND +s.phase <> 'new'
      AND +s.due_study_day < :until
    GROUP BY due
"""

_NEXT_DUE = """
    SELECT min(s.due_study_day) FROM card_state s
    WHERE s.profile_id = :profile AND s.suspended = 0 AND s.phase = 'review' AND s.due_study_day > :day
      AND s.card_id NOT IN (SELECT id FROM card WHERE retired = 1)
"""


def due_ids(
    session: Session, profile_id: int, day: int, limit: int | None = None, topics: tuple[str, ...] = ()
) -> list[str]:
    """Learned cards due by `day` (at most `limit`), least retrievable first, that is by relative overdueness.

    Of several cards of one note all but the first come at the end, away from the answer just seen.
    """
    most = -1 if limit is None else max(0, limit)
    rows = _rows(session, _DUE, profile=profile_id, day=day, limit=most, topics=json.dumps(topics))
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


def new_by_topic(
    session: Session, profile_id: int, day: int, limit: int, topics: tuple[str, ...] = ()
) -> dict[str, list[str]]:
    """Up to `limit` cards of each topic that were never reviewed, in the topic's order, at most one of each note."""
    found: dict[str, list[str]] = {}
    for (topic,) in _rows(session, _TOPICS, topics=json.dumps(topics)):
        chosen: dict[str, str] = {}
        rows = session.cursor(_NEW, {"profile": profile_id, "day": day, "topic": topic})
        for card_id, note_id in rows:
            chosen.setdefault(note_id, card_id)
            if len(chosen) == limit:
                break
        rows.close()
        if chosen:
            found[topic] = list(chosen.values())
    return found


def begun_by_topic(session: Session, profile_id: int) -> dict[str, int]:
    """How many cards of each topic were reviewed."""
    return dict(_rows(session, _BEGUN, profile=profile_id))


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
    """Cards to review in every topic, whatever the limits of the day; new ones as `new_by_topic` serves them."""
    rows = _rows(session, _SUPPLY, profile=profile_id, day=day)
    return {topic: Supply(new, learning, due) for topic, new, learning, due in rows}


def forecast(session: Session, profile_id: int, day: int, until: int) -> dict[int, int]:
    """Cards that fall due on each day from `day` up to, not including, `until`; what is overdue counts on `day`."""
    rows = _rows(session, _FORECAST, profile=profile_id, day=day, until=until)
    off = dict(_rows(session, _FORECAST_RETIRED, profile=profile_id, day=day, until=until))
    return {due: count - off.get(due, 0) for due, count in rows}


def next_due_day(session: Session, profile_id: int, day: int) -> int | None:
    """The first study day after `day` on which a card falls due."""
    found: int | None = session.value(_NEXT_DUE, {"profile": profile_id, "day": day})
    return found


def _choose(session: Session, choice: str, profile_id: int, card_id: str, value: int | None) -> None:
    values: dict[str, object] = {"profile": profile_id, "card": card_id}
    session.run(_TOUCH, values)
    session.run(choice, values | {"value": value})


def _rows(session: Session, statement: str, **values: object) -> list[tuple[Any, ...]]:
    return session.rows(statement, values)


def _number(session: Session, statement: str, **values: object) -> int:
    return int(session.value(statement, values) or 0)
