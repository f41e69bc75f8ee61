"""The library: what is listed narrows, the entry is read beside it, and own material is made, changed and removed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from studyapp.domain.bank import Bank
from studyapp.gui.screen import Context, Place, Route
from studyapp.gui.screens.library import LibraryScreen
from studyapp.gui.widgets.draft_dialog import DraftDialog
from studyapp.services.library import EntryKind, EntryQuery
from studyapp.services.practice import PracticeSpec
from studyapp.services.review import ReviewScope
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs, settle
from tests.gui.study_bank import BANK, BREACH, ITEMS, fill, words

OWN_CARD = {"type": "basic", "topic": "L07", "front": "Who keeps the log?", "back": "The privacy officer"}


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The small bank in place of the bundled one."""
    return BANK


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small bank in it."""
    return fill(tmp_path_factory.mktemp("small"))


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> LibraryScreen:
    """The screen, shown wide."""
    made = LibraryScreen(context)
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.show()
    made.open(None)
    settle()
    return made


def listed(screen: LibraryScreen) -> list[str]:
    """The ids in the table."""
    model = screen.table.model()
    entries = (model.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(model.rowCount()))
    return [entry.id for entry in entries]


def search(screen: LibraryScreen, text: str) -> None:
    """Type into the search field and let the pause pass."""
    spy = QSignalSpy(screen.filters.changed)
    screen.filters.search.clear()
    QTest.keyClicks(screen.filters.search, text)
    assert spy.count() or spy.wait(2000)


def test_everything_is_listed_and_the_first_is_read(screen: LibraryScreen) -> None:
    """Opened from the sidebar it lists all material and shows the first entry."""
    assert len(listed(screen)) == len(BANK.items) + len(BANK.notes)
    assert screen.filters.count.text() == f"{len(listed(screen))} entries"
    assert screen.table.currentIndex().row() == 0


def test_typing_narrows_the_list_and_the_way_back_is_offered(screen: LibraryScreen) -> None:
    """Words of a stem find its item; words that are nowhere show what to do, which brings everything back."""
    search(screen, "laptop stolen")
    assert BREACH.id in listed(screen)
    assert len(listed(screen)) < len(BANK.items)
    search(screen, "xylophone")
    assert listed(screen) == []
    assert not screen.table.isVisible()
    screen._nothing.acted.emit()
    assert len(listed(screen)) == len(BANK.items) + len(BANK.notes)


def test_kind_topic_and_marks_filter(screen: LibraryScreen, study: Study) -> None:
    """Only questions, only a topic, only what is marked: each narrows, and they join."""
    screen.open(EntryQuery(kind=EntryKind.ITEM))
    assert set(listed(screen)) == {item.id for item in ITEMS}
    screen.open(EntryQuery(topics=frozenset({"L07"})))
    assert set(listed(screen)) == {entry.id for entry in (*BANK.items, *BANK.notes) if entry.topic == "L07"}
    study.library.set_marked(BREACH.id, True)  # noqa: FBT003  the meaning is in the method's name
    screen.open(EntryQuery(marked_only=True))
    assert listed(screen) == [BREACH.id]


def test_entry_is_read_with_its_key_and_source(screen: LibraryScreen) -> None:
    """An item shows its stem, the best answer with every reason, the takeaway and where it can be checked."""
    screen.open(BREACH.id)
    settle()
    text = words(screen.reader)
    assert BREACH.stem in text
    assert "Best answer" in text
    assert "You chose" not in text
    assert all(option.why in text for option in BREACH.options)
    assert BREACH.references[0].title in text


def test_entries_lead_to_practice_and_review(screen: LibraryScreen) -> None:
    """A question starts a quiz of just itself, a card a review of just its cards."""
    routes: list[Route] = []
    screen.go.connect(routes.append)
    screen.open(BREACH.id)
    screen.reader.practise_button.click()
    screen.open(BANK.notes[0].id)
    screen.reader.practise_button.click()
    assert [route.place for route in routes] == [Place.PRACTICE, Place.FLASHCARDS]
    assert isinstance(routes[0].payload, PracticeSpec)
    assert routes[0].payload.item_ids == (BREACH.id,)
    assert isinstance(routes[1].payload, ReviewScope)
    assert all(card.startswith(BANK.notes[0].id) for card in routes[1].payload.card_ids)


def test_mark_and_suspend_show_at_once(screen: LibraryScreen) -> None:
    """Marking and suspending change the buttons' words, and again take it back."""
    screen.open(BANK.notes[0].id)
    screen.reader.mark_button.click()
    assert screen.reader.mark_button.text() == "Unmark"
    screen.reader.suspend_button.click()
    assert screen.reader.suspend_button.text() == "Bring back"
    screen.reader.suspend_button.click()
    assert screen.reader.suspend_button.text() == "Suspend"


def test_own_card_is_made_and_removed(screen: LibraryScreen, study: Study, dialogs: FakeDialogs) -> None:
    """A card made here is listed under "your own"; deleting asks first, and no keeps it."""

    def write(dialog: QDialog) -> bool:
        assert isinstance(dialog, DraftDialog)
        dialog.changes = study.library.save_draft(EntryKind.NOTE, OWN_CARD)
        return True

    dialogs.answers = [write]
    QTest.keyClick(screen, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    screen.open(EntryQuery(own_only=True))
    assert len(listed(screen)) == 1
    dialogs.answers = [False]
    screen.reader.delete_button.click()
    assert len(listed(screen)) == 1
    dialogs.answers = [True]
    screen.reader.delete_button.click()
    assert listed(screen) == []


def test_small_window_shows_one_pane_at_a_time(screen: LibraryScreen) -> None:
    """Where two panes do not fit, choosing an entry shows it in place of the list, with a way back."""
    screen.resize(620, 560)
    settle()
    assert screen.table.isVisible()
    assert not screen.reader.isVisible()
    screen.table.activated.emit(screen.table.model().index(1, 0))
    assert screen.reader.isVisible()
    assert not screen.table.isVisible()
    screen.reader.back_button.click()
    assert screen.table.isVisible()
    screen.table.activated.emit(screen.table.model().index(1, 0))
    QTest.keyClick(screen.reader.back_button, Qt.Key.Key_Escape)
    assert screen.table.isVisible()
    assert not screen.reader.isVisible()
    screen.resize(1100, 760)
    settle()
    assert screen.table.isVisible()
    assert screen.reader.isVisible()


def test_three_panes_leave_room_to_read(screen: LibraryScreen) -> None:
    """Beside the sidebar of a window 1280 wide the entry gets 380 pixels at least, and the tree 200."""
    screen.resize(1070, 800)
    settle()
    assert screen.tree.isVisible()
    assert screen.reader.width() >= 380
    assert abs(screen.tree.width() - 200) < 10
    assert screen.table.width() >= 300


def test_counts_of_topics_stay_whole(screen: LibraryScreen) -> None:
    """A long name gives way to its count, and is whole in its tooltip."""
    screen.resize(1070, 800)
    settle()
    model = screen.tree.model()
    assert model.index(0, 1).data() == str(len(BANK.items) + len(BANK.notes))
    assert model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole) == model.index(1, 0).data()
    assert screen.tree.columnWidth(0) + screen.tree.columnWidth(1) <= screen.tree.viewport().width()
    assert screen.tree.columnWidth(1) >= screen.tree.sizeHintForColumn(1)


def test_search_has_the_focus_and_down_leads_into_the_list(screen: LibraryScreen) -> None:
    """Opened, words can be typed at once; Down goes to what they found."""
    screen.open(None)
    assert screen.focusWidget() is screen.filters.search
    QTest.keyClick(screen.filters.search, Qt.Key.Key_Down)
    assert screen.focusWidget() is screen.table


def test_new_card_is_about_what_is_looked_at(screen: LibraryScreen, dialogs: FakeDialogs) -> None:
    """The topic listed stands in the editor, else that of the entry being read."""
    topics: list[object] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, DraftDialog)
        topics.append(dialog.draft()["topic"])
        return False

    dialogs.answers = [look, look]
    screen.open(EntryQuery(topics=frozenset({"T05"})))
    screen._new_card()
    screen.open(BREACH.id)
    screen._new_question()
    assert topics == ["T05", BREACH.topic]
