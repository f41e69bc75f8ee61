"""Which screens there are, and how each is made when it is first shown; heavy imports wait until then."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from studyapp.gui.screen import Context, Place, Screen


@dataclass(frozen=True, slots=True)
class Entry:
    """A screen in the sidebar: its word (to be translated in the context "MainWindow") and icon."""

    place: Place
    name: str
    icon: str


SIDEBAR = (
    Entry(Place.TODAY, str(QT_TRANSLATE_NOOP("MainWindow", "Today")), "sun"),
    Entry(Place.FLASHCARDS, str(QT_TRANSLATE_NOOP("MainWindow", "Flashcards")), "layers"),
    Entry(Place.PRACTICE, str(QT_TRANSLATE_NOOP("MainWindow", "Practice")), "list-checks"),
    Entry(Place.EXAMS, str(QT_TRANSLATE_NOOP("MainWindow", "Exams")), "timer"),
    Entry(Place.PROGRESS, str(QT_TRANSLATE_NOOP("MainWindow", "Progress")), "chart-no-axes-column"),
    Entry(Place.LIBRARY, str(QT_TRANSLATE_NOOP("MainWindow", "Library")), "library"),
    Entry(Place.SETTINGS, str(QT_TRANSLATE_NOOP("MainWindow", "Settings")), "settings"),
)


def _today(context: Context) -> Screen:
    from studyapp.gui.screens.today import TodayScreen

    return TodayScreen(context)


def _flashcards(context: Context) -> Screen:
    from studyapp.gui.screens.flashcards import FlashcardsScreen

    return FlashcardsScreen(context)


def _practice(context: Context) -> Screen:
    from studyapp.gui.screens.practice import PracticeScreen

    return PracticeScreen(context)


def _exams(context: Context) -> Screen:
    from studyapp.gui.screens.exams import ExamsScreen

    return ExamsScreen(context)


def _progress(context: Context) -> Screen:
    from studyapp.gui.screens.progress import ProgressScreen

    return ProgressScreen(context)


def _library(context: Context) -> Screen:
    from studyapp.gui.screens.library import LibraryScreen

    return LibraryScreen(context)


def _settings(context: Context) -> Screen:
    from studyapp.gui.screens.settings import SettingsScreen

    return SettingsScreen(context)


def _welcome(context: Context) -> Screen:
    from studyapp.gui.screens.welcome import WelcomeScreen

    return WelcomeScreen(context)


MAKERS: dict[Place, Callable[[Context], Screen]] = {
    Place.TODAY: _today,
    Place.FLASHCARDS: _flashcards,
    Place.PRACTICE: _practice,
    Place.EXAMS: _exams,
    Place.PROGRESS: _progress,
    Place.LIBRARY: _library,
    Place.SETTINGS: _settings,
    Place.WELCOME: _welcome,
}
