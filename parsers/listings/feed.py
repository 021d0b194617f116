"""What a feed announces: RSS, Atom (by feedparser) and JSON Feed (by hand). Pure."""

from __future__ import annotations

import calendar
import json
import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..decode import MAX_TAGS
from ..errors import NotAFeed
from ..model import Capture, Listing
from .addresses import iso, listing, with_query

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
    if body.count(b"<") > MAX_TAGS:
        raise NotAFeed(capture.url, f"it has more than {MAX_TAGS:,} tags, and no feed has")
    import feedparser  # here, since it takes long to load and the process that fetches reads no feed

    kind = capture.header("content-type")
    found = feedparser.parse(
        BytesIO(body),  # bare bytes would first be tried as the name of a file here
        response_headers={"content-type": kind} if kind else {},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.get("version") and not found.entries:
        what = "a web page" if re.search(rb"<html\b|<!doctype html", body[:2000], re.I) else "neither RSS, Atom nor JSON Feed"
        raise NotAFeed(capture.url, f"it is {what}, not a feed")
    base = capture.final_url or capture.url
    entries = [(_link(entry), _date(entry)) for entry in found.entries[:MOST]]
    return listing(base, entries, _more(found.feed, base) if entries else ())


def _more(feed: Any, base: str) -> list[str]:
    """The feed's next page: as it says (RFC 5005), or where WordPress has it unsaid. Behind the last one comes a 404."""
    more = [link.get("href", "") for link in feed.get("links", []) if link.get("rel") in ("next", "prev-archive")]
    if more or "wordpress" not in str(feed.get("generator", "")).lower():
        return more
    page = dict(parse_qsl(urlsplit(base).query)).get("paged", "1")
    return [with_query(base, paged=str(int(page[:6]) + 1))] if page.isdigit() else []


def _link(entry: Any) -> str:
    """Where the entry's page is: the address behind a redirecting proxy, the link, else a guid that is one."""
    guid = entry.get("id", "") if entry.get("guidislink", True) else ""
    link = entry.get("feedburner_origlink") or entry.get("link") or guid
    return str(link)


def _date(entry: Any) -> str:
    """When the entry was last changed, ISO 8601 in UTC, or ``""``."""
    parsed = dict.get(entry, "updated_parsed") or dict.get(entry, "published_parsed")  # its `get` mixes them up
    if not parsed:
        return ""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _json_link(item: dict[str, Any]) -> str:
    """An item's page: its url, else an id that is one; an id may be any word, and that is no relative address."""
    url, key = item.get("url"), str(item.get("id") or "")
    return str(url) if url else key if key.startswith(("http://", "https://")) else ""


def _json_feed(capture: Capture) -> Listing:
    """JSON Feed 1 and 1.1 (jsonfeed.org)."""
    try:
        data = json.loads(capture.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise NotAFeed(capture.url, "it is broken JSON, not a feed") from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise NotAFeed(capture.url, "it is JSON, but no JSON Feed")
    items = [item for item in data["items"][:MOST] if isinstance(item, dict)]
    entries = [
        (_json_link(item), iso(str(item.get("date_modified") or item.get("date_published") or "")))
        for item in items
    ]
    return listing(capture.final_url or capture.url, entries, [str(data.get("next_url") or "")])
