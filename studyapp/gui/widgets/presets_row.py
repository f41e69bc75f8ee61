"""Saved builder settings: load with a click, save, delete."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from studyapp.gui.screen import Context
from studyapp.gui.widgets.button import Button, Chip
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.safe_question import ask_safely
from studyapp.gui.widgets.text import Label
from studyapp.services.practice import Preset


class PresetsRow(QWidget):
    """Emits `chosen` with a PracticeSpec, `saving` when the present setting is to be saved, `changed` with Changes."""

    chosen = Signal(object)
    saving = Signal()
    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._flow = FlowLayout(self, gap=8)
        self.chips: list[Chip] = []
        self.reload()

    def reload(self) -> None:
        """Read the presets again."""
        while self._flow.count():
            taken = self._flow.takeAt(0)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        presets = self._context.study.practice.presets()
        self.chips = []
        if presets:
            self._flow.addWidget(Label(self.tr("Saved"), "small"))
        for preset in presets:
            chip = Chip(preset.name, checkable=False)
            chip.setToolTip(self.tr("Load this setting"))
            chip.clicked.connect(partial(self._load, preset))
            self._flow.addWidget(chip)
            self.chips.append(chip)
        self.save_button = Button(self.tr("Save this setting"), "chip", "plus")
        self.save_button.clicked.connect(self._ask_save)
        self._flow.addWidget(self.save_button)
        if presets:
            self.delete_button = Button(self.tr("Delete a saved setting"), "link")
            self.delete_button.clicked.connect(self._choose_deletion)
            self._flow.addWidget(self.delete_button)
        self.updateGeometry()

    def _load(self, preset: Preset, _checked: bool = False) -> None:
        self.chosen.emit(preset.spec)

    def _ask_save(self) -> None:
        self.saving.emit()

    def _choose_deletion(self) -> None:
        menu = QMenu(self)
        for preset in self._context.study.practice.presets():
            menu.addAction(preset.name).triggered.connect(partial(self.delete, preset))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.delete_button.mapToGlobal(self.delete_button.rect().bottomLeft()))

    def delete(self, preset: Preset, _checked: bool = False) -> None:
        """Ask, then delete a preset."""
        told = self.tr("Your answers and progress stay.")
        title = self.tr("Delete “{name}”?").format(name=preset.name)
        yes, no = self.tr("Delete"), self.tr("Keep")
        if ask_safely(self._context.dialogs, self, title, told, yes=yes, no=no, danger=True):
            self.changed.emit(self._context.study.practice.delete_preset(preset.id))
            self.reload()
