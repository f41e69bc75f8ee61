"""The library's table: one row an item or note."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studyapp.services.library import Entry, EntryKind

Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractTableModel):
    """Rows as the service returned them; the whole entry is under `Qt.UserRole`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._rows: dict[int, tuple[str, ...]] = {}
        self._kinds = self._kind_words()
        self._states = self._state_words()
        self._columns = (self.tr("Question or card"), self.tr("Kind"), self.tr("Topic"), self.tr("Status"))

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._entries = entries
        self._rows = {}
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, entry_id: str) -> int:
        """The row of an entry, -1 when it is not listed."""
        return next((row for row, entry in enumerate(self._entries) if entry.id == entry_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(index.row())[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in {0, 2}:
            return entry.title if index.column() == 0 else entry.topic_title
        return None

    def _texts(self, row: int) -> tuple[str, ...]:
        """A row's cells, put into words when it is first seen: a view asks for each of them several times."""
        texts = self._rows.get(row)
        if texts is None:
            entry = self._entries[row]
            texts = self._rows[row] = (entry.title, self._kind(entry), entry.topic_title, self._status(entry))
        return texts

    def _kind_words(self) -> dict[str, str]:
        return {
            "single": self.tr("One answer"),
            "multiple": self.tr("Several answers"),
            "true_false": self.tr("True or false"),
            "numeric": self.tr("Number"),
            "text": self.tr("Typed"),
            "cloze": self.tr("Fill in"),
            "cloze card": self.tr("Card, fill in"),
            "basic": self.tr("Card"),
            "reversed": self.tr("Card, both ways"),
            "term": self.tr("Term"),
        }

    def _state_words(self) -> dict[str, str]:
        return {
            "unseen": self.tr("not seen"),
            "right": self.tr("right"),
            "missed": self.tr("missed"),
            "new": self.tr("new"),
            "learning": self.tr("learning"),
            "review": self.tr("learned"),
            "suspended": self.tr("suspended"),
        }

    def _kind(self, entry: Entry) -> str:
        card = entry.kind is EntryKind.NOTE and entry.type == "cloze"
        return self._kinds.get("cloze card" if card else entry.type, entry.type)

    def _status(self, entry: Entry) -> str:
        text = self._states.get(entry.status, entry.status)
        if entry.due is not None:
            text = self.tr("{status}, due {day}").format(status=text, day=f"{entry.due:%b} {entry.due.day}")
        return self.tr("{status} · marked").format(status=text) if entry.marked else text
