"""Forums: what each prints as a post. Pure.

Where an engine tells the opening post from the answers it is left to the article; elsewhere it is the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..comments.records import Draft, nest
from ..comments.spots import Names
from ..page import Element
from .platform import Marks, Platform, drafts_of


def _posts(pattern: str, *needs: str) -> Callable[[Marks], list[Draft]]:
    compiled = re.compile(pattern)

    def find(marks: Marks) -> list[Draft]:
        found: dict[str, Element] = {}
        for el in marks.having(*needs):
            if (match := compiled.fullmatch(el.get("id"))) is not None:
                found.setdefault(match[1], el)
        return nest(drafts_of(found))

    return find


def _platform(name: str, pattern: str, needs: tuple[str, ...], **names: tuple[str, ...]) -> Platform:
    return Platform(name, _posts(pattern, *needs), Names(**names), needs)


PLATFORMS = (
    # What Discourse serves to those without scripts.
    _platform(
        "discourse", r"post_([2-9]|\d\d+)", ("crawler-post", "topic-body"),
        author=("creator",), date=("post-time",), body=("post",),
    ),
    _platform(
        "phpbb", r"p(\d+)", ("post", "post-container"), author=("username", "username-coloured"), body=("content",),
    ),
    _platform(
        "vbulletin", r"(?:post_|post|edit)(\d+)", ("postcontainer", "postbit", "postbitlegacy", "b-post", "tborder"),
        author=("username", "bigusername"), date=("date", "postdate"), body=("postcontent", "restore", "js-post__content-text"),
    ),
    _platform(
        "xenforo", r"(?:js-)?post-(\d+)", ("message--post", "message", "messageText"),
        author=("username",), date=("u-dt", "DateTime"), body=("bbWrapper", "messageText"),
    ),
    _platform(
        "mybb", r"post_(\d+)", ("classic",),
        author=("largetext", "author_information"), date=("post_date",), body=("post_body",),
    ),
    _platform("vanilla", r"Comment_(\d+)", ("ItemComment",), author=("Username", "Author"), body=("Message",)),
    _platform(
        "invision", r"(?:elComment|comment)[-_](\d+)(?:_wrap)?", ("ipsComment", "cPost"),
        author=("ipsType_break",), body=("ipsType_richText",),
    ),
)  # fmt: skip
