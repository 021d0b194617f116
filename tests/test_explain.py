"""Every line of a page with what became of it: once, under the right mark, and harmless."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.shown.explain import as_json, as_text, fates, name_of
from ingest.shown.explainpage import as_html, group_of
from parsers.model import Bundle, Capture
from parsers.reading import Reading, read

from .browser import Browser

Ingest = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = Path(__file__).parent / "fixtures" / "reading" / "page.html"

# Words of a page that would do harm where they were taken for markup, for colours or for the direction of the writing.
HOSTILE = """<!doctype html><title>&lt;/title&gt;&lt;script&gt;document.title='owned'&lt;/script&gt; \x1b[31mred</title>
<nav class='"><script>document.title="owned"</script>'>Home</nav>
<h1>&lt;script&gt;document.title='owned'&lt;/script&gt;</h1>
<p>&lt;img src=x onerror="document.title='owned'"&gt; &lt;style&gt;*{display:none}&lt;/style&gt; \x1b]0;owned\x07 \x9b31m</p>
<p>An honest \u202eesrever\u202c and \u2066isolated\u2069 word, and &quot; onmouseover=&quot;alert(1)&quot; too.</p>
<p>&lt;/td&gt;&lt;/table&gt;&lt;/main&gt; &lt;meta http-equiv=refresh content="0;url=https://evil.example/"&gt; &#0; {title} %s</p>"""


def reading_of(body: str | bytes, url: str = "https://blog.example/post/") -> Reading:
    return read(Bundle(Capture(url, body if isinstance(body, bytes) else body.encode())))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return reading_of(PAGE.read_bytes())


class Rows(HTMLParser):
    """The rows of the table: line, mark and words; and every tag that the file holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self._in = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in ("src", "srcdoc") for name, _ in attrs)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in:
            self.rows[-1][-1] += data


def test_every_line_once_and_in_order(reading: Reading) -> None:
    """The words of the rows are the words of the page, none twice and none missing, and the sums are those of the reading."""
    words = [word for line in reading.page.lines for word in line.text.split()]
    assert [word for mark in fates(reading) for word in mark.text.split()] == words
    assert sum(mark.words for mark in fates(reading)) == reading.parsed.words.visible


def test_marks_are_those_of_the_reading(reading: Reading) -> None:
    """A statement's rows hold the statement, a comment's the comment, and a dropped line names the rule that the reading names."""
    marks = fates(reading)
    for statement in reading.parsed.roundup.statements:
        said = [mark.text for mark in marks if name_of(mark) == f"statement {statement.position}"]
        assert "\n\n".join(said) == statement.text
        assert [m.text for m in marks if name_of(m) == f"byline {statement.position}"] == [statement.expert.byline]
    for number, comment in enumerate(reading.parsed.roundup.comments, 1):
        assert [mark.text for mark in marks if name_of(mark) == f"comment {number}"] == [comment.text]
    dropped = [(mark.mark[1:], mark.text) for mark in marks if mark.fate == "dropped"]
    assert dropped == [(item.rule, item.text) for item in reading.parsed.dropped] != []


def test_text(reading: Reading) -> None:
    """One row a line: number, mark, words; the sums below."""
    text = as_text(reading)
    assert re.search(r"^ 5 byline 1 {27}Ann Lee, structural engineer, Troy Works$", text, re.M)
    assert re.search(r"^16 dropped by \S+ +Share this: Twitter Facebook$", text, re.M)
    words = reading.parsed.words
    assert f"{words.visible} words: {words.claimed} claimed, {words.dropped} dropped, {words.left_over} left over" in text
    assert "\x1b[36m 6 statement 1" in as_text(reading, colour=True) and "\x1b" not in text


def test_json(reading: Reading) -> None:
    found = as_json(reading, "page.html")
    assert json.loads(json.dumps(found)) == found
    assert found["url"] == "https://weirpost.example/will-the-old-bridge-hold/"
    lines = found["lines"]
    assert isinstance(lines, list)
    assert lines[4] == {
        "line": 5, "fate": "claimed", "mark": "byline 1", "words": 6, "text": "Ann Lee, structural engineer, Troy Works"
    }  # fmt: skip
    assert {line["fate"] for line in lines} <= {"claimed", "dropped", "left over"}
    assert sum(line["words"] for line in lines) == found["words"]["visible"]  # type: ignore[index]


def test_html_shows_the_same_rows(reading: Reading) -> None:
    """Number, mark and words of each row, as the text has them; the experts lead to their bylines."""
    text = as_html([("page.html", reading)])
    assert Rows(text).rows == [[str(mark.line + 1), name_of(mark), mark.text] for mark in fates(reading)]
    for statement in reading.parsed.roundup.statements:
        anchor = f"page-1-byline-{statement.position}"
        assert f'<a href="#{anchor}" dir="auto">{html.escape(statement.expert.name)}</a>' in text
        assert text.count(f'id="{anchor}"') == 1


def test_html_of_several_pages_is_one_document(reading: Reading) -> None:
    text = as_html([("a.html", reading), ("b.html", reading_of("<title>Other</title><p>Words.</p>"))])
    assert (text.count("<!doctype"), text.count("<section"), len(Rows(text).rows)) == (1, 2, len(fates(reading)) + 1)
    assert len(set(re.findall(r' id="([^"]+)"', text))) == len(re.findall(r' id="[^"]+"', text))


@pytest.mark.parametrize(
    ("mark", "group"),
    [
        ("+byline of the post", "post"),  # the blogger is no expert
        ("+heading 3", "expert"),
        ("+about the speaker 2", "expert"),
        ("+comment 3 meta", "comment"),
        ("-phrase/share", "dropped"),
        ("", "left"),
    ],
)
def test_groups(mark: str, group: str) -> None:
    fate = {"+": "claimed", "-": "dropped", "": "left over"}[mark[:1]]
    assert group_of(SimpleNamespace(mark=mark, fate=fate)) == group  # type: ignore[arg-type]


def test_hostile_words_are_words() -> None:
    """No tag of the page becomes one of the file, and nothing steers the terminal or turns the writing around."""
    reading = reading_of(HOSTILE)
    text = as_html([("x", reading)])
    assert Rows(text).tags <= set(
        "html head meta title style body input nav label b main section h1 p span ul ol li div i details summary a table caption tr td th".split()
    )
    for shown in (text, as_text(reading)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
        assert "esrever" in shown and "isolated" in shown and "{title} %s" in shown
    assert "default-src 'none'" in text


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=90))
def test_any_words(words: str) -> None:
    """Whatever a page says, the file has one row a part, with its words."""
    reading = reading_of(f"<title>t</title><p>{html.escape(words)}</p><p>end</p>".encode("utf-8", "replace"))
    rows = Rows(as_html([("x", reading)])).rows
    assert len(rows) == len(fates(reading)) and rows[-1][2] == "end"


def test_command(ingest: Ingest, tmp_path: Path) -> None:
    """Text, JSON and HTML from the command line; what cannot be read costs its own page."""
    done = ingest("explain", str(PAGE))
    assert (done.returncode, "byline 1" in done.stdout) == (0, True), done.stderr
    done = ingest("explain", "--json", str(PAGE), str(tmp_path / "none.html"))
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
    assert json.loads(done.stdout)["lines"][1]["mark"] == "title"
    done = ingest("explain", "--html", str(tmp_path / "why.html"), str(PAGE))
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "why.html").read_text().count("<tr") == len(fates(reading_of(PAGE.read_bytes())))
    shown = ingest("explain", "--html", "-", str(PAGE))
    assert html.unescape(shown.stdout) == html.unescape((tmp_path / "why.html").read_text()) + "\n" and not (tmp_path / "work" / "-").exists()
    both = ingest("explain", "--html", str(tmp_path / "both.html"), "--json", str(PAGE))
    assert (both.returncode, "give either --html or --json" in both.stderr, (tmp_path / "both.html").exists()) == (2, True, False)
    done = ingest("explain", "--html", str(tmp_path / "no" / "why.html"), str(PAGE))
    assert done.returncode == 1 and "it cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_in_a_browser(browser: Browser, tmp_path: Path) -> None:
    """In a real Chromium a hostile page's words stay words: the title is ours, and nothing is an element that was text."""
    file = tmp_path / "why.html"
    file.write_text(as_html([("x", reading_of(HOSTILE))]), encoding="utf-8")
    dom = browser.dom(file.as_uri())
    assert re.search(r"<title>[^<]*: what became of each line</title>", dom)
    assert "<title>owned" not in dom and not re.search(r"<(?:script|img|iframe|object)\b", dom)
    assert "&lt;script&gt;document.title='owned'&lt;/script&gt;" in dom
