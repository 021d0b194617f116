"""Where dates stand on a page, and what repeats around them: the records of the general reader. Pure.

A list of comments prints each by one template, so the dates of its records hang at the same place below their
record. Going up from each date by the same number of steps finds the records, nested or flat. Where a record has
no element of its own, it runs from its date to the next (or from the date before it to its own).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from ..dates import find_date
from ..page import CONTROL, Element, Page
from .records import Draft, draft_of
from .runs import unboxed
from .scan import Scan, dated
from .signs import phrase_rule
from .spots import joined
from .when import machine_date

MOST_ANCHORS = 3000
_AT = attrgetter("at")
_FIGURES = re.compile(r"\d\D*\d")
_DROPPED = frozenset(("a", "time", "abbr", "span", "small", "em", "i", "b", "strong"))


@dataclass(slots=True)
class Anchor:
    """A date (or a reply link) and the element that it hangs on."""

    el: Element
    t: int  #: its first piece, or where it would stand
    sure: bool | None = None  #: whether it is one, where it has been read already


def date_anchors(page: Page, found: Scan) -> list[Anchor]:
    """Every short line that may hold a date, every element whose attributes hold one."""
    known: dict[int, Anchor] = {}
    sure, maybe = dated(found)
    for lines in (sure, maybe):
        for line in lines:
            home = _home_of(page, line.t0, line.t1)
            if home.marks & CONTROL or line.ordinal in known:
                continue
            anchor = Anchor(home, line.t0)
            if lines is sure or is_dated(page, anchor):
                known[line.ordinal] = anchor
    for tag in ("time", "abbr"):
        for el in page.by_tag.get(tag, ()):
            if el.t0 < len(page.line_of) and page.line_of[el.t0] not in known and (machine_date(el) or _prints_date(page, el)):
                known[page.line_of[el.t0]] = Anchor(el, page.lines[page.line_of[el.t0]].t0, True)
    return sorted(known.values(), key=lambda a: a.el.at)[:MOST_ANCHORS]


def _prints_date(page: Page, el: Element) -> bool:
    """True for a `<time>` without a machine's date whose whole text is one, whatever else its line says."""
    text = page.text_of(el) if 0 < el.t1 - el.t0 <= 2 else ""
    return 0 < len(text) <= 40 and find_date(text) is not None


def is_dated(page: Page, anchor: Anchor) -> bool:
    """True where an anchor's line has a date that is more than a small part of it."""
    if anchor.sure is None:
        anchor.sure = _reads(page, anchor)
    return anchor.sure


def _reads(page: Page, anchor: Anchor) -> bool:
    line = page.lines[page.line_of[anchor.t]]
    text = joined(page, (line.t0, line.t1))[0]
    stamp = find_date(text)
    return stamp is not None and (stamp.end - stamp.start) * 8 > len(text)


def _home_of(page: Page, t0: int, t1: int) -> Element:
    """The element of the piece that has the date: a `<time>`, or the first with a figure."""
    if t1 - t0 == 1:
        return page.homes[t0]
    time = next((page.homes[t] for t in range(t0, t1) if page.homes[t].tag == "time"), None)
    if time is not None:
        return time
    figured = [t for t in range(t0, t1) if _FIGURES.search(page.texts[t])]
    if len(figured) > 1:  # "ann77" and her date
        figured = [t for t in figured if find_date(page.texts[t]) is not None] or figured
    return page.homes[figured[0] if figured else t0]


def reply_anchors(page: Page, found: Scan) -> list[Anchor]:
    """Every link or button that offers a reply, for lists that print no dates."""
    known = []
    for line in found.having(_REPLY, _REPLY_ACCENTED, _REPLY_OTHER):
        for t in range(line.t0, line.t1):
            el = page.homes[t]
            if len(page.texts[t]) < 60 and phrase_rule(page.texts[t]) == "reply-link":
                known.append(Anchor(el, t, True))
                break
    return known[:MOST_ANCHORS]


_REPLY = (
    "repl", "respond", "antwort", "kommentieren", "contestar", "rispond", "beantwoord", "reage", "antwoord", "odpowied",
    "odgovor", "cevap", "svar", "vastaa", "odpov", "balas",
)  # fmt: skip
_REPLY_ACCENTED = ("répond", "yanıtla", "válasz", "răspun")
_REPLY_OTHER = ("ответ", "відпов", "одговор", "απάντ", "返信", "回复", "回覆", "回復", "답글", "رد", "הגב")


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
    yield from _unboxed(page, anchors, chains)
    tried: set[tuple[int, ...]] = set()
    asked: set[tuple[int, ...]] = set()  #: groups that are the same with and without their class
    for depth, by_class in ((3, True), (1, True), (3, False), (2, False), (0, False)):
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for n, steps in enumerate(chains):
            name = steps[0].get("class") if by_class else ""
            if depth == 1 and not name:
                continue
            members = groups[(*(el.tag for el in steps[:depth] or (anchors[n].el,)), name)]
            if not members or chains[members[-1]][0] is not steps[0]:  # else a second date in the same words
                members.append(n)
        for members in groups.values():
            if len(members) < 2 or tuple(members) in asked:
                continue
            asked.add(tuple(members))
            if not _worth_a_look(page, anchors, chains, members):
                continue
            for roots in _climb(chains, members):
                key = tuple(el.at for el in roots)
                if len(key) > 1 and key not in tried:
                    tried.add(key)
                    yield [draft_of(el) for el in roots]


def _unboxed(page: Page, anchors: list[Anchor], chains: list[list[Element]]) -> Iterator[list[Draft]]:
    """Records that have no box: their dates hang in one element, each in a small one of its own."""
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for n, steps in enumerate(chains):
        block = steps[0].parent if steps[0].tag in _DROPPED else steps[0]
        if block is not None and anchors[n].el is not block:
            blocks[block.at].append(n)
    for at, members in blocks.items():
        if len(members) > 1 and sum(is_dated(page, anchors[n]) for n in members[:5]) * 2 > len(members[:5]):
            yield from unboxed(page, page.elements[at], [anchors[n].el for n in members])


def _worth_a_look(page: Page, anchors: list[Anchor], chains: list[list[Element]], members: list[int]) -> bool:
    """False for archives by month, years in menus, and lines that only looked like dates."""
    some = members[:: max(1, len(members) // 4)][:5]
    if all(chains[n][0].tag == "li" and page.link_share(chains[n][0].t0, chains[n][0].t1) > 0.8 for n in some):
        return False
    return sum(is_dated(page, anchors[n]) for n in some) * 2 > len(some)


def _climb(chains: list[list[Element]], members: list[int]) -> Iterator[list[Element]]:
    """Go up from all members in step, as long as each arrives at an element of its own. Those that leave the way are
    taken in again where they stand inside a record: answers in another element, or without a box that the others have."""
    height, best, alike = 0, None, None
    current, aside = members, []
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
            mode = _apart(roots, mode)
            if best is None or _nested(best) or 2 * len(mode) < len(current) or len(mode) < 2:
                break
            yield best
            best, alike, current = None, None, mode
            roots = [chains[n][height] for n in mode]
        if len(mode) < 0.9 * len(current) and best is not None:
            yield from _ways(_with(best, aside), alike)
            alike = None
        if len(mode) < 2:
            return
        aside += [chains[n][min(height, len(chains[n]) - 1)] for n in current if n not in mode]
        current, best, height = mode, roots, height + 1
        if len({(el.tag, el.get("class")) for el in roots}) == 1 and roots[0].get("class"):
            alike = roots
    yield from _ways(_with(best, aside), alike)


def _with(roots: list[Element] | None, aside: list[Element]) -> list[Element] | None:
    """Records and what stands in them and is one too; the records alone where two of those share an element."""
    if roots is None or not aside:
        return roots
    known = {el.at for el in roots}
    inner = [el for el in aside if el.at not in known and any(root.holds(el) for root in roots)]
    if not inner or len({el.at for el in inner}) < len(inner):
        return roots
    return sorted([*roots, *inner], key=_AT)


def _ways(best: list[Element] | None, alike: list[Element] | None) -> Iterator[list[Element]]:
    """The largest elements; and, where they stand in one another, the largest of one class: the boxes around answers
    to answers go on after the records have ended."""
    if best is not None:
        yield best
        if alike is not None and best is not alike and _nested(best):
            yield alike


def _nested(roots: list[Element]) -> bool:
    return any(map(Element.holds, roots, roots[1:]))


def _apart(roots: list[Element], members: list[int]) -> list[int]:
    """The members that have an element of their own where others meet in one: the post's date meets the footer's."""
    times = Counter(el.at for el in roots)
    shared = [el for el in roots if times[el.at] > 1]
    if any(not el.holds(other) for el in shared[:1] for other in roots):
        return []
    return [n for el, n in zip(roots, members, strict=True) if times[el.at] == 1]
