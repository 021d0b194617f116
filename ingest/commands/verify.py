"""`ingest verify`: does the archive agree with itself?"""

from __future__ import annotations

from ..config import Config
from ..report import Voice
from .common import opened


def run(config: Config, voice: Voice, deep: bool) -> int:
    """Check the archive; returns the exit code."""
    with opened(config, create=False, read_only=True) as archive:
        archive.verify(deep=deep)
    return 0
