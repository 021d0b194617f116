"""Readers' comments: the platforms' own markup first, then the general reader. Pure."""

from __future__ import annotations

from .fields import Context, Names, fill
from .ledger import Ledger
from .model import Bundle
from .page import Page
from .pings import mark_pings
from .platforms import PLATFORMS, marks_of
from .records import settle
from .thread import Thread
from .threading import set_parents
from .threads import find_records


def read_comments(bundle: Bundle, page: Page, ledger: Ledger, *, platforms: bool = True) -> Thread:
    """The page's thread. With `platforms=False` the general reader alone reads it."""
    if page.tree is None:
        return Thread()
    context = Context(_language(page), bundle.page.fetched_at)
    marks = marks_of(page) if platforms else None
    for platform in PLATFORMS if marks is not None else ():
        drafts = platform.find(marks)
        if drafts:
            mark_pings(page, drafts)
            fill(page, drafts, platform.names, context)
            set_parents(page, drafts)
            comments = settle(page, ledger, drafts, platform.name)
            return Thread(comments, "parsed", reader=platform.name)
    drafts = find_records(page)
    if not drafts:
        return Thread()
    mark_pings(page, drafts)
    fill(page, drafts, Names(), context)
    set_parents(page, drafts)
    return Thread(settle(page, ledger, drafts, "comments"), "parsed", reader="general")


def _language(page: Page) -> str:
    said = page.html_attrs.get("lang") or page.html_attrs.get("xml:lang") or page.metas.get("og:locale") or ""
    return said.strip().lower().replace("_", "-")
