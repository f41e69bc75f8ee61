"""A real database in a temporary folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studyapp.storage.content import synchronise
from studyapp.storage.database import Database
from tests.support import bank as banks


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open, empty database; closed at the end."""
    opened = Database(tmp_path / "data", busy_timeout_ms=0)
    yield opened
    opened.close()


@pytest.fixture
def stocked(database: Database) -> Database:
    """The same with the test bank in it and a learner."""
    synchronise(database, banks.bank(), 1_000)
    with database.raw() as connection:
        connection.execute("INSERT INTO profile (id, uuid, name, created_ms) VALUES (1, 'learner', '', 0)")
    return database
