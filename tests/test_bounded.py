"""Decompression holds no more than was agreed, and knows a whole body from a cut one."""

from __future__ import annotations

import gzip
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web.bounded import Cut, Gzip, Overflow, Plain, gunzip

LIMIT = 50_000


def fed(decoder: Gzip | Plain, data: bytes, step: int) -> bytes:
    for start in range(0, len(data), step):
        decoder.feed(data[start : start + step])
    return decoder.finish()


@given(st.lists(st.binary(max_size=2_000), min_size=1, max_size=4), st.integers(1, 500))
def test_whole_however_it_is_cut_up(members: list[bytes], step: int) -> None:
    """One member or several, fed in pieces of any size, give what was put in."""
    packed = b"".join(gzip.compress(member) for member in members)
    assert fed(Gzip(LIMIT), packed, step) == b"".join(members)


@given(st.binary(min_size=1, max_size=2_000), st.data())
def test_cut_anywhere(body: bytes, data: st.DataObject) -> None:
    """A stream that ends too early is never taken for a whole one."""
    packed = gzip.compress(body)
    end = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(Cut):
        gunzip(packed[:end], LIMIT)


@given(st.binary(min_size=20, max_size=300), st.integers(12, 10_000))
def test_a_flipped_byte_is_seen(body: bytes, place: int) -> None:
    """The checksum holds the content; what is damaged is not passed on."""
    packed = bytearray(gzip.compress(body, mtime=0))
    packed[10 + place % (len(packed) - 10)] ^= 0x55
    with pytest.raises(Cut):
        gunzip(bytes(packed), LIMIT)


@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT])
def test_up_to_the_limit(size: int) -> None:
    for body in (b"x" * size, os.urandom(size)):
        assert gunzip(gzip.compress(body), LIMIT) == body
        assert fed(Plain(LIMIT), body, 999) == body


def test_beyond_the_limit() -> None:
    for data in (gzip.compress(b"x" * (LIMIT + 1)), gzip.compress(b"x" * 10_000_000), gzip.compress(b"") * 10_000):
        with pytest.raises(Overflow):
            gunzip(data, LIMIT)
    with pytest.raises(Overflow):
        fed(Plain(LIMIT), b"x" * (LIMIT + 1), 777)


@pytest.mark.parametrize("decoder", [Gzip(LIMIT), Plain(LIMIT)])
def test_what_came_before_the_limit(decoder: Gzip | Plain) -> None:
    """Where the rest is not needed, as in a robots.txt, the beginning is there."""
    data = b"x" * (LIMIT + 5)
    with pytest.raises(Overflow):
        decoder.feed(gzip.compress(data) if isinstance(decoder, Gzip) else data)
    assert decoder.so_far() == b"x" * LIMIT


def test_padding_after_the_last_member() -> None:
    assert gunzip(gzip.compress(b"words") + b"\0" * 512, LIMIT) == b"words"
