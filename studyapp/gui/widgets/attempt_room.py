"""What every room of an open attempt does alike: it counts the time, hands in, and tells what the runner refuses."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from studyapp.core.errors import StudyAppError
from studyapp.domain.attempt import AttemptState
from studyapp.gui.screen import Context
from studyapp.services.attempts import AttemptRunner


class AttemptRoom(QWidget):
    """Runs one open attempt.

    Attributes:
        timed_out: whether the clock handed the attempt in.

    Signals:
        finished: the AttemptResult once the attempt was handed in (or its time ran out).
        changed: Changes a write made.
    """

    finished = Signal(object)
    changed = Signal(object)

    def __init__(self, runner: AttemptRunner, context: Context) -> None:
        super().__init__()
        self.runner, self._context = runner, context
        self.timed_out = self._done = self._troubled = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.tick)

    @property
    def position(self) -> int:
        """The 0-based place of the item shown."""
        return self.runner.attempt.position

    # What a room shows

    def _write(self, *, top: bool = False) -> None:
        """Show the item as the runner has it."""
        raise NotImplementedError

    def _write_time(self) -> None:
        """Show the time, once a second."""
        raise NotImplementedError

    # What it does

    def attempt_to(self, act: Callable[[], object]) -> bool:
        """Do something through the runner; whether it was done.

        What the runner refuses is told, and the room goes on with what is stored. An answer that came when the time
        was up finds the attempt handed in: then the result is shown.
        """
        try:
            act()
        except StudyAppError as error:
            if not self._over():
                self._context.dialogs.error(error.sentence, error.remedy)
                if not self._done:
                    self._write()
            return False
        return True

    def submit(self) -> None:
        """Hand in. When that fails, the room goes on as it was, so that it can be tried again."""
        if self._done:
            return
        try:
            result = self.runner.submit()
        except StudyAppError as error:
            if not self._over():
                self._context.dialogs.error(error.sentence, error.remedy)
            return
        self._close()
        self.finished.emit(result)

    def tick(self) -> None:
        """Once a second: show the time, and the result when it has run out."""
        if self._done:
            return
        try:
            out = self.runner.tick()
        except StudyAppError as error:
            if not self._over() and not self._troubled:
                # Told once; the next seconds try again in silence until it works.
                self._troubled = True
                self._context.dialogs.error(error.sentence, error.remedy)
            return
        self._troubled = False
        if out:
            self._over()
        else:
            self._write_time()

    def _over(self) -> bool:
        """Show the result of an attempt that its clock has handed in; False while the attempt is open."""
        if self._done or self.runner.attempt.state is not AttemptState.FINISHED:
            return False
        try:
            result = self._context.study.attempts.result(self.runner.attempt.id)
        except StudyAppError as error:
            self._context.dialogs.error(error.sentence, error.remedy)
            return True
        self.timed_out = True
        self._close()
        self.finished.emit(result)
        return True

    def _close(self) -> None:
        self._done = True
        self._timer.stop()

    # The clock of a room out of sight stands

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._done:
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
