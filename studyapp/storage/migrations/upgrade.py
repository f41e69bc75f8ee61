"""Bringing an older database to the newest schema; the only door through which Alembic is loaded."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from studyapp.core.errors import DamagedError, StudyAppError
from studyapp.storage.faults import RESTORE, explained, is_environment
from studyapp.storage.schema import APPLICATION_ID


def configuration() -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def upgrade(path: Path, revision: str, backup_folder: Path) -> Path:
    """Back up the database at `path`, then run every step from `revision` on in one transaction.

    Returns:
        The backup's path.

    Raises:
        StudyAppError: the backup could not be made, or a step broke a reference; the database is as before.
    """
    with explained(path):
        backup = _back_up(path, revision, backup_folder)
        try:
            migrate(path)
        except DBAPIError as error:
            # The disk's and the file's failures are for `explained`; a wrong statement is the step's fault.
            if isinstance(error.orig, sqlite3.Error) and is_environment(error.orig):
                raise error.orig from error
            raise
    return backup


def migrate(path: Path, target: str = "head") -> None:
    """Run the steps up to `target` on the file at `path`, all or nothing."""
    engine = create_engine(f"sqlite:///{path.as_posix()}", poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous = FULL")
        # A step that rebuilds a table drops it for a moment; references are checked before the commit instead.
        connection.execute("PRAGMA foreign_keys = OFF")

    config = configuration()
    with engine.connect() as connection:
        # Sent by hand: the driver would begin only at the first INSERT and leave the DDL outside.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StudyAppError(
                f"{path} could not be brought up to date: {len(broken)} of its rows refer to rows that are missing.",
                "It was left as it is. Restore a backup, or send the file along when asking.",
            )
        connection.commit()


def _back_up(path: Path, revision: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"before-upgrade-from-{revision}.db"
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    source, copy = sqlite3.connect(path), sqlite3.connect(partial)
    try:
        source.backup(copy)
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    finally:
        copy.close()
        source.close()
    if verdict != "ok":
        partial.unlink(missing_ok=True)
        raise DamagedError(f"{path} is damaged ({verdict}), so it was not brought up to date.", RESTORE)
    partial.replace(target)
    return target
