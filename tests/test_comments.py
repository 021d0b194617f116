"""Threads beyond one page: what is said of them, what is asked for, and what comes of it, each comment once."""

from __future__ import annotations

import json
import urllib.request
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.comments.answers import read_answer
from parsers.comments.merge import merge
from parsers.comments.reading import read_comments
from parsers.comments.thread import Thread
from parsers.ledger import Ledger
from parsers.model import Bundle, Capture, Comment
from parsers.page import open_page

from . import servers

HERE = "https://holm.example/2024/03/bridge/"
HEAD = """<link rel="https://api.w.org/" href="https://holm.example/wp-json/"><link rel="alternate" type="application/json" href="https://holm.example/wp-json/wp/v2/posts/12">
<link rel="alternate" type="application/rss+xml" href="https://holm.example/2024/03/bridge/feed/">"""
POST = "<h1>Will the bridge hold?</h1><p>We walked over the bridge on a Sunday in February and counted eleven cracks in its pillars.</p>"
REST = "https://holm.example/wp-json/wp/v2/comments?post=12&per_page=100&page=1&order=asc"


def capture(body: str | bytes, url: str = HERE, role: str = "page", kind: str = "text/html; charset=utf-8", **more: Any) -> Capture:
    """A page or an answer as fetched on 20 May 2024."""
    raw = body.encode() if isinstance(body, str) else body
    return Capture(url, raw, fetched_at=datetime(2024, 5, 20, 12, 0, tzinfo=UTC), headers=(("content-type", kind),), role=role, **more)


def read(page: str, *extras: Capture, url: str = HERE) -> Thread:
    """The thread of a page with what was fetched for it."""
    bundle = Bundle(capture(page, url), extras)
    opened = open_page(bundle.page)
    return read_comments(bundle, opened, Ledger(opened))


def item(number: int, parent: str = "", text: str = "") -> str:
    """One comment as WordPress prints it; `parent` holds its replies."""
    day = f"{number % 28 + 1:02}"
    return (
        f"<li id='comment-{number}' class='comment depth-1'><article class='comment-body'><b class='fn'>Reader {number}</b> "
        f"<a href='#comment-{number}'><time datetime='2024-04-{day}T10:00:00+02:00'>April {day}, 2024</time></a>"
        f"<div class='comment-content'><p>{text or f'What reader {number} thinks of it.'}</p></div></article>{parent}</li>"
    )


def wordpress(numbers: list[int], count: int, links: str = "", head: str = HEAD) -> str:
    """A post with some of its comments."""
    items = "".join(item(number) for number in numbers)
    return f"<html><head>{head}</head><body class='postid-12'>{POST}<h2>{count} comments</h2><ol class='comment-list'>{items}</ol>{links}</body></html>"


def rest(numbers: list[int], parents: dict[int, int] | None = None) -> bytes:
    """The same comments as the interface tells them."""
    rows = [
        {
            "id": n, "parent": (parents or {}).get(n, 0), "author_name": f"Reader {n}", "author_url": f"https://r{n}.example",
            "date": f"2024-04-{n % 28 + 1:02}T10:00:00", "date_gmt": f"2024-04-{n % 28 + 1:02}T08:00:00", "type": "comment", "status": "approved",
            "content": {"rendered": f"<p>What reader {n} thinks of it.</p>\n"}, "link": f"{HERE}#comment-{n}",
        }
        for n in numbers
    ]  # fmt: skip
    return json.dumps(rows).encode()


PAGE_1 = "<nav class='comment-navigation'><a href='/2024/03/bridge/comment-page-1/#comments'>Older comments</a></nav>"


# What is said of a thread


@pytest.mark.parametrize(
    ("html", "status"),
    [
        (POST, "none"),
        (POST + "<h3>No comments</h3><form><textarea></textarea></form>", "none"),
        (POST + "<p class='nocomments'>Comments are closed.</p>", "closed"),
        (POST + "<p>Die Kommentare sind geschlossen.</p>", "closed"),
        (POST + "<div id='disqus_thread'></div>", "external:disqus"),
        (POST + "<div class='fb-comments' data-href='x'></div>", "external:facebook"),
        (POST + "<script data-isso='//isso.example/' src='//isso.example/js/embed.min.js'></script>", "external:isso"),
        (POST + "<script src='https://giscus.app/client.js' data-repo='a/b'></script>", "external:giscus"),
        (wordpress([1, 2], 2), "parsed"),
        (wordpress([1, 2], 2) .replace("</body>", "<div id='disqus_thread'></div></body>"), "parsed"),
        (wordpress([3, 4], 4, PAGE_1), "paginated"),
        (wordpress([3, 4], 9, head=""), "truncated"),
    ],
)
def test_status(html: str, status: str) -> None:
    """An empty list never pretends that there was silence."""
    assert read(html).status == status


def test_a_count_that_differs_is_noted() -> None:
    """The heading is held against what was found, pings apart."""
    ping = "<li class='pingback' id='comment-9'>Pingback: <a href='https://hill.example/'>Hill Notes</a></li>"
    with_ping = wordpress([1, 2], 2).replace("</ol>", ping + "</ol>")
    notes = [read(html).notes for html in (wordpress([1, 2], 2), with_ping, with_ping.replace("2 comments", "3 comments"), wordpress([1, 2], 5))]
    assert notes == [(), (), (), ("the page counts 5 comments, 2 were found",)]


# What is asked for


def test_nothing_is_asked_where_the_page_holds_all() -> None:
    """No want without a reason."""
    assert [read(html).wants for html in (POST, wordpress([1, 2], 2), wordpress([1], 1, head=HEAD))] == [(), (), ()]


def test_the_interface_and_the_pages_are_asked() -> None:
    """Where comments are missing: the interface, and the comment pages that are linked; never a reply link."""
    links = PAGE_1 + "<a href='/2024/03/bridge/comment-page-2/#comment-3'>a permalink</a><a href='/2024/03/bridge/?replytocom=3#respond'>Reply</a>"
    wants = read(wordpress([3, 4], 4, links)).wants
    assert [(want.role, want.url) for want in wants] == [("comments-api", REST), ("comments", f"{HERE}comment-page-1/")]


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (wordpress([1], 5, head="<link rel='https://api.w.org/' href='https://holm.example/?rest_route=/'><link rel='shortlink' href='https://holm.example/?p=12'>"),
         "https://holm.example/?rest_route=/wp/v2/comments&post=12&per_page=100&page=1&order=asc"),
        (wordpress([1], 5, head="<meta name='generator' content='WordPress.com'>"),
         "https://public-api.wordpress.com/rest/v1.1/sites/holm.example/posts/12/replies/?number=100&order=ASC&page=1"),
        (wordpress([1], 5, head="<link rel='alternate' type='application/rss+xml' href='https://holm.example/2024/03/bridge/feed/'>"), f"{HERE}feed/"),
        (POST + "<h3>5 comments</h3><link rel='alternate' type='application/atom+xml' href='https://holm.example/feeds/77/comments/default'>"
         "<ol><li class='comment' id='c1234567890123'><cite class='user'>Ida</cite> <span class='datetime'><a href='?showComment=1709638200000#c1234567890123'>x</a></span>"
         "<p class='comment-content'>It holds.</p></li></ol>", "https://holm.example/feeds/77/comments/default?alt=json&max-results=500"),
        (POST + "<script data-isso='/isso/' src='/isso/js/embed.min.js'></script><section id='isso-thread' data-isso-id='/bridge'></section>",
         "https://holm.example/isso/?uri=%2Fbridge"),
        (POST + "<script data-ghost-comments data-post-id='65f' src='/comments-ui.min.js'></script>",
         "https://holm.example/members/api/comments/post/65f/?limit=100&page=1"),
        (POST + "<div id='disqus_thread'></div><script>var disqus_shortname = 'holm'; var disqus_identifier = '12 x';</script>",
         "https://disqus.com/embed/comments/?base=default&f=holm&t_i=12+x&t_u=https%3A%2F%2Fholm.example%2F2024%2F03%2Fbridge%2F"),
    ],
)  # fmt: skip
def test_where_else_to_ask(html: str, url: str) -> None:
    """Each platform's own address."""
    assert [want.url for want in read(html).wants] == [url]


# What comes of it


def test_pages_and_interface_make_one_thread() -> None:
    """Comments of both, each once, parents from whoever knows them; then nothing more is wanted."""
    page = wordpress([3, 4], 5, PAGE_1)
    first = capture(wordpress([1, 2], 5), f"{HERE}comment-page-1/", "comments")
    answer = capture(rest([1, 2, 3, 4, 5], {2: 1, 4: 3}), REST, "comments-api", "application/json")
    thread = read(page, first, answer)
    assert [(c.key, c.parent, c.author_url) for c in thread.comments] == [
        (str(n), {2: "1", 4: "3"}.get(n, ""), f"https://r{n}.example") for n in range(1, 6)
    ]
    assert (thread.status, thread.wants, thread.notes) == ("parsed", (), ())


def test_pages_lead_to_pages() -> None:
    """What a comment page links to is asked for next, until none is left; a page past the end adds nothing."""
    links = "<a class='prev' href='/2024/03/bridge/comment-page-2/#comments'>2</a>"
    page = wordpress([5, 6], 6, links, head="")
    second = capture(wordpress([3, 4], 6, PAGE_1, head=""), f"{HERE}comment-page-2/", "comments")
    first = capture(wordpress([1, 2], 6, head=""), f"{HERE}comment-page-1/", "comments")
    beyond = capture(wordpress([], 6, PAGE_1, head=""), f"{HERE}comment-page-2/", "comments")
    threads = [read(page), read(page, second), read(page, second, first), read(page, beyond)]
    assert [[want.url.removeprefix(HERE) for want in thread.wants] for thread in threads] == [["comment-page-2/"], ["comment-page-1/"], [], []]
    assert [[c.key for c in thread.comments] for thread in threads[:3]] == [["5", "6"], ["3", "4", "5", "6"], ["1", "2", "3", "4", "5", "6"]]
    assert [thread.status for thread in threads[:3]] == ["paginated", "paginated", "parsed"]


def test_a_long_thread_is_asked_page_by_page() -> None:
    """A full page of the interface leads to the next one."""
    page = wordpress([1], 150)
    hundred = capture(rest(list(range(1, 101))), REST, "comments-api", "application/json")
    thread = read(page, hundred)
    assert ([want.url for want in thread.wants], len(thread.comments)) == ([REST.replace("&page=1", "&page=2")], 100)


def test_an_interface_that_is_switched_off_costs_nothing() -> None:
    """A refusal or nonsense adds no comment and is not asked again."""
    page = wordpress([3, 4], 4, PAGE_1)
    for body in (b'{"code":"rest_forbidden"}', b"<html>no</html>", b"[", b"[1, 2]", b'{"comments": "none"}', b"null"):
        thread = read(page, capture(body, REST, "comments-api", "application/json", status=401 if b"code" in body else 200))
        assert ([c.key for c in thread.comments], [want.url for want in thread.wants]) == (["3", "4"], [f"{HERE}comment-page-1/"])


def test_a_hostile_extra_costs_only_itself() -> None:
    """A comment page too deep to read, a feed that is a bomb, an empty answer: the page is read all the same."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [' + b"".join(b'<!ENTITY a%d "aaaa">' % n for n in range(400)) + b"]><rss><channel></channel></rss>"
    for body, kind in ((b"<div>" * 6000 + b"x", "text/html"), (bomb, "application/rss+xml"), (b" ", "text/html"), (b"\x89PNG", "image/png")):
        thread = read(wordpress([3, 4], 4, PAGE_1), capture(body, f"{HERE}comment-page-1/", "comments", kind))
        assert [comment.key for comment in thread.comments] == ["3", "4"]


ATOM = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"><title>Comments on: Bridge</title>
<entry><title>By: Reader 1</title><link rel="alternate" href="https://holm.example/2024/03/bridge/#comment-1"/><author><name>Reader 1</name></author><id>https://holm.example/2024/03/bridge/#comment-1</id>
<updated>2024-04-02T08:00:00Z</updated><published>2024-04-02T08:00:00Z</published><content type="html">&lt;p&gt;What reader 1 thinks of it.&lt;/p&gt;</content>
<thr:in-reply-to ref="https://holm.example/2024/03/bridge/#comment-7" href="https://holm.example/2024/03/bridge/#comment-7"/></entry></feed>"""


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (ATOM, ("1", "Reader 1", "2024-04-02T08:00:00+00:00", "7", "What reader 1 thinks of it.")),
        (json.dumps({"found": 1, "comments": [{"ID": 5, "author": {"name": "Ida", "URL": "https://ida.example"}, "date": "2024-04-02T10:00:00+02:00", "content": "<p>It holds.</p>", "parent": {"ID": 4}, "type": "comment", "status": "approved"}]}),
         ("5", "Ida", "2024-04-02T10:00:00+02:00", "4", "It holds.")),
        (json.dumps({"feed": {"entry": [{"id": {"$t": "tag:blogger.com,1999:blog-3.post-55"}, "published": {"$t": "2024-04-02T10:00:00.001-07:00"}, "content": {"$t": "It<br>holds."}, "author": [{"name": {"$t": "Ida"}, "uri": {"$t": "https://ida.example"}}],
          "link": [{"rel": "related", "href": "https://www.blogger.com/feeds/3/77/comments/default/44"}], "thr$in-reply-to": {}}]}}),
         ("55", "Ida", "2024-04-02T10:00:00-07:00", "44", "It\nholds.")),
        (json.dumps({"total_replies": 1, "replies": [{"id": 8, "parent": None, "author": "Ida", "text": "<p>It holds.</p>", "created": 1712052000.4, "mode": 1, "website": None, "replies": []}, {"id": 9, "mode": 2, "text": "held", "created": 1712052000}]}),
         ("8", "Ida", "2024-04-02T10:00:00+00:00", "", "It holds.")),
        (json.dumps({"comments": [{"id": "a1", "html": "<p>It holds.</p>", "created_at": "2024-04-02T10:00:00.000Z", "in_reply_to_id": None, "member": {"name": "Ida"}, "status": "published", "replies": []}], "meta": {"pagination": {"total": 1}}}),
         ("a1", "Ida", "2024-04-02T10:00:00+00:00", "", "It holds.")),
        (json.dumps({"comments": [{"id": 6, "body": "It\n\nholds.", "name": "Ida", "date": "2024-04-02T10:00:00.000Z", "deleted": False, "children": []}]}),
         ("6", "Ida", "2024-04-02T10:00:00+00:00", "", "It\nholds.")),
        (json.dumps({"cursor": {}, "response": {"posts": [{"id": "31", "parent": 30, "author": {"name": "Ida"}, "createdAt": "2024-04-02T10:00:00", "message": "<p>It holds.</p>", "isDeleted": False}, {"id": "32", "isDeleted": True, "message": "x"}]}}),
         ("31", "Ida", "2024-04-02T10:00:00+00:00", "30", "It holds.")),
        (json.dumps({"post_stream": {"posts": [{"id": 1, "post_number": 1, "cooked": "<p>The topic</p>"}, {"id": 2, "post_number": 2, "reply_to_post_number": 1, "username": "ida", "created_at": "2024-04-02T10:00:00.000Z", "cooked": "<p>It holds.</p>"}]}}),
         ("2", "ida", "2024-04-02T10:00:00+00:00", "", "It holds.")),
        (json.dumps({"comments": [{"comment": {"id": "r1", "pid": "r0", "text": "<p>It holds.</p>", "user": {"name": "Ida"}, "time": "2024-04-02T10:00:00Z"}, "replies": []}]}),
         ("r1", "Ida", "2024-04-02T10:00:00+00:00", "r0", "It holds.")),
    ],
    ids=["feed", "wordpress.com", "blogger", "isso", "ghost", "substack", "disqus", "discourse", "remark42"],
)  # fmt: skip
def test_answers(body: str, wanted: tuple[str, str, str, str, str]) -> None:
    """Each system's answer, and only what is public in it."""
    answer = read_answer(capture(body, "https://holm.example/answer", "comments-api", "application/json"))
    assert answer is not None
    assert [(c.key, c.author, c.posted_at, c.parent, c.text) for c in answer.comments] == [wanted]


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("comments replies feed entry id body html children author author_name content $t response posts post_stream user parent date created member link".split()), inner, max_size=5),
                    max_leaves=20)  # fmt: skip


@given(JSON)
def test_any_answer_is_survived(data: Any) -> None:
    """Whatever an interface sends, the answer is comments or nothing."""
    answer = read_answer(capture(json.dumps(data), REST, "comments-api", "application/json"))
    assert answer is None or all(comment.key for comment in answer.comments)


# One thread from several readings


def test_twins_without_a_common_key() -> None:
    """The same author, day and words are one comment; what one source knows completes the other."""
    page = Comment("x1", "It holds, I am sure.", "Ida", posted_at="2024-04-02")
    feed = Comment("77", "It holds, I am sure.", "Ida", "https://ida.example", "2024-04-02T08:00:00+00:00")
    reply = Comment("78", "Is it?", "Per", posted_at="2024-04-02T09:00:00+00:00", parent="77")
    merged = merge([(page,), (feed, reply)])
    assert [(c.key, c.author_url, c.posted_at, c.parent) for c in merged] == [
        ("x1", "https://ida.example", "2024-04-02T08:00:00+00:00", ""),
        ("78", "", "2024-04-02T09:00:00+00:00", "x1"),
    ]


def test_the_same_words_twice_on_one_page_are_two_comments() -> None:
    """Somebody may press the button twice; another source then tells of two, not of four."""
    twice = (Comment("1", "Yes.", "Ida", posted_at="2024-04-02"), Comment("2", "Yes.", "Ida", posted_at="2024-04-02"))
    assert [c.key for c in merge([twice, twice])] == ["1", "2"]


COMMENTS = st.lists(
    st.builds(Comment, key=st.sampled_from("abcdef"), text=st.sampled_from(["Yes.", "No.", "It holds."]), author=st.sampled_from(["Ida", "Per"]),
              posted_at=st.sampled_from(["2024-04-02T10:00", "2024-04-03T10:00"]), parent=st.sampled_from(["", "a", "b"])),
    max_size=6, unique_by=lambda comment: comment.key,
).map(tuple)  # fmt: skip


@given(COMMENTS, COMMENTS)
def test_nothing_is_doubled_or_lost(one: tuple[Comment, ...], two: tuple[Comment, ...]) -> None:
    """A reading merged with itself is itself; with another, each key is there once and none of the first is gone."""
    assert {c.key for c in merge([one, one])} == {c.key for c in one}
    keys = [c.key for c in merge([one, two])]
    assert (len(set(keys)), {c.key for c in one} - set(keys)) == (len(keys), set())


# A real Isso


def test_a_real_isso() -> None:
    """A thread of three and a reply, from its own interface: each once, with its parent, and then nothing more is wanted."""
    with servers.isso("http://127.0.0.1:1") as url:
        first = servers.post_to_isso(url, "/bridge/", "Ida", "It will hold, I am sure.")
        servers.post_to_isso(url, "/bridge/", "Per", "Ask the bus driver.", parent=first)
        servers.post_to_isso(url, "/bridge/", "Zoë", "He says no.")
        page = f"{POST}<script data-isso='{url}/' src='{url}/js/embed.min.js'></script><section id='isso-thread'></section>"
        asked = read(page, url="http://127.0.0.1:1/bridge/")
        assert (asked.status, len(asked.wants)) == ("external:isso", 1)
        with urllib.request.urlopen(asked.wants[0].url, timeout=30) as answer:
            extra = capture(answer.read(), asked.wants[0].url, asked.wants[0].role, "application/json")
        thread = read(page, extra, url="http://127.0.0.1:1/bridge/")
        authors = {comment.key: comment.author for comment in thread.comments}
        found = [(comment.author, authors.get(comment.parent, ""), comment.text) for comment in thread.comments]
        assert sorted(found) == [("Ida", "", "It will hold, I am sure."), ("Per", "Ida", "Ask the bus driver."), ("Zoë", "", "He says no.")]
        assert (thread.status, thread.wants, all(comment.posted_at.endswith("+00:00") for comment in thread.comments)) == ("parsed", (), True)


def test_numbered_pages_inside_the_comments() -> None:
    """Drupal's pager counts from 0 and names no comments; outside the comments the same link is not asked for."""
    article = "".join(
        f"<article id='comment-{n}' class='comment js-comment by-anonymous'><p class='comment__submitted'><span class='username'>Reader {n}</span> on May {n}, 2024 - 10:00</p>"
        f"<div class='field--name-comment-body'><p>What reader {n} thinks.</p></div></article>"
        for n in (1, 2, 3)
    )
    pager = "<nav class='pager'><ul><li><a href='?page=1' title='Go to page 2'>2</a></li><li><a href='?page=1'>Next ›</a></li></ul></nav>"
    inside = f"{POST}<section><h2>Comments</h2>{article}{pager}</section>"
    outside = f"{POST}{pager}<section><h2>Comments</h2>{article}</section>"
    assert [[want.url for want in read(html).wants] for html in (inside, outside)] == [[f"{HERE}?page=1"], []]


def test_what_the_page_holds_back_is_told() -> None:
    """ "13 more comments" without a count or a page link: truncated."""
    html = wordpress([1, 2, 3], 3, head="").replace("<h2>3 comments</h2>", "<h2>Comments</h2>")
    assert [read(html).status, read(html.replace("</ol>", "</ol><a href='/all'>13 more comments...</a>")).status] == ["parsed", "truncated"]


def test_what_the_page_counts_for_machines() -> None:
    """A commentCount without a comment is not silence."""
    data = '<script type="application/ld+json">{"@type": "BlogPosting", "commentCount": 4}</script>'
    thread = read(POST + data)
    assert (thread.status, thread.notes) == ("truncated", ("the page counts 4 comments, 0 were found",))
