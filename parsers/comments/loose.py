"""Values of JSON and of markup as others send them: the right kind or nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..errors import ParseError
from ..model import Capture
from ..page import open_page

Json = Any
MOST_DEPTH = 100  #: of a tree of replies


def html_text(html: str) -> str:
    """The words of a piece of HTML, one line a block or `<br>`.

    >>> html_text("<p>One &amp; two<br>three</p><p>Four</p>")
    'One & two\\nthree\\nFour'
    """
    if not html.strip():
        return ""
    if "<" not in html and "&" not in html:
        return plain_lines(html)
    body = b"<!doctype html><meta charset=utf-8><body>" + html.encode("utf-8", "replace")
    try:
        page = open_page(Capture("", body, headers=(("content-type", "text/html"),)))
    except ParseError:
        return ""
    return "\n".join(line.text for line in page.lines)


def plain_lines(text: str) -> str:
    """A text without empty lines, white space folded."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def tree(items: Json, below: str) -> Iterator[tuple[dict[str, Json], str]]:
    """Items of a tree with their parent's id, parents first, without recursion."""
    stack = [(item, "", 0) for item in reversed(items if isinstance(items, list) else [])]
    while stack:
        item, parent, depth = stack.pop()
        if not isinstance(item, dict):
            continue
        yield item, parent
        kids = item.get(below)
        if isinstance(kids, list) and depth < MOST_DEPTH:
            stack += [(kid, ident(item.get("id")), depth + 1) for kid in reversed(kids)]


def table(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def tables(value: Json) -> Iterator[dict[str, Json]]:
    """The objects of a list."""
    return (item for item in (value if isinstance(value, list) else ()) if isinstance(item, dict))


def string(value: Json) -> str:
    return value if isinstance(value, str) else ""


def whole(value: Json) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def ident(value: Json) -> str:
    """An id as text; 0 stands for none."""
    return str(value) if isinstance(value, (int, str)) and not isinstance(value, bool) and value not in (0, "0") else ""


def atom_text(value: Json) -> str:
    """The text of an Atom element in Google's JSON."""
    return string(value.get("$t")) if isinstance(value, dict) else ""


def last_number(text: str) -> str:
    match = re.search(r"(\d+)\D*$", text)
    return match[1] if match else ""
