"""What all tests share: real servers, the real command line, and hypothesis without a stopwatch."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from . import servers
from .browser import Browser

# Two cores that others use as well make a deadline of 200 ms a coin toss. In CI the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

Ingest = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ingest(tmp_path: Path) -> Ingest:
    """The command line as a user has it: `ingest("url", address)`, in an empty folder, with an archive of its own."""
    work = tmp_path / "work"
    work.mkdir()
    env = {key: value for key, value in os.environ.items() if not key.startswith("INGEST_")}
    env |= {"INGEST_ARCHIVE": str(tmp_path / "archive.db"), "COLUMNS": "120", "NO_COLOR": "1"}

    def run(*args: str, stdin: str | None = None, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "ingest"), *args]
        return subprocess.run(command, cwd=work, env=env, input=stdin or "", capture_output=True, text=True, timeout=timeout, check=False)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, where there is one."""
    with tempfile.TemporaryDirectory(prefix="roundup-browser-") as home:
        yield Browser(servers.program("chromium", "chromium-browser", "google-chrome"), Path(home))


@pytest.fixture
def classic() -> Iterator[servers.WordPress]:
    """A WordPress with a classic theme, filled from tests/wordpress/roundup.json."""
    with servers.wordpress(servers.CLASSIC) as site:
        yield site


@pytest.fixture(params=[servers.CLASSIC, servers.BLOCK])
def wordpress(request: pytest.FixtureRequest) -> Iterator[servers.WordPress]:
    """The same twice: with a classic theme, and with a block theme."""
    with servers.wordpress(request.param) as site:
        yield site
