"""What the practice and exam screens share: after the result, the review of every item."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.errors import StudyAppError
from studyapp.gui.screen import Context, KeyHelp, Screen
from studyapp.gui.widgets.attempt_review import AttemptReview
from studyapp.gui.widgets.panel import ViewHost
from studyapp.services.attempts import AttemptResult


class AttemptScreen(Screen):
    """Shows one part at a time; a subclass says how its result looks."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._result: AttemptResult | None = None
        self.views = ViewHost()
        self.views.windowTitleChanged.connect(self.setWindowTitle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.views)

    @property
    def view(self) -> QWidget | None:
        """The part shown now."""
        return self.views.view

    def _show_result(self, result: AttemptResult, notice: str = "") -> None:
        """Show a result; `notice` is a sentence above it."""
        raise NotImplementedError

    def _review(self, missed_only: bool) -> None:
        if self._result is not None:
            review = AttemptReview(self._result, wrong_only=missed_only)
            review.closed.connect(self._back_to_result)
            review.opened.connect(self._key_opened)
            self.views.show_view(review)
            review.setFocus()
            self._key_opened(review.position)

    def _review_keys(self) -> tuple[KeyHelp, ...]:
        """Keys of the review of every item."""
        return (
            KeyHelp("N, P", self.tr("Next and previous question")),
            KeyHelp("Esc", self.tr("Back to the result")),
        )

    def _key_opened(self, position: int) -> None:
        """A question that the attempt never displayed is no longer fresh once its key was seen."""
        result = self._result
        if result is None or result.slots[position].shown:
            return
        try:
            self.changed.emit(self.context.study.attempts.open_key(result.attempt_id, position))
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)

    def _back_to_result(self) -> None:
        if self._result is not None:
            self._show_result(self._result)
