"""The learner's choices, as declared data."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import get_type_hints

import msgspec

from studyapp.core.errors import StudyAppError
from studyapp.services.changes import Area, Changes
from studyapp.services.desk import Desk
from studyapp.storage import settings as storage


class Theme(StrEnum):
    """Appearance."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default.

    Attributes:
        welcomed: the first run was finished or skipped.
        exam_id: blueprint id, empty for "just learning".
        days_off: ISO weekdays (Monday 1 … Sunday 7) without study.
        text_percent: 80 to 200.
        desired_retention: 0.70 to 0.97.
        two_buttons: Again and Good only.
    """

    welcomed: bool = False
    name: str = ""
    exam_id: str = ""
    exam_date: date | None = None
    minutes_per_day: int = 40
    days_off: frozenset[int] = field(default_factory=frozenset)
    new_cards_per_day: int = 15
    desired_retention: float = 0.90
    two_buttons: bool = False
    day_starts_at: int = 4
    theme: Theme = Theme.SYSTEM
    text_percent: int = 100
    reduced_motion: bool = False
    speech: bool = False
    calculator: bool = True


class SettingsService:
    """Settings of the active profile, read from the disk once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: Settings | None = None

    def get(self) -> Settings:
        """The settings; what was never set, or cannot be read, has its default."""
        if self._kept is None:
            with self._desk.database.read() as session:
                stored = storage.values(session, self._desk.profile_id)
            self._kept = _read(stored)
        return self._kept

    def save(self, settings: Settings) -> Changes:
        """Store them; StudyAppError names the first field out of its range."""
        _check(settings)
        before = self.get()
        changed = {
            name: msgspec.json.encode(getattr(settings, name)).decode()
            for name in _FIELDS
            if getattr(settings, name) != getattr(before, name)
        }
        if not changed:
            return Changes.of()
        with self._desk.database.write() as session:
            storage.store(session, self._desk.profile_id, changed)
        self._kept = settings
        return Changes.of(Area.SETTINGS)

    def forget(self) -> None:
        """Read from the disk again: the data was replaced or erased."""
        self._kept = None

    def window_state(self) -> bytes:
        """The window's remembered state, opaque to services; empty at first."""
        with self._desk.database.read() as session:
            return storage.window(session, self._desk.profile_id)

    def save_window_state(self, state: bytes) -> None:
        """Remember the window's state."""
        with self._desk.database.write(worth_backup=False) as session:
            storage.store_window(session, self._desk.profile_id, state)


_FIELDS = get_type_hints(Settings)

_RANGES: dict[str, tuple[str, float, float]] = {
    "minutes_per_day": ("Minutes a day", 5, 600),
    "new_cards_per_day": ("New cards a day", 0, 500),
    "desired_retention": ("Desired retention", 0.70, 0.97),
    "day_starts_at": ("The hour at which a day starts", 0, 23),
    "text_percent": ("Text size in per cent", 80, 200),
}


def _check(settings: Settings) -> None:
    for name, (words, low, high) in _RANGES.items():
        if not low <= getattr(settings, name) <= high:
            raise StudyAppError(f"{words} must be from {low:g} to {high:g}.", "Nothing was changed.")
    if not settings.days_off <= frozenset(range(1, 8)):
        raise StudyAppError("Days off must be days of the week.", "Nothing was changed.")
    if len(settings.days_off) == 7:
        raise StudyAppError("At least one day of the week must be a study day.", "Nothing was changed.")


def _read(stored: dict[str, str]) -> Settings:
    settings = Settings()
    for name, kind in _FIELDS.items():
        if name not in stored:
            continue
        # One bad value must not cost the learner every other setting.
        with suppress(msgspec.MsgspecError, StudyAppError):
            candidate = replace(settings, **{name: msgspec.json.decode(stored[name], type=kind)})
            _check(candidate)
            settings = candidate
    return settings
