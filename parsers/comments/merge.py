"""Several readings of one thread into one: by key, else by author, moment and words. Never doubled. Pure.

The first reading is the page as served; the others are further comment pages, an interface, a feed. Each fills in
what the ones before it did not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ..model import Comment

_LETTERS = re.compile(r"\w+")


def merge(readings: Iterable[tuple[Comment, ...]]) -> tuple[Comment, ...]:
    """One comment for each that anybody saw, in order of time where every one has a time."""
    known: dict[str, Comment] = {}
    aliases: dict[str, str] = {}
    prints: dict[tuple[str, str, str], str] = {}
    count = 0
    for reading in readings:
        count += bool(reading)
        fresh: set[str] = set()
        for comment in reading:
            key = comment.key if comment.key in known else ""
            if not key:
                twin = prints.get(_print(comment), "")
                key = twin if twin not in fresh else ""
            if key:
                known[key] = _filled(known[key], comment)
                aliases[comment.key] = key
            else:
                known[comment.key] = comment
                prints.setdefault(_print(comment), comment.key)
                fresh.add(comment.key)
    found = [replace(c, parent=_parent(c, aliases)) for c in known.values()]
    return tuple(_in_order(found) if count > 1 else found)


def _print(comment: Comment) -> tuple[str, str, str]:
    """Who, when (to the day) and the first words: what two sources agree on."""
    words = " ".join(_LETTERS.findall(comment.text.casefold())[:8])
    return "".join(_LETTERS.findall(comment.author.casefold())), comment.posted_at[:10], words


def _filled(known: Comment, other: Comment) -> Comment:
    """The first reading with the gaps that the other can fill; an exact time goes before one to the day."""
    better = len(other.posted_at) > len(known.posted_at) or (known.approximate and not other.approximate and other.posted_at)
    return replace(
        known,
        text=known.text or other.text,
        author=known.author or other.author,
        author_url=known.author_url or other.author_url,
        posted_at=other.posted_at if better else known.posted_at,
        approximate=other.approximate if better else known.approximate,
        permalink=known.permalink or other.permalink,
        parent=known.parent or other.parent,
        kind=other.kind if known.kind == "comment" and other.kind != "comment" else known.kind,
        title=known.title or other.title,
    )


def _parent(comment: Comment, aliases: dict[str, str]) -> str:
    parent = aliases.get(comment.parent, comment.parent)
    return parent if parent != comment.key else ""


def _in_order(comments: list[Comment]) -> list[Comment]:
    """By time, where all have a time; else as they came."""
    if all(len(comment.posted_at) >= 16 for comment in comments):
        return sorted(comments, key=lambda comment: comment.posted_at[:19])
    return comments


__all__ = ["merge"]
