"""The frame of a screen's content: one vertical scroll, standard margins, an optional reading column."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studyapp.gui.theme import px, watcher
from studyapp.gui.widgets.text import Label

SIDE, TOP = 44, 32
NARROW = 760


class Page(QScrollArea):
    """A vertically scrolling page with a title.

    `header` is a row with the title at the left: add a stretch-free widget and it stands at the right.
    `body` is the column below; it keeps a stretch out, so add one when the content should stay at the top.

    Args:
        max_width: width of the content column at 100 % text, centred; None uses all the width.
    """

    def __init__(self, title: str = "", max_width: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._max_width = max_width
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content = QWidget()
        self.content.setObjectName("page")
        self._outer = QVBoxLayout(self.content)
        self.title = Label(title, "title", wrap=True)
        self.header = QHBoxLayout()
        self.header.addWidget(self.title, 1)
        self.title.setVisible(bool(title))
        self._outer.addLayout(self.header)
        self.body = QVBoxLayout()
        self._outer.addLayout(self.body, 1)
        self.setWidget(self.content)
        watcher().changed.connect(self._scale)
        self._scale()

    def set_title(self, title: str) -> None:
        """Change the heading; an empty one takes no room."""
        self.title.setText(title)
        self.title.setVisible(bool(title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred."""
        self._margins()
        super().resizeEvent(event)

    def _scale(self) -> None:
        self._outer.setSpacing(px(20))
        self.body.setSpacing(px(16))
        self.header.setSpacing(px(12))
        self.verticalScrollBar().setSingleStep(px(24))
        self._margins()

    def _margins(self) -> None:
        width = self.width()
        # Narrow windows and large text give the margins' room back to the text.
        side = px(SIDE) if width >= px(NARROW) else max(16, px(SIDE) * width // max(1, px(NARROW)) // 2)
        if self._max_width is not None:
            side = max(side, (width - px(self._max_width)) // 2)
        self._outer.setContentsMargins(side, px(TOP), side, px(TOP))
