"""Every modal question goes through one `Dialogs` object, so that no test can hang on a box."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QDir, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button, Look
from studyapp.gui.widgets.text import Label

MARGIN = 32  # left free of the screen's width


class Dialogs(Protocol):
    """Questions to the person at the machine."""

    def confirm(self, title: str, text: str, yes: str, no: str) -> bool:
        """Whether the person chose `yes`; Escape is `no`."""
        ...

    def ask_text(self, title: str, label: str, initial: str = "", multiline: bool = False) -> str | None:
        """What was typed; None when given up."""
        ...

    def inform(self, title: str, text: str) -> None:
        """Tell something that needs to be seen."""
        ...

    def error(self, sentence: str, remedy: str, details: str = "") -> None:
        """Tell what went wrong and what to do; details can be copied."""
        ...

    def choose_file_to_save(self, title: str, name: str) -> Path | None:
        """Where to save, offering `name`; None when given up."""
        ...

    def choose_file(self, title: str, filter: str) -> Path | None:  # noqa: A002
        """An existing file, `filter` as Qt writes it: "Banks (*.yaml)"; None when given up."""
        ...

    def custom(self, dialog: QDialog) -> bool:
        """Show a dialog of the caller's modally; whether it was accepted. The dialog is deleted afterwards."""
        ...


class RedButton(Button):
    """The button that destroys something: filled, so that it is not taken for the ordinary way on."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, "danger", parent=parent)

    def _look(self) -> Look:
        if not self.isEnabled():
            return super()._look()
        return Look("bad", "bad", "on_accent")


class MessageDialog(QDialog):
    """A heading, a text, an optional widget below, and one or two buttons at the right.

    Args:
        yes, no: the words of the two buttons; an empty `no` leaves its button out.
        danger: `yes` destroys something: it is red, and Enter and the focus belong to `no`.
    """

    def __init__(
        self,
        title: str,
        text: str,
        yes: str,
        no: str = "",
        *,
        details: str = "",
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._details = details
        layout = QVBoxLayout(self)
        side = px(24)
        layout.setContentsMargins(side, side, side, px(20))
        layout.setSpacing(px(12))
        self.heading = Label(title, "heading", wrap=True)
        self.text = Label(text, "body", wrap=True)
        self.text.setVisible(bool(text))
        self.middle = QVBoxLayout()
        layout.addWidget(self._scrolled(), 1)
        layout.addSpacing(px(8))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        self.copy_button = Button(self.tr("Copy details"), "ghost", "copy")
        self.copy_button.setVisible(bool(details))
        self.copy_button.clicked.connect(self._copy)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        self.no_button = Button(no, "secondary")
        self.no_button.setVisible(bool(no))
        self.no_button.clicked.connect(self.reject)
        self.yes_button = RedButton(yes) if danger else Button(yes, "primary")
        self.yes_button.clicked.connect(self.accept)
        row.addWidget(self.no_button)
        row.addWidget(self.yes_button)
        layout.addLayout(row)
        room = self.screen().availableGeometry().width() - MARGIN
        self.setMinimumWidth(min(px(440), room))
        self.setMaximumWidth(min(px(640), room))
        self.prefer(self.no_button if danger else self.yes_button)

    def prefer(self, button: Button) -> None:
        """Give this button the focus and the Enter key."""
        button.setDefault(True)
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _scrolled(self) -> QScrollArea:
        """Everything above the buttons, which scrolls where large text needs more height than the screen has."""
        self._content = QVBoxLayout()
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(px(12))
        self._content.addWidget(self.heading)
        self._content.addWidget(self.text)
        self._content.addLayout(self.middle)
        content = QWidget()
        content.setLayout(self._content)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(content)
        return self._area

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the text needs at this width, and no higher than the screen."""
        layout = self.layout()
        if layout is not None:
            margins = layout.contentsMargins()
            sides = margins.left() + margins.right()
            wanted = max(layout.sizeHint().width(), self._content.sizeHint().width() + sides)
            width = min(self.maximumWidth(), max(self.minimumWidth(), wanted))
            content = self._content.totalHeightForWidth(width - sides)
            if content < 0:
                content = self._content.sizeHint().height()
            self._area.setMinimumHeight(0)
            rest = layout.minimumSize().height() - self._area.minimumSizeHint().height()
            room = self.screen().availableGeometry().height() - MARGIN
            self.resize(width, min(content + rest, room))
        super().showEvent(event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
        self.copy_button.setText(self.tr("Copied"))


class TextDialog(MessageDialog):
    """Asks for one line or several."""

    def __init__(
        self, title: str, label: str, initial: str = "", multiline: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, "", "", "", parent=parent)
        self.yes_button.setText(self.tr("Save"))
        self.no_button.setText(self.tr("Cancel"))
        self.no_button.setVisible(True)
        caption = Label(label, "muted", wrap=True)
        self.middle.addWidget(caption)
        self.field: QLineEdit | QPlainTextEdit
        if multiline:
            self.field = QPlainTextEdit(initial)
            self.field.setMinimumHeight(px(120))
            self.field.setTabChangesFocus(True)
        else:
            self.field = QLineEdit(initial)
            self.field.selectAll()
        self.field.setAccessibleName(label)
        caption.setBuddy(self.field)
        self.middle.addWidget(self.field)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> str:
        """What stands in the field."""
        return self.field.toPlainText() if isinstance(self.field, QPlainTextEdit) else self.field.text()


class WritingDialog(QDialog):
    """A dialog to write in: Escape and closing ask first when something was written, Ctrl+Enter saves.

    Attributes:
        dialogs: what asks; None for a real dialog over this one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dialogs: Dialogs | None = None
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.finish)

    def written(self) -> bool:
        """Whether closing would lose something."""
        raise NotImplementedError

    def finish(self) -> None:
        """Save and close, if what is written can be saved."""
        raise NotImplementedError

    def reject(self) -> None:
        """Close without saving; asks when something was written."""
        if not self.written() or self._may_discard():
            super().reject()

    def _may_discard(self) -> bool:
        translate = QGuiApplication.translate
        question = MessageDialog(
            translate("Dialogs", "Discard what you wrote?"),
            translate("Dialogs", "It has not been saved."),
            translate("Dialogs", "Discard"),
            translate("Dialogs", "Keep writing"),
            danger=True,
            parent=self,
        )
        return (self.dialogs or WindowDialogs(self)).custom(question)


class WindowDialogs:
    """Real dialogs over a window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent

    def set_parent(self, parent: QWidget) -> None:
        """The window over which dialogs stand, when it is made after them."""
        self.parent = parent

    def confirm(self, title: str, text: str, yes: str, no: str) -> bool:
        """See `Dialogs.confirm`."""
        return self.custom(MessageDialog(title, text, yes, no, parent=self.parent))

    def ask_text(self, title: str, label: str, initial: str = "", multiline: bool = False) -> str | None:
        """See `Dialogs.ask_text`."""
        dialog = TextDialog(title, label, initial, multiline, self.parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        value = dialog.value()
        dialog.deleteLater()
        return value if accepted else None

    def inform(self, title: str, text: str) -> None:
        """See `Dialogs.inform`."""
        self.custom(MessageDialog(title, text, QGuiApplication.translate("Dialogs", "OK"), parent=self.parent))

    def error(self, sentence: str, remedy: str, details: str = "") -> None:
        """See `Dialogs.error`."""
        close = QGuiApplication.translate("Dialogs", "Close")
        self.custom(MessageDialog(sentence, remedy, close, details=details, parent=self.parent))

    def choose_file_to_save(self, title: str, name: str) -> Path | None:
        """See `Dialogs.choose_file_to_save`."""
        start = QDir(_documents()).filePath(name)
        path, _ = QFileDialog.getSaveFileName(self.parent, title, start)
        return Path(path) if path else None

    def choose_file(self, title: str, filter: str) -> Path | None:  # noqa: A002
        """See `Dialogs.choose_file`."""
        path, _ = QFileDialog.getOpenFileName(self.parent, title, _documents(), filter)
        return Path(path) if path else None

    def custom(self, dialog: QDialog) -> bool:
        """See `Dialogs.custom`."""
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted


def _documents() -> str:
    """The learner's Documents folder; the home folder where there is none, as a dialog opened there starts anywhere."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return folder if folder and QDir(folder).exists() else QDir.homePath()
