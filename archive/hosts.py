"""When each host was last asked, by whichever process, so that all of them together stay polite.

Times are kept to the microsecond, since a gap may be a fraction of a second.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from .opening import File
from .rows import clean

Times = tuple[datetime | None, datetime | None, datetime | None]  #: last request, last page, not before


class Hosts:
    """The book of hosts."""

    def __init__(self, file: File) -> None:
        self._file = file

    def change(self, name: str, how: Callable[[Times], Times], *, now: bool = True) -> None:
        """Replace a host's times by what `how` makes of them, in one transaction; where it is not known, of three Nones.

        With `now` false it is written with the next turn of this process.
        """
        if not now:
            self._file.later(partial(_change, name=name, how=how))
            return
        with self._file.writing() as conn:
            _change(conn, name, how)

    def get(self, name: str) -> Times:
        """A host's times."""
        with self._file.reading() as conn:
            return _times(conn, name)

    def names(self) -> list[str]:
        """Every host that was ever asked."""
        with self._file.reading() as conn:
            return [name for (name,) in conn.execute("SELECT name FROM host ORDER BY name")]


def _change(conn: sqlite3.Connection, name: str, how: Callable[[Times], Times]) -> None:
    known = _times(conn, name)
    times = how(known)
    if times != known:
        conn.execute("INSERT OR REPLACE INTO host VALUES (?, ?, ?, ?)", (clean(name), *map(_written, times)))


def _times(conn: sqlite3.Connection, name: str) -> Times:
    row = conn.execute("SELECT last, last_page, not_before FROM host WHERE name = ?", (clean(name),)).fetchone()
    return (_read(row[0]), _read(row[1]), _read(row[2])) if row else (None, None, None)


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
