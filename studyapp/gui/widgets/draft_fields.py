"""Fields of the editors: each set gives its values in the keys of the bank format."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, IconButton
from studyapp.gui.widgets.dates import LOCALE
from studyapp.gui.widgets.text import Label

Values = dict[str, object]


def text_of(values: Values, key: str) -> str:
    """A text from the values; empty when it is not there."""
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def list_of(values: Values, key: str) -> list[object]:
    """A list from the values; empty when it is not there."""
    value = values.get(key)
    return list(value) if isinstance(value, (list, tuple)) else []


def tab_stops(widget: QWidget) -> list[QWidget]:
    """What Tab reaches inside a widget, in the order in which its layouts read."""
    layout = widget.layout()
    return [] if layout is None else _stops_of(layout)


def _stops_of(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for place in range(layout.count()):
        entry = layout.itemAt(place)
        widget, inner = (entry.widget(), entry.layout()) if entry is not None else (None, None)
        if inner is not None:
            found += _stops_of(inner)
        elif widget is not None and not _taken_away(widget):
            takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            found += [widget] if takes_tab else tab_stops(widget)
    return found


def _taken_away(widget: QWidget) -> bool:
    # A widget that was never shown counts as hidden, too, as long as its window has not been.
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


class FieldSet(QWidget):
    """A column of labelled fields. Emits `edited` at each change."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, px(4), 0, 0)
        self.column.setSpacing(px(8))

    def values(self) -> Values:
        """What stands in the fields."""
        raise NotImplementedError

    def needs(self) -> dict[str, str]:
        """By key of the bank format, in plain words what an unfinished field still needs."""
        return {}

    def tell(self, *_anything: object) -> None:
        """Say that something changed."""
        self.edited.emit()

    def line(self, name: str, text: str, hint: str = "") -> QLineEdit:
        """Add a labelled line."""
        field = QLineEdit(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.textChanged.connect(self.tell)
        self._labelled(name, field)
        return field

    def block(self, name: str, text: str, rows: int = 3) -> QPlainTextEdit:
        """Add a labelled field of several lines."""
        field = QPlainTextEdit(text)
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        field.setFixedHeight(px(22 * rows + 22))
        field.textChanged.connect(self.tell)
        self._labelled(name, field)
        return field

    def _labelled(self, name: str, field: QWidget) -> None:
        label = Label(name, "strong")
        label.setBuddy(field)
        self.column.addWidget(label)
        self.column.addWidget(field)


def split_answers(text: str) -> list[str]:
    """Answers separated by semicolons."""
    return [part.strip() for part in text.split(";") if part.strip()]


def joined_answers(answers: Sequence[object]) -> str:
    """Answers with semicolons between."""
    return "; ".join(str(answer) for answer in answers)


class Rows(QWidget):
    """Rows that can be added and removed. Emits `edited`."""

    edited = Signal()

    def __init__(self, add_word: str, most: int) -> None:
        super().__init__()
        self._most = most
        self.rows: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        self._place = QVBoxLayout()
        self._place.setSpacing(px(10))
        column.addLayout(self._place)
        foot = QHBoxLayout()
        self.add_button = Button(add_word, "ghost", "plus")
        self.add_button.clicked.connect(self.add_empty)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        column.addLayout(foot)

    def add_empty(self) -> None:
        """Add an empty row."""
        raise NotImplementedError

    def add_row(self, row: QWidget, remover: IconButton | None) -> None:
        """Add a row with the button that removes it."""
        self.rows.append(row)
        self._place.addWidget(row)
        if remover is not None:
            remover.clicked.connect(partial(self._remove, row))
        self.add_button.setEnabled(len(self.rows) < self._most)
        self.edited.emit()

    def _remove(self, row: QWidget, _checked: bool = False) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.add_button.setEnabled(len(self.rows) < self._most)
        self.edited.emit()


class OptionFields(QWidget):
    """One option: right or not, its text, the reason."""

    edited = Signal()

    def __init__(self, option: Values, *, letter: str, fixed: bool) -> None:
        super().__init__()
        self.option_id = text_of(option, "id")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(10))
        self.correct = QCheckBox()
        self.correct.setChecked(option.get("correct") is True)
        self.correct.setAccessibleName(self.tr("Option {letter} is right").format(letter=letter))
        self.correct.setToolTip(self.tr("This is right"))
        self.correct.toggled.connect(self._tell)
        outer.addWidget(self.correct)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        self.text = QLineEdit(text_of(option, "text"))
        self.text.setReadOnly(fixed)
        self.text.setAccessibleName(self.tr("Option {letter}").format(letter=letter))
        self.text.setPlaceholderText(self.tr("Option {letter}").format(letter=letter))
        self.why = QLineEdit(text_of(option, "why"))
        self.why.setAccessibleName(self.tr("Why option {letter} is right or wrong").format(letter=letter))
        self.why.setPlaceholderText(self.tr("Why it is right or wrong"))
        for field in (self.text, self.why):
            field.textChanged.connect(self._tell)
            column.addWidget(field)
        outer.addLayout(column, 1)
        self.remover = IconButton("trash-2", self.tr("Remove option {letter}").format(letter=letter))
        self.remover.setVisible(not fixed)
        outer.addWidget(self.remover)

    def value(self, fallback_id: str) -> Values:
        """The option in the bank's keys."""
        option: Values = {
            "id": self.option_id or fallback_id,
            "text": self.text.text().strip(),
            "why": self.why.text().strip(),
        }
        if self.correct.isChecked():
            option["correct"] = True
        return option

    def _tell(self, *_anything: object) -> None:
        self.edited.emit()


class OptionRows(Rows):
    """The options of a choice item; with `single` a tick takes the other ticks away."""

    def __init__(self, options: Sequence[object], *, single: bool, fixed: bool) -> None:
        super().__init__("", 8)
        self._single, self._fixed = single, fixed
        self.add_button.setText(self.tr("Add an option"))
        self.add_button.setVisible(not fixed)
        for option in options:
            if isinstance(option, dict):
                self._add(option)
        while len(self.rows) < (2 if fixed else 4):
            self.add_empty()

    def add_empty(self) -> None:
        """Add an empty option."""
        self._add({})

    def _add(self, option: Values) -> None:
        row = OptionFields(option, letter="ABCDEFGH"[len(self.rows)], fixed=self._fixed)
        row.edited.connect(self.edited)
        row.correct.toggled.connect(partial(self._ticked, row))
        self.add_row(row, row.remover)

    def _ticked(self, ticked: OptionFields, on: bool) -> None:
        if on and self._single:
            for row in self.rows:
                if isinstance(row, OptionFields) and row is not ticked:
                    row.correct.setChecked(False)

    def value(self) -> list[Values]:
        """The options that have a text, with free ids given to new ones."""
        taken = {row.option_id for row in self.rows if isinstance(row, OptionFields)}
        free = iter(letter for letter in "abcdefghijklmnop" if letter not in taken)
        written = [row for row in self.rows if isinstance(row, OptionFields) and row.text.text().strip()]
        return [row.value("" if row.option_id else next(free)) for row in written]


class PartFields(QWidget):
    """One word part: form, kind, meaning."""

    edited = Signal()

    def __init__(self, part: Values) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self.form = QLineEdit(text_of(part, "form"))
        self.form.setPlaceholderText("cardi/o")
        self.form.setAccessibleName(self.tr("Word part"))
        self.kind = QComboBox()
        kinds = [
            ("prefix", self.tr("prefix")),
            ("root", self.tr("root")),
            ("combining_form", self.tr("combining form")),
            ("suffix", self.tr("suffix")),
        ]
        for value, word in kinds:
            self.kind.addItem(word, value)
        self.kind.setCurrentIndex(max(0, self.kind.findData(text_of(part, "kind") or "combining_form")))
        self.kind.setAccessibleName(self.tr("Kind of part"))
        self.meaning = QLineEdit(text_of(part, "meaning"))
        self.meaning.setPlaceholderText(self.tr("meaning"))
        self.meaning.setAccessibleName(self.tr("Meaning of the part"))
        self.remover = IconButton("trash-2", self.tr("Remove this part"))
        self.form.textChanged.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._tell)
        self.meaning.textChanged.connect(self._tell)
        row.addWidget(self.form, 3)
        row.addWidget(self.kind, 3)
        row.addWidget(self.meaning, 4)
        row.addWidget(self.remover)

    def value(self) -> Values:
        """The part in the bank's keys."""
        return {
            "form": self.form.text().strip(),
            "kind": str(self.kind.currentData()),
            "meaning": self.meaning.text().strip(),
        }

    def _tell(self, *_anything: object) -> None:
        self.edited.emit()


class PartRows(Rows):
    """The parts of a term."""

    def __init__(self, parts: Sequence[object]) -> None:
        super().__init__("", 8)
        self.add_button.setText(self.tr("Add a part"))
        for part in parts:
            if isinstance(part, dict):
                self._add(part)
        while len(self.rows) < 2:
            self.add_empty()

    def add_empty(self) -> None:
        """Add an empty part."""
        self._add({})

    def _add(self, part: Values) -> None:
        row = PartFields(part)
        row.edited.connect(self.edited)
        self.add_row(row, row.remover)

    def value(self) -> list[Values]:
        """The parts that have anything written."""
        values = [row.value() for row in self.rows if isinstance(row, PartFields)]
        return [value for value in values if value["form"] or value["meaning"]]


class ReferenceFields(QWidget):
    """Where the entry can be checked: the first reference is edited here, further ones are kept. Emits `edited`."""

    edited = Signal()

    def __init__(self, references: object) -> None:
        super().__init__()
        given = [dict(each) for each in references if isinstance(each, dict)] if isinstance(references, list) else []
        self._first: Values = given[0] if given else {}
        self._rest: list[Values] = given[1:]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(Label(self.tr("Where it can be checked (optional)"), "strong"))
        self.source = QLineEdit(text_of(self._first, "source"))
        self.source.setPlaceholderText(self.tr("Source, for example 45 CFR 164.404"))
        self.source.setAccessibleName(self.tr("Source"))
        column.addWidget(self.source)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.locator = QLineEdit(text_of(self._first, "locator"))
        self.locator.setPlaceholderText(self.tr("Page or section"))
        self.locator.setAccessibleName(self.tr("Page or section"))
        self.checked = QDateEdit(self._date())
        self.checked.setCalendarPopup(True)
        self.checked.setLocale(LOCALE)
        self.checked.setDisplayFormat("MMM d, yyyy")
        self.checked.setAccessibleName(self.tr("Checked on"))
        self.checked.setToolTip(self.tr("The day it was checked"))
        row.addWidget(self.locator, 1)
        row.addWidget(self.checked)
        column.addLayout(row)
        self.source.textChanged.connect(self._tell)
        self.locator.textChanged.connect(self._tell)
        self.checked.dateChanged.connect(self._tell)

    def _date(self) -> QDate:
        day = QDate.fromString(text_of(self._first, "as_of"), "yyyy-MM-dd")
        return day if day.isValid() else QDate.currentDate()

    def value(self) -> list[Values]:
        """The references in the bank's keys."""
        source = self.source.text().strip()
        if not source:
            return list(self._rest)
        first: Values = {
            "source": source,
            "locator": self.locator.text().strip(),
            "as_of": self.checked.date().toString("yyyy-MM-dd"),
            "edition": text_of(self._first, "edition"),
        }
        return [first, *self._rest]

    def _tell(self, *_anything: object) -> None:
        self.edited.emit()
