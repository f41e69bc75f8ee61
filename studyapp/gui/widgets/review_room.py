"""The card view of a running session."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from studyapp.core.errors import StudyAppError
from studyapp.domain.memory import Rating
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, Chip, IconButton
from studyapp.gui.widgets.card_face import FlashcardFace
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.grade_bar import GradeBar
from studyapp.gui.widgets.note_editor import NoteEditor
from studyapp.gui.widgets.panel import Column, FittingPage, fit_chip, side_margin
from studyapp.gui.widgets.room_parts import is_enter
from studyapp.gui.widgets.speech import Speaker
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Changes
from studyapp.services.review import CardView, ReviewSession

CARD_HEIGHT = 400
LONGEST_MS = 5 * 60 * 1000  # a card left lying open is not five minutes of study
_GRADES = {Qt.Key.Key_1: Rating.AGAIN, Qt.Key.Key_2: Rating.HARD, Qt.Key.Key_3: Rating.GOOD, Qt.Key.Key_4: Rating.EASY}


class PutAwayLine(QWidget):
    """Says that a card was put away, with the way to take that back; gone with the next thing done."""

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(self, gap=8)
        self.text = Label("", "small")
        self.text.setMinimumHeight(px(28))
        self.undo = Button(self.tr("Undo (U)"), "link", "undo-2")
        flow.addWidget(self.text)
        flow.addWidget(self.undo)
        self.hide()

    def tell(self, words: str) -> None:
        """Say this; nothing hides the line."""
        self.text.setText(words)
        self.setVisible(bool(words))
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


class ReviewRoom(QWidget):
    """Runs one session.

    Signals:
        finished: no card is left, or the learner ends the session.
        changed: Changes a write made.
    """

    finished = Signal()
    changed = Signal(object)

    def __init__(self, session: ReviewSession, context: Context) -> None:
        super().__init__()
        self.session, self._context = session, context
        settings = context.study.settings.get()
        self._two = settings.two_buttons
        self.speaker = Speaker(self)
        self._speak_first = settings.speech
        self._since = context.study.clock.monotonic()
        self._left_field = False
        self.face: FlashcardFace | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(px(14))
        column.addWidget(self._top())
        self._scroll = QScrollArea()
        self._scroll.setProperty("plain", "true")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.put_away = PutAwayLine()
        self.put_away.undo.clicked.connect(self.undo)
        column.addWidget(self.put_away)
        column.addWidget(self._scroll, 1000)
        self.grades = GradeBar(two_buttons=self._two)
        self.grades.show_answer.connect(self.turn)
        self.grades.graded.connect(self.grade)
        column.addWidget(self.grades)
        column.addStretch(1)  # what a short card leaves free stays below the grades
        # Qt shows new parts of a card a moment later; until then they have no height.
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit_and_scroll)
        self.show_current()

    def _top(self) -> QWidget:
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(2))
        told = QWidget()
        flow = FlowLayout(told, gap=14)
        self.topic = Chip("", checkable=False)
        self.topic.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.topic.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.counts = Label("", "small")
        self.counts.setMinimumHeight(px(27))
        flow.addWidget(self.topic)
        flow.addWidget(self.counts)
        row.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        self.undo_button = IconButton("undo-2", self.tr("Undo the last card"), self.tr("Undo (U)"))
        self.undo_button.clicked.connect(self.undo)
        self.edit_button = IconButton("pencil", self.tr("Edit this card"), self.tr("Edit (E)"))
        self.edit_button.clicked.connect(self.edit)
        self.flag_button = IconButton("flag", self.tr("Flag this card"), self.tr("Flag (F)"), checkable=True)
        self.flag_button.clicked.connect(self.toggle_flag)
        self.more_button = IconButton("ellipsis", self.tr("More"), self.tr("More: suspend, bury, report, hear it"))
        self.more_button.clicked.connect(self.show_menu)
        self.end_button = Button(self.tr("End"))
        self.end_button.clicked.connect(self.finished)
        for button in (self.undo_button, self.edit_button, self.flag_button, self.more_button, self.end_button):
            row.addWidget(button)
        return top

    # The card

    def show_current(self) -> None:
        """Show the front of the current card, or tell that none is left."""
        view = self.session.current
        if view is None:
            self.finished.emit()
            return
        self._fit_chip()
        counts = self.session.counts
        self.counts.setText(
            self.tr("{new} new · {learning} learning · {due} due").format(
                new=counts.new, learning=counts.learning, due=counts.due
            )
        )
        title = self.tr("{done} reviewed, {left} to go")
        self.setWindowTitle(title.format(done=self.session.reviewed, left=counts.total))
        self.undo_button.setEnabled(self.session.can_undo)
        self.flag_button.setChecked(view.flagged)
        face = self._show_face(view)
        self._fitting.start()
        self._since = self._context.study.clock.monotonic()
        self._left_field = False
        if face.field is not None:
            self.grades.wait("Enter", self.tr("Compare"))
            face.field.setFocus()
        else:
            self.grades.wait("Space", self.tr("Show answer"))
            self.setFocus()
        if self._speak_first and view.card.template == "meaning":
            self.hear()

    def _show_face(self, view: CardView) -> FlashcardFace:
        """Write the card into the one face of the room; it is made with the first card."""
        speech = self._can_speak(view)
        if self.face is not None:
            self.face.show_card(view, speech=speech)
            self._scroll.verticalScrollBar().setValue(0)
            return self.face
        face = FlashcardFace(view, speech=speech)
        face.hear.connect(self.hear)
        face.fix.connect(self.edit)
        face.set_tight(tight=self._tight)
        page = FittingPage()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(px(2), px(2), px(2), px(2))
        inner.addWidget(Column(face))
        self._scroll.setWidget(page)
        self.face = face
        return face

    def _can_speak(self, view: CardView) -> bool:
        return bool(view.face.speak) and self.speaker.available()

    def turn(self) -> None:
        """Show the back; a typed answer is compared first."""
        view, face = self.session.current, self.face
        if view is None or face is None or face.turned:
            return
        default = Rating.GOOD
        if face.field is not None:
            diff = self.session.compare(face.typed_text)
            face.turn(diff)
            default = Rating.GOOD if diff.right else Rating.AGAIN
        else:
            face.turn()
        self.grades.offer(view.choices, default)
        self._fitting.start()
        self.setFocus()

    def grade(self, rating: object) -> None:
        """Grade the card; it is on disk before the next one shows."""
        face = self.face
        if not isinstance(rating, Rating) or face is None or not face.turned:
            return
        if self._two and rating not in (Rating.AGAIN, Rating.GOOD):
            return
        spent = round((self._context.study.clock.monotonic() - self._since) * 1000)
        spent = min(LONGEST_MS, max(0, spent))
        self._do(partial(self.session.grade, rating, duration_ms=spent, response=face.typed_text))

    def _do(self, act: Callable[[], Changes], told: str = "") -> None:
        """Do something with the card and show the next one; what is refused is told, and what is stored is shown."""
        try:
            changes = act()
        except StudyAppError as error:
            self._context.dialogs.error(error.sentence, error.remedy)
            told = ""
        else:
            self.changed.emit(changes)
        self.put_away.tell(told)
        self.show_current()

    # What else can be done with a card

    def undo(self) -> None:
        """Take back the last grade, suspension or burying."""
        if self.session.can_undo:
            self._do(self.session.undo)

    def edit(self) -> None:
        """Edit the card's note in a dialog, then go on with the new text."""
        view = self.session.current
        if view is None:
            return
        editor = NoteEditor(self._context.study.library, view.note.id)
        if self._context.dialogs.custom(editor) and editor.changes is not None:
            self.session.reload_current()
            self.changed.emit(editor.changes)
            self.show_current()
        else:
            self._focus()

    def toggle_flag(self) -> None:
        """Flag the card, or take that back."""
        view = self.session.current
        if view is not None:
            try:
                self.changed.emit(self.session.set_flag(not view.flagged))
            except StudyAppError as error:
                self._context.dialogs.error(error.sentence, error.remedy)
            now = self.session.current
            self.flag_button.setChecked(now is not None and now.flagged)
            self._focus()

    def suspend(self) -> None:
        """Put the card away until it is taken back in the Library."""
        self._do(self.session.suspend, self.tr("Suspended: never asked until brought back."))

    def bury(self) -> None:
        """Put the card away until tomorrow."""
        self._do(self.session.bury, self.tr("Buried: not asked again today."))

    def report(self) -> None:
        """Write down what is wrong with the card."""
        told = self.tr("What is wrong with this card? It is kept with your data, to be sent with an export.")
        text = self._context.dialogs.ask_text(self.tr("Report a mistake"), told, "", multiline=True)
        if text is not None and text.strip():
            try:
                self.changed.emit(self.session.report(text.strip()))
            except StudyAppError as error:
                self._context.dialogs.error(error.sentence, error.remedy)
        self._focus()

    def hear(self) -> None:
        """Say the word, where that gives nothing away."""
        view, face = self.session.current, self.face
        if view is not None and face is not None and (face.turned or view.card.template == "meaning"):
            self.speaker.say(view.face.speak)

    def menu(self) -> QMenu:
        """The menu behind the three dots."""
        menu = QMenu(self)
        suspend = self.tr("Suspend: never ask again until brought back\tS")
        menu.addAction(suspend).triggered.connect(self.suspend)
        menu.addAction(self.tr("Bury: not today\tB")).triggered.connect(self.bury)
        menu.addAction(self.tr("Report a mistake…")).triggered.connect(self.report)
        view = self.session.current
        if view is not None and self._can_speak(view):
            menu.addSeparator()
            menu.addAction(self.tr("Hear it\tH")).triggered.connect(self.hear)
        menu.aboutToHide.connect(self._focus)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def show_menu(self) -> None:
        """Open the menu below its button."""
        self.menu().popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    # Room

    def _focus(self) -> None:
        """Where keys are wanted: in the answer line unless it was left with Escape, else on the room."""
        face = self.face
        if face is not None and face.field is not None and not face.turned and not self._left_field:
            face.field.setFocus()
        else:
            self.setFocus()

    def _escape(self) -> None:
        """Leave the answer line, or end the session."""
        face = self.face
        if face is not None and face.field is not None and not face.turned and self.focusWidget() is face.field:
            self._left_field = True
            self.setFocus()
        else:
            self.finished.emit()

    @property
    def _tight(self) -> bool:
        return self.width() < px(620) or self.height() < px(430)

    def _fit(self) -> None:
        """Keep the grades close under a short card; a long one scrolls."""
        page = self._scroll.widget()
        if page is None or self.face is None:
            return
        self.face.setMinimumHeight(min(px(CARD_HEIGHT), max(px(120), self.height() - px(230))))
        width = self._scroll.viewport().width()
        layout = page.layout()
        wanted = max(self.face.minimumHeight(), layout.totalHeightForWidth(width) if layout else 0) + px(4)
        self._scroll.setMaximumHeight(wanted)

    def _fit_chip(self) -> None:
        view = self.session.current
        if view is not None:
            buttons = 4 * (self.more_button.sizeHint().width() + px(2)) + self.end_button.sizeHint().width()
            fit_chip(self.topic, view.topic_title, self.width() - 2 * side_margin(self.width()) - buttons - px(12))

    def _fit_and_scroll(self) -> None:
        self._fit()
        layout = self.layout()
        face = self.face
        if layout is None or face is None or not face.turned:
            return
        layout.activate()
        bar = self._scroll.verticalScrollBar()
        page = self._scroll.widget()
        if bar.maximum() > 0 and page is not None:
            # The answer does not fit beside the question: bring the line between them to the top third.
            line = face.divider.mapTo(page, face.divider.rect().topLeft()).y()
            bar.setValue(line - self._scroll.viewport().height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side, tight = side_margin(self.width()), self._tight
        self._column.setContentsMargins(side, px(6) if tight else px(16), side, px(6) if tight else px(20))
        self._column.setSpacing(px(6) if tight else px(14))
        self.grades.set_tight(tight)
        self._fit_chip()
        if self.face is not None:
            self.face.set_tight(tight=tight)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        turned = self.face is not None and self.face.turned
        key = event.key()
        if key == Qt.Key.Key_Z and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.undo()
        elif modifiers:
            super().keyPressEvent(event)
        elif is_enter(event) or key == Qt.Key.Key_Space:
            self.grade(self.grades.default) if turned else self.turn()
        elif turned and key in _GRADES:
            self.grade(_GRADES[Qt.Key(key)])
        else:
            actions = {
                Qt.Key.Key_U: self.undo,
                Qt.Key.Key_E: self.edit,
                Qt.Key.Key_F: self.toggle_flag,
                Qt.Key.Key_S: self.suspend,
                Qt.Key.Key_B: self.bury,
                Qt.Key.Key_H: self.hear,
                Qt.Key.Key_Escape: self._escape,
            }
            if key in actions:
                actions[Qt.Key(key)]()
            else:
                super().keyPressEvent(event)
