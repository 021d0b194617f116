"""One walker over everything that announces pages: a feed's pages, a sitemap of sitemaps, a category and its older posts.

It reads what it is given, listing after listing, and says what each announced; where to go on is the caller's `on`. No listing
is read twice in a walk, so that a circle ends, and no more than `most`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from parsers.errors import BadStatus, NotAFeed, ParseError, PipelineError
from parsers.listings import READERS
from parsers.model import Capture, Listing
from parsers.urls import page_key

from ..config import Source
from ..web.bounded import Cut, Overflow, gunzip, is_gzip

MOST = 500  #: listings in one walk
LARGEST = 50 * 2**20  #: bytes of a sitemap; what sitemaps.org allows
NOTHING = Listing()

Fetch = Callable[[str], Awaitable[Capture]]  #: a listing's address → what the server sent; raises PipelineError
#: A reader and a capture → the listing, in a worker that may be killed; raises ParseError.
Work = Callable[[Callable[[Capture], Listing], Capture], Awaitable[Listing]]


@dataclass(frozen=True, slots=True)
class Step:
    """One listing of a walk."""

    url: str
    listing: Listing = NOTHING
    capture: Capture | None = None
    error: PipelineError | None = None
    unchanged: bool = False  #: the server said 304
    ended: bool = False  #: a further page of a list that is not there any more: its end, and no error


async def walk(
    start: str, kind: str, fetch: Fetch, work: Work, on: Callable[[Step], Iterable[str]], most: int = MOST
) -> AsyncIterator[Step]:
    """Read listings, from `start` on; `on` says which others to read after a step. A listing's error is in its step."""
    queue = deque([(start, True)])
    met = {page_key(start)}
    count = 0
    while queue and count < most:
        url, first = queue.popleft()
        count += 1
        step = await read_one(url, kind, fetch, work, first=first)
        yield step
        for more in on(step):
            if page_key(more) not in met:
                met.add(page_key(more))
                queue.append((more, False))


async def read_one(url: str, kind: str, fetch: Fetch, work: Work, *, first: bool = True) -> Step:
    """Fetch and read one listing."""
    try:
        capture = await fetch(url)
        if capture.status == 304:
            return Step(url, capture=capture, unchanged=True)
        listing = await work(READERS[kind], unpacked(capture))
    except BadStatus as error:
        # WordPress ends a list of pages with 404, its interface with 400 (rest_post_invalid_page_number).
        return Step(url, error=error, ended=not first and error.status in (400, 404, 410))
    except ParseError as error:
        return Step(url, error=error, ended=not first and kind == "index")
    except PipelineError as error:
        return Step(url, error=error)
    return Step(url, listing, capture)


def unpacked(capture: Capture) -> Capture:
    """A listing that is a gzip file by itself, as sitemaps may be, unfolded. Raises NotAFeed."""
    if not is_gzip(capture.body):
        return capture
    try:
        body = gunzip(capture.body, LARGEST)
    except Overflow:
        raise NotAFeed(capture.url, f"it unfolds to more than {LARGEST:,} bytes, and no sitemap may") from None
    except Cut as error:
        raise NotAFeed(capture.url, f"its gzip is damaged or cut off ({error})") from error
    return Capture(capture.url, body, capture.fetched_at, capture.final_url, capture.status, capture.headers, role=capture.role)


def wanted(source: Source, url: str, date: str = "") -> bool:
    """True for a page that a source is to follow: it fits a pattern, fits none to skip, and is not too far back.

    >>> wanted(Source(name="a", kind="feed", url="https://a.example/feed/", follow=("*/roundup*",)), "https://a.example/roundup-3/")
    True
    """
    if source.follow and not any(fnmatchcase(url, pattern) for pattern in source.follow):
        return False
    if any(fnmatchcase(url, pattern) for pattern in source.skip):
        return False
    return source.since is None or not date or date[:10] >= source.since.isoformat()


def too_old(source: Source, listing: Listing) -> bool:
    """True where all that a listing tells lies before the day that a source goes back to: what follows lies there too."""
    first = source.since.isoformat() if source.since is not None else ""
    return bool(listing.dates) and all(date and date[:10] < first for date in listing.dates)
