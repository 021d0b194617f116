"""`ingest url`: fetch pages once, politely, and archive them."""

from __future__ import annotations

import asyncio

from ..config import Config
from ..contact import warn_without_contact
from ..exits import DONE, SOME_FAILED
from ..pipeline import Tools, ingest_all
from ..report import Report, Voice
from ..rulebook import own_sites
from ..web.book import ArchiveBook
from ..web.visit import Visitor
from ..worker import Worker, settle, size_for
from .common import command_line, opened, running


def run(urls: list[str], config: Config, voice: Voice) -> int:
    """Ingest each address; returns the exit code."""
    warn_without_contact(config, voice)
    report = Report(voice)
    settle()
    wall = Worker(size_for(len(urls)), sites=own_sites(config))
    with opened(config) as archive, running(archive, command_line(), report) as number, wall as worker:

        async def work() -> None:
            async with Visitor(config.fetch, book=ArchiveBook(archive.hosts)) as visitor:
                tools = Tools(archive, visitor.get, worker.read, number, config.fetch.max_wants, config.fetch.ignore_robots)
                with report.progress(len(set(urls)), "fetching"):
                    await ingest_all(urls, tools, report.tell, config.fetch.hosts_at_once)

        asyncio.run(work())
    report.end()
    return SOME_FAILED if report.failed else DONE
