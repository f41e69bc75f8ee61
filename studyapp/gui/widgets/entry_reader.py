"""One entry of the library to read, with what can be done with it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.core.errors import StudyAppError
from studyapp.domain.item import AnyItem, Origin
from studyapp.domain.note import AnyNote
from studyapp.gui.theme import px, tokens
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.reading_pane import ReadingPane
from studyapp.services.library import Entry, EntryKind, LibraryService


class EntryReader(Card):
    """Emits one signal for each thing to do with the entry shown."""

    back = Signal()
    practise = Signal()
    mark = Signal()
    edit = Signal()
    suspend = Signal()
    delete = Signal()

    def __init__(self, library: LibraryService, parent: QWidget | None = None) -> None:
        super().__init__(parent, padding=0)
        self._library = library
        self._entry: Entry | None = None
        self._shown: tuple[object, ...] = ()
        self._waiting = False
        bar = QWidget()
        outer = QVBoxLayout(bar)
        outer.setContentsMargins(px(16), px(14), px(16), 0)
        holder = QWidget()
        flow = FlowLayout(holder)
        self.back_button = Button(self.tr("Back to the list"), kind="ghost", icon="arrow-left", key="Esc")
        self.practise_button = Button("")
        self.mark_button = Button(self.tr("Mark"), icon="bookmark")
        self.edit_button = Button(self.tr("Edit"), icon="pencil")
        self.suspend_button = Button("")
        self.delete_button = Button(self.tr("Delete"), kind="danger")
        self._actions = (
            (self.practise_button, self.practise),
            (self.mark_button, self.mark),
            (self.edit_button, self.edit),
            (self.suspend_button, self.suspend),
            (self.delete_button, self.delete),
        )
        self.back_button.clicked.connect(self.back)
        flow.addWidget(self.back_button)
        for button, signal in self._actions:
            button.clicked.connect(signal)
            flow.addWidget(button)
        outer.addWidget(holder)
        self.body.addWidget(bar)
        self.pane = ReadingPane()
        self.body.addWidget(self.pane, 1)
        self.offer_back(offered=False)

    def offer_back(self, *, offered: bool) -> None:
        """Whether the list is hidden behind this entry."""
        self.back_button.setVisible(offered)

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry, or that none is chosen; its text follows once what is waiting to be painted is painted."""
        self._entry = entry
        for button, _signal in self._actions:
            button.setVisible(entry is not None)
        if entry is None:
            self._shown = ()
            self.pane.clear(self.tr("Choose a question or a card to read it here."))
            return
        is_note, own = entry.kind is EntryKind.NOTE, entry.origin is not Origin.BUNDLED
        self.practise_button.setText(self.tr("Review this card") if is_note else self.tr("Practice this"))
        self.mark_button.setText(self.tr("Unmark") if entry.marked else self.tr("Mark"))
        self.suspend_button.setVisible(is_note)
        self.suspend_button.setText(self.tr("Bring back") if entry.status == "suspended" else self.tr("Suspend"))
        self.edit_button.setVisible(is_note or own)
        self.delete_button.setVisible(own)
        # Typing a word into the search passes many first rows: the list is to be seen before the entry is built.
        if not self._waiting:
            self._waiting = True
            QTimer.singleShot(0, self._read)

    def _read(self) -> None:
        self._waiting = False
        entry = self._entry
        if entry is None:
            return
        try:
            text = self._text(entry)
        except StudyAppError:  # deleted meanwhile: the list is about to say so
            return
        wanted = (text, entry.topic_title, tokens(), px(100))
        if wanted == self._shown:
            return
        self._shown = wanted
        if isinstance(text, AnyNote):
            self.pane.show_note(text, entry.topic_title)
        else:
            self.pane.show_item(text, entry.topic_title)

    def _text(self, entry: Entry) -> AnyNote | AnyItem:
        return self._library.note(entry.id) if entry.kind is EntryKind.NOTE else self._library.item(entry.id)
