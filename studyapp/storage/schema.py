"""Which schema a database file has, and making a new one; stdlib only, so that a start loads no Alembic.

`schema.sql` is what the migrations make of nothing (a test compares them), because running Alembic
for every new database would cost more than half a second.
"""

import sqlite3
import struct
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from pathlib import Path

from studyapp.core.errors import DamagedError, StudyAppError
from studyapp.storage.faults import RESTORE, explained

REVISIONS = ("0001",)
"""Every schema revision this program knows, oldest first (a test compares them with the migrations)."""

HEAD = REVISIONS[-1]

APPLICATION_ID = 0x53545544
"""Marks the file as StudyApp's in its header ("STUD")."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100


class Standing(Enum):
    """What a database file needs before it can be used."""

    MISSING = "missing"
    CURRENT = "current"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file's standing and, unless it is missing, its schema revision."""

    standing: Standing
    revision: str = ""


def inspect(path: Path, *, finished: bool = False) -> Inspection:
    """Look at a database file without changing it; a `finished` one is a backup, which nobody writes to.

    Raises:
        StudyAppError: it is damaged, not a database, not StudyApp's, or made by a newer StudyApp.
    """
    with explained(path):
        if path.is_dir():
            raise StudyAppError(f"{path} is a folder where a file is needed.", "Move that folder elsewhere.")
        if not path.exists() or path.stat().st_size == 0:
            return Inspection(Standing.MISSING)
        _check_header(path)
        connection = finished_file(path) if finished else sqlite3.connect(path, isolation_level=None)
        try:
            revision = _revision(connection, path)
        finally:
            connection.close()
    if revision is None:
        return Inspection(Standing.MISSING)
    if revision not in REVISIONS:
        raise StudyAppError(
            f"{path} was written by a newer StudyApp than this one and was left as it is.",
            "Install the newest StudyApp to open it.",
        )
    return Inspection(Standing.CURRENT if revision == HEAD else Standing.OUTDATED, revision)


def finished_file(path: Path) -> sqlite3.Connection:
    """A connection that reads a file which nobody writes to, and leaves nothing beside it."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def create(connection: sqlite3.Connection) -> None:
    """Make the newest schema in an empty database, whole or not at all."""
    script = files("studyapp.storage").joinpath("schema.sql").read_text(encoding="utf-8")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION_ID};\nCOMMIT;")


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    if len(header) < _HEADER_SIZE or not header.startswith(_MAGIC):
        raise DamagedError(f"{path} is not a database and was left as it is.", RESTORE)
    # https://www.sqlite.org/fileformat.html, 1.3: page size (1 stands for 65,536) and number of pages.
    (stored_size,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    page_size = 65536 if stored_size == 1 else stored_size
    # With a write-ahead log beside it the main file may rightly be shorter than its header says.
    logged = path.with_name(path.name + "-wal")
    if path.stat().st_size < pages * page_size and not logged.exists():
        raise DamagedError(f"{path} is cut short and was left as it is.", RESTORE)


def _revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """The stored revision; None when the database holds nothing at all (a first start that was cut off)."""
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    row = None
    if application_id == APPLICATION_ID and "alembic_version" in tables:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise StudyAppError(
            f"{path} is a database of another program and was left as it is.",
            "Choose another folder with --data-dir.",
        )
    return str(row[0])
