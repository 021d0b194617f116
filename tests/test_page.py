"""Bytes to lines: decoding, the walk, and the second count that the ledger is held against."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.errors import NotText, TooComplex
from parsers.ledger import Ledger
from parsers.model import Capture
from parsers.page import open_page, visible_words


def page_of(html: str, **headers: str):
    return open_page(Capture("https://blog.example/post/", html.encode(), headers=tuple(headers.items())))


def lines_of(html: str) -> list[str]:
    return [line.text for line in page_of(html).lines]


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("Žena – “tko?”".encode(), "text/html; charset=utf-8", "Žena – “tko?”"),
        ("Žena".encode("windows-1250"), "text/html; charset=windows-1250", "Žena"),
        (b"\xef\xbb\xbf" + "Žena".encode(), "text/html; charset=iso-8859-1", "Žena"),  # a BOM wins over the header
        ("“quoted”".encode("cp1252"), "text/html; charset=iso-8859-1", "“quoted”"),  # latin-1 means windows-1252 on the web
        ("日本".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本"),
    ],
)
def test_decoded_as_browsers_do(body, kind, text):
    page = open_page(
        Capture(
            "https://blog.example/",
            b"<p>" + body if body[:1] != b"\xef" else body[:3] + b"<p>" + body[3:],
            headers=(("content-type", kind),),
        )
    )
    assert [line.text for line in page.lines] == [text]


def test_charset_from_meta_without_a_header():
    body = '<html><head><meta charset="windows-1251"></head><body><p>Привет</p>'.encode("windows-1251")
    assert [line.text for line in open_page(Capture("u", body)).lines] == ["Привет"]


@pytest.mark.parametrize(
    "body", [b"", b"  \n", b"\x00\x00", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, b"%PDF-1.7 ...", bytes(range(32)) * 90]
)
def test_what_is_no_page_is_refused(body):
    with pytest.raises(NotText):
        open_page(Capture("https://blog.example/x", body))


@pytest.mark.parametrize(
    "html",
    ["<b>" * 160_000, "<div>" * 40_000 + "</div>" * 40_000, "<p " + " ".join(f"a{n}=1" for n in range(3000)) + ">x</p>"],
    ids=["tags", "nesting", "attributes"],
)
def test_what_would_take_minutes_is_refused(html):
    with pytest.raises(TooComplex):
        page_of(html)


def test_a_long_attribute_and_a_long_script_are_no_reason_to_refuse():
    html = f"<div data-x='{'a b=c ' * 2000}'>in</div><script>for(i=0;i<n ;i++){{{'var a = b ; ' * 2000}}}</script><p>out</p>"
    assert lines_of(html) == ["in", "out"]


def test_inline_tags_split_runs_and_blocks_split_lines():
    page = page_of(
        "<p><strong>Ann Lee</strong><em>Lecturer</em>, <a href='/x'>Foo</a><br>next</p><table><td>cell</table><ul><li>one<li>two</ul>"
    )
    assert [line.text for line in page.lines] == ["Ann LeeLecturer, Foo", "next", "cell", "one", "two"]
    assert [(run.text, run.bold, run.italic, run.href) for run in page.runs(page.lines[0])] == [
        ("Ann Lee", True, False, ""), ("Lecturer", False, True, ""), (", ", False, False, ""), ("Foo", False, False, "/x"),
    ]  # fmt: skip
    assert [line.broken for line in page.lines[:2]] == [True, False]


@pytest.mark.parametrize(
    "html",
    ["<script>var a</script><p>seen</p>", "<style>p{}</style><p>seen</p>", "<template><p>no</p></template><p>seen</p>",
     "<p hidden>no <b>no</b></p><p>seen</p>", "<div hidden><script>x</script><p>no</p></div>seen", "<!-- no --><p>seen</p>"],
)  # fmt: skip
def test_unseen_text_is_in_no_line(html):
    page = page_of(html)
    assert [line.text for line in page.lines] == ["seen"]
    assert visible_words(page) == 1


def test_what_stands_unseen_in_the_unseen_is_taken_out_once():
    inner = "<style>u<style>v</style><script>w</script></style>"  # within an <svg>, a <style> holds elements
    page = page_of(f"<p>two words</p><script hidden>x</script><svg>{inner}</svg><div hidden>q<div hidden><script>y</script></div></div>")
    assert [visible_words(page), visible_words(page)] == [2, 2]


def test_the_head_is_read_even_where_a_noscript_pushes_it_into_the_body():
    page = page_of(
        '<head><title> A  post </title><noscript><img src=x></noscript><link rel=canonical href="/p/"><meta name="Author" content="Ann"></head><body>x'
    )
    assert (page.title_tag, page.metas["author"], page.links[0]["href"]) == ("A post", "Ann", "/p/")


def test_json_ld_is_unrolled_and_a_broken_one_passed_over():
    page = page_of(
        '<script type="application/ld+json">{"@graph":[{"a":1},{"b":2}]}</script><script type="application/ld+json">{oops</script>x'
    )
    assert [sorted(item) for item in page.ld] == [["@graph"], ["a"], ["b"]]


def test_heading_levels_quotes_and_bold_are_known_of_a_line():
    page = page_of("<h2><a>Title</a></h2><blockquote><p><b>all bold</b></p></blockquote><p>a <b>b</b></p>")
    assert [line.level for line in page.lines] == [2, 0, 0]
    assert [page.is_bold(line) for line in page.lines] == [False, True, False]


def test_plain_text_is_the_same_stream():
    page = open_page(Capture("file:///a.txt", b"Title here\r\n\r\nAnn Lee\r\nLecturer\r\n\r\nHer words < yours.\n"))
    assert [(line.text, line.broken) for line in page.lines] == [
        ("Title here", False),
        ("Ann Lee", True),
        ("Lecturer", False),
        ("Her words < yours.", False),
    ]
    assert page.tree is None
    assert visible_words(page) == 9


TAGS = ["p", "div", "b", "i", "a", "span", "td", "table", "tr", "ul", "li", "blockquote", "br", "h2", "script", "style", "template",
        "textarea", "select", "option", "svg", "title", "noscript", "pre", "body", "html", "head", "iframe", "math", "form", "button"]  # fmt: skip
soup = st.lists(
    st.one_of(
        st.sampled_from(
            [f"<{t}>" for t in TAGS]
            + [f"</{t}>" for t in TAGS]
            + ["<p hidden>", "<div hidden>", "<!--", "-->", "&nbsp;", "<![CDATA[", "<p class='a"]
        ),
        st.text(alphabet=" \n\tabcé漢—.", max_size=8),
    ),
    max_size=60,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(soup)
def test_tag_soup_never_breaks_conservation(html):
    """Every text piece is in exactly one line, and their words are what Lexbor counts by itself."""
    try:
        page = page_of("<p>x</p>" + html)
    except NotText:
        return
    words = Ledger(page).close().words
    assert words.left_over == words.visible
    assert [t for line in page.lines for t in range(line.t0, line.t1)] == list(range(len(page.texts)))
    assert all(el.t0 <= el.t1 and el.at < el.end for el in page.elements)


@settings(max_examples=200, deadline=None)
@given(soup, st.integers(0, 2**32))
def test_claims_and_drops_in_any_order_add_up(html, seed):
    dice = random.Random(seed)
    page = page_of("<p>one two</p><p>three</p>" + html)
    ledger = Ledger(page)
    for turn in range(10):
        t0 = dice.randrange(len(page.texts) + 1)
        t1 = dice.randrange(t0, len(page.texts) + 1)
        (ledger.claim if dice.random() < 0.5 else ledger.drop)(t0, t1, f"thing/{turn}")
    words = ledger.close().words
    assert words.claimed + words.dropped + words.left_over == words.visible
    assert sum(span.words for span in ledger.spans()) == words.visible


def test_the_first_to_take_a_piece_keeps_it():
    page = page_of("<p>a</p><p>b</p>")
    ledger = Ledger(page)
    assert (ledger.claim(0, 1, "title"), ledger.drop(0, 2, "structure/nav")) == (1, 1)
    assert [(span.fate, span.mark, span.text) for span in ledger.spans()] == [
        ("claimed", "+title", "a"),
        ("dropped", "-structure/nav", "b"),
    ]


@settings(max_examples=200, deadline=None)
@given(soup)
def test_a_selector_finds_the_elements_of_the_walk(html):
    """The second walk that site rules pay for counts elements as the first one did."""
    page = page_of("<p>x</p>" + html)
    assert [el.tag for el in page.match("p, td, div, b, title, option")] == [
        el.tag for el in page.elements if el.tag in ("p", "td", "div", "b", "title", "option")
    ]


def test_a_bad_selector_is_named():
    with pytest.raises(ValueError, match="p\\[\\["):
        page_of("<p>x</p>").match("p[[")
