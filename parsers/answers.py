"""What interfaces answer, as comments: WordPress, WordPress.com, Blogger, Isso, Ghost, Substack, Disqus, feeds. Pure.

An answer is told by its own shape and not by who was asked, since archives keep them without saying. What is
deleted, held or hidden is not public and not read.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import feedparser

from .asks import PER_PAGE, following
from .dates import from_epoch, read_attribute
from .model import Capture, Comment, Want
from .page import open_page

Json = Any
MOST = 20_000  #: comments of one answer
MOST_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Answer:
    """Comments of one extra, and what else it takes to have all."""

    comments: tuple[Comment, ...] = ()
    wants: tuple[Want, ...] = ()
    whole: bool = False  #: True where this is the end of all that the interface has


def read_answer(capture: Capture) -> Answer | None:
    """Comments from JSON or a feed; None where the capture is neither."""
    if capture.status >= 400:
        return Answer()
    head = capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head in (b"{", b"["):
        return _read_json(capture)
    if b"<rss" in capture.body[:2000] or b"<feed" in capture.body[:2000] or b"<rdf:RDF" in capture.body[:2000]:
        return Answer(tuple(_feed(capture.body)))
    return None


def _read_json(capture: Capture) -> Answer:
    try:
        data = json.loads(capture.body)
    except (ValueError, RecursionError):
        return Answer()
    return _read(data, capture)


def _read(data: Json, capture: Capture) -> Answer:
    for fits, read in _SHAPES:
        if fits(data):
            found = tuple(comment for _, comment in zip(range(MOST), read(data), strict=False) if comment is not None)
            return _with_more(Answer(found), data, capture)
    return Answer()


def _with_more(answer: Answer, data: Json, capture: Capture) -> Answer:
    """What follows a first page of answers."""
    url, total, here = capture.url, _total(data, capture), len(data) if isinstance(data, list) else len(answer.comments)
    match = re.search(r"[?&]page=(\d+)", url)
    if match is not None and total and int(match[1]) * PER_PAGE < total and here:
        return Answer(answer.comments, (Want(following(url, "page", int(match[1]) + 1), "comments-api"),))
    return Answer(answer.comments, (), True)


def _total(data: Json, capture: Capture) -> int:
    header = capture.header("x-wp-total")
    if header.isdigit():
        return int(header)
    if isinstance(data, dict):
        found = data.get("found")
        if isinstance(found, int):
            return found
        pages = data.get("meta")
        if isinstance(pages, dict) and isinstance(pages.get("pagination"), dict):
            return _int(pages["pagination"].get("total"))
    return len(data) + PER_PAGE if isinstance(data, list) and len(data) == PER_PAGE else 0


# Shapes


def _wordpress(data: Json) -> Iterator[Comment | None]:
    """wp/v2/comments: `date` is the site's own time, `date_gmt` the same in UTC; together they tell the offset."""
    for item in data:
        if item.get("status", "approved") != "approved":
            continue
        yield Comment(
            key=str(item.get("id") or ""), text=html_text(_rendered(item.get("content"))), author=html_text(_str(item.get("author_name"))),
            author_url=_str(item.get("author_url")), posted_at=_with_offset(_str(item.get("date")), _str(item.get("date_gmt"))),
            permalink=_str(item.get("link")), parent=_id(item.get("parent")), kind=_kind(item.get("type")),
        )  # fmt: skip


def _wordpress_com(data: Json) -> Iterator[Comment | None]:
    """rest/v1.1 replies."""
    for item in data["comments"]:
        if not isinstance(item, dict) or item.get("status", "approved") != "approved":
            continue
        author = item.get("author") if isinstance(item.get("author"), dict) else {}
        parent = item.get("parent")
        yield Comment(
            key=_id(item.get("ID")), text=html_text(_str(item.get("content"))), author=html_text(_str(author.get("name"))),
            author_url=_str(author.get("URL")), posted_at=read_attribute(_str(item.get("date"))), permalink=_str(item.get("URL")),
            parent=_id(parent.get("ID")) if isinstance(parent, dict) else "", kind=_kind(item.get("type")),
        )  # fmt: skip


def _blogger(data: Json) -> Iterator[Comment | None]:
    """A comment feed with alt=json; times are exact, the parent is `thr:in-reply-to` or the related link."""
    for entry in data["feed"].get("entry") or []:
        properties = {p.get("name"): p.get("value") for p in entry.get("gd$extendedProperty") or [] if isinstance(p, dict)}
        if "blogger.contentRemoved" in properties:
            continue
        author = (entry.get("author") or [{}])[0]
        links = [link for link in entry.get("link") or [] if isinstance(link, dict)]
        content = entry.get("content") or entry.get("summary") or {}
        related = next((_str(link.get("href")) for link in links if link.get("rel") == "related"), "")
        reply = entry.get("thr$in-reply-to") or {}
        yield Comment(
            key=_last_number(_text(entry.get("id"))), text=html_text(_text(content)), author=_text(author.get("name")),
            author_url=_text(author.get("uri")), posted_at=read_attribute(_text(entry.get("published"))),
            permalink=next((_str(link.get("href")) for link in links if link.get("rel") == "alternate"), ""),
            parent=_comment_number(related) or _comment_number(_str(reply.get("source"))),
        )  # fmt: skip


def _isso(data: Json) -> Iterator[Comment | None]:
    """Isso: mode 1 is public, 2 held, 4 deleted; `hidden_replies` tells of replies that were not sent."""
    for item, parent in _tree(data["replies"], "replies"):
        if item.get("mode", 1) != 1:
            continue
        yield Comment(
            key=_id(item.get("id")), text=html_text(_str(item.get("text"))), author=_str(item.get("author")), author_url=_str(item.get("website")),
            posted_at=_epoch(item.get("created")), parent=_id(item.get("parent")) or parent,
        )  # fmt: skip


def _ghost(data: Json) -> Iterator[Comment | None]:
    """Ghost: at most three replies are sent along with a comment."""
    for item, parent in _tree(data["comments"], "replies"):
        if item.get("status", "published") != "published":
            continue
        member = item.get("member") if isinstance(item.get("member"), dict) else {}
        yield Comment(
            key=_str(item.get("id")), text=html_text(_str(item.get("html"))), author=_str(member.get("name")),
            posted_at=read_attribute(_str(item.get("created_at"))), parent=_str(item.get("in_reply_to_id")) or parent,
        )  # fmt: skip


def _substack(data: Json) -> Iterator[Comment | None]:
    """Substack: a tree by `children`."""
    for item, parent in _tree(data["comments"], "children"):
        if item.get("deleted") or item.get("status") in ("moderator_removed", "held"):
            continue
        handle = _str(item.get("handle"))
        yield Comment(
            key=_id(item.get("id")), text=_lines(_str(item.get("body"))), author=_str(item.get("name")), parent=parent,
            author_url=f"https://substack.com/@{handle}" if handle else "", posted_at=read_attribute(_str(item.get("date"))),
        )  # fmt: skip


def _disqus(data: Json) -> Iterator[Comment | None]:
    """Disqus's embed data: `createdAt` is UTC without saying so."""
    for item in data["response"]["posts"]:
        if not isinstance(item, dict) or item.get("isDeleted") or item.get("isApproved") is False:
            continue
        author = item.get("author") if isinstance(item.get("author"), dict) else {}
        at = read_attribute(_str(item.get("createdAt")))
        yield Comment(
            key=_id(item.get("id")), text=html_text(_str(item.get("message"))), author=_str(author.get("name")), parent=_id(item.get("parent")),
            author_url=_str(author.get("url")) or _str(author.get("profileUrl")), posted_at=at + "+00:00" if len(at) == 19 else at,
        )  # fmt: skip


def _discourse(data: Json) -> Iterator[Comment | None]:
    """A topic's JSON: the first post is the topic itself."""
    posts = [post for post in data["post_stream"].get("posts") or [] if isinstance(post, dict)]
    numbers = {post.get("post_number"): _id(post.get("id")) for post in posts}
    for post in posts:
        if post.get("post_number") == 1 or post.get("hidden") or post.get("user_deleted") or post.get("post_type", 1) != 1:
            continue
        parent = post.get("reply_to_post_number")
        yield Comment(
            key=_id(post.get("id")), text=html_text(_str(post.get("cooked"))), author=_str(post.get("display_username")) or _str(post.get("username")),
            posted_at=read_attribute(_str(post.get("created_at"))), parent=numbers.get(parent, "") if parent not in (None, 1) else "",
        )  # fmt: skip


def _remark42(data: Json) -> Iterator[Comment | None]:
    """Remark42, flat or as a tree."""
    flat = [item.get("comment", item) for item, _ in _tree(data["comments"], "replies")]
    for item in flat:
        if not isinstance(item, dict) or item.get("delete"):
            continue
        user = item.get("user") if isinstance(item.get("user"), dict) else {}
        yield Comment(
            key=_str(item.get("id")), text=html_text(_str(item.get("text"))), author=_str(user.get("name")), parent=_str(item.get("pid")),
            posted_at=read_attribute(_str(item.get("time"))),
        )  # fmt: skip


def _has(*path: str) -> Callable[[Json], bool]:
    def fits(data: Json) -> bool:
        for key in path:
            if not isinstance(data, dict) or key not in data:
                return False
            data = data[key]
        return True

    return fits


def _first(data: Json, name: str) -> dict[str, Json]:
    items = data.get(name) if isinstance(data, dict) else None
    return items[0] if isinstance(items, list) and items and isinstance(items[0], dict) else {}


_SHAPES: tuple[tuple[Callable[[Json], bool], Callable[[Json], Iterator[Comment | None]]], ...] = (
    (
        lambda data: isinstance(data, list) and all(isinstance(item, dict) and "author_name" in item for item in data),
        _wordpress,
    ),
    (lambda data: isinstance(data, dict) and isinstance(data.get("feed"), dict), _blogger),
    (_has("post_stream", "posts"), _discourse),
    (_has("response", "posts"), _disqus),
    (lambda data: isinstance(data, dict) and isinstance(data.get("replies"), list), _isso),
    (lambda data: "html" in _first(data, "comments"), _ghost),
    (lambda data: "body" in _first(data, "comments"), _substack),
    (lambda data: "user" in _first(data, "comments") or "comment" in _first(data, "comments"), _remark42),
    (lambda data: isinstance(data, dict) and isinstance(data.get("comments"), list), _wordpress_com),
)


def _feed(body: bytes) -> Iterator[Comment]:
    """An RSS or Atom feed of one post's comments; "By: Ann" and "Comment on X by Ann" are titles, not authors."""
    for entry in feedparser.parse(io.BytesIO(body)).entries[:MOST]:
        content = entry.get("content") or [{}]
        link = _str(entry.get("link"))
        match = re.search(r"#comment-(\d+)", link or _str(entry.get("id")))
        yield Comment(
            key=match[1] if match else _str(entry.get("id")) or link, text=html_text(_str(content[0].get("value") or entry.get("summary"))),
            author=_str(entry.get("author")), posted_at=read_attribute(_str(entry.get("published") or entry.get("updated"))), permalink=link,
            parent=_last_number(_str((entry.get("thr_in-reply-to") or {}).get("ref"))),
        )  # fmt: skip


# Small readers


def html_text(html: str) -> str:
    """The words of a piece of HTML, one line a block or `<br>`.

    >>> html_text("<p>One &amp; two<br>three</p><p>Four</p>")
    'One & two\\nthree\\nFour'
    """
    if not html.strip():
        return ""
    if "<" not in html and "&" not in html:
        return _lines(html)
    body = b"<!doctype html><meta charset=utf-8><body>" + html.encode("utf-8", "replace")
    return "\n".join(line.text for line in open_page(Capture("", body, headers=(("content-type", "text/html"),))).lines)


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _tree(items: Json, below: str) -> Iterator[tuple[dict[str, Json], str]]:
    """Items of a tree with their parent's id, parents first, without recursion."""
    stack = [(item, "", 0) for item in reversed(items if isinstance(items, list) else [])]
    while stack:
        item, parent, depth = stack.pop()
        if not isinstance(item, dict):
            continue
        yield item, parent
        kids = item.get(below)
        if isinstance(kids, list) and depth < MOST_DEPTH:
            stack += [(kid, _id(item.get("id")), depth + 1) for kid in reversed(kids)]


def _with_offset(local: str, gmt: str) -> str:
    """A local time with the offset that its twin in UTC tells.

    >>> _with_offset("2024-05-01T12:30:00", "2024-05-01T10:30:00"), _with_offset("2024-05-01T12:30:00", "")
    ('2024-05-01T12:30:00+02:00', '2024-05-01T12:30:00')
    """
    at = read_attribute(local)
    if len(at) != 19 or len(gmt) < 19:
        return at
    try:
        minutes = round((datetime.fromisoformat(at) - datetime.fromisoformat(gmt[:19])).total_seconds() / 60)
    except ValueError:
        return at
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"{at}{sign}{size // 60:02}:{size % 60:02}" if size <= 14 * 60 else at


def _str(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _int(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _id(value: Json) -> str:
    return str(value) if isinstance(value, (int, str)) and value not in (0, "0", False, True) else ""


def _text(value: Json) -> str:
    return _str(value.get("$t")) if isinstance(value, dict) else ""


def _rendered(value: Json) -> str:
    return _str(value.get("rendered")) if isinstance(value, dict) else ""


def _kind(value: Json) -> str:
    return value if value in ("pingback", "trackback") else "comment"


def _epoch(value: Json) -> str:
    return from_epoch(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _last_number(text: str) -> str:
    match = re.search(r"(\d+)\D*$", text)
    return match[1] if match else ""


def _comment_number(url: str) -> str:
    match = re.search(r"/comments/default/(\d+)", url)
    return match[1] if match else ""
