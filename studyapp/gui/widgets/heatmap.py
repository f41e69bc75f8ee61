"""Study days as a calendar of small squares, one column a week."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studyapp.gui.theme import mix, px, tokens, watcher
from studyapp.gui.widgets.plural import counted
from studyapp.services.progress import Activity

CELL, GAP = 13, 4


class Heatmap(QWidget):
    """Minutes a day over the last weeks; as many weeks as fit, the newest at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity: dict[date, Activity] = {}
        self._last = date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        watcher().changed.connect(self._restyle)

    def set_activity(self, activity: tuple[Activity, ...], last: date) -> None:
        """Show these days; `last` is today."""
        self._activity = {entry.day: entry for entry in activity}
        self._last = last
        studied = sum(1 for entry in activity if entry.minutes > 0)
        self.setAccessibleName(self.tr("Study days"))
        days = counted(studied, self.tr("1 day"), self.tr("{n} days"))
        words = self.tr("Study on {days} of the last {total}")
        self.setAccessibleDescription(words.format(days=days, total=max(len(activity), 1)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(CELL + GAP) * 12, px(CELL + GAP) * 7)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(CELL + GAP) * 6, px(CELL + GAP) * 7)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _weeks(self) -> int:
        return max(1, min(53, (self.width() + px(GAP)) // px(CELL + GAP)))

    def _day_at(self, column: int, row: int) -> date:
        monday = self._last - timedelta(days=self._last.weekday())
        return monday - timedelta(weeks=self._weeks() - 1 - column) + timedelta(days=row)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._last == date.min:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colours = tokens()
        top = max((entry.minutes for entry in self._activity.values()), default=0.0)
        step, cell = px(CELL + GAP), px(CELL)
        for column in range(self._weeks()):
            for row in range(7):
                day = self._day_at(column, row)
                if day > self._last:
                    continue
                entry = self._activity.get(day)
                minutes = entry.minutes if entry else 0.0
                colour = QColor(colours.sunk)
                if minutes > 0:
                    colour = mix("accent", "sunk", 0.30 + 0.70 * min(1.0, minutes / max(top, 1.0)))
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(column * step, row * step, cell, cell), 3, 3)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = px(CELL + GAP)
            day = self._day_at(event.pos().x() // step, event.pos().y() // step)
            entry = self._activity.get(day)
            cards, questions = (entry.cards, entry.questions) if entry else (0, 0)
            text = self.tr("{day}: {minutes} min, {cards}, {questions}").format(
                day=f"{day:%b} {day.day}",
                minutes=f"{entry.minutes:.0f}" if entry else "0",
                cards=counted(cards, self.tr("1 card"), self.tr("{n} cards")),
                questions=counted(questions, self.tr("1 question"), self.tr("{n} questions")),
            )
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)
