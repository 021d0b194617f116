"""Serve an archive with Datasette: `python -m archive.browse archive.db --port 8001`. `ingest browse` runs this."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from datasette.cli import cli  # type: ignore[import-untyped]

from . import datasette_args
from .metadata import write_metadata


def main() -> None:
    """Run Datasette until it is stopped."""
    parser = argparse.ArgumentParser(prog="archive.browse", description="Serve an archive with Datasette.")
    parser.add_argument("path", type=Path)
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--open", action="store_true", help="open it in the browser of this machine")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn hands the signal on, and the folder would stay behind
    with tempfile.TemporaryDirectory(prefix="roundups-") as folder:
        metadata = write_metadata(asked.path, Path(folder) / "metadata.json")
        args = [*datasette_args(asked.path, metadata), "--port", str(asked.port), "--host", asked.host]
        cli.main([*args, "--open"] if asked.open else args, prog_name="datasette")


if __name__ == "__main__":
    main()
