"""Sentences that present somebody: "Ann Lee is a reporter for the Courier", "Ann Lee of Acme". Pure."""

from __future__ import annotations

import re

from ..model import Position
from . import words as w
from .marks import Line
from .names import TRUST_ALONE, TRUST_BESIDE_ROLE, Found, named
from .phrases import segments
from .positions import read_positions
from .roles import Piece, read_piece
from .words import flags

_COPULA = re.compile(
    r"^(.{3,60}?)\s+(?:is|was|ist|est|es|è|é|jest|är|er|je)\s+"
    r"(?:(?:also|currently|now|an?|the|eine?r?|une?|le|la|el|una?|um|uma|il)\s+)?(.+)$"
)
#: where a sentence goes on to what the person says or does
SAYS = re.compile(
    r"[,\s]+(?:says|said|uses|suggests|explains|offers|holds|tells|told|shares|thinks|believes|recommends|writes|has|adds"
    r"|notes|argues|starts|and is based)\s.*$"
)
_BASED = re.compile(
    r"\s+(?:based (?:in|at|out)|living in|working (?:in|at|for)|speciali[sz]ing|focusing|focused|covering|in this"
    r"|whose|where)\s.*$"
)
_ARTICLED = re.compile(r"^(.{3,60}?),?\s+((?:an?|the)\s+.+)$")
_OF = re.compile(r"^(.{3,80}?)\s+(?:of|from|at|with)\s+(?=(?:the\s+)?[A-Z0-9])(.+)$")


def first_sentence(rest: str) -> str:
    """The text up to a full stop that ends a sentence: what follows is a remark."""
    for match in re.finditer(r"(?<=[^\W\d_]{3})[.!]\s+(?=[A-Z0-9]\S*\s+\S)", rest):
        last = rest[: match.start()].rsplit(maxsplit=1)[-1]
        if len(last) > 3 or not last[0].isupper():
            return rest[: match.start()]
    return rest


def of_org(line: Line) -> Found | None:
    """ "Ann Lee of Acme"."""
    match = _OF.match(line.text)
    if not match or len(line.text) > 110:
        return None
    rest = match.group(2)
    name = named(match.group(1), 0.0 if line.marks or read_piece(rest).sure else 0.3)
    if name is None:
        return None
    lower = [word for word in rest.split() if word[0].islower() and not flags(word) & w.LINK and word not in ("and", "the")]
    positions = read_positions(rest)
    if lower or not positions or len(positions) > 1 or positions[0].role:
        return None
    return name, positions, "of"


def copula(line: Line) -> Found | None:
    """ "Ann Lee is a reporter for the Courier"."""
    match = _COPULA.match(line.text)
    if not match:
        return None
    name = named(match.group(1), TRUST_BESIDE_ROLE + 0.6)
    if name is None:
        return None
    cut = segments(_BASED.sub("", SAYS.sub("", first_sentence(match.group(2)))))
    piece = read_piece(cut[0][1]) if cut else Piece("noise")
    if piece.kind != "role" or not piece.role or _far_head(piece.role):
        return None
    return name, (Position(piece.role, piece.org),), "copula"


def _far_head(role: str) -> bool:
    """Whether the first word that says what somebody is stands so far back, or behind so much, that the text is a sentence."""
    words = role.split()
    place = next((n for n, word in enumerate(words) if flags(word) & w.ROLE), 99)
    return place > 5 or any(
        (flags(word) & w.ARTICLE and word.islower()) or word[0] in "'\"‘“" or word.endswith("!") for word in words[:place]
    )


def articled(line: Line) -> Found | None:
    """ "Ann Lee a co-founder at Acme suggests ..."."""
    match = _ARTICLED.match(line.text)
    if not match:
        return None
    name = named(match.group(1), TRUST_ALONE)
    if name is None:
        return None
    piece = read_piece(SAYS.sub("", match.group(2)))
    return (
        (name, (Position(piece.role, piece.org),), "sentence")
        if piece.kind == "role" and piece.role and not _far_head(piece.role)
        else None
    )
