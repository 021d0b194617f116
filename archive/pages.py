"""Which page an address belongs to.

What came from an address belongs to the page whose own address that is. An address that redirected here, or that the page
calls its canonical one, is a way to find the page and nothing more: else a page could push its bytes into another's history
by naming its address. What names an address on another site is written down ("elsewhere") and not even found by it.
"""

from __future__ import annotations

import sqlite3

from parsers.model import Capture
from parsers.urls import host_of, page_key, same_site

from .rows import clean, insert

_RANK = {"own": 0, "redirect": 1, "canonical": 2, "elsewhere": 3}


def page_of(conn: sqlite3.Connection, url: str) -> int | None:
    """The page that is found by an address."""
    row = conn.execute(
        "SELECT page_id FROM page_url WHERE key = ? AND reason <> 'elsewhere'", (_key(url),)
    ).fetchone()
    return None if row is None else int(row[0])


def own_page(conn: sqlite3.Connection, capture: Capture) -> int:
    """The page that a capture is of, made where it is new.

    A page that redirects for the first time to an unknown address of its own site has moved there or has given way to a
    notice; either way its history goes on. Whether the new address is its own too, `same_page` says when it has been read.
    """
    final = capture.final_url or capture.url
    page = _owner(conn, final)
    if page is None and same_site(final, capture.url):
        page = _owner(conn, capture.url)
    if page is None:
        page = _new_page(conn, final)
        name(conn, page, final, "own")
    name(conn, page, capture.url, "redirect")
    return page


def same_page(conn: sqlite3.Connection, page: int, capture: Capture) -> None:
    """The capture has been read and is of this page: the address that it came from is the page's own."""
    final = capture.final_url or capture.url
    if same_site(final, capture.url) and page_key(final).rstrip("/") != host_of(final):  # a start page is many pages in turn
        name(conn, page, final, "own")


def call(conn: sqlite3.Connection, page: int, canonical: str, url: str) -> None:
    """The page calls this its canonical address."""
    if canonical:
        name(conn, page, canonical, "canonical" if same_site(canonical, url) else "elsewhere")


def name(conn: sqlite3.Connection, page: int, url: str, reason: str) -> None:
    """Let an address lead to a page, unless it leads somewhere for a better reason. An own address is nobody else's."""
    key = _key(url)
    known = conn.execute("SELECT page_id, reason FROM page_url WHERE key = ?", (key,)).fetchone()
    if known is None:
        conn.execute("INSERT INTO page_url (key, page_id, url, reason) VALUES (?, ?, ?, ?)", (key, page, clean(url), reason))
    elif _RANK[reason] < _RANK[known[1]] or (reason == known[1] == "redirect" and known[0] != page):
        conn.execute("UPDATE page_url SET page_id = ?, url = ?, reason = ? WHERE key = ?", (page, clean(url), reason, key))


def _owner(conn: sqlite3.Connection, url: str) -> int | None:
    row = conn.execute("SELECT page_id FROM page_url WHERE key = ? AND reason = 'own'", (_key(url),)).fetchone()
    return None if row is None else int(row[0])


def _new_page(conn: sqlite3.Connection, url: str) -> int:
    return insert(conn, "page", {"title": clean(url), "url": clean(url), "host": clean(host_of(url))})


def _key(url: str) -> str:
    return clean(page_key(url))
