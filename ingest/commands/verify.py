"""`ingest verify`: does the archive agree with itself?"""

from __future__ import annotations

import json

from ..config import Config
from ..exits import DAMAGED, DONE
from ..report import Voice
from .common import opened


def run(config: Config, voice: Voice, deep: bool) -> int:
    """Check the archive; returns the exit code."""
    with opened(config, create=False) as archive:
        problems = archive.verify(deep=deep)
    if voice.json:
        voice.out(json.dumps({"archive": config.archive.path, "problems": list(problems)}, ensure_ascii=False))
    for problem in problems:
        voice.complain(f"{config.archive.path}: {problem}")
    if not problems and not voice.json and not voice.quiet:
        voice.out(f"{config.archive.path}: all is well" + ("" if deep else " (--deep also reads every capture)"))
    return DAMAGED if problems else DONE
