"""What a feed announces: RSS, Atom (by feedparser) and JSON Feed (by hand). Pure."""

from __future__ import annotations

import calendar
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from ..errors import NotAFeed
from ..model import Capture, Listing

MOST = 5_000  #: entries that are taken
_ENTITIES = re.compile(rb"<!ENTITY", re.I)
_MOST_ENTITIES = 300  #: the old RSS 0.91 doctype declares 100 of them; bombs need few, but nested, and feedparser ignores those


def read_feed(capture: Capture) -> Listing:
    """Addresses of a feed's entries, in its order. Raises NotAFeed for what is none."""
    body = capture.body
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(capture)
    if len(_ENTITIES.findall(body)) > _MOST_ENTITIES:
        raise NotAFeed(capture.url, "it declares more entities than a feed does")
    kind = capture.header("content-type")
    found = feedparser.parse(
        body, response_headers={"content-type": kind} if kind else {}, sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version") and not found.entries:
        what = "a web page" if re.search(rb"<html\b|<!doctype html", body[:2000], re.I) else "neither RSS, Atom nor JSON Feed"
        raise NotAFeed(capture.url, f"it is {what}, not a feed")
    base = capture.final_url or capture.url
    entries = found.entries[:MOST]
    more = [link.get("href", "") for link in found.feed.get("links", []) if link.get("rel") == "next"]  # RFC 5005
    return _listing(base, [(_link(entry), _date(entry)) for entry in entries], more)


def _link(entry: Any) -> str:
    """Where the entry's page is: the address behind a redirecting proxy, the link, else a guid that is one."""
    guid = entry.get("id", "") if entry.get("guidislink", True) else ""
    link = entry.get("feedburner_origlink") or entry.get("link") or guid
    return str(link)


def _date(entry: Any) -> str:
    """When the entry was last changed, ISO 8601 in UTC, or ``""``."""
    # Past FeedParserDict, which takes one for the other and warns about it.
    parsed = dict.get(entry, "updated_parsed") or dict.get(entry, "published_parsed")
    if not parsed:
        return ""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _json_feed(capture: Capture) -> Listing:
    """JSON Feed 1 and 1.1 (jsonfeed.org)."""
    try:
        data = json.loads(capture.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise NotAFeed(capture.url, "it is broken JSON, not a feed") from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise NotAFeed(capture.url, "it is JSON, but no JSON Feed")
    items = [item for item in data["items"][:MOST] if isinstance(item, dict)]
    entries = [(_json_link(item), str(item.get("date_modified") or item.get("date_published") or "")) for item in items]
    return _listing(capture.final_url or capture.url, entries, [str(data.get("next_url") or "")])


def _json_link(item: dict[str, Any]) -> str:
    """An item's page: its url, else an id that is one."""
    url, key = item.get("url"), item.get("id")
    return str(url) if url else str(key) if str(key).startswith(("http://", "https://")) else ""


def _listing(base: str, entries: list[tuple[str, str]], more: list[str]) -> Listing:
    """Absolute web addresses, each once."""
    pages: dict[str, str] = {}
    for link, date in entries:
        if page := _absolute(base, link):
            pages.setdefault(page, date)
    onward = tuple(address for link in more if (address := _absolute(base, link)))
    return Listing(tuple(pages), onward, tuple(pages.values()))


def _absolute(base: str, link: str) -> str:
    try:
        address = urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""
