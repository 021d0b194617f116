"""What an exit code says. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.errors import PipelineError

DONE = 0
SOME_FAILED = 1
WRONG_USAGE = 2
LOCKED = 3
DAMAGED = 4
NO_ARCHIVE = 5
INTERRUPTED = 130

TABLE = (
    (DONE, "done"),
    (SOME_FAILED, "some pages failed; the rest is done"),
    (WRONG_USAGE, "wrong usage or configuration; nothing was done"),
    (LOCKED, "another run holds the lock"),
    (DAMAGED, "the archive is damaged"),
    (NO_ARCHIVE, "the archive cannot be used: another program's file, a newer version's, or one that cannot be written"),
    (INTERRUPTED, "interrupted (Ctrl-C); watch and browse, which end that way, end with 0"),
)


def code_of(error: PipelineError) -> int:
    """The exit code for an error that ends a command."""
    # Not above: importing a package's module imports the package, and `ingest --help` is not to wait for the parser.
    from parsers.errors import AnotherRun, ArchiveBusy, ArchiveError, ConfigError, Damaged

    if isinstance(error, ConfigError):
        return WRONG_USAGE
    if isinstance(error, (AnotherRun, ArchiveBusy)):
        return LOCKED
    if isinstance(error, Damaged):
        return DAMAGED
    return NO_ARCHIVE if isinstance(error, ArchiveError) else SOME_FAILED
