"""What a sitemap announces: XML sitemaps, indexes of them, and plain lists of addresses (sitemaps.org). Pure.

The XML is read by its tags and not by a parser, so that no entity ever unfolds and a sitemap that is cut off or broken still
gives what it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ..decode import decode
from ..errors import NotAFeed, NotText
from ..model import Capture, Listing
from .addresses import MOST, iso, listing

_ROOT = re.compile(r"<(?:([\w.-]{1,30}):)?(urlset|sitemapindex)[\s>]")
_TAG = re.compile(r"<(/?)(?:([\w.-]{1,30}):)?(url|sitemap|loc|lastmod)(?:\s[^<>]{0,500})?>")
_CDATA = re.compile(r"^\s*<!\[CDATA\[(.*?)\]\]>\s*$", re.S)
_LINE = re.compile(r"^[ \t]{0,20}(https?://\S{1,2048})[ \t\r]{0,20}$", re.M | re.I)


def read_sitemap(capture: Capture) -> Listing:
    """Addresses of pages with their dates, and of further sitemaps. Raises NotAFeed for what is none."""
    try:
        _, text = decode(capture)
    except NotText as error:
        raise NotAFeed(capture.url, f"it is no sitemap: {error.reason}") from None
    base = capture.final_url or capture.url
    root = _ROOT.search(text, 0, 20_000)
    if root is None:
        return _plain(capture, base, text)
    found = list(_entries(text, root.end(), root[1] or ""))
    if root[2] == "sitemapindex":
        return listing(base, (), [where for where, _ in sorted(found, key=lambda entry: entry[1], reverse=True)])
    return listing(base, found)


def _entries(text: str, start: int, prefix: str) -> Iterator[tuple[str, str]]:
    """(address, date) of each `<url>` or `<sitemap>`. Tags of other name spaces (`image:loc`) are passed over."""
    where = date = ""
    opened, count = -1, 0
    for tag in _TAG.finditer(text, start):
        if (tag[2] or "") != prefix:
            continue
        name, closes = tag[3], bool(tag[1])
        if name in ("loc", "lastmod"):
            if not closes:
                opened = tag.end()
            elif opened >= 0:
                value = _text(text[opened : tag.start()])
                where, date = (value, date) if name == "loc" else (where, iso(value))
                opened = -1
        elif closes or where:
            if where:
                yield where, date
                count += 1
            where = date = ""
            opened = -1
            if count >= MOST:
                return
    if where:  # cut off behind the address
        yield where, date


def _text(raw: str) -> str:
    if len(raw) > 5_000:
        return ""
    inner = _CDATA.match(raw)
    return inner[1].strip() if inner else html.unescape(raw).strip()


def _plain(capture: Capture, base: str, text: str) -> Listing:
    """A text file with one address a line."""
    if "<" in text[:1_000]:
        what = "a web page" if re.search(r"<html\b|<!doctype html", text[:2_000], re.I) else "some other XML"
        raise NotAFeed(capture.url, f"it is {what}, not a sitemap")
    lines = _LINE.findall(text)
    if not lines:
        raise NotAFeed(capture.url, "it holds no address, so it is no sitemap")
    return listing(base, [(line, "") for line in lines])
