"""The material: tree, table, reading pane, search, own items and cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from studyapp.domain.item import AnyItem, Origin
from studyapp.domain.note import AnyNote
from studyapp.domain.taxonomy import Taxonomy
from studyapp.services.changes import Changes


class EntryKind(StrEnum):
    """A row of the library is an item (question) or a note (flashcards)."""

    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the library's table. `status` is a short machine word: unseen, right, missed, new, learning, review, suspended."""

    id: str
    kind: EntryKind
    type: str
    topic: str
    topic_title: str
    title: str
    origin: Origin
    status: str
    marked: bool
    due: date | None


@dataclass(frozen=True, slots=True)
class EntryQuery:
    """What to list: leaf topics (empty: all), kinds, text to search (empty: all), only own, only marked."""

    topics: frozenset[str] = frozenset()
    kind: EntryKind | None = None
    text: str = ""
    own_only: bool = False
    marked_only: bool = False
    limit: int = 5000


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """Something wrong with, or worth improving in, an own item or card."""

    field: str
    sentence: str
    error: bool


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """The outcome of checking a draft: the object for a preview (None on errors) and the problems."""

    preview: AnyItem | AnyNote | None
    problems: tuple[DraftProblem, ...]
    similar: tuple[str, ...]  # titles of near-duplicates


class LibraryService(Protocol):
    """The library."""

    def taxonomy(self) -> Taxonomy: ...
    def topic_counts(self) -> dict[str, tuple[int, int]]:
        """Leaf id to (items, notes)."""
        ...

    def entries(self, query: EntryQuery) -> tuple[Entry, ...]: ...
    def item(self, item_id: str) -> AnyItem: ...
    def note(self, note_id: str) -> AnyNote: ...
    def check_draft(self, kind: EntryKind, draft: Mapping[str, object]) -> DraftCheck:
        """`draft` has the keys of the bank format (topic, type, stem, options, front, back …)."""
        ...

    def save_draft(self, kind: EntryKind, draft: Mapping[str, object], entry_id: str | None = None) -> Changes:
        """Store a new own item or note, or a new version of `entry_id`.

        Editing a bundled note keeps it bundled and its edit survives updates of the bank.

        Raises:
            StudyAppError: the draft has errors.
        """
        ...

    def draft_of(self, kind: EntryKind, entry_id: str) -> dict[str, object]:
        """The entry in the shape `check_draft` takes, for the editor."""
        ...

    def delete_own(self, entry_id: str) -> Changes: ...
    def set_marked(self, entry_id: str, marked: bool) -> Changes: ...
    def set_suspended(self, note_id: str, suspended: bool) -> Changes: ...
