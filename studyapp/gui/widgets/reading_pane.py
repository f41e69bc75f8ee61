"""The library's reading pane: one item with its key and rationales, or one note with its cards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studyapp.domain.cards import cards_of, face
from studyapp.domain.cloze import reveal
from studyapp.domain.item import AnyItem, ChoiceItem, ClozeItem, MultipleItem, NumericItem, TextItem
from studyapp.domain.note import AnyNote, TermNote
from studyapp.gui.theme import px
from studyapp.gui.widgets.card import Divider
from studyapp.gui.widgets.option_list import OptionList
from studyapp.gui.widgets.panel import Panel
from studyapp.gui.widgets.references import ReferenceLines
from studyapp.gui.widgets.text import Label, RichLabel


class ReadingPane(QScrollArea):
    """Shows one entry whole, as it would be met after answering."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Reading pane"))
        self._column = QVBoxLayout()
        self.clear()

    def clear(self, text: str = "") -> None:
        """Empty the pane; `text` says what would stand here."""
        self._begin()
        if text:
            self._column.addWidget(Label(text, "muted", wrap=True))
        self._column.addStretch(1)

    def show_item(self, item: AnyItem, topic: str) -> None:
        """Show an item with its key."""
        self._begin()
        self._column.addWidget(Label(topic, "small", wrap=True))
        if item.case is not None:
            self._column.addWidget(Label(item.case.title, "section", wrap=True))
            self._column.addWidget(RichLabel(item.case.stimulus))
            self._column.addWidget(Divider())
        stem = reveal(item.stem) if isinstance(item, ClozeItem) else item.stem
        self._column.addWidget(RichLabel(stem, "section"))
        if isinstance(item, ChoiceItem):
            options = OptionList(item.options, several=isinstance(item, MultipleItem), strikeable=False)
            options.show_state(frozenset(), frozenset(), revealed=True, locked=True, preview=True)
            for row in options.rows:
                row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._column.addWidget(options)
        else:
            self._column.addWidget(RichLabel(self._answer(item), "section"))
            self._column.addWidget(RichLabel(item.why))
        if isinstance(item, NumericItem):
            for mistake in item.mistakes:
                self._column.addWidget(RichLabel(f"{mistake.value:g} {item.unit}: {mistake.why}", "muted"))
        self._add_takeaway(item.takeaway)
        self._column.addWidget(ReferenceLines(item.references))
        self._column.addStretch(1)

    def _answer(self, item: AnyItem) -> str:
        if isinstance(item, NumericItem):
            return self.tr("Answer: {value}").format(value=f"{item.value:,.10g} {item.unit}".strip())
        if isinstance(item, TextItem):
            return self.tr("Answer: {value}").format(value=item.accept[0])
        return self.tr("The blanks are filled in above.")

    def show_note(self, note: AnyNote, topic: str) -> None:
        """Show a note as the cards it yields."""
        self._begin()
        self._column.addWidget(Label(topic, "small", wrap=True))
        if isinstance(note, TermNote):
            self._column.addWidget(Label(note.word, "heading", wrap=True))
            self._column.addWidget(Label(note.respelling, "muted", wrap=True))
            self._column.addWidget(RichLabel(note.definition))
            parts = " · ".join(f"**{part.form}** {part.meaning}" for part in note.parts)
            self._column.addWidget(RichLabel(parts, "muted"))
            if note.plural:
                self._column.addWidget(Label(self.tr("Plural: {word}").format(word=note.plural), "muted", wrap=True))
        else:
            for card in cards_of(note):
                shown = face(note, card)
                self._column.addWidget(RichLabel(shown.prompt, "section"))
                self._column.addWidget(RichLabel(shown.answer))
                self._column.addWidget(Divider())
        if note.extra:
            self._column.addWidget(RichLabel(note.extra, "muted"))
        self._column.addWidget(ReferenceLines(note.references))
        self._column.addStretch(1)

    def _add_takeaway(self, text: str) -> None:
        if not text:
            return
        panel = Panel("", "", bar="accent")
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(px(16), px(6), 0, px(6))
        layout.addWidget(RichLabel(text))
        self._column.addWidget(panel)

    def _begin(self) -> None:
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(px(20), px(20), px(20), px(20))
        self._column.setSpacing(px(12))
        self.setWidget(content)
        # Qt fills what a scroll area holds with the window's colour; here the card's shows through.
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
