"""One tick: read the listings that are due, look at the pages that are due, note when each is due again, and why.

`ingest run`, `ingest watch` and the tests all call this same step. Whatever stops it, a kill included, costs the page in hand:
a page's visit and its next due time are written before the next page begins.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from archive import Archive
from parsers.urls import page_key

from ..config import Source
from ..job import Job
from ..pipeline import by_hosts
from ..sources.folder import read_folder
from ..sources.listings import list_differs, past_due, read_source
from ..sources.warcs import read_warcs
from ..web.address import host_of, public
from .look import look_at

log = logging.getLogger("ingest")
T = TypeVar("T")

AT_ONCE = 50  #: pages of one host in one go,
GO = 120.0  #: and seconds, before the listings get another look


async def tick(job: Job, sources: Sequence[Source], *, at_once: bool = False) -> None:
    """Do what is due for these sources; with `at_once` also what is not.

    Raises ArchiveError where the archive cannot be used; a page's or a listing's error is told and noted.
    """
    done: set[str] = set()
    if job.archive.agenda.visited_after(job.now()):
        log.warning("the clock has been ahead; what was looked at then is looked at again")
        job.archive.agenda.mend(job.now())
    if at_once:
        for source in sources:
            job.archive.agenda.hurry(source.name, job.now())
    go_on = True
    while go_on and not job.stopped():
        more = await _listen(job, sources, at_once)
        looked = await _look(job, sources, done)
        go_on, at_once = more or looked, False


def anything_due(archive: Archive, sources: Sequence[Source], now: datetime) -> bool:
    """True where a tick would do something."""
    agenda = archive.agenda
    if agenda.visited_after(now) or agenda.due_hosts(now, [source.name for source in sources]):
        return True
    return any(_source_due(archive, source, now) for source in sources)


def _source_due(archive: Archive, source: Source, now: datetime) -> bool:
    agenda = archive.agenda
    if source.kind == "url":
        return list_differs(archive, source)
    known = agenda.listing(source.name, public(source.url) or Path(source.path).absolute().as_uri())
    if known is None or (known.due.at is not None and known.due.at <= now):
        return True
    return source.backfill and past_due(archive, source, now)


async def _listen(job: Job, sources: Iterable[Source], at_once: bool) -> bool:
    """Read what announces pages: hosts beside one another. True where a source has more of its past to be read."""
    more = False

    async def one(source: Source) -> None:
        nonlocal more
        if source.kind == "folder":
            await read_folder(job, source, at_once=at_once)
        elif source.kind == "warc":
            await read_warcs(job, source, at_once=at_once)
        elif await read_source(job, source, at_once=at_once):
            more = True

    def host(source: Source) -> str:
        return host_of(source.url)

    queues = {name: _while_going(job, list(part)) for name, part in groupby(sorted(sources, key=host), host)}
    await by_hosts(queues, one, job.config.fetch.hosts_at_once, ahead=1)
    return more


async def _look(job: Job, sources: Sequence[Source], done: set[str]) -> bool:
    """Look at what is due: hosts beside one another. True where any page was; `done` keeps a tick from asking twice."""
    by_name = {source.name: source for source in sources}
    agenda, before = job.archive.agenda, len(done)

    async def one(page: tuple[str, str]) -> None:
        done.add(page_key(page[0]))
        await look_at(job, by_name[page[1]], page[0])

    queues: dict[str, Iterator[tuple[str, str]]] = {}
    hosts = agenda.due_hosts(job.now(), list(by_name))
    job.expect(sum(hosts.values()))
    for host, count in hosts.items():
        pages = agenda.due(job.now(), min(count, AT_ONCE), list(by_name), host)
        queues[host] = _while_going(job, [page for page in pages if page_key(page[0]) not in done], GO)
    await by_hosts(queues, one, job.config.fetch.hosts_at_once)
    return len(done) > before


def _while_going(job: Job, things: list[T], seconds: float | None = None) -> Iterator[T]:
    """The things one by one, until the run is to stop or so much time has gone by."""
    clock = asyncio.get_running_loop().time
    until = None if seconds is None else clock() + seconds
    for thing in things:
        if job.stopped() or (until is not None and clock() > until):
            return
        yield thing
