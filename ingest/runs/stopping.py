"""Stop when asked: finish the page in hand, begin no other, and wait no longer than is decent."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress

GRACE = 30.0  #: seconds for the pages in hand; what still waits for its host's turn then is left for the next run


class Stop:
    """Whether somebody has asked us to stop (SIGTERM, or Ctrl-C)."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()
        self._at_once = asyncio.Event()

    def listen(self) -> None:
        """Heed the signals from now on; a second one is meant more seriously."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self.ask)

    def ask(self) -> None:
        """Ask to stop; twice: at once."""
        if self._asked.is_set():
            self._at_once.set()
        self._asked.set()

    def asked(self) -> bool:
        """True once somebody has."""
        return self._asked.is_set()

    async def wait(self, seconds: float | None = None) -> None:
        """Until somebody asks, or so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._asked.wait(), seconds)

    async def carry(self, work: Coroutine[object, object, None], grace: float = GRACE) -> None:
        """Do the work to its end; once asked to stop, give it `grace` seconds to come to one."""
        task = asyncio.ensure_future(work)
        asked = asyncio.ensure_future(self._asked.wait())
        await asyncio.wait((task, asked), return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        await self.let_end(task, grace)
        if not task.cancelled():
            task.result()

    async def let_end(self, task: asyncio.Future[None], grace: float = GRACE) -> None:
        """Wait for what is in hand, `grace` seconds at most and no longer than until somebody asks twice; then cut it off."""
        at_once = asyncio.ensure_future(self._at_once.wait())
        await asyncio.wait((task, at_once), timeout=grace, return_when=asyncio.FIRST_COMPLETED)
        at_once.cancel()
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
