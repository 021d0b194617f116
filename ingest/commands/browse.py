"""`ingest browse`: open the archive in Datasette, on loopback."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from parsers.errors import ArchiveError, ConfigError

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
    _must_be_free(host, port)
    command = browse_command(path, port=port, host=host)
    voice.say(f"{path} at http://{host}:{port}/   (Ctrl-C ends it)")
    os.execv(command[0], command)
    return 0


def _must_be_free(host: str, port: int) -> None:
    """Say so where nothing can listen there, before Datasette does in its own words."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(
                "--port", "", f"{host}:{port} cannot be listened on ({error.strerror}); give another port"
            ) from None
