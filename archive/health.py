"""How the watching goes: per source and per host, what answered last, what is due next and why, what fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .opening import File
from .pages import page_of
from .rows import clean
from .times import moment, moment_or_none, stamp
from .watched import Lost

FEW = 3  #: experts; a page that had fewer is no sign of anything

_COUNTS = """
SELECT count(*) FILTER (WHERE state = 'watched'), count(*) FILTER (WHERE last_visit IS NULL AND state = 'watched'),
  count(*) FILTER (WHERE due < ?), count(*) FILTER (WHERE failures > 0 AND state = 'watched'),
  count(*) FILTER (WHERE state = 'gone'), count(*) FILTER (WHERE state = 'unlisted'), max(last_good)
FROM watch WHERE {} = ? AND kind = 'page'"""
_NEXT = "SELECT due, url, why FROM watch WHERE {} = ? AND due IS NOT NULL ORDER BY due LIMIT 1"
_ERRORS = """
SELECT error, count(*) FROM watch WHERE {} = ? AND failures > 0 AND state = 'watched' AND kind = 'page'
GROUP BY error ORDER BY count(*) DESC, error LIMIT 5"""
_LISTING = "SELECT max(last_good), error, max(failures) FROM watch WHERE {} = ? AND kind = 'listing'"
_READ = """
SELECT watch.url, reading.statements,
  (SELECT count(*) FROM statement JOIN statement_version AS v ON v.statement_id = statement.id AND v.valid_to IS NULL
   WHERE statement.page_id = page_url.page_id)
FROM watch JOIN page_url ON page_url.key = watch.key AND page_url.reason <> 'elsewhere'
JOIN reading ON reading.id = (SELECT max(id) FROM reading WHERE page_id = page_url.page_id AND folded)
WHERE watch.source = ? AND watch.kind = 'page' AND watch.state <> 'unlisted'
ORDER BY coalesce(watch.published, watch.found), watch.id"""
_LOST = """
SELECT (SELECT count(*) FROM statement JOIN statement_version AS v ON v.statement_id = statement.id AND v.valid_to IS NULL
        WHERE statement.page_id = ?1), min(at)
FROM reading WHERE page_id = ?1 AND folded
AND id > (SELECT max(id) FROM reading WHERE page_id = ?1 AND folded AND statements > 0)"""


@dataclass(frozen=True, slots=True)
class Health:
    """One source, or one host."""

    name: str
    pages: int = 0  #: watched
    waiting: int = 0  #: not looked at yet
    overdue: int = 0  #: due for longer than a day
    failing: int = 0  #: that did not answer when they were last asked
    gone: int = 0
    unlisted: int = 0  #: that the config listed once
    last_good: datetime | None = None
    next_due: datetime | None = None
    next_url: str = ""
    why: str = ""  #: it is due then
    errors: tuple[tuple[str, int], ...] = ()  #: (failure in words, pages), the most frequent first
    listing_error: str = ""  #: of the source's listing
    listing_failures: int = 0  #: in a row
    not_before: datetime | None = None  #: of a host that asked to be left alone

    @property
    def fails(self) -> bool:
        """True where something of it did not answer when it was last asked."""
        return bool(self.failing or self.listing_failures)


@dataclass(frozen=True, slots=True)
class HowRead:
    """How a page of a source was read last."""

    url: str
    experts: int  #: in the newest reading
    known: int  #: statements that the archive holds open


class Watching:
    """Questions about how the watching goes."""

    def __init__(self, file: File) -> None:
        self._file = file

    def source(self, name: str, now: datetime) -> Health:
        """One source."""
        return self._health("source", name, now)

    def host(self, name: str, now: datetime) -> Health:
        """One host, all sources together."""
        return self._health("host", name, now)

    def hosts(self) -> tuple[str, ...]:
        """The hosts that have something watched."""
        with self._file.reading() as conn:
            return tuple(name for (name,) in conn.execute("SELECT DISTINCT host FROM watch WHERE host <> '' ORDER BY host"))

    def _health(self, column: str, name: str, now: datetime) -> Health:
        yesterday, name = stamp(now - timedelta(days=1)), clean(name)
        with self._file.reading() as conn:
            counted = conn.execute(_COUNTS.format(column), (yesterday, name)).fetchone()
            pages, waiting, late, failing, gone, unlisted, last = counted
            due, url, why = conn.execute(_NEXT.format(column), (name,)).fetchone() or (None, "", "")
            errors = conn.execute(_ERRORS.format(column), (name,)).fetchall()
            listed, error, failures = conn.execute(_LISTING.format(column), (name,)).fetchone()
            turn = conn.execute("SELECT not_before FROM host WHERE name = ?", (name,)).fetchone()
        good = moment_or_none(max(filter(None, (last, listed)), default=None))
        until = moment_or_none(turn[0]) if turn and column == "host" else None
        return Health(
            name, pages, waiting, late, failing, gone, unlisted, good, moment_or_none(due), url, why, tuple(errors),
            error or "", failures or 0, until,
        )  # fmt: skip

    def how_read(self, source: str) -> tuple[HowRead, ...]:
        """How a source's pages were read last, in the order in which they were found."""
        with self._file.reading() as conn:
            rows = conn.execute(_READ, (clean(source),)).fetchall()
        return tuple(HowRead(*row) for row in rows)

    def lost(self, url: str) -> Lost | None:
        """What a page that is an alarm of its own has lost; None of any other page."""
        with self._file.reading() as conn:
            experts, since = conn.execute(_LOST, (page_of(conn, url),)).fetchone()
        return Lost(experts, moment(since)) if since is not None and experts >= FEW else None

    def last_run(self) -> tuple[str, datetime, datetime | None, str] | None:
        """The newest run: (command, start, end, status)."""
        with self._file.reading() as conn:
            row = conn.execute("SELECT command, started_at, ended_at, status FROM run ORDER BY id DESC LIMIT 1").fetchone()
        return (row[0], moment(row[1]), moment_or_none(row[2]), row[3]) if row else None


def layout_changed(pages: Sequence[HowRead]) -> str:
    """What speaks for a source's layout having changed, as a sentence; ``""`` where nothing does.

    Either pages that had experts show none now, or the newest pages have none where most had before.
    """
    emptied = [page for page in pages if page.experts == 0 and page.known >= FEW]
    if emptied:
        what = f"{emptied[0].url} used to give {emptied[0].known} experts and now gives none"
        return what + (f", and {len(emptied) - 1} more like this" if len(emptied) > 1 else "")
    new, old = pages[-5:], pages[:-5]
    usual = sum(page.experts >= FEW for page in old)
    if len(new) == 5 and len(old) >= 5 and usual >= 0.6 * len(old) and not any(page.experts for page in new):
        return f"its newest 5 pages give no expert, and {usual} of the {len(old)} before them did"
    return ""
