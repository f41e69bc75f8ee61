"""Times as learners read them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from studyapp.core.clock import Clock
from studyapp.gui.widgets.dates import LOCALE, local, to_qdate


def clock_text(seconds: float) -> str:
    """Seconds as `0:48`, `12:05` or `2:14:07`."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"


def spoken_minutes(minutes: int) -> str:
    """Minutes as `45 minutes` or `2 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        one = QCoreApplication.translate("times", "1 minute")
        return one if minutes == 1 else QCoreApplication.translate("times", "{n} minutes").format(n=minutes)
    if not rest:
        one = QCoreApplication.translate("times", "1 hour")
        return one if hours == 1 else QCoreApplication.translate("times", "{n} hours").format(n=hours)
    return QCoreApplication.translate("times", "{h} h {m} min").format(h=hours, m=rest)


def day_text(clock: Clock, at: datetime) -> str:
    """A moment as the day on the learner's wall, `Nov 23, 2026`."""
    return LOCALE.toString(to_qdate(local(clock, at).date()), "MMM d, yyyy")
