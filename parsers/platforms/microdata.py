"""Whoever marks comments up for machines: schema.org's Comment and its kin, microformats' h-cite and h-entry. Pure."""

from __future__ import annotations

import re

from ..comments.records import Draft, draft_of, elements_of, nest
from ..comments.spots import Names, within
from ..page import Element
from .platform import Marks, Platform

_TYPE = re.compile(r"schema\.org/(?:Comment|UserComments|Answer|DiscussionForumPosting)\b")
_DIGITS = re.compile(r"\d{2,}")


def find(marks: Marks) -> list[Draft]:
    """The comments of a page; the post itself may be a DiscussionForumPosting that holds them, and is none of them."""
    items = [el for el in marks.page.by_attr.get("itemtype", ()) if _TYPE.search(el.get("itemtype"))]
    items += [
        el for el in marks.having("u-comment", "p-comment") if "h-cite" in el.get("class") or "h-entry" in el.get("class")
    ]
    items = [el for el in items if el.t1 > el.t0]
    if not any("Posting" not in el.get("itemtype") for el in items):
        items = [
            el for el in items if el.parent is not None and el.get("itemprop") in ("comment", "reply", "suggestedAnswer", "")
        ]
    drafts = nest([draft_of(el, _key(el)) for el in items])
    outer = [d for d in drafts if d.inside and "Posting" in marks.page.elements[d.a0].get("itemtype")]
    drafts = nest([d for d in drafts if d not in outer])
    for draft in drafts:
        _properties(marks, draft)
    return drafts


def _key(el: Element) -> str:
    match = _DIGITS.search(el.get("id"))
    return match[0] if match else ""


def _properties(marks: Marks, draft: Draft) -> None:
    """What itemprop and the p-, dt-, e- classes say."""
    for el in elements_of(marks.page, draft):
        prop = el.attrs.get("itemprop") or ""
        classes = el.get("class").split() if "class" in el.attrs else []
        if (
            (prop in ("text", "commentText", "articleBody") or "e-content" in classes or "p-content" in classes)
            and draft.body is None
            and el.t1 > el.t0
        ):
            draft.body, draft.named = within(draft, el), True
        elif prop in ("headline",) and not draft.title and el.t1 > el.t0 and el.tag != "meta":
            draft.title = marks.page.text_of(el)
            draft.meta.append((el.t0, el.t1))


PLATFORM = Platform(
    "schema.org", find, Names(author=("p-author", "h-card"), date=("dt-published",)), ("u-comment", "p-comment")
)
