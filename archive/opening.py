"""One archive file: opened, checked, migrated, and written by one process at a time.

SQLite's own lock would do for the rows, but not for SQLite before 3.51.3, where two writers at a checkpoint can damage a WAL
file; and it cannot tell who holds it. So every writer first takes a lock on the file `<archive>.lock`, which the system
releases when a process dies.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from parsers.errors import ArchiveBusy, ArchiveError, ArchiveTooNew, Damaged, NotAnArchive

from .lock import Lock
from .tables import APPLICATION_ID, NEWEST

PATIENCE = 60.0  #: seconds that a writer waits for its turn; a turn is one page
_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_BROKEN = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
_TROUBLE = {
    sqlite3.SQLITE_FULL: "the disk is full; make room and run again, nothing that was kept is lost",
    sqlite3.SQLITE_READONLY: "the file or its folder cannot be written; mind its owner and permissions",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened; mind its owner and permissions",
    sqlite3.SQLITE_IOERR: "the disk gives an error",
}


class File:
    """An open archive. `reading` and `writing` are the only ways to its connection."""

    def __init__(self, path: Path, conn: sqlite3.Connection, *, read_only: bool, patience: float) -> None:
        self.path, self.read_only = path, read_only
        self._conn, self._lock = conn, Lock(path, patience)
        self._in_turn = False
        self._later: list[Callable[[sqlite3.Connection], None]] = []

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A view of the archive that no writer changes half-way. May be nested, also in `writing`."""
        with _told(self.path):
            if self._conn.in_transaction:
                yield self._conn
                return
            self._conn.execute("BEGIN")
            try:
                yield self._conn
            finally:
                if self._conn.in_transaction:
                    self._conn.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing; within another one, a part of it. Raises ArchiveBusy where no turn comes."""
        if self.read_only:
            raise ArchiveError(f"{self.path}: it was opened to be read only")
        if self._in_turn:
            yield self._conn
            return
        with _told(self.path), self._lock:
            self._conn.execute("BEGIN IMMEDIATE")
            self._in_turn = True
            try:
                for write in self._later:
                    write(self._conn)
                yield self._conn
                self._conn.execute("COMMIT")
                self._later.clear()
            except BaseException:
                if self._conn.in_transaction:
                    self._conn.execute("ROLLBACK")
                raise
            finally:
                self._in_turn = False

    def later(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Write this with our next turn, whatever that is for; `close` sees to the last ones. A kill may lose it."""
        self._later.append(write)

    def close(self) -> None:
        """Let go of the file. The last to close it folds the write-ahead log into it, which is writing, so in turn."""
        try:
            if self.read_only:
                self._conn.close()
                return
            if self._later:
                with self.writing():
                    pass
            with self._lock:
                self._conn.close()
        except ArchiveError:
            pass  # somebody else has it open, and we are not the last
        finally:
            self._conn.close()
            self._lock.close()


def open_file(path: Path, *, create: bool, read_only: bool, patience: float = PATIENCE) -> File:
    """Open an archive, made new where there is none and `create` says so. Raises ArchiveError."""
    try:
        _check_place(path, create=create and not read_only)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise NotAnArchive(f"{path}: it cannot be reached ({reason}); mind the path and its permissions") from error
    with _told(path):
        if path.exists() and path.stat().st_size:
            _check_ours(path)
        elif read_only:
            raise NotAnArchive(f"{path}: the file is empty; archive a page into it first")
        conn = _connect(path, read_only)
        try:
            if not read_only:
                _prepare(path, conn, patience)
        except BaseException:
            conn.close()
            raise
        return File(path, conn, read_only=read_only, patience=patience)


def _check_place(path: Path, *, create: bool) -> None:
    if "\0" in str(path):
        raise ValueError("there is a NUL in it")
    if path.is_dir():
        raise NotAnArchive(f"{path}: this is a folder; give the path of a file in it, such as {path / 'archive.db'}")
    if not path.exists():
        if not create:
            raise NotAnArchive(f"{path}: there is no such archive; mind the path, or archive a page first")
        if not path.parent.is_dir():
            raise NotAnArchive(f"{path}: the folder {path.parent} is not there; make it first")
        if not os.access(path.parent, os.W_OK):
            raise NotAnArchive(f"{path}: the folder {path.parent} cannot be written; mind its owner, or choose another path")
    elif not os.access(path, os.R_OK):
        raise NotAnArchive(f"{path}: the file cannot be read; mind its owner and permissions")
    elif create and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise NotAnArchive(f"{path}: the file or its folder cannot be written; mind its owner and permissions")


def _check_ours(path: Path) -> None:
    """Raise where the file is another program's, or a later version's. Nothing is written."""
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise NotAnArchive(f"{path}: this is not an archive of ours but some other file; give another path")
    conn = _connect(path, read_only=True)
    try:
        ours = conn.execute("PRAGMA application_id").fetchone()[0]
        found = conn.execute("PRAGMA user_version").fetchone()[0]
        empty = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    finally:
        conn.close()
    if ours != APPLICATION_ID and not (empty and ours == 0):
        raise NotAnArchive(f"{path}: this is an SQLite file of another program; give another path")
    if found > NEWEST:
        raise ArchiveTooNew(str(path), found, NEWEST)


def _connect(path: Path, read_only: bool) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    try:
        place = f"{address}?mode={'ro' if read_only else 'rwc'}"
        conn = sqlite3.connect(place, uri=True, timeout=10, isolation_level=None, cached_statements=512)
        conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if not read_only or error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # A folder that we may not write has no place for WAL's index; then nobody writes there, and this is safe.
        conn = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA busy_timeout = 10000")
    return conn


def _prepare(path: Path, conn: sqlite3.Connection, patience: float) -> None:
    """Set what lasts, and bring the schema up to date where it is not."""
    if conn.execute("PRAGMA user_version").fetchone()[0] < NEWEST:
        from .schema import migrate  # here, since sqlite-utils takes longer to load than an archive to open

        with closing(Lock(path, patience)) as lock, lock:
            conn.execute("PRAGMA journal_mode = WAL")
            if conn.execute("PRAGMA user_version").fetchone()[0] < NEWEST:  # nobody did it while we waited
                migrate(conn)
    # NORMAL: a kill loses nothing; a power cut may lose the last pages, never the file.
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute("PRAGMA wal_autocheckpoint = 4000")  # pages, 16 MB: the only time that a writer waits for the disk
    conn.execute("PRAGMA cache_size = -32000")  # KiB


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's errors in our words."""
    try:
        yield
    except Damaged as error:
        raise error if error.where.startswith(str(path)) else Damaged(f"{error.where}: {error.what}", str(path)) from error
    except sqlite3.IntegrityError:
        raise  # a bug of ours: a constraint or an append-only trigger has stopped it
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise ArchiveBusy(f"{path}: another program is writing to it; try again when it has ended") from error
        if code in _BROKEN:
            way_out = "put a backup in its place, or save what can be read with sqlite3's .recover"
            raise Damaged(f"the file is damaged ({error}); {way_out}", str(path)) from error
        if code in _TROUBLE:
            raise ArchiveError(f"{path}: {_TROUBLE[code]}") from error
        raise
