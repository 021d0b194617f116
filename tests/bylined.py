"""A byline in a form that is short to write down."""

from __future__ import annotations

from parsers import read_byline

Positions = list[tuple[str, str]]
Told = tuple[str, Positions]


def positions(text: str) -> Told | None:
    """What a byline says, in a form that is short to write down."""
    expert = read_byline(text)
    return (expert.name, [(p.role, p.affiliation) for p in expert.positions]) if expert else None
