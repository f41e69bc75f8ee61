"""Flashcards: a session by keyboard over the real services, and what becomes of each grade."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from studyapp.core.errors import StudyAppError
from studyapp.domain.bank import Bank
from studyapp.domain.memory import Rating
from studyapp.gui.screen import Context, Place, Route
from studyapp.gui.screens.flashcards import FlashcardsScreen
from studyapp.gui.theme import apply_theme
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card_face import FlashcardFace
from studyapp.gui.widgets.note_editor import BasicFields, NoteEditor
from studyapp.gui.widgets.review_room import ReviewRoom
from studyapp.gui.widgets.review_start import ReviewStart
from studyapp.gui.widgets.review_summary import ReviewSummaryView
from studyapp.gui.widgets.typed_diff import TypedDiff
from studyapp.services.changes import Area, Changes
from studyapp.services.review import ReviewScope
from studyapp.services.settings import Theme
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs, settle
from tests.gui.study_bank import BANK, fill, part, press, type_text, words
from tests.support.clock import FakeClock

Key = Qt.Key


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The small bank in place of the bundled one."""
    return BANK


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small bank in it."""
    return fill(tmp_path_factory.mktemp("small"))


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> FlashcardsScreen:
    """The screen, shown."""
    made = FlashcardsScreen(context)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    return made


def room(screen: FlashcardsScreen, *topics: str) -> ReviewRoom:
    """Start a session on these topics and hand back its room."""
    screen.open(ReviewScope(topics=frozenset(topics)))
    settle()
    return part(screen, ReviewRoom)


def current(screen: FlashcardsScreen) -> str:
    """The id of the card shown."""
    view = part(screen, ReviewRoom)
    shown = view.session.current
    assert shown is not None
    return shown.card.id


def face(screen: FlashcardsScreen) -> FlashcardFace:
    """The card shown."""
    shown = part(screen, ReviewRoom).face
    assert shown is not None
    return shown


def test_start_names_the_number_and_enter_starts(screen: FlashcardsScreen, study: Study) -> None:
    """The start view says how many cards are ready, and Enter starts exactly them."""
    screen.open(None)
    settle()
    n = study.review.counts(ReviewScope()).total
    assert part(screen, ReviewStart).start_button.text() == f"Review {n} cards"
    press(screen, Key.Key_Return)
    assert part(screen, ReviewRoom).session.counts.total == n


def test_chosen_topics_narrow_the_session(screen: FlashcardsScreen, qtbot: QtBot) -> None:
    """Ticking a topic counts again, and the session serves that topic only."""
    screen.open(None)
    start = part(screen, ReviewStart)
    with qtbot.waitSignal(start.tree.chosen_changed):
        start.tree.leaf("L07").setCheckState(0, Qt.CheckState.Checked)
    assert start.start_button.text() == "Review 1 card"
    press(screen, Key.Key_Return)
    assert current(screen).startswith("note.basic.0001")


def test_space_shows_the_back_then_grades_good(screen: FlashcardsScreen, study: Study, clock: FakeClock) -> None:
    """Space turns the card without grading it; Space again grades Good, stored with the seconds it took."""
    room(screen, "L07")
    clock.advance(9)
    press(screen, Key.Key_Space)
    assert face(screen).turned
    assert "60 calendar days after discovery" in words(screen)
    assert study.review.counts(ReviewScope(topics=frozenset({"L07"}))).total == 1
    press(screen, Key.Key_Space)
    part(screen, ReviewSummaryView)
    assert "1 card reviewed" in words(screen)
    assert study.progress.totals().cards == 1
    assert study.review.counts(ReviewScope(topics=frozenset({"L07"}))).new == 0


def test_grades_wait_for_the_back(screen: FlashcardsScreen, study: Study) -> None:
    """1-4 do nothing while the answer is hidden."""
    room(screen, "L07")
    press(screen, Key.Key_4)
    assert not face(screen).turned
    assert study.progress.totals().cards == 0


@pytest.mark.parametrize(("key", "rating"), [(Key.Key_1, "again"), (Key.Key_2, "hard"), (Key.Key_4, "easy")])
def test_number_keys_grade(screen: FlashcardsScreen, key: Qt.Key, rating: str) -> None:
    """Each number key gives its grade."""
    view = room(screen, "L07")
    session = view.session
    press(screen, Key.Key_Space)
    press(screen, key)
    assert getattr(session.summary(), rating) == 1


def test_each_grade_button_tells_when_the_card_returns(screen: FlashcardsScreen) -> None:
    """The buttons carry the next interval, and Good is marked as what Space and Enter give."""
    view = room(screen, "L07")
    press(screen, Key.Key_Space)
    names = {rating: button.accessibleName() for rating, button in view.grades.buttons.items()}
    assert "min" in names[Rating.AGAIN]
    assert "day" in names[Rating.EASY]
    assert [rating for rating, button in view.grades.buttons.items() if button.is_default] == [Rating.GOOD]


def test_undo_brings_the_card_back(screen: FlashcardsScreen, study: Study) -> None:
    """U takes the last grade back: the card is there again and counts as new."""
    room(screen, "L07", "T06")
    first = current(screen)
    press(screen, Key.Key_Space)
    press(screen, Key.Key_3)
    assert current(screen) != first
    press(screen, Key.Key_U)
    assert current(screen) == first
    assert study.review.counts(ReviewScope(topics=frozenset({"L07"}))).new == 1


def test_undo_from_the_summary(screen: FlashcardsScreen) -> None:
    """The last card of a session can still be taken back from its summary."""
    room(screen, "L07")
    first = current(screen)
    press(screen, Key.Key_Space)
    press(screen, Key.Key_4)
    part(screen, ReviewSummaryView)
    press(screen, Key.Key_U)
    assert current(screen) == first


def test_typed_card_compares_and_suggests_again_when_wrong(screen: FlashcardsScreen) -> None:
    """Enter compares a typed answer; the difference is shown and Again stands ready for a wrong one."""
    view = room(screen, "C22")
    type_text(screen, "contractual adjusment")
    press(screen, Key.Key_Return)
    assert screen.findChildren(TypedDiff)
    assert "Not the same" in words(screen)
    assert view.grades.default is Rating.AGAIN


def test_typed_card_forgives_case_and_spacing(screen: FlashcardsScreen) -> None:
    """The same answer in other case and spacing is right, and Good stands ready."""
    view = room(screen, "C22")
    type_text(screen, "Contractual  Write-Off")
    press(screen, Key.Key_Return)
    assert view.grades.default is Rating.GOOD


def test_typing_letters_is_not_taken_for_keys(screen: FlashcardsScreen) -> None:
    """Letters that are shortcuts elsewhere (suspend, bury, undo) are written into the answer line."""
    room(screen, "C22")
    first = current(screen)
    type_text(screen, "subfeh 1")
    assert face(screen).typed_text == "subfeh 1"
    assert current(screen) == first


def test_cloze_hides_then_fills(screen: FlashcardsScreen) -> None:
    """A cloze card shows its blank with the hint, then the filled text."""
    room(screen, "H09")
    front = words(screen)
    assert "[…]" in front or "[how many hours]" in front
    hidden = "12 months" if "[…]" in front else "1,250 hours"
    assert hidden not in front
    press(screen, Key.Key_Space)
    assert hidden in words(screen)
    assert "[…]" not in words(screen)


def test_term_shows_parts_and_where_to_check(screen: FlashcardsScreen) -> None:
    """The back of a term has its parts, and the source with the day it was checked."""
    screen.open(ReviewScope(card_ids=("note.term.0001#meaning",)))
    settle()
    assert "per-ih-kar-dee" in words(screen)
    press(screen, Key.Key_Space)
    told = words(screen)
    assert "cardi/o" in told
    assert "NCI SEER Training · word parts · checked November 23, 2026" in told


def test_word_building_hides_the_forms(screen: FlashcardsScreen) -> None:
    """A word-building card tells meanings and kinds of the parts, not their forms."""
    screen.open(ReviewScope(card_ids=("note.term.0001#build",)))
    settle()
    told = words(screen)
    assert "combining form" in told
    assert "cardi/o" not in told


def test_two_buttons(context: Context, study: Study, screen: FlashcardsScreen) -> None:
    """With two buttons there are two grades, and 2 and 4 do nothing."""
    study.settings.save(replace(study.settings.get(), two_buttons=True))
    view = room(screen, "L07")
    press(screen, Key.Key_Space)
    assert set(view.grades.buttons) == {Rating.AGAIN, Rating.GOOD}
    press(screen, Key.Key_2)
    press(screen, Key.Key_4)
    assert screen.view is view
    assert view.session.summary().reviewed == 0
    press(screen, Key.Key_3)
    assert view.session.summary().good == 1


def test_escape_leaves_the_answer_line_first(screen: FlashcardsScreen) -> None:
    """The first Escape leaves the line, what was typed stays and letters are keys; the second ends the session."""
    view = room(screen, "C22")
    type_text(screen, "contract")
    press(screen, Key.Key_Escape)
    assert part(screen, ReviewRoom) is view
    assert face(screen).typed_text == "contract"
    press(screen, Key.Key_F)
    assert view.flag_button.isChecked()
    press(screen, Key.Key_F)
    assert not view.flag_button.isChecked()
    press(screen, Key.Key_Escape)
    part(screen, ReviewStart)


def test_undo_puts_the_cursor_back_into_the_answer_line(screen: FlashcardsScreen) -> None:
    """A card that comes back by undo can be answered at once."""
    room(screen, "C22", "L07")
    while face(screen).field is None:
        press(screen, Key.Key_Space)
        press(screen, Key.Key_4)
    first = current(screen)
    press(screen, Key.Key_Return)
    press(screen, Key.Key_4)
    press(screen, Key.Key_U)
    assert current(screen) == first
    type_text(screen, "again")
    assert face(screen).typed_text == "again"


@pytest.mark.parametrize(("key", "told"), [(Key.Key_S, "Suspended: never asked"), (Key.Key_B, "Buried: not")])
def test_putting_a_card_away_says_so_and_can_be_undone(screen: FlashcardsScreen, key: Qt.Key, told: str) -> None:
    """A short line tells what became of the card with the way back, until the next thing is done."""
    view = room(screen, "L07", "H09", "T06")
    first = current(screen)
    press(screen, key)
    assert told in words(view.put_away)
    assert view.put_away.isVisibleTo(screen)
    assert view.put_away.undo.text() == "Undo (U)"
    press(screen, Key.Key_U)
    assert current(screen) == first
    assert not view.put_away.isVisibleTo(screen)
    press(screen, key)
    press(screen, Key.Key_Space)
    press(screen, Key.Key_3)
    assert not view.put_away.isVisibleTo(screen)


def test_last_card_put_away_can_be_taken_back(screen: FlashcardsScreen) -> None:
    """When suspending leaves no card, the end of the session still offers to undo it."""
    room(screen, "L07")
    first = current(screen)
    press(screen, Key.Key_S)
    part(screen, ReviewSummaryView)
    press(screen, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert current(screen) == first


def test_menu_explains_suspend_and_bury(screen: FlashcardsScreen) -> None:
    """Each entry says what becomes of the card."""
    menu = room(screen, "L07").menu()
    entries = [action.text() for action in menu.actions()]
    menu.deleteLater()
    assert entries[:2] == ["Suspend: never ask again until brought back\tS", "Bury: not today\tB"]


def test_new_cards_forgotten_have_no_share_recalled(screen: FlashcardsScreen) -> None:
    """A card met for the first time could not be recalled: the summary claims no 0 %."""
    room(screen, "L07")
    press(screen, Key.Key_Space)
    press(screen, Key.Key_1)
    press(screen, Key.Key_Escape)
    part(screen, ReviewSummaryView)
    told = words(screen)
    assert "recalled" not in told
    assert "new card met" in told


def test_refused_grade_is_told_and_the_card_stays(
    screen: FlashcardsScreen, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A grade that cannot be stored is told in a dialog, and its card is asked again."""

    def refuse(*_given: object, **_named: object) -> Changes:
        raise StudyAppError("The disk is full.", "Make room.")

    view = room(screen, "L07")
    first = current(screen)
    press(screen, Key.Key_Space)
    monkeypatch.setattr(view.session, "grade", refuse)
    press(screen, Key.Key_3)
    assert dialogs.asked == [("error", "The disk is full.", "Make room.", "")]
    assert current(screen) == first


@pytest.mark.parametrize("key", [Key.Key_S, Key.Key_B])
def test_suspend_and_bury_take_the_card_away(screen: FlashcardsScreen, study: Study, key: Qt.Key) -> None:
    """S and B take the card out of today's queue without grading it."""
    room(screen, "L07")
    press(screen, key)
    assert study.review.counts(ReviewScope(topics=frozenset({"L07"}))).total == 0
    assert study.progress.totals().cards == 0


def test_flag_is_kept(screen: FlashcardsScreen) -> None:
    """F flags the card; a later session still shows the flag."""
    room(screen, "L07")
    press(screen, Key.Key_F)
    again = room(screen, "L07")
    assert again.flag_button.isChecked()


def test_edit_changes_the_card_at_once(screen: FlashcardsScreen, dialogs: FakeDialogs) -> None:
    """E opens the editor; after saving, the card shows the new text and the session goes on."""

    def rewrite(dialog: QDialog) -> bool:
        assert isinstance(dialog, NoteEditor)
        fields = dialog.findChild(BasicFields)
        assert fields is not None
        fields.front.setPlainText("When is a breach notice late?")
        dialog.save()
        return dialog.result() == QDialog.DialogCode.Accepted

    room(screen, "L07")
    told: list[Changes] = []
    screen.changed.connect(told.append)
    dialogs.answers.append(rewrite)
    press(screen, Key.Key_E)
    assert "When is a breach notice late?" in words(screen)
    assert any(Area.LIBRARY in changes.areas for changes in told)


def test_report_is_asked_and_kept(screen: FlashcardsScreen, dialogs: FakeDialogs) -> None:
    """A report asks for words; without words nothing is stored and the card stays."""
    view = room(screen, "L07")
    told: list[Changes] = []
    screen.changed.connect(told.append)
    view.report()
    assert not told
    dialogs.answers.append("The date is wrong")
    view.report()
    assert len(told) == 1
    assert [asked[0] for asked in dialogs.asked] == ["ask_text", "ask_text"]


def test_leech_offers_to_be_fixed(screen: FlashcardsScreen, qtbot: QtBot) -> None:
    """A card that keeps slipping says so and offers the editor; it is not put away silently."""
    view = room(screen, "L07").session.current
    assert view is not None
    shown = FlashcardFace(replace(view, leech=True, lapses=8), speech=False)
    qtbot.addWidget(shown)
    told = words(shown)
    assert "Forgotten 8 times" in told
    assert "Fix this card" in [button.text() for button in shown.findChildren(Button)]


def test_nothing_due_offers_to_study_ahead(screen: FlashcardsScreen, study: Study) -> None:
    """When nothing is due the start view says why and offers to go on; that starts cards that are not due."""
    study.settings.save(replace(study.settings.get(), new_cards_per_day=0))
    screen.open(None)
    settle()
    start = part(screen, ReviewStart)
    assert "Nothing is due" in words(screen)
    assert not start.start_button.isVisibleTo(start)
    study.settings.save(replace(study.settings.get(), new_cards_per_day=5))
    start.empty.button.click()
    settle()
    part(screen, ReviewRoom)


def test_topic_without_cards_says_so(screen: FlashcardsScreen, qtbot: QtBot) -> None:
    """A topic that has no card does not claim that its cards wait for their day."""
    screen.open(None)
    start = part(screen, ReviewStart)
    with qtbot.waitSignal(start.tree.chosen_changed):
        start.tree.leaf("C17").setCheckState(0, Qt.CheckState.Checked)
    assert "No cards here" in words(screen)
    assert not start.empty.button.isVisibleTo(start)


def test_summary_leads_on(screen: FlashcardsScreen, clock: FakeClock) -> None:
    """The summary counts grades, tells the pace and what is due tomorrow, and Enter leads to ten questions."""
    room(screen, "L07")
    clock.advance(6)
    press(screen, Key.Key_Space)
    press(screen, Key.Key_4)
    told = words(screen)
    assert "6 s" in told
    assert "due tomorrow" in told
    routes: list[Route] = []
    screen.go.connect(routes.append)
    press(screen, Key.Key_Return)
    assert [route.place for route in routes] == [Place.PRACTICE]


def test_ending_early_keeps_the_rest(screen: FlashcardsScreen) -> None:
    """Esc ends the session; the summary offers to go on with what is left."""
    room(screen)
    press(screen, Key.Key_Space)
    if not face(screen).turned:
        press(screen, Key.Key_Return)
    press(screen, Key.Key_4)
    press(screen, Key.Key_Escape)
    assert part(screen, ReviewSummaryView).next_button.text().startswith("Go on with")
    press(screen, Key.Key_Return)
    part(screen, ReviewRoom)


@pytest.mark.parametrize("stage", ["start", "room", "summary"])
def test_erased_or_restored_data_drop_the_session(screen: FlashcardsScreen, study: Study, stage: str) -> None:
    """After everything was erased or replaced the start view is shown, with no topic chosen."""
    if stage == "start":
        screen.open(None)
        part(screen, ReviewStart).tree.set_chosen(frozenset({"L07"}))
    else:
        room(screen, "L07")
        if stage == "summary":
            press(screen, Key.Key_Space)
            press(screen, Key.Key_4)
    study.data.erase()
    screen.refresh(Changes.of(Area.EVERYTHING))
    settle()
    assert not part(screen, ReviewStart).scope.topics
    screen.open(None)
    part(screen, ReviewStart)


def test_text_size_changes_within_a_session(screen: FlashcardsScreen, qapp: QApplication) -> None:
    """A change of theme or text size keeps the card that is shown."""
    room(screen)
    shown = current(screen)
    apply_theme(qapp, Theme.DARK, 200)
    settle()
    assert current(screen) == shown


def test_long_session_grows_no_widgets(screen: FlashcardsScreen) -> None:
    """Cards are written into the same parts: a second session through the same ones holds no more than the first."""
    view = room(screen)

    def held() -> int:
        settle()
        gc.collect()
        return len(screen.findChildren(QWidget))

    def pass_all() -> int:
        most = 0
        for _ in range(30):
            if view.session.current is None:
                break
            view.turn()
            view.grade(Rating.AGAIN)
            most = max(most, held())
        return most

    most = pass_all()
    assert view.session.summary().reviewed == 30
    assert pass_all() <= most


def test_screen_is_freed(context: Context) -> None:
    """Nothing keeps the screen alive after it was closed."""
    made = FlashcardsScreen(context)
    made.open(ReviewScope())
    made.show()
    settle()
    gone = weakref.ref(made)
    made.hide()
    made.deleteLater()
    del made
    settle()
    gc.collect()
    assert gone() is None
