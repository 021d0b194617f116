"""The test servers are what the other tests take them for."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from . import servers
from .servers import WordPress


def fetched(url: str, **headers: str) -> Any:
    """The body at a URL, as JSON."""
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
        return json.load(answer)


@pytest.mark.parametrize(("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_what_is_missing(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]) -> None:
    """A user's machine skips with the way out; CI fails."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=r"no-such-server is not installed .*make servers"):
        servers.program("no-such-server")


def test_a_server_that_ends_says_why() -> None:
    """Not a timeout: what the program said, at once."""
    command = [sys.executable, "-c", "print('no such option'); raise SystemExit(7)"]
    with pytest.raises(RuntimeError, match=r"(?s)ended with 7.*no such option"), servers.running(command, "http://127.0.0.1:9/"):
        pass


def alive_in_group(group: int) -> list[str]:
    """Processes of the group that are more than a zombie which nobody has collected."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it ended while we looked
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
            if int(pgrp) == group and state != "Z":
                found.append(stat.parent.name)
    return found


def test_workers_end_with_their_parent() -> None:
    """The whole group goes, so that no port stays taken."""
    parent = "import subprocess, sys; subprocess.Popen(['sleep', '60']); print('up', flush=True); sys.stdin.read()"
    process = subprocess.Popen([sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    servers.stop(process)
    until = time.monotonic() + 10
    while alive_in_group(process.pid) and time.monotonic() < until:
        time.sleep(0.02)  # a kill is sent at once, and takes effect when the system gets to it
    assert alive_in_group(process.pid) == []


def test_wordpress_is_as_told(wordpress: WordPress) -> None:
    """37 public comments, with the parents of roundup.json; the held one is not among them."""
    told = servers.told()["comments"]
    rows = [row for page in (1, 2) for row in fetched(f"{wordpress.url}/wp-json/wp/v2/comments?post={wordpress.post}&per_page=20&order=asc&page={page}")]
    assert {row["id"]: row["parent"] for row in rows} == {
        wordpress.comments[one["n"]]: wordpress.comments.get(one["parent"], 0) for one in told
    }
    assert len(rows) == 37


def test_each_wordpress_has_its_own_database() -> None:
    """What one test does to its site, the next does not see."""
    with servers.wordpress(servers.CLASSIC) as one, servers.wordpress(servers.BLOCK) as two:
        one.replace("Ask the neighbours to water.", "Ask nobody.")
        assert ("Ask nobody." in one.do("content", ID=one.post), "Ask nobody." in two.do("content", ID=two.post)) == (True, False)


def test_isso_takes_comments() -> None:
    """A thread of two, as its own interface gives it back."""
    with servers.isso("http://127.0.0.1:1") as url:
        first = servers.post_to_isso(url, "/roundup/", "Ann", "Hello there")
        servers.post_to_isso(url, "/roundup/", "Bob", "Hello Ann", parent=first)
        thread = fetched(f"{url}/?uri=/roundup/")
        assert [(one["author"], [reply["author"] for reply in one["replies"]]) for one in thread["replies"]] == [("Ann", ["Bob"])]
