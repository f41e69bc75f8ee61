"""Full-text search over items and notes, as one types.

The index keeps the row id of an entry in `item.seq` or `note.seq`. Words are matched by their beginning, without
regard to case or accents, and all of them have to be there.
"""

import re

from studyapp.storage.payloads import Words
from studyapp.storage.session import Session

_WORD = re.compile(r"\w+")

_RANKED_AT_MOST = 1000
"""Ranking reads every hit; beyond this many the hits whose title matches come first, in the order of the library."""


def index(session: Session, entries: list[tuple[int, Words]]) -> None:
    """Make entries findable by these words and no longer by former ones."""
    unindex(session, [seq for seq, _ in entries])
    index_new(session, entries)


def index_new(session: Session, entries: list[tuple[int, Words]]) -> None:
    """Make entries findable that were not so before."""
    if entries:
        session.run_each(
            "INSERT INTO entry_text (rowid, title, body) VALUES (:seq, :title, :body)",
            ({"seq": seq, "title": words.title, "body": words.body} for seq, words in entries),
        )


def unindex(session: Session, seqs: list[int]) -> None:
    """Make entries unfindable."""
    if seqs:
        session.run_each("DELETE FROM entry_text WHERE rowid = :seq", ({"seq": seq} for seq in seqs))


def match_expression(typed: str) -> str:
    """What was typed, as an FTS5 expression; empty when it holds no word."""
    # Quoting makes a word of FTS5's own (AND, NEAR, *) an ordinary one.
    return " ".join(f'"{word}"*' for word in _WORD.findall(typed))


def find(session: Session, typed: str, limit: int) -> list[int]:
    """`seq` of the entries that hold every word typed, best first, at most `limit`."""
    expression = match_expression(typed)
    if not expression:
        return []
    hits = _rowids(session, _UNRANKED, expression, _RANKED_AT_MOST + 1)
    if len(hits) <= _RANKED_AT_MOST:
        return _rowids(session, _RANKED, expression, limit) if hits else []
    first = _rowids(session, _UNRANKED, f"{{title}} : ({expression})", limit)
    return list(dict.fromkeys([*first, *hits]))[:limit]


_UNRANKED = "SELECT rowid FROM entry_text WHERE entry_text MATCH :expression LIMIT :limit"
# A word in the title weighs ten times one in the body.
_RANKED = (
    "SELECT rowid FROM entry_text WHERE entry_text MATCH :expression ORDER BY bm25(entry_text, 10.0, 1.0) LIMIT :limit"
)


def _rowids(session: Session, statement: str, expression: str, limit: int) -> list[int]:
    return [seq for (seq,) in session.rows(statement, {"expression": expression, "limit": limit})]
