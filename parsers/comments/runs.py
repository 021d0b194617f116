"""Records that have no element of their own: a byline in a `dt`, the words in the `dd` after it. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ..page import Element, Page
from .records import Draft, lines_of, nest, raw
from .signs import heading_of, phrase_rule

_LISTS = frozenset(("body", "main", "ol", "ul", "table", "form"))
_WHOLE = frozenset(("li", "article"))  # such an item is never a byline alone


def extended(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Where most records hold nothing but their byline, let each run on to the next, or back to the one before."""
    nest(drafts)
    spoken = [draft for draft in drafts if page.elements[draft.a0].tag not in _WHOLE]
    if sum(_speaks(page, draft) for draft in spoken) >= 0.5 * len(spoken):
        return drafts
    ways = [_runs(page, drafts, forward) for forward in (True, False)]
    return nest(max(ways, key=lambda way: _evenness(page, way)))


def grown(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Let records that have neither name nor date take in what stands around them, up to the next record."""
    roots = sorted(draft.a0 for draft in drafts)
    found = []
    for draft in drafts:
        el = page.elements[draft.a0]
        for up in _around(page, el, roots):
            el = up
            if any(byline_like(line.text) for line in page.lines_of(el) if len(line.text) < 120):
                break
        found.append(replace(draft, a0=el.at, a1=el.end, t0=el.t0, t1=el.t1, meta=[], rules={}, body=None))
    return nest(found)


def enlarged(page: Page, drafts: list[Draft]) -> list[Draft]:
    """The same records with what stands around each, as many boxes up as all of them can go: their names stand beside
    the boxes that have the ids. Empty where there is nothing around."""
    roots = sorted(draft.a0 for draft in drafts)
    ways = [list(_around(page, page.elements[draft.a0], roots)) for draft in drafts]
    steps = min(map(len, ways))
    if len(drafts) < 2 or not steps:
        return []
    boxes = [way[steps - 1] for way in ways]
    return nest([Draft(el.at, el.end, el.t0, el.t1, draft.key, draft.kind) for el, draft in zip(boxes, drafts, strict=True)])


def _around(page: Page, el: Element, roots: list[int]) -> Iterator[Element]:
    """The boxes around a record, from the innermost, that hold no other record and are no list of them."""
    for _ in range(MOST_STEPS):
        up = el.parent
        if up is None or up.tag in _LISTS or not _alone_in(page, up, roots):
            return
        yield (el := up)


def _alone_in(page: Page, el: Element, roots: list[int]) -> bool:
    at = bisect_left(roots, el.at)
    others = at + 1 < len(roots) and roots[at + 1] < el.end
    return not others and not any(el.holds(area) for area in page.by_tag.get("textarea", ()))


def _runs(page: Page, drafts: list[Draft], forward: bool) -> list[Draft]:
    roots = sorted(draft.a0 for draft in drafts)
    found: list[Draft] = []
    lists: dict[int, list[Element]] = {}
    places: dict[int, int] = {}
    for draft in drafts:
        el = page.elements[draft.a0]
        above = el.parent.at if el.parent is not None else -2
        if above not in lists:
            lists[above] = page.kids(el.parent) if el.parent is not None else [el]
            places |= {kid.at: n for n, kid in enumerate(lists[above])}
        kids, at = lists[above], places[el.at]
        run = [el]
        step = 1 if forward else -1
        n = at + step
        while 0 <= n < len(kids) and not _ends_run(page, kids[n], roots):
            run.append(kids[n])
            n += step
        run.sort(key=lambda e: e.at)
        found.append(replace(draft, a0=run[0].at, a1=run[-1].end, t0=run[0].t0, t1=run[-1].t1))
    return found


def _ends_run(page: Page, el: Element, roots: list[int]) -> bool:
    at = bisect_left(roots, el.at)
    if (at < len(roots) and roots[at] < el.end) or el.tag in ("form", "nav", "h1", "h2", "script"):
        return True
    if any(el.holds(area) for area in page.by_tag.get("textarea", ())):
        return True
    if not 0 < el.t1 - el.t0 < 6:
        return False
    text = page.text_of(el)
    return heading_of(text) is not None or phrase_rule(text) == "prompt"


def unboxed(page: Page, block: Element, dates: list[Element]) -> list[list[Draft]]:
    """Records that follow one another in one element: each from its date to the next, with the name that stands before
    it; or from the date before to its own. Bare words between elements are theirs too."""
    kids = page.kids(block)
    places = {kid.at: n for n, kid in enumerate(kids)}
    at = sorted({places[kid.at] for date in dates if (kid := _kid(block, date)) is not None})
    if len(at) < 2 or len({(kids[n].tag, kids[n].get("class")) for n in at}) > 1:
        return []
    roots = [kids[n].at for n in at]
    lead = 0
    while lead < MOST_LEAD and _leads_all(page, kids, [n - lead - 1 for n in at], at):
        lead += 1
    firsts = [kids[n - lead] for n in at]
    usual = {kid.tag for kid in kids[at[0] - lead : at[-1] - lead]}
    last = next((kid for kid in kids[at[-1] + 1 :] if kid.tag not in usual or _ends_run(page, kid, roots)), None)
    a1, t1 = (last.at, last.t0) if last is not None else (block.end, block.t1)
    ends = [*((el.at, el.t0) for el in firsts[1:]), (a1, t1)]
    forward = [Draft(el.at, a, el.t0, t) for el, (a, t) in zip(firsts, ends, strict=True)]
    return [forward] if all(draft.t1 > draft.t0 for draft in forward) else []


def _kid(block: Element, el: Element) -> Element | None:
    """The element of a block that an element is or stands in."""
    while el.parent is not None and el.parent is not block:
        el = el.parent
    return el if el.parent is block else None


def _leads_all(page: Page, kids: list[Element], before: list[int], at: list[int]) -> bool:
    """True where the same small thing stands at these places: a name before its date."""
    if before[0] < 0 or not set(before).isdisjoint(at):
        return False
    leads = [kids[n] for n in before]
    return (
        len({el.tag for el in leads}) == 1
        and leads[0].tag in _NAMING
        and all(el.t1 > el.t0 and len(page.text_of(el)) <= MOST_NAME for el in leads)
        and not any(heading_of(page.text_of(el)) for el in leads)
    )


def _evenness(page: Page, drafts: list[Draft]) -> tuple[int, int]:
    """How many records have words, and how many have the commonest build."""
    builds: Counter[str] = Counter()
    for draft in drafts:
        up = page.elements[draft.a0].parent
        builds["".join(el.tag for el in page.elements[draft.a0 : draft.a1] if el.parent is up)] += 1
    nest(drafts)
    return sum(_speaks(page, draft) for draft in drafts), max(builds.values(), default=0)


def _speaks(page: Page, draft: Draft) -> bool:
    """True where a record has words beside its date line and its fittings: a sentence, or more than a name."""
    short = 0
    for span in lines_of(page, draft.own):
        text = raw(page, span)
        if len(text) <= 80 and (phrase_rule(text) or byline_like(text)):
            continue
        short += 1
        if short > 1 or len(text) > 40 or text[-1:] in _ENDS or len(text.split()) > 4:
            return True
    return False


_ENDS = frozenset(".!?…。！？")
MOST_LEAD, MOST_NAME = 2, 60  # things before a date that go with it, and their characters
_NAMING = frozenset("a b strong em i cite label span small h2 h3 h4 h5 h6 dt".split())
MOST_STEPS = 6  # up from a record that is too small
#: dates, times and "vor 3" in figures; each begins with one, and a search leaps to those
_FIGURED = re.compile(
    r"\d(?:(?<=\b1)9\d\d\b|(?<=\b2)0\d\d\b|[./-]\s?\d{1,2}[./-]\s?\d\d|[:h]\d\d\b"
    r"|(?<=\bvor \d)|(?<=\bhace \d)|(?<=\bil y a \d))",
    re.I,
)
_SHORT = re.compile(r"\d{1,2}\s?[smhdwy]", re.I)
_WORDS = ("ago", "geleden", "назад", "temu", "sedan", "siden", "önce", "yesterday", "gestern")
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")


def byline_like(text: str) -> bool:
    """True for a line that may be a date line.

    >>> [byline_like(text) for text in ("May 3, 2019", "at 10:15", "3 h", "2 days ago", "Chicago", "12 apples")]
    [True, True, True, True, False, False]
    """
    if _FIGURED.search(text) is not None or (len(text) <= 4 and _SHORT.fullmatch(text) is not None):
        return True
    lower = text.lower()
    for word in _WORDS:
        if word in lower:
            if _WORD.search(lower) is not None:
                return True
            break
    return not text.isascii() and ("年" in text or "月" in text or text.endswith("前"))
