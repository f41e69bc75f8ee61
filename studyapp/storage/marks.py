"""Bookmarks, remarks and reports on items and notes."""

from studyapp.storage.session import Session


def read(session: Session, profile_id: int, entry_id: str) -> tuple[bool, str]:
    """Whether the entry is marked, and the remark on it (empty when there is none)."""
    values = {"profile": profile_id, "entry": entry_id}
    row = session.row("SELECT marked, remark FROM mark WHERE profile_id = :profile AND entry_id = :entry", values)
    return (False, "") if row is None else (bool(row[0]), row[1])


def set_marked(session: Session, profile_id: int, entry_id: str, *, marked: bool, now_ms: int) -> None:
    """Mark an entry, or not."""
    session.run(
        "INSERT INTO mark (profile_id, entry_id, marked, remark, updated_ms) VALUES (:profile, :entry, :marked, '', "
        ":now) ON CONFLICT (profile_id, entry_id) DO UPDATE SET marked = excluded.marked, "
        "updated_ms = excluded.updated_ms",
        {"profile": profile_id, "entry": entry_id, "marked": marked, "now": now_ms},
    )


def set_remark(session: Session, profile_id: int, entry_id: str, remark: str, *, now_ms: int) -> None:
    """Put a remark in place of the one before; an empty one takes it away."""
    session.run(
        "INSERT INTO mark (profile_id, entry_id, marked, remark, updated_ms) VALUES (:profile, :entry, 0, :remark, "
        ":now) ON CONFLICT (profile_id, entry_id) DO UPDATE SET remark = excluded.remark, "
        "updated_ms = excluded.updated_ms",
        {"profile": profile_id, "entry": entry_id, "remark": remark, "now": now_ms},
    )


def add_report(session: Session, profile_id: int, entry_id: str, text: str, *, report_id: str, at_ms: int) -> None:
    """Keep a report of something wrong with an entry."""
    session.run(
        "INSERT INTO report (id, profile_id, entry_id, text, at_ms) VALUES (:id, :profile, :entry, :text, :at_ms)",
        {"id": report_id, "profile": profile_id, "entry": entry_id, "text": text, "at_ms": at_ms},
    )
