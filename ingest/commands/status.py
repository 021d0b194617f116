"""`ingest status`: how the watching goes."""

from __future__ import annotations

import json

from archive import Archive

from ..config import Config, Source
from ..exits import DONE, SOME_FAILED
from ..report import Voice
from ..runs.runlock import holder
from ..runs.status import Status, as_document, lines
from ..web.turns import utc_now
from .common import opened
from .run import chosen


def run(names: list[str], config: Config, voice: Voice, config_path: str) -> int:
    """Print how sources and hosts do; returns the exit code, which says whether there is an alarm."""
    sources = chosen(config.source, names, config_path)
    with opened(config, create=False, read_only=True) as archive:
        status = gather(archive, sources, hosts=not names)
    if voice.json:
        voice.out(json.dumps(as_document(status), ensure_ascii=False))
    elif voice.quiet:
        for incident in status.incidents:
            voice.out(incident.words)
    else:
        for line in lines(status):
            voice.out(line)
    return SOME_FAILED if status.incidents else DONE


def gather(archive: Archive, sources: list[Source], *, hosts: bool = True) -> Status:
    """Ask the archive."""
    now, watching = utc_now(), archive.watching
    names = {source.name for source in sources}
    incidents = tuple(one for one in archive.incidents.open() if one.about.partition(" of ")[2] in names)
    return Status(
        now,
        str(archive.path),
        holder(archive.path),
        watching.last_run(),
        incidents,
        tuple((watching.source(source.name, now), _past(archive, source)) for source in sources),
        tuple(watching.host(name, now) for name in watching.hosts()) if hosts else (),
    )


def _past(archive: Archive, source: Source) -> str:
    if not source.backfill:
        return ""
    begun, read, failed = archive.backfill(source.name).counts()
    if not begun:
        return "its past is still to be walked"
    lost = f", {failed} could not be had" if failed else ""
    whole = read + failed == begun
    return f"its past is read ({read} listings{lost})" if whole else f"its past: {read} of {begun} listings read so far{lost}"
