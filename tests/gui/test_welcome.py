"""The first run: every step can be answered, skipped and gone back to, and ends in a first question."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studyapp.gui.screen import Context, Place, Placement, Route
from studyapp.gui.screens.welcome import WelcomeScreen
from studyapp.gui.widgets.plan_fields import ChoiceCard, short_title
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Area, Changes
from studyapp.services.practice import PracticeSpec
from studyapp.services.settings import Settings


@pytest.fixture
def routes() -> list[Route]:
    """Where the screen asked to go."""
    return []


@pytest.fixture
def written() -> list[Changes]:
    """What the screen says it changed."""
    return []


@pytest.fixture
def screen(context: Context, qtbot: QtBot, routes: list[Route], written: list[Changes]) -> WelcomeScreen:
    """The screen of somebody who starts the program for the first time."""
    made = WelcomeScreen(context)
    qtbot.addWidget(made)
    made.go.connect(routes.append)
    made.changed.connect(written.append)
    made.resize(1000, 800)
    with qtbot.waitActive(made):
        made.show()
    made.open(None)
    return made


def stored(screen: WelcomeScreen) -> Settings:
    """The settings as they are on the disk."""
    return screen.context.study.settings.get()


def shown_step(screen: WelcomeScreen) -> int:
    """Which step is on the screen."""
    visible = [place for place, step in enumerate(screen.pages) if step.isVisible()]
    assert len(visible) == 1
    return visible[0]


def test_four_presses_to_the_first_question(
    screen: WelcomeScreen, routes: list[Route], written: list[Changes], qtbot: QtBot
) -> None:
    """Whoever only presses Enter meets a question after four presses: well under a minute."""
    for _ in range(4):
        focus = screen.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Return)
    assert isinstance(routes[0].payload, PracticeSpec)
    assert routes[0].place is Place.PRACTICE
    assert stored(screen).welcomed
    assert written == [Changes.of(Area.SETTINGS)]


def test_everything_answered_is_stored(screen: WelcomeScreen, routes: list[Route]) -> None:
    """Exam, date, minutes and days off are what was chosen."""
    screen.exam.set_exam("cmm")
    screen.go_on()
    QTest.keyClicks(screen.date.field, "3/1/2027")
    screen.go_on()
    screen.minutes.findChildren(type(screen.days_off.chips[0]))[1].click()
    screen.days_off.chips[4].click()
    screen.go_on()
    screen.placement.click()
    assert routes == [Route(Place.PRACTICE, Placement())]
    settings = stored(screen)
    assert (settings.exam_id, settings.exam_date) == ("cmm", date(2027, 3, 1))
    assert (settings.minutes_per_day, settings.days_off) == (20, frozenset({5}))


def test_skipping_all_leads_to_today(screen: WelcomeScreen, routes: list[Route]) -> None:
    """Skipped at once, nothing is decided for the learner, and it is not asked again."""
    screen.skip_all.click()
    assert routes == [Route(Place.TODAY)]
    assert stored(screen) == replace(Settings(), welcomed=True)


def test_each_step_can_be_skipped(screen: WelcomeScreen) -> None:
    """A skipped step leaves its setting as it was."""
    screen.exam.set_exam("cmom")
    screen.skip.click()
    screen.days_off.chips[0].click()
    screen.skip.click()
    assert shown_step(screen) == 3
    assert screen.skip.isHidden()
    screen.first_question.click()
    assert stored(screen) == replace(Settings(), welcomed=True)


def test_just_learning_is_asked_no_date(screen: WelcomeScreen) -> None:
    """Without an exam there is no date to ask for, on the way there and on the way back."""
    screen.exam.set_exam("")
    screen.go_on()
    assert shown_step(screen) == 2
    screen.go_back()
    assert shown_step(screen) == 0


def test_back_keeps_what_was_chosen(screen: WelcomeScreen) -> None:
    """Going back loses nothing."""
    screen.exam.set_exam("cmm")
    screen.go_on()
    screen.go_back()
    assert screen.exam.exam_id() == "cmm"
    assert screen.back.isHidden()


def test_provenance_is_told(screen: WelcomeScreen) -> None:
    """Each exam says where its figures come from and how old they are; the program claims no affiliation."""
    texts = " ".join(label.text() for label in screen.findChildren(Label))
    for blueprint in screen.context.study.exams.blueprints():
        assert blueprint.provenance.source in texts
    assert "not affiliated" in texts


def test_exam_cards_are_radio_buttons(screen: WelcomeScreen, qtbot: QtBot) -> None:
    """Arrow keys choose among the cards, and screen readers hear their titles."""
    cards = screen.findChildren(ChoiceCard)
    cards[0].setFocus()
    cards[0].setChecked(True)
    QTest.keyClick(cards[0], Qt.Key.Key_Down)
    assert cards[1].isChecked()
    assert all(card.accessibleName() for card in cards)


def test_one_study_day_stays(screen: WelcomeScreen) -> None:
    """Seven days off would be no plan: the last one cannot be pressed."""
    for chip in screen.days_off.chips:
        chip.click()
    assert screen.days_off.days() == {1, 2, 3, 4, 5, 6}


def test_asked_again_it_shows_what_is_stored(context: Context, qtbot: QtBot) -> None:
    """Opened later from the palette, nothing chosen is overwritten by a default."""
    settings = context.study.settings
    settings.save(replace(settings.get(), welcomed=True, exam_id="", minutes_per_day=25, days_off=frozenset({7})))
    again = WelcomeScreen(context)
    qtbot.addWidget(again)
    assert again.exam.exam_id() == ""
    assert again.minutes.minutes() == 25
    assert again.days_off.days() == {7}


@pytest.mark.parametrize(
    ("title", "short"),
    [("Certified Medical Office Manager (CMOM)", "CMOM"), ("My own exam", "My own exam"), ("A (b) c", "A (b) c")],
)
def test_short_title(title: str, short: str) -> None:
    """Where room is short the abbreviation at the end of a title is enough."""
    assert short_title(title) == short


def test_settings_changed_elsewhere_are_taken_over(screen: WelcomeScreen) -> None:
    """The screen is kept; asked again after Settings were used, it must not bring the old answers back."""
    settings = screen.context.study.settings
    wanted = replace(Settings(), welcomed=True, exam_id="cmm", minutes_per_day=25, days_off=frozenset({2}))
    screen.refresh(settings.save(wanted))
    assert screen.chosen() == wanted


def test_a_text_that_is_no_date_is_not_passed_over(screen: WelcomeScreen) -> None:
    """Going on with an unreadable date stays and says so; skipping the step leaves it."""
    screen.exam.set_exam("cmom")
    screen.go_on()
    QTest.keyClicks(screen.date.field, "spring")
    screen.next.click()
    assert shown_step(screen) == 1
    assert screen.date.problem.isVisible()
    screen.skip.click()
    assert shown_step(screen) == 2


def test_enter_in_the_date_goes_on(screen: WelcomeScreen) -> None:
    """A date typed and Enter pressed is the whole step; Enter on another button presses that one."""
    screen.exam.set_exam("cmom")
    screen.go_on()
    QTest.keyClicks(screen.date.field, "2/15/2027")
    QTest.keyClick(screen.date.field, Qt.Key.Key_Return)
    assert shown_step(screen) == 2
    screen.back.setFocus()
    QTest.keyClick(screen.back, Qt.Key.Key_Return)
    assert shown_step(screen) == 1
    assert screen.date.chosen() == date(2027, 2, 15)
