"""What the operating system and SQLite complain about, told to a person."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studyapp.core.errors import DamagedError, StudyAppError

RESTORE = (
    "Start StudyApp anew: it offers to put back your newest backup and keeps the damaged files. "
    "Do not copy a backup there yourself; what is left of the damaged database would ruin the copy."
)
"""What to do about a damaged database."""


def explain(error: OSError | sqlite3.Error, where: Path) -> StudyAppError:
    """The error that tells what went wrong at `where`, a file or folder. Nothing stored has been changed."""
    return _explain_os(error, where) if isinstance(error, OSError) else _explain_sqlite(error, where)


@contextmanager
def explained(where: Path) -> Iterator[None]:
    """Turn failures of the disk or of SQLite inside the block into errors a person understands.

    A broken constraint or a malformed statement is a fault of the program and passes unchanged.

    Raises:
        StudyAppError: as `explain` words it.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.Error as error:
        if is_environment(error):
            raise explain(error, where) from error
        raise
    except OSError as error:
        raise explain(error, where) from error


def is_environment(error: BaseException | None) -> bool:
    """True when `error` comes from the disk, the file or another program rather than from a wrong statement."""
    return isinstance(error, sqlite3.Error) and _code(error) in _SENTENCES


def _explain_os(error: OSError, where: Path) -> StudyAppError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return StudyAppError(
            f"StudyApp may not write to {where}.",
            "Choose a folder of your own with --data-dir, or allow writing to this one.",
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StudyAppError(f"{where} is a file where a folder is needed.", "Choose another folder with --data-dir.")
    return StudyAppError(f"{where} cannot be used: {error.strerror or error}.", "Check the disk and the folder.")


def _full(where: Path) -> StudyAppError:
    return StudyAppError(
        f"The disk that holds {where} is full; the last change was not stored.",
        "Free some space, then do it again. Everything stored before is safe.",
    )


_SENTENCES = {
    sqlite3.SQLITE_READONLY: (
        "{where} is read-only, so nothing can be stored.",
        "Allow writing to the file and its folder, or choose another folder with --data-dir.",
    ),
    sqlite3.SQLITE_BUSY: (
        "{where} is locked by another program.",
        "Close programs that have it open (a database viewer, a backup or sync program) and try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "{where} is locked by another program.",
        "Close programs that have it open (a database viewer, a backup or sync program) and try again.",
    ),
    sqlite3.SQLITE_CORRUPT: ("{where} is damaged and was left as it is.", RESTORE),
    sqlite3.SQLITE_NOTADB: ("{where} is not a database and was left as it is.", RESTORE),
    sqlite3.SQLITE_CANTOPEN: (
        "{where} cannot be opened.",
        "Check that the folder exists and that you may read and write in it.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk failed while {where} was read or written.",
        "Check the disk or its connection. Everything stored before is safe.",
    ),
    sqlite3.SQLITE_FULL: ("", ""),
}

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _code(error: sqlite3.Error) -> int:
    # Extended codes carry the primary one in their low byte.
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _explain_sqlite(error: sqlite3.Error, where: Path) -> StudyAppError:
    code = _code(error)
    if code == sqlite3.SQLITE_FULL:
        return _full(where)
    sentence, remedy = _SENTENCES.get(code, ("{where} cannot be used: {error}.", "Run 'studyapp doctor'."))
    kind = DamagedError if code in _DAMAGED else StudyAppError
    return kind(sentence.format(where=where, error=error), remedy)
