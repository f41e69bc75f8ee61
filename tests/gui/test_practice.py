"""Practice: the builder's live counts, a quiz by keyboard, its lesson, its result, and going on where it was left."""

import gc
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import Feedback
from studyapp.domain.bank import Bank
from studyapp.domain.item import AnyItem, Confidence, DifficultyBand, ItemType
from studyapp.gui.screen import Context, Placement
from studyapp.gui.screens.practice import PracticeScreen
from studyapp.gui.theme import apply_theme
from studyapp.gui.widgets.attempt_review import AttemptReview
from studyapp.gui.widgets.card_dialog import CardDialog
from studyapp.gui.widgets.card_prefill import card_about
from studyapp.gui.widgets.option_list import Look, OptionRow
from studyapp.gui.widgets.practice_builder import PracticeBuilder
from studyapp.gui.widgets.quiz_room import QuizRoom
from studyapp.gui.widgets.result_view import ResultView
from studyapp.services.changes import Area, Changes
from studyapp.services.practice import ItemStatus, PracticeFilter, PracticeSpec
from studyapp.services.settings import Theme
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs, settle
from tests.gui.study_bank import (
    BANK,
    BREACH,
    CLOZE,
    FMLA,
    ITEMS,
    PARTS,
    SHARE,
    WORD,
    fill,
    part,
    press,
    safely,
    type_text,
    words,
)
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
def screen(context: Context, qtbot: QtBot) -> PracticeScreen:
    """The screen, shown."""
    made = PracticeScreen(context)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    return made


def quiz(
    screen: PracticeScreen, *ids: str, feedback: Feedback = Feedback.TUTOR, minutes: int | None = None
) -> QuizRoom:
    """Start a quiz of exactly these items and hand back its room."""
    screen.open(PracticeSpec(PracticeFilter(), len(ids), feedback, minutes, item_ids=ids))
    settle()
    return part(screen, QuizRoom)


def builder(screen: PracticeScreen) -> PracticeBuilder:
    """Open the builder."""
    screen.open(None)
    settle()
    return part(screen, PracticeBuilder)


def rows(view: QuizRoom) -> list[OptionRow]:
    """The options shown."""
    assert view.area.view.option_list is not None
    return view.area.view.option_list.rows


def refuse(*_given: object) -> None:
    """A write that fails."""
    raise StudyAppError("The disk is full.", "Make room.")


def letter_of(view: QuizRoom, option_id: str) -> Qt.Key:
    """The key that chooses an option in the order shown."""
    ids = [row.option.id for row in rows(view)]
    return Key(Key.Key_A + ids.index(option_id))


def test_builder_counts_live(screen: PracticeScreen, qtbot: QtBot) -> None:
    """Each choice counts again; the button names the real number of questions."""
    view = builder(screen)
    assert view.sentence.text() == f"{len(ITEMS)} questions match."
    assert view.start_button.text() == "Start 10 questions"
    with qtbot.waitSignal(view.tree.chosen_changed):
        view.tree.leaf("L07").setCheckState(0, Qt.CheckState.Checked)
    assert view.start_button.text() == "Start 8 questions"
    assert "Only 8 match" in view.sentence.text()
    view.types.chip(ItemType.SINGLE).click()
    view.bands.chip(DifficultyBand.HARD).click()
    hard = sum(1 for item in ITEMS if item.topic == "L07" and item.band is DifficultyBand.HARD)
    assert view.start_button.text() == f"Start {hard} questions"


def test_ticking_a_subject_ticks_its_topics_and_tells_once(screen: PracticeScreen, qtbot: QtBot) -> None:
    """A subject's box stands for all of its topics, and the counts are read once for all of them."""
    view = builder(screen)
    subject = view.tree.topLevelItem(1)
    assert subject is not None
    told: list[int] = []
    view.tree.chosen_changed.connect(lambda: told.append(1))
    with qtbot.waitSignal(view.tree.chosen_changed):
        subject.setCheckState(0, Qt.CheckState.Checked)
    settle()
    assert view.filter.topics == {"C17", "C22"}
    assert told == [1]
    view.tree.leaf("C17").setCheckState(0, Qt.CheckState.Unchecked)
    assert subject.checkState(0) == Qt.CheckState.PartiallyChecked


def test_nothing_matches_is_said(screen: PracticeScreen) -> None:
    """A choice without a match says so, and nothing can be started."""
    view = builder(screen)
    view.statuses.chip(ItemStatus.MARKED).click()
    assert "No question matches" in view.sentence.text()
    assert not view.start_button.isEnabled()
    press(screen, Key.Key_Return)
    part(screen, PracticeBuilder)


def test_enter_starts_what_was_built(screen: PracticeScreen) -> None:
    """Length, feedback and time of the builder reach the quiz."""
    view = builder(screen)
    view.length.setValue(5)
    view.feedback.set_value(Feedback.TEST)
    view.timed.set_value(True)
    view.minutes.setValue(3)
    view.setFocus()
    press(screen, Key.Key_Return)
    room = part(screen, QuizRoom)
    attempt = room.runner.attempt
    assert (len(attempt.slots), attempt.feedback, attempt.time_limit_s) == (5, Feedback.TEST, 180)


def test_minutes_follow_the_length_until_set(screen: PracticeScreen) -> None:
    """The minutes offered grow with the length; once set by hand they stay."""
    view = builder(screen)
    view.length.setValue(40)
    assert view.minutes.value() == 60
    view.minutes.setValue(20)
    view.length.setValue(10)
    assert view.minutes.value() == 20


def test_presets(screen: PracticeScreen, dialogs: FakeDialogs, study: Study) -> None:
    """A setting is saved under a name, loaded with a click and deleted after a question."""
    view = builder(screen)
    view.length.setValue(25)
    view.bands.chip(DifficultyBand.HARD).click()
    dialogs.answers.append("Hard ones")
    view.presets.save_button.click()
    assert [preset.name for preset in study.practice.presets()] == ["Hard ones"]
    view.bands.chip(DifficultyBand.HARD).click()
    view.length.setValue(5)
    view.presets.chips[0].click()
    assert view.spec.length == 25
    assert view.spec.filter.bands == {DifficultyBand.HARD}
    preset = study.practice.presets()[0]
    dialogs.answers.append(safely("Delete “Hard ones”?", "Your answers and progress stay.", answer=False))
    view.presets.delete(preset)
    assert study.practice.presets() == (preset,)
    dialogs.answers.append(True)
    view.presets.delete(preset)
    assert study.practice.presets() == ()


def test_tutor_shows_the_lesson_after_enter(screen: PracticeScreen) -> None:
    """Choose, Enter: rationale of every option, takeaway, citation with its date; the next Enter ends a quiz of one."""
    view = quiz(screen, BREACH.id)
    assert "60 calendar days" not in words(screen)
    press(screen, letter_of(view, "a"))
    press(screen, Key.Key_Return)
    told = words(screen)
    for option in BREACH.options:
        assert option.why in told
    assert "60 calendar days after discovery" in told
    assert "45 CFR 164.404 · (b) · eCFR, read November 23, 2026" in told
    looks = {row.option.id: row.look for row in rows(view)}
    assert looks == {"a": Look.WRONG, "b": Look.RIGHT, "c": Look.PLAIN, "d": Look.PLAIN}
    assert "You chose this" in told
    assert "Best answer" in told
    press(screen, Key.Key_Return)
    part(screen, ResultView)


def test_enter_without_an_answer_does_nothing(screen: PracticeScreen) -> None:
    """The key is never shown before an answer."""
    view = quiz(screen, BREACH.id, FMLA.id)
    position = view.position
    press(screen, Key.Key_Return)
    assert view.position == position
    assert not view.slot.locked


def test_confidence_is_said_before_the_key_only(screen: PracticeScreen, dialogs: FakeDialogs, study: Study) -> None:
    """After the check the chips make room for what was said; 7, 8 and 9 then do nothing, without a word."""
    view = quiz(screen, BREACH.id)
    press(screen, letter_of(view, "b"))
    press(screen, Key.Key_8)
    press(screen, Key.Key_Return)
    assert "You said: unsure" in words(screen)
    assert not any(chip.isVisibleTo(screen) for chip in view.confidence.chips.values())
    for key in (Key.Key_7, Key.Key_9):
        press(screen, key)
    assert not dialogs.asked
    stored = study.attempts.result(view.runner.submit().attempt_id).slots[0]
    assert stored.confidence is Confidence.UNSURE


def test_no_confidence_said_shows_nothing_after(screen: PracticeScreen) -> None:
    """Who said nothing is told nothing."""
    view = quiz(screen, BREACH.id)
    press(screen, Key.Key_A)
    press(screen, Key.Key_Return)
    assert not view.confidence.told.isVisibleTo(screen)


@pytest.mark.parametrize("item", [WORD, SHARE])
def test_confidence_while_typing_wants_alt(screen: PracticeScreen, item: AnyItem) -> None:
    """In a field 7, 8 and 9 are written; the chips name Alt with them, which says how sure one is."""
    view = quiz(screen, item.id)
    assert [chip.key for chip in view.confidence.chips.values()] == ["Alt+7", "Alt+8", "Alt+9"]
    type_text(screen, "78")
    press(screen, Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert view.slot.response is not None
    assert view.slot.response.text == "78"
    assert view.slot.confidence is Confidence.SURE
    assert view.confidence.chips[Confidence.SURE].isChecked()


def test_refused_write_is_told(screen: PracticeScreen, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be stored is told in a dialog, and the room shows what is stored."""
    view = quiz(screen, BREACH.id)
    monkeypatch.setattr(view.runner, "answer", refuse)
    monkeypatch.setattr(view.runner, "set_marked", refuse)
    press(screen, Key.Key_A)
    assert dialogs.asked == [("error", "The disk is full.", "Make room.", "")]
    assert not rows(view)[0].isChecked()
    press(screen, Key.Key_M)
    assert len(dialogs.asked) == 2
    assert not view.mark.isChecked()


def test_failed_hand_in_can_be_tried_again(
    screen: PracticeScreen, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When handing in fails the room stays alive: answers count, and the next try brings the result."""
    view = quiz(screen, BREACH.id, feedback=Feedback.TEST)
    press(screen, Key.Key_A)
    with monkeypatch.context() as patched:
        patched.setattr(view.runner, "submit", refuse)
        press(screen, Key.Key_Return)
    assert dialogs.asked[-1][:2] == ("error", "The disk is full.")
    assert part(screen, QuizRoom) is view
    press(screen, Key.Key_B)
    assert view.slot.response is not None
    assert view.slot.response.chosen == {rows(view)[1].option.id}
    press(screen, Key.Key_Return)
    part(screen, ResultView)


def test_failing_clock_is_told_once(
    screen: PracticeScreen, dialogs: FakeDialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time that cannot be stored is told once, not every second."""
    view = quiz(screen, BREACH.id)
    monkeypatch.setattr(view.runner, "tick", refuse)
    view.tick()
    view.tick()
    assert [asked[0] for asked in dialogs.asked] == ["error"]


def test_answer_after_the_time_shows_the_result(screen: PracticeScreen, dialogs: FakeDialogs, clock: FakeClock) -> None:
    """An answer given when the time was up already is refused without a dialog: the result says that time is up."""
    quiz(screen, BREACH.id, FMLA.id, feedback=Feedback.TEST, minutes=1)
    clock.advance(61)
    press(screen, Key.Key_A)
    assert part(screen, ResultView).result.unanswered == 2
    assert "Time is up" in words(screen)
    assert not dialogs.asked


@pytest.mark.parametrize("stage", ["builder", "room", "result"])
def test_erased_or_restored_data_drop_what_was_shown(screen: PracticeScreen, study: Study, stage: str) -> None:
    """After everything was erased or replaced the builder is shown as new, whatever was shown before."""
    view = builder(screen)
    view.length.setValue(40)
    if stage != "builder":
        room = quiz(screen, BREACH.id)
        if stage == "result":
            room.submit()
    study.data.erase()
    screen.refresh(Changes.of(Area.EVERYTHING))
    settle()
    assert part(screen, PracticeBuilder).spec.length == 10
    screen.open(None)
    part(screen, PracticeBuilder)


def test_locked_answer_stays(screen: PracticeScreen) -> None:
    """Once the key is open, neither keys nor clicks change the answer."""
    view = quiz(screen, BREACH.id)
    press(screen, letter_of(view, "a"))
    press(screen, Key.Key_Return)
    press(screen, letter_of(view, "b"))
    QTest.mouseClick(rows(view)[0], Qt.MouseButton.LeftButton)
    assert view.slot.response is not None
    assert view.slot.response.chosen == {"a"}


def test_every_answer_is_stored_at_once(screen: PracticeScreen, study: Study) -> None:
    """What was chosen, struck and felt is on disk before anything else is pressed."""
    view = quiz(screen, BREACH.id, FMLA.id)
    ids = [slot.item_id for slot in view.runner.attempt.slots]
    view.show_position(ids.index(BREACH.id))
    press(screen, letter_of(view, "c"), SHIFT)
    press(screen, letter_of(view, "b"))
    press(screen, Key.Key_8)
    stored = study.attempts.runner(view.runner.attempt.id).attempt.slots[view.position]
    assert stored.response is not None
    assert stored.response.chosen == {"b"}
    assert stored.struck == {"c"}
    assert stored.confidence is Confidence.UNSURE


def test_strike_out_by_key_click_and_right_click(screen: PracticeScreen) -> None:
    """Shift and letter, the side button and a right click strike out; choosing takes it back."""
    view = quiz(screen, BREACH.id)
    press(screen, Key.Key_A, SHIFT)
    assert view.slot.struck == {rows(view)[0].option.id}
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(rows(view)[1], event)
    assert len(view.slot.struck) == 2
    assert "struck out" in rows(view)[0].accessibleDescription()
    press(screen, Key.Key_A)
    assert rows(view)[0].option.id not in view.slot.struck
    assert view.slot.answered
    press(screen, Key.Key_A, SHIFT)
    assert not view.slot.answered


def test_digits_choose_too(screen: PracticeScreen) -> None:
    """1-5 choose like A-E."""
    view = quiz(screen, BREACH.id)
    press(screen, Key.Key_2)
    assert view.slot.response is not None
    assert view.slot.response.chosen == {rows(view)[1].option.id}


def test_outcome_is_told_as_a_whole(screen: PracticeScreen) -> None:
    """After the check one line says "Right", "Partly right" with its points, or "Wrong"; before it there is none."""
    view = quiz(screen, PARTS.id, BREACH.id, FMLA.id)
    outcomes = {PARTS.id: ("a", "Partly right: 0.5 of 1 point"), BREACH.id: ("a", "Wrong"), FMLA.id: ("t", "Right")}
    for _ in range(3):
        option, told = outcomes[view.slot.item_id]
        line = view.area.view.outcome
        assert not line.isVisibleTo(screen)
        press(screen, letter_of(view, option))
        press(screen, Key.Key_Return)
        assert line.isVisibleTo(screen)
        assert line.text.text() == told
        press(screen, Key.Key_N)


def test_strike_outs_stay_after_the_check(screen: PracticeScreen) -> None:
    """What was struck out is still struck out and dimmed when the key is shown."""
    view = quiz(screen, BREACH.id)
    press(screen, letter_of(view, "d"), SHIFT)
    press(screen, letter_of(view, "b"))
    press(screen, Key.Key_Return)
    struck = [row.option.id for row in rows(view) if row.text_label.font().strikeOut()]
    assert struck == ["d"]
    row = next(row for row in rows(view) if row.option.id == "d")
    assert not row.text_label.isEnabled()
    assert "struck out" in row.accessibleDescription()


def test_multiple_says_how_it_is_marked(screen: PracticeScreen) -> None:
    """A multiple-response item states its partial credit, toggles options, and shows a right one that was missed."""
    view = quiz(screen, PARTS.id)
    assert "Choose all that apply; each right one adds, each wrong one takes away." in words(screen)
    assert "Remittance for questions on one claim" in words(screen)
    press(screen, letter_of(view, "a"))
    press(screen, letter_of(view, "c"))
    press(screen, letter_of(view, "c"))
    press(screen, Key.Key_Return)
    looks = {row.option.id: row.look for row in rows(view)}
    assert (looks["a"], looks["b"]) == (Look.RIGHT, Look.MISSED)
    assert view.slot.score == pytest.approx(0.5)


def test_number_with_a_known_mistake(screen: PracticeScreen) -> None:
    """A wrong number that people reach gets its own explanation; the right one stands beside it with its unit."""
    quiz(screen, SHARE.id)
    type_text(screen, "$48.00")
    press(screen, Key.Key_Return)
    told = words(screen)
    assert "Not right" in told
    assert "$36" in told
    assert "That is 20 % of the charge." in told


def test_typed_word_forgives_spacing(screen: PracticeScreen) -> None:
    """A typed word is right in other case and spacing, and digits and letters go into the field, not to the keys."""
    view = quiz(screen, WORD.id)
    type_text(screen, "Pericardio-Centesis")
    assert view.slot.confidence is None
    press(screen, Key.Key_Return)
    assert view.slot.score == 1


def test_cloze_blanks_are_numbered_and_marked_one_by_one(screen: PracticeScreen) -> None:
    """Blanks stand numbered in the stem with labelled fields; each is told right or not."""
    view = quiz(screen, CLOZE.id)
    assert "[1: difficult breathing]" in words(screen)
    type_text(screen, "dyspnea")
    press(screen, Key.Key_Tab)
    type_text(screen, "apnea")
    press(screen, Key.Key_Return)
    told = words(screen)
    assert "Partly right" in told
    assert "not right" in told
    assert view.slot.score == pytest.approx(0.5)


def test_test_feedback_keeps_the_key_to_the_end(screen: PracticeScreen, dialogs: FakeDialogs) -> None:
    """With feedback at the end Enter goes on without a lesson, and open questions are named before handing in."""
    view = quiz(screen, BREACH.id, FMLA.id, feedback=Feedback.TEST)
    press(screen, Key.Key_A)
    press(screen, Key.Key_Return)
    assert view.position == 1
    assert "Best answer" not in words(screen)
    dialogs.answers.append(safely("End this quiz?", "1 question is unanswered", answer=False))
    press(screen, Key.Key_Return)
    assert screen.view is view
    dialogs.answers.append(True)
    press(screen, Key.Key_Return)
    assert part(screen, ResultView).result.unanswered == 1


def test_leaving_keeps_the_place(screen: PracticeScreen, context: Context, qtbot: QtBot, clock: FakeClock) -> None:
    """Leaving pauses; another screen over the same data resumes at the same item with answer, strike-outs and time."""
    view = quiz(screen, BREACH.id, FMLA.id, SHARE.id)
    attempt_id = view.runner.attempt.id
    press(screen, Key.Key_N)
    clock.advance(40)
    view.tick()
    position, used = view.position, view.runner.attempt.time_used_s
    item_id = view.slot.item_id
    if item_id == SHARE.id:
        type_text(screen, "36")
    else:
        press(screen, Key.Key_B)
    assert screen.leave()
    clock.advance(3600)
    later = PracticeScreen(context)
    qtbot.addWidget(later)
    later.show()
    later.open(attempt_id)
    settle()
    room = part(later, QuizRoom)
    assert (room.position, room.slot.item_id) == (position, item_id)
    assert room.slot.answered
    room.tick()
    assert room.runner.attempt.time_used_s == pytest.approx(used, abs=1)


def test_builder_offers_an_open_quiz(
    screen: PracticeScreen, dialogs: FakeDialogs, context: Context, qtbot: QtBot
) -> None:
    """An open quiz stands on top of the builder with what was checked: go on with it, or discard it when asked."""
    quiz(screen, BREACH.id, FMLA.id)
    press(screen, Key.Key_A)
    press(screen, Key.Key_Return)
    press(screen, Key.Key_N)
    press(screen, Key.Key_A)
    screen.leave()
    later = PracticeScreen(context)
    qtbot.addWidget(later)
    later.show()
    later.open(None)
    view = part(later, PracticeBuilder)
    assert "1 of 2 answered" in words(later)
    open_attempt = context.study.attempts.open_attempts()[0]
    dialogs.answers.append(safely("Discard this quiz?", "stay in your progress", answer=False))
    view.discard.emit(open_attempt)
    assert context.study.attempts.open_attempts()
    dialogs.answers.append(True)
    view.discard.emit(open_attempt)
    assert not context.study.attempts.open_attempts()


def test_timed_quiz_hands_in_at_zero(screen: PracticeScreen, clock: FakeClock) -> None:
    """When the time is up the answers so far are handed in, and the result says so."""
    view = quiz(screen, BREACH.id, FMLA.id, feedback=Feedback.TEST, minutes=1)
    assert view.clock.text() == "1:00"
    press(screen, Key.Key_A)
    clock.advance(59)
    view.tick()
    assert view.clock.text() == "0:01"
    clock.advance(2)
    view.tick()
    assert part(screen, ResultView).result.unanswered == 1
    assert "Time is up" in words(screen)


def test_result_has_a_range_and_topics_and_leads_on(screen: PracticeScreen) -> None:
    """The result tells right of n and each topic; the missed ones can be taken again, and Enter does that."""
    view = quiz(screen, BREACH.id, FMLA.id)
    for _ in range(2):
        wrong = next(row for row in rows(view) if not row.option.correct)
        right = next(row for row in rows(view) if row.option.correct)
        chosen = wrong if view.slot.item_id == BREACH.id else right
        press(screen, letter_of(view, chosen.option.id))
        press(screen, Key.Key_Return)
        press(screen, Key.Key_Return)
    result = part(screen, ResultView)
    told = words(screen)
    assert "50 %" in told
    assert "1 of 2 right" in told
    assert "Other questions of this kind" not in told, "two answers tell nothing of other questions"
    assert "Breach notification" in told
    assert result.retake_button.text() == "Retake the one you missed"
    assert screen.focusWidget() is result.retake_button
    press(screen, Key.Key_Return)
    again = part(screen, QuizRoom)
    assert [slot.item_id for slot in again.runner.attempt.slots] == [BREACH.id]


def test_review_goes_through_the_missed(screen: PracticeScreen) -> None:
    """The review of the missed ones shows only those, with the learner's own answer and the key; Esc goes back."""
    view = quiz(screen, BREACH.id, FMLA.id)
    for _ in range(2):
        chosen = next(row for row in rows(view) if row.option.correct is (view.slot.item_id == FMLA.id))
        press(screen, letter_of(view, chosen.option.id))
        press(screen, Key.Key_Return)
        press(screen, Key.Key_Return)
    part(screen, ResultView).review.emit(True)  # noqa: FBT003 - a signal takes no names
    settle()
    review = part(screen, AttemptReview)
    assert review.result.slots[review.position].item.id == BREACH.id
    assert "You chose this" in words(screen)
    before = review.position
    press(screen, Key.Key_N)
    assert review.position == before
    press(screen, Key.Key_Escape)
    part(screen, ResultView)


def test_keys_of_a_question_are_listed_and_work(screen: PracticeScreen, dialogs: FakeDialogs) -> None:
    """R reports and K makes a card once the key was shown; the keys sheet lists both, with Alt for typed answers."""
    view = quiz(screen, WORD.id)
    listed = screen.keys()
    assert {"R", "K", "7, 8, 9"} <= {line.keys for line in listed}
    press(screen, Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert dialogs.asked[-1][1] == "Report a mistake"
    press(screen, Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert len(dialogs.asked) == 1, "no card before the key was shown"
    assert view.slot.response is None
    type_text(screen, "x")
    press(screen, Key.Key_Return)
    press(screen, Key.Key_K)
    assert dialogs.asked[-1] == ("custom", "CardDialog")


def test_result_of_few_answers_guesses_nothing(screen: PracticeScreen) -> None:
    """What was left out is told as such: no range of it, no time, "not answered" by topic; a retake takes it along."""
    view = quiz(screen, PARTS.id, BREACH.id, FMLA.id, feedback=Feedback.TEST)
    ids = [slot.item_id for slot in view.runner.attempt.slots]
    view.show_position(ids.index(PARTS.id))
    press(screen, letter_of(view, "a"))
    view.submit()
    settle()
    told = words(screen)
    assert "0.5 of 3 points" in told
    assert "Other questions of this kind" not in told
    assert told.count("not answered") == 2
    assert "for each answer" in told
    assert "2 unanswered, counted as wrong" in told
    assert part(screen, ResultView).retake_button.text() == "Retake 3 missed or left out"
    press(screen, Key.Key_Return)
    assert len(part(screen, QuizRoom).runner.attempt.slots) == 3


def test_range_is_told_from_five_answers_on(screen: PracticeScreen) -> None:
    """Five answers allow a range for other questions of the kind; what it stands on is said when some are left out."""
    ids = [item.id for item in ITEMS if item.id.startswith("filler") or item.topic == "L07"][:6]
    view = quiz(screen, *ids, feedback=Feedback.TEST)
    for place in range(5):
        view.show_position(place)
        press(screen, Key.Key_A)
    view.submit()
    settle()
    assert "By the 5 you answered, other questions of this kind would likely have given" in words(screen)


def test_key_seen_in_the_review_is_no_longer_fresh(screen: PracticeScreen, study: Study) -> None:
    """A question never displayed stays unseen until the review of its result shows its key."""
    view = quiz(screen, BREACH.id, FMLA.id, feedback=Feedback.TEST)
    attempt_id = view.runner.attempt.id
    view.submit()
    settle()

    def met() -> list[bool]:
        return [slot.shown for slot in study.attempts.result(attempt_id).slots]

    part(screen, ResultView).review.emit(False)  # noqa: FBT003 - a signal takes no names
    settle()
    assert met() == [True, False]
    press(screen, Key.Key_N)
    assert met() == [True, True]


def test_mark_note_and_report(screen: PracticeScreen, dialogs: FakeDialogs) -> None:
    """M marks, T writes a note that stays with the question, and a report needs words."""
    view = quiz(screen, BREACH.id)
    press(screen, Key.Key_M)
    assert view.runner.is_marked(0)
    assert view.mark.isChecked()
    dialogs.answers.append("Count from discovery")
    press(screen, Key.Key_T)
    assert view.runner.remark(0) == "Count from discovery"
    dialogs.answers.append("  ")
    view.report_item()
    assert dialogs.asked[-1][0] == "ask_text"


def test_make_a_card(screen: PracticeScreen, dialogs: FakeDialogs, study: Study) -> None:
    """The card dialog begins with the question and its lesson in plain words; the card joins those of its topic."""

    def shorten(dialog: QDialog) -> bool:
        assert isinstance(dialog, CardDialog)
        assert dialog.front == BREACH.stem
        assert dialog.back == BREACH.takeaway.replace("**", "")
        front = dialog.findChild(QPlainTextEdit)
        assert front is not None
        assert dialog.focusWidget() is front
        assert not front.isReadOnly()
        return True

    view = quiz(screen, BREACH.id)
    assert not view.card.isVisible()
    press(screen, Key.Key_A)
    press(screen, Key.Key_Return)
    before = study.library.topic_counts()["L07"][1]
    dialogs.answers.append(shorten)
    press(screen, Key.Key_K)
    assert study.library.topic_counts()["L07"][1] == before + 1
    assert view.card.text() == "Card made"


@pytest.mark.parametrize(
    ("stem", "front"),
    [
        ("What does **HIPAA** protect?", "What does HIPAA protect?"),
        ("A claim is *late*. What comes first? Select the best answer.", "A claim is late. What comes first?"),
        ("What must the notice name? (Choose two.)", "What must the notice name?"),
        ("Which two of these parts may be billed?", ""),
        ("Which of the following is a covered entity?", ""),
        ("Select all that apply.", ""),
        ("The deductible is met before the plan pays.", ""),
    ],
)
def test_card_begins_with_a_question_that_stands_alone(stem: str, front: str) -> None:
    """The front is the stem without markup and instructions, and empty where it asks nothing without its options."""
    assert card_about(replace(BREACH, stem=stem)) == (front, BREACH.takeaway.replace("**", ""))


def test_card_about_blanks_begins_with_its_back_only() -> None:
    """A text with blanks asks nothing by itself, and markup is left out of the back."""
    assert card_about(CLOZE) == ("", "-pnea is breathing.")


def test_card_needs_both_sides(qtbot: QtBot) -> None:
    """A card without a back cannot be made."""
    dialog = CardDialog("front", "")
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()


def test_placement(screen: PracticeScreen) -> None:
    """The placement payload starts the placement quiz, with feedback at the end."""
    screen.open(Placement())
    settle()
    view = part(screen, QuizRoom)
    assert len(view.runner.attempt.slots) == 20
    assert view.runner.attempt.feedback is Feedback.TEST


def test_nothing_to_start_is_said(screen: PracticeScreen, dialogs: FakeDialogs) -> None:
    """A quiz that matches nothing tells why and falls back to the builder."""
    screen.open(PracticeSpec(PracticeFilter(topics=frozenset({"none"})), 10))
    assert dialogs.asked[-1][0] == "error"
    part(screen, PracticeBuilder)


def test_text_size_changes_within_a_quiz(screen: PracticeScreen, qapp: QApplication) -> None:
    """A change of theme or text size keeps the item, the answer and the strike-outs."""
    view = quiz(screen, BREACH.id, FMLA.id)
    press(screen, Key.Key_A)
    item_id, response = view.slot.item_id, view.slot.response
    apply_theme(qapp, Theme.DARK, 200)
    settle()
    room = part(screen, QuizRoom)
    assert (room.slot.item_id, room.slot.response) == (item_id, response)


def test_screen_is_freed(context: Context) -> None:
    """Nothing keeps the screen alive after it was closed in the middle of a quiz."""
    made = PracticeScreen(context)
    made.open(PracticeSpec(PracticeFilter(), 5))
    made.show()
    settle()
    gone = weakref.ref(made)
    made.hide()
    made.deleteLater()
    del made
    settle()
    gc.collect()
    assert gone() is None
