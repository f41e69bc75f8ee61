"""Bringing a bank into the database: by content hash, in one transaction, without losing any history."""

from studyapp.domain.bank import Bank
from studyapp.storage.database import Database


def stored_hash(database: Database, bank_id: str) -> str:
    """The content hash of the bank as last synchronised; empty when it never was."""
    with database.read() as session:
        return session.value("SELECT content_hash FROM bank WHERE id = :bank", {"bank": bank_id}) or ""


def synchronise(database: Database, bank: Bank, now_ms: int) -> bool:
    """Make the database hold what `bank` holds; returns whether anything had to be done.

    What vanished from the bank is retired, not deleted, and comes back when the bank has it again. A changed item gets
    its new payload while the former one is kept for the results that asked it. A note the learner edited stays as it
    is. With an equal hash this costs one indexed read.

    Raises:
        StudyAppError: the database cannot be written, or a note of the bank is malformed; nothing is half stored.
    """
    if stored_hash(database, bank.id) == bank.content_hash:
        return False
    # SQLModel takes most of a start to import, so only when there is something to do.
    from studyapp.storage.bank_rows import store

    # What a bank holds can be had again, so it is not what backups are for.
    with database.write(worth_backup=False) as session:
        store(session, bank, now_ms)
    return True
