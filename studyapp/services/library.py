"""The material: tree, table, reading pane, search, own items and cards."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import cast

from studyapp.core.errors import StudyAppError
from studyapp.domain.item import AnyItem, Origin
from studyapp.domain.note import AnyNote
from studyapp.domain.taxonomy import Taxonomy
from studyapp.services import drafts
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk
from studyapp.storage import cards, catalogue, marks
from studyapp.storage import entries as stored
from studyapp.storage.payloads import title_of


class EntryKind(StrEnum):
    """A row of the library is an item (question) or a note (flashcards)."""

    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the library's table.

    `status` is a short machine word: unseen, right, missed, new, learning, review, suspended (one of the note's cards
    at least). A note counts as marked, too, when one of its cards was flagged.
    """

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


class LibraryService:
    """The library."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._taxonomy: Taxonomy | None = None

    def forget(self) -> None:
        """Read the curriculum anew when it is next asked for: the database was replaced."""
        self._taxonomy = None

    def taxonomy(self) -> Taxonomy:
        """The curriculum. It changes only when the program starts with a new bank, or with a restore."""
        if self._taxonomy is None:
            with self._desk.database.read() as session:
                self._taxonomy = catalogue.taxonomy(session)
        return self._taxonomy

    def topic_counts(self) -> dict[str, tuple[int, int]]:
        """Leaf id to (items, notes)."""
        with self._desk.database.read() as session:
            return catalogue.topic_counts(session)

    def entries(self, query: EntryQuery) -> tuple[Entry, ...]:
        """The entries asked for: best match first when text is given, else in the order of the curriculum."""
        wanted = catalogue.Wanted(
            profile_id=self._desk.profile_id,
            topics=query.topics,
            kinds={query.kind.value} if query.kind else set(),
            typed=query.text,
            own_only=query.own_only,
            marked_only=query.marked_only,
            limit=query.limit,
        )
        with self._desk.database.read() as session:
            return tuple(_entry(listed) for listed in catalogue.entries(session, wanted))

    def item(self, item_id: str) -> AnyItem:
        """The item as it is now.

        Raises:
            StudyAppError: there is none.
        """
        with self._desk.database.read() as session, _still_there():
            return stored.item(session, item_id)

    def note(self, note_id: str) -> AnyNote:
        """The note as it is now.

        Raises:
            StudyAppError: there is none.
        """
        with self._desk.database.read() as session, _still_there():
            return stored.note(session, note_id)

    def check_draft(self, kind: EntryKind, draft: Mapping[str, object], entry_id: str | None = None) -> DraftCheck:
        """`draft` has the keys of the bank format (topic, type, stem, options, front, back …).

        `entry_id` names the entry being edited, so that it is not told to be similar to itself.
        """
        parsed = self._parse(kind, draft, entry_id or drafts.DRAFT_ID)
        if isinstance(parsed, list):
            return DraftCheck(None, tuple(DraftProblem(*fault, error=True) for fault in parsed), ())
        hints = tuple(DraftProblem(*hint, error=False) for hint in drafts.hints(parsed))
        return DraftCheck(parsed, hints, self._similar(kind, parsed, entry_id))

    def save_draft(self, kind: EntryKind, draft: Mapping[str, object], entry_id: str | None = None) -> Changes:
        """Store a new own item or note, or a new version of `entry_id`.

        Editing a bundled note keeps it bundled and its edit survives updates of the bank. A bundled item stays as its
        authors checked it.

        Raises:
            StudyAppError: the draft has errors, or `entry_id` is a bundled item or is gone.
        """
        new_id = entry_id or f"own.{self._desk.new_id()}"
        parsed = self._parse(kind, draft, new_id)
        if isinstance(parsed, list):
            raise StudyAppError(parsed[0][1], "Correct it and save again; nothing was stored.")
        from studyapp.storage import own_entries

        with self._desk.database.write() as session:
            now_ms = self._desk.now_ms()
            if entry_id is not None:
                with _still_there():
                    before = stored.note(session, entry_id) if kind is EntryKind.NOTE else None
                    origin = stored.origin(session, entry_id)
                if kind is EntryKind.ITEM and origin is Origin.BUNDLED:
                    raise StudyAppError(
                        "Bundled questions cannot be edited, because each key was checked against its source.",
                        "Report what is wrong with it, or write a question of your own.",
                    )
                if before is not None:
                    parsed = drafts.with_sources_of(cast("AnyNote", parsed), before)
            if kind is EntryKind.ITEM:
                own_entries.save_item(session, cast("AnyItem", parsed), origin=Origin.OWN, now_ms=now_ms)
            else:
                own_entries.save_note(session, cast("AnyNote", parsed), origin=Origin.OWN, now_ms=now_ms)
        return Changes.of(Area.LIBRARY, Area.CARDS) if kind is EntryKind.NOTE else Changes.of(Area.LIBRARY)

    def draft_of(self, kind: EntryKind, entry_id: str) -> dict[str, object]:
        """The entry in the shape `check_draft` takes, for the editor.

        Raises:
            StudyAppError: there is no such entry.
        """
        if kind is EntryKind.ITEM:
            return drafts.item_draft(self.item(entry_id))
        return drafts.note_draft(self.note(entry_id))

    def delete_own(self, entry_id: str) -> Changes:
        """Delete an own entry; what was answered of it stays in the history.

        Raises:
            StudyAppError: it is bundled, or gone.
        """
        from studyapp.storage import own_entries

        with self._desk.database.write() as session:
            own_entries.delete_own(session, entry_id)
        return Changes.of(Area.LIBRARY, Area.CARDS, Area.MARKS)

    def set_marked(self, entry_id: str, marked: bool) -> Changes:
        """Bookmark an entry, or take the bookmark away, and with it the flags on its cards."""
        with self._desk.database.write() as session:
            now_ms = self._desk.now_ms()
            marks.set_marked(session, self._desk.profile_id, entry_id, marked=marked, now_ms=now_ms)
            if not marked:
                cards.unflag_note(session, self._desk.profile_id, entry_id)
        return Changes.of(Area.MARKS)

    def set_suspended(self, note_id: str, suspended: bool) -> Changes:
        """Keep every card of a note from coming up, or let all of them come again."""
        with self._desk.database.write() as session:
            card_ids = stored.cards_of_note(session, note_id)
            cards.set_suspended(session, self._desk.profile_id, card_ids, suspended=suspended)
        return Changes.of(Area.CARDS)

    def _parse(self, kind: EntryKind, draft: Mapping[str, object], entry_id: str) -> AnyItem | AnyNote | drafts.Faults:
        topics = {topic.id for topic in self.taxonomy().topics}
        parse = drafts.parse_item if kind is EntryKind.ITEM else drafts.parse_note
        return parse(draft, topics, entry_id)

    def _similar(self, kind: EntryKind, entry: AnyItem | AnyNote, entry_id: str | None) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        with self._desk.database.read() as session:
            titles = catalogue.titles(session, kind.value)
        titles.pop(entry_id or "", None)
        found = process.extract(
            title_of(entry), titles, scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR, limit=_SIMILAR_SHOWN
        )
        return tuple(title for title, _score, _id in found)


# The banks' own check calls 90 a near duplicate; a writer is told a little earlier.
_SIMILAR = 85
_SIMILAR_SHOWN = 5


# Looked up rather than called: calling an enumeration a few thousand times is felt.
_KINDS = {kind.value: kind for kind in EntryKind}
_ORIGINS = {origin.value: origin for origin in Origin}


def _entry(listed: catalogue.Listed) -> Entry:
    return Entry(
        id=listed.id,
        kind=_KINDS[listed.kind],
        type=listed.type,
        topic=listed.topic,
        topic_title=listed.topic_title,
        title=listed.title,
        origin=_ORIGINS[listed.origin],
        status=listed.status,
        marked=bool(listed.marked),
        due=None if listed.due_day is None else date.fromordinal(listed.due_day),
    )


@contextmanager
def _still_there() -> Iterator[None]:
    try:
        yield
    except KeyError as error:
        raise StudyAppError("That entry is no longer there.", "Look again in the library.") from error
