"""Bookmarks, remarks and reports on items and notes."""

from sqlmodel import Session, col, select

from studyapp.storage.tables import MarkRow, ReportRow


def read(session: Session, profile_id: int, entry_id: str) -> tuple[bool, str]:
    """Whether the entry is marked, and the remark on it (empty when there is none)."""
    row = session.get(MarkRow, (profile_id, entry_id))
    return (False, "") if row is None else (row.marked, row.remark)


def set_marked(session: Session, profile_id: int, entry_id: str, *, marked: bool, now_ms: int) -> None:
    """Mark an entry, or not."""
    row = _row(session, profile_id, entry_id)
    row.marked, row.updated_ms = marked, now_ms
    session.add(row)


def set_remark(session: Session, profile_id: int, entry_id: str, remark: str, *, now_ms: int) -> None:
    """Put a remark in place of the one before; an empty one takes it away."""
    row = _row(session, profile_id, entry_id)
    row.remark, row.updated_ms = remark, now_ms
    session.add(row)


def marked_ids(session: Session, profile_id: int) -> frozenset[str]:
    """Ids of the marked entries."""
    rows = session.exec(select(MarkRow.entry_id).where(MarkRow.profile_id == profile_id, col(MarkRow.marked)))
    return frozenset(rows)


def add_report(session: Session, profile_id: int, entry_id: str, text: str, *, report_id: str, at_ms: int) -> None:
    """Keep a report of something wrong with an entry."""
    session.add(ReportRow(id=report_id, profile_id=profile_id, entry_id=entry_id, text=text, at_ms=at_ms))


def _row(session: Session, profile_id: int, entry_id: str) -> MarkRow:
    return session.get(MarkRow, (profile_id, entry_id)) or MarkRow(
        profile_id=profile_id, entry_id=entry_id, updated_ms=0
    )
