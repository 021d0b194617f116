"""Posts over several pages, and pages that only a script fills."""

import pytest

from parsers import Bundle, parse
from parsers.ledger import Ledger
from parsers.model import Capture, Want
from parsers.page import open_page, visible_words
from parsers.parts import join, next_page
from parsers.shells import shell_of


def page_of(html: str, url: str = "https://blog.example/2019/02/summit/"):
    return open_page(Capture(url, html.encode()))


@pytest.mark.parametrize(
    "html",
    [
        "<a href='/2019/02/'>February</a>",  # an archive
        "<link rel=next href='/page/2/'>",  # the next page of the blog
        "<a href='/2019/02/summit/comment-page-2/'>2</a>",  # comments have pages of their own
        "<a href='/2019/02/other/2/'>2</a>",  # another post
        "<a href='https://else.example/2019/02/summit/2/'>2</a>",  # another host
        "<a href='/2019/02/summit/3/'>3</a>",  # not the next
    ],
)
def test_not_the_next_page_of_this_post(html):
    assert next_page(page_of("<p>x</p>" + html)) is None


@pytest.mark.parametrize(
    ("html", "url", "found"),
    [
        (
            "<a href='/2019/02/summit/2/'>2</a>",
            "https://blog.example/2019/02/summit/",
            "https://blog.example/2019/02/summit/2/",
        ),
        ("<a href='../3/'>3</a>", "https://blog.example/2019/02/summit/2/", "https://blog.example/2019/02/summit/3/"),
        ("<link rel=next href='?id=7&page=2'>", "https://blog.example/read?id=7", "https://blog.example/read?id=7&page=2"),
    ],
)
def test_the_next_page_is_this_one_with_the_number_one_higher(html, url, found):
    assert next_page(page_of("<p>x</p>" + html, url)) == Want(found, "next-page")


def test_joined_pages_are_one_page_for_the_ledger():
    first, second = page_of("<h1>A</h1><p>one two</p>"), page_of("<h1>A</h1><p>three</p><script>x</script>")
    ledger, other = Ledger(first), Ledger(second)
    other.drop(0, 1, "parts/repeated-title")
    join(first, ledger, second, other)
    words = ledger.close().words
    assert [line.text for line in first.lines] == ["A", "one two", "A", "three"]
    assert (words.left_over, words.dropped, words.visible, visible_words(first)) == (4, 1, 5, 5)
    assert [first.text_of(el) for el in first.elements if el.tag == "p"] == ["one two", "three"]


@pytest.mark.parametrize(
    ("html", "name"),
    [
        (
            "<div id=root></div><script src=a.js></script><noscript>You need to enable JavaScript to run this app.</noscript>",
            "React",
        ),
        ("<div id=__next></div><script src=a.js></script>", "Next.js"),
        ("<p>Please enable JavaScript</p><script src=a.js></script>", "a script"),
        ("<div id=root><p>" + "words " * 50 + "</p></div><script src=a.js></script>", ""),
        ("<p>short</p>", ""),
    ],
)
def test_an_empty_shell_is_named(html, name):
    assert shell_of(page_of(html)) == name


def post(n: int, of: int, body: str) -> bytes:
    link = f"<a href='/2019/02/summit/{n + 1}/'>{n + 1}</a>" if n < of else ""
    return f"<article><h1>What comes next?</h1>{body}</article><p>Pages: {link}</p>".encode()


def said(name: str) -> str:
    return f"<p><strong>{name}, Lecturer, Harbour University</strong></p><p>{'I expect that we will see my own small steps. ' * 6}</p>"


def test_a_post_over_two_pages_is_one_roundup_and_asks_for_the_second():
    url = "https://blog.example/2019/02/summit/"
    one = Capture(url, post(1, 2, "<p>We asked four experts what comes next.</p>" + said("Ann Lee") + said("Bo Ek")))
    two = Capture(url + "2/", post(2, 2, said("Cy Hall") + said("Dora Moor")))
    asked = parse(Bundle(one))
    assert asked.wants == (Want(url + "2/", "next-page"),)
    whole = parse(Bundle(one, (two,)))
    assert [s.expert.name for s in whole.roundup.statements] == ["Ann Lee", "Bo Ek", "Cy Hall", "Dora Moor"]
    assert whole.wants == ()
    assert whole.words.claimed + whole.words.dropped + whole.words.left_over == whole.words.visible


def test_a_second_page_that_cannot_be_read_costs_only_itself():
    url = "https://blog.example/2019/02/summit/"
    one = Capture(url, post(1, 2, said("Ann Lee") + said("Bo Ek") + said("Cy Hall")))
    parsed = parse(Bundle(one, (Capture(url + "2/", b"\x89PNG\r\n"),)))
    assert len(parsed.roundup.statements) == 3
    assert "cannot be read" in parsed.notes[-1]
