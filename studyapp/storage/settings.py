"""Profiles and their stored settings."""

from collections.abc import Mapping

from studyapp.storage.session import Session


def default_profile(session: Session) -> int | None:
    """The first profile's id; None in a new database."""
    found: int | None = session.value("SELECT min(id) FROM profile")
    return found


def add_profile(session: Session, uuid: str, now_ms: int) -> int:
    """Make the first profile; returns its id."""
    values = {"uuid": uuid, "now": now_ms}
    session.run("INSERT INTO profile (id, uuid, name, created_ms) VALUES (1, :uuid, '', :now)", values)
    return 1


def values(session: Session, profile_id: int) -> dict[str, str]:
    """Every stored setting as JSON text."""
    return dict(session.rows("SELECT key, value FROM setting WHERE profile_id = :profile", {"profile": profile_id}))


def store(session: Session, profile_id: int, settings: Mapping[str, str]) -> None:
    """Store settings given as JSON text."""
    session.run_each(
        "INSERT INTO setting (profile_id, key, value) VALUES (:profile, :key, :value) "
        "ON CONFLICT (profile_id, key) DO UPDATE SET value = excluded.value",
        [{"profile": profile_id, "key": key, "value": value} for key, value in settings.items()],
    )


def window(session: Session, profile_id: int) -> bytes:
    """The window's remembered state; empty when there is none."""
    return session.value("SELECT state FROM window WHERE profile_id = :profile", {"profile": profile_id}) or b""


def store_window(session: Session, profile_id: int, state: bytes) -> None:
    """Remember the window's state."""
    session.run(
        "INSERT INTO window (profile_id, state) VALUES (:profile, :state) "
        "ON CONFLICT (profile_id) DO UPDATE SET state = excluded.state",
        {"profile": profile_id, "state": state},
    )
