"""Blocks by a site's rule: what the rule calls a byline is one, and what follows it is said. Pure.

The general way reads the page as well, and where the two name other people, the reading says so in a note.
"""

from __future__ import annotations

from collections.abc import Sequence

from .blocks import Block, Blocks, find_blocks
from .bylines import read_byline
from .errors import LayoutChanged
from .ledger import Ledger
from .model import Expert
from .page import Line, Page
from .rules import Chosen


BY_RULE = "site rule"  # the layout's name


def drop_by_rule(page: Page, ledger: Ledger, chosen: Chosen) -> None:
    """Drop what the rule calls furniture."""
    for selector in chosen.layout.drop:
        for el in page.match(selector):
            ledger.drop(el.t0, el.t1, f"site/{chosen.host}")


def blocks_by_rule(page: Page, lines: Sequence[Line], chosen: Chosen) -> Blocks:
    """The blocks that the rule's bylines begin. Raises LayoutChanged where their number is not the expected one."""
    heads = page.match(chosen.layout.expert)
    starts = [n for n, line in enumerate(lines) if any(el.t0 <= line.t0 and line.t1 <= el.t1 for el in heads)]
    groups = _groups(lines, starts, {n: next(el.at for el in heads if el.t0 <= lines[n].t0 < el.t1) for n in starts})
    low, high = chosen.layout.expect
    if not low <= len(groups) <= high:
        raise LayoutChanged(page.url, f"{chosen.layout.expert!r} finds {len(groups)} statements, expected {low} to {high}")
    first = starts[0] if starts else len(lines)
    return Blocks(tuple(_block(group, said) for group, said in groups), BY_RULE, tuple(lines[:first]))


def _groups(lines: Sequence[Line], starts: Sequence[int], owner: dict[int, int]) -> list[tuple[list[Line], list[Line]]]:
    """Each byline's lines with the lines behind it; the lines of one element are one byline."""
    found: list[tuple[list[Line], list[Line]]] = []
    last = -1
    for n in range(starts[0] if starts else len(lines), len(lines)):
        if n in owner:
            if owner[n] == last:
                found[-1][0].append(lines[n])
            else:
                found.append(([lines[n]], []))
                last = owner[n]
        else:
            found[-1][1].append(lines[n])
    return found


def _block(head: Sequence[Line], said: Sequence[Line]) -> Block:
    byline = "\n".join(line.text for line in head)
    expert = read_byline(byline) or Expert(" ".join(byline.split()), byline=" ".join(byline.split()), how="site")
    spans = tuple((line.t0, line.t1) for line in said)
    return Block(expert, tuple((line.t0, line.t1) for line in head), spans, tuple(line.text for line in said))


def disagreement(page: Page, lines: Sequence[Line], title: str, ruled: Blocks) -> tuple[str, ...]:
    """A note where the general way reads other people than the rule."""
    general = {block.expert.name for block in find_blocks(page, lines, title).blocks}
    own = {block.expert.name for block in ruled.blocks}
    if general == own:
        return ()
    only, missing = sorted(own - general), sorted(general - own)
    parts = [
        f"only the rule: {', '.join(only)}" if only else "",
        f"only the general way: {', '.join(missing)}" if missing else "",
    ]
    return (f"site rule and general way differ ({'; '.join(part for part in parts if part)})",)
