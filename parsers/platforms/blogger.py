"""Blogger: threaded comments (2012 on) and flat ones before. Pure.

Threaded: `li.comment#cN`, replies inside. Flat: `dt.comment-author#cN`, `dd.comment-body`, `dd.comment-footer` in a row.
The permalink's `showComment=` is the moment in milliseconds, in UTC; what is printed depends on locale and zone.
"""

from __future__ import annotations

import re

from ..comments.records import Draft, draft_of, elements_of, nest
from ..comments.spots import Names
from ..dates import from_epoch
from ..page import Element
from .platform import Marks, Platform

_ID = re.compile(r"c(\d{10,20})")
_MOMENT = re.compile(r"[?&]showComment=(\d{12,14})")
_NAMES = Names(
    author=("user", "comment-author", "author-name"),
    date=("datetime", "comment-timestamp"),
    body=("comment-content", "comment-body", "comment-body-author"),
)


def find(marks: Marks) -> list[Draft]:
    """The comments of a page."""
    found = marks.by_id(_ID)
    if not found:
        return []
    drafts = nest([_draft(marks, key, el) for key, el in found.items() if el.t1 > el.t0])
    for draft in drafts:
        _moment(marks, draft)
    return drafts


def _draft(marks: Marks, key: str, el: Element) -> Draft:
    """An item; a flat one takes in the `dd`s that follow its `dt`."""
    draft = draft_of(el, key)
    if el.tag == "dt" and el.parent is not None:
        for kid in marks.page.kids(el.parent):
            if kid.at > el.at:
                if kid.tag != "dd":
                    break
                draft.a1, draft.t1 = kid.end, kid.t1
    return draft


def _moment(marks: Marks, draft: Draft) -> None:
    for el in elements_of(marks.page, draft):
        match = _MOMENT.search(el.get("href")) if el.tag == "a" else None
        if match is not None and el.get("href").endswith("#c" + draft.key):
            draft.posted_at = from_epoch(int(match[1]) / 1000)
            draft.permalink = marks.page.absolute(el.get("href"))
            draft.meta.append((el.t0, el.t1))
            return


PLATFORM = Platform("blogger", find, _NAMES)
