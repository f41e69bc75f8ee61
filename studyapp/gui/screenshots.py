"""Pictures of every screen and important state, drawn offscreen from the deterministic sample learner.

A picture is a function that brings the window into a state; `@picture(name)` registers it. They run in the order of
registration over one learner, so what only looks comes before what writes.
"""

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QScrollArea, QWidget

from studyapp.banks.compiled import bundled_bank
from studyapp.domain.note import TermNote
from studyapp.gui.commands import MaterialSearch, fixed_targets
from studyapp.gui.dialogs import MessageDialog
from studyapp.gui.jobs import InlineJobs
from studyapp.gui.main_keys import everywhere
from studyapp.gui.main_window import MainWindow
from studyapp.gui.screen import Context, Place, Route
from studyapp.gui.theme import apply_theme, color
from studyapp.gui.widgets.keys_sheet import KeysSheet
from studyapp.gui.widgets.palette import Palette
from studyapp.services.attempts import AttemptRunner
from studyapp.services.data import DataService
from studyapp.services.exam import Length
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import ReviewScope
from studyapp.services.sample import SampleClock, open_sample, response_to
from studyapp.services.settings import Theme
from studyapp.services.study import Study

SIZE = (1280, 800)


class SilentDialogs:
    """Nobody sits at a picture: what is asked is confirmed, and nothing else is answered."""

    def confirm(self, title: str, text: str, yes: str, no: str) -> bool:
        """Yes: a running exam may be left."""
        return True

    def ask_text(self, title: str, label: str, initial: str = "", multiline: bool = False) -> str | None:
        """Nothing."""
        return None

    def inform(self, title: str, text: str) -> None:
        """To nobody."""

    def error(self, sentence: str, remedy: str, details: str = "") -> None:
        """A picture of an error is no picture: stop."""
        raise RuntimeError(f"{sentence} {remedy} {details}")

    def choose_file_to_save(self, title: str, name: str) -> Path | None:
        """None."""
        return None

    def choose_file(self, title: str, filter: str) -> Path | None:  # noqa: A002
        """None."""
        return None

    def custom(self, dialog: QDialog) -> bool:
        """Yes to a question; anything to be filled in is not accepted."""
        dialog.deleteLater()
        return isinstance(dialog, MessageDialog)


class PicturedData:
    """The data service with a folder that is the same in every picture."""

    folder = Path("~/.local/share/studyapp")

    def __init__(self, data: DataService) -> None:
        self._data = data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._data, name)


@dataclass
class Stage:
    """The window with its learner, and the dialog that stands over it in a picture."""

    window: MainWindow
    study: Study
    clock: SampleClock
    rng: random.Random
    dialog: QDialog | None = None

    def go(self, place: Place, payload: object = None) -> None:
        """Open a screen."""
        self.window.show_route(Route(place, payload))
        settle()

    def press(self, key: Qt.Key) -> None:
        """Press a key where the focus is."""
        target = cast("QWidget | None", self.window.focusWidget()) or self.window.screen_shown or self.window
        text = chr(key.value) if key.value < 128 else ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        settle()

    def scroll(self, share: float) -> None:
        """Scroll the screen's page down by a share of its length."""
        shown = self.window.screen_shown
        area = None if shown is None else shown.findChild(QScrollArea)
        if isinstance(area, QScrollArea):
            bar = area.verticalScrollBar()
            bar.setValue(round(bar.maximum() * share))
        settle()

    def answer(self, runner: AttemptRunner, position: int, *, right: bool) -> None:
        """Answer an item rightly or wrongly, as the sample learner would."""
        self.clock.move(20)
        runner.go_to(position)
        runner.answer(position, response_to(runner.item(position), right=right, rng=self.rng))


Prepare = Callable[[Stage], None]
PICTURES: list[tuple[str, Prepare]] = []


def picture(name: str) -> Callable[[Prepare], Prepare]:
    """Register a picture under a name, which becomes its file's."""

    def register(prepare: Prepare) -> Prepare:
        PICTURES.append((name, prepare))
        return prepare

    return register


def settle() -> None:
    """Let layouts, deferred deletions and repaints happen."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def render_all(folder: Path, theme: str, scale: float, size: tuple[int, int] = SIZE) -> list[Path]:
    """Write one PNG for each registered picture into `folder` and return their paths.

    Args:
        theme: "light" or "dark".
        scale: text size, 0.8 to 2.0.
        size: width and height of the window.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("A QApplication must exist before pictures can be drawn.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="studyapp-") as name:
        study, clock = open_sample(Path(name) / "data", bundled_bank())
        try:
            look = replace(study.settings.get(), theme=Theme(theme), text_percent=round(scale * 100))
            study.settings.save(look)
            apply_theme(app, look.theme, look.text_percent)
            pictured = replace(study, data=cast("DataService", PicturedData(study.data)))
            window = MainWindow(Context(pictured, SilentDialogs(), InlineJobs()))
            window.resize(*size)
            window.show()
            settle()
            stage = Stage(window, study, clock, random.Random(11))
            paths = [_draw(stage, folder / f"{shot}.png", prepare) for shot, prepare in PICTURES]
            window.hide()
            window.deleteLater()
            settle()
            return paths
        finally:
            study.close()


def _draw(stage: Stage, path: Path, prepare: Prepare) -> Path:
    prepare(stage)
    settle()
    drawn = stage.window.grab()
    if stage.dialog is not None:
        _lay_over(drawn, stage.dialog)
        stage.dialog.close()
        stage.dialog.deleteLater()
        stage.dialog = None
    if not drawn.save(str(path)):
        raise OSError(f"{path} cannot be written")
    return path


def _lay_over(ground: QPixmap, dialog: QWidget) -> None:
    veil = color("text")
    veil.setAlphaF(0.25)
    painter = QPainter(ground)
    painter.fillRect(ground.rect(), veil)
    size = dialog.size()
    ratio = ground.devicePixelRatio()
    width, height = ground.width() / ratio, ground.height() / ratio
    corner = QPoint(round((width - size.width()) / 2), max(24, round((height - size.height()) / 3)))
    painter.drawPixmap(corner, dialog.grab())
    painter.end()


# The pictures


@picture("welcome-1-exam")
def _welcome_exam(stage: Stage) -> None:
    stage.go(Place.WELCOME)


@picture("welcome-2-date")
def _welcome_date(stage: Stage) -> None:
    _next_step(stage)


@picture("welcome-3-time")
def _welcome_time(stage: Stage) -> None:
    _next_step(stage)


@picture("welcome-4-start")
def _welcome_start(stage: Stage) -> None:
    _next_step(stage)


def _next_step(stage: Stage) -> None:
    from studyapp.gui.screens.welcome import WelcomeScreen

    shown = stage.window.screen_shown
    if isinstance(shown, WelcomeScreen):
        shown.go_on()


@picture("today")
def _today(stage: Stage) -> None:
    stage.go(Place.TODAY)


@picture("progress")
def _progress(stage: Stage) -> None:
    stage.go(Place.PROGRESS)


@picture("progress-below")
def _progress_below(stage: Stage) -> None:
    stage.scroll(1)


@picture("library")
def _library(stage: Stage) -> None:
    stage.go(Place.LIBRARY)


@picture("settings")
def _settings(stage: Stage) -> None:
    stage.go(Place.SETTINGS)


@picture("settings-middle")
def _settings_middle(stage: Stage) -> None:
    stage.scroll(0.5)


@picture("settings-below")
def _settings_below(stage: Stage) -> None:
    stage.scroll(1)


@picture("palette")
def _palette(stage: Stage) -> None:
    stage.go(Place.TODAY)
    library = stage.study.library
    dialog = Palette(fixed_targets(library), MaterialSearch(library), stage.window)
    dialog.field.setText("breach")
    _over(stage, dialog)
    settle()
    dialog.field.deselect()


@picture("keys")
def _keys(stage: Stage) -> None:
    stage.go(Place.PRACTICE)
    shown = stage.window.screen_shown
    keys = () if shown is None else shown.keys()
    _over(stage, KeysSheet(stage.window.tr("Practice"), keys, everywhere(), stage.window))


def _over(stage: Stage, dialog: QDialog) -> None:
    dialog.resize(min(dialog.width(), stage.window.width() - 32), min(dialog.height(), stage.window.height() - 48))
    dialog.show()
    stage.dialog = dialog


@picture("flashcards")
def _flashcards(stage: Stage) -> None:
    stage.go(Place.FLASHCARDS)


@picture("flashcard-front")
def _flashcard_front(stage: Stage) -> None:
    stage.go(Place.FLASHCARDS, ReviewScope())


@picture("flashcard-back")
def _flashcard_back(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Space)


@picture("practice")
def _practice(stage: Stage) -> None:
    stage.press(Qt.Key.Key_Escape)
    stage.go(Place.PRACTICE)


@picture("practice-question")
def _practice_question(stage: Stage) -> None:
    stage.go(Place.PRACTICE, PracticeSpec(PracticeFilter(), 10))


@picture("practice-feedback")
def _practice_feedback(stage: Stage) -> None:
    stage.press(Qt.Key.Key_A)
    stage.press(Qt.Key.Key_8)
    stage.press(Qt.Key.Key_Return)


@picture("practice-result")
def _practice_result(stage: Stage) -> None:
    runner = stage.study.practice.start(PracticeSpec(PracticeFilter(), 10))
    for slot in runner.attempt.slots:
        stage.answer(runner, slot.position, right=stage.rng.random() < 0.7)
        runner.lock(slot.position)
    runner.submit()
    stage.go(Place.PRACTICE, runner.attempt.id)


@picture("practice-review")
def _practice_review(stage: Stage) -> None:
    from studyapp.gui.screens.practice import PracticeScreen
    from studyapp.gui.widgets.result_view import ResultView

    shown = stage.window.screen_shown
    if isinstance(shown, PracticeScreen) and isinstance(shown.view, ResultView):
        shown.view.review.emit(True)  # noqa: FBT003  a signal takes no names
    settle()


@picture("exams")
def _exams(stage: Stage) -> None:
    stage.go(Place.EXAMS)


@picture("exam-tutorial")
def _exam_tutorial(stage: Stage) -> None:
    from studyapp.gui.screens.exams import ExamsScreen
    from studyapp.gui.widgets.exam_setup import ExamSetup

    shown = stage.window.screen_shown
    if isinstance(shown, ExamsScreen) and isinstance(shown.view, ExamSetup):
        shown.view.setup.begin_button.click()
    settle()


@picture("exam-room")
def _exam_room(stage: Stage) -> None:
    runner = stage.study.exams.start(stage.study.settings.get().exam_id, Length.FULL)
    last = min(42, len(runner.attempt.slots) - 1)
    for position in range(last):
        if position % 11 != 5:
            stage.answer(runner, position, right=stage.rng.random() < 0.7)
        if position % 9 == 4:
            runner.set_flag(position, True)  # noqa: FBT003  the meaning is in the method's name
    runner.go_to(last)
    runner.pause()
    stage.go(Place.EXAMS, runner.attempt.id)


@picture("exam-review")
def _exam_review(stage: Stage) -> None:
    stage.press(Qt.Key.Key_R)


@picture("today-open-exam")
def _today_open_exam(stage: Stage) -> None:
    for attempt in stage.study.attempts.open_attempts():
        stage.study.attempts.runner(attempt.attempt_id).pause()
    stage.window.set_focused_work(False)
    stage.go(Place.TODAY)


@picture("exam-result")
def _exam_result(stage: Stage) -> None:
    for attempt in stage.study.attempts.open_attempts():
        runner = stage.study.attempts.runner(attempt.attempt_id)
        if runner.attempt.time_limit_s is None:
            runner.abandon()
            continue
        for slot in runner.attempt.slots:
            if not slot.answered:
                stage.answer(runner, slot.position, right=stage.rng.random() < 0.75)
        runner.submit()
        stage.go(Place.EXAMS, runner.attempt.id)


@picture("exam-result-below")
def _exam_result_below(stage: Stage) -> None:
    stage.scroll(1)


@picture("flashcard-typed")
def _flashcard_typed(stage: Stage) -> None:
    words = (note for note in bundled_bank().notes if isinstance(note, TermNote) and len(note.word) > 8)
    note = next(words)
    stage.go(Place.FLASHCARDS, ReviewScope(card_ids=(f"{note.id}#word",)))
    field = stage.window.focusWidget()
    if isinstance(field, QLineEdit):
        field.setText(note.word[:4] + note.word[5:])
    stage.press(Qt.Key.Key_Return)


@picture("flashcard-summary")
def _flashcard_summary(stage: Stage) -> None:
    stage.press(Qt.Key.Key_1)
    stage.go(Place.FLASHCARDS, ReviewScope())
    for key in (Qt.Key.Key_3, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_3):
        stage.clock.move(7)
        stage.press(Qt.Key.Key_Return)
        stage.press(key)
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_3)
    stage.press(Qt.Key.Key_Escape)
