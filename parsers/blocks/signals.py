"""What the shape of the blocks says about the page, in numbers for the verdict. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from .cues import says
from .drafts import Draft
from .rows import Row
from .template import Template

_OPENS = "\"“„«「『‘'"


@dataclass(frozen=True, slots=True)
class Signals:
    """Shares from 0 to 1, unless said otherwise."""

    precision: float = 0.0  #: of the lines that look like the bylines, between the first and the last, those that name somebody
    strong: float = 0.0  #: bylines that the grammar read without help from their company
    dense: float = 0.0  #: of the words from the first block to the last, those that are said
    even: float = 0.0  #: how alike the statements are in length: median deviation over median, turned round
    quoted: float = 0.0  #: statements that open with a quotation mark
    cue: float = 0.0  #: 1 where one of the last lines before the blocks says that people were asked, or that answers follow
    titled: float = 0.0  #: 1 where the title speaks of experts, of asking or of answers
    marked: float = 0.0  #: 1 where the bylines have a style of their own (heading, bold, dash), 0.5 in boxes, 0 in plain lines


def signals_of(rows: Sequence[Row], template: Template, drafts: Sequence[Draft], title: str, *, boxes: bool) -> Signals:
    """The numbers of one page's blocks; `boxes` where each person has one."""
    if not drafts:
        return Signals()
    bylines = template.bylines
    sizes = [draft.words(rows) for draft in drafts]
    middle = median(sizes)
    used = [n for d in drafts for n in (*d.rows(), *range(d.byline.first, d.byline.last + 1))]
    held = {n for d in drafts for n in (*d.boxes, *range(d.byline.first, d.byline.last + 1))}
    region = sum(row.words for row in rows[min(used) : max(used) + 1] if row.n not in held or template.kin[0] == "plain")
    before = [row.text for row in rows[max(0, min(used) - 3) : min(used)]] + [rows[n].text for n in drafts[0].leads]
    count = len(drafts)
    return Signals(
        precision=len(bylines) / (len(bylines) + len(template.strangers)),
        strong=sum(b.expert.how not in ("template", "label") for b in bylines) / len(bylines),
        dense=min(1.0, sum(sizes) / (region or 1)),
        even=1 / (1 + median(abs(size - middle) for size in sizes) / max(1.0, middle)),
        quoted=sum(_opening(rows, draft)[:1] in _OPENS for draft in drafts if _opening(rows, draft)) / count,
        cue=float(any(says("asked", text) or says("answers", text) for text in before)),
        titled=float(any(says(kind, title) for kind in ("experts", "asked", "answers"))),
        marked=1.0 if template.level or template.kin[0] in ("bold", "dash") else 0.5 if boxes else 0.0,
    )


def _opening(rows: Sequence[Row], draft: Draft) -> str:
    if draft.own and draft.byline.behind:
        return rows[draft.byline.first].text[draft.byline.slot.cut :].lstrip(" :>–—-")
    return rows[draft.said[0]].text if draft.said else ""
