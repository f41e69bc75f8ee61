"""Questions whose Enter key and focus belong to the answer that loses nothing."""

from PySide6.QtWidgets import QWidget

from studyapp.gui.dialogs import Dialogs, MessageDialog


def ask_safely(
    dialogs: Dialogs, parent: QWidget, title: str, text: str, *, yes: str, no: str, danger: bool = False
) -> bool:
    """Whether the person chose `yes`; Enter and Escape are `no`.

    Args:
        parent: over whose window the question stands.
        danger: `yes` destroys something, and is red.
    """
    question = MessageDialog(title, text, yes, no, danger=danger, parent=parent.window())
    question.prefer(question.no_button)
    return dialogs.custom(question)
