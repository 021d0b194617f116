"""Saved pages: what was in the file, where it came from, and when."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sources.files import FileError, read_file, said_url
from parsers.errors import BadAddress, NotText, PipelineError

LIMIT = 100_000
PAGE = b"<!doctype html><title>Will it hold?</title><p>Words.</p>"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "post.html"
    path.write_bytes(PAGE)
    os.utime(path, (1_551_175_200, 1_551_175_200))
    return path


def test_page(saved: Path) -> None:
    """The bytes as they are, the file's own time as a guess, and a file: address where nothing better is known."""
    page = read_file(str(saved), LIMIT)
    assert (page.body, page.origin, page.approximate) == (PAGE, "file", True)
    assert page.fetched_at == datetime(2019, 2, 26, 10, tzinfo=UTC)
    assert page.url == saved.as_uri()


def test_told(saved: Path) -> None:
    """What the caller says goes before what the file says, secrets aside."""
    page = read_file(str(saved), LIMIT, "https://ann:pw@blog.example/post?token=x", datetime(2020, 1, 1, tzinfo=UTC))
    assert (page.url, page.fetched_at, page.approximate) == ("https://blog.example/post", datetime(2020, 1, 1, tzinfo=UTC), False)


def test_gzip(tmp_path: Path) -> None:
    """A gzipped page is known by its bytes, whatever its name."""
    for name in ("post.html.gz", "post.html"):
        (tmp_path / name).write_bytes(gzip.compress(PAGE, mtime=0))
        assert read_file(str(tmp_path / name), LIMIT).body == PAGE


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<p>nothing said</p>", ""),
        (b"<!-- saved from url=(0026)https://blog.example/post/ --><p>x", "https://blog.example/post/"),
        (b"<!DOCTYPE html>\n<!-- saved from url=(0014)about:internet -->\n<html>", ""),
        (b"<!--\n Page saved with SingleFile \n url: https://blog.example/post/ \n saved date: x\n-->", "https://blog.example/post/"),
        (b"<link rel='canonical' href='https://blog.example/post/?a=1&amp;b=2'>", "https://blog.example/post/?a=1&b=2"),
        (b"<link href=https://blog.example/post/ rel=canonical>", "https://blog.example/post/"),
        (b"<link rel=canonical href=/post/>", ""),  # relative to an address that nobody knows
        (b"<link rel=alternate href=https://blog.example/feed/>", ""),
        (b"<meta content='https://blog.example/post/' property='og:url'>", "https://blog.example/post/"),
        (b"<meta property=og:url content=https://a.example/><link rel=canonical href=https://b.example/>", "https://b.example/"),
        (b"<link rel=canonical href=javascript:alert(1)>", ""),
    ],
)
def test_said_url(body: bytes, expected: str) -> None:
    assert said_url(body) == expected


@given(st.binary(max_size=400))
def test_said_url_never_fails(body: bytes) -> None:
    said = said_url(b"<link rel=canonical href='" + body + b"'>")
    assert not said or said.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("name", "body", "error", "words"),
    [
        ("empty.html", b"", NotText, "the page is empty"),
        ("blank.html", b" \n\0\t", NotText, "the page is empty"),
        ("long.html", b"x" * (LIMIT + 1), FileError, "longer than 100,000 bytes"),
        ("bomb.html.gz", gzip.compress(b"x" * (LIMIT + 1), mtime=0), FileError, "unfolds to more than 100,000 bytes"),
        ("cut.html.gz", gzip.compress(PAGE, mtime=0)[:-9], FileError, "damaged or cut off"),
        ("empty.html.gz", gzip.compress(b"", mtime=0), NotText, "the page is empty"),
    ],
)
def test_faults(tmp_path: Path, name: str, body: bytes, error: type[PipelineError], words: str) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(error) as caught:
        read_file(str(tmp_path / name), LIMIT)
    assert words in str(caught.value) and name in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        read_file(str(tmp_path / "none.html"), LIMIT)
    with pytest.raises(FileError, match="this is a folder"):
        read_file(str(tmp_path), LIMIT)
    with pytest.raises(FileError, match="cannot be read"):
        read_file("a\0b", LIMIT)


def test_device_without_end() -> None:
    """A file that never ends is read no further than a page is long."""
    with pytest.raises(FileError, match="longer than"):
        read_file("/dev/zero", LIMIT)


def test_bad_url(saved: Path) -> None:
    with pytest.raises(BadAddress):
        read_file(str(saved), LIMIT, "blog.example/post")
