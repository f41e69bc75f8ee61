"""Titles of leaf topics."""

from sqlmodel import Session, col, select

from studyapp.storage.tables import TopicRow


def titles(session: Session) -> dict[str, str]:
    """Leaf id to title, in curriculum order; also of topics that the bank has dropped, since results name them."""
    return dict(session.exec(select(TopicRow.id, TopicRow.title).order_by(col(TopicRow.position))).all())
