"""The program's window inside the measuring process, offscreen."""

import os

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from studyapp.gui.main_window import MainWindow
from studyapp.services.study import Study


class Painted(QObject):
    """Tells whether a widget was painted since."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)

    def stop(self) -> None:
        """Watch no longer: a widget watched a hundred times over would take long for every event."""
        self._widget.removeEventFilter(self)
        self.deleteLater()


def application() -> QApplication:
    """The application, offscreen unless the environment says otherwise."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication(["benchmark"])


def open_window(study: Study) -> MainWindow:
    """The main window over these services, shown and painted."""
    from studyapp.gui.dialogs import WindowDialogs
    from studyapp.gui.jobs import InlineJobs
    from studyapp.gui.screen import Context
    from studyapp.gui.theme import apply_theme

    settings = study.settings.get()
    apply_theme(application(), settings.theme, settings.text_percent)
    dialogs = WindowDialogs(None)
    window = MainWindow(Context(study, dialogs, InlineJobs()))
    dialogs.set_parent(window)
    window.show()
    window.activateWindow()
    application().processEvents()
    return window


def close_window(window: MainWindow) -> None:
    """Close it for good."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    application().processEvents()
