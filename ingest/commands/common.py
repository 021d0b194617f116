"""What several commands do alike: open the archive, enter a run in its books, say how they were called."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import Archive

from ..config import Config


@contextmanager
def opened(config: Config, *, create: bool = True, read_only: bool = False) -> Iterator[Archive]:
    """The archive that the config names. Raises ArchiveError."""
    archive = Archive.open(Path(config.archive.path), create=create, read_only=read_only)
    try:
        yield archive
    finally:
        archive.close()


@contextmanager
def running(archive: Archive, command: str) -> Iterator[int]:
    """A run in the archive's books, closed with how it ended."""
    run = archive.begin_run(command)
    status = "interrupted"
    try:
        yield run
        status = "ok"
    except Exception:
        status = "failed"
        raise
    finally:
        archive.end_run(run, status)


def command_line() -> str:
    """The command as it was called, for the archive's books; addresses without their secrets."""
    from ..web.address import is_url, public

    return " ".join(["ingest", *(public(word) if is_url(word) else word for word in sys.argv[1:])])
