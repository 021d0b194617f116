"""The general reader on pages as nobody's engine prints them: names, ids, nesting and what is no comment's."""

from __future__ import annotations

import pytest

from parsers.comments.callers import is_initials
from parsers.comments.reading import read_comments
from parsers.comments.signs import heading_of
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture, Comment
from parsers.page import open_page

POST = """<h1>Will the bridge hold?</h1><p>We walked over the bridge on a Sunday in February and counted eleven cracks in its pillars.</p>
<p>The county wants to close it before the winter, and the village wants to keep it open for the school bus, as it always was.</p>"""
FORM = "<form><textarea></textarea></form>"
WORDS = ("It will hold, I am sure of it.", "Ask the bus driver.", "He says that it will not.")


def comments(html: str) -> tuple[Comment, ...]:
    """The comments of a page, by the general reader."""
    capture = Capture("https://holm.example/bridge/", html.encode(), headers=(("content-type", "text/html; charset=utf-8"),))
    page = open_page(capture)
    return read_comments(Bundle(capture), page, Ledger(page), platforms=False).comments


def box(number: int, name: str, words: str, before: str = "", inner: str = "", ident: str = "say-{}", body: str = "words") -> str:
    """One comment; `{}` in `ident` is its number."""
    return (
        f"<div class='say' id='{ident.format(number)}'>{before}<div class='head'>{name} <i>May {number % 28 + 1}, 2024 at 12:30 pm</i></div>"
        f"<div class='{body}'><p>{words}</p></div><a href='/re'>Reply</a>{inner}</div>"
    )


def thread(*boxes: str) -> str:
    return POST + f"<h3>{len(boxes)} comments</h3><div class='all'>" + "".join(boxes) + "</div>" + FORM


def test_linked_and_plain_names() -> None:
    """A name with an address is a link, one without is a `span`; both are the author."""
    html = thread(
        box(31, "<a class='by-whom author' href='https://ida.example'>Ida</a>", WORDS[0]),
        box(47, "<span class='by-whom author'>Per</span>", WORDS[1]),
        box(52, "<span class='by-whom author'>Åse</span>", WORDS[2]),
    )
    assert [(c.author, c.author_url) for c in comments(html)] == [("Ida", "https://ida.example"), ("Per", ""), ("Åse", "")]


def test_drawn_initials() -> None:
    """The letters in place of a picture are neither the name nor the words."""
    people = ("Ida Holm", "Per", "Åse Lund")
    html = thread(*(box(30 + 7 * n, f"<b>{name}</b>", WORDS[n], f"<p>{name[0]}</p>") for n, name in enumerate(people)))
    assert [(c.author, c.text) for c in comments(html)] == list(zip(people, WORDS, strict=True))


@pytest.mark.parametrize(("text", "name", "expected"), [("t", "Test", True), ("AL", "Åse Lund", False), ("12", "12 Monkeys", False)])
def test_initials(text: str, name: str, expected: bool) -> None:
    assert is_initials(text, name) is expected


@pytest.mark.parametrize(
    ("ident", "keys"),
    [
        ("reply-{}", ["31", "47", "52"]),
        ("t3_x{}q", ["x31q", "x47q", "x52q"]),
        ("c0ffee{}-1b2c-4d5e-8f90-aabbccddeeff", [f"c0ffee{n}-1b2c-4d5e-8f90-aabbccddeeff" for n in (31, 47, 52)]),
    ],
)
def test_printed_ids_are_keys(ident: str, keys: list[str]) -> None:
    """The id outlives an edit of the words."""
    for words in (WORDS, ("Edited one.", "Edited two.", "Edited three.")):
        html = thread(*(box(n, f"<b>{name}</b>", text, ident=ident) for n, name, text in zip((31, 47, 52), ("Ida", "Per", "Åse"), words, strict=True)))
        assert [c.key for c in comments(html)] == keys


def test_places_in_a_list_are_no_keys() -> None:
    """1, 2, 3 name another comment when one is taken out."""
    found = comments(thread(*(box(n, f"<b>{name}</b>", WORDS[n - 1]) for n, name in enumerate(("Ida", "Per", "Åse"), 1))))
    assert len(found) == 3 and not {c.key for c in found} & {"1", "2", "3"}


def test_answers_in_a_box_of_their_own() -> None:
    """An answer is found inside the comment that it answers, however deep."""
    third = box(52, "<b>Åse</b>", WORDS[2])
    second = box(47, "<b>Per</b>", WORDS[1], inner=f"<div class='in'>{third}</div>")
    first = box(31, "<b>Ida</b>", WORDS[0], inner=f"<div class='in'>{second}</div>")
    html = POST + f"<h3>4 comments</h3><section>{first}{box(60, '<b>Ole</b>', 'No.')}</section>" + FORM
    assert [(c.key, c.parent, c.text) for c in comments(html)] == [("31", "", WORDS[0]), ("47", "31", WORDS[1]), ("52", "47", WORDS[2]), ("60", "", "No.")]


def test_depth_by_a_spacer() -> None:
    """A table's empty picture is as wide as its answer is deep."""
    rows = "".join(
        f"<tr id='{n}'><td><table><tr><td><img src='s.gif' height='1' width='{wide}'></td><td><b>{name}</b> May {n - 30}, 2024 12:30<br>{text}"
        "<p><a href='/re'>reply</a></p></td></tr></table></td></tr>"
        for n, wide, name, text in ((31, 0, "Ida", WORDS[0]), (37, 40, "Per", WORDS[1]), (42, 0, "Åse", WORDS[2]))
    )
    assert [(c.key, c.parent) for c in comments(POST + f"<h3>3 comments</h3><table>{rows}</table>" + FORM)] == [("31", ""), ("37", "31"), ("42", "")]


def test_a_class_called_anchor_is_no_permalink() -> None:
    """Short words in a box named after the colour of links are words."""
    html = thread(*(box(n, f"<b>{name}</b>", text, body="theme-anchor-color") for n, name, text in ((31, "Ida", "Yes!"), (47, "Per", "No way."))))
    assert [c.text for c in comments(html)] == ["Yes!", "No way."]


def test_the_day_on_which_a_member_joined() -> None:
    """What all records have alike is not when each was written."""
    html = thread(*(box(n, f"<b>{name}</b><p>since Mar 1, 2009 10:00</p>", WORDS[k]) for k, (n, name) in enumerate(((31, "Ida"), (47, "Per"), (52, "Åse")))))
    assert [c.posted_at[:10] for c in comments(html)] == ["2024-05-04", "2024-05-20", "2024-05-25"]


def test_a_comment_that_was_taken_out() -> None:
    """The notice is none, unless somebody answers it."""
    gone = "This comment has been removed by the author."
    html = thread(box(31, "<b>Ida</b>", WORDS[0]), box(47, "<b>Per</b>", gone), box(52, "<b>Åse</b>", WORDS[2]))
    assert [c.author for c in comments(html)] == ["Ida", "Åse"]


@pytest.mark.parametrize("html", ["<h3>Reader letters, all of May 3, 2024</h3>", "<h3>最近のコメント</h3><ul><li>Ida (5/12)</li><li>Per (5/13)</li><li>Åse (5/14)</li></ul>"])
def test_no_comments(html: str) -> None:
    assert comments(POST + html) == ()


def test_an_index_is_no_thread() -> None:
    """Posts with "3 comments" under each."""
    posts = "".join(f"<div><h2>The ferry, part {n}</h2><p>May {n}, 2024</p><p>It was late again, and nobody knows why.</p></div><p>{n} comments</p>" for n in range(1, 9))
    assert comments(posts) == ()


@pytest.mark.parametrize(("text", "count"), [("この記事へのコメント", -1), ("この記事へのコメント 3件", 3), ("12 Comments", 12)])
def test_headings(text: str, count: int) -> None:
    heading = heading_of(text)
    assert heading is not None and heading.count == count


@pytest.mark.parametrize("text", ["コメントを書く", "最近のコメント", "发表评论", "댓글 쓰기"])
def test_calls_to_comment_are_no_headings(text: str) -> None:
    assert heading_of(text) is None


def leveled(number: int, name: str, words: str, depth: int, inner: str = "") -> str:
    """A comment whose class counts how deep it stands, with a row of links and votes below."""
    return (
        f"<div class='say level-{depth}'><div class='head'><b>{name}</b> <i>{number:02}/05/2024 - 12:30</i></div><div class='words'>{words}</div>"
        f"<div class='row'><a href='#'>Reply</a> <a href='#'>Report</a> <i>+3</i> <i>-1</i></div>{inner}</div>"
    )


def test_a_class_that_counts_depth() -> None:
    """An answer whose class differs by its figure alone is built like its parent; the votes below are no words."""
    answer = f"<div class='answers'>{leveled(2, 'Per', WORDS[1], 1)}</div>"
    html = POST + "<h3>3 comments</h3>" + leveled(1, "Ida", WORDS[0], 0, answer) + leveled(3, "Åse", WORDS[2], 0)
    found = comments(html)
    assert [(c.author, c.text) for c in found] == list(zip(("Ida", "Per", "Åse"), WORDS, strict=True))
    assert [c.parent for c in found] == ["", found[0].key, ""]


def in_a_form(name: str, age: str, words: str, inner: str = "") -> str:
    """A post in a form without fields, as an engine prints it whose authors may edit in place."""
    return (
        f"<div class='thing'><p class='tag'><a href='#'>[–]</a><a href='/u/{name}'>{name}</a> <i>14 points</i> <time>{age}</time> <a href='#'>(1 child)</a></p>"
        f"<form class='own'><div class='md'><p>{words}</p></div></form><ul><li><a href='#'>permalink</a></li><li><a href='#'>reply</a></li></ul>"
        f"<div class='under'>{inner}</div></div>"
    )


def test_an_opening_post_above_the_heading() -> None:
    """It is built like the answers below the heading and is none; a form that has no fields is no form to fill in."""
    below = in_a_form("ida", "2 days ago", WORDS[0], in_a_form("per", "2 days ago", WORDS[1])) + in_a_form("aase", "1 day ago", WORDS[2])
    html = f"<div class='top'>{in_a_form('tor', '3 days ago', 'The bridge of Holm has eleven cracks. Will it hold?')}</div><h3>all 3 comments</h3><div class='all'>{below}</div>"
    assert [(c.author, c.text) for c in comments(html)] == list(zip(("ida", "per", "aase"), WORDS, strict=True))


def test_a_word_of_thanks_is_an_answer() -> None:
    """Under a heading, above their signatures; in a language whose words of thanks are one long word."""
    told = (
        ("Ne güzel bir yazı olmuş. Köprüden her gün geçerim.", "Selçuk"),
        ("Teşekkürler!", "<a href='http://nilgun.example/'>Nilgün</a>"),
        ("Bence böyle köprülerin yanına bekçi verilmeli, yoksa hepsi kaybolup gidecek.", "okur"),
    )
    items = [f"<li><p>{words}</p><p class='imza'>— {name}, {n} Mayıs 2009, 17.30</p></li>" for n, (words, name) in enumerate(told, 5)]
    found = comments(f"{POST}<h3>Okur yorumları</h3><ol class='yorumlar'>{''.join(items)}</ol>")
    assert [c.text for c in found] == [words for words, _ in told]
    assert [c.author for c in found] == ["Selçuk", "Nilgün", "okur"]
