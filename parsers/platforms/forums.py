"""Forums: what each prints as a post. Pure.

Where an engine tells the opening post from the answers it is left to the article; elsewhere it is the first of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..comments.records import Draft, nest
from ..comments.runs import extended
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


def _bbpress(marks: Marks) -> list[Draft]:
    """Two elements, or two rows of a table: `.bbp-reply-header#post-N`, and after it the answer itself."""
    found: dict[str, Element] = {}
    for el in marks.having("bbp-reply-header"):
        match = re.fullmatch(r"post-(\d+)", el.get("id"))
        if match is not None:
            found.setdefault(match[1], el)
    return extended(marks.page, drafts_of(found))


def _discuz(marks: Marks) -> list[Draft]:
    """Discuz! X: a table `.plhin#pidN` a post."""
    els = {el.get("id"): el for el in marks.having("plhin")}
    return nest(drafts_of({name[3:]: el for name, el in els.items() if re.fullmatch(r"pid\d+", name)}))


def _smf(marks: Marks) -> list[Draft]:
    """Simple Machines: `.post_wrapper` with the words in `#msg_N`."""
    found: dict[str, Element] = {}
    for el in marks.having("post_wrapper"):
        inner = (e.get("id") for e in marks.page.elements[el.at : el.end] if "id" in e.attrs)
        key = next((match[1] for name in inner if (match := re.fullmatch(r"msg_(\d+)", name)) is not None), "")
        if key:
            found.setdefault(key, el)
    return nest(drafts_of(found))


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
    Platform(
        "bbpress", _bbpress,
        Names(author=("bbp-author-name",), date=("bbp-reply-post-date",), body=("bbp-reply-content",)), ("bbp-reply-header",),
    ),
    Platform("smf", _smf, Names(author=("poster",), date=("keyinfo",), body=("inner",)), ("post_wrapper",)),
    Platform("discuz", _discuz, Names(author=("xw1",), body=("t_f",)), ("plhin",)),
    _platform("vanilla", r"Comment_(\d+)", ("ItemComment",), author=("Username", "Author"), body=("Message",)),
    _platform(
        "invision", r"(?:elComment|comment)[-_](\d+)(?:_wrap)?", ("ipsComment", "cPost"),
        author=("ipsType_break",), body=("ipsType_richText",),
    ),
)  # fmt: skip
