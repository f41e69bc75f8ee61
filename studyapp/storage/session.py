"""One transaction: in SQL for nearly everything, in SQLModel's classes where a program's objects are stored whole."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlmodel

Values = Mapping[str, object]


class Session:
    """A transaction of `Database.read` or `Database.write`.

    Statements are constant texts with parameters by name (`:name`); a list is given as JSON and read with `json_each`.
    They go to the driver itself: building a statement costs more than running it, and SQLModel with what it stands on
    takes longer to import than all the rest of the program. `orm` brings it when it is first asked for.
    """

    __slots__ = ("_connection", "_orm")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._orm: sqlmodel.Session | None = None

    def rows(self, statement: str, values: Values | None = None) -> list[tuple[Any, ...]]:
        """Every row, as a tuple of what SQLite holds (flags are 0 or 1)."""
        return self._connection.execute(statement, values or {}).fetchall()

    def cursor(self, statement: str, values: Values | None = None) -> sqlite3.Cursor:
        """The rows one after the other, for a reader that may stop early."""
        return self._connection.execute(statement, values or {})

    def row(self, statement: str, values: Values | None = None) -> tuple[Any, ...] | None:
        """The first row; None when there is none."""
        found: tuple[Any, ...] | None = self._connection.execute(statement, values or {}).fetchone()
        return found

    def value(self, statement: str, values: Values | None = None) -> Any:
        """The first column of the first row; None when there is none."""
        found = self.row(statement, values)
        return None if found is None else found[0]

    def run(self, statement: str, values: Values | None = None) -> int:
        """Run a statement that returns nothing; how many rows it changed."""
        return self._connection.execute(statement, values or {}).rowcount

    def run_each(self, statement: str, values: Iterable[Values]) -> None:
        """Run a statement once for each set of values."""
        self._connection.executemany(statement, values)

    @property
    def orm(self) -> "sqlmodel.Session":
        """SQLModel's session in this same transaction. Nothing is flushed by itself before the end of a write."""
        if self._orm is None:
            from studyapp.storage.orm import session_over

            self._orm = session_over(self._connection)
        return self._orm

    def flush(self) -> None:
        """Send what was changed through `orm`."""
        if self._orm is not None:
            self._orm.flush()

    def close(self) -> None:
        """Let the objects of `orm` go."""
        if self._orm is not None:
            self._orm.close()
