"""What interfaces answer, as comments: JSON by its shape (`shapes.py`), and feeds. Pure.

An answer is told by its own shape and not by who was asked, since archives keep them without saying.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ..dates import read_attribute
from ..decode import MAX_TAGS
from ..model import Capture, Comment, Want
from .asks import PER_PAGE, following
from .loose import Json, html_text, last_number, string, table, tables, whole
from .shapes import reader_of

MOST = 20_000  #: comments of one answer
MOST_ENTITIES = 300  #: that a feed declares; an entity bomb declares few or many, and no feed of comments any
_PAGE = re.compile(r"[?&]page=(\d+)")
_FEEDS = (b"<rss", b"<feed", b"<rdf:RDF")


@dataclass(frozen=True, slots=True)
class Answer:
    """Comments of one extra, and what else it takes to have all."""

    comments: tuple[Comment, ...] = ()
    wants: tuple[Want, ...] = ()
    complete: bool = False  #: True where this is the end of all that the interface has


def read_answer(capture: Capture) -> Answer | None:
    """Comments from JSON or a feed; None where the capture is neither."""
    if capture.status >= 400:
        return Answer()
    head = capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head in (b"{", b"["):
        return _read_json(capture)
    if any(mark in capture.body[:2000] for mark in _FEEDS):
        return Answer(tuple(comment for comment in _feed(capture) if comment.key))
    return None


def _read_json(capture: Capture) -> Answer:
    try:
        data = json.loads(capture.body)
    except (ValueError, RecursionError):
        return Answer()
    read = reader_of(data)
    if read is None:
        return Answer()
    found = tuple(comment for comment in islice(read(data), MOST) if comment.key)
    match = _PAGE.search(capture.url)
    if match is not None and found and int(match[1]) * PER_PAGE < _total(data, capture):
        return Answer(found, (Want(following(capture.url, "page", int(match[1]) + 1), "comments-api"),))
    return Answer(found, (), True)


def _total(data: Json, capture: Capture) -> int:
    """How many comments the interface has, as far as it says; a full page may have another after it."""
    header = capture.header("x-wp-total")
    if header.isdigit():
        return int(header[:9])
    if isinstance(data, list):
        return 10**9 if len(data) == PER_PAGE else 0
    return whole(data.get("found")) or whole(table(table(data.get("meta")).get("pagination")).get("total"))


def _feed(capture: Capture) -> Iterator[Comment]:
    """An RSS or Atom feed of one post's comments; "By: Ann" and "Comment on X by Ann" are titles, not authors."""
    import feedparser  # takes longer to load than most pages to read, and few threads need a feed

    body, kind = capture.body, capture.header("content-type")
    if body.count(b"<!ENTITY") > MOST_ENTITIES or body.count(b"<") > MAX_TAGS:
        return
    headers = {"content-type": kind} if kind else {}
    found = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    for entry in found.entries[:MOST]:
        content = next(tables(entry.get("content")), {})
        link = string(entry.get("link"))
        match = re.search(r"#comment-(\d+)", link or string(entry.get("id")))
        yield Comment(
            key=match[1] if match else string(entry.get("id")) or link,
            text=html_text(string(content.get("value") or entry.get("summary"))),
            author=string(entry.get("author")),
            posted_at=read_attribute(string(entry.get("published") or entry.get("updated"))),
            permalink=link,
            parent=last_number(string(table(entry.get("thr_in-reply-to")).get("ref"))),
        )
