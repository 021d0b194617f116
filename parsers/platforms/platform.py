"""What a platform's module gives, and what it may ask of a page. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..fields import Names
from ..page import Element, Page
from ..records import Draft, draft_of


@dataclass(slots=True)
class Marks:
    """A page by the class tokens that platforms know, each split once."""

    page: Page
    known: frozenset[str]
    tokens: dict[str, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = self.known
        for name, els in self.page.by_class.items():
            for token in name.split():
                if token in known:
                    self.tokens.setdefault(token, []).extend(els)

    def having(self, *tokens: str) -> list[Element]:
        """The elements with one of some class tokens, in page order."""
        found = {el.at: el for token in tokens for el in self.tokens.get(token, ())}
        return [found[at] for at in sorted(found)]

    def by_id(self, pattern: re.Pattern[str], hint: str = "") -> dict[str, Element]:
        """Key (the pattern's first group that matched) → the outermost element whose whole id matches."""
        found: dict[str, Element] = {}
        for name, el in self.page.by_id.items():
            if hint not in name:
                continue
            match = pattern.fullmatch(name)
            if match is None:
                continue
            key = match[match.lastindex or 0]
            if key not in found or el.at < found[key].at:
                found[key] = el
        return found


@dataclass(frozen=True, slots=True)
class Platform:
    """One engine's own way of printing comments."""

    name: str  #: what its rules are called by: "wordpress"
    find: Callable[[Marks], list[Draft]]  #: the records, nested as the page nests them; empty where it is another engine's page
    names: Names = Names()
    tokens: tuple[str, ...] = ()  #: class tokens that `find` asks for


def drafts_of(found: dict[str, Element]) -> list[Draft]:
    """A draft for each element that has a word."""
    return [draft_of(el, key) for key, el in found.items() if el.t1 > el.t0]
