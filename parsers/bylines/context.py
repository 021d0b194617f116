"""A segment seen beside its neighbours, which may make something else of it: a field, a firm named for a trade. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import words as w
from .phrases import capital, tokens
from .roles import Piece, read_piece
from .words import flags, fold, place_rank

#: what opens the rest of a byline: its segments with the separators before them
Todo = list[tuple[str, str]]
#: parts of an organisation that may be a whole as well
_WHOLES = frozenset("group initiative project office bureau campus chapter instytut zavod ustav fakultet".split())


@dataclass(slots=True)
class Open:
    """A position while it is being read."""

    role: str = ""
    org: str = ""
    head: int = 0  #: flags of the role's head


def in_context(piece: Piece, part: str, sep: str, now: Open, todo: Todo) -> Piece:
    """A segment seen beside its neighbours, which may make something else of it."""
    waiting = bool(now.role) and not now.org  # a role that looks for its organisation
    if piece.kind == "org" and not piece.sure and not (now.role or now.org) and todo and place_rank(todo[0][1]) == 2:
        return Piece("place")  # a small town before its country
    if piece.kind in ("org", "topic") and waiting and now.head & w.PUBLIC and sep[:1] == "," and _joins_on(now.role, part):
        return Piece("topic", org=part, head=w.PUBLIC)
    if piece.kind == "org" and not piece.sure and waiting and _names_field(part) and _org_follows(todo):
        return Piece("topic", org=part, head=w.PUBLIC)  # "engineer, Ads infrastructure, Acme"
    if piece.role and piece.org and part.endswith(piece.org) and _is_team(piece.org) and _org_follows(todo):
        return piece._replace(role=part, org="")  # "Head of the Trade Programme, Acme"
    if piece.kind == "role" and piece.org and part.startswith(piece.org) and _org_follows(todo) and _plain(piece.org):
        return piece._replace(role=part, org="")  # "VP, Global Field CTO, Acme"
    if piece.kind == "role" and waiting and (_trade_name(part) or (not piece.org and _set_apart(now.role, part))):
        return Piece("org", org=part)
    if piece.kind == "role" and waiting and piece.org and _trade_school(part):
        return Piece("org", org=part, sure=True)
    if piece.kind == "place" and waiting and _org_follows(todo):
        return Piece("topic", org=part, head=w.PUBLIC)  # "executive director, South Florida, The Institute"
    if piece.kind == "org" and waiting and sep[:1] == "," and todo and todo[0][0][:1] == "|" and _org_follows(todo):
        return Piece("topic", org=part, head=w.PUBLIC)  # "VP, Utilities | Acme": the bars part, the comma does not
    if piece.kind == "role" and piece.org and _is_common(piece.org) and _org_follows(todo):
        return piece._replace(role=part, org="")  # "Head of Schools, Studio Aldana", "Night Mayor, City of Troy"
    if piece.head & w.NAMED and piece.org and part.startswith(piece.org) and _org_follows(todo, sure=True):
        return piece._replace(role=part, org="")  # a chair that an organisation pays for
    return piece


def is_unit(org: str, sep: str) -> bool:
    """Whether what was taken for an organisation is but a part of the one that follows: "Employment Group, Lane Park"."""
    parts = tokens(org)
    plain = w.TOPIC | w.MODIFIER | w.AND | w.LINK | w.ARTICLE | w.PLACE | w.WORD | w.UNIT
    units = [t for t in parts if t.found & w.UNIT]
    never = any(fold(t.text).strip(",") not in _WHOLES for t in units)
    return sep[:1] == "," and bool(units) and (never or all(t.found & plain for t in parts))


def _joins_on(role: str, part: str) -> bool:
    """Whether a segment goes on with what an office is for: "Minister of Health, Care and Sports"."""
    return bool(re.search(r"\s(?:of|for|für|de|des|du|per|para|za|för)\s", role)) and bool(
        re.search(r"\s(?:and|und|et|y|e|och|og|i)\s|&", part)
    )


def _trade_name(text: str) -> bool:
    """Whether a segment behind a role is a firm named for a trade or a family: "Ticket Tailor", "The Diplomat"."""
    if text.startswith("The "):
        return True
    parts = tokens(text)
    if len(parts) < 2 or not all(capital(token.text) for token in parts):
        return False
    heads = [token for token in parts if token.found & w.ROLE]
    if len(parts) == 2 and heads == parts[1:] and not parts[0].found and not heads[0].text.isupper():
        return True  # "Bayview General": no role has before it what no list knows, but "Acme CTO" is one
    return (
        len(heads) == 1
        and bool(heads[0].found & (w.FAMILY | w.KNOWN_FAMILY))
        and not any(token.found & (w.TOPIC | w.MODIFIER | w.LINK | w.AND) for token in parts)
    )


def _is_team(org: str) -> bool:
    """Whether what somebody heads is a team or a programme, whose organisation is told next; a department is an address."""
    return is_unit(org, ",") and any(t.found & w.UNIT and (not t.found & w.ORG or t.text == "Group") for t in tokens(org))


def _names_field(text: str) -> bool:
    """Whether a segment goes on in small letters, as no organisation's name does."""
    rest = tokens(text)[1:]
    return bool(rest) and all(not capital(t.text) and not t.found & (w.LINK | w.AND | w.ARTICLE | w.ORG) for t in rest)


def _plain(org: str) -> bool:
    """Whether what was taken for an organisation before a role is nothing but common words."""
    found, names = [t.found for t in tokens(org)], w.GIVEN | w.KNOWN_FAMILY | w.BRAND
    return all(f & w.ENGLISH and not f & names and (f & w.MODIFIER or not f & w.ORG) for f in found)


def _trade_school(text: str) -> bool:
    """Whether a segment behind a role is an organisation with a trade in its name: "Royal Vet School"."""
    parts = tokens(text)
    return (
        len(parts) > 2
        and all(capital(token.text) for token in parts)
        and bool(parts[-1].found & w.ORG)
        and not parts[0].found & (w.ROLE | w.RANK)
        and not any(token.found & w.LINK for token in parts)
    )


def _set_apart(role: str, part: str) -> bool:
    """Whether a segment behind a role in small letters is printed as a name: "fleet engineer, Bus & Coach Weekly"."""
    parts = tokens(part)
    if not role.islower() or len(parts) < 2 or parts[0].found & (w.ROLE | w.MODIFIER | w.RANK) or parts[-1].found & w.ROLE:
        return False
    return all(capital(token.text) or token.found & w.AND for token in parts)


def _is_common(org: str) -> bool:
    """Whether what a role was said to be of is ordinary words, none of them a name: a field, where an organisation follows."""
    words = org.split()
    common = w.WORD | w.TOPIC | w.MODIFIER | w.AND
    named = w.GIVEN | w.FAMILY | w.KNOWN_FAMILY | w.PLACE | w.BRAND | w.MEDIA | w.ORG
    return len(words) < 3 and all(
        (flags(word) & common and not flags(word) & named) or (flags(word) & w.ORG and word.endswith("s")) for word in words
    )


def _org_follows(todo: list[tuple[str, str]], sure: bool = False) -> bool:
    piece = read_piece(todo[0][1]) if todo else None
    return piece is not None and piece.kind == "org" and (piece.sure or not sure)
