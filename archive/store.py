"""The archive as its users see it: what can be kept, recorded and asked. All else in this package is behind it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from parsers.errors import PipelineError
from parsers.model import Bundle, Capture, Change, Parsed

from . import evidence
from .agenda import Agenda, Backfill
from .evidence import Validators
from .health import Watching
from .hosts import Hosts
from .incidents import Incidents
from .opening import PATIENCE, File, open_file
from .pages import page_of
from .recording import extras_of, last_reading, record
from .rows import as_json, clean
from .search import Found, find
from .timeline import Entry, Summary, entries, summary
from .times import spoken, stamp
from .verify import index_problems, problems


def _unheard(_: str) -> None:
    """Nobody asks what was noted."""


class Archive:
    """One archive file. `with Archive.open(path) as archive:`; every method is one transaction, unless they are `together`."""

    def __init__(self, file: File) -> None:
        self._file = file
        self.hosts = Hosts(file)  #: when each host was last asked, and who asks it now

    @classmethod
    def open(
        cls, path: Path | str, *, create: bool = True, read_only: bool = False, patience: float = PATIENCE
    ) -> Archive:
        """Open an archive, and make it where there is none and `create` says so; `patience` is how many seconds to wait
        for a turn to write.

        Raises NotAnArchive, ArchiveTooNew, ArchiveBusy and Damaged.
        """
        return cls(open_file(Path(path), create=create, read_only=read_only, patience=patience))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.hosts.close()
        self._file.close()

    @property
    def path(self) -> Path:
        """Where the archive lies."""
        return self._file.path

    def together(self) -> AbstractContextManager[object]:
        """What is written within this is one transaction. Never await in it: another task's writes would fall into it."""
        return self._file.writing()

    # ---- evidence

    def keep(self, capture: Capture, *, run: int | None = None, ignored_robots: bool = False, page: str = "") -> int:
        """Note a visit, and keep what came where it differs from what came before; the capture's id.

        `page` says for an extra (a comment page, an API's answer) whose it is; else the reading that uses it will.
        """
        with self._file.writing() as conn:
            return evidence.keep(conn, capture, run, ignored_robots, page_of(conn, page) if page else None)

    def note_failure(self, url: str, error: PipelineError, *, at: datetime, run: int | None = None) -> None:
        """Note a visit that gave nothing. It closes nothing."""
        with self._file.writing() as conn:
            evidence.note_failure(conn, url, error, at, run)

    def note_not_modified(self, url: str, *, at: datetime | None = None, run: int | None = None) -> None:
        """Note that the server called the newest capture still good (304)."""
        with self._file.writing() as conn:
            evidence.note_not_modified(conn, url, at, run)

    # ---- claims and history

    def record(
        self, bundle: Bundle, parsed: Parsed, *, seen_at: datetime, run: int | None = None, cause: str = "page",
        note: Callable[[str], object] = _unheard,
    ) -> tuple[Change, ...]:  # fmt: skip
        """Fold a reading into the history of its page; what it changed. The same content again changes nothing.

        `cause="parser"` says that these bytes were read before, by another parser: then the differences are ours and not
        the author's. To meet a new parser, record the bundle of `last_read` so before recording what has come since. `note`
        hears what was not closed and why, and that a capture was too old to be folded in.
        """
        with self._file.writing() as conn:
            return record(conn, bundle, parsed, seen_at, run, cause, note)

    # ---- questions

    def known(self, url: str) -> Validators | None:
        """What to make a conditional request with; None where the newest capture has not been read, since then a "not
        modified" would keep it from being read for good, and where the server gave nothing to ask with."""
        with self._file.reading() as conn:
            return evidence.validators(conn, page_of(conn, url))

    def parser_of(self, url: str) -> str | None:
        """The parser that read the page last; None where none has."""
        with self._file.reading() as conn:
            last = last_reading(conn, page_of(conn, url))
        return last.parser if last else None

    def last_read(self, url: str) -> Bundle | None:
        """The captures that the page's history was last read from."""
        with self._file.reading() as conn:
            last = last_reading(conn, page_of(conn, url))
            if last is None:
                return None
            extras = extras_of(conn, last.reading)
            return Bundle(evidence.load(conn, last.capture), tuple(evidence.load(conn, extra) for extra in extras))

    def latest(self, url: str) -> Bundle | None:
        """The newest capture of a page and what was fetched for it, read or not."""
        with self._file.reading() as conn:
            page = page_of(conn, url)
            newest = evidence.newest(conn, page)
            if newest is None:
                return None
            extras = evidence.extras_for(conn, page, newest)
            return Bundle(evidence.load(conn, newest), tuple(evidence.load(conn, extra) for extra in extras))

    def captures(self, url: str) -> tuple[Capture, ...]:
        """Every capture of the page, oldest first."""
        with self._file.reading() as conn:
            rows = conn.execute(
                "SELECT id FROM capture WHERE page_id = ? AND role = 'page' ORDER BY captured_at, id", (page_of(conn, url),)
            ).fetchall()
            return tuple(evidence.load(conn, row[0]) for row in rows)

    def has(self, capture: Capture) -> bool:
        """True where the archive has these bytes of this time, and has read them or what came after them."""
        with self._file.reading() as conn:
            return evidence.has(conn, capture)

    def pages(self) -> tuple[str, ...]:
        """The addresses of all pages, in the order in which they came."""
        with self._file.reading() as conn:
            return tuple(row[0] for row in conn.execute("SELECT url FROM page ORDER BY id"))

    def history(self, url: str) -> tuple[Entry, ...]:
        """What changed on a page and when, newest last."""
        with self._file.reading() as conn:
            return entries(conn, page_of(conn, url))

    def summary(self, url: str) -> Summary | None:
        """How the page stands now; None where the archive does not have it."""
        with self._file.reading() as conn:
            return summary(conn, page_of(conn, url))

    def search(self, query: str, limit: int = 20) -> tuple[Found, ...]:
        """Statements, comments and pages that hold all these words, the best first; past versions too."""
        with self._file.reading() as conn:
            return find(conn, query, limit)

    def verify(self, deep: bool = False) -> tuple[str, ...]:
        """What is wrong with the archive, a sentence each; `deep` also unfolds every body and compares its hash."""
        with self._file.reading() as conn:
            found = tuple(problems(conn, deep))
        if found or self._file.read_only:
            return found
        with self._file.writing() as conn:
            return tuple(index_problems(conn))

    # ---- the working book

    @property
    def agenda(self) -> Agenda:
        """What is to be looked at, and when."""
        return Agenda(self._file)

    def backfill(self, source: str) -> Backfill:
        """A source's walk through its past."""
        return Backfill(self._file, source)

    @property
    def incidents(self) -> Incidents:
        """What is wrong, and whether somebody has been told."""
        return Incidents(self._file)

    @property
    def watching(self) -> Watching:
        """How the watching goes."""
        return Watching(self._file)

    # ---- runs

    def begin_run(self, command: str, at: datetime | None = None) -> int:
        """Note that a run has begun; its number, for what it will write."""
        began = stamp(at or datetime.now(UTC))
        row = (clean(f"{spoken(began)} {command}"), clean(command), began, os.getpid(), socket.gethostname())
        with self._file.writing() as conn:
            run = conn.execute("INSERT INTO run (label, command, started_at, pid, host) VALUES (?, ?, ?, ?, ?)", row).lastrowid
        assert run is not None
        return run

    def end_run(
        self, run: int, status: str = "ok", *, at: datetime | None = None, counts: Mapping[str, int] | None = None
    ) -> None:
        """Note that a run has ended, how (ok, some or all pages failed, failed, interrupted), and what it did."""
        row = (stamp(at or datetime.now(UTC)), status, as_json(dict(counts or {})), run)
        with self._file.writing() as conn:
            conn.execute("UPDATE run SET ended_at = ?, status = ?, counts = ? WHERE id = ?", row)
