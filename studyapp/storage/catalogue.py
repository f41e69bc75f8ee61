"""What the library lists: the taxonomy, blueprints, counts, and entries with the learner's standing on each."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from studyapp.domain.blueprint import Blueprint
from studyapp.domain.taxonomy import Objective, Subject, Taxonomy, Topic
from studyapp.storage import search
from studyapp.storage.payloads import decode_blueprint
from studyapp.storage.session import Session


class Listed(NamedTuple):
    """An entry of the library. `kind` is item or note; `due_day` the ordinal of the first study day a card is due."""

    id: str
    kind: str
    type: str
    topic: str
    topic_title: str
    title: str
    origin: str
    status: str
    marked: bool
    due_day: int | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries; empty sets and texts restrict nothing."""

    profile_id: int
    topics: Collection[str]
    kinds: Collection[str]
    typed: str
    own_only: bool
    marked_only: bool
    limit: int


def taxonomy(session: Session) -> Taxonomy:
    """The curriculum as the bank brought it, without topics it has dropped."""
    objectives: dict[str, list[Objective]] = {}
    for topic_id, id_, title in session.rows("SELECT topic_id, id, title FROM objective ORDER BY position"):
        objectives.setdefault(topic_id, []).append(Objective(id_, title))
    topics: dict[str, list[Topic]] = {}
    for id_, subject_id, title in session.rows(
        "SELECT id, subject_id, title FROM topic WHERE NOT retired ORDER BY position"
    ):
        topics.setdefault(subject_id, []).append(Topic(id_, subject_id, title, tuple(objectives.get(id_, ()))))
    subjects = session.rows("SELECT id, title FROM subject ORDER BY position")
    return Taxonomy(tuple(Subject(id_, title, tuple(topics[id_])) for id_, title in subjects if id_ in topics))


def blueprints(session: Session) -> tuple[Blueprint, ...]:
    """The blueprints that the bank brings, in its order."""
    live = session.rows("SELECT payload FROM blueprint WHERE NOT retired ORDER BY position")
    return tuple(decode_blueprint(payload) for (payload,) in live)


def blueprint(session: Session, blueprint_id: str) -> Blueprint | None:
    """The blueprint with this id, also one that the bank has dropped since; None when there never was one."""
    payload = session.value("SELECT payload FROM blueprint WHERE id = :blueprint", {"blueprint": blueprint_id})
    return None if payload is None else decode_blueprint(payload)


def topic_counts(session: Session) -> dict[str, tuple[int, int]]:
    """Leaf id to its number of items (reserved ones left out) and of notes."""
    of_items = dict(
        session.rows("SELECT topic_id, count(*) FROM item WHERE NOT retired AND NOT reserved GROUP BY topic_id")
    )
    of_notes = dict(session.rows("SELECT topic_id, count(*) FROM note WHERE NOT retired GROUP BY topic_id"))
    return {topic: (of_items.get(topic, 0), of_notes.get(topic, 0)) for topic in of_items.keys() | of_notes.keys()}


def entries(session: Session, wanted: Wanted) -> list[Listed]:
    """The entries wanted: best match first (300 at most) when something is typed, else in the order of the curriculum.

    Reserved items stay hidden, as they are met in reserved forms only.
    """
    if wanted.typed.strip():
        return _found(session, wanted)
    found = []
    for kind, statement in (("item", _ITEMS), ("note", _NOTES)):
        if not wanted.kinds or kind in wanted.kinds:
            ordered = f"{statement} {_where(wanted, kind)} ORDER BY t.position, e.seq LIMIT :limit"
            found += _run(session, ordered, wanted, [])
    found.sort(key=itemgetter(0, 1, 2))
    return [Listed._make(row[3:]) for row in found[: wanted.limit]]


# Nobody reads further than this, and each row costs time at every keystroke.
_FOUND_AT_MOST = 300
# Filters other than the text may remove most hits, so more are asked for than are shown.
_HITS = 2000


def _found(session: Session, wanted: Wanted) -> list[Listed]:
    filtered = bool(wanted.topics or wanted.own_only or wanted.marked_only or wanted.kinds)
    limit = min(wanted.limit, _FOUND_AT_MOST)
    seqs = search.find(session, wanted.typed, _HITS if filtered else limit)
    found = []
    for kind, statement, parity in (("item", _ITEMS, 0), ("note", _NOTES, 1)):
        hits = [seq for seq in seqs if seq % 2 == parity]
        if hits and (not wanted.kinds or kind in wanted.kinds):
            found += _run(session, f"{statement} {_where(wanted, kind, among_hits=True)}", wanted, hits)
    place = {seq: number for number, seq in enumerate(seqs)}
    found.sort(key=lambda row: place[row[2]])
    return [Listed._make(row[3:]) for row in found[:limit]]


def _where(wanted: Wanted, kind: str, *, among_hits: bool = False) -> str:
    conditions = ["NOT e.retired"]
    if among_hits:
        conditions.append("e.seq IN (SELECT value FROM json_each(:seqs))")
    if kind == "item":
        conditions.append("NOT e.reserved")
    if wanted.topics:
        conditions.append("e.topic_id IN (SELECT value FROM json_each(:topics))")
    if wanted.own_only:
        conditions.append("e.origin <> 'bundled'")
    if wanted.marked_only:
        conditions.append("m.marked" if kind == "item" else f"(m.marked OR e.id IN ({_FLAGGED}))")
    return "WHERE " + " AND ".join(conditions)


def _run(session: Session, statement: str, wanted: Wanted, seqs: list[int]) -> list[tuple[Any, ...]]:
    return session.rows(
        statement,
        {
            "profile": wanted.profile_id,
            "limit": wanted.limit,
            "topics": json.dumps(list(wanted.topics)),
            "seqs": json.dumps(seqs),
        },
    )


_COLUMNS = "t.position, {kind}, e.seq, e.id, '{name}', e.type, e.topic_id, t.title, e.title, e.origin"
_FROM = (
    "FROM {name} AS e JOIN topic AS t ON t.id = e.topic_id "
    "LEFT JOIN mark AS m ON m.profile_id = :profile AND m.entry_id = e.id"
)

# The newest answer decides; anything below full credit is a miss.
_ITEM_STATUS = """
CASE (SELECT r.score >= 1 FROM response AS r WHERE r.profile_id = :profile AND r.item_id = e.id
      ORDER BY r.seq DESC LIMIT 1)
    WHEN 1 THEN 'right' WHEN 0 THEN 'missed' ELSE 'unseen' END
"""
_ITEMS = (
    f"SELECT {_COLUMNS.format(kind=0, name='item')}, {_ITEM_STATUS}, coalesce(m.marked, 0), NULL "
    f"{_FROM.format(name='item')}"
)

# A note is suspended when one of its cards is, so that it can be found and brought back; being learned when one is, and
# new when none was met.
_CARDS = """
FROM card AS c LEFT JOIN card_state AS s ON s.profile_id = :profile AND s.card_id = c.id
WHERE c.note_id = e.id AND NOT c.retired
"""
_NOTE_STATUS = f"""
(SELECT CASE WHEN max(s.suspended) = 1 THEN 'suspended'
        WHEN max(s.phase IN ('learning', 'relearning')) = 1 THEN 'learning'
        WHEN max(s.phase = 'review') = 1 THEN 'review' ELSE 'new' END {_CARDS})
"""
# Not `AND NOT s.suspended`: that makes an inner join of the outer one, which SQLite then begins at all card states.
_NOTE_DUE = f"(SELECT min(CASE WHEN NOT s.suspended THEN s.due_study_day END) {_CARDS})"
# To flag a card while studying and to mark its note in the library is one idea to a learner.
_NOTE_MARKED = f"coalesce(m.marked, 0) OR coalesce((SELECT max(s.flagged) {_CARDS}), 0)"
_FLAGGED = """
SELECT c.note_id FROM card_state AS s CROSS JOIN card AS c ON c.id = s.card_id
WHERE s.profile_id = :profile AND s.flagged = 1
"""
_NOTES = (
    f"SELECT {_COLUMNS.format(kind=1, name='note')}, {_NOTE_STATUS}, {_NOTE_MARKED}, {_NOTE_DUE} "
    f"{_FROM.format(name='note')}"
)


def titles(session: Session, kind: str) -> dict[str, str]:
    """Entry id to title, of every item or note that is not retired."""
    table = "item" if kind == "item" else "note"
    return dict(session.rows(f"SELECT id, title FROM {table} WHERE NOT retired"))  # noqa: S608 - one of two names
