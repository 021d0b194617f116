"""How a page changed, and how it stands now, for people to read."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from parsers.model import Change

from .diff import page_facets
from .state import stored_text
from .telling import Facets, facets_of, told
from .times import moment, moment_or_none

_LOG = """
SELECT change_log.id, at, change_log.item, change_log.kind, cause, before_id, after_id, coalesce(statement.key, comment.key, '')
FROM change_log LEFT JOIN statement ON statement.id = statement_id LEFT JOIN comment ON comment.id = comment_id
WHERE change_log.page_id = ? ORDER BY change_log.id"""
_VISITS = ("captured", "same-bytes", "not-modified")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change in a page's history."""

    at: datetime  #: when it was seen first: the author made it some time between the visit before and this
    change: Change
    cause: str  #: page: the author's; parser: ours; either: both the page and the parser were new
    number: int  #: of the change, over the whole archive


@dataclass(frozen=True, slots=True)
class Summary:
    """How a page stands."""

    url: str
    title: str
    verdict: str  #: empty where the page was kept and never read
    statements: int  #: on the page now
    comments: int
    comments_status: str
    captures: int  #: bodies kept
    visits: int  #: answered ones
    failures: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    parser: str
    notes: tuple[str, ...]  #: of the newest reading


def entries(conn: sqlite3.Connection, page: int | None) -> tuple[Entry, ...]:
    """The change log of one page."""
    return tuple(
        Entry(moment(at), _change(conn, item, kind, key, before, after), cause, number)
        for number, at, item, kind, cause, before, after, key in conn.execute(_LOG, (page,)).fetchall()
    )


def summary(conn: sqlite3.Connection, page: int | None) -> Summary | None:
    """The page's newest state."""
    row = conn.execute(
        "SELECT page.url, title, page.verdict, page.comments_status, first_seen_at, parser.label, notes FROM page"
        " LEFT JOIN reading ON reading.id = reading_id LEFT JOIN parser ON parser.id = parser_id WHERE page.id = ?",
        (page,),
    ).fetchone()
    if row is None:
        return None
    url, title, verdict, status, first, parser, notes = row
    visits = dict(conn.execute("SELECT outcome, count(*) FROM fetch WHERE page_id = ? GROUP BY outcome", (page,)).fetchall())
    last = conn.execute("SELECT max(at) FROM fetch WHERE page_id = ? AND outcome <> 'error'", (page,)).fetchone()[0]
    return Summary(
        url, title, verdict or "", _open(conn, "statement", page), _open(conn, "comment", page), status or "none",
        conn.execute("SELECT count(*) FROM capture WHERE page_id = ? AND role = 'page'", (page,)).fetchone()[0],
        sum(visits.get(outcome, 0) for outcome in _VISITS), visits.get("error", 0),
        moment_or_none(first), moment_or_none(last), parser or "", tuple(json.loads(notes or "[]")),
    )  # fmt: skip


def _open(conn: sqlite3.Connection, item: str, page: int | None) -> int:
    found: int = conn.execute(
        f"SELECT count(*) FROM {item} JOIN {item}_version ON {item}_id = {item}.id WHERE page_id = ? AND valid_to IS NULL",
        (page,),
    ).fetchone()[0]
    return found


def _change(conn: sqlite3.Connection, item: str, kind: str, key: str, before: int | None, after: int | None) -> Change:
    if item == "page":
        title, was, now = _page(conn, after)[0], _page(conn, before)[1], _page(conn, after)[1]
        return told(kind, item, key, title, was, now, 0)
    facets = _statement if item == "statement" else _comment
    gone, here = facets(conn, before), facets(conn, after)
    return told(kind, item, key, (here or gone or ("",))[0], gone, here, 2)


def _page(conn: sqlite3.Connection, version: int | None) -> tuple[str, Facets | None]:
    text = stored_text(conn, "id = ?", version)
    return (text.title, page_facets(text)) if text else ("", None)


def _statement(conn: sqlite3.Connection, version: int | None) -> Facets | None:
    row = conn.execute(
        "SELECT name, honorific, titles, text, links FROM statement_version WHERE id = ?", (version,)
    ).fetchone()
    if row is None:
        return None
    name, honorific, called, text, links = row
    return facets_of(name, honorific, called, text, json.loads(links))


def _comment(conn: sqlite3.Connection, version: int | None) -> Facets | None:
    row: Facets | None = conn.execute("SELECT author, title, text FROM comment_version WHERE id = ?", (version,)).fetchone()
    return row
