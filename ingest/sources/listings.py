"""Read a source's listings when they are due, and put what they announce on the agenda."""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable
from dataclasses import replace
from datetime import datetime

from archive import Archive
from archive.agenda import Listed
from archive.watched import Due, Record
from parsers import Capture, Listing, Outcome
from parsers.errors import AskedToWait, BadStatus, FetchError, ParseError, PipelineError
from parsers.urls import page_key

from ..config import LISTED, Source, zone_of
from ..cron import next_run, read_schedule
from ..job import Job
from ..schedule import Visit, fixed, fresh_until, listing_look, moment, told, visited
from ..web.address import public
from ..web.politeness import after
from ..web.visit import Known
from .discover import Fetch, Step, Work, read_one, too_old, walk, wanted

log = logging.getLogger("ingest")

AT_ONCE = 50  #: listings of a source's past in one go, before its pages get their turn


async def read_source(job: Job, source: Source, *, at_once: bool = False) -> bool:
    """Put on the agenda what a source announces. True where there is more of its past to be read right away.

    `at_once` reads its listing whether it is due or not.
    """
    if source.kind not in LISTED:
        now = listed(job.archive, source)
        announce(job, source, [(url, "") for url in now.values()])
        out = [replace(record, state="unlisted") for record in taken_out(job.archive, source, now)]
        job.archive.agenda.put(source.name, [(record, Due(None, "the config does not list it any more")) for record in out])
        return False
    asked: set[str] = set()
    more = source.backfill and await _read_past(job, source, asked, at_once)
    again = at_once and not any(is_start(source, url) for url in asked)
    if again or _is_due(job.archive, source, source.url, job.now()):
        await _read_news(job, source, at_once)
    return more


def listed(archive: Archive, source: Source) -> dict[str, str]:
    """The pages that the config names for a source, and where they have moved to: key → address."""
    found: dict[str, str] = {}
    more = [public(url) for url in source.addresses]
    while more:
        found |= {page_key(url): url for url in more}
        moved = [record.moved_to for record in archive.agenda.records(more).values() if record.state == "moved"]
        more = [url for url in moved if page_key(url) not in found]
    return found


def taken_out(archive: Archive, source: Source, still: Container[str]) -> list[Record]:
    """Pages that are watched for the source and are not `still` among those that the config names."""
    watched = archive.agenda.records(archive.agenda.pages(source.name))
    return [record for key, record in watched.items() if key not in still]


def list_differs(archive: Archive, source: Source) -> bool:
    """True where the config names other pages for a source than those that are watched for it."""
    now = listed(archive, source)
    known = archive.agenda.records(list(now.values()))
    back = any(record.state == "unlisted" for record in known.values())
    return back or len(known) < len(now) or bool(taken_out(archive, source, now))


async def _read_news(job: Job, source: Source, at_once: bool) -> None:
    """The listing, and where it leads while that brings something new."""
    known_before = job.archive.agenda.listing(source.name, public(source.url)) is not None

    def onward(step: Step) -> Iterable[str]:
        new = take(job, source, step)
        more = () if too_old(source, step.listing) else step.listing.more
        if source.kind == "sitemap":
            return [url for url in more if at_once or _is_due(job.archive, source, url, job.now())]
        return more if new and known_before else ()

    async for _ in walk(source.url, source.kind, _getter(job, source), _worker(job), onward):
        if job.stopped():
            break


async def _read_past(job: Job, source: Source, asked: set[str], at_once: bool) -> bool:
    """Go on with the walk through a source's past; True where it is not at its end and nothing keeps it from going on.

    `asked` gets the listings that were asked for. The first of all is never given up: without it there is no past to walk,
    and what keeps it from being read (a host that the config does not allow) may be put right.
    """
    walk_back = job.archive.backfill(source.name)
    if not any(walk_back.counts()):
        walk_back.add([public(source.url)])
    for _ in range(AT_ONCE):
        waiting, now = walk_back.waiting(), job.now()
        due = (url for url in waiting if (at_once and url not in asked) or _is_due(job.archive, source, url, now))
        url = next(due, "")
        if not url or job.stopped():
            return False
        asked.add(url)
        get, work = _getter(job, source, fresh=True), _worker(job)
        step = await read_one(job.secret(url), source.kind, get, work, first=is_start(source, url))
        take(job, source, step)
        if step.error is None:
            walk_back.add(public(more) for more in step.listing.more if not too_old(source, step.listing))
        if step.error is None or step.ended:
            walk_back.done(url)
        elif isinstance(step.error, AskedToWait):  # and so for all others of this host
            return False
        elif not step.error.later and not is_start(source, url):
            walk_back.done(url, "failed")
    return True


def take(job: Job, source: Source, step: Step) -> int:
    """Note what a listing said; how many of its pages were new."""
    url = public(step.url)
    known = job.archive.agenda.listing(source.name, url)
    record = known.record if known else Record(url, job.now())
    if step.ended:
        return 0
    new, changed = (0, 0) if step.error else announce(job, source, _entries(source, step.listing))
    visit = _visit(job, step, "failed" if step.error else "changed" if new or changed else "unchanged")
    if isinstance(step.error, AskedToWait):  # the host's turn comes later; the listing has done nothing wrong
        due = Due(visit.not_before, "its host asks to wait")
    else:
        record = visited(record, visit)
        due = _next(job, source, record, visit)
    if step.error is not None:
        job.tell(Outcome(url, "failed", error=with_next(str(step.error), due), later=step.error.later))
    log.info("read source=%r url=%s pages=%d new=%d changed=%d", source.name, url, len(step.listing.pages), new, changed)
    if not is_start(source, url):
        due = Due(None, "read after the listing that leads to it")
    etag, last_modified = (known.etag, known.last_modified) if known else ("", "")
    if step.capture is not None and not step.unchanged:
        etag, last_modified = step.capture.header("etag"), step.capture.header("last-modified")
    job.archive.agenda.put_listing(source.name, Listed(record, due, etag, last_modified))
    return new


def announce(job: Job, source: Source, entries: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Put pages, as (address, date of the last change), on the agenda; (how many are new, how many have changed)."""
    now = job.now()
    dates = {page_key(url): (url, _moment(date)) for url, date in entries}
    known = job.archive.agenda.records([url for url, _ in dates.values()])
    if known:  # what a source had that is not in the config any more
        job.archive.agenda.hand_over([url for url, _ in dates.values()], source.name, [one.name for one in job.config.source])
    new = [(Record(url, now, date), Due(now, _new(source))) for key, (url, date) in dates.items() if key not in known]
    changed = []
    for key, record in known.items():
        if record.state == "unlisted":
            new.append((replace(record, state="watched"), Due(now, _new(source))))
            continue
        date = dates[key][1]
        if date is not None and (due := told(record, date, now)) is not None:
            changed.append((replace(record, state="watched", gone_since=None), due))
    job.archive.agenda.put(source.name, [*new, *changed])
    return len(new), len(changed)


def _new(source: Source) -> str:
    return "new: the config lists it" if source.kind == "url" else f"new: announced by {source.name!r}"


def _entries(source: Source, listing: Listing) -> list[tuple[str, str]]:
    dates = listing.dates or ("",) * len(listing.pages)
    found = [(public(url), date) for url, date in zip(listing.pages, dates, strict=True)][: source.limit]
    return [(url, date) for url, date in found if wanted(source, url, date)]


def is_start(source: Source, url: str) -> bool:
    """True for the listing that the config names; the others are found on the way and have no due time of their own."""
    return page_key(public(url)) == page_key(public(source.url))


def past_due(archive: Archive, source: Source, now: datetime) -> bool:
    """True where the walk through a source's past has something to read now."""
    return any(_is_due(archive, source, url, now) for url in archive.backfill(source.name).waiting())


def _is_due(archive: Archive, source: Source, url: str, now: datetime) -> bool:
    known = archive.agenda.listing(source.name, public(url))
    if known is None:
        return True
    at = known.due.at if is_start(source, url) else listing_look(known.record, known.record.last_visit or now).at
    return at is not None and at <= now


def _next(job: Job, source: Source, record: Record, visit: Visit) -> Due:
    """By the source's schedule where it has one and the listing answers, else by how the listing has behaved."""
    due = by_schedule(job, source, visit) if not record.failures else None
    return due or listing_look(record, job.now(), visit)


def by_schedule(job: Job, source: Source, visit: Visit) -> Due | None:
    """When the config wants a source to be looked at again; None where it says nothing. A server's wish goes before."""
    if not source.schedule:
        return None
    earliest = max(job.now(), visit.not_before or job.now())
    at = next_run(read_schedule(source.schedule), earliest, zone_of(job.config.watch.timezone))
    return fixed(at, source.schedule) if at is not None else None


def _visit(job: Job, step: Step, status: str) -> Visit:
    if step.error is None:
        until, by = fresh_until(step.capture) if step.capture is not None else (None, "")
        return Visit(job.now(), status, not_before=until, asked_by=by)
    until, by = asked_to_wait(step.error, job.now())
    return Visit(job.now(), status, error=reason(step.error), not_before=until, asked_by=by)


def with_next(error: str, due: Due) -> str:
    """A failure and what will happen next."""
    return f"{error}; next try {moment(due.at)} UTC" if due.at is not None else f"{error}; {due.why}"


def reason(error: PipelineError) -> str:
    """An error's sentence without the address."""
    if isinstance(error, FetchError):
        return error.why
    return error.reason if isinstance(error, ParseError) else str(error)


def asked_to_wait(error: PipelineError, now: datetime) -> tuple[datetime | None, str]:
    """Until when a server's answer asks to be left alone, and by which header."""
    if isinstance(error, AskedToWait):
        return after(now, error.seconds), "its host is to be left alone"
    if isinstance(error, BadStatus) and error.retry_after is not None:
        return after(now, error.retry_after), "Retry-After"
    return None, ""


def _getter(job: Job, source: Source, fresh: bool = False) -> Fetch:
    """How a listing is fetched: conditionally, unless it is read on the way through the past."""

    async def get(url: str) -> Capture:
        known = None if fresh else job.archive.agenda.listing(source.name, public(url))
        return await job.visitor.get(job.secret(url), Known(known.etag, known.last_modified) if known else None, "listing")

    return get


def _worker(job: Job) -> Work:
    async def work(read: Callable[[Capture], Listing], capture: Capture) -> Listing:
        return await job.worker.call(read, capture, capture.url)

    return work


def _moment(date: str) -> datetime | None:
    return datetime.fromisoformat(date) if date else None
