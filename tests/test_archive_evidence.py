"""Captures and visits: kept once, never changed, under the right page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive, Validators
from archive.tables import APPEND_ONLY, SEARCHED
from parsers import Bundle, Capture
from parsers.errors import BadStatus, Unreachable

from .archived import ANN, DAY, START, STATEMENTS, URL, capture, read, said, told


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive.db") as opened:
        yield opened
        assert opened.verify(deep=True) == ()


def rows(archive: Archive, sql: str, *values: object) -> list[tuple[object, ...]]:
    with archive._file.reading() as conn:
        return conn.execute(sql, values).fetchall()


def count(archive: Archive, table: str) -> int:
    return int(rows(archive, f"SELECT count(*) FROM {table}")[0][0])  # type: ignore[call-overload]


def visit(archive: Archive, number: int = 0, parsed: object = None, **fields: object) -> list[tuple[str, str, str]]:
    """Keep and record, as the pipeline does."""
    seen = capture(number, **fields)  # type: ignore[arg-type]
    archive.keep(seen)
    return told(archive.record(Bundle(seen), parsed or read(url=seen.url), seen_at=seen.fetched_at or START))  # type: ignore[arg-type]


class TestKeep:
    """One fetch row a visit; a capture where the bytes differ."""

    def test_a_capture_comes_back_as_it_was(self, archive: Archive) -> None:
        headers = (("server", "nginx"), ("date", "Tue"), ("content-type", "text/html; charset=utf-8"), ("etag", '"7"'), ("x-robots-tag", "a"), ("x-robots-tag", "b"))
        seen = capture(headers=headers, status=203, final_url=URL + "?x=1", origin="warc", approximate=True)
        archive.keep(seen)
        assert archive.captures(URL) == (seen,)

    def test_cookies_are_not_kept(self, archive: Archive) -> None:
        archive.keep(capture(headers=(("set-cookie", "session=s3cret"), ("server", "nginx"))))
        assert archive.captures(URL)[0].headers == (("server", "nginx"),)

    def test_the_same_bytes_again(self, archive: Archive) -> None:
        """One fetch row, and nothing else at all."""
        visit(archive)
        before = {table: count(archive, table) for table in (*APPEND_ONLY, "reading", "page", "header_set")}
        assert visit(archive, 0, day=1) == []
        after = {table: count(archive, table) for table in before}
        assert after == before | {"fetch": before["fetch"] + 1}
        assert rows(archive, "SELECT outcome FROM fetch ORDER BY id") == [("captured",), ("same-bytes",)]

    def test_other_bytes_with_the_same_content(self, archive: Archive) -> None:
        """WordPress never serves the same bytes twice: a capture and a reading more, and no version."""
        visit(archive)
        before = {table: count(archive, table) for table in ("page_version", "statement_version", "comment_version", "change_log", "dropped", "position")}
        assert visit(archive, 1) == []
        assert {table: count(archive, table) for table in before} == before
        assert (count(archive, "capture"), count(archive, "reading")) == (2, 2)

    def test_bytes_that_return(self, archive: Archive) -> None:
        """A, B, A: three captures in time, two bodies."""
        for number, body in enumerate((b"a" * 99, b"b" * 99, b"a" * 99)):
            archive.keep(capture(number, body=body))
        assert [seen.body[:1] for seen in archive.captures(URL)] == [b"a", b"b", b"a"]
        assert (count(archive, "capture"), count(archive, "blob")) == (3, 2)

    def test_two_pages_with_the_same_bytes(self, archive: Archive) -> None:
        archive.keep(capture())
        archive.keep(capture(url="https://other.example/"))
        assert (count(archive, "capture"), count(archive, "blob")) == (2, 1)

    def test_a_later_capture_costs_under_a_kilobyte(self, archive: Archive) -> None:
        """All that a visit with new bytes and the same content adds to the file's tables and indexes, over forty of them."""
        headers = (("server", "nginx"), ("date", "Tue, 26 Feb 2019 10:00:00 GMT"), ("content-type", "text/html"), ("link", '<https://blog.example/wp-json/>; rel="https://api.w.org/"'))
        page = b"".join(f"<p>Paragraph {n} of {n * 7919 % 1013}.</p>".encode() for n in range(3000))
        sizes = []
        for number in range(61):
            visit(archive, number, body=page + f"<!-- {number * 7919} -->".encode(), headers=headers)
            sizes.append(rows(archive, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")[0][0])
        assert (sizes[60] - sizes[20]) / 40 < 1500  # type: ignore[operator]

    def test_a_visit_costs_little(self, archive: Archive) -> None:
        """An unchanged visit is one short row."""
        visit(archive)
        before = rows(archive, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")[0][0]
        for day in range(500):
            archive.keep(capture(0, day=day + 1))
        after = rows(archive, "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")[0][0]
        assert (after - before) / 500 < 150  # type: ignore[operator]

    def test_ignored_robots_is_recorded(self, archive: Archive) -> None:
        archive.keep(capture(), ignored_robots=True)
        assert rows(archive, "SELECT c.ignored_robots, f.ignored_robots FROM capture AS c, fetch AS f") == [(1, 1)]

    def test_a_time_that_nobody_knows(self, archive: Archive) -> None:
        archive.keep(replace(capture(), fetched_at=None))
        assert archive.captures(URL)[0].fetched_at is None


class TestVisitsThatGaveNothing:
    """Errors and 304s are rows too, and close nothing."""

    def test_a_failure_closes_nothing(self, archive: Archive) -> None:
        visit(archive)
        for error in (BadStatus(URL, 404), BadStatus(URL, 410), Unreachable(URL, "refused")):
            archive.note_failure(URL, error, at=START + DAY)
        summary = archive.summary(URL)
        assert summary is not None
        assert (summary.statements, summary.comments, summary.failures, summary.last_seen_at) == (3, 2, 3, START)
        assert visit(archive, 2) == []
        assert rows(archive, "SELECT error_kind, status, later FROM fetch WHERE outcome = 'error'") == [("BadStatus", 404, 0), ("BadStatus", 410, 0), ("Unreachable", None, 1)]

    def test_a_failure_makes_no_page(self, archive: Archive) -> None:
        archive.note_failure("https://blog.example/mistyped", BadStatus("https://blog.example/mistyped", 404), at=START)
        assert (archive.pages(), rows(archive, "SELECT url, page_id FROM fetch")) == ((), [("https://blog.example/mistyped", None)])

    def test_not_modified(self, archive: Archive) -> None:
        visit(archive)
        archive.note_not_modified(URL, at=START + DAY)
        summary = archive.summary(URL)
        assert summary is not None
        assert (summary.visits, summary.captures, summary.last_seen_at) == (2, 1, START + DAY)
        assert rows(archive, "SELECT capture_id, status FROM fetch WHERE outcome = 'not-modified'") == [(1, 304)]

    def test_validators(self, archive: Archive) -> None:
        """Those of the newest answer; none for a page that was kept and never read, or it would never be."""
        seen = capture(headers=(("etag", '"1"'), ("last-modified", "Tue")))
        archive.keep(seen)
        assert archive.known(URL) is None
        archive.record(Bundle(seen), read(), seen_at=START)
        assert archive.known(URL) == Validators('"1"', "Tue")
        archive.keep(replace(seen, headers=(("etag", '"2"'),)))
        assert archive.known(URL) == Validators('"2"', "")
        unread = capture(1, headers=(("etag", '"3"'),))
        archive.keep(unread)
        assert archive.known(URL) is None
        archive.record(Bundle(unread), read(), seen_at=START)
        assert archive.known(URL) == Validators('"3"', "")
        archive.keep(replace(seen, headers=(("etag", '"4"'),)))
        archive.record(Bundle(seen), read(), seen_at=START)
        archive.keep(replace(seen, headers=()))
        assert archive.known(URL) is archive.known("https://blog.example/other") is None

    def test_an_old_copy_is_not_the_newest(self, archive: Archive) -> None:
        """Saved before what is known, kept after it: a server is not asked with its ETag, and no 304 confirms it."""
        visit(archive, 5, headers=(("etag", '"new"'),))
        for _ in range(2):
            assert visit(archive, 1, read([said("Ann Lee", "Never mind.")]), origin="warc", headers=(("etag", '"old"'),)) == []
        assert archive.known(URL) == Validators('"new"', "")
        latest = archive.latest(URL)
        assert latest is not None and latest.page.header("etag") == '"new"'
        archive.note_not_modified(URL, at=START + 6 * DAY)
        assert rows(archive, "SELECT capture_id FROM fetch WHERE outcome = 'not-modified'") == [(1,)]
        assert rows(archive, "SELECT capture_id, folded FROM reading") == [(1, 1), (2, 0)]  # read once, however often it comes

    def test_an_old_copy_that_the_page_goes_back_to(self, archive: Archive) -> None:
        """Then it is the newest, and what it says is news."""
        old = read([said("Ann Lee", ANN.replace("some", "little")), *STATEMENTS[1:]])
        visit(archive, 5)
        visit(archive, 1, old, origin="warc")
        assert visit(archive, 1, old, day=6, headers=(("etag", '"old"'),)) == [("edited", "statement", "Ann Lee")]
        assert archive.known(URL) == Validators('"old"', "")
        latest = archive.latest(URL)
        assert latest is not None and latest.page.body == capture(1).body


class TestRuns:
    """Who wrote what, and how it ended."""

    def test_a_run(self, archive: Archive) -> None:
        run = archive.begin_run("ingest run", START)
        archive.keep(capture(), run=run)
        archive.record(Bundle(capture()), read(), seen_at=START, run=run)
        archive.end_run(run, "ok", at=START + DAY, counts={"archived": 1})
        assert rows(archive, "SELECT label, started_at, ended_at, status, counts FROM run") == [("2019-02-26 10:00 ingest run", "2019-02-26T10:00:00Z", "2019-02-27T10:00:00Z", "ok", '{"archived":1}')]
        assert rows(archive, "SELECT DISTINCT f.run_id, r.run_id, c.run_id FROM fetch AS f, reading AS r, change_log AS c") == [(run, run, run)]

    def test_one_that_was_killed(self, archive: Archive) -> None:
        """It is still running as far as anybody knows; nobody has said otherwise."""
        archive.begin_run("ingest run")
        assert rows(archive, "SELECT status, ended_at FROM run") == [("running", None)]


class TestPages:
    """Bytes go to the page whose own address they came from."""

    @pytest.mark.parametrize("again", ["http://blog.example/2019/post/", URL + "?utm_source=feed", "HTTPS://BLOG.EXAMPLE:443/2019/post/#comment-1"])
    def test_one_page_by_many_addresses(self, archive: Archive, again: str) -> None:
        visit(archive)
        archive.keep(capture(1, url=again))
        assert (archive.pages(), len(archive.captures(again))) == ((URL,), 2)

    def test_found_by_redirect_and_canonical(self, archive: Archive) -> None:
        short = "https://blog.example/?p=7"
        seen = capture(url=short, final_url=URL)
        archive.keep(seen)
        archive.record(Bundle(seen), read(url="https://blog.example/canonical/"), seen_at=START)
        assert archive.pages() == (URL,)
        for address in (short, URL, "https://blog.example/canonical/"):
            assert archive.summary(address) is not None

    def test_a_canonical_on_another_host_is_not_believed(self, archive: Archive) -> None:
        """A page that names a victim's address neither gets its history nor is found by its name."""
        victim = "https://victim.example/post/"
        visit(archive, 0, read([said("Mallory", "All experts agree with me.")], url=victim), url="https://evil.example/x")
        assert archive.summary(victim) is None
        assert visit(archive, 1, url=victim)[0] == ("added", "page", "What do you expect?")
        assert visit(archive, 2, read([said("Mallory", "They still do.")], url=victim), url="https://evil.example/x") == [("edited", "statement", "Mallory")]
        summary = archive.summary(victim)
        assert summary is not None
        assert (summary.statements, summary.captures) == (3, 1)
        assert rows(archive, "SELECT reason FROM page_url WHERE key LIKE 'victim%'") == [("own",)]

    def test_a_canonical_on_the_same_host_takes_nothing_from_its_owner(self, archive: Archive) -> None:
        """On a host of many authors one may name another's post; asked for by its address it is itself."""
        theirs = "https://many.example/@ann/post"
        visit(archive, 0, read(url=theirs), url="https://many.example/@mallory/post")
        assert visit(archive, 1, url=theirs)[0][:2] == ("added", "page")
        assert len(archive.pages()) == 2

    def test_what_redirected_to_a_page_may_become_one(self, archive: Archive) -> None:
        """First it leads to the victim's page, later it serves its own: that is another page."""
        evil, victim = "https://evil.example/x", "https://victim.example/post/"
        visit(archive, 0, url=evil, final_url=victim)
        visit(archive, 1, read([said("Mallory", "All experts agree with me.")], title="Buy now", url=evil), url=evil)
        assert [archive.summary(url).statements for url in (victim, evil)] == [3, 1]  # type: ignore[union-attr]

    def test_a_post_that_moved_on_its_site(self, archive: Archive) -> None:
        """Its history goes on, and its new address is its own once it reads as the same."""
        moved = "https://www.blog.example/archive/post/"
        visit(archive)
        assert visit(archive, 1, final_url=moved) == []
        assert visit(archive, 2, url=moved) == []
        assert archive.pages() == (URL,)

    def test_a_post_that_now_leads_to_the_start_page(self, archive: Archive) -> None:
        """The start page does not inherit its history, whatever it shows."""
        visit(archive)
        visit(archive, 1, read([], [], title="My blog", verdict="not_roundup", status="none"), final_url="https://blog.example/")
        visit(archive, 2, final_url="https://blog.example/")
        assert visit(archive, 3, read([], [], title="My blog", verdict="not_roundup"), url="https://blog.example/") == [("added", "page", "My blog")]
        assert archive.summary(URL).statements == 3  # type: ignore[union-attr]

    def test_a_redirect_to_another_site_is_that_sites_page(self, archive: Archive) -> None:
        visit(archive)
        visit(archive, 1, read([], [], title="Domain for sale", verdict="not_roundup"), final_url="https://parking.example/blog")
        assert archive.pages() == (URL, "https://parking.example/blog")
        assert archive.summary(URL).title == "What do you expect?"  # type: ignore[union-attr]


class TestExtras:
    """What was fetched for a page is kept as the page is."""

    MORE = Capture(URL + "comment-page-1/", b"<p>more comments</p>", START, role="comments")

    def test_tied_to_the_page_by_its_reading(self, archive: Archive) -> None:
        seen = capture()
        archive.keep(seen)
        archive.keep(self.MORE)
        archive.record(Bundle(seen, (self.MORE,)), read(), seen_at=START)
        assert archive.latest(URL) == archive.last_read(URL) == Bundle(seen, (self.MORE,))
        assert (archive.pages(), archive.captures(URL)) == ((URL,), (seen,))

    def test_kept_before_the_page_could_be_read(self, archive: Archive) -> None:
        """The parser crashed: page and extras wait together for a better one."""
        archive.keep(capture())
        archive.keep(self.MORE, page=URL)
        assert archive.latest(URL) == Bundle(capture(), (self.MORE,))
        assert archive.last_read(URL) is None

    def test_new_extras_for_the_same_page(self, archive: Archive) -> None:
        """The page's bytes are the same, the comments are not."""
        seen, newer = capture(), replace(self.MORE, body=b"<p>more and more</p>", fetched_at=START + DAY)
        archive.keep(self.MORE)
        archive.record(Bundle(seen, (self.MORE,)), read(), seen_at=START)
        archive.keep(seen)
        archive.keep(newer)
        assert told(archive.record(Bundle(seen, (newer,)), read(STATEMENTS), seen_at=START + DAY)) == []
        assert archive.latest(URL) == Bundle(seen, (newer,))

    def test_the_same_extra_again(self, archive: Archive) -> None:
        first, again = archive.keep(self.MORE), archive.keep(replace(self.MORE, fetched_at=START + DAY))
        assert (first, count(archive, "capture"), count(archive, "fetch")) == (again, 1, 2)

    def test_what_was_never_kept_is_kept_by_the_reading(self, archive: Archive) -> None:
        """A reading without its evidence would be hearsay."""
        archive.record(Bundle(capture(), (self.MORE,)), read(), seen_at=START)
        assert archive.last_read(URL) == Bundle(capture(), (self.MORE,))


class TestGuards:
    """What may not change cannot, whoever tries."""

    @pytest.mark.parametrize("table", APPEND_ONLY)
    @pytest.mark.parametrize("what", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid + 1000"])
    def test_append_only(self, archive: Archive, table: str, what: str) -> None:
        visit(archive, headers=(("server", "x"),))
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} is append-only"), archive._file.writing() as conn:
            conn.execute(what.format(table))

    @pytest.mark.parametrize("table", SEARCHED)
    def test_versions_are_closed_and_never_rewritten(self, archive: Archive, table: str) -> None:
        visit(archive)
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"), archive._file.writing() as conn:
            conn.execute(f"DELETE FROM {table}")
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"), archive._file.writing() as conn:
            conn.execute(f"UPDATE {table} SET {SEARCHED[table][-1]} = 'x'")

    def test_one_open_version_at_most(self, archive: Archive) -> None:
        visit(archive)
        visit(archive, 1, read([said("Ann Lee", "Never mind."), *STATEMENTS[1:]]))
        with pytest.raises(sqlite3.IntegrityError), archive._file.writing() as conn:
            conn.execute("UPDATE statement_version SET valid_to = NULL, ended = NULL")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=400), min_size=1, max_size=6), st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=4))
def test_any_bytes_and_headers(tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes], headers: list[tuple[str, str]]) -> None:
    """Whatever a server sends is kept, and read back as sent; halves of characters excepted."""
    with Archive.open(tmp_path_factory.mktemp("any") / "archive.db") as archive:
        for number, body in enumerate(bodies):
            archive.keep(capture(number, body=body, headers=tuple(headers)))
        kept = archive.captures(URL)
        assert [one.body for one in kept] == [body for number, body in enumerate(bodies) if number == 0 or bodies[number - 1] != body]
        assert archive.verify(deep=True) == ()
