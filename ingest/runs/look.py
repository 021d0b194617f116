"""Look at one page: have it ingested, then note how it behaved and when to look again."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from archive.times import stamp
from archive.watched import Due, Record
from parsers import Bundle, Capture, Outcome, Parsed
from parsers.errors import AskedToWait, BadStatus, FetchError
from parsers.urls import page_key, same_site

from ..config import Source
from ..job import Job
from ..pipeline import Tools, attempt, ingest_url
from ..schedule import Visit, fresh_until, moment, next_look, visited
from ..sources.listings import asked_to_wait, by_schedule, with_next
from ..web.address import own_name
from ..web.visit import Known

log = logging.getLogger("ingest")


@dataclass(slots=True)
class Heard:
    """What came by on the way through the pipeline."""

    capture: Capture | None = None
    error: FetchError | None = None
    parsed: Parsed | None = None
    due: Due | None = None  #: when the page is looked at again


async def look_at(job: Job, source: Source, url: str) -> None:
    """Ingest a page and put it back on the agenda. Raises ArchiveError alone."""
    heard = Heard()

    async def get(address: str, known: Known | None, role: str) -> Capture:
        if role != "page":
            return await job.visitor.get(address, known, role)
        try:
            heard.capture = await job.visitor.get(job.secret(address), known, role)
        except FetchError as error:
            heard.error = error
            raise
        return heard.capture

    async def read(bundle: Bundle) -> Parsed:
        heard.parsed = await job.worker.read(bundle)
        return heard.parsed

    fetch = job.config.fetch

    def also(outcome: Outcome) -> None:
        heard.due = note(job, source, url, outcome, heard)

    tools = Tools(job.archive, get, read, job.run, fetch.max_wants, fetch.ignore_robots, also, job.now)
    outcome = await attempt(url, ingest_url(url, tools), tools)
    due = heard.due
    assert due is not None
    when = stamp(due.at) if due.at is not None else "never"
    log.info("looked source=%r url=%s status=%s next=%s why=%r", source.name, url, outcome.status, when, due.why)
    job.tell(replace(outcome, error=with_next(outcome.error, due)) if outcome.error else outcome)


def note(job: Job, source: Source, url: str, outcome: Outcome, heard: Heard) -> Due:
    """Write down a visit; when the next one is due."""
    now, agenda = job.now(), job.archive.agenda
    record = agenda.records([url]).get(page_key(url)) or Record(url, now)
    if isinstance(heard.error, AskedToWait):  # the page was not even asked for
        until, _ = asked_to_wait(heard.error, now)
        due = Due(until, f"its host is to be left alone until {moment(until or now)}")
        agenda.put(source.name, [(record, due)])
        return due
    visit = _visit(job, url, outcome, heard)
    record = visited(record, visit)
    if record.state == "moved":
        new = replace(record, url=record.moved_to, state="watched", moved_to="", moved_since=None)
        due = next_look(new, now, visit)
        agenda.move(source.name, (record, next_look(record, now)), (new, due))
        return due
    fixed = by_schedule(job, source, visit) if source.kind == "url" and not record.failures else None
    due = fixed or next_look(record, now, visit)
    agenda.put(source.name, [(record, due)])
    return due


def _visit(job: Job, url: str, outcome: Outcome, heard: Heard) -> Visit:
    now = job.now()
    if outcome.status == "failed":
        until, by = asked_to_wait(heard.error, now) if heard.error is not None else (None, "")
        gone = isinstance(heard.error, BadStatus) and heard.error.status == 410
        return Visit(now, "failed", outcome.error.removeprefix(f"{url}: "), gone, not_before=until, asked_by=by)
    until, by = fresh_until(heard.capture) if heard.capture is not None else (None, "")
    status = "changed" if outcome.changes else "unchanged"
    published = _published(heard.parsed.roundup.published_at, now) if heard.parsed is not None else None
    target = job.visitor.moved_to(job.secret(url))
    moved_to = target if adoptable(url, target) else ""
    lost = job.archive.watching.lost(url)
    return Visit(now, status, moved_to=moved_to, not_before=until, asked_by=by, published=published, lost=lost)


def adoptable(url: str, target: str) -> bool:
    """True where a permanent redirect leads to the same page elsewhere, and not to a start page or a parked domain.

    >>> adoptable("http://old.example/a/post/", "https://new.example/post/"), adoptable("http://old.example/post/", "https://old.example/")
    (True, False)
    """
    name = own_name(target)
    return bool(name) and (same_site(url, target) or name == own_name(url))


def _published(text: str, now: datetime) -> datetime | None:
    """When a page says that it went up; None where it does not, or says what cannot be."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return moment if moment <= now else None
