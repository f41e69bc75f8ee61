"""Backups, restore, export, erase and the doctor's examination."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from studyapp.services.changes import Changes


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


class DataService(Protocol):
    """The learner's data as a whole."""

    @property
    def folder(self) -> Path: ...
    def backups(self) -> tuple[Backup, ...]: ...
    def back_up(self) -> Backup: ...
    def preview_restore(self, backup: Backup) -> RestorePreview: ...
    def restore(self, backup: Backup) -> Changes:
        """Back up the present state first, then put the backup in its place; all or nothing."""
        ...

    def export(self, target: Path, progress: Callable[[float], None] = lambda _share: None) -> None:
        """Everything the learner did and wrote, as one readable JSON file, written whole or not at all."""
        ...

    def erase(self) -> Changes:
        """Erase all progress after a last backup."""
        ...

    def examine(self) -> tuple[Finding, ...]: ...
