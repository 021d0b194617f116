"""Captures and visits: what came, when, and from where. Rows are added here and never changed.

A visit is one `fetch` row, whatever came of it. A capture is a body that differs from the one before it at its address.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from parsers.errors import BadStatus, PipelineError
from parsers.model import Capture
from parsers.urls import host_of, page_key

from . import blobs
from .pages import own_page, page_of
from .rows import as_json, clean, insert
from .times import moment, spoken, stamp

#: Headers that differ at every request. Their values are kept beside the capture, so that the rest is kept once a site.
VOLATILE = frozenset(
    "date age expires etag last-modified content-length x-request-id x-runtime x-timer x-served-by x-cache x-cache-hits cf-ray"
    " cf-cache-status report-to nel x-amz-cf-id x-amz-request-id x-varnish x-ac x-nananana link via server-timing".split()
)
#: Headers that could let somebody in; they are not kept.
SECRET = frozenset(("set-cookie", "set-cookie2", "authorization", "proxy-authorization", "cookie"))


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server may be asked with, to hear that nothing has changed."""

    etag: str
    last_modified: str


def keep(conn: sqlite3.Connection, capture: Capture, run: int | None, ignored_robots: bool, page: int | None = None) -> int:
    """Note the visit, and keep the body where it is new at its address; the capture's id. `page` is whose extra it is."""
    if capture.role == "page":
        page = own_page(conn, capture)
    last = _newest(conn, capture, page)
    body = hashlib.sha256(capture.body).hexdigest()
    same = last is not None and last[2] == body
    known = last[0] if last is not None and same else _insert(conn, capture, page, last[1] if last else None, ignored_robots)
    outcome = "same-bytes" if same else "captured"
    _visit(conn, page, run, capture.fetched_at, outcome, capture.status, known, len(capture.body), capture.url, ignored_robots)
    if capture.role == "page" and (capture.origin == "live" or not _has_later(conn, page, capture.fetched_at)):
        conn.execute(
            "UPDATE page SET etag = ?, last_modified = ? WHERE id = ?",
            (capture.header("etag"), capture.header("last-modified"), page),
        )
    return known


def find(conn: sqlite3.Connection, capture: Capture) -> int | None:
    """The id of a capture that was kept: the newest with these bytes at this address."""
    row = conn.execute(
        "SELECT capture.id FROM capture JOIN blob ON blob.id = blob_id WHERE url_key = ? AND role = ? AND sha256 = ?"
        " ORDER BY capture.id DESC LIMIT 1",
        (page_key(capture.url), capture.role, hashlib.sha256(capture.body).hexdigest()),
    ).fetchone()
    return None if row is None else int(row[0])


def has(conn: sqlite3.Connection, capture: Capture) -> bool:
    """True where a visit at this time that brought these bytes is noted, and what was kept then needs no reading any more."""
    page = page_of(conn, capture.url)
    rows = conn.execute(
        "SELECT capture.id FROM fetch JOIN capture ON capture.id = capture_id JOIN blob ON blob.id = blob_id"
        " WHERE fetch.page_id = ? AND at IS ? AND role = 'page' AND sha256 = ?",
        (page, stamp(capture.fetched_at) if capture.fetched_at else None, hashlib.sha256(capture.body).hexdigest()),
    ).fetchall()
    last = newest(conn, page)
    if (last,) not in rows:
        return bool(rows)
    return conn.execute("SELECT 1 FROM reading WHERE capture_id = ?", (last,)).fetchone() is not None


def note_failure(conn: sqlite3.Connection, url: str, error: PipelineError, at: datetime, run: int | None) -> None:
    """Note a visit that gave nothing. It closes nothing, and makes no page of an address that never was one."""
    page = page_of(conn, url)
    row = {
        "page_id": page, "run_id": run, "at": stamp(at), "outcome": "error",
        "status": error.status if isinstance(error, BadStatus) else None, "url": _unusual(conn, page, url),
        "error_kind": type(error).__name__, "error": clean(str(error)), "later": error.later,
    }  # fmt: skip
    insert(conn, "fetch", row)


def note_not_modified(conn: sqlite3.Connection, url: str, at: datetime | None, run: int | None) -> None:
    """Note that the server calls the newest capture still good."""
    page = page_of(conn, url)
    _visit(conn, page, run, at, "not-modified", 304, newest(conn, page), 0, url, False)


def validators(conn: sqlite3.Connection, page: int | None) -> Validators | None:
    """Those of the page's newest answer, where its newest capture has been read."""
    row = conn.execute(
        "SELECT coalesce(etag, ''), coalesce(last_modified, '') FROM page WHERE id = ?"
        " AND EXISTS (SELECT 1 FROM reading WHERE capture_id = ?)",
        (page, newest(conn, page)),
    ).fetchone()
    return Validators(*row) if row and any(row) else None


def newest(conn: sqlite3.Connection, page: int | None) -> int | None:
    """The newest capture of a page, read or not; what was found to be older than the history when it came is left out."""
    row = conn.execute(
        "SELECT id FROM capture WHERE page_id = ? AND role = 'page' AND (EXISTS (SELECT 1 FROM reading WHERE"
        " capture_id = capture.id AND folded) OR NOT EXISTS (SELECT 1 FROM reading WHERE capture_id = capture.id))"
        " ORDER BY id DESC LIMIT 1",
        (page,),
    ).fetchone()
    return None if row is None else int(row[0])


def load(conn: sqlite3.Connection, capture: int) -> Capture:
    """A capture as it was kept. Raises Damaged."""
    row = conn.execute(
        "SELECT url, blob_id, captured_at, final_url, status, header_values, origin, role, approximate, headers"
        " FROM capture LEFT JOIN header_set ON header_set.id = header_set_id WHERE capture.id = ?",
        (capture,),
    ).fetchone()
    url, blob, at, final, status, values, origin, role, approximate, headers = row
    return Capture(
        url=url,
        body=blobs.get(conn, blob),
        fetched_at=moment(at) if at else None,
        final_url=final,
        status=status,
        headers=_join_headers(headers, values),
        origin=origin,
        role=role,
        approximate=bool(approximate),
    )


def _newest(conn: sqlite3.Connection, capture: Capture, page: int | None) -> tuple[int, int, str] | None:
    """Id, blob and hash of the newest capture of the same page, or of the same extra."""
    column, value = ("page_id", page) if capture.role == "page" else ("url_key", page_key(capture.url))
    found: tuple[int, int, str] | None = conn.execute(
        f"SELECT capture.id, blob_id, sha256 FROM capture JOIN blob ON blob.id = blob_id WHERE {column} = ? AND role = ?"
        " ORDER BY capture.id DESC LIMIT 1",
        (value, capture.role),
    ).fetchone()
    return found


def _has_later(conn: sqlite3.Connection, page: int | None, at: datetime | None) -> bool:
    """True where a page has a capture of a later time than `at`: an old copy's validators ask a server for old bytes."""
    later = "SELECT 1 FROM capture WHERE page_id = ? AND role = 'page' AND captured_at > ? LIMIT 1"
    return conn.execute(later, (page, stamp(at) if at else "")).fetchone() is not None


def _insert(conn: sqlite3.Connection, capture: Capture, page: int | None, like: int | None, ignored_robots: bool) -> int:
    at = stamp(capture.fetched_at) if capture.fetched_at else None
    where = host_of(capture.final_url or capture.url)
    names, values = _split_headers(capture.headers)
    row = {
        "label": clean(f"{spoken(at or '')} {where}" + ("" if capture.role == "page" else f" ({capture.role})")),
        "page_id": page,
        "role": capture.role,
        "url": clean(capture.url),
        "url_key": clean(page_key(capture.url)),
        "final_url": clean(capture.final_url),
        "captured_at": at,
        "approximate": capture.approximate,
        "status": capture.status,
        "origin": capture.origin,
        "blob_id": blobs.put(conn, capture.body, like),
        "header_set_id": _header_set(conn, names),
        "header_values": values,
        "ignored_robots": ignored_robots,
    }
    return insert(conn, "capture", row)


def _visit(
    conn: sqlite3.Connection, page: int | None, run: int | None, at: datetime | None, outcome: str, status: int,
    capture: int | None, size: int, url: str, ignored_robots: bool,
) -> None:  # fmt: skip
    row = {
        "page_id": page, "run_id": run, "at": stamp(at) if at else None, "outcome": outcome, "status": status,
        "capture_id": capture, "bytes": size, "url": _unusual(conn, page, url), "ignored_robots": ignored_robots,
    }  # fmt: skip
    insert(conn, "fetch", row)


def _unusual(conn: sqlite3.Connection, page: int | None, url: str) -> str | None:
    """The address that was asked for, where that is not the page's own: most visits need not a word more."""
    usual = conn.execute("SELECT url FROM page WHERE id = ?", (page,)).fetchone()
    return None if usual and usual[0] == url else clean(url)


def _header_set(conn: sqlite3.Connection, headers: str) -> int:
    digest = hashlib.sha256(headers.encode()).hexdigest()
    known = conn.execute("SELECT id FROM header_set WHERE sha256 = ?", (digest,)).fetchone()
    return int(known[0]) if known else insert(conn, "header_set", {"sha256": digest, "headers": headers})


def _split_headers(headers: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """What a site sends alike with every page, and the values that it does not; both as JSON, in order."""
    kept = [(clean(name), clean(value)) for name, value in headers if name.lower() not in SECRET]
    stable = [[name, None if name.lower() in VOLATILE else value] for name, value in kept]
    return as_json(stable), as_json([value for name, value in kept if name.lower() in VOLATILE])


def _join_headers(stable: str | None, values: str) -> tuple[tuple[str, str], ...]:
    rest = iter(json.loads(values))
    return tuple((name, next(rest) if value is None else value) for name, value in json.loads(stable or "[]"))


def extras_for(conn: sqlite3.Connection, page: int | None, capture: int) -> list[int]:
    """What was fetched for a capture of a page: what its newest reading had, else what was kept since."""
    reading = conn.execute("SELECT max(id) FROM reading WHERE capture_id = ?", (capture,)).fetchone()[0]
    rows = conn.execute(
        "SELECT capture_id FROM reading_extra WHERE reading_id = ? ORDER BY place"
        if reading
        else "SELECT max(id) FROM capture WHERE page_id = ? AND role <> 'page' AND id > ? GROUP BY url_key ORDER BY 1",
        (reading,) if reading else (page, capture),
    )
    return [row[0] for row in rows]
