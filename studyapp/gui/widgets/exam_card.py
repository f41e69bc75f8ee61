"""One exam to choose: its figures, and where they were read."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout

from studyapp.domain.blueprint import Blueprint, Trust
from studyapp.gui.icons import IconLabel
from studyapp.gui.theme import color, px, watcher
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.panel import plain
from studyapp.gui.widgets.references import long_date
from studyapp.gui.widgets.result_view import share_text
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import spoken_minutes


class ExamCard(QAbstractButton):
    """A checkable card."""

    def __init__(self, blueprint: Blueprint) -> None:
        super().__init__()
        self.blueprint = blueprint
        self._hover = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(18))
        column.setSpacing(px(4))
        head = QHBoxLayout()
        head.addWidget(plain(Label(blueprint.title, "section", wrap=True)), 1)
        self._tick = IconLabel("circle-check", "accent", 20)
        head.addWidget(plain(self._tick), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        for text, role in self._lines():
            column.addWidget(plain(Label(text, role, wrap=True)))
        self.more = Button(self.tr("Where these figures come from"), "link", "chevron-right")
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.clicked.connect(self._turn_note)
        column.addWidget(self.more)
        self._note = Label(self._note_words(), "small", wrap=True)
        self._note.hide()
        column.addWidget(plain(self._note))
        self.setAccessibleName(blueprint.title)
        self.setAccessibleDescription(" ".join(text for text, _role in self._lines()))
        self.toggled.connect(self._toggled)
        self._tick.hide()
        watcher().changed.connect(self._restyle)

    def _lines(self) -> list[tuple[str, str]]:
        blueprint, source = self.blueprint, self.blueprint.provenance
        mark = share_text(blueprint.cut_score)
        cut = (
            self.tr("pass mark {share}, published").format(share=mark)
            if blueprint.cut_published
            else self.tr("practice target {share}; no pass mark is published").format(share=mark)
        )
        figures = self.tr("{n} questions · {time} · {cut}").format(
            n=blueprint.items, time=spoken_minutes(blueprint.minutes), cut=cut
        )
        trust = {
            Trust.ISSUER: self.tr("the issuer's own"),
            Trust.SECONDARY: self.tr("not the issuer's own"),
            Trust.DERIVED: self.tr("worked out from published figures"),
            Trust.UNVERIFIED: self.tr("not yet checked"),
        }[source.trust]
        read = self.tr("Source: {source} ({trust}), read {day}.").format(
            source=source.source, trust=trust, day=long_date(source.as_of)
        )
        return [(figures, "muted"), (read, "small")]

    def _note_words(self) -> str:
        source = self.blueprint.provenance
        weights = (
            self.tr("Domain weights as published.")
            if source.weights_published
            else self.tr("Domain weights are not published; these are ours.")
        )
        return f"{weights} {source.note}".strip()

    def _turn_note(self) -> None:
        shown = self._note.isHidden()
        self._note.setVisible(shown)
        self.more.set_icon_name("chevron-down" if shown else "chevron-right")
        self.more.setAccessibleDescription(self._note_words() if shown else "")

    def _toggled(self, checked: bool) -> None:
        self._tick.setVisible(checked)
        self.update()

    def nextCheckState(self) -> None:
        # One of the exams is always chosen: a second click does not take the choice back.
        self.setChecked(True)

    def enterEvent(self, _event: QEnterEvent) -> None:
        self._hover = True
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        self._hover = False
        self.update()

    def _restyle(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setBrush(color("surface"))
        border = "accent" if chosen else "control" if self._hover else "border"
        painter.setPen(QPen(color(border), 1.5 if chosen else 1.0))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(box, px(12), px(12))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(color("focus"), 2.0))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), px(10), px(10))
