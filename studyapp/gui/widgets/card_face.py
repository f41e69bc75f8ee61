"""A flashcard: its prompt, and once turned its answer, word parts, extra line and references."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from studyapp.domain import cloze
from studyapp.domain.answer_diff import AnswerDiff
from studyapp.domain.note import CardKind, ClozeNote, PartKind, TermNote, WordPart
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, IconButton
from studyapp.gui.widgets.card import Card, Divider
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.panel import Panel, ToneLabel
from studyapp.gui.widgets.references import ReferenceLines
from studyapp.gui.widgets.text import Label, RichLabel
from studyapp.gui.widgets.typed_diff import TypedDiff
from studyapp.services.review import CardView

SHORT_PROMPT = 40  # a single term is set larger than a sentence
TYPED = (CardKind.TYPED, CardKind.BUILD)


def filled_cloze(note: ClozeNote, template: str) -> str:
    """The text of a cloze note with every blank filled and the asked ones bold."""
    number = int(template[1:]) if template[1:].isdecimal() else 0
    parts = []
    for segment in cloze.parse(note.text):
        if isinstance(segment, str):
            parts.append(segment)
        else:
            parts.append(f"**{segment.answer}**" if segment.number == number else segment.answer)
    return "".join(parts)


def asked_cloze(note: ClozeNote, template: str) -> str:
    """The text of a cloze note with the asked blanks bold as `[hint]` and the others filled."""
    number = int(template[1:]) if template[1:].isdecimal() else 0
    parts = []
    for segment in cloze.parse(note.text):
        if isinstance(segment, str):
            parts.append(segment)
        else:
            hint = f"**[{segment.hint or '…'}]**"
            parts.append(hint if segment.number == number else segment.answer)
    return "".join(parts)


class FlashcardFace(Card):
    """Shows one side or both. One face serves a whole session: `show_card` writes the next card into its parts.

    Signals:
        hear: say the word aloud. fix: the learner wants to edit a card that keeps slipping.
    """

    hear = Signal()
    fix = Signal()

    def __init__(self, view: CardView, *, speech: bool) -> None:
        super().__init__(padding=0)
        self.turned = False
        self.field: QLineEdit | None = None
        self._tight: bool | None = None
        self._leech: LeechNote | None = None
        self.set_tight(tight=False)
        self.body.setSpacing(px(6))
        self._prompt_part()
        self._line = self._answer_line()
        self.back = CardBack()
        self.body.addWidget(self.back)
        self.body.addStretch(1)
        self.show_card(view, speech=speech)

    def set_tight(self, *, tight: bool) -> None:
        """Give the margins' room to the words."""
        if tight != self._tight:
            self._tight = tight
            side, top = (px(18), px(14)) if tight else (px(52), px(44))
            self.body.setContentsMargins(side, top, side, top)

    @property
    def divider(self) -> Divider:
        """The line between question and answer."""
        return self.back.divider

    # Front

    def _prompt_part(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(6))
        self._asked = Label("", "small")
        # A label for each size: another role would have the style sheet read again for every card.
        self._short, self._long = RichLabel("", "title"), RichLabel("", "stem")
        self._hidden_parts = PartBoxes(hidden=True)
        self._respelling = Label("", "lead", wrap=True)
        for widget in (self._asked, self._short, self._long, self._hidden_parts, self._respelling):
            words.addWidget(widget)
        row.addLayout(words, 1)
        self.hear_button = IconButton("volume-2", self.tr("Hear it"), self.tr("Hear it (H)"))
        self.hear_button.set_kind("secondary")
        self.hear_button.clicked.connect(self.hear)
        row.addWidget(self.hear_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _answer_line(self) -> QLineEdit:
        line = QLineEdit()
        line.setMinimumHeight(px(46))
        line.setMaxLength(200)
        line.setPlaceholderText(self.tr("Type your answer, then Enter"))
        line.setAccessibleName(self.tr("Your answer"))
        self._line_box = QWidget()
        box = QVBoxLayout(self._line_box)
        box.setContentsMargins(0, px(14), 0, 0)
        box.addWidget(line)
        self.body.addWidget(self._line_box)
        return line

    def show_card(self, view: CardView, *, speech: bool) -> None:
        """Show the front of a card."""
        self._view = view
        self.turned = False
        self.back.hide()
        self._warn(view)
        note, template = view.note, view.card.template
        typed, meant = view.card.kind in TYPED, template == "meaning"
        _write(self._asked, self._asked_words())
        if view.card.kind is CardKind.BUILD and isinstance(note, TermNote):
            self._hidden_parts.set_parts(note.parts)
            self._hidden_parts.show()
            self._short.hide()
            self._long.hide()
        else:
            self._hidden_parts.hide()
            self._write_prompt(asked_cloze(note, template) if isinstance(note, ClozeNote) else view.face.prompt)
        _write(self._respelling, note.respelling if isinstance(note, TermNote) and meant else "")
        self.hear_button.setVisible(speech and meant)
        self._line.setText("")
        self._line_box.setVisible(typed)
        self.field = self._line if typed else None

    def _warn(self, view: CardView) -> None:
        if self._leech is None and view.leech:
            self._leech = LeechNote()
            self._leech.button.clicked.connect(self.fix)
            self.body.insertWidget(0, self._leech)
        if self._leech is not None:
            self._leech.set_lapses(view.lapses)
            self._leech.setVisible(view.leech)

    def _write_prompt(self, text: str) -> None:
        short = len(text) <= SHORT_PROMPT
        shown, other = (self._short, self._long) if short else (self._long, self._short)
        other.hide()
        shown.set_markup(text)
        shown.show()

    def _asked_words(self) -> str:
        view = self._view
        if isinstance(view.note, TermNote):
            return {
                "word": self.tr("Which term is this?"),
                "build": self.tr("Build the term from these parts"),
            }.get(view.card.template, "")
        return ""

    @property
    def typed_text(self) -> str:
        """What stands in the answer line."""
        return self.field.text() if self.field is not None else ""

    # Back

    def turn(self, diff: AnswerDiff | None = None) -> None:
        """Show the back; `diff` is the comparison of a typed answer."""
        if self.turned:
            return
        self.turned = True
        view = self._view
        self._line_box.hide()
        if isinstance(view.note, ClozeNote):
            # The size stays that of the question, whatever the length with its blanks filled.
            shown = self._long if self._short.isHidden() else self._short
            shown.set_markup(filled_cloze(view.note, view.card.template))
        self.back.show_answer(view, diff)
        self.back.show()


class LeechNote(Panel):
    """Says that a card keeps slipping and offers to edit it."""

    def __init__(self) -> None:
        super().__init__("warn_soft", "warn")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(8), px(8), px(8))
        row.setSpacing(px(10))
        row.addWidget(IconLabel("triangle-alert", "warn", 18))
        self._told = Label("", "muted", wrap=True)
        row.addWidget(self._told, 1)
        self.button = Button(self.tr("Fix this card"), "ghost", "pencil")
        row.addWidget(self.button)

    def set_lapses(self, lapses: int) -> None:
        """How often it was forgotten."""
        told = self.tr("Forgotten {n} times. A clearer wording or a hint usually helps.")
        self._told.setText(told.format(n=lapses))


class CardBack(QWidget):
    """The answer below its line: comparison, answer, word parts, facts, extra line, references."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(14), 0, 0)
        column.setSpacing(px(14))
        self._column = column
        self.divider = Divider()
        column.addWidget(self.divider)
        column.addSpacing(px(2))
        self._diff: TypedDiff | None = None
        self._filled = ToneLabel("", "accent", "section", wrap=True)
        self._word = RichLabel("", "title")
        self._respelling = Label("", "lead", wrap=True)
        self._answer = RichLabel("", "stem")
        self._definition = RichLabel("", "body")
        self._parts = PartBoxes()
        self._facts = Label("", "small", wrap=True)
        self._extra = RichLabel("", "muted")
        self._references = ReferenceLines()
        for widget in (
            self._filled,
            self._word,
            self._respelling,
            self._answer,
            self._definition,
            self._parts,
            self._facts,
            self._extra,
            self._references,
        ):
            column.addWidget(widget)

    def show_answer(self, view: CardView, diff: AnswerDiff | None) -> None:
        """Write a card's answer."""
        note = view.note
        term = note if isinstance(note, TermNote) else None
        filled = isinstance(note, ClozeNote)
        meant, built = view.card.template == "meaning", view.card.template == "build"
        self._compare(diff)
        named = term if term is not None and not meant else None
        _write(self._filled, view.face.answer if filled else "")
        _write(self._word, named.word if named else "")
        _write(self._respelling, named.respelling if named else "")
        if term is not None:
            _write(self._answer, term.definition if meant else "")
        else:
            _write(self._answer, "" if filled or diff is not None else view.face.answer)
        _write(self._definition, term.definition if term is not None and built else "")
        self._parts.setVisible(term is not None and bool(term.parts))
        if term is not None and term.parts:
            self._parts.set_parts(term.parts)
        _write(self._facts, self._facts_of(term) if term is not None else "")
        _write(self._extra, note.extra)
        self._references.setVisible(bool(note.references))
        if note.references:
            self._references.set_references(note.references)

    def _compare(self, diff: AnswerDiff | None) -> None:
        if self._diff is not None:
            self._diff.hide()
            self._diff.deleteLater()
            self._diff = None
        if diff is not None:
            self._diff = TypedDiff(diff)
            self._column.insertWidget(2, self._diff)  # after the line and the space below it

    def _facts_of(self, note: TermNote) -> str:
        facts = [self.tr("Plural: {word}").format(word=note.plural)] if note.plural else []
        if note.system:
            facts.append(note.system)
        return " · ".join(facts)


class PartBoxes(QWidget):
    """The parts of a term as small boxes: form and meaning; `hidden` shows meaning and kind only."""

    def __init__(self, *, hidden: bool = False) -> None:
        super().__init__()
        self._hidden = hidden
        self._kinds = {
            PartKind.PREFIX: self.tr("prefix"),
            PartKind.ROOT: self.tr("root"),
            PartKind.COMBINING_FORM: self.tr("combining form"),
            PartKind.SUFFIX: self.tr("suffix"),
        }
        self._flow = FlowLayout(self, gap=10)
        self._boxes: list[tuple[Panel, Label, Label]] = []

    def set_parts(self, parts: Sequence[WordPart]) -> None:
        """Show these."""
        while len(self._boxes) < len(parts):
            self._add_box()
        for part, (box, upper, lower) in zip(parts, self._boxes, strict=False):
            first = part.meaning if self._hidden else part.form
            second = self._kinds[part.kind] if self._hidden else part.meaning
            upper.setText(first)
            lower.setText(second)
            box.setAccessibleName(f"{first}: {second}")
        for place, (box, _upper, _lower) in enumerate(self._boxes):
            box.setVisible(place < len(parts))

    def _add_box(self) -> None:
        box = Panel()
        column = QVBoxLayout(box)
        column.setContentsMargins(px(16), px(11), px(16), px(11))
        column.setSpacing(px(2))
        upper, lower = ToneLabel("", "text" if self._hidden else "accent", "section"), Label("", "small")
        column.addWidget(upper)
        column.addWidget(lower)
        self._flow.addWidget(box)
        self._boxes.append((box, upper, lower))


def _write(label: Label | RichLabel, text: str) -> None:
    """Show a text, or no label where there is none."""
    if text:
        label.set_markup(text) if isinstance(label, RichLabel) else label.setText(text)
    label.setVisible(bool(text))
