"""Practice: build a quiz, take it, see the result, go through its items."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptKind, AttemptState
from studyapp.gui.attempt_screen import AttemptScreen
from studyapp.gui.screen import Context, KeyHelp, Placement
from studyapp.gui.theme import watcher
from studyapp.gui.widgets.attempt_review import AttemptReview
from studyapp.gui.widgets.practice_builder import PracticeBuilder
from studyapp.gui.widgets.quiz_room import QuizRoom
from studyapp.gui.widgets.result_view import Ending, ResultView, result_keys
from studyapp.gui.widgets.safe_question import ask_safely
from studyapp.services.attempts import AttemptResult, AttemptRunner, OpenAttempt
from studyapp.services.changes import Area, Changes
from studyapp.services.practice import PracticeFilter, PracticeSpec

_QUIZZES = (AttemptKind.PRACTICE, AttemptKind.PLACEMENT)


class PracticeScreen(AttemptScreen):
    """Payloads: a PracticeSpec starts a quiz, an attempt id resumes it or shows its result, Placement() starts that."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._spec = PracticeSpec(PracticeFilter())
        self._runner: AttemptRunner | None = None
        watcher().changed.connect(self._restyle)

    # The screen's contract

    def open(self, payload: object) -> None:
        """See the class."""
        practice = self.context.study.practice
        if isinstance(payload, PracticeSpec):
            self._begin(lambda: practice.start(payload))
        elif isinstance(payload, Placement):
            self._begin(practice.start_placement)
        elif isinstance(payload, str):
            self._open_attempt(payload)
        elif self._runner is not None and self._runner.attempt.state is AttemptState.OPEN:
            self._show_room(self._runner)
        else:
            self._show_builder()

    def refresh(self, changes: Changes) -> None:
        """Count again; a running quiz or a result is left as it is, unless all data were erased or replaced."""
        if Area.EVERYTHING in changes.areas:
            self._runner = self._result = None
            self._spec = PracticeSpec(PracticeFilter())
            self.views.show_view(QWidget())  # the builder at hand would hand its choice on
            self._show_builder()
        elif isinstance(self.view, PracticeBuilder) and changes.areas:
            self._show_builder()

    def leave(self) -> bool:
        """A running quiz is kept where it is."""
        if isinstance(self.view, QuizRoom) and self._runner is not None:
            try:
                self._runner.pause()
            except StudyAppError as error:
                # Every answer is stored already; only the last seconds are not.
                self.context.dialogs.error(error.sentence, error.remedy)
        if isinstance(self.view, PracticeBuilder):
            self._spec = self.view.spec
        return True

    def keys(self) -> tuple[KeyHelp, ...]:
        """Keys of the part shown now."""
        if isinstance(self.view, QuizRoom):
            return (
                KeyHelp("A–E, 1–5", self.tr("Choose an answer")),
                KeyHelp("Shift+A–E", self.tr("Strike out an answer, or take that back")),
                KeyHelp("Enter", self.tr("Check the answer, then go on")),
                KeyHelp("7, 8, 9", self.tr("Say, before you check, that you are guessing, unsure, sure")),
                KeyHelp("N, P", self.tr("Next and previous question")),
                KeyHelp("M", self.tr("Mark the question")),
                KeyHelp("T", self.tr("Write a note")),
                KeyHelp("R", self.tr("Report a mistake in the question")),
                KeyHelp("K", self.tr("Make a card, once the answer is checked")),
                KeyHelp("Alt+7, Alt+N …", self.tr("The same keys while you type an answer")),
            )
        if isinstance(self.view, AttemptReview):
            return self._review_keys()
        if isinstance(self.view, ResultView):
            return result_keys()
        return (KeyHelp("Enter", self.tr("Start the quiz")), KeyHelp("Space", self.tr("Choose a topic or a chip")))

    # Ways between the parts

    def _begin(self, make: Callable[[], AttemptRunner]) -> None:
        try:
            runner = make()
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
            if not isinstance(self.view, PracticeBuilder):
                self._show_builder()
            return
        self.changed.emit(Changes.of(Area.ATTEMPTS))
        self._show_room(runner)

    def _open_attempt(self, attempt_id: str) -> None:
        attempts = self.context.study.attempts
        try:
            if any(each.attempt_id == attempt_id for each in attempts.open_attempts()):
                self._show_room(attempts.runner(attempt_id))
            else:
                self._show_result(attempts.result(attempt_id))
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
            self._show_builder()

    def _show_builder(self) -> None:
        if isinstance(self.view, PracticeBuilder):
            self._spec = self.view.spec
        open_attempts = self.context.study.attempts.open_attempts()
        builder = PracticeBuilder(
            self.context, tuple(each for each in open_attempts if each.kind in _QUIZZES), self._spec
        )
        builder.start.connect(self._start)
        builder.resume.connect(self._resume)
        builder.discard.connect(self._discard)
        builder.changed.connect(self.changed)
        self.views.show_view(builder)
        builder.setFocus()

    def _start(self, spec: object) -> None:
        if isinstance(spec, PracticeSpec):
            self._spec = spec
            self._begin(lambda: self.context.study.practice.start(spec))

    def _resume(self, attempt: object) -> None:
        if isinstance(attempt, OpenAttempt):
            self._open_attempt(attempt.attempt_id)

    def _discard(self, attempt: object) -> None:
        if not isinstance(attempt, OpenAttempt):
            return
        title = self.tr("Discard this quiz?")
        told = self.tr("Answers that you checked stay in your progress; the quiz itself ends without a result.")
        yes, no = self.tr("Discard"), self.tr("Keep")
        if not ask_safely(self.context.dialogs, self, title, told, yes=yes, no=no, danger=True):
            return
        try:
            self.changed.emit(self.context.study.attempts.runner(attempt.attempt_id).abandon())
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
        self._runner = None
        self._show_builder()

    def _show_room(self, runner: AttemptRunner) -> None:
        self._runner = runner
        runner.resume()
        room = QuizRoom(runner, self.context)
        room.finished.connect(self._finished)
        room.changed.connect(self.changed)
        self.views.show_view(room)
        room.show_position(runner.attempt.position)

    def _finished(self, result: object) -> None:
        if isinstance(result, AttemptResult):
            self._runner = None
            self.changed.emit(Changes.of(Area.RESPONSES, Area.ATTEMPTS))
            out = isinstance(self.view, QuizRoom) and self.view.timed_out
            self._show_result(result, self.tr("Time is up. Your answers were handed in.") if out else "")

    def _show_result(self, result: AttemptResult, notice: str = "") -> None:
        self._result = result
        view = ResultView(result, Ending(notice=notice, again=self.tr("New quiz")), self.context.study.clock)
        view.review.connect(self._review)
        view.retake.connect(self._retake)
        view.again.connect(self._show_builder)
        self.views.show_view(view)
        view.focus_main()

    def _retake(self) -> None:
        if self._result is not None:
            attempt_id = self._result.attempt_id
            self._begin(lambda: self.context.study.practice.retake_missed(attempt_id))

    def _restyle(self) -> None:
        # Lengths are taken when a part is built, so a change of text size builds it again.
        if isinstance(self.view, QuizRoom) and self._runner is not None:
            self._show_room(self._runner)
        elif isinstance(self.view, PracticeBuilder):
            self._show_builder()
        elif isinstance(self.view, (ResultView, AttemptReview)):
            self._back_to_result()
