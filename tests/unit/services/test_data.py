"""The learner's data as a whole: backed up, put back, taken along, erased."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.memory import Rating
from studyapp.services.changes import Area, Changes
from studyapp.services.data import Snapshot
from studyapp.services.library import EntryKind, EntryQuery
from studyapp.services.settings import Settings
from studyapp.services.study import Study
from tests.support import bank as banks
from tests.support.clock import FakeClock
from tests.support.rows import add_finished_quiz, add_reviews

CARD = {"topic": "L07", "type": "basic", "front": "Myocardium", "back": "Heart muscle"}
EDIT = {"topic": "L07", "type": "basic", "front": "Limit for notices", "back": "60 calendar days"}

OpenStudy = Callable[..., Study]


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """An open study with the small bank."""
    return opened(banks.bank())


def _live(study: Study) -> None:
    """A learner with reviews, a quiz, settings, a mark, an own card and an edited one."""
    study.settings.save(Settings(name="Ada", welcomed=True))
    study.library.save_draft(EntryKind.NOTE, CARD)
    study.library.save_draft(EntryKind.NOTE, EDIT, "law.breach.n001")
    study.library.set_marked("law.breach.0001", marked=True)
    with study.database.raw() as connection:
        add_reviews(connection, "law.breach.n001#front", [(Rating.GOOD, 0), (Rating.GOOD, 3)])
        add_finished_quiz(connection, "quiz", {"law.breach.0001": 1.0, "law.breach.0002": 0.0})


def test_a_restore_shows_both_sides_first_and_then_swaps_them(study: Study, clock: FakeClock) -> None:
    """The preview tells what there is and what would be; afterwards the other state is one restore away."""
    empty = study.data.back_up()
    _live(study)
    preview = study.data.preview_restore(empty)
    last = datetime(1970, 1, 4, tzinfo=UTC)
    assert preview.then == Snapshot(0, 0, 0, 0, None)
    assert preview.now == Snapshot(2, 2, 1, 1, last.replace(microsecond=1000))
    clock.advance(60)
    assert study.data.restore(empty) == Changes.of(Area.EVERYTHING)
    assert study.settings.get() == Settings()
    newest = study.data.backups()[0]
    assert study.data.preview_restore(newest).then == preview.now
    study.data.restore(newest)
    assert study.settings.get().name == "Ada"


def test_an_export_holds_everything_the_learner_did_and_wrote(study: Study, tmp_path: Path) -> None:
    """The file is JSON that a person can read, with each answer, choice and own card in it."""
    _live(study)
    shares: list[float] = []
    target = tmp_path / "mine.json"
    target.write_text("an older export", encoding="utf-8")
    study.data.export(target, shares.append)
    told = json.loads(target.read_text(encoding="utf-8"))
    assert told["format"] == "studyapp-export-1"
    assert {name: len(rows) for name, rows in told.items() if isinstance(rows, list)} == {
        "profiles": 1,
        "settings": 2,
        "own_items": 0,
        "own_and_edited_notes": 2,
        "marks": 1,
        "reports": 0,
        "presets": 0,
        "cards": 1,
        "attempts": 1,
        "attempt_slots": 2,
        "responses": 2,
        "reviews": 2,
    }
    assert {row["payload"]["back"] for row in told["own_and_edited_notes"]} == {"Heart muscle", "60 calendar days"}
    assert [row["rating"] for row in told["reviews"]] == [3, 3]
    assert shares[-1] == 1.0
    assert [path.name for path in tmp_path.glob("mine*")] == ["mine.json"]


def test_an_export_that_fails_leaves_the_old_file(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is replaced only by a whole one; where none can be written there is a sentence."""
    target = tmp_path / "mine.json"
    target.write_text("an older export", encoding="utf-8")

    def break_off(_share: float) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studyapp.storage.export._REPORT_EVERY", 1)
    with pytest.raises(StudyAppError, match="full"):
        study.data.export(target, break_off)
    assert target.read_text(encoding="utf-8") == "an older export"
    assert [path.name for path in tmp_path.glob("mine*")] == ["mine.json"]
    with pytest.raises(StudyAppError, match="cannot be used"):
        study.data.export(tmp_path / "no such folder" / "mine.json")


def test_erasing_leaves_the_material_a_guarded_log_and_a_backup(study: Study, clock: FakeClock) -> None:
    """All progress, settings and own entries go; the bank stays, the logs are guarded, a backup has it all."""
    _live(study)
    assert study.data.erase() == Changes.of(Area.EVERYTHING)
    assert study.settings.get() == Settings()
    with study.database.raw() as connection:
        for name in ("review", "response", "attempt", "attempt_slot", "card_state", "mark", "setting", "preset"):
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (0,)  # noqa: S608
    assert study.library.entries(EntryQuery(own_only=True)) == ()
    assert study.library.entries(EntryQuery(text="myocardium")) == ()
    assert len(study.library.entries(EntryQuery())) == 12
    assert all(line.ok for line in study.data.examine())
    clock.advance(60)
    study.data.restore(study.data.backups()[0])
    assert study.settings.get().name == "Ada"
    assert len(study.library.entries(EntryQuery(own_only=True))) == 1


def test_erasing_brings_edited_bundled_notes_back_at_once(study: Study) -> None:
    """An edited note is the bank's again without a new start."""
    _live(study)
    before = study.library.note("law.breach.n001")
    study.data.erase()
    after = study.library.note("law.breach.n001")
    assert after != before
    assert after in banks.bank().notes


def test_a_restore_of_an_older_bank_shows_this_programs_bank(opened: OpenStudy, clock: FakeClock) -> None:
    """Material that came after the backup is there at once, and so are its topics."""
    small = replace(banks.TAXONOMY, subjects=banks.TAXONOMY.subjects[:1])
    notes = tuple(note for note in banks.bank().notes if note.topic.startswith("L"))
    old = opened(banks.bank(items=(), notes=notes, content_hash="old", taxonomy=small))
    backup = old.data.back_up()
    study = opened(banks.bank())
    assert len(study.library.taxonomy().subjects) > 1
    clock.advance(60)
    study.data.restore(backup)
    assert study.library.taxonomy() == banks.TAXONOMY
    assert len(study.library.entries(EntryQuery())) == 12
    study.data.erase()
    assert len(study.library.entries(EntryQuery())) == 12


def test_a_restore_without_a_known_bank_shows_the_backups_topics(opened: OpenStudy, clock: FakeClock) -> None:
    """The curriculum read before the restore is not kept."""
    small = replace(banks.TAXONOMY, subjects=banks.TAXONOMY.subjects[:1])
    notes = tuple(note for note in banks.bank().notes if note.topic.startswith("L"))
    backup = opened(banks.bank(items=(), notes=notes, content_hash="old", taxonomy=small)).data.back_up()
    opened(banks.bank())
    study = opened(None)
    assert study.library.taxonomy() == banks.TAXONOMY
    study.data.restore(backup)
    assert study.library.taxonomy() == small


def test_erasing_without_a_backup_does_not_happen(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last backup cannot be made nothing is erased."""

    def fail(*_arguments: object) -> None:
        raise StudyAppError("The disk is full.")

    _live(study)
    monkeypatch.setattr("studyapp.storage.backup.back_up", fail)
    with pytest.raises(StudyAppError, match="full"):
        study.data.erase()
    assert study.settings.get().name == "Ada"


def test_the_examination_of_a_learners_data_finds_nothing_wrong(study: Study) -> None:
    """What the services store is what the doctor expects."""
    _live(study)
    study.data.back_up()
    study.settings.save(replace(study.settings.get(), name="Bob"))
    assert [finding for finding in study.data.examine() if not finding.ok] == []
