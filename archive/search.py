"""Full-text search. What a person types is taken as words, never as FTS5's query language."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_SELECT = """
SELECT '{item}', v.{label}, page.url, page.title, snippet({item}_version_fts, -1, '', '', '…', 24), v.valid_to IS NULL,
       v.id, bm25({item}_version_fts)
FROM {item}_version_fts JOIN {item}_version AS v ON v.id = {item}_version_fts.rowid {join} JOIN page ON page.id = {of}.page_id
WHERE {item}_version_fts MATCH ?"""
#: item → the column that names it, how its version leads to it, and which of them knows the page.
_ITEMS = {
    "page": ("title", "", "v"),
    "statement": ("name", "JOIN statement ON statement.id = v.statement_id", "statement"),
    "comment": ("author", "JOIN comment ON comment.id = v.comment_id", "comment"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One version that holds the words."""

    item: str  #: page, statement, comment
    label: str  #: a title, an expert's or a reader's name
    url: str
    title: str  #: of the page
    excerpt: str
    now: bool  #: False: a version of the past
    version: int  #: id in the item's table of versions


def find(conn: sqlite3.Connection, query: str, limit: int) -> tuple[Found, ...]:
    """What holds all the words, what is on the page now before what was, the best first."""
    match = quoted(query)
    if not match:
        return ()
    parts = [_SELECT.format(item=item, label=label, join=join, of=of) for item, (label, join, of) in _ITEMS.items()]
    rows = conn.execute(f"{' UNION ALL '.join(parts)} ORDER BY 6 DESC, 8 LIMIT ?", (*[match] * len(parts), limit))
    return tuple(
        Found(item, label, url, title, excerpt, bool(now), version)
        for item, label, url, title, excerpt, now, version, _ in rows
    )


def quoted(query: str) -> str:
    """Each word as an FTS5 string.

    >>> quoted('AND "north korea" NOT*')
    '"AND" "north" "korea" "NOT*"'
    """
    words = (word.replace('"', "") for word in query.replace("\0", " ").split()[:32])
    return " ".join(f'"{word}"' for word in words if word)
