"""Bytes kept once, compressed, and known by the SHA-256 of what they were before.

A page is rarely sent twice with the same bytes (nonces, cache comments), so a later body is kept as a patch against a
keyframe: an earlier body of the same page, kept whole. Patches never stand on patches, so every read is two steps at most.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from parsers.errors import Damaged

C = zstd.CompressionParameter
MOST_PATCHES = 64  #: on one keyframe
WORTH_IT = 0.25  #: a patch larger than this share of a whole frame is not kept as one
_WIDEST = 27  #: a window (128 MB) that every decoder takes without being told
_SMALLEST_KEY = 8  #: bytes; zstd takes no shorter dictionary


def whole(body: bytes) -> bytes:
    """Compress a keyframe. Level 9 would take 9 % less room on saved pages of 90 KB, and five times as long (0.3 to 1.4 ms)."""
    return zstd.compress(body, options={C.compression_level: 3, C.checksum_flag: 1})


def patch(body: bytes, key: bytes) -> bytes:
    """Compress a body as its difference from `key`.

    The window must span both, and long-distance matching find what is far apart, or a long page is not patched at all;
    without the checksum a wrong key would give other bytes and no error.
    """
    window = min(_WIDEST, max(10, (len(key) + len(body)).bit_length()))
    options: dict[int, int] = {
        C.compression_level: 3,
        C.checksum_flag: 1,
        C.enable_long_distance_matching: 1,
        C.window_log: window,
    }
    return zstd.compress(body, options=options, zstd_dict=zstd.ZstdDict(key, is_raw=True).as_prefix)


def unfold(data: bytes, key: bytes | None = None) -> bytes:
    """The bytes of a keyframe, or of a patch with its key. Raises ZstdError."""
    if key is None:
        return zstd.decompress(data)
    return zstd.decompress(data, zstd_dict=zstd.ZstdDict(key, is_raw=True).as_prefix)


def put(conn: sqlite3.Connection, body: bytes, like: int | None = None) -> int:
    """Keep a body and return its blob's id; `like` is the blob of an earlier body of the same page."""
    digest = hashlib.sha256(body).hexdigest()
    known = conn.execute("SELECT id FROM blob WHERE sha256 = ?", (digest,)).fetchone()
    if known:
        return int(known[0])
    base, data = _smallest(conn, body, like)
    row = (digest, len(body), "zstd" if base is None else "zstd-patch", base, len(data))
    blob = conn.execute(
        "INSERT INTO blob (sha256, size, codec, base_id, stored_size) VALUES (?, ?, ?, ?, ?)", row
    ).lastrowid
    assert blob is not None
    conn.execute("INSERT INTO blob_data (blob_id, data) VALUES (?, ?)", (blob, data))
    return blob


def get(conn: sqlite3.Connection, blob: int) -> bytes:
    """A body as it came. Raises Damaged where what is stored does not give the bytes that were kept."""
    found = conn.execute(
        "SELECT sha256, base_id, data FROM blob LEFT JOIN blob_data ON blob_id = id WHERE id = ?", (blob,)
    ).fetchone()
    if found is None or found[2] is None:
        raise Damaged("its bytes are missing", f"blob {blob}")
    digest, base, data = found
    try:
        body = unfold(data, None if base is None else get(conn, base))
    except zstd.ZstdError as error:
        raise Damaged(f"its bytes cannot be read ({error})", f"blob {blob}") from error
    if hashlib.sha256(body).hexdigest() != digest:
        raise Damaged("its bytes are not those that were kept", f"blob {blob}")
    return body


def _smallest(conn: sqlite3.Connection, body: bytes, like: int | None) -> tuple[int | None, bytes]:
    """The keyframe to stand on, if any, and the data to store."""
    keyframe = None if like is None else _keyframe(conn, like)
    if keyframe is None:
        return None, whole(body)
    base, stored, size = keyframe
    data = patch(body, get(conn, base))
    # What a whole frame would take, told by the keyframe's own ratio, so that it need not be made to be thrown away.
    if len(data) <= WORTH_IT * len(body) * stored / size:
        return base, data
    return None, whole(body)


def _keyframe(conn: sqlite3.Connection, like: int) -> tuple[int, int, int] | None:
    """The keyframe of an earlier body, with its stored and its real size; None where a new one is due."""
    base, stored, size = conn.execute(
        "SELECT key.id, key.stored_size, key.size FROM blob AS one JOIN blob AS key ON key.id = coalesce(one.base_id, one.id)"
        " WHERE one.id = ?",
        (like,),
    ).fetchone()
    patches = conn.execute("SELECT count(*) FROM blob WHERE base_id = ?", (base,)).fetchone()[0]
    return None if size < _SMALLEST_KEY or patches >= MOST_PATCHES else (base, stored, size)
