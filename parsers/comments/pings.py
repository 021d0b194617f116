"""Pingbacks and trackbacks: another page's word that it links here. Its author is that page. Pure.

The short form prints only "Pingback: " and a link; the long form is a comment in all but name.
"""

from __future__ import annotations

import re

from ..page import LINK, Page
from .records import Draft, Span, draft_of, nest, raw, said
from .scan import Scan
from .signs import phrase_rule

_LABEL = re.compile(
    r"\W{0,4}(pingback|trackback|ping|ピンバック|トラックバック|rétrolien|уведомление|обратная ссылка|geri bildirim"
    r"|повратни пинг|povratna veza)s?(\s*:|\s+(?:by|von|from|de|par|van|da|door|od|от)\b|\s*$)\s*:?\s*",
    re.I,
)
_TRACK = ("track", "トラック", "rétro", "обратная", "povratna")


def mark_pings(page: Page, drafts: list[Draft]) -> None:
    """Tell pings from comments by their label, and take the linking page for their author."""
    for draft in drafts:
        found = _label(page, draft)
        if found is None:
            if draft.kind == "comment" and _is_excerpt(page, draft):
                draft.kind = "pingback"
            continue
        span, match = found
        if draft.kind == "comment":
            draft.kind = "trackback" if match[1].lower().startswith(_TRACK) else "pingback"
        if not draft.author:
            _take_author(page, draft, span, match)


def name_pings(page: Page, drafts: list[Draft]) -> None:
    """Tell pings by what their own class or id says: "trackback12431". They are built like comments otherwise."""
    for draft in drafts:
        root = page.elements[draft.a0]
        name = f"{root.get('class')} {root.get('id')}".lower()
        if draft.kind == "comment" and ("ping" in name or "trackback" in name):
            draft.kind = next((kind for kind, said in _NAMED.items() if said.search(name)), "comment")


_NAMED = {kind: re.compile(rf"(?<![a-z]){kind}(?:-?\d|s?(?![a-z-]))") for kind in ("trackback", "pingback")}


def with_pings(page: Page, found: Scan, drafts: list[Draft]) -> list[Draft]:
    """Take in the list items that begin with "Pingback:" and a link: they stand in a list of their own, or print no date."""
    taken = sorted((draft.a0, draft.a1) for draft in drafts)
    more: dict[int, Draft] = {}
    for line in found.having(_PING, _PING_ACCENTED, _PING_OTHER):
        match = _LABEL.match(line.text)
        if match is None or not match[2].strip() or phrase_rule(line.text) or page.link_share(line.t0, line.t1) < 0.3:
            continue
        item = next((el for el in (line.el, *line.el.above()) if el.tag in _ITEMS), None)
        if item is None or item.t0 != line.t0 or any(a0 <= item.at < a1 or item.at <= a0 < item.end for a0, a1 in taken):
            continue
        more.setdefault(item.at, draft_of(item))
    return nest([*drafts, *more.values()]) if more else drafts


_PING, _PING_ACCENTED = ("pingback", "trackback", "geri bildirim", "povratna veza"), ("rétrolien",)
_PING_OTHER = ("ピンバック", "トラックバック", "уведомление", "обратная ссылка", "повратни пинг")
_ITEMS = frozenset(("li", "article"))
_EXCERPT = ("[...]", "[…]", "[&#8230;]")


def _is_excerpt(page: Page, draft: Draft) -> bool:
    """True for "[…] words from another page […]", the shape in which WordPress keeps a ping's excerpt."""
    texts = [text for _, text in said(page, draft)]
    return any(text.startswith(_EXCERPT) for text in texts) and any(text.endswith(_EXCERPT) for text in texts)


def _label(page: Page, draft: Draft) -> tuple[Span, re.Match[str]] | None:
    for n, (span, text) in enumerate(said(page, draft)):
        match = _LABEL.match(text)
        if match is not None and (match[2] or span[1] - span[0] > 1 or draft.kind != "comment"):
            return span, match
        if n >= 6:
            break
    return None


def _take_author(page: Page, draft: Draft, span: Span, match: re.Match[str]) -> None:
    linked = [t for t in range(span[0], draft.own[-1][1]) if page.homes[t].marks & LINK and _owned(draft, t)]
    if linked:
        anchor = next(el for el in (page.homes[linked[0]], *page.homes[linked[0]].above()) if el.tag == "a")
        draft.author = page.text_of(anchor)
        draft.author_url = page.absolute(anchor.get("href"))
        draft.meta.append((anchor.t0, anchor.t1))
    else:
        rest = raw(page, span)[match.end() :].strip()
        if rest:
            draft.author = rest
            draft.meta.append(span)


def _owned(draft: Draft, t: int) -> bool:
    return any(t0 <= t < t1 for t0, t1 in draft.own)
