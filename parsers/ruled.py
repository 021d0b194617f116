"""Blocks by a site's rule: what the rule calls a byline is one, and what follows it is said. Pure.

The general way reads the page as well, and where the two name other people, the reading says so in a note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .blocks import Block, Blocks, find_blocks
from .bylines import read_byline
from .errors import LayoutChanged
from .ledger import Ledger
from .model import Expert
from .page import Element, Line, Page
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
    asked = page.match(chosen.layout.question) if chosen.layout.question else []
    groups: list[Group] = []
    lede: list[Line] = []
    question: list[Line] = []
    for line in lines:
        head = _holder(heads, line)
        if head is not None:
            if not groups or groups[-1].el is not head:
                groups.append(Group(head, tuple(question)))
            groups[-1].head.append(line)
        elif _holder(asked, line) is not None:
            question = [line]
        elif groups:
            groups[-1].said.append(line)
        else:
            lede.append(line)
    low, high = chosen.layout.expect
    if not low <= len(groups) <= high:
        raise LayoutChanged(page.url, f"{chosen.layout.expert!r} finds {len(groups)} statements, expected {low} to {high}")
    return Blocks(tuple(_block(group) for group in groups), BY_RULE, tuple(lede))


@dataclass(slots=True)
class Group:
    """A byline's element with the lines behind it."""

    el: Element
    question: tuple[Line, ...]
    head: list[Line] = field(default_factory=list)
    said: list[Line] = field(default_factory=list)


def _holder(elements: Sequence[Element], line: Line) -> Element | None:
    return next((el for el in elements if el.t0 <= line.t0 and line.t1 <= el.t1), None)


def _block(group: Group) -> Block:
    byline = "\n".join(line.text for line in group.head)
    expert = read_byline(byline) or Expert(" ".join(byline.split()), byline=" ".join(byline.split()), how="site rule")
    said = tuple((line.t0, line.t1) for line in group.said)
    leads = tuple((line.t0, line.t1) for line in group.question)
    question = " ".join(line.text for line in group.question)
    named = tuple((line.t0, line.t1) for line in group.head)
    return Block(expert, named, said, tuple(line.text for line in group.said), question, leads=leads)


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
