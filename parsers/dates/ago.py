"""Dates that count back from the time of capture: "3 days ago", "vor 2 Stunden", "gestern um 10:23", "8d". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from .months import ABOUT, ALONE, GLUED, JUST_NOW, PAST, PAST_PHRASES, UNITS, fold, fold_line

MOST = 60  # characters: longer texts are prose, and "ten years ago" in prose is no date of a comment
_COUNT = re.compile(r"(\d{1,3})\s?\+?\s?(" + GLUED.pattern + r"|[^\W\d_]+\.?)|([^\W\d_]+)\s+([^\W\d_]+\.?)")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d\d)(?:\s?([ap])\.?m\b)?", re.I)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DAYS = frozenset((*ALONE, "hier"))  # a day by its name; "hier" is French for yesterday and German for here
_PAST = PAST.union(PAST_PHRASES)
MOST_LEAD = 3  # words before the figure: "il y a"
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}


@dataclass(frozen=True, slots=True)
class Ago:
    iso: str  #: "" where the time of capture is not known
    start: int
    end: int


def find_ago(text: str, language: str, now: datetime | None) -> Ago | None:
    """A relative date in a short text.

    >>> from datetime import UTC
    >>> at = datetime(2024, 5, 20, 12, 0, tzinfo=UTC)
    >>> [find_ago(t, "", at).iso for t in ("3 days ago", "vor 2 Stunden", "2 months ago", "8d", "Yesterday at 9:05 pm")]
    ['2024-05-17', '2024-05-20T10:00+00:00', '2024-03', '2024-05-12', '2024-05-19T21:05']
    """
    if len(text) > MOST:
        return None
    words = [fold(word) for word in _WORDS.findall(text)]
    lower = fold_line(text)
    if lower in JUST_NOW:
        return Ago(_minus(now, "second", 0), 0, len(text))
    if not PAST.isdisjoint(words) or any(phrase in lower for phrase in PAST_PHRASES):
        return _counted(text, now)
    if len(text) <= 5:
        short = _COUNT.fullmatch(text.strip())
        if short is not None and short[1] and fold(short[2]) in UNITS:
            return Ago(_minus(now, UNITS[fold(short[2])], int(short[1])), 0, len(text))
    if _DAYS.isdisjoint(words):
        return None
    for word in _WORDS.finditer(text):
        kind = ALONE.get(fold(word[0]), "")
        if fold(word[0]) == "hier" and language[:2] == "fr":
            kind = "yesterday"
        if kind in ("yesterday", "today"):
            return _named(text, word.start(), word.end(), kind, now)
    return None


def _counted(text: str, now: datetime | None) -> Ago | None:
    """The largest unit decides: "1 year, 3 months ago" is 15 months, "2 weeks ago" 14 days."""
    found: list[tuple[int, str]] = []
    start, end = len(text), 0
    for match in _COUNT.finditer(text):
        number = int(match[1]) if match[1] else 1 if ALONE.get(fold(match[3])) == "one" else 0
        unit = UNITS.get(fold(match[2] or match[4]), "")
        if unit and (number or match[1]):
            found.append((number, unit))
            start, end = min(start, match.start()), max(end, match.end())
    if not found:
        return None
    months = sum(n * (12 if unit == "year" else 1) for n, unit in found if unit in ("year", "month"))
    iso = _minus(now, "month" if any(u == "month" for _, u in found) else "year", months) if months else _minus(
        now, found[-1][1], sum(n * _SECONDS[unit] for n, unit in found if unit in _SECONDS) // _SECONDS.get(found[-1][1], 1)
    )  # fmt: skip
    return Ago(iso, *_widened(text, start, end))


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """With the words beside figure and unit that make them a date: what is left over of "vor etwa 3 Tagen" is no name."""
    for made in (ABOUT, _PAST):
        words = list(_WORDS.finditer(text, 0, start))[-MOST_LEAD:]
        at = next((n for n in range(len(words)) if " ".join(fold(word[0]) for word in words[n:]) in made), None)
        if at is not None and not text[words[-1].end() : start].strip(" ~"):
            start = words[at].start()
    after = list(islice(_WORDS.finditer(text, end), 2))
    for many in (2, 1):
        if len(after) >= many and " ".join(fold(word[0]) for word in after[:many]) in _PAST:
            if not text[end : after[0].start()].strip():
                end = after[many - 1].end()
            break
    return start, end


def _named(text: str, start: int, end: int, kind: str, now: datetime | None) -> Ago | None:
    clock = _CLOCK.search(text, end, end + 20)
    if clock is None and len(text) > 25:
        return None
    if now is None:
        return Ago("", start, clock.end() if clock else end)
    iso = (now - timedelta(days=kind == "yesterday")).date().isoformat()
    if clock is not None and int(clock[1]) < 24 and int(clock[2]) < 60:
        half = (clock[3] or "").lower()
        hour = int(clock[1]) % 12 + 12 * (half == "p") if half else int(clock[1])
        iso += f"T{hour:02}:{clock[2]}"
    return Ago(iso, start, clock.end() if clock else end)


def _minus(now: datetime | None, unit: str, number: int) -> str:
    """So long before `now`, in the precision of the unit; months are given for `year` too."""
    if now is None or number > 1200:
        return ""
    if unit in ("year", "month"):
        months = now.year * 12 + now.month - 1 - number
        return f"{months // 12:04}-{months % 12 + 1:02}" if unit == "month" else f"{months // 12:04}"
    moment = now - timedelta(seconds=number * _SECONDS[unit])
    if unit in ("day", "week"):
        return moment.date().isoformat()
    return moment.replace(second=0, microsecond=0).isoformat(timespec="minutes")
