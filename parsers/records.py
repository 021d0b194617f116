"""Records on their way to comments: where each stands on the page, and how its words are booked. Pure.

A reader (a platform's or the general one) finds the records; `fields.py` finds in each who wrote when; this module
cuts what is left into text and fittings, and claims or drops every piece of a record in the ledger.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .ledger import Ledger
from .model import Comment
from .page import HEADING, Element, Page
from .signs import ADS, BODY, apparatus_of, phrase_rule, plain, sign_of

Span = tuple[int, int]


@dataclass(slots=True)
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
    own: list[Span] = field(default_factory=list)  #: its pieces without those of replies inside it
    inside: list[Draft] = field(default_factory=list)  #: records that stand inside this one
    depth: int = 0

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
        draft.inside, draft.own = [], []
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


def elements_of(page: Page, draft: Draft) -> Iterator[Element]:
    """The elements of a record without those of replies inside it, in document order."""
    at = draft.a0
    for child in draft.inside:
        yield from page.elements[at : child.a0]
        at = child.a1
    yield from page.elements[at : draft.a1]


def lines_of(page: Page, spans: list[Span]) -> Iterator[Span]:
    """Spans cut at line ends."""
    line_of = page.line_of
    for t0, t1 in spans:
        start = t0
        for t in range(t0 + 1, t1 + 1):
            if t == t1 or line_of[t] != line_of[start]:
                yield start, t
                start = t


def raw(page: Page, span: Span) -> str:
    """The words of a part of one line."""
    return " ".join("".join(page.texts[span[0] : span[1]]).translate(_INVISIBLE).split())


def size_of(text: str) -> int:
    """Words, roughly: two letters make one where a script has no spaces.

    >>> size_of("three short words"), size_of("専門家に聞いた質問")
    (3, 4)
    """
    spaces = text.count(" ")
    return len(text) // 2 if not text.isascii() and spaces * 20 < len(text) and len(text) > 8 else spaces + 1


# What is text


def cut(page: Page, drafts: list[Draft]) -> None:
    """Decide for every piece of every record whether it is text or a fitting."""
    labels = _labels(page, drafts)
    for draft in drafts:
        meta = {t for t0, t1 in draft.meta for t in range(t0, t1)}
        fittings = _fittings(page, draft, meta)
        body = _body_pieces(draft)
        text: list[Span] = []
        rules = draft.rules
        for span in lines_of(page, draft.own):
            text += _cut_line(page, draft, span, meta, fittings, labels, body, rules)
        hidden = [t for t, rule in fittings.items() if rule == "hidden" and (body is None or t in body)]
        if not text and hidden:
            text = _spans(sorted(hidden))
            for t in hidden:
                del rules[t]
        draft.body = text


def _labels(page: Page, drafts: list[Draft]) -> frozenset[str]:
    """Short lines that most records share: not one reader's words, but the template's."""
    if len(drafts) < 3:
        return frozenset()
    counts: Counter[str] = Counter()
    for draft in drafts:
        texts = (raw(page, span) for span in lines_of(page, draft.own) if span[1] - span[0] < 6)
        counts.update({template_of(text, draft) for text in texts if len(text) < 120})
    most = len(drafts)
    return frozenset(
        text for text, n in counts.items() if 0 < len(text) <= 80 and n >= max(3, (0.5 if len(text) <= 25 else 0.9) * most)
    )


def template_of(text: str, draft: Draft) -> str:
    """A line without the author's name, so that "You have ignored Ann." is one line in all records."""
    return plain(text.replace(draft.author, "") if len(draft.author) > 2 and len(draft.author) < len(text) else text)


def _body_pieces(draft: Draft) -> frozenset[int] | None:
    return None if draft.body is None else frozenset(t for t0, t1 in draft.body for t in range(t0, t1))


def _fittings(page: Page, draft: Draft, meta: set[int]) -> dict[int, str]:
    """Pieces in small elements that say by class what they are: reply links, likes, badges."""
    found: dict[int, str] = {}
    for el in elements_of(page, draft):
        if el.t1 == el.t0:
            continue
        if "style" in el.attrs and _HIDDEN.search(el.get("style")):
            found.update((t, "hidden") for t in range(el.t0, el.t1) if t not in meta)
        if el.t1 - el.t0 > 12:
            continue
        name = el.attrs.get("class") or ""
        rule = ("advertising" if sign_of(name) & ADS else apparatus_of(name)) if name else ""
        if el.tag in ("button", "svg", "noscript", "select", "textarea", "label"):
            rule = rule or "actions"
        if not rule or (sign_of(name) & BODY and not rule == "reply-link"):
            continue
        if not meta.isdisjoint(range(el.t0, el.t1)) or len(page.text_of(el)) > 60:
            continue
        for t in range(el.t0, el.t1):
            found.setdefault(t, rule)
    return found


_HIDDEN = re.compile(r"display\s*:\s*none", re.I)


def _cut_line(
    page: Page, draft: Draft, span: Span, meta: set[int], fittings: dict[int, str], labels: frozenset[str], body: frozenset[int] | None,
    rules: dict[int, str],
) -> list[Span]:  # fmt: skip
    """The parts of a line that are text; the other pieces get their rule."""
    pieces = range(*span)
    for t in pieces:
        if t not in meta and t in fittings:
            rules[t] = fittings[t]
    left = [t for t in pieces if t not in meta and t not in rules and (body is None or t in body)]
    if body is not None:
        for t in pieces:
            if t not in meta and t not in rules and t not in body:
                rules[t] = phrase_rule(page.texts[t]) or "fittings"
    if not left:
        return []
    text = " ".join("".join(page.texts[t] for t in left).split())
    whole = len(left) == len(pieces)
    rule = phrase_rule(text) or ("label" if whole and template_of(text, draft) in labels else "")
    if not rule and not whole and any(t in meta for t in pieces) and body is None:
        rule = "byline" if len(text) <= 40 else ""
    if rule:
        for t in left:
            rules[t] = rule
        return []
    return _spans(left)


def _spans(pieces: list[int]) -> list[Span]:
    found: list[Span] = []
    for t in pieces:
        if found and found[-1][1] == t:
            found[-1] = (found[-1][0], t + 1)
        else:
            found.append((t, t + 1))
    return found


# Booking


def settle(page: Page, ledger: Ledger, drafts: list[Draft], platform: str) -> tuple[Comment, ...]:
    """Make the comments of drafts that are cut, and claim or drop every piece that is theirs."""
    _name(page, drafts)
    found = []
    for number, draft in enumerate(drafts, 1):
        for t0, t1 in draft.body or ():
            ledger.claim(t0, t1, f"comment {number}")
        for t0, t1 in draft.meta:
            ledger.claim(t0, t1, f"comment {number} meta")
        for t, rule in draft.rules.items():
            ledger.drop(t, t + 1, f"{platform}/{rule}")
        found.append(_comment(page, draft))
    return tuple(found)


_INVISIBLE = {0xAD: None, 0x200B: None, 0xFEFF: None}  # soft hyphen, zero-width space, byte order mark


def body_text(page: Page, draft: Draft) -> str:
    """One line a block or `<br>`."""
    lines: dict[int, list[str]] = {}
    for t0, t1 in draft.body or ():
        for t in range(t0, t1):
            lines.setdefault(page.line_of[t], []).append(page.texts[t])
    texts = (" ".join("".join(parts).translate(_INVISIBLE).split()) for parts in lines.values())
    return "\n".join(text for text in texts if text)


def _comment(page: Page, draft: Draft) -> Comment:
    parent = draft.parent.key if draft.parent is not None else draft.parent_key
    return Comment(
        key=draft.key, text=body_text(page, draft), author=draft.author, author_url=draft.author_url, posted_at=draft.posted_at,
        permalink=draft.permalink, parent=parent, kind=draft.kind, approximate=draft.approximate, title=draft.title,
    )  # fmt: skip


def _name(page: Page, drafts: list[Draft]) -> None:
    """Give each draft a key that is unique in the page: the platform's, else one made of who, when and what."""
    seen: set[str] = set()
    for draft in drafts:
        key = draft.key or content_key(draft.author, draft.posted_at, body_text(page, draft))
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


__all__ = [
    "HEADING",
    "Draft",
    "Span",
    "body_text",
    "content_key",
    "cut",
    "draft_of",
    "elements_of",
    "lines_of",
    "nest",
    "raw",
    "settle",
]
