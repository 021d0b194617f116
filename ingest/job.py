"""What one run works with: handed through instead of looked up, so that a test can hand in its own clock and servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from archive import Archive
from parsers import Outcome
from parsers.urls import page_key

from .config import Config
from .web.address import public
from .web.turns import utc_now
from .web.visit import Visitor
from .worker import Worker


def never() -> bool:
    """Nobody asks a run to stop."""
    return False


def forget(_: int) -> None:
    """Nobody wants to know how much there is to do."""


@dataclass(frozen=True, slots=True)
class Job:
    """One run's tools."""

    config: Config
    archive: Archive
    visitor: Visitor
    worker: Worker
    tell: Callable[[Outcome], None]
    run: int
    now: Callable[[], datetime] = utc_now
    stopped: Callable[[], bool] = never  #: True once the run is to end after the page in hand
    expect: Callable[[int], None] = forget  #: is told how many pages are due

    def secret(self, url: str) -> str:
        """The address as the config gives it, which may hold a token that the archive must not."""
        return _as_named(tuple(source.addresses for source in self.config.source)).get(page_key(public(url)), url)


@lru_cache(maxsize=1)
def _as_named(named: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """The config's addresses, by what they are known as."""
    return {page_key(public(address)): address for addresses in reversed(named) for address in reversed(addresses)}
