"""Search as you type over the large database: the service alone, and the Library to its painted table."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView

from studyapp.gui.main_window import MainWindow
from studyapp.gui.screen import Place, Route
from studyapp.services.library import EntryQuery, LibraryService
from studyapp.storage.database import DATABASE_NAME
from tests.benchmarks.common import Figure, Size, copy_of, pair
from tests.benchmarks.in_window import Painted, application, close_window, open_window
from tests.benchmarks.large import large_folder, open_large, words_to_type

GOAL_MS = 10.0
LIKE = "LIKE '%…%' over title and text of the notes"


def measure(size: Size) -> list[Figure]:
    """Median and 99th percentile over the keystrokes of some words, typed from the first letter to the last."""
    application()
    words = words_to_type(size.words)
    with copy_of(large_folder(size)) as data:
        study = open_large(data)
        limit = EntryQuery().limit
        baseline = (LIKE, [_like(data / DATABASE_NAME, prefix, limit) for prefix in _keystrokes(words)])
        _search(study.library, "warm up")  # statements are compiled on first use
        served = [_search(study.library, prefix) for prefix in _keystrokes(words)]
        short = [spent for spent, prefix in zip(served, _keystrokes(words), strict=True) if len(prefix) <= 2]
        window = open_window(study)
        painted, pause_ms = _typed(window, words)
        close_window(window)
        study.database.close()
    note = f"{len(served)} keystrokes of {size.words} words, {size.notes:,} notes"
    screen = f"offscreen, with the screen's pause of {pause_ms} ms before it searches set to nothing"
    return [
        *pair("search, a keystroke in the service", served, baseline, (GOAL_MS, GOAL_MS), note),
        *pair("search, the first two letters", short, baseline),
        *pair("search, a keystroke to the table painted", painted, baseline, (None, None), screen),
    ]


def _keystrokes(words: list[str]) -> list[str]:
    return [word[:length] for word in words for length in range(1, len(word) + 1)]


def _search(library: LibraryService, prefix: str) -> float:
    begin = time.perf_counter_ns()
    library.entries(EntryQuery(text=prefix))
    return (time.perf_counter_ns() - begin) / 1e6


def _like(path: Path, prefix: str, limit: int) -> float:
    with closing(sqlite3.connect(path)) as connection:
        begin = time.perf_counter_ns()
        wanted = f"%{prefix}%"
        connection.execute(
            "SELECT id, title FROM note WHERE title LIKE ? OR payload LIKE ? LIMIT ?", (wanted, wanted, limit)
        ).fetchall()
        return (time.perf_counter_ns() - begin) / 1e6


def _typed(window: MainWindow, words: list[str]) -> tuple[list[float], int]:
    """Milliseconds of each keystroke, and the pause that the screen would make before it searches."""
    app = application()
    window.show_route(Route(Place.LIBRARY))
    screen = window.screen_shown
    if screen is None:
        raise RuntimeError("the window has no screen")
    field, view = screen.findChild(QLineEdit), screen.findChild(QTableView)
    pause = next(timer for timer in screen.findChildren(QTimer) if timer.isSingleShot())
    if field is None or view is None:
        raise RuntimeError("the library has no search field or no table")
    pause_ms = pause.interval()
    pause.setInterval(0)
    field.setFocus()
    app.processEvents()
    spent = []
    for word in words:
        field.clear()
        _settle(app)
        for letter in word:
            spent.append(_key(app, field, view, letter))
            _settle(app)
    return spent, pause_ms


def _key(app: QApplication, field: QLineEdit, view: QTableView, letter: str) -> float:
    filled: list[bool] = []
    view.model().modelReset.connect(lambda: filled.append(True))
    painted = Painted(view.viewport())
    begin = time.perf_counter_ns()
    QTest.keyClicks(field, letter)
    while not filled:
        app.processEvents()
    painted.seen = False
    # The table is filled within one event; its paint is one of the next.
    view.viewport().update()
    while not painted.seen and view.isVisible():
        app.processEvents()
    spent = (time.perf_counter_ns() - begin) / 1e6
    painted.stop()
    return spent


def _settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
