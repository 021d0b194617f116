"""A page that takes too long, too much memory or the parser with it costs its own reading and nothing else."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.worker import Worker, read_safely
from parsers import Bundle, Capture, Parsed
from parsers.errors import BadStatus, Damaged, Forbidden, NotText, ParserCrashed, PipelineError, TooComplex

URL = "https://blog.example/post/"
PAGE = Bundle(Capture(URL, b"<title>Will it rain?</title><p>Words of an honest page.</p>"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(timeout=2) as running:
        yield running


def test_reads_as_here(worker: Worker) -> None:
    """What comes from the worker is what would have been read in this process."""
    assert asyncio.run(worker.read(PAGE)) == read_safely(PAGE)


@pytest.mark.parametrize(
    ("work", "argument", "words"),
    [
        (time.sleep, 60, "took longer than 2 s"),
        (os._exit, 3, r"went down on this page \(exit code 3\)"),
        (signal.raise_signal, signal.SIGSEGV, "went down on this page"),
        (signal.raise_signal, signal.SIGKILL, "went down on this page"),
        (bytearray, 2**30, "took more than 700 MB"),
    ],
)
def test_what_goes_wrong_is_told_and_over(worker: Worker, work: object, argument: int, words: str) -> None:
    """The error names the page and the reason, in time, and the next page is read as if nothing had been."""
    began = time.monotonic()
    with pytest.raises(ParserCrashed, match=words) as caught:
        asyncio.run(worker.call(work, argument, URL))  # type: ignore[arg-type]
    assert caught.value.url == URL and time.monotonic() - began < 6
    assert asyncio.run(worker.read(PAGE)).roundup.url == URL


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NotText),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, NotText),
        (b"<div>" * 100_000 + b"words", TooComplex),
        (b"<ul><li>" * 40_000 + b"words", TooComplex),
        (b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">words", TooComplex),
        (b"<b>x</b>" * 200_000, TooComplex),
    ],
)
def test_errors_keep_their_kind_on_the_way_home(worker: Worker, body: bytes, error: type[PipelineError]) -> None:
    """Monstrous pages are refused before they are parsed, in little time, under the same name as here."""
    bundle = Bundle(Capture(URL, body))
    began = time.monotonic()
    with pytest.raises(error) as there:
        asyncio.run(worker.read(bundle))
    assert time.monotonic() - began < 2
    with pytest.raises(error) as here:
        read_safely(bundle)
    assert str(there.value) == str(here.value)


def test_many_at_once() -> None:
    """Two workers read beside one another, and each reading comes back to its own page."""
    pages = [Bundle(Capture(f"https://blog.example/{number}", b"<p>Words.</p>")) for number in range(40)]

    async def go(worker: Worker) -> list[Parsed]:
        return await asyncio.gather(*(worker.read(page) for page in pages))

    with Worker(2) as worker:
        assert [parsed.roundup.url for parsed in asyncio.run(go(worker))] == [page.page.url for page in pages]


@pytest.mark.parametrize(
    "error", [BadStatus(URL, 503, 60.0), Forbidden(URL, "no", later=True), Damaged("what", "where"), NotText(URL, "empty")]
)
def test_errors_survive_pickling(error: PipelineError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), vars(copy), copy.later) == (type(error), str(error), vars(error), error.later)


def test_a_reading_comes_back_as_it_went() -> None:
    """What a worker hands over is equal to what it made, every noun of it."""
    page = (Path(__file__).parent / "fixtures" / "reading" / "page.html").read_bytes()
    parsed = read_safely(Bundle(Capture("https://blog.example/post/", page)))
    assert parsed.dropped and parsed.roundup.statements
    assert pickle.loads(pickle.dumps(parsed)) == parsed
