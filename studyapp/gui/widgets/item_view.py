"""One item as practice, exam and review show it: stimulus, stem, answer, and the lesson once the key is open."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from studyapp.domain import cloze
from studyapp.domain.item import (
    AnyItem,
    Case,
    ChoiceItem,
    ClozeItem,
    MultipleItem,
    NumericItem,
    Response,
    TextItem,
)
from studyapp.domain.marking import blanks_right, parse_number
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px
from studyapp.gui.widgets.answer_fields import BlankFields, TypedAnswer, Verdict, number_text, numbered_blanks
from studyapp.gui.widgets.option_list import OptionList
from studyapp.gui.widgets.panel import Panel, ToneLabel
from studyapp.gui.widgets.references import ReferenceLines
from studyapp.gui.widgets.text import Label, RichLabel

SIDE_BY_SIDE = 800  # width at 100 % text from which a stimulus stands beside its question
FULL_SCORE = 1.0 - 1e-9
ANSWER_PLACE = 4  # in the body's column: below stem, instruction, outcome and a space


@dataclass(frozen=True, slots=True)
class Shown:
    """What to show of an item.

    `revealed` opens the key (`score` is then known), `locked` refuses changes, `strikeable` offers strike-out,
    `preview` shows the key as nobody's answer.
    """

    item: AnyItem
    option_order: tuple[str, ...] = ()
    response: Response | None = None
    struck: frozenset[str] = field(default_factory=frozenset)
    revealed: bool = False
    locked: bool = False
    score: float | None = None
    strikeable: bool = True
    preview: bool = False


class ItemView(QWidget):
    """Shows one item. Emits `answered` with a Response at each change and `struck` with the struck option ids."""

    answered = Signal(object)
    struck = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._options: OptionList | None = None
        self._typed: TypedAnswer | BlankFields | None = None
        self._outer = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(px(28))
        self._lesson: QWidget | None = None
        self._case: CasePane | None = None
        # What every item has stays from one to the next and is written anew.
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(10))
        self._stem = RichLabel("", "stem")
        self._told = Label("", "muted", wrap=True)
        self._list: OptionList | None = None
        self._column.addWidget(self._stem)
        self._column.addWidget(self._told)
        self.outcome = Outcome()
        self._column.addWidget(self.outcome)
        self._column.addSpacing(px(10))
        self._column.addStretch(1)
        self._outer.addWidget(self._body, 5)

    @property
    def has_case(self) -> bool:
        """Whether a stimulus stands beside the question."""
        return self._case is not None

    @property
    def option_list(self) -> OptionList | None:
        """The options, for items that have them."""
        return self._options

    @property
    def typed(self) -> TypedAnswer | BlankFields | None:
        """The fields, for items that are typed."""
        return self._typed

    def show_item(self, shown: Shown) -> None:
        """Show an item; the same item again only takes over the new state."""
        old = self._shown
        self._shown = shown
        same = (
            old is not None
            and old.item == shown.item
            and old.option_order == shown.option_order
            and old.strikeable == shown.strikeable
        )
        if same and old is not None and old.revealed is shown.revealed:
            self._show_state(shown)
            return
        # Each part that comes or goes in sight lays the whole room out again: out of sight it is done once.
        self._body.hide()
        if not same:
            self._build(shown)
        self._show_state(shown)
        self._body.show()

    def choose(self, index: int) -> bool:
        """Choose the option at this place; False when the item has none there."""
        return self._options is not None and self._options.choose_at(index)

    def strike(self, index: int) -> bool:
        """Strike out the option at this place; False when the item has none there."""
        return self._options is not None and self._options.strike_at(index)

    def focus_field(self) -> bool:
        """Put the cursor into the first field; False for items without one."""
        if self._typed is None:
            return False
        self._typed.focus_first()
        return True

    def _build(self, shown: Shown) -> None:
        item = shown.item
        self._show_case(item.case)
        if self._typed is not None:
            _drop(self._typed)
            self._typed = None
        self._stem.set_markup(numbered_blanks(item.stem) if isinstance(item, ClozeItem) else item.stem)
        told = self._instruction(item)
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._options = self._choice(item, shown) if isinstance(item, ChoiceItem) else None
        if self._list is not None:
            self._list.setVisible(self._options is not None)
        if isinstance(item, ClozeItem):
            self._typed = BlankFields(item)
        elif isinstance(item, (NumericItem, TextItem)):
            self._typed = TypedAnswer(item)
        if self._typed is not None:
            self._typed.changed.connect(self._answer_typed)
            self._column.insertWidget(ANSWER_PLACE, self._typed)
        self._direct()

    def _show_case(self, case: Case | None) -> None:
        if self._case is not None and self._case.case == case:
            return
        if self._case is not None:
            _drop(self._case)
            self._case = None
        if case is not None:
            self._case = CasePane(case)
            self._outer.insertWidget(0, self._case, 4, Qt.AlignmentFlag.AlignTop)

    def _choice(self, item: ChoiceItem, shown: Shown) -> OptionList:
        by_id = {option.id: option for option in item.options}
        order = [by_id[name] for name in shown.option_order if name in by_id] or list(item.options)
        several = isinstance(item, MultipleItem)
        if self._list is not None:
            self._list.set_options(order, several=several, strikeable=shown.strikeable)
            return self._list
        self._list = OptionList(order, several=several, strikeable=shown.strikeable)
        self._list.chosen_changed.connect(self._answer_chosen)
        self._list.struck_changed.connect(self.struck)
        self._column.insertWidget(ANSWER_PLACE, self._list)
        return self._list

    def _instruction(self, item: AnyItem) -> str:
        if isinstance(item, MultipleItem):
            return self.tr("Choose all that apply; each right one adds, each wrong one takes away.")
        if isinstance(item, NumericItem):
            return self.tr("Type the number. Commas and currency signs do not matter.")
        if isinstance(item, TextItem):
            return self.tr("Type the word or phrase. Capitals, spaces and hyphens do not matter.")
        if isinstance(item, ClozeItem):
            return self.tr("Fill in the numbered blanks. Capitals, spaces and hyphens do not matter.")
        return ""

    def _show_state(self, shown: Shown) -> None:
        locked = shown.locked or shown.revealed
        if self._options is not None:
            chosen = shown.response.chosen if shown.response else frozenset()
            self._options.show_state(
                chosen, shown.struck, revealed=shown.revealed, locked=locked, preview=shown.preview
            )
        if self._typed is not None:
            self._typed.show_response(shown.response, locked=locked)
            if isinstance(self._typed, BlankFields) and isinstance(shown.item, ClozeItem):
                given = shown.response or Response()
                self._typed.show_marks(blanks_right(shown.item, given) if shown.revealed else ())
        self.outcome.show_item(shown)
        self._show_lesson(shown)

    def _show_lesson(self, shown: Shown) -> None:
        if self._lesson is not None:
            _drop(self._lesson)
            self._lesson = None
        if shown.revealed:
            self._lesson = Lesson(shown)
            self._column.insertWidget(self._column.count() - 1, self._lesson)

    def _answer_chosen(self, chosen: object) -> None:
        if isinstance(chosen, frozenset):
            self.answered.emit(Response(chosen=chosen))

    def _answer_typed(self, response: object) -> None:
        self.answered.emit(response)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._direct()

    def _direct(self) -> None:
        beside = self.has_case and self.width() >= px(SIDE_BY_SIDE)
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._outer.direction() != wanted:
            self._outer.setDirection(wanted)


class Outcome(QWidget):
    """How a choice item was answered as a whole, in a word with an icon, once its key is open."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(4), 0, 0)
        row.setSpacing(px(8))
        self._icon = IconLabel("check", "good", 20)
        self.text = ToneLabel("", "good", "section")
        row.addWidget(self._icon)
        row.addWidget(self.text)
        row.addStretch(1)
        self.hide()

    def show_item(self, shown: Shown) -> None:
        """Tell the outcome; typed items tell it beside their answer, and what was left out has none."""
        answered = shown.response is not None and not shown.response.empty
        told = shown.revealed and not shown.preview and answered and isinstance(shown.item, ChoiceItem)
        self.setVisible(told)
        if not told:
            return
        score = shown.score or 0.0
        if score >= FULL_SCORE:
            words, tone, name = self.tr("Right"), "good", "check"
        elif score > 0:
            words = self.tr("Partly right: {points} of 1 point").format(points=f"{score:.2f}".rstrip("0").rstrip("."))
            tone, name = "warn", "circle-dot"
        else:
            words, tone, name = self.tr("Wrong"), "bad", "x"
        self.text.setText(words)
        self.text.set_tone(tone)
        self._icon.set_icon(name, tone)


class CasePane(QWidget):
    """The stimulus that several items share."""

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(Label(case.title, "small", wrap=True))
        panel = Panel(radius=12)
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(px(18), px(16), px(18), px(16))
        stimulus = RichLabel(case.stimulus, "body")
        stimulus.setMinimumWidth(px(100))  # in a narrow room a wide table wraps its cells
        inner.addWidget(stimulus)
        column.addWidget(panel)


class Lesson(QWidget):
    """What to take away once the key is open: verdict and reason for typed items, takeaway, where to check it."""

    def __init__(self, shown: Shown) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(px(14))
        verdict = self._verdict(shown)
        if verdict is not None:
            column.addWidget(verdict)
        elif not shown.preview and (shown.response is None or shown.response.empty):
            column.addWidget(Label(self.tr("You gave no answer."), "muted"))
        panel = Panel(bar="accent")
        inner = QVBoxLayout(panel)
        inner.setContentsMargins(px(18), 0, 0, 0)
        inner.setSpacing(px(6))
        inner.addWidget(RichLabel(shown.item.takeaway, "body"))
        if shown.item.references:
            inner.addWidget(ReferenceLines(shown.item.references))
        column.addWidget(panel)

    def _verdict(self, shown: Shown) -> Verdict | None:
        item, score = shown.item, shown.score or 0.0
        right = score >= FULL_SCORE
        if isinstance(item, NumericItem):
            answer = self.tr("The answer is **{answer}**.").format(answer=number_text(item.value, item.unit))
            if item.tolerance:
                answer += " " + self.tr("Anything within {by} counts.").format(by=number_text(item.tolerance))
            return Verdict(right=right, partly=False, answer=answer, why=_mistake(item, shown.response) or item.why)
        if isinstance(item, TextItem):
            answer = self.tr("The answer is **{answer}**.").format(answer=item.accept[0])
            if len(item.accept) > 1:
                answer += " " + self.tr("Also accepted: {others}.").format(others=", ".join(item.accept[1:]))
            return Verdict(right=right, partly=False, answer=answer, why=item.why)
        if isinstance(item, ClozeItem):
            answers = [f"{n}: **{blank.answer}**" for n, blank in enumerate(cloze.deletions(item.stem), start=1)]
            return Verdict(right=right, partly=score > 0, answer=" · ".join(answers), why=item.why)
        return None


def _mistake(item: NumericItem, response: Response | None) -> str:
    """The reason behind a well-known wrong number, followed by the way to the right one; empty when not that."""
    given = parse_number(response.text) if response else None
    if given is None:
        return ""
    for mistake in item.mistakes:
        if abs(given - mistake.value) <= max(item.tolerance, 1e-9):
            return f"{mistake.why} {item.why}".strip()
    return ""


def _drop(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()
