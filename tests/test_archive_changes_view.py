"""The view `changes`: each row says what is another, before and after."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from archive import Archive
from parsers import Link, Question

from .archived import ANN, COMMENTS, DAY, START, URL, bundle, capture, read, said


def test_changes_say_what_changed(tmp_path: Path) -> None:
    """A new name is told as a name and new words as words, and neither as the other."""
    first = said("Ann Lee", ANN)
    risen = said("Ann Moss", f"{ANN} Indeed so.", titles=[("Professor", "Kettlewick University")])
    with Archive.open(tmp_path / "a.db") as archive:
        for number, one in enumerate((first, said("Ann Moss", ANN), said("Ann Moss", f"{ANN} Indeed so."), risen)):
            seen = capture(number)
            archive.keep(seen)
            archive.record(bundle(number), read([one]), seen_at=seen.fetched_at)  # type: ignore[arg-type]
    assert told(tmp_path / "a.db", "statement") == [
        ("added", None, ANN),
        ("reattributed", "Ann Lee", "Ann Moss"),
        ("edited", ANN, f"{ANN} Indeed so."),
        ("retitled", "Lecturer, Kettlewick University", "Professor, Kettlewick University"),
    ]


def test_all_that_changed_is_said(tmp_path: Path) -> None:
    """A name, a position, words and links at once; an address behind a link; a comment's subject; what a post says of itself. As
    the history tells it."""
    first = replace(said("Ann Lee", ANN), links=(Link("here", "https://x.example/a"),))
    linked = replace(first, links=(Link("here", "https://x.example/b"), Link("there", "https://y.example/")))
    risen = said("Ann Moss", f"{ANN} Indeed so.", titles=[])
    asked = Question("q2", "And who pays?", "heading")
    comments = (replace(COMMENTS[0], title="Well"), replace(COMMENTS[0], title="Well?", author="Jo"))
    readings = (
        read([first], comments[:1]),
        read([linked], comments[:1]),
        read([risen], comments[:1]),
        read([risen], comments[1:]),
        read([risen], comments[1:], lede="We asked one.", questions=(Question("q", "What do you expect?"), asked)),
    )
    with Archive.open(tmp_path / "a.db") as archive:
        for number, one in enumerate(readings):
            archive.keep(capture(number))
            archive.record(bundle(number), one, seen_at=START + number * DAY)
        history = [entry.change for entry in archive.history(URL)]
    position = "Lecturer, Kettlewick University"
    assert told(tmp_path / "a.db", "statement")[1:] == [
        ("edited", "[here] https://x.example/a", "[here] https://x.example/b\n[there] https://y.example/"),
        ("reattributed", f"Ann Lee\n\n{position}\n\n{ANN}\n\n[here] https://x.example/b\n[there] https://y.example/", f"Ann Moss\n\n{ANN} Indeed so."),
    ]
    assert told(tmp_path / "a.db", "comment")[1:] == [("reattributed", "Joe\n\nWell", "Jo\n\nWell?")]
    (edited,) = told(tmp_path / "a.db", "page")[1:]
    assert edited[1].endswith("lede: We asked three people.") and edited[2].endswith("lede: We asked one.")
    rows = [row for item in ("statement", "comment", "page") for row in told(tmp_path / "a.db", item)[1:]]
    assert set(rows) == {(change.kind, change.before, change.after) for change in history if change.kind != "added"}


def told(path: Path, item: str) -> list[tuple[str, str, str]]:
    """The rows of the view that are about statements, comments or pages: kind, before, after."""
    with sqlite3.connect(path) as db:
        rows = db.execute("SELECT kind, before, after FROM changes WHERE item = ? ORDER BY change_id", (item,)).fetchall()
    db.close()
    return rows
