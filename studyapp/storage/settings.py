"""Profiles and their stored settings."""

from collections.abc import Mapping

from sqlmodel import Session, select

from studyapp.storage.tables import ProfileRow, SettingRow, WindowRow


def default_profile(session: Session) -> int | None:
    """The first profile's id; None in a new database."""
    return session.exec(select(ProfileRow.id).order_by(ProfileRow.id)).first()  # type: ignore[arg-type]


def add_profile(session: Session, uuid: str, now_ms: int) -> int:
    """Make the first profile; returns its id."""
    session.add(ProfileRow(id=1, uuid=uuid, name="", created_ms=now_ms))
    return 1


def values(session: Session, profile_id: int) -> dict[str, str]:
    """Every stored setting as JSON text."""
    rows = session.exec(select(SettingRow).where(SettingRow.profile_id == profile_id))
    return {row.key: row.value for row in rows}


def store(session: Session, profile_id: int, settings: Mapping[str, str]) -> None:
    """Store settings given as JSON text."""
    for key, value in settings.items():
        session.merge(SettingRow(profile_id=profile_id, key=key, value=value))


def window(session: Session, profile_id: int) -> bytes:
    """The window's remembered state; empty when there is none."""
    row = session.get(WindowRow, profile_id)
    return b"" if row is None else row.state


def store_window(session: Session, profile_id: int, state: bytes) -> None:
    """Remember the window's state."""
    session.merge(WindowRow(profile_id=profile_id, state=state))
