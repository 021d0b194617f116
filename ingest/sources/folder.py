"""A folder of saved pages as a source: what is new in it, or has changed, is archived; nothing is fetched."""

from __future__ import annotations

from pathlib import Path

from parsers import Outcome
from parsers.errors import PipelineError

from ..config import Source
from ..job import Job
from ..pipeline import Tools, attempt, ingest_capture
from .discover import wanted
from .files import read_file
from .ondisk import MOST, put_file, read_new

PAGES = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".txt")


async def read_folder(job: Job, source: Source, *, at_once: bool = False) -> None:
    """Archive the folder's pages that were not there when it was last read, or have been written since."""
    await read_new(job, source, _pages, _read, at_once=at_once)


def _pages(source: Source) -> list[Path]:
    """The folder's saved pages that the source is to follow, as they were saved one after another. Raises OSError.

    Of copies of one page the oldest comes first, since one that is older than the history is not folded into it.
    """
    folder = Path(source.path)
    if not folder.is_dir():
        raise FileNotFoundError(2, "there is no such folder")
    pages = sorted(path for path in folder.absolute().rglob("*") if path.name.lower().endswith(PAGES) and path.is_file())
    kept = [path for path in pages[:MOST] if wanted(source, str(path))]
    return sorted(kept, key=lambda path: path.stat().st_mtime)


async def _read(job: Job, source: Source, path: Path) -> None:
    tools = Tools(job.archive, None, job.worker.read, job.run, now=job.now)
    noted: list[str] = []
    try:
        capture = read_file(str(path), job.config.fetch.max_bytes, now=job.now, note=noted.append)
        outcome = await attempt(capture.url, ingest_capture(capture, tools, tuple(noted)), tools)
    except PipelineError as error:
        outcome = Outcome(str(path), "failed", error=str(error), later=error.later)
    put_file(job, source, path, outcome.error)
    job.tell(outcome)
