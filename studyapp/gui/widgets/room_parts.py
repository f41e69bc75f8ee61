"""What the quiz room and the exam room share: the scrolled column with one item, and what a slot shows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from studyapp.domain.attempt import Slot
from studyapp.domain.item import AnyItem
from studyapp.gui.theme import px
from studyapp.gui.widgets.item_view import ItemView, Shown
from studyapp.gui.widgets.navigator import Cell, CellState
from studyapp.gui.widgets.panel import Column, FittingPage, side_margin
from studyapp.services.attempts import SlotResult

READING, WITH_CASE = 760, 1060
LETTER_KEYS = tuple(Qt.Key.Key_A + n for n in range(5))
DIGIT_KEYS = tuple(Qt.Key.Key_1 + n for n in range(5))


class ItemArea(QScrollArea):
    """Scrolls vertically; holds the item view and whatever stands below it in `below`."""

    def __init__(self, side: float = 44) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("plain", "true")
        self.view = ItemView()
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(20))
        inner.addWidget(self.view)
        self.below = QVBoxLayout()
        self.below.setSpacing(px(16))
        inner.addLayout(self.below)
        inner.addStretch(1)
        self._column = Column(content, READING)
        page = FittingPage()
        self._side = side
        self._outer = QVBoxLayout(page)
        self._outer.addWidget(self._column)
        self.setWidget(page)
        self._margins()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._margins()
        super().resizeEvent(event)

    def _margins(self) -> None:
        side = min(px(self._side), side_margin(self.width()))
        top = min(px(26), max(12, self.height() // 18))
        self._outer.setContentsMargins(side, top, side, top)

    def show_item(self, shown: Shown, *, top: bool) -> None:
        """Show an item; `top` scrolls to its beginning."""
        self._column.set_width(WITH_CASE if shown.item.case else READING)
        self.view.show_item(shown)
        if top:
            self.verticalScrollBar().setValue(0)


def shown_slot(item: AnyItem, slot: Slot, *, revealed: bool, final: bool = False) -> Shown:
    """A slot of an open attempt."""
    return Shown(
        item=item,
        option_order=slot.option_order,
        response=slot.response,
        struck=slot.struck,
        revealed=revealed,
        locked=slot.locked or final,
        score=slot.score,
    )


def shown_result(result: SlotResult) -> Shown:
    """A slot of a finished attempt, with its key."""
    return Shown(
        item=result.item,
        option_order=result.option_order,
        response=result.response,
        struck=result.struck,
        revealed=True,
        locked=True,
        score=result.score,
        strikeable=False,
    )


def cell_of_slot(slot: Slot) -> Cell:
    """A slot of an open attempt in the navigator."""
    return Cell(slot.position, CellState.ANSWERED if slot.answered else CellState.OPEN, slot.flagged)


def cell_of_result(result: SlotResult) -> Cell:
    """A slot of a finished attempt in the navigator."""
    state = CellState.RIGHT if result.score >= 1 else CellState.PARTLY if result.score > 0 else CellState.WRONG
    if result.response is None or result.response.empty:
        state = CellState.OPEN
    return Cell(result.position, state, result.flagged)


def option_key(event: QKeyEvent) -> tuple[int, bool] | None:
    """The option a key means, A-E or 1-5, and whether Shift asks to strike it out; None for other keys."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if key in LETTER_KEYS and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return LETTER_KEYS.index(key), modifiers == Qt.KeyboardModifier.ShiftModifier
    if key in DIGIT_KEYS and modifiers == Qt.KeyboardModifier.NoModifier:
        return DIGIT_KEYS.index(key), False
    return None


def room_key(event: QKeyEvent) -> Qt.Key | None:
    """The key pressed alone, or with Alt as it is in a field, where letters and digits are written; else None."""
    if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.AltModifier):
        return None
    try:
        return Qt.Key(event.key())
    except ValueError:  # a key without a name
        return None


def is_enter(event: QKeyEvent) -> bool:
    """Whether the key is Enter on either block, alone."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier
