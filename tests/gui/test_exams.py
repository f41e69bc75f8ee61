"""Exams: what is offered and how far it can be trusted, the room by keyboard, its clock, and its result."""

import gc
import weakref
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind
from studyapp.domain.bank import Bank
from studyapp.domain.item import ChoiceItem, NumericItem, Response
from studyapp.gui.screen import Context, KeyHelp, Place, Route
from studyapp.gui.screens.exams import ExamsScreen
from studyapp.gui.theme import apply_theme
from studyapp.gui.widgets.attempt_review import AttemptReview
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.calculator import Arithmetic, Calculator
from studyapp.gui.widgets.exam_card import ExamCard
from studyapp.gui.widgets.exam_room import ExamRoom
from studyapp.gui.widgets.exam_setup import ExamSetup
from studyapp.gui.widgets.exam_tutorial import ExamTutorial
from studyapp.gui.widgets.navigator import CellState
from studyapp.gui.widgets.result_view import ResultView
from studyapp.services.changes import Area, Changes
from studyapp.services.exam import Length
from studyapp.services.practice import PracticeSpec
from studyapp.services.settings import Theme
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs, settle
from tests.gui.study_bank import BANK, fill, part, press, safely, type_text, words
from tests.support.clock import FakeClock

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The small bank in place of the bundled one."""
    return BANK


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small bank in it."""
    return fill(tmp_path_factory.mktemp("small"))


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> ExamsScreen:
    """The screen, shown."""
    return shown(context, qtbot)


def shown(context: Context, qtbot: QtBot) -> ExamsScreen:
    """A screen over the data, as after a start of the program."""
    made = ExamsScreen(context)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


def setup(screen: ExamsScreen) -> ExamSetup:
    """Open the choice of exams."""
    screen.open(None)
    settle()
    return part(screen, ExamSetup)


def enter(screen: ExamsScreen, exam: int = 0) -> ExamRoom:
    """Begin an exam by keyboard and hand back its room."""
    view = setup(screen)
    view.choose(exam)
    view.setup.begin_button.click()
    settle()
    press(screen, Key.Key_Return)
    return part(screen, ExamRoom)


def asking(room: ExamRoom) -> bool:
    """Whether the confirmation page is shown."""
    return room.confirm is not None


def answer(screen: ExamsScreen, *, right: bool = True) -> None:
    """Answer the item shown, rightly or wrongly (typed ones with nonsense when wrong)."""
    room = part(screen, ExamRoom)
    item = room.runner.item(room.position)
    if isinstance(item, ChoiceItem):
        options = room.area.view.option_list
        assert options is not None
        for index, row in enumerate(options.rows):
            if row.option.correct is right:
                press(screen, Key(Key.Key_A + index))
                if not right:
                    break
    else:
        type_text(screen, "36" if right else "1")


def test_offer_tells_where_figures_come_from(screen: ExamsScreen) -> None:
    """Each exam names source, date, trust, whether its pass mark is published, and that there is no affiliation."""
    setup(screen)
    told = words(screen)
    assert "Source: PMI candidate handbook of 2015 (the issuer's own), read November 23, 2026." in told
    assert "pass mark 70 %, published" in told
    assert "practice target 75 %; no pass mark is published" in told
    assert told.count("Not affiliated with PMI or PAHCOM.") == 1


def test_note_on_figures_is_a_click_away(screen: ExamsScreen) -> None:
    """What else is known of an exam's figures stands behind a link that leaves the choice of the exam alone."""
    view = setup(screen)
    weights = "Domain weights are not published; these are ours."
    assert weights not in words(screen)
    card = next(each for each in view.findChildren(ExamCard) if each.blueprint.id == "cmm")
    card.more.click()
    settle()
    assert weights in words(screen)
    assert view.blueprint.id == "cmom"
    card.more.click()
    settle()
    assert weights not in words(screen)


def test_own_exam_stands_first_and_chosen(screen: ExamsScreen, study: Study) -> None:
    """The usual exam is offered first; a learner's own takes its place, chosen."""

    def order() -> list[str]:
        return [card.blueprint.id for card in view.findChildren(ExamCard)]

    view = setup(screen)
    assert order() == ["cmom", "cmm"]
    assert view.blueprint.id == "cmom"
    study.settings.save(replace(study.settings.get(), exam_id="cmm"))
    view = setup(screen)
    assert order() == ["cmm", "cmom"]
    assert view.blueprint.id == "cmm"


def test_dates_are_those_on_the_wall(screen: ExamsScreen, clock: FakeClock) -> None:
    """An exam finished in the evening carries the day of the learner's wall, on its page and in the history."""
    clock.utc_offset = timedelta(hours=9)  # 19:10 in UTC is 4:10 of the next day
    result = enter(screen).runner.submit()
    screen.open(result.attempt_id)
    settle()
    assert "Nov 24, 2026" in words(screen)
    setup(screen)
    assert "Nov 24, 2026" in words(screen)


def test_length_and_time_change_the_offer(screen: ExamsScreen) -> None:
    """Half the length halves the questions; extended time lengthens the clock."""
    view = setup(screen)
    assert view.setup.begin_button.text() == "Start 20 questions"
    assert "20 questions in 48 minutes" in view.setup.told.text()
    view.setup.lengths.set_value(Length.HALF)
    view.setup.factors.set_value(1.5)
    view.setup.changed.emit()
    assert view.setup.begin_button.text() == "Start 10 questions"
    assert "36 minutes" in view.setup.told.text()


def test_shortage_is_said(screen: ExamsScreen, study: Study) -> None:
    """A domain with too few questions is named with its numbers; nothing is filled in silently."""
    view = setup(screen)
    assert not view.setup.shortage.isVisibleTo(view)
    offer = study.exams.offer("cmom", Length.FULL)
    supply = tuple(replace(each, available=3) if each.id == "personnel" else each for each in offer.supply)
    view.setup.show_offer(replace(offer, items=19, supply=supply), blocked=False)
    settle()
    assert "19 of the 20 questions" in view.setup.shortage_text.text()
    assert "Personnel Management" in view.setup.shortage_text.text()
    assert "3 of 4" in words(view.setup)
    assert view.setup.begin_button.text() == "Start 19 questions"


def test_clock_starts_after_the_tutorial(screen: ExamsScreen, clock: FakeClock, study: Study) -> None:
    """Reading the tutorial costs no time, and going back from it opens no exam."""
    view = setup(screen)
    view.setup.begin_button.click()
    settle()
    part(screen, ExamTutorial)
    press(screen, Key.Key_Escape)
    assert not study.attempts.open_attempts()
    part(screen, ExamSetup).setup.begin_button.click()
    settle()
    clock.advance(600)
    press(screen, Key.Key_Return)
    room = part(screen, ExamRoom)
    room.tick()
    assert room.top.clock.text() == "48:00"


def test_keyboard_flow(screen: ExamsScreen, study: Study) -> None:
    """Choose, strike out, flag, next and back by keys; each change is stored before the next key."""
    room = enter(screen)
    answer(screen)
    press(screen, Key.Key_F)
    stored = study.attempts.runner(room.runner.attempt.id).attempt
    assert stored.slots[0].answered
    assert stored.slots[0].flagged
    screen.view.setFocus()  # type: ignore[union-attr]  # it is the room
    press(screen, Key.Key_N)
    assert room.position == 1
    assert room.top.place.text() == "2 of 20"
    room.setFocus()
    press(screen, Key.Key_P)
    assert room.position == 0
    assert room.bottom.flag.isChecked()


def test_no_feedback_before_the_end(screen: ExamsScreen) -> None:
    """Answering shows neither key nor rationale."""
    room = enter(screen)
    answer(screen)
    item = room.runner.item(room.position)
    assert item.takeaway not in words(room.area)
    assert "Best answer" not in words(room.area)


def test_navigator_tells_states_in_words(screen: ExamsScreen) -> None:
    """Cells tell open, answered and flagged by word and state; the filters show the open and the flagged ones."""
    room = enter(screen)
    answer(screen)
    press(screen, Key.Key_N)
    room.setFocus()
    press(screen, Key.Key_F)
    cells = room.navigator.cell_buttons()
    assert cells[0].cell.state is CellState.ANSWERED
    assert cells[0].accessibleName() == "Question 1: answered"
    assert cells[1].accessibleName() == "Question 2: not answered, flagged, shown now"
    assert room.navigator.left.text() == "19 left"
    room.navigator.choose_filter(1)
    assert room.navigator.shown_positions() == tuple(range(1, 20))
    room.navigator.choose_filter(2)
    assert room.navigator.shown_positions() == (1,)
    assert not cells[0].isVisibleTo(room)


def test_number_goes_to_its_question(screen: ExamsScreen) -> None:
    """A click on a number shows that question."""
    room = enter(screen)
    room.navigator.cell_buttons()[6].click()
    assert room.position == 6


def test_confirmation_names_open_and_flagged(screen: ExamsScreen) -> None:
    """R lists what is unanswered and flagged; a number leads back to it; Finish hands in."""
    room = enter(screen)
    answer(screen)
    room.setFocus()
    press(screen, Key.Key_F)
    press(screen, Key.Key_R)
    assert room.confirm is not None
    told = words(room.confirm)
    assert "1 of 20 questions are answered." in told
    assert "Unanswered: 19" in told
    assert "Flagged: 1" in told
    room.confirm.picked.emit(4)
    assert room.position == 4
    assert not asking(room)
    room.setFocus()
    press(screen, Key.Key_R)
    assert asking(room)
    press(screen, Key.Key_Escape)
    assert not asking(room)
    part(screen, ExamRoom)
    room.show_confirm()
    assert room.confirm is not None
    room.confirm.finish_button.click()
    settle()
    assert part(screen, ResultView).result.unanswered == 19


def test_next_after_the_last_leads_to_the_confirmation(screen: ExamsScreen) -> None:
    """N on the last question asks before it hands in."""
    room = enter(screen)
    room.show_position(19)
    room.go_on()
    assert room.confirm is not None


def test_auto_submit_at_zero(screen: ExamsScreen, clock: FakeClock, study: Study) -> None:
    """At zero the exam is handed in by itself, from the confirmation page too, and the result says why."""
    room = enter(screen)
    answer(screen)
    room.setFocus()
    press(screen, Key.Key_R)
    clock.advance(47 * 60)
    room.tick()
    part(screen, ExamRoom)
    clock.advance(61)
    room.tick()
    settle()
    part(screen, ResultView)
    assert "Time is up. Your answers were handed in." in words(screen)
    assert len(study.attempts.history(AttemptKind.EXAM)) == 1
    assert not study.attempts.open_attempts()


def test_notices_come_once_at_their_minutes(screen: ExamsScreen, clock: FakeClock) -> None:
    """30, 15, 5 and 1 minutes are told once each and go away after some seconds."""
    room = enter(screen)
    told: list[str] = []
    for _ in range(48 * 6 - 1):
        clock.advance(10)
        room.tick()
        if not room.notice.isHidden() and (not told or told[-1] != room.notice.text.text()):
            told.append(room.notice.text.text())
    assert told[:3] == ["30 minutes left.", "15 minutes left.", "5 minutes left."]
    assert told[3].startswith("1 minute left.")
    assert len(told) == 4


def test_hidden_clock_returns_for_the_last_five_minutes(screen: ExamsScreen, clock: FakeClock) -> None:
    """The clock can be hidden; in the last five minutes it shows and cannot be hidden."""
    room = enter(screen)
    room.top.hide_clock.click()
    assert room.top.clock.text() == "hidden"
    clock.advance(43 * 60 + 1)
    room.tick()
    assert room.top.clock.text() == "4:59"
    assert not room.top.hide_clock.isVisible()


def test_leaving_asks_and_pauses(screen: ExamsScreen, dialogs: FakeDialogs, clock: FakeClock, study: Study) -> None:
    """Leaving is asked for in words; "no" stays, "yes" stops the clock and keeps the attempt."""
    room = enter(screen)
    clock.advance(60)
    room.tick()
    dialogs.answers.append(safely("Leave the exam for now?", "kept", answer=False))
    assert not screen.leave()
    part(screen, ExamRoom)
    dialogs.answers.append(True)
    assert screen.leave()
    clock.advance(7200)
    open_exam = study.attempts.open_attempts()[0]
    assert open_exam.time_left_s == pytest.approx(47 * 60, abs=1)


def test_resume_after_the_program_was_killed(
    screen: ExamsScreen, context: Context, qtbot: QtBot, clock: FakeClock
) -> None:
    """Without any pause, a later start finds the same item, time, strike-outs, flags and answers."""
    room = enter(screen)
    answer(screen, right=False)
    room.show_position(2)
    struck_index = 3 if room.area.view.option_list is not None and len(room.area.view.option_list.rows) > 3 else 1
    room.area.view.strike(struck_index)
    room.toggle_flag()
    clock.advance(30)
    room.tick()
    slots = room.runner.attempt.slots
    later = shown(context, qtbot)
    later.open(room.runner.attempt.id)
    settle()
    again = part(later, ExamRoom)
    assert again.position == 2
    before = [(slot.response, slot.struck, slot.flagged) for slot in slots]
    assert [(slot.response, slot.struck, slot.flagged) for slot in again.runner.attempt.slots] == before
    assert again.runner.attempt.time_left_s == pytest.approx(48 * 60 - 30, abs=4)


def test_open_exam_blocks_another(screen: ExamsScreen, dialogs: FakeDialogs, study: Study) -> None:
    """While an exam is open it is offered on top, another cannot be begun, and it can be discarded after a question."""
    enter(screen)
    dialogs.answers.append(True)
    screen.leave()
    view = setup(screen)
    assert "0 of 20 answered" in words(screen)
    assert not view.setup.begin_button.isEnabled()
    assert "An exam is open" in view.setup.told.text()
    dialogs.answers.append(safely("Discard this exam?", "without a result", answer=True))
    view.discard.emit(study.attempts.open_attempts()[0])
    assert not study.attempts.open_attempts()
    assert part(screen, ExamSetup).setup.begin_button.isEnabled()


def test_enter_begins_the_exam_chosen_and_goes_on_with_an_open_one(
    screen: ExamsScreen, dialogs: FakeDialogs, study: Study
) -> None:
    """Enter on the choice of exams begins the one chosen; later it goes on with the open one, which has the focus."""
    setup(screen).choose(1)
    assert screen.keys()[0] == KeyHelp("Enter", "Start the exam chosen")
    press(screen, Key.Key_Return)
    assert part(screen, ExamTutorial).offer.blueprint.id == "cmm"
    press(screen, Key.Key_Return)
    first = part(screen, ExamRoom).runner.attempt.id
    dialogs.answers.append(True)
    press(screen, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    view = part(screen, ExamSetup)
    assert screen.keys()[0] == KeyHelp("Enter", "Go on with the open exam")
    focused = view.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "Go on with the exam"
    press(screen, Key.Key_Return)
    assert part(screen, ExamRoom).runner.attempt.id == first


def test_enter_presses_a_button_in_focus(screen: ExamsScreen) -> None:
    """Who went to another button with Tab presses that one with Enter."""
    view = setup(screen)
    card = view.findChildren(ExamCard)[1]
    card.more.setFocus()
    press(screen, Key.Key_Return)
    assert part(screen, ExamSetup) is view
    assert "Domain weights are not published; these are ours." in words(screen)
    card.setFocus()
    press(screen, Key.Key_Return)
    assert part(screen, ExamTutorial).offer.blueprint.id == card.blueprint.id


def test_every_tool_of_the_room_has_its_key(screen: ExamsScreen, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """Note, clock, calculator and pause answer to the keys that the sheet and their tooltips name."""
    room = enter(screen)
    listed = screen.keys()
    assert {"M", "T", "Alt+C", "Ctrl+P"} <= {line.keys for line in listed}
    dialogs.answers.append("Look this up")
    press(screen, Key.Key_M)
    assert room.runner.remark(0) == "Look this up"
    press(screen, Key.Key_T)
    assert room.top.clock.text() == "hidden"
    press(screen, Key.Key_T)
    assert room.top.clock.text() != "hidden"
    press(screen, Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert room.calculator is not None
    press(room.calculator, Key.Key_Escape)
    dialogs.answers.append(safely("Leave the exam for now?", "kept", answer=False))
    press(screen, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not dialogs.answers
    assert "(Alt+C)" in room.top.calculator.toolTip()
    assert "(Ctrl+P)" in room.top.pause.toolTip()
    assert "(T)" in room.top.hide_clock.toolTip()


def test_keys_work_beside_a_number_being_typed(screen: ExamsScreen) -> None:
    """In a field letters are written; with Alt they are the room's keys, the calculator's among them."""
    room = enter(screen)
    numbers = [place for place in range(20) if isinstance(room.runner.item(place), NumericItem)]
    room.show_position(numbers[0])
    type_text(screen, "36")
    press(screen, Key.Key_F, Qt.KeyboardModifier.AltModifier)
    slot = room.runner.attempt.slots[numbers[0]]
    assert slot.flagged
    assert slot.response is not None
    assert slot.response.text == "36"
    press(screen, Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert room.calculator is not None
    press(room.calculator, Key.Key_C, Qt.KeyboardModifier.AltModifier)
    assert not room.findChildren(Calculator)
    type_text(screen, "1")
    assert room.runner.attempt.slots[numbers[0]].response == Response(text="361")


def test_failed_hand_in_can_be_tried_again(
    screen: ExamsScreen, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch, clock: FakeClock
) -> None:
    """When handing in fails it is told, the clock goes on, and Finish works once there is room."""

    def refuse() -> None:
        raise StudyAppError("The disk is full.", "Make room.")

    room = enter(screen)
    press(screen, Key.Key_R)
    with monkeypatch.context() as patched:
        patched.setattr(room.runner, "submit", refuse)
        assert room.confirm is not None
        room.confirm.finish_button.click()
    settle()
    assert dialogs.asked[-1][:2] == ("error", "The disk is full.")
    clock.advance(60)
    room.tick()
    assert room.top.clock.text() == "47:00"
    room.confirm.finish_button.click()
    settle()
    part(screen, ResultView)


def test_answer_after_the_time_shows_the_result(screen: ExamsScreen, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """An answer that comes when the time is up shows the result, which says so, and no dialog."""
    enter(screen)
    clock.advance(48 * 60 + 1)
    press(screen, Key.Key_A)
    part(screen, ResultView)
    assert "Time is up. Your answers were handed in." in words(screen)
    assert not dialogs.asked


@pytest.mark.parametrize("stage", ["room", "result"])
def test_erased_or_restored_data_drop_what_was_shown(screen: ExamsScreen, study: Study, stage: str) -> None:
    """After everything was erased or replaced the choice of exams is shown, with the sidebar beside it."""
    room = enter(screen)
    if stage == "result":
        room.submit()
    modes: list[bool] = []
    screen.focus_mode.connect(modes.append)
    study.data.erase()
    screen.refresh(Changes.of(Area.EVERYTHING))
    settle()
    assert not part(screen, ExamSetup).blocked
    assert modes[-1] is False
    assert screen.leave()


def test_hidden_clock_stays_hidden_after_a_pause(screen: ExamsScreen, dialogs: FakeDialogs) -> None:
    """Who hid the clock finds it hidden on going on; another exam begins with its clock shown."""
    room = enter(screen)
    room.top.hide_clock.click()
    dialogs.answers.append(True)
    assert screen.leave()
    setup(screen)
    press(screen, Key.Key_Return)
    room = part(screen, ExamRoom)
    assert room.top.clock.text() == "hidden"
    room.submit()
    settle()
    assert enter(screen).top.clock.text() == "48:00"


def test_calculator_covers_no_answer(screen: ExamsScreen, qapp: QApplication) -> None:
    """The calculator stands over the list of questions, and where that is away the question makes room for it."""
    for size, percent in (((1200, 800), 100), ((1024, 640), 200)):
        screen.resize(*size)
        apply_theme(qapp, Theme.LIGHT, percent)
        settle()
        room = part(screen, ExamRoom) if screen.view is not None else enter(screen)
        room.toggle_calculator()
        settle()
        assert room.calculator is not None
        area = QRect(room.area.mapTo(room, QPoint(0, 0)), room.area.size())
        assert not area.intersects(room.calculator.geometry())
        room.toggle_calculator()


def test_result_by_domain_with_pass_mark(screen: ExamsScreen) -> None:
    """The result compares with the mark, says where the mark comes from, and lists each domain with its weight."""
    room = enter(screen)
    for place in range(20):
        room.show_position(place)
        answer(screen)
    room.submit()
    settle()
    told = words(screen)
    assert "100 %" in told
    assert "20 of 20 right, above the pass mark" in told
    assert "The thin line is the pass mark, 70 %, as published. Source: PMI candidate handbook of 2015" in told
    assert "Compliance Requirements" in told
    assert "40 % of the exam" in told


def test_unpublished_mark_is_called_a_target(screen: ExamsScreen) -> None:
    """Without a published pass mark the result speaks of a practice target."""
    room = enter(screen, exam=1)
    room.submit()
    settle()
    told = words(screen)
    assert "below the practice target" in told
    assert "the issuer publishes no pass mark" in told


def test_history_opens_a_result_and_its_review(screen: ExamsScreen, study: Study) -> None:
    """A finished exam stands in the history with its share; its review filters the missed and the flagged."""
    room = enter(screen, exam=1)
    answer(screen)
    room.toggle_flag()
    room.submit()
    settle()
    view = setup(screen)
    assert "above the mark" in words(screen) or "below the mark" in words(screen)
    view.opened.emit(study.attempts.history(AttemptKind.EXAM)[0].attempt_id)
    settle()
    part(screen, ResultView).review.emit(False)  # noqa: FBT003 - a signal takes no names
    settle()
    review = part(screen, AttemptReview)
    assert len(review.navigator.shown_positions()) == 8
    review.navigator.choose_filter(1)
    assert review.navigator.shown_positions() == tuple(range(1, 8))
    assert review.position == 1
    review.navigator.choose_filter(2)
    assert review.navigator.shown_positions() == (0,)
    assert review.position == 0


def test_retake_leads_to_practice(screen: ExamsScreen) -> None:
    """The missed questions of an exam can be practised: the route carries exactly them."""
    room = enter(screen, exam=1)
    answer(screen)
    room.submit()
    settle()
    routes: list[Route] = []
    screen.go.connect(routes.append)
    result = part(screen, ResultView)
    missed = {slot.item.id for slot in result.result.slots if slot.score < 1}
    result.retake.emit()
    assert routes[0].place is Place.PRACTICE
    assert isinstance(routes[0].payload, PracticeSpec)
    assert set(routes[0].payload.item_ids) == missed


def test_focus_mode_while_in_the_room(screen: ExamsScreen, dialogs: FakeDialogs) -> None:
    """The sidebar goes when the room opens and comes back when it is left."""
    modes: list[bool] = []
    screen.focus_mode.connect(modes.append)
    enter(screen)
    assert modes[-1] is True
    dialogs.answers.append(True)
    screen.leave()
    assert modes[-1] is False


def test_narrow_room_calls_the_navigator(screen: ExamsScreen, qapp: QApplication) -> None:
    """At 200 % text in a small window the navigator makes room and a button brings it back; the item is kept."""
    room = enter(screen)
    room.show_position(3)
    screen.resize(1024, 640)
    apply_theme(qapp, Theme.DARK, 200)
    settle()
    again = part(screen, ExamRoom)
    assert again.position == 3
    assert again.side.isHidden()
    assert again.top.questions.isVisible()
    again.top.questions.click()
    assert not again.side.isHidden()


def test_calculator_by_keyboard(screen: ExamsScreen) -> None:
    """The calculator takes keys while it is open and leaves the answers alone; Esc closes it."""
    room = enter(screen)
    before = room.runner.attempt.slots[0].response
    room.top.calculator.click()
    calculator = room.calculator
    assert isinstance(calculator, Calculator)
    for text in "180*20%":
        type_text(calculator, text)
    press(calculator, Key.Key_Return)
    assert calculator.display.text() == "36"
    press(calculator, Key.Key_Escape)
    assert not room.findChildren(Calculator)
    assert room.runner.attempt.slots[0].response == before


@given(a=st.integers(0, 9999), b=st.integers(1, 9999), operation=st.sampled_from("+-*/"))
def test_arithmetic_is_exact(a: int, b: int, operation: str) -> None:
    """Two numbers and an operation give what decimal arithmetic gives, rounded to eight places."""
    machine = Arithmetic()
    for key in f"{a}{operation}{b}=":
        machine.press(key)
    exact = {"+": a + b, "-": a - b, "*": a * b, "/": a / b}[operation]
    assert float(machine.shown) == pytest.approx(exact, abs=1e-8)


@pytest.mark.parametrize(
    ("keys", "shown_at_end"),
    [
        ("0.1+0.2=", "0.3"),
        ("2+3*4=", "20"),
        ("200+10%=", "220"),
        ("5/0=", "Error"),
        ("5/0=7", "7"),
        ("12<", "1"),
        ("7C", "0"),
        ("1..5", "1.5"),
    ],
)
def test_pocket_calculator_habits(keys: str, shown_at_end: str) -> None:
    """Left to right, percent of the first number, division by zero is said, and mistakes can be corrected."""
    machine = Arithmetic()
    for key in keys:
        machine.press(key)
    assert machine.shown == shown_at_end


def test_screen_is_freed(context: Context) -> None:
    """Nothing keeps the screen alive after it was closed in the middle of an exam."""
    made = ExamsScreen(context)
    made.open(None)
    assert isinstance(made.view, ExamSetup)
    made.view.setup.begin_button.click()
    assert isinstance(made.view, ExamTutorial)
    made.view.begin.emit()
    made.show()
    settle()
    gone = weakref.ref(made)
    made.hide()
    made.deleteLater()
    del made
    settle()
    gc.collect()
    assert gone() is None
