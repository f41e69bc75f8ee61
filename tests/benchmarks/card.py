"""From the key that grades a card to the next card painted, in the window over the large database."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studyapp.gui.widgets.review_room import ReviewRoom
from studyapp.services.review import ReviewScope
from tests.benchmarks.common import Figure, Size, copy_of, pair
from tests.benchmarks.in_window import Painted, application, close_window, open_window
from tests.benchmarks.large import large_folder, open_large

GOALS_MS = (8.0, 30.0)
WARM_UP = 10
INSERT = "one SQLite insert and commit, synchronous=FULL"
"""The least that storing an answer can cost on this disk."""


def measure(size: Size) -> list[Figure]:
    """Median and 99th percentile over the answers, with grading and turning the card apart."""
    from studyapp.gui.screen import Place, Route

    app = application()
    with copy_of(large_folder(size)) as data:
        study = open_large(data)
        window = open_window(study)
        window.show_route(Route(Place.FLASHCARDS, ReviewScope()))
        app.processEvents()
        graded, turned, worked = [], [], []
        for number in range(WARM_UP + size.answers):
            room = window.findChild(ReviewRoom)
            if room is None or room.session.current is None:
                raise RuntimeError(f"no card is left after {number} answers")
            show_ms = _press(app, room, Qt.Key.Key_Space)
            begin = time.thread_time_ns()
            next_ms = _press(app, room, Qt.Key.Key_1 if number % 10 == 9 else Qt.Key.Key_3)
            if number >= WARM_UP:
                turned.append(show_ms)
                graded.append(next_ms)
                worked.append((time.thread_time_ns() - begin) / 1e6)
        close_window(window)
        baseline = (INSERT, bare_inserts(data.parent, size.answers))
        study.database.close()
    at = f"{size.notes:,} cards and {size.reviews:,} reviews, offscreen"
    return [
        *pair("grade to next card painted", graded, baseline, GOALS_MS, f"{size.answers} answers, {at}"),
        *pair("grade to next card, CPU time", worked, baseline, note="with throwing the former card away"),
        *pair("space to answer painted", turned, baseline),
    ]


def _press(app: QApplication, room: ReviewRoom, key: Qt.Key) -> float:
    """Milliseconds from the key press to the end of the paint that shows what it led to."""
    begin = time.perf_counter_ns()
    QTest.keyClick(room, key)
    face = room.face
    if face is None:
        raise RuntimeError("the room shows no card")
    painted = Painted(face)
    while not painted.seen:
        app.processEvents()
    spent = (time.perf_counter_ns() - begin) / 1e6
    painted.stop()
    app.processEvents()  # what is left, such as throwing the former card away, delays nobody's eyes
    return spent


def bare_inserts(folder: Path, count: int) -> list[float]:
    """Milliseconds of each of `count` inserts into a small table of a new database in `folder`."""
    spent = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, text TEXT)")
        for number in range(count):
            begin = time.perf_counter_ns()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO answer (text) VALUES (?)", (f"answer {number}",))
            connection.execute("COMMIT")
            spent.append((time.perf_counter_ns() - begin) / 1e6)
    return spent
