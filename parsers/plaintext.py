"""Plain text into the same stream as HTML: a paragraph is a block, a line end a break.

Flattened dumps of web pages come this way; they have no bold, no headings and no links, only lines.
"""

from __future__ import annotations

import re
from itertools import islice

from .model import Capture
from .walk import Element, Line, Stream

_TAGS = re.compile(r"<(?:!doctype|/?[a-z][a-z0-9]{0,14})(?=[\s/>])", re.I)


def is_plain_text(capture: Capture, text: str) -> bool:
    """True where the server says so and no markup contradicts it, or where there is no markup to speak of.

    A post about HTML, dumped as text, holds a few tags as words; a page begins with one.
    """
    kind = capture.header("content-type").partition(";")[0].strip().lower()
    head = text[:20_000].lstrip("\ufeff \t\r\n")
    if head[:1] == "<":
        few = 3 if kind == "text/plain" else 1
        return len(list(islice(_TAGS.finditer(head), few))) < few
    return kind == "text/plain" or len(_TAGS.findall(head)) * 400 < len(head)


def walk_text(page: Stream, text: str) -> None:
    """Fill a page without elements: one block a paragraph, one line a line."""
    body = Element("body", {}, None, 0, 0, 0)
    page.elements.append(body)
    block: Element | None = None
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not raw.strip():
            block = None
            continue
        if block is None:
            block = Element("p", {}, body, len(page.elements), len(page.texts), 0)
            page.elements.append(block)
        elif page.lines:
            page.lines[-1].broken = True
        page.line_of.append(len(page.lines))
        page.lines.append(Line(len(page.lines), block, len(page.texts), len(page.texts) + 1, " ".join(raw.split()), False))
        page.texts.append(raw)
        page.homes.append(block)
        block.t1, block.end = len(page.texts), len(page.elements)
    body.t1, body.end = len(page.texts), len(page.elements)
    page.by_tag = {"body": [body], "p": page.elements[1:]}
