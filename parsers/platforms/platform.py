"""What a platform's module gives, and what it may ask of a page. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..comments.records import Draft, draft_of
from ..comments.spots import Names
from ..page import Element, Page

#: what the ids of items look like, over all platforms: a word that says so, or one letter and figures
_MAY_BE_ITEM = re.compile(r"(?:.*[cC]omm|.*cmt|.*post|answer|.*track|.*ping|kmt|jc_|lj|edit|c|p)[-_a-zA-Z]*\d")

_FIGURE = re.compile(r"\d")


@dataclass(slots=True)
class Marks:
    """A page by the class tokens that platforms know and the ids that may be an item's."""

    page: Page
    known: Callable[[str], tuple[str, ...]]  #: the tokens that a platform knows, of a class attribute
    tokens: dict[str, list[Element]] = field(default_factory=dict)
    ids: dict[str, Element] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known, tokens = self.known, self.tokens
        for name, els in self.page.by_class.items():
            for token in known(name):
                tokens.setdefault(token, []).extend(els)
        numbered, item = _FIGURE.search, _MAY_BE_ITEM.match
        self.ids = {name: el for name, el in self.page.by_id.items() if numbered(name) is not None and item(name) is not None}

    def having(self, *tokens: str) -> list[Element]:
        """The elements with one of some class tokens, in page order."""
        if not self.tokens:
            return []
        found = {el.at: el for token in tokens for el in self.tokens.get(token, ())}
        return [found[at] for at in sorted(found)]

    def by_id(self, pattern: re.Pattern[str]) -> dict[str, Element]:
        """Key (the pattern's last group that matched) → the outermost element whose whole id matches."""
        found: dict[str, Element] = {}
        for name, el in self.ids.items():
            match = pattern.fullmatch(name)
            if match is None:
                continue
            key = match[match.lastindex or 0]
            if key not in found or el.at < found[key].at:
                found[key] = el
        return found


NO_NAMES = Names()


@dataclass(frozen=True, slots=True)
class Platform:
    """One engine's own way of printing comments."""

    name: str  #: what its rules are called by: "wordpress"
    find: Callable[[Marks], list[Draft]]  #: the records, nested as the page nests them; empty where it is another engine's page
    names: Names = NO_NAMES
    tokens: tuple[str, ...] = ()  #: class tokens that `find` asks for


def drafts_of(found: dict[str, Element]) -> list[Draft]:
    """A draft for each element that has a word."""
    return [draft_of(el, key) for key, el in found.items() if el.t1 > el.t0]
