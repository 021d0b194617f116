"""`ingest browse`: open the archive in Datasette, on loopback."""

from __future__ import annotations

import os
from pathlib import Path

from parsers.errors import ArchiveError

from ..config import Config
from ..report import Voice
from .common import opened


def run(config: Config, voice: Voice, port: int, host: str) -> int:
    """Replace this process by Datasette; returns only where that cannot be started."""
    from archive.browse import browse_command

    path = Path(config.archive.path)
    with opened(config, create=False, read_only=True):
        pass  # refuse a foreign or a newer file before Datasette shows it
    try:
        import datasette  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        raise ArchiveError("browsing needs Datasette: pip install 'roundup-ingest[browse]'") from None
    command = browse_command(path, port=port, host=host)
    voice.say(f"{path} at http://{host}:{port}/   (Ctrl-C ends it)")
    os.execv(command[0], command)
    return 0
