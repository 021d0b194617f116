"""What of a page's words reaches a terminal, and how much. Pure."""

from __future__ import annotations

import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # C0, C1, and what turns the writing around


def printable(text: str) -> str:
    """Text without what would steer a terminal; a page's words are not to be trusted with that.

    >>> printable("red\x1b[31m alert")
    'red[31m alert'
    """
    return _CONTROLS.sub("", text)


def first_words(text: str, count: int) -> str:
    """The beginning of a text.

    >>> first_words("one two three", 2)
    'one two …'
    """
    words = text.split(None, count)
    return " ".join(words[:count]) + (" …" if len(words) > count else "")
