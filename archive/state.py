"""The state of one page's history, out of the tables: what `diff` calls known."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import fields, replace
from typing import Any, TypeVar

from parsers.model import Comment, Expert, Link, Position, Question, Statement

from .diff import Held, Known, PageText

T = TypeVar("T", Statement, Comment)
_TEXT = tuple(field.name for field in fields(PageText))  # columns of page_version have the same names
_LISTS = frozenset(("questions", "captions", "tags"))  # which are JSON there

#: Of each item its newest version, open or not.
_STATEMENTS = """
SELECT statement.id, valid_to IS NULL, statement.key, v.name, honorific, expert_url, byline, how, v.text,
       coalesce(question.key, ''), position, links, place, v.id
FROM statement JOIN statement_version AS v ON v.statement_id = statement.id
AND version = (SELECT max(version) FROM statement_version WHERE statement_id = statement.id)
LEFT JOIN question ON question.id = question_id WHERE statement.page_id = ?
ORDER BY position, statement.id"""
_COMMENTS = """
SELECT comment.id, valid_to IS NULL, comment.key, v.text, v.author, comment.author_url, comment.posted_at, comment.permalink,
       coalesce(parent.key, ''), comment.kind, comment.approximate, v.title
FROM comment JOIN comment_version AS v ON v.comment_id = comment.id LEFT JOIN comment AS parent ON parent.id = comment.parent_id
WHERE comment.page_id = ? AND version = (SELECT max(version) FROM comment_version WHERE comment_id = comment.id)
ORDER BY comment.id"""
_POSITIONS = """
SELECT v.id, role, affiliation FROM statement JOIN statement_version AS v ON v.statement_id = statement.id
AND version = (SELECT max(version) FROM statement_version WHERE statement_id = statement.id)
JOIN position ON statement_version_id = v.id WHERE page_id = ? ORDER BY v.id, position.place"""

#: All names that items had that have gone: who returns may do so under an earlier one.
_NAMES = """
SELECT {item}.id, v.{name} FROM {item} JOIN {item}_version AS v ON v.{item}_id = {item}.id WHERE page_id = ?
AND NOT EXISTS (SELECT 1 FROM {item}_version WHERE {item}_id = {item}.id AND valid_to IS NULL) ORDER BY v.id"""


def known_of(conn: sqlite3.Connection, page: int) -> Known:
    """What the archive knows of a page."""
    now = stored_text(conn, "page_id = ? AND valid_to IS NULL", page)
    return Known(now, _questions(conn, page), _statements(conn, page), _comments(conn, page))


def stored_text(conn: sqlite3.Connection, where: str, ref: int | None) -> PageText | None:
    """The page version of which `where` is true, SQL with one `?` for `ref`; None where there is none."""
    row = conn.execute(f"SELECT {', '.join(_TEXT)} FROM page_version WHERE {where}", (ref,)).fetchone()
    if row is None:
        return None
    found: dict[str, Any] = dict(zip(_TEXT, row, strict=True))
    return PageText(**found | {name: tuple(json.loads(found[name])) for name in _LISTS})


def _questions(conn: sqlite3.Connection, page: int) -> tuple[Question, ...]:
    rows = conn.execute("SELECT key, text, source FROM question WHERE page_id = ? ORDER BY id", (page,))
    return tuple(Question(*row) for row in rows)


def _statements(conn: sqlite3.Connection, page: int) -> tuple[Held[Statement], ...]:
    positions: defaultdict[int, list[Position]] = defaultdict(list)
    for version, role, affiliation in conn.execute(_POSITIONS, (page,)):
        positions[version].append(Position(role, affiliation))
    found = []
    for ref, is_open, key, name, honorific, url, byline, how, text, question, position, links, place, version in conn.execute(
        _STATEMENTS, (page,)
    ):
        expert = Expert(name, honorific, tuple(positions[version]), url, byline, how)
        linked = tuple(Link(*pair) for pair in json.loads(links))
        found.append(Held(ref, Statement(key, expert, text, question, position, linked, place), bool(is_open)))
    return _with_names(conn, page, found, _NAMES.format(item="statement", name="name"))


def _comments(conn: sqlite3.Connection, page: int) -> tuple[Held[Comment], ...]:
    found = [
        Held(ref, Comment(key, text, author, url, posted, link, parent, kind, bool(approximate), title), bool(is_open))
        for ref, is_open, key, text, author, url, posted, link, parent, kind, approximate, title in conn.execute(
            _COMMENTS, (page,)
        )
    ]
    return _with_names(conn, page, found, _NAMES.format(item="comment", name="author"))


def _with_names(conn: sqlite3.Connection, page: int, items: list[Held[T]], select: str) -> tuple[Held[T], ...]:
    """The items, those that have gone with all the names that they had."""
    if all(one.open for one in items):
        return tuple(items)
    names: defaultdict[int, list[str]] = defaultdict(list)
    for ref, name in conn.execute(select, (page,)):
        names[ref].append(name)
    return tuple(one if one.open else replace(one, names=tuple(names[one.ref])) for one in items)
