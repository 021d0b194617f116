"""Does the archive agree with itself? Each problem is a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from parsers.errors import Damaged

from . import blobs
from .tables import SEARCHED

#: What must give no row; the columns fill the sentence.
_CHECKS = {
    "{} {}: two of its versions overlap in time": """
        SELECT '{item}', a.{item}_id FROM {item}_version AS a JOIN {item}_version AS b
        ON b.{item}_id = a.{item}_id AND b.version = a.version + 1 WHERE a.valid_to IS NULL OR b.valid_from < a.valid_to""",
    "{} {}: a version ends before it begins": """
        SELECT '{item}', {item}_id FROM {item}_version WHERE valid_to < valid_from""",
    "{} {}: its versions are not numbered from 1": """
        SELECT '{item}', {item}_id FROM {item}_version GROUP BY {item}_id
        HAVING max(version) <> count(*) OR min(version) <> 1""",
    "{} version {}: no entry in the change log tells of it": """
        SELECT '{item}', id FROM {item}_version WHERE id NOT IN
        (SELECT after_id FROM change_log WHERE item = '{item}' AND after_id IS NOT NULL)""",
    "{} version {}: it has ended, and no entry in the change log tells of that": """
        SELECT '{item}', id FROM {item}_version WHERE valid_to IS NOT NULL AND id NOT IN
        (SELECT before_id FROM change_log WHERE item = '{item}' AND before_id IS NOT NULL)""",
    "{} version {}: the change log says that it is gone, and it is not": """
        SELECT '{item}', v.id FROM {item}_version AS v JOIN change_log ON before_id = v.id AND change_log.item = '{item}'
        WHERE valid_to IS NULL""",
    "change {1}: the {0} version that it tells of is not there": """
        SELECT '{item}', id FROM change_log WHERE item = '{item}' AND
        (after_id NOT IN (SELECT id FROM {item}_version) OR before_id NOT IN (SELECT id FROM {item}_version))""",
    "{} {}: it has no version": """
        SELECT '{item}', id FROM {item} WHERE id NOT IN (SELECT {item}_id FROM {item}_version){and_read}""",
}
_BLOBS = {
    "blob {}: its bytes are missing": "SELECT id FROM blob WHERE id NOT IN (SELECT blob_id FROM blob_data)",
    "blob {}: it stands on a patch": """
        SELECT one.id FROM blob AS one JOIN blob AS key ON key.id = one.base_id WHERE key.base_id IS NOT NULL""",
    "blob {}: its size is not what it was": """
        SELECT id FROM blob JOIN blob_data ON blob_id = id WHERE length(data) <> stored_size""",
}
MOST = 100  #: problems of one kind that are told


def problems(conn: sqlite3.Connection, deep: bool) -> Iterator[str]:
    """Everything that is wrong."""
    broken = [row[0] for row in conn.execute(f"PRAGMA integrity_check({MOST})") if row[0] != "ok"]
    yield from broken
    if broken:
        return  # what else is asked of a broken file gives nonsense
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row}: it points to a row of {parent} that is not there"
    for sentence, select in _BLOBS.items():
        yield from _told(conn, sentence, select)
    for item in ("page", "statement", "comment"):
        for sentence, select in _CHECKS.items():
            and_read = " AND reading_id IS NOT NULL" if item == "page" else ""
            yield from _told(conn, sentence, select.replace("{item}", item).replace("{and_read}", and_read))
        yield from _index(conn, item)
    if deep:
        yield from _bodies(conn)


def _told(conn: sqlite3.Connection, sentence: str, select: str) -> Iterator[str]:
    for row in conn.execute(f"{select} LIMIT {MOST}"):
        yield sentence.format(*row)


def index_problems(conn: sqlite3.Connection) -> Iterator[str]:
    """Does the search index hold what its tables hold? FTS5's own check is an INSERT, so this needs a writer's turn."""
    for table in SEARCHED:
        try:
            conn.execute(f"INSERT INTO {table}_fts({table}_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"{table}: the search index does not agree with its texts ({error})"


def _index(conn: sqlite3.Connection, item: str) -> Iterator[str]:
    """Is every version in the search index? What can be asked without writing."""
    select = f"SELECT '{item}', id FROM {item}_version WHERE id NOT IN (SELECT id FROM {item}_version_fts_docsize)"
    yield from _told(conn, "{} version {}: the search index does not have it", select)


def _bodies(conn: sqlite3.Connection) -> Iterator[str]:
    for (blob,) in conn.execute("SELECT id FROM blob ORDER BY coalesce(base_id, id), id").fetchall():
        try:
            blobs.get(conn, blob)
        except Damaged as error:
            yield f"{error.where}: {error.what}"
