"""From an address to what changed: the steps, their bounds, and what one page's trouble does to the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from archive import Archive
from ingest.config import FetchTable
from ingest.pipeline import ROUNDS, Get, Tools, attempt, complete, ingest_all, ingest_url, may_fetch
from ingest.web.visit import Known, Visitor
from ingest.worker import Read, read_here, read_safely
from parsers import Bundle, Capture, Outcome, Parsed, Want
from parsers.errors import NotAnArchive, ParserCrashed, Unreachable

from .faultserver import PAGE, FaultServer, answers

URL = "https://blog.example/post/"
HOME = Bundle(Capture(URL, PAGE))
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def wanting(*wants: str) -> Read:
    """A reader that wants these pages, whatever it is given."""

    async def read(bundle: Bundle) -> Parsed:
        return replace(read_safely(bundle), wants=tuple(Want(url, "comments") for url in wants))

    return read


def getter(pages: dict[str, bytes], log: list[str]) -> Get:
    """A fetcher of these pages alone."""

    async def get(url: str, known: Known | None, role: str) -> Capture:
        log.append(url)
        if url not in pages:
            raise Unreachable(url, "no")
        return Capture(url, pages[url], role=role)

    return get


class TestComplete:
    """A page is read with all that it wants, within bounds."""

    def test_nothing_wanted(self) -> None:
        log: list[str] = []
        bundle, parsed, notes = asyncio.run(complete(HOME, getter({}, log), read_here, 50))
        assert (bundle, parsed.wants, notes, log) == (HOME, (), (), [])

    def test_wanted_pages_join_the_bundle(self) -> None:
        log: list[str] = []
        pages = {URL + "2/": b"<p>two</p>", URL + "3/": b"<p>three</p>"}
        bundle, _, notes = asyncio.run(complete(HOME, getter(pages, log), wanting(URL + "2/", URL + "3/", URL + "2/"), 50))
        assert [extra.url for extra in bundle.extras] == log == [URL + "2/", URL + "3/"]
        assert [extra.role for extra in bundle.extras] == ["comments", "comments"] and notes == ()

    def test_what_cannot_be_had_is_a_note(self) -> None:
        """It is asked for once, and the page is read without it."""
        log: list[str] = []
        bundle, _, notes = asyncio.run(complete(HOME, getter({}, log), wanting(URL + "2/"), 50))
        assert (bundle, log) == (HOME, [URL + "2/"])
        assert notes == (f"could not have comments: {URL}2/: no",)

    def test_most(self) -> None:
        log: list[str] = []
        pages = {f"{URL}{n}/": b"<p>x</p>" for n in range(20)}
        asyncio.run(complete(HOME, getter(pages, log), wanting(*pages), 7))
        assert len(log) == 7

    def test_rounds(self) -> None:
        """A parser that always wants one more page gets so many and no more."""
        log: list[str] = []

        async def read(bundle: Bundle) -> Parsed:
            return replace(read_safely(bundle), wants=(Want(f"{URL}{len(bundle.extras)}/", "next-page"),))

        pages = {f"{URL}{n}/": b"<p>x</p>" for n in range(99)}
        asyncio.run(complete(HOME, getter(pages, log), read, 50))
        assert len(log) == ROUNDS

    def test_without_a_fetcher_nothing_is_fetched(self) -> None:
        _, parsed, _ = asyncio.run(complete(HOME, None, wanting(URL + "2/"), 50))
        assert len(parsed.wants) == 1


@pytest.mark.parametrize(
    ("want", "expected"),
    [
        ("https://blog.example/post/comment-page-2/", True),
        ("http://blog.example/post/", True),  # the same host, whatever the scheme
        ("https://www.blog.example/x", True),
        ("https://public-api.wordpress.com/rest/v1.1/sites/1/posts/2/replies/", True),
        ("https://disqus.com/embed/comments/?base=default&f=blog", True),
        ("https://comments.blog.example/?uri=%2Fpost%2F", True),  # where Isso often lives
        ("https://example/", False),
        ("https://comments.blog.example:81/", False),
        ("https://other.example/", False),
        ("https://blog.example.evil.example/", False),
        ("https://evilblog.example/", False),
        ("https://blog.example:81/", False),
        ("http://127.0.0.1/", False),
        ("https://blog.example/?token=x", False),  # a secret of the page's visitor is not for us to keep
        ("file:///etc/passwd", False),
    ],
)
def test_may_fetch(want: str, expected: bool) -> None:
    """A page may send us to its own host, below it, and to its platform's interface, and nowhere else."""
    assert may_fetch(Want(want, "comments"), HOME.page) is expected


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path / "archive.db", create=True)
    yield opened
    opened.close()


class TestTurns:
    """A page is one transaction; what could be lost by waiting for more is kept before."""

    @staticmethod
    def turns(archive: Archive, get: Get, read: Read, also: Callable[[Outcome], None] = lambda _: None) -> list[str]:
        """The turns that one page's visit took, and the requests among them."""
        log: list[str] = []

        async def logged(url: str, known: Known | None, role: str) -> Capture:
            log.append(role)
            return await get(url, known, role)

        archive._file._conn.set_trace_callback(lambda sql: log.append(sql) if sql in ("COMMIT", "ROLLBACK") else None)
        tools = Tools(archive, logged, read, also=also)
        asyncio.run(attempt(URL, ingest_url(URL, tools), tools))
        archive._file._conn.set_trace_callback(None)
        return [one for one in log if one != "ROLLBACK"]  # which ends a look without a write

    def test_a_page_is_one(self, archive: Archive) -> None:
        """Capture, reading, and what else belongs to it."""
        noted: list[Outcome] = []

        def also(outcome: Outcome) -> None:
            archive.hosts.change("blog.example", lambda times: (NOW, None, None))
            noted.append(outcome)

        assert self.turns(archive, getter({URL: PAGE}, []), read_here, also) == ["page", "COMMIT"]
        assert [outcome.status for outcome in noted] == ["archived"]

    def test_it_is_kept_before_more_is_asked_for(self, archive: Archive) -> None:
        get = getter({URL: PAGE, URL + "2/": b"<p>two</p>"}, [])
        assert self.turns(archive, get, wanting(URL + "2/")) == ["page", "COMMIT", "comments", "COMMIT", "COMMIT"]

    def test_it_is_kept_where_it_cannot_be_read(self, archive: Archive) -> None:
        async def read(bundle: Bundle) -> Parsed:
            raise ParserCrashed(URL, "down")

        assert self.turns(archive, getter({URL: PAGE}, []), read) == ["page", "COMMIT", "COMMIT"]
        assert [capture.body for capture in archive.captures(URL)] == [PAGE]

    def test_what_goes_wrong_in_it_takes_all_of_it_back(self, archive: Archive) -> None:
        """The capture too: the page is then still due."""
        outcomes: list[Outcome] = []

        def also(outcome: Outcome) -> None:
            outcomes.append(outcome)
            if outcome.status == "archived":
                raise ZeroDivisionError

        assert self.turns(archive, getter({URL: PAGE}, []), read_here, also) == ["page", "COMMIT"]
        assert ([outcome.status for outcome in outcomes], archive.captures(URL)) == (["archived", "failed"], ())


Ingested = Callable[..., list[Outcome]]


@pytest.fixture
def ingested(archive: Archive) -> Ingested:
    """`ingested(urls, servers...)`: every page once; the outcomes in the order that they came."""

    def run(urls: list[str], *servers: FaultServer, read: Read = read_here, **settings: object) -> list[Outcome]:
        table = FetchTable(**{"gap": 0, "timeout": 3, "allow_hosts": tuple(s.name for s in servers), **settings})

        async def go() -> list[Outcome]:
            async with Visitor(table) as visitor:
                return await ingest_all(urls, Tools(archive, visitor.get, read), lambda _: None)

        return asyncio.run(go())

    return run


class TestIngest:
    """With a real archive and a real server."""

    def test_twice(self, ingested: Ingested) -> None:
        """The first visit archives; the second finds nothing new."""
        with FaultServer() as server:
            assert [outcome.status for outcome in ingested([server.url("/post")], server)] == ["archived"]
            assert [outcome.status for outcome in ingested([server.url("/post")], server)] == ["unchanged"]

    def test_not_modified(self, ingested: Ingested, archive: Archive) -> None:
        """The second request is a conditional one, and "not modified" leaves everything as it is."""
        with FaultServer() as server:
            url = server.url("/tagged")
            ingested([url], server)
            before = archive.latest(url)
            assert [outcome.status for outcome in ingested([url], server)] == ["not-modified"]
            assert server.hits[-1].headers["if-none-match"] == '"one"'
            assert archive.latest(url) == before

    def test_one_bad_among_many(self, ingested: Ingested) -> None:
        """Each gets its own outcome; what was asked for twice is fetched once."""
        with FaultServer() as server:
            urls = [server.url(path) for path in ("/a", "/reset", "/not-found", "/b", "/a")]
            found = {outcome.url: outcome.status for outcome in ingested(urls, server)}
            assert found == {urls[0]: "archived", urls[1]: "failed", urls[2]: "failed", urls[3]: "archived"}
            assert server.asked().count("/a") == 1

    def test_reading_fails_and_the_capture_is_kept(self, ingested: Ingested, archive: Archive) -> None:
        """What the parser made of a page is lost; what the page was is not."""

        async def crash(bundle: Bundle) -> Parsed:
            raise ParserCrashed(bundle.page.url, "reading took longer than 20 s and was stopped")

        with FaultServer() as server:
            (outcome,) = ingested([server.url("/post")], server, read=crash)
            assert outcome.status == "failed" and "longer than 20 s" in outcome.error
            kept = archive.latest(server.url("/post"))
            assert kept is not None and kept.page.body == PAGE

    def test_what_is_no_page_is_not_kept(self, ingested: Ingested, archive: Archive) -> None:
        with FaultServer() as server:
            for path in ("/binary", "/nuls", "/error-page", "/forbidden", "/captcha"):
                assert [outcome.status for outcome in ingested([server.url(path)], server)] == ["failed"]
                assert archive.latest(server.url(path)) is None

    def test_a_bug_of_ours_costs_one_page(self, ingested: Ingested) -> None:
        async def bug(bundle: Bundle) -> Parsed:
            if bundle.page.url.endswith("/b"):
                raise KeyError("x")
            return read_safely(bundle)

        with FaultServer() as server:
            found = {o.url: o for o in ingested([server.url("/a"), server.url("/b"), server.url("/c")], server, read=bug)}
            assert [found[server.url(path)].status for path in ("/a", "/b", "/c")] == ["archived", "failed", "archived"]
            assert "this program failed on it (KeyError: 'x')" in found[server.url("/b")].error

    def test_an_archive_that_cannot_be_used_ends_the_run(
        self, ingested: Ingested, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise NotAnArchive("archive.db: gone")

        monkeypatch.setattr(archive, "keep", broken)
        with FaultServer() as server, pytest.raises(NotAnArchive):
            ingested([server.url("/a"), server.url("/b")], server)

    def test_hosts_in_parallel_and_a_host_never(self, ingested: Ingested) -> None:
        """Two hosts at once; at each of them no two requests closer than the gap."""
        with FaultServer() as one, FaultServer(host="127.0.0.2") as two:
            urls = [server.url(f"/{n}") for server in (one, two) for n in range(10)]
            outcomes = ingested(urls, one, two, gap=0.1)
            assert {outcome.status for outcome in outcomes} == {"archived"}
            for server in (one, two):
                assert min(b.at - a.at for a, b in pairwise(server.hits)) >= 0.1
            assert one.hits[0].at < two.hits[-1].at and two.hits[0].at < one.hits[-1].at

    def test_retry_after_stops_its_host_alone(self, ingested: Ingested) -> None:
        with FaultServer() as one, FaultServer(host="127.0.0.2") as two:
            urls = [one.url("/asks-for-an-hour"), *(server.url(f"/{n}") for server in (one, two) for n in range(3))]
            outcomes = ingested(urls, one, two)
            assert [outcome.status for outcome in outcomes if one.url() in outcome.url] == ["failed"] * 4
            assert [outcome.status for outcome in outcomes if two.url() in outcome.url] == ["archived"] * 3
            assert one.asked() == ["/asks-for-an-hour"]

    def test_another_parser_is_not_an_edit(self, ingested: Ingested) -> None:
        """A page that did not change has no changes, although another parser reads it otherwise."""

        async def later_parser(bundle: Bundle) -> Parsed:
            parsed = read_safely(bundle)
            return replace(parsed, parser="another", roundup=replace(parsed.roundup, title="Read otherwise"))

        with FaultServer() as server:
            ingested([server.url("/post")], server)
            (outcome,) = ingested([server.url("/post")], server, read=later_parser)
            assert (outcome.status, outcome.changes) == ("unchanged", ())

    def test_an_edit_is_a_change(self, ingested: Ingested) -> None:
        with FaultServer() as server:
            ingested([server.url("/post")], server)
            server.pages["/post"] = answers(200, PAGE.replace(b"Will it hold?", b"Will it really hold?"))
            (outcome,) = ingested([server.url("/post")], server)
            assert [(change.kind, change.item) for change in outcome.changes] == [("retitled", "page")]

    def test_a_comment_page_that_cannot_be_had_closes_nothing(self, ingested: Ingested, archive: Archive) -> None:
        """Comments seen once stay when the page that had them fails: the thread is not whole, so none is gone."""

        def page(numbers: range, title: str = "Will it hold?", more: str = "") -> bytes:
            items = "".join(
                f"<li class='comment' id='comment-{n}'><b class='fn'>Reader {n}</b> <a href='#comment-{n}'><time datetime='2024-04-0{n}T10:00:00'>"
                f"April {n}, 2024</time></a><div class='comment-content'><p>What reader {n} thinks of it.</p></div></li>"
                for n in numbers
            )
            text = f"<html><body><h1>{title}</h1><p>A page of honest words about a bridge.</p><h2>4 comments</h2><ol class='comment-list'>{items}</ol>{more}</body></html>"
            return text.encode()

        older = "<nav class='comment-navigation'><a href='/bridge/comment-page-1/#comments'>Older comments</a></nav>"
        with FaultServer() as server:
            url = server.url("/bridge/")
            server.pages["/bridge/comment-page-1/"] = answers(200, page(range(1, 3)))
            server.pages["/bridge/"] = answers(200, page(range(3, 5), more=older))
            (first,) = ingested([url], server)
            assert first.status == "archived"
            server.pages["/bridge/comment-page-1/"] = answers(404)
            server.pages["/bridge/"] = answers(200, page(range(3, 5), "Will it really hold?", older))
            (second,) = ingested([url], server)
            assert [change.item for change in second.changes] == ["page"]
            bundle = archive.latest(url)
            assert bundle is not None
            assert read_safely(bundle).roundup.comments_status == "paginated"
            server.pages["/bridge/comment-page-1/"] = answers(200, page(range(1, 3)))
            (third,) = ingested([url], server)
            assert [change for change in third.changes if change.item == "comment"] == []
