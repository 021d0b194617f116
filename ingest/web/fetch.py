"""One request over the wire: guarded, bounded, and told in our own words. The only module that imports httpx.

It follows no redirect, asks no robots.txt and waits for nobody; `visit` does. httpx gives neither a bound on what a
compressed body unfolds to nor one on the whole time, so the body is taken raw and both are kept here.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from parsers.errors import BadAddress, BadAnswer, FetchError, NotAllowed, TooLarge, TooSlow, Truncated, Unreachable

from ..config import FetchTable
from .address import public
from .bounded import Cut, Gzip, Overflow, Plain
from .guard import Guard

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CONNECT_TIMEOUT = 10.0
_LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=20, keepalive_expiry=15.0)

# httpx logs whole addresses, tokens and all, as soon as somebody turns logging on.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request."""

    url: str  #: as asked
    status: int
    headers: tuple[tuple[str, str], ...]  #: names in lower case; no cookies
    body: bytes = b""  #: content-decoded; empty unless the status asks for reading

    def header(self, name: str) -> str:
        """The first header of that name (lower case), or ``""``."""
        return next((value for key, value in self.headers if key == name), "")


class Client:
    """Asks servers. One for a run; `async with` it.

    It uses httpx's transport and not its client, which would follow cookies, proxies and every Location on its own account.
    """

    def __init__(self, settings: FetchTable, guard: Guard | None = None) -> None:
        self._settings = settings
        self._direct = _transport(guard or Guard(settings.allow_hosts))
        self._proxied = _proxies() if settings.env_proxies else {}
        self._headers = [("User-Agent", settings.agent), ("Accept", ACCEPT), ("Accept-Encoding", "gzip")]
        whole, connect = settings.timeout, min(CONNECT_TIMEOUT, settings.timeout)
        self._timeouts = {"connect": connect, "read": whole, "write": whole, "pool": whole}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    async def get(
        self,
        url: str,
        headers: Iterable[tuple[str, str]] = (),
        *,
        limit: int = 0,
        cut: bool = False,
        accept: tuple[int, ...] = (200, 203),
    ) -> Answer:
        """Ask for `url`; the body is read only where the status is in `accept`. Raises FetchError.

        `limit` is in bytes (0: as configured). With `cut`, a longer body is cut there instead of being refused.
        """
        shown = public(url)
        bound = _Body(shown, limit or self._settings.max_bytes, cut)
        try:
            async with asyncio.timeout(self._settings.timeout):
                response = await self._send(url, list(headers))
                try:
                    body = await bound.read(response) if response.status_code in accept else b""
                finally:
                    await response.aclose()
            return Answer(url, response.status_code, _headers(response), body)
        except FetchError as error:
            if error.url == shown:
                raise
            raise error.of(shown, error.why) from error
        except TimeoutError as error:
            raise TooSlow(shown, f"the answer was not whole after {self._settings.timeout:g} s") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise _told(shown, error, bound.begun) from error

    async def _send(self, url: str, headers: list[tuple[str, str]]) -> httpx.Response:
        """The answer's head. A kept connection that the server has closed meanwhile is replaced, once, by a new one."""
        fresh = False

        async def trace(event: str, _: object) -> None:
            nonlocal fresh
            fresh = fresh or event == "connection.connect_tcp.started"

        address = httpx.URL(url)
        login = [("Authorization", _basic(address))] if address.userinfo else []
        extensions = {"trace": trace, "timeout": self._timeouts}
        request = httpx.Request("GET", address, headers=[*self._headers, *login, *headers], extensions=extensions)
        transport = self._transport_for(address)
        try:
            return await transport.handle_async_request(request)
        except (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            if fresh:
                raise
            return await transport.handle_async_request(request)

    def _transport_for(self, address: httpx.URL) -> httpx.AsyncHTTPTransport:
        proxied = self._proxied.get(address.scheme)
        return self._direct if proxied is None or proxy_bypass(address.host) else proxied


class _Body:
    """Reads a body within its bounds."""

    def __init__(self, url: str, limit: int, cut: bool) -> None:
        self.url, self.limit, self.cut = url, limit, cut
        self.begun = False  # True once the headers are there

    async def read(self, response: httpx.Response) -> bytes:
        self.begun = True
        sink = self._sink(response)
        tail = b""
        try:
            async for piece in response.aiter_raw():
                sink.feed(piece)
                tail = piece
            self._ends_where_it_says(response, tail)
            return sink.finish()
        except Overflow:
            if self.cut:
                return sink.so_far()
            raise TooLarge(self.url, f"the body is longer than {self.limit:,} bytes") from None
        except Cut as error:
            raise Truncated(self.url, f"the body ended before it was whole ({error})") from error

    def _sink(self, response: httpx.Response) -> Plain | Gzip:
        encodings = response.headers.get("content-encoding", "").lower().replace(" ", "")
        if encodings in ("gzip", "x-gzip"):
            return Gzip(self.limit)
        if encodings not in ("", "identity"):
            raise BadAnswer(self.url, f"the body is compressed as {encodings[:40]!r}, and only gzip was asked for")
        length = response.headers.get("content-length", "")
        if length.isdigit() and len(length) < 20 and int(length) > self.limit and not self.cut:
            raise TooLarge(self.url, f"the body is {int(length):,} bytes long, and {self.limit:,} is the limit")
        return Plain(self.limit)

    def _ends_where_it_says(self, response: httpx.Response, tail: bytes) -> None:
        """A Content-Length that is too short cuts the page and looks whole; what came behind it gives it away."""
        stream = response.extensions.get("network_stream")
        if isinstance(stream, _Stream) and "content-length" in response.headers and not stream.latest.endswith(tail[-64:]):
            raise Truncated(self.url, "the server sent more than its Content-Length says")


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    raw = ((key.decode("latin-1").lower(), value.decode("latin-1")) for key, value in response.headers.raw)
    return tuple((key, value) for key, value in raw if not key.startswith("set-cookie"))


def _told(url: str, error: Exception, begun: bool) -> FetchError:
    """An error of httpx in our words."""
    text = str(error)
    if isinstance(error, httpx.UnsupportedProtocol):
        return NotAllowed(url, "only http and https are fetched")
    if isinstance(error, (httpx.InvalidURL, UnicodeError)):
        return BadAddress(url, f"this address cannot be read ({text})")
    if isinstance(error, httpx.RemoteProtocolError):
        return _broken(url, text, begun)
    if isinstance(error, httpx.ConnectTimeout):
        return Unreachable(url, f"there was no connection after {CONNECT_TIMEOUT:g} s")
    if isinstance(error, httpx.TimeoutException):
        return TooSlow(url, "the server fell silent")
    if begun:
        return Truncated(url, "the connection broke in mid-body")
    cause = _root(error)
    if isinstance(cause, ssl.SSLError):
        why = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return Unreachable(url, f"no secure connection: {why}")
    if isinstance(cause, ConnectionRefusedError):
        return Unreachable(url, "the connection was refused")
    reason = getattr(cause, "strerror", None) or text
    return Unreachable(url, "the connection broke before there was an answer" + (f" ({reason})" if reason else ""))


def _broken(url: str, text: str, begun: bool) -> FetchError:
    """What h11 says of an answer that breaks the protocol, in our words."""
    if "too long" in text:
        return TooLarge(url, "the headers are longer than a server's headers are")
    if begun:
        how = " (its chunks are broken)" if "chunk" in text and "incomplete" not in text else ""
        return Truncated(url, f"the body ended before it was whole{how}")
    if "without sending" in text or "disconnected" in text:
        return Unreachable(url, "the server hung up without an answer")
    return BadAnswer(url, f"the answer is not HTTP ({text})")


def _root(error: BaseException) -> BaseException:
    """The error that began it."""
    while (cause := error.__cause__ or error.__context__) is not None:
        if isinstance(cause, ssl.SSLError):
            return cause
        error = cause
    return error


def _basic(address: httpx.URL) -> str:
    """The header for a name and password before the host (RFC 7617)."""
    return "Basic " + b64encode(f"{address.username}:{address.password}".encode()).decode("ascii")


def _transport(guard: Guard) -> httpx.AsyncHTTPTransport:
    transport = httpx.AsyncHTTPTransport(trust_env=False, limits=_LIMITS)
    # The pool offers no public way to set its backend, and httpx 0.28 is its last release, so the name is safe.
    transport._pool._network_backend = _Backend(guard)
    return transport


def _proxies() -> dict[str, httpx.AsyncHTTPTransport]:
    """By scheme, a transport through the proxy that the environment names."""
    found = {scheme: url for scheme, url in getproxies().items() if scheme in ("http", "https")}
    return {scheme: httpx.AsyncHTTPTransport(proxy=url, trust_env=False, limits=_LIMITS) for scheme, url in found.items()}


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that remembers the latest bytes, to tell whether more came than was announced."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self.latest = b""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = await self._inner.read(max_bytes, timeout)
        if data:
            self.latest = data
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        return _Stream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.AsyncNetworkBackend):
    """Connects only where the guard says, and to the address that the guard has seen."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._guard.addresses(host, port)
        for address in addresses[:-1]:
            try:
                return _Stream(await self._inner.connect_tcp(address, port, timeout, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Stream(await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options))

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Any = None
    ) -> httpcore.AsyncNetworkStream:
        raise NotAllowed(path, "a socket file is not a web server")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
