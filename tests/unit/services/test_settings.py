"""Settings are kept, checked, and never lost to one bad value."""

import random
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from studyapp.core.errors import StudyAppError
from studyapp.services.changes import Area, Changes
from studyapp.services.settings import Settings, Theme
from studyapp.services.study import Study, open_study
from tests.support import bank as banks
from tests.support.clock import FakeClock

CHOSEN = Settings(
    welcomed=True,
    name="Ada",
    exam_id="cmom",
    exam_date=date(2027, 3, 6),
    minutes_per_day=25,
    days_off=frozenset({6, 7}),
    new_cards_per_day=7,
    desired_retention=0.85,
    two_buttons=True,
    day_starts_at=5,
    theme=Theme.DARK,
    text_percent=150,
    reduced_motion=True,
    speech=True,
    calculator=False,
)

OpenStudy = Callable[..., Study]


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """An open study with the small bank."""
    return opened(banks.bank())


def test_a_new_learner_has_the_defaults(study: Study) -> None:
    """Before anything is chosen every setting has its declared default."""
    assert study.settings.get() == Settings()


def test_every_setting_survives_a_restart(study: Study, tmp_path: Path, clock: FakeClock) -> None:
    """Each field, all of them unlike their defaults, is read back as it was saved."""
    assert all(getattr(CHOSEN, field.name) != getattr(Settings(), field.name) for field in fields(Settings))
    study.settings.save(CHOSEN)
    study.close()
    again = open_study(tmp_path / "data", clock, random.Random(2), None)
    found = again.settings.get()
    again.close()
    assert found == CHOSEN


def test_saving_says_what_changed(study: Study) -> None:
    """The same settings again change nothing; others touch the settings' area."""
    assert study.settings.save(CHOSEN) == Changes.of(Area.SETTINGS)
    assert study.settings.save(CHOSEN) == Changes.of()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"minutes_per_day": 4}, "Minutes a day"),
        ({"minutes_per_day": 601}, "Minutes a day"),
        ({"new_cards_per_day": -1}, "New cards a day"),
        ({"desired_retention": 0.699}, "Desired retention"),
        ({"desired_retention": 0.971}, "Desired retention"),
        ({"desired_retention": float("nan")}, "Desired retention"),
        ({"day_starts_at": 24}, "hour"),
        ({"text_percent": 79}, "Text size"),
        ({"text_percent": 201}, "Text size"),
        ({"days_off": frozenset({0})}, "Days off"),
        ({"days_off": frozenset(range(1, 8))}, "At least one day"),
    ],
)
def test_what_is_out_of_range_is_refused(study: Study, change: dict[str, object], words: str) -> None:
    """The first field out of its range is named, and nothing is stored."""
    study.settings.save(CHOSEN)
    with pytest.raises(StudyAppError, match=words):
        study.settings.save(replace(CHOSEN, name="Bob", **change))  # type: ignore[arg-type]
    assert study.settings.get() == CHOSEN


@pytest.mark.parametrize("value", ["12", '"no theme"', "{", ""])
def test_one_bad_value_costs_only_itself(study: Study, tmp_path: Path, clock: FakeClock, value: str) -> None:
    """A stored value that cannot be read gives its default; every other setting is kept."""
    study.settings.save(CHOSEN)
    with study.database.raw() as connection:
        connection.execute("UPDATE setting SET value = ? WHERE key = 'theme'", (value,))
        connection.execute("INSERT INTO setting (profile_id, key, value) VALUES (1, 'no such setting', '1')")
    study.close()
    again = open_study(tmp_path / "data", clock, random.Random(2), None)
    found = again.settings.get()
    again.close()
    assert found == replace(CHOSEN, theme=Theme.SYSTEM)


def test_the_windows_state_is_remembered_and_asks_for_no_backup(study: Study) -> None:
    """Bytes come back as they were; moving a window is no reason for a backup on close."""
    assert study.settings.window_state() == b""
    study.settings.save_window_state(b"\x00\xffgeometry")
    study.settings.save_window_state(b"\x01")
    assert study.settings.window_state() == b"\x01"
    study.close()
    assert study.data.backups() == ()
