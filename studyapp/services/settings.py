"""The learner's choices, as declared data."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from studyapp.services.changes import Changes


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


class SettingsService(Protocol):
    """Settings of the active profile."""

    def get(self) -> Settings: ...
    def save(self, settings: Settings) -> Changes:
        """Store them; StudyAppError names the first field out of its range."""
        ...

    def window_state(self) -> bytes: ...
    def save_window_state(self, state: bytes) -> None: ...
