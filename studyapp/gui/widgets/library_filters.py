"""What the library lists: words to find, a topic, and what kind of entry."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from studyapp.domain.taxonomy import Taxonomy
from studyapp.gui.icons import icon
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Chip
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.plural import counted
from studyapp.gui.widgets.text import Label
from studyapp.services.library import EntryKind, EntryQuery

TYPING_PAUSE_MS = 60  # a fast typist's keys come closer than this, so a word is searched once


class LibraryFilters(QWidget):
    """The search field and its chips.

    Signals:
        changed: another list is wanted.
        to_list: Down was pressed in the search field.
    """

    changed = Signal()
    to_list = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics: frozenset[str] = frozenset()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.changed)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search questions, answers and cards"))
        self.search.setAccessibleName(self.tr("Search the library"))
        self.search.setClearButtonEnabled(True)
        self._glass = self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textEdited.connect(self._typed)
        self.search.installEventFilter(self)
        self.topic_box = QComboBox()
        self.topic_box.setAccessibleName(self.tr("Topic"))
        self.topic_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.topic_box.setMinimumContentsLength(16)
        self.topic_box.activated.connect(self._topic_chosen)
        self._kinds = {EntryKind.ITEM: Chip(self.tr("Questions")), EntryKind.NOTE: Chip(self.tr("Flashcards"))}
        self._own, self._marked = Chip(self.tr("Your own")), Chip(self.tr("Marked"))
        self.count = Label("", "small")
        self._lay_out()
        watcher().changed.connect(self._restyle)

    def _lay_out(self) -> None:
        self._chips = QWidget()
        flow = FlowLayout(self._chips)
        flow.addWidget(self.topic_box)
        for kind, chip in self._kinds.items():
            chip.clicked.connect(partial(self._kind_clicked, kind))
            flow.addWidget(chip)
        for chip in (self._own, self._marked):
            chip.clicked.connect(self._chip_clicked)
            flow.addWidget(chip)
        flow.addWidget(self.count)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.search)
        self._column.addWidget(self._chips)
        self._restyle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the words to what they found."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.search and pressed == Qt.Key.Key_Down:
            self.to_list.emit()
            return True
        return super().eventFilter(watched, event)

    @property
    def topics(self) -> frozenset[str]:
        """The leaf ids that are listed; empty for all."""
        return self._topics

    def query(self) -> EntryQuery:
        """What is to be listed."""
        return EntryQuery(
            topics=self._topics,
            kind=next((kind for kind, chip in self._kinds.items() if chip.isChecked()), None),
            text=self.search.text().strip(),
            own_only=self._own.isChecked(),
            marked_only=self._marked.isChecked(),
        )

    def apply(self, query: EntryQuery) -> None:
        """Show these filters; `changed` is emitted once."""
        self._typing.stop()
        self.search.setText(query.text)
        for kind, chip in self._kinds.items():
            chip.setChecked(kind is query.kind)
        self._own.setChecked(query.own_only)
        self._marked.setChecked(query.marked_only)
        self._topics = query.topics
        self._show_topics()
        self.changed.emit()

    def set_topics(self, topics: frozenset[str]) -> None:
        """List these leaf topics."""
        if topics != self._topics:
            self._topics = topics
            self._show_topics()
            self.changed.emit()

    def fill_topics(self, taxonomy: Taxonomy, counts: dict[str, int]) -> None:
        """Offer the topics that have entries."""
        self.topic_box.clear()
        self.topic_box.addItem(self.tr("All topics"), frozenset())
        for subject in taxonomy.subjects:
            topics = [topic for topic in subject.topics if counts.get(topic.id)]
            if topics:
                self.topic_box.addItem(subject.title, frozenset(topic.id for topic in topics))
            for topic in topics:
                self.topic_box.addItem(f"    {topic.title}", frozenset({topic.id}))
        self._show_topics()

    def show_count(self, entries: int, limit: int) -> None:
        """Say how many entries are listed."""
        if entries >= limit:
            self.count.setText(self.tr("the first {n}").format(n=f"{entries:,}"))
        else:
            self.count.setText(counted(entries, self.tr("1 entry"), self.tr("{n} entries")))

    def _show_topics(self) -> None:
        for index in range(self.topic_box.count()):
            if self.topic_box.itemData(index) == self._topics:
                self.topic_box.setCurrentIndex(index)

    def _typed(self, _text: str) -> None:
        self._typing.start()

    def _topic_chosen(self, index: int) -> None:
        self.set_topics(self.topic_box.itemData(index))

    def _kind_clicked(self, kind: EntryKind, _checked: bool = False) -> None:
        for other, chip in self._kinds.items():
            if other is not kind:
                chip.setChecked(False)
        self.changed.emit()

    def _chip_clicked(self) -> None:
        self.changed.emit()

    def _restyle(self) -> None:
        self._glass.setIcon(icon("search", "muted"))
        self._column.setSpacing(px(12))
        self.count.setMinimumHeight(px(27))
