"""The frame of both editors: fields at the left, live preview and problems at the right, cancel and save below."""

import re
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.core.errors import StudyAppError
from studyapp.domain.item import AnyItem
from studyapp.domain.note import AnyNote
from studyapp.gui.dialogs import WritingDialog
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.draft_fields import FieldSet, ReferenceFields, tab_stops
from studyapp.gui.widgets.panel import FittingPage
from studyapp.gui.widgets.side_panel import Bar
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Changes
from studyapp.services.library import DraftCheck, DraftProblem, EntryKind, LibraryService

PAUSE_MS = 250  # after the last key before the draft is checked again
NARROW = 760
COMMON = ("topic", "type", "references", "objectives", "volatility")


class DraftDialog(WritingDialog):
    """Edits an own entry, or a bundled note. After it is accepted `changes` holds what the save changed."""

    edited = Signal()

    def __init__(
        self,
        library: LibraryService,
        kind: EntryKind,
        entry_id: str | None,
        topic: str,
        types: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__()
        self.changes: Changes | None = None
        self._library, self._kind, self._entry_id = library, kind, entry_id
        self._kept: dict[str, object] = {"topic": topic, "type": types[0][0]}
        if entry_id is not None:
            self._kept = library.draft_of(kind, entry_id)
        self._fields: FieldSet | None = None
        self._preview: QWidget | None = None
        self.check: DraftCheck | None = None
        self._typed = False
        self._stops: list[QWidget] = []
        self.resize(px(980), px(680))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(0)
        self._middle.addWidget(self._form(types), 11)
        self._middle.addWidget(self._side(), 9)
        outer.addLayout(self._middle, 1)
        outer.addWidget(self._bottom())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.check_now)
        self.edited.connect(self._timer.start)
        self._show_type()
        self._first = self.draft()
        self.check_now()

    # To be given by the editors

    def heading(self) -> str:
        """What stands on top."""
        raise NotImplementedError

    def fields_for(self, type_name: str, values: dict[str, object]) -> FieldSet:
        """The fields of a type, filled."""
        raise NotImplementedError

    def preview_of(self, entry: AnyItem | AnyNote) -> QWidget:
        """What the draft will look like."""
        raise NotImplementedError

    # Parts

    def _form(self, types: Sequence[tuple[str, str]]) -> QWidget:
        page = FittingPage()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(28), px(24), px(28), px(24))
        column.setSpacing(px(8))
        self.setWindowTitle(self.heading())
        column.addWidget(Label(self.heading(), "heading", wrap=True))
        column.addSpacing(px(4))
        self.topics = QComboBox()
        self._fill_topics()
        self.topics.currentIndexChanged.connect(self._edited)
        self.types = QComboBox()
        for value, word in types:
            self.types.addItem(word, value)
        self.types.setCurrentIndex(max(0, self.types.findData(self._kept.get("type"))))
        self.types.currentIndexChanged.connect(self._type_chosen)
        for name, combo in ((self.tr("Topic"), self.topics), (self.tr("Kind"), self.types)):
            combo.setAccessibleName(name)
            combo.setMinimumContentsLength(12)
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            label = Label(name, "strong")
            label.setBuddy(combo)
            column.addWidget(label)
            column.addWidget(combo)
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        column.addSpacing(px(4))
        self.references = ReferenceFields(self._kept.get("references"))
        self.references.edited.connect(self._written)
        column.addWidget(self.references)
        column.addStretch(1)
        return _scrolled(page)

    def _fill_topics(self) -> None:
        model = self.topics.model()
        for subject in self._library.taxonomy().subjects:
            self.topics.addItem(subject.title)
            if isinstance(model, QStandardItemModel):
                model.item(self.topics.count() - 1).setEnabled(False)
            for topic in subject.topics:
                self.topics.addItem(topic.title, topic.id)
        first = next((i for i in range(self.topics.count()) if self.topics.itemData(i)), -1)
        wanted = self.topics.findData(self._kept.get("topic")) if self._kept.get("topic") else -1
        self.topics.setCurrentIndex(wanted if wanted >= 0 else first)

    def _side(self) -> QWidget:
        page = FittingPage()
        column = QVBoxLayout(page)
        column.setContentsMargins(px(24), px(24), px(28), px(24))
        column.setSpacing(px(10))
        column.addWidget(Label(self.tr("Preview"), "section"))
        self._preview_place = QVBoxLayout()
        column.addLayout(self._preview_place)
        self._problem_place = QVBoxLayout()
        self._problem_place.setSpacing(px(8))
        column.addSpacing(px(6))
        column.addLayout(self._problem_place)
        column.addStretch(1)
        return _scrolled(page)

    def _bottom(self) -> QWidget:
        bar = Bar(Qt.Edge.TopEdge)
        row = QHBoxLayout(bar)
        row.setContentsMargins(px(28), px(12), px(28), px(12))
        row.setSpacing(px(10))
        self.state = Label("", "small", wrap=True)
        row.addWidget(self.state, 1)
        self.cancel_button = Button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.save_button = Button(self.tr("Save"), "primary", key="Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        row.addWidget(self.cancel_button)
        row.addWidget(self.save_button)
        return bar

    # The draft

    @property
    def type_name(self) -> str:
        """The kind chosen, as the bank format calls it."""
        return str(self.types.currentData())

    def draft(self) -> dict[str, object]:
        """What stands in the fields, in the keys of the bank format."""
        draft: dict[str, object] = {key: value for key, value in self._kept.items() if key in COMMON}
        draft |= {"topic": self.topics.currentData() or "", "type": self.type_name}
        draft["references"] = self.references.value()
        if self._fields is not None:
            draft |= self._fields.values()
        return draft

    def _type_chosen(self) -> None:
        if self._fields is not None:
            # What was written stays when another kind has a field of that name.
            self._kept |= self._fields.values()
        self._show_type()
        self._edited()

    def _show_type(self) -> None:
        if self._fields is not None:
            self._fields.hide()
            self._fields.deleteLater()
        self._fields = self.fields_for(self.type_name, self._kept)
        self._fields.edited.connect(self._written)
        self._place.addWidget(self._fields)
        self._order_tabs()

    def _edited(self) -> None:
        self.edited.emit()

    def _written(self) -> None:
        self._typed = True
        self._order_tabs()  # a row may have been added
        self.edited.emit()

    def _order_tabs(self) -> None:
        """Tab goes down the form as it is read; fields made later would come after the buttons."""
        fields = [] if self._fields is None else tab_stops(self._fields)
        stops = [self.topics, self.types, *fields, *tab_stops(self.references), self.cancel_button, self.save_button]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def written(self) -> bool:
        """Whether a field holds something other than at first."""
        return self._typed and self.draft() != self._first

    def finish(self) -> None:
        """See `save`."""
        self.save()

    def check_now(self) -> None:
        """Check the draft and show what it would look like."""
        self._timer.stop()
        self.check = self._library.check_draft(self._kind, self.draft(), self._entry_id)
        errors = [problem for problem in self.check.problems if problem.error]
        self.save_button.setEnabled(not errors)
        self.state.setText("" if not errors else self.tr("To be saved it still needs what is listed at the right."))
        self._show_preview(self.check.preview)
        self._show_problems(self.check)

    def _show_preview(self, entry: AnyItem | AnyNote | None) -> None:
        if self._preview is not None:
            self._preview.hide()
            self._preview.deleteLater()
        if entry is None:
            self._preview = Label(self.tr("It shows here as soon as it is complete."), "muted", wrap=True)
        else:
            self._preview = self.preview_of(entry)
        self._preview_place.addWidget(self._preview)

    def _show_problems(self, check: DraftCheck) -> None:
        while self._problem_place.count():
            taken = self._problem_place.takeAt(0)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        told = self._in_words(check.problems)
        alike = self.tr("Much like: {title}")
        told += [DraftProblem("", alike.format(title=each), error=False) for each in check.similar]
        for problem in told:
            self._problem_place.addWidget(_problem_line(problem))

    def _in_words(self, problems: Sequence[DraftProblem]) -> list[DraftProblem]:
        # What is merely not written yet is said once, in the words of the form.
        needs = self._fields.needs() if self._fields is not None else {}
        told: list[DraftProblem] = []
        for problem in problems:
            key = re.split(r"[.\[\s]", problem.field, maxsplit=1)[0]
            said = DraftProblem(key, needs[key], error=True) if problem.error and key in needs else problem
            if said not in told:
                told.append(said)
        return told

    def save(self) -> None:
        """Store the draft and close; on errors say them and stay."""
        self.check_now()
        if not self.save_button.isEnabled():
            return
        try:
            self.changes = self._library.save_draft(self._kind, self.draft(), self._entry_id)
        except StudyAppError as error:
            self.state.setText(f"{error.sentence} {error.remedy}".strip())
            return
        self.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= px(NARROW)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._middle.direction() != wanted:
            self._middle.setDirection(wanted)
            # Below one another the form needs the height more than what it will look like.
            for place, stretch in enumerate((11, 9) if beside else (2, 1)):
                self._middle.setStretch(place, stretch)


def _scrolled(page: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setProperty("plain", "true")
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    return scroll


def _problem_line(problem: DraftProblem) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    name, tone = ("circle-alert", "bad") if problem.error else ("lightbulb", "warn")
    row.addWidget(IconLabel(name, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(problem.sentence, "muted", wrap=True), 1)
    return line
