"""Datasette over an archive: everything is described, one clicks from expert to statement to versions, and texts are inert."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive import Archive
from archive.booktables import BOOK
from archive.browse import HERE, SETTINGS, browse_command, datasette_args
from archive.browse.compare import compare
from archive.browse.metadata import described, metadata, with_tables
from archive.tables import EVIDENCE, HISTORY
from archive.views import VIEWS
from parsers import Bundle
from parsers.errors import BadStatus

from .archived import ANN, COMMENTS, DAY, START, STATEMENTS, URL, capture, read, said, wrote
from .browser import Browser

EVIL = """<script>document.title="owned"</script><img src=x onerror="document.title='owned'">"></textarea>{{ 7*7 }}"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with an edited statement, a removed one, hostile texts, and a name of its own."""
    path = tmp_path_factory.mktemp("browse") / "my blogs.db"
    evil = said(EVIL, EVIL, 4, titles=[(EVIL, "javascript:alert(1)")])
    thread = [*COMMENTS, replace(wrote(EVIL, EVIL, "103", parent="102"), permalink="javascript:alert(1)")]
    edited = [said("Ann Lee", ANN.replace("some", "little")), STATEMENTS[1], evil]
    with Archive.open(path) as archive:
        run = archive.begin_run(f"ingest url {EVIL}", START)
        for number, statements in enumerate(([*STATEMENTS, evil], edited)):
            seen = capture(number)
            archive.keep(seen, run=run)
            archive.record(Bundle(seen), read(statements, thread, lede=EVIL, left_over=(EVIL,)), seen_at=START + DAY * number, run=run)
        other = capture(url="https://blog.example/about/?" + "x=<b>")
        archive.keep(other, run=run)
        archive.record(Bundle(other), read([], [], title=EVIL, verdict="not_roundup", article=EVIL, url=other.url), seen_at=START, run=run)
        archive.note_failure(URL, BadStatus(URL, 503), at=START + DAY * 2, run=run)
        archive.end_run(run, at=START, counts={"pages": 2})
    return path


@pytest.fixture(scope="module")
def pages(path: Path) -> Iterator[Any]:
    """What Datasette answers, by address."""
    served = Datasette(
        [str(path)],
        metadata=metadata(path.stem),
        template_dir=str(HERE / "templates"),
        plugins_dir=str(HERE / "plugins"),
        static_mounts=[("roundups", str(HERE / "static"))],
        settings={name: {"off": False}.get(value, int(value) if value.isdigit() else value) for name, value in SETTINGS.items()},
    )
    loop = asyncio.new_event_loop()

    def get(address: str) -> str:
        answer = loop.run_until_complete(served.client.get(address))
        assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
        return str(answer.text)

    yield get
    loop.close()


DB = "/my+blogs"  #: as Datasette writes a space


def test_every_table_and_column_is_described(path: Path) -> None:
    """And nothing is described that is not there. The working book's columns are its own affair."""
    with Archive.open(path, read_only=True) as archive, archive._file.reading() as conn:
        names = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        columns = {name: {row[1] for row in conn.execute(f"PRAGMA table_info({name})")} for name in names}
    book = set(re.findall(r"CREATE TABLE (\w+)", BOOK))
    ours = {name for name in names if "_fts" not in name}
    assert set(described()) == ours
    assert {name: set(told["columns"]) for name, told in described().items() if told.get("columns")} == {
        name: columns[name] for name in ours - book - {"_sqlite_migrations", "sqlite_sequence"}
    }


def test_the_docs_say_the_same() -> None:
    """docs/archive.md is up to date: python -m archive.browse.metadata docs/archive.md"""
    text = (Path(__file__).parent.parent / "docs" / "archive.md").read_text(encoding="utf-8")
    assert text == with_tables(text)


def test_the_docs_sql_runs(path: Path) -> None:
    """Every example in the docs is SQL that works."""
    text = (Path(__file__).parent.parent / "docs" / "archive.md").read_text(encoding="utf-8")
    examples = re.findall(r"```sql\n(.*?)```", text, re.S)
    with Archive.open(path, read_only=True) as archive, archive._file.reading() as conn:
        found = [len(conn.execute(sql).fetchall()) for sql in examples]
    assert len(found) == 4
    assert found[0] == 3
    assert found[1] > 0


def test_every_foreign_key_has_a_label_to_show(path: Path) -> None:
    """A number that leads somewhere is shown as words."""
    targets = set(re.findall(r"REFERENCES (\w+)\(id\)", EVIDENCE + HISTORY)) - {"blob", "header_set", "statement_version"}
    assert {name for name in targets if "label_column" not in described()[name]} == set()


def test_the_start_page(pages: Any) -> None:
    """How much, what is new, what changed, and where to search."""
    text = pages("/")
    assert f'action="{DB}/statements_now"' in text
    assert "<b>4</b> experts" in text
    assert f'<a href="{DB}/page/1">What do you expect?</a>' in text
    assert "<del>some</del><ins>little</ins>" in text
    assert re.search(r"removed</b>\s+<a href=\"[^\"]+\">Chen Wei</a>", text)


def test_from_an_expert_to_the_versions_of_a_statement(pages: Any) -> None:
    """By clicking: expert, statement, page."""
    expert = pages(f"{DB}/expert/1")
    assert ("<h1>Ann Lee</h1>" in expert, "Lecturer, Kettlewick University" in expert, f'href="{DB}/statement/1">2 versions' in expert) == (True, True, True)
    statement = pages(f"{DB}/statement/1")
    assert "We will see <del>some</del><ins>little</ins> progress" in statement
    assert (f'href="{DB}/expert/1"' in statement, f'href="{DB}/page/1"' in statement, f'href="{DB}/capture/2"' in statement) == (True, True, True)
    assert "Version 2, on the page now" in statement
    assert "the last before it was gone" in pages(f"{DB}/statement/3")


def test_a_page_and_a_comment(pages: Any) -> None:
    """The page as it reads now with its thread; the comment with what it answers."""
    page = pages(f"{DB}/page/1")
    assert page.index("Ann Lee") < page.index("How it changed") < page.index("depth2") < page.index("structure/nav")
    comment = pages(f"{DB}/comment/2")
    assert ("a reply to" in comment, f'href="{DB}/comment/1"' in comment, f'href="{DB}/comment/3"' in comment) == (True, True, True)


def test_names_and_ids_in_views_lead_on(pages: Any) -> None:
    """A view has no foreign keys; its ids, and the names they stand for, are links all the same."""
    text = pages(f"{DB}/statements_now")
    assert f'<a href="{DB}/expert/1">Ann Lee</a>' in text
    assert f'<a href="{DB}/statement/1">statement 1</a>' in text
    changes = pages(f"{DB}/changes")
    assert (f'<a href="{DB}/statement/1">Ann Lee</a>' in changes, f'<a href="{DB}/comment/1">Joe</a>' in changes) == (True, True)


def test_search_from_the_start_page(pages: Any) -> None:
    """In a view, through the index of its table; names too."""
    for words, found in (("little+progress", 1), ("progress", 1), ("kettlewick", 2), ("chen", 0), ("ann+lee", 1)):
        assert len(re.findall(r'href="[^"]+/statement/\d+"', pages(f"{DB}/statements_now?_search={words}"))) == found


TABLES = sorted(name for name, told in described().items() if not told.get("hidden"))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_and_view_is_shown_and_hostile_text_is_inert(pages: Any, name: str) -> None:
    """Each answers, and what strangers wrote is text."""
    inert(pages(f"{DB}/{name}?_size=100"))
    if name not in VIEWS:
        first = re.search(rf'href="({DB}/{name}/\d+)"', pages(f"{DB}/{name}"))
        if first:
            inert(pages(first[1]))


@pytest.mark.parametrize("address", ["/", DB, f"{DB}/page/1", f"{DB}/page/2", f"{DB}/expert/4", f"{DB}/statement/4", f"{DB}/comment/3"])
def test_hostile_text_is_inert(pages: Any, address: str) -> None:
    """On the pages of our own as well."""
    inert(pages(address))


def inert(text: str) -> None:
    assert "<script>document" not in text
    assert "<img src=x" not in text
    assert 'href="javascript:' not in text
    assert "49" not in re.findall(r"textarea&gt;(\d+)", text)


def test_rows_that_come_later_are_seen(pages: Any, path: Path) -> None:
    """The live file is served, not a picture of it."""
    with Archive.open(path) as archive:
        archive.note_failure("https://later.example/", BadStatus("https://later.example/", 404), at=START)
        assert "later.example" in pages(f"{DB}/fetch")


@contextmanager
def browsing(path: Path) -> Iterator[str]:
    """The real thing, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(browse_command(path, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/-/versions.json", timeout=5).close()
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_the_command(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It serves, only to this machine, and leaves nothing behind."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = path.read_bytes()
    with browsing(path) as address, urllib.request.urlopen(f"{address}{DB}/page/2", timeout=20) as answer:
        inert(answer.read().decode())
    assert [left.name for left in tmp_path.iterdir() if left.name.startswith("roundups-")] == []
    assert path.read_bytes() == before


def test_in_a_browser(path: Path, browser: Browser) -> None:
    """In a real browser no script of a stranger runs."""
    with browsing(path) as address:
        assert "<title>What do you expect?</title>" in browser.dom(f"{address}{DB}/page/1")


def test_arguments(tmp_path: Path) -> None:
    """On loopback unless asked otherwise; never immutable; no guessing of facets."""
    assert browse_command("a.db")[-5:] == [str(Path("a.db").absolute()), "--port", "8001", "--host", "127.0.0.1"]
    assert browse_command("a.db", open_browser=True)[0] == sys.executable
    args = datasette_args("a.db", tmp_path)
    assert ("-i" in args, args[args.index("suggest_facets") + 1]) == (False, "off")


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("a b", "a b", [("same", "a b")]),
        ("", "new", [("new", "new")]),
        ("old", "", [("gone", "old")]),
        ("Yes, we will.", "Yes, they will.", [("same", "Yes, "), ("gone", "we"), ("new", "they"), ("same", " will.")]),
        ("a " * 3000, "b " * 3000, [("gone", "a " * 3000), ("new", "b " * 3000)]),
    ],
)
def test_compare(before: str, after: str, pieces: list[tuple[str, str]]) -> None:
    """Word by word; texts too long for that are shown whole."""
    assert compare(before, after) == pieces
