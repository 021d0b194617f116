"""One thread of four comments and a ping in the markup of each engine, in our own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.comments.reading import read_comments
from parsers.comments.thread import Thread
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture
from parsers.page import Page, open_page

FOLDER = Path(__file__).parent / "fixtures" / "comments"
PAGES = sorted(path.stem for path in FOLDER.glob("*.html"))
#: no date and no reply link, or nothing that says that these are comments
SHY = ("disqus", "livefyre", "discourse", "silent")
ADDRESS = "https://holm.example/2024/03/bridge/"


def read(name: str, platforms: bool = True) -> tuple[Thread, Page, Ledger]:
    """A fixture's thread, and the book that its reading leaves."""
    capture = Capture(ADDRESS, (FOLDER / f"{name}.html").read_bytes())
    page = open_page(capture)
    ledger = Ledger(page)
    return read_comments(Bundle(capture), page, ledger, platforms=platforms), page, ledger


def expected(name: str) -> list[dict[str, Any]]:
    """What is to be read; an empty key stands for one made from the content."""
    return list(json.loads((FOLDER / f"{name}.json").read_text()))


@pytest.mark.parametrize("name", PAGES)
def test_every_field(name: str) -> None:
    """Key, author, address, moment, parent, kind, title and words of every comment, in page order."""
    wanted = expected(name)
    found = [{field: getattr(comment, field) for field in want} for comment, want in zip(read(name)[0].comments, wanted, strict=True)]
    for want, got in zip(wanted, found, strict=True):
        if not want["key"]:
            want["key"] = got["key"]
    assert found == wanted
    assert len({comment["key"] for comment in found}) == len(found)


@pytest.mark.parametrize("name", PAGES)
def test_the_rest_of_the_page_is_left_alone(name: str) -> None:
    """Neither the post nor the lists beside it are claimed, and each piece between two comments is claimed or dropped."""
    thread, page, ledger = read(name)
    claimed = {ledger.marks[t] for t in range(len(page.texts)) if "cracks" in page.texts[t] or "ferry" in page.texts[t]}
    taken = [t for t, mark in enumerate(ledger.marks) if mark.startswith("+comment")]
    between = [page.texts[t] for t in range(taken[0], taken[-1]) if not ledger.marks[t]] if taken else []
    assert (claimed, between, thread.notes) == ({""}, [], ())


@pytest.mark.parametrize("name", [name for name in PAGES if name not in SHY])
def test_the_general_reader_finds_them_too(name: str) -> None:
    """The same authors and words where no platform is asked; only keys and pings may differ."""
    wanted = [(want["author"], want["text"]) for want in expected(name) if want["kind"] == "comment"]
    found = [(comment.author, comment.text) for comment in read(name, platforms=False)[0].comments]
    assert [one for one in wanted if one not in found] == []


@pytest.mark.parametrize("name", ["html5", "block", "unknown", "wpdiscuz"])
def test_who_answers_whom_needs_no_platform(name: str) -> None:
    """Nesting tells the parent."""
    by_key = {comment.key: comment.author for comment in read(name, platforms=False)[0].comments}
    parents = {comment.author: by_key.get(comment.parent, "") for comment in read(name, platforms=False)[0].comments}
    told = {"Per": "Ida Brandt", "Zoë Márquez": "Per"} if name != "unknown" else {"Per": "", "Zoë Márquez": ""}
    assert {author: parents[author] for author in told} == told


def test_reply_links_likes_and_forms_have_rules_of_their_own() -> None:
    """What is dropped around WordPress's comments, by name."""
    _, _, ledger = read("html5")
    rules = {(span.mark.removeprefix("-"), span.text) for span in ledger.spans() if span.fate == "dropped"}
    assert {
        ("wordpress/reply-link", "Reply"),
        ("wordpress/says", "says:"),
        ("wordpress/moderation", "Your comment is awaiting moderation."),
        ("wordpress/ping-label", "Pingback:"),
        ("wordpress/edit-link", "Edit"),
        ("comments/heading", "5 thoughts on “Will the bridge at Holm hold?”"),
        ("wordpress/comment-form", "Name"),
    } <= rules


def test_comments_in_a_themes_own_way_beside_pings() -> None:
    """Where only the pings have WordPress's marks, the general reader finds the comments."""
    html = (FOLDER / "html5.html").read_text().replace('id="comment-10', 'id="say-10').replace("div-comment-", "say-body-")
    html = html.replace('<li id="say-104" class="pingback', '<li id="comment-104" class="pingback').replace('class="comment even', 'class="word even')
    capture = Capture(ADDRESS, html.encode())
    page = open_page(capture)
    comments = read_comments(Bundle(capture), page, Ledger(page)).comments
    assert [(comment.author, comment.kind) for comment in comments] == [(want["author"], want["kind"]) for want in expected("html5")]


def test_the_latest_comments_of_the_site_are_no_thread() -> None:
    """WordPress's ids on comments whose permalinks lead to other posts."""
    items = "".join(
        f"<li id='comment-{n}' class='comment'><b class='fn'>Reader {n}</b> <a href='/{slug}/#comment-{n}'>May {n}, 2024</a><p>What reader {n} thinks of it.</p></li>"
        for n, slug in enumerate(["the-ferry", "the-mill", "the-fish-market", "the-school-bus"], 1)
    )
    capture = Capture(ADDRESS, f"<h1>Bridge</h1><p>It may hold.</p><h3>Latest comments</h3><ul>{items}</ul>".encode())
    page = open_page(capture)
    assert [read_comments(Bundle(capture), page, Ledger(page), platforms=platforms).comments for platforms in (True, False)] == [(), ()]
