"""The doctor's examination of a database: every promise about the stored data that can be checked, checked."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from studyapp.core.errors import StudyAppError
from studyapp.domain.scheduling import NEW_CARD, replay_all
from studyapp.storage import backup, cards, reviews
from studyapp.storage.database import Database
from studyapp.storage.session import Session

_ROOM = 3
"""Backing up and restoring want room for this many further copies of the database."""


@dataclass(frozen=True, slots=True)
class Line:
    """One check and its outcome."""

    check: str
    ok: bool
    sentence: str


def examine(database: Database, now: datetime) -> tuple[Line, ...]:
    """Run every check; a check that cannot be run is a failed one."""
    lines = []
    with database.raw() as connection:
        # One state for all checks, however long they take.
        connection.execute("BEGIN")
        for name, check in _CHECKS.items():
            try:
                ok, sentence = check(connection)
            except (sqlite3.Error, ValueError, KeyError) as error:
                ok, sentence = False, f"This could not be checked: {error}."
            lines.append(Line(name, ok, sentence))
        connection.execute("COMMIT")
    around: dict[str, Callable[[], Line]] = {
        "disk space": lambda: _disk(database),
        "backups": lambda: _backups(database, now),
    }
    for name, look in around.items():
        try:
            lines.append(look())
        except (StudyAppError, OSError) as error:
            lines.append(Line(name, ok=False, sentence=f"This could not be checked: {error}"))
    return tuple(lines)


def _integrity(connection: sqlite3.Connection) -> tuple[bool, str]:
    found = [verdict for (verdict,) in connection.execute("PRAGMA integrity_check(5)")]
    if found == ["ok"]:
        return True, "The database file is sound."
    return False, f"The database file is damaged: {'; '.join(found)}. Restore a backup in Settings."


def _references(connection: sqlite3.Connection) -> tuple[bool, str]:
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    if not broken:
        return True, "Every row refers to rows that exist."
    tables = sorted({row[0] for row in broken})
    return False, f"{len(broken)} rows refer to rows that are missing, in {', '.join(tables)}."


def _append_only(connection: sqlite3.Connection) -> tuple[bool, str]:
    wanted = {f"{table}_no_{verb}" for table in ("review", "response") for verb in ("update", "delete")}
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    if wanted <= found:
        return True, "The logs of reviews and answers are guarded against change."
    return False, f"The logs are not guarded against change: {', '.join(sorted(wanted - found))} is missing."


def _replay(connection: sqlite3.Connection) -> tuple[bool, str]:
    count, cards_met, wrong = 0, 0, []
    session = Session(connection)
    for (profile_id,) in session.rows("SELECT id FROM profile ORDER BY id"):
        logs, states = reviews.logs(session, profile_id), cards.states(session, profile_id)
        wishes = {card: states.get(card, NEW_CARD).desired_retention or _ANY_WISH for card in logs}
        rebuilt = replay_all(logs, wishes)
        met = states.keys() | rebuilt.keys()
        wrong += sorted(card for card in met if states.get(card, NEW_CARD) != rebuilt.get(card, NEW_CARD))
        count += sum(map(len, logs.values()))
        cards_met += len(met)
    if not wrong:
        return True, f"Replaying {count} reviews rebuilds the state of all {cards_met} cards met."
    some = ", ".join(wrong[:3])
    return False, f"{len(wrong)} of {cards_met} cards are not as the log of reviews says, among them {some}."


_ANY_WISH = 0.9
"""For a card with reviews and no state: it counts as wrong whatever is assumed."""


_ORPHANS = {
    "cards whose note is gone": (
        "SELECT count(*) FROM card JOIN note ON note.id = card.note_id WHERE note.retired AND NOT card.retired"
    ),
    "notes without a card": (
        "SELECT count(*) FROM note WHERE NOT retired AND id NOT IN (SELECT note_id FROM card WHERE NOT retired)"
    ),
    "entries that search cannot find": (
        "SELECT count(*) FROM (SELECT seq FROM item WHERE NOT retired UNION ALL SELECT seq FROM note "
        "WHERE NOT retired) WHERE seq NOT IN (SELECT rowid FROM entry_text)"
    ),
    "search results that lead nowhere": (
        "SELECT count(*) FROM entry_text WHERE rowid NOT IN (SELECT seq FROM item WHERE NOT retired UNION ALL "
        "SELECT seq FROM note WHERE NOT retired)"
    ),
    "bookmarks on nothing": (
        "SELECT count(*) FROM mark WHERE entry_id NOT IN (SELECT id FROM item UNION ALL SELECT id FROM note)"
    ),
    "finished attempts without questions": (
        "SELECT count(*) FROM attempt WHERE state = 'finished' AND id NOT IN (SELECT attempt_id FROM attempt_slot)"
    ),
    "marked questions whose answer is not in the log": (
        "SELECT count(*) FROM attempt_slot AS s JOIN attempt AS a ON a.id = s.attempt_id "
        "WHERE CASE a.state WHEN 'finished' THEN s.response IS NOT NULL ELSE s.locked END AND NOT EXISTS "
        "(SELECT 1 FROM response AS r WHERE r.attempt_id = s.attempt_id AND r.item_id = s.item_id "
        "AND r.score = s.score AND r.response = coalesce(s.response, r.response))"
    ),
    "answers in the log to questions that were not marked": (
        "SELECT count(*) FROM response AS r WHERE NOT EXISTS "
        "(SELECT 1 FROM attempt_slot AS s JOIN attempt AS a ON a.id = s.attempt_id "
        "WHERE s.attempt_id = r.attempt_id AND s.item_id = r.item_id AND (a.state = 'finished' OR s.locked))"
    ),
    "questions asked in a version that is lost": (
        "SELECT count(*) FROM attempt_slot AS s JOIN item AS i ON i.id = s.item_id "
        "WHERE s.content_hash <> i.content_hash AND NOT EXISTS "
        "(SELECT 1 FROM item_version AS v WHERE v.item_id = s.item_id AND v.content_hash = s.content_hash)"
    ),
}


def _orphans(connection: sqlite3.Connection) -> tuple[bool, str]:
    counts = {what: connection.execute(statement).fetchone()[0] for what, statement in _ORPHANS.items()}
    found = [f"{number} {what}" for what, number in counts.items() if number]
    return (not found, f"There are {', '.join(found)}." if found else "Nothing stored has lost what it belongs to.")


_CHECKS: dict[str, Callable[[sqlite3.Connection], tuple[bool, str]]] = {
    "integrity": _integrity,
    "references": _references,
    "append-only": _append_only,
    "replay": _replay,
    "orphans": _orphans,
}


_SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"


def _disk(database: Database) -> Line:
    with database.raw() as connection:
        # Not the file's size: much of it may still stand in the write-ahead log.
        (used,) = connection.execute(_SIZE).fetchone()
    free = shutil.disk_usage(database.folder).free
    ok = free >= _ROOM * used
    words = f"{_size(free)} are free where the data lives; the database takes {_size(used)}."
    return Line("disk space", ok, words if ok else f"{words} Backups need more: free some space.")


def _backups(database: Database, now: datetime) -> Line:
    found = backup.backups(database.backup_folder)
    with database.raw() as connection:
        counts = backup.count(connection)
    if not found:
        nothing_yet = counts.last_ms is None
        return Line(
            "backups",
            nothing_yet,
            "There is no backup yet; the first is made when StudyApp closes." if nothing_yet else "There is no backup.",
        )
    newest = backup.latest(database.backup_folder, now) or found[0]
    try:
        backup.counts_of(newest.path)
    except StudyAppError as error:
        return Line("backups", ok=False, sentence=f"The newest backup cannot be used. {error}")
    age = now - newest.made_at
    words = f"{len(found)} backups; the newest is {_age(age)} old and opens."
    return Line("backups", age < timedelta(days=30), words)


def _size(size: int) -> str:
    value, unit = float(size), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):  # noqa: B007  the last unit is used after the loop
        if value < 1000:
            break
        value /= 1000
    return f"{value:.1f} {unit}"


def _age(age: timedelta) -> str:
    if age < timedelta(hours=1):
        return "less than an hour"
    return f"{age // timedelta(hours=1)} hours" if age < timedelta(days=2) else f"{age.days} days"
