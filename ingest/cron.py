"""Cron expressions that mean what cron means. Pure.

Five fields: minute, hour, day of the month, month, day of the week. Sunday is 0 or 7 and Monday 1. Where both kinds of day
are restricted, either will do; a field that begins with `*` does not restrict (crontab(5)). Names, ranges, lists and steps are
taken, and @hourly, @daily, @weekly, @monthly, @yearly.

Times are local ones. What would fall into an hour that the clocks skip comes an hour later; an hour that comes twice counts
once, unless the hour field begins with `*` (cron(8) of Debian: "wildcard jobs" go by elapsed time).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

NAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
DAYS = {name: n for n, name in enumerate("sun mon tue wed thu fri sat".split())}
FIELDS: tuple[tuple[str, int, int, dict[str, int]], ...] = (
    ("minute", 0, 59, {}),
    ("hour", 0, 23, {}),
    ("day of the month", 1, 31, {}),
    ("month", 1, 12, MONTHS),
    ("day of the week", 0, 7, DAYS),
)
_PART = re.compile(r"(\*|[a-z]{3}|\d{1,4})(?:-([a-z]{3}|\d{1,4}))?(?:/(\d{1,4}))?\Z")
_FOUR_YEARS_TWICE = 366 * 8 + 2  # days; the 29th of February may be eight years away


class NotCron(ValueError):
    """An expression that cron would not take; says which part."""


_EVERY = re.compile(r"(?:every\s+)?(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)\Z", re.I)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@dataclass(frozen=True, slots=True)
class Cron:
    """A read expression."""

    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  #: Sunday is 0
    either: bool  #: a day fits where the one or the other kind of day does
    wild: bool  #: goes by elapsed time where the clocks go back

    def on(self, day: date) -> bool:
        """True where the expression speaks of that day."""
        if day.month not in self.months:
            return False
        by_date, by_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_date or by_week if self.either else by_date and by_week


def read_cron(text: str) -> Cron:
    """Read an expression. Raises NotCron.

    >>> read_cron("0 3 * * 1").weekdays, read_cron("0 3 * * 7").weekdays
    (frozenset({1}), frozenset({0}))
    """
    words = NAMES.get(text.strip().lower(), text.strip().lower()).split()
    if len(words) != 5:
        raise NotCron(f"{text!r} has {len(words)} fields, and a cron expression has five: minute hour day month weekday")
    minutes, hours, days, months, weekdays = (
        _field(word, *bounds) for word, bounds in zip(words, FIELDS, strict=True)
    )
    found = Cron(
        tuple(sorted(minutes)),
        tuple(sorted(hours)),
        days,
        months,
        frozenset(day % 7 for day in weekdays),
        either=not words[2].startswith("*") and not words[4].startswith("*"),
        wild=words[1].startswith("*"),
    )
    if not found.either and min(days) > max(map(_longest, months)):
        raise NotCron(f"{text!r} speaks of a day that no month has")
    return found


def _longest(month: int) -> int:
    return 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _field(word: str, what: str, low: int, high: int, names: dict[str, int]) -> frozenset[int]:
    """The numbers that a field stands for."""
    found: set[int] = set()
    for part in word.split(","):
        read = _PART.match(part)
        if read is None:
            raise NotCron(f"{part!r} is no {what}")
        first, last, step = read[1], read[2], read[3]
        start, end = (low, min(high, 6) if names is DAYS else high) if first == "*" else (_number(first, what, names),) * 2
        if first == "*" and last:
            raise NotCron(f"{part!r} is no {what}")
        if last:
            end = _number(last, what, names)
            if names is DAYS and last == "sun":
                end = 7 if start else end
        elif step and first != "*":
            raise NotCron(f"{part!r}: a step wants a range or *, as in {low}-{high}/{step}")
        if not low <= start <= end <= high:
            raise NotCron(f"{part!r} is no {what}: {low} to {high}")
        if step and not int(step):
            raise NotCron(f"{part!r}: a step of nothing")
        found.update(range(start, end + 1, int(step or 1)))
    return frozenset(found)


def _number(word: str, what: str, names: dict[str, int]) -> int:
    if word.isdigit():
        return int(word)
    if word not in names:
        raise NotCron(f"{word!r} is no {what}")
    return names[word]


def next_time(cron: Cron, after: datetime, zone: tzinfo) -> datetime | None:
    """The first time later than `after` (aware) at which the expression fires, in UTC; None where it never does.

    >>> next_time(read_cron("0 3 * * 1"), datetime(2026, 11, 25, tzinfo=UTC), UTC).isoformat()  # a Wednesday
    '2026-11-30T03:00:00+00:00'
    """
    start = after.astimezone(zone).date() - timedelta(days=1)
    found: list[datetime] = []
    for number in range(_FOUR_YEARS_TWICE):
        day = start + timedelta(days=number)
        if cron.on(day):
            found += [at for at in _on(cron, day, zone) if at > after]
        if found and number > 1:  # a day later too, since clocks that go back put times out of order
            return min(found)
    return min(found, default=None)


def _on(cron: Cron, day: date, zone: tzinfo) -> Iterator[datetime]:
    """The times of one day, in UTC."""
    for hour in cron.hours:
        for minute in cron.minutes:
            local = datetime.combine(day, time(hour, minute), zone)
            first, second = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
            if second >= first or not cron.wild:  # PEP 495: earlier only in a gap, where the old offset leads an hour on
                yield first
            if second > first and cron.wild:
                yield second

Schedule = Cron | timedelta


def read_schedule(text: str) -> Schedule:
    """A cron expression or an interval. Raises NotCron.

    >>> read_schedule("6 h"), read_schedule("every 2 days") == timedelta(days=2), read_schedule("@daily").hours
    (datetime.timedelta(seconds=21600), True, (0,))
    """
    every = _EVERY.match(text.strip())
    if every is None:
        return read_cron(text)
    length = int(every[1]) * _UNITS[every[2][0].lower()]
    if not length:
        raise NotCron(f"{text!r} is no time at all")
    return length


def next_run(schedule: Schedule, after: datetime, zone: tzinfo) -> datetime | None:
    """When a schedule comes up after a time."""
    return after + schedule if isinstance(schedule, timedelta) else next_time(schedule, after, zone)
