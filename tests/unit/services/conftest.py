"""A study over a real database in a temporary folder, with a clock that stands still until moved."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyapp.services.study import Study, open_study
from tests.support import bank as banks
from tests.support.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    """Monday 23 November 2026, ten past seven in the evening."""
    return FakeClock()


@pytest.fixture
def study(tmp_path: Path, clock: FakeClock) -> Iterator[Study]:
    """An open study with the test bank; closed at the end."""
    opened = open_study(tmp_path / "data", clock, random.Random(1), banks.bank())
    yield opened
    opened.close()
