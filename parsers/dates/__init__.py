"""Dates and times as pages print them, in many languages, into ISO 8601 in the precision that is printed. Pure.

No zone is invented: an offset is given only where the text has one. What is relative ("3 days ago", "gestern") or
has no year is resolved against `now`, the time of capture, and marked as approximate; without `now` it stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from .ago import find_ago
from .months import fold, month_of

MOST = 400  #: characters of a text that are looked at

_LEAD = r"(?<![\d.:/\-–,€$£#])"
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:[Tt ]\s*(\d\d?):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z\b|UTC\b|GMT\b|[+-]\d\d:?\d\d(?!\d))?)?(?!\d)"
)
_HALF = re.compile(r"\s?[ap]\.?m\b", re.I)
_FIGURE = re.compile(r"\d")
_PARTED = re.compile(r"\d([./-])\s?\d\d?\1")  # what every date in figures alone has in it
_EAST = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_YEAR_FIRST = re.compile(_LEAD + r"((?:19|20)\d\d)([./])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(_LEAD + r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?![\d%€]|[.,:/-]\d)")
_WORD = re.compile(r"[^\W\d_][^\s\d,;:()/|@\-–—<>]*")
_DAY_BEFORE = re.compile(
    r"(?<![\d.:/])(\d{1,2})\s?(?:\.|º|°|st|nd|rd|th|er|\.?-?го)?[\s,.\-/]*(?:(?:of|de|d|ta|den)\s+|d['’])?$", re.I
)
_DAY_AFTER = re.compile(r"[\s.\-/,]*(\d{1,2})(?:\s?(?:st|nd|rd|th)\b|er|\.|º)?(?![\d:]|[ap]m\b|\s?[ap]\.?m\b)", re.I)
_YEAR_AFTER = re.compile(
    r"[\s,.\-/'’]{0,4}(?:(?:de|del|of|г)\.?\s+)?((?:19|20|25)\d\d)(?!\d)|[\s\-.]{1,2}['’]?(\d\d)(?![\d:.]|\s?[ap]\.?m\b)", re.I
)

_CLOCK = (
    r"(?:(?P<east>上午|下午|午前|午後|오전|오후)\s?)?(?P<h>\d{1,2})"
    r"(?:(?:\s?[:.]\s?|\s?[hH]\s?|時\s?|时\s?|點|点|시\s?)(?P<m>\d\d)(?:[:.](?P<s>\d\d))?(?:\s?(?:min\b|分))?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?P<uhr>\s?(?:Uhr|h|時|时|시)(?!\w))?"
)
_JOIN = r"(?:[\s,;|/·•@()（）\-–—.]|[^\W\d_]{1,10}\.?(?=[\s:,)@]|$)|:(?=\s))"
_AFTER = re.compile(_JOIN + r"{0,7}?(?<!\d)" + _CLOCK + r"(?![\d%€]|[./-]\d)", re.I)
_BEFORE = re.compile(r"(?<![\d.:/-])" + _CLOCK + _JOIN + r"{0,6}$", re.I)
_ZONE = re.compile(r"\s?\(?(?:(?:UTC|GMT|Z\b)\s?([+-]\d{1,2}(?::?\d\d)?)?(?![\w+-])|([+-]\d\d:?\d\d)(?!\d))\)?")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date in a text, and where it stands."""

    iso: str  #: "2019-10-20T13:31", "2019-10-20", "2019-05"
    start: int
    end: int
    approximate: bool = False  #: True where it was resolved against the time of capture


@dataclass(frozen=True, slots=True)
class _Day:
    year: int  #: 0 where none is printed
    month: int
    day: int  #: 0 where none is printed
    start: int
    end: int


def find_date(text: str, language: str = "", order: str = "", now: datetime | None = None) -> Stamp | None:
    """The first date of a text with the time beside it, or None. `order` ("dmy", "mdy") is for figures alone.

    >>> find_date("Ann on October 20th, 2019 at 1:31 pm").iso, find_date("20.10.19, 13:31 Uhr").iso
    ('2019-10-20T13:31', '2019-10-20T13:31')
    >>> find_date("le 2 décembre 2017 à 15 h 08 min").iso, find_date("2006年03月30日 23:20").iso
    ('2017-12-02T15:08', '2006-03-30T23:20')
    """
    text = text[:MOST]
    if _FIGURE.search(text) is None:
        return _before_now(text, language, now)
    iso = _ISO.search(text) if "-" in text else None
    if iso is not None:
        found = _from_iso(iso)
        if found:
            if iso[4] and not _HALF.match(text, iso.end()):
                return Stamp(found, iso.start(), iso.end())
            return _with_time(text, _Day(*_ints(found), iso.start(), iso.end(3)), now)
    day = _find_day(text, language, order)
    if day is not None:
        return _with_time(text, day, now)
    return _before_now(text, language, now)


def _before_now(text: str, language: str, now: datetime | None) -> Stamp | None:
    ago = find_ago(text, language, now)
    return Stamp(ago.iso, ago.start, ago.end, True) if ago is not None else None


def read_attribute(value: str) -> str:
    """ISO 8601 from an attribute made for machines (datetime=, content=), or ``""``.

    >>> read_attribute("2019-10-20T13:31:05+0200"), read_attribute("Sun, 20 Oct 2019 13:31:05 GMT"), read_attribute("soon")
    ('2019-10-20T13:31:05+02:00', '2019-10-20T13:31:05+00:00', '')
    """
    value = value.strip()[:80]
    match = _ISO.match(value)
    if match is not None:
        return _from_iso(match)
    if re.match(r"[A-Z][a-z]{2}, \d", value):
        try:
            return parsedate_to_datetime(value).isoformat()
        except (ValueError, TypeError):
            return ""
    found = find_date(value)
    return found.iso if found is not None else ""


def from_epoch(seconds: float) -> str:
    """An exact moment, in UTC; ``""`` where it is out of range.

    >>> from_epoch(1571578265)
    '2019-10-20T13:31:05+00:00'
    """
    try:
        moment = datetime(1970, 1, 1) + timedelta(seconds=int(seconds))
    except (OverflowError, ValueError):
        return ""
    return moment.isoformat() + "+00:00"


def order_of(texts: Iterable[str], language: str = "") -> str:
    """How a page's dates in figures are to be read: "dmy" or "mdy", by the ones that can be read one way only.

    >>> order_of(["03/04/2019", "03/14/2019"]), order_of(["3.4.2019"]), order_of(["03/04/2019"], "en-gb")
    ('mdy', 'dmy', 'dmy')
    """
    mark = ""
    for text in texts:
        match = _NUMERIC.search(text[:MOST]) if _PARTED.search(text) is not None else None
        if match is None:
            continue
        mark = mark or match[2]
        if int(match[1]) > 12:
            return "dmy"
        if int(match[3]) > 12:
            return "mdy"
    return _usual_order(mark, language)


def _usual_order(mark: str, language: str) -> str:
    american = language in ("", "en", "en-us")
    return "mdy" if american and mark in "/-" and mark else "dmy"


def _from_iso(match: re.Match[str]) -> str:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not _real(year, month, day):
        return ""
    found = f"{year:04}-{month:02}-{day:02}"
    if match[4] is None:
        return found
    hour, minute, second = int(match[4]), int(match[5]), match[6]
    if hour > 23 or minute > 59 or (second and int(second) > 59):
        return found
    zone = match[7] or ""
    zone = "+00:00" if zone in ("Z", "UTC", "GMT") else zone if not zone or ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return f"{found}T{hour:02}:{minute:02}" + (f":{second}" if second else "") + zone


def _ints(iso: str) -> tuple[int, int, int]:
    return int(iso[:4]), int(iso[5:7]), int(iso[8:10])


def _real(year: int, month: int, day: int) -> bool:
    if not 1900 <= year <= 2100:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _find_day(text: str, language: str, order: str) -> _Day | None:
    match = _EAST.search(text) if "年" in text or "년" in text else None
    if match is not None and _real(int(match[1]), int(match[2]), int(match[3])):
        return _Day(int(match[1]), int(match[2]), int(match[3]), *match.span())
    named = _named(text, language)
    if named is not None and named.year:
        return named
    if _PARTED.search(text) is None:
        return named
    match = _YEAR_FIRST.search(text)
    if match is not None and _real(int(match[1]), int(match[3]), int(match[4])):
        return _Day(int(match[1]), int(match[3]), int(match[4]), *match.span())
    match = _NUMERIC.search(text)
    if match is not None:
        figures = _numeric(match, order or _usual_order(match[2], language))
        if figures is not None:
            return figures
    return named


def _numeric(match: re.Match[str], order: str) -> _Day | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 2000 if year < 70 else 1900
    day, month = (first, second) if (order == "dmy" or first > 12) and second <= 12 else (second, first)
    return _Day(year, month, day, *match.span()) if _real(year, month, day) else None


def _named(text: str, language: str) -> _Day | None:
    """A date with a month's name; one with its year before one without, and that before a month alone."""
    if not any(map(month_of, _WORD.findall(text))):
        return None
    best: tuple[int, _Day] | None = None
    for word in _WORD.finditer(text):
        if len(word[0]) > 16 or not (month := month_of(word[0], language)):
            continue
        day = _around(text, word.start(), word.end(), month)
        if day is None:
            continue
        rank = 2 if day.year and day.day else 1 if day.day else 0
        if best is None or rank > best[0]:
            best = rank, day
        if rank == 2:
            break
    return best[1] if best is not None else None


def _around(text: str, start: int, end: int, month: int) -> _Day | None:
    """The day before or after a month's name and the year after them; a year in full decides between the two."""
    lead = max(0, start - 16)
    before, after = _DAY_BEFORE.search(text[lead:start]), _DAY_AFTER.match(text, end)
    if before is None and after is None:
        year, at, _ = _year(text, end)
        return _Day(year, month, 0, start, at) if year and at - end >= 5 else None
    ways = []
    if before is not None:
        ways.append((lead + before.start(), int(before[1]), *_year(text, end)))
    if after is not None:
        ways.append((start, int(after[1]), *_year(text, after.end())))
    ways = [way for way in ways if _real(way[2] or 2000, month, way[1])]
    if not ways:
        return None
    first, day, year, at, _ = max(ways, key=lambda way: way[4])
    return _Day(year, month, day, first, at)


def _year(text: str, at: int) -> tuple[int, int, int]:
    """The year at a place of a text, where it ends, and in how many figures it is printed; 0 where there is none."""
    match = _YEAR_AFTER.match(text, at)
    if match is None:
        return 0, at, 0
    if match[1]:
        year = int(match[1])
        return (year - 543 if year >= 2500 else year), match.end(), 4  # Thai years count from the Buddha's death
    return (2000 if int(match[2]) < 70 else 1900) + int(match[2]), match.end(), 2


# The time beside a day


def _with_time(text: str, day: _Day, now: datetime | None) -> Stamp | None:
    year, start, end = day.year, day.start, day.end
    if not year:
        if now is None:
            return Stamp("", start, end, True)
        year = _latest_year(day, now)
    if not day.day:
        return Stamp(f"{year:04}-{day.month:02}", start, end)
    iso = f"{year:04}-{day.month:02}-{day.day:02}"
    after = _AFTER.match(text, end) if _FIGURE.search(text, end) is not None else None
    time = _time(after) if after is not None else ""
    if time and after is not None:
        end = after.end()
    else:
        lead = max(0, start - 40)
        before = _BEFORE.search(text, lead, start) if _FIGURE.search(text, lead, start) is not None else None
        time = _time(before) if before is not None else ""
        start = before.start() if time and before is not None else start
    if time:
        iso += "T" + time
        zone = _ZONE.match(text, end)
        if zone is not None:
            iso, end = iso + _offset(zone), zone.end()
    return Stamp(iso, start, end, not day.year)


def _latest_year(day: _Day, now: datetime) -> int:
    """The year of the latest such day that is not after `now` (give or take a zone)."""
    ahead = now + timedelta(days=1)
    return now.year if (day.month, day.day) <= (ahead.month, ahead.day) or ahead.year > now.year else now.year - 1


def _time(match: re.Match[str]) -> str:
    """HH:MM or HH:MM:SS, or ``""`` where the figures are no time; an hour alone needs a word that says so."""
    hour, minute, half = int(match["h"]), match["m"], (match["half"] or "").lower()
    east = match["east"] or ""
    if minute is None and not (half or match["uhr"] or east):
        return ""
    if half or east:
        late = half == "p" or east in ("下午", "午後", "오후")
        if hour > 12:
            late = False
        hour = hour % 12 + 12 * late if hour <= 12 else hour
    if hour > 23 or int(minute or 0) > 59 or int(match["s"] or 0) > 59:
        return ""
    return f"{hour:02}:{minute or '00'}" + (f":{match['s']}" if match["s"] else "")


def _offset(zone: re.Match[str]) -> str:
    raw = zone[1] or zone[2] or "+00:00"
    hours, _, minutes = raw[1:].partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:2], hours[2:]
    return f"{raw[0]}{int(hours):02}:{minutes or '00'}" if int(hours) <= 14 else ""


_OFFSET = re.compile(r"[+-]\d\d:\d\d$")


def same_moment(first: str, second: str) -> bool:
    """True where two readings of one date differ by no more than a zone can explain.

    >>> same_moment("2019-10-20T13:31+02:00", "2019-10-20T11:31"), same_moment("2019-10-20", "2019-10-23T10:00")
    (True, False)
    """
    if first[:10] == second[:10]:
        return True
    try:
        a, b = (datetime.fromisoformat(_OFFSET.sub("", iso)) for iso in (first, second))
    except ValueError:
        return first[:7] == second[:7] if min(len(first), len(second)) < 10 else False
    return abs(a - b) <= timedelta(hours=26)


__all__ = ["Stamp", "find_date", "fold", "from_epoch", "order_of", "read_attribute", "same_moment"]
