"""When a host may be asked again. Pure: the caller hands in what it knows and what time it is.

All times are aware and in UTC; all spans are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MONTH = 31 * 86_400.0  #: no server's wish holds longer than this


@dataclass(frozen=True, slots=True)
class HostState:
    """What is known of one host."""

    last: datetime | None = None  #: when the last request to it ended
    last_page: datetime | None = None  #: the same without robots.txt, which Crawl-delay does not speak of
    not_before: datetime | None = None  #: until when the host asked to be left alone (Retry-After)


def settled(state: HostState, now: datetime) -> HostState:
    """The state without requests in the future: a clock that has since been put back wrote them, and they count as now."""
    last, page = state.last, state.last_page
    return replace(state, last=last and min(last, now), last_page=page and min(page, now))


def wait(state: HostState, now: datetime, gap: float, crawl_delay: float = 0.0) -> float:
    """Seconds until the host's next turn; 0 where it may be asked now.

    A time that lies in the future was written by a clock that has since been put back; it counts as now.
    """
    waits = [0.0]
    if state.last is not None:
        waits.append(gap - max(0.0, (now - state.last).total_seconds()))
    if state.last_page is not None:
        waits.append(crawl_delay - max(0.0, (now - state.last_page).total_seconds()))
    if state.not_before is not None:
        waits.append(min((state.not_before - now).total_seconds(), MONTH))
    return max(waits)


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for, in either form (RFC 9110, 10.2.3); None where it says nothing.

    >>> retry_after("120", datetime(2026, 1, 1, tzinfo=UTC))
    120.0
    >>> retry_after("Thu, 01 Jan 2026 00:01:00 GMT", datetime(2026, 1, 1, tzinfo=UTC))
    60.0
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), MONTH)
    moment = http_date(value)
    return None if moment is None else min(max(0.0, (moment - now).total_seconds()), MONTH)


def http_date(value: str) -> datetime | None:
    """A date in an HTTP header, or None."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def after(now: datetime, seconds: float) -> datetime:
    """A moment so many seconds from now."""
    return now + timedelta(seconds=seconds)
