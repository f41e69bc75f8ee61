"""What `content.synchronise` does to the tables when a bank has changed."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy import select as sa_select
from sqlmodel import select

from studyapp.domain.bank import Bank
from studyapp.domain.cards import cards_of
from studyapp.domain.item import Origin
from studyapp.domain.note import AnyNote, Card
from studyapp.domain.taxonomy import Taxonomy
from studyapp.storage import search
from studyapp.storage.entries import item_values, note_values
from studyapp.storage.own_entries import next_item_seq, next_note_seq
from studyapp.storage.payloads import Words, decode_note, encode
from studyapp.storage.session import Session
from studyapp.storage.tables import (
    BankRow,
    BlueprintRow,
    CardRow,
    ItemRow,
    ItemVersionRow,
    NoteRow,
    ObjectiveRow,
    SubjectRow,
    TopicRow,
)

# New cards come in the order of the curriculum; room below for own ones, and between topics for their notes.
_TOPIC_STRIDE = 10_000_000
_NOTE_STRIDE = 10


def store(session: Session, bank: Bank, now_ms: int) -> None:
    """Make the tables hold what `bank` holds; see `content.synchronise`."""
    session.orm.merge(
        BankRow(
            id=bank.id,
            version=bank.version,
            licence=bank.licence,
            content_hash=bank.content_hash,
            synced_ms=now_ms,
        )
    )
    session.orm.flush()
    _store_taxonomy(session, bank.taxonomy)
    _store_blueprints(session, bank)
    _store_items(session, bank, now_ms)
    kept = _store_notes(session, bank, now_ms)
    _store_cards(session, bank, kept)


def _store_taxonomy(session: Session, taxonomy: Taxonomy) -> None:
    session.orm.connection().execute(update(TopicRow).values(retired=True))
    session.orm.connection().execute(delete(ObjectiveRow))
    for place, subject in enumerate(taxonomy.subjects):
        session.orm.merge(SubjectRow(id=subject.id, title=subject.title, position=place))
    session.orm.flush()
    for place, topic in enumerate(taxonomy.topics):
        session.orm.merge(
            TopicRow(id=topic.id, subject_id=topic.subject, title=topic.title, position=place, retired=False)
        )
        for number, objective in enumerate(topic.objectives):
            session.orm.add(ObjectiveRow(id=objective.id, topic_id=topic.id, title=objective.title, position=number))
    session.orm.flush()


def _store_blueprints(session: Session, bank: Bank) -> None:
    # Retired ones keep naming the attempts that were made by them.
    session.orm.connection().execute(update(BlueprintRow).values(retired=True))
    for place, blueprint in enumerate(bank.blueprints):
        session.orm.merge(BlueprintRow(id=blueprint.id, payload=encode(blueprint), position=place, retired=False))
    session.orm.flush()


@dataclass(slots=True)
class _Plan:
    """What is to be done to one table of entries."""

    new: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    gone: list[dict[str, Any]] = field(default_factory=list)
    new_words: list[tuple[int, Words]] = field(default_factory=list)
    words: list[tuple[int, Words]] = field(default_factory=list)
    unindexed: list[int] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)

    def carry_out(self, session: Session, table: Table) -> None:
        connection = session.orm.connection()
        if self.new:
            connection.execute(insert(table), self.new)
        if self.changed:
            names = [name for name in self.changed[0] if name != "id"]
            rows = [{f"new_{name}": value for name, value in row.items()} for row in self.changed]
            values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names} | {"retired": False}
            connection.execute(update(table).where(table.c.id == bindparam("new_id")).values(values), rows)
        if self.gone:
            connection.execute(update(table).where(table.c.id == bindparam("gone_id")).values(retired=True), self.gone)
        search.unindex(session, self.unindexed)
        search.index(session, self.words)
        search.index_new(session, self.new_words)


@dataclass(frozen=True, slots=True)
class _Known:
    seq: int
    content_hash: str
    bank_id: str | None
    retired: bool
    edited: bool


def _known(session: Session, row: type[ItemRow] | type[NoteRow]) -> dict[str, _Known]:
    names = ("id", "seq", "content_hash", "bank_id", "retired", "edited")
    table = _table(row)
    found = session.orm.connection().execute(sa_select(*(table.c[name] for name in names)))
    return {entry[0]: _Known(*entry[1:]) for entry in found}


def _store_items(session: Session, bank: Bank, now_ms: int) -> None:
    known = _known(session, ItemRow)
    fresh = {item.id: item_values(item, now_ms) for item in bank.items}
    plan = _plan(fresh, known, bank.id, next_item_seq(session), now_ms)
    for item_id in plan.replaced:
        row = session.orm.get_one(ItemRow, item_id)
        session.orm.merge(
            ItemVersionRow(item_id=item_id, content_hash=row.content_hash, type=row.type, payload=row.payload)
        )
    session.orm.flush()
    session.orm.expunge_all()
    plan.carry_out(session, _table(ItemRow))


def _store_notes(session: Session, bank: Bank, now_ms: int) -> dict[str, AnyNote]:
    """Store the notes; returns those the learner edited, as edited."""
    known = _known(session, NoteRow)
    fresh = {note.id: note_values(note, now_ms) for note in bank.notes}
    plan = _plan(fresh, known, bank.id, next_note_seq(session), now_ms)
    plan.carry_out(session, _table(NoteRow))
    edited = session.orm.exec(select(NoteRow).where(NoteRow.edited, NoteRow.bank_id == bank.id)).all()
    return {row.id: decode_note(row.type, row.payload) for row in edited}


def _plan(
    fresh: dict[str, tuple[dict[str, Any], Words]], known: dict[str, _Known], bank_id: str, seq: int, now_ms: int
) -> _Plan:
    plan = _Plan()
    for entry_id, (values, words) in fresh.items():
        before = known.get(entry_id)
        if before is None:
            added = {"seq": seq, "origin": Origin.BUNDLED.value, "bank_id": bank_id, "created_ms": now_ms}
            plan.new.append(values | added | {"retired": False, "edited": False})
            plan.new_words.append((seq, words))
            seq += 2
        elif not before.edited and (before.retired or before.content_hash != values["content_hash"]):
            plan.changed.append(values)
            plan.words.append((before.seq, words))
            if before.content_hash != values["content_hash"]:
                plan.replaced.append(entry_id)
    for entry_id, before in known.items():
        # An edited note is the learner's by now, so it stays even when the bank drops it.
        if before.bank_id == bank_id and entry_id not in fresh and not before.retired and not before.edited:
            plan.gone.append({"gone_id": entry_id})
            plan.unindexed.append(before.seq)
    return plan


def _store_cards(session: Session, bank: Bank, edited: dict[str, AnyNote]) -> None:
    wanted = _wanted_cards(bank, edited)
    table = _table(CardRow)
    notes = _table(NoteRow)
    columns = ("id", "topic_id", "template", "kind", "position", "retired")
    of_bank = sa_select(*(table.c[name] for name in columns)).join(notes).where(notes.c.bank_id == bank.id)
    known: dict[str, tuple[Any, ...]] = {row[0]: tuple(row[1:]) for row in session.orm.connection().execute(of_bank)}
    new, changed = [], []
    for card, position in wanted.values():
        values = (card.topic, card.template, card.kind.value, position, False)
        if card.id not in known:
            new.append(_card_values(card, position))
        elif known[card.id] != values:
            changed.append({f"new_{name}": value for name, value in _card_values(card, position).items()})
    gone = [{"gone_id": id_} for id_, values in known.items() if id_ not in wanted and not values[-1]]
    connection = session.orm.connection()
    if new:
        connection.execute(insert(table), new)
    if changed:
        names = ("topic_id", "template", "kind", "position", "retired")
        values_of: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        connection.execute(update(table).where(table.c.id == bindparam("new_id")).values(values_of), changed)
    if gone:
        connection.execute(update(table).where(table.c.id == bindparam("gone_id")).values(retired=True), gone)


def _wanted_cards(bank: Bank, edited: dict[str, AnyNote]) -> dict[str, tuple[Card, int]]:
    place_of_topic = {topic.id: place for place, topic in enumerate(bank.taxonomy.topics, 1)}
    wanted = {}
    notes = {note.id: edited.get(note.id, note) for note in bank.notes} | edited
    for number, note in enumerate(notes.values()):
        base = place_of_topic.get(note.topic, 0) * _TOPIC_STRIDE + number * _NOTE_STRIDE
        for offset, card in enumerate(cards_of(note)):
            wanted[card.id] = (card, base + min(offset, _NOTE_STRIDE - 1))
    return wanted


def _card_values(card: Card, position: int) -> dict[str, Any]:
    return {
        "id": card.id,
        "note_id": card.note_id,
        "topic_id": card.topic,
        "template": card.template,
        "kind": card.kind.value,
        "position": position,
        "retired": False,
    }


def _table(row: type[ItemRow] | type[NoteRow] | type[CardRow]) -> Table:
    table: Table = row.__table__  # type: ignore[union-attr]  # SQLModel sets it on every table class
    return table
