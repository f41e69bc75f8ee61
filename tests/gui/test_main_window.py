"""The window: going from screen to screen, what a write reaches, palette, keys, errors, closing, size."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from studyapp.core.errors import StudyAppError
from studyapp.gui import main_window
from studyapp.gui.commands import Command
from studyapp.gui.main_window import MainWindow
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.screen_list import SIDEBAR
from studyapp.gui.theme import DARK, tokens, watcher
from studyapp.gui.widgets.keys_sheet import KeysSheet
from studyapp.gui.widgets.palette import Palette, Target
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Area, Changes
from studyapp.services.library import EntryQuery
from studyapp.services.settings import Theme
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs

pytestmark = pytest.mark.usefixtures("plain_screens")


class PlainScreen(Screen):
    """Keeps what the window asks of it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.opened: list[object] = []
        self.refreshed: list[Changes] = []
        self.stays = False

    def open(self, payload: object) -> None:
        self.opened.append(payload)

    def refresh(self, changes: Changes) -> None:
        self.refreshed.append(changes)

    def leave(self) -> bool:
        return not self.stays

    def keys(self) -> tuple[KeyHelp, ...]:
        return (KeyHelp("Space", "Turn the card"),)


@pytest.fixture
def plain_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window's own behaviour is tested without the real screens."""
    monkeypatch.setattr(main_window, "MAKERS", dict.fromkeys(Place, PlainScreen))


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> MainWindow:
    """The window of a learner who was welcomed."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True))
    made = MainWindow(context)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def shown(window: MainWindow) -> PlainScreen:
    """The screen at hand."""
    screen = window.screen_shown
    assert isinstance(screen, PlainScreen)
    return screen


def test_first_run_starts_at_welcome_without_sidebar(context: Context, qtbot: QtBot) -> None:
    """Somebody new is asked what they prepare for, and nothing else is on the screen."""
    made = MainWindow(context)
    qtbot.addWidget(made)
    made.show()
    assert made.place is Place.WELCOME
    assert not made.sidebar.isVisible()


def test_later_runs_start_at_today(window: MainWindow) -> None:
    """Who was welcomed starts at Today, with the sidebar."""
    assert window.place is Place.TODAY
    assert window.sidebar.isVisible()
    assert shown(window).opened == [None]


@pytest.mark.parametrize("number", range(1, 8))
def test_control_and_number_follow_the_sidebar(window: MainWindow, qtbot: QtBot, number: int) -> None:
    """Ctrl+1 … Ctrl+7 open the screens in the order in which the sidebar lists them."""
    QTest.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
    assert window.place is SIDEBAR[number - 1].place
    assert window.sidebar.button(window.place).isChecked()


def test_sidebar_click_opens(window: MainWindow) -> None:
    """A press in the sidebar opens that screen, and marks only it."""
    window.sidebar.button(Place.LIBRARY).click()
    assert window.place is Place.LIBRARY
    assert [place for place in Place if place is not Place.WELCOME and window.sidebar.button(place).isChecked()] == [
        Place.LIBRARY
    ]


def test_screens_are_made_when_first_shown(window: MainWindow) -> None:
    """Starting pays for one screen only."""
    assert window.stack.count() == 1
    window.show_route(Route(Place.PROGRESS))
    window.show_route(Route(Place.TODAY))
    assert window.stack.count() == 2


def test_route_hands_over_its_payload(window: MainWindow) -> None:
    """A screen that asks for a route reaches the other with the payload."""
    query = EntryQuery(text="breach")
    shown(window).go.emit(Route(Place.LIBRARY, query))
    assert window.place is Place.LIBRARY
    assert shown(window).opened == [query]


def test_screen_that_refuses_stays(window: MainWindow) -> None:
    """A running exam that said no is neither left nor closed, and the sidebar does not lie about it."""
    shown(window).stays = True
    window.sidebar.button(Place.SETTINGS).click()
    assert window.place is Place.TODAY
    assert window.sidebar.button(Place.TODAY).isChecked()
    assert not window.sidebar.button(Place.SETTINGS).isChecked()
    assert not window.close()
    shown(window).stays = False
    assert window.close()


def test_write_reaches_hidden_screens_when_they_are_shown(window: MainWindow) -> None:
    """What one screen wrote, another reads anew on being shown: once, and with all that changed meanwhile."""
    today = shown(window)
    window.show_route(Route(Place.LIBRARY))
    library = shown(window)
    library.changed.emit(Changes.of(Area.MARKS))
    library.changed.emit(Changes.of(Area.LIBRARY))
    assert today.refreshed == []
    assert library.refreshed == []
    window.show_route(Route(Place.TODAY))
    assert today.refreshed == [Changes.of(Area.MARKS, Area.LIBRARY)]
    window.show_route(Route(Place.LIBRARY))
    window.show_route(Route(Place.TODAY))
    assert len(today.refreshed) == 1


def test_focus_mode_hides_the_sidebar(window: MainWindow) -> None:
    """The exam room has the whole window, and gives it back."""
    shown(window).focus_mode.emit(True)  # noqa: FBT003  the signal's one argument
    assert not window.sidebar.isVisible()
    shown(window).focus_mode.emit(False)  # noqa: FBT003  the signal's one argument
    assert window.sidebar.isVisible()


def test_running_exam_is_not_left_by_a_key(window: MainWindow, dialogs: FakeDialogs) -> None:
    """In the exam room neither the palette nor the screens answer their keys, and the sheet does not name them."""
    control = Qt.KeyboardModifier.ControlModifier
    texts: list[str] = []

    def look(dialog: QDialog) -> bool:
        texts.extend(label.text() for label in dialog.findChildren(Label))
        return True

    shown(window).focus_mode.emit(True)  # noqa: FBT003  the signal's one argument
    QTest.keyClick(window, Qt.Key.Key_K, control)
    QTest.keyClick(window, Qt.Key.Key_6, control)
    assert dialogs.asked == []
    assert not shown(window).isHidden()
    assert window.stack.count() == 1
    dialogs.answers.append(look)
    window.show_keys()
    assert "Turn the card" in texts
    assert "Ctrl+K" not in texts
    shown(window).focus_mode.emit(False)  # noqa: FBT003  the signal's one argument
    QTest.keyClick(window, Qt.Key.Key_6, control)
    assert window.place is Place.LIBRARY


def test_narrow_window_folds_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    """Where room is short only icons stay, with the word as tooltip and for screen readers."""
    window.resize(1280, 800)
    assert not window.sidebar.collapsed
    wide = window.sidebar.width()
    window.resize(800, 600)
    assert window.sidebar.width() < wide / 2
    folded: bool = window.sidebar.collapsed
    assert folded
    button = window.sidebar.button(Place.PROGRESS)
    assert button.accessibleName() == "Progress"
    assert "Progress" in button.toolTip()


def test_large_text_folds_the_sidebar(window: MainWindow) -> None:
    """At 200 % text the words of the sidebar make room for the content."""
    window.resize(1280, 800)
    settings = window.context.study.settings
    shown(window).changed.emit(settings.save(replace(settings.get(), text_percent=200)))
    assert watcher().text_percent == 200
    assert window.sidebar.collapsed


def test_theme_of_the_settings_is_applied_at_once(window: MainWindow) -> None:
    """A change of theme that any screen stored is seen everywhere."""
    settings = window.context.study.settings
    shown(window).changed.emit(settings.save(replace(settings.get(), theme=Theme.DARK)))
    assert tokens() is DARK


@pytest.mark.parametrize(("key", "percent"), [(Qt.Key.Key_Plus, 110), (Qt.Key.Key_Minus, 90), (Qt.Key.Key_Equal, 110)])
def test_text_size_by_keys(window: MainWindow, qtbot: QtBot, key: Qt.Key, percent: int) -> None:
    """Ctrl and plus or minus change the text and store it; Ctrl+0 brings it back."""
    settings = window.context.study.settings
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: settings.get().text_percent == percent)
    assert watcher().text_percent == percent
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: watcher().text_percent == 100)


def test_quick_presses_style_the_window_once(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten presses in a row end at the size they add up to, stored and made once."""
    made: list[int] = []

    def count(_app: object, _theme: Theme, percent: int) -> None:
        made.append(percent)

    monkeypatch.setattr(main_window, "apply_theme", count)
    for _ in range(10):
        QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(made))
    assert made == [200]
    assert window.context.study.settings.get().text_percent == 200


def test_text_size_asked_for_last_is_kept_on_closing(window: MainWindow) -> None:
    """A press right before the end is not lost."""
    window.do(Command.LARGER)
    assert window.close()
    assert window.context.study.settings.get().text_percent == 110


@pytest.mark.parametrize(("command", "end"), [(Command.LARGER, 200), (Command.SMALLER, 80)])
def test_text_size_stops_at_its_ends(window: MainWindow, qtbot: QtBot, command: Command, end: int) -> None:
    """However often it is asked for, text stays between 80 and 200 %."""
    for _ in range(20):
        window.do(command)
    qtbot.waitUntil(lambda: watcher().text_percent == end)


# The palette


def typed(text: str) -> Callable[[QDialog], bool]:
    """Somebody who types into the palette and presses Enter."""

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, Palette)
        dialog.field.setText(text)
        dialog.choose()
        return dialog.chosen is not None

    return answer


def test_palette_opens_a_screen(window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot) -> None:
    """Ctrl+K, a few letters, Enter: there."""
    dialogs.answers.append(typed("libr"))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.place is Place.LIBRARY


def test_palette_does_a_command(window: MainWindow, dialogs: FakeDialogs) -> None:
    """Commands are found beside screens."""
    dialogs.answers.append(typed("dark"))
    window.open_palette()
    assert window.context.study.settings.get().theme is Theme.DARK


def test_palette_finds_a_topic(window: MainWindow, dialogs: FakeDialogs, study: Study) -> None:
    """A topic's name leads to it in the library."""
    topic = study.library.taxonomy().topics[0]
    dialogs.answers.append(typed(topic.title))
    window.open_palette()
    assert window.place is Place.LIBRARY
    assert shown(window).opened == [EntryQuery(topics=frozenset({topic.id}))]


def test_palette_finds_the_material(window: MainWindow, dialogs: FakeDialogs, study: Study) -> None:
    """Words of a question lead to that question, and every hit leads to an entry of the library."""
    entry = next(entry for entry in study.library.entries(EntryQuery(limit=50)) if len(entry.title) > 20)
    seen: list[Target] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, Palette)
        words = [word for word in entry.title.split() if word.isalpha() and len(word) > 4][:2]
        dialog.field.setText(" ".join(words))
        seen.extend(dialog.model.targets)
        return False

    dialogs.answers.append(look)
    window.open_palette()
    assert Route(Place.LIBRARY, entry.id) in [target.action for target in seen]


def test_palette_given_up_changes_nothing(window: MainWindow, dialogs: FakeDialogs) -> None:
    """Escape leaves everything as it was."""
    dialogs.answers.append(False)
    window.open_palette()
    assert window.place is Place.TODAY


def test_palette_is_worked_by_keyboard(window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot) -> None:
    """Arrows move in the list while the field keeps the cursor; Enter takes the marked line."""

    def work(dialog: QDialog) -> bool:
        assert isinstance(dialog, Palette)
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
        QTest.keyClick(dialog.field, Qt.Key.Key_Up)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        return True

    dialogs.answers.append(work)
    window.open_palette()
    assert window.place is SIDEBAR[1].place


# Keys sheet


def test_question_mark_shows_the_keys_at_hand(window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot) -> None:
    """The sheet lists the keys of the screen at hand and those that hold everywhere."""
    texts: list[str] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, KeysSheet)
        texts.extend(label.text() for label in dialog.findChildren(Label))
        return True

    dialogs.answers.append(look)
    QTest.keyClick(window, Qt.Key.Key_Question)
    assert "Turn the card" in texts
    assert "Ctrl+K" in texts


# Errors


def test_unforeseen_error_is_told_and_the_program_goes_on(window: MainWindow, dialogs: FakeDialogs) -> None:
    """A sentence, and details to copy that name the error."""
    window.show_problem(RuntimeError("a wire came loose"))
    kind, sentence, _, details = dialogs.asked[-1]
    assert kind == "error"
    assert "wire" not in sentence
    assert "RuntimeError: a wire came loose" in details
    window.show_route(Route(Place.LIBRARY))
    assert window.place is Place.LIBRARY


def test_foreseen_error_is_told_in_its_own_words(window: MainWindow, dialogs: FakeDialogs) -> None:
    """A StudyAppError needs no details: its sentence and remedy are shown."""
    window.show_problem(StudyAppError("The disk is full.", "Make room and try again."))
    assert dialogs.asked[-1] == ("error", "The disk is full.", "Make room and try again.", "")


def test_error_on_opening_keeps_the_window(
    window: MainWindow, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that cannot show what was asked says so; the window stays usable."""

    def cannot(self: PlainScreen, payload: object) -> None:
        raise StudyAppError("There is no such question.", "")

    monkeypatch.setattr(PlainScreen, "open", cannot)
    window.show_route(Route(Place.LIBRARY, "gone"))
    assert dialogs.asked[-1][:2] == ("error", "There is no such question.")


# Closing and size


def test_window_comes_back_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    """Its size is remembered through the settings."""
    window.resize(701, 606)
    assert window.close()
    again = MainWindow(window.context)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (701, 606)


def test_first_window_fits_the_screen(context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a small screen the window with its title bar stands wholly in what the desktop leaves."""

    class SmallScreen:
        def availableGeometry(self) -> QRect:
            return QRect(0, 24, 1024, 616)

    monkeypatch.setattr(MainWindow, "screen", lambda _window: SmallScreen())
    made = MainWindow(context)
    qtbot.addWidget(made)
    assert QRect(0, 24, 1024, 616).contains(made.geometry())
    assert made.height() <= 616 - 30


def test_start_loads_nothing_heavy() -> None:
    """Charts and the compiler of banks are not paid for at start: pyqtgraph, YAML and Alembic stay unloaded."""
    code = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "import studyapp.gui.main_window, studyapp.gui.screens.today, studyapp.gui.screens.welcome\n"
        "print([name for name in ('pyqtgraph', 'yaml', 'alembic', 'sklearn', 'rapidfuzz') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_screens_and_dialogs_are_children_of_the_window(window: MainWindow) -> None:
    """Nothing is a window of its own: closing the one closes all."""
    window.show_route(Route(Place.LIBRARY))
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == [window]
