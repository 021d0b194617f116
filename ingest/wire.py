"""Connections and what goes over them: one HTTP/1.1 exchange at a time on each. Only here a page's server is reached.

h11 speaks the protocol and knows no network; here is the network, and no bound on bodies or time: `fetch` has those. A
connection is kept for the next exchange with its server where both sides have ended theirs well.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from collections import deque
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

import h11

from parsers.errors import NotAllowed, Unreachable

from .guard import Guard
from .stream import Stream
from .target import Target, target_of

CONNECT_TIMEOUT = 10.0  #: seconds, for each address of a host
_HEAD = 100 * 1024  #: bytes of a head that are read; servers send a few hundred
_KEPT = 20  #: connections at rest
_REST = 15.0  #: seconds that one is kept; servers rarely wait longer

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Head:
    """An answer's status and headers, names in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """The first header of that name, or ``""``."""
        return next((value for key, value in self.headers if key == name), "")


class HungUp(Exception):
    """The server closed the connection before it answered."""


class Connection:
    """One connection to a server."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
        self._rested_at = 0.0

    async def ask(self, method: bytes, what: bytes, headers: Headers) -> Head:
        """Send a request without a body; the answer's head. Raises HungUp, OSError and h11's errors."""
        request = h11.Request(method=method, target=what, headers=headers)
        self._stream.write((self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b""))
        while not isinstance(event := await self._event(), h11.Response):
            pass  # 1xx: the answer is still to come
        pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers)
        return Head(event.status_code, tuple(pairs))

    async def body(self) -> AsyncIterator[bytes]:
        """The body as it comes, still compressed. Raises OSError and h11's errors."""
        while not isinstance(event := await self._event(), h11.EndOfMessage):
            if isinstance(event, h11.Data):
                yield bytes(event.data)

    @property
    def has_more(self) -> bool:
        """True where the server sent more than its answer."""
        return bool(self._http.trailing_data[0])

    def rest(self) -> bool:
        """Make ready for the next exchange; False where there can be none."""
        if self.has_more or self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        self._rested_at = asyncio.get_running_loop().time()
        return True

    def is_alive(self) -> bool:
        """True where it may still be used, as far as one can tell from here."""
        fresh = asyncio.get_running_loop().time() - self._rested_at < _REST
        return fresh and self._stream.is_silent

    async def secure(self, host: str) -> None:
        """Speak TLS from now on: what a proxy has connected us to."""
        await self._stream.secure(_trust(), host)
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)

    def close(self) -> None:
        self._stream.close()

    async def _event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            data = await self._stream.read()
            if not data and self._http.their_state is h11.SEND_RESPONSE:
                raise HungUp
            self._http.receive_data(data)
        return event


class Wire:
    """The way to servers, through the guard or through a proxy, with the connections that are at rest."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._resting: deque[tuple[str, Connection]] = deque()

    def close(self) -> None:
        """Close what is at rest."""
        while self._resting:
            self._resting.pop()[1].close()

    def kept(self, target: Target) -> Connection | None:
        """A connection to the target's server that is at rest."""
        for place, (origin, connection) in enumerate(self._resting):
            if origin == target.origin:
                del self._resting[place]
                if connection.is_alive():
                    return connection
                connection.close()
                return None
        return None

    def put_back(self, target: Target, connection: Connection) -> None:
        """Keep a connection for the next exchange with its server, or close it where there can be none."""
        if not connection.rest():
            connection.close()
            return
        self._resting.append((target.origin, connection))
        if len(self._resting) > _KEPT:
            self._resting.popleft()[1].close()

    async def connect(self, target: Target, proxy: str = "") -> Connection:
        """A new connection. Raises Unreachable, NotAllowed and OSError."""
        if proxy:
            return await _through(proxy, target)
        addresses = await self._guard.addresses(target.host, target.port)
        for address in addresses[:-1]:
            try:
                return await _open(address, target)
            except (OSError, Unreachable):
                continue
        return await _open(addresses[-1], target)


async def _open(address: str, target: Target) -> Connection:
    trust = _trust() if target.secure else None
    name = target.host if trust else None
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            _, stream = await loop.create_connection(Stream, address, target.port, ssl=trust, server_hostname=name)
    except TimeoutError as error:
        raise Unreachable(target.host, f"there was no connection after {CONNECT_TIMEOUT:g} s") from error
    return Connection(stream)


async def _through(proxy: str, target: Target) -> Connection:
    """A connection by way of an HTTP proxy; what is secure goes through a tunnel (RFC 9110, 9.3.6)."""
    by = target_of(proxy if "//" in proxy else f"http://{proxy}")
    if by.secure:
        raise NotAllowed(by.host, "a proxy is asked over http, and https goes through it in a tunnel")
    connection = await _open(by.host, by)
    if target.secure:
        place = f"{target.host}:{target.port}".encode("ascii")
        head = await connection.ask(b"CONNECT", place, [(b"Host", place), *proxy_login(proxy)])
        if not 200 <= head.status < 300:
            connection.close()
            raise Unreachable(target.host, f"the proxy answered {head.status}")
        await connection.secure(target.host)
    return connection


def proxy_login(proxy: str) -> Headers:
    """What a proxy wants to know of us, where its address holds a name and password."""
    return [(b"Proxy-Authorization", found)] if (found := basic(proxy)) else []


def basic(url: str) -> bytes:
    """Name and password of an address as a header has them (RFC 7617); empty where there are none."""
    parts = urlsplit(url)
    if not parts.username and not parts.password:
        return b""
    pair = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"
    return b"Basic " + b64encode(pair.encode())


@cache
def _trust() -> ssl.SSLContext:
    """Whom we believe. Made once, since it takes as long as reading several pages."""
    import certifi

    return ssl.create_default_context(cafile=certifi.where())


def head_of(headers: Iterable[tuple[str, str]]) -> Headers:
    """Headers as they are sent."""
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers]
