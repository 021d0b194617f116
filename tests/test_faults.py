"""Every fault of the table ends as a named error, in time, within memory, and costs nothing that was archived before."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .faultrun import LISTINGS, NGINX, PATHS, TIMEOUT
from .servers import program

OTHERS = [
    "refused",
    "unknown host",
    "private",
    "TLS failure",
    "robots.txt says 500",
    "robots.txt forbids",
    "robots.txt of 5 MB",
    "robots.txt is missing",
]


@cache
def table() -> dict[str, dict[str, Any]]:
    """The table, made once, in a process whose memory is its own."""
    command = [sys.executable, "-m", "tests.faultrun", "--json"]
    done = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return {row["name"]: row for row in json.loads(done.stdout)}


@pytest.mark.parametrize("name", [*PATHS, *OTHERS, *LISTINGS])
def test_fault(name: str) -> None:
    row = table()[name]
    if row["wanted"]:
        assert row["status"] == "failed" and row["wanted"] in row["error"]
    else:
        assert row["status"] in ("archived", "unchanged", "not-modified") and row["error"] == ""
    assert row["first"] in ("archived", "none")
    assert row["seconds"] < TIMEOUT + 2
    assert row["main_mb"] < 200 and row["worker_mb"] < 700
    assert row["kept"]


def test_the_table_is_whole() -> None:
    assert {name for name in table() if not name.startswith("nginx ")} == {*PATHS, *OTHERS, *LISTINGS}


@pytest.mark.parametrize("path", NGINX)
def test_fault_on_nginx(path: str) -> None:
    """The faults of HTTP itself, from a real server."""
    program("nginx")
    test_fault(f"nginx {path}")


@pytest.mark.parametrize("path", ["/gzip.html", "/etag.html", "/date.html"])
def test_nginx_says_not_modified(path: str) -> None:
    """A second visit by ETag, by Last-Modified and to what is gzipped: 304, and the body is not sent again."""
    program("nginx")
    assert (table()[f"nginx {path}"]["first"], table()[f"nginx {path}"]["status"]) == ("archived", "not-modified")
