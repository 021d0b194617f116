"""`ingest watch`: do what is due whenever it is, until told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from parsers.errors import ConfigError

from ..config import Config
from ..contact import NO_CONTACT, has_contact
from ..exits import DONE
from ..report import Report, Voice
from ..runs.daemon import Watch
from ..runs.runlock import run_lock
from ..web.turns import utc_now
from ..worker import Worker, settle, size_for
from .common import opened, running


def run(read: Callable[[], Config], voice: Voice, config_path: str) -> int:
    """Watch; `read` reads the config anew each time. Returns the exit code."""

    def checked() -> Config:
        config = read()
        if not has_contact(config):
            raise ConfigError(config_path, "fetch.contact", NO_CONTACT)
        if not config.source:
            raise ConfigError(config_path, "source", "no source is listed; see ingest sources add")
        return config

    report = Report(voice)
    settle()
    with opened(checked()) as archive, run_lock(archive.path, "ingest watch", utc_now()), Worker(size_for(4)) as worker:
        voice.say(f"watching into {archive.path}; Ctrl-C or SIGTERM ends it, SIGHUP reads the config again")
        asyncio.run(Watch(archive, worker, checked, lambda: running(archive, "ingest watch", report), report.tell, voice).run())
    report.end()
    return DONE
