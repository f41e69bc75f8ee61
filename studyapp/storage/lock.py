"""One program at a time on a data folder.

The lock is the operating system's, on an open file: it goes away with the process, however that ends, and
a file left behind means nothing.
"""

import errno
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from studyapp.core.errors import StudyAppError
from studyapp.storage.faults import explain

LOCK_NAME = "studyapp.lock"

# How flock (POSIX) and the C library of Windows say that somebody else holds the lock; anything else is a fault of the
# disk, for instance a network folder that keeps no locks.
_TAKEN = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class FolderLock:
    """An exclusive lock on a folder, held until `release` or the end of the process.

    Raises:
        StudyAppError: another program holds it, or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / LOCK_NAME
        try:
            # Held for the life of the lock, so no `with`.
            self._file: IO[bytes] | None = self.path.open("ab")
        except OSError as error:
            raise explain(error, folder) from error
        try:
            _lock(self._file)
        except OSError as error:
            self._file.close()
            self._file = None
            if error.errno not in _TAKEN:
                raise explain(error, self.path) from error
            raise StudyAppError(
                f"StudyApp is already open with the data in {folder}.",
                "Use the window that is open, or close it first.",
            ) from error

    def release(self) -> None:
        """Let the folder go; harmless when it is already gone."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
