"""`make demo` tells a true story, twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from .imports import ROOT

KINDS = ("added", "edited", "removed", "restored", "retitled", "reattributed")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of demo/, so that a user's own demo/work stays as it is."""
    shutil.copytree(ROOT / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("work", "__pycache__"))
    return tmp_path / "demo"


def tell(demo: Path) -> str:
    """Run it in an empty home, as `make demo` does; what it prints."""
    env = {"HOME": str(demo.parent), "PATH": os.environ["PATH"], "COLUMNS": "120"}
    done = subprocess.run([sys.executable, str(demo / "demo.py")], env=env, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr
    return done.stdout


def part(story: str, start: str) -> str:
    """The part of the story whose headline starts with these words."""
    parts = [section for section in story.split("\n== ") if section.startswith(start)]
    assert len(parts) == 1, story
    return parts[0]


def test_the_story(demo: Path) -> None:
    """What was read, what was dropped, what changed, where the archive lies, and how to look at it; and again from the start."""
    story = tell(demo)
    read = part(story, "A blog is up")
    assert [name for name in ("Adaeze Nwosu", "Henrik Aalto", "Lucía Barrera", "Owen Pritchard", "Mei-Ling Tan") if name not in read] == []
    assert [name for name in ("Ruth Ames", "brindlepost", "a carpenter", "Tomasz") if name not in read] == []
    assert ("0 left over" in read, "jetpack/likes" in read) == (True, True)
    again = part(story, "Once more").partition("\n")[2]
    assert [kind for kind in KINDS if f" {kind}" in again] == []
    edited = part(story, "Now the blogger edits")
    assert ("1 statement added" in edited, "1 statement edited" in edited, "1 comment added" in edited) == (True, True, True)
    history = part(story, "How the roundup changed")
    assert [name for name in ("Owen Pritchard", "Ingrid Sollers", "Ruth Ames") if name not in history] == []
    assert ("demo/work/archive.db" in story, "ingest browse --config demo/config.toml" in story) == (True, True)
    assert (demo / "work" / "archive.db").is_file()
    assert "1 statement added" in part(tell(demo), "Now the blogger edits")
