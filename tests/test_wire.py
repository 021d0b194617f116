"""Connections: kept while both sides may use them, replaced where they have gone stale, and led through a proxy where asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ingest import wire
from ingest.config import FetchTable
from ingest.fetch import Answer, Client
from parsers.errors import Truncated, Unreachable

from .faultserver import PAGE, FaultServer, Hit, answers, certificate, whole


def get(client: Client, *urls: str, pause: float = 0.0) -> list[Answer]:
    async def go() -> list[Answer]:
        async with client:
            found = []
            for url in urls:
                found.append(await client.get(url))
                await asyncio.sleep(pause)
            return found

    return asyncio.run(go())


def client(*servers: FaultServer, **settings: object) -> Client:
    return Client(FetchTable(**{"timeout": 3.0, "allow_hosts": tuple(server.name for server in servers), **settings}))


class Counting(FaultServer):
    """Counts its connections."""

    opened = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        await super()._serve(reader, writer)


def test_a_connection_is_kept() -> None:
    """Five pages of one server, one connection."""
    with Counting() as server:
        found = get(client(server), *[server.url("/")] * 5)
        assert ([answer.body for answer in found], server.opened) == ([PAGE] * 5, 1)


def test_a_connection_that_the_server_closed_is_replaced() -> None:
    """It hangs up after an answer that promised more of them: the next page comes over a new connection."""

    async def once(_: FaultServer, __: Hit, writer: asyncio.StreamWriter) -> None:
        writer.write(whole(PAGE))

    with Counting(pages={"/once": once}) as server:
        found = get(client(server), *[server.url("/once")] * 3)
        assert ([answer.body for answer in found], server.opened) == ([PAGE] * 3, 3)


def test_what_nobody_asked_for_answers_nothing() -> None:
    """Bytes that come after an answer are not taken for the next one."""

    async def talks_on(_: FaultServer, __: Hit, writer: asyncio.StreamWriter) -> None:
        writer.write(whole(PAGE))
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(whole(b"<p>another page"))
        await asyncio.sleep(1)

    with Counting(pages={"/talks-on": talks_on}) as server:
        first, second = get(client(server), server.url("/talks-on"), server.url("/"), pause=0.2)
        assert (first.body, second.body, server.opened) == (PAGE, PAGE, 2)


def test_at_once_it_is_an_error() -> None:
    """The same bytes in one piece: the length was wrong, and the page would look whole."""

    async def talks_on(_: FaultServer, __: Hit, writer: asyncio.StreamWriter) -> None:
        writer.write(whole(PAGE) + b"and more")

    with FaultServer(pages={"/talks-on": talks_on}) as server, pytest.raises(Truncated):
        get(client(server), server.url("/talks-on"))


def test_an_interim_answer_is_not_the_answer() -> None:
    """103 Early Hints comes before the page."""

    async def hints(_: FaultServer, __: Hit, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + whole(PAGE))

    with FaultServer(pages={"/hints": hints}) as server:
        assert get(client(server), server.url("/hints"))[0].body == PAGE


def test_tls(trusted: None) -> None:
    """A certificate that is vouched for: the page comes, and the connection is kept."""
    with Counting(tls=True) as server:
        found = get(client(server), *[server.url("/")] * 2)
        assert ([answer.body for answer in found], server.opened) == ([PAGE] * 2, 1)


@pytest.mark.parametrize("tls", [False, True])
def test_proxy(trusted: None, monkeypatch: pytest.MonkeyPatch, tls: bool) -> None:
    """Asked to, it goes through the environment's proxy, and tells it our name; what is secure goes through a tunnel."""
    with FaultServer(tls=tls) as server, proxy() as (address, seen):
        monkeypatch.setenv("https_proxy" if tls else "http_proxy", f"http://me:pw@{address}")
        monkeypatch.setenv("no_proxy", "")
        assert get(client(env_proxies=True), server.url("/"))[0].body == PAGE
        wanted = f"CONNECT {server.name} HTTP/1.1" if tls else f"GET http://{server.name}/ HTTP/1.1"
        assert (seen[0][0], "proxy-authorization: basic bwu6chc=" in [line.lower() for line in seen[0]]) == (wanted, True)
        assert "proxy-authorization" not in server.hits[0].headers or not tls


def test_a_proxy_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy says no to the tunnel."""
    with FaultServer(pages={"blog.example:443": answers(403)}) as server:
        monkeypatch.setenv("https_proxy", f"http://{server.name}")
        monkeypatch.setenv("no_proxy", "")
        with pytest.raises(Unreachable, match="the proxy answered 403"):
            get(client(env_proxies=True), "https://blog.example/")


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The test server's certificate is vouched for."""
    trust = ssl.create_default_context(cafile=str(certificate()[0]))
    monkeypatch.setattr(wire, "_trust", lambda: trust)
    yield


@contextmanager
def proxy() -> Iterator[tuple[str, list[list[str]]]]:
    """A proxy that forwards anything; its address and the heads that it saw."""
    seen: list[list[str]] = []

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    class Proxy(FaultServer):
        async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            seen.append(lines)
            method, where, _ = lines[0].split(" ")
            place = where if method == "CONNECT" else where.split("/")[2]
            host, _, port = place.partition(":")
            there = await asyncio.open_connection(host, int(port))
            if method == "CONNECT":
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                there[1].write(head.replace(f"http://{place}".encode(), b"", 1))
            await asyncio.gather(pipe(reader, there[1]), pipe(there[0], writer))

    with Proxy() as running:
        yield running.name, seen
