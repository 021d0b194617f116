"""The daemon: a clockwork that stops when told, hears of a new config, and loses nothing when it is killed.

Each of the three signals is sent in the middle of a run, again and again to one archive; afterwards every page is there once. Three
rounds of each by default; `ROUNDS=20 pytest tests/test_watch.py` makes twenty.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive
from ingest.runs.stopping import Stop

from .blog import Blog

ROUNDS = int(os.environ.get("ROUNDS", "3"))
INGEST = str(Path(sys.executable).parent / "ingest")


def write_config(folder: Path, blog: Blog, count: int, more: str = "") -> None:
    urls = json.dumps([f"{blog.url}/{n}" for n in range(count)])
    (folder / "config.toml").write_text(
        f'[fetch]\ncontact = "https://reader.example/"\ngap = 0.05\nallow_hosts = ["{blog.name}"]\n[watch]\nevery = 1\n'
        f'[[source]]\nname = "pages"\nkind = "url"\nurls = {urls}\n{more}'
    )


@contextlib.contextmanager
def daemon(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`ingest watch` in a folder."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("INGEST_")}
    with (folder / "said").open("a") as said:
        process = subprocess.Popen([INGEST, "watch", "-v"], cwd=folder, env=env, stdout=said, stderr=said, text=True, start_new_session=True)
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def until(what: object, seconds: float = 60.0) -> bool:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def archived(folder: Path) -> list[str]:
    with Archive.open(folder / "archive.db", read_only=True) as archive:
        return sorted(archive.pages())


def sound(folder: Path) -> tuple[str, ...]:
    """What `ingest verify --deep` would complain about."""
    with Archive.open(folder / "archive.db") as archive:
        return archive.verify(deep=True)


def interrupted(tmp_path: Path, sign: signal.Signals) -> tuple[Blog, list[int]]:
    """Send a signal in the middle of a run, ROUNDS times to one archive, each time with ten pages more; the exit codes."""
    codes: list[int] = []
    chance = random.Random(int(sign))
    with Blog() as blog:
        blog.delay = 0.05
        for n in range(10 * ROUNDS):
            blog.post(f"/{n}")
        for number in range(1, ROUNDS + 1):
            write_config(tmp_path, blog, 10 * number)
            with daemon(tmp_path) as process:
                begun = len(blog.hits)
                assert until(lambda begun=begun: len(blog.hits) > begun + 2), (tmp_path / "said").read_text()[-2000:]
                time.sleep(chance.uniform(0, 0.4))
                process.send_signal(sign)
                codes.append(process.wait(60))
        with daemon(tmp_path) as process:
            assert until(lambda: len(archived(tmp_path)) == 10 * ROUNDS), (tmp_path / "said").read_text()[-2000:]
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
    return blog, codes


def test_sigterm_finishes_the_page_in_hand(tmp_path: Path) -> None:
    """Exit code 0; what was begun is whole; the next start goes on, and no page is asked for again."""
    blog, codes = interrupted(tmp_path, signal.SIGTERM)
    assert codes == [0] * ROUNDS
    assert sound(tmp_path) == ()
    assert sorted(blog.asked()) == sorted(f"/{n}" for n in range(10 * ROUNDS))


def test_sigkill_loses_nothing(tmp_path: Path) -> None:
    """What was archived stays, the next start is clean, and at most the pages in hand are asked for again."""
    blog, codes = interrupted(tmp_path, signal.SIGKILL)
    assert codes == [-signal.SIGKILL] * ROUNDS
    assert sound(tmp_path) == ()
    assert set(blog.asked()) == {f"/{n}" for n in range(10 * ROUNDS)}
    assert len(blog.asked()) <= 10 * ROUNDS + 2 * ROUNDS


def test_sighup_reads_the_config_again(tmp_path: Path) -> None:
    """In the middle of a run, ROUNDS times: each time the pages that the new config adds are watched too."""
    with Blog() as blog:
        blog.delay = 0.05
        for n in range(5 * (ROUNDS + 1)):
            blog.post(f"/{n}")
        write_config(tmp_path, blog, 5)
        with daemon(tmp_path) as process:
            for number in range(1, ROUNDS + 1):
                assert until(lambda number=number: len(blog.asked()) >= 5 * number - 2)
                write_config(tmp_path, blog, 5 * (number + 1))
                process.send_signal(signal.SIGHUP)
            assert until(lambda: len(archived(tmp_path)) == 5 * (ROUNDS + 1)), (tmp_path / "said").read_text()[-2000:]
            write_config(tmp_path, blog, 5, "contct = 1\n")
            process.send_signal(signal.SIGHUP)
            assert until(lambda: "the config stays as it was" in (tmp_path / "said").read_text())
            assert process.poll() is None
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        assert sorted(blog.asked()) == sorted(f"/{n}" for n in range(5 * (ROUNDS + 1)))
    assert sound(tmp_path) == ()


def test_url_works_beside_a_daemon(tmp_path: Path) -> None:
    """The daemon holds the run lock and not the writing; a run is told who holds it."""
    with Blog() as blog:
        blog.delay = 0.2
        for n in range(30):
            blog.post(f"/{n}")
        blog.post("/extra")
        write_config(tmp_path, blog, 30)
        with daemon(tmp_path) as process:
            assert until(lambda: len(blog.asked()) > 2)
            done = subprocess.run([INGEST, "url", f"{blog.url}/extra"], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
            assert (done.returncode, process.poll()) == (0, None), done.stderr
            told = subprocess.run([INGEST, "run"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
            assert (told.returncode, f"process {process.pid} (ingest watch)" in told.stderr) == (3, True)
        assert f"{blog.url}/extra" in archived(tmp_path)


def test_work_that_comes_to_an_end_is_let() -> None:
    async def go() -> list[str]:
        said: list[str] = []
        stop = Stop()

        async def work() -> None:
            await asyncio.sleep(0.05)
            said.append("done")

        asyncio.get_running_loop().call_later(0.01, stop.ask)
        await stop.carry(work(), grace=5)
        return said

    assert asyncio.run(go()) == ["done"]


def test_work_that_does_not_is_cut_off() -> None:
    """After the grace; at once where somebody asks twice."""

    async def go(grace: float, asks: int) -> float:
        stop = Stop()
        for _ in range(asks):
            asyncio.get_running_loop().call_later(0.01, stop.ask)
        begun = time.monotonic()
        await stop.carry(asyncio.sleep(60), grace=grace)
        return time.monotonic() - begun

    assert asyncio.run(go(0.1, 1)) < 5
    assert asyncio.run(go(60, 2)) < 5


def test_error_of_the_work_comes_through() -> None:
    async def broken() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(Stop().carry(broken()))
