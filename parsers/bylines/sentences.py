"""Sentences that present somebody: "Ann Lee is a reporter for the Courier", "Ann Lee of Acme". Pure."""

from __future__ import annotations

import re

from ..model import Position
from . import words as w
from .marks import Line
from .names import TRUST_ALONE, TRUST_BESIDE_ROLE, Found, named
from .phrases import capital, segments
from .positions import read_positions
from .roles import Piece, read_piece
from .words import flags, is_place

_COPULA = re.compile(
    r"^(.{3,60}?)\s+(?:is|was|ist|est|es|è|é|jest|är|er|je)\s+"
    r"(?:(?:also|currently|formerly|now|an?|the|eine?r?|une?|le|la|el|una?|um|uma|il)\s+)?(.+)$"
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
#: no family name: "bastis-werkbank.de", "Lust & Laune", "Route 66", "FreshBooks"
_SURELY = re.compile(r"\w\.[a-z]{2,5}\b|\s(?:&|und|and|et|y|i)\s|\d|[a-zß-ÿ][A-Z]")
#: what leads from a person to where they work, in small letters
_OF_WORDS = (
    r"(?:of|from|at|with|von|vom|bei|beim|aus|chez|de|du|des|da|do|di|del|della|presso|hos|från|fra|van|bij|uit|w|z|ze"
    r"|в|из|з|від|από)"
)
_OF = re.compile(rf"^(.{{3,80}}?)\s+({_OF_WORDS})\s+(?:(?:the|der|den|dem|la|el|le|les|de|het|o)\s+)?(?=[^\W_])(.+)$")
#: whose full stop ends no sentence
_SHORTENED = frozenset("assoc asst assist prof dept univ inst intl natl corp exec dir mgr vors stv stellv zast dyr".split())
_OF_SET = frozenset(_OF_WORDS[3:-1].split("|"))


def first_sentence(rest: str) -> str:
    """The text up to a full stop that ends a sentence: what follows is a remark."""
    for match in re.finditer(r"(?<=[^\W\d_]{3})[.!]\s+(?=[A-Z0-9]\S*\s+\S)", rest):
        last = rest[: match.start()].rsplit(maxsplit=1)[-1]
        if (len(last) > 3 or not last[0].isupper()) and last.lower() not in _SHORTENED:
            return rest[: match.start()]
    return rest


def link_cue(text: str) -> bool:
    """Whether a text holds a word that may lead from a person to where they work."""
    return not _OF_SET.isdisjoint(text.split())


def of_org(line: Line) -> Found | None:
    """ "Ann Lee of Acme", "Lea Roth von der Acme GmbH", "Jan Nowak z Fundacji"; what may be part of the name needs more."""
    match = _OF.match(line.text)
    if not match or len(line.text) > 110:
        return None
    link, rest = match.group(2), match.group(3)
    sure = read_piece(rest).sure or _SURELY.search(rest) is not None
    if flags(link) & w.PARTICLE and not sure:
        return None
    doubtful = link in ("of", "with") or flags(link) & w.PARTICLE
    name = named(match.group(1), 0.3 if doubtful and not (line.marks or sure) else 0.0)
    if name is None or not (capital(rest) or sure):
        return None
    if is_place(rest):
        return (name, (), "of") if name.trust >= (0.0 if line.marks else 0.9) else None
    small = w.LINK | w.AND | w.ARTICLE | w.PARTICLE
    positions = read_positions(rest)
    if any(word[0].islower() and not flags(word) & small and not _SURELY.search(word) for word in rest.split()):
        return None
    if not positions or len(positions) > 1 or positions[0].role:
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
