"""Notes and the cards that come from them.

A note is a fact as authored; a card is one question about it, scheduled on its own. Card ids are
`<note id>#<template>` and never change, so history survives edits of the note.
"""

from dataclasses import dataclass
from enum import StrEnum

from studyapp.domain.item import Reference, Volatility


class NoteType(StrEnum):
    """The kinds of note."""

    BASIC = "basic"
    REVERSED = "reversed"
    CLOZE = "cloze"
    TERM = "term"


class PartKind(StrEnum):
    """Kinds of word part."""

    PREFIX = "prefix"
    ROOT = "root"
    COMBINING_FORM = "combining_form"
    SUFFIX = "suffix"


@dataclass(frozen=True, slots=True)
class WordPart:
    """One part of a medical term, e.g. `cardi/o`, combining form, heart."""

    form: str
    kind: PartKind
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What every note has; `extra` is an optional line shown under the answer."""

    id: str
    topic: str
    references: tuple[Reference, ...] = ()
    objectives: tuple[str, ...] = ()
    volatility: Volatility = Volatility.STABLE
    extra: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicNote(Note):
    """Front and back; `typed` asks the learner to type the back (or one of `accept`)."""

    front: str
    back: str
    typed: bool = False
    accept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversedNote(Note):
    """Two cards: front to back and back to front."""

    front: str
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClozeNote(Note):
    """Text with `{{c1::answer::hint}}` deletions; one card for each number."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermNote(Note):
    """A medical term with its parts; yields meaning, word (typed) and, with two or more parts, word-building cards."""

    word: str
    parts: tuple[WordPart, ...]
    definition: str
    respelling: str
    system: str = ""
    plural: str = ""


AnyNote = BasicNote | ReversedNote | ClozeNote | TermNote

NOTE_CLASSES: dict[NoteType, type[AnyNote]] = {
    NoteType.BASIC: BasicNote,
    NoteType.REVERSED: ReversedNote,
    NoteType.CLOZE: ClozeNote,
    NoteType.TERM: TermNote,
}


def note_type(note: Note) -> NoteType:
    """The type whose class `note` is an instance of."""
    for kind, cls in NOTE_CLASSES.items():
        if type(note) is cls:
            return kind
    raise TypeError(f"{type(note).__name__} is not a note class")


class CardKind(StrEnum):
    """How a card is asked."""

    FRONT = "front"  # front shown, back recalled
    REVERSE = "reverse"  # back shown, front recalled
    TYPED = "typed"  # prompt shown, answer typed and compared
    CLOZE = "cloze"  # text with one deletion
    BUILD = "build"  # meanings of the parts shown, word built (typed)


@dataclass(frozen=True, slots=True)
class Card:
    """One question about a note.

    `template` is `front`, `reverse`, `typed`, `c<n>`, `meaning`, `word` or `build`; `id` is `<note>#<template>`.
    """

    id: str
    note_id: str
    topic: str
    template: str
    kind: CardKind


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card shows: a prompt, the answer, and for typed cards every accepted answer.

    `speak` is the word to say aloud, or empty.
    """

    prompt: str
    answer: str
    accept: tuple[str, ...] = ()
    speak: str = ""
