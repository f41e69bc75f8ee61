"""Stand-ins for GUI tests: dialogs that answer from a script."""

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog


@dataclass
class FakeDialogs:
    """Answers every question at once from `answers` (first in, first out) and keeps what was asked in `asked`.

    `answers` holds bools for `confirm`, texts or None for `ask_text`, paths or None for files; for `custom` a callable
    that is handed the dialog, works on it and returns whether it is accepted. Without an answer: no or None.
    """

    answers: list[object] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def _next(self, default: object) -> object:
        return self.answers.pop(0) if self.answers else default

    def confirm(self, title: str, text: str, yes: str, no: str) -> bool:
        self.asked.append(("confirm", title, text, yes, no))
        return bool(self._next(None))

    def ask_text(self, title: str, label: str, initial: str = "", multiline: bool = False) -> str | None:
        self.asked.append(("ask_text", title, label, initial))
        answer = self._next(None)
        return None if answer is None else str(answer)

    def inform(self, title: str, text: str) -> None:
        self.asked.append(("inform", title, text))

    def error(self, sentence: str, remedy: str, details: str = "") -> None:
        self.asked.append(("error", sentence, remedy, details))

    def choose_file_to_save(self, title: str, name: str) -> Path | None:
        self.asked.append(("choose_file_to_save", title, name))
        answer = self._next(None)
        return answer if isinstance(answer, Path) else None

    def choose_file(self, title: str, filter: str) -> Path | None:  # noqa: A002
        self.asked.append(("choose_file", title, filter))
        answer = self._next(None)
        return answer if isinstance(answer, Path) else None

    def custom(self, dialog: QDialog) -> bool:
        self.asked.append(("custom", type(dialog).__name__))
        answer = self._next(None)
        accepted = bool(answer(dialog) if callable(answer) else answer)
        dialog.deleteLater()
        return accepted


def settle() -> None:
    """Let deferred deletions and queued signals happen."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
