"""One run at a time on an archive.

The lock is the operating system's, on a file beside the archive, so it ends with the process, however that ends.
What stands in the file only tells people who holds it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parsers.errors import AnotherRun

from .turns import utc_now


@contextmanager
def run_lock(archive: Path, command: str) -> Iterator[None]:
    """Hold the run lock of an archive. Raises AnotherRun, naming the holder, where it is taken."""
    place = archive.with_name(archive.name + ".run")
    with place.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AnotherRun(file.read(500).strip() or "which one is not known") from None
        file.truncate(0)
        file.write(f"process {os.getpid()} since {utc_now():%Y-%m-%d %H:%M:%S} UTC: {command}\n")
        file.flush()
        yield
