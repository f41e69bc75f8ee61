"""One entry of the library to read, with what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.domain.item import Origin
from studyapp.gui.theme import px
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
        """Show an entry, or that none is chosen."""
        for button, _signal in self._actions:
            button.setVisible(entry is not None)
        if entry is None:
            self.pane.clear(self.tr("Choose a question or a card to read it here."))
            return
        is_note, own = entry.kind is EntryKind.NOTE, entry.origin is not Origin.BUNDLED
        self.practise_button.setText(self.tr("Review this card") if is_note else self.tr("Practise this"))
        self.mark_button.setText(self.tr("Unmark") if entry.marked else self.tr("Mark"))
        self.suspend_button.setVisible(is_note)
        self.suspend_button.setText(self.tr("Bring back") if entry.status == "suspended" else self.tr("Suspend"))
        self.edit_button.setVisible(is_note or own)
        self.delete_button.setVisible(own)
        if is_note:
            self.pane.show_note(self._library.note(entry.id), entry.topic_title)
        else:
            self.pane.show_item(self._library.item(entry.id), entry.topic_title)
