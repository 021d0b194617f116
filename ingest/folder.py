"""A folder of saved pages as a source: what is new in it, or has changed, is archived; nothing is fetched."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from archive.agenda import Listed
from archive.watched import Due, Record
from parsers import Outcome
from parsers.errors import PipelineError

from .config import Source
from .discover import wanted
from .files import read_file
from .job import Job
from .pipeline import Tools, attempt, ingest_capture
from .schedule import Visit, listing_look, visited

PAGES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".txt")
MOST = 100_000  #: files of one folder


async def read_folder(job: Job, source: Source, *, at_once: bool = False) -> None:
    """Archive the folder's pages that were not there when it was last read, or have been written since."""
    record = due_record(job, source, at_once)
    if record is None:
        return
    try:
        files = _pages(Path(source.path))
    except OSError as error:
        why = error.strerror or str(error)
        job.tell(Outcome(source.path, "failed", error=f"{source.path}: {why}"))
        visit = Visit(job.now(), "failed", error=why)
    else:
        new = [path for path in files if wanted(source, str(path)) and is_new(job, path)]
        for path in new:
            if not job.stopped():
                await _read(job, source, path)
        visit = Visit(job.now(), "changed" if new else "unchanged")
    put_visit(job, source, record, visit)


def due_record(job: Job, source: Source, at_once: bool) -> Record | None:
    """What is known of the source's folder or file, or None where it is not due."""
    place = Path(source.path).absolute().as_uri()
    known = job.archive.agenda.listing(source.name, place)
    if not at_once and known is not None and (known.due.at is None or known.due.at > job.now()):
        return None
    return known.record if known else Record(place, job.now())


def put_visit(job: Job, source: Source, record: Record, visit: Visit) -> None:
    """Note a look at it, and when the next one is due."""
    record = visited(record, visit)
    job.archive.agenda.put_listing(source.name, Listed(record, listing_look(record, job.now(), visit)))


def _pages(folder: Path) -> list[Path]:
    """The folder's saved pages, in order. Raises OSError."""
    if not folder.is_dir():
        raise FileNotFoundError(2, "there is no such folder")
    return sorted(path for path in folder.absolute().rglob("*") if path.name.lower().endswith(PAGES) and path.is_file())[:MOST]


def is_new(job: Job, path: Path) -> bool:
    """True for a file that was not read yet, or has been written since."""
    seen = next(iter(job.archive.agenda.records([path.as_uri()]).values()), None)
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return seen is None or seen.last_visit is None or written > seen.last_visit


async def _read(job: Job, source: Source, path: Path) -> None:
    tools = Tools(job.archive, None, job.worker.read, job.run)
    try:
        capture = read_file(str(path), job.config.fetch.max_bytes)
        outcome = await attempt(capture.url, ingest_capture(capture, tools), tools)
    except PipelineError as error:
        outcome = Outcome(str(path), "failed", error=str(error), later=error.later)
    visit = Visit(job.now(), "failed" if outcome.error else "changed", outcome.error)
    record = visited(Record(path.as_uri(), job.now()), visit)
    job.archive.agenda.put(source.name, [(record, Due(None, "a file: read again when it is written anew"))])
    job.tell(outcome)
