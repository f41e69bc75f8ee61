"""A study over a real database in a temporary folder, with a clock that stands still until moved."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from studyapp.domain.bank import Bank
from studyapp.services.study import Study, open_study
from tests.support.clock import FakeClock
from tests.support.plenty import plenty

OpenStudy = Callable[..., Study]


@pytest.fixture
def clock() -> FakeClock:
    """Monday 23 November 2026, ten past seven in the evening."""
    return FakeClock()


@pytest.fixture
def opened(tmp_path: Path, clock: FakeClock) -> Iterator[OpenStudy]:
    """Open a study with a bank (None: as it is) and these settings; a former one on the folder ends as by a kill."""
    studies: dict[str, Study] = {}
    rng = random.Random(1)  # one for all openings, or the second would draw the first one's ids again

    def open_(bank: Bank | None, *, folder: str = "data", **settings: Any) -> Study:
        if folder in studies:
            studies[folder].database.close()
        study = studies[folder] = open_study(tmp_path / folder, clock, rng, bank)
        if settings:
            study.settings.save(replace(study.settings.get(), **settings))
        return study

    yield open_
    for study in studies.values():
        study.database.close()


@pytest.fixture
def study(opened: OpenStudy) -> Study:
    """An open study with plenty of items and cards."""
    return opened(plenty())
