"""Writing entries one at a time: an own item or card saved, edited or deleted, with its cards and its words for search.

Whoever makes one (the library's editor, "make a card of this") goes through `save_item` and `save_note`; whole banks go
through `content.synchronise`. This file brings SQLModel with it: import it where something is written.
"""

from typing import Any

from sqlalchemy import delete, func
from sqlmodel import col, select

from studyapp.core.errors import StudyAppError
from studyapp.domain.cards import cards_of
from studyapp.domain.item import AnyItem, Origin
from studyapp.domain.note import AnyNote
from studyapp.storage import search
from studyapp.storage.entries import item_values, note_values
from studyapp.storage.session import Session
from studyapp.storage.tables import (
    AttemptSlotRow,
    CardRow,
    CardStateRow,
    ItemRow,
    ItemVersionRow,
    MarkRow,
    NoteRow,
    ReviewRow,
)

OWN_POSITION = 0
"""Where own cards stand among the new cards of their topic: before the bundled ones, as they were made for a reason."""


def save_item(session: Session, item: AnyItem, *, origin: Origin, now_ms: int) -> None:
    """Store a new item, or a new version of the one with its id; the former version stays with its history."""
    values, words = item_values(item, now_ms)
    row = session.orm.get(ItemRow, item.id)
    if row is None:
        row = ItemRow(**values, seq=next_item_seq(session), origin=origin.value, created_ms=now_ms)
    else:
        keep_version(session, row)
        _renew(row, values)
    session.orm.add(row)
    session.orm.flush()
    search.index(session, [(row.seq, words)])


def save_note(session: Session, note: AnyNote, *, origin: Origin, now_ms: int) -> None:
    """Store a new note with its cards, or a new version of the one with its id.

    A card that the new version no longer yields is retired; the others keep their history. The origin of a stored
    note stays: a bundled note that the learner edited is marked, so that an update of the bank leaves it alone.
    """
    values, words = note_values(note, now_ms)
    row = session.orm.get(NoteRow, note.id)
    if row is None:
        row = NoteRow(**values, seq=next_note_seq(session), origin=origin.value, created_ms=now_ms)
    else:
        _renew(row, values)
        row.edited = row.origin == Origin.BUNDLED
    session.orm.add(row)
    session.orm.flush()
    _save_cards(session, note)
    search.index(session, [(row.seq, words)])


def _renew(row: ItemRow | NoteRow, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.retired = False


def _save_cards(session: Session, note: AnyNote) -> None:
    stored = {row.id: row for row in session.orm.exec(select(CardRow).where(CardRow.note_id == note.id))}
    position = min((row.position for row in stored.values()), default=OWN_POSITION)
    for card in cards_of(note):
        row = stored.pop(card.id, None)
        if row is None:
            row = CardRow(id=card.id, note_id=note.id, topic_id="", template=card.template, kind="", position=position)
        row.topic_id, row.kind, row.retired = card.topic, card.kind.value, False
        session.orm.add(row)
    for gone in stored.values():
        gone.retired = True
        session.orm.add(gone)
    session.orm.flush()


def keep_version(session: Session, row: ItemRow) -> None:
    """Keep the present version of an item before it changes."""
    session.orm.merge(ItemVersionRow(item_id=row.id, content_hash=row.content_hash, type=row.type, payload=row.payload))


def next_item_seq(session: Session) -> int:
    """The next free even number: an item's row id in the search index."""
    return (session.orm.exec(select(func.max(ItemRow.seq))).one() or 0) + 2


def next_note_seq(session: Session) -> int:
    """The next free odd number: a note's row id in the search index."""
    return (session.orm.exec(select(func.max(NoteRow.seq))).one() or -1) + 2


def delete_own(session: Session, entry_id: str) -> None:
    """Delete an own entry; where there is history it is retired instead, so that results stay whole.

    Raises:
        StudyAppError: there is no such entry, or it is not the learner's own.
    """
    row = session.orm.get(ItemRow, entry_id) or session.orm.get(NoteRow, entry_id)
    if row is None or row.retired:
        raise StudyAppError("That entry is no longer there.", "Look again in the library.")
    if row.origin == Origin.BUNDLED:
        raise StudyAppError(
            "Only your own questions and cards can be deleted.", "Suspend a bundled card to stop seeing it."
        )
    search.unindex(session, [row.seq])
    if isinstance(row, ItemRow):
        _delete_item(session, row)
    else:
        _delete_note(session, row)


def _delete_item(session: Session, row: ItemRow) -> None:
    if session.orm.exec(select(AttemptSlotRow.item_id).where(AttemptSlotRow.item_id == row.id).limit(1)).first():
        row.retired = True
        session.orm.add(row)
        return
    session.orm.exec(delete(ItemVersionRow).where(col(ItemVersionRow.item_id) == row.id))
    _delete_row(session, row)


def _delete_note(session: Session, row: NoteRow) -> None:
    cards = session.orm.exec(select(CardRow).where(CardRow.note_id == row.id)).all()
    ids = [card.id for card in cards]
    if session.orm.exec(select(ReviewRow.seq).where(col(ReviewRow.card_id).in_(ids)).limit(1)).first() is not None:
        row.retired = True
        session.orm.add(row)
        for card in cards:
            card.retired = True
            session.orm.add(card)
        return
    session.orm.exec(delete(CardStateRow).where(col(CardStateRow.card_id).in_(ids)))
    session.orm.exec(delete(CardRow).where(col(CardRow.note_id) == row.id))
    _delete_row(session, row)


def _delete_row(session: Session, row: ItemRow | NoteRow) -> None:
    session.orm.exec(delete(MarkRow).where(col(MarkRow.entry_id) == row.id))
    session.orm.delete(row)
