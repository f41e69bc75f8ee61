"""The composition root of the window: builds everything, imports everything, decides nothing."""

import gc
import logging
import os
import random
import socket
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from studyapp.core.clock import SystemClock
from studyapp.core.errors import StudyAppError
from studyapp.core.logs import start_logging
from studyapp.core.paths import data_folder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from studyapp.gui.main_window import MainWindow

log = logging.getLogger(__name__)

WINDOW_PACKAGES = (
    "On Debian or Ubuntu: apt-get install libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-shape0 libdbus-1-3 libfontconfig1"
)


def _display_reachable() -> bool:
    """Whether some display server answers; Qt itself would abort the process where none does."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and (Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / wayland).exists():
        return True
    display = os.environ.get("DISPLAY", "")
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host not in {"", "unix"}:
        return True  # a forwarded display: let Qt try
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108  the X server's own fixed place
    for address in (path, "\0" + path):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.settimeout(2)
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False


def _require_window() -> None:
    """Fail with a sentence where Qt would fail with an abort or an import error.

    Raises:
        StudyAppError: no display, or a system library that a window needs is missing.
    """
    if not _display_reachable():
        raise StudyAppError(
            "StudyApp needs a display to show its window, and none can be reached.",
            "Start it from a desktop session; `studyapp check` and `studyapp doctor` work without one.",
        )
    if sys.platform == "linux" and os.environ.get("QT_QPA_PLATFORM", "xcb") == "xcb" and os.environ.get("DISPLAY"):
        import ctypes

        try:
            ctypes.CDLL("libxcb-cursor.so.0")
        except OSError as error:
            raise StudyAppError("A system library for windows is missing: libxcb-cursor.", WINDOW_PACKAGES) from error


def _application() -> "QApplication":
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise StudyAppError(f"Qt cannot be loaded: {error}.", WINDOW_PACKAGES) from error
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["studyapp"])
    app.setApplicationName("StudyApp")
    app.setDesktopFileName("studyapp")
    return app


def _install_excepthook(window: "MainWindow") -> None:
    """An unforeseen error goes to the log and to a dialog; the program goes on with its data safe."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unforeseen error", exc_info=(kind, error, trace))
        window.show_problem(error)

    sys.excepthook = hook


def run_window(data_dir: Path | None) -> int:
    """Open the window over the learner's data; returns the exit code of the event loop, 2 where it cannot open."""
    _require_window()
    folder = data_folder(data_dir)
    # What a start makes, stays: the collector would pass over all of it several times and find nothing.
    gc.disable()

    # Before Qt: once loaded, it reads the source of every module imported, to see whether that uses Qt.
    from studyapp.banks.compiled import bundled_bank
    from studyapp.services.study import open_study

    app = _application()

    from studyapp.gui.dialogs import WindowDialogs
    from studyapp.gui.jobs import WorkerJobs
    from studyapp.gui.main_window import MainWindow
    from studyapp.gui.screen import Context
    from studyapp.gui.theme import apply_theme

    study = None
    while study is None:
        try:
            _make_folder(folder)
            start_logging(folder)
            bank = bundled_bank()
            study = open_study(folder, SystemClock(), random.SystemRandom(), bank, fetch_bank=bundled_bank)
            del bank
        except StudyAppError as error:
            if not _resolved(error, folder, app):
                return 2

    settings = study.settings.get()
    apply_theme(app, settings.theme, settings.text_percent)
    jobs = WorkerJobs()
    dialogs = WindowDialogs(None)
    window = MainWindow(Context(study, dialogs, jobs))
    dialogs.set_parent(window)
    _install_excepthook(window)
    window.show()
    gc.freeze()
    gc.enable()
    try:
        return app.exec()
    finally:
        jobs.wait()
        study.close()


def _make_folder(folder: Path) -> None:
    """Have the data folder there.

    Raises:
        StudyAppError: it cannot be made, or a file is in its place.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise StudyAppError(f"{folder} is a file, not a folder.", "Name another --data-dir.") from error
    except OSError as error:
        raise StudyAppError(
            f"The data folder {folder} cannot be made: {error.strerror}.", "Name another --data-dir."
        ) from error


def _resolved(error: StudyAppError, folder: Path, app: "QApplication") -> bool:
    """Tell why the data cannot be opened; whether that was mended and opening may be tried again."""
    from studyapp.gui.dialogs import WindowDialogs
    from studyapp.gui.rescue import resolve
    from studyapp.gui.theme import apply_theme
    from studyapp.services.settings import Settings

    log.warning("not opened: %s", error)
    print(f"studyapp: {error}", file=sys.stderr)  # noqa: T201  for whoever started it from a terminal
    defaults = Settings()
    apply_theme(app, defaults.theme, defaults.text_percent)
    return resolve(error, folder, SystemClock(), WindowDialogs(None))


def render_screens(folder: Path, theme: str, scale: float, size: tuple[int, int]) -> list[Path]:
    """Render every screen offscreen from a deterministic sample learner, one PNG each, and return their paths.

    Raises:
        StudyAppError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudyAppError(f"The folder {folder} cannot be made: {error.strerror}.", "Name another one.") from error
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _application()
    from studyapp.gui.screenshots import render_all

    return render_all(folder, theme, scale, size)
