"""Progress: nothing pretended before there are answers, then ranges that lead to practice."""

import random
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QTableWidget
from pytestqt.qtbot import QtBot

from studyapp.domain.item import Confidence
from studyapp.domain.memory import Rating
from studyapp.gui.screen import Context, Place, Route
from studyapp.gui.screens.progress import ProgressScreen
from studyapp.gui.theme import apply_theme
from studyapp.gui.widgets.charts import ChartCard, Series, Table, whole_step
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.standing_row import StandingRow
from studyapp.services.changes import Area, Changes
from studyapp.services.exam import Length
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.progress import Standing
from studyapp.services.review import ReviewScope
from studyapp.services.sample import response_to
from studyapp.services.settings import Theme
from studyapp.services.study import Study
from tests.gui.fakes import settle
from tests.gui.study_bank import words
from tests.support.clock import FakeClock


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> ProgressScreen:
    """The screen, shown."""
    made = ProgressScreen(context)
    qtbot.addWidget(made)
    made.resize(1000, 760)
    made.show()
    return made


def study_an_evening(study: Study, clock: FakeClock) -> None:
    """Three cards, a quiz of ten with confidence, and a short exam."""
    rng = random.Random(3)
    session = study.review.start(ReviewScope())
    for _ in range(3):
        clock.advance(6)
        session.grade(Rating.GOOD, duration_ms=6000)
    runner = study.practice.start(PracticeSpec(PracticeFilter(), length=10))
    for slot in runner.attempt.slots:
        clock.advance(30)
        runner.answer(slot.position, response_to(runner.item(slot.position), right=slot.position % 3 != 0, rng=rng))
        runner.set_confidence(slot.position, Confidence.SURE if slot.position % 2 else Confidence.GUESS)
        runner.lock(slot.position)
    runner.submit()
    exam = study.exams.start("cmom", Length.QUARTER)
    for slot in exam.attempt.slots:
        exam.answer(slot.position, response_to(exam.item(slot.position), right=True, rng=rng))
    exam.submit()


def test_before_the_first_answer_it_says_what_to_do(screen: ProgressScreen) -> None:
    """Without answers there is no number, only the one thing that brings the first ones."""
    routes: list[Route] = []
    screen.go.connect(routes.append)
    screen.open(None)
    settle()
    empty = screen.findChild(EmptyState)
    assert empty is not None
    assert empty.isVisible()
    assert not screen.findChildren(StandingRow)
    empty.acted.emit()
    assert routes[0].place is Place.PRACTICE


def test_ranges_charts_and_tables_come_from_the_log(screen: ProgressScreen, study: Study, clock: FakeClock) -> None:
    """After an evening each domain has its range, each chart the table behind it, and confidence its shares."""
    study.settings.save(replace(study.settings.get(), exam_id="cmom"))
    study_an_evening(study, clock)
    screen.open(None)
    screen.refresh(Changes.of(Area.RESPONSES))
    settle()
    rows = [row.standing for row in screen.findChildren(StandingRow) if row.isVisible()]
    domains = {standing.id: standing for standing in study.progress.domains()}
    assert set(domains) <= {row.id for row in rows}
    text = words(screen)
    for standing in domains.values():
        assert f"{standing.low * 100:.0f}–{standing.high * 100:.0f} %" in text
    sure = next(row for row in study.progress.calibration() if row.confidence == "sure")
    shown = next(row for row in rows if row.id == "sure")
    assert shown.mean == pytest.approx(sure.right / sure.n)
    assert shown.low <= shown.mean <= shown.high
    tables = [table for table in screen.findChildren(QTableWidget) if table.accessibleName() == "Practice exams"]
    assert tables[0].rowCount() == 1


def test_topics_lead_to_practising_them(screen: ProgressScreen, study: Study, clock: FakeClock) -> None:
    """The topic view lists weakest first, and a row's action starts a quiz on exactly that topic."""
    study_an_evening(study, clock)
    screen.open(None)
    settle()
    screen._views.button(2).click()
    settle()
    topics = [row for row in screen.findChildren(StandingRow) if row.isVisible() and row.standing.id[0] in "TCLH"]
    expected = [standing.id for standing in study.progress.topics()][:3]
    assert [row.standing.id for row in topics][:3] == expected
    routes: list[Route] = []
    screen.go.connect(routes.append)
    topics[0]._action.click()
    assert isinstance(routes[0].payload, PracticeSpec)
    assert routes[0].payload.filter.topics == frozenset({expected[0]})


def test_chart_shows_its_table(qtbot: QtBot) -> None:
    """The table behind a chart is one press away, and without points a sentence stands in its place."""
    card = ChartCard("Recall", "By week.")
    qtbot.addWidget(card)
    card.show()
    series = Series(("Nov 2", "Nov 9"), (0.8, 0.9), percent=True, line=(0.9, "asked for 90 %"))
    card.show_data(series, Table(("Week", "Share"), (("Nov 2", "80 %"), ("Nov 9", "90 %"))), "Nothing yet.")
    table = card.findChild(QTableWidget)
    assert table is not None
    assert not table.isVisible()
    card._switch.click()
    assert table.isVisible()
    cell = table.item(1, 1)
    assert cell is not None
    assert cell.text() == "90 %"
    card.show_data(Series((), ()), Table((), ()), "Nothing yet.")
    assert "Nothing yet." in words(card)
    assert not table.isVisible()


def test_charts_come_back_to_their_height(
    screen: ProgressScreen, study: Study, clock: FakeClock, qapp: QApplication
) -> None:
    """Larger text makes charts taller, and usual text makes them as they were."""
    study_an_evening(study, clock)
    screen.open(None)
    settle()
    cards = [card for card in screen.findChildren(ChartCard) if card.isVisible()]
    before = [card.height() for card in cards]
    apply_theme(qapp, Theme.LIGHT, 200)
    settle()
    assert [card.height() for card in cards] != before
    apply_theme(qapp, Theme.LIGHT, 100)
    settle()
    assert [card.height() for card in cards] == before


@pytest.mark.parametrize(("top", "step"), [(1, 1), (4.48, 1), (6, 2), (24, 5), (31, 10), (240, 50), (6000, 2000)])
def test_count_axis_has_whole_marks(top: float, step: int) -> None:
    """Half a card is never due: marks are whole, and at most six beside the zero."""
    assert whole_step(top) == step


def standing(**changes: object) -> Standing:
    """A topic with a wide range."""
    made = Standing(
        id="L07", title="Breaches", parent_title="Law", n=3, right=2.0, mean=0.6, low=0.3, high=0.9, weight=0.004,
        wide=True, more=9, need=0.1, topics=("L07",), unseen=20,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # the names are the standing's own


@pytest.mark.parametrize(
    ("changes", "action", "said"),
    [
        ({}, "Answer 9 more", "<1 % of your exam"),
        ({"unseen": 4}, "Answer 4 more", ""),
        ({"unseen": 1}, "Answer 1 more", ""),
        ({"unseen": 0}, "Practice", "All answered; the range stays wide"),
        ({"wide": False}, "Practice", ""),
        ({"n": 1}, "Answer 9 more", "1 answer"),
    ],
)
def test_row_asks_for_no_more_than_there_is(qtbot: QtBot, changes: dict[str, object], action: str, said: str) -> None:
    """A range that cannot get narrower says so instead of asking for questions that do not exist."""
    row = StandingRow(standing(**changes))
    qtbot.addWidget(row)
    row.show()
    assert row._action.text() == action
    assert said in words(row)
