"""Verified backups of the database, how many of them stay, and putting one back.

A copy is made through SQLite (`Connection.backup`), which sees what is committed even while it still stands in the
write-ahead log; a copy of the file would not. It is checked before it gets its name.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from studyapp.core.errors import StudyAppError
from studyapp.storage import schema
from studyapp.storage.database import Database
from studyapp.storage.faults import explained

KEEP_RECENT = 10
KEEP_WEEKS = 26

_NAME = re.compile(r"^studyapp-(\d{8}T\d{6}Z)(?:-(\d+))?\.db$")
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A finished backup; `made_at` in UTC, `size` in bytes."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What a database holds of the learner's; `last_ms` is the time of the newest answer."""

    reviews: int
    responses: int
    attempts: int
    own_entries: int
    last_ms: int | None


def backups(folder: Path) -> tuple[BackupFile, ...]:
    """The finished backups in `folder`, newest first.

    Raises:
        StudyAppError: the folder cannot be read.
    """
    found = []
    with explained(folder):
        for path in folder.glob("studyapp-*.db") if folder.is_dir() else ():
            # A name that tells no time is somebody else's file; a file may be let go while we look.
            with suppress(ValueError, FileNotFoundError):
                made_at, number = _made_at(path.name)
                found.append((made_at, number, BackupFile(path, made_at, path.stat().st_size)))
    return tuple(backup for *_, backup in sorted(found, key=lambda entry: entry[:2], reverse=True))


def _made_at(name: str) -> tuple[datetime, int]:
    """When a backup of this name was made, and which of that second it is.

    Raises:
        ValueError: no backup of ours has this name.
    """
    match = _NAME.match(name)
    if match is None:
        raise ValueError(name)
    return datetime.strptime(f"{match[1]}+0000", f"{_STAMP}%z"), int(match[2] or 1)


def back_up(database: Database, now: datetime) -> BackupFile:
    """Make and verify a backup of the open database, then let old ones go.

    Raises:
        StudyAppError: the disk is full or read-only, or the copy does not hold what the database holds.
    """
    folder = database.backup_folder
    with explained(folder):
        folder.mkdir(exist_ok=True)
        for cut_off in folder.glob("studyapp-*.partial*"):
            cut_off.unlink(missing_ok=True)
        target = _free_name(folder, now)
        partial = target.with_suffix(".partial")
        try:
            with database.raw() as source:
                # One transaction around copy and count, so that both see the same state.
                source.execute("BEGIN")
                expected = count(source)
                with closing(sqlite3.connect(partial)) as copy:
                    source.backup(copy)
                source.execute("COMMIT")
            _verify(partial, expected)
            partial.replace(target)
        finally:
            _remove(partial)
        for old in _superfluous(backups(folder), now):
            if old.path != target:
                _remove(old.path)
        return BackupFile(target, now.replace(microsecond=0), target.stat().st_size)


def due(folder: Path, now: datetime) -> bool:
    """True when the newest backup is a day old, or there is none."""
    newest = latest(folder, now)
    return newest is None or now - newest.made_at >= timedelta(days=1)


def latest(folder: Path, now: datetime) -> BackupFile | None:
    """The newest backup; one from the future (the clock was wrong) does not count. None when there is none."""
    return next((backup for backup in backups(folder) if backup.made_at <= now), None)


def count(connection: sqlite3.Connection) -> Counts:
    """What the database behind `connection` holds."""
    return Counts(*connection.execute(_COUNTS).fetchone())


_COUNTS = """
SELECT
    (SELECT count(*) FROM review),
    (SELECT count(*) FROM response),
    (SELECT count(*) FROM attempt),
    (SELECT count(*) FROM item WHERE origin <> 'bundled' AND NOT retired)
        + (SELECT count(*) FROM note WHERE origin <> 'bundled' AND NOT retired),
    (SELECT max(at_ms) FROM (SELECT max(at_ms) AS at_ms FROM review UNION ALL SELECT max(at_ms) FROM response))
"""


def counts_of(path: Path) -> Counts:
    """What a backup holds.

    Raises:
        StudyAppError: it is missing, damaged, foreign or newer than this program.
    """
    if schema.inspect(path, finished=True).standing is schema.Standing.MISSING:
        raise StudyAppError(f"{path} holds nothing.", "Choose another backup.")
    with explained(path), closing(schema.finished_file(path)) as connection:
        return count(connection)


def restore(database: Database, source: Path, now: datetime) -> None:
    """Put the backup `source` in the place of the open database, after a backup of the present state.

    The copy is brought up to date and verified beside the database and takes its place in one step; the next session
    sees it.

    Raises:
        StudyAppError: the backup cannot be used, or the present state could not be saved; nothing has changed.
    """
    partial = database.path.with_suffix(".restoring")
    with explained(database.path):
        try:
            copy_whole(source, partial)
            back_up(database, now)
            database.replace_with(partial)
        finally:
            _remove(partial)


def copy_whole(source: Path, target: Path) -> None:
    """Copy the backup `source` to `target`, brought up to date and verified; what a cut off copy left there goes.

    Raises:
        StudyAppError: the backup cannot be used, or the disk refuses; nothing is at `target`.
    """
    expected = counts_of(source)
    outdated = schema.inspect(source, finished=True).standing is schema.Standing.OUTDATED
    with explained(target):
        _remove(target)
        try:
            with closing(schema.finished_file(source)) as stored, closing(sqlite3.connect(target)) as copy:
                stored.backup(copy)
                copy.execute("PRAGMA journal_mode = WAL")
            if outdated:
                from studyapp.storage.migrations.upgrade import migrate

                migrate(target)
            _verify(target, expected)
        except BaseException:
            _remove(target)
            raise


def _verify(path: Path, expected: Counts) -> None:
    with closing(sqlite3.connect(path)) as copy:
        (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        found = count(copy) if verdict == "ok" else None
    if found != expected:
        raise StudyAppError(
            f"The copy {path.name} is not what it was copied from ({verdict}), so it was not kept.",
            "Check the disk, and run 'studyapp doctor'.",
        )


def _superfluous(newest_first: Iterable[BackupFile], now: datetime) -> list[BackupFile]:
    """Every backup but the newest ten and, of those before, the newest of each calendar week for half a year.

    One dated after `now` stays and takes nobody's place: the clock was wrong then or is wrong now.
    """
    weeks: set[tuple[int, int]] = set()
    drop = []
    for number, backup in enumerate(backup for backup in newest_first if backup.made_at <= now):
        if number < KEEP_RECENT:
            continue
        week = backup.made_at.isocalendar()[:2]
        if week in weeks or len(weeks) == KEEP_WEEKS:
            drop.append(backup)
        weeks.add(week)
    return drop


def _free_name(folder: Path, now: datetime) -> Path:
    stamp = now.strftime(_STAMP)
    names = [f"studyapp-{stamp}.db", *(f"studyapp-{stamp}-{number}.db" for number in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
