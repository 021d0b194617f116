"""The command line as a user has it: what it prints, how it ends, and what bad input gets."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.config import FetchTable
from ingest.runs.runlock import run_lock
from parsers.label import parser_label

from .conftest import Ingest
from .faultserver import PAGE, FaultServer, answers

RSS = "<rss version='2.0'><channel><item><link>{}</link></item><item><link>{}</link></item><item><link>{}</link></item></channel></rss>"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """The folder in which the `ingest` fixture runs."""
    return tmp_path / "work"


def clean(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one sentence that a command ends with; nothing that looks like a crash beside it."""
    assert done.returncode == code, done.stderr + done.stdout
    assert "Traceback" not in done.stderr + done.stdout
    return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


def test_help_is_quick() -> None:
    """The first page that a user sees needs nothing that takes long to load."""
    heavy = (
        "httpx httpcore pydantic selectolax sqlite_utils apscheduler rich feedparser datasette archive parsers pebble".split()
    )
    code = f"import sys, ingest.cli; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help(ingest: Ingest) -> None:
    done = ingest("--help")
    assert done.returncode == 0
    for part in ("url", "file", "parse", "run", "browse", "history", "verify", "Exit codes:", "another run holds the lock"):
        assert part in done.stdout


def test_version(ingest: Ingest) -> None:
    """The label that stands beside each reading."""
    done = ingest("--version")
    assert (done.returncode, done.stdout) == (0, f"{parser_label()}\n")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["banana"], "banana"),
        (["url"], "URL"),
        (["url", "--banana", "https://a.example/"], "--banana"),
        (["parse", "--jobs", "0", "a.html"], "--jobs"),
        (["file", "--at", "yesterday", "a.html"], "write it as 2019-02-26T10:00Z"),
        (["file", "--url", "https://a.example/", "a.html", "b.html"], "give one --url for each path"),
        (["url", "--config", "none.toml", "https://a.example/"], "none.toml: there is no such file"),
    ],
)
def test_wrong_usage(ingest: Ingest, words: list[str], part: str) -> None:
    """Code 2, and what to write instead."""
    done = ingest(*words)
    clean(done, 2)
    assert part in done.stderr


class TestConfig:
    def test_misspelt_key(self, ingest: Ingest, work: Path) -> None:
        (work / "config.toml").write_text("[fetch]\ncontct = 'ann@blog.example'\n")
        assert "config.toml: fetch.contct: there is no such key; did you mean 'contact'?" in clean(ingest("parse", "a.html"), 2)

    def test_from_the_environment(self, ingest: Ingest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "other.toml").write_text("[fetch]\nzap = 1\n")
        command = [str(Path(sys.executable).parent / "ingest"), "parse", "a.html"]
        env = {**os.environ, "INGEST_CONFIG": str(tmp_path / "other.toml")}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
        assert "other.toml: fetch.zap" in clean(done, 2)

    def test_archive_path(self, ingest: Ingest, work: Path, tmp_path: Path) -> None:
        """--archive goes before the environment, and that before the config, whose paths are seen from its own folder."""
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere" / "c.toml").write_text("[archive]\npath = 'mine.db'\n")
        (work / "a.txt").write_text("Words of a page.")
        env = {key: value for key, value in os.environ.items() if not key.startswith("INGEST_")}
        command = [str(Path(sys.executable).parent / "ingest"), "file", "a.txt", "--config", "../elsewhere/c.toml"]
        for extra, name, more in (
            ((), "elsewhere/mine.db", {}),
            ((), "b.db", {"INGEST_ARCHIVE": str(tmp_path / "b.db")}),
            (("--archive", "../c.db"), "c.db", {}),
        ):
            clean(
                subprocess.run([*command, *extra], cwd=work, env={**env, **more}, capture_output=True, text=True, check=False),
                0,
            )
            assert (tmp_path / name).is_file()


class TestUrl:
    def test_archives(self, ingest: Ingest) -> None:
        """One line for each page; without a contact a warning, and it goes on."""
        with FaultServer() as server:
            done = ingest("url", "--allow-host", server.name, server.url("/post"))
            clean(done, 0)
            assert done.stdout.startswith("archived") and server.url("/post") in done.stdout
            assert "warning: no contact is configured" in done.stderr

    def test_json(self, ingest: Ingest) -> None:
        with FaultServer() as server:
            done = ingest("url", "--json", "--allow-host", server.name, server.url("/post"), server.url("/not-found"))
            found = {line["url"]: line for line in map(json.loads, done.stdout.splitlines())}
            assert done.returncode == 1
            assert found[server.url("/post")]["status"] == "archived"
            assert found[server.url("/not-found")]["error"].endswith("there is no such page (404)")

    def test_quiet(self, ingest: Ingest) -> None:
        """With --quiet a run in which all goes well says nothing."""
        with FaultServer() as server:
            done = ingest("url", "-q", "--allow-host", server.name, server.url("/post"))
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

    @pytest.mark.parametrize(
        ("url", "words"),
        [
            ("http://127.0.0.1:1/", "127.0.0.1 is not a public address; to allow it"),
            ("http://no-such-host.invalid/", "there is no such host"),
            ("blog.example/post", "did you mean https://blog.example/post"),
            ("ftp://blog.example/", "only http and https are fetched"),
            ("http://[/", "this address cannot be read"),
            ("", "this is no web address"),
        ],
    )
    def test_bad_address(self, ingest: Ingest, url: str, words: str) -> None:
        """One bad address: its sentence, code 1, and the good one beside it is archived all the same."""
        with FaultServer() as server:
            done = ingest("url", "--allow-host", server.name, url, server.url("/post"))
            clean(done, 1)
            assert words in done.stderr and done.stdout.startswith("archived")

    def test_secrets_are_not_printed(self, ingest: Ingest, tmp_path: Path) -> None:
        """Neither the terminal nor the archive sees a token, also not in --verbose."""
        with FaultServer() as server:
            done = ingest(
                "url",
                "-v",
                "--allow-host",
                server.name,
                server.url("/post?token=tops3cret"),
                server.url("/not-found?key=tops3cret"),
            )
            assert "tops3cret" not in done.stdout + done.stderr
            assert {hit.path for hit in server.hits} >= {"/post?token=tops3cret"}
        assert b"tops3cret" not in (tmp_path / "archive.db").read_bytes()

    def test_interrupted(self, tmp_path: Path) -> None:
        """Ctrl-C ends it with a word and a code of its own, and the archive can be used."""
        with FaultServer() as server:
            command = [str(Path(sys.executable).parent / "ingest"), "url", "--allow-host", server.name, server.url("/silent")]
            env = {**os.environ, "INGEST_ARCHIVE": str(tmp_path / "a.db")}
            with subprocess.Popen(
                command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            ) as process:
                until = time.monotonic() + 20
                while not server.asked() and time.monotonic() < until:
                    time.sleep(0.05)
                process.send_signal(signal.SIGINT)
                _, err = process.communicate(timeout=20)
        assert process.returncode == 130 and "interrupted" in err and "Traceback" not in err


class TestFile:
    def test_twice(self, ingest: Ingest, work: Path) -> None:
        """A folder of saved pages: each archived once, and the second time nothing is new."""
        (work / "a.html").write_bytes(PAGE)
        (work / "b.txt").write_text("Words of another page.")
        first, second = ingest("file", "a.html", "b.txt"), ingest("file", "a.html", "b.txt")
        assert [line.split()[0] for line in first.stdout.splitlines()] == ["archived", "archived"]
        assert [line.split()[0] for line in second.stdout.splitlines()] == ["unchanged", "unchanged"]
        assert "2 pages: 2 archived" in first.stderr

    def test_url_and_time(self, ingest: Ingest, work: Path) -> None:
        (work / "a.html").write_bytes(PAGE)
        done = ingest("file", "a.html", "--url", "https://blog.example/post/", "--at", "2019-02-26T10:00+01:00")
        assert "https://blog.example/post/" in done.stdout
        history = ingest("history", "https://blog.example/post/")
        clean(history, 0)
        assert "2019-02-26 09:00" in history.stdout

    def test_bad_files(self, ingest: Ingest, work: Path) -> None:
        """Each bad file is one sentence; the good one is archived."""
        (work / "good.html").write_bytes(PAGE)
        (work / "empty.html").write_bytes(b"")
        (work / "binary.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
        (work / "long.html").write_bytes(b"<p>words</p>" * 2_600_000)
        done = ingest("file", "none.html", "empty.html", "binary.html", "long.html", ".", "good.html")
        clean(done, 1)
        for part in (
            "none.html: there is no such file",
            "the page is empty",
            "binary file, not a page",
            "longer than 10,485,760 bytes",
            "this is a folder",
        ):
            assert part in done.stderr
        assert done.stdout.splitlines()[-1].startswith("archived")

    def test_stdin(self, ingest: Ingest) -> None:
        done = ingest("file", "-", "--url", "https://blog.example/post/", stdin="Words of a page.")
        assert done.stdout.startswith("archived      https://blog.example/post/")


class TestRun:
    def config(self, work: Path, server: FaultServer, sources: str, contact: str = "contact = 'ann@blog.example'") -> None:
        (work / "config.toml").write_text(f"[fetch]\n{contact}\ngap = 0\nallow_hosts = ['{server.name}']\n{sources}")

    def test_urls_and_feeds(self, ingest: Ingest, work: Path) -> None:
        """Once what the config lists: its pages, and the first entries of its feeds."""
        with FaultServer() as server:
            server.pages["/feed"] = answers(200, RSS.format("/1", "/2", "/3").encode(), "application/rss+xml")
            pages = f"[[source]]\nname = 'pages'\nkind = 'url'\nurl = '{server.url('/a')}'\n"
            self.config(
                work, server, pages + f"[[source]]\nname = 'blog'\nkind = 'feed'\nurl = '{server.url('/feed')}'\nlimit = 2\n"
            )
            clean(ingest("run"), 0)
            assert sorted(set(server.asked())) == ["/1", "/2", "/a", "/feed"]
            server.hits.clear()
            clean(ingest("run", "pages"), 0)
            assert server.asked() == ["/a"]
            assert server.hits[-1].headers["user-agent"] == FetchTable(contact="ann@blog.example").agent

    def test_a_feed_that_is_a_page(self, ingest: Ingest, work: Path) -> None:
        """It is told, and the other sources are done."""
        with FaultServer() as server:
            feed = f"[[source]]\nname = 'blog'\nkind = 'feed'\nurl = '{server.url('/feed-html')}'\n"
            self.config(work, server, feed + f"[[source]]\nname = 'pages'\nkind = 'url'\nurl = '{server.url('/a')}'\n")
            done = ingest("run")
            clean(done, 1)
            assert "it is a web page, not a feed" in done.stderr and "archived" in done.stdout

    def test_needs_a_contact(self, ingest: Ingest, work: Path) -> None:
        with FaultServer() as server:
            self.config(work, server, f"[[source]]\nname = 'a'\nkind = 'url'\nurl = '{server.url('/a')}'\n", contact="")
            assert "fetch.contact: no contact is configured" in clean(ingest("run"), 2)
            assert server.hits == []

    def test_unknown_source(self, ingest: Ingest, work: Path) -> None:
        with FaultServer() as server:
            self.config(work, server, f"[[source]]\nname = 'pages'\nkind = 'url'\nurl = '{server.url('/a')}'\n")
            assert "there is no source 'page'; did you mean 'pages'?" in clean(ingest("run", "page"), 2)

    def test_nothing_listed(self, ingest: Ingest, work: Path) -> None:
        with FaultServer() as server:
            self.config(work, server, "")
            assert "no source is listed" in clean(ingest("run"), 2)

    def test_one_at_a_time(self, ingest: Ingest, work: Path, tmp_path: Path) -> None:
        """A second run says who holds the lock; once the holder has gone, the next one works."""
        with FaultServer() as server:
            self.config(work, server, f"[[source]]\nname = 'pages'\nkind = 'url'\nurl = '{server.url('/a')}'\n")
            with run_lock(tmp_path / "archive.db", "ingest run pages", datetime.now(UTC)):
                assert f"process {os.getpid()} (ingest run pages), since" in clean(ingest("run"), 3)
                assert server.hits == []
            clean(ingest("run"), 0)


class TestArchive:
    """What is given as archive and is none is left as it was."""

    @pytest.mark.parametrize(
        "command",
        [["url", "https://blog.example/"], ["file", "a.html"], ["history", "https://blog.example/"], ["verify"], ["browse"]],
    )
    def test_foreign(self, ingest: Ingest, tmp_path: Path, work: Path, command: list[str]) -> None:
        place = tmp_path / "archive.db"
        with sqlite3.connect(place) as db:
            db.execute("CREATE TABLE mine (a)")
        db.close()
        (work / "a.html").write_bytes(PAGE)
        before = place.read_bytes()
        assert "archive.db" in clean(ingest(*command), 5)
        assert place.read_bytes() == before

    def test_not_a_database(self, ingest: Ingest, tmp_path: Path, work: Path) -> None:
        (tmp_path / "archive.db").write_text("my diary" * 1000)
        (work / "a.html").write_bytes(PAGE)
        clean(ingest("file", "a.html"), 5)
        assert (tmp_path / "archive.db").read_text() == "my diary" * 1000

    def test_newer(self, ingest: Ingest, tmp_path: Path, work: Path) -> None:
        (work / "a.html").write_bytes(PAGE)
        clean(ingest("file", "a.html"), 0)
        with sqlite3.connect(tmp_path / "archive.db") as db:
            (known,) = db.execute("PRAGMA user_version").fetchone()
            db.execute(f"PRAGMA user_version = {known + 1000}")
        db.close()
        assert "upgrade the program" in clean(ingest("file", "a.html"), 5)

    @pytest.mark.parametrize("command", [["history", "https://blog.example/"], ["verify"], ["browse"]])
    def test_none(self, ingest: Ingest, tmp_path: Path, command: list[str]) -> None:
        """What only reads makes no archive."""
        assert "archive.db" in clean(ingest(*command), 5)
        assert not (tmp_path / "archive.db").exists()

    def test_no_such_folder(self, ingest: Ingest, work: Path) -> None:
        (work / "a.html").write_bytes(PAGE)
        assert "no/such/a.db" in clean(ingest("file", "a.html", "--archive", "no/such/a.db"), 5)

    def test_verify(self, ingest: Ingest, tmp_path: Path, work: Path) -> None:
        (work / "a.html").write_bytes(PAGE)
        ingest("file", "a.html")
        done = ingest("verify", "--deep")
        assert (clean(done, 0), done.stdout) == ("", f"{tmp_path / 'archive.db'}: all is well\n")

    def test_history_of_a_page_without_a_title(self, ingest: Ingest, work: Path) -> None:
        """Its address stands there once, and its coming says that there is no title."""
        (work / "a.html").write_text(f"<html><body><p>{'Words of a page. ' * 30}</p></body></html>")
        ingest("file", "a.html", "--url", "https://blog.example/untitled/")
        told = ingest("history", "https://blog.example/untitled/").stdout
        assert (told.count("https://blog.example/untitled/"), "  added page: (no title)\n" in told) == (1, True)

    def test_history_of_a_page_that_is_not_there(self, ingest: Ingest, work: Path) -> None:
        (work / "a.html").write_bytes(PAGE)
        ingest("file", "a.html", "--url", "https://blog.example/post/")
        unlike = "ingest: https://blog.example/other/: this page is not in the archive"
        assert clean(ingest("history", "https://blog.example/other/"), 1) == unlike  # no other page is named for it
        assert "did you mean https://blog.example/post/ ?" in clean(ingest("history", "http://blog.example/posts"), 1)


def test_a_reader_that_goes_away(ingest: Ingest, work: Path) -> None:
    """`ingest parse ... | head -1` ends without complaint."""
    for number in range(200):
        (work / f"{number}.html").write_bytes(PAGE)
    command = f"{Path(sys.executable).parent / 'ingest'} parse --json *.html | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=work, capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1 and done.stderr == ""


class TestOutput:
    """Standard output may go away, be full, or know few signs. The work does not depend on it."""

    def shell(self, work: Path, words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
        command = f"set -o pipefail; {Path(sys.executable).parent / 'ingest'} {words}"
        known = {key: value for key, value in os.environ.items() if not key.startswith("INGEST_")} | {"INGEST_ARCHIVE": "../archive.db"}
        return subprocess.run(["bash", "-c", command], cwd=work, env=known | env, capture_output=True, check=False)

    def statuses(self, tmp_path: Path) -> list[str]:
        db = sqlite3.connect(tmp_path / "archive.db")
        found = [status for (status,) in db.execute("SELECT status FROM run")]
        db.close()
        return found

    def test_the_books_tell_what_a_run_did(self, tmp_path: Path, work: Path) -> None:
        """Its counts, and that pages failed: `ingest status` must not call that ok."""
        work.mkdir(exist_ok=True)
        (work / "page.html").write_bytes(PAGE)
        for files in ("page.html", "page.html nothing.html", "nothing.html"):
            self.shell(work, f"file {files}")
        db = sqlite3.connect(tmp_path / "archive.db")
        found = [(status, json.loads(counts)) for status, counts in db.execute("SELECT status, counts FROM run ORDER BY id")]
        db.close()
        assert [status for status, _ in found] == ["ok", "some pages failed", "all pages failed"]
        assert [(c.get("archived"), c.get("unchanged"), c.get("failed")) for _, c in found] == [(1, None, None), (None, 1, 1), (None, None, 1)]

    @pytest.mark.parametrize("flag", ["", "--json"])
    def test_nobody_reads_the_pages(self, tmp_path: Path, work: Path, flag: str) -> None:
        """`ingest url ... | true`: every page is archived all the same, and the run counts as done."""
        work.mkdir(exist_ok=True)
        with FaultServer() as server:
            pages = " ".join(server.url(f"/{number}") for number in range(6))
            done = self.shell(work, f"url {flag} --allow-host {server.name} {pages} | true")
            assert sorted(path for path in server.asked() if path != "/robots.txt") == [f"/{number}" for number in range(6)]
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
        assert self.statuses(tmp_path) == ["ok"]

    def test_nobody_reads_the_run(self, tmp_path: Path, work: Path) -> None:
        """The same for `ingest run`, also where standard error goes down the same pipe."""
        work.mkdir(exist_ok=True)
        with FaultServer() as server:
            urls = [server.url(f"/{number}") for number in range(6)] + [server.url("/not-found")]
            (work / "config.toml").write_text(
                f"[fetch]\ncontact = 'ann@blog.example'\ngap = 0\nallow_hosts = ['{server.name}']\n"
                f"[[source]]\nname = 'a'\nkind = 'url'\nurls = {urls}\n"
            )
            done = self.shell(work, "run 2>&1 | true")
            assert {f"/{number}" for number in range(6)} <= set(server.asked())
        assert done.returncode == 1  # the page that is not there
        assert self.statuses(tmp_path) == ["some pages failed"]

    def test_a_full_disk(self, ingest: Ingest, tmp_path: Path, work: Path) -> None:
        """One sentence and a code; what was to be archived is archived."""
        (work / "a.html").write_bytes(PAGE)
        for words in ("--help", "--version", "parse a.html", "parse --json a.html", "explain a.html", "file a.html"):
            done = self.shell(work, f"{words} > /dev/full")
            assert done.returncode == 1, words
            assert done.stderr.decode().splitlines() == ["ingest: standard output cannot be written (No space left on device)"], words
        assert self.statuses(tmp_path) == ["ok"]

    def test_closed(self, ingest: Ingest, work: Path) -> None:
        """`>&-` is no output, and no crash."""
        (work / "a.html").write_bytes(PAGE)
        done = self.shell(work, "parse a.html >&-")
        assert (done.returncode, done.stderr) == (0, b"")

    @pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
    def test_few_signs(self, ingest: Ingest, work: Path, encoding: str) -> None:
        """What the encoding cannot hold is escaped, and JSON is the same JSON."""
        text = "Zoë asks … why → 😀"
        (work / "a.html").write_text(f"<html><head><title>{text}</title></head><body><p>{'Words of it. ' * 20}</p></body></html>")
        shown = self.shell(work, "parse a.html", PYTHONIOENCODING=encoding)
        assert (shown.returncode, shown.stderr) == (0, b"")
        assert text.encode(encoding, "backslashreplace") in shown.stdout
        told = self.shell(work, "parse --json a.html", PYTHONIOENCODING=encoding)
        assert json.loads(told.stdout.decode("ascii"))["title"] == text
        assert "Zoë" in self.shell(work, "parse --json a.html", PYTHONIOENCODING="utf-8").stdout.decode()
