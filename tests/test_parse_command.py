"""`ingest parse`: one line a page, in the order asked, as the contract says."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.shown.document import document, failure, line
from ingest.shown.terminal import console_for, show
from parsers import Bundle, Capture, Comment, Expert, Parsed, Position, Question, Roundup, Statement, Verdict, parse
from parsers.errors import ParseError

from .conftest import Ingest
from .faultserver import FaultServer

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "parse.schema.json").read_text())
CHECK = jsonschema.Draft202012Validator(SCHEMA)
POST = ROOT / "demo" / "blog" / "2019" / "03" / "12" / "should-a-library-lend-tools" / "index.html"
TEXT = "Will it rain?\n\nAnn Lee, Farmer, Green Acres\n\nYes, it will.\n"


def full() -> Parsed:
    """A reading in which every field is filled."""
    expert = Expert(
        "Ann Lee",
        "Dr",
        (Position("Farmer", "Green Acres"), Position("", "The Guild")),
        "https://a.example/ann",
        "Dr Ann Lee, Farmer",
    )
    return Parsed(
        Roundup(
            "https://blog.example/rain/",
            "Will it rain?",
            (Question("q1", "Will it rain?"),),
            "We asked.",
            ("A cloud",),
            "Bob Ray",
            "2019-02-26T10:00+01:00",
            "en",
            "wordpress",
            ("weather",),
            "Yes.\n\nNo.",
            (Statement("s1", expert, "Yes.", "q1", 1),),
            (
                Comment(
                    "7",
                    "Hm.",
                    "Cy",
                    "https://c.example/",
                    "2019-02-27",
                    "https://blog.example/rain/#comment-7",
                    "6",
                    "pingback",
                ),
            ),
            "parsed",
        ),
        Verdict("roundup", 0.98765, ("nine experts",)),
        parser="roundup 0+0",
    )


def test_every_key() -> None:
    """Each key of the contract, with its value; a change here is a change for others."""
    got = document("rain.html", full())
    assert CHECK.is_valid(got)
    assert got["statements"] == [
        {
            "key": "s1",
            "position": 1,
            "question": "q1",
            "byline": "Dr Ann Lee, Farmer",
            "expert": {
                "name": "Ann Lee",
                "honorific": "Dr",
                "url": "https://a.example/ann",
                "positions": [{"role": "Farmer", "affiliation": "Green Acres"}, {"role": None, "affiliation": "The Guild"}],
            },
            "text": "Yes.",
        }
    ]
    assert got["comments"] == [
        {
            "id": "7",
            "parent": "6",
            "kind": "pingback",
            "author": "Cy",
            "author_url": "https://c.example/",
            "posted_at": "2019-02-27",
            "permalink": "https://blog.example/rain/#comment-7",
            "text": "Hm.",
        }
    ]
    facts = {
        key: got[key]
        for key in ("source", "url", "title", "question", "lede", "editor", "published_at", "language", "platform", "tags")
    }
    assert facts == {
        "source": "rain.html",
        "url": "https://blog.example/rain/",
        "title": "Will it rain?",
        "question": "Will it rain?",
        "lede": "We asked.",
        "editor": "Bob Ray",
        "published_at": "2019-02-26T10:00+01:00",
        "language": "en",
        "platform": "wordpress",
        "tags": ["weather"],
    }
    assert got["verdict"] == {"kind": "roundup", "confidence": 0.9877, "reasons": ["nine experts"]}


def test_absent_is_null() -> None:
    """What a page does not say is null or empty, also where a file has no address of its own."""
    got = document("-", Parsed(Roundup("file:///tmp/a.html"), Verdict("not_roundup", 0.0), parser="p"))
    assert CHECK.is_valid(got)
    empty = {key for key, value in got.items() if value in (None, [])}
    nulls = {"url", "title", "article", "question", "lede", "editor", "published_at", "language", "platform"}
    assert empty == nulls | {"questions", "captions", "tags", "statements", "comments", "dropped", "leftover", "notes"}


def test_failure_line() -> None:
    assert CHECK.is_valid(failure("a.jpg", "a.jpg: this is a binary file, not a page"))


def test_half_a_surrogate_pair_is_no_end() -> None:
    """What UTF-8 cannot hold is replaced, and the line stays one line."""
    assert line({"text": "a\ud800b\u2028c\nd"}).count("\n") == 0
    line({"text": "a\ud800b"}).encode()


@given(st.text(max_size=300))
def test_any_text_gives_a_valid_line(text: str) -> None:
    """Whatever the page, what comes out is what the schema says."""
    capture = Capture("https://a.example/", f"<p>{text}</p>".encode("utf-8", "replace"))
    try:
        found: dict[str, Any] = document("a", parse(Bundle(capture)))
    except ParseError as error:
        found = dict(failure("a", str(error)))
    assert [error.message for error in CHECK.iter_errors(json.loads(line(found)))] == []


def lines(done: Any) -> list[dict[str, Any]]:
    found = [json.loads(text) for text in done.stdout.split("\n") if text]
    for document_ in found:
        CHECK.validate(document_)
    return found


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.html").write_bytes(POST.read_bytes())
    (folder / "c.html.gz").write_bytes(gzip.compress(POST.read_bytes()))
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff" + bytes(range(256)) * 20)
    (folder / "empty.html").write_bytes(b"")
    return folder


def test_json_in_order(ingest: Ingest, saved: Path) -> None:
    """A line for each path, in the order asked; a bad one says so on its line, and the exit code says that there was one."""
    names = ["b.html", "empty.html", "a.txt", "none.html", "picture.jpg", "c.html.gz"]
    done = ingest("parse", "--json", *(str(saved / name) for name in names))
    found = lines(done)
    assert [Path(page["source"]).name for page in found] == names
    assert [page.get("error") and page["error"].rpartition(": ")[2] for page in found] == [
        None,
        "the page is empty",
        None,
        "there is no such file",
        "this is a binary file, not a page",
        None,
    ]
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert {key: value for key, value in found[0].items() if key != "source"} == {
        k: v for k, v in found[5].items() if k != "source"
    }


def test_jobs_change_nothing(ingest: Ingest, saved: Path) -> None:
    """More processes, the same lines in the same order."""
    paths = [str(saved / name) for name in ("b.html", "none.html", "a.txt", "c.html.gz") * 5]
    one, two = ingest("parse", "--json", *paths), ingest("parse", "--json", "--jobs", "2", *paths)
    assert one.stdout == two.stdout and len(lines(one)) == 20
    assert one.returncode == two.returncode == 1


def test_stdin(ingest: Ingest) -> None:
    done = ingest("parse", "--json", "-", stdin=TEXT)
    assert (done.returncode, lines(done)[0]["source"], lines(done)[0]["url"]) == (0, "-", None)


def test_report_for_people(ingest: Ingest, saved: Path) -> None:
    """Without --json: the question, the experts, the comments, and what was dropped by which rule."""
    done = ingest("parse", str(saved / "b.html"))
    assert done.returncode == 0, done.stderr
    for part in ("Comments", "Words", "claimed", "read by roundup"):
        assert part in done.stdout
    assert "Traceback" not in done.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, plain: bool = False) -> str:
    show("post.html", parse(Bundle(Capture("https://blog.example/", POST.read_bytes()))), console_for(stream, plain))
    return stream.getvalue()


def test_nothing_is_cut_where_no_terminal_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets whole lines, a terminal of 80 columns folded ones; either way no word of a comment is cut."""
    monkeypatch.setenv("COLUMNS", "80")
    whole, folded = shown(io.StringIO()), shown(Terminal(), plain=True)
    comment = "Ruth Ames  2019-03-12T18:40:00+00:00  Where does Brindle Bay put the loud ones? Ours are in the …"
    assert f"├── {comment}\n" in whole
    assert comment.split() == [word for word in folded.partition("├── ")[2].split() if word != "│"][: len(comment.split())]
    assert (len(whole.splitlines()[0]), max(map(len, folded.splitlines()))) == (80, 80)


def test_plain_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR leaves neither colours nor bold on a terminal."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert ("\x1b[" in shown(Terminal()), "\x1b" in shown(Terminal(), plain=True)) == (True, False)


def test_markup_of_a_page_is_no_markup_of_ours(ingest: Ingest, saved: Path) -> None:
    """Square brackets and escape sequences of a page reach the terminal as text."""
    (saved / "x.html").write_text("<title>[bold]x[/nothing] \x1b[31mred</title><p>[/] words here")
    done = ingest("parse", str(saved / "x.html"))
    assert done.returncode == 0, done.stderr
    assert "[bold]x[/nothing]" in done.stdout and "\x1b" not in done.stdout


def test_urls_and_paths_together(ingest: Ingest, saved: Path) -> None:
    """Sources of both kinds keep their order; a page that cannot be had is one line."""
    with FaultServer() as server:
        sources = [str(saved / "a.txt"), server.url("/post#top"), server.url("/not-found"), str(saved / "b.html")]
        done = ingest("parse", "--json", "--allow-host", server.name, *sources)
    found = lines(done)
    assert [page["source"] for page in found] == sources
    assert found[1]["url"] == server.url("/post") and "no such page (404)" in found[2]["error"]


def test_a_private_address_is_refused(ingest: Ingest) -> None:
    done = ingest("parse", "--json", "http://127.0.0.1:9/")
    assert done.returncode == 1 and "--allow-host 127.0.0.1:9" in lines(done)[0]["error"]
