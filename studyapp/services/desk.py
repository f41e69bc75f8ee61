"""What every service works with: the database, the learner, time and chance."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from studyapp.core.clock import Clock
from studyapp.core.ids import new_id
from studyapp.domain.study_day import study_day, to_ms
from studyapp.storage.database import Database


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as the logs store it; `study_day` is the ordinal of the study day."""

    at_ms: int
    offset_min: int
    study_day: int

    @property
    def day(self) -> date:
        """The study day as a date."""
        return date.fromordinal(self.study_day)


@dataclass(frozen=True, slots=True)
class Desk:
    """Handed to every service when the database is opened."""

    database: Database
    clock: Clock
    rng: random.Random
    profile_id: int

    def moment(self, day_starts_at: int) -> Moment:
        """The present, read from the clock once, so that time and study day agree."""
        now = self.clock.now()
        at_ms = to_ms(now)
        offset_min = self.clock.offset(now) // timedelta(minutes=1)
        return Moment(at_ms, offset_min, study_day(at_ms, offset_min, day_starts_at).toordinal())

    def now_ms(self) -> int:
        """The present in milliseconds since 1970."""
        return to_ms(self.clock.now())

    def new_id(self) -> str:
        """A fresh UUID."""
        return new_id(self.rng)
