"""Everything the screens need, over one open database."""

import logging
import random
from dataclasses import dataclass
from pathlib import Path

from studyapp.core.clock import Clock
from studyapp.core.errors import StudyAppError
from studyapp.core.ids import new_id
from studyapp.domain.bank import Bank
from studyapp.domain.study_day import to_ms
from studyapp.services.attempts import AttemptService
from studyapp.services.data import DataService, FetchBank
from studyapp.services.desk import Desk
from studyapp.services.exam import ExamService
from studyapp.services.library import LibraryService
from studyapp.services.practice import PracticeService
from studyapp.services.progress import ProgressService
from studyapp.services.review import ReviewService
from studyapp.services.settings import SettingsService
from studyapp.services.today import TodayService
from studyapp.storage import backup, content
from studyapp.storage import settings as stored_settings
from studyapp.storage.database import Database

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Study:
    """The services over the learner's data. `close` it at the end."""

    review: ReviewService
    practice: PracticeService
    exams: ExamService
    attempts: AttemptService
    progress: ProgressService
    today: TodayService
    library: LibraryService
    settings: SettingsService
    data: DataService
    clock: Clock
    database: Database

    def close(self) -> None:
        """Back up when something changed, then let the data folder go. A backup that fails is logged, not raised."""
        self.data.wait()
        try:
            if self.database.changed:
                backup.back_up(self.database, self.clock.now())
        except StudyAppError:
            log.exception("no backup on close")
        finally:
            self.database.close()


def open_study(
    folder: Path, clock: Clock, rng: random.Random, bank: Bank | None, *, fetch_bank: FetchBank | None = None
) -> Study:
    """Open, or make, the learner's data in `folder` and bring `bank` into it (None: leave the material as it is).

    After a restore or erasing the bank comes in again: from `fetch_bank`, or else from `bank`, which is kept for that.

    Raises:
        StudyAppError: the folder is in use or cannot be written, or its database cannot be used (see `Database`).
    """
    database = Database(folder)
    try:
        profile_id = _profile(database, clock, rng)
        if bank is not None:
            content.synchronise(database, bank, to_ms(clock.now()))
        if fetch_bank is None and bank is not None:
            kept = bank
            fetch_bank = lambda: kept  # noqa: E731
        study = _study(Desk(database, clock, rng, profile_id), fetch_bank)
    except BaseException:
        database.close()
        raise
    if not database.created:
        study.data.start_daily_backup()
    return study


def _study(desk: Desk, bank: FetchBank | None) -> Study:
    settings = SettingsService(desk)
    library = LibraryService(desk)
    data = DataService(desk, settings, library, bank)
    review = ReviewService(desk, settings)
    attempts = AttemptService(desk, settings)
    progress = ProgressService(desk, settings)
    practice = PracticeService(desk, settings, attempts, progress)
    exams = ExamService(desk, attempts)
    today = TodayService(desk, settings, review=review, attempts=attempts, progress=progress)
    return Study(
        review=review,
        practice=practice,
        exams=exams,
        attempts=attempts,
        progress=progress,
        today=today,
        library=library,
        settings=settings,
        data=data,
        clock=desk.clock,
        database=desk.database,
    )


def _profile(database: Database, clock: Clock, rng: random.Random) -> int:
    with database.read() as session:
        known = stored_settings.default_profile(session)
    if known is not None:
        return known
    with database.write(worth_backup=False) as session:
        return stored_settings.add_profile(session, new_id(rng), to_ms(clock.now()))
