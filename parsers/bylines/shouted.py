"""Bylines in capitals throughout, which hide what small letters tell: "ANN LEE, HEAD OF DATA". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Position
from . import words as w
from .marks import Line
from .names import Found, Name
from .trust import VOWEL, cased
from .ways import readings
from .words import flags

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ELISION = re.compile(r"(?:[DL]|DELL|ALL|NELL|SULL|DALL)['’](?=[^\W\d_])")
_PARTS = re.compile(r"[,:;|(\n–—]|\s-\s")
_LINKS = w.LINK | w.AND | w.ARTICLE
_SMALL = w.AND | w.PARTICLE | w.LINK
#: what is said of a word in small letters as well: such a word is no run of initials
_SPELLED = w.WORD | w.TOPIC | w.MODIFIER | w.ROLE | w.ORG | w.GIVEN | w.MAYBE | w.FAMILY | w.KNOWN_FAMILY | w.PLACE


def shouted(text: str) -> bool:
    """Whether a text of several words has no small letter; Georgian and the scripts of the East have none to lose."""
    return text.isupper() and text.count(" ") > 2 and cased(text[0])


def aloud(line: Line) -> Iterator[Found]:
    """The readings of a line in capitals, by what it would be in small letters, printed as it was."""
    spoken = _WORD.sub(_lowered, line.text)
    if len(spoken) != len(line.text):
        yield from readings(line)
        return
    for name, positions, how in readings(line._replace(text=spoken)):
        printed = tuple(Position(_shown(line, spoken, p.role), _shown(line, spoken, p.affiliation)) for p in positions)
        yield Name(_shown(line, spoken, name.text), _shown(line, spoken, name.honorific), name.trust, name.words), printed, how


def _shown(line: Line, spoken: str, text: str) -> str:
    """A part of a text as it was printed."""
    at = spoken.find(text)
    return line.text[at : at + len(text)] if at >= 0 else text.upper()


def _lowered(match: re.Match[str]) -> str:
    """A word as it would stand in a byline in small and capital letters; letters that may stand for words stay as they are."""
    word = match.group()
    found = flags(word)
    before = match.string[: match.start()].rstrip()
    opens, named = not before or not (before[-1].isalnum() or before[-1] in ".'’&"), _PARTS.search(before) is None
    if not opens and found & (_SMALL if named else _LINKS) and len(word) < 6:
        return word.lower()
    elision = _ELISION.match(word)
    if elision and match.start():
        return word[: elision.end()].lower() + word[elision.end() :].capitalize()
    letters = len(word) < 5 and (found & (w.ROLE | w.DEGREE) or not found & _SPELLED)
    if letters and not (named and not found & (w.ROLE | w.DEGREE) and (len(word) > 2 or VOWEL.search(word))):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))
