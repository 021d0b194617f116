"""A segment seen beside its neighbours, which may make something else of it: a field, a firm named for a trade. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from . import words as w
from .orgs import SURE_AT, is_body_word, is_company, is_small_brand, opens_body
from .phrases import MEMBERS, acronym, capital, heads_in, opens_with_role, proper, tokens
from .roles import Piece, read_piece
from .words import flags, fold, place_rank

#: what opens the rest of a byline: its segments with the separators before them
Todo = list[tuple[str, str]]
_AND = re.compile(r"\s(?:and|&|und|sowie|et|y|e|en|och|og|oraz|i|и|та|і|ve)\s")
#: whom a firm is named for: "Berg & Partner"
_PARTNERS = frozenset(("Partner", "Partners", "Partnerin", "Associates"))
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
    if waiting and sep[:1] == "," and (field := _field_at(part)):
        return field
    if waiting and piece.kind in ("org", "topic", "place") and _goes_on(piece, part, sep, now, todo):
        return Piece("topic", org=part, head=w.PUBLIC)
    if waiting and piece.kind == "role" and _is_firm(piece, part, now):
        return Piece("org", org=part, sure=True)
    if piece.kind == "role" and piece.org and _org_follows(todo) and _all_role(piece, part, todo):
        return piece._replace(role=part, org="")
    return piece


def _goes_on(piece: Piece, part: str, sep: str, now: Open, todo: Todo) -> bool:
    """Whether a segment behind a role says what on, rather than where: the organisation is told next."""
    comma = sep[:1] == ","
    if piece.kind == "place":
        return _org_follows(todo)  # "executive director, South Florida, The Institute"
    if now.head & w.PUBLIC and comma and _joins_on(now.role, part):
        return True
    if not _org_follows(todo):
        return False
    if piece.kind == "topic":
        return comma  # "CEO, Digital Strategy, Acme"
    if comma and todo[0][0][:1] == "|":
        return True  # "VP, Utilities | Acme": the bars part, the comma does not
    if not piece.sure and _names_field(part):
        return True  # "engineer, Ads infrastructure, Acme"
    return comma and todo[0][0][:1] in ",|\n" and _is_subject(part)  # "Director, Basic Science, Acme"


def _is_firm(piece: Piece, part: str, now: Open) -> bool:
    """Whether a segment behind a role is an organisation with a trade's name in its own."""
    if _trade_name(part) or (not piece.org and _set_apart(now.role, part)) or opens_body(part) or is_company(part):
        return True
    return bool(piece.org) and _trade_school(part)


def _all_role(piece: Piece, part: str, todo: Todo) -> bool:
    """Whether all of a segment is the role, since what was taken for the organisation in it is a field, and that follows."""
    if part.startswith(piece.org):
        if piece.head & w.NAMED and _org_follows(todo, sure=True):
            return True  # a chair that an organisation pays for
        if _plain(piece.org) or _is_prefix(piece):
            return True  # "VP, Global Field CTO, Acme"
    if _is_common(piece.org) or _is_subject(piece.org):
        return True  # "Head of Schools, Studio Aldana", "Night Mayor, City of Troy"
    if not part.endswith(piece.org):
        return False
    if _is_team(piece.org):
        return True  # "Head of the Trade Programme, Acme"
    found, before = tokens(piece.org), tokens(part[: -len(piece.org)])
    leads = [t for t in before[-2:] if t.found & w.LINK and not capital(t.text)]
    if any(t.found & w.ORG for t in found) or any(t.text in SURE_AT for t in leads):
        return False
    if not leads:
        return True  # "Projektleiterin Brücken, Acme"
    if leads[-1].text in ("de", "di") and len(found) == 1 and capital(part) and not found[0].found & (w.BRAND | w.MEDIA):
        return _org_follows(todo)  # "Diretora de Planejamento, Acme"
    return _org_follows(todo, sure=True) and not (piece.head & w.LEAD and proper(found[0]))


def _field_at(part: str) -> Piece | None:
    """ "IT at Acme" behind a role: what on, and where."""
    parts = tokens(part)
    link = next((n for n, t in enumerate(parts) if t.text in SURE_AT), 0)
    if not 0 < link < len(parts) - 1 or heads_in(parts[:link]) or not capital(part):
        return None
    small = parts[link + 1].found & w.ARTICLE and parts[link + 1].text.islower()
    after = link + 2 if small and link + 2 < len(parts) else link + 1
    field, where = parts[:link], part[parts[after].start :]
    told = [t for t in field if t.found & (w.TOPIC | w.MODIFIER | w.PLACE) or acronym(t)]
    if not told or not capital(where) or place_rank(where) or any(map(is_body_word, field)):
        return None
    if not all(t in told or t.found & (w.WORD | w.AND) for t in field):
        return None
    return Piece("role", part[: parts[link].start].rstrip(), where, head=0, sure=True)


@lru_cache(maxsize=1 << 12)  # a segment is asked for by the one before it and by itself
def parted(part: str) -> tuple[str, str] | None:
    """An organisation and, joined to it, what else somebody is: "Acme and Director"."""
    for match in reversed([*_AND.finditer(part)]):
        before, after = part[: match.start()], part[match.end() :]
        if after.strip(",.") in _PARTNERS or not _is_body(before):
            continue
        if MEMBERS.fullmatch(fold(before.split()[-1])) and MEMBERS.fullmatch(fold(after.split()[0])):
            continue  # "Towarzystwo Epidemiologów i Lekarzy"
        if match.group().strip() == "&" and not read_piece(before).sure:
            continue  # which may be a firm's own
        if opens_with_role(after) or (capital(after) and heads_in(tokens(after)) and read_piece(after).kind == "role"):
            return before, after
    return None


def _is_body(text: str) -> bool:
    """Whether what stands before "and" names an organisation rather than a field or another role."""
    words = tokens(text)
    if heads_in(words) and not (opens_body(text) or is_company(text) or _trade_name(text)):
        return False
    plain = w.TOPIC | w.MODIFIER | w.ROLE | w.RANK
    if not capital(text):
        return is_small_brand(text) or proper(words[0])  # "cmorq", "acme.io"
    return not all(t.found & plain for t in words)


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
    last = parts[-1].text
    if last[-1] == "s" and flags(last[:-1]) & w.ROLE and not parts[0].found & (w.ROLE | w.RANK):
        return True  # "Tidewater Lifeguards": nobody is more than one
    heads = [token for token in parts if token.found & w.ROLE]
    names = parts[0].found & ~(w.FAMILY | w.KNOWN_FAMILY) == 0 and not parts[1].found & w.NAMED
    if len(parts) == 2 and heads == parts[1:] and names and not heads[0].text.isupper():
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


def _is_subject(text: str) -> bool:
    """Whether some words are common ones, none of them a name or a body's: "International Initiatives", "Asset Management"."""
    parts = tokens(text)
    common = w.WORD | w.TOPIC | w.MODIFIER | w.AND | w.PLACE
    named = w.GIVEN | w.KNOWN_FAMILY | w.BRAND | w.MEDIA | w.ROLE | w.ARTICLE | w.PARTICLE
    return all(t.found & common and not t.found & named and not is_body_word(t) for t in parts)


def _is_prefix(piece: Piece) -> bool:
    """Whether what stands before a role belongs to it, since the organisation is told next: "ASIC design engineer, Acme"."""
    parts = tokens(piece.org)
    if any(map(is_body_word, parts)):
        return False
    return not piece.head & w.LEAD or all(acronym(t) or t.found & (w.WORD | w.TOPIC | w.MODIFIER) for t in parts)


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
    if not todo:
        return False
    two = parted(todo[0][1])
    piece = read_piece(two[0] if two else todo[0][1])
    return piece.kind == "org" and (piece.sure or not sure)
