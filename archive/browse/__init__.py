"""Datasette over an archive: which command starts it, and with what it is dressed.

The archive is served live and read-only. Never with `-i` (immutable): then Datasette would not see what is still in the
write-ahead log.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
#: Guessing facets costs seconds a page on a large archive; ours are named in `tables.toml`.
SETTINGS = {
    "suggest_facets": "off",
    "default_page_size": "50",
    "sql_time_limit_ms": "5000",
    "facet_time_limit_ms": "1000",
    "truncate_cells_html": "400",
    "allow_download": "off",
}


def browse_command(path: Path | str, port: int = 8001, host: str = "127.0.0.1", open_browser: bool = False) -> list[str]:
    """The command that serves an archive until it is stopped."""
    command = [sys.executable, "-P", "-m", "archive.browse", str(Path(path).absolute()), "--port", str(port), "--host", host]
    return [*command, "--open"] if open_browser else command


def datasette_args(path: Path | str, metadata: Path | str) -> list[str]:
    """What follows `datasette` on a command line; `metadata` is where `write_metadata` has written."""
    args = ["serve", str(path), "--metadata", str(metadata)]
    args += ["--template-dir", str(HERE / "templates"), "--plugins-dir", str(HERE / "plugins")]
    args += ["--static", f"roundups:{HERE / 'static'}"]
    for name, value in SETTINGS.items():
        args += ["--setting", name, value]
    return args
