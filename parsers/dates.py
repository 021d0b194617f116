"""Dates as pages print them, in many languages, to ISO 8601 in the precision given. Pure.

No zone is invented: an offset is there only where the page prints one. What is ambiguous (03/04/2021) follows the
page's language, and the page's other dates where they decide it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text."""

    iso: str  #: "2019-02-26", "2019-02-26T10:00", "2019-02-26T10:00:00+01:00"
    start: int
    end: int
    approximate: bool = False  #: True where it was resolved from "3 days ago"


_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"(?:[T\s]{1,2}([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-](?:0\d|1[0-4]):?[0-5]\d)?)?"
)
_DAY_FIRST = re.compile(
    r"(?<![\d:])(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|°|\.|-)?\s{0,2}(?:of |de |d['’])?[\s-]?([^\W\d_]{3,12})\.?,?\s{0,2}(?:de |del |of )?[\s'’-]?((?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,12})\.?\s{1,2}(\d{1,2})(?:st|nd|rd|th)?\.?,?\s{1,3}((?:19|20)\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?:年|[./]|\.\s|년\s?)\s?(\d{1,2})\s?(?:月|[./]|\.\s|월\s?)\s?(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?![\d/])")
_CLOCK = re.compile(
    r"(上午|下午|午前|午後|오전|오후)?\s?(?<!\d)([01]?\d|2[0-3])\s?(?:[:：]|\.(?=[0-5]\d(?:\s?uhr|\s*$))|h(?=\s?[0-5]\d)|時|点)\s?([0-5]\d)(?::([0-5]\d))?"
    r"(?!\d)\s{0,2}([ap]\.?\s?m\b\.?|πμ|μμ|π\.μ\.|μ\.μ\.)?",
    re.I,
)
_HOUR = re.compile(r"(?<!\d)(1[0-2]|[1-9])\s?([ap]\.?m\b\.?)", re.I)
_ZONE = re.compile(r"^\s{0,2}\(?(Z\b|UTC|GMT|[+-](?:0\d|1[0-4]):?[0-5]\d)")
_AGO = re.compile(
    r"(?<![^\W\d_])(?:vor|il y a|hace|há|ha|about|over|almost|prije|před|pred|пре)?\s{0,2}(?<!\d)(\d{1,3}|an?|one|einem|einer|un|una|une|um|uma)\s{0,2}\+?"
    r"([^\W\d_]{1,10}?)\s{0,2}(ago|geleden|temu|назад|fa|atras|atrás|önce|once|前|전|$|(?=[·•|,)]))",
    re.I,
)
_BEFORE = re.compile(r"(?:vor|il y a|hace|há|prije|před|pred|пре)\s{1,2}$|^(?:vor|il y a|hace|há|prije|před|pred|пре)\s", re.I)


def fold(word: str) -> str:
    """Lower case without accents: how the lexicon writes its words."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower().replace("ı", "i").replace("ł", "l")) if not unicodedata.combining(c))


@cache
def _lexicon(name: str) -> dict[str, int]:
    text = (files(__package__) / "lexicon" / name).read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {fold(word): int(number) for number, words in rows for word in words.split()}


@lru_cache(maxsize=4096)
def month_of(word: str) -> int:
    """1 to 12, or 0 for what is no month.

    >>> month_of("März"), month_of("stycznia"), month_of("table")
    (3, 1, 0)
    """
    return _lexicon("months.tsv").get(fold(word), 0)


def order_of(language: str, texts: Iterable[str] = ()) -> str:
    """ "mdy" or "dmy": how the page writes 03/04/2021. The page's own dates decide where they can."""
    for text in texts:
        for match in _NUMBERS.finditer(text):
            if match[2] != ".":
                if int(match[1]) > 12:
                    return "dmy"
                if int(match[3]) > 12:
                    return "mdy"
    return "mdy" if language.lower() in ("en", "en-us", "") else "dmy"


@lru_cache(maxsize=8192)
def find_date(text: str, order: str = "dmy") -> Found | None:
    """The first absolute date in a text, with the time beside it, or None. Bounded: reads 300 characters.

    >>> find_date("Posted on 26 February 2019 at 3:05 pm by Ann").iso
    '2019-02-26T15:05'
    >>> find_date("2. März 2014 um 17:20 Uhr").iso
    '2014-03-02T17:20'
    >>> find_date("in May 10 people came")
    """
    text = text[:300]
    if not any(c.isdigit() for c in text):
        return None
    best: Found | None = None
    for reader in (_iso, _named, _numbers):
        found = reader(text, order)
        if found is not None and (best is None or found.start < best.start):
            best = found
    return best


def _iso(text: str, order: str) -> Found | None:
    match = _ISO.search(text)
    if match is None or not _is_day(int(match[1]), int(match[2]), int(match[3])):
        return None
    iso = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4]:
        iso += f"T{int(match[4]):02}:{match[5]}" + (f":{match[6]}" if match[6] else "") + _offset(match[7] or "")
        return Found(iso, match.start(), match.end())
    return _with_time(text, iso, match.start(), match.end())


def _named(text: str, order: str) -> Found | None:
    for pattern, day, month, year in ((_DAY_FIRST, 1, 2, 3), (_MONTH_FIRST, 2, 1, 3)):
        for match in pattern.finditer(text):
            number = month_of(match[month])
            if number and _is_day(int(match[year]), number, int(match[day])):
                return _with_time(text, f"{match[year]}-{number:02}-{int(match[day]):02}", match.start(), match.end())
    return None


def _numbers(text: str, order: str) -> Found | None:
    match = _YEAR_FIRST.search(text)
    if match is not None and _is_day(int(match[1]), int(match[2]), int(match[3])):
        return _with_time(text, f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", match.start(), match.end())
    match = _NUMBERS.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    day, month = (second, first) if (order == "mdy" and match[2] != "." and first <= 12) or second > 12 else (first, second)
    if not _is_day(year, month, day):
        return None
    return _with_time(text, f"{year}-{month:02}-{day:02}", match.start(), match.end())


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime(year, month, day)
    except ValueError:
        return False
    return True


def _with_time(text: str, day: str, start: int, end: int) -> Found:
    """A day with the clock that stands beside it, if one does."""
    behind = text[end : end + 30]
    clock = _CLOCK.search(behind)
    if clock is not None:
        zone = _ZONE.match(behind[clock.end() :])
        return Found(day + _time(clock) + (_offset(zone[1]) if zone else ""), start, end + clock.end() + (zone.end() if zone else 0))
    hour = _HOUR.search(behind)
    if hour is not None:
        late = hour[2][0].lower() == "p"
        return Found(f"{day}T{int(hour[1]) % 12 + 12 * late:02}:00", start, end + hour.end())
    ahead = text[max(0, start - 16) : start]
    clock = _CLOCK.search(ahead)
    if clock is not None:
        return Found(day + _time(clock), max(0, start - 16) + clock.start(), end)
    return Found(day, start, end)


def _time(clock: re.Match[str]) -> str:
    hour, half = int(clock[2]), (clock[1] or clock[5] or "").lower().replace(" ", "")
    if half:
        late = half in ("下午", "午後", "오후", "μμ", "μ.μ.") or half.startswith("p")
        hour = hour % 12 + 12 * late
    return f"T{hour:02}:{clock[3]}" + (f":{clock[4]}" if clock[4] else "")


def _offset(zone: str) -> str:
    if zone in ("Z", "UTC", "GMT"):
        return "+00:00"
    return zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}"


def find_ago(text: str, now: datetime | None) -> Found | None:
    """ "3 days ago" in many languages, resolved against the time of capture; iso is "" where that is unknown.

    >>> find_ago("vor 3 Tagen", datetime(2020, 5, 10, 12)).iso
    '2020-05-07'
    """
    text = text[:120]
    for match in _AGO.finditer(text):
        unit = _lexicon("ago.tsv").get(fold(match[2]), 0)
        said = bool(match[3]) or bool(_BEFORE.search(match[0])) or bool(_BEFORE.search(text[: match.start()]))
        if not unit or not said and not (len(match[2]) <= 2 and len(text) <= 6):
            continue
        count = int(match[1]) if match[1].isdigit() else 1
        if now is None:
            return Found("", match.start(), match.end(), True)
        then = now - timedelta(seconds=unit * count)
        return Found(then.date().isoformat() if unit >= 86400 else then.isoformat(timespec="minutes"), match.start(), match.end(), True)
    return None


def from_epoch(seconds: float) -> str:
    """A moment that the page gives as a number, in UTC.

    >>> from_epoch(1551175200)
    '2019-02-26T10:00:00+00:00'
    """
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds")
    except (OverflowError, OSError, ValueError):
        return ""
