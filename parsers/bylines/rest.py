"""What stands behind a name: positions, or prose that happens to begin with a name. Pure."""

from __future__ import annotations

import re

from ..model import Position
from . import words as w
from .names import TRUST_ALONE, Found, Name, read_name
from .phrases import segments
from .positions import read_positions
from .roles import Piece, read_piece
from .sentences import SAYS
from .unlisted import at_work, is_trade, may_be_role
from .words import flags, fold


def with_rest(name: Name, rest: str, how: str) -> Found | None:
    """A name and what stands behind it, if that makes sense."""
    first = segments(rest)
    if not first:
        return (name, (), how) if name.trust >= TRUST_ALONE else None
    pieces = [read_piece(part) for _, part in first]
    if all(piece.kind in ("degree", "noise") for piece in pieces) and any(piece.kind == "degree" for piece in pieces):
        return name, (), how
    sentence = SAYS.sub("", rest)
    positions = read_positions(sentence) if not _joint(name) else _shared(sentence)
    roles = [position for position in positions if position.role]
    if not roles and (post := at_work(sentence)) and name.trust >= TRUST_ALONE:
        return name, (post,), f"{how}?"
    if roles:
        lower = len([word for word in rest.split() if word[0].islower()])
        return (name, positions, how) if pieces[0].kind != "words" or lower < 4 else None
    if pieces[0].kind == "words" or not positions:
        told = pieces[1].org if len(pieces) == 2 and pieces[1].kind == "org" and pieces[1].sure else ""
        role = first[0][1] if told else sentence
        if how == "comma" and (len(pieces) == 1 or told) and name.trust >= 0.9 and may_be_role(role):
            return name, (Position(role.strip(" ."), told),), f"{how}?"
        nothing = all(piece.kind in ("degree", "place", "noise") for piece in pieces)
        return (name, (), how) if nothing and name.trust >= 0.8 else None
    if how == "comma" and len(pieces) == 2 and name.trust >= TRUST_ALONE and is_trade(first[0][1]) and pieces[1].sure:
        return name, (Position(first[0][1], pieces[1].org),), f"{how}?"
    sure = pieces[0].sure or any(piece.sure for piece in pieces)
    least = TRUST_ALONE if sure else 0.9
    if name.trust < least or (rest.rstrip().endswith(".") and not sure) or _prose(rest, pieces, sure) or how == "slash":
        return None
    return name, _distinct(name, positions), how


def _joint(name: Name) -> bool:
    return any((flags(word) & w.AND and word.islower()) or word == "&" for word in name.text.split()[1:-1])


def _shared(text: str) -> tuple[Position, ...]:
    """Positions of two people at once, whose role stands in the plural: "owners of Acme"."""
    for match in re.finditer(r"\b(\w{4,})s\b", text[:60]):
        if flags(match.group(1)) & w.ROLE and not flags(match.group()) & w.ROLE:
            single = read_positions(text[: match.end() - 1] + text[match.end() :])
            plural = re.sub(rf"\b{match.group(1)}\b", match.group(), single[0].role, count=1) if single else ""
            return (Position(plural, single[0].affiliation), *single[1:]) if single and single[0].role else read_positions(text)
    return read_positions(text)


def _prose(rest: str, pieces: list[Piece], sure: bool) -> bool:
    """Whether what follows a name, without any role in it, is a sentence or a list of people rather than an organisation."""
    words = rest.split()
    small = [word for word in words if word[0].islower() and not flags(word) & (w.LINK | w.AND | w.ARTICLE)]
    if len(words) > 12 or len(small) > (3 if sure else 1) or any(flags(word) & w.VERB and word.islower() for word in words):
        return True
    if any(piece.kind == "words" for piece in pieces):
        return True
    if sure:
        return False
    others = [read_name(piece.org) for piece in pieces if piece.kind == "org"]
    if (
        len(others) > 1
        and all(other is not None and other.words > 1 and other.trust >= TRUST_ALONE for other in others)
        and "&" not in rest
    ):
        return True
    other = others[0] if pieces[0].kind == "org" else None
    if "&" in rest:
        return False  # "Ann Vane, Vane & Moss"
    return other is not None and other.words > 1 and other.trust >= 1.0 and bool(flags(other.text.split()[0]) & w.GIVEN)


def _distinct(name: Name, positions: tuple[Position, ...]) -> tuple[Position, ...]:
    """Positions without a handle that only repeats the name: "Ann Lee – AnnLee"."""
    letters = re.sub(r"\W", "", fold(name.text))
    return tuple(
        position for position in positions if position.role or re.sub(r"\W", "", fold(position.affiliation)) != letters
    )
