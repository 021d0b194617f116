"""`ingest run`: do what is due, and stop. This is what cron calls."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches

from archive import Archive
from parsers.errors import ConfigError

from ..config import Config, Source
from ..contact import NO_CONTACT, has_contact
from ..exits import DONE, INTERRUPTED, SOME_FAILED
from ..job import Job
from ..report import Report, Voice
from ..rulebook import own_sites
from ..runs.notify import check
from ..runs.runlock import run_lock
from ..runs.stopping import Stop
from ..runs.tick import anything_due, tick
from ..schedule import moment
from ..web.book import ArchiveBook
from ..web.turns import utc_now
from ..web.visit import Visitor
from ..worker import Worker, settle, size_for
from .common import command_line, opened, running

MOST = 5  #: sources that are named


def run(names: list[str], config: Config, voice: Voice, config_path: str) -> int:
    """Do what is due for the sources named (none: for all); what is named is done due or not. Returns the exit code."""
    if not has_contact(config):
        raise ConfigError(config_path, "fetch.contact", NO_CONTACT)
    sources = chosen(config.source, names, config_path)
    rules = own_sites(config)
    report = Report(voice)
    settle()
    interrupted = False
    with opened(config) as archive, run_lock(archive.path, "ingest run", utc_now()):
        if not names and not anything_due(archive, sources, utc_now()):
            voice.say(nothing_due(archive, sources, utc_now()))
            return DONE
        with running(archive, command_line(), report) as number, Worker(size_for(4), sites=rules) as worker:

            async def work() -> None:
                nonlocal interrupted
                stop = Stop()
                stop.listen()
                async with Visitor(config.fetch, book=ArchiveBook(archive.hosts)) as visitor:
                    job = Job(
                        config, archive, visitor, worker, report.tell, number, stopped=stop.asked, expect=report.expect
                    )
                    with report.progress(None, "fetching"):
                        await stop.carry(tick(job, sources, at_once=bool(names)))
                interrupted = stop.asked()

            asyncio.run(work())
        check(archive, config, utc_now(), voice)
    report.end()
    return INTERRUPTED if interrupted else SOME_FAILED if report.failed else DONE


def nothing_due(archive: Archive, sources: Iterable[Source], now: datetime) -> str:
    """What to say where there is nothing to do; and how to ask sooner for what waits since it has failed."""
    following = archive.agenda.next_due()
    if following is None:
        return "nothing is due"
    at, url, why = following
    failing = [one.name for one in sources if archive.watching.source(one.name, now).fails]
    way_out = f"; to ask again now for what failed: ingest run {shlex.join(failing[:MOST])}" if failing else ""
    return f"nothing is due; next is {url} at {moment(at)} UTC ({why}){way_out}"


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
            config_path, "source", "no source is listed, so there is nothing to do; see ingest sources add, or use ingest url"
        )
    return [source for source in known.values() if not names or source.name in names]
