"""Opening the learner's database, and the unit of work through which everything is read and written."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from studyapp.core.errors import StudyAppError
from studyapp.storage import schema
from studyapp.storage.faults import explain, explained, is_environment
from studyapp.storage.lock import FolderLock
from studyapp.storage.session import Session

DATABASE_NAME = "progress.db"
BACKUP_FOLDER = "backups"
_BUSY_TIMEOUT_MS = 5000


class Database:
    """The open database of a data folder; nobody else can open that folder until `close`.

    Attributes:
        folder: the data folder.
        path: the database file.
        created: True when this opening made the database.
        changed: True once anything was committed through `write`; the backup on close asks.

    Raises:
        StudyAppError: another program uses the folder; the folder or file cannot be used; the database is damaged,
            foreign, locked or newer than this program. Nothing is ever overwritten.
    """

    def __init__(self, folder: Path, *, busy_timeout_ms: int = _BUSY_TIMEOUT_MS) -> None:
        self.folder = folder
        self.path = folder / DATABASE_NAME
        self.changed = False
        self._busy_timeout_ms = busy_timeout_ms
        _make_folder(folder)
        self._lock = FolderLock(folder)
        try:
            self.created = self._prepare()
        except BaseException:
            self._lock.release()
            raise
        # Connections between two uses; each thread takes one and puts it back, unless it is of a file replaced since.
        self._idle: deque[sqlite3.Connection] = deque()
        self._generation = 0

    @property
    def backup_folder(self) -> Path:
        """Where backups go."""
        return self.folder / BACKUP_FOLDER

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state. Anything changed in it is dropped.

        Raises:
            StudyAppError: the file cannot be read.
        """
        with self._explained(), self._transaction("BEGIN") as connection:
            session = Session(connection)
            try:
                yield session
            finally:
                session.close()
            connection.rollback()

    @contextmanager
    def write(self, *, worth_backup: bool = True) -> Iterator[Session]:
        """A session whose changes are on disk when the block ends, or not stored at all when it raises.

        One at a time: a second one (in another thread) waits for the first; do not nest them. What is not
        `worth_backup` (the window's place) causes no backup on close.

        Raises:
            StudyAppError: the disk is full, the file is read-only, damaged or locked.
        """
        with self._explained(), self._transaction("BEGIN IMMEDIATE") as connection:
            # References are checked at the commit, whatever the order in which rows come.
            connection.execute("PRAGMA defer_foreign_keys = ON")
            session = Session(connection)
            try:
                yield session
                session.flush()
                connection.commit()
            finally:
                session.close()
            self.changed = self.changed or worth_backup

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """A plain connection with the same pragmas and explicit transactions, for backup and examination."""
        with explained(self.path):
            connection = connect(self.path, self._busy_timeout_ms)
            try:
                yield connection
            finally:
                connection.close()

    def replace_with(self, copy: Path) -> None:
        """Put the finished database file `copy` in the place of this one; the next use opens it.

        Every session has to be closed. The folder stays locked throughout.

        Raises:
            StudyAppError: another program has the file open, or the disk refuses; the old database is still there.
        """
        self._close_idle()
        with explained(self.path):
            with closing(connect(self.path, self._busy_timeout_ms)) as connection:
                # Folds the log into the file and removes it, so that none of it can be taken for the new file's.
                (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            if mode != "delete":
                raise StudyAppError(f"{self.path} is open in another program.", "Close that program and try again.")
            try:
                copy.replace(self.path)
            except OSError:
                with suppress(sqlite3.Error), closing(connect(self.path, self._busy_timeout_ms)) as connection:
                    connection.execute("PRAGMA journal_mode = WAL")
                raise
        self._generation += 1
        self._close_idle()
        self.changed = True

    def close(self) -> None:
        """Close the file and let the folder go."""
        self._close_idle()
        self._lock.release()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        """An idle connection, or a new one, in a transaction. Where it fails, closing takes back what was done."""
        generation = self._generation
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = connect(self.path, self._busy_timeout_ms)
        try:
            connection.execute(begin)
            yield connection
        except BaseException:
            connection.close()
            raise
        if generation == self._generation:
            self._idle.append(connection)
        else:
            connection.close()

    def _close_idle(self) -> None:
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with explained(self.path):
                yield
        except (StudyAppError, sqlite3.Error):
            raise
        except Exception as error:
            # SQLAlchemy, when it is in use, wraps the driver's errors.
            cause = getattr(error, "orig", None)
            if isinstance(cause, sqlite3.Error) and is_environment(cause):
                raise explain(cause, self.path) from error
            raise

    def _prepare(self) -> bool:
        found = schema.inspect(self.path)
        if found.standing is schema.Standing.OUTDATED:
            # Alembic takes half a second to import, so only when there is something to do.
            from studyapp.storage.migrations.upgrade import upgrade

            upgrade(self.path, found.revision, self.backup_folder)
        with self.raw() as connection:
            if found.standing is schema.Standing.MISSING:
                schema.create(connection)
            # A restore that was cut off leaves the slower mode, in which a reader and a writer block each other.
            connection.execute("PRAGMA journal_mode = WAL")
            # A write that is taken back tells at the start, not at the first answer, that nothing can be stored.
            # (BEGIN IMMEDIATE alone does not: on a read-only file SQLite quietly begins to read.)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("PRAGMA user_version = 0")
            connection.execute("ROLLBACK")
        return found.standing is schema.Standing.MISSING


def connect(path: Path, busy_timeout_ms: int = _BUSY_TIMEOUT_MS) -> sqlite3.Connection:
    """A connection to a database file with StudyApp's pragmas and explicit transactions."""
    # Used by one thread after another, never by two at once.
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout = {busy_timeout_ms}")
    # FULL: an answer survives a power cut, at about a millisecond each.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, folder) from error
    if not folder.is_dir():
        raise StudyAppError(f"{folder} is a file where a folder is needed.", "Choose another folder with --data-dir.")
