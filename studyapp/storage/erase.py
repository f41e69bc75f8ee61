"""Erasing everything the learner did and wrote: the one place that empties the append-only logs."""

from studyapp.storage.database import Database

# Children before their parents, as the foreign keys ask.
_STATEMENTS = (
    "DELETE FROM response",
    "DELETE FROM review",
    "DELETE FROM card_state",
    "DELETE FROM attempt_slot",
    "DELETE FROM attempt",
    "DELETE FROM mark",
    "DELETE FROM report",
    "DELETE FROM preset",
    "DELETE FROM setting",
    "DELETE FROM item_version",
    """DELETE FROM entry_text WHERE rowid IN (
        SELECT seq FROM item WHERE origin <> 'bundled' UNION ALL SELECT seq FROM note WHERE origin <> 'bundled'
    )""",
    "DELETE FROM card WHERE note_id IN (SELECT id FROM note WHERE origin <> 'bundled')",
    "DELETE FROM note WHERE origin <> 'bundled'",
    "DELETE FROM item WHERE origin <> 'bundled'",
    # An edited note becomes the bank's again at the next start: nothing equals an empty hash.
    "UPDATE note SET edited = 0, content_hash = '' WHERE edited",
    "UPDATE bank SET content_hash = ''",
)


def erase(database: Database) -> None:
    """Erase all of it in one transaction.

    The triggers that keep the logs append-only are dropped and made again inside that transaction, so no other
    connection ever sees the logs without them.

    Raises:
        StudyAppError: the database cannot be written; nothing has been erased.
    """
    with database.raw() as connection:
        connection.execute("BEGIN IMMEDIATE")
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('review', 'response')"
        ).fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in _STATEMENTS:
            connection.execute(statement)
        for _, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")
    database.changed = True
