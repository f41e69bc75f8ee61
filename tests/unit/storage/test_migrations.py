"""The schema: one truth in three places, and the way from an older one to the newest."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from studyapp.core.errors import StudyAppError
from studyapp.storage import schema
from studyapp.storage.backup import count
from studyapp.storage.database import Database
from studyapp.storage.examine import examine
from studyapp.storage.migrations import upgrade as upgrading
from studyapp.storage.migrations.new import schema_script
from studyapp.storage.tables import Row
from tests.support.clock import START

BEFORE = schema.HEAD
STORED = Path(__file__).parents[2] / "data" / "databases"


def _described(path: Path) -> dict[str, list[str]]:
    """Every table and index of ours by name, its definition cut into parts whose order does not matter."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index') "
            "AND name NOT LIKE 'entry_text%' AND name <> 'alembic_version'"
        ).fetchall()
    return {name: sorted(line.strip().rstrip(",") for line in sql.splitlines()) for name, sql in rows}


def test_the_table_classes_are_what_the_migrations_make(tmp_path: Path) -> None:
    """No column, constraint or index stands in `tables.py` alone, or in the migrations alone."""
    upgrading.migrate(tmp_path / "migrated.db")
    engine = create_engine(f"sqlite:///{(tmp_path / 'created.db').as_posix()}", poolclass=NullPool)
    Row.metadata.create_all(engine)
    assert _described(tmp_path / "created.db") == _described(tmp_path / "migrated.db")


def test_the_schema_script_is_what_the_migrations_make() -> None:
    """A new database, made from `schema.sql`, equals one that came all the way; renew the script when this fails."""
    script = Path(schema.__file__).with_name("schema.sql").read_text(encoding="utf-8")
    assert script == schema_script()


def test_every_revision_is_known() -> None:
    """`schema.REVISIONS` lists the migrations in order, so a start can tell newer from older without Alembic."""
    steps = ScriptDirectory.from_config(upgrading.configuration()).walk_revisions()
    assert tuple(step.revision for step in steps)[::-1] == schema.REVISIONS


def test_a_start_loads_no_alembic() -> None:
    """Opening an up-to-date database does without the migrations' machinery, which takes half a second to load."""
    source = "import sys, studyapp.services.study; sys.exit('alembic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", source], check=False, cwd=Path(__file__).parents[3]).returncode == 0


@pytest.mark.parametrize("version", sorted(path.stem for path in STORED.glob("*.db")))
def test_the_database_of_every_released_version_opens_with_its_rows(version: str, tmp_path: Path) -> None:
    """What a released version stored is all there in this one, and replays to the same states."""
    source = STORED / f"{version}.db"
    with closing(sqlite3.connect(source)) as connection:
        before = count(connection)
    shutil.copy(source, tmp_path / "progress.db")
    database = Database(tmp_path)
    with database.raw() as connection:
        after = count(connection)
        marks = connection.execute("SELECT entry_id, remark FROM mark").fetchall()
    lines = {line.check: line for line in examine(database, START)}
    database.close()
    assert after == before
    assert (after.reviews, after.responses, after.attempts) == (5, 2, 1)
    assert marks == [("law.breach.0001", "again")]
    assert all(lines[name].ok for name in ("integrity", "references", "append-only", "replay", "orphans")), lines


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database of this schema, seen by a program that knows one step more."""
    Database(tmp_path).close()
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "next"))
    versions = tmp_path / "steps"
    shutil.copytree(Path(upgrading.__file__).parent, versions, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(upgrading, "__file__", str(versions / "upgrade.py"))
    monkeypatch.setattr(schema, "HEAD", "next")
    return tmp_path


def _step(folder: Path, body: str) -> None:
    (folder / "steps" / "versions" / "next.py").write_text(
        f'from alembic import op\nrevision = "next"\ndown_revision = "{BEFORE}"\n\n\n'
        f'def upgrade():\n    op.execute("CREATE TABLE extra (id INTEGER)")\n    {body}\n',
        encoding="utf-8",
    )


def test_an_older_database_is_backed_up_and_brought_up_to_date(older: Path) -> None:
    """The step is run once, after a copy of the database as it was."""
    _step(older, 'op.execute("INSERT INTO extra VALUES (7)")')
    database = Database(older)
    with database.raw() as connection:
        extra = connection.execute("SELECT id FROM extra").fetchall()
    database.close()
    assert extra == [(7,)]
    assert schema.inspect(older / "progress.db").standing is schema.Standing.CURRENT
    backup = older / "backups" / f"before-upgrade-from-{BEFORE}.db"
    assert schema.inspect(backup).revision == BEFORE


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        ("raise KeyboardInterrupt", KeyboardInterrupt),
        ("op.execute('NONSENSE')", OperationalError),
        ("op.execute(\"INSERT INTO item_version VALUES ('gone', '', '', '')\")", StudyAppError),
    ],
)
def test_a_migration_that_breaks_off_leaves_the_old_database(
    older: Path, failure: str, error: type[BaseException]
) -> None:
    """Whatever stops a step half-way, the next start finds the old schema whole, and no lock."""
    _step(older, failure)
    with pytest.raises(error):
        Database(older)
    assert schema.inspect(older / "progress.db").revision == BEFORE
    with closing(sqlite3.connect(older / "progress.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
    _step(older, "pass")
    Database(older).close()


def test_a_migration_that_is_killed_leaves_the_old_database(older: Path) -> None:
    """A power cut in the middle of a step is rolled back by the next opening."""
    _step(older, "import os; os._exit(9)")
    code = (
        "import sys, pathlib; from studyapp.storage import schema; from studyapp.storage.migrations import upgrade;"
        "folder = pathlib.Path(sys.argv[1]); upgrade.__file__ = str(folder / 'steps' / 'upgrade.py');"
        "schema.REVISIONS = (*schema.REVISIONS, 'next'); schema.HEAD = 'next';"
        "from studyapp.storage.database import Database; Database(folder)"
    )

    root = Path(__file__).parents[3]
    killed = subprocess.run([sys.executable, "-c", code, str(older)], check=False, cwd=root)
    assert killed.returncode == 9
    assert schema.inspect(older / "progress.db").revision == BEFORE
    with closing(sqlite3.connect(older / "progress.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
