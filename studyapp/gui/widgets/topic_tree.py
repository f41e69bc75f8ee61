"""Subjects and their leaf topics with tri-state boxes and counts, as tall as what is open in it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QSizePolicy, QTreeWidget, QTreeWidgetItem

from studyapp.domain.taxonomy import Taxonomy
from studyapp.gui.theme import color, px, watcher

_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class TopicTree(QTreeWidget):
    """Choose leaf topics. Emits `chosen_changed`; nothing or everything chosen both mean all topics.

    `columns` are the headings of the figures behind each name; `set_figures` fills them.
    """

    chosen_changed = Signal()

    def __init__(self, taxonomy: Taxonomy, columns: Sequence[str], topic_heading: str) -> None:
        super().__init__()
        self._figures = len(columns)
        self._leaves: dict[str, QTreeWidgetItem] = {}
        self._subjects: list[QTreeWidgetItem] = []
        self._of_subject: list[list[str]] = []
        self._busy = False
        self.setHeaderLabels([topic_heading, *columns])
        self.setAccessibleName(topic_heading)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # The card around it is its frame.
        self.setStyleSheet("QTreeWidget { border: none; border-radius: 0; } QTreeWidget:focus { border: none; }")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._fill(taxonomy)
        self._set_up_header()
        self._restyle()
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(0)
        self._telling.timeout.connect(self.chosen_changed)
        self.itemChanged.connect(self._item_changed)
        self.itemExpanded.connect(self._fit)
        self.itemCollapsed.connect(self._fit)
        watcher().changed.connect(self._restyle)

    def _fill(self, taxonomy: Taxonomy) -> None:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        for subject in taxonomy.subjects:
            row = QTreeWidgetItem([subject.title])
            row.setFlags(flags | Qt.ItemFlag.ItemIsAutoTristate)
            row.setCheckState(0, _UNCHECKED)
            self.addTopLevelItem(row)
            self._subjects.append(row)
            self._of_subject.append([topic.id for topic in subject.topics])
            for topic in subject.topics:
                leaf = QTreeWidgetItem([topic.title])
                leaf.setToolTip(0, topic.title)
                leaf.setFlags(flags)
                leaf.setCheckState(0, _UNCHECKED)
                row.addChild(leaf)
                self._leaves[topic.id] = leaf

    def _set_up_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in range(1, self._figures + 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @property
    def chosen(self) -> frozenset[str]:
        """The chosen leaf ids; empty when all (or none) are chosen."""
        ids = frozenset(name for name, leaf in self._leaves.items() if leaf.checkState(0) == _CHECKED)
        return frozenset() if len(ids) == len(self._leaves) else ids

    def set_chosen(self, topics: frozenset[str]) -> None:
        """Choose these leaves without telling; subjects with a part of them are opened."""
        self._busy = True
        for name, leaf in self._leaves.items():
            leaf.setCheckState(0, _CHECKED if name in topics else _UNCHECKED)
        for row in self._subjects:
            if row.checkState(0) == Qt.CheckState.PartiallyChecked:
                row.setExpanded(True)
        self._busy = False
        self._fit()

    def set_figures(self, of_leaf: Callable[[str], Sequence[int]]) -> None:
        """Fill the figures of each leaf and their sums at the subjects; a leaf with nothing is greyed."""
        self._busy = True
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        muted, text = color("muted"), color("text")
        for at, row in enumerate(self._subjects):
            sums = [0] * self._figures
            for name in self._of_subject[at]:
                leaf = self._leaves[name]
                figures = of_leaf(name)
                leaf.setForeground(0, text if any(figures) else muted)
                for column, figure in enumerate(figures, start=1):
                    sums[column - 1] += figure
                    leaf.setText(column, f"{figure:,}" if figure else "–")
                    leaf.setTextAlignment(column, right)
                    leaf.setForeground(column, muted)
            for column, total in enumerate(sums, start=1):
                row.setText(column, f"{total:,}" if total else "–")
                row.setTextAlignment(column, right)
        self._busy = False

    def leaf(self, topic: str) -> QTreeWidgetItem:
        """The row of a leaf topic."""
        return self._leaves[topic]

    def _item_changed(self, _item: QTreeWidgetItem, column: int) -> None:
        # A click on a subject changes each of its leaves: tell once, after the last of them.
        if not self._busy and column == 0:
            self._telling.start()

    def _restyle(self) -> None:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        for row in self._subjects:
            row.setFont(0, bold)
        self.setIndentation(px(22))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(px(320), self._content_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self._content_height())

    def _content_height(self) -> int:
        rows = sum(1 + (row.childCount() if row.isExpanded() else 0) for row in self._subjects)
        row_height = max(self.sizeHintForRow(0), px(28))
        return self.header().sizeHint().height() + rows * row_height + 2 * self.frameWidth() + px(4)

    def _fit(self) -> None:
        self.updateGeometry()
