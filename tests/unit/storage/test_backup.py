"""Backups hold what the database holds, are kept in number, and come back whole."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.domain.memory import Rating
from studyapp.storage import backup, schema
from studyapp.storage.database import Database
from tests.support.clock import START
from tests.support.rows import add_finished_quiz, add_reviews


def _review(database: Database, card_id: str = "law.breach.n001#front") -> None:
    with database.raw() as connection:
        add_reviews(connection, card_id, [(Rating.GOOD, 0)])


def test_a_backup_holds_what_is_committed(stocked: Database) -> None:
    """A copy made while everything still stands in the write-ahead log holds every row."""
    _review(stocked)
    with stocked.raw() as connection:
        add_finished_quiz(connection, "quiz", {"law.breach.0001": 1.0})
    made = backup.back_up(stocked, START)
    assert backup.counts_of(made.path) == backup.Counts(1, 1, 1, 0, 1500)
    assert backup.backups(stocked.backup_folder) == (made,)
    assert (made.made_at, made.size) == (START, made.path.stat().st_size)


def test_two_backups_in_one_second_are_two(stocked: Database) -> None:
    """The second does not replace the first, and counts as the newer one."""
    first, second = backup.back_up(stocked, START), backup.back_up(stocked, START)
    assert backup.backups(stocked.backup_folder) == (second, first)


def test_ten_stay_then_one_a_week(stocked: Database) -> None:
    """After a hundred days there are the ten newest and, of what was before, the newest of each week."""
    for day in range(100):
        backup.back_up(stocked, START + timedelta(days=day))
    days = [(made.made_at - START).days for made in backup.backups(stocked.backup_folder)]
    assert days[:10] == list(range(99, 89, -1))
    # The test begins on a Monday, so the newest of a whole week is its Sunday; the last week was cut by the ten.
    assert days[10:] == [89, *range(83, 0, -7)]


def test_other_files_in_the_folder_are_nobodys_business(stocked: Database) -> None:
    """Only our own finished backups are listed and let go; what a killed backup left is cleared away."""
    stocked.backup_folder.mkdir()
    (stocked.backup_folder / "studyapp-20261101T000000Z.partial").write_text("x", encoding="utf-8")
    for name in ("before-upgrade-from-0000.db", "studyapp-mine.db", "notes.txt"):
        (stocked.backup_folder / name).write_text("x", encoding="utf-8")
    for hour in range(30):
        backup.back_up(stocked, START + timedelta(hours=hour))
    assert len(list(stocked.backup_folder.glob("*"))) == 3 + 10 + 1


def test_a_clock_set_back_costs_no_backup(stocked: Database) -> None:
    """What was just made stays, however many files bear a later date, and these take no place in the rotation."""
    for hour in range(12):
        backup.back_up(stocked, START + timedelta(hours=hour))
    later = backup.backups(stocked.backup_folder)
    made = [backup.back_up(stocked, START - timedelta(days=400 - day)) for day in range(12)]
    assert made[-1].path.exists()
    kept = backup.backups(stocked.backup_folder)
    assert kept[: len(later)] == later
    assert [file.path for file in kept[len(later) :]][:10] == [file.path for file in reversed(made)][:10]
    assert not backup.due(stocked.backup_folder, START - timedelta(days=388, hours=1))


def test_a_name_that_tells_no_time_is_passed_over(stocked: Database) -> None:
    """A file whose name looks like a backup's and is none does not stop anything."""
    stocked.backup_folder.mkdir()
    odd = stocked.backup_folder / "studyapp-20261399T000000Z.db"
    odd.write_bytes(b"")
    made = backup.back_up(stocked, START)
    assert backup.backups(stocked.backup_folder) == (made,)
    assert odd.exists()


def test_a_folder_that_cannot_be_read_is_told(stocked: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk's refusal while backups are listed is a sentence."""
    backup.back_up(stocked, START)

    def refuse(_path: Path, **_options: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(StudyAppError):
        backup.backups(stocked.backup_folder)


def test_looking_at_a_backup_leaves_nothing_beside_it(stocked: Database) -> None:
    """A preview changes neither the file nor its folder, and a backup let go takes its companions along."""
    made = backup.back_up(stocked, START)
    before = made.path.read_bytes()
    made.path.parent.chmod(0o500)
    try:
        assert backup.counts_of(made.path).reviews == 0
    finally:
        made.path.parent.chmod(0o700)
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name]
    assert made.path.read_bytes() == before
    log = made.path.with_name(made.path.name + "-wal")
    log.write_bytes(b"")
    for day in range(1, 12):
        backup.back_up(stocked, START + timedelta(minutes=day))
    assert not made.path.exists()
    assert not log.exists()


@pytest.mark.parametrize(
    ("age", "due"),
    [(timedelta(0), False), (timedelta(hours=23), False), (timedelta(days=1), True), (timedelta(hours=-1), True)],
)
def test_a_backup_is_due_when_the_newest_is_a_day_old(stocked: Database, age: timedelta, due: bool) -> None:
    """None, an old one, or one from the future (a clock that was wrong) call for a backup."""
    assert backup.due(stocked.backup_folder, START)
    backup.back_up(stocked, START)
    assert backup.due(stocked.backup_folder, START + age) is due


def test_a_copy_that_is_not_what_it_was_copied_from_is_not_kept(
    stocked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup gets its name only after it was opened and counted."""
    monkeypatch.setattr(backup, "count", lambda _connection: object())
    with pytest.raises(StudyAppError, match="not kept"):
        backup.back_up(stocked, START)
    assert list(stocked.backup_folder.iterdir()) == []


def test_a_restore_brings_back_the_rows_and_keeps_the_present_ones_in_a_backup(stocked: Database) -> None:
    """After a restore the database is the backup's, and what was there before can be had back the same way."""
    early = backup.back_up(stocked, START)
    _review(stocked)
    backup.restore(stocked, early.path, START + timedelta(hours=1))
    with stocked.raw() as connection:
        assert backup.count(connection).reviews == 0
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    newest = backup.backups(stocked.backup_folder)[0]
    assert backup.counts_of(newest.path).reviews == 1
    backup.restore(stocked, newest.path, START + timedelta(hours=2))
    with stocked.read() as session:
        assert session.value("SELECT count(*) FROM review") == 1
    assert not list(stocked.folder.glob("*.restoring*"))


def _damage(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[100:3000] = b"\xaa" * 2900
    path.write_bytes(whole)


def _make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize("spoil", [_damage, _make_newer, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_backup_that_cannot_be_used_changes_nothing(stocked: Database, spoil: object) -> None:
    """A damaged, newer, missing or empty backup is refused before anything is touched."""
    made = backup.back_up(stocked, START)
    _review(stocked)
    assert callable(spoil)
    spoil(made.path)
    with pytest.raises(StudyAppError):
        backup.restore(stocked, made.path, START + timedelta(days=1))
    with stocked.raw() as connection:
        assert backup.count(connection).reviews == 1
    assert [file.path for file in backup.backups(stocked.backup_folder) if file.path != made.path] == []


@pytest.fixture
def viewer(stocked: Database) -> Iterator[sqlite3.Connection]:
    """Another program that is reading the database."""
    with closing(sqlite3.connect(stocked.path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM item").fetchone()
        yield connection


def test_a_restore_under_another_programs_eyes_is_refused(stocked: Database, viewer: sqlite3.Connection) -> None:
    """A file that is open elsewhere is not replaced; the present data stays in use."""
    early = backup.back_up(stocked, START)
    _review(stocked)
    with pytest.raises(StudyAppError, match="another program"):
        backup.restore(stocked, early.path, START)
    assert viewer.execute("SELECT count(*) FROM item").fetchone() == (8,)
    with stocked.raw() as connection:
        assert backup.count(connection).reviews == 1


def test_a_full_disk_leaves_no_half_backup(stocked: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup that could not be written is told, and nothing with its name is there."""

    def full(*_arguments: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(backup, "_verify", full)
    with pytest.raises(StudyAppError, match="full"):
        backup.back_up(stocked, START)
    assert list(stocked.backup_folder.iterdir()) == []


def test_an_older_backup_is_brought_up_to_date_when_it_comes_back(
    stocked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup of a former schema takes the same steps as a database would, beside the present one."""
    made = backup.back_up(stocked, START)
    with closing(sqlite3.connect(made.path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(schema, "REVISIONS", ("0000", *schema.REVISIONS))
    steps = []

    def migrate(path: Path) -> None:
        steps.append(path)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (schema.HEAD,))

    monkeypatch.setattr("studyapp.storage.migrations.upgrade.migrate", migrate)
    backup.restore(stocked, made.path, START)
    assert len(steps) == 1
    assert schema.inspect(stocked.path).standing is schema.Standing.CURRENT
