"""Our whole pipeline beside Scrapy with trafilatura: the same pages from loopback, politeness off, one after the other.

usage: throughput.py [--pages N] [--hosts N] [--folder FOLDER]

A server in a process of its own serves N posts, gzipped, at several addresses of loopback: made-up ones (bench/madeup.py), or
the saved pages below FOLDER, over and over where they are fewer. Then each contender is started as a fresh process that fetches, reads and stores them all, into a new file beside the other's:
  ours        `ingest run` on a sitemap of each host: fetch, parse in workers, archive with bytes, history and search index
  scrapy      Scrapy, 16 requests at a time, with trafilatura.bare_extraction (comments, metadata), one row a page in SQLite
Measured are the seconds of the whole process with its start, the CPU time and the peak memory (PSS) of all its processes.
Scrapy keeps no bytes, asks for no sitemap and writes no history; nothing is added to its figures for that. Our modules are
compiled before, as pip did with those of Scrapy when it installed them. On a machine that does other work besides (a load
before of more than 0.5) we cannot have the second core that Scrapy does not ask for; then look at the CPU time alone.
"""

from __future__ import annotations

import argparse
import asyncio
import compileall
import contextlib
import ctypes
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.madeup import Site  # noqa: E402

SUBREAPER = 36  # prctl(2): orphans below us become our children, so that their CPU time is counted too
AT_A_TIME = 16  # requests that Scrapy has on their way
BAR = 5.0


@dataclass(frozen=True)
class Run:
    """What one contender took, and what it has to show for it."""

    name: str
    pages: int
    seconds: float
    cpu: float
    peak_mb: float
    found: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--hosts", type=int, default=8, help="addresses of loopback that they are spread over")
    parser.add_argument("--folder", type=Path, help="serve the saved pages in it (.html, .html.gz)")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--scrapy", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve is not None:
        asyncio.run(serve(Site(args.pages, args.hosts, args.serve, args.folder)))
    elif args.scrapy:
        crawl(Site(args.pages, args.hosts, args.port), args.scrapy)
    else:
        compare(args.pages, args.hosts, args.folder)


def compare(pages: int, hosts: int, source: Path | None) -> None:
    """Run both and print the table."""
    for package in ("ingest", "parsers", "archive"):
        compileall.compile_dir(ROOT / package, quiet=1)
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as work, served(pages, hosts, source) as (site, size):
        folder = Path(work)
        print(f"{pages} pages of {size // 1000} KB on the mean, {hosts} hosts, {os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}")
        runs = [ours(site, folder), scrapy(site, folder)]
        print(f"{'':10}{'pages':>7}{'s':>8}{'pages/s':>9}{'CPU s':>8}{'peak MB':>9}  found")
        for run in runs:
            speed = run.pages / run.seconds
            print(f"{run.name:10}{run.pages:7}{run.seconds:8.1f}{speed:9.1f}{run.cpu:8.1f}{run.peak_mb:9.0f}  {run.found}")
        ratio = (runs[0].pages / runs[0].seconds) / (runs[1].pages / runs[1].seconds)
        print(
            f"ours reads {ratio:.1f} times as many pages a second (the bar is {BAR:g}), for {runs[0].cpu / runs[1].cpu:.2f} of the CPU"
        )
        if source is None and any(run.pages != pages for run in runs):
            raise SystemExit("not every page was stored; the figures do not count")


def ours(site: Site, folder: Path) -> Run:
    """`ingest run`, as cron would call it."""
    config = folder / "config.toml"
    allowed = ", ".join(f'"{host}"' for host in site.hosts)
    text = f"[fetch]\ncontact = 'bench@example.org'\ngap = 0\nignore_robots = true\nallow_hosts = [{allowed}]\n"
    for host in site.hosts:
        text += f"[[source]]\nname = '{host}'\nkind = 'sitemap'\nurl = 'http://{host}/sitemap.xml'\n"
    config.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "ingest", "run", "--quiet", "--config", str(config)]
    return measured("ours", command, folder / "archive.db", "SELECT count(DISTINCT page_id) FROM reading", {
        "statements": "SELECT count(*) FROM statement",
        "comments": "SELECT count(*) FROM comment",
    })  # fmt: skip


def scrapy(site: Site, folder: Path) -> Run:
    """Scrapy with trafilatura, in a process of its own."""
    target = folder / "scrapy.db"
    command = [sys.executable, str(Path(__file__).resolve()), "--scrapy", str(target), "--port", str(site.port)]
    command += ["--pages", str(site.pages), "--hosts", str(len(site.hosts))]
    return measured("scrapy", command, target, "SELECT count(*) FROM page", {
        "with text": "SELECT count(*) FROM page WHERE length(text) > 200",
        "with comments": "SELECT count(*) FROM page WHERE length(comments) > 50",
    })  # fmt: skip


def measured(name: str, command: list[str], target: Path, pages: str, counts: dict[str, str]) -> Run:
    """Run a command to its end, with all the processes below it."""
    before, began, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0.0
    process = subprocess.Popen(command, start_new_session=True, cwd=ROOT)
    while True:  # once a second, for to look costs 10 ms, and it is us alone who need both cores
        peak = max(peak, sum(map(pss, group(process.pid))))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
            break
    seconds = time.monotonic() - began
    if process.returncode not in (0, 1):  # 1: pages that could not be read; they are missing in the count
        raise SystemExit(f"{name} ended with {process.returncode}")
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-process.pid, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    with contextlib.closing(sqlite3.connect(target)) as conn:
        stored = conn.execute(pages).fetchone()[0]
        found = ", ".join(f"{conn.execute(sql).fetchone()[0]} {what}" for what, sql in counts.items())
    return Run(name, stored, seconds, cpu, peak, found)


def group(leader: int) -> Iterator[Path]:
    """The processes of a process group, in /proc."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            if int(process.joinpath("stat").read_text().rpartition(")")[2].split()[2]) == leader:
                yield process


def pss(process: Path) -> float:
    """A process's memory in MB, what it shares split among the sharers."""
    try:
        lines = process.joinpath("smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


@contextlib.contextmanager
def served(pages: int, hosts: int, source: Path | None) -> Iterator[tuple[Site, int]]:
    """The pages on loopback; the site, and their mean size in bytes."""
    command = [sys.executable, str(Path(__file__).resolve()), "--serve", "0", "--pages", str(pages), "--hosts", str(hosts)]
    command += ["--folder", str(source)] if source else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port, size = process.stdout.readline().split()
        yield Site(pages, hosts, int(port)), int(size)
    finally:
        process.terminate()
        process.wait()


async def serve(site: Site) -> None:
    """Serve all pages from memory until told to stop; says the port and the mean size once it is up."""
    answers, sizes = {}, []
    first = await asyncio.get_running_loop().create_server(lambda: Answering(answers), site.addresses[0], 0)
    site = replace(site, port=first.sockets[0].getsockname()[1])
    for path, body, kind in site.documents():
        sizes += [len(body)] if kind == "text/html" else []
        answers[path] = site.packed(body, kind)
    for address in site.addresses[1:]:
        await asyncio.get_running_loop().create_server(lambda: Answering(answers), address, site.port)
    print(site.port, sum(sizes) // len(sizes), flush=True)
    await first.serve_forever()


class Answering(asyncio.Protocol):
    """One connection: what lies at host and path, as often as it is asked."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self._answers, self._got = answers, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._write: Callable[[bytes], None] = transport.write

    def data_received(self, data: bytes) -> None:
        self._got += data
        while b"\r\n\r\n" in self._got:
            head, _, self._got = self._got.partition(b"\r\n\r\n")
            path, *lines = head.decode("latin-1").split("\r\n")
            host = next((line[5:].strip() for line in lines if line[:5].lower() == "host:"), "")
            self._write(self._answers.get(host + path.split(" ")[1]) or b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n")


def crawl(site: Site, target: Path) -> None:
    """What a careful person would write with Scrapy and trafilatura."""
    from scrapy import Spider  # here, since the server and our own run need none of it
    from scrapy.crawler import CrawlerProcess
    from scrapy.http import Response
    from trafilatura import bare_extraction

    conn = sqlite3.connect(target, isolation_level=None)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("PRAGMA synchronous = NORMAL")
    conn.execute("CREATE TABLE page (url TEXT PRIMARY KEY, title TEXT, author TEXT, date TEXT, text TEXT, comments TEXT)")

    class Posts(Spider):
        name = "posts"
        start_urls = [url for urls in site.urls().values() for url in urls]  # noqa: RUF012 - Scrapy's own way

        def parse(self, response: Response) -> None:
            found = bare_extraction(response.body, url=response.url, include_comments=True, with_metadata=True)
            if found is not None:
                row = (response.url, found.title, found.author, found.date, found.text, found.comments)
                conn.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)", row)

    process = CrawlerProcess(settings={
        "ROBOTSTXT_OBEY": False, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": AT_A_TIME,
        "CONCURRENT_REQUESTS_PER_DOMAIN": AT_A_TIME, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
    })  # fmt: skip
    process.crawl(Posts)
    process.start()
    conn.close()


if __name__ == "__main__":
    main()
