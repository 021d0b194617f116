"""Small things between Python's values and SQLite's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import cache


def insert(conn: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Add a row; its id."""
    found = conn.execute(_insertion(table, tuple(row)), tuple(row.values())).lastrowid
    assert found is not None
    return found


class Batch:
    """Rows to add, with their ids known at once: one statement a table writes them, in place of one a row.

    An id is the next after the newest, as SQLite would have it; nobody else adds rows within a turn.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn
        self._newest: dict[str, int] = {}
        self._rows: dict[str, list[tuple[object, ...]]] = {}

    def add(self, table: str, row: Mapping[str, object]) -> int:
        """Have a row added; its id."""
        if table not in self._newest:
            self._newest[table] = self.conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
        found = self._newest[table] = self._newest[table] + 1
        self._rows.setdefault(_insertion(table, ("id", *row)), []).append((found, *row.values()))
        return found

    def write(self) -> None:
        """Write the rows, table by table, in the order in which the tables were first added to."""
        for statement, rows in self._rows.items():
            self.conn.executemany(statement, rows)
        self._rows = {}


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def update(conn: sqlite3.Connection, table: str, row_id: int, row: Mapping[str, object]) -> None:
    """Change a row of a table that may change."""
    conn.execute(f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in row)} WHERE id = ?", (*row.values(), row_id))


def as_json(value: object) -> str:
    """JSON in the fewest characters; letters stay letters, so that people can read and search them."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def clean(text: str) -> str:
    """Text that SQLite can hold: without NULs and halves of characters, which JSON can smuggle in.

    >>> clean("a\\0b"), clean("\\ud83d!"), clean("ü")
    ('a\ufffdb', '?!', 'ü')
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def first_words(text: str, most: int = 60) -> str:
    """The beginning of a text, for a label.

    >>> first_words("The summit will fail, I am sure.", 20)
    'The summit will…'
    """
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else line[: most + 1].rpartition(" ")[0].rstrip(",;:. ") + "…"
