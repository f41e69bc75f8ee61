"""What the person is asked when the program cannot open the learner's data."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from studyapp.core.clock import Clock
from studyapp.core.errors import DamagedError, StudyAppError
from studyapp.gui.dialogs import Dialogs
from studyapp.gui.widgets.dates import local, moment_words
from studyapp.services import rescue


def resolve(error: StudyAppError, folder: Path, clock: Clock, dialogs: Dialogs) -> bool:
    """Tell why the data cannot be opened; when it is damaged, offer to put back the newest backup.

    Returns:
        Whether a backup stands in its place now, so that the start can go on.
    """
    if not isinstance(error, DamagedError):
        dialogs.error(error.sentence, error.remedy)
        return False
    try:
        made_at = rescue.newest_backup(folder)
        if made_at is None:
            dialogs.error(error.sentence, _tr("There is no backup to put back. Close StudyApp and keep the file safe."))
            return False
        when = moment_words(local(clock, made_at))
        wanted = dialogs.confirm(
            error.sentence,
            _tr(
                "Your newest backup is from {when}. What you did after that is not in it. "
                "The damaged files are kept in a folder of their own."
            ).format(when=when),
            _tr("Put back the backup of {when}").format(when=when),
            _tr("Quit"),
        )
        if wanted:
            rescue.put_back_newest(folder, clock)
    except StudyAppError as failure:
        dialogs.error(failure.sentence, failure.remedy)
        return False
    return wanted


def _tr(text: str) -> str:
    return QCoreApplication.translate("rescue", text)
