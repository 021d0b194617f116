"""What stands behind a name, as positions. Pure.

A small machine over the segments: a role opens a position, the first organisation closes it, further ones are parts of it
(department, university), and a role after that opens the next.
"""

from __future__ import annotations

import re

from ..model import Position
from . import words as w
from .context import Open, in_context, is_unit, parted
from .orgs import is_small_brand
from .phrases import capital, segments
from .roles import Piece, read_piece
from .words import flags, place_rank

_AND = re.compile(r"\s(?:&|and|und|et|y)\s")
#: the part of a university, which is where somebody is, rather than what on
_UNIT_OF = re.compile(r"(?:Department|Dept\.?|Faculty|School|Division|Section)\sof\s")
#: what opens a remark on an organisation
_APPOSED = re.compile(r"(?:an?|eine?|une?|una|uma?|een|et|ett)\s(?=\S+\s\S)")
#: what a degree may look like: "DACVIM", "LD", "CPC-A"
_LETTERS = re.compile(r"[A-Z]{2,}(?:-[A-Z]+)?[®™]?")
_HARD = (";", "؛", "；", "|", "\n")
#: more positions than this are a curriculum
MOST = 9


def read_positions(text: str, bracket: bool = False) -> tuple[Position, ...]:
    """The positions that the part behind a name tells of. In a bracket, "at University, Country" is one affiliation.

    >>> read_positions("Senior Lecturer, King's College London, KF-VUB Korea Chair")
    (Position(role='Senior Lecturer', affiliation="King's College London"), Position(role='KF-VUB Korea Chair', affiliation=''))
    """
    todo, done = _unslashed(_listed(_undegreed(segments(text)))), list[Open]()
    while todo and len(done) < MOST:
        sep, part = todo.pop(0)
        now = done[-1] if done else Open()
        two = parted(part) if now.role else None
        if two:
            part, further = two
            todo.insert(0, ("&", further))
        piece = in_context(read_piece(part), part, sep, now, todo)
        if now.org and _APPOSED.match(part) and (piece.kind == "org" or "-based " in part):
            break  # "Acme, a maker of pumps"
        if piece.kind == "words" or (piece.kind == "org" and not piece.sure and not bracket and _small(piece.org, now)):
            break
        if piece.kind == "role":
            _take_role(piece, sep, done)
        elif piece.kind in ("org", "topic"):
            if not _take_org(piece, sep, done):
                break
        elif piece.kind == "place" and sep[:1] == "," and now.role and (now.org and bracket):
            now.org += f", {part}"
        if piece.then:
            todo.insert(0, ("&" if not done or done[-1].role else "", piece.then))
    return tuple(Position(position.role, position.org) for position in done if position.role or position.org)


def _undegreed(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Segments without the degrees before them: behind a known one, letters that something else follows are one as well."""
    count = 0
    while count < len(parts) and (
        read_piece(parts[count][1]).kind == "degree"
        or (
            count
            and count + 1 < len(parts)
            and _LETTERS.fullmatch(parts[count][1])
            and not flags(parts[count][1]) & w.ROLE  # "Ann Lee, PhD, CEO, Acme"
            and not place_rank(parts[count + 1][1])
        )
    ):
        count += 1
    return parts[count:]


def _listed(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Segments with fields that one role has in common in one: "Travel, Food, and Lifestyle Writer"."""
    count = 0
    while count < len(parts) and read_piece(parts[count][1]).kind == "topic":
        count += 1
    if not 0 < count < len(parts) or not parts[count][1].startswith(("and ", "& ", "und ", "et ", "y ", "e ")):
        return parts
    if read_piece(parts[count][1].partition(" ")[2]).kind != "role":
        return parts
    return [(parts[0][0], ", ".join(part for _, part in parts[: count + 1])), *parts[count + 1 :]]


def _unslashed(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Segments cut once more at a slash that stands between a role and its organisation: "Team Lead / Acme"."""
    out: list[tuple[str, str]] = []
    for sep, part in parts:
        left, slash, right = part.partition(" / ")
        if slash and right and read_piece(left).kind == "role" and read_piece(right).kind == "org":
            out += [(sep, left.strip()), (",", right.strip())]
        else:
            out.append((sep, part))
    return out


def _small(org: str, now: Open) -> bool:
    """Whether an organisation's name is printed in small letters, and is no brand for that: "ebike", but "iPhone"."""
    if not org[:1].islower() or capital(org):
        return False
    return not (now.role[:1].isupper() and not now.org and is_small_brand(org))  # "Founder, cmorq"


def _take_role(piece: Piece, sep: str, done: list[Open]) -> None:
    """Open a position, give an organisation that came first its role, or go on with a list of roles."""
    now = done[-1] if done else Open()
    if now.role and not now.org and not piece.head:
        now.role, now.org = f"{now.role}, {piece.role}", piece.org  # "SVP, IT at Acme"
    elif not done or (now.org and (now.role or piece.org)) or (now.role and (piece.org or sep[:1] in _HARD)):
        done.append(Open(piece.role, piece.org, piece.head))
    elif now.role:
        now.role, now.head = f"{now.role}, {piece.role}", piece.head
    else:
        now.role, now.org, now.head = piece.role, now.org or piece.org, piece.head


def _take_org(piece: Piece, sep: str, done: list[Open]) -> bool:
    """Close a position with its organisation, or say what the organisation is part of; False where the byline has ended."""
    now = done[-1] if done else Open()
    goes_on = piece.kind == "topic" and sep[:1] not in _HARD and (piece.head & w.PUBLIC or not now.head & w.LEAD)
    goes_on = goes_on and not _UNIT_OF.match(piece.org)  # "Professor, Department of Statistics, Troy University"
    if not done:
        done.append(Open("", piece.org))
    elif now.role and not now.org and goes_on:
        now.role += f", {piece.org}"
    elif not now.org:
        now.org = piece.org
    elif (piece.sure and sep[:1] not in _HARD[:-1]) or (not now.role and _AND.search(piece.org)) or is_unit(now.org, sep):
        now.org += f", {piece.org}"  # "School of Law, Northfield University"; "Lane, Park & Stone"
    else:
        return piece.sure or piece.kind == "topic"
    return True
