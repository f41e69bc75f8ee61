"""The exam room's simple calculator: four operations and percent, in decimal arithmetic."""

from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, IconButton
from studyapp.gui.widgets.panel import Panel
from studyapp.gui.widgets.text import Label

OPERATIONS = "+-*/"
MAX_DIGITS = 14


class Arithmetic:
    """What a pocket calculator keeps: the number shown, the one before, and the operation between them.

    Operations are carried out from left to right, as on a pocket calculator. `%` takes the shown number as hundredths
    (and of the first number after + and -).
    """

    def __init__(self) -> None:
        self._before: Decimal | None = None
        self._operation = ""
        self._fresh = True
        self.shown = "0"

    def _clear(self) -> None:
        self._before, self._operation, self._fresh, self.shown = None, "", True, "0"

    def press(self, key: str) -> str:
        """Press one of `0-9 . + - * / = % C <` and return what is shown."""
        if key == "C" or self.shown == "Error":
            self._clear()
            if key == "C":
                return self.shown
        if key.isdecimal() or key == ".":
            self._digit(key)
        elif key == "<":
            self.shown = "0" if self._fresh or len(self.shown) < 2 else self.shown[:-1]
            self._fresh = self.shown == "0"
        elif key == "%":
            base = self._before if self._operation in ("+", "-") and self._before is not None else Decimal(1)
            self._show(base * Decimal(self.shown) / 100)
        elif key in OPERATIONS:
            if not self._fresh or self._before is None:
                self._work_out()
                self._before = None if self.shown == "Error" else Decimal(self.shown)
            self._operation, self._fresh = key, True
        elif key == "=":
            self._work_out()
            self._before, self._operation, self._fresh = None, "", True
        return self.shown

    def _digit(self, key: str) -> None:
        if self._fresh:
            self.shown, self._fresh = ("0." if key == "." else key), False
        elif key == "." and "." in self.shown:
            return
        elif self.shown == "0" and key != ".":
            self.shown = key
        elif len(self.shown) < MAX_DIGITS:
            self.shown += key

    def _work_out(self) -> None:
        if self._before is None or not self._operation:
            return
        a, b = self._before, Decimal(self.shown)
        try:
            result = {"+": a + b, "-": a - b, "*": a * b}.get(self._operation)
            self._show(a / b if result is None else result)
        except (ArithmeticError, InvalidOperation):
            self.shown, self._before, self._operation, self._fresh = "Error", None, "", True

    def _show(self, value: Decimal) -> None:
        rounded = value.quantize(Decimal("1e-8")) if abs(value) < Decimal("1e14") else value
        text = f"{rounded:f}"
        self.shown = text.rstrip("0").rstrip(".") if "." in text else text
        if len(self.shown) > MAX_DIGITS + 4:
            self.shown = f"{value:.8E}"


KEYS = (("C", "<", "%", "/"), ("7", "8", "9", "*"), ("4", "5", "6", "-"), ("1", "2", "3", "+"), ("0", ".", "="))
FACES = {"/": "÷", "*": "×", "-": "−", "<": "⌫"}


class Calculator(Panel):
    """A small panel over the exam room; the keyboard works while it has the focus. Emits `closed`."""

    closed = Signal()

    def __init__(self, *, compact: bool = False) -> None:
        super().__init__("surface", "control", radius=12)
        self._arithmetic = Arithmetic()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Calculator"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(8), px(16), px(8 if compact else 16))
        column.setSpacing(px(2 if compact else 10))
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Calculator"), "strong"), 1)
        close = IconButton("x", self.tr("Close the calculator"), self.tr("Close (Esc)"))
        close.clicked.connect(self.closed)
        head.addWidget(close)
        column.addLayout(head)
        self.display = Label("0", "heading")
        self.display.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(self.display)
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for row, keys in enumerate(KEYS):
            for at, key in enumerate(keys):
                button = Button(FACES.get(key, key), "chip" if compact else "primary" if key == "=" else "secondary")
                button.setAccessibleName(self._name(key))
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                button.clicked.connect(partial(self._pressed, key))
                grid.addWidget(button, row, at, 1, 2 if key == "=" else 1)
        column.addLayout(grid)

    def _name(self, key: str) -> str:
        names = {
            "C": self.tr("Clear"),
            "<": self.tr("Delete last digit"),
            "%": self.tr("Percent"),
            "/": self.tr("Divide"),
            "*": self.tr("Times"),
            "-": self.tr("Minus"),
            "+": self.tr("Plus"),
            "=": self.tr("Equals"),
            ".": self.tr("Point"),
        }
        return names.get(key, key)

    def _pressed(self, key: str, _checked: bool = False) -> None:
        self.display.setText(self._arithmetic.press(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pressed("=")
        elif event.key() == Qt.Key.Key_Backspace:
            self._pressed("<")
        elif event.key() == Qt.Key.Key_Escape or _toggles(event):
            self.closed.emit()
        elif text and text in "0123456789.+-*/=%":
            self._pressed(text)
        elif text.casefold() == "c":
            self._pressed("C")
        elif text == ",":
            self._pressed(".")
        event.accept()


def _toggles(event: QKeyEvent) -> bool:
    """Whether the keys are those that opened the calculator."""
    return event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.AltModifier
