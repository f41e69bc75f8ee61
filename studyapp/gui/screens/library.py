"""The material: topics, a table that narrows as you type, and the entry beside it."""

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QTableView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.item import Origin
from studyapp.gui.icons import icon
from studyapp.gui.models.entries import EntryModel
from studyapp.gui.models.topics import TopicTree
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Button, Chip
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.item_editor import ItemEditor
from studyapp.gui.widgets.note_editor import NoteEditor
from studyapp.gui.widgets.reading_pane import ReadingPane
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Changes
from studyapp.services.library import Entry, EntryKind, EntryQuery
from studyapp.services.practice import PracticeFilter, PracticeSpec
from studyapp.services.review import ReviewScope

TYPING_PAUSE_MS = 60
TREE_FROM, SIDE_BY_SIDE_FROM = 980, 720


class LibraryScreen(Screen):
    """Tree, table and reading pane; own cards and questions are made and changed here."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._topics: frozenset[str] = frozenset()
        self._loaded = False
        self._typing = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._load_entries)
        self._layout = QVBoxLayout(self)
        self._build_head()
        self._build_panes()
        for keys, slot in (("Ctrl+F", self._search.setFocus), ("Ctrl+N", self._new_card)):
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
        self._layout.addLayout(head)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Search questions, answers and cards"))
        self._search.setAccessibleName(self.tr("Search the library"))
        self._search.setClearButtonEnabled(True)
        self._search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.textChanged.connect(self._typing.start)
        self._layout.addWidget(self._search)
        chips = QWidget()
        flow = FlowLayout(chips)
        self._topic_box = QComboBox()
        self._topic_box.setAccessibleName(self.tr("Topic"))
        self._topic_box.activated.connect(self._topic_chosen)
        flow.addWidget(self._topic_box)
        self._kinds = {EntryKind.ITEM: Chip(self.tr("Questions")), EntryKind.NOTE: Chip(self.tr("Flashcards"))}
        self._own, self._marked = Chip(self.tr("Your own")), Chip(self.tr("Marked"))
        for kind, chip in self._kinds.items():
            chip.clicked.connect(partial(self._kind_clicked, kind))
            flow.addWidget(chip)
        for chip in (self._own, self._marked):
            chip.clicked.connect(self._load_entries)
            flow.addWidget(chip)
        self._count = Label("", "small")
        flow.addWidget(self._count)
        self._layout.addWidget(chips)

    def _build_panes(self) -> None:
        self._tree_model = TopicTree(self)
        self._tree = QTreeView()
        self._tree.setModel(self._tree_model)
        self._tree.setHeaderHidden(True)
        self._tree.setAccessibleName(self.tr("Topics"))
        self._tree.selectionModel().currentChanged.connect(self._tree_moved)
        self._model = EntryModel(self)
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Questions and cards"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self._table.selectionModel().currentRowChanged.connect(self._row_changed)
        self._nothing = EmptyState(
            "search",
            self.tr("Nothing matches"),
            self.tr("No question or card has all of these words with the filters that are set."),
            self.tr("Clear search and filters"),
        )
        self._nothing.acted.connect(self._clear_filters)
        self._nothing.hide()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table)
        column.addWidget(self._nothing, 1)
        self._inner = QSplitter(Qt.Orientation.Horizontal)
        self._inner.addWidget(middle)
        self._inner.addWidget(self._build_reader())
        self._inner.setSizes([520, 480])
        self._outer = QSplitter(Qt.Orientation.Horizontal)
        self._outer.addWidget(self._tree)
        self._outer.addWidget(self._inner)
        self._outer.setSizes([230, 900])
        for splitter in (self._inner, self._outer):
            splitter.setChildrenCollapsible(False)
        self._layout.addWidget(self._outer, 1)

    def _build_reader(self) -> QWidget:
        reader = QWidget()
        column = QVBoxLayout(reader)
        column.setContentsMargins(0, 0, 0, 0)
        bar = QWidget()
        flow = FlowLayout(bar)
        self._practise = Button(self.tr("Practise this"))
        self._practise.clicked.connect(self._practise_entry)
        self._mark = Button(self.tr("Mark"), icon="bookmark")
        self._mark.clicked.connect(self._toggle_mark)
        self._edit = Button(self.tr("Edit"), icon="pencil")
        self._edit.clicked.connect(self._edit_entry)
        self._suspend = Button(self.tr("Suspend"))
        self._suspend.clicked.connect(self._toggle_suspended)
        self._delete = Button(self.tr("Delete"), kind="danger")
        self._delete.clicked.connect(self._delete_entry)
        self._actions = (self._practise, self._mark, self._edit, self._suspend, self._delete)
        for button in self._actions:
            flow.addWidget(button)
        column.addWidget(bar)
        self._pane = ReadingPane()
        column.addWidget(self._pane, 1)
        return reader

    def open(self, payload: object) -> None:
        if not self._loaded:
            self._load_topics()
        if isinstance(payload, EntryQuery):
            self._apply(payload)
        elif isinstance(payload, str):
            self._clear_filters()
            self._select(payload)
        elif not self._loaded:
            self._load_entries()
        self._loaded = True

    def refresh(self, changes: Changes) -> None:  # noqa: ARG002  anything may change a status
        self._load_topics()
        self._load_entries()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Ctrl+F", self.tr("Search")),
            KeyHelp("Ctrl+N", self.tr("New card")),
            KeyHelp(self.tr("Up, Down"), self.tr("Go through the list")),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _scale(self) -> None:
        side = px(28) if self.width() >= px(TREE_FROM) else px(16)
        self._layout.setContentsMargins(side, px(28), side, px(16))
        self._layout.setSpacing(px(12))
        self._table.verticalHeader().setDefaultSectionSize(px(36))
        self._arrange(self.width())

    def _arrange(self, width: int) -> None:
        tree = width >= px(TREE_FROM)
        self._tree.setVisible(tree)
        self._topic_box.setVisible(not tree)
        side_by_side = width >= px(SIDE_BY_SIDE_FROM)
        self._inner.setOrientation(Qt.Orientation.Horizontal if side_by_side else Qt.Orientation.Vertical)
        self._table.setColumnHidden(2, True)
        self._table.setColumnHidden(1, width < px(1180))
        self._table.setColumnWidth(1, px(120))
        self._table.setColumnWidth(3, px(130))
        self._table.setColumnHidden(3, side_by_side and width < px(TREE_FROM))

    def _load_topics(self) -> None:
        taxonomy = self.context.study.library.taxonomy()
        counts = {topic: items + notes for topic, (items, notes) in self.context.study.library.topic_counts().items()}
        self._tree.selectionModel().blockSignals(True)
        self._tree_model.fill(taxonomy, counts)
        self._tree.selectionModel().blockSignals(False)
        self._topic_box.clear()
        self._topic_box.addItem(self.tr("All topics"), frozenset())
        for subject in taxonomy.subjects:
            topics = [topic for topic in subject.topics if counts.get(topic.id)]
            if topics:
                self._topic_box.addItem(subject.title, frozenset(topic.id for topic in topics))
            for topic in topics:
                self._topic_box.addItem(f"    {topic.title}", frozenset({topic.id}))
        self._show_topics()

    def _show_topics(self) -> None:
        row = self._tree_model.row_for(self._topics)
        if row is not None:
            self._tree.selectionModel().blockSignals(True)
            self._tree.setCurrentIndex(row.index())
            self._tree.selectionModel().blockSignals(False)
            self._tree.viewport().update()
        for index in range(self._topic_box.count()):
            if self._topic_box.itemData(index) == self._topics:
                self._topic_box.setCurrentIndex(index)

    def _tree_moved(self, index: QModelIndex) -> None:
        self._set_topics(index.data(Qt.ItemDataRole.UserRole))

    def _topic_chosen(self, index: int) -> None:
        self._set_topics(self._topic_box.itemData(index))

    def _set_topics(self, topics: object) -> None:
        if isinstance(topics, frozenset) and topics != self._topics:
            self._topics = topics
            self._show_topics()
            self._load_entries()

    def _kind_clicked(self, kind: EntryKind) -> None:
        for other, chip in self._kinds.items():
            if other is not kind:
                chip.setChecked(False)
        self._load_entries()

    def _query(self) -> EntryQuery:
        kind = next((kind for kind, chip in self._kinds.items() if chip.isChecked()), None)
        return EntryQuery(
            topics=self._topics,
            kind=kind,
            text=self._search.text().strip(),
            own_only=self._own.isChecked(),
            marked_only=self._marked.isChecked(),
        )

    def _apply(self, query: EntryQuery) -> None:
        self._topics = query.topics
        self._search.setText(query.text)
        self._typing.stop()
        for kind, chip in self._kinds.items():
            chip.setChecked(kind is query.kind)
        self._own.setChecked(query.own_only)
        self._marked.setChecked(query.marked_only)
        self._show_topics()
        self._load_entries()

    def _clear_filters(self) -> None:
        self._apply(EntryQuery())

    def _load_entries(self) -> None:
        before = self._current()
        query = self._query()
        entries = self.context.study.library.entries(query)
        self._model.set_entries(entries)
        capped = len(entries) >= query.limit
        self._count.setText(
            self.tr("the first {n}").format(n=f"{len(entries):,}") if capped
            else self.tr("1 entry") if len(entries) == 1
            else self.tr("{n} entries").format(n=f"{len(entries):,}")
        )  # fmt: skip
        self._table.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        if entries:
            self._select(before.id if before else entries[0].id)
        else:
            self._show_entry(None)

    def _select(self, entry_id: str) -> None:
        row = max(0, self._model.row_of(entry_id))
        self._table.selectRow(row)
        self._table.scrollTo(self._model.index(row, 0))
        self._show_entry(self._current())

    def _current(self) -> Entry | None:
        index = self._table.selectionModel().currentIndex()
        return self._model.entry(index.row()) if index.isValid() else None

    def _row_changed(self, current: QModelIndex) -> None:
        self._show_entry(self._model.entry(current.row()) if current.isValid() else None)

    def _show_entry(self, entry: Entry | None) -> None:
        for button in self._actions:
            button.setVisible(entry is not None)
        if entry is None:
            self._pane.clear(self.tr("Choose a question or a card to read it here."))
            return
        is_note, own = entry.kind is EntryKind.NOTE, entry.origin is not Origin.BUNDLED
        self._practise.setText(self.tr("Review this card") if is_note else self.tr("Practise this"))
        self._mark.setText(self.tr("Unmark") if entry.marked else self.tr("Mark"))
        self._suspend.setVisible(is_note)
        self._suspend.setText(self.tr("Bring back") if entry.status == "suspended" else self.tr("Suspend"))
        self._edit.setVisible(is_note or own)
        self._delete.setVisible(own)
        library = self.context.study.library
        if is_note:
            self._pane.show_note(library.note(entry.id), entry.topic_title)
        else:
            self._pane.show_item(library.item(entry.id), entry.topic_title)

    def _practise_entry(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if entry.kind is EntryKind.NOTE:
            from studyapp.domain.cards import cards_of

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
        text = self.tr("“{title}” leaves the library. What you answered stays in your history.").format(title=entry.title)
        if self.context.dialogs.confirm(title, text, self.tr("Delete"), self.tr("Keep")):
            self._written(self.context.study.library.delete_own(entry.id))

    def _edit_entry(self) -> None:
        entry = self._current()
        if entry is None:
            return
        if entry.kind is EntryKind.NOTE:
            self._run_editor(NoteEditor(self.context.study.library, entry.id))
        else:
            self._run_editor(ItemEditor(self.context.study.library, entry.id))

    def _new_card(self) -> None:
        self._run_editor(NoteEditor(self.context.study.library, topic=self._one_topic()))

    def _new_question(self) -> None:
        self._run_editor(ItemEditor(self.context.study.library, topic=self._one_topic()))

    def _one_topic(self) -> str:
        return next(iter(self._topics)) if len(self._topics) == 1 else ""

    def _run_editor(self, editor: NoteEditor | ItemEditor) -> None:
        if self.context.dialogs.custom(editor) and editor.changes is not None:
            self._written(editor.changes)

    def _written(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self.refresh(changes)
