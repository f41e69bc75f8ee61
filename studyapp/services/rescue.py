"""What to do at the start with a database that is damaged, before anything is open."""

from datetime import datetime
from pathlib import Path

from studyapp.core.clock import Clock
from studyapp.storage import rescue


def newest_backup(folder: Path) -> datetime | None:
    """When the newest sound backup of a data folder was made, in UTC; None when there is none.

    Raises:
        StudyAppError: the folder cannot be read.
    """
    found = rescue.newest_sound(folder)
    return None if found is None else found.made_at


def put_back_newest(folder: Path, clock: Clock) -> Path:
    """Put the newest sound backup in the place of the damaged database; returns the folder that keeps the damaged one.

    Raises:
        StudyAppError: the folder is in use, there is no sound backup, or the disk refuses; all is as before.
    """
    return rescue.put_back(folder, clock.now())
