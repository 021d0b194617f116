"""From the post's lines to expert blocks: who speaks, and which lines are the statement. Pure.

rows.py        each line looked at once
slots.py       where a byline could stand, by look
candidates.py  who stands there                glued.py   bylines in a dump without styles
template.py    the look that wins
company.py     weak bylines among strong       align.py   roles and organisations by the others' order
fields.py      labelled bylines: "Name: ..."
direction.py   byline first, or statement first; boxes
drafts.py      rows to blocks                  trims.py   captions, bios, links: not said
turns.py       who answers which question      cues.py    the editor's own phrases
signals.py     what all this says to the verdict
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import Expert, Link
from ..page import LINK, Element, Line, Page
from .align import aligned
from .company import complete
from .direction import cells_of, is_after
from .drafts import Draft, boxed, ended, led, without_appendix
from .ends import cut_ending
from .rows import Row, core, look_around, rows_of
from .signals import Signals, signals_of
from .template import FIELD, Template, choose
from .trims import trim
from .turns import tie

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
    leads: tuple[Span, ...] = ()  #: right before the block and opening it: question, topic, rule
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Blocks:
    """What the post holds. Lines of `lede` and `rest` belong to no block."""

    blocks: tuple[Block, ...] = ()
    layout: str = ""  #: how it was read: "before bold", "after dash", "boxes h3"
    lede: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()
    signals: Signals = field(default_factory=Signals)  #: numbers for the verdict


def find_blocks(page: Page, lines: Sequence[Line], title: str = "") -> Blocks:
    """The expert blocks of a post, in page order."""
    rows = rows_of(page, lines)
    prose = core(rows) if page.tree is None else range(len(rows))
    template = choose(page, rows, range(max(0, prose.start - 3), min(len(rows), prose.stop + 3)))
    if template is None:
        return Blocks(lede=tuple(lines))
    look_around(page, rows)
    complete(page, rows, template)
    drafts, shape = _drafts(page, rows, template, prose.stop)
    blocks = [_block(page, rows, draft) for draft in drafts]
    used = {n for d in drafts for n in (*d.rows(), *d.leads, *range(d.byline.first, d.byline.last + 1))}
    first = min(used, default=len(rows))
    lede = tuple(row.line for row in rows[:first])
    rest = tuple(row.line for row in rows[first:] if row.n not in used)
    numbers = signals_of(rows, template, drafts, title, boxes=shape == "boxes")
    return Blocks(tuple(blocks), f"{shape} {template.kin[0]}", lede, rest, numbers)


def _drafts(page: Page, rows: Sequence[Row], template: Template, end: int) -> tuple[list[Draft], str]:
    experts = [byline.expert for byline in template.bylines]
    experts = aligned(experts, template.raws(rows)) if template.kin != FIELD else experts
    for byline, expert in zip(template.bylines, experts, strict=True):
        byline.expert = expert
    cells = cells_of(page, rows, template.bylines)
    after = is_after(page, rows, template, cells)
    if cells is not None:
        drafts = boxed(rows, template, cells)
    elif after:
        drafts = ended(rows, template)
    else:
        drafts = led(rows, template, end, bounded=not page.behind)
        if len(drafts) > 1:
            cut_ending(page, rows, drafts)
    trim(page, rows, drafts)
    drafts = without_appendix(rows, drafts)
    drafts = tie(rows, drafts, first=not after)
    shape = "boxes" if cells is not None else "after" if after else "before"
    return [draft for draft in drafts if draft.said or draft.own], shape


_JOINT = re.compile(r"^\s*(?:[:：]|>>|»|[—–―-](?=\s)|\|)?\s*")


def _block(page: Page, rows: Sequence[Row], draft: Draft) -> Block:
    byline, slot = draft.byline, draft.byline.slot
    row = rows[byline.first]
    named: list[Span] = []
    said: list[tuple[int, Span, str]] = [(n, (rows[n].t0, rows[n].t1), rows[n].text) for n in draft.said]
    span = (row.t0, row.t1)
    if slot.form == "line":
        named.append(span)
    elif slot.piece >= 0:
        parts = (row.t0, slot.piece), (slot.piece, row.t1)
        named.append(parts[1] if slot.form == "tail" else parts[0])
        span = parts[0] if slot.form == "tail" else parts[1]
    if draft.own:
        text = row.text[: slot.cut].rstrip() if slot.form == "tail" else _JOINT.sub("", row.text[slot.cut :])
        said.append((row.n, span, text))
    named += [(rows[n].t0, rows[n].t1) for n in range(byline.first + 1, byline.last + 1)]
    said.sort()
    spans = tuple(span for _, span, _ in said)
    return Block(
        expert=byline.expert,
        byline_spans=tuple(named) if draft.named else (),
        statement_spans=spans,
        paragraphs=tuple(text for _, _, text in said if text),
        question=draft.question,
        heading="\n".join(rows[n].text for n in draft.heads),
        heading_spans=_spans(rows, draft.heads),
        captions=_spans(rows, draft.captions),
        asides=_spans(rows, draft.asides),
        leads=_spans(rows, draft.leads),
        links=links_of(page, spans),
    )


def _spans(rows: Sequence[Row], numbers: Sequence[int]) -> tuple[Span, ...]:
    return tuple((rows[n].t0, rows[n].t1) for n in sorted(numbers))


def links_of(page: Page, spans: Sequence[Span]) -> tuple[Link, ...]:
    """The links that begin in some spans, in order."""
    found: list[Link] = []
    last: Element | None = None
    for t0, t1 in spans:
        for t in range(t0, t1):
            home = page.homes[t]
            if not home.marks & LINK:
                continue
            anchor = home.nearest("a")
            if anchor is not None and anchor is not last:
                last = anchor
                found.append(Link(page.text_of(anchor), page.absolute(anchor.get("href"))))
    return tuple(found)
