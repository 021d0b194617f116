"""What is remembered of a watched page (or listing), so that one can decide when to look at it again. Pure.

`ingest.schedule` decides; `agenda` keeps. All times are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Record:
    """How a page (or a listing) has behaved so far."""

    url: str
    found: datetime  #: when it was first heard of
    published: datetime | None = None  #: where a listing or the page says so
    visits: int = 0  #: that were answered
    changes: int = 0  #: visits that found something new, the first left out
    quiet: int = 0  #: visits in a row that found nothing new
    last_visit: datetime | None = None  #: answered or not
    last_good: datetime | None = None  #: the last visit that was answered
    last_change: datetime | None = None
    failures: int = 0  #: in a row
    error: str = ""  #: the last failure in words, while `failures` is not 0
    gone_since: datetime | None = None  #: when the server first said 410, and has said nothing else since
    moved_to: str = ""  #: where a permanent redirect leads
    moved_since: datetime | None = None  #: since when it has led there without a break
    state: str = "watched"  #: watched, gone, moved, unlisted (taken out of the config's list)


@dataclass(frozen=True, slots=True)
class Due:
    """When to look again, and why; `at` is None for never."""

    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What a page gave, and gives no more though nothing says that its author took it back."""

    experts: int
    since: datetime  #: when it was first seen without
