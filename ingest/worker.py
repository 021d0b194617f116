"""Read pages in a process that may be killed.

A page that takes too long, eats too much memory or brings down the parser costs that page's reading and nothing else.
The operating system enforces the memory; pebble kills at the time limit.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import traceback
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

from parsers import Bundle, Parsed
from parsers.errors import ParserCrashed, PipelineError

if TYPE_CHECKING:
    from parsers.reading import Reading
    from parsers.rules import Site

log = logging.getLogger("ingest")

TIMEOUT = 20.0  #: seconds for one page
MEMORY = 700 * 2**20  #: bytes of address space for one worker
TASKS = 2_000  #: pages before a worker is replaced: what Lexbor took for a large page it does not give back

Read = Callable[[Bundle], Awaitable[Parsed]]  #: how the pipeline has a bundle read
T = TypeVar("T")


def read_safely(bundle: Bundle, sites: Sequence[Site] = (), platforms: bool = True) -> Parsed:
    """Parse in this process. Raises ParseError.

    `sites` are a user's own rules; without `platforms` comments are read by the general reader alone.
    """
    return reading_of(bundle, sites, platforms).parsed


def reading_of(bundle: Bundle, sites: Sequence[Site] = (), platforms: bool = True) -> Reading:
    """The same with its working papers. A bug of ours becomes ParserCrashed, which costs one page and not the run."""
    from parsers.reading import read  # here, since a process that has workers never reads a page itself

    try:
        return read(bundle, sites=sites, platforms=platforms)
    except PipelineError:
        raise
    except Exception as bug:  # the one broad net around a page
        log.debug("parser failed on %s\n%s", bundle.page.url, traceback.format_exc())
        raise ParserCrashed(bundle.page.url, f"the parser failed on this page ({type(bug).__name__}: {bug})") from bug


async def read_here(bundle: Bundle) -> Parsed:
    """A `Read` without a worker: quicker to start, and nothing can stop it."""
    return read_safely(bundle)


def reader(sites: Sequence[Site], platforms: bool = True) -> Read:
    """A `read_here` by these rules."""

    async def read_by(bundle: Bundle) -> Parsed:
        return read_safely(bundle, sites, platforms)

    return read_by


def size_for(pages: int) -> int:
    """How many workers so many pages are worth: no more than there are cores, and four at most."""
    return max(1, min(pages, os.cpu_count() or 1, 4))


def settle() -> None:
    """Have the collector leave alone what is loaded by now, and come less often: few of a page's objects are in circles."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


class Worker:
    """A `Read` behind a wall. `with` it; `Worker().read` is what the pipeline takes."""

    def __init__(
        self, size: int = 1, timeout: float = TIMEOUT, memory: int = MEMORY, sites: Sequence[Site] = ()
    ) -> None:
        self._size, self._timeout, self._memory = size, timeout, memory
        self.sites = sites  #: a user's own rules; others take effect with the next page
        self._pool: Any = None

    def __enter__(self) -> Self:
        from multiprocessing import forkserver

        from pebble import ProcessPool

        # A fork of a process that runs threads may deadlock; a fork server is a clean one.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["parsers.reading", "ingest.worker"])
        self._pool = ProcessPool(self._size, max_tasks=TASKS, initializer=_limit, initargs=(self._memory,), context=context)
        forkserver.ensure_running()  # it imports the parser while we import the rest, and forks when the first page is there
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()
        self._pool.join()

    async def read(self, bundle: Bundle) -> Parsed:
        """Parse in a worker. Raises ParseError."""
        return await self.call(partial(read_safely, sites=self.sites), bundle, bundle.page.url)

    async def call(self, work: Callable[[Any], T], argument: object, url: str) -> T:
        """Any pure function in a worker; `url` is what an error names."""
        from pebble import ProcessExpired

        future = self._pool.schedule(work, args=(argument,), timeout=self._timeout)
        try:
            result: T = await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise ParserCrashed(url, f"reading took longer than {self._timeout:g} s and was stopped") from error
        except ProcessExpired as error:
            raise ParserCrashed(url, f"the parser went down on this page (exit code {error.exitcode})") from error
        except MemoryError as error:
            raise ParserCrashed(url, f"reading took more than {self._memory // 2**20} MB and was stopped") from error
        return result


def _limit(memory: int) -> None:
    """Have the system refuse a worker more memory than that."""
    settle()
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
