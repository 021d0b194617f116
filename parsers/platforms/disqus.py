"""Disqus, where its comments are in the page: the list that its WordPress plugin printed for crawlers. Pure."""

from __future__ import annotations

import re

from ..comments.records import Draft, nest
from ..comments.spots import Names
from .platform import Marks, Platform, drafts_of

_ID = re.compile(r"dsq-comment-(\d+)")
_NAMES = Names(author=("dsq-commenter-name",), body=("dsq-comment-message", "dsq-comment-body"))


def find(marks: Marks) -> list[Draft]:
    """The comments of a page; its ids name the author's element too."""
    drafts = nest(drafts_of(marks.by_id(_ID)))
    for draft in drafts:
        for prefix in ("dsq-author-user-", "dsq-cite-"):
            el = marks.page.by_id.get(prefix + draft.key)
            if el is not None and el.t1 > el.t0:
                draft.author = marks.page.text_of(el)
                draft.author_url = el.get("href")
                draft.meta.append((el.t0, el.t1))
                break
    return drafts


PLATFORM = Platform("disqus", find, _NAMES)
