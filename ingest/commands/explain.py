"""`ingest explain`: what became of each line of a page."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from parsers import Bundle, Capture
from parsers.errors import PipelineError
from parsers.parse import Reading, read
from parsers.rules import Site

from ..address import is_url
from ..config import Config
from ..exits import DONE, SOME_FAILED
from ..explain import as_html, as_json, as_text
from ..files import read_file
from ..report import Voice
from ..rulebook import own_sites


def run(sources: list[str], config: Config, voice: Voice, html: Path | None) -> int:
    """Explain every source in the order given; returns the exit code."""
    sites = own_sites(config)
    failed = 0
    pages: list[str] = []
    for source in sources:
        try:
            reading = reading_of(source, config, sites)
        except PipelineError as error:
            voice.complain(str(error))
            failed += 1
            continue
        if html is not None:
            pages.append(as_html(reading, source))
        elif voice.json:
            voice.out(json.dumps(as_json(reading, source), ensure_ascii=False))
        else:
            voice.out(as_text(reading, colour=sys.stdout.isatty()))
    if html is not None and pages:
        html.write_text("\n".join(pages), encoding="utf-8")
        voice.say(f"written to {html}: open it in a browser")
    return SOME_FAILED if failed else DONE


def reading_of(source: str, config: Config, sites: Sequence[Site] = ()) -> Reading:
    """A page read with its working papers; an address is fetched once, and nothing more for it."""
    return read(Bundle(capture_of(source, config)), sites=sites)


def capture_of(source: str, config: Config) -> Capture:
    """The page behind a path or an address."""
    if is_url(source):
        return asyncio.run(_fetch(source, config))
    return read_file(source, config.fetch.max_bytes)


async def _fetch(url: str, config: Config) -> Capture:
    from ..visit import Visitor

    async with Visitor(config.fetch) as visitor:
        return await visitor.get(url)
