"""Posts over several pages: which page comes next, and several pages joined into one.

WordPress splits a post at `<!--nextpage-->` into /slug/, /slug/2/, ... (`wp_link_pages()`); others use `?page=2`.
A next page is believed only where its address is this page's own with the number one higher: that tells the second
page of a post from the second page of an archive, and needs no class names.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from .ledger import Ledger
from .model import Want
from .page import Page

_NUMBERED = re.compile(r"^(?P<path>/.*?)/(?P<number>[1-9]\d?)/?$")
_PARAMS = ("page", "paged", "seite", "pagina")
_ARCHIVE = re.compile(r"/(?:page|seite|pagina|strona|sayfa|category|tag|author|comment-page-\d+)(?:/|$)")
MOST_PAGES = 30


def next_page(page: Page) -> Want | None:
    """The page of the same post that follows this one, if the page links to it."""
    here = urlsplit(page.url)
    if page.tree is None or here.scheme not in ("http", "https") or _ARCHIVE.search(here.path) or here.path in ("", "/"):
        return None
    stem, number = _place(page.url)
    if number >= MOST_PAGES:
        return None
    for href in _hrefs(page, str(number + 1)):
        url = page.absolute(href).partition("#")[0]
        if urlsplit(url).netloc == here.netloc and _place(url) == (stem, number + 1):
            return Want(url, "next-page")
    return None


def _hrefs(page: Page, number: str) -> list[str]:
    """The links that may lead to that page, as written: few of a page's links end so, and only those are resolved."""
    found = [link.get("href") or "" for link in page.links if "next" in (link.get("rel") or "").lower().split()]
    found += [a.get("href") for a in page.by_tag.get("a", ()) if a.t1 - a.t0 <= 3 and number in a.get("href")]
    return [href for href in found if _last(href) == number or f"={number}" in href]


def _last(href: str) -> str:
    return href.partition("#")[0].strip().rstrip("/").rpartition("/")[2]


def _place(url: str) -> tuple[str, int]:
    """An address without its page number, and the number (1 where it has none).

    >>> _place("https://blog.example/2019/02/summit/2/")
    ('https://blog.example/2019/02/summit', 2)
    >>> _place("https://blog.example/read?id=7&page=3")
    ('https://blog.example/read?id=7', 3)
    >>> _place("https://blog.example/2019/02/")
    ('https://blog.example/2019/02', 1)
    """
    parts = urlsplit(url)
    query = parse_qsl(parts.query)
    number = 1
    for name, value in query:
        if name in _PARAMS and value.isdigit():
            number = int(value[:4])
    rest = urlencode([(name, value) for name, value in query if name not in _PARAMS])
    path = parts.path.rstrip("/")
    match = _NUMBERED.match(path)
    if match and not re.fullmatch(r"(?:/\d{4})?(?:/\d{1,2})*", match["path"]):  # /2019/02/ is a month, not a page
        path, number = match["path"], int(match["number"])
    return f"{parts.scheme}://{parts.netloc}{path}" + (f"?{rest}" if rest else ""), number


def join(page: Page, ledger: Ledger, other: Page, other_ledger: Ledger) -> None:
    """Lay another page behind this one: its lines, pieces, elements and marks, renumbered."""
    pieces, elements, lines = len(page.texts), len(page.elements), len(page.lines)
    for el in other.elements:
        el.at, el.end, el.t0, el.t1 = el.at + elements, el.end + elements, el.t0 + pieces, el.t1 + pieces
    for line in other.lines:
        line.ordinal, line.t0, line.t1 = line.ordinal + lines, line.t0 + pieces, line.t1 + pieces
    page.elements += other.elements
    page.texts += other.texts
    page.homes += other.homes
    page.lines += other.lines
    page.line_of += [n + lines for n in other.line_of]
    page.behind.append(other)
    ledger.marks += other_ledger.marks
