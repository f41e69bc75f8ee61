"""The doctor finds what is wrong, and nothing else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from studyapp.domain.memory import Rating
from studyapp.storage import backup
from studyapp.storage.database import Database
from studyapp.storage.examine import examine
from tests.support.clock import START
from tests.support.rows import add_finished_quiz, add_reviews

HISTORY = {
    "law.breach.n001#front": [(Rating.GOOD, 0), (Rating.GOOD, 3), (Rating.AGAIN, 12), (Rating.GOOD, 12)],
    "law.breach.n002#reverse": [(Rating.AGAIN, 0), (Rating.AGAIN, 0), (Rating.GOOD, 0), (Rating.HARD, 4)],
    "term.heart.n001#word": [(Rating.EASY, 1)],
}


@pytest.fixture
def studied(stocked: Database) -> Database:
    """A database with reviews, a finished quiz and a backup."""
    with stocked.raw() as connection:
        for card_id, graded in HISTORY.items():
            add_reviews(connection, card_id, graded, wish=0.85)
        add_finished_quiz(connection, "quiz", {"law.breach.0001": 1.0})
    backup.back_up(stocked, START)
    return stocked


def _failed(database: Database) -> dict[str, str]:
    return {line.check: line.sentence for line in examine(database, START) if not line.ok}


def test_a_sound_database_passes_every_check(studied: Database) -> None:
    """Nothing is found where nothing is wrong, same-day passes, lapses and a wish of one's own included."""
    assert _failed(studied) == {}
    assert [line.check for line in examine(studied, START)] == [
        "integrity",
        "references",
        "append-only",
        "replay",
        "orphans",
        "disk space",
        "backups",
    ]


def test_a_new_database_passes_every_check(database: Database) -> None:
    """No backup, no review, no material: nothing of that is a fault on the first day."""
    assert _failed(database) == {}


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        ("UPDATE card_state SET stability = stability + 1e-9 WHERE card_id LIKE 'term%'", "replay", "1 of 3 cards"),
        ("UPDATE card_state SET due_study_day = due_study_day + 1", "replay", "3 of 3 cards"),
        ("DELETE FROM card_state WHERE card_id LIKE 'term%'", "replay", "term.heart.n001#word"),
        ("DROP TRIGGER review_no_update", "append-only", "review_no_update"),
        (
            "INSERT INTO card_state (profile_id, card_id, reps, lapses, suspended, flagged) VALUES (1, '', 0, 0, 0, 0)",
            "references",
            "card_state",
        ),
        ("UPDATE note SET retired = 1 WHERE id = 'law.breach.n001'", "orphans", "1 cards whose note is gone"),
        ("UPDATE card SET retired = 1 WHERE note_id = 'law.breach.n001'", "orphans", "1 notes without a card"),
        ("DELETE FROM entry_text WHERE rowid = 2", "orphans", "1 entries that search cannot find"),
        ("INSERT INTO entry_text (rowid, title) VALUES (999, 'x')", "orphans", "1 search results"),
        (
            "INSERT INTO mark (profile_id, entry_id, marked, updated_ms) VALUES (1, 'no', 1, 0)",
            "orphans",
            "1 bookmarks",
        ),
        ("UPDATE attempt_slot SET score = 0.5", "orphans", "1 marked questions whose answer is not in the log"),
        ("UPDATE attempt_slot SET response = 'other'", "orphans", "1 marked questions whose answer is not in the log"),
        ("UPDATE attempt_slot SET item_id = 'law.breach.0002'", "orphans", "1 answers in the log to questions"),
        (
            """PRAGMA ignore_check_constraints = ON;
            UPDATE attempt SET state = 'open'; UPDATE attempt_slot SET locked = 0""",
            "orphans",
            "1 answers in the log",
        ),
        ("UPDATE attempt_slot SET content_hash = 'lost'", "orphans", "1 questions asked in a version"),
    ],
)
def test_each_fault_is_found(studied: Database, statement: str, check: str, words: str) -> None:
    """What is broken by hand is named under its check."""
    with studied.raw() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.executescript(statement)
    assert words in _failed(studied)[check]


def test_a_review_that_was_taken_back_does_not_count(studied: Database) -> None:
    """Replaying leaves out what an undo took back, so the cached state must be the one from before."""
    with studied.raw() as connection:
        connection.execute(
            "INSERT INTO review (uuid, profile_id, card_id, session_id, at_ms, offset_min, study_day, kind, rating, "
            "duration_ms) VALUES ('wrong', 1, 'term.heart.n001#word', 's', 9e9, 0, 739100, 'review', 1, 100)"
        )
        assert "replay" in _failed(studied)
        connection.execute(
            "INSERT INTO review (uuid, profile_id, card_id, session_id, at_ms, offset_min, study_day, kind, undoes, "
            "duration_ms) VALUES ('back', 1, 'term.heart.n001#word', 's', 9e9, 0, 739100, 'undo', 'wrong', 0)"
        )
    assert _failed(studied) == {}


def test_a_nearly_full_disk_is_told(studied: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Backups and restores need room for copies, so less than three is a fault before anything fails for it."""
    with studied.raw() as connection:
        (size,) = connection.execute("SELECT page_count * 4096 FROM pragma_page_count").fetchone()
    for free, ok in ((3 * size, True), (3 * size - 1, False)):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr("shutil.disk_usage", lambda _folder, usage=usage: usage)
        assert ("disk space" not in _failed(studied)) is ok


def test_missing_old_and_unusable_backups_are_told(studied: Database) -> None:
    """A learner's answers without a usable and recent backup are worth a warning."""
    later = examine(studied, START + timedelta(days=40))[-1]
    assert (later.ok, "40 days" in later.sentence) == (False, True)
    newest = backup.backups(studied.backup_folder)[0].path
    newest.write_bytes(b"x" * 200)
    assert "cannot be used" in _failed(studied)["backups"]
    newest.unlink()
    assert _failed(studied)["backups"] == "There is no backup."
