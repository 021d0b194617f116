"""A saved copy cannot come from a time that is still to come; tests/test_warc.py has the same of records."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.sources.files import read_file, read_time

from .conftest import Ingest
from .jobs import Runs

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PAGE = "<title>A</title><p>One page that somebody saved long ago, with some words in it.</p>"


@pytest.mark.parametrize(("ahead", "notes"), [(-9, 0), (0.9, 0), (1.1, 1), (40_000, 1)])
def test_a_file_whose_own_time_is_still_to_come(tmp_path: Path, ahead: float, notes: int) -> None:
    """It counts as saved now; where that is more than clocks differ, it is told."""
    path, heard = tmp_path / "a.html", list[str]()
    path.write_text(PAGE)
    written = NOW + timedelta(days=ahead)
    os.utime(path, (0, written.timestamp()))
    page = read_file(str(path), 10_000, now=lambda: NOW, note=heard.append)
    assert (page.fetched_at, page.approximate, len(heard)) == (min(written, NOW), True, notes)
    told = read_file(str(path), 10_000, at=NOW - timedelta(days=2), now=lambda: NOW, note=heard.append)
    assert (told.fetched_at, len(heard)) == (NOW - timedelta(days=2), notes)


def test_times_that_a_person_gives() -> None:
    """Today's date is taken everywhere on earth, and no later day."""
    assert read_time("2026-11-02", NOW) == datetime(2026, 11, 2, tzinfo=UTC)
    with pytest.raises(ValueError, match="'2026-11-03' is still to come"):
        read_time("2026-11-03", NOW)
    with pytest.raises(ValueError, match="'soon' is no time; write it as 2019-02-26T10:00Z"):
        read_time("soon", NOW)


def test_a_folder_reads_such_a_file_once_and_says_so(tmp_path: Path) -> None:
    """And again when it is written anew, whatever its time was before."""
    saved = tmp_path / "saved"
    saved.mkdir()
    with Runs(tmp_path, [{"name": "f", "kind": "folder", "path": str(saved)}]) as runs:
        (saved / "a.html").write_text(PAGE)
        os.utime(saved / "a.html", (0, (runs.now + timedelta(days=9000)).timestamp()))
        (outcome,) = runs.run()
        (note,) = [note for note in outcome.notes if "still to come" in note]
        assert note.startswith("the file's own time, 2051-") and note.endswith("so it counts as saved now")
        assert runs.later(days=30).run() == []
        (saved / "a.html").write_text(PAGE.replace("some words", "other words"))
        os.utime(saved / "a.html", (0, runs.now.timestamp()))
        assert [one.status for one in runs.later(days=30).run()] == ["archived"]


def test_a_time_in_the_future_is_refused(ingest: Ingest, tmp_path: Path) -> None:
    """One typo would date all later edits by it; nothing is archived, and the way out is told."""
    done = ingest("file", "--at", "2962-02-26T10:00Z", str(tmp_path / "a.html"))
    assert (done.returncode, "is still to come" in done.stderr) == (2, True)
    assert list(tmp_path.glob("*.db")) == []
