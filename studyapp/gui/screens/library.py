"""The material: topics, a table that narrows as you type, and the entry beside it."""

from enum import Enum

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.cards import cards_of
from studyapp.gui.dialogs import MessageDialog
from studyapp.gui.models.entries import EntryModel
from studyapp.gui.models.topics import TopicTree
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.entry_reader import EntryReader
from studyapp.gui.widgets.item_editor import ItemEditor
from studyapp.gui.widgets.library_filters import LibraryFilters
from studyapp.gui.widgets.note_editor import NoteEditor
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Changes
from studyapp.services.library import Entry, EntryKind, EntryQuery
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import ReviewScope

TREE_FROM, TWO_PANES_FROM = 960, 700  # widths at 100 % text
TREE, READER = 200, 380  # the tree's width, the reader's least, where all three panes stand


class Panes(Enum):
    """What fits beside one another."""

    THREE = "tree, table and entry"
    TWO = "table and entry"
    ONE = "table, and the entry in its place once chosen"


class LibraryScreen(Screen):
    """Payload: an EntryQuery to list, or the id of an entry to show."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._panes = Panes.THREE
        self._reading = False
        self._loaded = False
        self._dragged = False
        self._layout = QVBoxLayout(self)
        self._build_head()
        self._build_panes()
        for keys, slot in (("Ctrl+F", self._find), ("Ctrl+N", self._new_card)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        watcher().changed.connect(self._scale)
        self._scale()

    def _build_head(self) -> None:
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Library"), "title"), 1)
        new_card = Button(self.tr("New card"), icon="plus")
        new_card.clicked.connect(self._new_card)
        new_question = Button(self.tr("New question"), icon="plus")
        new_question.clicked.connect(self._new_question)
        head.addWidget(new_card)
        head.addWidget(new_question)
        self._head = QWidget()
        head.setContentsMargins(0, 0, 0, 0)
        self._head.setLayout(head)
        self._layout.addWidget(self._head)
        self.filters = LibraryFilters()
        self.filters.changed.connect(self._load_entries)
        self.filters.to_list.connect(self._to_list)
        self._layout.addWidget(self.filters)

    def _build_panes(self) -> None:
        self._tree_model = TopicTree(self)
        self.tree = QTreeView()
        self.tree.setModel(self._tree_model)
        self.tree.setHeaderHidden(True)
        self._tree_model.setColumnCount(2)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(1)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setAccessibleName(self.tr("Topics"))
        self.tree.selectionModel().currentChanged.connect(self._tree_moved)
        self._build_table()
        self._nothing = EmptyState(
            "search",
            self.tr("Nothing matches"),
            self.tr("No question or card has all of these words with the filters that are set."),
            self.tr("Clear search and filters"),
        )
        self._nothing.acted.connect(self._clear_filters)
        self._nothing.hide()
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self._nothing, 1)
        self.reader = EntryReader(self.context.study.library)
        for signal, slot in (
            (self.reader.back, self._back_to_list),
            (self.reader.practise, self._practise_entry),
            (self.reader.mark, self._toggle_mark),
            (self.reader.edit, self._edit_entry),
            (self.reader.suspend, self._toggle_suspended),
            (self.reader.delete, self._delete_entry),
        ):
            signal.connect(slot)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.tree, self._list, self.reader):
            self._splitter.addWidget(widget)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setStretchFactor(2, 1)
        self._splitter.splitterMoved.connect(self._moved)
        self._layout.addWidget(self._splitter, 1)

    def _build_table(self) -> None:
        self._model = EntryModel(self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(self.tr("Questions and cards"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().hide()
        self.table.hideColumn(2)  # the topic: the tree and the entry tell it
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)
        self.table.activated.connect(self._read_row)
        self.table.clicked.connect(self._read_row)

    # The screen's contract

    def open(self, payload: object) -> None:
        """See the class."""
        if not self._loaded:
            self._load_topics()
        if isinstance(payload, EntryQuery):
            self.filters.apply(payload)
        elif isinstance(payload, str):
            self._clear_filters()
            self._select(payload)
            self._set_reading(reading=True)
        elif not self._loaded:
            self._load_entries()
        self._loaded = True
        if isinstance(payload, str):
            (self.reader.back_button if self._panes is Panes.ONE else self.table).setFocus()
        else:
            self._set_reading(reading=False)
            self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, changes: Changes) -> None:
        """Anything may have changed a status or a count."""
        if changes.areas:
            self._load_topics()
            self._load_entries()

    def keys(self) -> tuple[KeyHelp, ...]:
        """The library's keys."""
        return (
            KeyHelp("Ctrl+F", self.tr("Search questions and cards")),
            KeyHelp("Ctrl+N", self.tr("Write a new card")),
            KeyHelp("↓", self.tr("From the search into the list")),
            KeyHelp("↑  ↓", self.tr("Go through the list")),
            KeyHelp("Enter", self.tr("Read the entry (in a small window)")),
            KeyHelp("Esc", self.tr("Go back to the list (in a small window)")),
        )

    # What fits

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads from an entry that hides the list back to it."""
        if event.key() == Qt.Key.Key_Escape and self._reading and self._panes is Panes.ONE:
            self._back_to_list()
        else:
            super().keyPressEvent(event)

    def _scale(self) -> None:
        self.tree.setIndentation(px(16))
        self.table.verticalHeader().setDefaultSectionSize(px(36))
        self.table.setColumnWidth(1, px(116))
        self._arrange()

    def _arrange(self) -> None:
        width, tight = self.width(), self.height() < px(480)
        before = self._panes
        self._panes = Panes.THREE if width >= px(TREE_FROM) else Panes.TWO if width >= px(TWO_PANES_FROM) else Panes.ONE
        side = px(32) if self._panes is Panes.THREE else px(16)
        self._layout.setContentsMargins(side, px(12 if tight else 28), side, px(16))
        self._layout.setSpacing(px(8 if tight else 14))
        self.tree.setVisible(self._panes is Panes.THREE)
        self.filters.topic_box.setVisible(self._panes is not Panes.THREE)
        self._show_panes()
        if before is not self._panes:
            self._dragged = False
        inner = width - 2 * side
        tree = px(TREE) if self._panes is Panes.THREE else 0
        reader = 0 if self._panes is Panes.ONE else max(px(READER), (inner - tree) * 9 // 20)
        self.reader.setMinimumWidth(0 if self._panes is not Panes.THREE else px(READER))
        if not self._dragged:
            self._splitter.setSizes([tree, inner - tree - reader, reader])
        list_width = inner - tree - reader
        self.table.setColumnHidden(1, list_width < px(620))
        self.table.setColumnHidden(3, list_width < px(400))
        self.table.setColumnWidth(3, px(176) if list_width >= px(560) else px(112))

    def _moved(self, _place: int, _handle: int) -> None:
        """Who dragged the panes keeps them as the window grows."""
        self._dragged = True

    def _show_panes(self) -> None:
        one = self._panes is Panes.ONE
        reading = one and self._reading
        self._list.setVisible(not reading)
        self.reader.setVisible(not one or reading)
        self.reader.offer_back(offered=one)
        self.filters.setVisible(not reading)
        # Where height is scarce the list needs it more than a heading that the sidebar shows anyway.
        self._head.setVisible(not reading and (not one or self.height() >= px(420)))

    def _set_reading(self, *, reading: bool) -> None:
        self._reading = reading
        self._show_panes()

    def _read_row(self, index: QModelIndex) -> None:
        if index.isValid() and self._panes is Panes.ONE:
            self._set_reading(reading=True)
            self.reader.back_button.setFocus()

    def _back_to_list(self) -> None:
        self._set_reading(reading=False)
        self.table.setFocus()

    def _to_list(self) -> None:
        if self._model.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        self._set_reading(reading=False)
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    # What is listed

    def _load_topics(self) -> None:
        library = self.context.study.library
        taxonomy = library.taxonomy()
        counts = {topic: items + notes for topic, (items, notes) in library.topic_counts().items()}
        selection = self.tree.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self._tree_model.fill(taxonomy, counts)
        selection.blockSignals(False)  # noqa: FBT003  see above
        self.filters.fill_topics(taxonomy, counts)
        self._show_branch()

    def _show_branch(self) -> None:
        row = self._tree_model.row_for(self.filters.topics)
        selection = self.tree.selectionModel()
        selection.blockSignals(True)  # noqa: FBT003  Qt's own signature
        self.tree.setCurrentIndex(row.index() if row is not None else QModelIndex())
        selection.blockSignals(False)  # noqa: FBT003  see above
        self.tree.viewport().update()

    def _tree_moved(self, index: QModelIndex) -> None:
        topics = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(topics, frozenset):
            self.filters.set_topics(topics)

    def _clear_filters(self) -> None:
        self.filters.apply(EntryQuery())

    def _load_entries(self) -> None:
        before = self._current()
        query = self.filters.query()
        entries = self.context.study.library.entries(query)
        self._model.set_entries(entries)
        self.filters.show_count(len(entries), query.limit)
        self._show_branch()
        self.table.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        if entries:
            self._select(before.id if before else entries[0].id)
        else:
            self.reader.show_entry(None)

    def _select(self, entry_id: str) -> None:
        row = max(0, self._model.row_of(entry_id))
        self.table.selectRow(row)
        self.table.scrollTo(self._model.index(row, 0))

    def _current(self) -> Entry | None:
        index = self.table.selectionModel().currentIndex()
        return self._model.entry(index.row()) if index.isValid() else None

    def _row_changed(self, current: QModelIndex) -> None:
        self.reader.show_entry(self._model.entry(current.row()) if current.isValid() else None)

    # What can be done with an entry

    def _practise_entry(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if entry.kind is EntryKind.NOTE:
            cards = tuple(card.id for card in cards_of(self.context.study.library.note(entry.id)))
            self.go.emit(Route(Place.FLASHCARDS, ReviewScope(card_ids=cards)))
        else:
            spec = PracticeSpec(PracticeFilter(), length=1, title=entry.topic_title, item_ids=(entry.id,))
            self.go.emit(Route(Place.PRACTICE, spec))

    def _toggle_mark(self) -> None:
        entry = self._current()
        if entry is not None:
            self._written(self.context.study.library.set_marked(entry.id, not entry.marked))

    def _toggle_suspended(self) -> None:
        entry = self._current()
        if entry is not None:
            self._written(self.context.study.library.set_suspended(entry.id, entry.status != "suspended"))

    def _delete_entry(self) -> None:
        entry = self._current()
        if entry is None:
            return
        title = self.tr("Delete this card?") if entry.kind is EntryKind.NOTE else self.tr("Delete this question?")
        text = self.tr("“{title}” leaves the library. What you answered stays in your history.").format(
            title=entry.title
        )
        question = MessageDialog(title, text, self.tr("Delete"), self.tr("Keep"), danger=True, parent=self)
        if self.context.dialogs.custom(question):
            self._set_reading(reading=False)
            self._written(self.context.study.library.delete_own(entry.id))

    def _edit_entry(self) -> None:
        entry = self._current()
        if entry is None:
            return
        editor = NoteEditor if entry.kind is EntryKind.NOTE else ItemEditor
        self._run_editor(editor(self.context.study.library, entry.id))

    def _new_card(self) -> None:
        self._run_editor(NoteEditor(self.context.study.library, topic=self._one_topic()))

    def _new_question(self) -> None:
        self._run_editor(ItemEditor(self.context.study.library, topic=self._one_topic()))

    def _one_topic(self) -> str:
        """The topic a new entry is most likely about: the one listed, else that of the entry being read."""
        topics, entry = self.filters.topics, self._current()
        if len(topics) == 1:
            return next(iter(topics))
        return "" if entry is None else entry.topic

    def _run_editor(self, editor: NoteEditor | ItemEditor) -> None:
        if self.context.dialogs.custom(editor) and editor.changes is not None:
            self._written(editor.changes)

    def _written(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh(changes)
