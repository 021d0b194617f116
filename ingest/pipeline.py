"""From an address to what changed: the shell, as a list of steps.

Clock, network, parser and archive are handed in (`Tools`); nothing here knows which ones they are.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from parsers import Bundle, Capture, Change, Outcome, Parsed, Want
from parsers.decode import decode
from parsers.errors import ArchiveError, FetchError, PipelineError

from .web.address import host_of, public
from .web.turns import Clock, utc_now
from .web.visit import Known
from .worker import Read, read_here

if TYPE_CHECKING:
    from archive import Archive

log = logging.getLogger("ingest")

Get = Callable[[str, Known | None, str], Awaitable[Capture]]  #: address, what is known of it, role
Tell = Callable[[Outcome], None]
T = TypeVar("T")
Complete = tuple[Bundle, Parsed, tuple[str, ...]]  #: all that was fetched, what it says, and notes on what could not be had

AHEAD = 2  #: pages of one host that are in hand at a time: one on its way, one being read
ROUNDS = 10  #: a page is read again at most so often for what it wants
#: Hosts other than the page's own that a page may have us ask: the interfaces of the platforms that serve its comments.
API_HOSTS = frozenset(("public-api.wordpress.com", "www.blogger.com", "disqus.com"))


def _nothing(_: Outcome) -> None:
    """Nothing else is written with a page."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the steps work with."""

    archive: Archive
    get: Get | None = None  #: None: nothing is fetched
    read: Read = read_here
    run: int | None = None
    max_wants: int = 50
    ignored_robots: bool = False
    also: Tell = _nothing  #: writes what belongs to a page's outcome, in the same turn as that
    now: Clock = utc_now


async def ingest_url(url: str, tools: Tools) -> Outcome:
    """Fetch a page, keep it, read it, and record what changed. Raises PipelineError."""
    assert tools.get is not None
    known = tools.archive.known(public(url))
    page = await tools.get(url, Known(known.etag, known.last_modified) if known else None, "page")
    if page.status == 304:
        with tools.archive.together():
            tools.archive.note_not_modified(page.url, at=page.fetched_at, run=tools.run)
            return _told(Outcome(page.url, "not-modified"), tools)
    return await ingest_capture(page, tools)


async def ingest_capture(page: Capture, tools: Tools, noted: tuple[str, ...] = ()) -> Outcome:
    """Read a capture with all that it wants, keep it, and record what changed; `noted` is told with it. Raises PipelineError.

    A page that wants nothing more is kept in the same turn as its reading. It is kept before another request goes out for
    it, and also where it cannot be read.
    """
    decode(page)  # what is no text is no page: it never reaches the archive
    keep = keeper(tools)
    try:
        bundle, parsed, notes = await complete(Bundle(page), tools.get, tools.read, tools.max_wants, keep)
        await catch_up(page.url, parsed.parser, tools)
    except BaseException:
        keep(page)
        raise
    with tools.archive.together():
        keep(page)
        kept: list[str] = []
        at = page.fetched_at or tools.now()
        changes = tools.archive.record(bundle, parsed, seen_at=at, run=tools.run, note=kept.append)
        return _told(outcome(page.url, parsed, changes, (*noted, *notes, *kept)), tools)


def keeper(tools: Tools) -> Callable[[Capture], None]:
    """Puts a capture into the archive, and each only once."""
    kept: list[Capture] = []

    def keep(capture: Capture) -> None:
        if not any(capture is one for one in kept):
            tools.archive.keep(capture, run=tools.run, ignored_robots=tools.ignored_robots)
            kept.append(capture)

    return keep


def outcome(url: str, parsed: Parsed, changes: tuple[Change, ...], notes: tuple[str, ...] = ()) -> Outcome:
    """What became of a page that could be read."""
    return Outcome(
        url, "archived" if changes else "unchanged", changes, verdict=parsed.verdict.kind, notes=parsed.notes + notes
    )


def _told(outcome: Outcome, tools: Tools) -> Outcome:
    tools.also(outcome)
    return outcome


def _forget(_: Capture) -> None:
    """Keep nothing."""


async def complete(
    bundle: Bundle, get: Get | None, read: Read, most: int, keep: Callable[[Capture], None] = _forget
) -> Complete:
    """Read a page, fetch what it wants, and read again, until it wants nothing more or the bounds are met.

    What cannot be had becomes a note, and the page is read without it. `keep` gets the page before anything else is asked
    for, and then what was had.
    """
    parsed = await read(bundle)
    asked: set[str] = set()
    notes: list[str] = []
    for _ in range(ROUNDS):
        if get is None:
            break
        wants = {want.url: want for want in parsed.wants if want.url not in asked and may_fetch(want, bundle.page)}
        found: list[Capture] = []
        for want in [*wants.values()][: most - len(asked)]:
            asked.add(want.url)
            keep(bundle.page)
            try:
                found.append(await get(want.url, None, want.role))
            except FetchError as error:
                notes.append(f"could not have {want.role}: {error}")
        if not found:
            break
        for capture in found:
            keep(capture)
        bundle = replace(bundle, extras=bundle.extras + tuple(found))
        parsed = await read(bundle)
    return bundle, parsed, tuple(notes)


def may_fetch(want: Want, page: Capture) -> bool:
    """True where a page may send us: to its own host, one above or below it, or to its platform's interface.

    Isso often lives at comments.blog.example. No secret may stand in the address.
    """
    host = host_of(want.url)
    own = (host_of(page.url), host_of(page.final_url or page.url))
    return (host in API_HOSTS or any(_kin(host, name) for name in own)) and public(want.url) == want.url.partition("#")[0]


def _kin(one: str, two: str) -> bool:
    """True for the same host, with or without "www.", and where one lies below the other. Sisters are strangers."""
    one, two = one.removeprefix("www."), two.removeprefix("www.")
    low, high = sorted((one, two), key=len)
    return low == high or (high.endswith(f".{low}") and "." in low and not low.replace(".", "").isdigit())


async def catch_up(url: str, parser: str, tools: Tools) -> None:
    """Where the page was last read by another parser, read the kept capture again with this one first.

    What the two parsers see differently is then recorded as ours, and only the rest as the author's.
    """
    last = tools.archive.parser_of(url)
    if last is None or last == parser:
        return
    kept = tools.archive.last_read(url)
    if kept is not None:
        reread = await tools.read(kept)
        tools.archive.record(kept, reread, seen_at=kept.page.fetched_at or tools.now(), run=tools.run, cause="parser")


async def attempt(url: str, work: Awaitable[Outcome], tools: Tools) -> Outcome:
    """One page's outcome, whatever happens to it. An archive that cannot be used ends the run and not the page."""
    shown = public(url)
    try:
        return await work
    except ArchiveError:
        raise
    except PipelineError as error:
        with tools.archive.together():
            if url.startswith(("http:", "https:")):
                tools.archive.note_failure(shown, error, at=tools.now(), run=tools.run)
            return _told(Outcome(shown, "failed", error=str(error), later=error.later), tools)
    except Exception as bug:  # a fault of ours in one page must not cost the others
        log.exception("this program failed on %s", shown)
        why = f"this program failed on it ({type(bug).__name__}: {bug}); please report that"
        with tools.archive.together():
            return _told(Outcome(shown, "failed", error=f"{shown}: {why}"), tools)


async def ingest_all(urls: Iterable[str], tools: Tools, tell: Tell, hosts_at_once: int = 8) -> list[Outcome]:
    """Every page once: hosts beside one another, the requests to a host one after another.

    While a page is being read the next one of its host may be on its way; the visitor sees to the turns.
    """
    queues: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        queues.setdefault(host_of(url), []).append(url)
    done: list[Outcome] = []

    async def one(url: str) -> None:
        result = await attempt(url, ingest_url(url, tools), tools)
        done.append(result)
        tell(result)

    await by_hosts({host: iter(queue) for host, queue in queues.items()}, one, hosts_at_once)
    return done


async def by_hosts(
    queues: Mapping[str, Iterator[T]], one: Callable[[T], Awaitable[None]], hosts_at_once: int, ahead: int = AHEAD
) -> None:
    """Work off queues beside one another, `ahead` things of each at a time. Raises the first PipelineError, which ends all."""
    free = asyncio.Semaphore(hosts_at_once)

    async def work_off(queue: Iterator[T]) -> None:
        for thing in queue:
            await one(thing)

    async def one_host(queue: Iterator[T]) -> None:
        async with free, asyncio.TaskGroup() as group:
            for _ in range(ahead):
                group.create_task(work_off(queue))

    try:
        async with asyncio.TaskGroup() as group:
            for queue in queues.values():
                group.create_task(one_host(queue))
    except* PipelineError as errors:
        raise _first(errors) from None


def _first(errors: BaseExceptionGroup[PipelineError]) -> PipelineError:
    """What ended the run, out of the groups that a TaskGroup wraps it into."""
    found: BaseException = errors
    while isinstance(found, BaseExceptionGroup):
        found = found.exceptions[0]
    assert isinstance(found, PipelineError)
    return found
