"""Bylines in a text dump, where styles and line breaks are gone: run into their text, or onto its end. Pure."""

from __future__ import annotations

import re

from ..bylines import plausible, read

#: characters in which a byline is looked for, at either end of a paragraph
MOST = 170

_JOINT = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[)）])(?=[^\W\d_])|(?<=[A-Z]{3})(?=[A-Z][a-z])|(?<=[.])(?=[A-Z][a-z])")
_STOP = re.compile(r"\.\s+(?=[\"“„«]?[^\W\d_a-z])")
_ENDED = re.compile(r"(?<=[^\w\s,;(\[\-–—/&@#.][^\w\s])(?=[^\W\d_a-z]\w)|(?<=[.!?。”\"'’…\x94\x92])(?=[^\W\d_a-z]\w)")
_PREFIXES = ("Mc", "Mac", "De", "Le", "La", "Van", "O'", "O’", "D'", "D’", "Fitz", "Di", "Du", "Da")


def lead_of(text: str) -> tuple[int, str]:
    """Where a byline ends that a paragraph begins with, and how: "glue" or "."; (0, "") where none does.

    >>> lead_of("Ann Lee, Senior Lecturer, Troy UniversityThe river will win, as it always has.")
    (41, 'glue')
    """
    best, found = 0.0, (0, "")
    for pattern, how in ((_JOINT, "glue"), (_STOP, ".")):
        for match in list(pattern.finditer(text[:MOST]))[:6]:
            raw = text[: match.start()]
            if raw.endswith(_PREFIXES) or raw.count(" ") > 16 or len(text) - match.end() < 12 or not plausible(raw):
                continue
            reading = read(raw)
            worth = reading.weight + 0.1 if reading is not None else 0.0
            if worth > best and (worth > 0.2 or raw.count(" ") < 5):
                best, found = worth, (match.end(), how)
    return found


def tail_of(text: str) -> int:
    """Where a byline begins that was glued onto the end of a paragraph, or 0.

    >>> tail_of("And so the river won.Ann Lee, Lecturer, Troy University")
    21
    """
    for match in list(_ENDED.finditer(text, max(0, len(text) - MOST)))[-4:]:
        raw = text[match.start() :]
        if match.start() > 20 and plausible(raw):
            reading = read(raw)
            if reading is not None and (reading.expert.positions or "(" in raw):
                return match.start()
    return 0
