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
    """Shows one side or both.

    Signals:
        hear: say the word aloud. fix: the learner wants to edit a card that keeps slipping.
    """

    hear = Signal()
    fix = Signal()

    def __init__(self, view: CardView, *, speech: bool) -> None:
        super().__init__(padding=0)
        self._view = view
        self.turned = False
        self.field: QLineEdit | None = None
        self.set_tight(tight=False)
        self.body.setSpacing(px(6))
        if view.leech:
            self.body.addWidget(self._leech())
            self.body.addSpacing(px(16))
        self._prompt_part(speech)
        self.body.addStretch(1)

    def set_tight(self, *, tight: bool) -> None:
        """Give the margins' room to the words."""
        side, top = (px(18), px(14)) if tight else (px(52), px(44))
        self.body.setContentsMargins(side, top, side, top)

    # Front

    def _leech(self) -> Panel:
        panel = Panel("warn_soft", "warn")
        row = QHBoxLayout(panel)
        row.setContentsMargins(px(14), px(8), px(8), px(8))
        row.setSpacing(px(10))
        row.addWidget(IconLabel("triangle-alert", "warn", 18))
        told = self.tr("Forgotten {n} times. A clearer wording or a hint usually helps.").format(n=self._view.lapses)
        row.addWidget(Label(told, "muted", wrap=True), 1)
        button = Button(self.tr("Fix this card"), "ghost", "pencil")
        button.clicked.connect(self.fix)
        row.addWidget(button)
        return panel

    def _prompt_part(self, speech: bool) -> None:
        view = self._view
        row = QHBoxLayout()
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(6))
        asked = self._asked_words()
        if asked:
            words.addWidget(Label(asked, "small"))
        text = view.face.prompt
        if isinstance(view.note, ClozeNote):
            text = asked_cloze(view.note, view.card.template)
        if view.card.kind is CardKind.BUILD and isinstance(view.note, TermNote):
            self.prompt: QWidget = PartBoxes(view.note.parts, hidden=True)
        else:
            self.prompt = RichLabel(text, "title" if len(text) <= SHORT_PROMPT else "stem")
        words.addWidget(self.prompt)
        if isinstance(view.note, TermNote) and view.card.template == "meaning" and view.note.respelling:
            words.addWidget(Label(view.note.respelling, "lead", wrap=True))
        row.addLayout(words, 1)
        self.hear_button = IconButton("volume-2", self.tr("Hear it"), self.tr("Hear it (H)"))
        self.hear_button.set_kind("secondary")
        self.hear_button.setVisible(speech and view.card.template == "meaning")
        self.hear_button.clicked.connect(self.hear)
        row.addWidget(self.hear_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        if view.card.kind in TYPED:
            self.field = QLineEdit()
            self.field.setMinimumHeight(px(46))
            self.field.setMaxLength(200)
            self.field.setPlaceholderText(self.tr("Type your answer, then Enter"))
            self.field.setAccessibleName(self.tr("Your answer"))
            self.body.addSpacing(px(14))
            self.body.addWidget(self.field)

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
        if self.field is not None:
            self.field.hide()
        if isinstance(view.note, ClozeNote) and isinstance(self.prompt, RichLabel):
            self.prompt.set_markup(filled_cloze(view.note, view.card.template))
        # Built apart and added once: each widget added to a visible card lays it out again.
        back = QWidget()
        column = QVBoxLayout(back)
        column.setContentsMargins(0, px(14), 0, 0)
        column.setSpacing(px(14))
        self.divider = Divider()
        column.addWidget(self.divider)
        column.addSpacing(px(2))
        if diff is not None:
            column.addWidget(TypedDiff(diff))
        for widget in self._answer_parts(diff):
            column.addWidget(widget)
        if view.note.extra:
            column.addWidget(RichLabel(view.note.extra, "muted"))
        if view.note.references:
            column.addWidget(ReferenceLines(view.note.references))
        self.body.insertWidget(self.body.count() - 1, back)

    def _answer_parts(self, diff: AnswerDiff | None) -> list[QWidget]:
        view = self._view
        parts: list[QWidget] = []
        if isinstance(view.note, TermNote):
            return self._term_parts(view.note)
        if isinstance(view.note, ClozeNote):
            parts.append(ToneLabel(view.face.answer, "accent", "section", wrap=True))
        elif diff is None:
            parts.append(RichLabel(view.face.answer, "stem"))
        return parts

    def _term_parts(self, note: TermNote) -> list[QWidget]:
        parts: list[QWidget] = []
        if self._view.card.template == "meaning":
            parts.append(RichLabel(note.definition, "stem"))
        else:
            parts.append(RichLabel(note.word, "title"))
            if note.respelling:
                parts.append(Label(note.respelling, "lead", wrap=True))
            if self._view.card.template == "build":
                parts.append(RichLabel(note.definition, "body"))
        if note.parts:
            parts.append(PartBoxes(note.parts))
        facts = []
        if note.plural:
            facts.append(self.tr("Plural: {word}").format(word=note.plural))
        if note.system:
            facts.append(note.system)
        if facts:
            parts.append(Label(" · ".join(facts), "small", wrap=True))
        return parts


class PartBoxes(QWidget):
    """The parts of a term as small boxes: form and meaning; `hidden` shows meaning and kind only."""

    def __init__(self, parts: Sequence[WordPart], *, hidden: bool = False) -> None:
        super().__init__()
        kinds = {
            PartKind.PREFIX: self.tr("prefix"),
            PartKind.ROOT: self.tr("root"),
            PartKind.COMBINING_FORM: self.tr("combining form"),
            PartKind.SUFFIX: self.tr("suffix"),
        }
        flow = FlowLayout(self, gap=10)
        for part in parts:
            box = Panel()
            column = QVBoxLayout(box)
            column.setContentsMargins(px(16), px(11), px(16), px(11))
            column.setSpacing(px(2))
            first = part.meaning if hidden else part.form
            second = kinds[part.kind] if hidden else part.meaning
            column.addWidget(ToneLabel(first, "text" if hidden else "accent", "section"))
            column.addWidget(Label(second, "small"))
            box.setAccessibleName(f"{first}: {second}")
            flow.addWidget(box)
