"""Find out what a blog offers: from any of its addresses to the sources that follow it best.

Few requests: the page itself, what it announces, and a sitemap where nothing better was announced. Each answer is read before
it counts, since many a link leads to an error page.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from parsers import Capture, Listing
from parsers.errors import FetchError, NotAFeed, ParseError, PipelineError
from parsers.listings import LISTINGS, READERS
from parsers.listings.announce import Announced, read_announced
from parsers.listings.wp_rest import comments_address, posts_address

from .discover import unpacked

SITEMAPS = ("/sitemap.xml", "/wp-sitemap.xml", "/sitemap_index.xml")
MOST = 5  #: sitemaps of a robots.txt that are tried
_SITEMAP = re.compile(r"^[ \t]{0,9}sitemap[ \t]{0,9}:[ \t]{0,9}(\S{1,2048})", re.I | re.M)
FEW = 3  #: headings that link to posts; what has fewer is no list of posts

Get = Callable[[str], Awaitable[Capture]]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be watched."""

    kind: str
    url: str
    pages: int  #: that it lists now
    past: bool = False  #: the whole past can be walked from here
    comments: bool = False  #: it announces comments, and so when a post has new ones


@dataclass(frozen=True, slots=True)
class Found:
    """What an address turned out to be, and what to watch."""

    what: str  #: in words: "a WordPress blog"
    title: str
    offers: tuple[Offer, ...]  #: best first; empty where nothing can be watched


async def find(url: str, get: Get) -> Found:
    """What to watch for an address. Raises PipelineError where it cannot be had at all."""
    capture = unpacked(await get(url))
    for kind, read in LISTINGS:
        if kind != "index" and (listing := _read(read, capture)) is not None:
            return Found(_A[kind], "", (Offer(kind, url, len(listing.pages), _has_past(kind, listing)),))
    try:
        announced = read_announced(capture)
    except ParseError as error:
        raise NotAFeed(capture.url, f"it is neither a page nor a listing: {error.reason}") from error
    index = _read(READERS["index"], capture)
    home = urlsplit(capture.final_url or capture.url).path in ("", "/")
    if not home and announced.article:
        return Found("a single page", announced.title, (Offer("url", url, 1),))
    offers = await (_of_blog(url, announced, get) if home else _of_part(capture, announced, get))
    if not offers and index is not None and len(index.pages) >= FEW:
        offers = [Offer("index", url, len(index.pages), bool(index.more))]
    if not offers:
        return Found("a single page", announced.title, (Offer("url", url, 1),))
    return Found(_called(announced, home), announced.title, tuple(offers))


_A = {"feed": "a feed", "sitemap": "a sitemap", "wordpress": "WordPress's interface"}


def _called(announced: Announced, home: bool) -> str:
    engine = announced.engine.partition(" ")[0]
    what = "blog" if home else "part of a blog"
    return f"a {engine} {what}" if engine.isalpha() else f"a {what}"


async def _of_blog(url: str, announced: Announced, get: Get) -> list[Offer]:
    """A whole blog: WordPress's interface, which knows of edits; else its feed, and a sitemap for its past."""
    if announced.api:
        posts = await _try("wordpress", posts_address(announced.api), get)
        if posts is not None:
            comments = await _try("wordpress", comments_address(announced.api), get)
            return [posts, *([_of_comments(comments)] if comments else [])]
    feed = await _first("feed", announced.feeds, get)
    if feed is not None and feed.past:
        return [feed]
    sitemap = await _first("sitemap", [*await _of_robots(url, get), *(urljoin(url, path) for path in SITEMAPS)], get)
    return [offer for offer in (feed, sitemap) if offer is not None]


async def _of_robots(url: str, get: Get) -> list[str]:
    """The sitemaps that robots.txt names."""
    try:
        said = (await get(urljoin(url, "/robots.txt"))).body[:500_000].decode("utf-8", "replace")
    except FetchError:
        return []
    return [urljoin(url, found) for found in _SITEMAP.findall(said)[:MOST]]


async def _of_part(capture: Capture, announced: Announced, get: Get) -> list[Offer]:
    """A category or a tag: the feed of its own, where it has one."""
    base = (capture.final_url or capture.url).rstrip("/") + "/"
    own = await _first("feed", [feed for feed in announced.feeds if feed.startswith(base)], get)
    return [own] if own is not None else []


def _of_comments(offer: Offer) -> Offer:
    return Offer(offer.kind, offer.url, offer.pages, comments=True)


async def _first(kind: str, urls: list[str] | tuple[str, ...], get: Get) -> Offer | None:
    """The first of some addresses that is such a listing."""
    for url in urls:
        if (offer := await _try(kind, url, get)) is not None:
            return offer
    return None


async def _try(kind: str, url: str, get: Get) -> Offer | None:
    try:
        capture = unpacked(await get(url))
    except (FetchError, ParseError):
        return None
    listing = _read(READERS[kind], capture)
    return None if listing is None else Offer(kind, url, len(listing.pages), _has_past(kind, listing))


def _read(read: Callable[[Capture], Listing], capture: Capture) -> Listing | None:
    try:
        return read(capture)
    except PipelineError:
        return None


def _has_past(kind: str, listing: Listing) -> bool:
    """True where the listing leads through the whole past; a short list from WordPress's interface is its whole past."""
    return bool(listing.more) or kind in ("sitemap", "wordpress")
