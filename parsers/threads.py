"""The general reader: comments on pages that no platform's module knows. Pure.

Sets of records come from `anchors.py`; here each is weighed. What speaks for comments is what stands around them
(a heading that counts them, a form below) and in them (a reply link, a commenter's unfollowed link, a permalink to
a place in this page). What speaks against them is a link list, a teaser with its headline, a navigation. No class is
needed; one that says "comment" helps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .anchors import Anchor, candidates, chain, date_anchors, reply_anchors
from .page import ASIDE, CONTROL, FOOTER, HEADING, NAV, QUOTE, Element, Page
from .records import Draft, elements_of, lines_of, raw
from .runs import byline_like, extended
from .signs import COMMENT, PREVIEW, WIDGET, heading_of, phrase_rule, sign_of

ENOUGH = 2.2
SAMPLE = 12
HEADING_WITHIN = 12  # lines above the first record


@dataclass(slots=True)
class Weighed:
    """A set of records and what was seen of it, for `explain` and for tuning."""

    drafts: list[Draft]
    score: float = 0.0
    why: str = ""

    @property
    def rank(self) -> float:
        """Of two sets, the larger is preferred to one slightly better."""
        return self.score + 0.8 * math.log2(len(self.drafts))


def find_records(page: Page) -> list[Draft]:
    """The records of the page's comments, nested; empty where it has none."""
    best = weigh_all(page)
    return best.drafts if best is not None and best.score >= ENOUGH else []


def weigh_all(page: Page) -> Weighed | None:
    """The best set of records: by dates, else by reply links; a single record only where no list will do."""
    best: Weighed | None = None
    dates = date_anchors(page)
    for find in (dates, None):
        marks = reply_anchors(page) if find is None else find
        for sets in (candidates(page, marks), single(page, marks)):
            for drafts in sets:
                weighed = weigh(page, extended(page, drafts))
                if best is None or weighed.rank > best.rank:
                    best = weighed
            if best is not None and best.score >= ENOUGH:
                return best
    return best


# One comment alone


def single(page: Page, anchors: list[Anchor]) -> list[list[Draft]]:
    """Single records: a date shortly below a heading that announces a comment."""
    found = []
    for anchor in anchors:
        line = page.line_of[anchor.t] if anchor.t < len(page.line_of) else -1
        over = _heading_above(page, line, anchor.t)
        if over is None or over[1] == 0:
            continue
        root = _largest_alone(page, anchor, over[0], anchors)
        found.append([Draft(root.at, root.end, root.t0, root.t1)])
    return found[:20]


def _heading_above(page: Page, line: int, t: int) -> tuple[int, int] | None:
    """The nearest heading over comments above a line: (its line, what it counts)."""
    for n in range(line - 1, max(-1, line - HEADING_WITHIN - 1), -1):
        heading = heading_of(page.lines[n].text)
        if heading is not None and not heading.pings:
            return n, heading.count
    return None


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


# Weighing


def weigh(page: Page, drafts: list[Draft]) -> Weighed:
    """Log-odds, roughly, that these records are readers' comments."""
    sample = drafts if len(drafts) <= SAMPLE else drafts[:: len(drafts) // SAMPLE + 1]
    n, k = len(drafts), len(sample)
    parts: dict[str, float] = {}
    over = _heading_over(page, drafts)
    if over is not None:
        parts["heading"] = 1.6 + (1.0 if over == n else 0.3 if over > n else 0.0 if over < 0 else -0.8)
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
    parts["class"] = 1.5 * any(sign & COMMENT for sign in signs) - 2.0 * any(sign & (WIDGET | PREVIEW) for sign in signs)
    if n == 1 and not any(parts[key] > 0 for key in ("reply", "nofollow", "fragment", "gravatar", "class")):
        parts["alone"] = -2.0
    if root.marks & QUOTE or root.tag == "blockquote":
        parts["place"] -= 2.5
    if root.marks & CONTROL:
        parts["place"] -= 5.0
    return Weighed(drafts, sum(parts.values()), " ".join(f"{key}={value:.1f}" for key, value in parts.items() if value))


_WEIGHTS = {
    "reply": 1.5, "nofollow": 1.0, "fragment": 1.0, "gravatar": 0.7, "empty": -2.5, "links": -2.5, "teaser": -2.0, "counts": -2.5,
    "long": -1.5, "says": 0.7, "h1": -3.0,
}  # fmt: skip


def _heading_over(page: Page, drafts: list[Draft]) -> int | None:
    t0 = min(draft.t0 for draft in drafts)
    if t0 >= len(page.line_of):
        return None
    found = _heading_above(page, page.line_of[t0], t0)
    return found[1] if found is not None else None


def _look(page: Page, draft: Draft) -> dict[str, float]:
    """What one record shows, each 0 or 1."""
    look: dict[str, float] = {}
    words = linked = 0
    for span in lines_of(page, draft.own):
        text = raw(page, span)
        rule = phrase_rule(text) if len(text) <= 80 else ""
        if rule in ("reply-link", "report-link", "quote-link", "likes"):
            look["reply"] = 1.0
        if not rule and len(text) <= 40 and (heading := heading_of(text)) is not None and heading.count >= 0:
            look["counts"] = 1.0
        if not rule and not byline_like(text):
            count = text.count(" ") + 1
            words += count
            linked += count if page.link_share(*span) > 0.7 else 0
    for el in elements_of(page, draft):
        if el.tag == "a":
            href, rel = el.get("href"), el.get("rel")
            if "nofollow" in rel or "ugc" in rel or "external" in rel:
                look["nofollow"] = 1.0
            _, _, fragment = href.partition("#")
            if fragment and any(c.isdigit() for c in fragment):
                look["fragment"] = 1.0
            if el.marks & HEADING and el.t1 > el.t0 and not fragment and href:
                look["teaser"] = 1.0
        elif el.tag == "h1":
            look["h1"] = 1.0
        elif el.tag == "img" and ("avatar" in el.get("src") or "avatar" in el.get("class")):
            look["gravatar"] = 1.0
    look["empty"] = 1.0 if words < 1 else 0.4 if words < 3 else 0.0
    look["links"] = 1.0 if words and linked > 0.6 * words else 0.0
    look["long"] = 1.0 if words > 900 else 0.0
    return look

