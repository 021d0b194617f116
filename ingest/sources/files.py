"""Read what was saved before: a page, a gzipped page, a text dump, or standard input, as a Capture.

Where it came from is told by the caller, else by the page itself (the "saved from" note that browsers leave, its canonical
address), else it is a `file:` address.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from parsers.errors import BadAddress, NotAllowed, NotText, PipelineError
from parsers.model import Capture

from ..web.address import checked, is_url, public
from ..web.bounded import Cut, Overflow, gunzip, is_gzip
from ..web.turns import Clock, utc_now

STDIN = "-"
AHEAD = timedelta(days=1)  #: of our clock, that a time may be
_HEAD = 262_144  #: bytes in which a page says where it belongs

_SAVED = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(\S{1,2000}?)\s*-->", re.I)  # written by every browser since IE 4
_SINGLEFILE = re.compile(r"Page saved with SingleFile\s{1,20}url:\s{0,5}(\S{1,2000})", re.I)
_CANONICAL = re.compile(r"<(?:link|meta)\b[^>]{1,3000}>", re.I)
_ATTRIBUTE = re.compile(r"""\b(rel|href|property|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)


class FileError(PipelineError):
    """A file that cannot be read."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


def _unheard(_: str) -> None:
    """Nobody asks what was noted."""


def read_file(
    path: str, limit: int, url: str = "", at: datetime | None = None, *, now: Clock = utc_now,
    note: Callable[[str], object] = _unheard,
) -> Capture:  # fmt: skip
    """One saved page. Raises FileError, NotText for an empty file, BadAddress or NotAllowed for a `url` that is none.

    Without `at` the file's own time stands in, marked as approximate; where that is still to come it is now, and `note`
    hears of it.
    """
    data, modified = _bytes(path, limit)
    if at is None and still_to_come(modified, now()):
        note(f"the file's own time, {modified:%Y-%m-%d}, is still to come, so it counts as saved now")
    if is_gzip(data):
        data = _unzipped(path, data, limit)
    if not data.strip(b"\x00 \t\r\n"):
        raise NotText(path, "the page is empty")
    address = public(checked(url)) if url else said_url(data) or _file_url(path)
    return Capture(url=address, body=data, fetched_at=at or min(modified, now()), origin="file", approximate=at is None)


def _bytes(path: str, limit: int) -> tuple[bytes, datetime]:
    """At most `limit` bytes of a file, and when it was last written."""
    try:
        if path == STDIN:
            data, modified = sys.stdin.buffer.read(limit + 1), utc_now()
        else:
            with Path(path).open("rb") as source:
                data = source.read(limit + 1)
            modified = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    except FileNotFoundError:
        raise FileError(path, "there is no such file") from None
    except IsADirectoryError:
        raise FileError(path, "this is a folder; give the files in it") from None
    except (OSError, ValueError, OverflowError) as error:
        raise FileError(path, f"it cannot be read ({getattr(error, 'strerror', None) or error})") from error
    if len(data) > limit:
        raise FileError(path, f"it is longer than {limit:,} bytes, which no page is; see max_bytes in the config")
    return data, modified


def _unzipped(path: str, data: bytes, limit: int) -> bytes:
    try:
        return gunzip(data, limit)
    except Overflow:
        raise FileError(
            path, f"it unfolds to more than {limit:,} bytes, which no page does; see max_bytes in the config"
        ) from None
    except Cut as error:
        raise FileError(path, f"its gzip is damaged or cut off ({error})") from error


def _file_url(path: str) -> str:
    return "file:///dev/stdin" if path == STDIN else Path(path).resolve().as_uri()


def said_url(body: bytes) -> str:
    """Where a saved page says that it belongs, or ``""``.

    >>> said_url(b"<!-- saved from url=(0026)https://blog.example/post/ --><p>...")
    'https://blog.example/post/'
    """
    head = body[:_HEAD].decode("utf-8", "replace")
    found = _SAVED.search(head) or _SINGLEFILE.search(head)
    said = [html.unescape(found[1])] if found else []
    for address in (*said, *_canonicals(head)):
        try:
            if is_url(address):
                return public(checked(address))
        except (BadAddress, NotAllowed):
            continue
    return ""


def _canonicals(head: str) -> list[str]:
    """`<link rel=canonical>`, then `<meta property=og:url>`."""
    links, metas = [], []
    for tag in _CANONICAL.findall(head):
        facts = {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if "canonical" in facts.get("rel", "").lower().split():
            links.append(facts.get("href", ""))
        elif facts.get("property", "").lower() == "og:url":
            metas.append(facts.get("content", ""))
    return links + metas


def read_time(text: str, now: datetime) -> datetime:
    """A time in the past that a person gives, as UTC; without an offset it is taken to be UTC. Raises ValueError, in words.

    >>> now = datetime(2026, 11, 25, tzinfo=UTC)
    >>> read_time("2019-02-26", now).isoformat(), read_time("2019-02-26T10:00+01:00", now).isoformat()
    ('2019-02-26T00:00:00+00:00', '2019-02-26T09:00:00+00:00')
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no time; write it as 2019-02-26T10:00Z") from None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    if still_to_come(moment, now):
        why = "is still to come, and all that is seen later would be dated so; give the time at which it was saved"
        raise ValueError(f"{text!r} {why}")
    return moment


def still_to_come(at: datetime, now: datetime) -> bool:
    """True for a time at which nothing can have been saved. A day is let through: clocks differ, and a date is midnight UTC."""
    return at > now + AHEAD
