"""What every screen is: a widget that shows services' values, refreshes from `Changes` and asks for routes.

Screens do not import one another; they emit `go` with a `Route`, and the main window alone knows them all.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studyapp.gui.dialogs import Dialogs
from studyapp.gui.jobs import Jobs
from studyapp.services.changes import Changes
from studyapp.services.study import Study


class Place(StrEnum):
    """The screens by name, in the order of the sidebar."""

    TODAY = "today"
    FLASHCARDS = "flashcards"
    PRACTICE = "practice"
    EXAMS = "exams"
    PROGRESS = "progress"
    LIBRARY = "library"
    SETTINGS = "settings"
    WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Route:
    """Where to go, and with what.

    `payload` by place: flashcards a ReviewScope; practice a PracticeSpec, an attempt id (str: resume it or, when
    finished, show its result) or `Placement()`; exams an attempt id; library an entry id, an EntryQuery or a leaf id
    in an EntryQuery; else None.
    """

    place: Place
    payload: object = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Payload that asks the practice screen for the placement quiz."""


@dataclass(frozen=True, slots=True)
class KeyHelp:
    """One line of the `?` sheet: the keys as shown to the learner and what they do."""

    keys: str
    what: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the composition root hands to every screen."""

    study: Study
    dialogs: Dialogs
    jobs: Jobs


class Screen(QWidget):
    """Base of all screens.

    A screen's `windowTitle` says how far the work at hand is ("Question 3 of 10"); the main window shows it in its own.

    Signals:
        go: a Route the main window should follow.
        changed: Changes a write of this screen made; the main window marks the other screens stale.
        focus_mode: True hides the sidebar (the exam room), False brings it back.
    """

    go = Signal(object)
    changed = Signal(object)
    focus_mode = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context

    def open(self, payload: object) -> None:
        """Called each time the screen is shown, with the route's payload (None from the sidebar)."""

    def refresh(self, changes: Changes) -> None:
        """Read again what the changes touched; called when shown after becoming stale, or at once when visible."""

    def leave(self) -> bool:
        """Called before another screen is shown or the window closes; False keeps this one (a running exam said no)."""
        return True

    def keys(self) -> tuple[KeyHelp, ...]:
        """The keys of the screen at hand, for the `?` sheet."""
        return ()
