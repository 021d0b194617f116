"""`ingest history URL`: how a roundup changed."""

from __future__ import annotations

from ..address import public
from ..config import Config
from ..report import Voice
from .common import opened


def run(url: str, config: Config, voice: Voice) -> int:
    """Print the timeline of one page; returns the exit code."""
    with opened(config, create=False, read_only=True) as archive:
        archive.history(public(url))
    return 0
