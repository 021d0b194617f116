"""When to look again, and why, in words. Pure: what is known of a page and the time go in, a due time and its reason come out.

A post is edited in its first hours, commented for days, and then rests for years. So the time to the next look is a share of
its age: a tenth after something new, more with every visit that found nothing, never under an hour. Failures lengthen it, and a
page that has lost its experts is not left alone for long. Nothing but "410 Gone" said twice, a week apart, ends the looking.
What the server asks for is never undercut.

The figures were tuned on the simulated year (`bench/year.py`) with another seed than the one that is reported.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from archive.watched import Due, Lost, Record
from parsers.model import Capture

from .web.politeness import http_date

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SHORTEST = HOUR
LONGEST = 90 * DAY  #: a post of many years is still looked at four times a year
LONGEST_FAILING = 31 * DAY
LONGEST_DOUBTED = WEEK  #: a page that gave experts and gives none
LONGEST_ASKED = 31 * DAY  #: no server's wish holds longer than this
SHARE = 0.1  #: of a post's age, after something new
WIDER = 1.1  #: each quiet visit makes the share so many times larger,
WIDEST = 0.4  #: up to this
JITTER = 0.05  #: at most so large a part of an interval, earlier or later


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit brought."""

    at: datetime
    status: str  #: changed, unchanged, failed
    error: str = ""  #: the failure in words
    gone: bool = False  #: the server said 410
    moved_to: str = ""  #: where permanent redirects alone led to
    not_before: datetime | None = None  #: until when the server asks not to be asked (Retry-After, Cache-Control, Expires)
    asked_by: str = ""  #: which of these it was
    published: datetime | None = None  #: what the page says of itself
    lost: Lost | None = None  #: experts that the page gave once and does not give now


def visited(record: Record, visit: Visit) -> Record:
    """The record after a visit."""
    if visit.status == "failed":
        gone = (record.gone_since or visit.at) if visit.gone else None
        ended = visit.gone and record.gone_since is not None and visit.at - record.gone_since >= WEEK
        return replace(
            record,
            last_visit=visit.at,
            failures=record.failures + 1,
            error=visit.error,
            gone_since=gone,
            moved_to="",
            moved_since=None,
            state="gone" if ended else record.state,
        )
    first = record.visits == 0
    changed = visit.status == "changed" and not first
    same_move = bool(visit.moved_to) and visit.moved_to == record.moved_to
    since = (record.moved_since if same_move else visit.at) if visit.moved_to else None
    return replace(
        record,
        published=visit.published or record.published,
        visits=record.visits + 1,
        changes=record.changes + changed,
        quiet=0 if changed or first else record.quiet + 1,
        last_visit=visit.at,
        last_good=visit.at,
        last_change=visit.at if changed or first else record.last_change,
        failures=0,
        error="",
        gone_since=None,
        moved_to=visit.moved_to,
        moved_since=since,
        state="moved" if since is not None and visit.at - since >= WEEK else "watched",
    )


def next_look(record: Record, now: datetime, visit: Visit | None = None) -> Due:
    """When to look at a page again; `visit` is the one that has just been made."""
    if record.state == "gone":
        return Due(None, "the server said twice, a week apart, that it is gone for good (410); not looked at again")
    if record.state == "moved":
        return Due(None, f"it has redirected to {record.moved_to} for a week, so that address is watched in its place")
    if record.last_visit is None:
        return Due(now, "new: not looked at yet")
    if record.gone_since is not None:
        return Due(max(now, record.gone_since + WEEK), "the server says that it is gone (410); asked once more after a week")
    interval, why = _failing(record, now) if record.failures else _resting(record, now)
    if visit is not None and visit.lost is not None:
        interval, why = min(interval, _doubted(visit.lost, now)), _what_is_lost(visit.lost)
    return _held(_due(record.url, now, interval, why), visit)


def _resting(record: Record, now: datetime) -> tuple[timedelta, str]:
    """The interval for a page that answers: a share of its age."""
    age = max(now - (record.published or record.found), timedelta())
    share = min(WIDEST, SHARE * WIDER**min(record.quiet, 100))
    interval = min(max(age * share, SHORTEST), LONGEST)
    return interval, f"{_seen(record)}, {span(age)} old"


def _seen(record: Record) -> str:
    """How a page has behaved, as a half sentence."""
    if record.visits == 1:
        return "looked at once"
    how_often = f"changed {record.changes}× in {record.visits} visits"
    if not record.quiet:
        return f"{how_often}, also at the last"
    return f"{how_often}, quiet for the last {record.quiet}" if record.changes else f"unchanged in {record.visits} visits"


def _failing(record: Record, now: datetime) -> tuple[timedelta, str]:
    """The interval for a page that does not answer: doubled with each failure, from an hour where it never has."""
    usual = _resting(record, now)[0] if record.visits else SHORTEST
    interval = min(max(usual, SHORTEST) * 2 ** min(record.failures, 20), LONGEST_FAILING)
    return interval, _failures(record)


def _doubted(lost: Lost, now: datetime) -> timedelta:
    """The longest that a page is left alone which gave experts and gives none: who knows whether they come back tomorrow."""
    return min(max((now - lost.since) * WIDEST, DAY), LONGEST_DOUBTED)


def _what_is_lost(lost: Lost) -> str:
    return f"it gave {lost.experts} experts and gives none since {moment(lost.since)} (has its layout changed?)"


def _failures(record: Record) -> str:
    """How often a page or a listing has failed, and how, as a half sentence."""
    times = "failed" if record.failures == 1 else f"failed {record.failures}× in a row"
    return f"{times} ({record.error})" if record.error else times


def listing_look(record: Record, now: datetime, visit: Visit | None = None) -> Due:
    """When to read a listing again: the longer nothing new has come, the rarer, but once a day."""
    if record.last_visit is None:
        return Due(now, "new: not read yet")
    if record.failures:
        interval = min(SHORTEST * 2 ** min(record.failures, 20), LONGEST_FAILING)
        why = _failures(record)
    else:
        rest = max(now - (record.last_change or record.found), timedelta())
        interval = min(max(rest * SHARE, SHORTEST), DAY)
        why = f"nothing new for {span(rest)}" if record.quiet else "it brought something new"
    return _held(_due(record.url, now, interval, why), visit)


def told(record: Record, changed: datetime, now: datetime) -> Due | None:
    """A look at once, where a listing says that the page has changed since it was last looked at; else None."""
    seen = record.last_visit  # answered or not: a page that fails is not asked each time that its listing is read
    if record.state == "moved" or (seen is not None and changed <= seen) or changed > now + DAY:
        return None
    return Due(now, f"a listing says that it changed on {moment(changed)}")


def fixed(at: datetime, schedule: str) -> Due:
    """A look at the time that the config asks for."""
    return Due(at, f"its schedule is {schedule!r}")


def _due(url: str, now: datetime, interval: timedelta, why: str) -> Due:
    """An interval as a due time, moved a little by the address, so that a thousand posts do not fall due in one minute."""
    moved = max(interval * (1 + JITTER * jitter(url)), SHORTEST)
    return Due(now + moved, f"{why}, so after {span(moved)}")


def jitter(url: str) -> float:
    """-1 to 1, the address's own for ever.

    >>> jitter("https://blog.example/a") == jitter("https://blog.example/a") != jitter("https://blog.example/b")
    True
    """
    number = int.from_bytes(hashlib.blake2b(url.encode("utf-8", "replace"), digest_size=8).digest(), "big")
    return number / 2**63 - 1


def _held(due: Due, visit: Visit | None) -> Due:
    """Not earlier than the server asks."""
    if due.at is None or visit is None or visit.not_before is None:
        return due
    until = min(visit.not_before, visit.at + LONGEST_ASKED)
    if until <= due.at:
        return due
    why = due.why.partition(", so after")[0]
    return Due(until, f"{why}, but its server asks to wait until {moment(until)} ({visit.asked_by})")


def fresh_until(capture: Capture) -> tuple[datetime | None, str]:
    """Until when the server says that the answer stays as it is, and in which header (RFC 9111, 4.2)."""
    at = capture.fetched_at
    if at is None:
        return None, ""
    told = [part.strip().lower() for part in capture.header("cache-control").split(",")]
    if "no-cache" in told or "no-store" in told:
        return None, ""
    ages = [_seconds(part.removeprefix("max-age=")) for part in told if part.startswith("max-age=")]
    if ages:
        left = ages[0] - _seconds(capture.header("age"))
        return (at + timedelta(seconds=left), "Cache-Control") if left > 0 else (None, "")
    expires = http_date(capture.header("expires"))
    if expires is None:
        return None, ""
    left_of = expires - (http_date(capture.header("date")) or at)  # by the server's own clock, which may be wrong
    return (at + min(left_of, LONGEST_ASKED), "Expires") if left_of > timedelta() else (None, "")


def _seconds(text: str) -> float:
    digits = text.strip().strip('"')
    return min(float(digits[:12]), LONGEST_ASKED.total_seconds()) if digits.isascii() and digits.isdigit() else 0.0


def span(length: timedelta) -> str:
    """A length of time for people.

    >>> [span(timedelta(hours=h)) for h in (0.5, 1, 36, 72, 24 * 400)]
    ['30 min', '1 h', '36 h', '3 d', '400 d']
    """
    minutes = length.total_seconds() / 60
    if minutes < 59.5:
        return f"{minutes:.0f} min"
    hours = minutes / 60
    return f"{hours:.1f}".removesuffix(".0") + " h" if hours < 48 else f"{hours / 24:.1f}".removesuffix(".0") + " d"


def moment(at: datetime) -> str:
    """A time for people, UTC.

    >>> moment(datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    '2026-01-02 03:04'
    """
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
