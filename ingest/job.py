"""What one run works with: handed through instead of looked up, so that a test can hand in its own clock and servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from archive import Archive
from parsers import Outcome
from parsers.urls import page_key

from .address import public
from .config import Config
from .turns import utc_now
from .visit import Visitor
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
        key = page_key(public(url))
        named = (address for source in self.config.source for address in source.addresses)
        return next((address for address in named if page_key(public(address)) == key), url)
