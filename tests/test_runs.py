"""What a run does: what is due and nothing else, politely, and each thing once, whatever stops it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from archive import Archive
from archive.watched import Due
from ingest.commands.status import gather
from ingest.runs.runlock import holder, run_lock
from ingest.runs.tick import anything_due
from parsers.errors import ArchiveBusy

from . import servers
from .blog import Blog
from .conftest import Ingest
from .jobs import START, Runs


def feed_of(blog: Blog, **more: object) -> dict[str, object]:
    return {"name": "a", "kind": "feed", "url": f"{blog.url}/feed/", **more}


def statuses(outcomes: list[object]) -> list[str]:
    return [outcome.status for outcome in outcomes]  # type: ignore[attr-defined]


def test_first_run_archives_what_the_feed_lists(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1"), blog.post("/2")
        blog.feed("/feed/", "/1", "/2")
        assert sorted(outcome.url for outcome in runs.run()) == [f"{blog.url}/1", f"{blog.url}/2"]


def test_nothing_is_due_right_after(tmp_path: Path) -> None:
    """A second run asks for nothing."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1")
        blog.feed("/feed/", "/1")
        runs.run()
        asked = blog.asked()
        assert (runs.later(minutes=30).run(), blog.asked()) == ([], asked)


def test_named_source_is_done_due_or_not(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1")
        blog.feed("/feed/", "/1")
        runs.run()
        assert statuses(runs.later(minutes=5).run("a")) == ["unchanged"]
        assert blog.asked() == ["/feed/", "/1", "/feed/", "/1"]


def pages_of(blog: Blog, *paths: str, name: str = "a") -> dict[str, object]:
    return {"name": name, "kind": "url", "urls": [blog.url + path for path in paths]}


def test_a_page_that_was_taken_out_of_the_list_is_not_asked_for_any_more(tmp_path: Path) -> None:
    """It stays in the archive and is told in the status; what is put back is looked at again."""
    with Blog() as blog:
        for path in ("/1", "/2", "/4"):
            blog.post(path)
        with Runs(tmp_path, [pages_of(blog, "/1", "/2")], [blog.name]) as runs:
            runs.run()
        with Runs(tmp_path, [pages_of(blog, "/4", "/2")], [blog.name]) as runs:
            assert anything_due(runs.archive, runs.config.source, runs.now)
            assert [outcome.url for outcome in runs.run()] == [f"{blog.url}/4"]
            assert not anything_due(runs.archive, runs.config.source, runs.now)
            runs.later(days=400).run(), runs.later(days=400).run("a")
            assert (len(blog.asked("/1")), len(blog.asked("/2"))) == (1, 3)
            health = runs.archive.watching.source("a", runs.now)
            assert (health.pages, health.unlisted, len(runs.archive.pages())) == (2, 1, 3)
            due = runs.archive.agenda.when(f"{blog.url}/1")
            assert due == Due(None, "the config does not list it any more")
        with Runs(tmp_path, [pages_of(blog, "/1", "/2", "/4")], [blog.name]) as runs:
            runs.later(days=801).run()
            assert (len(blog.asked("/1")), runs.archive.watching.source("a", runs.now).unlisted) == (2, 0)


def test_what_another_source_announces_is_followed_there(tmp_path: Path) -> None:
    """Taken out of the one list, and still in a feed."""
    with Blog() as blog:
        blog.post("/1"), blog.post("/2")
        blog.feed("/feed/", "/1")
        with Runs(tmp_path, [pages_of(blog, "/1", "/2", name="b")], [blog.name]) as runs:
            runs.run()
        with Runs(tmp_path, [pages_of(blog, "/2", name="b"), feed_of(blog)], [blog.name]) as runs:
            runs.run(), runs.later(days=1).run()
            assert (runs.archive.agenda.pages("a"), runs.archive.agenda.pages("b")) == ([f"{blog.url}/1"], [f"{blog.url}/2"])


def test_a_feed_that_forgets_its_old_posts_takes_nothing_back(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1"), blog.post("/2")
        blog.feed("/feed/", "/1")
        runs.run()
        blog.feed("/feed/", "/2")
        runs.later(days=30).run()
        assert (len(blog.asked("/1")), runs.archive.watching.source("a", runs.now).unlisted) == (2, 0)


def test_where_a_listed_page_has_moved_to_is_listed_with_it(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [pages_of(blog, "/old/post")], [blog.name]) as runs:
        blog.post("/old/post")
        runs.run()
        blog.post("/new/post")
        blog.pages["/old/post"] = (301, {"Location": "/new/post"}, b"")
        for days in (2, 8, 60):
            runs.later(days=days).run()
        assert (runs.archive.agenda.pages("a"), blog.asked()[-1]) == ([f"{blog.url}/new/post"], "/new/post")
        with Runs(tmp_path, [pages_of(blog, "/other")], [blog.name]) as without:  # and goes with it, and comes back with it
            without.later(days=70).run()
            assert without.archive.agenda.pages("a") == [f"{blog.url}/other"]
        runs.later(days=1).run()
        assert runs.archive.agenda.pages("a") == [f"{blog.url}/new/post"]


def test_conditional_requests(tmp_path: Path) -> None:
    """A page and a feed that have ETags are asked with them, and 304 is enough."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1", ETag='"p1"')
        blog.feed("/feed/", "/1", etag='"f1"')
        runs.run()
        assert statuses(runs.later(hours=3).run()) == ["not-modified"]
        assert [(hit.path, hit.status) for hit in blog.hits if hit.path != "/robots.txt"][2:] == [("/feed/", 304), ("/1", 304)]


def test_one_etag_for_all_feeds_is_kept_by_address(tmp_path: Path) -> None:
    """WordPress gives all feeds of a site the same ETag; a feed that was never read is not asked with another's."""
    with Blog() as blog:
        sources = [feed_of(blog), {"name": "b", "kind": "feed", "url": f"{blog.url}/tag/feed/"}]
        with Runs(tmp_path, sources[:1], [blog.name]) as runs:
            blog.post("/1"), blog.post("/2")
            blog.feed("/feed/", "/1", etag='"site"')
            blog.feed("/tag/feed/", "/2", etag='"site"')
            runs.run()
        with Runs(tmp_path, sources, [blog.name]) as runs:
            assert [outcome.url for outcome in runs.run()] == [f"{blog.url}/2"]


def test_edit_is_found_and_brings_the_next_look_forward(tmp_path: Path) -> None:
    """The due time after a change is nearer than after a quiet visit, and says why."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1", "As it was.")
        blog.feed("/feed/", "/1")
        runs.run()
        runs.later(hours=48).run("a")
        quiet = runs.archive.agenda.when(f"{blog.url}/1")
        blog.post("/1", "As it is now.")
        (outcome,) = runs.run("a")
        changed = runs.archive.agenda.when(f"{blog.url}/1")
        assert [change.kind for change in outcome.changes] == ["edited"]
        assert quiet is not None and changed is not None and quiet.at is not None and changed.at is not None
        assert changed.at < quiet.at
        assert changed.why.startswith("changed 1× in 3 visits, also at the last, 2")


def test_listing_that_tells_of_an_edit_is_believed(tmp_path: Path) -> None:
    """WordPress's interface gives the time of the last change: the page is due at once, with the reason."""
    with Blog() as blog, Runs(tmp_path, [{"name": "w", "kind": "wordpress", "url": f"{blog.url}/wp"}], [blog.name]) as runs:
        blog.post("/1")
        blog.json("/wp", json.dumps([{"link": f"{blog.url}/1", "modified_gmt": "2020-01-01T00:00:00"}]))
        runs.run()
        runs.later(hours=30).run()
        asked = len(blog.asked("/1"))
        later = (runs.later(hours=1.5).now - timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%S")
        blog.json("/wp", json.dumps([{"link": f"{blog.url}/1", "modified_gmt": later}]))
        runs.later(hours=3).run()
        assert len(blog.asked("/1")) == asked + 1


def test_a_failure_is_noted_at_the_time_of_the_run(tmp_path: Path) -> None:
    """By the clock that the run was handed, as a visit that was answered is."""
    with Blog() as blog, Runs(tmp_path, [pages_of(blog, "/1", "/2")], [blog.name]) as runs:
        blog.post("/1")
        runs.later(days=4000).run()
        with runs.archive._file.reading() as conn:
            days = {at[:10] for (at,) in conn.execute("SELECT at FROM fetch")}
        assert days == {(START + timedelta(days=4000)).date().isoformat()}


def test_gone_is_said_twice(tmp_path: Path) -> None:
    """410, and 410 a week later; then it is not asked any more."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1")
        blog.feed("/feed/", "/1")
        runs.run()
        blog.pages["/1"] = (410, {}, b"gone")
        runs.later(hours=30).run()
        runs.later(days=3).run()
        assert len(blog.asked("/1")) == 2
        runs.later(days=5).run()
        runs.later(days=400).run()
        due = runs.archive.agenda.when(f"{blog.url}/1")
        assert (len(blog.asked("/1")), due and due.at) == (3, None)


def test_moved_page_is_watched_at_its_new_address(tmp_path: Path) -> None:
    """A permanent redirect is followed for a week, then its target is asked instead."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/old/post")
        blog.feed("/feed/", "/old/post")
        runs.run()
        blog.post("/new/post")
        blog.pages["/old/post"] = (301, {"Location": "/new/post"}, b"")
        runs.later(days=2).run()
        runs.later(days=8).run()
        before = len(blog.asked("/old/post"))
        runs.later(days=60).run()
        assert (len(blog.asked("/old/post")), blog.asked("/new/post")[-1]) == (before, "/new/post")
        assert runs.archive.agenda.pages("a") == [f"{blog.url}/new/post"]


def test_redirect_to_the_start_page_is_not_adopted(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1"), blog.post("/")
        blog.feed("/feed/", "/1")
        runs.run()
        blog.pages["/1"] = (301, {"Location": "/"}, b"")
        for _ in range(4):
            runs.later(days=20).run()
        assert runs.archive.agenda.pages("a") == [f"{blog.url}/1"]


def test_server_that_asks_to_wait_is_heeded_for_days(tmp_path: Path) -> None:
    """Cache-Control holds back the page, Retry-After the whole host."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name], max_wait=0) as runs:
        blog.post("/1", **{"Cache-Control": "max-age=864000"})
        blog.feed("/feed/", "/1")
        runs.run()
        runs.later(days=9).run()
        assert len(blog.asked("/1")) == 1
        blog.pages["/1"] = (503, {"Retry-After": "864000"}, b"")
        runs.later(days=2).run()
        due = runs.archive.agenda.when(f"{blog.url}/1")
        assert due is not None and due.at is not None and due.at - runs.now >= timedelta(days=9.9)
        assert "(Retry-After)" in due.why


def test_failing_feed_costs_itself(tmp_path: Path) -> None:
    """One source's trouble is told by name and leaves the other alone."""
    with Blog() as blog:
        sources = [feed_of(blog), {"name": "b", "kind": "feed", "url": f"{blog.url}/html/"}]
        with Runs(tmp_path, sources, [blog.name]) as runs:
            blog.post("/1"), blog.post("/html/")
            blog.feed("/feed/", "/1")
            assert sorted((outcome.url, outcome.status) for outcome in runs.run()) == [(f"{blog.url}/1", "archived"), (f"{blog.url}/html/", "failed")]
            assert runs.archive.watching.source("b", runs.now).listing_error == "it is a web page, not a feed"


def test_clock_that_was_ahead_for_a_while(tmp_path: Path) -> None:
    """A run under a clock that is ten years ahead: put right, everything is looked at soon and not in ten years."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog)], [blog.name]) as runs:
        blog.post("/1")
        blog.feed("/feed/", "/1")
        runs.later(days=3650).run()
        assert statuses(runs.later(days=-3650).run()) == ["unchanged"]
        due = runs.archive.agenda.when(f"{blog.url}/1")
        assert due is not None and due.at is not None and due.at < runs.now + timedelta(days=1)
        assert runs.run() == []


def paged(blog: Blog, pages: int) -> None:
    """WordPress's interface with so many pages of two posts."""
    for page in range(1, pages + 1):
        posts = [f"/p{page}a", f"/p{page}b"]
        for post in posts:
            blog.post(post)
        blog.json("/wp" if page == 1 else f"/wp?page={page}", json.dumps([{"link": blog.url + post} for post in posts]), **{"X-WP-TotalPages": str(pages)})


def test_backfill_walks_the_past_once(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [{"name": "w", "kind": "wordpress", "url": f"{blog.url}/wp", "backfill": True}], [blog.name]) as runs:
        paged(blog, 6)
        assert len(runs.run()) == 12
        before = len(blog.asked("/wp?page="))
        runs.later(days=1).run()
        assert (before, len(blog.asked("/wp?page="))) == (5, 5)


def past(runs: Runs) -> str:
    (_, told), = gather(runs.archive, list(runs.config.source)).sources
    return told


def test_past_whose_beginning_was_refused_is_still_to_be_read(tmp_path: Path) -> None:
    """The config did not allow the host: that is put right, and the past is walked then and not given up."""
    with Blog() as blog:
        blog.post("/1"), blog.post("/2")
        blog.json("/wp", json.dumps([{"link": f"{blog.url}/1"}]), **{"X-WP-TotalPages": "2"})
        blog.json("/wp?page=2", json.dumps([{"link": f"{blog.url}/2"}]))
        source = {"name": "w", "kind": "wordpress", "url": f"{blog.url}/wp", "backfill": True}
        with Runs(tmp_path, [source]) as runs:
            assert (statuses(runs.run()), past(runs)) == (["failed"], "its past: 0 of 1 listings read so far")
        with Runs(tmp_path, [source], [blog.name]) as runs:
            assert (statuses(runs.later(minutes=1).run("w")), past(runs)) == (["archived"] * 2, "its past is read (2 listings)")
        assert blog.asked("/wp") == ["/wp", "/wp?page=2"]


def test_past_goes_on_when_its_source_is_named(tmp_path: Path) -> None:
    """Its listing failed once; what is asked for by name is not kept waiting for that. What is lost for good is told."""
    with Blog() as blog, Runs(tmp_path, [{"name": "w", "kind": "wordpress", "url": f"{blog.url}/wp", "backfill": True}], [blog.name]) as runs:
        blog.pages["/wp"] = (500, {}, b"")
        runs.run()
        assert (statuses(runs.later(minutes=1).run("w")), len(blog.asked("/wp"))) == (["failed"], 2)
        blog.json("/wp", "[]", **{"X-WP-TotalPages": "2"})
        blog.pages["/wp?page=2"] = (403, {}, b"")
        assert (statuses(runs.later(minutes=1).run("w")), past(runs)) == (["failed"], "its past is read (1 listings, 1 could not be had)")


def test_past_of_a_host_that_asks_to_wait_waits(tmp_path: Path) -> None:
    """One refusal is heard, and nothing is asked again and again in the same run."""
    with Blog() as blog, Runs(tmp_path, [{"name": "w", "kind": "sitemap", "url": f"{blog.url}/map", "backfill": True}], [blog.name], max_wait=5) as runs:
        maps = "".join(f"<sitemap><loc>{blog.url}/map{n}</loc></sitemap>" for n in range(4))
        blog.pages["/map"] = (200, {"Content-Type": "text/xml"}, f"<sitemapindex>{maps}</sitemapindex>".encode())
        for n in range(4):
            blog.pages[f"/map{n}"] = (429, {"Retry-After": "3600"}, b"")
        assert (statuses(runs.run()), blog.asked()) == (["failed"] * 2, ["/map", "/map0"])


def test_backfill_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    """Stopped after each few requests, again and again: every listing and every page is read, none of the past twice."""
    with Blog() as blog:
        paged(blog, 6)
        for _ in range(30):
            with Runs(tmp_path, [{"name": "w", "kind": "wordpress", "url": f"{blog.url}/wp", "backfill": True}], [blog.name]) as runs:
                begun = len(blog.hits)
                runs.stopped = lambda begun=begun: len(blog.hits) > begun + 3
                runs.run()
        assert sorted(blog.asked("/p")) == sorted(f"/p{page}{post}" for page in range(1, 7) for post in "ab")
        assert sorted(blog.asked("/wp?page=")) == [f"/wp?page={page}" for page in range(2, 7)]


def test_schedule_of_a_source(tmp_path: Path) -> None:
    """A cron expression says when the listing is read, in the time zone of the config."""
    with Blog() as blog, Runs(tmp_path, [feed_of(blog, schedule="0 3 * * 1")], [blog.name]) as runs:
        runs.config = runs.config.model_copy(update={"watch": runs.config.watch.model_copy(update={"timezone": "Europe/Berlin"})})
        blog.feed("/feed/")
        runs.run()
        listed = runs.archive.agenda.listing("a", f"{blog.url}/feed/")
        assert listed is not None and listed.due.at is not None
        assert (listed.due.at.isoformat(), listed.due.why) == ("2026-11-02T02:00:00+00:00", "its schedule is '0 3 * * 1'")


def test_secret_in_an_address_is_used_and_not_kept(tmp_path: Path) -> None:
    with Blog() as blog, Runs(tmp_path, [{"name": "s", "kind": "url", "url": f"{blog.url}/1?token=geheim"}], [blog.name]) as runs:
        blog.post("/1")
        blog.pages = {"/1?token=geheim": blog.pages["/1"]}
        assert statuses(runs.run()) == ["archived"]
    assert b"geheim" not in (tmp_path / "archive.db").read_bytes()


def test_folder_is_read_when_it_changes(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    with Runs(tmp_path, [{"name": "f", "kind": "folder", "path": str(saved)}]) as runs:
        (saved / "a.html").write_text("<title>A</title><p>One page that somebody saved long ago, with some words in it.</p>")
        os.utime(saved / "a.html", (0, START.timestamp() - 100))
        assert statuses(runs.run()) == ["archived"]
        assert runs.later(days=1).run() == []
        (saved / "b.html").write_text("<title>B</title><p>Another page that somebody saved, with other words in it.</p>")
        assert statuses(runs.later(days=1).run()) == ["archived"]


def test_copies_of_one_page_are_read_as_they_were_saved(tmp_path: Path) -> None:
    """Whatever they are called: the history of the page holds each of them."""
    saved = tmp_path / "saved"
    saved.mkdir()
    for name, day in (("c", 1), ("a", 2), ("b", 3)):
        (saved / f"{name}.html").write_text(f'<title>{name}</title><link rel=canonical href="https://blog.example/1"><p>One page with some words in it.</p>')
        os.utime(saved / f"{name}.html", (0, START.timestamp() - 1e6 + day))
    with Runs(tmp_path, [{"name": "f", "kind": "folder", "path": str(saved)}]) as runs:
        assert statuses(runs.run()) == ["archived"] * 3
        assert [(entry.change.kind, entry.change.label) for entry in runs.archive.history("https://blog.example/1")] == [
            ("added", "c"), ("retitled", "a"), ("retitled", "b"),
        ]  # fmt: skip


def test_a_folder_that_was_read_half_is_still_due(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    with Runs(tmp_path, [{"name": "f", "kind": "folder", "path": str(saved)}]) as runs:
        for name in "abc":
            (saved / f"{name}.html").write_text(f"<title>{name}</title><p>One page that somebody saved long ago, called {name}.</p>")
            os.utime(saved / f"{name}.html", (0, START.timestamp() - 100))
        runs.stopped = lambda: len(runs.archive.pages()) >= 1
        assert statuses(runs.run()) == ["archived"]
        runs.stopped = lambda: False
        assert statuses(runs.run()) == ["archived"] * 2


def test_two_hosts_at_once_and_each_with_its_gap(tmp_path: Path) -> None:
    """50 pages each, gap 0.2 s: never closer, both at work together; a 429 stops its own host alone."""
    with Blog() as one, Blog() as two:
        for blog in (one, two):
            for n in range(50):
                blog.post(f"/{n}")
        two.pages["/20"] = (429, {"Retry-After": "3600"}, b"")
        sources = [{"name": name, "kind": "url", "urls": [f"{blog.url}/{n}" for n in range(50)]} for name, blog in (("one", one), ("two", two))]
        with Runs(tmp_path, sources, [one.name, two.name], gap=0.2, max_wait=5) as runs:
            begun = time.monotonic()
            runs.run()
            took = time.monotonic() - begun
        for blog in (one, two):
            assert min(b.began - a.ended for a, b in pairwise(blog.hits)) >= 0.199
        assert (len(one.asked()), two.asked()[-1], len(two.asked())) == (50, "/20", 21)
        assert one.hits[0].began < two.hits[-1].began and two.hits[0].began < one.hits[-1].began
        assert took < 2 * 50 * 0.3  # and not one host after the other


def test_lock_says_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with run_lock(path, "ingest watch", START):
        assert holder(path) == f"another run holds the lock: process {os.getpid()} (ingest watch), since 2026-11-01 12:00 UTC"
        with pytest.raises(ArchiveBusy, match=rf"process {os.getpid()} \(ingest watch\)"), run_lock(path, "ingest run", START):
            pass
    assert holder(path) == ""


def test_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    code = f"from pathlib import Path; from datetime import *; from ingest.runs.runlock import run_lock; import time\nwith run_lock(Path({str(tmp_path / 'a.db')!r}), 'x', datetime.now(UTC)): print('held', flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    process.kill()
    process.wait()
    with run_lock(tmp_path / "a.db", "ingest run", START):
        assert (tmp_path / "a.db.run").read_text().startswith(f"{os.getpid()}\t")


def write_config(folder: Path, hosts: list[str], sources: str, **fetch: object) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"contact": "https://reader.example/", "gap": 0.02, "allow_hosts": hosts, **fetch}.items()]
    (folder / "config.toml").write_text("\n".join(["[watch]", "every = 1", "[fetch]", *lines, sources]))


def test_run_wants_a_contact(ingest: Ingest, tmp_path: Path) -> None:
    """`run` and `watch` refuse without one, and say how to give it."""
    (tmp_path / "work" / "config.toml").write_text('[[source]]\nname = "a"\nkind = "url"\nurl = "https://blog.example/"\n')
    for command in ("run", "watch"):
        done = ingest(command)
        assert (done.returncode, "contact" in done.stderr, "config.toml" in done.stderr) == (2, True, True)


def test_what_failed_and_waits_can_be_asked_for_by_name(ingest: Ingest, tmp_path: Path) -> None:
    """Nothing is due, since all has failed: the way out is named; where nothing has failed, none is."""
    with Blog() as blog:
        urls = json.dumps([f"{blog.url}/1"])
        write_config(tmp_path / "work", [blog.name], f'[[source]]\nname = "my page"\nkind = "url"\nurls = {urls}\n')
        assert ingest("run").returncode == 1
        blog.post("/1")
        waiting = ingest("run")
        assert (waiting.returncode, waiting.stderr.strip().endswith("to ask again now for what failed: ingest run 'my page'")) == (0, True), waiting.stderr
        assert ingest("run", "my page").returncode == 0
        assert (blog.asked(), "ingest run" in ingest("run").stderr) == (["/1", "/1"], False)


def test_twenty_runs_at_once(ingest: Ingest, tmp_path: Path) -> None:
    """One works, nineteen say who does, with an exit code of their own."""
    with Blog() as blog:
        blog.delay = 0.6
        for n in range(40):
            blog.post(f"/{n}")
        urls = json.dumps([f"{blog.url}/{n}" for n in range(40)])
        write_config(tmp_path / "work", [blog.name], f'[[source]]\nname = "a"\nkind = "url"\nurls = {urls}\n')
        command = [str(Path(sys.executable).parent / "ingest"), "run"]
        runs = [subprocess.Popen(command, cwd=tmp_path / "work", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(20)]
        ends = [(run.communicate(timeout=300)[1], run.returncode) for run in runs]
    assert sorted(code for _, code in ends) == [0] + [3] * 19
    assert all("another run holds the lock: process" in said for said, code in ends if code == 3)
    assert sorted(blog.asked()) == sorted(f"/{n}" for n in range(40))


EDIT = ("Count the trees, put the number in the budget", "Count the trees twice, put the number in the budget")  # in one statement


def test_real_wordpress(ingest: Ingest, classic: servers.WordPress, tmp_path: Path) -> None:
    """Add it by its home page; archive every post; ask conditionally; then find each change as exactly that change."""
    write_config(tmp_path / "work", [classic.host], "")
    assert ingest("sources", "add", classic.url + "/").returncode == 0
    name = classic.host
    first = ingest("run", "--json")
    pages = [json.loads(line) for line in first.stdout.splitlines()]
    assert (first.returncode, {page["status"] for page in pages}) == (0, {"archived"})
    assert classic.roundup in {page["url"] for page in pages} and len(pages) == 13
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        before = {url: len(archive.history(url)) for url in archive.pages()}
    assert ingest("sources", "add", classic.url + "/feed/", "--name", "feed").returncode == 0
    for pages_read in (10, 0):  # the second time the feed says 304, which is all that WordPress says it for
        assert f"read source='feed' url={classic.url}/feed/ pages={pages_read} new=0" in ingest("run", "-v", "feed").stderr
    again = [json.loads(line) for line in ingest("run", "--json", name).stdout.splitlines()]
    assert {page["status"] for page in again} <= {"unchanged", "not-modified"}
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        assert {url: len(archive.history(url)) for url in archive.pages()} == before

    def changes() -> list[tuple[str, str]]:
        lines = [json.loads(line) for line in ingest("run", "--json", name).stdout.splitlines()]
        return [(change["item"], change["kind"]) for line in lines for change in line["changes"]]

    classic.replace(*EDIT)
    assert changes() == [("statement", "edited")]
    comment = classic.add_comment("A word that nobody has said here before.")
    assert changes() == [("comment", "added")]
    classic.delete_comment(comment)
    assert changes() == [("comment", "removed")]
