"""Readers' comments: the platforms' own markup first, then the general reader; then what was fetched besides. Pure.

platforms/     what an engine's own ids and classes say its items are
threads.py     the general reader: what repeats around dates (anchors.py), weighed
fields.py      who wrote when (who.py, when.py), pings.py, printed.py: the ids, and parents.py: who answers whom
cut.py         words and fittings, booked in the ledger by records.py; area.py books what stands around
gather.py      one thread of a page and its extras: asks.py, answers.py, merge.py
"""

from __future__ import annotations

import re

from ..errors import ParseError
from ..facts.fingerprint import platform_of
from ..ledger import Ledger
from ..model import Bundle, Capture, Want
from ..page import Page, open_page
from ..platforms import PLATFORMS, marks_of
from .answers import Answer, read_answer
from .area import book_area
from .cut import cut
from .fields import fill
from .gather import Found, gather
from .parents import set_parents
from .pings import mark_pings, name_pings
from .printed import give_keys
from .records import Draft, nest, settle, speaks, tagged
from .runs import enlarged, grown
from .scan import Scan, scan
from .spots import Context, Names
from .thread import Thread
from .threads import find_records


def read_comments(bundle: Bundle, page: Page, ledger: Ledger, *, platforms: bool = True) -> Thread:
    """The page's thread, with what the bundle's extras add. With `platforms=False` the general reader alone reads it."""
    if page.tree is None:
        return Thread()
    now = bundle.page.fetched_at
    found = read_page(page, ledger, Context(_language(page), now), platforms)

    def read(extra: Capture) -> Answer:
        answer = read_answer(extra)
        if answer is not None:
            return answer
        try:
            other = open_page(extra)
        except ParseError:  # the page itself can still be read
            return Answer()
        if other.tree is None:
            return Answer()
        there = read_page(other, Ledger(other), Context(_language(other), now), platforms)
        # A page past the end is answered too, with no comment, and leads nowhere.
        return Answer(there.comments, tuple(Want(url, "comments") for url in there.area.pages if there.comments))

    return gather(bundle, page, found, read)


def read_page(page: Page, ledger: Ledger, context: Context, platforms: bool = True) -> Found:
    """The comments of one page as served."""
    drafts, reader, seen = _find(page, context, platforms)
    name = reader if reader not in ("general", "") else "comments"
    comments = settle(page, ledger, drafts, name) if drafts else ()
    area = book_area(page, ledger, drafts, name, seen)
    return Found(comments, reader if drafts else "", area, len(drafts) - len(comments))


def _find(page: Page, context: Context, platforms: bool) -> tuple[list[Draft], str, Scan | None]:
    """The records with all their fields, and who found them."""
    marks = marks_of(page) if platforms else None
    for platform in PLATFORMS if marks is not None else ():
        assert marks is not None
        drafts = _filled(page, platform.find(marks), platform.names, context)
        if drafts and all(draft.kind != "comment" for draft in drafts):
            drafts = _with_the_rest(page, drafts, context)
        if drafts:
            # Other engines print WordPress's ids too.
            known = platform.name != "wordpress" or platform_of(page).startswith("wordpress")
            return drafts, platform.name if known else "comments", None
    seen = scan(page)
    return _filled(page, find_records(page, seen), Names(), context), "general", seen


def _with_the_rest(page: Page, pings: list[Draft], context: Context) -> list[Draft]:
    """A platform knew only the pings; a theme may print the comments in its own way."""
    taken = {t for ping in pings for t in range(ping.t0, ping.t1)}
    rest = [draft for draft in find_records(page, scan(page)) if taken.isdisjoint(range(draft.t0, draft.t1))]
    return nest([*pings, *_filled(page, nest(rest), Names(), context)])


def _filled(page: Page, drafts: list[Draft], names: Names, context: Context) -> list[Draft]:
    """Drafts with all their fields; none where most turn out to say nothing, so that another reader may try."""
    if not drafts:
        return []
    _fill_all(page, drafts, names, context)
    if 3 * _authors(drafts) <= len(drafts):
        bare = not any(draft.posted_at for draft in drafts)
        larger = grown(page, drafts) if bare else enlarged(page, drafts)
        _fill_all(page, larger, names, context)
        drafts = larger if bare or _authors(larger) > _authors(drafts) else drafts
    if _of_other_pages(page, drafts):
        return []
    told = [draft for draft in drafts if speaks(page, draft) or (draft.kind != "comment" and draft.author)]
    return drafts if 2 * len(told) >= len(drafts) else []


def _authors(drafts: list[Draft]) -> int:
    return sum(bool(draft.author) for draft in drafts)


def _fill_all(page: Page, drafts: list[Draft], names: Names, context: Context) -> None:
    if drafts:
        give_keys(page, drafts)
        mark_pings(page, drafts)
        fill(page, drafts, names, context)
        name_pings(page, drafts)
        set_parents(page, drafts)
        cut(page, drafts)


_PAGED = re.compile(r"\?.*|(?:comment-)?page[-/]?\d+")
_NUMBER = re.compile(r"\d+")
_FIGURE = re.compile(r"#.*\d")


def _of_other_pages(page: Page, drafts: list[Draft]) -> bool:
    """True for a list of the latest comments all over a site: their permalinks lead to several posts."""
    posts = {_post_of(target) for draft in drafts if (target := draft.permalink or _target(page, draft))}
    return len(posts) > 2 and 2 * len(posts) > len(drafts)


def _post_of(permalink: str) -> str:
    """The address of the post, without what tells its comments or their pages apart.

    >>> _post_of("https://a.example/post-7/comment-page-2#comment-12"), _post_of("https://a.example/comment/12#comment-12")
    ('https://a.example/post-7', 'https://a.example/comment')
    """
    address, _, place = permalink.partition("#")
    own = _NUMBER.findall(place)
    return _NUMBER.sub(lambda match: match[0] if own and match[0] != own[-1] else "", _PAGED.sub("", address)).rstrip("/")


def _target(page: Page, draft: Draft) -> str:
    """Where a record's only link to a numbered place leads."""
    places = {href for el in tagged(page, draft, "a") if _FIGURE.search(href := el.get("href"))}
    return page.absolute(places.pop()) if len(places) == 1 else ""


def _language(page: Page) -> str:
    said = page.html_attrs.get("lang") or page.html_attrs.get("xml:lang") or page.metas.get("og:locale") or ""
    return said.strip().lower().replace("_", "-")
