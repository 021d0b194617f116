"""Blocks by a site's rule: what the rule calls a byline is one, and what follows it is said. Pure.

The general way reads the page as well, and where the two name other people, the reading says so in a note.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .blocks import Block, Blocks, Span, find_blocks, links_of
from .blocks.align import aligned, split
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


def blocks_by_rule(page: Page, lines: Sequence[Line], chosen: Chosen, title: str = "") -> Blocks:
    """The blocks that the rule's bylines begin (or end). Raises LayoutChanged where their number is not the expected one.

    A page without any byline, in which the general way sees too few people as well, is no roundup: its own blocks come
    back. Not so where the rule's `match` names the page.
    """
    groups, lede, rest = _grouped(page, lines, chosen)
    low, high = chosen.layout.expect
    if not groups and not chosen.sure:
        general = find_blocks(page, lines, title)
        if len(general.blocks) < max(low, 2):
            return general
    if not low <= len(groups) <= high:
        raise LayoutChanged(page.url, f"{chosen.layout.expert!r} finds {len(groups)} statements, expected {low} to {high}")
    blocks = [_block(page, group) for group in groups]
    experts = aligned([block.expert for block in blocks], [_byline(page, group) for group in groups])
    named = tuple(replace(block, expert=expert) for block, expert in zip(blocks, experts, strict=True))
    return Blocks(named, BY_RULE, tuple(lede), tuple(rest))


@dataclass(slots=True)
class Group:
    """A byline's element with what was said."""

    el: Element
    question: tuple[Line, ...]
    head: list[Span] = field(default_factory=list)
    said: list[Span] = field(default_factory=list)
    again: bool = False  #: True where the byline stands above an earlier answer


class Holders:
    """The elements of a selector, asked by piece; of nested ones the outer."""

    def __init__(self, page: Page, selector: str) -> None:
        self._elements: list[Element] = []
        for el in page.match(selector) if selector else ():
            if not self._elements or el.t0 >= self._elements[-1].t1:
                self._elements.append(el)
        self._starts = [el.t0 for el in self._elements]

    def of(self, t: int) -> Element | None:
        """The element that holds a piece."""
        place = bisect_right(self._starts, t) - 1
        return self._elements[place] if place >= 0 and t < self._elements[place].t1 else None

    def whole(self, line: Line) -> bool:
        """True where one of the elements holds all of a line."""
        el = self.of(line.t0)
        return el is not None and line.t1 <= el.t1


def _grouped(page: Page, lines: Sequence[Line], chosen: Chosen) -> tuple[list[Group], list[Line], list[Line]]:
    """The groups, the lede, and what belongs to neither."""
    layout = chosen.layout
    heads, roles, asked, ledes = (
        Holders(page, selector) for selector in (layout.expert, layout.role, layout.question, layout.lede)
    )
    groups: list[Group] = []
    lede: list[Line] = []
    waiting: list[tuple[Line, Span]] = []  # said by somebody whose byline is still to come
    question: list[Line] = []
    for line in lines:
        if ledes.whole(line):
            lede.append(line)
        elif asked.whole(line):
            question = [*question, line] if question and question[-1].ordinal == line.ordinal - 1 else [line]
        elif groups and roles.whole(line):
            groups[-1].head.append((line.t0, line.t1))
        else:
            for el, span in _cut(line, heads):
                if el is not None:
                    if not groups or groups[-1].el is not el:
                        groups.append(Group(el, tuple(question), said=[part for _, part in waiting]))
                        waiting = []
                    groups[-1].head.append(span)
                elif layout.after:
                    waiting.append((line, span))
                elif groups:
                    if not groups[-1].said:
                        groups[-1].question = tuple(question)
                    elif groups[-1].question != tuple(question):  # the same person's next answer
                        groups.append(Group(groups[-1].el, tuple(question), groups[-1].head, again=True))
                    groups[-1].said.append(span)
                else:
                    lede.append(line)
    return groups, lede, [line for line, _ in waiting]


def _cut(line: Line, heads: Holders) -> Iterator[tuple[Element | None, Span]]:
    """A line in parts: those inside a byline's element, and those outside."""
    start, now = line.t0, heads.of(line.t0)
    for t in range(line.t0 + 1, line.t1):
        if (el := heads.of(t)) is not now:
            yield now, (start, t)
            start, now = t, el
    yield now, (start, line.t1)


_JOINT = re.compile(r"^[:：—–-]\s*")
_GOES_ON = re.compile(r"^\s*[(（,|–—-][^:：.!?]{0,120}[:：]\s*(?=\S)")  # what is printed of a byline behind its element


def _block(page: Page, group: Group) -> Block:
    byline, said = _byline(page, group), [page.text_between(*span) for span in group.said]
    if said and (more := _GOES_ON.match(said[0])) and _one_line(page, group):
        said[0] = said[0][more.end() :]
    folded = " ".join(byline.split())
    expert = read_byline(byline) or Expert(split(byline)[0] or folded, byline=folded, how=BY_RULE)
    return Block(
        expert,
        () if group.again else tuple(group.head),
        tuple(group.said),
        tuple(text for text in (_JOINT.sub("", text) for text in said) if text),
        " ".join(line.text for line in group.question),
        leads=tuple((line.t0, line.t1) for line in group.question),
        links=links_of(page, group.said),
    )


def _byline(page: Page, group: Group) -> str:
    """The byline as printed, with its line breaks."""
    lines = [text for span in group.head if (text := page.text_between(*span))]
    if group.said and _one_line(page, group) and (more := _GOES_ON.match(page.text_between(*group.said[0]))):
        lines[-1:] = [f"{lines[-1] if lines else ''} {more[0].strip()}"]
    return "\n".join(lines)


def _one_line(page: Page, group: Group) -> bool:
    """True where the first words said stand right behind the byline, on its line."""
    end = group.head[-1][1]
    return group.said[0][0] == end and page.line_of[end - 1] == page.line_of[end]


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
