"""Saved settings of the quiz builder."""

from sqlalchemy import delete as sa_delete
from sqlmodel import Session, col, select

from studyapp.storage.tables import PresetRow


def read(session: Session, profile_id: int) -> list[tuple[str, str, str]]:
    """Id, name and spec (JSON) of every preset, by name."""
    query = select(PresetRow.id, PresetRow.name, PresetRow.spec).where(PresetRow.profile_id == profile_id)
    rows = session.exec(query.order_by(col(PresetRow.name), col(PresetRow.id)))
    return [(preset_id, name, spec) for preset_id, name, spec in rows]


def save(session: Session, profile_id: int, name: str, spec: str, *, preset_id: str, now_ms: int) -> None:
    """Store a preset; one of the same name is replaced."""
    same = select(PresetRow).where(PresetRow.profile_id == profile_id, PresetRow.name == name)
    row = session.exec(same).first() or PresetRow(
        id=preset_id, profile_id=profile_id, name=name, spec="", created_ms=now_ms
    )
    row.spec = spec
    session.add(row)


def delete(session: Session, profile_id: int, preset_id: str) -> None:
    """Delete a preset, if it is there."""
    session.connection().execute(
        sa_delete(PresetRow).where(col(PresetRow.id) == preset_id, col(PresetRow.profile_id) == profile_id)
    )
