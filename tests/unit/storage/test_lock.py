"""Who may use a data folder."""

import errno
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.storage import lock
from studyapp.storage.lock import FolderLock


def test_a_folder_is_locked_once_until_it_is_let_go(tmp_path: Path) -> None:
    """A second program is told that the first is open."""
    with FolderLock(tmp_path), pytest.raises(StudyAppError, match="already open"):
        FolderLock(tmp_path)
    FolderLock(tmp_path).release()


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EIO, errno.ENOTSUP])
def test_a_disk_that_cannot_lock_is_not_called_a_second_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Only a lock held by somebody else means that StudyApp is open; other refusals are told as what they are."""

    def refuse(_file: object) -> None:
        raise OSError(number, "the reason")

    monkeypatch.setattr(lock, "_lock", refuse)
    with pytest.raises(StudyAppError, match="the reason"):
        FolderLock(tmp_path)
