"""What the company of the others makes believable: weak bylines of the winning look, and lines that belong to them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..bylines import read
from ..bylines.eastern import EASTERN
from ..bylines.positions import read_positions
from ..bylines.words import CREDIT, DATE, GIVEN, KNOWN_FAMILY, NETWORK, STOP, WORD, flags
from ..model import Expert, Position
from ..page import Page
from .align import split, weak_expert
from .candidates import Found, read_slot
from .rows import Row
from .slots import Slot
from .template import Byline, Template, apart, asks, below, placed

#: share of the bylines that must be built alike for an unknown name to be one of them
MOST = 0.6


def complete(page: Page, rows: Sequence[Row], template: Template) -> None:
    """Add to a template the bylines that only it explains, and give each the rows that are its own."""
    _take_weak(page, rows, template)
    _adopt(page, rows, template)
    template.bylines = _same_depth(rows, template.bylines)
    _one_form(template.slots, template.bylines)
    _extend_alike(rows, template.bylines)
    template.bylines = apart(template.bylines)
    _headlines(rows, template.bylines)
    _roles_above(rows, template.bylines)


def _take_weak(page: Page, rows: Sequence[Row], template: Template) -> None:
    """People who only the company that they keep makes believable."""
    bylines = template.bylines
    held = {n for b in bylines for n in range(b.first, b.last + 1)}
    if len(template.strangers) > 1.5 * len(bylines):
        return
    depths = {_depth(rows[b.first]) for b in bylines}
    usual = Counter(b.slot.form for b in bylines).most_common(1)[0][0]
    shape = _Shape(page, rows, bylines)
    singles = 2 * sum(" " not in b.expert.name for b in bylines) >= len(bylines)
    for slot in template.slots:
        if slot.form == "line" and (slot.row - 1 in held or slot.row + 1 in held):
            continue  # nobody would have said anything
        if slot.row in held or slot.form != usual or asks(slot.raw) or _depth(rows[slot.row]) not in depths:
            continue
        expert = weak_expert(slot.raw, single=singles or slot.kin[0] == "dash") or shape.expert(rows, slot)
        if expert is None:
            continue
        byline = placed(rows, Found(slot, expert, 0.0))
        bylines.append(byline)
        held.update(range(byline.first, byline.last + 1))
    bylines.sort(key=lambda b: b.first)
    template.strangers = [n for n in template.strangers if n not in held]


class _Shape:
    """What most bylines of a page have in common beside their look: a mark behind the name, or short lines below it."""

    def __init__(self, page: Page, rows: Sequence[Row], bylines: Sequence[Byline]) -> None:
        count = len(bylines)
        self.page = page
        styled = sum(rows[b.first].lead > 0 and b.slot.form == "line" for b in bylines)
        own = [b for b in bylines if rows[b.first].lead and rows[b.first].opening(page) == b.expert.name]
        self.led = styled == len(own) > 2 and len(own) >= MOST * count  #: the name has a style of its own
        marks = Counter(_mark_behind(b.slot.raw, b.expert.name) for b in bylines)
        mark, often = marks.most_common(1)[0]
        below = Counter(_fit(rows, b.first + 1) for b in bylines if b.last > b.first and b.slot.form == "line")
        fit, held = below.most_common(1)[0] if below else ((), 0)
        self.mark = mark if count > 2 and often >= MOST * count else ""
        self.fit = fit if count > 2 and held >= MOST * count else ()

    def expert(self, rows: Sequence[Row], slot: Slot) -> Expert | None:
        """A person whose name no list vouches for, in a place that is built like those of all the others."""
        front, rest = split(slot.raw)
        after, row = slot.row + 1, rows[slot.row]
        if self.led and row.lead and slot.form == "line":
            front = row.opening(self.page)
            return _stranger(front, slot) if row.text[len(front) :].strip() else None
        told = bool(rest and self.mark and _mark_behind(slot.raw, front) == self.mark)
        if not told and slot.form == "line" and self.fit and after < len(rows) and not rest:
            told = below(rows[slot.row], rows[after]) and _fit(rows, after) == self.fit
        return _stranger(front, slot) if told else None


def _stranger(front: str, slot: Slot) -> Expert | None:
    """A few words with capitals as a name, unless they are all common words, or one says that nobody is meant."""
    if EASTERN.match(front) and 1 < len(front) < 7:
        return Expert(front, "", (), "", " ".join(slot.raw.split()), "template")
    words = front.split()
    if not 1 < len(words) < 5 or any(word[0].islower() or not word[-1].isalpha() for word in words):
        return None
    found = [flags(word) for word in words]
    known = any(bits & (GIVEN | KNOWN_FAMILY) for bits in found)
    if not known and (any(bits & (STOP | DATE | CREDIT | NETWORK) for bits in found) or all(bits & WORD for bits in found)):
        return None
    return Expert(front, "", (), "", " ".join(slot.raw.split()), "template")


def _mark_behind(raw: str, name: str) -> str:
    """The mark behind a name that parts it from a role: a comma, a bracket, a bar or a dash; "" for any other."""
    mark = raw[raw.find(name) + len(name) :].lstrip()[:1] if name in raw else ""
    return mark if mark and mark in ",،，、(（|–—" else ""


def _adopt(page: Page, rows: Sequence[Row], template: Template) -> None:
    """A full byline on a line of its own that lost its style: the editor forgot to make it bold."""
    bylines = template.bylines
    if len(bylines) < 3 or template.level or template.kin[0] in ("dash", "ending", "bracket"):
        return
    form, tag = bylines[0].slot.form, template.kin[1]
    found: list[Byline] = []
    near = {n for b in bylines for n in range(b.first - 1, b.last + 2)}
    for slot in template.other_slots:
        row = rows[slot.row]
        if slot.form != form or slot.form not in ("line", "lead") or slot.kin[1] != tag or row.level or row.after_image:
            continue
        if row.n < bylines[0].first or row.n in near:
            continue
        other = read_slot(page, row, slot)
        if other is not None and other.weight >= 1.7:
            found.append(placed(rows, other))
            near |= {row.n - 1, row.n, row.n + 1}
    if len(found) <= 0.34 * len(bylines):
        template.bylines = sorted([*bylines, *found], key=lambda b: b.first)


def _same_depth(rows: Sequence[Row], bylines: list[Byline]) -> list[Byline]:
    """Leave out bare names that stand deeper in the page than nearly all the others: items of a list inside a statement."""
    depths = Counter(_depth(rows[b.first]) for b in bylines)
    usual, count = depths.most_common(1)[0]
    if count < 0.7 * len(bylines):
        return bylines
    return [b for b in bylines if b.weight >= 1 or _depth(rows[b.first]) <= usual]


def _depth(row: Row) -> int:
    depth, up = 0, row.el.parent
    while up is not None:
        depth, up = depth + 1, up.parent
    return depth


def _one_form(slots: Sequence[Slot], bylines: Sequence[Byline]) -> None:
    """Where most bylines fill their lines, one that seemed to lead into a text fills its line too."""
    whole = {slot.row: slot for slot in slots if slot.form == "line"}
    odd = [b for b in bylines if b.slot.form == "lead" and b.first in whole]
    if 2 * len(odd) < sum(b.slot.form == "line" for b in bylines):
        for byline in odd:
            byline.slot, byline.behind = whole[byline.first], 0


def _extend_alike(rows: Sequence[Row], bylines: list[Byline]) -> None:
    """Where most names have lines of their own below them, a line that looks the same is one, whatever it says."""
    longer = [b for b in bylines if b.last > b.first and b.slot.form == "line"]
    if len(longer) < max(2, 0.4 * len(bylines)):
        for byline in longer if len(bylines) > 3 else ():
            reading = read(byline.slot.raw)
            if reading is not None:
                byline.expert, byline.weight, byline.last = reading.expert, reading.weight, byline.first
        return
    usual = max(b.last - b.first for b in longer)
    inside = {b.first for a, b in pairwise(bylines) if b.weight < 0.5 and a.last + 1 == b.first <= a.first + usual}
    bylines[:] = [b for b in bylines if b.first not in inside]
    looks = {(n - b.first, _fit(rows, n)) for b in longer for n in range(b.first + 1, b.last + 1)}
    for i, byline in enumerate(bylines):
        end = bylines[i + 1].first if i + 1 < len(bylines) else len(rows)
        if byline.slot.form != "line":
            continue
        n = byline.last + 1
        while n < min(end, byline.first + 4) and below(rows[byline.first], rows[n]):
            if (n - byline.first, _fit(rows, n)) not in looks:
                break
            byline.last, n = n, n + 1


def _fit(rows: Sequence[Row], n: int) -> tuple[object, ...]:
    """How a row sits below another: its look, and whether the row after it begins a new paragraph."""
    row = rows[n]
    return row.look, row.joined, row.el.parent is rows[n - 1].el.parent


def _roles_above(rows: Sequence[Row], bylines: Sequence[Byline]) -> None:
    """Where most names have their role on a line of its own above them, that line is part of the byline."""
    found: list[tuple[Byline, tuple[Position, ...]]] = []
    for last, byline in zip([-1, *(b.last for b in bylines)], bylines, strict=False):
        above = rows[byline.first - 1] if byline.first - 1 > last else None
        if above is None or above.level or above.words > 6 or above.rule or byline.slot.form != "line":
            continue
        if any(p.role for p in byline.expert.positions) or above.text[-1] in ".?!:。：":
            continue
        told = read_positions(above.text)
        if len(told) == 1 and told[0].role:
            found.append((byline, told))
    if len(found) < max(3, MOST * len(bylines)):
        return
    for byline, (role, *_) in found:
        own = byline.expert.positions
        first = Position(role.role, own[0].affiliation if own else role.affiliation)
        byline.expert = replace(byline.expert, positions=(first, *own[1:]))
        byline.first -= 1


def _headlines(rows: Sequence[Row], bylines: Sequence[Byline]) -> None:
    """ "Ann Lee, grower: The long view" over a text of its own is a headline, not the beginning of the text."""
    ends = [*(b.first for b in bylines[1:]), len(rows)]
    short = [b for b, end in zip(bylines, ends, strict=True) if b.slot.form == "prefix" and b.behind <= 12 and end > b.last + 1]
    short = [b for b in short if not rows[b.first].text.endswith((".", "!", "。"))]
    if len(short) >= max(2, 0.8 * len(bylines)):
        for byline in short:
            byline.slot, byline.behind = byline.slot._replace(form="line"), 0
