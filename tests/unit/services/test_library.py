"""The library lists, finds, checks and stores entries."""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.item import Origin, SingleItem
from studyapp.domain.memory import Rating
from studyapp.domain.note import BasicNote
from studyapp.services.changes import Area, Changes
from studyapp.services.library import EntryKind, EntryQuery
from studyapp.services.review import ReviewScope
from studyapp.services.study import Study, open_study
from tests.support import bank as banks
from tests.support.clock import FakeClock
from tests.support.rows import FIRST_DAY, add_finished_quiz, add_reviews

CARD = {"topic": "L07", "type": "basic", "front": "Myocardium", "back": "Heart muscle"}
QUESTION = {
    "topic": "L06",
    "type": "single",
    "stem": "Who may open the locked cabinet?",
    "options": [
        {"id": "a", "text": "The manager", "correct": True, "why": "Holds the key."},
        {"id": "b", "text": "The courier", "why": "Does not."},
    ],
    "takeaway": "Keys are given to few.",
    "references": [{"source": "House rules", "as_of": "2026-11-01"}],
}

OpenStudy = Callable[..., Study]


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """An open study with the small bank."""
    return opened(banks.bank())


def _own(study: Study) -> str:
    (entry,) = study.library.entries(EntryQuery(own_only=True))
    return entry.id


def test_everything_is_listed_in_the_order_of_the_curriculum(study: Study) -> None:
    """Topics in order; within a topic items before notes, each as the bank has them."""
    entries = study.library.entries(EntryQuery())
    assert [entry.topic for entry in entries] == ["L06"] * 6 + ["L07"] * 5 + ["T01"]
    assert [entry.kind for entry in entries[6:11]] == [EntryKind.ITEM] * 2 + [EntryKind.NOTE] * 3
    first = entries[0]
    assert (first.id, first.topic_title, first.origin) == ("law.security.0001", "Security rule", Origin.BUNDLED)
    assert (first.status, first.marked, first.due, first.type) == ("unseen", False, None, "single")
    assert study.library.topic_counts() == {"L06": (6, 0), "L07": (2, 3), "T01": (0, 1)}
    assert study.library.taxonomy() == banks.TAXONOMY


@pytest.mark.parametrize(
    ("query", "n"),
    [
        (EntryQuery(kind=EntryKind.NOTE), 4),
        (EntryQuery(kind=EntryKind.ITEM), 8),
        (EntryQuery(topics=frozenset({"L07", "T01"})), 6),
        (EntryQuery(topics=frozenset({"L07"}), kind=EntryKind.NOTE), 3),
        (EntryQuery(limit=3), 3),
        (EntryQuery(text="   "), 12),
        (EntryQuery(text="discovery"), 4),
        (EntryQuery(text="discovery", kind=EntryKind.NOTE), 1),
        (EntryQuery(text="discovery", topics=frozenset({"L06"})), 1),
        (EntryQuery(text="discovery", own_only=True), 0),
        (EntryQuery(text="discovery", marked_only=True), 1),
        (EntryQuery(marked_only=True), 1),
        (EntryQuery(own_only=True), 0),
    ],
)
def test_filters_and_text_combine(study: Study, query: EntryQuery, n: int) -> None:
    """Each restriction narrows what the others leave."""
    assert study.library.set_marked("law.breach.0001", marked=True) == Changes.of(Area.MARKS)
    assert len(study.library.entries(query)) == n


def test_a_mark_can_be_taken_away(study: Study) -> None:
    """Marking twice is marking once; unmarking removes it."""
    for marked in (True, True, False):
        study.library.set_marked("law.breach.0001", marked=marked)
    assert study.library.entries(EntryQuery(marked_only=True)) == ()


def test_the_status_of_an_item_is_its_newest_answer(study: Study) -> None:
    """Full credit is right, anything less a miss, and the newest answer counts."""
    with study.database.raw() as connection:
        add_finished_quiz(connection, "one", {"law.breach.0001": 0.0, "law.breach.0002": 1.0})
        add_finished_quiz(connection, "two", {"law.breach.0001": 1.0, "law.security.0002": 0.5})
    status = {entry.id: entry.status for entry in study.library.entries(EntryQuery(kind=EntryKind.ITEM))}
    assert status["law.breach.0001"] == "right"
    assert status["law.breach.0002"] == "right"
    assert status["law.security.0002"] == "missed"
    assert status["law.security.0001"] == "unseen"


def test_the_status_of_a_note_comes_from_its_cards(study: Study) -> None:
    """A note is in review, being learned or suspended as its cards are, and due when the first of them is."""
    with study.database.raw() as connection:
        front = add_reviews(connection, "law.breach.n001#front", [(Rating.GOOD, 0)])
        add_reviews(connection, "law.breach.n002#front", [(Rating.EASY, 0)])
        add_reviews(connection, "law.breach.n002#reverse", [(Rating.AGAIN, 0)])
    assert study.library.set_suspended("law.breach.n003", suspended=True) == Changes.of(Area.CARDS)
    notes = {entry.id: entry for entry in study.library.entries(EntryQuery(kind=EntryKind.NOTE))}
    assert front.due_day is not None
    assert (notes["law.breach.n001"].status, notes["law.breach.n001"].due) == (
        "review",
        date.fromordinal(front.due_day),
    )
    assert (notes["law.breach.n002"].status, notes["law.breach.n002"].due) == ("learning", date.fromordinal(FIRST_DAY))
    assert (notes["law.breach.n003"].status, notes["term.heart.n001"].status) == ("suspended", "new")
    study.library.set_suspended("law.breach.n003", suspended=False)
    (again,) = study.library.entries(EntryQuery(text="60 days after", kind=EntryKind.NOTE))
    assert (again.id, again.status) == ("law.breach.n003", "new")


def test_one_suspended_card_is_found_and_brought_back(study: Study) -> None:
    """A note with a single suspended card says so, and bringing it back brings back every card."""
    first, second = "law.breach.n002#front", "law.breach.n002#reverse"
    study.review.start(ReviewScope(card_ids=(first,))).suspend()

    def status() -> str:
        return {entry.id: entry.status for entry in study.library.entries(EntryQuery())}["law.breach.n002"]

    assert status() == "suspended"
    study.library.set_suspended("law.breach.n002", suspended=False)
    assert status() == "new"
    for card_id in (first, second):
        session = study.review.start(ReviewScope(card_ids=(card_id,)))
        assert session.current is not None
    with study.database.read() as read:
        assert read.value("SELECT sum(suspended) FROM card_state") == 0


@pytest.mark.parametrize("text", ["", "discovery"])
def test_a_flagged_card_marks_its_note(study: Study, text: str) -> None:
    """What was flagged while studying is among what is marked, and unmarking takes the flag away."""
    (note,) = study.library.entries(EntryQuery(text="discovery", kind=EntryKind.NOTE))
    with study.database.read() as read:
        card_id = read.value("SELECT id FROM card WHERE note_id = :note", {"note": note.id})
    session = study.review.start(ReviewScope(card_ids=(card_id,)))
    assert session.set_flag(flagged=True).areas == {Area.CARDS, Area.MARKS}
    assert study.library.entries(EntryQuery(text=text, marked_only=True)) == (replace(note, marked=True),)
    study.library.set_marked(note.id, marked=False)
    assert study.library.entries(EntryQuery(text=text, marked_only=True)) == ()
    session.reload_current()
    assert session.current is not None
    assert not session.current.flagged


def test_reserved_items_are_not_shown(tmp_path: Path, clock: FakeClock) -> None:
    """What is kept for reserved exam forms is neither listed, found nor counted."""
    reserved = banks.single("law.breach.0003", stem="Kept for the exam", reserved=True)
    study = open_study(tmp_path, clock, random.Random(1), banks.bank((reserved, banks.single())))
    listed = {entry.id for entry in study.library.entries(EntryQuery(kind=EntryKind.ITEM))}
    found = study.library.entries(EntryQuery(text="kept"))
    counts = study.library.topic_counts()["L07"]
    study.close()
    assert (listed, found, counts) == ({"law.breach.0001"}, (), (1, 3))


def test_what_is_gone_is_told(study: Study) -> None:
    """An id that no longer exists gives a sentence."""
    for read in (study.library.item, study.library.note, study.library.delete_own):
        with pytest.raises(StudyAppError, match="no longer there"):
            read("own.gone")


def test_every_entry_comes_back_from_its_draft(study: Study) -> None:
    """An entry opened in the editor and saved unchanged is the same entry, whatever its type."""
    for entry in study.library.entries(EntryQuery(kind=EntryKind.NOTE)):
        before = study.library.note(entry.id)
        study.library.save_draft(EntryKind.NOTE, study.library.draft_of(EntryKind.NOTE, entry.id), entry.id)
        assert study.library.note(entry.id) == before
    for entry in study.library.entries(EntryQuery(kind=EntryKind.ITEM)):
        check = study.library.check_draft(EntryKind.ITEM, study.library.draft_of(EntryKind.ITEM, entry.id), entry.id)
        item = study.library.item(entry.id)
        expected = replace(item, case=None, references=(replace(banks.REFERENCE, url=""),))
        assert check.preview == expected


def test_a_new_card_is_stored_listed_and_found(study: Study) -> None:
    """An own card is there at once, as the learner's own, before the bundled new cards."""
    changes = study.library.save_draft(EntryKind.NOTE, CARD)
    assert changes == Changes.of(Area.LIBRARY, Area.CARDS)
    (entry,) = study.library.entries(EntryQuery(text="myocard"))
    assert (entry.origin, entry.title, entry.status) == (Origin.OWN, "Myocardium", "new")
    with study.database.raw() as connection:
        first = connection.execute("SELECT note_id FROM card ORDER BY position LIMIT 1").fetchone()
    assert first == (entry.id,)


def test_a_new_question_is_stored_and_can_be_changed(study: Study) -> None:
    """An own item may be edited; the version before stays for results."""
    assert study.library.save_draft(EntryKind.ITEM, QUESTION) == Changes.of(Area.LIBRARY)
    own = _own(study)
    study.library.save_draft(EntryKind.ITEM, {**QUESTION, "stem": "Who may open the safe?"}, own)
    item = study.library.item(own)
    assert isinstance(item, SingleItem)
    assert (item.stem, item.key) == ("Who may open the safe?", frozenset({"a"}))
    with study.database.raw() as connection:
        assert connection.execute("SELECT count(*) FROM item_version WHERE item_id = ?", (own,)).fetchone() == (1,)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"topic": "X99"}, "topic"),
        ({"stem": ""}, "stem"),
        ({"options": [{"id": "a", "text": "One", "correct": True}]}, "options"),
        ({"options": [{"id": "a", "text": "One"}, {"id": "b", "text": "Two"}]}, "options"),
    ],
)
def test_a_draft_with_errors_is_explained_and_not_stored(
    study: Study, change: Mapping[str, object], field: str
) -> None:
    """The check names the field and says why; saving such a draft stores nothing."""
    draft = {**QUESTION, **change}
    check = study.library.check_draft(EntryKind.ITEM, draft)
    assert check.preview is None
    assert any(problem.error and problem.field.startswith(field) and problem.sentence for problem in check.problems)
    with pytest.raises(StudyAppError):
        study.library.save_draft(EntryKind.ITEM, draft)
    assert study.library.entries(EntryQuery(own_only=True)) == ()


def test_a_sound_draft_gets_hints_only(study: Study) -> None:
    """What could be better is said without standing in the way."""
    assert study.library.check_draft(EntryKind.ITEM, QUESTION).problems == ()
    bare = {key: value for key, value in QUESTION.items() if key not in {"takeaway", "references"}}
    long_key = [
        {"id": "a", "text": "The manager, who holds the only key to the cabinet", "correct": True},
        {"id": "b", "text": "The courier"},
    ]
    check = study.library.check_draft(EntryKind.ITEM, {**bare, "options": long_key})
    assert [(problem.field, problem.error) for problem in check.problems] == [
        ("options", False),
        ("options", False),
        ("takeaway", False),
        ("references", False),
    ]
    assert check.preview is not None


def test_near_duplicates_are_named(study: Study) -> None:
    """A draft that says nearly the same as a stored entry is told so; an entry is not similar to itself."""
    assert study.library.check_draft(EntryKind.NOTE, CARD).similar == ()
    close = {**CARD, "front": "Notice limits", "back": "60"}
    assert study.library.check_draft(EntryKind.NOTE, close).similar == ("Notice limit",)
    assert study.library.check_draft(EntryKind.NOTE, close, "law.breach.n001").similar == ()


def test_an_edited_bundled_card_stays_bundled_with_its_sources(study: Study, tmp_path: Path, clock: FakeClock) -> None:
    """The edit keeps the address of the source, the origin, and outlives the next bank."""
    draft = {**study.library.draft_of(EntryKind.NOTE, "law.breach.n001"), "back": "60 calendar days"}
    study.library.save_draft(EntryKind.NOTE, draft, "law.breach.n001")
    study.close()
    again = open_study(tmp_path / "data", clock, random.Random(1), banks.bank(content_hash="2"))
    note = again.library.note("law.breach.n001")
    origin = {entry.id: entry.origin for entry in again.library.entries(EntryQuery())}["law.breach.n001"]
    again.close()
    assert isinstance(note, BasicNote)
    assert (note.back, note.references, origin) == ("60 calendar days", (banks.REFERENCE,), Origin.BUNDLED)


def test_a_bundled_question_is_not_edited(study: Study) -> None:
    """Its key was checked against a source; an edit would carry that source's name for something unchecked."""
    with pytest.raises(StudyAppError, match="cannot be edited"):
        study.library.save_draft(EntryKind.ITEM, QUESTION, "law.breach.0001")
    assert study.library.item("law.breach.0001") == banks.single()


def test_own_entries_can_be_deleted_and_their_history_stays(study: Study) -> None:
    """An entry that was never met goes without a trace; one that was answered leaves its answers behind."""
    study.library.save_draft(EntryKind.NOTE, CARD)
    unmet = _own(study)
    assert study.library.delete_own(unmet) == Changes.of(Area.LIBRARY, Area.CARDS, Area.MARKS)
    study.library.save_draft(EntryKind.NOTE, CARD)
    study.library.save_draft(EntryKind.ITEM, QUESTION)
    note, item = sorted(entry.id for entry in study.library.entries(EntryQuery(own_only=True)))
    if study.library.entries(EntryQuery(text="myocardium"))[0].id != note:
        note, item = item, note
    with study.database.raw() as connection:
        add_reviews(connection, f"{note}#front", [(Rating.GOOD, 0)])
        add_finished_quiz(connection, "quiz", {item: 1.0})
    for entry_id in (note, item):
        study.library.delete_own(entry_id)
        with pytest.raises(StudyAppError, match="no longer there"):
            study.library.delete_own(entry_id)
    assert study.library.entries(EntryQuery(own_only=True)) == ()
    assert study.library.entries(EntryQuery(text="myocardium")) == ()
    with study.database.raw() as connection:
        assert connection.execute("SELECT count(*) FROM note WHERE id = ?", (unmet,)).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM review").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM response").fetchone() == (1,)
    assert all(finding.ok for finding in study.data.examine() if finding.check != "backups")


def test_bundled_entries_cannot_be_deleted(study: Study) -> None:
    """The bank's material stays; a card can be suspended instead."""
    with pytest.raises(StudyAppError, match="Only your own"):
        study.library.delete_own("law.breach.n001")
