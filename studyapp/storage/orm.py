"""SQLModel's session over a connection that somebody else opened, and whose transaction somebody else ends."""

import sqlite3
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session


class _Borrowed:
    """A connection whose transaction SQLAlchemy cannot end; it would, when it first meets a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Left to the owner."""

    def rollback(self) -> None:
        """Left to the owner."""

    def close(self) -> None:
        """Left to the owner."""


def session_over(connection: sqlite3.Connection) -> Session:
    """A session in the transaction that `connection` is in, which goes on when the session is closed.

    Its engine costs about a millisecond, which is little where whole objects are stored.
    """
    borrowed: Any = _Borrowed(connection)
    return Session(create_engine("sqlite://", creator=lambda: borrowed, poolclass=StaticPool), autoflush=False)
