"""Readers' comments: the platforms' own markup first, then the general reader; then what was fetched besides. Pure.

platforms/     what an engine's own ids and classes say its items are
threads.py     the general reader: what repeats around dates (anchors.py), weighed
fields.py      who wrote when        parents.py  who answers whom        pings.py
records.py     text and fittings, booked in the ledger                     area.py  what stands around
asks.py        where the rest can be had      answers.py, shapes.py  what came of it  merge.py
"""

from __future__ import annotations

from dataclasses import dataclass

from .answers import Answer, read_answer
from .area import Area, book_area
from .asks import external_wants, feed_want, rest_wants
from .cut import cut
from .embeds import external_system
from .fields import fill
from .fingerprint import platform_of
from .ledger import Ledger
from .merge import merge
from .model import Bundle, Capture, Comment, Want
from .page import Page, open_page
from .parents import set_parents
from .pings import mark_pings
from .platforms import PLATFORMS, marks_of
from .records import Draft, body_text, nest, settle
from .runs import grown
from .scan import Scan, scan
from .spots import Context, Names
from .thread import Thread
from .threads import find_records

MOST_PAGES = 100  #: comment pages of one post


@dataclass(frozen=True, slots=True)
class Found:
    """The comments that one page prints, and what it says around them."""

    comments: tuple[Comment, ...]
    reader: str
    area: Area


def read_comments(bundle: Bundle, page: Page, ledger: Ledger, *, platforms: bool = True) -> Thread:
    """The page's thread, with what the bundle's extras add. With `platforms=False` the general reader alone reads it."""
    if page.tree is None:
        return Thread()
    found = read_page(page, ledger, Context(_language(page), bundle.page.fetched_at), platforms)
    pages = {found.area.pages} if found.area.pages else set()
    readings, wants, whole, answered = [found.comments], list(_links(found.area)), False, 0
    for extra in bundle.extras[:MOST_PAGES]:
        if not extra.role.startswith("comments"):
            continue
        answer = read_answer(extra) or _read_extra(extra, bundle, platforms)
        readings.append(answer.comments)
        wants += answer.wants
        whole, answered = whole or (answer.complete and bool(answer.comments)), answered + 1
    comments = merge(readings) if answered else found.comments
    system = "" if comments else external_system(page)
    short = _short_of(found, comments)
    if short or pages:
        wants = [*rest_wants(page), *wants] or [want for want in (feed_want(page),) if want is not None]
    elif system or found.reader == "substack":
        wants += external_wants(page, system or found.reader)
    left = _unanswered(wants, bundle)
    complete = not short and (not pages or bool(answered)) and comments != () and _counted(found, comments)
    if complete or (whole and not pages):
        left = []
    status = _status(comments, system, found.area, left, short and not whole)
    return Thread(comments, status, tuple(left), _notes(found, comments, short), found.reader)


def read_page(page: Page, ledger: Ledger, context: Context, platforms: bool = True) -> Found:
    """The comments of one page as served."""
    drafts, reader, seen = _find(page, context, platforms)
    seen = seen if seen is not None else scan(page)
    comments = settle(page, ledger, drafts, reader if reader != "general" else "comments") if drafts else ()
    reader = reader if drafts else ""
    return Found(comments, reader, book_area(page, ledger, drafts, reader if reader != "general" else "comments", seen))


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
    for larger in (False, True):
        if larger:
            drafts = grown(page, drafts)
        mark_pings(page, drafts)
        fill(page, drafts, names, context)
        set_parents(page, drafts)
        cut(page, drafts)
        if any(draft.author or draft.posted_at for draft in drafts):
            break
    said = [draft for draft in drafts if body_text(page, draft) or (draft.kind != "comment" and draft.author)]
    return drafts if 2 * len(said) >= len(drafts) else []


def _read_extra(extra: Capture, bundle: Bundle, platforms: bool) -> Answer:
    """A further comment page."""
    page = open_page(extra)
    if page.tree is None:
        return Answer()
    found = read_page(page, Ledger(page), Context(_language(page), bundle.page.fetched_at), platforms)
    return Answer(found.comments, tuple(_links(found.area)) if found.comments else ())


def _links(area: Area) -> list[Want]:
    return [Want(url, "comments") for url in area.pages]


def _unanswered(wants: list[Want], bundle: Bundle) -> list[Want]:
    """Each want once, without the page itself and what has been answered."""
    known = {extra.url for extra in bundle.extras} | {bundle.page.url, bundle.page.final_url}
    known |= {_first_page(url) for url in known}
    unique = {want.url: want for want in wants if want.url not in known}
    return list(unique.values())[:MOST_PAGES]


def _first_page(url: str) -> str:
    return url.partition("#")[0]


def _short_of(found: Found, comments: tuple[Comment, ...]) -> bool:
    """True where the heading counts more than was found."""
    return found.area.count > len(comments)


def _counted(found: Found, comments: tuple[Comment, ...]) -> bool:
    """True where the heading's count is met, pings apart or not."""
    spoken = sum(comment.kind == "comment" for comment in comments)
    return found.area.count in (len(comments), spoken)


def _status(comments: tuple[Comment, ...], system: str, area: Area, left: list[Want], short: bool) -> str:
    if comments:
        return "paginated" if any(want.role == "comments" for want in left) else "truncated" if short else "parsed"
    if system:
        return f"external:{system}"
    if area.closed:
        return "closed"
    return "truncated" if area.count > 0 else "none"


def _notes(found: Found, comments: tuple[Comment, ...], short: bool) -> tuple[str, ...]:
    """Where what is counted and what is found differ."""
    count, spoken = found.area.count, sum(comment.kind == "comment" for comment in comments)
    if count < 0 or count in (len(comments), spoken):
        return ()
    pings = f" and {len(comments) - spoken} pings" if len(comments) > spoken else ""
    return (f"the heading counts {count} comments, {spoken}{pings} were found",)


def _language(page: Page) -> str:
    said = page.html_attrs.get("lang") or page.html_attrs.get("xml:lang") or page.metas.get("og:locale") or ""
    return said.strip().lower().replace("_", "-")
