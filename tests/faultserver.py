"""A web server that misbehaves on purpose, byte by byte: one path, one fault.

It runs in a thread with a loop of its own, so that a test, a command and a worker can all be its client. It writes raw
bytes to the socket, since no HTTP library would let it do what bad servers do.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import ssl
import struct
import subprocess
import threading
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from typing import Self

PAGE = (
    b"<!doctype html><html lang=en><head><title>Will it hold?</title></head><body>"
    + b"<p>A page of honest words.</p>" * 40
    + b"</body></html>"
)


@dataclass(frozen=True)
class Hit:
    """One request that came."""

    at: float  #: time.monotonic() when its head was whole
    path: str
    headers: dict[str, str]


Handler = Callable[["FaultServer", Hit, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class FaultServer:
    """`with FaultServer() as server: ... server.url("/reset")`."""

    robots: bytes | int = 404  #: the body of robots.txt, or the status it is answered with
    tls: bool = False
    host: str = "127.0.0.1"
    pages: dict[str, Handler] = field(default_factory=dict)  #: besides those in FAULTS
    hits: list[Hit] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def url(self, path: str = "/") -> str:
        """The address of a path on this server."""
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}{path}"

    @property
    def name(self) -> str:
        """What `allow_hosts` has to say to let this server through."""
        return f"{self.host}:{self.port}"

    def asked(self) -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [hit.path for hit in self.hits if hit.path != "/robots.txt"]

    async def _start(self) -> int:
        context = _certificate() if self.tls else None
        self._server = await asyncio.start_server(self._serve, self.host, 0, ssl=context, limit=2**20)
        return int(self._server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        self._server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *rest = head.split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest if line)}
                hit = Hit(time.monotonic(), first.split(" ")[1], headers)
                self.hits.append(hit)
                handler = self._handler(hit.path)
                await handler(self, hit, writer)
                await writer.drain()
                if handler is not page_of:
                    break
        with contextlib.suppress(OSError):
            writer.close()

    def _handler(self, path: str) -> Handler:
        if path in self.pages:
            return self.pages[path]
        if path == "/robots.txt":
            return answers(self.robots) if isinstance(self.robots, int) else answers(200, self.robots, "text/plain")
        bare = path.partition("?")[0]
        if bare.startswith("/then/"):  # an honest page at the first visit, the fault at every later one
            bare = bare.removeprefix("/then") if self.asked().count(path) > 1 else "/"
        return FAULTS.get(bare) or page_of


def head(status: int = 200, *lines: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """The head of an answer."""
    return "\r\n".join((f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", *lines, "", "")).encode("latin-1")


def whole(body: bytes, *lines: str, status: int = 200, kind: str = "text/html; charset=utf-8") -> bytes:
    """An honest answer."""
    return head(status, f"Content-Length: {len(body)}", *lines, kind=kind) + body


def answers(status: int, body: bytes = b"", kind: str = "text/html; charset=utf-8", *lines: str) -> Handler:
    """A handler that gives one honest answer."""

    async def handler(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
        writer.write(whole(body, "Connection: close", *lines, status=status, kind=kind))

    return handler


def sends(data: bytes) -> Handler:
    """A handler that writes these bytes and hangs up."""

    async def handler(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return handler


async def page_of(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """An honest page, and the connection stays."""
    writer.write(whole(PAGE))


async def reset(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """Half of the body, then a TCP reset."""
    writer.write(head(200, f"Content-Length: {len(PAGE)}") + PAGE[:300])
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hangs_up(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """Not a byte."""


async def endless(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """Chunks for ever."""
    writer.write(head(200, "Transfer-Encoding: chunked"))
    piece = b"10000\r\n" + b"<p>again " * 7281 + b"1234567" + b"\r\n"
    while True:
        writer.write(piece)
        await writer.drain()


async def drip(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """One byte a second."""
    writer.write(head(200, f"Content-Length: {len(PAGE)}"))
    for byte in PAGE:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)


async def silent(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """Accepts, and says nothing."""
    await asyncio.sleep(60)


async def headers_of_10_mb(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """Ten megabytes of headers."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        writer.write(b"X-%d: " % number + b"y" * 1000 + b"\r\n")
        await writer.drain()
    writer.write(b"\r\n" + PAGE)


async def one_header_of_10_mb(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """One header that does not end."""
    writer.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(160):
        writer.write(b"y" * 65_536)
        await writer.drain()


async def gzip_bomb(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """64 KB that unfold to 64 MB."""
    writer.write(whole(bomb(), "Content-Encoding: gzip"))


async def double_gzip(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """Two layers of compression, and says so."""
    writer.write(whole(gzip.compress(bomb()), "Content-Encoding: gzip, gzip"))


async def megabytes(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """As many megabytes of HTML as the query says."""
    count = int(hit.path.rpartition("?")[2])
    writer.write(head(200, "Connection: close"))
    for _ in range(count):
        writer.write(b"<p>more words</p>" * (2**20 // 17))
        await writer.drain()


async def to(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """A redirect to where the query says."""
    writer.write(whole(b"", f"Location: {hit.path.partition('?')[2]}", status=302))


async def deeper(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """A redirect to the next number, for ever."""
    writer.write(whole(b"", f"Location: /deeper?{int(hit.path.rpartition('?')[2] or 0) + 1}", status=302))


async def asks_to_wait(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """429 with Retry-After as the query says, at the first call; a page afterwards."""
    first = sum(1 for other in server.hits if other.path == hit.path) == 1
    writer.write(whole(b"", f"Retry-After: {hit.path.rpartition('?')[2]}", status=429) if first else whole(PAGE))


async def tagged(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """A page with validators that it heeds."""
    if hit.headers.get("if-none-match") == '"one"':
        writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n')
    else:
        writer.write(whole(PAGE, 'ETag: "one"', "Last-Modified: Mon, 05 Jan 2026 10:00:00 GMT"))


async def cookies(server: FaultServer, hit: Hit, writer: asyncio.StreamWriter) -> None:
    """A page that sets a cookie."""
    writer.write(whole(PAGE, "Set-Cookie: session=1; Path=/"))


@cache
def bomb() -> bytes:
    """64 KB that unfold to 64 MB."""
    squeeze, out = zlib.compressobj(6, zlib.DEFLATED, 31), bytearray()
    for _ in range(64):
        out += squeeze.compress(b"\0" * 2**20)
    return bytes(out + squeeze.flush())


_CHUNKED = head(200, "Transfer-Encoding: chunked")
_SQUEEZED = gzip.compress(PAGE)
_LOGIN = b"<title>Log in</title><form><input name=u><input type=password name=p></form>"
_CAPTCHA = b"<title>Just a moment...</title><script>window._cf_chl_opt={}</script><p>Checking your browser</p>"

FAULTS: dict[str, Handler] = {
    "/reset": reset,
    "/hangs-up": hangs_up,
    "/endless": endless,
    "/drip": drip,
    "/silent": silent,
    "/length-too-long": sends(head(200, f"Content-Length: {len(PAGE) + 500}") + PAGE),
    "/length-too-short": sends(head(200, f"Content-Length: {len(PAGE) - 500}") + PAGE),
    "/length-nonsense": sends(head(200, "Content-Length: many") + PAGE),
    "/length-twice": sends(head(200, f"Content-Length: {len(PAGE)}", "Content-Length: 5") + PAGE),
    "/chunk-size": sends(_CHUNKED + b"400\r\n" + PAGE[:1024] + b"\r\nzz\r\n" + PAGE[1024:]),
    "/chunk-cut": sends(_CHUNKED + b"800\r\n" + PAGE[:900]),
    "/chunk-no-end": sends(_CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n"),
    "/gzip-cut": sends(whole(_SQUEEZED[:-12], "Content-Encoding: gzip")),
    "/gzip-not": sends(whole(PAGE, "Content-Encoding: gzip")),
    "/gzip-bomb": gzip_bomb,
    "/gzip-twice": double_gzip,
    "/gzip-hidden-twice": sends(whole(gzip.compress(_SQUEEZED), "Content-Encoding: gzip")),
    "/brotli": sends(whole(PAGE, "Content-Encoding: br")),
    "/gzip": sends(whole(_SQUEEZED, "Content-Encoding: gzip")),
    "/headers": headers_of_10_mb,
    "/header": one_header_of_10_mb,
    "/status-line": sends(b"BANANA 200 OK\r\n\r\n" + PAGE),
    "/status-number": sends(b"HTTP/1.1 banana OK\r\n\r\n" + PAGE),
    "/loop": sends(whole(b"", "Location: /loop2", status=302)),
    "/loop2": sends(whole(b"", "Location: /loop", status=301)),
    "/deeper": deeper,
    "/to": to,
    "/no-location": sends(whole(b"", status=302)),
    "/error-page": answers(200, b"<title>404 Not Found</title><h1>Not Found</h1><p>Nothing here.</p>"),
    "/login": answers(200, _LOGIN),
    "/captcha": answers(200, _CAPTCHA),
    "/empty": answers(200),
    "/blank": answers(200, b" \r\n\0\0\t "),
    "/nuls": answers(200, b"\0" * 50_000 + PAGE),
    "/some-nuls": answers(200, PAGE.replace(b"honest", b"hon\0est", 3)),
    "/charset": answers(200, "<title>Fünf Fragen</title><p>Größe</p>".encode(), "text/html; charset=no-such-charset"),
    "/picture": answers(200, b"\x89PNG\r\n\x1a\n" + b"\0\1\2" * 900, "image/png"),
    "/binary": answers(200, bytes(range(256)) * 64),
    "/megabytes": megabytes,
    "/nested": answers(200, b"<div>" * 100_000 + b"words"),
    "/attributes": answers(200, b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">words</p>"),
    "/tags": answers(200, b"<b>x</b>" * 200_000),
    "/not-found": answers(404, PAGE),
    "/gone": answers(410, PAGE),
    "/forbidden": answers(403, PAGE),
    "/login-wanted": answers(401, PAGE),
    "/error": answers(500, PAGE),
    "/unavailable": answers(503, PAGE),
    "/no-content": answers(204),
    "/part": answers(206, PAGE),
    "/asks-to-wait": asks_to_wait,
    "/asks-for-an-hour": answers(429, b"", "text/html", "Retry-After: 3600"),
    "/tagged": tagged,
    "/cookies": cookies,
    "/feed-html": answers(200, PAGE, "application/rss+xml"),
}


def _certificate() -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    folder = Path(__file__).parent.parent / ".cache" / "tls"
    folder.mkdir(parents=True, exist_ok=True)
    key, cert = folder / "key.pem", folder / "cert.pem"
    if not cert.exists():
        command = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "3650",
        ]
        command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
        subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context
