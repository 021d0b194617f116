"""WARC files as a source: the pages of each file that is new, or has been written since, are archived; nothing is fetched.

A file that was read half is read again from its start, and what the archive has of it adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from parsers import Capture, Outcome
from parsers.errors import PipelineError

from ..config import Source
from ..job import Job
from ..pipeline import Tools, attempt, ingest_capture
from .discover import wanted
from .ondisk import MOST, put_file, read_new
from .warc import SUFFIXES, NoWarcReader, read_warc


async def read_warcs(job: Job, source: Source, *, at_once: bool = False) -> None:
    """Archive the pages in the source's files. Raises ArchiveError alone."""
    await read_new(job, source, lambda source: files(Path(source.path)), _read, at_once=at_once)


def files(path: Path) -> list[Path]:
    """The file, or the WARC files below a folder, in order. Raises OSError."""
    if path.is_file():
        return [path.absolute()]
    if not path.is_dir():
        raise FileNotFoundError(2, "there is no such file or folder")
    return sorted(file for file in path.absolute().rglob("*") if file.name.lower().endswith(SUFFIXES) and file.is_file())[:MOST]


async def _read(job: Job, source: Source, path: Path) -> None:
    """One file; what was read before an error is kept."""
    tools = Tools(job.archive, None, job.worker.read, job.run, now=job.now)
    error = ""
    for found in _captures(path, job.config.fetch.max_bytes):
        if job.stopped():
            return
        if isinstance(found, PipelineError):
            error = str(found)
            job.tell(Outcome(str(path), "failed", error=error, later=False))
        elif wanted(source, found.url):
            job.tell(Outcome(found.url, "unchanged") if job.archive.has(found) else await _keep(found, tools))
    put_file(job, source, path, error.removeprefix(f"{path}: "))


def _captures(path: Path, limit: int) -> Iterator[Capture | PipelineError]:
    """As `read_warc`, with what ends it as the last thing told."""
    try:
        yield from read_warc(path, limit)
    except NoWarcReader:
        raise
    except PipelineError as error:
        yield error


async def _keep(capture: Capture, tools: Tools) -> Outcome:
    return await attempt(capture.url, ingest_capture(capture, tools), tools)
