"""Items and notes as stored entries: their columns and words for search, and reading one back."""

from typing import Any

from studyapp.domain.item import AnyItem, Origin, item_type
from studyapp.domain.note import AnyNote, note_type
from studyapp.storage.payloads import (
    Words,
    content_hash,
    decode_item,
    decode_note,
    encode,
    item_words,
    note_words,
)
from studyapp.storage.session import Session


def item_values(item: AnyItem, now_ms: int) -> tuple[dict[str, Any], Words]:
    """The columns that follow from an item, and its words for search."""
    words = item_words(item)
    values = _values(item, item_type(item).value, words, now_ms)
    return values | {"difficulty": item.difficulty, "bloom": item.bloom.value, "reserved": item.reserved}, words


def note_values(note: AnyNote, now_ms: int) -> tuple[dict[str, Any], Words]:
    """The columns that follow from a note, and its words for search."""
    words = note_words(note)
    return _values(note, note_type(note).value, words, now_ms), words


def _values(entry: AnyItem | AnyNote, kind: str, words: Words, now_ms: int) -> dict[str, Any]:
    payload = encode(entry)
    return {
        "id": entry.id,
        "topic_id": entry.topic,
        "type": kind,
        "title": words.title,
        "payload": payload,
        "content_hash": content_hash(payload),
        "updated_ms": now_ms,
    }


def item(session: Session, item_id: str) -> AnyItem:
    """The item as it is now.

    Raises:
        KeyError: there is none with this id.
    """
    row = session.row("SELECT type, payload FROM item WHERE id = :item", {"item": item_id})
    if row is None:
        raise KeyError(item_id)
    return decode_item(*row)


def item_as_asked(session: Session, item_id: str, asked_hash: str) -> AnyItem:
    """The item in the version with this content hash, as an attempt or response stored it.

    Raises:
        KeyError: there is no such item or version.
    """
    row = session.row(_AS_ASKED, {"item": item_id, "hash": asked_hash})
    if row is None:
        raise KeyError(f"{item_id} as of {asked_hash}")
    return decode_item(*row)


_AS_ASKED = """
    SELECT type, payload FROM item WHERE id = :item AND content_hash = :hash
    UNION ALL SELECT type, payload FROM item_version WHERE item_id = :item AND content_hash = :hash
"""


def note(session: Session, note_id: str) -> AnyNote:
    """The note as it is now.

    Raises:
        KeyError: there is none with this id.
    """
    row = session.row("SELECT type, payload FROM note WHERE id = :note", {"note": note_id})
    if row is None:
        raise KeyError(note_id)
    return decode_note(*row)


def origin(session: Session, entry_id: str) -> Origin:
    """Where an entry comes from.

    Raises:
        KeyError: there is none with this id.
    """
    stored = session.value(
        "SELECT origin FROM item WHERE id = :entry UNION ALL SELECT origin FROM note WHERE id = :entry",
        {"entry": entry_id},
    )
    if stored is None:
        raise KeyError(entry_id)
    return Origin(stored)


def cards_of_note(session: Session, note_id: str) -> tuple[str, ...]:
    """Ids of the note's cards that are not retired."""
    found = session.rows("SELECT id FROM card WHERE note_id = :note AND NOT retired", {"note": note_id})
    return tuple(card_id for (card_id,) in found)
