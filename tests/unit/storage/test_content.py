"""A bank comes into the database by hash, and nobody's history is lost."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from studyapp.core.errors import StudyAppError
from studyapp.domain.item import Origin
from studyapp.domain.memory import Rating
from studyapp.domain.note import BasicNote, ClozeNote
from studyapp.domain.taxonomy import Taxonomy
from studyapp.storage import catalogue, entries, own_entries, search
from studyapp.storage.content import stored_hash, synchronise
from studyapp.storage.database import Database
from studyapp.storage.tables import CardRow, ItemRow, NoteRow
from tests.support import bank as banks
from tests.support.rows import add_finished_quiz, add_reviews


def _live(database: Database, row: type[ItemRow] | type[NoteRow] | type[CardRow]) -> set[str]:
    with database.read() as session:
        return set(session.orm.exec(select(row.id).where(~col(row.retired))))


def _found(database: Database, typed: str) -> list[int]:
    with database.read() as session:
        return search.find(session, typed, 50)


def test_everything_a_bank_holds_comes_back_as_it_was(stocked: Database) -> None:
    """Items and notes of every type, blueprints and the taxonomy survive the way through the database unchanged."""
    bank = banks.bank()
    with stocked.read() as session:
        assert tuple(entries.item(session, item.id) for item in bank.items) == bank.items
        assert tuple(entries.note(session, note.id) for note in bank.notes) == bank.notes
        assert catalogue.blueprints(session) == bank.blueprints
        assert catalogue.taxonomy(session) == bank.taxonomy


def test_notes_yield_their_cards_in_curriculum_order(stocked: Database) -> None:
    """Each card is stored once; new cards come in the order of topics, notes and templates."""
    with stocked.read() as session:
        cards = [row.id for row in session.orm.exec(select(CardRow).order_by("position"))]
    assert cards == [
        "law.breach.n001#front",
        "law.breach.n002#front",
        "law.breach.n002#reverse",
        "law.breach.n003#c1",
        "law.breach.n003#c2",
        "term.heart.n001#meaning",
        "term.heart.n001#word",
        "term.heart.n001#build",
    ]


def test_an_equal_hash_changes_nothing(stocked: Database) -> None:
    """The hash alone decides: a bank with the stored hash is not looked at, another one is."""
    emptied = banks.bank(items=(), notes=())
    assert not synchronise(stocked, emptied, 2_000)
    assert len(_live(stocked, ItemRow)) == 8
    assert synchronise(stocked, replace(emptied, content_hash="hash-2"), 2_000)
    assert (_live(stocked, ItemRow), _live(stocked, NoteRow), _live(stocked, CardRow)) == (set(), set(), set())
    assert stored_hash(stocked, "test") == "hash-2"


def test_a_bank_is_not_worth_a_backup(stocked: Database) -> None:
    """What the program ships can be had again, so a first start that only looked causes no backup."""
    assert not stocked.changed


def test_what_vanished_is_retired_with_its_history_and_can_come_back(stocked: Database) -> None:
    """An item dropped from the bank is no longer met or found, yet its answers stay; a later bank can bring it back."""
    with stocked.raw() as connection:
        add_finished_quiz(connection, "quiz", {"law.breach.0001": 1.0})
        add_reviews(connection, "law.breach.n001#front", [(Rating.GOOD, 0)])
    full = banks.bank()
    less = banks.bank(full.items[:-2], full.notes[1:], content_hash="less")
    synchronise(stocked, less, 2_000)
    assert _live(stocked, ItemRow) == {item.id for item in full.items[:-2]}
    assert "law.breach.n001#front" not in _live(stocked, CardRow)
    assert _found(stocked, "latest") == []
    with stocked.raw() as connection:
        assert connection.execute("SELECT count(*) FROM response").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM review").fetchone() == (1,)
    synchronise(stocked, replace(full, content_hash="again"), 3_000)
    assert _live(stocked, ItemRow) == {item.id for item in full.items}
    assert "law.breach.n001#front" in _live(stocked, CardRow)
    assert len(_found(stocked, "latest")) == 2


def test_a_changed_item_gets_its_new_text_and_keeps_the_one_that_was_asked(stocked: Database) -> None:
    """A result shows the version the learner answered, practice the newest; search finds the new words only."""
    before = banks.single()
    with stocked.read() as session:
        asked_hash = session.orm.get_one(ItemRow, before.id).content_hash
    after = banks.single(stem="How soon must patients hear of the theft?")
    synchronise(stocked, banks.bank((after,), content_hash="2"), 2_000)
    newest = banks.single(stem="When must patients hear of the burglary?")
    synchronise(stocked, banks.bank((newest,), content_hash="3"), 3_000)
    with stocked.read() as session:
        assert entries.item(session, before.id) == newest
        assert entries.item_as_asked(session, before.id, asked_hash) == before
        assert session.orm.get_one(ItemRow, before.id).updated_ms == 3_000
        with pytest.raises(KeyError):
            entries.item_as_asked(session, before.id, "never")
    assert (_found(stocked, "theft"), len(_found(stocked, "burglary"))) == ([], 1)


def test_a_learners_edit_of_a_bundled_note_survives_updates(stocked: Database) -> None:
    """An edited note stays as the learner wrote it, whether the bank changes it or drops it; it remains bundled."""
    mine = BasicNote(id="law.breach.n001", topic="L07", front="How long for notices?", back="60 calendar days")
    with stocked.write() as session:
        own_entries.save_note(session, mine, origin=Origin.OWN, now_ms=2_000)
    theirs = BasicNote(id="law.breach.n001", topic="L07", front="Notice limit in days", back="60")
    for notes, content_hash in (((theirs,), "2"), ((), "3")):
        synchronise(stocked, banks.bank(notes=notes, content_hash=content_hash), 3_000)
        with stocked.read() as session:
            assert entries.note(session, mine.id) == mine
            assert entries.origin(session, mine.id) is Origin.BUNDLED
        assert "law.breach.n001#front" in _live(stocked, CardRow)
        assert _found(stocked, "calendar days") != []


def test_a_card_follows_its_note(stocked: Database) -> None:
    """A blank that is gone retires its card; one that is new brings one; the others keep theirs."""
    edited = ClozeNote(id="law.breach.n003", topic="L07", text="{{c1::sixty}} days after {{c3::discovery}}")
    synchronise(stocked, banks.bank(notes=(edited,), content_hash="2"), 2_000)
    assert _live(stocked, CardRow) == {"law.breach.n003#c1", "law.breach.n003#c3"}


def test_a_dropped_topic_leaves_the_curriculum_and_own_entries_stay(stocked: Database) -> None:
    """An own card in a topic that the bank drops is still there; the tree no longer offers the topic."""
    own = BasicNote(id="own.1", topic="T01", front="Myocardium", back="Heart muscle")
    with stocked.write() as session:
        own_entries.save_note(session, own, origin=Origin.OWN, now_ms=1)
    law = Taxonomy(banks.TAXONOMY.subjects[:1])
    notes = tuple(note for note in banks.one_note_of_each_type() if note.topic != "T01")
    synchronise(stocked, banks.bank(notes=notes, content_hash="2", taxonomy=law), 2_000)
    with stocked.read() as session:
        assert catalogue.taxonomy(session) == law
        assert entries.note(session, "own.1") == own
    assert "own.1#front" in _live(stocked, CardRow)


def test_a_bank_that_cannot_be_stored_leaves_everything_as_it_was(stocked: Database) -> None:
    """A malformed note stops the whole update, half of which would be worse than none."""
    broken = ClozeNote(id="law.breach.n009", topic="L07", text="{{c1::never closed")
    with pytest.raises(StudyAppError, match="blank"):
        synchronise(stocked, banks.bank((), (broken,), content_hash="2"), 2_000)
    assert stored_hash(stocked, "test") == "hash-1"
    assert len(_live(stocked, ItemRow)) == 8


def test_own_entries_survive_every_update(stocked: Database) -> None:
    """What the learner wrote belongs to no bank, so no bank retires it."""
    with stocked.write() as session:
        own_entries.save_item(session, banks.single("own.i1", "L06", "Own stem"), origin=Origin.OWN, now_ms=1)
    synchronise(stocked, banks.bank((), (), content_hash="2"), 2_000)
    assert _live(stocked, ItemRow) == {"own.i1"}
