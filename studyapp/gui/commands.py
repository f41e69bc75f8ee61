"""The commands that the palette offers beside screens, and the targets it finds in the material."""

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studyapp.gui.screen import Place, Route
from studyapp.gui.screen_list import SIDEBAR
from studyapp.gui.widgets.markup import plain
from studyapp.gui.widgets.palette import Target
from studyapp.services.library import EntryKind, EntryQuery, LibraryService
from studyapp.services.practice import ItemStatus, questions_with, ten_questions
from studyapp.services.review import ReviewScope

FOUND = 30


class Command(StrEnum):
    """What the main window does itself when chosen."""

    WEAKEST = "weakest"
    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"
    LARGER = "larger"
    SMALLER = "smaller"
    NORMAL = "normal"
    BACK_UP = "back_up"
    KEYS = "keys"
    WELCOME = "welcome"


def _tr(text: str) -> str:
    return QCoreApplication.translate("MainWindow", text)


_STARTS: tuple[tuple[str, str, Route], ...] = (
    (str(QT_TRANSLATE_NOOP("MainWindow", "Start 10 questions")), "play", Route(Place.PRACTICE, ten_questions())),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Review due cards")), "layers", Route(Place.FLASHCARDS, ReviewScope())),
    (
        str(QT_TRANSLATE_NOOP("MainWindow", "Practice missed questions")),
        "rotate-ccw",
        Route(Place.PRACTICE, questions_with(ItemStatus.MISSED)),
    ),
    (
        str(QT_TRANSLATE_NOOP("MainWindow", "Practice marked questions")),
        "bookmark",
        Route(Place.PRACTICE, questions_with(ItemStatus.MARKED)),
    ),
)

_COMMANDS: tuple[tuple[str, str, Command], ...] = (
    (str(QT_TRANSLATE_NOOP("MainWindow", "Practice the weakest topics")), "target", Command.WEAKEST),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Light colors")), "sun", Command.LIGHT),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Dark colors")), "moon", Command.DARK),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Colors of the system")), "monitor", Command.SYSTEM),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Larger text")), "plus", Command.LARGER),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Smaller text")), "minus", Command.SMALLER),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Text at 100 %")), "percent", Command.NORMAL),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Back up now")), "hard-drive", Command.BACK_UP),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Keys of this screen")), "keyboard", Command.KEYS),
    (str(QT_TRANSLATE_NOOP("MainWindow", "Set up again")), "graduation-cap", Command.WELCOME),
)


def fixed_targets(library: LibraryService) -> tuple[Target, ...]:
    """Screens, commands and topics."""
    command = _tr("Command")
    screens = (Target(_tr(entry.name), _tr("Screen"), entry.icon, Route(entry.place)) for entry in SIDEBAR)
    starts = (Target(_tr(name), command, icon, route) for name, icon, route in _STARTS)
    others = (Target(_tr(name), command, icon, action) for name, icon, action in _COMMANDS)
    topics = (
        Target(topic.title, subject.title, "tag", Route(Place.LIBRARY, EntryQuery(topics=frozenset({topic.id}))))
        for subject in library.taxonomy().subjects
        for topic in subject.topics
    )
    return (*screens, *starts, *others, *topics)


class MaterialSearch:
    """Finds questions and cards in the library for the palette."""

    def __init__(self, library: LibraryService) -> None:
        self._library = library

    def __call__(self, query: str) -> tuple[Target, ...]:
        names = {EntryKind.ITEM: (_tr("Question"), "circle-question-mark"), EntryKind.NOTE: (_tr("Card"), "layers")}
        return tuple(
            Target(
                plain(entry.title),
                f"{names[entry.kind][0]} · {entry.topic_title}",
                names[entry.kind][1],
                Route(Place.LIBRARY, entry.id),
            )
            for entry in self._library.entries(EntryQuery(text=query, limit=FOUND))
        )
