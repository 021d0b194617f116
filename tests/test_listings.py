"""What feeds, sitemaps, WordPress's interface and index pages announce; and what is none of these."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import Capture
from parsers.errors import NotAFeed
from parsers.listings import LISTINGS, READERS
from parsers.listings.addresses import MOST
from parsers.listings.announce import Announced, read_announced
from parsers.listings.feed import read_feed
from parsers.listings.index_page import read_index
from parsers.listings.sitemap import read_sitemap
from parsers.listings.wp_rest import read_posts

FOLDER = Path(__file__).parent / "fixtures" / "listings"
CASES = sorted(path.parent for path in FOLDER.glob("*/*/expected.json"))
HTML = b"<!DOCTYPE html><html><head><title>Not here</title></head><body><p>Nothing to see.</p></body></html>"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">%s]><rss version="2.0"><channel><title>&z;</title>
<item><link>http://a.example/1</link><title>&z;</title></item></channel></rss>""" % b"".join(
    b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 20) for c in range(ord("b"), ord("z") + 1)
)


def capture(body: bytes, url: str = "https://blog.example/x", **headers: str) -> Capture:
    return Capture(url, body, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


def body_of(case: Path) -> bytes:
    return next(case.glob("body.*")).read_bytes()


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixture(case: Path) -> None:
    """Each page with its date, in the listing's order, and where the listing goes on."""
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    found = READERS[case.parent.name](Capture(expected["url"], body_of(case), headers=tuple(expected["headers"].items())))
    assert (list(found.pages), list(found.dates), list(found.more)) == (expected["pages"], expected["dates"], expected["more"])


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_unknown_listing_tells_its_kind(case: Path) -> None:
    """Tried in the order of LISTINGS, the first that takes it is the right one."""
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    page = Capture(expected["url"], body_of(case), headers=tuple(expected["headers"].items()))
    assert next(kind for kind, read in LISTINGS if takes(read, page)) == case.parent.name


def takes(read: object, page: Capture) -> bool:
    try:
        read(page)  # type: ignore[operator]
    except NotAFeed:
        return False
    return True


@pytest.mark.parametrize(
    ("read", "body", "words"),
    [
        (read_feed, HTML, "it is a web page, not a feed"),
        (read_feed, b"{", "broken JSON"),
        (read_feed, b'{"items": 3}', "no JSON Feed"),
        (read_feed, b"[" * 100_000, "not a feed"),
        (read_feed, b'{"a":' * 100_000, "broken JSON"),
        (read_feed, b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
        (read_sitemap, HTML, "it is a web page, not a sitemap"),
        (read_sitemap, b"", "the page is empty"),
        (read_sitemap, b"\x1f\x8b\x08\x00\x00", "binary file"),
        (read_sitemap, b"no address here\n", "holds no address"),
        (read_sitemap, b"<rss version='2.0'></rss>", "some other XML"),
        (read_posts, HTML, "no JSON"),
        (read_posts, b'{"code":"rest_no_route","message":"No route was found.","data":{"status":404}}', "No route was found"),
        (read_posts, b"3", "lists no posts"),
        (read_posts, b"[" * 100_000, "no JSON"),
        (read_index, HTML, "links to no post"),
        (read_index, b"", "the page is empty"),
    ],
)
def test_what_is_none_says_so(read: object, body: bytes, words: str) -> None:
    """A page where a listing was expected is an error that says what it is instead."""
    with pytest.raises(NotAFeed, match=words):
        read(capture(body))  # type: ignore[operator]


def test_a_body_is_never_taken_for_a_file_name(tmp_path: Path) -> None:
    """feedparser would open what bare bytes name."""
    secret = tmp_path / "secret.xml"
    secret.write_text('<rss version="2.0"><channel><item><link>http://secret.example/</link></item></channel></rss>')
    with pytest.raises(NotAFeed):
        read_feed(capture(str(secret).encode()))


def test_entity_bomb_does_not_unfold() -> None:
    """Twenty to the power of twenty-five times twenty letters: read in a second, or refused."""
    begun = time.process_time()
    assert read_feed(capture(BOMB)).pages in ((), ("http://a.example/1",))
    assert time.process_time() - begun < 3


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://secret.example/")
    body = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><item><link>&x;</link></item></channel></rss>'
    assert "http://secret.example/" not in read_feed(capture(body.encode())).pages


@pytest.mark.parametrize("read", [read for _, read in LISTINGS], ids=[kind for kind, _ in LISTINGS])
@pytest.mark.parametrize(
    "body",
    [b"<url>" * 200_000, b"<loc>" * 200_000, b"<urlset>" + b"<loc" * 200_000, b"<urlset><url><loc>" + b"a" * 2_000_000, b"<a href=x>" * 100_000],
    ids=["urls", "locs", "cut", "long", "links"],
)
def test_hostile_bodies_are_quick(read: object, body: bytes) -> None:
    """Megabytes of nonsense take seconds at the worst."""
    begun = time.process_time()
    takes(read, capture(body))
    assert time.process_time() - begun < 5


def test_as_many_pages_as_a_sitemap_may_hold() -> None:
    body = b"<urlset>" + b"".join(b"<url><loc>https://a.example/%d</loc></url>" % n for n in range(MOST + 10)) + b"</urlset>"
    assert len(read_sitemap(capture(body)).pages) == MOST


@given(st.binary(max_size=300), st.sampled_from(LISTINGS))
def test_any_bytes_are_read_or_refused(body: bytes, kind: tuple[str, object]) -> None:
    """No other error than NotAFeed, and only web addresses, each once."""
    try:
        found = READERS[kind[0]](capture(b"<urlset><url><loc>" + body + b"</loc></url>" if kind[0] == "sitemap" else body))
    except NotAFeed as error:
        assert str(error).startswith("https://blog.example/x: ")
        return
    assert all(page.lower().startswith(("http://", "https://")) for page in found.pages + found.more)
    assert len(set(found.pages)) == len(found.pages) == len(found.dates)


def test_a_page_says_where_its_posts_are_announced() -> None:
    """Feeds of posts and not of comments, WordPress's interface, the engine."""
    head = b"""<html><head><title>Harbour</title><meta name=generator content="WordPress 6.8">
    <link rel="alternate" type="application/rss+xml" title="Harbour &raquo; Feed" href="/feed/">
    <link rel="alternate" type="application/rss+xml" title="Harbour &raquo; Comments Feed" href="/comments/feed/">
    <link rel="alternate" type="application/rss+xml" title="Harbour &raquo; Ports Kommentar-Feed" href="/ports/feed/">
    <link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" hreflang="de" href="/de/">
    <link rel="alternate" type="application/atom+xml" href="https://blog.example/atom.xml">
    <link rel="https://api.w.org/" href="https://blog.example/wp-json/"></head><body><p>Hello</p></body></html>"""
    assert read_announced(capture(head, "https://blog.example/")) == Announced(
        "Harbour", ("https://blog.example/feed/", "https://blog.example/atom.xml"), "https://blog.example/wp-json/", "WordPress 6.8"
    )


def test_interface_is_also_told_in_a_header() -> None:
    page = capture(b"<p>Hello</p>", "https://blog.example/", link='<https://blog.example/?rest_route=/>; rel="https://api.w.org/"')
    assert read_announced(page).api == "https://blog.example/?rest_route=/"
