"""A damaged database makes way for a backup, and nothing of it is lost."""

import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from studyapp.core.errors import DamagedError, StudyAppError
from studyapp.domain.memory import Rating
from studyapp.storage import backup, rescue
from studyapp.storage.database import Database
from tests.support.clock import START
from tests.support.rows import add_reviews

LATER = START + timedelta(days=1)


@pytest.fixture
def damaged(stocked: Database) -> Path:
    """A folder whose database has a ruined header and a log full of committed reviews, and two backups."""
    with stocked.raw() as connection:
        add_reviews(connection, "law.breach.n001#front", [(Rating.GOOD, 0)])
    backup.back_up(stocked, START)
    newest = backup.back_up(stocked, START + timedelta(hours=1))
    with closing(sqlite3.connect(stocked.path)) as held:
        held.execute("SELECT count(*) FROM review").fetchone()  # keeps the log from being folded in
        with stocked.raw() as connection:
            add_reviews(connection, "term.heart.n001#word", [(Rating.EASY, day) for day in range(60)])
        stocked.close()
        kept = {path.name: path.read_bytes() for path in stocked.folder.glob("progress.db*")}
    for name, content in kept.items():
        (stocked.folder / name).write_bytes(content)
    with stocked.path.open("r+b") as file:
        file.write(b"\0" * 100)
    assert (stocked.folder / "progress.db-wal").stat().st_size > 0
    # The newest backup is damaged too, so the one before is the newest sound one.
    with newest.path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 20000)
    return stocked.folder


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("progress.db*")}


def test_the_newest_sound_backup_takes_the_place_of_a_damaged_database(damaged: Path) -> None:
    """The damaged file moves aside with its logs, unchanged, and the backup opens whole."""
    with pytest.raises(DamagedError, match="Do not copy a backup there yourself"):
        Database(damaged)
    before = _contents(damaged)
    found = rescue.newest_sound(damaged)
    assert found is not None
    assert found.made_at == START
    aside = rescue.put_back(damaged, LATER)
    assert aside == damaged / "damaged-20261124T191000Z"
    assert _contents(aside) == before
    opened = Database(damaged)
    with opened.raw() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert backup.count(connection).reviews == 1
    opened.close()


@pytest.mark.parametrize("link", [True, False])
def test_a_disk_that_refuses_leaves_everything_as_it_was(
    damaged: Path, monkeypatch: pytest.MonkeyPatch, link: bool
) -> None:
    """When the backup cannot take its place, the damaged files are back in theirs, with their logs."""
    before = _contents(damaged)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.suffix == ".restoring":
            raise PermissionError(13, "in use")
        return replace(path, target)

    def no_link(*_names: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", refuse)
    if not link:
        monkeypatch.setattr(os, "link", no_link)
    with pytest.raises(StudyAppError):
        rescue.put_back(damaged, LATER)
    assert _contents(damaged) == before
    assert not list(damaged.glob("damaged-*"))


def test_without_a_sound_backup_nothing_moves(damaged: Path) -> None:
    """There has to be something to put back."""
    for made in backup.backups(damaged / "backups"):
        made.path.write_bytes(b"no database")
    before = _contents(damaged)
    assert rescue.newest_sound(damaged) is None
    with pytest.raises(StudyAppError, match="no backup"):
        rescue.put_back(damaged, LATER)
    assert _contents(damaged) == before


def test_a_database_in_use_is_not_moved(stocked: Database) -> None:
    """While a program has the folder, nobody puts anything back."""
    backup.back_up(stocked, START)
    with pytest.raises(StudyAppError, match="already open"):
        rescue.put_back(stocked.folder, LATER)
    with stocked.read() as session:
        assert session.value("SELECT count(*) FROM item") == 8
