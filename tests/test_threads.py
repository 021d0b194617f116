"""The general reader: comments by what repeats around dates, and nothing where there are none."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.comments.reading import read_comments
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture
from parsers.page import Page, open_page

from .test_platforms import FOLDER, PAGES, SHY, expected

ROUNDUPS = sorted((Path(__file__).parent / "fixtures" / "roundups").glob("*/page.*"))


#: no heading, form or reply link: nothing but a class says that these are comments
BARE = ("textpattern", "typepad", "substack")


def told(html: str, platforms: bool = False) -> list[tuple[str, str, str]]:
    """(author, posted_at, text) of each comment of a page."""
    capture = Capture("https://holm.example/bridge/", html.encode(), headers=(("content-type", "text/html; charset=utf-8"),))
    page = open_page(capture)
    thread = read_comments(Bundle(capture), page, Ledger(page), platforms=platforms)
    return [(comment.author, comment.posted_at, comment.text) for comment in thread.comments]


POST = """<h1>Will the bridge hold?</h1><p>We walked over the bridge on a Sunday in February and counted eleven cracks in its pillars.</p>
<p>The county wants to close it before the winter, and the village wants to keep it open for the school bus, as it always was.</p>"""
FORM = "<form action='/say'><h3>Leave a comment</h3><textarea name='words'></textarea><input type='submit'></form>"


@pytest.mark.parametrize(
    "html",
    [
        POST,
        POST + FORM,
        POST + "<h3>Comments</h3>" + FORM,
        # the archive by month
        POST + "<ul>" + "".join(f"<li><a href='/{m}/'>May {2000 + m} ({m})</a></li>" for m in range(1, 12)) + "</ul>" + FORM,
        # other posts, with their dates and how often they were answered
        POST
        + "<h3>More posts</h3>"
        + "".join(
            f"<div><h4><a href='/post-{n}/'>The ferry of the year {n} is late again</a></h4><p>May {n}, 2024 · <a href='/post-{n}/#say'>{n} comments</a></p>"
            f"<p>A long story about the ferry, which was late {n} times this week, and nobody knows why.</p></div>"
            for n in range(1, 7)
        )
        + FORM,
        # the latest comments on other posts
        POST + "<div><h3>Recent comments</h3><ul>" + "".join(f"<li>Per on <a href='/post-{n}/#c{n}'>The mill pond, part {n}</a></li>" for n in range(1, 6)) + "</ul></div>",
        # a history of changes, and events
        POST + "<h2>Changes</h2><dl>" + "".join(f"<dt>May {n}, 2024</dt><dd>Fixed the railing, number {n}.</dd>" for n in range(1, 9)) + "</dl>",
        POST + "<table>" + "".join(f"<tr><td>{n:02}.05.2024</td><td>Market day in Holm, hall {n}</td></tr>" for n in range(1, 9)) + "</table>" + FORM,
        # people who are asked, each with a date
        POST + "".join(f"<h3>Ann Lee, engineer {n}</h3><p>May {n}, 2024</p><p>I would keep the bridge for {n} years and then build a new one beside it.</p>" for n in range(1, 7)) + FORM,
        # products, and what buyers say of them
        POST + "".join(f"<div><h4><a href='/p{n}'>Steel bolt, size {n}, galvanised</a></h4><p>€ {n}.99</p><p>In stock since May {n}, 2024</p></div>" for n in range(1, 9)),
        # one date under a heading that counts nothing
        POST + "<h3>No comments</h3><p>Last changed on May 3, 2024</p>" + FORM,
        "<p>1 comment</p><h1>Will the bridge hold?</h1><p>Ane Holt, May 3, 2024</p>" + POST * 4 + FORM,
    ],
)
def test_no_comments(html: str) -> None:
    """Pages that have dates, lists, forms or people, and no comments."""
    assert told(html) == []


IDA, PER = ("Ida", "2024-05-03T12:30", "It will hold, I am sure of it."), ("Per", "2024-05-04T08:15", "Ask the bus driver.")


@pytest.mark.parametrize(
    "html",
    [
        # name and date over the words
        "<h3>2 comments</h3><div><b>Ida</b> <i>May 3, 2024 at 12:30 pm</i><p>It will hold, I am sure of it.</p></div>"
        "<div><b>Per</b> <i>May 4, 2024 at 8:15 am</i><p>Ask the bus driver.</p></div>",
        # under them
        "<h3>2 comments</h3><div><p>It will hold, I am sure of it.</p><p>Posted by Ida on May 3, 2024 at 12:30 pm</p></div>"
        "<div><p>Ask the bus driver.</p><p>Posted by Per on May 4, 2024 at 8:15 am</p></div>",
        # no element of its own: one after another in a list
        "<h3>2 Kommentare</h3><dl><dt>Ida, 3.5.2024, 12:30 Uhr</dt><dd>It will hold, I am sure of it.</dd>"
        "<dt>Per, 4.5.2024, 08:15 Uhr</dt><dd>Ask the bus driver.</dd></dl>",
        "<h3>2 comments</h3><p>It will hold, I am sure of it.</p><p><small>Ida | May 3, 2024 12:30</small></p>"
        "<p>Ask the bus driver.</p><p><small>Per | May 4, 2024 08:15</small></p>",
        # a table
        "<h3>Comments (2)</h3><table><tr><td>Ida<br>2024-05-03 12:30</td><td>It will hold, I am sure of it.</td></tr>"
        "<tr><td>Per<br>2024-05-04 08:15</td><td>Ask the bus driver.</td></tr></table>",
        # dates for machines only
        "<h3>2 comments</h3><ul><li><a rel='nofollow' href='https://ida.example'>Ida</a> <time datetime='2024-05-03T12:30'>a while ago</time>"
        "<div>It will hold, I am sure of it.</div></li><li><a rel='nofollow' href='https://per.example'>Per</a> <time datetime='2024-05-04T08:15'>a while ago</time>"
        "<div>Ask the bus driver.</div></li></ul>",
    ],
)
def test_two_comments(html: str) -> None:
    """However they are laid out, under a post and over a form."""
    assert told(POST + html + FORM) == [IDA, PER]


def test_one_comment() -> None:
    """A single one, under a heading that announces it."""
    html = "<h3>1 comment</h3><div><b>Ida</b> <a href='#c7'>May 3, 2024 at 12:30 pm</a><p>It will hold, I am sure of it.</p><a href='/re'>Reply</a></div>"
    assert told(POST + html + FORM) == [IDA]


def scrambled(page: Page) -> None:
    """Rename every class and id, and take away what is written for machines."""
    for el in page.elements:
        for name in ("class", "id", "name"):
            value = el.attrs.get(name)
            if value:
                el.attrs[name] = " ".join("x" + hashlib.sha1(token.encode()).hexdigest()[:6] for token in value.split())
        for name in [name for name in el.attrs if name.startswith(("data-", "item", "aria-"))]:
            del el.attrs[name]
    page.by_class.clear()
    page.by_id.clear()
    for el in page.elements:
        if el.attrs.get("class"):
            page.by_class[el.get("class")].append(el)
        if el.attrs.get("id"):
            page.by_id.setdefault(el.get("id"), el)


@pytest.mark.parametrize("name", [name for name in PAGES if name not in (*SHY, *BARE)])
def test_no_class_is_needed(name: str) -> None:
    """With all classes and ids renamed at random every comment is still found, by whom and when."""
    capture = Capture("https://holm.example/2024/03/bridge/", (FOLDER / f"{name}.html").read_bytes())
    page = open_page(capture)
    scrambled(page)
    found = [(comment.author, comment.posted_at[:10], comment.text) for comment in read_comments(Bundle(capture), page, Ledger(page)).comments]
    wanted = [(want["author"], want["posted_at"][:10], want["text"]) for want in expected(name) if want["kind"] == "comment"]
    assert [one for one in wanted if one not in found] == []


@pytest.mark.parametrize("path", ROUNDUPS, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("platforms", [True, False], ids=["platforms", "general"])
def test_no_expert_is_a_commenter(path: Path, platforms: bool) -> None:
    """On every roundup among the fixtures, no statement's words are in a comment."""
    capture = Capture("https://holm.example/roundup/", path.read_bytes())
    page = open_page(capture)
    comments = "\n".join(comment.text for comment in read_comments(Bundle(capture), page, Ledger(page), platforms=platforms).comments)
    statements = json.loads((path.parent / "expected.json").read_text()).get("statements", [])
    words = [paragraph[:60] for one in statements for paragraph in one["paragraphs"]]
    assert [word for word in words if word in comments] == []

BITS = st.sampled_from(
    ["<div>", "</div>", "<ol class='comment-list'>", "<li id='comment-3' class='comment depth-2'>", "<li class='pingback'>", "</li>", "</ol>", "<dl>", "<dt id='c1234567890123'>", "<dd>", "<table><tr><td>",
     "</td></tr></table>", "<h3>3 comments</h3>", "<p>", "</p>", "<b class='fn'>Ida</b>", "<a href='#comment-3' rel='nofollow'>May 3, 2024 at 10:20 pm</a>", "<time datetime='2024-05-03T22:20'>", "</time>",
     "vor 3 Tagen", "May 3, 2024", "Reply", "+1", "#12", "It will hold, I am sure of it.", "Pingback: ", "says:", "In reply to <a href='#comment-3'>Ida</a>", "<textarea></textarea>", "<form>", "</form>",
     "<blockquote>", "</blockquote>", "<div style='display:none'>", "<div class='wpd-comment' id='wpd-comm-5_3'>", "<a id='comment-9'></a><div class='comment js-comment'>", "<nav>", "</nav>", "<h1>", "</h1>", "<br>", "13 more comments"]
)  # fmt: skip


@given(st.lists(BITS, max_size=60), st.booleans())
def test_any_page_is_survived(bits: list[str], platforms: bool) -> None:
    """However broken the markup, keys are unique, parents are there and no comment answers itself; a piece is booked once."""
    capture = Capture("https://holm.example/bridge/", ("<!doctype html><body>" + "".join(bits)).encode())
    page = open_page(capture)
    ledger = Ledger(page)
    comments = read_comments(Bundle(capture), page, ledger, platforms=platforms).comments
    keys = [comment.key for comment in comments]
    assert (len(set(keys)), [c.key for c in comments if c.parent == c.key]) == (len(keys), [])
    claimed = sorted({mark for mark in ledger.marks if mark.startswith("+comment ") and not mark.endswith("meta")})
    assert len(claimed) <= len(comments)
