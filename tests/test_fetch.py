"""What comes over the wire: honest pages come whole, everything else comes as a named error within its bounds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from ingest.config import FetchTable
from ingest.web.guard import Guard
from ingest.web.visit import Known, Visitor
from parsers import Capture
from parsers.errors import (
    AskedToWait,
    BadAddress,
    BadAnswer,
    BadStatus,
    FetchError,
    Forbidden,
    NotAllowed,
    NotThePage,
    TooLarge,
    TooSlow,
    Truncated,
    Unreachable,
)

from .faultserver import PAGE, FaultServer, answers

TIMEOUT = 1.5


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def fetch(url: str, *servers: FaultServer, known: Known | None = None, **settings: object) -> Capture:
    table = FetchTable(**{"gap": 0, "timeout": TIMEOUT, "allow_hosts": tuple(s.name for s in servers), **settings})

    async def go() -> Capture:
        async with Visitor(table) as visitor:
            return await visitor.get(url, known)

    return asyncio.run(go())


@pytest.mark.parametrize("path", ["/", "/gzip"])
def test_honest_page(server: FaultServer, path: str) -> None:
    """A page comes as it was sent, decompressed, with its headers in lower case and the time in UTC."""
    page = fetch(server.url(path), server)
    assert (page.body, page.status, page.url, page.final_url, page.origin) == (PAGE, 200, server.url(path), "", "live")
    assert page.header("content-type") == "text/html; charset=utf-8"
    assert page.fetched_at is not None and str(page.fetched_at.tzinfo) == "UTC"


def test_what_is_sent(server: FaultServer) -> None:
    """We say who we are, ask for gzip alone, and carry no cookie from one page to the next."""
    server.hits.clear()
    table = FetchTable(gap=0, contact="ann@blog.example", allow_hosts=(server.name,))

    async def go() -> None:
        async with Visitor(table) as visitor:
            await visitor.get(server.url("/cookies"))
            page = await visitor.get(server.url("/cookies?2"))
            assert page.header("set-cookie") == ""

    asyncio.run(go())
    last = server.hits[-1].headers
    assert last["user-agent"] == "roundup-ingest/0.1 (+ann@blog.example)"
    assert last["accept-encoding"] == "gzip"
    assert "cookie" not in last


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/reset", Truncated, "mid-body"),
        ("/hangs-up", Unreachable, "hung up"),
        ("/endless", TooLarge, "longer than 1,000,000 bytes"),
        ("/drip", TooSlow, "not whole after 1.5 s"),
        ("/silent", TooSlow, "not whole after 1.5 s"),
        ("/length-too-long", Truncated, "before it was whole"),
        ("/length-too-short", Truncated, "more than its Content-Length"),
        ("/length-nonsense", BadAnswer, "not HTTP"),
        ("/length-twice", BadAnswer, "not HTTP"),
        ("/chunk-size", Truncated, "before it was whole"),
        ("/chunk-cut", Truncated, "before it was whole"),
        ("/chunk-no-end", Truncated, "before it was whole"),
        ("/gzip-cut", Truncated, "before it was whole"),
        ("/gzip-not", Truncated, "before it was whole"),
        ("/gzip-bomb", TooLarge, "longer than 1,000,000 bytes"),
        ("/gzip-twice", BadAnswer, "'gzip,gzip'"),
        ("/brotli", BadAnswer, "'br'"),
        ("/headers", TooLarge, "headers"),
        ("/header", TooLarge, "headers"),
        ("/status-line", BadAnswer, "not HTTP"),
        ("/status-number", BadAnswer, "not HTTP"),
        ("/loop", TooLarge, "circle"),
        ("/deeper?0", TooLarge, "more than 10 times"),
        ("/no-location", BadStatus, "302"),
        ("/to?file:///etc/passwd", NotAllowed, "redirects to file:///etc/passwd"),
        ("/to?http://10.0.0.1/", NotAllowed, "redirects to http://10.0.0.1/"),
        ("/to?http://127.0.0.1:9/", NotAllowed, "not a public address"),
        ("/to?http://[::1]/", NotAllowed, "not a public address"),
        ("/to?/not-found", BadStatus, "no such page"),
        ("/error-page", NotThePage, "404 Not Found"),
        ("/login", NotThePage, "login"),
        ("/captcha", NotThePage, "captcha"),
        ("/empty", NotThePage, "empty"),
        ("/blank", NotThePage, "empty"),
        ("/picture", NotThePage, "image/png"),
        ("/megabytes?30", TooLarge, "longer than"),
        ("/not-found", BadStatus, "no such page (404)"),
        ("/gone", BadStatus, "gone for good (410)"),
        ("/forbidden", BadStatus, "(403)"),
        ("/login-wanted", BadStatus, "(401)"),
        ("/error", BadStatus, "500"),
        ("/no-content", BadStatus, "204"),
        ("/part", BadStatus, "206"),
    ],
)
def test_fault(server: FaultServer, path: str, error: type[FetchError], words: str) -> None:
    """Each fault is one kind of error, one sentence, and over in the time that one answer has."""
    began = time.monotonic()
    with pytest.raises(error) as caught:
        fetch(server.url(path), server, max_bytes=1_000_000)
    assert time.monotonic() - began < TIMEOUT + 1
    assert words in str(caught.value)
    assert str(caught.value).startswith(server.url(path).split("?")[0])


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("http://127.0.0.1:9/", NotAllowed, "--allow-host 127.0.0.1:9"),
        ("http://no-such-host.invalid/", Unreachable, "no such host"),
        ("blog.example/post", BadAddress, "did you mean https://blog.example/post"),
        ("ftp://blog.example/post", NotAllowed, "only http and https"),
        ("http:///post", BadAddress, "names no host"),
        ("http://[::1/", BadAddress, "cannot be read"),
        ("http://blog.example:99999/", BadAddress, "cannot be read"),
        ("http://blog.example:port/", BadAddress, "cannot be read"),
        ("http://xn--/", BadAddress, "cannot be read"),
        ("http://a..b/", FetchError, ""),
        ("http://" + "a" * 70 + ".example/", Unreachable, "no such host"),
    ],
)
def test_address(url: str, error: type[FetchError], words: str) -> None:
    """An address that leads nowhere says why, and what to write instead."""
    with pytest.raises(error, match=r".") as caught:
        fetch(url)
    assert words in str(caught.value)


def test_refused(server: FaultServer) -> None:
    """A port where nobody listens."""
    with pytest.raises(Unreachable, match="refused"):
        fetch("http://127.0.0.1:1/", allow_hosts=("127.0.0.1:1",))


def test_tls_failure() -> None:
    """A certificate that nobody vouches for is not waved through."""
    with FaultServer(tls=True) as secure, pytest.raises(Unreachable, match="no secure connection: self-signed certificate"):
        fetch(secure.url(), secure)


def test_redirect_is_followed(server: FaultServer) -> None:
    """The capture says what was asked for and where it led."""
    page = fetch(server.url("/to?/landed"), server)
    assert (page.url, page.final_url, page.body) == (server.url("/to?/landed"), server.url("/landed"), PAGE)


def test_not_modified(server: FaultServer) -> None:
    """With what is known of a page the server may say that nothing changed."""
    assert fetch(server.url("/tagged"), server).header("etag") == '"one"'
    page = fetch(server.url("/tagged"), server, known=Known('"one"', ""))
    assert (page.status, page.body) == (304, b"")
    assert fetch(server.url("/tagged"), server, known=Known('"two"', "")).body == PAGE


def test_header_injection(server: FaultServer) -> None:
    """What a server once sent as ETag cannot become two headers."""
    server.hits.clear()
    fetch(server.url("/"), server, known=Known('"a"\r\nX-Evil: 1', ""))
    assert "if-none-match" not in server.hits[-1].headers and "x-evil" not in server.hits[-1].headers


def test_secrets_stay_out(server: FaultServer) -> None:
    """A token is sent to the server and kept nowhere."""
    server.hits.clear()
    url = server.url("/post?token=abc&p=1").replace("http://", "http://me:pw@")
    page = fetch(url, server)
    assert server.hits[-1].path == "/post?token=abc&p=1"
    assert page.url == server.url("/post?p=1")
    with pytest.raises(BadStatus) as caught:
        fetch(server.url("/not-found?token=abc"), server)
    assert "abc" not in str(caught.value)


def test_some_nuls_and_a_wrong_charset_are_pages(server: FaultServer) -> None:
    """What a parser can read is not refused: the bytes are kept as they came."""
    assert b"\0" in fetch(server.url("/some-nuls"), server).body
    assert "Größe".encode() in fetch(server.url("/charset"), server).body


class TestRobots:
    """robots.txt is asked before the page, and heeded."""

    def test_forbidden(self) -> None:
        with FaultServer(robots=b"User-agent: *\nDisallow: /private\n") as server:
            with pytest.raises(Forbidden, match=r"robots\.txt asks us to stay away"):
                fetch(server.url("/private/a"), server)
            assert server.asked() == []
            assert fetch(server.url("/public"), server).body == PAGE
            assert fetch(server.url("/private/a"), server, ignore_robots=True).body == PAGE

    def test_our_own_group(self) -> None:
        robots = b"\xef\xbb\xbfUser-agent: roundup-ingest\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
        with FaultServer(robots=robots) as server, pytest.raises(Forbidden):
            fetch(server.url("/"), server)

    @pytest.mark.parametrize("status", [404, 403, 410])
    def test_none(self, status: int) -> None:
        with FaultServer(robots=status) as server:
            assert fetch(server.url("/"), server).body == PAGE

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_unreadable(self, status: int) -> None:
        with FaultServer(robots=status) as server:
            with pytest.raises(Forbidden, match=rf"robots\.txt answered {status}") as caught:
                fetch(server.url("/"), server)
            assert caught.value.later and server.asked() == []

    def test_huge(self) -> None:
        """Five megabytes are read as far as the first half."""
        body = b"User-agent: *\nDisallow: /private\n" + b"# words of no use to anybody\n" * 180_000
        with FaultServer(robots=body) as server:
            assert fetch(server.url("/public"), server, timeout=10).body == PAGE
            with pytest.raises(Forbidden):
                fetch(server.url("/private"), server, timeout=10)

    def test_redirected(self) -> None:
        """What a redirect of robots.txt leads to is what holds."""
        with FaultServer(robots=b"User-agent: *\nDisallow: /private\n") as other, FaultServer() as server:
            server.pages["/robots.txt"] = answers(301, b"", "text/html", f"Location: {other.url('/robots.txt')}")
            assert fetch(server.url("/public"), server, other).body == PAGE
            with pytest.raises(Forbidden):
                fetch(server.url("/private"), server, other)

    def test_asked_once(self) -> None:
        """One run asks a site for its robots.txt once."""
        with FaultServer() as server:

            async def go() -> None:
                async with Visitor(FetchTable(gap=0, allow_hosts=(server.name,))) as visitor:
                    for number in range(3):
                        await visitor.get(server.url(f"/{number}"))

            asyncio.run(go())
            assert [hit.path for hit in server.hits] == ["/robots.txt", "/0", "/1", "/2"]

    def test_each_host_of_a_redirect_is_asked(self) -> None:
        with FaultServer(robots=b"User-agent: *\nDisallow: /\n") as shy, FaultServer() as server:
            with pytest.raises(Forbidden, match="it redirects to"):
                fetch(server.url(f"/to?{shy.url('/page')}"), server, shy)
            assert shy.asked() == []


class TestTurns:
    """One request at a time to a host, with the gap between."""

    def test_gap(self) -> None:
        with FaultServer() as server:

            async def go() -> None:
                table = FetchTable(gap=0.1, allow_hosts=(server.name,))
                async with Visitor(table) as visitor:
                    await asyncio.gather(*(visitor.get(server.url(f"/{n}")) for n in range(5)))

            asyncio.run(go())
            times = [hit.at for hit in server.hits]
            assert len(times) == 6  # robots.txt is a request as well
            assert min(b - a for a, b in pairwise(times)) >= 0.1

    def test_crawl_delay(self) -> None:
        with FaultServer(robots=b"User-agent: *\nCrawl-delay: 0.3\n") as server:

            async def go() -> None:
                async with Visitor(FetchTable(gap=0, allow_hosts=(server.name,))) as visitor:
                    await visitor.get(server.url("/1"))
                    await visitor.get(server.url("/2"))

            asyncio.run(go())
            assert server.hits[-1].at - server.hits[-2].at >= 0.3

    def test_retry_after_is_waited_for(self) -> None:
        with FaultServer() as server:
            assert fetch(server.url("/asks-to-wait?1"), server).body == PAGE
            assert server.hits[-1].at - server.hits[-2].at >= 1

    def test_retry_after_too_long(self) -> None:
        """A host that wants an hour is left alone, and its other pages with it; nobody waits for it."""
        with FaultServer() as server, FaultServer(host="127.0.0.2") as other:

            async def go() -> list[BaseException | Capture]:
                async with Visitor(FetchTable(gap=0, allow_hosts=(server.name, other.name))) as visitor:
                    first = await asyncio.gather(visitor.get(server.url("/asks-to-wait?3600")), return_exceptions=True)
                    rest = await asyncio.gather(
                        visitor.get(server.url("/b")), visitor.get(other.url("/c")), return_exceptions=True
                    )
                    return [*first, *rest]

            first, second, third = asyncio.run(go())
            assert isinstance(first, BadStatus) and first.retry_after == 3600
            assert isinstance(second, AskedToWait)
            assert isinstance(third, Capture)
            assert server.asked() == ["/asks-to-wait?3600"]


def test_rebinding() -> None:
    """A name that was public a moment ago is asked again at each connection, and the connection goes where the guard looked."""
    turns = iter([["93.184.215.14"], ["127.0.0.1"]])

    async def resolve(host: str, port: int) -> list[str]:
        return next(turns, ["127.0.0.1"])

    async def go() -> None:
        guard = Guard(resolve=resolve)
        assert await guard.addresses("evil.example", 80) == ["93.184.215.14"]
        async with Visitor(FetchTable(gap=0, timeout=TIMEOUT), guard=guard) as visitor:
            await visitor.get("http://evil.example/")

    with pytest.raises(NotAllowed, match=r"127\.0\.0\.1 is not a public address"):
        asyncio.run(go())
