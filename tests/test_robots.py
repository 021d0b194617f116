"""What a robots.txt says, read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.web.robots import LIMIT, Rules, read_robots

NOW = datetime(2026, 3, 1, tzinfo=UTC)
AGENT = "roundup-ingest"


def rules(body: bytes) -> Rules:
    return Rules(NOW, read_robots(body))


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        (b"", "/a", True),
        (b"User-agent: *\nDisallow:\n", "/a", True),  # an empty rule forbids nothing
        (b"User-agent: other\nDisallow: /\n", "/a", True),
        (b"User-agent: *\nDisallow: /\n", "/a", False),
        (b"User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b", True),  # the longest match wins
        (b"User-agent: *\nDisallow: /*.php$\n", "/x.php", False),
        (b"User-agent: *\nDisallow: /*.php$\n", "/x.php5", True),
        (b"User-agent: *\nAllow: /\n\nUser-agent: Roundup-Ingest\nDisallow: /\n", "/a", False),  # our own group, in any case
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", "/a", False),  # a byte order mark
        (b"User-agent: *\r\nDisallow: /a\r\n", "/a", False),
        (b"<html><body>Not found</body></html>", "/a", True),
        (b"\xff\xfe\x00rubbish\x00", "/a", True),
        (b"User-agent: *\nDisallow: /caf%C3%A9\n", "/caf%c3%a9", False),
    ],
)
def test_allows(body: bytes, path: str, expected: bool) -> None:
    assert rules(body).allows(f"https://blog.example{path}", AGENT) is expected


def test_a_line_cut_at_the_limit_says_nothing() -> None:
    """`Disallow: /private` cut to `Disallow: /` would forbid the whole site."""
    start = b"User-agent: *\n"
    body = start + b"#" * (LIMIT - len(start) - len(b"\nDisallow: /")) + b"\nDisallow: /private\n"
    assert body[:LIMIT].endswith(b"Disallow: /")
    assert rules(body[:LIMIT]).allows("https://blog.example/a", AGENT)


@pytest.mark.parametrize(("body", "expected"), [(b"User-agent: *\nCrawl-delay: 2.5\n", 2.5), (b"User-agent: *\nCrawl-delay: soon\n", 0), (b"", 0)])
def test_delay(body: bytes, expected: float) -> None:
    assert rules(body).delay(AGENT) == expected
