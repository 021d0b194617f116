"""Where dates stand on a page, and what repeats around them: the records of the general reader. Pure.

A list of comments prints each by one template, so the dates of its records hang at the same place below their
record. Going up from each date by the same number of steps finds the records, nested or flat. Where a record has
no element of its own, it runs from its date to the next (or from the date before it to its own).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .dates import find_date
from .fields import joined, machine_date
from .page import Element, Page
from .records import Draft
from .signs import phrase_rule

MOST_ANCHORS = 3000
DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d\d|\b\d{1,2}[:h]\d\d\b|[年月]|\bago\b|\bvor \d|\b(?:hace|il y a|fa|geleden|назад|temu|sedan|siden|önce|yesterday|gestern)\b|前$|^\d{1,2}[smhdwy]$",
    re.I,
)
_DROPPED = frozenset(("a", "time", "abbr", "span", "small", "em", "i", "b", "strong"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date (or a reply link) and the element that it hangs on."""

    el: Element
    t: int  #: its first piece, or where it would stand


def date_anchors(page: Page) -> list[Anchor]:
    """Every short line with a date, every element whose attributes hold one."""
    found: dict[int, Anchor] = {}
    for line in page.lines:
        text = line.text
        if len(text) <= 160 and DATED.search(text) is not None:
            stamp = find_date(text if line.t1 - line.t0 == 1 else joined(page, (line.t0, line.t1))[0])
            if stamp is not None and (stamp.end - stamp.start) * 8 > len(text):
                el = _home_of(page, line.t0, line.t1)
                found.setdefault(line.ordinal, Anchor(el, line.t0))
    for tag in ("time", "abbr"):
        for el in page.by_tag.get(tag, ()):
            if el.t0 < len(page.line_of) and page.line_of[el.t0] not in found and machine_date(el):
                found[page.line_of[el.t0]] = Anchor(el, el.t0)
    return sorted(found.values(), key=lambda a: a.el.at)[:MOST_ANCHORS]


def _home_of(page: Page, t0: int, t1: int) -> Element:
    """The element of the piece that has the date: the first with a figure."""
    for t in range(t0, t1):
        if any(c.isdigit() for c in page.texts[t]) and find_date(page.texts[t]) is not None:
            return page.homes[t]
    return next((page.homes[t] for t in range(t0, t1) if any(c.isdigit() for c in page.texts[t])), page.homes[t0])


def reply_anchors(page: Page) -> list[Anchor]:
    """Every link or button that offers a reply, for lists that print no dates."""
    found = []
    for tag in ("a", "button"):
        for el in page.by_tag.get(tag, ()):
            if 0 < el.t1 - el.t0 < 4 and phrase_rule(page.text_of(el)) == "reply-link":
                found.append(Anchor(el, el.t0))
    return sorted(found, key=lambda a: a.el.at)[:MOST_ANCHORS]


# What repeats


def chain(el: Element) -> list[Element]:
    """An element and its ancestors, without the inline ones at its beginning."""
    while el.tag in _DROPPED and el.parent is not None and el.parent.tag != "body":
        el = el.parent
    found = [el]
    for up in el.above():
        if up.tag in ("body", "html", "#document") or len(found) > 14:
            break
        found.append(up)
    return found


def candidates(page: Page, anchors: list[Anchor]) -> Iterator[list[Draft]]:
    """Sets of records that the anchors may stand for, each with the records in page order."""
    chains = [chain(anchor.el) for anchor in anchors]
    tried: set[tuple[int, ...]] = set()
    for by_class in (True, False):
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, steps in enumerate(chains):
            tags = tuple(el.tag for el in steps[:3])
            groups[(*tags, steps[0].get("class") if by_class else "")].append(n)
        for members in groups.values():
            if len(members) < 2:
                continue
            for roots in _climb(chains, members):
                key = tuple(el.at for el in roots)
                if len(key) > 1 and key not in tried:
                    tried.add(key)
                    yield roots_to_drafts(page, roots, [anchors[n] for n in members])


def _climb(chains: list[list[Element]], members: list[int]) -> Iterator[list[Element]]:
    """Go up from all members in step, as long as each arrives at an element of its own."""
    height, best = 0, None
    current = members
    while True:
        tags: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for n in current:
            if height < len(chains[n]):
                tags[(chains[n][height].tag, "")].append(n)
        if not tags:
            break
        mode = max(tags.values(), key=len)
        roots = [chains[n][height] for n in mode]
        if len({el.at for el in roots}) < len(roots):
            break
        if len(mode) < 0.9 * len(current) and best is not None:
            yield best
        if len(mode) < 2:
            return
        current, best, height = mode, roots, height + 1
    if best is not None:
        yield best


def roots_to_drafts(page: Page, roots: list[Element], anchors: list[Anchor]) -> list[Draft]:
    return [Draft(el.at, el.end, el.t0, el.t1) for el in roots]
