"""Saved settings of the quiz builder."""

from studyapp.storage.session import Session


def read(session: Session, profile_id: int) -> list[tuple[str, str, str]]:
    """Id, name and spec (JSON) of every preset, by name."""
    rows = session.rows(
        "SELECT id, name, spec FROM preset WHERE profile_id = :profile ORDER BY name, id", {"profile": profile_id}
    )
    return [(preset_id, name, spec) for preset_id, name, spec in rows]


def save(session: Session, profile_id: int, name: str, spec: str, *, preset_id: str, now_ms: int) -> None:
    """Store a preset; one of the same name is replaced."""
    values = {"profile": profile_id, "name": name, "spec": spec, "id": preset_id, "now": now_ms}
    if session.row("SELECT 1 FROM preset WHERE profile_id = :profile AND name = :name", values):
        session.run("UPDATE preset SET spec = :spec WHERE profile_id = :profile AND name = :name", values)
    else:
        session.run(
            "INSERT INTO preset (id, profile_id, name, spec, created_ms) VALUES (:id, :profile, :name, :spec, :now)",
            values,
        )


def delete(session: Session, profile_id: int, preset_id: str) -> None:
    """Delete a preset, if it is there."""
    session.run("DELETE FROM preset WHERE id = :id AND profile_id = :profile", {"id": preset_id, "profile": profile_id})
