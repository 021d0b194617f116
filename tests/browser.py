"""A real Chromium without a window, for the tests that show a page to a browser."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


@dataclass(frozen=True, slots=True)
class Browser:
    """The program, and the folder of its own that its profile lies in."""

    binary: str
    home: Path

    def dom(self, url: str) -> str:
        """The page as it stands once its scripts have run."""
        return self._run("--dump-dom", url).stdout

    def shot(self, url: str, path: Path) -> bytes:
        """A picture of the page's first 1,600 lines of pixels, as PNG, which also lies at `path`."""
        self._run(f"--screenshot={path}", url)
        return path.read_bytes()

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [self.binary, *_QUIET, f"--user-data-dir={self.home}", "--window-size=1280,1600", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
