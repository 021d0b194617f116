"""`ingest run`: do once what the config lists. This is what cron calls."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from difflib import get_close_matches

from parsers import Outcome
from parsers.errors import ConfigError, PipelineError
from parsers.listings.feed import read_feed

from ..address import public
from ..config import Config, Source
from ..contact import NO_CONTACT, has_contact
from ..exits import DONE, SOME_FAILED
from ..pipeline import Tools, ingest_all
from ..report import Report, Voice
from ..visit import Visitor
from ..worker import Worker, size_for
from .common import command_line, opened, running


def run(names: list[str], config: Config, voice: Voice, config_path: str) -> int:
    """Ingest the pages of the sources named (none: of all); returns the exit code."""
    if not has_contact(config):
        raise ConfigError(config_path, "fetch.contact", NO_CONTACT)
    sources = chosen(config.source, names, config_path)
    report = Report(voice)
    with opened(config) as archive, running(archive, command_line()) as number, Worker(size_for(4)) as worker:

        async def work() -> None:
            async with Visitor(config.fetch) as visitor:
                tools = Tools(archive, visitor.get, worker.read, number, config.fetch.max_wants, config.fetch.ignore_robots)
                pages = [page for source in sources for page in await listed(source, visitor, worker, report)]
                with report.progress(len(set(pages)), "fetching"):
                    await ingest_all(pages, tools, report.tell, config.fetch.hosts_at_once)

        asyncio.run(work())
    report.end()
    return SOME_FAILED if report.failed else DONE


def chosen(sources: Iterable[Source], names: list[str], config_path: str) -> list[Source]:
    """The sources of these names, in the file's order. Raises ConfigError for a name that there is not."""
    known = {source.name: source for source in sources}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known) or 'none'}"
            raise ConfigError(config_path, "source", f"there is no source {name!r}{hint}")
    if not known:
        raise ConfigError(
            config_path, "source", "no source is listed, so there is nothing to do; add a [[source]], or use ingest url"
        )
    return [source for source in known.values() if not names or source.name in names]


async def listed(source: Source, visitor: Visitor, worker: Worker, report: Report) -> tuple[str, ...]:
    """The pages that a source announces now. A listing that cannot be had is told as a failure, and gives none."""
    if source.kind == "url":
        return source.addresses
    try:
        capture = await visitor.get(source.url, None, "feed")
        listing = await worker.call(read_feed, capture, capture.url)
    except PipelineError as error:
        report.tell(Outcome(public(source.url), "failed", error=str(error), later=error.later))
        return ()
    return listing.pages[: source.limit]
