"""When a record was written: the date that stands at the same place in all of them. Pure.

What is written for machines goes before what is printed, unless the page prints another day.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from ..dates import Stamp, find_date, from_epoch, order_of, read_attribute, same_moment
from ..page import Element, Page
from .records import Draft, Span, elements_of, said
from .signs import DATE, is_member_info, sign_of
from .spots import Context, Path, Spot, joined, link_of, path_of, pieces_at

MAYBE_DATE = re.compile(
    r"\d|[昨今어오]|\b(?:yesterday|today|gestern|heute|ayer|hoy|hier|ieri|oggi|ontem|hoje|an? \w+ ago|just now)\b", re.I
)
MOST_LINE = 300  #: characters of a line that may have the date
MOST_AGO = 60  #: characters of a line that may have a date without a figure: "yesterday"
FIRST_LINES, LAST_LINES = 16, 6  #: of a record that are looked at: its date stands over its words or under them
_EPOCHS = ("data-timestamp", "data-comment-timestamp", "data-time", "data-utime", "data-created", "data-date", "data-epoch")
_MACHINE = frozenset(("datetime", "title", "content", *_EPOCHS))
SAME = 0.3  #: what speaks against a date that all records have: the day on which a member joined, or that of the post
_FIGURE = re.compile(r"\d")


_TITLED = frozenset(("abbr", "time", "span", "a", "meta", "div", "p"))


def machine_date(el: Element) -> str:
    """ISO 8601 from an element's attributes, or ``""``."""
    attrs = el.attrs
    value = attrs.get("datetime")
    if value and (iso := read_attribute(value)):
        return iso
    for name in _EPOCHS:
        value = attrs.get(name)
        if value and value.isdigit() and len(value) in (10, 13):
            return from_epoch(int(value) / (1000 if len(value) == 13 else 1))
        if value and (iso := read_attribute(value)):
            return iso
    value = attrs.get("title") or attrs.get("content") or ""
    if 8 <= len(value) <= 60 and el.tag in _TITLED and _FIGURE.search(value) is not None:
        stamp = find_date(value)
        if stamp is not None and stamp.end - stamp.start >= 0.6 * len(value) and len(stamp.iso) >= 10:
            return stamp.iso
    return ""


def find_dates(page: Page, drafts: list[Draft], context: Context, paths: dict[int, Path]) -> None:
    """Give each draft the date at the place where most have one, and the address that the date links to."""
    order = order_of(_figures(page, drafts), context.language)
    spots = {id(draft): _date_spots(page, draft, order, context, paths) for draft in drafts}
    counts: Counter[Path] = Counter()
    worth: defaultdict[Path, float] = defaultdict(float)
    for found in spots.values():
        seen: dict[Path, Spot] = {}
        for spot in found:
            seen.setdefault(spot.path, spot)
        counts.update(seen.keys())
        for path, spot in seen.items():
            worth[path] += spot.worth
    if not counts:
        return
    if len(drafts) > 2 and len(counts) > 1:
        for path in counts:
            if len({spot.iso for found in spots.values() for spot in found if spot.path == path}) == 1:
                worth[path] -= SAME * counts[path]
    best = max(counts, key=lambda path: (counts[path] + worth[path], path))
    for draft in drafts:
        found = spots[id(draft)]
        chosen = next((s for s in found if s.path == best), None) or next((s for s in found if s.worth > 0), None)
        if chosen is not None:
            draft.posted_at, draft.approximate = chosen.iso, chosen.approximate
            draft.meta.append(chosen.span)
            draft.permalink = draft.permalink or chosen.url


def _figures(page: Page, drafts: list[Draft]) -> Iterable[str]:
    for draft in drafts:
        for _, text in said(page, draft):
            if len(text) < 160:
                yield text


def _date_spots(
    page: Page, draft: Draft, order: str, context: Context, paths: dict[int, Path]
) -> list[Spot]:  # fmt: skip
    found: list[Spot] = []
    machine: dict[int, tuple[str, Element]] = {}
    for el in elements_of(page, draft):
        if not _MACHINE.isdisjoint(el.attrs) and (iso := machine_date(el)):
            if el.t0 == el.t1:
                found.append(Spot(path_of(page, draft, el, paths), (el.t0, el.t0), "", iso, worth=-0.2))
            for t in range(el.t0, min(el.t1, el.t0 + 8)):
                machine.setdefault(t, (iso, el))
    lines = said(page, draft)
    for n, (span, words) in enumerate(lines):
        if FIRST_LINES <= n < len(lines) - LAST_LINES or len(words) > MOST_LINE:
            continue
        known = next((machine[t] for t in range(*span) if t in machine), None) if machine else None
        if known is None and not _may_have_date(words):
            continue
        text, starts = joined(page, span)
        stamp = find_date(text, context.language, order, context.now) if len(text) <= MOST_LINE else None
        if stamp is not None or (known is not None and len(text) <= MOST_LINE):
            found.append(_date_spot(page, draft, span, starts, text, stamp, known, n, paths))
    return found


def _may_have_date(text: str) -> bool:
    """A glance: a figure, or in a short line a word such as "yesterday"."""
    return _FIGURE.search(text) is not None or (len(text) <= MOST_AGO and MAYBE_DATE.search(text) is not None)


def _date_spot(
    page: Page, draft: Draft, span: Span, starts: list[int], text: str, stamp: Stamp | None,
    machine: tuple[str, Element] | None, place: int, paths: dict[int, Path],
) -> Spot:  # fmt: skip
    """A line with a date as a spot: what machines read goes first, unless the page prints another day."""
    if stamp is not None:
        where = pieces_at(span, starts, stamp.start, stamp.end)
        share = (stamp.end - stamp.start) / max(1, len(text))
        iso, approximate = stamp.iso, stamp.approximate
    else:
        where, share, iso, approximate = (machine[1].t0, machine[1].t1) if machine else span, 0.5, "", False
    worth = 0.0
    if machine is not None:
        worth += 0.3
        if not iso or approximate or (same_moment(machine[0], iso) and len(machine[0]) >= len(iso)):
            iso, approximate = machine[0], False
    home = page.homes[where[0]]
    link = link_of(home, draft)
    url = page.absolute(link.get("href")) if link is not None and "#" in link.get("href") else ""
    worth += 0.2 * bool(url) + 0.2 * bool(sign_of(home.get("class")) & DATE) + 0.1 * (share > 0.5) + 0.1 * (place < 4)
    if len(text) > 120 or (share < 0.25 and not url and machine is None):
        worth -= 0.6
    if share < 0.8 and ":" in text and is_member_info(text):
        worth -= 0.8
    return Spot(path_of(page, draft, home, paths), where, text, iso, approximate, worth, url)
