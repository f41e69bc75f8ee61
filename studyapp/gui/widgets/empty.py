"""An empty state: what this is, why it is empty, the one thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.text import Label


class EmptyState(QWidget):
    """An icon, a title, a sentence and at most one button.

    Signals:
        acted: the button was pressed.
    """

    acted = Signal()

    def __init__(self, icon: str, title: str, text: str, action_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._layout = QVBoxLayout(self)
        self._icon = IconLabel(icon, "accent", 36)
        self.title = Label(title, "heading", wrap=True)
        self.text = Label(text, "lead", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = Button(action_text, "primary")
        self.button.setVisible(bool(action_text))
        self.button.clicked.connect(self._act)
        self._layout.addStretch(2)
        self._layout.addWidget(self._icon, 0, centre)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.text)
        self._layout.addSpacing(8)
        self._layout.addWidget(self.button, 0, centre)
        self._layout.addStretch(3)
        watcher().changed.connect(self._scale)
        self._scale()

    def show_state(self, icon: str, title: str, text: str, action_text: str = "") -> None:
        """Say something else."""
        self._icon.set_icon(icon, "accent")
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(action_text)
        self.button.setVisible(bool(action_text))

    def _act(self) -> None:
        self.acted.emit()

    def _scale(self) -> None:
        side = px(24)
        self._layout.setContentsMargins(side, side, side, side)
        self._layout.setSpacing(px(10))
