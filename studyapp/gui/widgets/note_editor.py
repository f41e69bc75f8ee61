"""The editor of flashcards: basic, reversed, cloze and term notes."""

import re

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp.domain.cards import cards_of, face
from studyapp.domain.item import AnyItem
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, ReversedNote, TermNote
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.card_face import asked_cloze, filled_cloze
from studyapp.gui.widgets.draft_dialog import DraftDialog
from studyapp.gui.widgets.draft_fields import (
    FieldSet,
    PartRows,
    Values,
    joined_answers,
    list_of,
    split_answers,
    text_of,
)
from studyapp.gui.widgets.text import Label, RichLabel
from studyapp.services.library import EntryKind, LibraryService

_BLANK = re.compile(r"\{\{c(\d+)::")


class NoteEditor(DraftDialog):
    """Edits the note `entry_id`, or a new one in `topic`."""

    def __init__(self, library: LibraryService, entry_id: str | None = None, topic: str = "") -> None:
        self._new = entry_id is None
        translate = QCoreApplication.translate  # tr needs the object, which is not made yet
        types = [
            ("basic", translate("NoteEditor", "Front and back")),
            ("reversed", translate("NoteEditor", "Both ways")),
            ("cloze", translate("NoteEditor", "Text with blanks")),
            ("term", translate("NoteEditor", "Medical term with its parts")),
        ]
        super().__init__(library, EntryKind.NOTE, entry_id, topic, types)

    def heading(self) -> str:
        """See DraftDialog."""
        return self.tr("New card") if self._new else self.tr("Edit card")

    def fields_for(self, type_name: str, values: Values) -> FieldSet:
        """See DraftDialog."""
        made = {"basic": BasicFields, "reversed": ReversedFields, "cloze": ClozeFields, "term": TermFields}
        return made[type_name](values)

    def preview_of(self, entry: AnyItem | AnyNote) -> QWidget:
        """Each card that the note yields, with both sides."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        if not isinstance(entry, (BasicNote, ReversedNote, ClozeNote, TermNote)):
            return box
        cards = cards_of(entry)
        told = self.tr("It makes 1 card.") if len(cards) == 1 else self.tr("It makes {n} cards.").format(n=len(cards))
        column.addWidget(Label(told, "muted"))
        for card in cards:
            shown = face(entry, card)
            front, back = shown.prompt, shown.answer
            if isinstance(entry, ClozeNote):
                front, back = asked_cloze(entry, card.template), filled_cloze(entry, card.template)
            panel = Card(padding=16)
            panel.body.addWidget(RichLabel(front, "strong"))
            panel.body.addWidget(Divider())
            panel.body.addWidget(RichLabel(back, "body"))
            if entry.extra:
                panel.body.addWidget(RichLabel(entry.extra, "small"))
            column.addWidget(panel)
        return box


class BasicFields(FieldSet):
    """Front, back, typed or not."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.front = self.block(self.tr("Front"), text_of(values, "front"))
        self.back = self.block(self.tr("Back"), text_of(values, "back"))
        self.typed = QCheckBox(self.tr("I type the answer"))
        self.typed.setChecked(values.get("typed") is True)
        self.typed.toggled.connect(self._typed_toggled)
        self.column.addWidget(self.typed)
        accept = joined_answers(list_of(values, "accept"))
        self.accept = self.line(self.tr("Also accepted, with ; between"), accept)
        self.extra = self.line(self.tr("Extra line under the answer (optional)"), text_of(values, "extra"))
        self.accept.setEnabled(self.typed.isChecked())

    def _typed_toggled(self, on: bool) -> None:
        self.accept.setEnabled(on)
        self.tell()

    def values(self) -> Values:
        """See FieldSet."""
        return {
            "front": self.front.toPlainText().strip(),
            "back": self.back.toPlainText().strip(),
            "typed": self.typed.isChecked(),
            "accept": split_answers(self.accept.text()) if self.typed.isChecked() else [],
            "extra": self.extra.text().strip(),
        }

    def needs(self) -> dict[str, str]:
        """See FieldSet."""
        return sides_needed(self, self.front, self.back)


def sides_needed(fields: FieldSet, front: QPlainTextEdit, back: QPlainTextEdit) -> dict[str, str]:
    """What a card with two sides still needs."""
    told = {}
    if not front.toPlainText().strip():
        told["front"] = fields.tr("Write the front: what is asked.")
    if not back.toPlainText().strip():
        told["back"] = fields.tr("Write the back: the answer.")
    return told


class ReversedFields(FieldSet):
    """Front and back, asked both ways."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.front = self.block(self.tr("Front"), text_of(values, "front"))
        self.back = self.block(self.tr("Back"), text_of(values, "back"))
        self.extra = self.line(self.tr("Extra line under the answer (optional)"), text_of(values, "extra"))

    def values(self) -> Values:
        """See FieldSet."""
        return {
            "front": self.front.toPlainText().strip(),
            "back": self.back.toPlainText().strip(),
            "extra": self.extra.text().strip(),
        }

    def needs(self) -> dict[str, str]:
        """See FieldSet."""
        return sides_needed(self, self.front, self.back)


class ClozeFields(FieldSet):
    """A text with blanks."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.text = self.block(self.tr("Text"), text_of(values, "text"), rows=6)
        self.blank = Button(self.tr("Make a blank of the selected words"), "secondary")
        self.blank.clicked.connect(self.make_blank)
        self.column.addWidget(self.blank)
        told = self.tr("A blank is written {{c1::answer}} or {{c1::answer::hint}}; each number makes a card.")
        self.column.addWidget(Label(told, "small", wrap=True))
        self.extra = self.line(self.tr("Extra line under the answer (optional)"), text_of(values, "extra"))

    def make_blank(self) -> None:
        """Turn the selected words into the next blank."""
        blank_of_selection(self.text)

    def values(self) -> Values:
        """See FieldSet."""
        return {"text": self.text.toPlainText().strip(), "extra": self.extra.text().strip()}

    def needs(self) -> dict[str, str]:
        """See FieldSet."""
        if not self.text.toPlainText().strip():
            return {"text": self.tr("Write the text, then make blanks of the words to be asked.")}
        return {} if _BLANK.search(self.text.toPlainText()) else {"text": self.tr("Make at least one blank.")}


def blank_of_selection(field: QPlainTextEdit) -> None:
    """Wrap the selected words as the blank with the next free number; nothing without a selection."""
    cursor: QTextCursor = field.textCursor()
    chosen = cursor.selectedText().strip()
    if chosen:
        numbers = [int(found) for found in _BLANK.findall(field.toPlainText())]
        cursor.insertText(f"{{{{c{max(numbers, default=0) + 1}::{chosen}}}}}")
    field.setFocus()


class TermFields(FieldSet):
    """A medical term."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self.word = self.line(self.tr("Term"), text_of(values, "word"))
        self.definition = self.block(self.tr("Meaning"), text_of(values, "definition"), rows=2)
        self.column.addWidget(Label(self.tr("Word parts"), "strong"))
        self.parts = PartRows(list_of(values, "parts"))
        self.parts.edited.connect(self.edited)
        self.column.addWidget(self.parts)
        respelling = text_of(values, "respelling")
        self.respelling = self.line(self.tr("How it sounds (optional)"), respelling, "kar-dee-OP-uh-thee")
        self.system = self.line(self.tr("Body system (optional)"), text_of(values, "system"))
        self.plural = self.line(self.tr("Plural (optional)"), text_of(values, "plural"))
        self.extra = self.line(self.tr("Extra line under the answer (optional)"), text_of(values, "extra"))

    def values(self) -> Values:
        """See FieldSet."""
        return {
            "word": self.word.text().strip(),
            "definition": self.definition.toPlainText().strip(),
            "parts": self.parts.value(),
            "respelling": self.respelling.text().strip(),
            "system": self.system.text().strip(),
            "plural": self.plural.text().strip(),
            "extra": self.extra.text().strip(),
        }

    def needs(self) -> dict[str, str]:
        """See FieldSet."""
        told = {}
        if not self.word.text().strip():
            told["word"] = self.tr("Write the term.")
        if not self.definition.toPlainText().strip():
            told["definition"] = self.tr("Write what it means.")
        if not all(part["form"] and part["meaning"] for part in self.parts.value()) or not self.parts.value():
            told["parts"] = self.tr("Give each word part its form and its meaning.")
        return told
