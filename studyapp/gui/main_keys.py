"""The keys that hold on every screen, for the `?` sheet and for Settings."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studyapp.gui.screen import KeyHelp

_ELSEWHERE = (
    ("Ctrl+1 – 7", str(QT_TRANSLATE_NOOP("MainWindow", "Switch to the screen at that place in the sidebar"))),
    ("Ctrl+K", str(QT_TRANSLATE_NOOP("MainWindow", "Find screens, commands, topics, questions and cards"))),
)
_EVERYWHERE = (
    ("Ctrl++  Ctrl+−  Ctrl+0", str(QT_TRANSLATE_NOOP("MainWindow", "Larger text, smaller text, text at 100 %"))),
    ("?", str(QT_TRANSLATE_NOOP("MainWindow", "Show the keys of the screen at hand"))),
    ("Ctrl+Q", str(QT_TRANSLATE_NOOP("MainWindow", "Close the program"))),
)


def everywhere(*, exam: bool = False) -> tuple[KeyHelp, ...]:
    """These keys with their words; while an exam runs, without those that lead elsewhere."""
    lines = _EVERYWHERE if exam else (*_ELSEWHERE, *_EVERYWHERE)
    return tuple(KeyHelp(keys, QCoreApplication.translate("MainWindow", what)) for keys, what in lines)
