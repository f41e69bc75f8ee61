"""Subjects and leaf topics as a tree with counts."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from studyapp.domain.taxonomy import Taxonomy


class TopicTree(QStandardItemModel):
    """One branch a subject, with a column of counts; a row's leaf ids are under `Qt.UserRole` (none: everything)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[frozenset[str], QStandardItem] = {}

    def fill(self, taxonomy: Taxonomy, counts: dict[str, int]) -> None:
        """Show the topics that have entries, with how many."""
        self.removeRows(0, self.rowCount())
        self.setColumnCount(2)
        self._rows = {}
        self._add(self.invisibleRootItem(), self.tr("Everything"), sum(counts.values()), frozenset())
        for subject in taxonomy.subjects:
            topics = [topic for topic in subject.topics if counts.get(topic.id)]
            if not topics:
                continue
            ids = frozenset(topic.id for topic in topics)
            total = sum(counts[topic.id] for topic in topics)
            branch = self._add(self.invisibleRootItem(), subject.title, total, ids)
            for topic in topics:
                self._add(branch, topic.title, counts[topic.id], frozenset({topic.id}))

    def _add(self, parent: QStandardItem, title: str, count: int, topics: frozenset[str]) -> QStandardItem:
        row, figure = QStandardItem(title), QStandardItem(f"{count:,}")
        for cell in (row, figure):
            cell.setEditable(False)
            cell.setToolTip(title)
            cell.setData(topics, Qt.ItemDataRole.UserRole)
        figure.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.setAccessibleText(f"{title}, {count:,}")
        parent.appendRow([row, figure])
        self._rows[topics] = row
        return row

    def row_for(self, topics: frozenset[str]) -> QStandardItem | None:
        """The row that stands for exactly these leaf ids."""
        return self._rows.get(topics)
