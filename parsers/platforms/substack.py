"""Substack: the page holds the first few comments, under `.comment-anchor#comment-N`. Pure."""

from __future__ import annotations

import re

from ..comments.records import Draft, draft_of, elements_of, nest
from ..comments.spots import Names
from .platform import Marks, Platform

_ID = re.compile(r"comment-(\d+)")


def find(marks: Marks) -> list[Draft]:
    """The comments of a page. An item is the element around its anchor; the author is the link to a profile."""
    drafts = []
    for el in marks.having("comment-anchor"):
        match = _ID.fullmatch(el.get("id"))
        if match is not None and el.parent is not None and "comment" in el.parent.get("class").split():
            drafts.append(draft_of(el.parent, match[1]))
    for draft in nest(drafts):
        for el in elements_of(marks.page, draft):
            if el.tag == "a" and "/profile/" in el.get("href") and el.t1 > el.t0:
                draft.author, draft.author_url = marks.page.text_of(el), el.get("href").partition("?")[0]
                draft.meta.append((el.t0, el.t1))
                break
    return drafts


PLATFORM = Platform("substack", find, Names(body=("comment-body",)), ("comment-anchor",))
