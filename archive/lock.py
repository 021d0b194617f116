"""Whose turn it is to write: a lock on the file `<archive>.lock`, with its holder's name in it for those who wait.

The system releases it when a process dies. It is `flock`, as the filelock library has it too; we call it ourselves since it
is taken for every page, and takes 5 µs so and 150 µs by the library.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from pathlib import Path

from parsers.errors import ArchiveBusy, ArchiveError

_POLL = 0.01  # seconds between two tries
_NAME = 80  # bytes for the holder's name


class Lock:
    """One archive's lock, which this process may hold. With `with` it is waited for, and then held."""

    def __init__(self, archive: Path, patience: float) -> None:
        self._archive, self._path, self.patience = archive, Path(f"{archive}.lock"), patience
        self._file = -1

    def __enter__(self) -> None:
        """Wait for our turn. Raises ArchiveBusy, which says who has it, and ArchiveError."""
        until = time.monotonic() + self.patience
        try:
            while not self._taken():
                if time.monotonic() >= until:
                    raise ArchiveBusy(f"{self._archive}: {self._holder()} is writing to it; try again when it has ended")
                time.sleep(_POLL)
            self._sign()
        except OSError as error:
            self.close()
            raise ArchiveError(f"{self._archive}: its lock {self._path} cannot be taken ({error.strerror})") from error

    def __exit__(self, *_: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file, and of the lock where we hold it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _taken(self) -> bool:
        if self._file < 0:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if os.fstat(self._file).st_nlink:
            return True
        self.close()  # somebody has removed the file, and others lock a new one
        return False

    def _sign(self) -> None:
        """Write our name over the last holder's. Not truncated first, for then ext4 writes the file out at every page."""
        os.pwrite(self._file, f"{os.getpid()} {Path(sys.argv[0]).name}".encode()[:_NAME].ljust(_NAME), 0)

    def _holder(self) -> str:
        try:  # by the file that is open: closing another on it would let go of the hosts that hosts.py holds
            pid, _, name = os.pread(self._file, _NAME, 0).decode().strip().partition(" ")
        except (OSError, ValueError):
            pid, name = "", ""
        return f"process {pid} ({name})" if pid.isdigit() else "another process"
