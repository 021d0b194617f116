"""What stands behind a name, as positions. Pure.

A small machine over the segments: a role opens a position, the first organisation closes it, further ones are parts of it
(department, university), and a role after that opens the next.
"""

from __future__ import annotations

import re

from parsers import words as w
from parsers.model import Position
from parsers.phrases import capital, segments, tokens
from parsers.roles import Piece, read_piece
from parsers.words import place_rank


def read_positions(text: str, bracket: bool = False) -> tuple[Position, ...]:
    """The positions that the part behind a name tells of. In a bracket, "at University, Country" is one affiliation.

    >>> read_positions("Senior Lecturer, King's College London, KF-VUB Korea Chair")
    (Position(role='Senior Lecturer', affiliation="King's College London"), Position(role='KF-VUB Korea Chair', affiliation=''))
    """
    todo = segments(text)
    done: list[list[str]] = []  #: [role, affiliation]
    role_head = 0
    while todo and len(done) < 9:
        sep, part = todo.pop(0)
        piece = read_piece(part)
        hard = sep[:1] in (";", "؛", "|", "\n", "；")
        now = done[-1] if done else None
        if piece.kind == "org" and not piece.sure and not bracket and part[:1].islower():
            break
        if piece.kind == "org" and not piece.sure and now is None and todo and place_rank(todo[0][1]) == 2:
            continue  # a small town before its country
        if (
            piece.kind in ("org", "topic")
            and now
            and now[0]
            and not now[1]
            and role_head & w.PUBLIC
            and sep[:1] == ","
            and _joins_on(now[0], part)
        ):
            now[0] += f", {part}"
            continue
        if piece.kind == "role" and now and now[0] and not now[1] and _trade_name(part):
            piece = Piece("org", org=part)
        if piece.head & w.NAMED and piece.org and part.startswith(piece.org) and _org_follows(todo, sure=True):
            piece = piece._replace(role=part, org="")  # a chair that an organisation pays for
        if piece.kind == "role":
            if now is None or (now[1] and (now[0] or piece.org)) or (now[0] and piece.org) or (now[0] and hard):
                done.append([piece.role, piece.org])
            elif not now[0]:
                now[0] = piece.role
                now[1] = now[1] or piece.org
            else:
                now[0] += f", {piece.role}"
            role_head = piece.head
        elif piece.kind == "topic" and now and now[0] and not now[1] and not hard and not role_head & w.LEAD:
            now[0] += f", {piece.org}"
        elif piece.kind in ("org", "topic"):
            if now is None:
                done.append(["", piece.org])
            elif not now[1]:
                now[1] = piece.org
            elif piece.sure and now[1] and not hard:
                now[1] += f", {piece.org}"
            elif re.search(r"\s(?:&|and|und|et|y)\s", piece.org) and not now[0]:
                now[1] += f", {piece.org}"  # a law firm: "Lane, Park & Stone"
            elif not piece.sure and piece.kind == "org":
                break
        elif piece.kind == "place":
            if now and now[0] and not now[1] and _org_follows(todo):
                now[0] += f", {piece.org}"
            elif bracket and now and now[0] and now[1] and sep[:1] == ",":
                now[1] += f", {piece.org}"
        elif piece.kind == "words":
            break
        if piece.then:
            todo.insert(0, ("&" if not done or done[-1][0] else "", piece.then))
    return tuple(Position(role, org) for role, org in done if role or org)


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
    return (
        len(heads) == 1
        and bool(heads[0].found & (w.FAMILY | w.KNOWN_FAMILY))
        and not any(token.found & (w.TOPIC | w.MODIFIER | w.LINK | w.AND) for token in parts)
    )


def _org_follows(todo: list[tuple[str, str]], sure: bool = False) -> bool:
    piece = read_piece(todo[0][1]) if todo else None
    return piece is not None and piece.kind == "org" and (piece.sure or not sure)
