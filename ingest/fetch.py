"""One request over the wire: guarded, bounded, and told in our own words.

It follows no redirect, asks no robots.txt and waits for nobody; `visit` does. Bodies are taken as they come, so that a bound
can be kept on what a compressed one unfolds to, and one on the whole time.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.request import getproxies, proxy_bypass

import h11

from parsers.errors import BadAddress, BadAnswer, FetchError, TooLarge, TooSlow, Truncated, Unreachable

from .address import public
from .bounded import Cut, Gzip, Overflow, Plain
from .config import FetchTable
from .guard import Guard
from .target import Target, target_of
from .wire import Connection, Head, Headers, HungUp, Wire, basic, head_of, proxy_login

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


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
    """Asks servers. One for a run; `async with` it. No cookies, no redirects, no proxies but those that the config allows."""

    def __init__(self, settings: FetchTable, guard: Guard | None = None) -> None:
        self._settings = settings
        self._wire = Wire(guard or Guard(settings.allow_hosts))
        self._proxies = getproxies() if settings.env_proxies else {}
        self._headers = head_of([("User-Agent", settings.agent), ("Accept", ACCEPT), ("Accept-Encoding", "gzip")])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._wire.close()
        await asyncio.sleep(0)  # asyncio hangs up with the loop's next round

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
                return await self._exchange(url, head_of(headers), bound, accept)
        except FetchError as error:
            if error.url == shown:
                raise
            raise error.of(shown, error.why) from error
        except TimeoutError as error:
            raise TooSlow(shown, f"the answer was not whole after {self._settings.timeout:g} s") from error
        except (OSError, HungUp, h11.ProtocolError, UnicodeError) as error:
            raise _told(shown, error, bound.begun) from error

    async def _exchange(self, url: str, more: Headers, bound: _Body, accept: tuple[int, ...]) -> Answer:
        target = target_of(url)
        login = basic(url)
        headers = [(b"Host", target.name.encode()), *self._headers, *([(b"Authorization", login)] if login else []), *more]
        connection, head = await self._send(target, headers)
        try:
            body = await bound.read(head, connection) if head.status in accept else b""
        except BaseException:
            connection.close()
            raise
        self._wire.put_back(target, connection)
        return Answer(url, head.status, tuple(pair for pair in head.headers if not pair[0].startswith("set-cookie")), body)

    async def _send(self, target: Target, headers: Headers) -> tuple[Connection, Head]:
        """The answer's head. A kept connection that the server has closed meanwhile is replaced, once, by a new one."""
        proxy = self._proxy_for(target)
        what = target.path
        if proxy and not target.secure:
            what, headers = f"http://{target.name}{target.path}", [*headers, *proxy_login(proxy)]
        if (connection := self._wire.kept(target)) is not None:
            try:
                return connection, await _ask(connection, what, headers)
            except (OSError, HungUp, h11.RemoteProtocolError):
                pass
        connection = await self._wire.connect(target, proxy)
        return connection, await _ask(connection, what, headers)

    def _proxy_for(self, target: Target) -> str:
        found = self._proxies.get("https" if target.secure else "http", "")
        return "" if not found or proxy_bypass(target.host) else found


async def _ask(connection: Connection, what: str, headers: Headers) -> Head:
    try:
        return await connection.ask(b"GET", what.encode("ascii"), headers)
    except BaseException:
        connection.close()
        raise


class _Body:
    """Reads a body within its bounds."""

    def __init__(self, url: str, limit: int, cut: bool) -> None:
        self.url, self.limit, self.cut = url, limit, cut
        self.begun = False  # True once the headers are there

    async def read(self, head: Head, connection: Connection) -> bytes:
        self.begun = True
        sink = self._sink(head)
        try:
            async for piece in connection.body():
                sink.feed(piece)
            if connection.has_more and head.header("content-length"):  # cut by a wrong length, a page looks whole
                raise Truncated(self.url, "the server sent more than its Content-Length says")
            return sink.finish()
        except Overflow:
            if self.cut:
                return sink.so_far()
            raise TooLarge(self.url, f"the body is longer than {self.limit:,} bytes") from None
        except Cut as error:
            raise Truncated(self.url, f"the body ended before it was whole ({error})") from error

    def _sink(self, head: Head) -> Plain | Gzip:
        encodings = ",".join(value for name, value in head.headers if name == "content-encoding").lower().replace(" ", "")
        if encodings in ("gzip", "x-gzip"):
            return Gzip(self.limit)
        if encodings not in ("", "identity"):
            raise BadAnswer(self.url, f"the body is compressed as {encodings[:40]!r}, and only gzip was asked for")
        length = head.header("content-length")
        if length.isdigit() and len(length) < 20 and int(length) > self.limit and not self.cut:
            raise TooLarge(self.url, f"the body is {int(length):,} bytes long, and {self.limit:,} is the limit")
        return Plain(self.limit)


def _told(url: str, error: Exception, begun: bool) -> FetchError:
    """What went wrong, in our words."""
    if isinstance(error, (UnicodeError, h11.LocalProtocolError)):
        return BadAddress(url, f"this address cannot be read ({error})")
    if isinstance(error, h11.RemoteProtocolError):
        return _broken(url, str(error), begun)
    if isinstance(error, HungUp):
        return Unreachable(url, "the server hung up without an answer")
    if begun:
        return Truncated(url, "the connection broke in mid-body")
    if isinstance(error, ssl.SSLError):
        why = getattr(error, "verify_message", "") or error.reason or str(error)
        return Unreachable(url, f"no secure connection: {why}")
    if isinstance(error, ConnectionRefusedError):
        return Unreachable(url, "the connection was refused")
    reason = getattr(error, "strerror", None) or str(error)
    return Unreachable(url, "the connection broke before there was an answer" + (f" ({reason})" if reason else ""))


def _broken(url: str, text: str, begun: bool) -> FetchError:
    """What h11 says of an answer that breaks the protocol, in our words."""
    if "too long" in text:
        return TooLarge(url, "the headers are longer than a server's headers are")
    if begun:
        how = " (its chunks are broken)" if "chunk" in text and "incomplete" not in text else ""
        return Truncated(url, f"the body ended before it was whole{how}")
    return BadAnswer(url, f"the answer is not HTTP ({text})")
