"""Does a byline stand before its statement or after it? One answer for the whole page, by vote. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from ..page import QUOTE, Element, Page
from .cues import closes, says
from .rows import Row, is_prose
from .template import FEWEST, Byline, Template, asks

_PAGE = frozenset(("body", "html", "main", "#document"))
_BOXES = frozenset("li tr div section article figure blockquote details td dd aside main fieldset table tbody ul ol dl".split())


def cells_of(page: Page, rows: Sequence[Row], bylines: Sequence[Byline]) -> list[Element] | None:
    """The box that holds each byline and no other, where most of the boxes hold a statement too."""
    if page.tree is None:
        return None
    starts = [rows[b.first].t0 for b in bylines]
    cells: list[Element] = []
    full, words = 0, 0
    pieces = [row.t0 for row in rows]
    inside: set[int] = set()
    for i, byline in enumerate(bylines):
        before, after = (starts[i - 1] if i else -1), (starts[i + 1] if i + 1 < len(starts) else -1)
        el = rows[byline.first].el
        if el.t0 <= before < el.t1 or el.t0 <= after < el.t1:
            return None  # the byline stands loose in what holds its neighbour, too
        while el.parent is not None and el.parent.tag not in _PAGE:
            if el.parent.t0 <= before < el.parent.t1 or el.parent.t0 <= after < el.parent.t1:
                break
            el = el.parent
        cells.append(el)
        own = range(bisect_left(pieces, el.t0), bisect_left(pieces, el.t1))
        inside.update(own)
        held = sum(rows[n].words for n in own if not byline.first <= n <= byline.last) + byline.before + byline.behind
        full += el.tag in _BOXES and held >= FEWEST
        words += held
    if full < 0.8 * len(bylines) or len({el.at for el in cells}) < len(cells):
        return None
    outside = sum(row.words for row in rows[bylines[0].first : bylines[-1].last] if row.n not in inside and not row.level)
    quoting = sum(el.tag in ("figure", "blockquote", "li", "tr") for el in cells) >= 0.8 * len(cells)
    return cells if outside <= 0.15 * words or (quoting and words >= 8 * len(cells)) else None


def is_after(page: Page, rows: Sequence[Row], template: Template, cells: list[Element] | None) -> bool:
    """Whether statements come first and the bylines end them."""
    bylines = template.bylines
    n = len(bylines)
    family = template.kin[0]
    if cells is not None:
        return not template.level and _after_in_cells(rows, bylines, cells)
    if template.level:
        above = rows[bylines[0].first - 1] if bylines[0].first else None
        quoted = above is not None and (bool(above.el.marks & QUOTE) or above.text[0] in '“"«„')
        return quoted and _open_ends(page, rows, bylines) > 2
    tails = sum(b.before > 0 for b in bylines)
    leads = sum(b.behind > 0 for b in bylines)
    if tails > n / 2:
        return True
    if leads > n / 2:
        return False
    votes = 2.0 * (family == "dash") - 0.6
    for byline in bylines:
        votes += _vote(rows, byline) / n
    return votes + _ends_alike(rows, bylines) + _open_ends(page, rows, bylines) > 0


def _open_ends(page: Page, rows: Sequence[Row], bylines: Sequence[Byline]) -> float:
    """Whether a statement is missing at one end: none behind the last byline, or none before the first."""
    behind = [row for row in rows[bylines[-1].last + 1 :] if is_prose(row)]
    before = [row for row in rows[: bylines[0].first] if is_prose(row)]
    vote = 0.0
    if not behind:
        vote += 3.0
    elif closes(behind[0].text) or (page.tree is None and _odd_opening(rows, bylines)):
        vote += 2.0
    if not before:
        vote -= 3.0
    elif says("asked", before[-1].text) or says("answers", before[-1].text):
        vote -= 2.0
    return vote


def _ends_alike(rows: Sequence[Row], bylines: Sequence[Byline]) -> float:
    """Which end of the run looks like what stands between the bylines: the front (above 0) or the back."""
    looks = {row.look for a, b in pairwise(bylines) for row in rows[a.last + 1 : b.first] if not row.rule}
    front, back = bylines[0].first - 1, bylines[-1].last + 1
    like = [0 <= n < len(rows) and rows[n].look in looks for n in (front, back)]
    return 2.0 * (like[0] - like[1])


def _odd_opening(rows: Sequence[Row], bylines: Sequence[Byline]) -> bool:
    """Whether a label follows the last byline, where prose follows the others: a heading that lost its style."""
    labels = [not is_prose(rows[b.last + 1]) and rows[b.last + 1].text[-1].isalnum() for b in bylines if b.last + 1 < len(rows)]
    return len(labels) == len(bylines) and labels[-1] and sum(labels) == 1


def _vote(rows: Sequence[Row], byline: Byline) -> float:
    """What stands around one byline: above 0 where it ends a statement."""
    above = rows[byline.first - 1] if byline.first else None
    here = rows[byline.first]
    below = rows[byline.last + 1] if byline.last + 1 < len(rows) else None
    vote = 0.0
    if here.joined:
        vote += 2.0
    if below is not None and below.joined:
        vote -= 2.0
    quoted = [r is not None and bool(r.el.marks & QUOTE) for r in (above, below)]
    inside = bool(here.el.marks & QUOTE)
    if not inside and quoted[0] != quoted[1]:
        vote += 2.0 if quoted[0] else -2.0
    if here.after_rule or here.after_image or (above is not None and (above.level or above.rule)):
        vote -= 1.5
    if below is not None and (below.after_rule or below.rule or below.level):
        vote += 1.5
    if above is not None and (above.text.endswith((":", "：")) or asks(above.text)):
        vote -= 0.5
    if byline.slot.raw.rstrip().endswith((":", "：", ">>", "»")):
        vote -= 2.0
    return vote


def _after_in_cells(rows: Sequence[Row], bylines: Sequence[Byline], cells: Sequence[Element]) -> bool:
    above = below = 0
    starts = [row.t0 for row in rows]
    for byline, cell in zip(bylines, cells, strict=True):
        first, stop = bisect_left(starts, cell.t0), bisect_left(starts, cell.t1)
        above += byline.before + sum(row.words for row in rows[first : byline.first])
        below += byline.behind + sum(row.words for row in rows[byline.last + 1 : stop])
    return above > below
