"""Titles of leaf topics."""

from studyapp.storage.session import Session


def titles(session: Session) -> dict[str, str]:
    """Leaf id to title, in curriculum order; also of topics that the bank has dropped, since results name them."""
    return dict(session.rows("SELECT id, title FROM topic ORDER BY position"))
