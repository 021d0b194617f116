"""How the watching goes, told to people and machines; alarms once, and their end."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from archive import Archive
from archive.health import Health, HowRead, layout_changed
from archive.incidents import Incident
from ingest.config import NotifyTable
from ingest.report import Voice
from ingest.runs.notify import as_message, check, tell
from ingest.runs.status import Status, as_document, lines

from .blog import Blog
from .conftest import Ingest
from .jobs import Runs

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUIET = Voice(quiet=True)
INCIDENT = Incident(1, "listing of a", "a: its listing failed 3× in a row (x)", NOW)


def read(*experts: int, known: int = 0) -> list[HowRead]:
    return [HowRead(f"https://blog.example/{n}", number, known) for n, number in enumerate(experts)]


@pytest.mark.parametrize(
    "pages",
    [
        [],
        read(8, 7, 9),
        read(0, 0, 0),  # a blog without roundups
        read(8, 0, 0, 0, 0, 0),  # only one before: no habit
        read(8, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0),  # a roundup now and then
        read(8, 7, 9, 8, 7, 0, 0, 8, 0, 0),  # one of the newest has some
        read(2, known=2),  # too few to be a sign
        read(8, known=8),
    ],
)
def test_no_alarm(pages: list[HowRead]) -> None:
    assert layout_changed(pages) == ""


def test_page_that_gave_eight_experts_and_gives_none() -> None:
    assert layout_changed(read(0, known=8)) == "https://blog.example/0 used to give 8 experts and now gives none"


def test_new_pages_give_none() -> None:
    assert layout_changed(read(8, 7, 9, 8, 7, 0, 0, 0, 0, 0)) == "its newest 5 pages give no expert, and 5 of the 5 before them did"


def incidents(runs: Runs) -> list[str]:
    return [incident.words for incident in runs.archive.incidents.open()]


def test_listing_that_fails_is_an_incident_once(tmp_path: Path) -> None:
    """From the third failure on, once however long it lasts; its end is told once."""
    messages = tmp_path / "messages"
    command = f"{sys.executable} -c \"import sys; open('{messages}', 'a').write(sys.stdin.read() + chr(10))\""
    with Blog() as blog, Runs(tmp_path, [{"name": "a", "kind": "feed", "url": f"{blog.url}/feed/"}], [blog.name]) as runs:
        runs.config = runs.config.model_copy(update={"notify": NotifyTable(command=command)})
        for _ in range(8):
            runs.later(days=10).run()
            check(runs.archive, runs.config, runs.now, QUIET)
        blog.feed("/feed/")
        for _ in range(3):
            runs.later(days=40).run()
            check(runs.archive, runs.config, runs.now, QUIET)
    told = [json.loads(line) for line in messages.read_text().splitlines()]
    assert [(message["event"], message["about"]) for message in told] == [("incident", "listing of a"), ("recovery", "listing of a")]
    assert told[0]["text"] == "a: its listing failed 3× in a row (there is no such page (404))"


def test_layout_that_changed_is_an_alarm_and_no_silence(tmp_path: Path) -> None:
    """A page that gave seven experts gives none; they stay in the archive, and somebody is told."""
    names = ("Ann Lee", "Bo Chen", "Carla Ruiz", "Dirk Vos", "Eva Blum", "Femi Ade", "Gita Rao")
    answers = "".join(
        f"<p><strong>{name}, Director of Research, Harbour Institute {n}</strong></p><p>I expect the harbour to grow by {n + 2} percent a year, since the ships"
        f" that call there carry more each season, and the town has planned for that with some care.</p>"
        for n, name in enumerate(names)
    )
    page = "<!doctype html><html lang=en><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}</article></body></html>"
    title = "What will become of the harbour? Seven experts answer"
    with Blog() as blog, Runs(tmp_path, [{"name": "a", "kind": "url", "url": f"{blog.url}/1"}], [blog.name]) as runs:
        kind = {"Content-Type": "text/html"}
        blog.pages["/1"] = (200, kind, page.format(title, answers).encode())
        runs.run()
        (known,) = runs.archive.watching.how_read("a")
        assert known.experts == 7
        check(runs.archive, runs.config, runs.now, QUIET)
        assert incidents(runs) == []
        blog.pages["/1"] = (200, kind, page.format(title, "<p>This page is being rebuilt. Please come back in some days.</p>").encode())
        runs.later(days=1).run("a")
        check(runs.archive, runs.config, runs.now, QUIET)
        assert incidents(runs) == [f"a: layout changed? {blog.url}/1 used to give 7 experts and now gives none"]
        for _ in range(2):  # said again at a visit that finds the same bytes
            due = runs.archive.agenda.when(f"{blog.url}/1")
            assert due is not None and due.why.startswith("it gave 7 experts and gives none since 2026-11-02 12:0")
            runs.later(hours=1).run("a")
        blog.pages["/1"] = (200, kind, page.format(title, answers).encode())
        runs.later(days=1).run("a")
        check(runs.archive, runs.config, runs.now, QUIET)
        due = runs.archive.agenda.when(f"{blog.url}/1")
        assert (incidents(runs), due and "experts" in due.why) == ([], False)


@contextmanager
def webhook(status: int = 200) -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes messages."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", got
    finally:
        server.shutdown()
        server.server_close()


def test_webhook_gets_json() -> None:
    with webhook() as (address, got):
        assert tell(NotifyTable(webhook=address), INCIDENT)
    assert json.loads(got[0]) == as_message(INCIDENT)


@pytest.mark.parametrize("settings", [{"command": "/bin/false"}, {"command": "no-such-program"}, {"command": "'"}, {"webhook": "http://127.0.0.1:9/"}])
def test_telling_that_fails_is_not_told(settings: dict[str, str]) -> None:
    """Then the next run tries again."""
    assert not tell(NotifyTable(**settings), INCIDENT)


def test_webhook_that_refuses_is_tried_again(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "b.db") as archive:
        archive.incidents.seen({"listing of a": "a: x"}, (), NOW)
        with webhook(500) as (address, _):
            assert not tell(NotifyTable(webhook=address), archive.incidents.untold()[0])
        assert [incident.words for incident in archive.incidents.untold()] == ["a: x"]


def test_recovery_is_a_message_of_its_own() -> None:
    over = as_message(Incident(1, "listing of a", "a: its listing failed", NOW, NOW + timedelta(hours=2)))
    assert (over["event"], over["text"], over["closed"]) == ("recovery", "over: a: its listing failed", "2026-03-01T14:00:00+00:00")


HEALTH = Health(
    "a", pages=3, waiting=1, failing=1, last_good=NOW - timedelta(hours=2), next_due=NOW + timedelta(hours=36),
    next_url="https://blog.example/1", why="changed 2× in 9 visits, also at the last, 15 d old, so after 36 h",
    errors=(("the server answered 500", 1),),
)  # fmt: skip
STATUS = Status(NOW, "a.db", "", ("ingest run", NOW - timedelta(hours=2), NOW - timedelta(hours=1), "ok"), (INCIDENT,), ((HEALTH, "its past is read (3 listings)"),), ())


def test_status_for_people() -> None:
    assert "\n".join(lines(STATUS)) == """\
archive   a.db
run       ingest run, 2026-03-01 10:00, took 1 h, ok
ALARM     a: its listing failed 3× in a row (x) (since 2026-03-01 12:00)

source    a
          3 pages, 1 not looked at yet, 1 failing
          last success 2026-03-01 10:00, 2 h ago
          next 2026-03-03 00:00, in 36 h: https://blog.example/1
               changed 2× in 9 visits, also at the last, 15 d old, so after 36 h
          1× the server answered 500
          its past is read (3 listings)"""


def test_status_for_machines() -> None:
    document = json.loads(json.dumps(as_document(STATUS)))
    assert (document["sources"][0]["why"], document["alarms"][0]["about"]) == (HEALTH.why, "listing of a")


def test_from_the_command_line(ingest: Ingest, tmp_path: Path) -> None:
    """Each source and host: last success, next due and why, failures in words; the exit code says whether there is an alarm."""
    with Blog() as blog:
        blog.post("/1")
        config = f'[fetch]\ncontact = "https://reader.example/"\ngap = 0\nallow_hosts = ["{blog.name}"]\n[notify]\nafter_failures = 1\n'
        sources = f'[[source]]\nname = "pages"\nkind = "url"\nurls = ["{blog.url}/1", "{blog.url}/2"]\n[[source]]\nname = "feed"\nkind = "feed"\nurl = "{blog.url}/feed/"\n'
        (tmp_path / "work" / "config.toml").write_text(config + sources)
        run = ingest("run")
        assert (run.returncode, "alarm         feed: its listing failed 1× in a row (there is no such page (404))" in run.stderr) == (1, True), run.stderr
        shown = ingest("status")
        assert shown.returncode == 1
        for words in ("ALARM     feed: its listing failed", "source    pages", "1× there is no such page (404)", f"host      {blog.name}", "looked at once, 0 min old, so after 1"):
            assert words in shown.stdout, shown.stdout
        assert ingest("status", "--quiet", "pages").stdout == ""
        blog.feed("/feed/")
        assert "over          feed: its listing failed" in ingest("run", "feed").stderr
        document = json.loads(ingest("status", "--json").stdout)
        assert (document["alarms"], [source["name"] for source in document["sources"]]) == ([], ["pages", "feed"])
