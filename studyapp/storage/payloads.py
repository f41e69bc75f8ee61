"""Items, notes and blueprints as JSON text, their hashes, and the plain text that lists and search use."""

import hashlib
import re
from functools import cache
from typing import NamedTuple

import msgspec

from studyapp.domain import cloze
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.item import ITEM_CLASSES, AnyItem, ChoiceItem, ClozeItem, ItemType, NumericItem, TextItem
from studyapp.domain.note import NOTE_CLASSES, AnyNote, BasicNote, ClozeNote, Note, NoteType, ReversedNote, TermNote

_TITLE_LENGTH = 240
_MARKUP = re.compile(r"\*\*|\*|<br\s*/?>")
_SPACE = re.compile(r"\s+")


class Words(NamedTuple):
    """What an entry is found by: its one-line title, and the rest of its text."""

    title: str
    body: str


def encode(value: AnyItem | AnyNote | Blueprint) -> str:
    """The value as JSON; the same value always gives the same text."""
    return msgspec.json.encode(value).decode()


def content_hash(payload: str) -> str:
    """A hash (BLAKE2b, 128 bits in hexadecimal) that tells versions of an entry apart."""
    return hashlib.blake2b(payload.encode(), digest_size=16).hexdigest()


def decode_item(kind: str, payload: str) -> AnyItem:
    """The item of the type `kind` that `encode` wrote."""
    return _item_decoder(kind).decode(payload)


def decode_note(kind: str, payload: str) -> AnyNote:
    """The note of the type `kind` that `encode` wrote."""
    return _note_decoder(kind).decode(payload)


def decode_blueprint(payload: str) -> Blueprint:
    """The blueprint that `encode` wrote."""
    return msgspec.json.decode(payload, type=Blueprint)


@cache
def _item_decoder(kind: str) -> msgspec.json.Decoder[AnyItem]:
    return msgspec.json.Decoder(ITEM_CLASSES[ItemType(kind)])


@cache
def _note_decoder(kind: str) -> msgspec.json.Decoder[AnyNote]:
    return msgspec.json.Decoder(NOTE_CLASSES[NoteType(kind)])


def item_words(item: AnyItem) -> Words:
    """An item's title (its stem, blanks hidden) and every other word of it."""
    title = cloze.hide(item.stem) if isinstance(item, ClozeItem) else item.stem
    parts = [item.takeaway]
    match item:
        case ChoiceItem():
            parts += [text for option in item.options for text in (option.text, option.why)]
        case NumericItem():
            parts += [item.unit, item.why, *(mistake.why for mistake in item.mistakes)]
        case TextItem():
            parts += [*item.accept, item.why]
        case ClozeItem():
            parts += [cloze.reveal(item.stem), item.why]
    if item.case is not None:
        parts += [item.case.title, item.case.stimulus]
    return _words(title, parts)


def note_words(note: AnyNote) -> Words:
    """A note's title (its front, word or whole text) and every other word of it."""
    match note:
        case BasicNote():
            title, parts = note.front, [note.back, *note.accept]
        case ReversedNote():
            title, parts = note.front, [note.back]
        case ClozeNote():
            title, parts = cloze.reveal(note.text), []
        case TermNote():
            forms = [text for part in note.parts for text in (part.form, part.meaning)]
            title, parts = note.word, [note.definition, *forms, note.system, note.plural]
    return _words(title, [*parts, note.extra])


def title_of(entry: AnyItem | AnyNote) -> str:
    """The one-line title of an item or note."""
    words = note_words(entry) if isinstance(entry, Note) else item_words(entry)
    return words.title


def _words(title: str, parts: list[str]) -> Words:
    line = plain(title)
    if len(line) > _TITLE_LENGTH:
        # The whole stem stays findable though its line is cut.
        parts = [line, *parts]
        line = line[: _TITLE_LENGTH - 1].rstrip() + "…"
    return Words(line, plain(" ".join(part for part in parts if part)))


def plain(text: str) -> str:
    """`text` in one line without the banks' markup."""
    return _SPACE.sub(" ", _MARKUP.sub("", text)).strip()
