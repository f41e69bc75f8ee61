"""The options of a choice item: letter, text, strike-out, and after the key is shown, why each is right or wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studyapp.domain.item import Option
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import color, px, watcher
from studyapp.gui.widgets.button import IconButton
from studyapp.gui.widgets.panel import ToneLabel, plain
from studyapp.gui.widgets.text import RichLabel, restyle


class Look(StrEnum):
    """How an option is drawn; every look but PLAIN also has words."""

    PLAIN = "plain"
    CHOSEN = "chosen"
    RIGHT = "right"
    WRONG = "wrong"
    MISSED = "missed"


_FILLS = {Look.CHOSEN: "accent_soft", Look.RIGHT: "good_soft", Look.WRONG: "bad_soft", Look.MISSED: "surface"}
_BORDERS = {Look.CHOSEN: "accent", Look.RIGHT: "good", Look.WRONG: "bad", Look.MISSED: "good"}
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class OptionState:
    """What one option shows: chosen, struck out, whether the key is open; `preview` has no learner's answer."""

    chosen: bool = False
    struck: bool = False
    revealed: bool = False
    locked: bool = False
    preview: bool = False


class OptionRow(QAbstractButton):
    """One option. A click or Space chooses it; its side button, right click or Shift and its letter strike it out."""

    strike_asked = Signal(str)

    def __init__(self, letter: str, option: Option, *, several: bool, strikeable: bool) -> None:
        super().__init__()
        self.option, self._letter, self._several, self._strikeable = option, letter, several, strikeable
        self._look = Look.PLAIN
        self._state = OptionState()
        self._hover = self._narrow = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._build()
        watcher().changed.connect(self._restyle)
        self._write()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16) + px(24) + px(14), px(13), px(12), px(13))
        row.setSpacing(px(12))
        self._row = row
        self._texts = texts = QVBoxLayout()
        texts.setSpacing(px(3))
        self.text_label = RichLabel(self.option.text, "body")
        self.why_label = RichLabel(self.option.why, "muted")
        self.why_label.hide()
        for label in (self.text_label, self.why_label):
            plain(label)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            texts.addWidget(label)
        texts.addStretch(1)
        row.addLayout(texts, 1)
        self._mark = IconLabel("check", "good", 16)
        self._verdict = ToneLabel("", "good")
        self._told = QWidget()
        self._told.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._told.setMinimumHeight(px(22))
        self._told.hide()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(px(6))
        told.addWidget(self._mark)
        told.addWidget(self._verdict)
        row.addWidget(self._told, 0, Qt.AlignmentFlag.AlignTop)
        self._strike = IconButton("strikethrough", self.tr("Strike out {letter}").format(letter=self._letter))
        self._strike.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._strike.setFixedSize(px(28), px(24))
        self._strike.setVisible(self._strikeable)
        self._strike.clicked.connect(self._ask_strike)
        row.addWidget(self._strike, 0, Qt.AlignmentFlag.AlignTop)

    def set_option(self, option: Option, *, several: bool, strikeable: bool) -> None:
        """Show another option, which nobody chose yet."""
        self.option, self._several, self._strikeable = option, several, strikeable
        self.text_label.set_markup(option.text)
        self.why_label.set_markup(option.why)
        self.set_state(OptionState())

    @property
    def look(self) -> Look:
        """How the option is drawn now."""
        return self._look

    def set_state(self, state: OptionState) -> None:
        """Show a state."""
        self._state = state
        self._look = self._look_of(state)
        self.setChecked(state.chosen)
        self._write()

    def _look_of(self, state: OptionState) -> Look:
        if not state.revealed:
            return Look.CHOSEN if state.chosen else Look.PLAIN
        if self.option.correct:
            return Look.RIGHT if state.chosen or state.preview or not self._several else Look.MISSED
        if state.preview:
            return Look.PLAIN
        return Look.WRONG if state.chosen else Look.PLAIN

    def _verdict_words(self) -> str:
        if self._look is Look.RIGHT and self._state.preview:
            return self.tr("Right") if self._several else self.tr("Best answer")
        if self._look is Look.RIGHT:
            if self._several:
                return self.tr("Right, you chose this")
            return self.tr("Your answer, the best one") if self._state.chosen else self.tr("Best answer")
        if self._look is Look.MISSED:
            return self.tr("Right, not chosen")
        return self.tr("You chose this") if self._look is Look.WRONG else ""

    def _write(self) -> None:
        state = self._state
        words = self._verdict_words()
        self._verdict.setText(words)
        self._told.setVisible(bool(words))
        if words:
            good = self._look is not Look.WRONG
            tone = "good" if good else "bad"
            self._verdict.set_tone(tone)
            self._mark.set_icon("check" if good else "x", tone)
        self.why_label.setVisible(state.revealed and bool(self.option.why))
        self._strike.setVisible(self._strikeable and not state.locked)
        self._strike.set_icon_name("undo-2" if state.struck else "strikethrough")
        name = self.tr("Take back the strike-out of {letter}") if state.struck else self.tr("Strike out {letter}")
        name = name.format(letter=self._letter)
        self._strike.set_name(name, f"{name} (Shift+{self._letter})")
        if state.struck is self.text_label.isEnabled():
            self.text_label.setEnabled(not state.struck)
            self.text_label.setProperty("tone", "muted" if state.struck else "")
            restyle(self.text_label)
        font = QFont(self.text_label.font())
        font.setStrikeOut(state.struck)
        self.text_label.setFont(font)
        self.setCursor(Qt.CursorShape.ArrowCursor if state.locked else Qt.CursorShape.PointingHandCursor)
        told = [self.tr("struck out")] if state.struck else []
        self.setAccessibleName(f"{self._letter}: {self.option.text}")
        self.setAccessibleDescription(", ".join([*told, words]) if words else ", ".join(told))
        self.update()

    def _ask_strike(self) -> None:
        self.strike_asked.emit(self.option.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._strikeable and not self._state.locked:
            self._ask_strike()
        event.accept()

    def enterEvent(self, _event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = False
        self.update()

    def _restyle(self) -> None:
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(400)
        if narrow is not self._narrow:
            # Beside a narrow text the verdict would leave it no room: it moves below.
            self._narrow = narrow
            (self._row if narrow else self._texts).removeWidget(self._told)
            if narrow:
                self._texts.insertWidget(1, self._told, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._row.insertWidget(1, self._told, 0, Qt.AlignmentFlag.AlignTop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, border = _FILLS.get(self._look, "surface"), _BORDERS.get(self._look, "border")
        if self._look is Look.PLAIN and self._hover and not self._state.locked:
            border = "control"
        painter.setBrush(color(fill))
        pen = QPen(color(border), 1.0)
        if self._look is Look.MISSED:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, px(10), px(10))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus"), 2.0))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(9), px(9))
        self._paint_letter(painter)

    def _paint_letter(self, painter: QPainter) -> None:
        side = float(px(24))
        cap = QRectF(px(16), px(13) - 0.5, side, side)  # beside the first line, whose height is nearly the same
        filled = self._look is Look.CHOSEN
        tone = _BORDERS.get(self._look, "muted")
        painter.setBrush(color("accent") if filled else color("surface"))
        painter.setPen(QPen(color(_BORDERS.get(self._look, "border")), 1.2))
        painter.drawRoundedRect(cap, px(6), px(6))
        font = QFont(self.font())
        font.setPixelSize(px(12))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color("on_accent") if filled else color(tone))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._letter)


class OptionList(QWidget):
    """The options in the order shown. Emits the chosen ids and the struck ids, both as frozensets."""

    chosen_changed = Signal(object)
    struck_changed = Signal(object)

    def __init__(self, options: Sequence[Option], *, several: bool, strikeable: bool) -> None:
        super().__init__()
        self._several = several
        self._chosen: frozenset[str] = frozenset()
        self._struck: frozenset[str] = frozenset()
        self._revealed = self._locked = self._preview = False
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._made: list[OptionRow] = []
        self.rows: list[OptionRow] = []
        self.set_options(options, several=several, strikeable=strikeable)

    def set_options(self, options: Sequence[Option], *, several: bool, strikeable: bool) -> None:
        """Show other options, none of them chosen; the rows there are take them over, as new ones take their time."""
        self._several = several
        self._chosen = self._struck = frozenset()
        self._revealed = self._locked = self._preview = False
        for place, (letter, option) in enumerate(zip(LETTERS, options, strict=False)):
            if place < len(self._made):
                self._made[place].set_option(option, several=several, strikeable=strikeable)
            else:
                self._add_row(OptionRow(letter, option, several=several, strikeable=strikeable))
        shown = min(len(options), len(LETTERS))
        for place, row in enumerate(self._made):
            row.setVisible(place < shown)
        self.rows = self._made[:shown]

    def _add_row(self, row: OptionRow) -> None:
        row.clicked.connect(self._row_clicked)
        row.strike_asked.connect(self.toggle_strike)
        self._column.addWidget(row)
        self._made.append(row)

    def show_state(
        self,
        chosen: frozenset[str],
        struck: frozenset[str],
        *,
        revealed: bool,
        locked: bool,
        preview: bool = False,
    ) -> None:
        """Show what is chosen and struck.

        `revealed` opens the key, `locked` refuses changes, `preview` shows the key as nobody's answer.
        """
        # Showing a label in a visible list lays the whole room out again: with the key all of them change at once,
        # so the list is out of sight meanwhile.
        whole = revealed != self._revealed and self.isVisible()
        self._chosen, self._struck, self._revealed, self._locked = chosen, struck, revealed, locked
        self._preview = preview
        if whole:
            self.hide()
        for row in self.rows:
            name = row.option.id
            row.set_state(OptionState(name in chosen, name in struck, revealed, locked, preview))
        if whole:
            self.show()

    def choose_at(self, index: int) -> bool:
        """Choose (or, with several answers, toggle) the option at this place; False when there is none."""
        if not 0 <= index < len(self.rows) or self._locked:
            return False
        self._choose(self.rows[index].option.id)
        return True

    def strike_at(self, index: int) -> bool:
        """Strike out or take back the option at this place; False when there is none."""
        if not 0 <= index < len(self.rows) or self._locked:
            return False
        self.toggle_strike(self.rows[index].option.id)
        return True

    def toggle_strike(self, option_id: str) -> None:
        """Strike out an option or take that back; a struck option is no longer chosen."""
        if self._locked:
            return
        self._struck = self._struck ^ {option_id}
        if option_id in self._struck and option_id in self._chosen:
            self._chosen = self._chosen - {option_id}
            self.chosen_changed.emit(self._chosen)
        self._refresh()
        self.struck_changed.emit(self._struck)

    def _row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, OptionRow):
            if self._locked:
                self._refresh()
            else:
                self._choose(row.option.id)

    def _choose(self, option_id: str) -> None:
        self._chosen = self._chosen ^ {option_id} if self._several else frozenset({option_id})
        if option_id in self._struck and option_id in self._chosen:
            self._struck = self._struck - {option_id}
            self.struck_changed.emit(self._struck)
        self._refresh()
        self.chosen_changed.emit(self._chosen)

    def _refresh(self) -> None:
        self.show_state(self._chosen, self._struck, revealed=self._revealed, locked=self._locked, preview=self._preview)
