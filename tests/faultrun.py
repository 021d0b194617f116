"""Visit every fault with the whole pipeline, in a process of its own, and measure time and memory of each.

`python -m tests.faultrun` prints the table; `tests/test_faults.py` holds it against its bounds.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from archive import Archive
from ingest.config import Config, FetchTable
from ingest.job import Job
from ingest.pipeline import Tools, attempt, ingest_url
from ingest.runs.tick import tick
from ingest.web.visit import Visitor
from ingest.worker import Worker
from parsers import Outcome

from .faultserver import FaultServer, answers
from .nginx import nginx

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

#: The same on a real nginx.
NGINX = {
    "/wait-seconds": "asks to wait 3600 s",
    "/wait-until": "asks to wait",
    "/down-seconds": "asks to wait 3600 s",
    "/down-until": "asks to wait",
    "/hangs-up": "hung up",
    "/loop": "in a circle",
    "/drip.html": "not whole after",
    "/gzip.html": "",
    "/etag.html": "",
    "/date.html": "",
}

HTML = b"<!DOCTYPE html><html><head><title>Not here</title></head><body><p>Nothing to see.</p></body></html>"
ENTITIES = b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 20) for c in range(ord("b"), ord("z") + 1))
BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaaaaaaaaaaaa">%s]><rss version="2.0"><channel>
<title>&z;</title><item><link>http://%s/then/post</link><description>&z;</description></item></channel></rss>"""
CIRCLE = b"<sitemapindex><sitemap><loc>http://%s/circle-2.xml</loc></sitemap></sitemapindex>"
BACK = b"<sitemapindex><sitemap><loc>http://%s/circle.xml</loc></sitemap></sitemapindex>"

#: A listing's name, what kind of source it is, and words of the error ("" where it is read to its end).
LISTINGS = {
    "feed that is HTML": ("feed", "not a feed"),
    "feed with an entity bomb": ("feed", "*"),  # read as far as it goes or refused: either is well
    "sitemap in a circle": ("sitemap", ""),
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

    def nginx_row(self, path: str, url: str, wanted: str, host: str) -> Row:
        """As `row`; what answers well is asked twice, and the second answer has to be a 304 or the same bytes."""
        self.archive.hosts.change(host, lambda _: (None, None, None))
        return self.row(f"nginx {path}", url, wanted, host, before=not wanted)


def listing_rows(archive: Archive, worker: Worker) -> list[Row]:
    """Sources whose listings are wrong, each read by a run."""
    found = []
    with FaultServer() as server:
        host = server.name.encode()
        pages = {"/feed": HTML, "/bomb": BOMB % (ENTITIES, host), "/circle.xml": CIRCLE % host, "/circle-2.xml": BACK % host}
        server.pages = {path: answers(200, body, "text/xml") for path, body in pages.items()}
        for (name, (kind, wanted)), path in zip(LISTINGS.items(), pages, strict=False):
            forget_peaks()
            began = time.monotonic()
            told = read_listing(archive, worker, {"name": name, "kind": kind, "url": server.url(path)}, server.name)
            seconds = time.monotonic() - began
            error = next((one.error for one in told if one.error), "")
            wanted = (error and "feed") if wanted == "*" else wanted
            found.append(Row(name, wanted, "none", "failed" if error else "unchanged", error, seconds, *peaks(), kept=True))
    return found


def read_listing(archive: Archive, worker: Worker, source: dict[str, str], host: str) -> list[Outcome]:
    """One run over one source; what it told."""
    told: list[Outcome] = []
    config = Config.model_validate({"fetch": {"gap": 0, "timeout": TIMEOUT, "allow_hosts": (host,)}, "source": [source]})

    async def go() -> None:
        async with Visitor(config.fetch) as visitor:
            job = Job(config, archive, visitor, worker, told.append, archive.begin_run("faults"))
            await tick(job, config.source)
            archive.end_run(job.run)

    asyncio.run(go())
    return told


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
        found += listing_rows(archive, faults.worker)
        if shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"):
            host = stack.enter_context(nginx())
            found += [faults.nginx_row(path, f"http://{host}{path}", words, host) for path, words in NGINX.items()]
        if problems := archive.verify(deep=True):
            raise SystemExit("\n".join(problems))
        return found


def forget_peaks() -> None:
    """Have the kernel count peak memory from here."""
    for process in family():
        with suppress(OSError):  # a process that has just ended has no peak
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
            with suppress(OSError):  # a thread that ended since it was listed; its children stand with another
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
