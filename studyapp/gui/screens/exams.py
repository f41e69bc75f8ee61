"""Exams: choose and begin one, the exam room, the result, going through its items."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, AttemptState
from studyapp.gui.attempt_screen import AttemptScreen
from studyapp.gui.screen import Context, KeyHelp, Place, Route
from studyapp.gui.theme import watcher
from studyapp.gui.widgets.attempt_review import AttemptReview
from studyapp.gui.widgets.exam_room import ExamRoom
from studyapp.gui.widgets.exam_setup import ExamSetup
from studyapp.gui.widgets.exam_tutorial import ExamTutorial
from studyapp.gui.widgets.references import long_date
from studyapp.gui.widgets.result_view import Ending, ResultView, result_keys
from studyapp.gui.widgets.safe_question import ask_safely
from studyapp.services.attempts import AttemptResult, AttemptRunner, OpenAttempt
from studyapp.services.changes import Area, Changes
from studyapp.services.exam import ExamOffer
from studyapp.services.practice import PracticeFilter, PracticeSpec


class ExamsScreen(AttemptScreen):
    """Payload: an attempt id resumes that exam or shows its result."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._runner: AttemptRunner | None = None
        self._chosen = ""
        self._clock_hidden = False
        watcher().changed.connect(self._restyle)

    # The screen's contract

    def open(self, payload: object) -> None:
        """See the class."""
        if isinstance(payload, str):
            self._open_attempt(payload)
        else:
            self._show_setup()

    def refresh(self, changes: Changes) -> None:
        """Read the offers and the history again.

        An exam in progress or a result is left as it is, unless all data were erased or replaced.
        """
        if Area.EVERYTHING in changes.areas:
            self._runner = self._result = None
            self._chosen = ""
            self._clock_hidden = False
            self._show_setup()
        elif isinstance(self.view, ExamSetup) and changes.areas:
            self._show_setup()

    def leave(self) -> bool:
        """A running exam is paused when the learner agrees; its answers are kept."""
        if isinstance(self.view, ExamRoom):
            if self._runner is not None and self._runner.attempt.state is AttemptState.OPEN and not self._may_pause():
                return False
            self._pause()
        return True

    def keys(self) -> tuple[KeyHelp, ...]:
        """Keys of the part shown now."""
        if isinstance(self.view, ExamRoom):
            return (
                KeyHelp("A–E, 1–5", self.tr("Choose an answer")),
                KeyHelp("Shift+A–E", self.tr("Strike out an answer, or take that back")),
                KeyHelp("F", self.tr("Flag the question")),
                KeyHelp("M", self.tr("Write a note")),
                KeyHelp("N, Enter", self.tr("Next question")),
                KeyHelp("P", self.tr("Previous question")),
                KeyHelp("T", self.tr("Hide or show the clock")),
                KeyHelp("Alt+C", self.tr("Open or close the calculator")),
                KeyHelp("Alt+F, Alt+M …", self.tr("The same keys while you type an answer")),
                KeyHelp("R", self.tr("Review and finish")),
                KeyHelp("Ctrl+P", self.tr("Pause and leave")),
            )
        if isinstance(self.view, AttemptReview):
            return self._review_keys()
        if isinstance(self.view, ExamTutorial):
            return (KeyHelp("Enter", self.tr("Begin the exam")), KeyHelp("Esc", self.tr("Not now")))
        if isinstance(self.view, ResultView):
            return result_keys()
        if isinstance(self.view, ExamSetup):
            told = self.tr("Go on with the open exam") if self.view.blocked else self.tr("Start the exam chosen")
            return (KeyHelp("Enter", told), KeyHelp("Tab, Space", self.tr("Choose an exam, its length and its time")))
        return ()

    # Before the exam

    def _show_setup(self) -> None:
        self.focus_mode.emit(False)  # noqa: FBT003 - a signal takes no names
        open_exams = [each for each in self.context.study.attempts.open_attempts() if each.kind is AttemptKind.EXAM]
        setup = ExamSetup(self.context, open_exams[0] if open_exams else None, self._chosen)
        setup.begin.connect(self._show_tutorial)
        setup.resume.connect(self._resume)
        setup.discard.connect(self._discard)
        setup.opened.connect(self._opened)
        self.views.show_view(setup)
        setup.focus_first()

    def _show_tutorial(self, offer: object) -> None:
        if isinstance(offer, ExamOffer):
            self._chosen = offer.blueprint.id
            tutorial = ExamTutorial(offer)
            tutorial.begin.connect(self._begin)
            tutorial.closed.connect(self._show_setup)
            self.views.show_view(tutorial)
            tutorial.setFocus()

    def _begin(self) -> None:
        if isinstance(self.view, ExamTutorial):
            offer = self.view.offer
            exams = self.context.study.exams
            self._enter(lambda: exams.start(offer.blueprint.id, offer.length, offer.time_factor))

    def _enter(self, make: Callable[[], AttemptRunner]) -> None:
        try:
            runner = make()
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
            self._show_setup()
            return
        self.changed.emit(Changes.of(Area.ATTEMPTS))
        self._show_room(runner)

    def _open_attempt(self, attempt_id: str) -> None:
        attempts = self.context.study.attempts
        if any(each.attempt_id == attempt_id for each in attempts.open_attempts()):
            self._enter(lambda: attempts.runner(attempt_id))
            return
        try:
            self._show_result(attempts.result(attempt_id))
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
            self._show_setup()

    def _resume(self, attempt: object) -> None:
        if isinstance(attempt, OpenAttempt):
            self._open_attempt(attempt.attempt_id)

    def _opened(self, attempt_id: object) -> None:
        if isinstance(attempt_id, str):
            self._open_attempt(attempt_id)

    def _discard(self, attempt: object) -> None:
        if not isinstance(attempt, OpenAttempt):
            return
        title = self.tr("Discard this exam?")
        told = self.tr("It ends without a result. Its questions count as seen.")
        yes, no = self.tr("Discard"), self.tr("Keep")
        if not ask_safely(self.context.dialogs, self, title, told, yes=yes, no=no, danger=True):
            return
        try:
            self.changed.emit(self.context.study.attempts.runner(attempt.attempt_id).abandon())
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
        self._show_setup()

    # The room

    def _show_room(self, runner: AttemptRunner) -> None:
        self._runner = runner
        self._remember_clock()
        runner.resume()
        room = ExamRoom(runner, self.context, clock_hidden=self._clock_hidden)
        room.finished.connect(self._finished)
        room.pausing.connect(self._ask_pause)
        room.changed.connect(self.changed)
        self.focus_mode.emit(True)  # noqa: FBT003 - a signal takes no names
        self.views.show_view(room)
        room.show_position(runner.attempt.position)

    def _remember_clock(self) -> None:
        """A clock that the learner hid stays hidden when the exam is paused and taken up again."""
        if isinstance(self.view, ExamRoom):
            self._clock_hidden = self.view.top.clock_hidden

    def _may_pause(self) -> bool:
        title = self.tr("Leave the exam for now?")
        told = self.tr(
            "The clock stops and every answer, flag and strike-out is kept. Go on from Exams or Today. "
            "The real exam does not stop."
        )
        yes, no = self.tr("Pause and leave"), self.tr("Stay")
        return ask_safely(self.context.dialogs, self, title, told, yes=yes, no=no)

    def _ask_pause(self) -> None:
        if self._may_pause():
            if self._runner is not None:  # else the clock handed it in while the question stood there
                self._pause()
        elif self.view is not None:
            self.view.setFocus()

    def _pause(self) -> None:
        self._remember_clock()
        if self._runner is not None:
            try:
                self._runner.pause()
            except StudyAppError as error:
                # Every answer is stored already; only the last seconds are not.
                self.context.dialogs.error(error.sentence, error.remedy)
            self._runner = None
            self.changed.emit(Changes.of(Area.ATTEMPTS))
        self._show_setup()

    # After it

    def _finished(self, result: object) -> None:
        if isinstance(result, AttemptResult):
            late = isinstance(self.view, ExamRoom) and self.view.timed_out
            self._runner = None
            self._clock_hidden = False
            self.changed.emit(Changes.of(Area.RESPONSES, Area.ATTEMPTS))
            self._show_result(result, self.tr("Time is up. Your answers were handed in.") if late else "")

    def _show_result(self, result: AttemptResult, notice: str = "") -> None:
        self.focus_mode.emit(False)  # noqa: FBT003 - a signal takes no names
        self._result = result
        ending = Ending(notice=notice, provenance=self._provenance(result), again=self.tr("All exams"))
        view = ResultView(result, ending, self.context.study.clock)
        view.review.connect(self._review)
        view.retake.connect(self._retake)
        view.again.connect(self._show_setup)
        self.views.show_view(view)
        view.focus_main()

    def _provenance(self, result: AttemptResult) -> str:
        for blueprint in self.context.study.exams.blueprints():
            if blueprint.id == result.blueprint_id:
                source = blueprint.provenance
                return self.tr("Source: {source}, read {day}. Not affiliated with {issuer}.").format(
                    source=source.source, day=long_date(source.as_of), issuer=blueprint.issuer
                )
        return ""

    def _retake(self) -> None:
        if self._result is None:
            return
        ids = tuple(slot.item.id for slot in self._result.slots if slot.score < 1)
        title = self.tr("Missed in {exam}").format(exam=self._result.title)
        spec = PracticeSpec(PracticeFilter(), length=len(ids), title=title, item_ids=ids)
        self.go.emit(Route(Place.PRACTICE, spec))

    def _restyle(self) -> None:
        # Lengths are taken when a part is built, so a change of text size builds it again.
        if isinstance(self.view, ExamRoom) and self._runner is not None:
            self._show_room(self._runner)
        elif isinstance(self.view, ExamSetup):
            self._show_setup()
        elif isinstance(self.view, (ResultView, AttemptReview)):
            self._back_to_result()
