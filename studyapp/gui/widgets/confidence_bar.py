"""How sure the learner is of an answer: three chips with the keys 7, 8 and 9."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studyapp.domain.item import Confidence
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.text import Label

KEYS = {Confidence.GUESS: "7", Confidence.UNSURE: "8", Confidence.SURE: "9"}


class ConfidenceBar(QWidget):
    """Emits `chosen` with a Confidence, or None when the chosen one is pressed again.

    Once the key was shown the chips are gone, and what was said stands there in words.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._value: Confidence | None = None
        flow = FlowLayout(self, gap=8)
        self.told = Label(self.tr("You are"), "small")
        self.told.setMinimumHeight(px(27))
        flow.addWidget(self.told)
        words = {
            Confidence.GUESS: self.tr("Guessing"),
            Confidence.UNSURE: self.tr("Unsure"),
            Confidence.SURE: self.tr("Sure"),
        }
        self.chips: dict[Confidence, Button] = {}
        for value, word in words.items():
            chip = Button(word, "chip", key=KEYS[value])
            chip.setCheckable(True)
            chip.clicked.connect(partial(self.press, value))
            self.chips[value] = chip
            flow.addWidget(chip)

    def add(self, widget: QWidget) -> None:
        """Put another control into the same line."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(widget)

    def show_value(self, value: Confidence | None, *, after: bool, typed: bool = False) -> None:
        """Show what is chosen.

        Args:
            after: the key was shown: what was said can no longer be changed.
            typed: digits are written into the answer, so that the keys want Alt.
        """
        self._value = value
        said = {
            Confidence.GUESS: self.tr("You said: guessing"),
            Confidence.UNSURE: self.tr("You said: unsure"),
            Confidence.SURE: self.tr("You said: sure"),
        }
        self.told.setText((said[value] if value is not None else "") if after else self.tr("You are"))
        self.told.setVisible(bool(self.told.text()))
        for each, chip in self.chips.items():
            chip.setVisible(not after)
            chip.setChecked(each is value)
            chip.set_key(f"Alt+{KEYS[each]}" if typed else KEYS[each])

    def press(self, value: Confidence, _checked: bool = False) -> None:
        """Choose a value, or take it back when it is the chosen one."""
        new = None if value is self._value else value
        self._value = new
        for each, chip in self.chips.items():
            chip.setChecked(each is new)
        self.chosen.emit(new)
