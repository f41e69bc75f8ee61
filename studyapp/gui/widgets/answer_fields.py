"""Typed answers: a number with its unit, a word or phrase, the blanks of a cloze item."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from studyapp.domain import cloze
from studyapp.domain.item import ClozeItem, NumericItem, Response, TextItem
from studyapp.domain.marking import parse_number
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px
from studyapp.gui.widgets.panel import Panel, ToneLabel
from studyapp.gui.widgets.text import Label, RichLabel


def number_text(value: float, unit: str = "") -> str:
    """A number for reading: thousands apart, two decimals for money, its unit behind (or `$` before)."""
    money = unit in {"$", "USD", "dollars", "US dollars"}
    if value == int(value) and not money:
        digits = f"{int(value):,}"
    else:
        digits = f"{value:,.2f}" if money else f"{value:,.4f}".rstrip("0").rstrip(".")
    if money:
        return f"${digits.removesuffix('.00')}"
    return f"{digits}{unit}" if unit == "%" else f"{digits} {unit}".strip()


def numbered_blanks(stem: str) -> str:
    """The stem of a cloze item with its blanks shown as bold `[1]`, `[2: hint]` … in the order of the text."""
    parts: list[str] = []
    number = 0
    for segment in cloze.parse(stem):
        if isinstance(segment, str):
            parts.append(segment)
        else:
            number += 1
            parts.append(f"**[{number}: {segment.hint}]**" if segment.hint else f"**[{number}]**")
    return "".join(parts)


class Verdict(Panel):
    """A box that says right or wrong in words, with an icon, the right answer and the reason."""

    def __init__(self, *, right: bool, partly: bool, answer: str, why: str) -> None:
        tone = "good" if right else "warn" if partly else "bad"
        super().__init__(f"{tone}_soft", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(13), px(16), px(13))
        row.setSpacing(px(12))
        name = "check" if right else "circle-dot" if partly else "x"
        row.addWidget(IconLabel(name, tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(4))
        words = self.tr("Right") if right else self.tr("Partly right") if partly else self.tr("Not right")
        column.addWidget(ToneLabel(words, tone, "strong"))
        column.addWidget(RichLabel(answer, "body"))
        if why:
            column.addWidget(RichLabel(why, "muted"))
        row.addLayout(column, 1)


class AnswerLine(QLineEdit):
    """A line to type in that leaves keys with Alt to the room around it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        # AltGr, which writes letters on many keyboards, comes as Ctrl and Alt together where it comes as them at all.
        if modifiers & Qt.KeyboardModifier.AltModifier and not modifiers & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TypedAnswer(QWidget):
    """A line to type in, with the unit behind it for numbers. Emits the Response at each change."""

    changed = Signal(object)

    def __init__(self, item: NumericItem | TextItem) -> None:
        super().__init__()
        self._item = item
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        numeric = isinstance(item, NumericItem)
        self.field = AnswerLine()
        self.field.setMinimumHeight(px(44))
        self.field.setMaximumWidth(px(220 if numeric else 420))
        self.field.setAccessibleName(self.tr("Your answer"))
        self.field.setMaxLength(200)
        if isinstance(item, NumericItem):
            self.field.setPlaceholderText(self.tr("A number"))
            self.field.setAccessibleName(self.tr("Your answer in {unit}").format(unit=item.unit))
        else:
            self.field.setPlaceholderText(self.tr("Type your answer"))
        self.field.textEdited.connect(self._typed)
        row.addWidget(self.field, 1)
        if isinstance(item, NumericItem) and item.unit:
            row.addWidget(Label(item.unit, "body"))
        row.addStretch(1)
        column.addLayout(row)
        self._problem = ToneLabel("", "warn", "small", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)

    def _typed(self, text: str) -> None:
        if isinstance(self._item, NumericItem):
            wrong = bool(text.strip()) and parse_number(text) is None
            self._problem.setText(self.tr("Type it as a number, for example 36 or 36.50.") if wrong else "")
            self._problem.setVisible(wrong)
        self.changed.emit(Response(text=text))

    def show_response(self, response: Response | None, *, locked: bool) -> None:
        """Show what was typed so far."""
        text = response.text if response else ""
        if self.field.text() != text:
            self.field.setText(text)
        self.field.setReadOnly(locked)

    def focus_first(self) -> None:
        """Put the cursor into the field."""
        self.field.setFocus()


class BlankFields(QWidget):
    """One labelled line for each blank of a cloze item. Emits the Response at each change."""

    changed = Signal(object)

    def __init__(self, item: ClozeItem) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.fields: list[QLineEdit] = []
        self._marks: list[tuple[IconLabel, ToneLabel]] = []
        for number, blank in enumerate(cloze.deletions(item.stem), start=1):
            row = QHBoxLayout()
            row.setSpacing(px(12))
            label = QLabel(str(number))
            label.setProperty("role", "strong")
            label.setMinimumWidth(px(20))
            field = AnswerLine()
            field.setMinimumHeight(px(42))
            field.setMaximumWidth(px(420))
            field.setMaxLength(200)
            field.setPlaceholderText(blank.hint or self.tr("Blank {n}").format(n=number))
            field.setAccessibleName(self.tr("Blank {n} {hint}").format(n=number, hint=blank.hint).strip())
            field.textEdited.connect(self._typed)
            label.setBuddy(field)
            mark, told = IconLabel("check", "good", 16), ToneLabel("", "good")
            mark.hide()
            told.hide()
            row.addWidget(label)
            row.addWidget(field, 3)
            row.addWidget(mark)
            row.addWidget(told)
            row.addStretch(1)
            self._marks.append((mark, told))
            column.addLayout(row)
            self.fields.append(field)

    def _typed(self, _text: str) -> None:
        self.changed.emit(Response(blanks=tuple(field.text() for field in self.fields)))

    def show_marks(self, marks: tuple[bool, ...]) -> None:
        """Say beside each blank whether it was filled rightly; empty takes that back."""
        for index, (icon, told) in enumerate(self._marks):
            icon.setVisible(bool(marks))
            told.setVisible(bool(marks))
            if marks:
                tone = "good" if marks[index] else "bad"
                icon.set_icon("check" if marks[index] else "x", tone)
                told.set_tone(tone)
                told.setText(self.tr("right") if marks[index] else self.tr("not right"))

    def show_response(self, response: Response | None, *, locked: bool) -> None:
        """Show what was typed so far."""
        blanks = response.blanks if response else ()
        for index, field in enumerate(self.fields):
            text = blanks[index] if index < len(blanks) else ""
            if field.text() != text:
                field.setText(text)
            field.setReadOnly(locked)

    def focus_first(self) -> None:
        """Put the cursor into the first empty blank."""
        empty = [field for field in self.fields if not field.text()]
        (empty or self.fields)[0].setFocus()
