"""A typed answer beside the expected one, letter under letter; right and wrong told by more than colour."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from studyapp.domain.answer_diff import AnswerDiff
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import color, px, watcher
from studyapp.gui.widgets.panel import Panel, ToneLabel
from studyapp.gui.widgets.text import Label


class TypedDiff(Panel):
    """Wrong letters are struck through and red, missing ones underlined and green."""

    def __init__(self, diff: AnswerDiff) -> None:
        tone = "good" if diff.right else "bad"
        super().__init__(f"{tone}_soft", tone)
        self._diff = diff
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(12), px(16), px(12))
        row.setSpacing(px(12))
        row.addWidget(IconLabel("check" if diff.right else "x", tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(px(6))
        words = self.tr("Right") if diff.right else self.tr("Not the same")
        column.addWidget(ToneLabel(words, tone, "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        self._given, self._expected = QLabel(), QLabel()
        lines = [(self.tr("You typed"), self._given, diff.given), (self.tr("Answer"), self._expected, diff.expected)]
        for index, (name, label, runs) in enumerate(lines):
            label.setProperty("role", "section")
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setWordWrap(True)
            label.setAccessibleName(f"{name}: {''.join(text for text, _ok in runs)}")
            grid.addWidget(Label(name, "small"), index, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, index, 1)
        column.addLayout(grid)
        if not diff.right and any(not ok for _text, ok in (*diff.given, *diff.expected)):
            key = self.tr("Struck through: does not belong. Underlined: is missing.")
            column.addWidget(Label(key, "small", wrap=True))
        row.addLayout(column, 1)
        self._write()
        watcher().changed.connect(self._write)

    def _write(self) -> None:
        bad, good = color("bad").name(), color("good").name()
        none = f"<i>{self.tr('nothing')}</i>"
        self._given.setText(_runs(self._diff.given, f"color:{bad};text-decoration:line-through") or none)
        self._expected.setText(_runs(self._diff.expected, f"color:{good};text-decoration:underline"))


def _runs(runs: Sequence[tuple[str, bool]], style: str) -> str:
    return "".join(escape(text) if ok else f"<span style='{style}'>{escape(text)}</span>" for text, ok in runs)
