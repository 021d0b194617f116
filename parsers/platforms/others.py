"""Engines and systems that need no more than to be told what their items are. Pure.

Each is its own templates' ids and classes, from its public source; the rest is common (`fields.py`, `parents.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..comments.records import Draft, draft_of, nest
from ..comments.runs import extended
from ..comments.spots import Names
from .platform import Marks, Platform, drafts_of


def _by_id(pattern: str, needs: tuple[str, ...] = ()) -> Callable[[Marks], list[Draft]]:
    """Items are what has an id of this pattern, on pages that have one of some class tokens."""
    compiled = re.compile(pattern)

    def find(marks: Marks) -> list[Draft]:
        if needs and not any(token in marks.tokens for token in needs):
            return []
        return extended(marks.page, nest(drafts_of(marks.by_id(compiled))))

    return find


def _by_class(*tokens: str) -> Callable[[Marks], list[Draft]]:
    """Items are what has one of these class tokens; the key is the number in their id."""

    def find(marks: Marks) -> list[Draft]:
        drafts = []
        for el in marks.having(*tokens):
            if el.t1 > el.t0:
                match = re.search(r"\d{2,}", el.get("id"))
                drafts.append(draft_of(el, match[0] if match else ""))
        return nest(drafts)

    return find


def _platform(name: str, find: Callable[[Marks], list[Draft]], tokens: tuple[str, ...], **names: tuple[str, ...]) -> Platform:
    return Platform(name, find, Names(**names), tokens)


LIVEFYRE = _platform(
    "livefyre", _by_class("fyre-comment-article"), ("fyre-comment-article",),
    author=("fyre-comment-username", "fyre-comment-author"), date=("fyre-comment-date",),
    body=("fyre-comment-body", "fyre-comment"),
)  # fmt: skip
INTENSEDEBATE = _platform(
    "intensedebate", _by_id(r"IDComment(\d+)", ("idc-c",)), ("idc-c",),
    author=("idc-c-h-name", "idc-i"), body=("idc-c-t-inner", "idc-c-t"),
)  # fmt: skip
SERENDIPITY = _platform(
    "serendipity", _by_class("serendipity_comment"), ("serendipity_comment",),
    author=("comment_source_author",), date=("comment_source_date",), body=("serendipity_commentBody", "comment_content"),
)  # fmt: skip
B2EVOLUTION = _platform(
    "b2evolution", _by_class("evo_comment", "bComment"), ("evo_comment", "bComment"),
    author=("evo_comment_author", "bCommentAuthor"), date=("evo_comment_date",), body=("evo_comment_text", "bCommentText"),
)  # fmt: skip
TEXTPATTERN = _platform(
    "textpattern", _by_id(r"c(\d{6})", ("comments-list", "comments_form", "comment-anchor")),
    ("comments-list", "comments_form", "comment-anchor"), author=("comment-author",), body=("comment-body",),
)  # fmt: skip
LIVEJOURNAL = _platform(
    "livejournal", _by_id(r"(?:lj|ljcmt|cmt)(?:cmt)?(\d+)"), (),
    author=("comment-poster", "ljuser", "b-leaf-username-name"), date=("datetime", "b-leaf-createdtime"),
    body=("comment-content", "comment-text", "b-leaf-article"), title=("comment-title", "b-leaf-subject"),
)  # fmt: skip
JOOMLA = _platform(
    "joomla", _by_id(r"(?:comment-item|kmt|jc_)-?(\d+)", ("comment-box", "kmt-item", "jc-comment", "itemCommentsList")),
    ("comment-box", "kmt-item", "jc-comment", "itemCommentsList"), author=("comment-author", "kmt-author", "commentAuthorName"),
    date=("comment-date", "kmt-time", "commentDate"), body=("comment-body", "kmt-body", "comment-text"),
)  # fmt: skip

PLATFORMS = (LIVEFYRE, INTENSEDEBATE, SERENDIPITY, B2EVOLUTION, TEXTPATTERN, LIVEJOURNAL, JOOMLA)
