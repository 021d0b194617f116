"""When the post was published: as the page's head says it, as it prints it, or as its address has it. Pure.

The head is exact and the print is what a reader saw. Where the head gives a moment in UTC and the page prints the
day before or after, the page is right about the day: the blog keeps another clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..bylines import looks_like_name
from ..comments.area import in_comments
from ..dates import Stamp, find_date, order_of, read_attribute
from ..dates.months import WEEKDAYS, fold
from ..ledger import Ledger
from ..page import Element, Line, Page
from .headline import Headline
from .signed import begins, dated, lone_signer, signer, signs_or_dates

DAY = 10  #: letters of an ISO date that is exact to the day
ABOVE, BELOW = 6, 14  #: lines around the headline that may print the date
FEW = 3  #: so many dates that stand alone can be the post's; more are a list's
LONGEST = 140  #: a longer line is prose
SHORT = 80  #: letters of a line that may print a date as it likes
_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d(?!\d)")
_FIGURE = re.compile(r"\d")
_PARTS = re.compile(r"\s[|·•]\s")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_DATELINE = re.compile(  # "BERLIN, 3. Mai 2020 (dpa) – "
    r"((?:[^\W\d_a-zà-ÿ][\w.'’-]*[\s,/(]+){1,5})([^–—-]{6,30}?\d{4}\.?(?:\s?г\.)?)\)?"
    r"\s*(?:\([^()]{2,24}\)|/[^/]{2,24}/)?\s*(?:[–—:]|--?\s)"
)
_CHANGED = re.compile(
    r"updat|modif|edited|revis|review|aktualis|geändert|^\W*stand\b|mis à jour|actualiz|aggiornat|atualiz|bijgewerkt|"
    r"gewijzigd|aktualiz|zmieniono|upraven|обновл|измен[её]н|оновлен|змінено|ažuriran|ажуриран|güncelle|uppdater|ändrad|opdater|ændret|"
    r"oppdater|endret|päivitet|muokattu|frissít|módosít|ενημερώθηκε|τροποποι|更新|修改|編集日|수정|업데이트|cập nhật|"
    r"diperbarui",
    re.I,
)
_CHANGES = re.compile(
    rf"\W*(?:last |zuletzt |letzte )?(?:{_CHANGED.pattern})[^\W\d]*[^\w\d]{{0,3}}(?:on|am|le|el|il|em|op|den|at)?\b", re.I
)
_LETTERS = re.compile(r"[^\W\d_]{3}")
LABELLED = 60  #: letters of a line that is a date with a label
LABEL = 30  #: letters of a line that may say what the date on the next one is
_CLASSED = re.compile(
    r"(?:^|[\s_-])(?:published|posted-?on|entry-?date|post-?date|date|dateline|pub-?date|timestamp|time)(?![a-z])", re.I
)
_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "og:publish_date", "publish_date",
    "publish-date", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "sailthru.date", "parsely-pub-date",
    "pubdate", "publishdate", "citation_publication_date", "citation_online_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip


class Published(NamedTuple):
    """When, and where that is printed."""

    iso: str  #: in the page's precision, or ""
    lines: list[Line]  #: those near the headline that print a date and little else
    notes: tuple[str, ...] = ()  #: where it is a last resort


def find_published(page: Page, ledger: Ledger, headline: Headline, address: str, language: str) -> Published:
    """The date of publication, or an empty one."""
    said = next((iso for text in _said(page, ledger) if len(iso := read_attribute(text)) >= DAY), "")
    printed = list(_printed(page, ledger, headline, language))
    lines = [line for line, _, own in printed if own]
    first = next((iso for line, iso, _ in printed if not _tells_a_change(page, line, language)), "")
    if said:
        return Published(first if said[-6:] == "+00:00" and _a_day_apart(said, first) else said, lines)
    found = first or next(_marked(page, ledger, language), "") or next(_stated(page, ledger, headline, language), "")
    found = found or next((iso for _, iso, own in printed if own), "") or _alone(page, ledger, language)
    if found:
        return Published(found, lines)
    match = _IN_ADDRESS.search(address)
    if match:
        iso = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
        return Published(iso, lines, ("the date is the one in the address",))
    return Published("", lines)


def _said(page: Page, ledger: Ledger) -> Iterator[str]:
    """What is made for machines: JSON-LD, metas, and the `time` that says it is the date of publication."""
    for wanted in (("Article", "Posting", "Review"), ("",)):
        for item in page.ld:
            if any(part in str(item.get("@type")) for part in wanted) and isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
    yield from (page.metas[name] for name in _METAS if name in page.metas)
    for el in page.by_tag.get("time", ()):
        if in_comments(ledger, el) or _CHANGED.search(page.text_of(el)):
            continue
        if el.get("itemprop") == "datePublished" or "pubdate" in el.attrs or "published" in el.get("class"):
            yield el.get("datetime")


def _printed(page: Page, ledger: Ledger, headline: Headline, language: str) -> Iterator[tuple[Line, str, bool]]:
    """Lines around the headline with a date in them: below it first, then above; and whether the date is nearly all."""
    head = page.line_of[headline.el.t0] if headline.el is not None else -1
    below, above = page.lines[head + 1 : head + 1 + BELOW], page.lines[max(0, head - ABOVE) : max(0, head)]
    ends = (n for n, line in enumerate(below) if len(line.text) > LONGEST or ledger.marks[line.t0][:8] == "+comment")
    prose = next(ends, len(below))
    own = page.lines[head : head + 1] if head >= 0 and len(page.lines[head].text) > len(headline.text) + DAY - 4 else ()
    for line in (*own, *below[:prose], *reversed(above)):
        many = SHORT if line.t1 - line.t0 < 3 or line.text[-1] in ".!?" else LONGEST  # spans and links are no sentence
        if len(line.text) > many or ledger.marks[line.t0][:8] == "+comment" or not _FIGURE.search(line.text):
            continue
        iso, width = _date_of(page, line, language)
        if iso:
            yield line, iso, width * 2 > len(line.text) or line.ordinal <= head + 4


def _spread(page: Page, line: Line) -> str:
    """A line with white space between the pieces that a style sheet sets apart, where there are few."""
    return page.spread(line) if 1 < line.t1 - line.t0 < 12 else line.text


def _tells_a_change(page: Page, line: Line, language: str) -> bool:
    """Whether the date that a line gives is of a change: it, or a label before it, says so and no other date is there."""
    if _CHANGED.search(line.text):
        return not _of_publication(_spread(page, line), language)
    before = page.lines[line.ordinal - 1].text if line.ordinal else ""
    return len(before) < LABEL and not _FIGURE.search(before) and _CHANGED.search(before) is not None


def _of_publication(text: str, language: str) -> str:
    """What a line with a word for changes says besides: "3 May 2020, updated 5 May" and the other way round; or ``""``."""
    match = _CHANGED.search(text)
    if match is None:
        return text
    before = text[: match.start()]
    if _FIGURE.search(before):
        return before if find_date(before, language) is not None and _FIGURE.search(text, match.end()) else ""
    changed = find_date(text, language)
    after = text[changed.end :] if changed is not None else ""
    return after if _YEAR.search(after) and find_date(after, language) is not None else ""


def _date_of(page: Page, line: Line, language: str) -> tuple[str, int]:
    """The date of a line, by its `time` element or by its words, and how many letters print it."""
    if _CHANGED.search(line.text) and (told := _of_publication(_spread(page, line), language)):
        found = _read(page, told, language)
        return (found.iso, len(line.text)) if found is not None else ("", 0)
    for t in range(line.t0, line.t1):
        home = page.homes[t]
        if home.tag == "a" and home.parent is not None and home.parent.tag == "time":  # a date that links to its post
            home = home.parent
        stamp = read_attribute(home.get("datetime") or home.get("content")) if home.attrs else ""
        if home.tag == "abbr" and not stamp:
            stamp = read_attribute(home.get("title"))
        if len(stamp) >= DAY:
            return stamp, len(page.texts[t])
    found = _read(page, line.text, language)
    if found is None and 1 < line.t1 - line.t0 < 8 and len(line.text) <= SHORT:  # spans that a style sheet sets apart
        found = _read(page, " ".join(page.texts[line.t0 : line.t1]), language)
    return (found.iso, found.end - found.start) if found is not None else ("", 0)


def _read(page: Page, text: str, language: str) -> Stamp | None:
    """A date in a text, to the day. One that only another order of figures puts before the capture is in that order."""
    found = find_date(text, language)
    if found is None or found.approximate or len(found.iso) < DAY:
        return None
    at = page.capture.fetched_at
    if at is not None and found.iso[:DAY] > at.isoformat()[:DAY]:
        other = find_date(text, language, "mdy" if order_of([text], language) == "dmy" else "dmy")
        if other is not None and other.iso[:DAY] <= at.isoformat()[:DAY]:
            return other
    return found


def _is_date_class(attribute: str) -> bool:
    low = attribute.lower()  # few classes have one of these in them, and only those are looked at closely
    return ("date" in low or "time" in low or "publish" in low or "posted" in low) and bool(_CLASSED.search(low))


def _marked(page: Page, ledger: Ledger, language: str) -> Iterator[str]:
    """Dates elsewhere that a `time` element or a class calls the date; of comments' only where nothing says so."""
    marked: list[Element] = [el for el in page.by_tag.get("time", ()) if "datetime" in el.attrs]
    for attribute, group in page.by_class.items():
        if len(group) < 4 and _is_date_class(attribute):
            marked += group
    for el in sorted(marked, key=lambda el: el.at):
        if el.t1 == el.t0 or el.t1 - el.t0 > 12 or in_comments(ledger, el):
            continue
        iso = read_attribute(el.get("datetime") or el.get("title"))
        found = None if len(iso) >= DAY else _read(page, page.text_of(el), language)
        if found is not None or len(iso) >= DAY:
            yield found.iso if found is not None else iso


def _stated(page: Page, ledger: Ledger, headline: Headline, language: str) -> Iterator[str]:
    """The date in a line that says it is one: "Posted on May 3, 2020 in Fruit", in the post's foot or on two lines.

    Also the date that a report opens with: "BERLIN, 3. Mai 2020 – ".
    """
    head = page.line_of[headline.el.t0] if headline.el is not None else -1
    labelled = False
    for line in page.lines[head + 1 :]:
        if ledger.marks[line.t0][:8] == "+comment":
            return
        text = line.text[:LONGEST]
        if not _FIGURE.search(text):
            labelled = len(text) < LABEL and bool(dated(f"{text} "))
        elif (labelled or _says_when(line.text)) and _of_publication(text, language) and not in_comments(ledger, line):
            if iso := _date_of(page, line, language)[0]:
                yield iso
            labelled = False
        elif line.ordinal <= head + 4 and (match := _DATELINE.match(text)):
            found = _read(page, match[2], language)
            if found is not None:
                yield found.iso


def lines_of_dates(page: Page, ledger: Ledger, language: str) -> Iterator[Line]:
    """Lines anywhere that are words for the day of publication or of a change, the day, and nothing else."""
    marks = ledger.marks
    for line in page.lines:
        text = line.text
        if marks[line.t0] or not 8 < len(text) < LABELLED or not _FIGURE.search(text):
            continue
        words = dated(text) or (match[0] if (match := _CHANGES.match(text)) else "")
        found = find_date(text, language) if words else None
        if found is None or found.approximate or len(text) - found.end > 3:
            continue
        if not _LETTERS.search(text[len(words) : found.start]):
            yield line


def _says_when(text: str) -> bool:
    """Whether a line begins with words for the day of publication, a long one with several; or signs."""
    if not signs_or_dates(text):
        parts = _PARTS.split(text) if len(text) < LONGEST else ()
        return len(parts) > 2 and any(signs_or_dates(part) and (dated(part) or _FIGURE.search(part)) for part in parts)
    words = dated(text)
    if words:
        return len(text) < LONGEST or words.count(" ") > 1
    return begins(text) and bool(signer(text) or lone_signer(text))


def _alone(page: Page, ledger: Ledger, language: str) -> str:
    """The earlier of the few lines anywhere that are a date and nothing else: published, and perhaps changed since."""
    found: list[str] = []
    for line in page.lines:
        if 6 <= len(line.text) <= 60 and _YEAR.search(line.text) and not in_comments(ledger, line):
            iso, width = _date_of(page, line, language)
            if iso and (width + 2 >= len(line.text) or _is_dressed(line.text, language)):
                found.append(iso)
                if len(found) > FEW:
                    return ""
    return min(found, default="")


def _is_dressed(text: str, language: str) -> bool:
    """Whether a line is a date with its weekday, or with the name of whoever signs."""
    found = find_date(text, language)
    if found is None:
        return False
    rest = f"{text[: found.start]} {text[found.end :]}".strip(" ,–—-()（）|·")
    return fold(rest.rstrip(".")) in WEEKDAYS or (" " in rest and found.end >= len(text) - 2 and looks_like_name(rest))


def _a_day_apart(one: str, two: str) -> bool:
    try:
        return abs((date.fromisoformat(one[:10]) - date.fromisoformat(two[:10])).days) == 1
    except ValueError:
        return False
