"""Putting a backup in the place of a database that is damaged, which is kept aside.

Not for a person to do by hand: a backup copied over a damaged file would be read together with the write-ahead log that
still lies beside that file, and be ruined by it.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from studyapp.core.errors import StudyAppError
from studyapp.storage import backup, schema
from studyapp.storage.backup import BackupFile
from studyapp.storage.database import BACKUP_FOLDER, DATABASE_NAME
from studyapp.storage.faults import explained
from studyapp.storage.lock import FolderLock

_LOGS = ("-wal", "-shm", "-journal")


def newest_sound(folder: Path) -> BackupFile | None:
    """The newest backup of a data folder that opens and is whole; None when there is none.

    Raises:
        StudyAppError: the folder cannot be read.
    """
    for found in backup.backups(folder / BACKUP_FOLDER):
        # One that is damaged or newer than this program is passed over.
        with suppress(StudyAppError, sqlite3.Error):
            if schema.inspect(found.path, finished=True).standing is not schema.Standing.MISSING:
                with closing(schema.finished_file(found.path)) as connection:
                    if connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",):
                        return found
    return None


def put_back(folder: Path, now: datetime) -> Path:
    """Put the newest sound backup in the place of the data folder's damaged database, which nobody may have open.

    Nothing is deleted: the database and its logs move to a folder of their own. However this is cut off, either the
    damaged database or the backup stands in its place.

    Returns:
        The folder that keeps the damaged files.

    Raises:
        StudyAppError: the folder is in use, there is no sound backup, or the disk refuses; all is as before.
    """
    path = folder / DATABASE_NAME
    with FolderLock(folder), explained(folder):
        chosen = newest_sound(folder)
        if chosen is None:
            raise StudyAppError("There is no backup to put back.", "Keep the damaged file safe.")
        partial = path.with_suffix(".restoring")
        backup.copy_whole(chosen.path, partial)
        try:
            aside = _free_folder(folder, now)
            moved = []
            try:
                for name in (DATABASE_NAME + suffix for suffix in _LOGS):
                    if (folder / name).exists():
                        (folder / name).rename(aside / name)
                        moved.append(name)
                _keep(path, aside / DATABASE_NAME)
                moved.append(DATABASE_NAME)
                partial.replace(path)
            except BaseException:
                for name in moved:
                    if (folder / name).exists():
                        (aside / name).unlink()  # a second name for the same file
                    else:
                        (aside / name).rename(folder / name)
                aside.rmdir()
                raise
        finally:
            partial.unlink(missing_ok=True)
    return aside


def _keep(path: Path, kept: Path) -> None:
    """Have the file at `kept` too, so that its place is never empty."""
    try:
        os.link(path, kept)
    except OSError:
        # A file system without a second name for a file.
        path.rename(kept)


def _free_folder(folder: Path, now: datetime) -> Path:
    stamp = f"damaged-{now:%Y%m%dT%H%M%SZ}"
    names = [stamp, *(f"{stamp}-{number}" for number in range(2, 1000))]
    free = next(folder / name for name in names if not (folder / name).exists())
    free.mkdir()
    return free
