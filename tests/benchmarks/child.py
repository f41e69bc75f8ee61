"""The processes whose start and memory are measured: the real program, or a bare window with one label.

`python child.py window|bare` reports to standard output in lines of JSON. Time counts from BENCHMARK_T0, a reading of
the monotonic clock that the parent took just before it started this process. BENCHMARK_IDLE (seconds), when given, has
the memory read after the first paint and that rest, and, of the real program, again after a visit to every screen.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget

VISIT_MS = 700


def say(**values: object) -> None:
    """One line to the parent."""
    print(json.dumps(values), flush=True)


def memory_mb() -> dict[str, float]:
    """Megabytes (10^6 bytes): proportional, private and resident set now, and the largest resident set so far."""
    wanted = {"Pss": "pss", "Rss": "rss", "Private_Clean": "private", "Private_Dirty": "private", "VmHWM": "peak"}
    found: dict[str, float] = {}
    for name in ("smaps_rollup", "status"):
        for line in Path(f"/proc/self/{name}").read_text(encoding="utf-8").splitlines():
            key, _, rest = line.partition(":")
            if key in wanted:
                found[wanted[key]] = found.get(wanted[key], 0.0) + int(rest.split()[0]) * 1024 / 1e6
    return found


class FirstPaint(QObject):
    """Watches one widget and calls `then` when the paint it first took part in is over.

    The filter sits on that widget alone: one on the application would add its own time to every event of the start.
    """

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._widget, self._then = widget, then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            # Widgets paint parents first; a timer of no time rings when the whole window is painted and handed over.
            QTimer.singleShot(0, self._then)
        return super().eventFilter(watched, event)


def report_start() -> None:
    """Tell the time since the process was started."""
    now = time.monotonic_ns()
    say(
        elapsed_s=(now - int(os.environ["BENCHMARK_T0"])) / 1e9,
        cpu_s=time.process_time(),
        platform=QApplication.platformName(),
    )


def report_memory(name: str) -> None:
    """Tell the memory in use."""
    say(memory=name, **memory_mb())


def idle_ms() -> int | None:
    """How long to rest before memory is read; None when it is not to be read."""
    asked = os.environ.get("BENCHMARK_IDLE")
    return None if asked is None else round(float(asked) * 1000)


def run_bare() -> int:
    """A window with one label."""
    app = QApplication(["bare"])
    window = QLabel("A bare window")
    window.resize(1280, 800)

    def painted() -> None:
        report_start()
        rest = idle_ms()
        if rest is None:
            app.quit()
        else:
            QTimer.singleShot(rest, settled)

    def settled() -> None:
        report_memory("settled")
        app.quit()

    FirstPaint(window, painted)
    window.show()
    return app.exec()


def run_real() -> int:
    """The program over the data folder in STUDYAPP_DATA_DIR, up to its first paint (and rest, and every screen)."""
    app = QApplication(["studyapp"])
    from studyapp.app import run_window
    from studyapp.gui.main_window import MainWindow
    from studyapp.gui.screen import Place, Route

    show = MainWindow.show

    def show_watched(window: MainWindow) -> None:
        def painted() -> None:
            report_start()
            rest = idle_ms()
            if rest is None:
                app.quit()
            else:
                QTimer.singleShot(rest, settled)

        def settled() -> None:
            report_memory("settled")
            visit([*(place for place in Place if place is not Place.WELCOME), Place.TODAY])

        def visit(places: list[Place]) -> None:
            if not places:
                QTimer.singleShot(idle_ms() or 0, visited)
                return
            window.show_route(Route(places[0]))
            QTimer.singleShot(VISIT_MS, lambda: visit(places[1:]))

        def visited() -> None:
            report_memory("visited")
            app.quit()

        screen = window.screen_shown
        if screen is None:
            raise RuntimeError("the window has no screen")
        FirstPaint(screen, painted)
        show(window)

    MainWindow.show = show_watched  # type: ignore[method-assign, assignment]
    return run_window(None)


if __name__ == "__main__":
    sys.exit(run_bare() if sys.argv[1] == "bare" else run_real())
