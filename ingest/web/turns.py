"""Hosts take turns: one request at a time to each, with the gap that politeness asks for.

The book of hosts is handed in. A turn is claimed in it before the request and noted after it, each in one step, and the host is
ours for as long as the request is on its way, so that two processes which share a book never ask a host together. Where no gap
is asked for there is nothing to claim: then a turn comes unless the host has asked to be left alone, and is noted when there is
something else to write.
"""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from parsers.errors import AskedToWait

from .address import host_of, public
from .politeness import HostState, after, settled, wait

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[None]]


BUSY = 0.05  #: seconds until we look again whether another process's request has ended


class Book(Protocol):
    """What is known of hosts, by `host_of` an address."""

    def begin(self, host: str) -> bool:
        """Take a host for one request; False where another process's is on its way to it."""

    def end(self, host: str) -> None:
        """The request has ended, however it ended."""

    def look(self, host: str) -> HostState:
        """What is known of a host."""

    def change(self, host: str, how: Callable[[HostState], HostState], *, now: bool = True) -> None:
        """Replace what is known of a host by what `how` makes of it; nobody else changes it in between.

        Unless it must be so `now`, it may be done with whatever is written next.
        """


class OwnBook:
    """A book that nobody else reads."""

    def __init__(self) -> None:
        self._hosts: dict[str, HostState] = {}

    def begin(self, host: str) -> bool:
        return True

    def end(self, host: str) -> None:
        pass

    def look(self, host: str) -> HostState:
        return self._hosts.get(host) or HostState()

    def change(self, host: str, how: Callable[[HostState], HostState], *, now: bool = True) -> None:
        self._hosts[host] = how(self.look(host))


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Turns:
    """Who may ask a host, and when."""

    def __init__(
        self, gap: float, max_wait: float, book: Book | None = None, now: Clock = utc_now, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._gap, self._max_wait = gap, max_wait
        self._book: Book = OwnBook() if book is None else book
        self._now, self._sleep = now, sleep
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def turn(self, url: str, crawl_delay: float = 0.0, *, page: bool = True) -> AsyncIterator[None]:
        """Wait for the turn of the URL's host and hold it. Raises AskedToWait where that is longer than a run waits.

        `page` is False for robots.txt, which Crawl-delay does not speak of.
        """
        host = host_of(url)
        async with self._locks[host]:
            while (seconds := self._claim(host, crawl_delay, page)) > 0:
                if seconds > self._max_wait:
                    raise AskedToWait(public(url), seconds)
                await self._sleep(seconds)
            try:
                yield
            finally:
                try:
                    self._note(host, page, now=bool(self._gap or crawl_delay))
                finally:
                    self._book.end(host)

    def hold(self, url: str, seconds: float) -> None:
        """Leave the URL's host alone for so long, as it asked (Retry-After)."""
        until = after(self._now(), seconds)
        self._book.change(host_of(url), lambda state: replace(state, not_before=until))

    def _claim(self, host: str, crawl_delay: float, page: bool) -> float:
        """Take the host's turn and return 0, or return the seconds until it comes."""
        if not self._book.begin(host):
            return BUSY
        seconds = math.inf
        try:
            seconds = self._seconds(host, crawl_delay, page)
        finally:
            if seconds > 0:
                self._book.end(host)
        return seconds

    def _seconds(self, host: str, crawl_delay: float, page: bool) -> float:
        if not self._gap and not crawl_delay:
            return wait(self._book.look(host), self._now(), 0.0)
        seconds = 0.0

        def claimed(state: HostState) -> HostState:
            nonlocal seconds
            now = self._now()  # here, since the book may have been another process's for a while
            state = settled(state, now)
            seconds = wait(state, now, self._gap, crawl_delay if page else 0.0)
            return state if seconds > 0 else asked(state, now, page)

        self._book.change(host, claimed)
        return seconds

    def _note(self, host: str, page: bool, now: bool) -> None:
        """The request has ended: the gap counts from here."""
        at = self._now()
        self._book.change(host, lambda state: asked(state, at, page), now=now)


def asked(state: HostState, at: datetime, page: bool) -> HostState:
    """The state of a host that was asked at a time."""
    return replace(state, last=at, last_page=at if page else state.last_page)
