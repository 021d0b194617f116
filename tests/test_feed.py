"""What feeds announce: RSS, Atom and JSON Feed, and what only looks like one."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import Capture, Listing
from parsers.errors import NotAFeed
from parsers.listings.feed import read_feed

URL = "https://blog.example/feed/"

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Blog</title>
<item><link>https://blog.example/b/</link><pubDate>Tue, 26 Feb 2019 10:00:00 +0100</pubDate></item>
<item><guid>https://blog.example/a/</guid></item>
<item><guid isPermaLink="false">blog-17</guid><title>no page</title></item>
<item><link>https://proxy.example/~r/1</link><feedburner:origLink>https://blog.example/c/</feedburner:origLink></item>
<item><link>/d/?x=1&amp;y=2</link></item>
<item><link>https://blog.example/b/</link></item>
<item><link>javascript:alert(1)</link></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><link rel="next" href="?page=2"/>
<entry><id>tag:blog.example,2019:1</id><link rel="edit" href="/edit/1"/><link rel="alternate" href="https://blog.example/a/"/>
<published>2019-02-01T00:00:00Z</published><updated>2019-02-26T10:00:00+01:00</updated></entry></feed>"""


def read(body: bytes, kind: str = "application/xml") -> Listing:
    return read_feed(Capture(URL, body, headers=(("content-type", kind),)))


def test_rss() -> None:
    """Each page once, in the feed's order: the link, the guid that is one, the address behind a proxy."""
    got = read(RSS)
    assert got.pages == tuple(f"https://blog.example/{page}" for page in ("b/", "a/", "c/", "d/?x=1&y=2"))
    assert got.dates == ("2019-02-26T09:00:00+00:00", "", "", "")


def test_atom() -> None:
    """The alternate link, the latest change, and where the feed goes on."""
    expected = Listing(("https://blog.example/a/",), ("https://blog.example/feed/?page=2",), ("2019-02-26T09:00:00+00:00",))
    assert read(ATOM) == expected


def test_json_feed() -> None:
    items = [
        {"id": "1", "url": "/a/", "date_modified": "2019-02-26T10:00:00Z"},
        {"id": "https://blog.example/b/"},
        {"id": "3"},
        "rubbish",
    ]
    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": items, "next_url": "https://blog.example/feed/2"}
    ).encode()
    got = read(b"\xef\xbb\xbf" + body, "application/feed+json")
    assert got.pages == ("https://blog.example/a/", "https://blog.example/b/")
    assert got.dates[0] == "2019-02-26T10:00:00+00:00" and got.more == ("https://blog.example/feed/2",)


def test_empty_feed() -> None:
    """A feed without entries is a feed."""
    assert read(b"<rss version='2.0'><channel><title>Blog</title></channel></rss>") == Listing()


def test_broken_xml_gives_what_can_be_read() -> None:
    assert read(RSS[: RSS.index(b"<item><guid>")] + b"<item><link>&nbsp;").pages[0] == "https://blog.example/b/"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<!doctype html><html><body><p>A page</p></body></html>", "a web page"),
        (b"", "neither RSS, Atom nor JSON Feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "neither RSS, Atom nor JSON Feed"),
        (b"just words", "neither RSS, Atom nor JSON Feed"),
        (b'{"items": ', "broken JSON"),
        (b'{"posts": []}', "no JSON Feed"),
        (b'{"a":' * 100_000, "broken JSON"),
        (b"<!DOCTYPE r [" + b"".join(b'<!ENTITY e%d "x">' % n for n in range(500)) + b"]><rss/>", "more entities"),
    ],
)
def test_no_feed(body: bytes, words: str) -> None:
    with pytest.raises(NotAFeed) as caught:
        read(body)
    assert words in str(caught.value) and str(caught.value).startswith(URL)


def test_entity_bomb() -> None:
    """A billion laughs stay unlaughed."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">'
        + laughs
        + b"]><rss version='2.0'><channel><title>&l9;</title></channel></rss>"
    )
    began = time.process_time()
    assert read(bomb).pages == ()
    assert time.process_time() - began < 5


def test_file_entity() -> None:
    """A feed reads no file of ours."""
    body = b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><link>https://a.example/&f;</link></item></channel></rss>'
    assert all("root" not in page for page in read(body).pages)


@given(st.binary(max_size=300))
def test_never_anything_but_a_listing_or_no_feed(body: bytes) -> None:
    for start in (b"", b"<rss version='2.0'><channel><item><link>", b'{"items": ['):
        try:
            assert all(page.startswith(("http://", "https://")) for page in read(start + body).pages)
        except NotAFeed as error:
            assert error.url == URL
