"""Days and moments in words; in the program's language, whatever the system's."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from studyapp.core.clock import Clock

LOCALE = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)


def to_qdate(day: date) -> QDate:
    """A Python date as Qt's."""
    return QDate(day.year, day.month, day.day)


def to_date(day: QDate) -> date:
    """A Qt date as Python's."""
    return date(day.year(), day.month(), day.day())


def local(clock: Clock, at: datetime) -> datetime:
    """An aware time in UTC as the wall clock shows it."""
    return at + clock.offset(at)


def local_today(clock: Clock) -> date:
    """Today's date on the wall."""
    return local(clock, clock.now()).date()


def weekday_words(day: date) -> str:
    """For instance "Monday, November 23"."""
    return LOCALE.toString(to_qdate(day), "dddd, MMMM d")


def month_words(day: date) -> str:
    """For instance "June 2026"."""
    return LOCALE.toString(to_qdate(day), "MMMM yyyy")


def moment_words(at: datetime) -> str:
    """A wall-clock time: "November 23, 2026, 7:40 PM"."""
    moment = QDateTime(to_qdate(at.date()), QTime(at.hour, at.minute))
    return LOCALE.toString(moment, "MMMM d, yyyy, h:mm AP")


def weekday_name(iso: int, style: QLocale.FormatType = QLocale.FormatType.LongFormat) -> str:
    """The name of an ISO weekday (Monday 1 … Sunday 7)."""
    return LOCALE.dayName(iso, style)
