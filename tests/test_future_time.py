"""A saved copy cannot come from a time that is still to come."""

from __future__ import annotations

from pathlib import Path

from .conftest import Ingest


def test_a_time_in_the_future_is_refused(ingest: Ingest, tmp_path: Path) -> None:
    """One typo would date all later edits by it; nothing is archived, and the way out is told."""
    done = ingest("file", "--at", "2962-02-26T10:00Z", str(tmp_path / "a.html"))
    assert (done.returncode, "is still to come" in done.stderr) == (2, True)
    assert list(tmp_path.glob("*.db")) == []
