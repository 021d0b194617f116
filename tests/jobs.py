"""A run in this process, with a clock that the test sets: the same tick as `ingest run` makes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive import Archive
from ingest.config import Config
from ingest.job import Job, never
from ingest.runs.tick import tick
from ingest.web.book import ArchiveBook
from ingest.web.visit import Visitor
from ingest.worker import read_here
from parsers import Bundle, Outcome, Parsed

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Here:
    """Reads in this process."""

    async def read(self, bundle: Bundle) -> Parsed:
        return await read_here(bundle)

    async def call(self, work: Callable[[Any], Any], argument: object, url: str) -> Any:
        return work(argument)


class Runs:
    """An archive, and runs on it at times of one's choice."""

    def __init__(self, folder: Path, sources: Iterable[dict[str, Any]], hosts: Iterable[str] = (), **fetch: Any) -> None:
        table = {"contact": "https://reader.example/", "gap": 0.0, "allow_hosts": tuple(hosts), **fetch}
        self.config = Config.model_validate({"fetch": table, "source": list(sources)})
        self.archive = Archive.open(folder / "archive.db")
        self._ahead, self._begun = timedelta(), time.monotonic()
        self.stopped: Callable[[], bool] = never

    def __enter__(self) -> Runs:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    @property
    def now(self) -> datetime:
        """A clock that began at START, goes as clocks go, and can be put forward."""
        return START + self._ahead + timedelta(seconds=time.monotonic() - self._begun)

    def later(self, **span: float) -> Runs:
        """Put the clock forward."""
        self._ahead += timedelta(**span)
        return self

    def run(self, *names: str) -> list[Outcome]:
        """One run; its outcomes."""
        told: list[Outcome] = []
        sources = [source for source in self.config.source if not names or source.name in names]
        number = self.archive.begin_run("test", self.now)

        async def go() -> None:
            async with Visitor(self.config.fetch, book=ArchiveBook(self.archive.hosts), now=lambda: self.now) as visitor:
                job = Job(self.config, self.archive, visitor, Here(), told.append, number, lambda: self.now, self.stopped)  # type: ignore[arg-type]
                await tick(job, sources, at_once=bool(names))

        asyncio.run(go())
        self.archive.end_run(number, at=self.now)
        return told
