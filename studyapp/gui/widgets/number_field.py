"""A spin box whose text keeps clear of its border: a style sheet cannot pad the text of Qt's own."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSpinBox, QWidget

from studyapp.gui.theme import px, watcher


class NumberField(QSpinBox):
    """A whole number from `low` to `high`; told on Enter, on leaving and on each step, not on every digit."""

    def __init__(self, low: int, high: int, step: int = 1, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSuffix(suffix)
        self.setKeyboardTracking(False)
        watcher().changed.connect(self._scale)
        self._scale()

    def sizeHint(self) -> QSize:
        """Room for the widest number beside the arrows."""
        hint = super().sizeHint()
        return QSize(max(px(130), hint.width() + px(10)), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _scale(self) -> None:
        self.lineEdit().setTextMargins(px(9), 0, 0, 0)
        self.updateGeometry()
