"""Hosts take turns: one request at a time to each, with the gap that politeness asks for.

The book of hosts is handed in, so that two processes which share one stay polite together.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

from parsers.errors import AskedToWait

from .address import host_of, public
from .politeness import HostState, after, wait

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]
Book = MutableMapping[str, HostState]  #: by `host_of` an address


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Turns:
    """Who may ask a host, and when."""

    def __init__(
        self, gap: float, max_wait: float, book: Book | None = None, now: Clock = utc_now, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._gap, self._max_wait = gap, max_wait
        self._book: Book = {} if book is None else book
        self._now, self._sleep = now, sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def turn(self, url: str, crawl_delay: float = 0.0, *, page: bool = True) -> AsyncIterator[None]:
        """Wait for the turn of the URL's host and hold it. Raises AskedToWait where that is longer than a run waits.

        `page` is False for robots.txt, which Crawl-delay does not speak of.
        """
        host = host_of(url)
        async with self._locks[host]:
            while (seconds := wait(self._state(host), self._now(), self._gap, crawl_delay if page else 0.0)) > 0:
                if seconds > self._max_wait:
                    raise AskedToWait(public(url), seconds)
                await self._sleep(seconds)
            try:
                yield
            finally:
                ended = self._now()
                state = replace(self._state(host), last=ended)
                self._book[host] = replace(state, last_page=ended) if page else state

    def hold(self, url: str, seconds: float) -> None:
        """Leave the URL's host alone for so long, as it asked (Retry-After)."""
        host = host_of(url)
        self._book[host] = replace(self._state(host), not_before=after(self._now(), seconds))

    def _state(self, host: str) -> HostState:
        return self._book.get(host) or HostState()
