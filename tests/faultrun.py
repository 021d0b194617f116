"""Visit every fault with the whole pipeline, in a process of its own, and measure time and memory of each.

`python -m tests.faultrun` prints the table; `tests/test_faults.py` holds it against its bounds.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from archive import Archive
from ingest.config import FetchTable
from ingest.pipeline import Tools, attempt, ingest_url
from ingest.visit import Visitor
from ingest.worker import Worker
from parsers import Outcome

from .faultserver import FaultServer

TIMEOUT = 2.0

#: A path on the server of faults, and words of the error that it has to end in ("" where the page is good).
PATHS = {
    "/then/reset": "mid-body",
    "/then/hangs-up": "hung up",
    "/then/endless": "longer than",
    "/then/drip": "not whole after",
    "/then/silent": "not whole after",
    "/then/length-too-long": "before it was whole",
    "/then/length-too-short": "more than its Content-Length",
    "/then/chunk-size": "before it was whole",
    "/then/chunk-cut": "before it was whole",
    "/then/chunk-no-end": "before it was whole",
    "/then/gzip-cut": "before it was whole",
    "/then/gzip-bomb": "longer than",
    "/then/gzip-twice": "only gzip was asked for",
    "/then/gzip-hidden-twice": "binary file",
    "/then/headers": "headers are longer",
    "/then/header": "headers are longer",
    "/then/status-line": "not HTTP",
    "/then/loop": "in a circle",
    "/then/to?http://10.0.0.1/": "not a public address",
    "/then/to?file:///etc/passwd": "only http and https",
    "/then/error-page": "error page",
    "/then/login": "a login instead",
    "/then/captcha": "a captcha instead",
    "/then/empty": "empty page",
    "/then/blank": "empty page",
    "/then/charset": "",
    "/then/some-nuls": "",
    "/then/nuls": "binary file",
    "/then/binary": "binary file",
    "/then/picture": "image/png",
    "/then/megabytes?60": "longer than",
    "/then/nested": "nested more than",
    "/then/attributes": "attributes",
    "/then/tags": "tags",
    "/then/not-found": "no such page",
    "/then/gone": "gone for good",
    "/then/forbidden": "(403)",
    "/then/error": "500",
    "/then/unavailable": "not available",
    "/then/asks-for-an-hour": "asks to wait 3600 s",
}


@dataclass(frozen=True)
class Row:
    """What one fault cost."""

    name: str
    wanted: str  #: words of the error
    first: str  #: status and error of the honest visit before
    status: str
    error: str
    seconds: float
    main_mb: float
    worker_mb: float
    kept: bool  #: what was archived before can be read as it was


class Faults:
    """One archive, one worker, and a fresh visitor for each fault."""

    def __init__(self, archive: Archive, worker: Worker) -> None:
        self.archive, self.worker = archive, worker

    def visit(self, url: str, *allowed: str) -> Outcome:
        """One visit, as `ingest url` makes it."""

        async def go() -> Outcome:
            async with Visitor(FetchTable(gap=0, timeout=TIMEOUT, allow_hosts=allowed)) as visitor:
                tools = Tools(self.archive, visitor.get, self.worker.read)
                return await attempt(url, ingest_url(url, tools), tools)

        return asyncio.run(go())

    def row(self, name: str, url: str, wanted: str, *allowed: str, before: bool = True) -> Row:
        """An honest visit where there is one to be had, then the fault."""
        first = self.visit(url, *allowed) if before else Outcome(url, "none")
        bundle = self.archive.latest(url)
        forget_peaks()
        began = time.monotonic()
        outcome = self.visit(url, *allowed)
        seconds = time.monotonic() - began
        main, worker = peaks()
        kept = bundle is None or bundle.page in self.archive.captures(url)
        return Row(
            name, wanted, f"{first.status} {first.error}".strip(), outcome.status, outcome.error, seconds, main, worker, kept
        )


def rows() -> list[Row]:
    """The whole table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        archive = Archive.open(folder / "archive.db", create=True)
        stack.callback(archive.close)
        faults = Faults(archive, stack.enter_context(Worker()))
        server = stack.enter_context(FaultServer())
        found = [faults.row(path, server.url(path), words, server.name) for path, words in PATHS.items()]
        secure = stack.enter_context(FaultServer(tls=True))
        refuses = stack.enter_context(FaultServer(robots=500))
        shy = stack.enter_context(FaultServer(robots=b"User-agent: *\nDisallow: /\n"))
        wordy = stack.enter_context(FaultServer(robots=b"# words\n" * 640_000))
        for name, url, words, allowed in (
            ("refused", "http://127.0.0.1:1/", "refused", "127.0.0.1:1"),
            ("unknown host", "http://no-such-host.invalid/", "no such host", ""),
            ("private", "http://127.0.0.1:9/", "not a public address", ""),
            ("TLS failure", secure.url("/"), "no secure connection", secure.name),
            ("robots.txt says 500", refuses.url("/"), "keep away", refuses.name),
            ("robots.txt forbids", shy.url("/"), "stay away", shy.name),
            ("robots.txt of 5 MB", wordy.url("/"), "", wordy.name),
            ("robots.txt is missing", server.url("/post"), "", server.name),
        ):
            found.append(faults.row(name, url, words, allowed, before=False))
        if problems := archive.verify(deep=True):
            raise SystemExit("\n".join(problems))
        return found


def forget_peaks() -> None:
    """Have the kernel count peak memory from here."""
    for process in family():
        process.joinpath("clear_refs").write_text("5")


def peaks() -> tuple[float, float]:
    """Peak memory since, in MB: of this process, and of the largest below it."""
    main, *others = (peak(process) for process in family())
    return main, max(others, default=0.0)


def peak(process: Path) -> float:
    try:
        status = process.joinpath("status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def family() -> list[Path]:
    """This process in /proc, then everything below it."""
    found = [Path(f"/proc/{Path('/proc/self').resolve().name}")]
    for process in found:
        for task in process.glob("task/*/children"):
            found += [Path(f"/proc/{child}") for child in task.read_text().split()]
    return found


def main() -> None:
    """Print the table, or as JSON where `--json` is asked for."""
    table = rows()
    if "--json" in sys.argv:
        print(json.dumps([asdict(row) for row in table]))
        return
    print(f"{'fault':28}{'s':>6}{'main MB':>9}{'worker MB':>11}  ends as")
    for row in table:
        print(
            f"{row.name:28}{row.seconds:6.2f}{row.main_mb:9.0f}{row.worker_mb:11.0f}  {row.error.partition(': ')[2] or row.status}"[
                :170
            ]
        )


if __name__ == "__main__":
    main()
