"""Record a reading: what one parser made of one bundle, and what that does to the history of its page.

A reading is compared with the page's last one by hash first, since most visits change nothing. A reading of bytes older than
the last is kept and folded into nothing: the history runs one way, until it can be derived anew from all that was kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from parsers.model import Bundle, Capture, Change, Parsed

from . import evidence, pages
from .diff import Plan, changes, diff
from .fold import Moment, order_of, write
from .rows import as_json, clean, insert
from .state import known_of
from .times import spoken, stamp

N = TypeVar("N")
LATE = "these bytes are older than what is known of the page: they are kept, and not folded into its history"


@dataclass(frozen=True, slots=True)
class Last:
    """The newest reading that a page's history holds."""

    reading: int
    at: str
    parser: str
    capture: int
    content: str
    papers: str


def record(
    conn: sqlite3.Connection, bundle: Bundle, parsed: Parsed, seen_at: datetime, run: int | None, cause: str,
    note: Callable[[str], object],
) -> tuple[Change, ...]:  # fmt: skip
    """Fold a reading into its page's history; what it changed. `note` hears what was not closed or not folded in, and why."""
    parsed, content, papers = _hashed(parsed)
    capture, page = _kept(conn, bundle.page, run)
    extras = [_kept(conn, extra, run, page)[0] for extra in bundle.extras]
    last = last_reading(conn, page)
    evidence_same = last is not None and (last.capture, extras_of(conn, last.reading)) == (capture, extras)
    content_same = last is not None and (last.content, last.papers) == (content, papers)
    if last and evidence_same and content_same and last.parser == parsed.parser:
        return ()
    if last and cause == "page" and last.parser != parsed.parser:
        cause = "parser" if evidence_same else "either"
    at = stamp(seen_at)
    late = last is not None and at < last.at and cause != "parser" and not _in_order(bundle.page)
    if late and _was_read(conn, capture, parsed.parser, content):
        note(LATE)
        return ()
    at = max(at, last.at) if last and not late else at
    plan = Plan() if late or content_same else diff(known_of(conn, page), parsed, cause)
    reading = _reading(conn, page, capture, extras, parsed, (at, cause, run, not late, content, papers), plan.notes)
    for told in plan.notes:
        note(told)
    if late:
        note(LATE)
        return ()
    write(conn, plan, Moment(page, reading, at, cause, run))
    _finish(conn, page, reading, parsed, at)
    if last is None or last.papers != papers:
        _papers(conn, page, parsed)
    if parsed.verdict.kind != "not_roundup":
        pages.same_page(conn, page, bundle.page)
    pages.call(conn, page, parsed.roundup.url, bundle.page.final_url or bundle.page.url)
    return changes(plan)


def last_reading(conn: sqlite3.Connection, page: int | None) -> Last | None:
    """The newest reading in a page's history."""
    row = conn.execute(
        "SELECT reading.id, reading.at, parser.label, reading.capture_id, content_sha256, papers_sha256 FROM reading"
        " JOIN parser ON parser.id = parser_id WHERE page_id = ? AND folded ORDER BY reading.id DESC LIMIT 1",
        (page,),
    ).fetchone()
    return None if row is None else Last(*row)


def extras_of(conn: sqlite3.Connection, reading: int) -> list[int]:
    """The captures that a reading had besides the page's."""
    rows = conn.execute("SELECT capture_id FROM reading_extra WHERE reading_id = ? ORDER BY place", (reading,))
    return [row[0] for row in rows]


def scrubbed(noun: N) -> N:
    """A noun with all its text such that SQLite can hold it; the same object where nothing was wrong."""
    if isinstance(noun, str):
        return clean(noun)  # type: ignore[return-value]
    if isinstance(noun, tuple):
        items = tuple(map(scrubbed, noun))
        return noun if all(a is b for a, b in zip(items, noun, strict=True)) else items  # type: ignore[return-value]
    if dataclasses.is_dataclass(noun) and not isinstance(noun, type):
        found = {field.name: scrubbed(getattr(noun, field.name)) for field in dataclasses.fields(noun)}
        changed = {name: value for name, value in found.items() if value is not getattr(noun, name)}
        return dataclasses.replace(noun, **changed) if changed else noun
    return noun


def _in_order(capture: Capture) -> bool:
    """True where captures come in the order of their times: a clock that has jumped back undoes nothing."""
    return capture.origin == "live"


def _was_read(conn: sqlite3.Connection, capture: int, parser: str, content: str) -> bool:
    """True where this parser has read the same in these bytes before."""
    found = conn.execute(
        "SELECT 1 FROM reading JOIN parser ON parser.id = parser_id"
        " WHERE capture_id = ? AND parser.label = ? AND content_sha256 = ?",
        (capture, parser, content),
    ).fetchone()
    return found is not None


def _kept(conn: sqlite3.Connection, capture: Capture, run: int | None, page: int | None = None) -> tuple[int, int]:
    """A capture's id and its page's; kept now where nobody has, for a reading without its evidence would be hearsay."""
    found = evidence.find(conn, capture)
    if found is None:
        found = evidence.keep(conn, capture, run, False, page)
    row = conn.execute("SELECT page_id FROM capture WHERE id = ?", (found,)).fetchone()
    return found, row[0]


def _hashed(parsed: Parsed) -> tuple[Parsed, str, str]:
    """The reading as it can be stored, with hashes over what was read and over what was left out."""
    content = repr((parsed.roundup, parsed.verdict.kind))
    papers = "\n".join([f"{line.place}\t{line.rule}\t{line.text}" for line in parsed.dropped] + ["", *parsed.left_over])
    said = repr((parsed.notes, parsed.verdict))
    # As `repr` writes what SQLite cannot hold.
    if clean(papers) != papers or any(sign in text for sign in ("\\x00", "\\ud") for text in (content, said)):
        clean_one = scrubbed(parsed)
        if clean_one is not parsed:
            return _hashed(clean_one)
    return parsed, hashlib.sha256(content.encode()).hexdigest(), hashlib.sha256(papers.encode()).hexdigest()


def _reading(
    conn: sqlite3.Connection, page: int, capture: int, extras: Sequence[int], parsed: Parsed,
    how: tuple[str, str, int | None, bool, str, str], kept_open: tuple[str, ...],
) -> int:  # fmt: skip
    at, cause, run, folded, content, papers = how
    seen, verdict, words = parsed.roundup, parsed.verdict, parsed.words
    row = {
        "label": f"{spoken(at)} {verdict.kind}: {len(seen.statements)} statements, {len(seen.comments)} comments",
        "page_id": page, "capture_id": capture, "parser_id": _parser(conn, parsed.parser, at), "run_id": run, "at": at,
        "cause": cause, "folded": folded, "notes": as_json([*parsed.notes, *kept_open]), "verdict": verdict.kind,
        "confidence": float(verdict.confidence), "reasons": as_json(verdict.reasons),
        "comments_status": seen.comments_status, "statements": len(seen.statements), "comments": len(seen.comments),
        "statement_order": "[]", "words": words.visible, "words_claimed": words.claimed, "words_dropped": words.dropped,
        "words_left_over": words.left_over, "content_sha256": content, "papers_sha256": papers,
    }  # fmt: skip
    reading = insert(conn, "reading", row)
    conn.executemany(
        "INSERT INTO reading_extra (reading_id, place, capture_id) VALUES (?, ?, ?)",
        [(reading, place, extra) for place, extra in enumerate(extras, 1)],
    )
    return reading


def _parser(conn: sqlite3.Connection, label: str, at: str) -> int:
    row = conn.execute("SELECT id FROM parser WHERE label = ?", (label,)).fetchone()
    return int(row[0]) if row else insert(conn, "parser", {"label": label, "first_used_at": at})


def _finish(conn: sqlite3.Connection, page: int, reading: int, parsed: Parsed, at: str) -> None:
    """Bring the page's own row to this reading."""
    seen, verdict = parsed.roundup, parsed.verdict
    title = conn.execute("SELECT title FROM page_version WHERE page_id = ? AND valid_to IS NULL", (page,)).fetchone()
    conn.execute("UPDATE reading SET statement_order = ? WHERE id = ?", (as_json(order_of(conn, page)), reading))
    conn.execute(
        "UPDATE page SET title = coalesce(nullif(?, ''), url), verdict = ?, confidence = ?, comments_status = ?, platform = ?,"
        " language = ?, first_seen_at = coalesce(first_seen_at, ?), read_at = ?, reading_id = ? WHERE id = ?",
        (
            title[0] if title else "", verdict.kind, float(verdict.confidence), seen.comments_status, seen.platform,
            seen.language, at, at, reading, page,
        ),
    )  # fmt: skip


def _papers(conn: sqlite3.Connection, page: int, parsed: Parsed) -> None:
    """What this reading left out, and why. Only the newest is kept: any older one can be made again from its capture."""
    conn.execute("DELETE FROM dropped WHERE page_id = ?", (page,))
    rows: list[tuple[int, int, str | None, str]] = [(page, line.place, line.rule, line.text) for line in parsed.dropped]
    rows += [(page, place, None, text) for place, text in enumerate(parsed.left_over, 1)]
    conn.executemany("INSERT INTO dropped (page_id, place, rule, text) VALUES (?, ?, ?, ?)", rows)
