"""Hosts take turns, also between processes, and whatever the clock does."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from archive import Archive
from archive.watched import Due, Record
from ingest.web.book import ArchiveBook
from ingest.web.politeness import HostState, settled, wait
from ingest.web.turns import OwnBook, Turns
from parsers.errors import AskedToWait
from parsers.urls import host_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "http://blog.example/post/"


class Clock:
    """A clock that only sleeping moves, and that can be put back."""

    def __init__(self) -> None:
        self.at, self.slept = NOW, 0.0

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.slept += seconds


def take(turns: Turns, times: int = 1) -> None:
    async def go() -> None:
        for _ in range(times):
            async with turns.turn(URL):
                pass

    asyncio.run(go())


def test_gap_is_kept() -> None:
    clock = Clock()
    take(Turns(2.0, 60, now=clock.now, sleep=clock.sleep), 5)
    assert clock.slept == pytest.approx(8.0)


def test_clock_put_back_costs_one_gap() -> None:
    """What lies in the future counts as now: one wait, and no endless one."""
    clock = Clock()
    turns = Turns(2.0, 60, now=clock.now, sleep=clock.sleep)
    take(turns)
    clock.at -= timedelta(days=1)
    take(turns)
    assert clock.slept == pytest.approx(2.0)


def test_clock_put_forward_costs_nothing() -> None:
    clock = Clock()
    turns = Turns(2.0, 60, now=clock.now, sleep=clock.sleep)
    take(turns)
    clock.at += timedelta(days=1)
    take(turns)
    assert clock.slept == 0


def test_settled_leaves_the_past_alone() -> None:
    past = HostState(last=NOW - timedelta(seconds=1), not_before=NOW + timedelta(hours=1))
    assert settled(past, NOW) == past
    assert wait(settled(HostState(last=NOW + timedelta(hours=1)), NOW), NOW, 2.0) == 2.0


def test_retry_after_is_heeded_by_the_next_run(tmp_path: Path) -> None:
    """The book in the archive outlives the process."""
    clock = Clock()
    with Archive.open(tmp_path / "a.db") as archive:
        Turns(0, 60, ArchiveBook(archive.hosts), clock.now, clock.sleep).hold(URL, 3600)
    with Archive.open(tmp_path / "a.db") as archive, pytest.raises(AskedToWait):
        take(Turns(0, 60, ArchiveBook(archive.hosts), clock.now, clock.sleep))


def test_a_host_is_one_however_it_is_spelled(tmp_path: Path) -> None:
    """It takes one turn, and `ingest status` finds what it asked for."""
    clock = Clock()
    with Archive.open(tmp_path / "a.db") as archive:
        archive.agenda.put("s", [(Record("https://faß.example/a", NOW), Due(NOW, "new"))])
        turns = Turns(0, 60, ArchiveBook(archive.hosts), clock.now, clock.sleep)
        turns.hold("https://faß.example/b", 3600)
        (name,) = archive.watching.hosts()
        assert archive.watching.host(name, NOW).not_before == NOW + timedelta(hours=1)
        assert HostState(*archive.hosts.get(host_of("https://XN--FA-HIA.example./"))).not_before == NOW + timedelta(hours=1)


def test_without_a_gap_nothing_is_written_for_a_turn_alone(tmp_path: Path) -> None:
    """A request is noted with whatever this process writes next, and at the latest when it closes the archive."""
    path, clock = tmp_path / "a.db", Clock()
    with Archive.open(path) as other, Archive.open(path) as archive:
        turns = Turns(0, 60, ArchiveBook(archive.hosts), clock.now, clock.sleep)
        take(turns)
        assert other.hosts.get("blog.example")[0] is None
        archive.begin_run("ingest run")
        assert other.hosts.get("blog.example")[0] == clock.now()
        clock.at += timedelta(seconds=5)
        take(turns)
        archive.close()
        assert other.hosts.get("blog.example")[0] == clock.now()


GAP = 0.1


def _ask(path: Path, log: Path, times: int) -> None:
    with Archive.open(path) as archive:
        turns = Turns(GAP, 60, ArchiveBook(archive.hosts))

        async def go() -> None:
            for _ in range(times):
                async with turns.turn(URL):
                    began = time.time()
                    await asyncio.sleep(0.3)  # longer than the gap
                    with log.open("a") as file:
                        file.write(f"{began} {time.time()}\n")

        asyncio.run(go())


def test_two_processes_are_polite_together(tmp_path: Path) -> None:
    """Three processes, one archive, one host: never a request before the last one has ended and the gap is over."""
    with Archive.open(tmp_path / "a.db"):
        pass
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_ask, args=(tmp_path / "a.db", tmp_path / "log", 4)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    times = sorted(tuple(map(float, line.split())) for line in (tmp_path / "log").read_text().splitlines())
    assert len(times) == 12
    assert min(began - ended for (_, ended), (began, _) in pairwise(times)) >= GAP - 0.001


def test_a_dead_process_holds_no_host(tmp_path: Path) -> None:
    """Whoever is killed with a request on its way is not waited for."""
    path = tmp_path / "a.db"
    with Archive.open(path) as archive:
        holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(path, tmp_path / "held"))
        holder.start()
        while not (tmp_path / "held").exists():
            time.sleep(0.01)
        assert not archive.hosts.begin("blog.example")
        assert archive.hosts.begin("other.example")
        holder.kill()
        holder.join(20)
        assert archive.hosts.begin("blog.example")


def _hold(path: Path, told: Path) -> None:
    with Archive.open(path) as archive:
        assert archive.hosts.begin("blog.example")
        told.touch()
        time.sleep(60)


def test_own_book_forgets_nothing() -> None:
    book = OwnBook()
    book.change("a", lambda state: HostState(last=NOW))
    seen: list[HostState] = []
    book.change("a", lambda state: seen.append(state) or state)  # type: ignore[func-returns-value]
    assert seen == [HostState(last=NOW)]
