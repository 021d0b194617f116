"""Changes as people are told of them. Pure.

An item is told by its facets, in order: of a statement who, as what, the words, the links. Of an edit only what differs is
told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from parsers.model import Change, Comment, Position, Statement

from .words import same

Facets: TypeAlias = tuple[str, ...]


def statement_facets(statement: Statement) -> Facets:
    """Name; honorific and positions; text; links."""
    expert, links = statement.expert, ((link.text, link.href) for link in statement.links)
    return facets_of(expert.name, expert.honorific, titles(expert.positions), statement.text, links)


def facets_of(name: str, honorific: str, called: str, text: str, links: Iterable[tuple[str, str]]) -> Facets:
    """The same, out of its parts: positions on one line, links as (text, address)."""
    return name, "; ".join(filter(None, (honorific, called))), text, "\n".join(f"[{word}] {href}" for word, href in links)


def comment_facets(comment: Comment) -> Facets:
    """Author, subject line, text."""
    return comment.author, comment.title, comment.text


def titles(positions: Iterable[Position]) -> str:
    """Positions on one line.

    >>> titles([Position("Lecturer", "La Trobe University"), Position("", "Amnesty")])
    'Lecturer, La Trobe University; Amnesty'
    """
    return "; ".join(", ".join(filter(None, (p.role, p.affiliation))) for p in positions)


def told(kind: str, item: str, key: str, label: str, before: Facets | None, after: Facets | None, text: int) -> Change:
    """One change; `text` is the number of the facet that stands for the whole where the item came, went or returned."""
    if item == "page" and before is None:
        return Change(kind, item, key, label, "", label)
    if before is None or after is None or kind in ("added", "removed", "restored"):
        gone, here = before if kind == "removed" else None, after
        return Change(kind, item, key, label, gone[text] if gone else "", here[text] if here else "")
    return Change(kind, item, key, label, *differing(before, after))


def differing(before: Sequence[str], after: Sequence[str]) -> tuple[str, str]:
    """The facets that are not the same, a blank line between them.

    >>> differing(("Ann Lee", "CEO", "Yes."), ("Ann Lee", "Chair", "No."))
    ('CEO\\n\\nYes.', 'Chair\\n\\nNo.')
    """
    changed = [(a, b) for a, b in zip(before, after, strict=True) if not same(a, b)]
    return "\n\n".join(filter(None, (a for a, _ in changed))), "\n\n".join(filter(None, (b for _, b in changed)))
