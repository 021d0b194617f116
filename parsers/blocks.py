"""From the post's lines to expert blocks: who speaks, and which lines are the statement. Pure.

    rows.py        each line looked at once
    candidates.py  where a byline could stand, by look
    template.py    the look that wins
    direction.py   byline first, or statement first; boxes
    blocks.py      the blocks cut out, and what belongs to nobody
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .direction import cells_of, is_after
from .model import Expert, Link
from .page import CAPTION, LINK, Element, Line, Page
from .rows import Row, rows_of
from .template import Byline, Template, asks, choose

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """One person's words. Spans are ranges of the page's pieces."""

    expert: Expert
    byline_spans: tuple[Span, ...]
    statement_spans: tuple[Span, ...]
    paragraphs: tuple[str, ...]
    question: str = ""  #: the line that puts the question which this answers, as printed
    heading: str = ""  #: a headline that is not part of the statement
    heading_spans: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    asides: tuple[Span, ...] = ()  #: bios, contact lines, rules: in the block and not said
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading or question with the blocks below it."""

    text: str
    span: Span
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the post holds."""

    blocks: tuple[Block, ...] = ()
    layout: str = ""
    lede: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(slots=True)
class Draft:
    """A block in the making: rows by what they are."""

    byline: Byline
    said: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    question: int = -1


def find_blocks(page: Page, lines: Sequence[Line], title: str = "") -> Blocks:
    """The expert blocks of a post."""
    rows = rows_of(page, lines)
    template = choose(page, rows)
    if template is None:
        return Blocks(lede=tuple(lines))
    cells = cells_of(page, rows, template.bylines)
    after = is_after(page, rows, template, cells)
    if cells is not None:
        drafts = _boxed(rows, template, cells)
    else:
        drafts = _ended(rows, template) if after else _led(rows, template)
    for draft in drafts:
        _trim(rows, draft)
    drafts = [draft for draft in drafts if draft.said or draft.byline.before or draft.byline.behind]
    blocks = tuple(_block(page, rows, draft) for draft in drafts)
    first = min((min([d.byline.first, *d.said, *d.heads]) for d in drafts), default=len(rows))
    used = {n for d in drafts for n in (*d.said, *d.heads, *d.captions, *d.asides, *range(d.byline.first, d.byline.last + 1))}
    lede = tuple(row.line for row in rows[:first])
    rest = tuple(row.line for row in rows[first:] if row.n not in used)
    layout = ("boxes" if cells is not None else "after" if after else "before") + " " + template.kin[0]
    return Blocks(blocks, layout, lede, rest)


def _level(template: Template) -> int:
    family = template.kin[0]
    return int(family[1:]) if family[0] == "h" and family[1:].isdigit() else 0


def _led(rows: Sequence[Row], template: Template) -> list[Draft]:
    """Byline first: each statement runs to what stands before the next byline."""
    level = _level(template)
    strangers = set(template.strangers)
    drafts = []
    bylines = template.bylines
    for i, byline in enumerate(bylines):
        end = bylines[i + 1].first if i + 1 < len(bylines) else len(rows)
        draft = Draft(byline)
        n = byline.last + 1
        while n < end:
            row = rows[n]
            outer = bool(row.level) and (not level or row.level <= level)
            if (outer and draft.said) or n in strangers:
                break
            if outer:
                draft.heads.append(n)
            else:
                draft.said.append(n)
            n += 1
        if i + 1 < len(bylines):
            while draft.said and _leads_on(rows[draft.said[-1]]):
                draft.said.pop()
        drafts.append(draft)
    return drafts


def _leads_on(row: Row) -> bool:
    """Whether a row right before a byline belongs to what follows: a rule, or a question in a style of its own."""
    return row.rule or bool(row.marks and asks(row.text))


def _ended(rows: Sequence[Row], template: Template) -> list[Draft]:
    """Byline last: each statement runs from what stands after the byline before."""
    drafts: list[Draft] = []
    bylines = template.bylines
    counts = sorted(b.first - a.last - 1 for a, b in pairwise(bylines))
    usual = counts[len(counts) // 2] if counts else 1
    for i, byline in enumerate(bylines):
        start = bylines[i - 1].last + 1 if i else max(0, byline.first - max(usual, 1 if not byline.before else 0))
        draft = Draft(byline)
        span = list(range(start, byline.first))
        cut = max((k for k, n in enumerate(span) if rows[n].level), default=-1)
        if cut >= 0:
            draft.heads = [n for n in span[: cut + 1] if rows[n].level]
            span = span[cut + 1 :]
        draft.said = span
        drafts.append(draft)
    return drafts


def _boxed(rows: Sequence[Row], template: Template, cells: Sequence[Element]) -> list[Draft]:
    drafts = []
    for byline, cell in zip(template.bylines, cells, strict=True):
        draft = Draft(byline)
        for row in rows:
            if row.t0 >= cell.t0 and row.t1 <= cell.t1 and not byline.first <= row.n <= byline.last:
                (draft.heads if row.level else draft.said).append(row.n)
        drafts.append(draft)
    return drafts


def _trim(rows: Sequence[Row], draft: Draft) -> None:
    """Captions and rules are not said."""
    for n in list(draft.said):
        row = rows[n]
        if row.el.marks & CAPTION:
            draft.captions.append(n)
            draft.said.remove(n)
    while draft.said and rows[draft.said[-1]].rule:
        draft.asides.append(draft.said.pop())
    while draft.said and rows[draft.said[0]].rule:
        draft.asides.append(draft.said.pop(0))


_JOINT = re.compile(r"^\s*(?:[:：]|>>|»|[—–―-](?=\s)|\|)?\s*")


def _block(page: Page, rows: Sequence[Row], draft: Draft) -> Block:
    byline, slot = draft.byline, draft.byline.slot
    row = rows[byline.first]
    bylines: list[Span] = []
    spans: list[tuple[int, Span, str]] = [(n, (rows[n].t0, rows[n].t1), rows[n].text) for n in draft.said]
    if slot.form == "line":
        bylines.append((row.t0, row.t1))
    else:
        own = row.text[: slot.cut].rstrip() if slot.form == "tail" else _JOINT.sub("", row.text[slot.cut :])
        span = (row.t0, row.t1)
        if slot.piece >= 0:
            first, second = (row.t0, slot.piece), (slot.piece, row.t1)
            bylines.append(second if slot.form == "tail" else first)
            span = first if slot.form == "tail" else second
        if own:
            spans.append((row.n, span, own))
    bylines += [(rows[n].t0, rows[n].t1) for n in range(byline.first + 1, byline.last + 1)]
    spans.sort()
    said = tuple(span for _, span, _ in spans)
    return Block(
        expert=byline.expert,
        byline_spans=tuple(bylines),
        statement_spans=said,
        paragraphs=tuple(text for _, _, text in spans),
        heading="\n".join(rows[n].text for n in draft.heads),
        heading_spans=tuple((rows[n].t0, rows[n].t1) for n in draft.heads),
        captions=tuple((rows[n].t0, rows[n].t1) for n in draft.captions),
        asides=tuple((rows[n].t0, rows[n].t1) for n in draft.asides),
        links=_links(page, said),
    )


def _links(page: Page, spans: Sequence[Span]) -> tuple[Link, ...]:
    found: list[Link] = []
    last: Element | None = None
    for t0, t1 in spans:
        for t in range(t0, t1):
            home = page.homes[t]
            if not home.marks & LINK:
                continue
            anchor = next((el for el in (home, *home.above()) if el.tag == "a"), None)
            if anchor is not None and anchor is not last:
                last = anchor
                found.append(Link(page.text_of(anchor), page.absolute(anchor.get("href"))))
    return tuple(found)
