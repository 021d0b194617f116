"""Bytes go in and come out the same, small, and known by their hash."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import blobs
from archive.tables import EVIDENCE
from parsers.errors import Damaged

PAGE = b"".join(f"<p id={n}>Paragraph {n} of a page about {n * 7919 % 1013} things.</p>\n".encode() for n in range(1500))


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    """The evidence tables, without the guards that a test of damage would trip over."""
    opened = sqlite3.connect(":memory:", isolation_level=None)
    opened.executescript(EVIDENCE)
    yield opened
    opened.close()


def noisy(number: int) -> bytes:
    """The page as WordPress would serve it the n-th time."""
    return PAGE.replace(b"<p id=3>", f"<p id=3 data-nonce={random.Random(number).randbytes(8).hex()}>".encode()) + f"<!-- cached {number} -->".encode()


@given(st.binary(max_size=5000))
def test_whole(body: bytes) -> None:
    """Any bytes survive."""
    assert blobs.unfold(blobs.whole(body)) == body


@given(st.binary(min_size=8, max_size=3000), st.lists(st.binary(max_size=200), max_size=8), st.randoms(use_true_random=False))
def test_patch(key: bytes, inserts: list[bytes], chance: random.Random) -> None:
    """Any bytes survive as a patch against any others, near or far."""
    body = key
    for insert in inserts:
        at = chance.randrange(len(body) + 1)
        body = body[:at] + insert + body[at + chance.randrange(20) :]
    assert blobs.unfold(blobs.patch(body, key), key) == body


def test_a_patch_is_small() -> None:
    """A later capture of a page of 139 KB costs well under a kilobyte."""
    first, later = noisy(0), noisy(1)
    assert len(blobs.patch(later, first)) < 300 < 8000 < len(blobs.whole(later))


def test_a_long_page_is_patched_too() -> None:
    """Three megabytes with an insert at the front: the window spans both."""
    key = random.Random(1).randbytes(3_000_000)
    assert len(blobs.patch(b"new" * 100 + key, key)) < 5000


def test_a_wrong_keyframe_is_noticed() -> None:
    """The checksum says so; else other bytes would come out."""
    with pytest.raises(blobs.zstd.ZstdError):
        blobs.unfold(blobs.patch(noisy(1), noisy(0)), noisy(2)[::-1])


def test_put_and_get(conn: sqlite3.Connection) -> None:
    """The same bytes are kept once, and are found by their SHA-256."""
    one, other = blobs.put(conn, PAGE), blobs.put(conn, b"")
    assert (blobs.put(conn, PAGE), blobs.get(conn, one), blobs.get(conn, other)) == (one, PAGE, b"")
    assert conn.execute("SELECT sha256, size, codec FROM blob WHERE id = ?", (one,)).fetchone() == (hashlib.sha256(PAGE).hexdigest(), len(PAGE), "zstd")


def test_patches_stand_on_a_keyframe_and_never_on_a_patch(conn: sqlite3.Connection) -> None:
    """Depth is always one, and after 64 patches a new keyframe is made."""
    last = blobs.put(conn, noisy(0))
    ids = [last]
    for number in range(1, 70):
        last = blobs.put(conn, noisy(number), last)
        ids.append(last)
    codecs = [conn.execute("SELECT codec FROM blob WHERE id = ?", (ref,)).fetchone()[0] for ref in ids]
    assert codecs == ["zstd"] + ["zstd-patch"] * 64 + ["zstd"] + ["zstd-patch"] * 4
    assert conn.execute("SELECT count(*) FROM blob AS a JOIN blob AS b ON b.id = a.base_id WHERE b.base_id IS NOT NULL").fetchone() == (0,)
    assert [blobs.get(conn, ref) for ref in ids] == [noisy(number) for number in range(70)]


def test_another_page_is_no_patch(conn: sqlite3.Connection) -> None:
    """A patch that saves little is not kept as one."""
    first = blobs.put(conn, PAGE)
    second = blobs.put(conn, random.Random(2).randbytes(100_000), first)
    assert conn.execute("SELECT codec FROM blob WHERE id = ?", (second,)).fetchone() == ("zstd",)


@pytest.mark.parametrize("short", [b"", b"a", b"1234567"])
def test_a_short_page_is_no_keyframe(conn: sqlite3.Connection, short: bytes) -> None:
    """Zstandard takes no dictionary under eight bytes."""
    first = blobs.put(conn, short)
    assert blobs.get(conn, blobs.put(conn, short + b" and more", first)) == short + b" and more"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE blob_data SET data = substr(data, 1, length(data) / 2) WHERE blob_id = {ref}",
        "UPDATE blob_data SET data = x'00' WHERE blob_id = {ref}",
        "UPDATE blob_data SET data = (SELECT data FROM blob_data WHERE blob_id = {other}) WHERE blob_id = {ref}",
        "DELETE FROM blob_data WHERE blob_id = {ref}",
    ],
)
def test_damage_is_told(conn: sqlite3.Connection, damage: str) -> None:
    """Cut, overwritten, swapped or lost: never other bytes, always an error that names the blob."""
    ref, other = blobs.put(conn, PAGE), blobs.put(conn, b"another page altogether" * 50)
    conn.execute(damage.format(ref=ref, other=other))
    with pytest.raises(Damaged, match=f"blob {ref}"):
        blobs.get(conn, ref)
