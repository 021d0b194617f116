"""The general reader: comments on pages that no platform's module knows. Pure.

Sets of records come from `anchors.py`; here each is weighed. What speaks for comments is what stands around them
(a heading that counts them, a form below) and in them (a reply link, a commenter's unfollowed link, a permalink to
a place in this page). What speaks against them is a link list, a teaser with its headline, a navigation. No class is
needed; one that says "comment" helps.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..page import ASIDE, CONTROL, FOOTER, HEADING, NAV, QUOTE, Element, Page
from ..wordcount import rough_words
from .anchors import Anchor, candidates, chain, date_anchors, is_dated, reply_anchors
from .pings import with_pings
from .records import Draft, nest, said, tagged
from .runs import byline_like, extended
from .scan import Scan, headings, speaks_of_comments
from .signs import COMMENT, PING, PREVIEW, WIDGET, heading_of, phrase_rule, sign_of
from .undated import numbered_anchors, portrait_anchors, says_anchors

ENOUGH = 2.1
MOST_ALONE = 20  #: single records that are weighed
SAMPLE = 12
_LEVEL = re.compile(r"\d+")
_ENDS = frozenset('.!?…。！？)”"')
HEADING_WITHIN = 12  # lines above the first record


@dataclass(slots=True)
class Weighed:
    """A set of records and what was seen of it, for `explain` and for tuning."""

    drafts: list[Draft]
    score: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)  #: what the score is the sum of
    odd: bool = False  #: True where one at an end may be the post or a footer: rather without it, if that will do

    @property
    def rank(self) -> float:
        """Of two sets, the larger is preferred to one slightly better, and of equals the one that shows who answers whom."""
        nested = any(draft.inside for draft in self.drafts)
        return self.score + 0.8 * math.log2(len(self.drafts)) + 0.1 * nested - 0.7 * self.odd


def find_records(page: Page, found: Scan) -> list[Draft]:
    """The records of the page's comments, nested; empty where it has none."""
    best = weigh_all(page, found)
    sure = best is not None and best.score >= ENOUGH
    records = with_undated(page, with_nested(page, best.drafts)) if best is not None and sure else []
    return with_pings(page, found, records)


def weigh_all(page: Page, found: Scan) -> Weighed | None:
    """The best set of records: by dates, else by reply links or what else repeats; a single one only where no list will do."""
    if not speaks_of_comments(page, found):
        return None
    over = headings(found)
    best: Weighed | None = None
    for find in _FINDERS:
        anchors = find(page, found)
        for sets in (candidates(page, anchors), single(page, anchors, over)):
            for drafts in sets:
                for some in (drafts, *_below_heading(page, drafts, over)):
                    if page.elements[some[0].a0].tag == "tr":  # a name's row, and the words in the next
                        some = extended(page, some)
                    if _hopeless(page, some, 2.5 if find in _DATED else 1.5):
                        continue
                    weighed = weigh(page, extended(page, some), over)
                    if best is None or weighed.rank > best.rank:
                        best = weighed
            if best is not None and best.score >= ENOUGH:
                return best
    return best


_DATED = (date_anchors, reply_anchors)
_FINDERS = (*_DATED, says_anchors, numbered_anchors, portrait_anchors)


def _below_heading(page: Page, drafts: list[Draft], over: dict[int, int]) -> Iterator[list[Draft]]:
    """The same without what stands above a heading that counts comments: a forum's opening post is built like its
    answers. Without the first alone where that is built in another way and any heading over comments follows it."""
    first, last = page.line_of[drafts[0].t0], page.line_of[drafts[-1].t0]
    between = [line for line, count in over.items() if count > 0 and first < line <= last]
    below = [draft for draft in drafts if page.line_of[draft.t0] > between[0]] if between else []
    if 1 < len(below) < len(drafts):
        yield below
    if len(drafts) > 2 and not between and _build(page, drafts[0]) != _build(page, drafts[1]):
        second = page.line_of[drafts[1].t0]
        if any(first < line < second and page.lines[line].t0 >= drafts[0].t1 for line in over):
            yield drafts[1:]


def _build(page: Page, draft: Draft) -> tuple[str, str]:
    root = page.elements[draft.a0]
    return root.tag, _leveled(root)


def _hopeless(page: Page, drafts: list[Draft], least: float) -> bool:
    """True for what need not be weighed: items with fewer pieces than a name and a word take, and a date where there is one."""
    tag = page.elements[drafts[0].a0].tag
    return tag in ("li", "article", "tr", "option") and sum(draft.t1 - draft.t0 for draft in drafts) < least * len(drafts)


def with_nested(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Take in what stands in a record or beside it and is built like one: answers whose list has another box."""
    roots = [page.elements[draft.a0] for draft in drafts]
    build = {(root.tag, _leveled(root)) for root in roots}
    if len(build) > 1 or not roots[0].get("class") or any(d.a1 != root.end for d, root in zip(drafts, roots, strict=True)):
        return drafts
    like = next(iter(build))[1]
    known = {root.at for root in roots}
    starts = sorted(known)
    begin, lists = {_beginning(page, root) for root in roots}, {root.parent.at for root in roots if root.parent is not None}
    found = list(drafts)
    kin = [el for name, els in page.by_class.items() if _LEVEL.sub("", name) == like for el in els]
    for el in sorted(kin, key=lambda el: el.at):
        if el.at in known or el.tag != roots[0].tag or el.t1 == el.t0 or el.parent is None:
            continue
        n = bisect_left(starts, el.at)
        inside = any(page.elements[at].holds(el) for at in starts[max(0, n - 9) : n])
        if (inside or el.parent.at in lists) and _beginning(page, el) in begin:
            found.append(Draft(el.at, el.end, el.t0, el.t1))
    return nest(found) if len(found) > len(drafts) else drafts


def _leveled(el: Element) -> str:
    """An element's class without the figures that count its depth or tell which it is: "comment depth-2"."""
    return _LEVEL.sub("", el.get("class"))


def _beginning(page: Page, el: Element) -> tuple[str, ...]:
    """The first things in an element, by tag and class."""
    return tuple(f"{kid.tag} {kid.get('class')}" for kid in page.kids(el)[:3])


def with_undated(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Take in the items of the same lists that print no date: pings, mostly."""
    roots = {draft.a0: page.elements[draft.a0] for draft in drafts}
    lists = {el.parent.at: el.parent for el in roots.values() if el.parent is not None and el.tag in ("li", "article")}
    found, places = list(drafts), sorted(roots)
    for parent in lists.values():
        kids = page.kids(parent)
        tag = next(kid.tag for kid in kids if kid.at in roots)
        for el in kids:
            at = bisect_left(places, el.at)
            holds = at < len(places) and places[at] < el.end
            if holds or el.tag != tag or el.t1 == el.t0 or _is_fitting(page, el):
                continue
            found.append(Draft(el.at, el.end, el.t0, el.t1))
    return nest(found) if len(found) > len(drafts) else drafts


def _is_fitting(page: Page, el: Element) -> bool:
    """True for what is in a list of comments and is none: a form, a "load more", an advertisement."""
    text = page.text_of(el)
    if phrase_rule(text) or heading_of(text) is not None or len(text) < 4:
        return True
    return any(inner.tag in ("textarea", "input", "form", "iframe", "ins") for inner in page.inside(el))


# One comment alone


def single(page: Page, anchors: list[Anchor], over: dict[int, int]) -> Iterator[list[Draft]]:
    """Single records: a date shortly below a heading that announces a comment."""
    seen = 0
    for anchor in anchors if over else ():
        heading = _heading_above(over, page.line_of[anchor.t]) if anchor.t < len(page.line_of) else None
        if heading is not None and over[heading] != 0 and is_dated(page, anchor):
            root = _largest_alone(page, anchor, heading, anchors)
            seen += 1
            if seen > MOST_ALONE:
                break
            yield [Draft(root.at, root.end, root.t0, root.t1)]


def _heading_above(over: dict[int, int], line: int) -> int | None:
    """The nearest heading over comments above a line."""
    return next((n for n in range(line - 1, line - HEADING_WITHIN - 1, -1) if n in over), None)


def _largest_alone(page: Page, anchor: Anchor, heading: int, anchors: list[Anchor]) -> Element:
    """The largest element around a date that holds neither the heading, another date nor a form."""
    above = page.lines[heading].t0
    best = anchor.el
    for el in chain(anchor.el):
        if el.t0 <= above or any(el.holds(area) for area in page.by_tag.get("textarea", ())):
            break
        if sum(el.t0 <= other.t < el.t1 for other in anchors) > 1:
            break
        best = el
    return best


def _heading_between(page: Page, drafts: list[Draft], over: dict[int, int]) -> int:
    """How many records stand above the one heading that parts them: pings, with the comments below; a single one may
    be a forum's opening post. 0 for several, which are an index's "3 comments", one under each post."""
    starts = sorted(page.line_of[draft.t0] for draft in drafts)
    labels = {area.t0 for area in page.by_tag.get("textarea", ())}
    spots = [n for n in over if starts[0] < n < starts[-1] and page.lines[n].t1 not in labels]
    if len(spots) != 1 or any(draft.t0 <= page.lines[spots[0]].t0 < draft.t1 for draft in drafts):
        return 0
    return bisect_left(starts, spots[0])


# Weighing


def weigh(page: Page, drafts: list[Draft], headings_at: dict[int, int]) -> Weighed:
    """Log-odds, roughly, that these records are readers' comments."""
    sample = drafts if len(drafts) <= SAMPLE else drafts[:: len(drafts) // SAMPLE + 1]
    n, k = len(drafts), len(sample)
    parts: dict[str, float] = {}
    first_line = page.line_of[min(draft.t0 for draft in drafts)]
    heading = _heading_above(headings_at, first_line)
    over = headings_at[heading] if heading is not None else None
    between = 0
    if heading is not None and over is not None:
        parts["heading"] = 1.6 + (1.0 if over == n else 0.3 if over > n else 0.0 if over < 0 else -0.8)
        if over < 0 and n > 2 and page.lines[heading].el.marks & HEADING and heading == first_line - 1:
            parts["heading"] += 0.3
    elif between := _heading_between(page, drafts, headings_at):
        parts["heading"] = 1.2
    first = min(draft.a0 for draft in drafts)
    areas = [el for el in page.by_tag.get("textarea", ()) if el.at > first]
    parts["form"] = 0.7 if areas else 0.2 if page.by_tag.get("textarea") else 0.0
    seen = [_look(page, draft) for draft in sample]
    for key, weight in _WEIGHTS.items():
        parts[key] = weight * sum(look.get(key, 0.0) for look in seen) / k
    parts["n"] = 0.25 * min(4.0, math.log2(n))
    root = page.elements[drafts[0].a0]
    parts["place"] = -1.5 if root.marks & (NAV | FOOTER | ASIDE) else 0.0
    signs = [sign_of(f"{el.get('class')} {el.get('id')}") for el in (root, *list(root.above())[:4])]
    against = any(sign & (WIDGET | PREVIEW) for sign in signs)
    parts["class"] = 1.5 * any(sign & (COMMENT | PING) for sign in signs) - 2.0 * against
    parts["prose"] = -1.5 if n > 2 and sum(look.get("prose", 0.0) for look in seen) < 0.25 * k else 0.0
    if n == 1:
        parts["alone"] = _alone(page, drafts[0], seen[0])
    if n == 1 and not any(parts[key] > 0 for key in ("reply", "nofollow", "fragment", "gravatar", "class")):
        parts["alone"] -= 2.0
    if root.marks & QUOTE or root.tag == "blockquote":
        parts["place"] -= 2.5
    if root.marks & CONTROL and root.tag != "label":  # which is also what some put around a name
        parts["place"] -= 5.0
    return Weighed(drafts, sum(parts.values()), parts, (heading is None and between == 1) or _odd(page, drafts))


def _odd(page: Page, drafts: list[Draft]) -> bool:
    """True where the first record holds all others and is built in another way, or where the last alone is."""
    if len(drafts) < 3:
        return False
    first, last = _build(page, drafts[0]), _build(page, drafts[-1])
    if all(draft.a1 <= drafts[0].a1 for draft in drafts):
        return first != _build(page, drafts[1])
    return first != last and len({_build(page, draft) for draft in drafts[:-1]}) == 1


def _points_here(page: Page, el: Element) -> bool:
    """True for a permalink: a link that is a date, a number, "Reply" or nothing."""
    text = page.text_of(el)
    return not text or byline_like(text) or phrase_rule(text) in ("permalink", "number", "reply-link")


def _alone(page: Page, draft: Draft, look: dict[str, float]) -> float:
    """What speaks against a record that stands alone: that it is the post itself, or a list of links."""
    prose = sum(len(line.text) for line in page.lines if len(line.text) >= 60)
    own = sum(len(line.text) for line in page.lines_between(draft.t0, draft.t1) if len(line.text) >= 60)
    lines = page.lines_between(draft.t0, draft.t1)
    before = sum(len(line.text) for line in page.lines if len(line.text) >= 60 and line.t0 < draft.t0)
    worth = -1.0
    if own > 900 and own > 0.6 * prose:
        worth -= 3.0
    elif own > 300 and before < 0.3 * own:
        worth -= 1.5
    if len(lines) > 4 and not look.get("prose"):
        worth -= 2.0
    return worth


_WEIGHTS = {
    "reply": 1.5, "nofollow": 1.0, "fragment": 1.0, "gravatar": 0.7, "empty": -2.5, "links": -2.5, "teaser": -2.0,
    "counts": -2.5,
    "label": 1.0, "long": -1.5, "says": 0.7, "h1": -3.0, "member": 1.2,
}  # fmt: skip


def _look(page: Page, draft: Draft) -> dict[str, float]:
    """What one record shows, each 0 or 1."""
    look: dict[str, float] = {}
    words = linked = 0
    brief = True
    for span, text in said(page, draft):
        rule = phrase_rule(text) if len(text) <= 80 else ""
        if rule in ("reply-link", "report-link", "quote-link", "likes"):
            look["reply"] = 1.0
        elif rule == "member-info":
            look["member"] = 1.0
        if rule:
            continue
        share = page.link_share(*span)
        heading = heading_of(text) if len(text) <= 40 and not byline_like(text) else None
        if heading is not None and heading.surely and (share > 0.5) == (heading.count >= 0):
            look["counts" if heading.count >= 0 else "label"] = 1.0
        if not byline_like(text):
            count = rough_words(text)
            words += count
            if share < 0.5 and count >= 4 and (text[-1] in _ENDS or "," in text or "、" in text):
                look["prose"] = 1.0
            linked += count if share > 0.7 else 0
            brief &= text[-1] not in _ENDS or share >= 0.5  # "Thanks!" is a whole answer
    for el in tagged(page, draft, "a"):
        href, rel = el.get("href"), el.get("rel")
        if "nofollow" in rel or "ugc" in rel or "external" in rel:
            look["nofollow"] = 1.0
        _, _, fragment = href.partition("#")
        if fragment and any(c.isdigit() for c in fragment) and _points_here(page, el):
            look["fragment"] = 1.0
        if el.marks & HEADING and not fragment and href and len(page.text_of(el).split()) > 3:
            look["teaser"] = 1.0
    if any(not byline_like(page.text_of(el)) for el in tagged(page, draft, "h1")):
        look["h1"] = 1.0
    if any("avatar" in el.get("src") or "avatar" in el.get("class") for el in tagged(page, draft, "img")):
        look["gravatar"] = 1.0
    look["empty"] = 1.0 if words < 1 else 0.4 if words < 3 and brief else 0.0
    look["links"] = 1.0 if words and linked > 0.6 * words else 0.0
    look["long"] = 1.0 if words > 900 else 0.0
    return look
