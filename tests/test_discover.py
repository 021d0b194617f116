"""The walker follows what listings announce, once each, and survives what they do to it."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Iterable
from datetime import date

import pytest

from ingest.config import Source
from ingest.sources.discover import MOST, Step, too_old, unpacked, walk, wanted
from parsers import Capture, Listing
from parsers.errors import BadStatus, FetchError, NotAFeed, Unreachable

B = "https://blog.example"


def sitemap(*pages: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{B}/{page}</loc></url>' for page in pages)}</urlset>".encode()


def index(*sitemaps: str) -> bytes:
    return f"<sitemapindex>{''.join(f'<sitemap><loc>{B}/{name}</loc></sitemap>' for name in sitemaps)}</sitemapindex>".encode()


def steps(site: dict[str, bytes | FetchError], start: str, kind: str = "sitemap", on: Callable[[Step], Iterable[str]] = lambda step: step.listing.more, most: int = MOST) -> list[Step]:
    """A walk over a site that is a dict."""

    async def fetch(url: str) -> Capture:
        found = site.get(url.removeprefix(B + "/"), BadStatus(url, 404))
        if isinstance(found, FetchError):
            raise found
        return Capture(url, found)

    async def work(read: Callable[[Capture], Listing], capture: Capture) -> Listing:
        return read(capture)

    async def go() -> list[Step]:
        return [step async for step in walk(f"{B}/{start}", kind, fetch, work, on, most)]

    return asyncio.run(go())


def names(found: list[Step]) -> list[str]:
    return [step.url.removeprefix(B + "/") for step in found]


def test_one_listing() -> None:
    (step,) = steps({"s.xml": sitemap("a", "b")}, "s.xml")
    assert step.listing.pages == (f"{B}/a", f"{B}/b")


def test_sitemap_of_sitemaps() -> None:
    found = steps({"i.xml": index("1.xml", "2.xml"), "1.xml": sitemap("a"), "2.xml": sitemap("b")}, "i.xml")
    assert names(found) == ["i.xml", "1.xml", "2.xml"]
    assert [step.listing.pages for step in found[1:]] == [(f"{B}/a",), (f"{B}/b",)]


def test_circle_ends() -> None:
    """Sitemaps that name one another and themselves, with and without www-like differences that mean nothing."""
    site = {"i.xml": index("i.xml", "j.xml"), "j.xml": index("i.xml#top", "j.xml", "k.xml"), "k.xml": sitemap("a")}
    assert names(steps(site, "i.xml")) == ["i.xml", "j.xml", "k.xml"]


def test_walk_is_bounded() -> None:
    """A list that always has a further page is left after so many."""

    class Endless(dict[str, bytes]):
        def get(self, name: str, default: object = None) -> bytes:  # type: ignore[override]
            return index(f"{int(name or 0) + 1}")

    assert len(steps(Endless(), "0", most=30)) == 30


def test_caller_says_when_to_stop() -> None:
    site = {f"{n}": index(f"{n + 1}") for n in range(10)}
    assert names(steps(site, "0", on=lambda step: () if step.url.endswith("3") else step.listing.more)) == ["0", "1", "2", "3"]


def test_one_broken_listing_costs_itself() -> None:
    """The others are read, and the step says what was wrong."""
    site: dict[str, bytes | FetchError] = {
        "i.xml": index("1.xml", "2.xml", "3.xml", "4.xml"), "1.xml": Unreachable(f"{B}/1.xml", "refused"), "2.xml": b"<html><p>Hello</p></html>", "4.xml": sitemap("d"),
    }  # fmt: skip
    found = steps(site, "i.xml")
    assert [type(step.error).__name__ for step in found] == ["NoneType", "Unreachable", "NotAFeed", "BadStatus", "NoneType"]


def test_end_of_a_list_is_no_error() -> None:
    """WordPress answers 404 behind the last page of a feed or an archive; the first page missing is an error."""
    feed = b'<rss version="2.0"><channel><generator>https://wordpress.org/?v=6.8</generator><item><link>https://blog.example/a</link></item></channel></rss>'
    found = steps({"feed/": feed}, "feed/", "feed")
    assert (names(found), [step.ended for step in found]) == (["feed/", "feed/?paged=2"], [False, True])
    (first,) = steps({}, "feed/", "feed")
    assert not first.ended and isinstance(first.error, BadStatus)


def test_gzipped_sitemap_is_unpacked() -> None:
    """Bounded, and a cut one is an error."""
    (step,) = steps({"s.xml.gz": gzip.compress(sitemap("a"))}, "s.xml.gz")
    assert step.listing.pages == (f"{B}/a",)
    (step,) = steps({"s.xml.gz": gzip.compress(sitemap("a"))[:-9]}, "s.xml.gz")
    assert isinstance(step.error, NotAFeed)


def test_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.discover.LARGEST", 1000)
    with pytest.raises(NotAFeed, match="1,000 bytes"):
        unpacked(Capture(B, gzip.compress(b"a" * 5000)))


def source(**more: object) -> Source:
    return Source.model_validate({"name": "a", "kind": "feed", "url": f"{B}/feed/", **more})


@pytest.mark.parametrize(
    ("more", "url", "day", "expected"),
    [
        ({}, f"{B}/a", "", True),
        ({"follow": [f"{B}/2026/*"]}, f"{B}/2026/03/a/", "", True),
        ({"follow": [f"{B}/2026/*"]}, f"{B}/2025/03/a/", "", False),
        ({"follow": ["*roundup*", "*experts*"]}, f"{B}/ask-experts/", "", True),
        ({"skip": ["*/shop/*"]}, f"{B}/shop/mug", "", False),
        ({"follow": ["*"], "skip": ["*/shop/*"]}, f"{B}/a", "", True),
        ({"since": date(2026, 1, 1)}, f"{B}/a", "2026-01-01T00:00:00+00:00", True),
        ({"since": date(2026, 1, 1)}, f"{B}/a", "2025-12-31T23:59:59+00:00", False),
        ({"since": date(2026, 1, 1)}, f"{B}/a", "", True),  # what has no date may be new
    ],
)
def test_what_a_source_follows(more: dict[str, object], url: str, day: str, expected: bool) -> None:
    assert wanted(source(**more), url, day) is expected


def test_what_lies_behind_an_old_listing_is_older() -> None:
    days = ("2025-01-01", "2024-01-01")
    assert too_old(source(since=date(2026, 1, 1)), Listing(("a", "b"), dates=days))
    assert not too_old(source(since=date(2024, 6, 1)), Listing(("a", "b"), dates=days))
    assert not too_old(source(since=date(2026, 1, 1)), Listing(("a", "b"), dates=("2025-01-01", "")))
    assert not too_old(source(), Listing(("a", "b"), dates=days))
