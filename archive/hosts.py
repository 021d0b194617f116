"""When each host was last asked, by whichever process, so that all of them together stay polite.

Times are kept to the microsecond, since a gap may be a fraction of a second. That a request is on its way is no time but a
lock, on one byte for each host of the file that writers lock whole: the system lets go of it when a process dies (fcntl(2),
which knows nothing of the writers' flock(2)).
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from .opening import File
from .rows import clean
from .times import moment_or_none

Times = tuple[datetime | None, datetime | None, datetime | None]  #: last request, last page, not before


class Hosts:
    """The book of hosts."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._locks = -1

    def begin(self, name: str) -> bool:
        """Take a host for one request. False where a request of another process is on its way to it."""
        if self._locks < 0:
            self._locks = os.open(f"{self._file.path}.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.lockf(self._locks, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(name))
        except (BlockingIOError, PermissionError):
            return False
        return True

    def end(self, name: str) -> None:
        """The request has ended."""
        if self._locks >= 0:
            fcntl.lockf(self._locks, fcntl.LOCK_UN, 1, _byte(name))

    def close(self) -> None:
        """Let go of all hosts."""
        if self._locks >= 0:
            os.close(self._locks)
            self._locks = -1

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


def _byte(name: str) -> int:
    """Far behind the holder's name. Two hosts that fall on one byte wait for each other, and no more."""
    return 2**20 + zlib.crc32(name.encode())


def _change(conn: sqlite3.Connection, name: str, how: Callable[[Times], Times]) -> None:
    known = _times(conn, name)
    times = how(known)
    if times != known:
        conn.execute("INSERT OR REPLACE INTO host VALUES (?, ?, ?, ?)", (clean(name), *map(_written, times)))


def _times(conn: sqlite3.Connection, name: str) -> Times:
    row = conn.execute("SELECT last, last_page, not_before FROM host WHERE name = ?", (clean(name),)).fetchone()
    last, last_page, not_before = map(moment_or_none, row or (None, None, None))
    return last, last_page, not_before


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
