"""Cut records into a reader's words and the template's fittings. Pure.

First by class, in small elements that say what they are; then by phrase and by repetition, line by line. What is
certain ("Reply", "LikeLiked by") goes wherever it stands; what could be somebody's whole comment ("+1", "12") goes
only where most records have it. In a body that its platform names, only the certain is cut.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ..page import Element, Page
from .callers import is_initials
from .records import Draft, Span, elements_of, said
from .signs import ADS, BODY, SAYS, apparatus_of, mentions_reply, phrase_rule, plain, sign_of
from .spots import meta_of

DOUBTFUL = frozenset("prompt preview feed-link number votes badge toggle member-info avatar reply-count quote-link".split())
SHARED = 0.3  #: the share of records that must have a doubtful fitting
MANY, MOST_RANK = 4, 30  #: records, characters: short words at one place in most of many records are no comments
MOST_NAMED = 60  #: characters of an element that is a fitting by its class
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_UNREAD = frozenset(("button", "svg", "noscript", "select", "textarea", "label"))


@dataclass(slots=True)
class Part:
    """What is left of one line of a record when its byline and the fittings by class are gone."""

    draft: Draft
    pieces: list[int]
    text: str
    template: str  #: the text without the author's name
    rule: str  #: what its phrase says it is
    beside_meta: bool  #: True where the line has the byline too
    named: bool  #: True inside a body that its platform names
    before: bool  #: True where the byline comes after it
    block: str  #: tags and classes of the block that the line stands in and of the one around it
    linked: bool  #: True where it is a link and nothing else

    @property
    def fitting(self) -> str:
        """What is counted over all records: the same kind of phrase at the same place."""
        return f"rule:{self.rule} in {self.block}"


def cut(page: Page, drafts: list[Draft]) -> None:
    """Decide for every piece of every record whether it is text or a fitting."""
    parts = [part for draft in drafts for part in _parts(page, draft)]
    shared = _shared(parts, len(drafts))
    for draft in drafts:
        draft.body = []
    bare = {id(part.draft) for part in parts if not part.beside_meta}
    for part in parts:
        # The title of the page that a ping comes from, beside its name and date.
        rule = "title" if part.linked and not part.named and id(part.draft) in bare else _verdict(part, shared)
        if rule:
            part.draft.rules.update(dict.fromkeys(part.pieces, rule))
        else:
            part.draft.body = [*(part.draft.body or ()), *spans_of(part.pieces)]
    for part in parts:
        if not part.draft.body and part.rule in DOUBTFUL and part.fitting not in shared and not part.beside_meta:
            _keep(part)


def _parts(page: Page, draft: Draft) -> list[Part]:
    meta = meta_of(draft)
    first = min(meta, default=0)
    fittings = _fittings(page, draft, meta)
    body = None if draft.body is None else {t for t0, t1 in draft.body for t in range(t0, t1)}
    if body is not None and all(t in fittings or t in meta for t in body):
        fittings = {t: rule for t, rule in fittings.items() if rule != "hidden" or t not in body}
    found = []
    for span, words in said(page, draft):
        left: list[int] = []
        for t in range(*span):
            if t in meta:
                continue
            if t in fittings:
                draft.rules[t] = fittings[t]
            elif body is not None and t not in body:
                draft.rules[t] = phrase_rule(page.texts[t]) or "fittings"
            else:
                left.append(t)
        whole = len(left) == span[1] - span[0] and words.isascii()
        text = words if whole else " ".join("".join([page.texts[t] for t in left]).split())
        if text:
            beside = not meta.isdisjoint(range(*span))
            rule = phrase_rule(text) if len(text) <= 120 else ""
            block = _block(page, left[0])
            linked = beside and page.link_share(left[0], left[-1] + 1) > 0.9
            found.append(
                Part(draft, left, text, _template(text, draft), rule, beside, draft.named, left[0] < first, block, linked)
            )
        else:
            draft.rules.update(dict.fromkeys(left, "punctuation"))
    return found


def _block(page: Page, t: int) -> str:
    el = page.lines[page.line_of[t]].el
    up = el.parent
    return f"{el.tag} {el.get('class')} < {up.tag} {up.get('class')}" if up is not None else el.tag


def _fittings(page: Page, draft: Draft, meta: set[int]) -> dict[int, str]:
    """Pieces in small elements that say by class what they are: reply links, likes, badges; and what is not shown."""
    found: dict[int, str] = {}
    for el in elements_of(page, draft):
        if el.t1 == el.t0:
            continue
        if "style" in el.attrs and el.at > draft.a0 and _HIDDEN.search(el.get("style")):
            found.update((t, "hidden") for t in range(el.t0, el.t1) if t not in meta)
        name, unread = el.attrs.get("class") or "", el.tag in _UNREAD
        rule = _rule_of(name, unread) if name or unread else ""
        if not rule or not meta.isdisjoint(range(el.t0, el.t1)):
            continue
        if rule == "reply-link" and _holds_words(page, el):
            continue  # "reply" is also what a theme calls the box of an answer's words
        if rule == "permalink" and not unread and page.link_share(el.t0, el.t1) < 0.5:
            continue  # "anchor" is also what a theme calls the colour of its links
        if rule == "signature" or (el.t1 - el.t0 <= 12 and len(page.text_of(el)) <= MOST_NAMED):
            for t in range(el.t0, el.t1):
                found.setdefault(t, rule)
    return found


def _holds_words(page: Page, el: Element) -> bool:
    """True for a box with paragraphs and neither a link nor a button."""
    tags = {inner.tag for inner in page.elements[el.at : el.end]}
    return "p" in tags and tags.isdisjoint(("a", "button", "input")) and not phrase_rule(page.text_of(el))


@lru_cache(maxsize=1 << 13)
def _rule_of(name: str, unread: bool) -> str:
    """The fitting that a class (or a tag whose words are not read) makes of an element, or ``""``."""
    sign = sign_of(name)
    rule = "advertising" if sign & ADS else apparatus_of(name)
    if unread:
        rule = rule or "actions"
    return "" if sign & BODY and rule != "reply-link" else rule


def _template(text: str, draft: Draft) -> str:
    """A line without the author's name, so that "You have ignored Ann." is one line in all records."""
    return plain(text.replace(draft.author, "") if 2 < len(draft.author) < len(text) else text) if len(text) < 120 else ""


def _shared(parts: list[Part], records: int) -> frozenset[str]:
    """What most records have: rules ("rule:number") and lines that are the template's and nobody's words."""
    counts: Counter[str] = Counter()
    counts.update(key for _, key in {(id(part.draft), part.fitting) for part in parts if part.rule})
    counts.update(line for _, line in {(id(part.draft), part.template) for part in parts if part.template})
    found = {key for key, n in counts.items() if key.startswith("rule:") and (n >= max(2, SHARED * records) or records < 3)}
    if records >= 3:
        for key, n in counts.items():
            if 0 < len(key) <= 80 and n >= max(3, (0.5 if len(key) <= 25 else 0.75) * records):
                found.add(key)
    return frozenset(found | _signatures(parts) | _slots(parts, records))


def _slots(parts: list[Part], records: int) -> set[str]:
    """Places beside the text where most records have a word or two: ranks, towns, "Newbie"."""
    if records < MANY:
        return set()
    holders: dict[str, set[int]] = {}
    longest: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for part in (part for part in parts if not (part.rule or part.beside_meta)):
        holders.setdefault(part.block, set()).add(id(part.draft))
        longest[part.block] = max(longest[part.block], len(part.text))
        size[part.block] += len(part.text)
    main = max(size, key=lambda block: size[block], default="")
    return {f"slot:{b}" for b, of in holders.items() if b != main and len(of) >= 0.6 * records and longest[b] <= MOST_RANK}


def _signatures(parts: list[Part]) -> set[str]:
    """The last line of an author's records, where it is the same in all of two or more and stands in a box of its own."""
    records: dict[str, dict[int, list[Part]]] = {}
    for part in parts:
        if part.draft.author and not part.rule:
            records.setdefault(part.draft.author, {}).setdefault(id(part.draft), []).append(part)
    found = set()
    for author, texts in records.items():
        if len(texts) < 2:
            continue
        ends = {lines[-1].text for lines in texts.values()}
        apart = all(len(lines) > 1 and lines[-1].block != lines[-2].block for lines in texts.values())
        said = {"\n".join(line.text for line in lines[:-1]) for lines in texts.values()}
        if len(said) > 1 and len(ends) == 1 and apart:
            found.add(f"sig:{author}:{ends.pop()}")
    return found


def _verdict(part: Part, shared: frozenset[str]) -> str:
    """The rule that drops a part, or ``""`` where it is text."""
    if f"sig:{part.draft.author}:{part.text}" in shared:
        return "signature"
    if part.rule and part.rule not in DOUBTFUL:
        return part.rule
    if part.beside_meta and plain(part.text) in SAYS:
        return "says"
    if part.beside_meta and mentions_reply(part.text):
        return "reply-link"
    if part.beside_meta and part.rule == "badge":
        return "badge"
    if part.before and is_initials(part.text, part.draft.author):
        return "avatar"
    if part.named:
        return ""
    if part.rule:
        return part.rule if part.fitting in shared else ""
    if part.template in shared:
        return "label"
    if f"slot:{part.block}" in shared:
        return "member-info"
    return "byline" if part.beside_meta and len(part.text) <= 40 else ""


def _keep(part: Part) -> None:
    """A comment that is nothing but a doubtful line ("+1") keeps it."""
    part.draft.body = spans_of(part.pieces)
    for t in part.pieces:
        part.draft.rules.pop(t, None)


def spans_of(pieces: list[int]) -> list[Span]:
    """Pieces as ranges.

    >>> spans_of([3, 4, 7])
    [(3, 5), (7, 8)]
    """
    found: list[Span] = []
    for t in pieces:
        if found and found[-1][1] == t:
            found[-1] = (found[-1][0], t + 1)
        else:
            found.append((t, t + 1))
    return found
