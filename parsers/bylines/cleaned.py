"""An organisation's name without what trails behind it and is none of it. Pure."""

from __future__ import annotations

import re

from . import words as w
from .phrases import unstopped
from .words import flags, is_place

_LAST_BRACKET = re.compile(r"\s*\(([^()]*)\)$")


def cleaned(org: str) -> str:
    """An organisation without what trails behind it: a handle, figures, a medium, an article before it."""
    org = re.sub(r"\s*\((?:[^()]*\d{3}[^()]*|opens in [^()]*|as [^()]*|[^()]*@[^()]*)\)", "", org)
    bracket = _LAST_BRACKET.search(org)
    if bracket and is_place(bracket.group(1)):
        org = org[: bracket.start()]
    org = re.sub(r"\s+@\w+$", "", org).strip(" ,;:–—-")
    if sum(org.count(mark) for mark in '"”“„«»') % 2:
        org = org.strip('"”“„«»')
    words = org.split()
    for place, word in enumerate(words[1:], 1):
        if word == "on" and all(flags(other) & w.MEDIA for other in words[place + 1 :]) and place + 1 < len(words):
            org = " ".join(words[:place])
            break
    if org[:1] == "ב" and flags(org.split()[0][1:]) & w.ORG and not flags(org.split()[0]) & w.ORG:
        org = org[1:]  # the Hebrew "at" is a prefix
    return unstopped(org.strip())
