"""Which addresses are one page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.urls import host_of, page_key, same_site


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://blog.example/post/", "http://blog.example/post/"),  # a blog that moves to https
        ("https://blog.example/post/", "HTTPS://Blog.Example:443/post/#comment-7"),
        ("https://blog.example", "https://blog.example/"),
        ("https://blog.example./post", "https://blog.example/post"),
        ("https://me:secret@blog.example/post", "https://blog.example/post"),
        ("https://blog.example/post?utm_source=x&utm_medium=y", "https://blog.example/post"),
        ("https://blog.example/?p=7&fbclid=abc", "https://blog.example/?p=7"),
        ("https://blog.example/post?replytocom=33#respond", "https://blog.example/post?"),
        ("https://blog.example/caf%c3%a9", "https://blog.example/café"),
        ("https://blog.example/%7Eann", "https://blog.example/~ann"),
        ("https://blog.example/a/../b/./c", "https://blog.example/b/c"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://BÜCHER.example/", "https://bücher。example/"),
        (" https://blog.example/post ", "https://blog.example/post"),
    ],
)
def test_one_page(a: str, b: str) -> None:
    """Two ways to write one address."""
    assert page_key(a) == page_key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://blog.example/post/", "https://blog.example/post"),
        ("https://blog.example/", "https://www.blog.example/"),
        ("https://blog.example/Post", "https://blog.example/post"),
        ("https://blog.example/?p=7", "https://blog.example/?p=8"),
        ("https://blog.example/?a=1&b=2", "https://blog.example/?b=2&a=1"),
        ("https://blog.example:8080/", "https://blog.example/"),
        ("https://blog.example/a%2Fb", "https://blog.example/a/b"),
        ("https://faß.example/", "https://fass.example/"),
        ("https://blog.example/?utmost=1", "https://blog.example/"),
        ("file:///a.html", "file:///b.html"),
        ("https://blog.example/x", "https://blog.example.evil.example/x"),
        ("https://blog.example@evil.example/x", "https://blog.example/x"),
    ],
)
def test_two_pages(a: str, b: str) -> None:
    """Two addresses."""
    assert page_key(a) != page_key(b)


@given(st.text(max_size=80) | st.text(max_size=60).map(lambda tail: "https://blog.example/" + tail) | st.text(max_size=60).map(lambda host: f"http://{host}/x"))
def test_any_text_has_a_key(text: str) -> None:
    """Never an exception, and nothing is left of a key to normalise."""
    key = page_key(text)
    assert isinstance(key, str)
    if text.startswith("https://blog.example/"):
        assert page_key("https://" + key) == key


@pytest.mark.parametrize(("url", "host"), [("https://Blog.Example/x", "blog.example"), ("http://a.example:8080", "a.example:8080"), ("file:///x", ""), ("not a url", ""), ("http://[::1", ""), ("http://x:99999/", "")])
def test_host(url: str, host: str) -> None:
    """Host and port; empty where there is none."""
    assert host_of(url) == host


def test_same_site() -> None:
    """With or without www; nothing else is the same publisher for certain."""
    assert same_site("https://www.blog.example/a", "http://blog.example/b")
    assert not same_site("https://ann.blog.example/", "https://bob.blog.example/")
