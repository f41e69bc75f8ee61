"""The days of this week: studied, today, open or off; told by fill, outline and words."""

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studyapp.gui.icons import pixmap
from studyapp.gui.theme import color, px, text_font, watcher
from studyapp.gui.widgets.dates import weekday_name
from studyapp.services.today import DayState, WeekDay

SIDE, GAP = 34, 10


class WeekStrip(QWidget):
    """Seven boxes, Monday first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[WeekDay, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        watcher().changed.connect(self._restyled)

    def set_days(self, days: tuple[WeekDay, ...]) -> None:
        """Show these days."""
        self._days = days
        words = ", ".join(self._words(day) for day in days)
        self.setAccessibleName(self.tr("This week: {days}").format(days=words))
        self._restyled()

    def _words(self, day: WeekDay) -> str:
        states = {
            DayState.STUDIED: self.tr("studied"),
            DayState.TODAY: self.tr("today"),
            DayState.OPEN: self.tr("planned"),
            DayState.OFF: self.tr("day off"),
            DayState.MISSED: self.tr("no study"),
        }
        return f"{weekday_name(day.day.isoweekday())}: {states[day.state]}"

    def sizeHint(self) -> QSize:
        count = max(1, len(self._days))
        return QSize(count * px(SIDE) + (count - 1) * px(GAP), px(SIDE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Each day has its own tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = event.pos().x() // (px(SIDE) + px(GAP))
            if 0 <= place < len(self._days):
                QToolTip.showText(event.globalPos(), self._words(self._days[place]), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, day in enumerate(self._days):
            self._paint_day(painter, day, place * (px(SIDE) + px(GAP)))
        painter.end()

    def _paint_day(self, painter: QPainter, day: WeekDay, x: float) -> None:
        box = QRectF(x, 0, px(SIDE), px(SIDE)).adjusted(1, 1, -1, -1)
        looks = {
            DayState.STUDIED: ("accent", "accent", "on_accent"),
            DayState.TODAY: ("surface", "accent", "accent"),
            DayState.OPEN: ("surface", "border", "text"),
            DayState.OFF: ("background", "border", "muted"),
            DayState.MISSED: ("background", "border", "text"),
        }
        fill, border, ink = looks[day.state]
        pen = QPen(color(border), 2 if day.state is DayState.TODAY else 1)
        if day.state is DayState.OFF:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(color(fill))
        painter.drawRoundedRect(box, px(8), px(8))
        painter.setPen(color(ink))
        painter.setFont(text_font(14, 500 if day.state in {DayState.STUDIED, DayState.TODAY} else 400))
        letter = weekday_name(day.day.isoweekday(), QLocale.FormatType.NarrowFormat)
        if day.state is DayState.STUDIED:
            painter.drawText(box.adjusted(0, 0, 0, -px(9)), Qt.AlignmentFlag.AlignCenter, letter)
            side = px(11)
            drawn = pixmap("check", ink, side, self.devicePixelRatioF())
            painter.drawPixmap(round(box.center().x() - side / 2), round(box.bottom() - side - px(2)), drawn)
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)

    def _restyled(self) -> None:
        self.updateGeometry()
        self.update()
