"""Shapes in which themes print comments: what repeats is found, wherever the name, the date and the words stand."""

from __future__ import annotations

import pytest

from parsers.comments.reading import read_comments
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture, Comment
from parsers.page import open_page

from .test_threads import FORM, POST

IDA, PER, ANE, JON = "It will hold, I am sure of it.", "Ask the bus driver.", "My father helped to build it.", "Thanks!"


def read(html: str, platforms: bool = False, form: str = FORM) -> tuple[Comment, ...]:
    """The comments of a page whose post comes first."""
    body = (POST + html + form).encode()
    capture = Capture("https://holm.example/bridge/", body, headers=(("content-type", "text/html; charset=utf-8"),))
    page = open_page(capture)
    return read_comments(Bundle(capture), page, Ledger(page), platforms=platforms).comments


def said(html: str, platforms: bool = False) -> list[tuple[str, str]]:
    return [(comment.author, comment.text) for comment in read(html, platforms)]


def answers(html: str) -> list[tuple[str, str]]:
    """Who answers whom, by name."""
    comments = read(html)
    names = {comment.key: comment.author for comment in comments}
    return [(comment.author, names.get(comment.parent, "")) for comment in comments]


FOUR = [("Ida", IDA), ("Per", PER), ("Ane", ANE), ("Jon", JON)]
DAYS = {"Ida": "May 3, 2024", "Per": "May 4, 2024", "Ane": "May 6, 2024", "Jon": "May 9, 2024"}
LISTS = [
    # the name and the words in elements of one kind: a short answer is not the name
    ("<h3>4 comments</h3>", "<div><ul><li>{name}</li><li>{text}</li><li>{day}</li></ul></div>"),
    # the date first, the name last
    ("<h3>4 comments</h3>", "<div><p>{day}</p><p>{text}</p><p>{name}</p></div>"),
    # a heading of the first order in each
    ("<h2>Comments</h2>", "<div class='comment'><h1>{name} - {day}</h1>{text}</div>"),
    # no box at all
    ("<h3>4 comments:</h3>", "<label><strong>{name}</strong></label><em>{day}</em><p>{text}</p>"),
    ("<h3>4 comments</h3>", "<h4>{name} | {day}</h4><p>{text}</p>"),
    ("<h3>4 comments</h3>", "<h4><strong>{name}</strong> wrote:</h4><div>{text}</div><div>{day}</div>"),
    # two rows of a table, a small table each
    ("<h3>Comments</h3><table>", "<tr><td>{day}</td><td>{name}</td></tr><tr><td colspan=2>{text}</td></tr>"),
    ("<h3>4 comments</h3>", "<table><tr><td>{name}</td></tr><tr><td>{day}</td></tr><tr><td>{text}</td></tr></table>"),
    # classes of letters' sizes, which are none of a text
    (
        "<h3>4 comments</h3>",
        "<div><span class='font-bold text-sm'>{name}</span><p class='text-sm'>{text}</p><i>{day}</i></div>",
    ),
    # bylines with the date in the middle, or with other things between bars
    ("<h3>4 comments</h3>", "<div><p>At 10:15 on {day}, {name} commented:</p><p>{text}</p></div>"),
    ("<h3>4 comments</h3>", "<div><p>{text}</p><p>{day} 10:15 | URL | {name} #- [ <a href='/e'>edit</a> ]</p></div>"),
    # a heading that names the post, however long
    ("<h3>Comments on Will the bridge of our village hold another winter</h3>", "<div><b>{name}</b> {day}<p>{text}</p></div>"),
    # a list that prints no dates
    ("<h3>4 comments</h3><ol>", "<li><p>{name} says:</p><p>{text}</p></li>"),
    ("<h3>4 comments</h3>", "<div><div><img class='avatar' src='/a.png'> {name}</div><p>{text}</p></div>"),
]


@pytest.mark.parametrize(("heading", "item"), LISTS)
def test_four_comments(heading: str, item: str) -> None:
    """Each by the name that its reader gave, with the words and nothing else."""
    assert said(heading + "".join(item.format(name=name, text=text, day=DAYS[name]) for name, text in FOUR)) == FOUR


def test_numbered_ids_where_nothing_is_dated() -> None:
    """Several ids of one record have its number; the outermost is the record."""
    items = "".join(
        f"<li id='say-comment-{n}'><cite id='say-comment-name-{n}'>{name}</cite><div id='say-comment-body-{n}'>{text}</div></li>"
        for n, (name, text) in enumerate(FOUR, 101)
    )
    assert said(f"<h3>4 comments</h3><ul>{items}</ul>") == FOUR


def test_the_one_who_writes_is_no_commenter() -> None:
    """Portraits in a form are those of the accounts one may write from."""
    form = "".join(
        f"<div><img class='avatar' src='/{n}.png'> You comment with your account at {n}</div>" for n in ("Ferry", "Mill", "Bus")
    )
    assert said(f"<form action='/say'>{form}<textarea></textarea></form>") == []


@pytest.mark.parametrize(
    "html",
    [
        # answers in another element than what they answer
        "<h3>4 comments</h3><ol><li><b>Ida</b> <i>May 3, 2024</i><p>{}</p><div><b>Per</b> <i>May 4, 2024</i><p>{}</p></div></li>"
        "<li><b>Ane</b> <i>May 6, 2024</i><p>{}</p></li><li><b>Jon</b> <i>May 9, 2024</i><p>{}</p></li></ol>",
        # in a box that the others have not
        "<h3>4 comments</h3><ul><li><div><div class='box'><b>Ida</b> <i>May 3, 2024</i><p>{}</p></div></div>"
        "<ul><li><div class='box'><b>Per</b> <i>May 4, 2024</i><p>{}</p></div></li></ul></li>"
        "<li><div><div class='box'><b>Ane</b> <i>May 6, 2024</i><p>{}</p></div></div></li>"
        "<li><div><div class='box'><b>Jon</b> <i>May 9, 2024</i><p>{}</p></div></div></li></ul>",
        # a list in an item, with no class at all
        "<h3>4 comments</h3><ul><li>{0}<br>Date: 2024-05-03<br>Author: Ida<br><a href='#'>Reply</a>"
        "<ul><li>{1}<br>Date: 2024-05-04<br>Author: Per<br><a href='#'>Reply</a></li></ul></li>"
        "<li>{2}<br>Date: 2024-05-06<br>Author: Ane<br><a href='#'>Reply</a></li><li>{3}<br>Date: 2024-05-09<br>Author: Jon<br><a href='#'>Reply</a></li></ul>",
    ],
)
def test_answers_built_otherwise(html: str) -> None:
    """Found all the same, and with what they answer."""
    html = html.format(IDA, PER, ANE, JON)
    assert answers(html) == [("Ida", ""), ("Per", "Ida"), ("Ane", ""), ("Jon", "")]
    assert [text for _, text in said(html)] == [IDA, PER, ANE, JON]


def test_ids_inside_the_records() -> None:
    """The name stands beside the box that has the comment's id."""
    items = "".join(
        f"<li><h6>{name}</h6><div><div id='comment-{n}'><p>{text}</p><span>{DAYS[name]}</span></div></div></li>"
        for n, (name, text) in enumerate(FOUR, 11)
    )
    assert said(f"<h3>4 comments</h3><ul>{items}</ul>", platforms=True) == FOUR


def test_the_latest_comments_lead_elsewhere() -> None:
    """A list of the latest comments all over a site, though its posts have nothing but numbers for names."""
    items = "".join(
        f"<li><b>{name}</b> <small>{DAYS[name]}</small><p>{text}</p><a href='/post-{n}/#comment-{n + 40}'>→</a></li>"
        for n, (name, text) in enumerate(FOUR, 1)
    )
    assert said(f"<h3>Recent comments</h3><ul>{items}</ul>") == []


def test_pings_without_a_date() -> None:
    """In a list of their own, told by their label."""
    items = "".join(f"<div><b>{name}</b> {DAYS[name]}<p>{text}</p></div>" for name, text in FOUR)
    pings = "<h3>2 pings</h3><ol><li>Pingback: <a href='https://mill.example/'>The mill pond</a></li><li>Pingback: <a href='https://quay.example/'>On the quay</a></li></ol>"
    found = [(comment.author, comment.kind) for comment in read(f"<h3>4 comments</h3>{items}{pings}")]
    assert found == [*((name, "comment") for name, _ in FOUR), ("The mill pond", "pingback"), ("On the quay", "pingback")]


def test_the_title_of_a_trackback_is_no_part_of_it() -> None:
    """The linked title, the blog and the date in one line, the excerpt below."""
    items = "".join(
        f"<dt id='trackback{n}'><a rel='nofollow' href='https://{name}.example/'>Why {name} thinks so, at some length and more</a> <cite>{name}</cite> <span>{DAYS[name]}</span></dt>"
        f"<dd>{text}</dd>"
        for n, (name, text) in enumerate(FOUR, 70)
    )
    found = read(f"<h3>TrackBacks</h3><dl>{items}</dl>")
    assert [(comment.author, comment.text, comment.kind) for comment in found] == [
        (name, text, "trackback") for name, text in FOUR
    ]


def test_the_post_is_not_the_first_comment() -> None:
    """Though it prints its date where they do: it is built in another way, and a heading follows it."""
    post = "<div class='entry'><h2>Bridge</h2><div>May 1, 2024 | Editor</div><p>We counted eleven cracks.</p></div><h4>Comments on this post: Bridge</h4>"
    items = "".join(
        f"<div class='word'><div>{text}</div><div>Left by {name} on {DAYS[name]}</div></div>" for name, text in FOUR
    )
    assert said(post + items) == FOUR


def test_a_class_with_reply_may_hold_the_words() -> None:
    """`reply-content` is an answer's text and no link to reply."""
    items = "".join(f"<div><b>{name}</b> {DAYS[name]}<div class='say-reply-content'>{text}</div></div>" for name, text in FOUR)
    assert said(f"<h3>4 replies</h3>{items}") == FOUR


AGO = {
    "de": "vor {} Tagen",
    "fr": "il y a {} jours",
    "es": "hace {} días",
    "it": "{} giorni fa",
    "pt": "há {} dias",
    "hr": "prije {} dana",
    "ja": "{}日前",
}


@pytest.mark.parametrize("language", AGO)
def test_no_word_of_a_relative_date_is_a_name(language: str) -> None:
    """Nor is such a date missed."""
    items = "".join(
        f"<div><h4>{name}</h4><p>{text}</p><span>{AGO[language].format(n)}</span></div>"
        for n, (name, text) in enumerate(FOUR, 2)
    )
    assert said(f"<h3>4 comments</h3>{items}") == FOUR


@pytest.mark.parametrize(
    ("name", "item"),
    [
        (
            "bbpress",
            "<div id='post-{n}' class='bbp-reply-header'><span class='bbp-reply-post-date'>{day}</span> <a href='#post-{n}'>#{n}</a></div>"
            "<div class='reply'><div class='bbp-reply-author'><a class='bbp-author-name'>{name}</a><br>Participant</div>"
            "<div class='bbp-reply-content'><p>{text}</p></div></div>",
        ),
        (
            "smf",
            "<div class='windowbg'><div class='post_wrapper'><div class='poster'><h4><a href='/u'>{name}</a></h4><ul><li>Newbie</li><li>Posts: {n}</li></ul></div>"
            "<div class='postarea'><div class='keyinfo'><h5><a href='/t'>Re: Bridge</a></h5><div>« <b>Reply #{n} on:</b> {day} »</div></div>"
            "<div class='post'><div class='inner' id='msg_{n}'>{text}</div></div></div></div></div>",
        ),
        (
            "discuz",
            "<table id='pid{n}' class='plhin'><tr><td><a class='xw1'>{name}</a></td><td><em>{day}</em><table><tr><td class='t_f'>{text}</td></tr></table></td></tr></table>",
        ),
    ],
)  # fmt: skip
def test_forums(name: str, item: str) -> None:
    """By their own templates' marks, with no form and no heading on the page."""
    html = "".join(item.format(n=n, name=who, text=text, day=DAYS[who]) for n, (who, text) in enumerate(FOUR, 31))
    comments = read(html, platforms=True, form="")
    assert [(comment.key, comment.author, comment.text) for comment in comments] == [
        (str(n), who, text) for n, (who, text) in enumerate(FOUR, 31)
    ]


def test_a_box_called_reply_may_hold_the_words() -> None:
    """It holds a paragraph and no link."""
    items = "".join(
        f"<li><p><b>{name}</b> <small>{DAYS[name]}</small></p><div class='reply'><p>{text}</p></div></li>"
        for name, text in FOUR
    )
    assert said(f"<h3>4 comments</h3><ul>{items}</ul>") == FOUR


def test_one_comment_that_all_others_answer() -> None:
    """The first holds the rest, and is no post."""
    inner = "".join(f"<li class='word'><b>{name}</b> <i>{DAYS[name]}</i><p>{text}</p></li>" for name, text in FOUR[1:])
    html = f"<h3>4 comments</h3><ol><li class='word'><b>Ida</b> <i>May 3, 2024</i><p>{IDA}</p><ol>{inner}</ol></li></ol>"
    assert answers(html) == [("Ida", ""), ("Per", "Ida"), ("Ane", "Ida"), ("Jon", "Ida")]
