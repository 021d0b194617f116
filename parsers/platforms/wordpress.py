"""WordPress: every comment walker from Kubrick (2005) to the block themes, and WordPress.com. Pure.

An item is what carries `comment-N`, `li-comment-N` or `div-comment-N`: several nested elements may, and the
outermost counts. Pings of old themes have no id, only the class. Source: wp-includes/class-walker-comment.php.
"""

from __future__ import annotations

import re

from ..fields import Names
from ..page import Element, Page
from ..records import Draft, draft_of, nest
from ..runs import extended
from .platform import Platform

_ID = re.compile(r"(?:li-|div-|wp-)?comment-(\d+)|wpd-comm-(\d+)_\d+")
_NAMES = Names(
    author=("fn", "wp-block-comment-author-name", "comment-author-name", "comment_author", "comment-author-link", "comment-author"),
    date=("wp-block-comment-date", "comment-metadata", "commentmetadata", "comment-meta"),
    body=("wp-block-comment-content", "comment-content", "comment-text", "comment_text", "commenttext"),
)


def find(page: Page) -> list[Draft]:
    """The comments and pings of a page."""
    found: dict[str, Element] = {}
    for name, el in page.by_id.items():
        if "comm" not in name:
            continue
        match = _ID.fullmatch(name)
        if match is not None and not _in_widget(el):
            key = match[1] or match[2]
            known = found.get(key)
            if known is None or el.at < known.at:
                found[key] = el
    drafts = [draft_of(el, key) for key, el in found.items() if el.t1 > el.t0]
    taken = {el.at for el in found.values()}
    for el in _pings(page):
        if el.at not in taken and not any(d.a0 < el.at < d.a1 and "ping" in page.elements[d.a0].get("class") for d in drafts):
            drafts.append(draft_of(el))
    nest(drafts)
    for draft in drafts:
        _from_classes(page, draft)
    return extended(page, drafts)


_WIDGETS = frozenset(("widget", "recentcomments", "widget_recent_comments", "recent-comments"))


def _in_widget(el: Element) -> bool:
    """True in a sidebar's list of the latest comments, which an unlucky theme gives the same ids."""
    return any(not _WIDGETS.isdisjoint((up.attrs.get("class") or "").split()) for up in (el, *el.above()) if up.tag != "body")


def _pings(page: Page) -> list[Element]:
    found = []
    for name, els in page.by_class.items():
        if "pingback" in name or "trackback" in name:
            tokens = name.split()
            if "pingback" in tokens or "trackback" in tokens:
                found += [el for el in els if el.tag in ("li", "div", "article") and el.t1 > el.t0]
    return found


def _from_classes(page: Page, draft: Draft) -> None:
    tokens = page.elements[draft.a0].get("class").split()
    draft.kind = "pingback" if "pingback" in tokens else "trackback" if "trackback" in tokens else "comment"


PLATFORM = Platform("wordpress", find, _NAMES)
