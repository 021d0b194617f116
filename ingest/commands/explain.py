"""`ingest explain`: what became of each line of a page."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from parsers import Bundle, Capture
from parsers.errors import PipelineError
from parsers.reading import Reading

from ..config import Config
from ..exits import DONE, SOME_FAILED
from ..report import Voice
from ..rulebook import own_sites
from ..shown.document import line
from ..shown.explain import as_json, as_text
from ..shown.explainpage import as_html
from ..sources.files import FileError, read_file
from ..web.address import as_given, is_url
from ..worker import reading_of

STDOUT = "-"


def run(sources: list[str], config: Config, voice: Voice, html: Path | None) -> int:
    """Explain every source in the order given; returns the exit code."""
    sites = own_sites(config)
    failed = 0
    pages: list[tuple[str, Reading]] = []
    for source in sources:
        try:
            reading = reading_of(Bundle(capture_of(source, config)), sites)
        except PipelineError as error:
            voice.complain(str(error))
            failed += 1
            continue
        if html is not None:
            pages.append((as_given(source), reading))
        elif voice.json:
            voice.out(line(as_json(reading, as_given(source))))
        else:
            sys.stdout.write(as_text(reading, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ) + "\n")
    if html is not None and pages and str(html) == STDOUT:
        voice.out(as_html(pages).encode("ascii", "xmlcharrefreplace").decode())  # so that a stream of any encoding holds it
    elif html is not None and pages:
        write(html, as_html(pages))
        voice.say(f"written to {html}: open it in a browser")
    return SOME_FAILED if failed else DONE


def write(path: Path, text: str) -> None:
    """Raises FileError. Half surrogate pairs, which UTF-8 cannot hold, are replaced."""
    try:
        path.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise FileError(str(path), f"it cannot be written ({error.strerror})") from error


def capture_of(source: str, config: Config) -> Capture:
    """The page behind a path or an address, which is fetched once, and nothing more for it."""
    if is_url(source):
        return asyncio.run(_fetch(source, config))
    return read_file(source, config.fetch.max_bytes)


async def _fetch(url: str, config: Config) -> Capture:
    from ..web.visit import Visitor

    async with Visitor(config.fetch) as visitor:
        return await visitor.get(url)
