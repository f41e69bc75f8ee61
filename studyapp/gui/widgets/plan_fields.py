"""Choosing the exam, its date and the days off: used when setting up and in Settings."""

import re

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studyapp.domain.blueprint import Blueprint, Trust
from studyapp.gui.theme import color, px, watcher
from studyapp.gui.widgets.button import Chip
from studyapp.gui.widgets.dates import month_words, weekday_name
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.text import Label

WEEK = 7
USUAL_EXAM = "cmom"  # what most people come for stands first
_SHORT = re.compile(r"\(([^()]{2,10})\)\s*$")


def short_title(title: str) -> str:
    """The abbreviation that a title ends with: "Certified Medical Office Manager (CMOM)" gives "CMOM"."""
    match = _SHORT.search(title)
    return match.group(1) if match else title


class ChoiceCard(QRadioButton):
    """A large choice with a title and explaining lines; one of a group."""

    def __init__(self, title: str, lines: tuple[str, ...], small: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join((*lines, small)).strip())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._column = QVBoxLayout(self)
        self._labels = [Label(title, "section", wrap=True)]
        self._labels += [Label(line, "body", wrap=True) for line in lines]
        if small:
            self._labels.append(Label(small, "small", wrap=True))
        for label in self._labels:
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._column.addWidget(label)
        watcher().changed.connect(self._scale)
        self._scale()

    def _scale(self) -> None:
        self._column.setContentsMargins(px(52), px(16), px(20), px(16))
        self._column.setSpacing(px(4))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._column.heightForWidth(width)

    def hitButton(self, _pos: object) -> bool:
        """The whole card is the button."""
        return True

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        painter.setBrush(color("accent_soft" if chosen else "sunk" if self.underMouse() else "surface"))
        painter.setPen(QPen(color("accent" if chosen else "border"), 1.5 if chosen else 1))
        painter.drawRoundedRect(box, px(12), px(12))
        side = px(18)
        top = px(16) + (self._labels[0].height() - side) / 2
        dot = QRectF(px(20), top, side, side)
        painter.setBrush(color("accent" if chosen else "surface"))
        painter.setPen(QPen(color("accent" if chosen else "control"), 1.5))
        painter.drawEllipse(dot)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("on_accent"))
            inset = px(6)
            painter.drawEllipse(dot.adjusted(inset, inset, -inset, -inset))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRoundedRect(box, px(12), px(12))
        painter.end()


class ExamChoice(QWidget):
    """The exams as cards, and "just learning".

    Signals:
        changed: another one was chosen.
    """

    changed = Signal()

    def __init__(self, blueprints: tuple[Blueprint, ...], exam_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        blueprints = tuple(sorted(blueprints, key=exam_order))
        self._ids = [blueprint.id for blueprint in blueprints]
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for blueprint in blueprints:
            self._add(ChoiceCard(blueprint.title, self._facts(blueprint), self._provenance(blueprint)))
        self._ids.append("")
        nothing = self.tr("Everything in the program, in the order of what you need most, without an exam date.")
        self._add(ChoiceCard(self.tr("Just learning"), (nothing,)))
        self.set_exam(exam_id)
        self._group.idToggled.connect(self._toggled)
        watcher().changed.connect(self._scale)
        self._scale()

    def _add(self, card: ChoiceCard) -> None:
        self._group.addButton(card, len(self._group.buttons()))
        self._column.addWidget(card)

    def _scale(self) -> None:
        self._column.setSpacing(px(12))

    def buttons(self) -> list[QAbstractButton]:
        """The cards in order."""
        return self._group.buttons()

    def exam_id(self) -> str:
        """The id of the chosen exam; empty for just learning."""
        return self._ids[max(0, self._group.checkedId())] if self._group.checkedId() >= 0 else ""

    def set_exam(self, exam_id: str) -> None:
        """Choose one."""
        place = self._ids.index(exam_id) if exam_id in self._ids else len(self._ids) - 1
        button = self._group.button(place)
        if button is not None:
            button.setChecked(True)

    def _toggled(self, _place: int, checked: bool) -> None:
        if checked:
            self.changed.emit()

    def _facts(self, blueprint: Blueprint) -> tuple[str, ...]:
        hours = f"{blueprint.minutes / 60:.3g}"
        share = f"{blueprint.cut_score * 100:.0f}"
        mark = (
            self.tr("pass mark {share} %").format(share=share)
            if blueprint.cut_published
            else self.tr("practice target {share} % (no pass mark is published)").format(share=share)
        )
        facts = self.tr("{n} questions in {hours} hours · {mark}").format(n=blueprint.items, hours=hours, mark=mark)
        return (blueprint.issuer, facts) if blueprint.issuer else (facts,)

    def _provenance(self, blueprint: Blueprint) -> str:
        provenance = blueprint.provenance
        trust = {
            Trust.ISSUER: self.tr("from the issuer"),
            Trust.SECONDARY: self.tr("from another site than the issuer's"),
            Trust.DERIVED: self.tr("worked out from published figures"),
            Trust.UNVERIFIED: self.tr("general knowledge, not yet checked"),
        }[provenance.trust]
        read = month_words(provenance.as_of)
        weights = "" if provenance.weights_published else self.tr(" Section weights are not published: all equal here.")
        return (
            self.tr("Figures {trust}: {source}; read {read}.").format(trust=trust, source=provenance.source, read=read)
            + weights
        )


class DaysOff(QWidget):
    """Seven chips, Monday first; pressed means no study on that day.

    Signals:
        changed: one was pressed.
    """

    changed = Signal()

    def __init__(self, chosen: frozenset[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = FlowLayout(self, gap=8)
        self.chips: list[Chip] = []
        for day in range(1, WEEK + 1):
            chip = Chip(weekday_name(day, QLocale.FormatType.ShortFormat))
            chip.setAccessibleName(self.tr("{day} off").format(day=weekday_name(day)))
            chip.setChecked(day in chosen)
            chip.clicked.connect(self._pressed)
            self.chips.append(chip)
            row.addWidget(chip)

    def days(self) -> frozenset[int]:
        """ISO weekdays without study."""
        return frozenset(day for day, chip in enumerate(self.chips, start=1) if chip.isChecked())

    def set_days(self, chosen: frozenset[int]) -> None:
        """Show these days off."""
        for day, chip in enumerate(self.chips, start=1):
            chip.setChecked(day in chosen)
            chip.update()

    def _pressed(self) -> None:
        # Somebody who wants no study days at all wants no plan: the last day stays.
        if len(self.days()) == WEEK:
            sender = self.sender()
            if isinstance(sender, Chip):
                sender.setChecked(False)
        self.changed.emit()


class MinutesChoice(QWidget):
    """Minutes a day by usual amounts.

    Signals:
        changed: another amount was chosen.
    """

    changed = Signal()
    AMOUNTS = (10, 20, 30, 40, 60, 90)

    def __init__(self, minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = FlowLayout(self, gap=8)
        self._group = QButtonGroup(self)
        for amount in sorted({*self.AMOUNTS, minutes}):
            self._add(amount)
        self.set_minutes(minutes)
        self._group.idClicked.connect(self._clicked)

    def _add(self, amount: int) -> Chip:
        chip = Chip(self.tr("{n} min").format(n=amount))
        self._group.addButton(chip, amount)
        self._row.addWidget(chip)
        return chip

    def minutes(self) -> int:
        """The amount chosen."""
        return self._group.checkedId()

    def set_minutes(self, minutes: int) -> None:
        """Show this amount; an unusual one gets a chip of its own."""
        known = [chip for chip in self._group.buttons() if self._group.id(chip) == minutes]
        chip = known[0] if known else self._add(minutes)
        chip.setChecked(True)
        self._repaint()

    def _clicked(self, _amount: int) -> None:
        self._repaint()
        self.changed.emit()

    def _repaint(self) -> None:
        for chip in self._group.buttons():
            chip.update()


def exam_order(blueprint: Blueprint) -> tuple[bool, str]:
    """Sort key: the usual exam first, the others by title."""
    return blueprint.id != USUAL_EXAM, blueprint.title


def labelled(text: str, widget: QWidget, help_text: str = "") -> QWidget:
    """A widget under its caption, with a line of help between."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(6))
    caption = Label(text, "strong", wrap=True)
    caption.setBuddy(widget)
    column.addWidget(caption)
    if help_text:
        column.addWidget(Label(help_text, "muted", wrap=True))
    if widget.layout() is not None:
        column.addWidget(widget)
    else:
        row = QHBoxLayout()
        row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    return holder
