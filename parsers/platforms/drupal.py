"""Drupal 6 to 11. Pure.

An item is `.comment` with the id `comment-N` (8 on) or with an empty `a#comment-N` before it; replies follow in a
sibling `div.indented`. "In reply to" may be there for screen readers. Source: core's comment.html.twig, comment.tpl.php.
"""

from __future__ import annotations

import re

from ..comments.records import Draft, draft_of, elements_of, nest
from ..comments.signs import phrase_rule
from ..comments.spots import Names
from ..page import Element
from .platform import Marks, Platform

_ID = re.compile(r"comment-(\d+)")
_NAMES = Names(
    author=("username", "comment__author", "commenter-name"),
    date=("comment__time", "comment-time", "submitted", "comment__submitted"),
    body=("field--name-comment-body", "field-name-comment-body", "field-comment-body", "comment__content"),
)


def find(marks: Marks) -> list[Draft]:
    """The comments of a page."""
    anchors = {el.at: key for key, el in marks.by_id(_ID).items()}
    if not anchors or not (marks.having("js-comment", "indented", "comment-by-anonymous", "by-anonymous") or _is_drupal(marks)):
        return []
    drafts = [
        draft_of(el, key)
        for el in marks.having("comment", "comment-wrapper", "js-comment")
        if (key := _key(el, anchors, marks))
    ]
    kept: dict[str, Draft] = {}
    for draft in drafts:
        if draft.size and (draft.key not in kept or draft.a0 < kept[draft.key].a0):
            kept[draft.key] = draft
    found = nest(list(kept.values()))
    for draft in found:
        _subject(marks, draft)
    return found


def _is_drupal(marks: Marks) -> bool:
    return marks.page.metas.get("generator", "").lower().startswith("drupal")


def _key(el: Element, anchors: dict[int, str], marks: Marks) -> str:
    """The number of a comment's element: its own, or that of the empty anchor just before or inside it."""
    if el.at in anchors:
        return anchors[el.at]
    before = marks.page.elements[el.at - 1]
    if before.tag == "a" and before.at in anchors and before.t1 == before.t0:
        return anchors[before.at]
    if el.at + 1 < el.end and el.at + 1 in anchors and marks.page.elements[el.at + 1].tag == "a":
        return anchors[el.at + 1]
    return ""


def _subject(marks: Marks, draft: Draft) -> None:
    """The subject is the text of the permalink, unless that says only "Permalink"."""
    for el in elements_of(marks.page, draft):
        classes = el.get("class").split()
        if (
            el.tag != "a"
            or "permalink" not in classes
            or (el.parent is not None and "parent" in el.parent.get("class").split())
        ):
            continue
        text = marks.page.text_of(el)
        if not phrase_rule(text):
            draft.title = text
            draft.meta.append((el.t0, el.t1))
        draft.permalink = marks.page.absolute(el.get("href"))
        return


PLATFORM = Platform(
    "drupal", find, _NAMES, ("comment", "comment-wrapper", "js-comment", "indented", "comment-by-anonymous", "by-anonymous")
)
