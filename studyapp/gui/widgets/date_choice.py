"""The day of the exam: written in a usual way or picked in a calendar, or none yet."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QCheckBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from studyapp.gui.icons import icon
from studyapp.gui.theme import color, px, watcher
from studyapp.gui.widgets.button import IconButton
from studyapp.gui.widgets.dates import LOCALE, to_date, to_qdate
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.text import Label, restyle

FARTHEST = timedelta(days=5 * 366)
SUGGESTED = timedelta(days=60)
# With four digits of the year a text is whole: it counts while it is typed. The short ones wait until the end.
_WHOLE = ("M/d/yyyy", "M-d-yyyy", "M.d.yyyy", "MMM d yyyy", "MMMM d yyyy", "d MMM yyyy", "d MMMM yyyy", "yyyy-M-d")
_SHORT = ("M/d/yy", "M-d-yy")


def parse_date(text: str, *, short: bool = False) -> date | None:
    """The date in a text as "2/15/2027", "Feb 15, 2027" or "2027-02-15" (month first, as in the US); None for others.

    Args:
        short: also with two digits of the year, which are those of this century.
    """
    words = " ".join(text.replace(",", " ").replace("Sept ", "Sep ").split()).title()
    for form in (*_WHOLE, *(_SHORT if short else ())):
        day = LOCALE.toDate(words, form)
        if day.isValid():
            return to_date(day if day.year() >= 2000 else day.addYears(100))
    return None


class Calendar(QCalendarWidget):
    """A month to pick a day from: Sunday first, weekdays readable, in the colors of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setLocale(LOCALE)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.setAccessibleName(self.tr("Calendar"))
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.hide)
        watcher().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        head, day = QTextCharFormat(), QTextCharFormat()
        head.setForeground(color("muted"))
        head.setBackground(color("surface"))
        day.setForeground(color("text"))
        self.setHeaderTextFormat(head)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekend, day)
        for name, arrow in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                button.setIcon(icon(arrow))
        self.setMinimumSize(px(350), px(280))


class DateChoice(QWidget):
    """A date, or none yet.

    Signals:
        changed: the date or its absence changed.
    """

    changed = Signal()

    def __init__(self, today: date, chosen: date | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._date: date | None = None
        self._last: date | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        row = FlowLayout(gap=16)
        pair = QWidget()
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(px(6))
        self.field = QLineEdit()
        self.field.setAccessibleName(self.tr("Date of the exam"))
        self.field.setPlaceholderText(self.tr("2/15/2027 or Feb 15, 2027"))
        self.picker = IconButton("calendar", self.tr("Pick the date in a calendar"))
        line.addWidget(self.field)
        line.addWidget(self.picker)
        self.none = QCheckBox(self.tr("No date yet"))
        row.addWidget(pair)
        row.addWidget(self.none)
        self._column.addLayout(row)
        self.problem = Label("", "muted", wrap=True)
        self.problem.set_tone("bad")
        self.problem.hide()
        self._column.addWidget(self.problem)
        self._calendar: Calendar | None = None
        self.set_date(chosen)
        self.field.textEdited.connect(self._typed)
        self.field.editingFinished.connect(self.finish)
        self.picker.clicked.connect(self._open_calendar)
        self.none.clicked.connect(self._none_clicked)
        watcher().changed.connect(self._scale)
        self._scale()

    @property
    def calendar(self) -> Calendar:
        """The calendar behind the button, made when it is first wanted."""
        if self._calendar is None:
            self._calendar = Calendar(self)
            self._calendar.clicked.connect(self._picked)
            self._calendar.activated.connect(self._picked)
        return self._calendar

    def chosen(self) -> date | None:
        """The date; None when there is none yet."""
        return self._date

    def set_date(self, chosen: date | None) -> None:
        """Show this date."""
        self._date = chosen
        self._last = chosen or self._last
        self.none.setChecked(chosen is None)
        self.field.setText("" if chosen is None else LOCALE.toString(to_qdate(chosen), "MMMM d, yyyy"))
        self._say("")

    def finish(self) -> bool:
        """Take what stands in the field; False, and a sentence, when it is no date that an exam can have."""
        text = self.field.text().strip()
        if not text:
            self._say("" if self.none.isChecked() else self.tr("Write the day, or pick it in the calendar."))
            if self._date is not None:
                self._choose(None)
            return True
        day = parse_date(text, short=True)
        if day is None:
            self._say(self.tr("This is not a date. Write it like 2/15/2027 or Feb 15, 2027."))
            return False
        if not self._possible(day):
            passed = day < self._today
            too_far = self.tr("This day is more than five years away.")
            self._say(self.tr("This day has passed already.") if passed else too_far)
            return False
        self._choose(day)
        return True

    def _possible(self, day: date) -> bool:
        # A stored day that has passed meanwhile is still shown without a reproach.
        return self._today <= day <= self._today + FARTHEST or day == self._date

    def _choose(self, day: date | None) -> None:
        before = self._date
        self.set_date(day)
        if day != before:
            self.changed.emit()

    def _typed(self, text: str) -> None:
        self._say("")
        day = parse_date(text)
        if day is not None and self._possible(day) and day != self._date:
            self._date = self._last = day
            self.none.setChecked(False)
            self.changed.emit()

    def _picked(self, day: QDate) -> None:
        self.calendar.hide()
        self._choose(to_date(day))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _none_clicked(self, none: bool) -> None:
        if none:
            self._choose(None)
        elif self._last is not None:
            self._choose(self._last)
        else:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_calendar(self) -> None:
        calendar = self.calendar
        first = min(self._today, self._date or self._today)
        calendar.setDateRange(to_qdate(first), to_qdate(self._today + FARTHEST))
        calendar.setSelectedDate(to_qdate(self._date or self._today + SUGGESTED))
        calendar.adjustSize()
        place = QRect(self.field.mapToGlobal(QPoint(0, self.field.height() + px(4))), calendar.size())
        room = self.screen().availableGeometry()
        place.moveBottom(min(place.bottom(), room.bottom()))
        place.moveRight(min(place.right(), room.right()))
        calendar.move(place.topLeft())
        calendar.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.field.setProperty("bad", "true" if sentence else "false")
        restyle(self.field)

    def _scale(self) -> None:
        self._column.setSpacing(px(6))
        self.field.setMinimumWidth(px(230))
        self.none.setMinimumHeight(self.field.sizeHint().height())
