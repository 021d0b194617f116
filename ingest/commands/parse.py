"""`ingest parse`: print what the parser reads, and archive nothing."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from parsers import Bundle, Parsed
from parsers.errors import PipelineError
from parsers.rules import Site

from ..config import Config, FetchTable
from ..contact import warn_without_contact
from ..exits import DONE, SOME_FAILED
from ..report import Voice
from ..rulebook import own_sites
from ..shown.document import document, failure, line
from ..sources.files import read_file
from ..web.address import as_given, is_url
from ..worker import read_safely, reader

Result = tuple[str, Parsed | str]  #: the source as given, and the reading or what went wrong


@dataclass(frozen=True, slots=True)
class How:
    """How pages are read; goes to the worker processes."""

    limit: int  #: bytes of one page
    sites: tuple[Site, ...] = ()  #: the user's own rules
    platforms: bool = True  #: False: comments by the general reader alone, to measure it


def run(sources: list[str], config: Config, voice: Voice, jobs: int = 1, platforms: bool = True) -> int:
    """Read every source in the order given; returns the exit code."""
    how = How(config.fetch.max_bytes, own_sites(config), platforms)
    if any(is_url(source) for source in sources):
        warn_without_contact(config, voice)
    if voice.json:
        lines = _lines(sources, config.fetch, how, jobs)
        failed = 0
        for text, error in lines:
            voice.out(text)
            if error:
                failed += 1
                voice.complain(error)
    else:
        failed = _show(results(sources, config.fetch, how), voice)
    return SOME_FAILED if failed else DONE


def results(sources: Iterable[str], settings: FetchTable, how: How) -> Iterator[Result]:
    """Each source read, in order. Addresses that stand together share one client, and so one memory of robots.txt."""
    for remote, group in groupby(sources, key=is_url):
        if remote:
            yield from asyncio.run(_fetch_all(list(group), settings, how))
        else:
            yield from (_read_path(path, how) for path in group)


def _read_path(path: str, how: How) -> Result:
    try:
        return path, read_safely(Bundle(read_file(path, how.limit)), how.sites, how.platforms)
    except PipelineError as error:
        return path, str(error)


async def _fetch_all(urls: list[str], settings: FetchTable, how: How) -> list[Result]:
    from ..pipeline import complete
    from ..web.visit import Visitor

    read, found = reader(how.sites, how.platforms), list[Result]()
    async with Visitor(settings) as visitor:
        for url in urls:
            try:
                page = await visitor.get(url)
                _, parsed, _notes = await complete(Bundle(page), visitor.get, read, settings.max_wants)
                found.append((as_given(url), parsed))
            except PipelineError as error:
                found.append((as_given(url), str(error)))
    return found


def _lines(sources: list[str], settings: FetchTable, how: How, jobs: int) -> Iterator[tuple[str, str]]:
    """Each source's JSON line, and its error where it has one."""
    if jobs > 1 and not any(is_url(source) or source == "-" for source in sources):
        yield from _in_processes(sources, how, jobs)
    else:
        yield from (_line(result) for result in results(sources, settings, how))


def _line(result: Result) -> tuple[str, str]:
    source, reading = result
    if isinstance(reading, str):
        return line(failure(source, reading)), reading
    return line(document(source, reading)), ""


def _in_processes(paths: list[str], how: How, jobs: int) -> Iterator[tuple[str, str]]:
    """The same lines, made in several processes, in the order asked."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(jobs, mp_context=get_context("forkserver")) as pool:
        yield from pool.map(partial(_path_line, how=how), paths, chunksize=16)


def _path_line(path: str, how: How) -> tuple[str, str]:
    return _line(_read_path(path, how))


def _show(found: Iterable[Result], voice: Voice) -> int:
    from ..shown.terminal import console_for, show

    console = console_for(sys.stdout, plain="NO_COLOR" in os.environ)
    failed = 0
    for source, reading in found:
        if isinstance(reading, str):
            voice.complain(reading)
            failed += 1
        else:
            show(source, reading, console)
    return failed
