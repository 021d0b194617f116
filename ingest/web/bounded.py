"""Undo compression without ever holding more than was agreed.

A gzip of 1.8 KB can stand for a gigabyte, so the decoder asks zlib for a bounded piece at a time and stops at the limit.
"""

from __future__ import annotations

import zlib

_PIECE = 65_536
_FRAME = 1024  # bytes that gzip may add to what it cannot compress
_GZIP = 31  # zlib's number for "gzip, with the largest window"
_MAGIC = b"\x1f\x8b"


class Overflow(Exception):
    """More bytes than the limit."""


class Cut(Exception):
    """The stream ends too early, or is not what it says."""


class Plain:
    """No compression: only the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out = bytearray()

    def feed(self, data: bytes) -> None:
        room = self._limit - len(self._out)
        self._out += data[:room]
        if len(data) > room:
            raise Overflow

    def finish(self) -> bytes:
        return bytes(self._out)

    def so_far(self) -> bytes:
        return bytes(self._out)


class Gzip:
    """One gzip stream, of one member or more (RFC 1952)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._out = bytearray()
        self._taken = 0
        self._zlib = zlib.decompressobj(_GZIP)
        self._held = b""  # the first byte of what may be a further member
        self._ended = False

    def feed(self, data: bytes) -> None:
        self._taken += len(data)
        data, self._held = self._held + data, b""
        if self._taken > self._limit + _FRAME:  # members without content would never fill the output
            raise Overflow
        try:
            while data and not self._ended:
                if self._zlib.eof:
                    if len(data) < len(_MAGIC):
                        self._held = data
                        return
                    if not data.startswith(_MAGIC):
                        self._ended = True  # what follows the last member is padding
                        return
                    self._zlib = zlib.decompressobj(_GZIP)
                data = self._member(data)
        except zlib.error as error:
            raise Cut(str(error)) from error

    def _member(self, data: bytes) -> bytes:
        """Feed one member; returns what comes after it."""
        while data:
            self._out += self._zlib.decompress(data, min(_PIECE, self._limit + 1 - len(self._out)))
            if len(self._out) > self._limit:
                raise Overflow
            data = self._zlib.unconsumed_tail
        return self._zlib.unused_data

    def finish(self) -> bytes:
        if not self._zlib.eof:
            raise Cut("the compressed body ends too early")
        return bytes(self._out)

    def so_far(self) -> bytes:
        return bytes(self._out[: self._limit])


def gunzip(data: bytes, limit: int) -> bytes:
    """A whole gzip file. Raises Overflow beyond `limit` bytes of either kind, Cut where it is truncated or not gzip.

    >>> import gzip
    >>> gunzip(gzip.compress(b"abc"), 10)
    b'abc'
    """
    decoder = Gzip(limit)
    decoder.feed(data)
    return decoder.finish()


def is_gzip(data: bytes) -> bool:
    """True for what begins as gzip does."""
    return data.startswith(_MAGIC)
