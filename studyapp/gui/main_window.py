"""The window: a sidebar, one screen at a time, and what holds everywhere (keys, palette, theme, errors, closing)."""

import logging
import traceback
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import QByteArray, QObject, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from studyapp.core.errors import StudyAppError
from studyapp.gui.commands import Command, MaterialSearch, fixed_targets
from studyapp.gui.icons import icon
from studyapp.gui.main_keys import everywhere
from studyapp.gui.screen import Context, Place, Route, Screen
from studyapp.gui.screen_list import MAKERS, SIDEBAR
from studyapp.gui.theme import apply_theme, px, set_reduced_motion, watcher
from studyapp.gui.widgets.keys_sheet import KeysSheet
from studyapp.gui.widgets.palette import Palette
from studyapp.gui.widgets.sidebar import Sidebar
from studyapp.services.changes import Area, Changes
from studyapp.services.settings import Settings, Theme

log = logging.getLogger(__name__)

WORDS_FROM = 900  # width at 100 % text from which the sidebar shows words
TEXT_STEP = 10
SIZE = (1280, 800)
SMALLEST = (640, 480)
FRAME = QSize(16, 56)  # about what the desktop's title bar and borders take
PRESSES_MS = 150  # text size keys that come closer than this change the text once


class MainWindow(QMainWindow):
    """All screens and the way between them; the only code that knows them all."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._screens: dict[Place, Screen] = {}
        self._stale: dict[Place, frozenset[Area]] = {}
        self._place: Place | None = None
        self._focused_work = False
        self._telling = False
        self._applied: Settings | None = None
        self._percent: int | None = None  # the text size asked for last, until it is stored
        self._presses = QTimer(self)
        self._presses.setSingleShot(True)
        self._presses.setInterval(PRESSES_MS)
        self._presses.timeout.connect(self._store_percent)
        self._ways_out: list[QShortcut] = []
        self.setWindowTitle("StudyApp")
        self.setWindowIcon(icon("graduation-cap", "accent"))
        self.setMinimumSize(*SMALLEST)
        self.sidebar = Sidebar("StudyApp")
        self.stack = QStackedWidget()
        self._lay_out()
        self._install_keys()
        settings = context.study.settings.get()
        self._apply(settings)
        self._restore_size()
        watcher().changed.connect(self._restyled)
        self.show_route(Route(Place.TODAY if settings.welcomed else Place.WELCOME))

    def _lay_out(self) -> None:
        centre = QWidget()
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        for number, entry in enumerate(SIDEBAR, start=1):
            at_bottom = entry.place is Place.SETTINGS
            self.sidebar.add(entry.place, self.tr(entry.name), entry.icon, f"Ctrl+{number}", at_bottom)
        self.sidebar.chosen.connect(self._chosen)

    def _install_keys(self) -> None:
        for number, entry in enumerate(SIDEBAR, start=1):
            self._ways_out.append(QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self._chosen, entry.place)))
        self._ways_out.append(QShortcut(QKeySequence("Ctrl+K"), self, self.open_palette))
        QShortcut(QKeySequence("?"), self, self.show_keys)
        QShortcut(QKeySequence("Ctrl+Q"), self, self.close)
        for sequence, command in (
            ("Ctrl++", Command.LARGER),
            ("Ctrl+=", Command.LARGER),
            ("Ctrl+-", Command.SMALLER),
            ("Ctrl+0", Command.NORMAL),
        ):
            QShortcut(QKeySequence(sequence), self, partial(self.do, command))

    # Going from screen to screen

    @property
    def place(self) -> Place | None:
        """Which screen is shown."""
        return self._place

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that is shown."""
        return None if self._place is None else self._screens.get(self._place)

    def _chosen(self, place: object) -> None:
        if isinstance(place, Place):
            self.show_route(Route(place))

    @Slot(object)
    def show_route(self, route: object) -> None:
        """Show a screen with its payload; the one at hand may refuse to be left."""
        if not isinstance(route, Route):
            return
        shown = self.screen_shown
        if shown is not None and not shown.leave():
            self._mark()
            return
        screen = self._screen(route.place)
        self._place = route.place
        self._focus_on(sidebar=route.place is not Place.WELCOME, ways_out=True)
        self.stack.setCurrentWidget(screen)
        self._mark()
        areas = self._stale.pop(route.place, frozenset())
        try:
            if areas:
                screen.refresh(Changes(areas))
            screen.open(route.payload)
        except StudyAppError as error:
            self.show_problem(error)
        if not self._has_focus(screen):
            screen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self, screen: Screen) -> bool:
        # The window's own, which holds while another window is active, too; the stubs forget that there may be none.
        focus = cast("QWidget | None", self.focusWidget())
        return focus is not None and (focus is screen or screen.isAncestorOf(focus))

    def _screen(self, place: Place) -> Screen:
        if place not in self._screens:
            screen = MAKERS[place](self.context)
            screen.go.connect(self.show_route)
            screen.changed.connect(self._written)
            screen.focus_mode.connect(self.set_focused_work)
            screen.windowTitleChanged.connect(self._retitle)
            self.stack.addWidget(screen)
            self._screens[place] = screen
        return self._screens[place]

    def _mark(self) -> None:
        self.sidebar.mark(self._place)
        self._retitle()

    def _retitle(self, _title: str = "") -> None:
        shown = self.screen_shown
        work = shown.windowTitle() if shown is not None else ""
        self.setWindowTitle(f"{work} – StudyApp" if work else "StudyApp")

    @Slot(bool)
    def set_focused_work(self, on: bool) -> None:
        """Hide the sidebar while the exam room wants the whole window; the keys that lead elsewhere do nothing then."""
        self._focus_on(sidebar=not on, ways_out=not on)

    def _focus_on(self, *, sidebar: bool, ways_out: bool) -> None:
        self._focused_work = not ways_out
        self.sidebar.setVisible(sidebar)
        for shortcut in self._ways_out:
            shortcut.setEnabled(ways_out)

    # Writes

    @Slot(object)
    def _written(self, changes: object) -> None:
        if not isinstance(changes, Changes) or not changes.areas:
            return
        sender = self.sender()
        self._spread(changes, sender if isinstance(sender, Screen) else None)

    def _spread(self, changes: Changes, source: QObject | None) -> None:
        if changes.areas & {Area.SETTINGS, Area.EVERYTHING}:
            self._apply(self.context.study.settings.get())
        for place, screen in self._screens.items():
            if screen is source:
                continue
            if place is self._place:
                screen.refresh(changes)
            else:
                self._stale[place] = self._stale.get(place, frozenset()) | changes.areas

    def _apply(self, settings: Settings) -> None:
        before, self._applied = self._applied, settings
        set_reduced_motion(settings.reduced_motion)
        app = QApplication.instance()
        same = before is not None and (before.theme, before.text_percent) == (settings.theme, settings.text_percent)
        look = watcher()
        same = same or (before is None and (look.theme, look.text_percent) == (settings.theme, settings.text_percent))
        if not same and isinstance(app, QApplication):
            apply_theme(app, settings.theme, settings.text_percent)

    def _restyled(self) -> None:
        self.setWindowIcon(icon("graduation-cap", "accent"))
        self._fold()

    # Commands

    def open_palette(self) -> None:
        """Ctrl+K; nothing while an exam runs."""
        if self._focused_work:
            return
        library = self.context.study.library
        dialog = Palette(fixed_targets(library), MaterialSearch(library), self)
        self._place_on_top(dialog)
        accepted = self.context.dialogs.custom(dialog)
        if not accepted or dialog.chosen is None:
            return
        if isinstance(dialog.chosen, Command):
            self.do(dialog.chosen)
        else:
            self.show_route(dialog.chosen)

    def _place_on_top(self, dialog: QWidget) -> None:
        width, height = min(px(640), self.width() - 32), min(px(460), self.height() - 96)
        dialog.resize(width, height)
        corner = self.mapToGlobal(self.rect().topLeft())
        dialog.move(corner.x() + (self.width() - width) // 2, corner.y() + 64)

    def show_keys(self) -> None:
        """The `?` sheet."""
        shown = self.screen_shown
        if shown is None or self._place is None:
            return
        names = {entry.place: self.tr(entry.name) for entry in SIDEBAR}
        title = names.get(self._place, self.tr("This screen"))
        self.context.dialogs.custom(KeysSheet(title, shown.keys(), everywhere(exam=self._focused_work), self))

    def do(self, command: Command) -> None:
        """Do a command of the palette."""
        settings = self.context.study.settings.get()
        themes = {Command.LIGHT: Theme.LIGHT, Command.DARK: Theme.DARK, Command.SYSTEM: Theme.SYSTEM}
        percent = settings.text_percent if self._percent is None else self._percent
        sizes = {Command.LARGER: percent + TEXT_STEP, Command.SMALLER: percent - TEXT_STEP, Command.NORMAL: 100}
        if command in themes:
            self._save(replace(settings, theme=themes[command]))
        elif command in sizes:
            # Each new size styles the whole window anew: of quick presses only the last one's is made.
            self._percent = min(200, max(80, sizes[command]))
            self._presses.start()
        elif command is Command.WEAKEST:
            self.show_route(Route(Place.PRACTICE, self.context.study.practice.weakest()))
        elif command is Command.KEYS:
            self.show_keys()
        elif command is Command.WELCOME:
            self.show_route(Route(Place.WELCOME))
        elif command is Command.BACK_UP:
            self.context.jobs.run(self, self.context.study.data.back_up, self._backed_up)

    def _store_percent(self) -> None:
        self._presses.stop()
        if self._percent is not None:
            percent, self._percent = self._percent, None
            self._save(replace(self.context.study.settings.get(), text_percent=percent))

    def _save(self, settings: Settings) -> None:
        self._spread(self.context.study.settings.save(settings), None)

    def _backed_up(self, _backup: object) -> None:
        self.context.dialogs.inform(self.tr("Backed up"), self.tr("The backup was opened and checked."))

    # Errors

    def show_problem(self, error: BaseException) -> None:
        """Tell what went wrong; the program goes on. A problem while telling one only goes to the log."""
        if self._telling:
            return
        self._telling = True
        try:
            if isinstance(error, StudyAppError):
                self.context.dialogs.error(error.sentence, error.remedy)
                return
            log.error("shown to the person", exc_info=error)
            details = "".join(traceback.format_exception(error))
            self.context.dialogs.error(
                self.tr("Something in the program went wrong."),
                self.tr("Your answers are stored and you can go on. If it happens again, the details help to find it."),
                details,
            )
        finally:
            self._telling = False

    # The window itself

    def _restore_size(self) -> None:
        room = self.screen().availableGeometry()
        size = QSize(*SIZE).boundedTo(room.size() - FRAME).expandedTo(self.minimumSize())
        place = QRect(room.topLeft(), size)
        place.moveCenter(room.center())
        self.setGeometry(place)
        state = self.context.study.settings.window_state()
        if state:
            self.restoreGeometry(QByteArray(state))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the sidebar where words would take the room of the content."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        self.sidebar.set_collapsed(self.width() < px(WORDS_FROM))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask the screen at hand, remember the window."""
        shown = self.screen_shown
        if shown is not None and not shown.leave():
            event.ignore()
            return
        try:
            self._store_percent()
            self.context.study.settings.save_window_state(bytes(self.saveGeometry().data()))
        except StudyAppError as error:
            # Not worth keeping a window open for.
            log.warning("window state not stored: %s", error)
        event.accept()
