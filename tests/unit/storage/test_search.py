"""Search finds entries by the beginnings of their words, as they are now."""

from dataclasses import replace

import pytest
from sqlmodel import select

from studyapp.domain.item import Origin
from studyapp.domain.note import BasicNote
from studyapp.storage import own_entries, search
from studyapp.storage.database import Database
from studyapp.storage.payloads import item_words, note_words
from studyapp.storage.tables import ItemRow, NoteRow
from tests.support import bank as banks


def _find(database: Database, typed: str, limit: int = 50) -> list[str]:
    """Ids of the entries found, best first."""
    with database.read() as session:
        seqs = search.find(session, typed, limit)
        ids = dict(session.orm.exec(select(ItemRow.seq, ItemRow.id)).all())
        ids |= dict(session.orm.exec(select(NoteRow.seq, NoteRow.id)).all())
    return [ids[seq] for seq in seqs]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("courier", {"law.security.0001"}),
        ("COUR", {"law.security.0001"}),
        ("whi saf", {"law.security.0001", "law.security.0002"}),
        ("server", {"law.security.0001"}),  # the stimulus of its case
        ("decorative", {"law.security.0002"}),  # an option
        ("leaves out", {"law.security.0004"}),  # a rationale
        ("encryption", {"law.security.0003", "law.security.0005"}),
        ("assessment", set()),  # a second spelling is not shown, so it is not found
        ("analysis", {"law.security.0006"}),  # a blank's answer
        ("discovery", {"law.breach.n003", "law.breach.0001", "law.breach.0002", "law.security.0001"}),
        ("cardi", {"term.heart.n001"}),
        ("cardiovascular disease", {"term.heart.n001"}),
        ("nothing of the kind", set()),
    ],
)
def test_every_word_of_an_entry_finds_it(stocked: Database, typed: str, found: set[str]) -> None:
    """Stems, options, rationales, cases and every field of a card are found by the beginnings of their words."""
    assert set(_find(stocked, typed)) == found


@pytest.mark.parametrize("typed", ["", "   ", '"', "*", "AND", "a OR", "NEAR(", "title:", "-", "'; DROP", "é"])
def test_anything_can_be_typed(stocked: Database, typed: str) -> None:
    """The search language's own signs are words like others, or nothing."""
    assert isinstance(_find(stocked, typed), list)


def test_accents_do_not_matter(stocked: Database) -> None:
    """A word with an accent is found without it, and the other way round."""
    note = BasicNote(id="own.1", topic="L07", front="Ménière disease", back="Vertigo")
    with stocked.write() as session:
        own_entries.save_note(session, note, origin=Origin.OWN, now_ms=1)
    assert _find(stocked, "meniere") == _find(stocked, "MÉNI") == ["own.1"]


def test_what_was_just_edited_is_found(stocked: Database) -> None:
    """From the moment of saving the new words find the entry and the old ones do not."""
    item = banks.single("own.i1", stem="Zebra crossing")
    with stocked.write() as session:
        own_entries.save_item(session, item, origin=Origin.OWN, now_ms=1)
    assert _find(stocked, "zebra") == ["own.i1"]
    with stocked.write() as session:
        own_entries.save_item(session, replace(item, stem="Okapi crossing"), origin=Origin.OWN, now_ms=2)
    assert (_find(stocked, "zebra"), _find(stocked, "okapi")) == ([], ["own.i1"])


def test_a_deleted_entry_is_not_found(stocked: Database) -> None:
    """Deleting removes the words too."""
    with stocked.write() as session:
        own_entries.save_item(session, banks.single("own.i1", stem="Zebra crossing"), origin=Origin.OWN, now_ms=1)
    with stocked.write() as session:
        own_entries.delete_own(session, "own.i1")
    assert _find(stocked, "zebra") == []


def test_a_title_counts_more_than_the_rest(stocked: Database) -> None:
    """The entry that is about the word stands before the ones that mention it."""
    assert _find(stocked, "encryption")[0] == "law.security.0003"


def test_too_many_hits_to_rank_still_put_titles_first(stocked: Database) -> None:
    """Beyond the number that ranking can read in time, entries with the word in their title come first."""
    with stocked.write() as session:
        rows = [
            (seq, note_words(BasicNote(id="x", topic="L07", front="Other", back="common"))) for seq in range(101, 2400)
        ]
        titled = note_words(BasicNote(id="x", topic="L07", front="Common things", back=""))
        search.index(session, [*rows, (2401, titled)])
    with stocked.read() as session:
        assert search.find(session, "comm", 3) == [2401, 101, 102]


def test_a_long_stem_is_found_beyond_its_title() -> None:
    """The line shown in lists is cut, the words behind the cut are kept for search."""
    words = item_words(banks.single(stem=f"{'word ' * 80}zebra"))
    assert words.title.endswith("…")
    assert "zebra" in words.body
