"""Read WARC files (ISO 28500): each saved answer that is a web page, as a Capture. The only module that imports fastwarc.

fastwarc stops at the first damaged record; here reading goes on at the next place where a record begins. Its own undoing of
compression has neither bound nor, after a chunked record, an end, so only the chunks are left to it.
"""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from parsers.errors import BadAnswer, NotAllowed, NotThePage, PipelineError, TooLarge, Truncated
from parsers.model import Capture

from ..web.address import checked, is_url, public
from ..web.bounded import Cut, Gzip, Overflow, Plain, is_gzip
from ..web.turns import utc_now
from ..web.walls import wall
from .files import FileError, still_to_come

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

SUFFIXES = (".warc", ".warc.gz")
_PAGES = ("text/html", "application/xhtml+xml")
_HEADERS = 65_536  #: bytes of one record's headers
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"WARC/1."
_PIECE = 65_536


class NoWarcReader(PipelineError):
    """What reads WARC files is not installed."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: reading WARC files needs one more package: pip install 'roundup-ingest[warc]'")
        self.path = path


def read_warc(path: Path, limit: int) -> Iterator[Capture | PipelineError]:
    """The pages of a file in its order, and an error for each record that is damaged or too long; `limit` is in bytes.

    Raises NoWarcReader, and FileError where the file cannot be opened or is no WARC.
    """
    try:
        import fastwarc.warc  # noqa: F401 - an extra; asked for before the file is
    except ImportError:
        raise NoWarcReader(str(path)) from None
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                raise FileError(str(path), "the file is empty")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                yield from _read(str(path), file, data, limit)
    except OSError as error:
        raise FileError(str(path), f"it cannot be read ({error.strerror or error})") from error


def _read(path: str, file: BinaryIO, data: mmap.mmap, limit: int) -> Iterator[Capture | PipelineError]:
    begin, told = _next_record(data, 0), False
    if begin != 0:
        raise FileError(path, "it is not a WARC file")
    while begin >= 0:
        at = begin
        records = _records(file, begin)
        while True:
            try:
                record = next(records, None)
            except (OSError, ValueError) as error:  # a damaged record; where the next one begins is for us to find
                if not told:
                    yield FileError(path, f"a record behind byte {at:,} is damaged or cut off ({error})")
                told = True
                break
            if record is None:
                if not told and not _is_whole(data, at):
                    yield FileError(path, f"it is cut off, somewhere behind byte {at:,}")
                return
            at, told = begin + record.stream_pos, False
            with suppress(NotAllowed):  # dns: and the like are records of no page
                try:
                    capture = _capture(record, limit)
                except Truncated as error:
                    told = True
                    yield FileError(path, f"it is damaged or cut off in the record at byte {at:,}, {error}")
                except PipelineError as error:
                    yield error
                else:
                    if capture is not None:
                        yield capture
        begin = _next_record(data, at + 1)


def _records(file: BinaryIO, begin: int) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(begin)
    kinds = WarcRecordType.response
    return iter(ArchiveIterator(_Tail(file, begin), record_types=kinds, auto_decode="transfer", max_header_len=_HEADERS))


class _Tail:
    """A file from a place on, which is its byte 0."""

    def __init__(self, file: BinaryIO, begin: int) -> None:
        self._file, self._begin = file, begin

    def read(self, size: int = -1) -> bytes:
        return self._file.read(size)

    def tell(self) -> int:
        return self._file.tell() - self._begin

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset + self._begin if whence == 0 else offset, whence) - self._begin

    def close(self) -> None:
        """The file is closed by who opened it."""


def _next_record(data: mmap.mmap, at: int) -> int:
    """Where, from a place on, the next record begins; -1 where none does."""
    mark = _GZIP if data[:3] == _GZIP else _PLAIN
    while (at := data.find(mark, at)) >= 0:
        if mark == _PLAIN and (at == 0 or data[at - 1 : at] == b"\n"):
            return at
        if mark == _GZIP:
            with suppress(zlib.error):
                if zlib.decompressobj(31).decompress(data[at : at + 4096], len(_PLAIN)).startswith(_PLAIN):
                    return at
        at += 1
    return -1


def _is_whole(data: mmap.mmap, at: int) -> bool:
    """True where the last record ends as records do; `at` is where one of the last begins. fastwarc says nothing of it."""
    if data[:3] != _GZIP:
        return data[-2:] == b"\r\n"
    while (further := _next_record(data, at + 1)) >= 0:
        at = further
    member = zlib.decompressobj(31)
    with suppress(zlib.error):
        while not member.eof and (piece := member.unconsumed_tail or data[at : at + _PIECE]):
            at += 0 if member.unconsumed_tail else _PIECE
            member.decompress(piece, _PIECE)
    return member.eof


def _capture(record: WarcRecord, limit: int) -> Capture | None:
    """The page in a record; None where it holds none. Raises PipelineError."""
    http = record.http_headers
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # WARC/1.0 printed them in its example
    if http is None or http.status_code not in (200, 203) or not is_url(url):
        return None
    headers = tuple((name.lower(), value) for name, value in http if not name.lower().startswith("set-cookie"))
    if not _value(headers, "content-type").lower().startswith(_PAGES):
        return None
    shown = public(checked(url))
    date = None if record.record_date is None else record.record_date.astimezone(UTC)
    if date is not None and still_to_come(date, utc_now()):
        raise BadAnswer(shown, f"its record says that it was saved on {date:%Y-%m-%d}, which is still to come")
    capture = Capture(
        url=shown,
        body=_body(shown, record, headers, limit),
        fetched_at=date,
        status=http.status_code,
        headers=headers,
        origin="warc",
    )
    if reason := wall(capture):
        raise NotThePage(shown, reason)
    return capture


def _value(headers: tuple[tuple[str, str], ...], wanted: str) -> str:
    return next((value for name, value in headers if name == wanted), "").strip()


def _body(url: str, record: WarcRecord, headers: tuple[tuple[str, str], ...], limit: int) -> bytes:
    """A record's body without its compression. Raises TooLarge, Truncated and BadAnswer."""
    raw = record.reader.read(limit + 1)
    if len(raw) > limit:
        raise TooLarge(url, f"the body is longer than {limit:,} bytes")
    chunked = "chunked" in _value(headers, "transfer-encoding").lower()
    if len(raw) < record.content_length and not chunked:
        raise Truncated(url, "the body ended before it was whole")
    encoding = _value(headers, "content-encoding").lower()
    squeezed = encoding in ("gzip", "x-gzip") and is_gzip(raw)  # some recorders unfold the body and leave the header
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise BadAnswer(url, f"the body is compressed as {encoding[:40]!r}, which is not read here")
    sink = Gzip(limit) if squeezed else Plain(limit)
    try:
        sink.feed(raw)
        return sink.finish()
    except Overflow:
        raise TooLarge(url, f"the body unfolds to more than {limit:,} bytes") from None
    except Cut as error:
        raise Truncated(url, f"the body ended before it was whole ({error})") from error
