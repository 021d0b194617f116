"""The view `changes`: each row says what is another, before and after."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from archive import Archive

from .archived import ANN, bundle, capture, read, said


def test_changes_say_what_changed(tmp_path: Path) -> None:
    """A new name is told as a name and new words as words, and neither as the other."""
    first = said("Ann Lee", ANN)
    risen = said("Ann Moss", f"{ANN} Indeed so.", titles=[("Professor", "Kettlewick University")])
    with Archive.open(tmp_path / "a.db") as archive:
        for number, one in enumerate((first, said("Ann Moss", ANN), said("Ann Moss", f"{ANN} Indeed so."), risen)):
            seen = capture(number)
            archive.keep(seen)
            archive.record(bundle(number), read([one]), seen_at=seen.fetched_at)  # type: ignore[arg-type]
    with sqlite3.connect(tmp_path / "a.db") as db:
        rows = db.execute("SELECT kind, before, after FROM changes WHERE item = 'statement' ORDER BY change_id").fetchall()
    db.close()
    assert rows == [
        ("added", None, ANN),
        ("reattributed", "Ann Lee", "Ann Moss"),
        ("edited", ANN, f"{ANN} Indeed so."),
        ("retitled", "Lecturer, Kettlewick University", "Professor, Kettlewick University"),
    ]
