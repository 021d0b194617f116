"""Sources that lie on disk: which of their files are new, or have been written since, and when to look for more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from archive.agenda import Listed
from archive.watched import Due, Record
from parsers import Outcome

from ..config import Source
from ..job import Job
from ..schedule import Visit, listing_look, visited
from .warc import NoWarcReader

MOST = 100_000  #: files of one source

FindFiles = Callable[[Source], list[Path]]  #: the source's files, in order; raises OSError
ReadFile = Callable[[Job, Source, Path], Awaitable[None]]  #: reads one file, and notes that with `put_file`


async def read_new(job: Job, source: Source, find: FindFiles, read: ReadFile, *, at_once: bool = False) -> None:
    """Read the files that were not read yet or have been written since, where the source is due. Raises ArchiveError alone.

    A source that could not be read to its end, since the run is to stop, stays due.
    """
    place = Path(source.path).absolute().as_uri()
    known = job.archive.agenda.listing(source.name, place)
    if not at_once and known is not None and (known.due.at is None or known.due.at > job.now()):
        return
    try:
        new = [path for path in find(source) if _is_new(job, path)]
        for path in new:
            if not job.stopped():
                await read(job, source, path)
        visit = Visit(job.now(), "changed" if new else "unchanged")
    except (OSError, NoWarcReader) as error:
        why = error.strerror or str(error) if isinstance(error, OSError) else str(error).removeprefix(f"{error.path}: ")
        job.tell(Outcome(source.path, "failed", error=f"{source.path}: {why}"))
        visit = Visit(job.now(), "failed", error=why)
    if job.stopped():
        return
    record = visited(known.record if known else Record(place, job.now()), visit)
    job.archive.agenda.put_listing(source.name, Listed(record, listing_look(record, job.now(), visit)))


def put_file(job: Job, source: Source, path: Path, error: str = "") -> None:
    """Note that a file was read, or why it could not be."""
    record = visited(Record(path.as_uri(), job.now()), Visit(job.now(), "failed" if error else "changed", error))
    job.archive.agenda.put(source.name, [(record, Due(None, "a file: read again when it is written anew"))])


def _is_new(job: Job, path: Path) -> bool:
    """True for a file that was not read yet, or has been written since; a time still to come tells of none. Raises OSError."""
    seen = next(iter(job.archive.agenda.records([path.as_uri()]).values()), None)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return seen is None or seen.last_visit is None or seen.last_visit < written <= job.now()
