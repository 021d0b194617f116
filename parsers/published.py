"""When the post was published: as the page's head says it, as it prints it, or as its address has it. Pure.

The head is exact and the print is what a reader saw. Where the head gives a moment in UTC and the page prints the
day before or after, the page is right about the day: the blog keeps another clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from .dates import find_date
from .headline import Headline
from .ledger import Ledger
from .page import Element, Line, Page

ABOVE, BELOW = 6, 14  #: lines around the headline that may print the date
FEW = 3  #: so many dates that stand alone can be the post's; more are a list's
LONGEST = 140  #: a longer line is prose
_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_CHANGED = re.compile(
    r"updat|modif|edited|revis|review|aktualis|geändert|mis à jour|actualiz|aggiornat|atualiz|bijgewerkt|aktualiz|обновлен|"
    r"ažurirano|güncelle|更新",
    re.I,
)
_CLASSED = re.compile(
    r"(?:^|[\s_-])(?:published|posted-?on|entry-?date|post-?date|date|dateline|pub-?date|timestamp|time)(?![a-z])", re.I
)
_METAS = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "og:publish_date", "publish_date",
    "publish-date", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "sailthru.date", "parsely-pub-date",
    "pubdate", "publishdate", "citation_publication_date", "citation_online_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip


def read_iso(text: str) -> str:
    """An ISO 8601 date or time at the beginning of a text, tidied, or ``""``.

    >>> read_iso("2024-03-08T13:55:19.000Z"), read_iso("2024-03-11T10:34:00-0700"), read_iso("2024-03-08 and on")
    ('2024-03-08T13:55:19+00:00', '2024-03-11T10:34:00-07:00', '2024-03-08')
    """
    match = _ISO.match(text)
    if not match or not ("01" <= match[2] <= "12" and "01" <= match[3] <= "31"):
        return ""
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if not match[4]:
        return day
    offset = match[7] or ""
    offset = "+00:00" if offset in ("Z", "UTC") else offset if ":" in offset or not offset else f"{offset[:3]}:{offset[3:]}"
    return f"{day}T{match[4]}:{match[5]}" + (f":{match[6]}" if match[6] else "") + offset


def find_published(page: Page, ledger: Ledger, headline: Headline, address: str) -> tuple[str, list[Line], tuple[str, ...]]:
    """The date, the lines near the headline that print a date and little else, and a note where it is a last resort."""
    said = next((iso for text in _said(page, ledger) if (iso := read_iso(text))), "")
    printed = list(_printed(page, ledger, headline))
    lines = [line for line, _, own in printed if own]
    first = next((iso for line, iso, _ in printed if not _CHANGED.search(line.text)), "")
    if said:
        return (first if said[-6:] == "+00:00" and _a_day_apart(said, first) else said), lines, ()
    found = first or next(_marked(page, ledger), "") or (printed[0][1] if printed else "") or _alone(page, ledger)
    if found:
        return found, lines, ()
    match = _IN_ADDRESS.search(address)
    if match:
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", lines, ("the date is the one in the address",)
    return "", lines, ()


def _said(page: Page, ledger: Ledger) -> Iterator[str]:
    """What is made for machines: JSON-LD, metas, and the `time` that says it is the date of publication."""
    for wanted in (("Article", "Posting", "Review"), ("",)):
        for item in page.ld:
            if any(part in str(item.get("@type")) for part in wanted) and isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
    yield from (page.metas[name] for name in _METAS if name in page.metas)
    for el in page.by_tag.get("time", ()):
        if _is_comments(ledger, el) or _CHANGED.search(page.text_of(el)):
            continue
        if el.get("itemprop") == "datePublished" or "pubdate" in el.attrs or "published" in el.get("class"):
            yield el.get("datetime")


def _printed(page: Page, ledger: Ledger, headline: Headline) -> Iterator[tuple[Line, str, bool]]:
    """Lines around the headline with a date in them: below it first, then above; and whether the date is nearly all."""
    head = page.line_of[headline.el.t0] if headline.el is not None else -1
    below, above = page.lines[head + 1 : head + 1 + BELOW], page.lines[max(0, head - ABOVE) : max(0, head)]
    for line in (*below, *reversed(above)):
        if len(line.text) > LONGEST:
            if line.ordinal > head:
                below = []
            continue
        if ledger.marks[line.t0][:8] == "+comment" or not any(c.isdigit() for c in line.text):
            continue
        iso, width = _date_of(page, line)
        if iso:
            yield line, iso, width * 2 > len(line.text) or (line.ordinal <= head + 4 and len(line.text) < 80)


def _date_of(page: Page, line: Line) -> tuple[str, int]:
    """The date of a line, by its `time` element or by its words, and how many letters print it."""
    for t in range(line.t0, line.t1):
        home = page.homes[t]
        stamp = read_iso(home.get("datetime") or home.get("content")) if home.attrs else ""
        if home.tag == "abbr" and not stamp:
            stamp = read_iso(home.get("title"))
        if stamp:
            return stamp, len(page.texts[t])
    found = find_date(line.text)
    return (found.iso, found.end - found.start) if found is not None and not found.approximate else ("", 0)


def _marked(page: Page, ledger: Ledger) -> Iterator[str]:
    """Dates elsewhere that a `time` element or a class calls the date; of comments' only where nothing says so."""
    marked: list[Element] = [el for el in page.by_tag.get("time", ()) if "datetime" in el.attrs]
    for attribute, group in page.by_class.items():
        if len(group) < 4 and _CLASSED.search(attribute):
            marked += group
    for el in sorted(marked, key=lambda el: el.at):
        if el.t1 == el.t0 or el.t1 - el.t0 > 12 or _is_comments(ledger, el):
            continue
        iso = read_iso(el.get("datetime")) or read_iso(el.get("title"))
        found = None if iso else find_date(page.text_of(el))
        if iso or (found is not None and found.iso and not found.approximate):
            yield iso or (found.iso if found else "")


def _alone(page: Page, ledger: Ledger) -> str:
    """The earlier of the few lines anywhere that are a date and nothing else: published, and perhaps changed since."""
    found: list[str] = []
    for line in page.lines:
        if 6 <= len(line.text) <= 32 and any(c.isdigit() for c in line.text) and not _is_comments(ledger, line):
            iso, width = _date_of(page, line)
            if iso and width + 2 >= len(line.text):
                found.append(iso)
    return min(found) if 0 < len(found) <= FEW else ""


def _is_comments(ledger: Ledger, el: Element | Line) -> bool:
    """True for what stands in the readers' part of the page."""
    mark = ledger.marks[el.t0] if el.t1 > el.t0 else ""
    return mark[:8] == "+comment" or mark == "-comments/area"


def _a_day_apart(one: str, two: str) -> bool:
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(two[:10])).days) == 1
    except ValueError:
        return False
