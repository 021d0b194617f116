"""The daemon: APScheduler as a metronome that calls the same step as cron does.

Due times lie in the archive, so that nothing is lost with the process. SIGTERM finishes the page in hand and stops; SIGHUP
has the config read again before the next beat, and the old one stays where the new one is wrong.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from archive import Archive
from parsers import Outcome
from parsers.errors import ArchiveBusy, ArchiveError, ConfigError

from ..config import Config
from ..job import Job
from ..report import Voice
from ..rulebook import own_sites
from ..web.book import ArchiveBook
from ..web.turns import utc_now
from ..web.visit import Visitor
from ..worker import Worker
from .notify import check
from .stopping import GRACE, Stop
from .tick import anything_due, tick

log = logging.getLogger("ingest")
logging.getLogger("apscheduler").setLevel(logging.ERROR)  # else it warns of each beat that falls into a long one


class Watch:
    """One daemon's life."""

    def __init__(
        self,
        archive: Archive,
        worker: Worker,
        reread: Callable[[], Config],  #: raises ConfigError
        running: Callable[[], AbstractContextManager[int]],  #: a run in the archive's books
        tell: Callable[[Outcome], None],
        voice: Voice,
    ) -> None:
        self._archive, self._worker, self._reread = archive, worker, reread
        self._running, self._tell, self._voice = running, tell, voice
        self._config, self._stale = reread(), False
        worker.sites = own_sites(self._config)
        self._visitor: Visitor | None = None
        self._beating: asyncio.Task[Any] | None = None
        self._broken: ArchiveError | None = None
        self._stop = Stop()

    async def run(self, grace: float = GRACE) -> None:
        """Beat until asked to stop. Raises ArchiveError where the archive cannot be used any more."""
        self._stop.listen()
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hear_hup)
        metronome = AsyncIOScheduler(timezone="UTC")
        # One beat at a time; those that were missed count as one, and none comes too late to count.
        metronome.add_job(
            self._beat, "interval", seconds=self._config.watch.every, next_run_time=utc_now(),
            coalesce=True, max_instances=1, misfire_grace_time=None,
        )  # fmt: skip
        metronome.start()
        await self._stop.wait()
        metronome.pause()
        if (beat := self._beating) is not None:  # `shutdown` would not wait for it but cancel it
            await self._stop.let_end(beat, grace)
        metronome.shutdown(wait=False)
        await self._put_visitor_away()
        if self._broken is not None:
            raise self._broken

    def _hear_hup(self) -> None:
        self._stale = True

    async def _beat(self) -> None:
        self._beating = asyncio.current_task()
        try:
            await self._read_config_again()
            if anything_due(self._archive, self._config.source, utc_now()):
                await self._work()
        except ArchiveBusy as error:
            log.warning("%s", error)
        except ArchiveError as error:
            self._broken = error
            self._stop.ask()
        except Exception:  # the broad net around a job: the next beat is a new try
            log.exception("a beat failed; the next one tries again")
        finally:
            self._beating = None

    async def _work(self) -> None:
        if self._visitor is None:
            self._visitor = await Visitor(self._config.fetch, book=ArchiveBook(self._archive.hosts)).__aenter__()
        with self._running() as number:
            job = Job(
                self._config, self._archive, self._visitor, self._worker, self._tell, number, stopped=self._stop.asked
            )
            await tick(job, self._config.source)
        check(self._archive, self._config, utc_now(), self._voice)

    async def _read_config_again(self) -> None:
        if not self._stale:
            return
        self._stale = False
        try:
            new = self._reread()
            self._worker.sites = own_sites(new)
        except ConfigError as error:
            log.error("the config stays as it was, since the new one is wrong: %s", error)
            return
        if new.archive != self._config.archive:
            log.error("another archive.path takes a restart; the rest of the new config holds from now on")
        self._config = new.model_copy(update={"archive": self._config.archive})
        await self._put_visitor_away()
        log.warning("the config was read again: %d sources", len(new.source))

    async def _put_visitor_away(self) -> None:
        if self._visitor is not None:
            await self._visitor.__aexit__()
            self._visitor = None
