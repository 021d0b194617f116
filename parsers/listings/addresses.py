"""What all listings share: absolute web addresses, each once, with the date beside it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from ..model import Listing

MOST = 50_000  #: addresses that are taken from one listing; what a sitemap may hold (sitemaps.org)
LONGEST = 2_048  #: characters of an address
_COMMENT_PAGE = re.compile(r"/comment-page-\d{1,6}/?(?=#comment-\d)")  # a list of comments announces their posts


def listing(base: str, entries: Iterable[tuple[str, str]], more: Iterable[str] = ()) -> Listing:
    """A Listing of (link, date) and further listings; links as written, seen from `base`."""
    pages: dict[str, str] = {}
    for link, date in entries:
        if len(pages) >= MOST:
            break
        if page := absolute(base, _COMMENT_PAGE.sub("/", link)):
            pages[page] = max(pages.get(page, ""), date)
    onward = dict.fromkeys(address for link in more if (address := absolute(base, link)) and address != base)
    return Listing(tuple(pages), tuple(onward)[:MOST], tuple(pages.values()))


def absolute(base: str, link: str) -> str:
    """A link as a web address without its fragment, or ``""``.

    >>> absolute("https://blog.example/feed/", " ../post/#more ")
    'https://blog.example/post/'
    """
    link = link.strip()
    if not link or len(link) > LONGEST or any(ord(c) < 32 or ord(c) == 127 for c in link):
        return ""
    try:
        address = urljoin(base, link).partition("#")[0]
    except ValueError:
        return ""
    address = address.replace(" ", "%20")
    return address if address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST else ""


def iso(date: str) -> str:
    """A date that a machine wrote (W3C date and time) as ISO 8601 in UTC, or ``""``; without an offset it is taken to be UTC.

    >>> iso("2026-03-01T12:00:00+02:00"), iso("2026-03-01"), iso("soon")
    ('2026-03-01T10:00:00+00:00', '2026-03-01T00:00:00+00:00', '')
    """
    try:
        moment = datetime.fromisoformat(date.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.isoformat()

def with_query(url: str, **values: str) -> str:
    """An address with some parameters of its query set."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | values
    return urlunsplit(parts._replace(query=urlencode(query)))
