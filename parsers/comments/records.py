"""Records on their way to comments: where each stands on the page, and how its words are booked. Pure.

A reader (a platform's or the general one) finds the records; `fields.py` finds in each who wrote when; this module
cuts what is left into text and fittings, and claims or drops every piece of a record in the ledger.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter

from ..ledger import Ledger
from ..model import Comment
from ..page import Element, Page

Span = tuple[int, int]
_AT = attrgetter("at")


@dataclass(slots=True, eq=False)
class Draft:
    """One comment or ping in the making. Its elements are `a0`..`a1` in document order, its pieces `t0`..`t1`."""

    a0: int
    a1: int
    t0: int
    t1: int
    key: str = ""  #: the platform's id
    kind: str = "comment"
    parent: Draft | None = None
    parent_key: str = ""  #: where the page names the parent by its key
    rules: dict[int, str] = field(default_factory=dict)  #: its fittings, by piece
    author: str = ""
    author_url: str = ""
    posted_at: str = ""
    approximate: bool = False
    permalink: str = ""
    title: str = ""
    meta: list[Span] = field(default_factory=list)  #: pieces of author, date, permalink, title
    body: list[Span] | None = None  #: None: whatever is left
    named: bool = False  #: True where the platform's own name marks the body
    own: list[Span] = field(default_factory=list)  #: its pieces without those of replies inside it
    inside: list[Draft] = field(default_factory=list)  #: records that stand inside this one
    depth: int = 0
    _said: list[tuple[Span, str]] | None = field(default=None, init=False)

    @property
    def size(self) -> int:
        return self.t1 - self.t0


def draft_of(el: Element, key: str = "") -> Draft:
    """A record that is one element."""
    return Draft(el.at, el.end, el.t0, el.t1, key)


def nest(drafts: list[Draft]) -> list[Draft]:
    """Put drafts in page order, tell each what stands inside it and which pieces are its own."""
    drafts.sort(key=lambda d: (d.a0, -d.a1))
    open_: list[Draft] = []
    for draft in drafts:
        draft.inside, draft.own, draft._said = [], [], None
        while open_ and open_[-1].a1 <= draft.a0:
            open_.pop()
        if open_:
            open_[-1].inside.append(draft)
        draft.depth = len(open_)
        open_.append(draft)
    for draft in drafts:
        at = draft.t0
        for child in draft.inside:
            if child.t0 > at:
                draft.own.append((at, child.t0))
            at = max(at, child.t1)
        if at < draft.t1:
            draft.own.append((at, draft.t1))
    return drafts


def elements_of(page: Page, draft: Draft) -> list[Element]:
    """The elements of a record without those of replies inside it, in document order."""
    at, found = draft.a0, []
    for child in draft.inside:
        found += page.elements[at : child.a0]
        at = child.a1
    return found + page.elements[at : draft.a1] if found else page.elements[at : draft.a1]


def tagged(page: Page, draft: Draft, tag: str) -> list[Element]:
    """The same of one tag alone, found without a look at the others."""
    els = page.by_tag.get(tag)
    if not els:
        return []
    at, found = draft.a0, []
    for child in draft.inside:
        found += els[bisect_left(els, at, key=_AT) : bisect_left(els, child.a0, key=_AT)]
        at = child.a1
    return found + els[bisect_left(els, at, key=_AT) : bisect_left(els, draft.a1, key=_AT)]


def lines_of(page: Page, spans: list[Span]) -> list[Span]:
    """Spans cut at line ends."""
    return [
        (line.t0 if line.t0 > t0 else t0, line.t1 if line.t1 < t1 else t1)
        for t0, t1 in spans
        for line in page.lines_between(t0, t1)
    ]


def said(page: Page, draft: Draft) -> list[tuple[Span, str]]:
    """The record's own lines, or what is its own of them, with their words; put together once."""
    if draft._said is None:
        draft._said = [(span, raw(page, span)) for span in lines_of(page, draft.own)]
    return draft._said


def raw(page: Page, span: Span) -> str:
    """The words of a part of one line."""
    t0, t1 = span
    line = page.lines[page.line_of[t0]]
    if line.t0 == t0 and line.t1 == t1 and line.text.isascii():
        return line.text
    text = page.texts[t0] if t1 - t0 == 1 else "".join(page.texts[t0:t1])
    return " ".join(_seen(text).split())


# Booking


def settle(page: Page, ledger: Ledger, drafts: list[Draft], platform: str) -> tuple[Comment, ...]:
    """Make the comments of drafts that are cut, and claim or drop every piece that is theirs. What only says that a
    comment was taken out is none, unless somebody answers it."""
    answered = {id(draft.parent) for draft in drafts}
    texts = [body_text(page, draft) for draft in drafts]
    _name(drafts, texts)
    found = []
    for number, (draft, text) in enumerate(zip(drafts, texts, strict=True), 1):
        for t0, t1 in draft.body or ():
            ledger.claim(t0, t1, f"comment {number}")
        for t0, t1 in draft.meta:
            ledger.claim(t0, t1, f"comment {number} meta")
        for t, rule in draft.rules.items():
            ledger.drop(t, t + 1, f"{platform}/{rule}")
        if text or "deleted" not in draft.rules.values() or id(draft) in answered:
            found.append(_comment(draft, text))
    return tuple(found)


_INVISIBLE = "\xad\u200b\ufeff"  # soft hyphen, zero-width space, byte order mark


def _seen(text: str) -> str:
    """A text without the signs that nobody sees."""
    if not text.isascii():
        for sign in _INVISIBLE:
            text = text.replace(sign, "")
    return text


def body_text(page: Page, draft: Draft) -> str:
    """One line a block or `<br>`."""
    lines: dict[int, list[str]] = {}
    for t0, t1 in lines_of(page, draft.body or []):
        lines.setdefault(page.line_of[t0], []).extend(page.texts[t0:t1])
    texts = [" ".join(_seen("".join(parts)).split()) for parts in lines.values()]
    return "\n".join([text for text in texts if text])


def speaks(page: Page, draft: Draft) -> bool:
    """True where its body has a word."""
    return any(_seen(text).strip() for t0, t1 in draft.body or () for text in page.texts[t0:t1])


def _comment(draft: Draft, text: str) -> Comment:
    parent = draft.parent.key if draft.parent is not None else draft.parent_key
    return Comment(
        key=draft.key, text=text, author=draft.author, author_url=draft.author_url, posted_at=draft.posted_at,
        permalink=draft.permalink, parent=parent, kind=draft.kind, approximate=draft.approximate, title=draft.title,
    )  # fmt: skip


def _name(drafts: list[Draft], texts: list[str]) -> None:
    """Give each draft a key that is unique in the page: the platform's, else one made of who, when and what."""
    seen: set[str] = set()
    for draft, text in zip(drafts, texts, strict=True):
        key = draft.key or content_key(draft.author, draft.posted_at, text)
        base, n = key, 1
        while key in seen:
            n += 1
            key = f"{base}.{n}"
        draft.key = key
        seen.add(key)


_LETTERS = re.compile(r"\w+")


def content_key(author: str, posted_at: str, text: str) -> str:
    """A key for a comment that has none, of its author, day and first words."""
    words = " ".join(_LETTERS.findall(text.casefold())[:12])
    return hashlib.sha256(f"{author.casefold()}\n{posted_at[:10]}\n{words}".encode()).hexdigest()[:12]
