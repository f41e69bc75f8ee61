"""Make a flashcard of a question: front and back, filled in and free to be changed."""

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp.gui.dialogs import WritingDialog
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.text import Label


class CardDialog(WritingDialog):
    """Asks for front and back; `front` and `back` hold them once accepted."""

    def __init__(self, front: str, back: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = (front.strip(), back.strip())
        self.setWindowTitle(self.tr("Make a card"))
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        column.addWidget(Label(self.tr("Make a card"), "heading"))
        told = self.tr("It joins your flashcards as a new card of this topic. One short fact is easiest to remember.")
        column.addWidget(Label(told, "muted", wrap=True))
        self._front = self._field(column, self.tr("Front"), front)
        self._back = self._field(column, self.tr("Back"), back)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(self.tr("Make the card"), "primary", key="Ctrl+Enter")
        self.save.setDefault(True)
        self.save.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(self.save)
        column.addSpacing(px(8))
        column.addLayout(row)
        self._check()

    def _field(self, column: QVBoxLayout, name: str, text: str) -> QPlainTextEdit:
        label = Label(name, "strong")
        field = QPlainTextEdit(text)
        field.setTabChangesFocus(True)
        field.setAccessibleName(name)
        field.setMinimumHeight(px(84))
        field.textChanged.connect(self._check)
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field, 1)
        return field

    @property
    def front(self) -> str:
        """The front, trimmed."""
        return self._front.toPlainText().strip()

    @property
    def back(self) -> str:
        """The back, trimmed."""
        return self._back.toPlainText().strip()

    def written(self) -> bool:
        """Whether front or back were changed."""
        return (self.front, self.back) != self._given

    def finish(self) -> None:
        """Make the card, once both sides are written."""
        if self.save.isEnabled():
            self.accept()

    def _check(self) -> None:
        if hasattr(self, "save"):
            self.save.setEnabled(bool(self.front and self.back))
