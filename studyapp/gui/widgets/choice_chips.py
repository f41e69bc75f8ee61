"""Rows of chips: one of several, or any number of several."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from studyapp.gui.widgets.button import Chip
from studyapp.gui.widgets.flow import FlowLayout

V = TypeVar("V", bound=Hashable)


class _Teller(QObject):
    changed = Signal()


class ChoiceChips(QWidget, Generic[V]):
    """Exactly one value is chosen. `teller.changed` tells that the learner chose another."""

    def __init__(self, choices: Sequence[tuple[V, str]], chosen: V, name: str) -> None:
        super().__init__()
        self.teller = _Teller(self)
        self._values = [value for value, _word in choices]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.setAccessibleName(name)
        flow = FlowLayout(self, gap=8)
        for index, (value, word) in enumerate(choices):
            chip = Chip(word)
            chip.setAccessibleName(f"{name}: {word}")
            chip.setChecked(value == chosen)
            self._group.addButton(chip, index)
            flow.addWidget(chip)
        self._group.idClicked.connect(self._told)

    @property
    def value(self) -> V:
        """What is chosen."""
        return self._values[max(0, self._group.checkedId())]

    def set_value(self, value: V) -> None:
        """Choose without telling."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def _told(self, _index: int) -> None:
        self.teller.changed.emit()


class FacetChips(QWidget, Generic[V]):
    """Any number of values, each with a live count. `teller.changed` tells that the learner changed them."""

    def __init__(self, choices: Sequence[tuple[V, str]], name: str) -> None:
        super().__init__()
        self.teller = _Teller(self)
        self.setAccessibleName(name)
        self._chips: dict[V, Chip] = {}
        flow = FlowLayout(self, gap=8)
        for value, word in choices:
            chip = Chip(word, 0)
            chip.clicked.connect(self._told)
            self._chips[value] = chip
            flow.addWidget(chip)

    @property
    def values(self) -> frozenset[V]:
        """What is chosen; empty means no restriction."""
        return frozenset(value for value, chip in self._chips.items() if chip.isChecked())

    def set_values(self, values: frozenset[V]) -> None:
        """Choose without telling."""
        for value, chip in self._chips.items():
            chip.setChecked(value in values)

    def set_counts(self, counts: Mapping[V, int]) -> None:
        """Show how many items each value would leave."""
        for value, chip in self._chips.items():
            chip.set_count(counts.get(value, 0))

    def chip(self, value: V) -> Chip:
        """The chip of a value."""
        return self._chips[value]

    def _told(self) -> None:
        self.teller.changed.emit()
