"""What a site's robots.txt lets us read (RFC 9309).

Answers that say there is none (4xx) allow everything; answers that say nothing (5xx, no connection) forbid everything
until the file can be read. Either way the answer is remembered for a while and not asked for at each page.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from protego import Protego

from parsers.errors import FetchError, Forbidden, TooLarge

from .address import origin_of, public
from .politeness import after

LIMIT = 512 * 1024  #: bytes that are read; RFC 9309 asks for 500 KiB at least, and the rest is cut
KEEP = 86_400.0  #: seconds that an answer holds, as RFC 9309 advises
KEEP_FAILED = 600.0  #: seconds until a file that could not be read is asked for again


@dataclass(frozen=True, slots=True)
class Rules:
    """One site's robots.txt, read."""

    until: datetime  #: when it is to be asked for again
    parsed: Protego | None = None  #: None: there is no file, or it could not be read
    trouble: FetchError | None = None  #: why it could not be read

    def allows(self, url: str, agent: str) -> bool:
        """True where `agent` may read `url`."""
        return self.trouble is None and (self.parsed is None or self.parsed.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Crawl-delay in seconds, 0 where none is asked for."""
        seconds = self.parsed.crawl_delay(agent) if self.parsed is not None else None
        return max(0.0, float(seconds)) if seconds is not None else 0.0


Get = Callable[[str], Awaitable[tuple[int, bytes]]]  #: robots.txt's address → status and body; raises FetchError


class Robots:
    """Knows the rules of every site of a run."""

    def __init__(self, get: Get, agent: str, now: Callable[[], datetime]) -> None:
        self._get, self._now = get, now
        self._agent = agent.partition("/")[0].strip() or "*"  # the product token is what a group names
        self._known: dict[str, Rules] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: str) -> float:
        """The Crawl-delay for `url`. Raises Forbidden, or what made robots.txt unreadable."""
        rules = await self._rules(url)
        if rules.trouble is not None:
            raise rules.trouble.of(public(url), rules.trouble.why)
        if not rules.allows(url, self._agent):
            raise Forbidden(public(url), "robots.txt asks us to stay away")
        return rules.delay(self._agent)

    async def _rules(self, url: str) -> Rules:
        origin = origin_of(url)
        async with self._locks[origin]:
            rules = self._known.get(origin)
            if rules is None or rules.until <= self._now():
                rules = self._known[origin] = await self._ask(origin)
            return rules

    async def _ask(self, origin: str) -> Rules:
        address = f"{origin}/robots.txt"
        try:
            status, body = await self._get(address)
        except TooLarge:  # more redirects than RFC 9309 follows: as if there were no file
            return Rules(after(self._now(), KEEP))
        except FetchError as error:
            return Rules(after(self._now(), KEEP_FAILED), trouble=error)
        if status == 200:
            return Rules(after(self._now(), KEEP), parsed=read_robots(body))
        if 400 <= status < 500 and status != 429:
            return Rules(after(self._now(), KEEP))
        why = f"robots.txt answered {status}, so we keep away until it can be read"
        return Rules(after(self._now(), KEEP_FAILED), trouble=Forbidden(address, why, later=True))


def read_robots(body: bytes) -> Protego:
    """Parse a robots.txt. A byte order mark would hide the first group, and a line cut in two could say anything."""
    text = body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\x00", "")
    if len(body) >= LIMIT:
        text = text.rpartition("\n")[0]
    return Protego.parse(text)
