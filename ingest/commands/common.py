"""What several commands do alike: open the archive, enter a run in its books, say how they were called."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import Archive

from ..config import Config
from ..report import Report


@contextmanager
def opened(config: Config, *, create: bool = True, read_only: bool = False) -> Iterator[Archive]:
    """The archive that the config names. Raises ArchiveError."""
    archive = Archive.open(Path(config.archive.path), create=create, read_only=read_only)
    try:
        yield archive
    finally:
        archive.close()


@contextmanager
def running(archive: Archive, command: str, report: Report) -> Iterator[int]:
    """A run in the archive's books, closed with how it ended and with what was reported meanwhile."""
    run, before = archive.begin_run(command), report.counts()
    status = "interrupted"
    try:
        yield run
        status = ""
    except Exception:
        status = "failed"
        raise
    finally:
        counts = report.counts() - before
        archive.end_run(run, status or how_it_went(counts), counts=counts)


def how_it_went(counts: Counter[str]) -> str:
    """How a run ended that came to its end.

    >>> how_it_went(Counter(archived=1)), how_it_went(Counter(archived=1, failed=1)), how_it_went(Counter(failed=2))
    ('ok', 'some pages failed', 'all pages failed')
    """
    if not counts["failed"]:
        return "ok"
    others = [what for what in counts if what not in ("failed", "changes") and counts[what]]
    return "some pages failed" if others else "all pages failed"


def command_line() -> str:
    """The command as it was called, for the archive's books; addresses without their secrets."""
    from ..web.address import is_url, public

    return " ".join(["ingest", *(public(word) if is_url(word) else word for word in sys.argv[1:])])
