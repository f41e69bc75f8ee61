"""Flashcards: choose topics, review cards, see what the session brought."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.errors import StudyAppError
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.theme import watcher
from studyapp.gui.widgets.panel import ViewHost
from studyapp.gui.widgets.review_room import ReviewRoom
from studyapp.gui.widgets.review_start import ReviewStart
from studyapp.gui.widgets.review_summary import ReviewSummaryView
from studyapp.services.changes import Area, Changes
from studyapp.services.review import ReviewScope, ReviewSession


class FlashcardsScreen(Screen):
    """Payload: a ReviewScope starts a session at once."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._topics: frozenset[str] = frozenset()
        self._session: ReviewSession | None = None
        self.views = ViewHost()
        self.views.windowTitleChanged.connect(self.setWindowTitle)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.views)
        watcher().changed.connect(self._restyle)

    @property
    def view(self) -> QWidget | None:
        """The part shown now."""
        return self.views.view

    # The screen's contract

    def open(self, payload: object) -> None:
        """See the class."""
        if isinstance(payload, ReviewScope):
            self._start(payload)
        elif isinstance(self.view, ReviewRoom) and self._session is not None and self._session.current is not None:
            self.view.show_current()
        else:
            self._show_start()

    def refresh(self, changes: Changes) -> None:
        """Count again; a running session keeps its card, read anew, unless all data were erased or replaced."""
        if not changes.areas:
            return
        if Area.EVERYTHING in changes.areas:
            self._session = None
            self.views.show_view(QWidget())  # the start view at hand would hand its topics on
            self._topics = frozenset()
            self._show_start()
            return
        if isinstance(self.view, ReviewStart):
            self._show_start()
        elif isinstance(self.view, ReviewRoom) and self._session is not None:
            self._session.reload_current()
            self.view.show_current()

    def leave(self) -> bool:
        """Every grade is on disk already."""
        if isinstance(self.view, ReviewStart):
            self._topics = self.view.scope.topics
        return True

    def keys(self) -> tuple[KeyHelp, ...]:
        """Keys of the part shown now."""
        if isinstance(self.view, ReviewRoom):
            keys = [
                KeyHelp("Space, Enter", self.tr("Show the answer, then grade Good")),
                KeyHelp("Enter", self.tr("After a typed answer: compare, then grade Good, or Again if it was wrong")),
                KeyHelp("1, 2, 3, 4", self.tr("Grade Again, Hard, Good, Easy; Hard means you did recall it")),
                KeyHelp("U, Ctrl+Z", self.tr("Undo the last card")),
                KeyHelp("E", self.tr("Edit the card")),
                KeyHelp("F", self.tr("Flag the card")),
                KeyHelp("S", self.tr("Suspend the card: never ask again until brought back")),
                KeyHelp("B", self.tr("Bury the card: not today")),
            ]
            if self.view.speaker.available():
                keys.append(KeyHelp("H", self.tr("Hear it")))
            return (*keys, KeyHelp("Esc", self.tr("Leave the answer line, then end the session")))
        if isinstance(self.view, ReviewSummaryView):
            return (
                KeyHelp("Enter", self.tr("Do the next thing")),
                KeyHelp("U, Ctrl+Z", self.tr("Undo the last card")),
                KeyHelp("Esc", self.tr("Back to the topics")),
            )
        return (KeyHelp("Enter", self.tr("Start")), KeyHelp("Space", self.tr("Choose a topic")))

    # Ways between the parts

    def _show_start(self) -> None:
        if isinstance(self.view, ReviewStart):
            self._topics = self.view.scope.topics
        self._session = None
        start = ReviewStart(self.context, self._topics)
        start.start.connect(self._start)
        self.views.show_view(start)
        start.setFocus()

    def _start(self, scope: object) -> None:
        if not isinstance(scope, ReviewScope):
            return
        try:
            session = self.context.study.review.start(scope)
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
            self._show_start()
            return
        if not scope.card_ids:
            self._topics = scope.topics
        self._session = session
        self._show_room(session)

    def _show_room(self, session: ReviewSession) -> None:
        if session.current is None:
            self._show_summary()
            return
        room = ReviewRoom(session, self.context)
        room.finished.connect(self._show_summary)
        room.changed.connect(self.changed)
        self.views.show_view(room)
        room.show_current()

    def _show_summary(self) -> None:
        session = self._session
        if session is None:
            return
        summary = session.summary()
        left = session.counts.total if session.current is not None else 0
        if not summary.reviewed and not session.can_undo:
            self._show_start()
            return
        two = self.context.study.settings.get().two_buttons
        view = ReviewSummaryView(summary, left, can_undo=session.can_undo, two_buttons=two)
        view.practise.connect(self._practise)
        view.more.connect(self._go_on)
        view.undo.connect(self._undo)
        view.closed.connect(self._show_start)
        self.views.show_view(view)
        view.setFocus()

    def _go_on(self) -> None:
        if self._session is not None:
            self._show_room(self._session)

    def _undo(self) -> None:
        if self._session is not None and self._session.can_undo:
            try:
                self.changed.emit(self._session.undo())
            except StudyAppError as error:
                self.context.dialogs.error(error.sentence, error.remedy)
            self._show_room(self._session)

    def _practise(self) -> None:
        self.go.emit(Route(Place.PRACTICE, self.context.study.practice.weakest(10)))

    def _restyle(self) -> None:
        # Lengths are taken when a part is built, so a change of text size builds it again.
        if isinstance(self.view, ReviewRoom) and self._session is not None:
            self._show_room(self._session)
        elif isinstance(self.view, ReviewStart):
            self._show_start()
        elif isinstance(self.view, ReviewSummaryView):
            self._show_summary()
