"""The post's container and its text, on pages written for it and on what hypothesis makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.article import article_text, find_article
from parsers.boilerplate import drop_furniture, drop_phrases
from parsers.facts import Facts, read_facts
from parsers.ledger import Ledger
from parsers.model import Capture
from parsers.page import open_page, visible_words

PAGES = Path(__file__).parent / "fixtures" / "articles"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def read(html: str | bytes, url: str = "") -> tuple[str, Facts, Ledger]:
    """The steps that every page takes, without comments: article, facts, ledger."""
    page = open_page(Capture(url, html.encode() if isinstance(html, str) else html))
    ledger = Ledger(page)
    drop_furniture(page, ledger)
    facts = read_facts(page, ledger)
    drop_phrases(page, ledger, page.lines)
    body = find_article(page, ledger)
    return article_text(page, ledger, body), facts, ledger


@pytest.mark.parametrize("name", NAMES)
def test_pages(name):
    """What belongs to the post is in, what does not is out, and the facts are as printed."""
    wanted = json.loads((PAGES / f"{name}.json").read_text())
    text, facts, _ = read((PAGES / f"{name}.html").read_bytes())
    assert [part for part in wanted.pop("has") if part not in text] == []
    assert [part for part in wanted.pop("lacks") if part in text] == []
    got = {key: list(value) if isinstance(value := getattr(facts, key), tuple) else value for key in wanted}
    if len(wanted.get("published_at", "")) == 10:
        got["published_at"] = facts.published_at[:10]
    assert got == wanted


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_booked(name):
    """Claimed, dropped and left over add up to what the page shows."""
    _, _, ledger = read((PAGES / f"{name}.html").read_bytes())
    words = ledger.close().words
    assert words.claimed + words.dropped + words.left_over == words.visible == visible_words(ledger.page)


PROSE = "The river had risen in the night and nobody in the lower town had slept, but the bridge was still there."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p></p>", ""),
        (f"<p>{PROSE}</p>", PROSE),
        (PROSE, PROSE),
        (f"<table><tr><td>{PROSE}</td></tr></table>", PROSE),
    ],
)
def test_small_pages(html, text):
    """A page of one sentence is its own article; a page of none has none."""
    assert read(f"<html><body>{html}</body></html>")[0] == text


def test_paragraphs_breaks_and_items():
    """A blank line between paragraphs, a line for a break or an item."""
    html = (
        f"<body><div><p>{PROSE}<br>{PROSE}</p><ul><li>Bring a long rope</li><li>Bring two lamps</li></ul><p>{PROSE}</p></div>"
    )
    assert read(html)[0] == f"{PROSE}\n{PROSE}\n\nBring a long rope\nBring two lamps\n\n{PROSE}"


def test_plain_text_is_all_article():
    """Without markup there is nothing to choose; the title is the first line."""
    text, facts, _ = read(f"A night on the river\n\n{PROSE}\n\nLeave a Reply\n", "river.txt")
    assert (text, facts.title) == (PROSE, "A night on the river")


def test_a_post_in_two_halves_stays_whole():
    """An advertisement that cuts a post in two does not cost it its second half."""
    halves = [f"<div class='half'>{''.join(f'<p>{PROSE} Part {n} of {half}.</p>' for n in range(4))}</div>" for half in "ab"]
    html = (
        f"<body><div>{halves[0]}<div class='adsbygoogle'>Buy now</div>{halves[1]}</div><div><a href='/'>More</a></div></body>"
    )
    text, _, _ = read(html)
    assert "Part 3 of a." in text
    assert "Part 3 of b." in text
    assert "Buy now" not in text


def test_teasers_of_other_posts_stay_out():
    """Cards of other posts under a post, each with a link, a date and a sentence, are not part of it."""
    cards = "".join(
        f"<div class='k'><h3><a href='/p{n}'>Another story number {n}</a></h3><span>May {n}, 2020</span><p>{PROSE}</p></div>"
        for n in range(1, 4)
    )
    html = f"<body><h1>High water</h1><div>{''.join(f'<p>{PROSE} {n}.</p>' for n in range(9))}</div><div>{cards}</div></body>"
    text, _, _ = read(html)
    assert f"{PROSE} 8." in text
    assert "Another story" not in text


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(NAMES), data=st.data())
def test_a_torn_page_is_still_booked(name, data):
    """Cut anywhere, a page is read without a crash and without a word lost."""
    whole = (PAGES / f"{name}.html").read_bytes()
    start = data.draw(st.integers(0, len(whole) // 2))
    end = data.draw(st.integers(start + 40, len(whole)))
    if not whole[start:end].strip():
        return
    _, _, ledger = read(whole[start:end])
    words = ledger.close().words
    assert words.claimed + words.dropped + words.left_over == words.visible


def test_what_react_streams_in_is_on_the_page():
    """A server may send the post in `<div hidden id="S:0">`, for a script to move into its place."""
    html = f'<body><main><template id="B:0"></template></main><div hidden id="S:0"><article><p>{PROSE}</p></article></div><p hidden>No</p>'
    text, _, ledger = read(html)
    assert text == PROSE
    assert ledger.close().words.visible == len(PROSE.split())
