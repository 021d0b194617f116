"""Movable Type and TypePad. Pure.

Comments are `.comment#comment-ID` (TypePad's ids are hexadecimal), before MT 4 `#cN`; trackbacks `#trackbackN`, `#ping-N`.
A reply is told by "A replied to comment from B", linked to `#comment-P`. Source: mt/default_templates/comment_detail.mtml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..comments.records import Draft, elements_of, nest
from ..comments.runs import extended
from ..comments.spots import Names
from ..page import Element
from .platform import Marks, Platform, drafts_of

_COMMENT = re.compile(r"(?:comment-?|c)((?:6a[0-9a-f]{20,40})|\d+)")
_PING = re.compile(r"(?:trackback|ping)-?(\d+|6a[0-9a-f]{20,40})")
_NAMES = Names(body=("comment-content", "comment-body", "trackback-content"))


def find(marks: Marks) -> list[Draft]:
    """The comments and trackbacks of a page that is Movable Type's or TypePad's by a mark of its own."""
    pings, comments = drafts_of(marks.by_id(_PING)), drafts_of(marks.by_id(_COMMENT))
    if not (pings or comments) or not _is_ours(marks):
        return []
    pings, comments = extended(marks.page, pings), extended(marks.page, comments)
    for draft in pings:
        draft.kind = "trackback"
        _cited(marks, draft)
    return nest([*comments, *pings])


def _cited(marks: Marks, draft: Draft) -> None:
    """A trackback's author is the blog in `cite`; the linked text is the title of the post there."""
    for el in elements_of(marks.page, draft):
        if el.t1 == el.t0 or el.t0 >= draft.t1:
            continue
        if el.tag == "cite" and not draft.author:
            draft.author = marks.page.text_of(el)
        elif el.tag == "a" and not draft.title and not draft.author:
            draft.title, draft.author_url = marks.page.text_of(el), marks.page.absolute(el.get("href"))
        else:
            continue
        draft.meta.append((el.t0, el.t1))


def _is_ours(marks: Marks) -> bool:
    page = marks.page
    generator = page.metas.get("generator", "").lower()
    if "movable type" in generator or "typepad" in generator:
        return True
    return _signed(page.by_tag.get("form", ())) or _signed(page.by_tag.get("a", ())) or _typepad(marks)


def _signed(els: Sequence[Element]) -> bool:
    for el in els:
        address = el.attrs.get("action") or el.attrs.get("href")
        if address and "mt-" in address and ("mt-comments" in address or "mt-tb" in address):
            return True
    return False


def _typepad(marks: Marks) -> bool:
    return any("comment-6a" in name for name in marks.page.by_id)


PLATFORM = Platform("movabletype", find, _NAMES)
