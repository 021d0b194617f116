"""WordPress: every comment walker from Kubrick (2005) to the block themes, WordPress.com and Jetpack. Pure.

An item is what carries `comment-N`, `li-comment-N` or `div-comment-N`: several nested elements may, and the
outermost counts. Pings of old themes have no id, only the class. Source: wp-includes/class-walker-comment.php.
"""

from __future__ import annotations

import re

from ..comments.records import Draft, draft_of, nest
from ..comments.runs import extended
from ..comments.spots import Names
from ..page import Element
from .platform import Marks, Platform, drafts_of

_ID = re.compile(r"(?:li-|div-|wp-)?comment-(\d+)")
_WALKED = frozenset(("comment", "pingback", "trackback", "byuser", *(f"depth-{n}" for n in range(1, 11))))
_PINGS = ("pingback", "trackback")
_WIDGETS = frozenset(("widget", "recentcomments", "widget_recent_comments", "recent-comments"))
_NAMES = Names(
    author=(
        "fn",
        "wp-block-comment-author-name",
        "comment-author-name",
        "comment_author",
        "comment-author-link",
        "comment-author",
    ),
    date=("wp-block-comment-date", "comment-metadata", "commentmetadata", "comment-meta"),
    body=("wp-block-comment-content", "comment-content", "comment-text", "comment_text", "commenttext"),
)


def find(marks: Marks) -> list[Draft]:
    """The comments and pings of a page."""
    clean: set[int] = set()
    found = {key: el for key, el in marks.by_id(_ID).items() if not _in_widget(el, clean)}
    drafts = _of_the_thread(marks, drafts_of(found))
    for el in marks.having(*_PINGS):
        if (
            el.t1 > el.t0
            and el.tag in ("li", "div", "article", "dt")
            and not any(d.a0 <= el.at < d.a1 for d in drafts if _ping(marks, d))
        ):
            drafts.append(draft_of(el))
    nest(drafts)
    for draft in drafts:
        draft.kind = _ping(marks, draft) or "comment"
    return extended(marks.page, drafts)


def _of_the_thread(marks: Marks, drafts: list[Draft]) -> list[Draft]:
    """Without the lists whose items have none of the walker's classes, where another list's have."""
    walked = [draft for draft in drafts if not _WALKED.isdisjoint(marks.page.elements[draft.a0].get("class").split())]
    if not walked or len(walked) == len(drafts):
        return drafts
    lists = {up.at for draft in walked for up in marks.page.elements[draft.a0].above()}
    return [draft for draft in drafts if (up := marks.page.elements[draft.a0].parent) is not None and up.at in lists]


def _in_widget(el: Element, clean: set[int]) -> bool:
    """True in a sidebar's list of the latest comments, which an unlucky theme gives the same ids."""
    up: Element | None = el
    asked = []
    while up is not None and up.at not in clean:
        if up.tag != "body" and not _WIDGETS.isdisjoint(up.get("class").split()):
            return True
        asked.append(up.at)
        up = up.parent
    clean.update(asked)
    return False


def _ping(marks: Marks, draft: Draft) -> str:
    tokens = marks.page.elements[draft.a0].get("class").split()
    return next((kind for kind in _PINGS if kind in tokens), "")


PLATFORM = Platform("wordpress", find, _NAMES, _PINGS)
