"""What stands around a page's comments: the heading that counts them, page links, the form, "comments are closed". Pure.

Each is dropped in the ledger by a rule that names it. Whatever else a theme prints there is left to others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache

from ..ledger import Ledger
from ..page import CONTROL, FORM, Element, Line, Page
from .records import Draft
from .scan import Scan
from .signs import ADS, CLOSED, PAGING, Heading, heading_of, phrase_rule, plain, sign_of
from .signs import FORM as FORM_SIGN

_PAGE_LINK = re.compile(r"comment-page-\d+|[?&]c(?:omment)?page=\d+|[?&]commentPage=\d+|/comments/page/\d+")
_MORE = re.compile(
    r"\+?\d+ more (?:comments?|replies)|(?:view|show|see|load|read) (?:all|more)(?: \d+)? comments|more comments"
    r"|(?:alle|weitere|mehr) (?:\d+ )?kommentare|voir (?:tous|plus de)(?: les)?(?: \d+)? commentaires"
    r"|ver (?:todos|mas)(?: los)?(?: \d+)? comentarios"
)
_NUMBERED = re.compile(r"[?&](?:page|start|offset)=\d+")
MOST_CLOSED = 120  #: characters of a line that says so
LEVELS = 5
WITHIN, AFTER = 14, 40  # lines above the first comment, and under the last
_LAST_TAGS = frozenset(("body", "main", "html", "#document"))
#: what is taken above the comments and under them where it stands outside their box
_OVER = frozenset(("comments/heading",))
_UNDER = frozenset(("comments/closed", "comments/paging", "comments/prompt", "comments/feed-link", "comments/preview"))
_COMMON = frozenset(("prompt", "feed-link", "preview", "advertising"))


@dataclass(frozen=True, slots=True)
class Area:
    """What a page says of its comments besides them."""

    count: int = -1  #: what the heading counts, -1 where none does
    closed: bool = False  #: True where it has none and says that they are closed
    pages: tuple[str, ...] = ()  #: absolute addresses of further comment pages
    more: bool = False  #: True where it says that it holds some back: "13 more comments"


def in_comments(ledger: Ledger, at: Line | Element) -> bool:
    """True for what begins with a piece that a comment reader took, or with one of the rest of the comment area.

    A line of the post's own that counts its comments ("3 May | 2 comments") is marked as their heading, and is none.
    """
    mark = ledger.marks[at.t0] if at.t1 > at.t0 else ""
    if mark == "-comments/heading":
        text = ledger.page.lines[ledger.page.line_of[at.t0]].text
        return " " not in text or not any(c.isdigit() for c in text)
    return mark[:8] == "+comment" or mark[:9] == "-comments"


def is_closed(found: Scan) -> bool:
    """True where the page says that its comments are closed."""
    return any(_says(line.text) == "closed" for line in found.about())


@lru_cache(maxsize=1 << 12)
def _says(text: str) -> str:
    """Whether a line says that comments are closed or that there are more; ``""`` where it says neither."""
    if len(text) > MOST_CLOSED:
        return ""
    words = plain(text)
    return "closed" if words in CLOSED else "more" if len(text) < 80 and _MORE.match(words) else ""


def _links(page: Page) -> list[Element]:
    """Every link to a page of comments, and the permalinks that name their comment's page too."""
    found = []
    for el in page.by_tag.get("a", ()):
        href = el.attrs.get("href")
        if href and ("page" in href or "Page" in href) and _PAGE_LINK.search(href) is not None:
            found.append(el)
    return found


def _pages(page: Page, links: list[Element]) -> tuple[str, ...]:
    """The addresses of comment pages that the page links to, without this one."""
    found: dict[str, None] = {}
    here = page.url.partition("#")[0]
    for el in links:
        href = el.get("href")
        if "replytocom" in href or "respond" in href or any(c.isdigit() for c in href.partition("#")[2]):
            continue
        url = page.absolute(href).partition("#")[0]
        if url and url != here:
            found[url] = None
    return tuple(found)


@dataclass(slots=True)
class _Signs:
    """What the elements around a line say of it, each asked once."""

    links: set[int]  #: the links to comment pages, by place
    known: dict[int, int] = field(default_factory=dict)  #: of single elements

    def near(self, home: Element) -> int:
        """The signs of an element and the nearest around it."""
        signs, up = 0, home
        for _ in range(6):
            if up.tag in _LAST_TAGS or up.parent is None:
                break
            sign = self.known.get(up.at)
            if sign is None:
                sign = self.known[up.at] = sign_of(up.get("class")) | sign_of(up.get("id"))
            signs |= sign
            up = up.parent
        return signs


def book_area(page: Page, ledger: Ledger, drafts: list[Draft], platform: str, found: Scan | None) -> Area:
    """Drop what stands around the comments, and tell what it says."""
    linked = _links(page)
    links = _pages(page, linked)
    if not drafts:
        return Area(-1, found is not None and is_closed(found), links)
    more, signs = False, _Signs({el.at for el in linked})
    count, box, beside = -1, _box(page, drafts), _beside(page, drafts)
    first = page.line_of[min(draft.t0 for draft in drafts)]
    last = page.line_of[max(draft.own[-1][1] for draft in drafts if draft.own) - 1]
    for line in page.lines[max(0, first - WITHIN) : last + AFTER]:
        if ledger.marks[line.t0] and ledger.taken(line):
            continue
        inside = box.t0 <= line.t0 < box.t1
        text = line.text
        heading = heading_of(text) if len(text) <= 200 else None
        if heading is not None and line.ordinal < first:
            count = _better(count, heading)
        rule = _rule(page, line, heading, platform, signs)
        if line.ordinal > first and _says(text) == "more" and not _is_hidden(page, line):
            more, rule = True, rule or "comments/paging"
        if not rule and line.ordinal in beside:
            rule = "comments/beside-comment"
        if rule == "comments/paging" and inside:
            links += tuple(url for url in _numbered(page, line) if url not in links)
        if rule and (inside or rule in (_OVER if line.ordinal < first else _UNDER)):
            ledger.drop(line.t0, line.t1, rule)
    for line in page.lines_of(box):
        if line.ordinal >= last + AFTER and not ledger.taken(line) and page.homes[line.t0].marks & (FORM | CONTROL):
            ledger.drop(line.t0, line.t1, f"{platform}/comment-form")
    return Area(count, False, links, more)


def _numbered(page: Page, line: Line) -> list[str]:
    """The addresses of this post's other comment pages that a line of page numbers links to."""
    here = page.url.partition("#")[0]
    path, found = here.partition("?")[0], []
    for t in range(line.t0, line.t1):
        link = page.homes[t].nearest("a")
        url = page.absolute(link.get("href")).partition("#")[0] if link is not None else ""
        if url.partition("?")[0] == path and url != here and _NUMBERED.search(url):
            found.append(url)
    return found


def _is_hidden(page: Page, line: Line) -> bool:
    return any("hidden" in el.get("class").split() for el in (page.homes[line.t0], *page.homes[line.t0].above()))


def _better(count: int, heading: Heading) -> int:
    """The last count above the list holds, but a heading without one takes none away."""
    return count if heading.count < 0 or heading.pings else heading.count


def _box(page: Page, drafts: list[Draft]) -> Element:
    """The element that holds all comments, and around it those that are about comments alone."""
    box = page.elements[drafts[0].a0]
    last = max(draft.a1 for draft in drafts)
    first = min(draft.a0 for draft in drafts)
    while box.parent is not None and box.parent.tag != "body" and not (box.at <= first and box.end >= last):
        box = box.parent
    for _ in range(LEVELS):
        up = box.parent
        if up is None or up.tag in _LAST_TAGS or _holds_more(page, up, box):
            break
        box = up
    return box


def _beside(page: Page, drafts: list[Draft]) -> set[int]:
    """Short lines in a comment's own list item but outside its element: pictures' captions, profile links."""
    found: set[int] = set()
    roots = sorted(draft.a0 for draft in drafts)
    for draft in drafts:
        el = page.elements[draft.a0]
        for up in el.above():
            if up.tag in _LAST_TAGS or bisect_left(roots, up.end) - bisect_left(roots, up.at) > 1:
                break
            if up.tag in ("li", "tr", "article") and up.t1 - up.t0 < draft.t1 - draft.t0 + 40:
                found.update(line.ordinal for line in page.lines_of(up) if len(line.text) <= 80)
    return found


def _holds_more(page: Page, up: Element, box: Element) -> bool:
    """True where an element holds prose or a headline beside the comments' box."""
    if any(up.holds(el) for el in page.by_tag.get("h1", ())):
        return True
    lines = [line for line in page.lines_of(up) if not box.t0 <= line.t0 < box.t1]
    prose = [line for line in lines if len(line.text) > 120 and not line.el.marks & (FORM | CONTROL)]
    return len(lines) > 60 or len(prose) > 2


def _rule(page: Page, line: Line, heading: Heading | None, platform: str, signs: _Signs) -> str:
    """The rule that drops a line of the area, or ``""``."""
    home = page.homes[line.t0]
    near = signs.near(home)
    if (home.marks & FORM and not _is_fieldless(page, home)) or near & FORM_SIGN:
        return f"{platform}/comment-form"
    if _says(line.text) == "closed":
        return "comments/closed"
    if heading is not None:
        return "comments/heading"
    if _is_paging(page, line, signs):
        return "comments/paging"
    rule = phrase_rule(line.text) if len(line.text) <= 120 else ""
    if rule:
        return f"{platform}/{rule}" if rule not in _COMMON else f"comments/{rule}"
    if near & ADS:
        return "comments/advertising"
    if home.marks & CONTROL:
        return f"{platform}/actions"
    return ""


def _is_fieldless(page: Page, home: Element) -> bool:
    """True inside a form that has nothing to fill in: an engine's box around a post that its author may edit."""
    form = home.nearest("form")
    return form is not None and not any(
        el.tag in ("textarea", "select", "button") or (el.tag == "input" and el.get("type").lower() != "hidden")
        for el in page.inside(form)
    )


def _is_paging(page: Page, line: Line, signs: _Signs) -> bool:
    """True for a line of links to comment pages, or inside an element that says it pages."""
    size = len(line.text)
    if size >= 120:
        return False
    links = signs.links if size < 80 else ()
    for t in range(line.t0, line.t1):
        up: Element | None = page.homes[t]
        for _ in range(4):
            if up is None:
                break
            if up.at in links or (sign_of(up.get("class")) & PAGING):
                return True
            up = up.parent
    return False
