"""Bytes to text as browsers do it, and the refusal of what no parser should touch. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from w3lib.encoding import html_to_unicode

from .errors import NotText, TooComplex
from .model import Capture

MAX_TAGS = 150_000
MAX_DEPTH = 5_000
MAX_ATTRIBUTES = 1_000
_BINARY = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"SQLite format 3", b"\x7fELF")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def decode(capture: Capture) -> tuple[str, str]:
    """Bytes to text as browsers do: BOM, HTTP header, meta, else UTF-8 or what fits (WHATWG Encoding).

    Returns (encoding, text). Raises NotText for an empty or a binary body.
    """
    body = capture.body
    if not body.strip(b"\x00 \t\r\n"):
        raise NotText(capture.url, "the page is empty")
    head = body[:1024]
    if head.startswith(_BINARY):
        raise NotText(capture.url, "this is a binary file, not a page")
    encoding, text = html_to_unicode(capture.header("content-type") or None, body, default_encoding="utf-8")
    if text.count("\x00") > len(text) // 100 or len(_CONTROLS.findall(text, 0, 2048)) > 100:
        raise NotText(capture.url, "this is a binary file, not a page")
    return encoding, text


def guard(url: str, text: str) -> None:
    """Refuse what would take the parser minutes: Lexbor is quadratic in nesting and in attributes.

    Raises TooComplex. The limits lie far above any page seen (41 levels, 30 attributes).
    """
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise TooComplex(url, f"it has more than {MAX_TAGS} tags")
    if tags > 4 * MAX_DEPTH and _depth(text) > MAX_DEPTH:  # below, the worst nesting takes under a second
        raise TooComplex(url, f"it is nested more than {MAX_DEPTH} deep")
    for part in _long_parts(text, 2 * MAX_ATTRIBUTES):
        if _attributes(part) > MAX_ATTRIBUTES:
            raise TooComplex(url, f"it has more than {MAX_ATTRIBUTES} attributes in one tag")


def _long_parts(text: str, size: int) -> Iterator[str]:
    """What stands between one `<` and the next, where that is more than `size` letters; looks at few of the others.

    >>> list(_long_parts("intro<b>b<a title='long'>", 4))
    ['intro', "a title='long'>"]
    """
    at = -1  # the `<` before the part
    while len(text) - at - 1 > size:
        near = text.rfind("<", at + 1, at + size + 2)
        if near >= 0:
            at = near
            continue
        end = text.find("<", at + size + 2)
        end = end if end >= 0 else len(text)
        yield text[at + 1 : end]
        at = end


_OPENS = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,30}\s+[A-Za-z_:@][\w:.-]{0,50}(?:=[\"'\w]|\s+[A-Za-z_:@][\w:.-]{0,50}[\s=])")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _attributes(part: str) -> int:
    """How many attributes the tag has that opens here; what a script compares with `<` is no tag."""
    end = part.find(">", 0, 2 * MAX_ATTRIBUTES)
    if end >= 0 and part.count('"', 0, end) % 2 == part.count("'", 0, end) % 2 == 0:
        return 0  # the tag ended early; what is long is the text behind it
    return len(_QUOTED.sub("", part).partition(">")[0].split()) if _OPENS.match(part) else 0


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p dt dd tr td th option".split())


def _depth(text: str) -> int:
    """An estimate of the nesting: tags opened and not closed, but for those that close by themselves."""
    depth = most = 0
    for close, name in _TAG.findall(text):
        if name.lower() in _VOID:
            continue
        depth = depth + 1 if not close else max(0, depth - 1)
        most = max(most, depth)
    return most
