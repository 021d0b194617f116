"""Blocks in the making: which rows go with which byline. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..page import Element
from .cues import says
from .rows import Row, is_prose
from .template import Byline, Template, asks

#: words of an entry in an appendix at most
FEW = 12
#: words of a box about the author at most
MOST_ABOUT = 90


@dataclass(slots=True)
class Draft:
    """Rows by what they are. `own` is the part of the byline's row that is said."""

    byline: Byline
    said: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    asides: list[int] = field(default_factory=list)
    boxes: list[int] = field(default_factory=list)  #: those of the asides that stand in boxes of the page's maker
    leads: list[int] = field(default_factory=list)  #: rows right before it that open what follows: question, topic, rule
    question: str = ""
    own: bool = False
    named: bool = True  #: False where the byline stands in an earlier draft (one person's next answer)

    def rows(self) -> list[int]:
        """All rows taken, without the byline's."""
        return [*self.said, *self.heads, *self.captions, *self.asides]

    def words(self, rows: Sequence[Row]) -> int:
        """Words said."""
        return sum(rows[n].words for n in self.said) + (self.byline.before + self.byline.behind if self.own else 0)


def home_of(rows: Sequence[Row], bylines: Sequence[Byline]) -> Element:
    """The innermost element that holds every byline."""
    el = rows[bylines[0].first].el
    while el.parent is not None and not (el.t0 <= rows[bylines[0].first].t0 and rows[bylines[-1].last].t1 <= el.t1):
        el = el.parent
    return el


def led(rows: Sequence[Row], template: Template, end: int, *, bounded: bool) -> list[Draft]:
    """Byline first: each statement runs to what stands before the next byline, the last to where the post ends.

    `bounded`: the last ends with the element that holds all bylines, too; not so in a post over several pages.
    """
    bylines = template.bylines
    home = home_of(rows, bylines)
    if bounded:
        end = next((row.n for row in rows[:end] if row.t0 >= home.t1), end)
    if end <= bylines[-1].last + 1 and not bylines[-1].behind:
        end = len(rows)
    drafts: list[Draft] = []
    leads = _opening(rows, template)
    for i, byline in enumerate(bylines):
        stop = bylines[i + 1].first if i + 1 < len(bylines) else end
        draft = Draft(byline, leads=leads, own=byline.behind > 0)
        headed = any(other.heads for other in drafts)
        leads = _fill(rows, template, draft, stop, last=i + 1 == len(bylines), headed=headed)
        drafts.append(draft)
    return drafts


def without_appendix(rows: Sequence[Row], drafts: list[Draft]) -> list[Draft]:
    """Leave out what follows the last expert in the same look.

    A list that names people again with a few words each (declared interests, further links); a box about the author.
    """
    about = [_about_itself(rows, draft) for draft in drafts]
    if len(drafts) > 2 and about[-1] and sum(about) == 1 and drafts[-1].words(rows) <= MOST_ABOUT:
        drafts = drafts[:-1]
    start = len(drafts)
    while start > 0 and _first_words(rows, drafts[start - 1]) <= FEW:
        start -= 1
    head, tail = drafts[:start], drafts[start:]
    named = {draft.byline.expert.name for draft in head}
    sizes = sorted(draft.words(rows) for draft in head)
    again = all(draft.byline.expert.name in named for draft in tail)
    if tail and again and len(named) > 1 and len(head) <= 1.5 * len(named) and sizes[len(sizes) // 2] > 2 * FEW:
        return head
    return drafts


def _about_itself(rows: Sequence[Row], draft: Draft) -> bool:
    """Whether a block begins with its person's name and goes on about them."""
    first = rows[draft.said[0]].text if draft.said and not draft.own else ""
    return first.startswith(draft.byline.expert.name + " ")


def _first_words(rows: Sequence[Row], draft: Draft) -> int:
    return draft.byline.behind if draft.own else sum(rows[n].words for n in draft.said[:1])


def _opening(rows: Sequence[Row], template: Template) -> list[int]:
    """What stands right before the first byline and opens it."""
    n = template.bylines[0].first
    start = n
    while start > 0 and n - start < 3 and _leads_on(rows[start - 1], template.level):
        start -= 1
    return list(range(start, n))


def _fill(rows: Sequence[Row], template: Template, draft: Draft, stop: int, *, last: bool, headed: bool) -> list[int]:
    """Give a draft the rows up to `stop`; returns those that open what comes next. `headed`: others begin with a headline."""
    level = template.level
    strangers = set(template.strangers) if level or template.kin[0] in ("bold", "italic") else set()
    start = draft.byline.last + 1
    open_from = stop
    if not last:
        while open_from > start and _leads_on(rows[open_from - 1], level):
            open_from -= 1
        if open_from == start and not draft.own:
            open_from = stop
    for n in range(start, open_from):
        row = rows[n]
        outer = bool(row.level) and (not level or row.level <= level)
        if (outer and (draft.said or draft.own or (last and not headed))) or n in strangers:
            return list(range(n, stop))
        (draft.heads if outer else draft.said).append(n)
    return list(range(open_from, stop))


def _leads_on(row: Row, level: int) -> bool:
    """Whether a row right before a byline belongs to what follows: a rule, a topic, a question in a style of its own."""
    if row.level:
        return not level or row.level < level
    return row.rule or bool(row.marks and asks(row.text))


def ended(rows: Sequence[Row], template: Template) -> list[Draft]:
    """Byline last: each statement runs from what stands after the byline before."""
    bylines = template.bylines
    drafts: list[Draft] = []
    for i, byline in enumerate(bylines):
        start = bylines[i - 1].last + 1 if i else _start(rows, bylines)
        draft = Draft(byline, own=byline.before > 0)
        span = list(range(start, byline.first))
        cut = max((k for k, n in enumerate(span) if rows[n].level), default=-1)
        if cut >= 0:
            draft.heads = [n for n in span[: cut + 1] if rows[n].level]
            draft.leads = [n for n in span[: cut + 1] if not rows[n].level]
            span = span[cut + 1 :]
        draft.said = span
        drafts.append(draft)
    return drafts


def _start(rows: Sequence[Row], bylines: Sequence[Byline]) -> int:
    """Where the first statement begins, when the byline ends it: behind the last line that speaks to the reader."""
    home = home_of(rows, bylines)
    first = bylines[0].first
    middle = [rows[n] for a, b in pairwise(bylines) for n in range(a.last + 1, b.first)]
    looks = {row.look for row in middle if not row.rule}
    counts = sorted(b.first - a.last - 1 for a, b in pairwise(bylines))
    usual = counts[len(counts) // 2] if counts else 0  # one person alone, whose company is on lines of another look
    headed = sum(any(rows[n].level for n in range(a.last + 1, b.first)) for a, b in pairwise(bylines))
    above = next((n for n in range(first - 1, max(-1, first - 40), -1) if rows[n].level), -1)
    if above >= 0 and headed >= 0.6 * (len(bylines) - 1):
        return above
    start = first
    while start > 0:
        row = rows[start - 1]
        strange = row.look not in looks and looks and row.tag != "li"
        if row.t0 < home.t0 or row.rule or strange or row.text.endswith((":", "：")):
            return start
        inside = start < first or bylines[0].before > 0
        if inside and (says("asked", row.text) or says("answers", row.text)):
            return start
        start -= 1
        if row.level or row.after_rule:
            return start
    return max(0, first - usual)


def boxed(rows: Sequence[Row], template: Template, cells: Sequence[Element]) -> list[Draft]:
    """One box a person: all that stands in it."""
    drafts: list[Draft] = []
    starts = [row.t0 for row in rows]
    before = 0
    for byline, cell in zip(template.bylines, cells, strict=True):
        draft = Draft(byline, own=byline.before + byline.behind > 0)
        first, stop = bisect_left(starts, cell.t0), bisect_left(starts, cell.t1)
        for n in range(first, stop):
            if not byline.first <= n <= byline.last:
                inner = any(m > byline.last for m in draft.said) and is_prose(rows[draft.said[-1]])
                (draft.heads if rows[n].level and not inner else draft.said).append(n)
        start = before if drafts else first
        while not drafts and start > 0 and _leads_on(rows[start - 1], 0):
            start -= 1
        draft.leads = [n for n in range(start, first) if _leads_on(rows[n], 0)]
        before = stop
        drafts.append(draft)
    return drafts
