"""Where a key can be checked: source, locator, the day it was checked and the edition that was read."""

import html
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studyapp.domain.item import Reference
from studyapp.gui.theme import color, px, watcher
from studyapp.gui.widgets.text import MeasuredLabel


def long_date(day: date) -> str:
    """A date as "November 23, 2026"."""
    return QLocale(QLocale.Language.English).toString(QDate(day.year, day.month, day.day), "MMMM d, yyyy")


def open_link(url: str) -> None:
    """Open a web page in the learner's browser."""
    QDesktopServices.openUrl(QUrl(url))


class ReferenceLines(QWidget):
    """One small line a reference, each with a link that a key can reach."""

    def __init__(self, references: Sequence[Reference] = ()) -> None:
        super().__init__()
        self._references: tuple[Reference, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        self._column = column
        self._labels: list[MeasuredLabel] = []
        self.set_references(references)
        watcher().changed.connect(self._write)

    def set_references(self, references: Sequence[Reference]) -> None:
        """Show these."""
        self._references = tuple(references)
        while len(self._labels) < len(self._references):
            self._add_label()
        for place, label in enumerate(self._labels):
            label.setVisible(place < len(self._references))
        self._write()

    def _add_label(self) -> None:
        label = MeasuredLabel()
        label.setProperty("role", "small")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(open_link)
        self._column.addWidget(label)
        self._labels.append(label)

    def _words(self, reference: Reference) -> str:
        parts = [reference.title, *([reference.locator] if reference.locator else [])]
        day = long_date(reference.as_of)
        if reference.edition:
            parts.append(self.tr("{edition}, read {day}").format(edition=reference.edition, day=day))
        else:
            parts.append(self.tr("checked {day}").format(day=day))
        return " · ".join(parts)

    def _write(self) -> None:
        muted, accent = color("muted").name(), color("accent").name()
        for label, reference in zip(self._labels, self._references, strict=False):
            words, link = self._words(reference), ""
            if reference.url:
                name = self.tr("Open source")
                link = f" · <a href='{html.escape(reference.url)}' style='color:{accent}'>{name}</a>"
            label.setText(f"<span style='color:{muted}'>{html.escape(words)}</span>{link}")
            label.setAccessibleName(words)
