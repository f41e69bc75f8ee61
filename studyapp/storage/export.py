"""Everything the learner did and wrote as one readable JSON file."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from studyapp.storage import schema
from studyapp.storage.database import Database
from studyapp.storage.faults import explained

FORMAT = "studyapp-export-1"

# Section: (statement, columns that hold JSON themselves).
_SECTIONS: dict[str, tuple[str, frozenset[str]]] = {
    "profiles": ("SELECT * FROM profile ORDER BY id", frozenset()),
    "settings": ("SELECT * FROM setting ORDER BY profile_id, key", frozenset({"value"})),
    "own_items": (
        "SELECT id, origin, type, retired, payload FROM item WHERE origin <> 'bundled' ORDER BY seq",
        frozenset({"payload"}),
    ),
    "own_and_edited_notes": (
        "SELECT id, origin, type, retired, payload FROM note WHERE origin <> 'bundled' OR edited ORDER BY seq",
        frozenset({"payload"}),
    ),
    "marks": ("SELECT * FROM mark ORDER BY profile_id, entry_id", frozenset()),
    "reports": ("SELECT * FROM report ORDER BY at_ms, id", frozenset()),
    "presets": ("SELECT * FROM preset ORDER BY created_ms, id", frozenset({"spec"})),
    "cards": ("SELECT * FROM card_state ORDER BY profile_id, card_id", frozenset()),
    "attempts": ("SELECT * FROM attempt ORDER BY started_ms, id", frozenset({"spec"})),
    "attempt_slots": (
        "SELECT * FROM attempt_slot ORDER BY attempt_id, position",
        frozenset({"option_order", "response", "struck"}),
    ),
    "responses": ("SELECT * FROM response ORDER BY seq", frozenset({"response"})),
    "reviews": ("SELECT * FROM review ORDER BY seq", frozenset()),
}
_TABLES = ("review", "response", "attempt_slot")
_REPORT_EVERY = 1000


def write(database: Database, target: Path, now: datetime, progress: Callable[[float], None]) -> None:
    """Write the export to `target`, which is replaced only once the new file is whole.

    `progress` is called with the share done, 0 to 1.

    Raises:
        StudyAppError: the file cannot be written.
    """
    partial = target.with_name(target.name + ".partial")
    with explained(target), database.raw() as connection:
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("BEGIN")
            with partial.open("w", encoding="utf-8", newline="\n") as file:
                _write(connection, file, now, progress)
            connection.execute("COMMIT")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    progress(1.0)


def _write(connection: sqlite3.Connection, file: IO[str], now: datetime, progress: Callable[[float], None]) -> None:
    # About right: the tables that grow decide how long it takes.
    sizes = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _TABLES]  # noqa: S608
    total, done = max(1, sum(sizes)), 0
    heading = {"format": FORMAT, "schema": schema.HEAD, "exported_at": now.isoformat(timespec="seconds")}
    file.write(json.dumps(heading)[:-1])
    for name, (statement, structured) in _SECTIONS.items():
        file.write(f',\n"{name}": [')
        separator = "\n"
        for row in _rows(connection, statement, structured):
            file.write(separator + json.dumps(row, ensure_ascii=False))
            separator = ",\n"
            done += 1
            if done % _REPORT_EVERY == 0:
                progress(min(0.99, done / total))
        file.write("\n]")
    file.write("\n}\n")


def _rows(connection: sqlite3.Connection, statement: str, structured: frozenset[str]) -> Iterator[dict[str, Any]]:
    for row in connection.execute(statement):
        yield {key: _value(key, row[key], structured) for key in row.keys()}  # noqa: SIM118  a Row iterates over values


def _value(key: str, value: Any, structured: frozenset[str]) -> Any:
    return json.loads(value) if key in structured and value is not None else value
