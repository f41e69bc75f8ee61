"""Settings: every control stores its value at once and shows what is stored; data can be saved, restored and erased."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from studyapp.gui.main_window import MainWindow
from studyapp.gui.screen import Context, Place, Route
from studyapp.gui.screens.settings import SettingsScreen
from studyapp.gui.screens.today import TodayScreen
from studyapp.gui.screens.welcome import WelcomeScreen
from studyapp.gui.theme import DARK, apply_theme, tokens, watcher
from studyapp.gui.widgets.about_section import AboutSection
from studyapp.gui.widgets.data_section import EraseDialog, RestoreDialog, size_words
from studyapp.gui.widgets.date_choice import DateChoice, parse_date
from studyapp.gui.widgets.dates import to_qdate
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Area, Changes
from studyapp.services.data import Backup, RestorePreview, Snapshot
from studyapp.services.settings import Settings, Theme
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs, settle
from tests.support.clock import FakeClock


@pytest.fixture
def written() -> list[Changes]:
    """What the screen says it changed."""
    return []


@pytest.fixture
def screen(context: Context, qtbot: QtBot, written: list[Changes]) -> SettingsScreen:
    """The screen over the settings of somebody with an exam."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True, exam_id="cmom", exam_date=date(2027, 1, 3)))
    made = SettingsScreen(context)
    qtbot.addWidget(made)
    made.changed.connect(written.append)
    made.resize(1000, 800)
    made.show()
    made.open(None)
    return made


def give_name(screen: SettingsScreen) -> None:
    screen.name.setText(" Sam ")
    screen.name.editingFinished.emit()


def choose_no_exam(screen: SettingsScreen) -> None:
    screen.exam.setCurrentIndex(screen.exam.count() - 1)


def press_friday(screen: SettingsScreen) -> None:
    screen.days_off.chips[4].click()


def type_date(screen: SettingsScreen, text: str) -> None:
    screen.date.field.clear()
    QTest.keyClicks(screen.date.field, text)
    QTest.keyClick(screen.date.field, Qt.Key.Key_Return)


CHANGES: list[tuple[str, Callable[[SettingsScreen], object], dict[str, object]]] = [
    ("name", give_name, {"name": "Sam"}),
    ("exam", choose_no_exam, {"exam_id": "", "exam_date": None}),
    ("date", lambda s: type_date(s, "2/2/2027"), {"exam_date": date(2027, 2, 2)}),
    ("no date", lambda s: s.date.none.click(), {"exam_date": None}),
    ("minutes", lambda s: s.minutes.setValue(55), {"minutes_per_day": 55}),
    ("days off", press_friday, {"days_off": frozenset({5})}),
    ("day start", lambda s: s.day_start.setValue(2), {"day_starts_at": 2}),
    ("new cards", lambda s: s.new_cards.setValue(30), {"new_cards_per_day": 30}),
    ("retention", lambda s: s.retention.setValue(85), {"desired_retention": 0.85}),
    ("buttons", lambda s: s.two_buttons.click(), {"two_buttons": True}),
    ("speech", lambda s: s.speech.click(), {"speech": True}),
    ("calculator", lambda s: s.calculator.click(), {"calculator": False}),
    ("theme", lambda s: s.theme.setCurrentIndex(2), {"theme": Theme.DARK}),
    ("size", lambda s: s.text_size.setValue(15), {"text_percent": 150}),
    ("motion", lambda s: s.motion.click(), {"reduced_motion": True}),
]


@pytest.mark.parametrize(("change", "expected"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_each_setting_is_stored_at_once(
    screen: SettingsScreen,
    written: list[Changes],
    qtbot: QtBot,
    change: Callable[[SettingsScreen], object],
    expected: dict[str, object],
) -> None:
    """One change stores exactly that setting, says so once, and a screen made anew shows it."""
    before = screen.context.study.settings.get()
    change(screen)
    after = screen.context.study.settings.get()
    assert after == replace(before, **expected)  # type: ignore[arg-type]  # the names are the settings' own
    assert written == [Changes.of(Area.SETTINGS)]
    again = SettingsScreen(screen.context)
    qtbot.addWidget(again)
    assert again.shown() == after


def test_showing_stores_nothing(screen: SettingsScreen, written: list[Changes]) -> None:
    """Opening and refreshing the screen is no change."""
    before = screen.context.study.settings.get()
    screen.open(None)
    screen.refresh(Changes.of(Area.EVERYTHING))
    assert written == []
    assert screen.context.study.settings.get() == before


def test_change_made_elsewhere_is_shown(screen: SettingsScreen) -> None:
    """Text size changed by Ctrl+plus stands in Settings too."""
    settings = screen.context.study.settings
    screen.refresh(settings.save(replace(settings.get(), text_percent=130)))
    assert screen.text_size.value() == 13
    assert screen.size_words.text() == "130 %"


def test_retention_is_told_in_plain_words(screen: SettingsScreen) -> None:
    """What the figure means and costs changes with it."""
    seen = set()
    for share in (75, 90, 96):
        screen.retention.setValue(share)
        text = screen.retention_row.help.text()
        assert str(share) in text
        seen.add(text.rsplit(":", 1)[1])
    assert len(seen) == 3


def test_theme_and_size_live_in_the_window(context: Context, qtbot: QtBot) -> None:
    """In the window, dark colours and larger text hold everywhere at once."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True))
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.show_route(Route(Place.SETTINGS))
    shown = window.screen_shown
    assert isinstance(shown, SettingsScreen)
    shown.theme.setCurrentIndex(2)
    shown.text_size.setValue(16)
    assert tokens() is DARK
    assert watcher().text_percent == 160


def test_dragging_the_size_waits_for_the_release(screen: SettingsScreen, written: list[Changes]) -> None:
    """While the handle is held the page must not run away under the mouse."""
    screen.text_size.setSliderDown(True)
    screen.text_size.setValue(17)
    assert written == []
    assert screen.size_words.text() == "170 %"
    screen.text_size.setSliderDown(False)
    assert screen.context.study.settings.get().text_percent == 170


def test_every_control_has_a_name(screen: SettingsScreen) -> None:
    """A screen reader can tell every field."""
    for kind in (QLineEdit, QComboBox, QSpinBox, QSlider):
        for control in screen.findChildren(kind):
            if not isinstance(control.parent(), QSpinBox | QComboBox) and control.objectName() != "qt_spinbox_lineedit":
                assert control.accessibleName(), control


def test_sections_are_reached_by_their_links(screen: SettingsScreen) -> None:
    """A link at the top brings its section into view."""
    link = screen._jumps.itemAt(4)
    assert link is not None
    widget = link.widget()
    assert widget is not None
    settle()
    widget.click()  # type: ignore[attr-defined]
    view = screen.page.viewport()
    top = screen.data.mapTo(view, screen.data.rect().topLeft()).y()
    assert 0 <= top < view.height()
    focus = screen.focusWidget()
    assert focus is not None
    assert screen.data.isAncestorOf(focus)


# Data


def test_back_up_now(screen: SettingsScreen, study: Study) -> None:
    """A backup appears in the list as soon as it is made."""
    before = len(study.data.backups())
    screen.data.back_up_button.click()
    settle()
    assert len(study.data.backups()) == before + 1
    assert screen.data.back_up_button.isEnabled()
    texts = [label.text() for label in screen.data.findChildren(Label)]
    assert "No backup yet." not in texts


def test_restore_shows_what_would_change_first(
    screen: SettingsScreen, study: Study, dialogs: FakeDialogs, written: list[Changes]
) -> None:
    """Said no, nothing changes; said yes, the settings of the backup are back and every screen hears of it."""
    backup = study.data.back_up()
    study.settings.save(replace(study.settings.get(), name="Later"))
    seen: list[str] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, RestoreDialog)
        seen.extend(label.text() for label in dialog.findChildren(Label))
        return False

    dialogs.answers.append(look)
    screen.data.restore(backup)
    assert "Card reviews" in seen
    assert study.settings.get().name == "Later"
    assert written == []
    dialogs.answers.append(True)
    screen.data.restore(backup)
    assert study.settings.get().name == ""
    assert Area.EVERYTHING in written[-1].areas
    assert screen.name.text() == ""


def test_export_writes_a_readable_file(screen: SettingsScreen, dialogs: FakeDialogs, tmp_path: Path) -> None:
    """The file chosen holds everything as JSON, under a name with the day in it."""
    target = tmp_path / "mine.json"
    dialogs.answers.append(target)
    screen.data.export_button.click()
    assert json.loads(target.read_text(encoding="utf-8"))
    assert dialogs.asked[0] == ("choose_file_to_save", "Export everything", "studyapp-2026-11-23.json")
    assert dialogs.asked[-1][0] == "inform"


def test_export_can_be_given_up(screen: SettingsScreen, dialogs: FakeDialogs) -> None:
    """No file chosen, nothing written and nothing said."""
    screen.data.export_button.click()
    assert [question[0] for question in dialogs.asked] == ["choose_file_to_save"]


def test_failed_export_is_told(screen: SettingsScreen, dialogs: FakeDialogs, tmp_path: Path) -> None:
    """A place that cannot be written gives a sentence, and the button can be pressed again."""
    dialogs.answers.append(tmp_path / "missing" / "mine.json")
    screen.data.export_button.click()
    assert dialogs.asked[-1][0] == "error"
    assert screen.data.export_button.isEnabled()


def type_word(word: str) -> Callable[[QDialog], bool]:
    """Somebody who types a word into the dialog that erases, and presses Enter."""

    def answer(dialog: QDialog) -> bool:
        assert isinstance(dialog, EraseDialog)
        dialog.show()
        QTest.keyClicks(dialog.field, word)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        dialog.hide()
        return dialog.result() == QDialog.DialogCode.Accepted

    return answer


@pytest.mark.parametrize("typed", ["", "eras", "yes"])
def test_erasing_needs_the_word(
    screen: SettingsScreen, dialogs: FakeDialogs, written: list[Changes], typed: str
) -> None:
    """Anything but the word erases nothing."""
    dialogs.answers.append(type_word(typed))
    screen.data.erase_button.click()
    assert written == []


def test_erasing_says_what_goes(qtbot: QtBot) -> None:
    """Progress, own entries, edits and settings are named, and the red button has neither focus nor Enter."""
    dialog = EraseDialog()
    qtbot.addWidget(dialog)
    for part in ("answers", "own cards and questions", "edits of bundled cards", "settings", "last backup"):
        assert part in dialog.text.text()
    assert not dialog.yes_button.isEnabled()
    assert not dialog.yes_button.isDefault()
    assert dialog.focusWidget() is dialog.field


@pytest.mark.parametrize("typed", ["ERASE", "erase", " Erase "])
def test_erasing_backs_up_first(
    screen: SettingsScreen, dialogs: FakeDialogs, study: Study, written: list[Changes], typed: str
) -> None:
    """With the word, in any case, all is erased, every screen hears of it, and the backup made is named."""
    before = len(study.data.backups())
    dialogs.answers.append(type_word(typed))
    screen.data.erase_button.click()
    assert len(study.data.backups()) == before + 1
    assert Area.EVERYTHING in written[-1].areas
    kind, _, text = dialogs.asked[-1]
    assert kind == "inform"
    assert study.data.backups()[0].path.name in text


def test_erased_program_begins_anew(context: Context, dialogs: FakeDialogs, qtbot: QtBot) -> None:
    """At once the colors and the text size are the first ones, the first questions are asked, and Today knows it."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True, name="Sam", exam_id="cmm", theme=Theme.DARK, text_percent=150))
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.show_route(Route(Place.SETTINGS))
    shown = window.screen_shown
    assert isinstance(shown, SettingsScreen)
    assert tokens() is DARK
    dialogs.answers.append(type_word("erase"))
    shown.data.erase_button.click()
    assert window.place is Place.WELCOME
    assert tokens() is not DARK
    assert watcher().text_percent == 100
    welcome = window.screen_shown
    assert isinstance(welcome, WelcomeScreen)
    assert welcome.exam.exam_id() == "cmom"
    welcome.skip_all.click()
    today = window.findChild(TodayScreen)
    assert isinstance(today, TodayScreen)
    assert today.isVisible()
    assert "Sam" not in today.greeting.text()


def preview(*, now: int, then: int) -> RestorePreview:
    """A backup with `then` answers beside `now` answers."""
    made = datetime(2026, 11, 23, 19, 40, tzinfo=UTC)
    backup = Backup(Path("studyapp.zip"), made, 12_400_000)
    return RestorePreview(backup, Snapshot(0, now, 0, 0, made), Snapshot(0, then, 0, 0, made))


@pytest.mark.parametrize(("now", "then", "loses"), [(5, 4, True), (5, 5, False), (4, 5, False)])
def test_restore_that_loses_answers_prefers_cancel(
    qtbot: QtBot, clock: FakeClock, now: int, then: int, loses: bool
) -> None:
    """Enter restores only where nothing is lost."""
    dialog = RestoreDialog(preview(now=now, then=then), clock)
    qtbot.addWidget(dialog)
    assert dialog.no_button.isDefault() is loses
    assert dialog.yes_button.isDefault() is not loses


@pytest.mark.parametrize("percent", [100, 200])
def test_restore_shows_its_dates_whole(qtbot: QtBot, qapp: QApplication, clock: FakeClock, percent: int) -> None:
    """No figure or date is cut off (a low screen scrolls to it), and the buttons are in sight."""
    apply_theme(qapp, Theme.LIGHT, percent)
    dialog = RestoreDialog(preview(now=1, then=2), clock)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    labels = [label for label in dialog.findChildren(Label) if label.isVisible() and not label.wordWrap()]
    assert any("Nov 23, 2026" in label.text() for label in labels)
    for label in labels:
        assert label.width() >= label.sizeHint().width(), label.text()
        assert label.height() >= label.sizeHint().height(), label.text()
        holder = label.parentWidget()
        assert holder is not None
        assert holder.rect().contains(label.geometry()), label.text()
    screen = dialog.screen().availableGeometry()
    assert dialog.width() <= screen.width()
    assert dialog.height() <= screen.height()
    for button in (dialog.yes_button, dialog.no_button):
        assert dialog.rect().contains(button.geometry())
    dialog.hide()


def test_sizes_are_in_megabytes() -> None:
    """A backup's size reads as the desktop writes it, and never as nothing."""
    assert size_words(12_440_000) == "12.4 MB"
    assert size_words(9_000) == "0.1 MB"


# The date of the exam


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2/15/2027", date(2027, 2, 15)),
        ("Feb 15, 2027", date(2027, 2, 15)),
        ("february 15 2027", date(2027, 2, 15)),
        ("15 Feb 2027", date(2027, 2, 15)),
        ("2027-02-15", date(2027, 2, 15)),
        ("2/15/27", date(2027, 2, 15)),
        ("2/30/2027", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, day: date | None) -> None:
    """Month first with slashes or in words, and what is no day is none."""
    assert parse_date(text, short=True) == day


@pytest.fixture
def choice(qtbot: QtBot) -> DateChoice:
    """The choice of somebody who has no date yet."""
    made = DateChoice(date(2026, 11, 23), None)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("text", ["2/15/2027", "Feb 15, 2027"])
def test_typing_a_date_sets_it(choice: DateChoice, text: str) -> None:
    """Typing is enough: the box "No date yet" clears itself."""
    QTest.keyClicks(choice.field, text)
    assert choice.chosen() == date(2027, 2, 15)
    assert not choice.none.isChecked()
    QTest.keyClick(choice.field, Qt.Key.Key_Return)
    assert choice.field.text() == "February 15, 2027"


@pytest.mark.parametrize(
    ("text", "words"), [("soon", "not a date"), ("2/15/2020", "passed"), ("2/15/2040", "five years")]
)
def test_what_is_no_date_is_said(choice: DateChoice, text: str, words: str) -> None:
    """A sentence tells what is wrong, and goes as soon as it is put right."""
    QTest.keyClicks(choice.field, text)
    QTest.keyClick(choice.field, Qt.Key.Key_Return)
    assert choice.chosen() is None
    assert choice.problem.isVisible()
    assert words in choice.problem.text()
    choice.field.clear()
    QTest.keyClicks(choice.field, "3/1/2027")
    assert not choice.problem.isVisible()


def test_calendar_sets_the_date(choice: DateChoice) -> None:
    """A press in the calendar, whose weeks begin on Sunday, sets the date and clears "No date yet"."""
    choice.picker.click()
    assert choice.calendar.isVisible()
    assert choice.calendar.firstDayOfWeek() == Qt.DayOfWeek.Sunday
    choice.calendar.clicked.emit(to_qdate(date(2027, 3, 1)))
    assert choice.calendar.isHidden()
    assert choice.chosen() == date(2027, 3, 1)
    assert not choice.none.isChecked()


def test_no_date_yet_can_be_taken_back(choice: DateChoice) -> None:
    """Ticking the box takes the date away; unticking brings it back."""
    choice.set_date(date(2027, 3, 1))
    choice.none.click()
    assert choice.chosen() is None
    assert choice.field.text() == ""
    choice.none.click()
    assert choice.chosen() == date(2027, 3, 1)


# About


def test_every_shipped_license_can_be_read(qtbot: QtBot) -> None:
    """Typeface, icons and libraries: choosing one shows its text."""
    about = AboutSection()
    qtbot.addWidget(about)
    names = [about.choice.itemText(place) for place in range(about.choice.count())]
    assert {"inter", "lucide"} <= set(names)
    for place in range(1, about.choice.count()):
        about.choice.setCurrentIndex(place)
        assert len(about.text.toPlainText()) > 200, names[place]
    about.choice.setCurrentIndex(0)
    assert about.text.isHidden()


def test_defaults_round_trip(context: Context, qtbot: QtBot) -> None:
    """The screen can show every default, so that nothing is changed by being shown."""
    made = SettingsScreen(context)
    qtbot.addWidget(made)
    assert made.shown() == Settings()
    QTest.keyClick(made, Qt.Key.Key_Tab)
    assert context.study.settings.get() == Settings()
