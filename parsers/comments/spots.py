"""Places inside a record: where something stands below it, and what all records of a page have there. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ..page import Element, Page
from .records import Draft, Span, elements_of

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Class tokens that a platform's own templates use, best first."""

    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a record that may be its date or its author."""

    path: Path
    span: Span
    text: str
    iso: str = ""
    approximate: bool = False
    worth: float = 0.0
    url: str = ""
    places: tuple[tuple[str, int], ...] = ()  #: its line, counted from the record's beginning, end and date


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of dates needs to know."""

    language: str = ""
    now: datetime | None = None


def path_of(page: Page, draft: Draft, el: Element, paths: dict[int, Path]) -> Path:
    """The tags between a record and an element, without links, which come and go with a commenter's address."""
    known = paths.get(el.at)
    if known is None:
        up = el.parent
        above = () if up is None or up.at < draft.a0 else path_of(page, draft, up, paths)
        known = above if el.tag == "a" else (*above, el.tag)
        paths[el.at] = known
    return known


def by_token(page: Page, draft: Draft, tokens: tuple[str, ...]) -> Element | None:
    """The first own element with the best of some class tokens."""
    best, found = len(tokens), None
    for el in elements_of(page, draft):
        name = el.attrs.get("class")
        if name and el.t0 < el.t1 and (rank := rank_of(name, tokens)) < best:
            best, found = rank, el
            if not rank:
                break
    return found


@lru_cache(maxsize=1 << 13)
def rank_of(name: str, tokens: tuple[str, ...]) -> int:
    """The place in a list of class tokens of the first that a class attribute has; the list's length where it has none."""
    classes = name.split()
    return next((rank for rank, token in enumerate(tokens) if token in classes), len(tokens))


def joined(page: Page, span: Span) -> tuple[str, list[int]]:
    """The folded words of a part of a line, and where each piece begins in them; pieces that touch are parted."""
    if span[1] - span[0] == 1:
        return " ".join(page.texts[span[0]].split()), [0]
    text, starts = "", []
    for t in range(*span):
        piece = page.texts[t]
        words = " ".join(piece.split())
        if text and not text.endswith(" ") and (piece[:1].isspace() or _touch(text, piece)):
            text += " "
        starts.append(len(text))
        text += words + (" " if piece[-1:].isspace() and words else "")
    return text.rstrip(), starts


def _touch(text: str, piece: str) -> bool:
    """True where two pieces would run into one word, or a shortened name into a date: "Ann B." and "Nov 19"."""
    if text[-1].isalnum():
        return piece[0].isalnum()
    return text[-1] in ".)!?" and piece[0].isalnum() and text[-2:-1].isalpha()


def pieces_at(span: Span, starts: list[int], start: int, end: int) -> Span:
    """The pieces that hold a stretch of the joined words."""
    first = max((n for n, at in enumerate(starts) if at <= start), default=0)
    last = max((n for n, at in enumerate(starts) if at < end), default=first)
    return span[0] + first, span[0] + last + 1


def link_of(el: Element, draft: Draft) -> Element | None:
    """The link that an element stands in, inside its record."""
    up: Element | None = el
    while up is not None and up.at >= draft.a0:
        if up.tag == "a" and up.get("href"):
            return up
        up = up.parent
    return None


def meta_of(draft: Draft) -> set[int]:
    """The pieces of a record that are known to be its date, author or title."""
    return {t for t0, t1 in draft.meta for t in range(t0, t1)}


def within(draft: Draft, el: Element) -> list[Span]:
    """The record's own pieces inside one of its elements."""
    return [(max(a, el.t0), min(b, el.t1)) for a, b in draft.own if max(a, el.t0) < min(b, el.t1)]
