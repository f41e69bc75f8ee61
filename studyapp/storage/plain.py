"""Plain rows inside a session, for the queries whose speed is felt at the keyboard."""

import sqlite3
from collections.abc import Mapping
from typing import Any, cast

from sqlmodel import Session


def rows(session: Session, statement: str, parameters: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """The rows of a statement in the session's own transaction, as tuples of what SQLite holds.

    Where hundreds of rows are read, SQLAlchemy's own rows take half as long again (and more the wider they are).
    Parameters are named, `:name`; a list is given as JSON and read with `json_each`.
    """
    driver = cast("sqlite3.Connection", session.connection().connection.driver_connection)
    return driver.execute(statement, parameters).fetchall()
