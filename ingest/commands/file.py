"""`ingest file`: archive what was saved before."""

from __future__ import annotations

import asyncio
from datetime import datetime

from parsers import Outcome
from parsers.errors import ConfigError, PipelineError

from ..config import Config
from ..exits import DONE, SOME_FAILED
from ..pipeline import Tools, attempt, ingest_capture
from ..report import Report, Voice
from ..rulebook import own_sites
from ..sources.files import read_file
from ..worker import reader
from .common import command_line, opened, running


def run(paths: list[str], urls: list[str], at: datetime | None, config: Config, voice: Voice) -> int:
    """Ingest each file; `urls` is empty or says for each path where it came from. Returns the exit code."""
    if urls and len(urls) != len(paths):
        raise ConfigError("--url", "", f"give one --url for each path: there are {len(paths)} paths and {len(urls)} --url")
    read = reader(own_sites(config))
    report = Report(voice)
    with opened(config) as archive, running(archive, command_line(), report) as number:
        tools = Tools(archive, read=read, run=number)
        with report.progress(len(paths), "reading"):
            for path, url in zip(paths, urls or [""] * len(paths), strict=True):
                report.tell(asyncio.run(_one(path, url, at, config.fetch.max_bytes, tools)))
    report.end()
    return SOME_FAILED if report.failed else DONE


async def _one(path: str, url: str, at: datetime | None, limit: int, tools: Tools) -> Outcome:
    noted: list[str] = []
    try:
        capture = read_file(path, limit, url, at, note=noted.append)
    except PipelineError as error:
        return Outcome(path, "failed", error=str(error), later=error.later)
    return await attempt(capture.url, ingest_capture(capture, tools, tuple(noted)), tools)
