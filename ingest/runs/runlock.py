"""One run at a time on an archive: `run` and `watch` hold this lock, which the system releases when they die.

It is not the lock for writing, which is held for a page at a time: `ingest url` works while a daemon runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from parsers.errors import ArchiveBusy, ArchiveError

from ..schedule import moment

PATIENCE = 0.2  #: seconds; longer than `ingest status` holds the lock to see whether it is free


@contextmanager
def run_lock(archive: Path, command: str, now: datetime) -> Iterator[None]:
    """Hold the archive's run lock. Raises ArchiveBusy, which says who holds it."""
    path = Path(f"{archive}.run")
    lock = FileLock(path, timeout=PATIENCE, poll_interval=0.02)
    try:
        lock.acquire()
    except Timeout:
        raise ArchiveBusy(f"{archive}: {_holder(path)}; it will do what is due, or try again when it has ended") from None
    except OSError as error:
        raise ArchiveError(f"{archive}: its run lock {path} cannot be taken ({error.strerror})") from error
    try:
        path.write_text(f"{os.getpid()}\t{command}\t{moment(now)}", encoding="utf-8")
        yield
    finally:
        lock.release()


def holder(archive: Path) -> str:
    """Who holds the run lock, in words, or ``""`` where nobody does."""
    path = Path(f"{archive}.run")
    if not path.exists():
        return ""
    lock = FileLock(path, blocking=False)
    try:
        lock.acquire()
    except Timeout:
        return _holder(path)
    except OSError:
        return ""
    lock.release()
    return ""


def _holder(path: Path) -> str:
    try:
        pid, command, since = path.read_text(encoding="utf-8").split("\t")
    except (OSError, ValueError):
        return "another run holds the lock"
    return f"another run holds the lock: process {pid} ({command}), since {since} UTC"
