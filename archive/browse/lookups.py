"""What the start page and the rows of experts, statements, comments and pages show, out of the tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from .compare import compare

Row = dict[str, Any]
Lookup = Callable[[sqlite3.Connection, int], Row]

_MANY = 500  #: rows of one kind that a page shows

#: What changed on a page after it was seen first.
_NEWS = """
SELECT c.* FROM changes AS c JOIN page AS p ON p.id = c.page_id WHERE c.at > p.first_seen_at
ORDER BY change_id DESC LIMIT 12"""
_VISIT_BEFORE = "(SELECT max(at) FROM fetch AS f WHERE f.page_id = {page} AND f.outcome <> 'error' AND f.at < {at})"


def start(conn: sqlite3.Connection) -> Row:
    """The start page: how much there is, what is new."""
    names = {"experts": "expert", "statements": "statement", "comments": "comment", "pages": "page", "visits": "fetch"}
    counts = {name: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in names.items()}
    return {
        "counts": counts,
        "roundups": _rows(conn, "SELECT * FROM roundups ORDER BY page_id DESC LIMIT 12"),
        "changes": _compared(_rows(conn, _NEWS)),
    }


def expert(conn: sqlite3.Connection, ref: int) -> Row:
    """An expert: what they were called, and all that they said."""
    called = _rows(
        conn,
        "SELECT titles, min(valid_from) AS since, count(DISTINCT statement_id) AS statements FROM statement_version"
        " WHERE expert_id = ? AND titles <> '' GROUP BY titles ORDER BY since",
        ref,
    )
    said = _rows(
        conn,
        f"""SELECT s.id, s.label, q.text AS question, p.id AS page_id, p.title AS page, p.host, v.titles, v.text, v.version,
          v.valid_to, v.ended, (SELECT min(valid_from) FROM statement_version WHERE statement_id = s.id) AS since
        FROM statement AS s JOIN page AS p ON p.id = s.page_id LEFT JOIN question AS q ON q.id = s.question_id
          JOIN statement_version AS v ON v.statement_id = s.id
            AND v.version = (SELECT max(version) FROM statement_version WHERE statement_id = s.id)
        WHERE s.id IN (SELECT statement_id FROM statement_version WHERE expert_id = ?)
        ORDER BY since DESC, s.id LIMIT {_MANY}""",
        ref,
    )
    (row,) = _rows(conn, "SELECT name FROM expert WHERE id = ?", ref)
    return row | {"called": called, "statements": said}


def statement(conn: sqlite3.Connection, ref: int) -> Row:
    """A statement: who, where, and every version beside the one before."""
    (row,) = _rows(
        conn,
        "SELECT s.id, s.position, s.expert_id, e.name AS expert, q.text AS question, p.id AS page_id, p.title AS page, p.url"
        " FROM statement AS s JOIN page AS p ON p.id = s.page_id LEFT JOIN expert AS e ON e.id = s.expert_id"
        " LEFT JOIN question AS q ON q.id = s.question_id WHERE s.id = ?",
        ref,
    )
    return row | {"versions": _versions(conn, "statement", ref, row["page_id"], ("name", "titles", "text"))}


def comment(conn: sqlite3.Connection, ref: int) -> Row:
    """A comment: what it replies to, every version, and the replies."""
    (row,) = _rows(
        conn,
        "SELECT c.*, p.title AS page, above.label AS answers FROM comment AS c JOIN page AS p ON p.id = c.page_id"
        " LEFT JOIN comment AS above ON above.id = c.parent_id WHERE c.id = ?",
        ref,
    )
    replies = _rows(conn, f"SELECT id, label, posted_at FROM comment WHERE parent_id = ? ORDER BY id LIMIT {_MANY}", ref)
    versions = _versions(conn, "comment", ref, row["page_id"], ("author", "title", "text"))
    return row | {"versions": versions, "replies": replies}


def page(conn: sqlite3.Connection, ref: int) -> Row:
    """A page as it reads now, and how it came to."""
    (row,) = _rows(conn, "SELECT * FROM page WHERE id = ?", ref)
    text = _rows(conn, "SELECT * FROM page_version WHERE page_id = ? AND valid_to IS NULL", ref)
    said = _rows(
        conn,
        f"""SELECT s.id, v.name, v.titles, v.text, v.version, v.expert_id, q.text AS question FROM statement AS s
          JOIN statement_version AS v ON v.statement_id = s.id AND v.valid_to IS NULL
          LEFT JOIN question AS q ON q.id = s.question_id
        WHERE s.page_id = ? ORDER BY s.position, s.id LIMIT {_MANY}""",
        ref,
    )
    rules = _rows(
        conn,
        "SELECT coalesce(rule, 'left over') AS rule, count(*) AS lines FROM dropped WHERE page_id = ?"
        " GROUP BY 1 ORDER BY 2 DESC",
        ref,
    )
    changes = _rows(conn, f"SELECT * FROM changes WHERE page_id = ? ORDER BY change_id DESC LIMIT {_MANY}", ref)
    first = changes[-1]["at"] if changes else ""
    visits = "SELECT outcome, count(*) AS visits FROM fetch WHERE page_id = ? GROUP BY 1"
    return row | {
        "text": text[0] if text else None,
        "statements": said,
        "comments": _thread(conn, ref),
        "rules": rules,
        "changes": _compared([change for change in changes if change["at"] != first]),
        "visits": _rows(conn, visits, ref),
    }


def _versions(conn: sqlite3.Connection, item: str, ref: int, page_id: int, parts: tuple[str, ...]) -> list[Row]:
    """Newest first, each with what differs from the one before, and the last visit that did not see it yet."""
    columns = ", ".join(f"v.{part}" for part in parts)
    before = _VISIT_BEFORE.format(page="?", at="v.valid_from")
    found = _rows(
        conn,
        f"""SELECT v.id, v.version, {columns}, v.valid_from, v.valid_to, v.ended, {before} AS visit_before, r.capture_id,
          (SELECT cause FROM change_log WHERE item = '{item}' AND after_id = v.id) AS cause
        FROM {item}_version AS v JOIN reading AS r ON r.id = v.reading_id WHERE {item}_id = ?
        ORDER BY v.version LIMIT {_MANY}""",
        page_id,
        ref,
    )
    for old, new in zip([None, *found], found, strict=False):
        new["parts"] = {part: compare(old[part] if old else new[part], new[part]) for part in parts}
    return found[::-1]


def _thread(conn: sqlite3.Connection, page_id: int) -> list[Row]:
    """The comments in the order of a conversation, each with its depth."""
    rows = _rows(
        conn,
        f"""SELECT c.id, c.parent_id, c.kind, c.posted_at, v.author, v.text, v.version FROM comment AS c
        JOIN comment_version AS v ON v.comment_id = c.id AND v.valid_to IS NULL WHERE c.page_id = ?
        ORDER BY c.id LIMIT {_MANY}""",
        page_id,
    )
    shown = {row["id"] for row in rows}
    below: dict[int | None, list[Row]] = {}
    for row in rows:
        below.setdefault(row["parent_id"] if row["parent_id"] in shown else None, []).append(row)
    thread: list[Row] = []
    stack = [(row, 0) for row in reversed(below.get(None, []))]
    while stack:
        row, depth = stack.pop()
        thread.append(row | {"depth": min(depth, 8)})
        stack += [(reply, depth + 1) for reply in reversed(below.pop(row["id"], []))]
        if not stack and below:  # comments that answer one another in a circle hang on nothing
            stack = [(row, 0) for row in below.pop(next(iter(below)))[:1]]
    return thread


def _compared(changes: list[Row]) -> list[Row]:
    """Changes with their words side by side."""
    return [change | {"words": compare(change["before"] or "", change["after"] or "")} for change in changes]


def _rows(conn: sqlite3.Connection, sql: str, *values: object) -> list[Row]:
    cursor = conn.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


LOOKUPS: dict[str, Lookup] = {"expert": expert, "statement": statement, "comment": comment, "page": page}
