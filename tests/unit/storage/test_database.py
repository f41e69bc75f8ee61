"""Opening the database, and what stands in the way."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlmodel import select

from studyapp.core.errors import StudyAppError
from studyapp.domain.memory import Rating
from studyapp.storage import schema
from studyapp.storage.database import Database
from studyapp.storage.tables import CardStateRow, ProfileRow
from tests.support.rows import add_finished_quiz, add_reviews


def _refusal(folder: Path) -> StudyAppError:
    with pytest.raises(StudyAppError) as refused:
        Database(folder, busy_timeout_ms=0)
    return refused.value


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    """A new folder gets a database that says so once, and keeps what a unit of work stored."""
    database = Database(tmp_path / "new" / "folder")
    with database.write() as session:
        session.orm.add(ProfileRow(id=1, uuid="u", name="Ada", created_ms=1))
    database.close()
    again = Database(tmp_path / "new" / "folder")
    with again.read() as session:
        found = session.orm.exec(select(ProfileRow)).one()
    again.close()
    assert (database.created, again.created, found.name) == (True, False, "Ada")


def test_a_failed_unit_of_work_stores_nothing(database: Database) -> None:
    """An error inside the block takes back everything the block did."""

    def fail_halfway() -> None:
        with database.write() as session:
            session.orm.add(ProfileRow(id=1, uuid="u", name="", created_ms=1))
            session.orm.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()
    with database.read() as session:
        assert session.orm.exec(select(ProfileRow)).all() == []
    assert not database.changed


def test_a_read_stores_nothing(database: Database) -> None:
    """What is added in a reading session is dropped."""
    with database.read() as session:
        session.orm.add(ProfileRow(id=1, uuid="u", name="", created_ms=1))
    with database.read() as session:
        assert session.orm.exec(select(ProfileRow)).all() == []


def test_only_what_is_worth_a_backup_counts_as_a_change(database: Database) -> None:
    """The window's place is stored without asking for a backup on close; the learner's data asks for one."""
    with database.write(worth_backup=False) as session:
        session.orm.add(ProfileRow(id=1, uuid="u", name="", created_ms=1))
    assert not database.changed
    with database.write() as session:
        session.orm.add(ProfileRow(id=2, uuid="v", name="", created_ms=1))
    assert database.changed


def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    """Foreign keys hold, at the latest when the unit of work ends."""
    with pytest.raises(sqlite3.IntegrityError), database.write() as session:
        session.orm.add(CardStateRow(profile_id=1, card_id="nowhere"))


def test_a_refused_commit_leaves_nothing_behind(stocked: Database) -> None:
    """After a commit that was refused, the next read and the next write are as if it had never been tried."""
    for _ in range(2):
        with pytest.raises(sqlite3.IntegrityError), stocked.write() as session:
            session.run("INSERT INTO mark (profile_id, entry_id, marked, remark, updated_ms) VALUES (9, 'x', 1, '', 0)")
    with stocked.read() as session:
        assert session.value("SELECT count(*) FROM mark") == 0
    with stocked.write() as session:
        session.run("INSERT INTO mark (profile_id, entry_id, marked, remark, updated_ms) VALUES (1, 'x', 1, '', 0)")
    with stocked.raw() as connection:
        assert connection.execute("SELECT count(*) FROM mark").fetchone() == (1,)


def _copy(database: Database) -> Path:
    copy = database.folder / "copy.db"
    with database.raw() as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_a_replacement_that_fails_leaves_readers_and_writers_apart(
    stocked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new file cannot take its place, a reader does not block the next answer, and the old data is there."""
    copy = _copy(stocked)

    def refuse(_path: Path, _target: Path) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StudyAppError):
        stocked.replace_with(copy)
    assert _mode(stocked.path) == "wal"
    with stocked.read() as session:
        assert session.value("SELECT count(*) FROM item") == 8


def test_a_mode_left_by_a_cut_off_restore_is_put_right(tmp_path: Path) -> None:
    """Opening brings the write-ahead log back."""
    database = Database(tmp_path)
    database.close()
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    Database(tmp_path).close()
    assert _mode(database.path) == "wal"


def test_what_opened_the_old_file_is_not_used_again(database: Database) -> None:
    """A read that ends after the file was replaced does not lead later writes into the old one.

    The write-ahead log keeps a file in use from being replaced; another program may have switched it off.
    """
    copy = _copy(database)
    with database.raw() as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with database.read():
        database.replace_with(copy)
    with database.write() as session:
        session.run("INSERT INTO profile (id, uuid, name, created_ms) VALUES (1, 'learner', '', 0)")
    with database.raw() as connection:
        assert connection.execute("SELECT count(*) FROM profile").fetchone() == (1,)


def test_every_commit_is_durable(database: Database) -> None:
    """Sessions and plain connections write ahead, wait for the disk, and hold references."""
    pragmas = ("journal_mode", "synchronous", "foreign_keys")
    with database.write() as session:
        of_session = [session.value(f"PRAGMA {name}") for name in pragmas]
    with database.raw() as connection:
        of_connection = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    assert of_session == of_connection == ["wal", 2, 1]


@pytest.mark.parametrize("table", ["review", "response"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET duration_ms = 0", "DELETE FROM {}"])
def test_the_logs_are_append_only(stocked: Database, table: str, statement: str) -> None:
    """Nothing can change or remove a logged review or answer, not even a statement by hand."""
    with stocked.raw() as connection:
        add_reviews(connection, "law.breach.n001#front", [(Rating.GOOD, 0)])
        add_finished_quiz(connection, "a", {"law.breach.0001": 1.0})
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement.format(table))


def test_an_attempt_answers_each_item_once(stocked: Database) -> None:
    """The log takes no second answer to an item within one attempt."""
    with stocked.raw() as connection:
        add_finished_quiz(connection, "quiz", {"law.breach.0001": 1.0})
        columns = (
            "profile_id, item_id, attempt_id, topic_id, at_ms, offset_min, study_day, kind, response, score, first, "
            "duration_ms, content_hash"
        )
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            connection.execute(
                f"INSERT INTO response (uuid, {columns}) SELECT 'again', {columns} FROM response"  # noqa: S608 - no input
            )


def test_a_second_opener_is_refused_until_the_first_closes(tmp_path: Path) -> None:
    """Two programs on one folder would answer over each other; the second is told so."""
    first = Database(tmp_path)
    assert "already open" in _refusal(tmp_path).sentence
    first.close()
    Database(tmp_path).close()


def test_a_killed_program_leaves_no_lock(tmp_path: Path) -> None:
    """The lock dies with its process; the file it leaves behind locks nobody out."""
    code = (
        "import sys, pathlib; from studyapp.storage.database import Database;"
        "held = Database(pathlib.Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"open\n"
        assert "already open" in _refusal(tmp_path).sentence
        program.kill()
    Database(tmp_path).close()


_WRITER = """
import itertools, pathlib, sys
from studyapp.storage.database import Database
from studyapp.storage.tables import SettingRow
database = Database(pathlib.Path(sys.argv[1]))
for number in itertools.count():
    with database.write() as session:
        session.orm.add(SettingRow(profile_id=1, key=f"{number:06}", value="x" * 1000))
    print(number, flush=True)
"""


def test_what_was_committed_survives_a_kill(tmp_path: Path) -> None:
    """A program killed while it writes loses nothing that it had stored: at most the change under way."""
    database = Database(tmp_path)
    with database.write() as session:
        session.orm.add(ProfileRow(id=1, uuid="u", name="", created_ms=1))
    database.close()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, env=environment
    ) as program:
        assert program.stdout is not None
        stored = [int(program.stdout.readline()) for _ in range(40)]
        program.kill()
        stored += [int(line) for line in program.stdout.read().splitlines() if line.isdigit()]
    again = Database(tmp_path)
    with again.raw() as connection:
        found = [int(key) for (key,) in connection.execute("SELECT key FROM setting ORDER BY key")]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    again.close()
    assert found[: len(stored)] == stored
    assert len(found) <= len(stored) + 1


def _closed_database(folder: Path) -> Path:
    database = Database(folder)
    with database.write() as session:
        session.orm.add_all(ProfileRow(id=n, uuid=f"u{n}", name="x" * 500, created_ms=1) for n in range(100))
    database.close()
    return database.path


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A schema this program does not know is not touched."""
    path = _closed_database(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    assert "newer StudyApp" in _refusal(tmp_path).sentence
    assert path.read_bytes() == before


def test_a_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    """Some other program's database under our name is not taken over."""
    path = tmp_path / "progress.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE notes (id INTEGER)")
    before = path.read_bytes()
    assert "another program" in _refusal(tmp_path).sentence
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A text file under our name survives."""
    path = tmp_path / "progress.db"
    path.write_text("dear diary", encoding="utf-8")
    assert "not a database" in _refusal(tmp_path).sentence
    assert path.read_text(encoding="utf-8") == "dear diary"


def test_a_truncated_database_is_refused(tmp_path: Path) -> None:
    """A file that lost its end is told from a whole one at the start, before anything is written to it."""
    path = _closed_database(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "cut short" in _refusal(tmp_path).sentence
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_damaged_database_is_refused(tmp_path: Path) -> None:
    """Garbage in the first page is reported as damage, not as a traceback."""
    path = _closed_database(tmp_path)
    whole = bytearray(path.read_bytes())
    whole[100:3000] = b"\xaa" * 2900
    path.write_bytes(whole)
    assert "damaged" in _refusal(tmp_path).sentence
    assert path.read_bytes() == whole


def test_damage_met_while_reading_is_told(tmp_path: Path) -> None:
    """Damage further inside shows when it is read, as a sentence with the way out."""
    path = _closed_database(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'profile'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    whole = bytearray(path.read_bytes())
    whole[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(whole)
    database = Database(tmp_path)
    with pytest.raises(StudyAppError, match="damaged"), database.read() as session:
        session.orm.exec(select(ProfileRow)).all()
    database.close()


def test_a_database_locked_by_another_program_is_told(tmp_path: Path) -> None:
    """A database viewer that holds a write lock is named as the reason, at opening and at writing."""
    path = _closed_database(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as viewer:
        viewer.execute("BEGIN IMMEDIATE")
        assert "locked by another program" in _refusal(tmp_path).sentence
        viewer.execute("ROLLBACK")
        database = Database(tmp_path, busy_timeout_ms=0)
        viewer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StudyAppError, match="locked by another program"), database.write() as session:
            session.orm.add(ProfileRow(id=500, uuid="u", name="", created_ms=1))
        viewer.execute("ROLLBACK")
        database.close()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    """--data-dir at a file, or below one, is answered with a sentence."""
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    assert "is a file" in _refusal(file).sentence
    assert "is a file" in _refusal(file / "below").sentence


def test_a_database_that_is_a_folder_is_told(tmp_path: Path) -> None:
    """A folder where the database should be is left alone."""
    (tmp_path / "progress.db").mkdir()
    assert "is a folder" in _refusal(tmp_path).sentence


@contextmanager
def _as_somebody_without_rights(folder: Path) -> Iterator[None]:
    """Root may write anywhere, so as root the test becomes the user 'nobody' for a while."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions work otherwise here")
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that any user can reach."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_told(open_folder: Path) -> None:
    """Where nothing can be stored the program says so at the start, in a new folder or one with data."""
    path = _closed_database(open_folder)
    before = path.read_bytes()
    with _as_somebody_without_rights(open_folder):
        (open_folder / "studyapp.lock").unlink()
        open_folder.chmod(0o500)
        assert "may not write" in _refusal(open_folder).sentence
        assert "may not write" in _refusal(open_folder / "new").sentence
    assert path.read_bytes() == before


def test_a_read_only_database_is_told(open_folder: Path) -> None:
    """A file that cannot be written is found out at the start, not at the first answer."""
    path = _closed_database(open_folder)
    with _as_somebody_without_rights(open_folder):
        path.chmod(0o400)
        assert "read-only" in _refusal(open_folder).sentence


def test_a_full_disk_is_told_and_nothing_is_half_stored(tmp_path: Path) -> None:
    """When the disk is full the change is refused with a sentence, and everything before it is still there."""
    path = _closed_database(tmp_path)
    database = Database(tmp_path)

    def fill_the_disk() -> None:
        with database.write() as session:
            (pages,) = session.rows("PRAGMA page_count")[0]
            # SQLite answers alike whether the disk or the permitted size is exhausted.
            session.run(f"PRAGMA max_page_count = {pages}")
            session.orm.add_all(ProfileRow(id=n, uuid=f"u{n}", name="y" * 5000, created_ms=1) for n in range(200, 300))

    with pytest.raises(StudyAppError, match="full"):
        fill_the_disk()
    database.close()
    assert schema.inspect(path).standing is schema.Standing.CURRENT
    again = Database(tmp_path)
    with again.read() as session:
        assert len(session.orm.exec(select(ProfileRow.id)).all()) == 100
    again.close()


def test_a_first_start_that_was_cut_off_is_made_good(tmp_path: Path) -> None:
    """An empty file, or a database without a single table, is what a killed first start leaves; it is filled."""
    (tmp_path / "progress.db").touch()
    Database(tmp_path).close()
    other = tmp_path / "other"
    other.mkdir()
    with closing(sqlite3.connect(other / "progress.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x)")
        connection.execute("DROP TABLE t")
    Database(other).close()
    assert schema.inspect(other / "progress.db").revision == schema.HEAD
