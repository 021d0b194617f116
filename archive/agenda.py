"""What is to be looked at, and when: watched pages and listings, and the walk through a blog's past.

Unlike the rest of the archive this is a working book and no evidence: its rows change, and losing them would cost requests
and no history. Every write is one short transaction, so that another process can write in between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from parsers.urls import host_of, page_key

from .opening import File
from .rows import clean
from .times import moment, moment_or_none, stamp
from .watched import Due, Record

_FIELDS = tuple(field.name for field in fields(Record))
_TIMES = frozenset(("found", "published", "last_visit", "last_good", "last_change", "gone_since", "moved_since"))
_COLUMNS = ", ".join(_FIELDS)
_SET = ", ".join(f"{name} = excluded.{name}" for name in (*_FIELDS, "due", "why"))
_PART = 400  # addresses in one query


@dataclass(frozen=True, slots=True)
class Listed:
    """What is remembered of a listing. The validators are its own: WordPress gives one ETag to all feeds of a site."""

    record: Record
    due: Due
    etag: str = ""
    last_modified: str = ""


class Agenda:
    """The book of what is to be done."""

    def __init__(self, file: File) -> None:
        self._file = file

    def records(self, urls: Sequence[str]) -> dict[str, Record]:
        """What is remembered of the pages at these addresses, by `page_key`; those that are not watched are left out."""
        found: dict[str, Record] = {}
        with self._file.reading() as conn:
            for part, marks in _parts(urls):
                rows = conn.execute(f"SELECT key, {_COLUMNS} FROM watch WHERE kind = 'page' AND key IN ({marks})", part)
                found |= {key: _record(row) for key, *row in rows}
        return found

    def listing(self, source: str, url: str) -> Listed | None:
        """What is remembered of a source's listing."""
        with self._file.reading() as conn:
            row = conn.execute(
                f"SELECT due, why, etag, last_modified, {_COLUMNS} FROM watch"
                " WHERE kind = 'listing' AND source = ? AND key = ?",
                (source, clean(page_key(url))),
            ).fetchone()
        return None if row is None else Listed(_record(row[4:]), Due(moment_or_none(row[0]), row[1]), row[2], row[3])

    def put_listing(self, source: str, listed: Listed) -> None:
        """Keep what is known of a listing."""
        with self._file.writing() as conn:
            _put(conn, [_row(source, "listing", listed.record, listed.due)])
            conn.execute(
                "UPDATE watch SET etag = ?, last_modified = ? WHERE kind = 'listing' AND source = ? AND key = ?",
                (clean(listed.etag), clean(listed.last_modified), source, clean(page_key(listed.record.url))),
            )

    def put(self, source: str, entries: Iterable[tuple[Record, Due]]) -> None:
        """Keep records of pages with their due times. What is watched already stays with the source that found it."""
        rows = [_row(source, "page", record, due) for record, due in entries]
        if rows:
            with self._file.writing() as conn:
                _put(conn, rows)

    def move(self, source: str, old: tuple[Record, Due], new: tuple[Record, Due]) -> None:
        """Watch a page at its new address from now on. Where that is watched already, nothing is added."""
        with self._file.writing() as conn:
            _put(conn, [_row(source, "page", *old)])
            there = (clean(page_key(new[0].url)),)
            if conn.execute("SELECT 1 FROM watch WHERE kind = 'page' AND key = ?", there).fetchone() is None:
                _put(conn, [_row(source, "page", *new)])

    def due(self, now: datetime, limit: int, sources: Sequence[str], host: str | None = None) -> list[tuple[str, str]]:
        """Pages of these sources to look at now, as (address, source): what is followed first, then what lies in the past."""
        names, one = ", ".join("?" * len(sources)), "" if host is None else " AND host = ?"
        asked = (stamp(now), *sources, *(() if host is None else (clean(host),)), stamp(now), limit)
        with self._file.reading() as conn:
            return conn.execute(
                f"""SELECT url, source FROM watch WHERE kind = 'page' AND due <= ? AND source IN ({names}){one}
                ORDER BY last_visit IS NULL AND published < strftime('%Y-%m-%dT%H:%M:%SZ', ?, '-30 days'), due, id LIMIT ?""",
                asked,
            ).fetchall()

    def due_hosts(self, now: datetime, sources: Sequence[str]) -> dict[str, int]:
        """Hosts that have pages to look at now, with how many."""
        names = ", ".join("?" * len(sources))
        with self._file.reading() as conn:
            rows = conn.execute(
                f"SELECT host, count(*) FROM watch WHERE kind = 'page' AND due <= ? AND source IN ({names}) GROUP BY host",
                (stamp(now), *sources),
            ).fetchall()
        return dict(rows)

    def hurry(self, source: str, now: datetime) -> None:
        """Make all pages of a source due now, as somebody asked for it by name. What has gone or moved stays so."""
        with self._file.writing() as conn:
            conn.execute(
                "UPDATE watch SET due = ?, why = 'its source was asked for by name'"
                " WHERE kind = 'page' AND source = ? AND state = 'watched' AND due > ?",
                (stamp(now), source, stamp(now)),
            )

    def visited_after(self, now: datetime) -> bool:
        """True where something was looked at in the future: the clock has been ahead by more than an hour."""
        with self._file.reading() as conn:
            return conn.execute("SELECT 1 FROM watch WHERE last_visit > ? LIMIT 1", (_ahead(now),)).fetchone() is not None

    def mend(self, now: datetime) -> None:
        """Bring what was looked at in the future back to now, and have it looked at again."""
        times = ", ".join(f"{column} = min({column}, ?1)" for column in ("last_visit", "last_good", "last_change", "found"))
        with self._file.writing() as conn:
            conn.execute(
                f"""UPDATE watch SET {times}, due = CASE WHEN due IS NULL THEN NULL ELSE ?1 END,
                why = 'it was looked at under a clock that was ahead' WHERE last_visit > ?2""",
                (stamp(now), _ahead(now)),
            )

    def hand_over(self, urls: Sequence[str], source: str, others: Sequence[str]) -> None:
        """Let a source have those of these pages that belong to none of the others, which are all that there are now, or were
        taken off the list of one."""
        names = ", ".join("?" * len(others))
        with self._file.writing() as conn:
            for part, marks in _parts(urls):
                conn.execute(
                    f"""UPDATE watch SET source = ? WHERE kind = 'page' AND key IN ({marks})
                    AND (source NOT IN ({names}) OR state = 'unlisted')""",
                    (source, *part, *others),
                )

    def pages(self, source: str) -> list[str]:
        """The addresses of a source's pages that have not gone or moved, and are still to be watched."""
        with self._file.reading() as conn:
            rows = conn.execute(
                "SELECT url FROM watch WHERE kind = 'page' AND source = ? AND state = 'watched' ORDER BY id", (source,)
            )
            return [url for (url,) in rows]

    def when(self, url: str) -> Due | None:
        """When a page is due, and why; None where it is not watched."""
        with self._file.reading() as conn:
            row = conn.execute("SELECT due, why FROM watch WHERE kind = 'page' AND key = ?", (clean(page_key(url)),)).fetchone()
        return None if row is None else Due(moment_or_none(row[0]), row[1])

    def next_due(self) -> tuple[datetime, str, str] | None:
        """What is due next, as (when, address, why)."""
        with self._file.reading() as conn:
            row = conn.execute("SELECT due, url, why FROM watch WHERE due IS NOT NULL ORDER BY due LIMIT 1").fetchone()
        return (moment(row[0]), row[1], row[2]) if row else None

    def forget(self, source: str) -> int:
        """Watch a removed source no longer; what was archived stays. How many pages that were."""
        with self._file.writing() as conn:
            conn.execute("DELETE FROM backfill WHERE source = ?", (source,))
            conn.execute("DELETE FROM watch WHERE source = ? AND kind = 'listing'", (source,))
            return conn.execute("DELETE FROM watch WHERE source = ?", (source,)).rowcount


class Backfill:
    """A source's walk through its past: which listings it has read and which it has still to read. Survives a kill."""

    def __init__(self, file: File, source: str) -> None:
        self._file, self._source = file, source

    def add(self, urls: Iterable[str]) -> None:
        """Put listings on the way; those that were ever on it stay as they are, so that a circle ends."""
        rows = [(self._source, clean(page_key(url)), clean(url)) for url in urls]
        with self._file.writing() as conn:
            conn.executemany(
                """INSERT INTO backfill (source, key, url, state, place)
                SELECT ?1, ?2, ?3, 'waiting', count(*) FROM backfill WHERE source = ?1
                ON CONFLICT DO NOTHING""",
                rows,
            )

    def waiting(self) -> list[str]:
        """Listings that are still to be read, in the order in which they were found."""
        with self._file.reading() as conn:
            rows = conn.execute(
                "SELECT url FROM backfill WHERE source = ? AND state = 'waiting' ORDER BY place", (self._source,)
            )
            return [url for (url,) in rows]

    def counts(self) -> tuple[int, int, int]:
        """How many listings are on the way, how many of them were read, and how many have failed for good."""
        with self._file.reading() as conn:
            states = dict(
                conn.execute("SELECT state, count(*) FROM backfill WHERE source = ? GROUP BY state", (self._source,)).fetchall()
            )
        return sum(states.values()), states.get("read", 0), states.get("failed", 0)

    def done(self, url: str, state: str = "read") -> None:
        """A listing was read, or has "failed" for good."""
        with self._file.writing() as conn:
            conn.execute(
                "UPDATE backfill SET state = ? WHERE source = ? AND key = ?", (state, self._source, clean(page_key(url)))
            )


def _parts(urls: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """The keys of addresses, in parts small enough for one query, each with its question marks."""
    keys = [clean(page_key(url)) for url in urls]
    for start in range(0, len(keys), _PART):
        part = keys[start : start + _PART]
        yield part, ", ".join("?" * len(part))


def _ahead(now: datetime) -> str:
    return stamp(now + timedelta(hours=1))


def _put(conn: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (len(_FIELDS) + 6))
    conn.executemany(
        f"""INSERT INTO watch (source, kind, key, host, due, why, {_COLUMNS}) VALUES ({marks})
        ON CONFLICT DO UPDATE SET {_SET}""",
        rows,
    )


def _row(source: str, kind: str, record: Record, due: Due) -> tuple[object, ...]:
    when = stamp(due.at) if due.at else None
    known = (source, kind, clean(page_key(record.url)), clean(host_of(record.url)), when, clean(due.why))
    return known + tuple(_values(record))


def _values(record: Record) -> Iterator[object]:
    for name in _FIELDS:
        value = getattr(record, name)
        yield stamp(value) if isinstance(value, datetime) else clean(value) if isinstance(value, str) else value


def _record(row: Sequence[str | int | None]) -> Record:
    named = {name: moment_or_none(value) if name in _TIMES else value for name, value in zip(_FIELDS, row, strict=True)}
    return Record(**named)  # type: ignore[arg-type]
