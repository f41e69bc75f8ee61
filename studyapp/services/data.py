"""Backups, restore, export, erase and the doctor's examination."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studyapp.core.clock import Clock
from studyapp.core.errors import StudyAppError
from studyapp.domain.bank import Bank
from studyapp.domain.study_day import from_ms
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk
from studyapp.services.library import LibraryService
from studyapp.services.settings import SettingsService
from studyapp.storage import backup as storage
from studyapp.storage import content, erase, examine, export, schema
from studyapp.storage.database import DATABASE_NAME, Database
from studyapp.storage.faults import explained
from studyapp.storage.lock import FolderLock

log = logging.getLogger(__name__)

FetchBank = Callable[[], Bank]
"""How to come by the bank again, so that it need not be kept in memory."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a database holds, to compare before a restore."""

    reviews: int
    responses: int
    attempts: int
    own_entries: int
    last_activity: datetime | None


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified backup file."""

    path: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What would change: counts now and in the backup."""

    backup: Backup
    now: Snapshot
    then: Snapshot


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report."""

    check: str
    ok: bool
    sentence: str


class DataService:
    """The learner's data as a whole."""

    def __init__(self, desk: Desk, settings: SettingsService, library: LibraryService, bank: FetchBank | None) -> None:
        self._desk = desk
        self._settings = settings
        self._library = library
        self._bank = bank
        self._daily: threading.Thread | None = None

    def start_daily_backup(self) -> None:
        """Back up beside everything else when the newest backup is a day old; `wait` waits for the end.

        A backup of a large database takes half a second that nobody should wait for at the start. A failure is
        logged: studying goes on without, and the doctor and Settings tell how old the newest backup is.
        """
        if storage.due(self._desk.database.backup_folder, self._desk.clock.now()):
            self._daily = threading.Thread(target=self._back_up_daily, name="daily backup")
            self._daily.start()

    def wait(self) -> None:
        """Return once the daily backup, if one is being made, is done."""
        if self._daily is not None:
            self._daily.join()
            self._daily = None

    def _back_up_daily(self) -> None:
        try:
            storage.back_up(self._desk.database, self._desk.clock.now())
        except StudyAppError:
            log.exception("no daily backup")

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._desk.database.folder

    def backups(self) -> tuple[Backup, ...]:
        """The finished backups, newest first."""
        return tuple(_backup(file) for file in storage.backups(self._desk.database.backup_folder))

    def back_up(self) -> Backup:
        """Make a verified backup now.

        Raises:
            StudyAppError: it could not be written or verified.
        """
        self.wait()
        return _backup(storage.back_up(self._desk.database, self._desk.clock.now()))

    def preview_restore(self, backup: Backup) -> RestorePreview:
        """What there is now and what the backup holds.

        Raises:
            StudyAppError: the backup is missing, damaged or newer than this program.
        """
        with self._desk.database.raw() as connection:
            now = storage.count(connection)
        return RestorePreview(backup, _snapshot(now), _snapshot(storage.counts_of(backup.path)))

    def restore(self, backup: Backup) -> Changes:
        """Back up the present state first, then put the backup in its place; all or nothing.

        Raises:
            StudyAppError: the backup cannot be used, or the present state could not be saved; nothing has changed.
        """
        self.wait()
        storage.restore(self._desk.database, backup.path, self._desk.clock.now())
        return self._begin_anew()

    def export(self, target: Path, progress: Callable[[float], None] = lambda _share: None) -> None:
        """Everything the learner did and wrote, as one readable JSON file, written whole or not at all.

        Raises:
            StudyAppError: the file cannot be written.
        """
        export.write(self._desk.database, target, self._desk.clock.now(), progress)

    def erase(self) -> Changes:
        """Erase all progress after a last backup.

        Own questions and cards, marks, presets and settings go too; the bundled material stays.

        Raises:
            StudyAppError: the backup or the erasing failed; nothing has changed.
        """
        self.wait()
        storage.back_up(self._desk.database, self._desk.clock.now())
        erase.erase(self._desk.database)
        return self._begin_anew()

    def _begin_anew(self) -> Changes:
        """Bring the bank into the changed database, and keep nothing in mind of the former."""
        if self._bank is not None:
            try:
                content.synchronise(self._desk.database, self._bank(), self._desk.now_ms())
            except StudyAppError:
                log.exception("the bank comes in at the next start")
        self._settings.forget()
        self._library.forget()
        return Changes.of(Area.EVERYTHING)

    def examine(self) -> tuple[Finding, ...]:
        """What `studyapp doctor` reports. Reads everything, so it belongs in gui/jobs."""
        return tuple(
            Finding(line.check, line.ok, line.sentence)
            for line in examine.examine(self._desk.database, self._desk.clock.now())
        )


def examine_folder(folder: Path, clock: Clock) -> tuple[Finding, ...]:
    """What `studyapp doctor` reports of a folder that nobody has open, as a bystander: nothing is made nor mended.

    A database that cannot be opened is one failed finding.

    Raises:
        StudyAppError: there is no learner's data.
    """
    path = folder / DATABASE_NAME
    with explained(folder):
        missing = not path.exists()
    if missing:
        raise StudyAppError(
            f"There is no learner's data in {folder}.", "Start the program once, or name its --data-dir."
        )
    try:
        with FolderLock(folder):
            outdated = schema.inspect(path).standing is schema.Standing.OUTDATED
        if outdated:
            return (Finding("database", ok=False, sentence=f"{path} is of an older StudyApp. Start the program once."),)
        database = Database(folder)
    except StudyAppError as error:
        return (Finding("database", ok=False, sentence=str(error)),)
    try:
        lines = examine.examine(database, clock.now())
    finally:
        database.close()
    return tuple(Finding(line.check, line.ok, line.sentence) for line in lines)


def _backup(file: storage.BackupFile) -> Backup:
    return Backup(file.path, file.made_at, file.size)


def _snapshot(counts: storage.Counts) -> Snapshot:
    last = None if counts.last_ms is None else from_ms(counts.last_ms)
    return Snapshot(counts.reviews, counts.responses, counts.attempts, counts.own_entries, last)
