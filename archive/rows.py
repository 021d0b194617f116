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
