"""The editor of own questions."""

from typing import cast

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.domain.cloze import deletions
from studyapp.domain.item import AnyItem, ClozeItem, DifficultyBand, NumericItem, Response, TextItem
from studyapp.domain.note import AnyNote
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.choice_chips import ChoiceChips
from studyapp.gui.widgets.draft_dialog import DraftDialog
from studyapp.gui.widgets.draft_fields import (
    FieldSet,
    OptionRows,
    Values,
    joined_answers,
    list_of,
    split_answers,
    text_of,
)
from studyapp.gui.widgets.item_view import ItemView, Shown
from studyapp.gui.widgets.note_editor import blank_of_selection
from studyapp.gui.widgets.text import Label
from studyapp.services.library import EntryKind, LibraryService

# Middles of the bands of `Item.band`, as shares of just-qualified candidates who answer right.
_DIFFICULTY = {DifficultyBand.EASY: 0.80, DifficultyBand.MEDIUM: 0.60, DifficultyBand.HARD: 0.40}


class ItemEditor(DraftDialog):
    """Edits the own item `entry_id`, or a new one in `topic`."""

    def __init__(self, library: LibraryService, entry_id: str | None = None, topic: str = "") -> None:
        self._new = entry_id is None
        translate = QCoreApplication.translate  # tr needs the object, which is not made yet
        types = [
            ("single", translate("ItemEditor", "One best answer")),
            ("multiple", translate("ItemEditor", "Several right answers")),
            ("true_false", translate("ItemEditor", "True or false")),
            ("numeric", translate("ItemEditor", "A number")),
            ("text", translate("ItemEditor", "A typed word or phrase")),
            ("cloze", translate("ItemEditor", "A text with blanks")),
        ]
        super().__init__(library, EntryKind.ITEM, entry_id, topic, types)

    def heading(self) -> str:
        """See DraftDialog."""
        return self.tr("New question") if self._new else self.tr("Edit question")

    def fields_for(self, type_name: str, values: Values) -> FieldSet:
        """See DraftDialog."""
        if type_name in ("single", "multiple", "true_false"):
            return ChoiceFields(type_name, values)
        if type_name == "numeric":
            return NumericFields(values)
        return TextFields(values) if type_name == "text" else ClozeItemFields(values)

    def preview_of(self, entry: AnyItem | AnyNote) -> QWidget:
        """The question with its key open."""
        view = ItemView()
        item = cast("AnyItem", entry)
        response = None
        if isinstance(item, NumericItem):
            response = Response(text=f"{item.value:g}")
        elif isinstance(item, TextItem):
            response = Response(text=item.accept[0])
        elif isinstance(item, ClozeItem):
            response = Response(blanks=tuple(blank.answer for blank in deletions(item.stem)))
        view.show_item(
            Shown(item, response=response, revealed=True, locked=True, score=1.0, strikeable=False, preview=True)
        )
        return view


class ItemFields(FieldSet):
    """Stem on top, takeaway, level and difficulty below; the middle is the type's."""

    def __init__(self, values: Values, stem_name: str = "") -> None:
        super().__init__()
        self.stem = self.block(stem_name or self.tr("Question"), text_of(values, "stem"), rows=4)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(px(8))
        self.column.addLayout(self._middle)
        self.build_middle(values)
        self.takeaway = self.line(self.tr("Takeaway (one sentence)"), text_of(values, "takeaway"))
        self._difficulty_own = values.get("difficulty")
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.bloom = QComboBox()
        self.bloom.setAccessibleName(self.tr("Level"))
        levels = [
            ("remember", self.tr("remember")),
            ("understand", self.tr("understand")),
            ("apply", self.tr("apply")),
            ("analyze", self.tr("analyze")),
        ]
        for value, word in levels:
            self.bloom.addItem(word, value)
        self.bloom.setCurrentIndex(max(0, self.bloom.findData(text_of(values, "bloom") or "apply")))
        self.bloom.currentIndexChanged.connect(self.tell)
        bands = [
            (DifficultyBand.EASY, self.tr("Easy")),
            (DifficultyBand.MEDIUM, self.tr("Medium")),
            (DifficultyBand.HARD, self.tr("Hard")),
        ]
        self.difficulty = ChoiceChips(bands, self._band(), self.tr("Difficulty"))
        self.difficulty.teller.changed.connect(self._difficulty_chosen)
        self.column.addWidget(Label(self.tr("Level and difficulty"), "strong"))
        row.addWidget(self.bloom)
        row.addWidget(self.difficulty, 1)
        self.column.addLayout(row)

    def build_middle(self, values: Values) -> None:
        """Add the fields of the type; `add` puts a widget into the middle."""
        raise NotImplementedError

    def _band(self) -> DifficultyBand:
        share = self._difficulty_own if isinstance(self._difficulty_own, float) else 0.60
        return DifficultyBand.EASY if share >= 0.70 else DifficultyBand.MEDIUM if share >= 0.50 else DifficultyBand.HARD

    def _difficulty_chosen(self) -> None:
        self._difficulty_own = _DIFFICULTY[self.difficulty.value]
        self.tell()

    def needs(self) -> dict[str, str]:
        """See FieldSet."""
        told = {}
        if not self.stem.toPlainText().strip():
            told["stem"] = self.tr("Write the question.")
        return {**told, **self.needs_of_type()}

    def needs_of_type(self) -> dict[str, str]:
        """What the fields in the middle still need."""
        raise NotImplementedError

    def common(self) -> Values:
        """Stem, takeaway, level, difficulty."""
        own = self._difficulty_own
        return {
            "stem": self.stem.toPlainText().strip(),
            "takeaway": self.takeaway.text().strip(),
            "bloom": str(self.bloom.currentData()),
            "difficulty": own if isinstance(own, float) else _DIFFICULTY[self.difficulty.value],
        }


class ChoiceFields(ItemFields):
    """Options."""

    def __init__(self, type_name: str, values: Values) -> None:
        self._type = type_name
        super().__init__(values)

    def build_middle(self, values: Values) -> None:
        """See ItemFields."""
        fixed = self._type == "true_false"
        options = list_of(values, "options")
        ids = [option.get("id") for option in options if isinstance(option, dict)]
        if fixed and ids != ["t", "f"]:
            options = [{"id": "t", "text": self.tr("True")}, {"id": "f", "text": self.tr("False")}]
        elif not fixed and ids == ["t", "f"]:
            options = []
        several = self._type == "multiple"
        told = self.tr("Options: tick every right one") if several else self.tr("Options: tick the right one")
        self._middle.addWidget(Label(told, "strong"))
        self.options = OptionRows(options, single=not several, fixed=fixed)
        self.options.edited.connect(self.edited)
        self._middle.addWidget(self.options)

    def values(self) -> Values:
        """See FieldSet."""
        return {**self.common(), "options": self.options.value()}

    def needs_of_type(self) -> dict[str, str]:
        """See ItemFields."""
        options = self.options.value()
        if len(options) < 2:
            return {"options": self.tr("Write at least two options.")}
        if not any(option.get("correct") for option in options):
            return {"options": self.tr("Tick the right option.")}
        return {}


class NumericFields(ItemFields):
    """Value, tolerance, unit, way."""

    def build_middle(self, values: Values) -> None:
        """See ItemFields."""
        answer = values.get("answer")
        given: Values = answer if isinstance(answer, dict) else {}
        self._mistakes = list_of(values, "mistakes")
        self.value = self.line(self.tr("Right number"), _number(given.get("value")))
        self.tolerance = self.line(self.tr("Off by this much still counts"), _number(given.get("tolerance", 0)))
        self.unit = self.line(self.tr("Unit (optional)"), text_of(given, "unit"), self.tr("dollars, days, %"))
        self.why = self.block(self.tr("How it is worked out"), text_of(values, "why"), rows=2)

    def values(self) -> Values:
        """See FieldSet."""
        answer = {
            "value": _parsed(self.value.text()),
            "tolerance": _parsed(self.tolerance.text() or "0"),
            "unit": self.unit.text().strip(),
        }
        why = self.why.toPlainText().strip()
        return {**self.common(), "answer": answer, "why": why, "mistakes": self._mistakes}

    def needs_of_type(self) -> dict[str, str]:
        """See ItemFields."""
        if not isinstance(_parsed(self.value.text()), float):
            return {"answer": self.tr("Write the right number, for example 36 or 36.50.")}
        if not isinstance(_parsed(self.tolerance.text() or "0"), float):
            return {"answer": self.tr("Write how far off still counts as a number; 0 for exactly.")}
        return {}


class TextFields(ItemFields):
    """Accepted answers."""

    def build_middle(self, values: Values) -> None:
        """See ItemFields."""
        accept = joined_answers(list_of(values, "accept"))
        self.accept = self.line(self.tr("Accepted answers, with ; between (the first is shown)"), accept)
        self.why = self.block(self.tr("Why"), text_of(values, "why"), rows=2)

    def values(self) -> Values:
        """See FieldSet."""
        why = self.why.toPlainText().strip()
        return {**self.common(), "accept": split_answers(self.accept.text()), "why": why}

    def needs_of_type(self) -> dict[str, str]:
        """See ItemFields."""
        return {} if split_answers(self.accept.text()) else {"accept": self.tr("Write at least one accepted answer.")}


class ClozeItemFields(ItemFields):
    """A stem with blanks."""

    def build_middle(self, values: Values) -> None:
        """See ItemFields."""
        blank = Button(self.tr("Make a blank of the selected words"))
        blank.clicked.connect(self.make_blank)
        self._middle.addWidget(blank)
        told = self.tr("A blank is written {{c1::answer}}, {{c1::answer|other spelling}} or {{c1::answer::hint}}.")
        self._middle.addWidget(Label(told, "small", wrap=True))
        self.why = self.block(self.tr("Why"), text_of(values, "why"), rows=2)

    def make_blank(self) -> None:
        """Turn the selected words into the next blank."""
        blank_of_selection(self.stem)

    def values(self) -> Values:
        """See FieldSet."""
        return {**self.common(), "why": self.why.toPlainText().strip()}

    def needs_of_type(self) -> dict[str, str]:
        """See ItemFields."""
        text = self.stem.toPlainText().strip()
        return {"stem": self.tr("Make at least one blank.")} if text and "{{c" not in text else {}


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, (int, float)) else ""


def _parsed(text: str) -> object:
    # What is no number goes on as written, so that the check names the field.
    try:
        return float(text.strip().replace(",", ""))
    except ValueError:
        return text.strip()
