"""Panels and hairlines."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.text import restyle


class Card(QFrame):
    """A panel with a hairline border and rounded corners; put things into `body`.

    Args:
        padding: inner margin at 100 % text.
        look: "true" (surface), "sunk", "accent", "good", "bad" or "warn".
    """

    def __init__(self, parent: QWidget | None = None, padding: float = 24, look: str = "true") -> None:
        super().__init__(parent)
        self._padding = padding
        self.setProperty("card", look)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(self)
        watcher().changed.connect(self._scale)
        self._scale()

    def set_look(self, look: str) -> None:
        """Change the fill and border."""
        self.setProperty("card", look)
        restyle(self)

    def _scale(self) -> None:
        side = px(self._padding)
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(px(8))


class Divider(QFrame):
    """A horizontal hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("divider", "true")
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
