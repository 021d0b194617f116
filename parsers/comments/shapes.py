"""The JSON of comment systems, each read by its own shape. Pure.

What is deleted, held or hidden is not public and not read. Sources: WordPress's REST handbook, the WordPress.com
API, Blogger's feeds, and what the scripts of Isso, Ghost, Substack, Disqus, Discourse and Remark42 ask for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from ..dates import from_epoch, read_attribute
from ..model import Comment
from .loose import Json, atom_text, html_text, ident, last_number, plain_lines, string, table, tables, tree

Read = Callable[[Json], Iterator[Comment]]


def reader_of(data: Json) -> Read | None:
    """The reader that a document's shape asks for, or None."""
    if isinstance(data, list):
        return _wordpress if all(isinstance(item, dict) and "author_name" in item for item in data) else None
    if not isinstance(data, dict):
        return None
    first = next(tables(data.get("comments")), {})
    known: tuple[tuple[bool, Read], ...] = (
        (isinstance(data.get("feed"), dict), _blogger),
        (isinstance(table(data.get("post_stream")).get("posts"), list), _discourse),
        (isinstance(table(data.get("response")).get("posts"), list), _disqus),
        (isinstance(data.get("replies"), list), _isso),
        ("html" in first, _ghost),
        ("body" in first, _substack),
        ("user" in first or "comment" in first, _remark42),
        (isinstance(data.get("comments"), list), _wordpress_com),
    )
    return next((read for fits, read in known if fits), None)


def _wordpress(data: Json) -> Iterator[Comment]:
    """wp/v2/comments: `date` is the site's own time, `date_gmt` the same in UTC; together they tell the offset."""
    for item in data:
        if item.get("status", "approved") == "approved":
            yield Comment(
                key=ident(item.get("id")),
                text=html_text(string(table(item.get("content")).get("rendered"))),
                author=html_text(string(item.get("author_name"))),
                author_url=string(item.get("author_url")),
                posted_at=_with_offset(string(item.get("date")), string(item.get("date_gmt"))),
                permalink=string(item.get("link")),
                parent=ident(item.get("parent")),
                kind=_kind(item.get("type")),
            )


def _wordpress_com(data: Json) -> Iterator[Comment]:
    """rest/v1.1 replies."""
    for item in tables(data.get("comments")):
        if item.get("status", "approved") == "approved":
            author = table(item.get("author"))
            yield Comment(
                key=ident(item.get("ID")),
                text=html_text(string(item.get("content"))),
                author=html_text(string(author.get("name"))),
                author_url=string(author.get("URL")),
                posted_at=read_attribute(string(item.get("date"))),
                permalink=string(item.get("URL")),
                parent=ident(table(item.get("parent")).get("ID")),
                kind=_kind(item.get("type")),
            )


def _blogger(data: Json) -> Iterator[Comment]:
    """A comment feed with alt=json; times are exact, the parent is `thr:in-reply-to` or the related link."""
    for entry in tables(table(data.get("feed")).get("entry")):
        if any(each.get("name") == "blogger.contentRemoved" for each in tables(entry.get("gd$extendedProperty"))):
            continue
        author = next(tables(entry.get("author")), {})
        links = {string(link.get("rel")): string(link.get("href")) for link in tables(entry.get("link"))}
        reply = string(table(entry.get("thr$in-reply-to")).get("source"))
        yield Comment(
            key=last_number(atom_text(entry.get("id"))),
            text=html_text(atom_text(entry.get("content") or entry.get("summary"))),
            author=atom_text(author.get("name")),
            author_url=atom_text(author.get("uri")),
            posted_at=read_attribute(atom_text(entry.get("published"))),
            permalink=links.get("alternate", ""),
            parent=_comment_number(links.get("related", "")) or _comment_number(reply),
        )


def _isso(data: Json) -> Iterator[Comment]:
    """Isso: mode 1 is public, 2 held, 4 deleted; `hidden_replies` tells of replies that were not sent."""
    for item, parent in tree(data.get("replies"), "replies"):
        if item.get("mode", 1) == 1:
            yield Comment(
                key=ident(item.get("id")),
                text=html_text(string(item.get("text"))),
                author=string(item.get("author")),
                author_url=string(item.get("website")),
                posted_at=_epoch(item.get("created")),
                parent=ident(item.get("parent")) or parent,
            )


def _ghost(data: Json) -> Iterator[Comment]:
    """Ghost: at most three replies are sent along with a comment."""
    for item, parent in tree(data.get("comments"), "replies"):
        if item.get("status", "published") == "published":
            yield Comment(
                key=string(item.get("id")),
                text=html_text(string(item.get("html"))),
                author=string(table(item.get("member")).get("name")),
                posted_at=read_attribute(string(item.get("created_at"))),
                parent=string(item.get("in_reply_to_id")) or parent,
            )


def _substack(data: Json) -> Iterator[Comment]:
    """Substack: a tree by `children`."""
    for item, parent in tree(data.get("comments"), "children"):
        if not item.get("deleted") and item.get("status") not in ("moderator_removed", "held"):
            handle = string(item.get("handle"))
            yield Comment(
                key=ident(item.get("id")),
                text=plain_lines(string(item.get("body"))),
                author=string(item.get("name")),
                author_url=f"https://substack.com/@{handle}" if handle else "",
                posted_at=read_attribute(string(item.get("date"))),
                parent=parent,
            )


def _disqus(data: Json) -> Iterator[Comment]:
    """Disqus's embed data: `createdAt` is UTC without saying so."""
    for item in tables(table(data.get("response")).get("posts")):
        if item.get("isDeleted") or item.get("isApproved") is False:
            continue
        author, at = table(item.get("author")), read_attribute(string(item.get("createdAt")))
        yield Comment(
            key=ident(item.get("id")),
            text=html_text(string(item.get("message"))),
            author=string(author.get("name")),
            author_url=string(author.get("url")) or string(author.get("profileUrl")),
            posted_at=at + "+00:00" if len(at) == 19 else at,
            parent=ident(item.get("parent")),
        )


def _discourse(data: Json) -> Iterator[Comment]:
    """A topic's JSON: the first post is the topic itself, and an answer to it has no parent."""
    posts = list(tables(table(data.get("post_stream")).get("posts")))
    numbers = {ident(post.get("post_number")): ident(post.get("id")) for post in posts if post.get("post_number") != 1}
    for post in posts:
        if post.get("post_number") == 1 or post.get("hidden") or post.get("user_deleted") or post.get("post_type", 1) != 1:
            continue
        yield Comment(
            key=ident(post.get("id")),
            text=html_text(string(post.get("cooked"))),
            author=string(post.get("display_username")) or string(post.get("username")),
            posted_at=read_attribute(string(post.get("created_at"))),
            parent=numbers.get(ident(post.get("reply_to_post_number")), ""),
        )


def _remark42(data: Json) -> Iterator[Comment]:
    """Remark42, flat or as a tree."""
    for node, _ in tree(data.get("comments"), "replies"):
        item = table(node.get("comment")) or node
        if not item.get("delete"):
            yield Comment(
                key=string(item.get("id")),
                text=html_text(string(item.get("text"))),
                author=string(table(item.get("user")).get("name")),
                posted_at=read_attribute(string(item.get("time"))),
                parent=string(item.get("pid")),
            )


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


def _kind(value: Json) -> str:
    return value if value in ("pingback", "trackback") else "comment"


def _epoch(value: Json) -> str:
    return from_epoch(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _comment_number(url: str) -> str:
    match = re.search(r"/comments/default/(\d+)", url)
    return match[1] if match else ""
