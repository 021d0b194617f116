"""The working book: what is due, in which order; the walk through the past; incidents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.agenda import Listed
from archive.watched import Due, Record

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
A = "https://blog.example/a"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "a.db")


def put(archive: Archive, source: str, *urls: str, due: datetime | None = NOW, **more: object) -> None:
    archive.agenda.put(source, [(Record(url, NOW, **more), Due(due, "new")) for url in urls])  # type: ignore[arg-type]


def test_one_page_under_two_addresses_is_watched_once(archive: Archive) -> None:
    """http or https, tracking or none; and it stays with the source that found it."""
    put(archive, "one", A)
    put(archive, "two", "http://blog.example/a?utm_source=feed")
    assert (len(archive.agenda.pages("one")), archive.agenda.pages("two")) == (1, [])


def test_what_is_kept_comes_back(archive: Archive) -> None:
    """Every field of a record, to the second."""
    record = Record(A, NOW, NOW - DAY, 7, 3, 1, NOW, NOW - DAY, NOW - 2 * DAY, 2, "the server answered 500", NOW, f"{A}/b", NOW, "watched")
    archive.agenda.put("s", [(record, Due(NOW + DAY, "since"))])
    assert archive.agenda.records([A]) == {"blog.example/a": record}
    assert archive.agenda.when(A) == Due(NOW + DAY, "since")


def test_only_what_is_due_and_only_of_these_sources(archive: Archive) -> None:
    put(archive, "s", f"{A}1")
    put(archive, "s", f"{A}2", due=NOW + DAY)
    put(archive, "s", f"{A}3", due=None)
    put(archive, "t", f"{A}4")
    assert archive.agenda.due(NOW, 10, ["s"]) == [(f"{A}1", "s")]
    assert archive.agenda.due_hosts(NOW + DAY, ["s", "t"]) == {"blog.example": 3}


def test_what_is_followed_comes_before_the_past(archive: Archive) -> None:
    """Thousands of old posts do not keep a new one waiting."""
    put(archive, "s", *(f"{A}/old{n}" for n in range(3)), published=NOW - 400 * DAY)
    put(archive, "s", f"{A}/new", due=NOW, published=NOW - DAY)
    put(archive, "s", f"{A}/known", due=NOW, published=NOW - 400 * DAY, last_visit=NOW - 90 * DAY)
    assert [url for url, _ in archive.agenda.due(NOW, 2, ["s"])] == [f"{A}/new", f"{A}/known"]


def test_hurry_leaves_what_has_ended(archive: Archive) -> None:
    put(archive, "s", f"{A}1", due=NOW + DAY)
    put(archive, "s", f"{A}2", due=None, state="gone")
    archive.agenda.hurry("s", NOW)
    assert [url for url, _ in archive.agenda.due(NOW, 10, ["s"])] == [f"{A}1"]


def test_pages_of_a_source_that_is_no_more_find_another(archive: Archive) -> None:
    put(archive, "gone", f"{A}1")
    put(archive, "there", f"{A}2")
    archive.agenda.hand_over([f"{A}1", f"{A}2"], "new", ["there", "new"])
    assert (archive.agenda.pages("new"), archive.agenda.pages("there")) == ([f"{A}1"], [f"{A}2"])


def test_two_sources_may_read_one_listing(archive: Archive) -> None:
    """Each with its own validators."""
    for source, etag in (("s", '"1"'), ("t", '"2"')):
        archive.agenda.put_listing(source, Listed(Record(A, NOW), Due(NOW, "x"), etag))
    found = [archive.agenda.listing(source, A) for source in ("s", "t", "u")]
    assert [listed.etag if listed else None for listed in found] == ['"1"', '"2"', None]


def test_forgetting_a_source(archive: Archive) -> None:
    put(archive, "s", f"{A}1", f"{A}2")
    put(archive, "t", f"{A}3")
    archive.backfill("s").add([A])
    assert (archive.agenda.forget("s"), archive.agenda.pages("t"), archive.backfill("s").counts()) == (2, [f"{A}3"], (0, 0, 0))


def test_past_is_walked_in_order_and_once(archive: Archive) -> None:
    walk = archive.backfill("s")
    walk.add(["https://a.example/1", "https://a.example/2"])
    walk.done("https://a.example/1")
    walk.add(["https://a.example/2", "http://a.example/1#top", "https://a.example/3"])
    assert (walk.waiting(), walk.counts()) == (["https://a.example/2", "https://a.example/3"], (3, 1, 0))
    walk.done("https://a.example/3", "failed")
    assert (walk.waiting(), walk.counts()) == (["https://a.example/2"], (3, 1, 1))


def test_incident_is_one_however_often_it_is_seen(archive: Archive) -> None:
    book = archive.incidents
    for n in range(3):
        book.seen({"listing of a": f"failed {n}×", "other": "x"}, ("listing of ",), NOW + n * DAY)
    assert [(one.about, one.words, one.opened) for one in book.open()] == [("listing of a", "failed 0×", NOW), ("other", "x", NOW)]
    for one in book.untold():
        book.told(one)
    book.seen({}, ("listing of ",), NOW + 5 * DAY)
    assert [(one.about, one.closed) for one in book.untold()] == [("listing of a", NOW + 5 * DAY)]
    assert [one.about for one in book.open()] == ["other"]


def test_incident_that_came_and_went_unseen_is_not_told(archive: Archive) -> None:
    archive.incidents.seen({"a": "x"}, ("a",), NOW)
    archive.incidents.seen({}, ("a",), NOW)
    assert archive.incidents.untold() == []


@given(st.text(max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_any_text_can_be_kept(archive: Archive, words: str) -> None:
    """Whatever a server says, NULs and halves of characters as well."""
    archive.agenda.put("s", [(Record(A, NOW, error=words), Due(NOW, words))])
    (record,) = archive.agenda.records([A]).values()
    assert record.error == words.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
