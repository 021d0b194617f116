"""What stands in each record of a list that prints neither dates nor reply links: "Ann says:", a numbered id, a portrait. Pure.

Such lists are rare, so this is asked only where nothing better was found.
"""

from __future__ import annotations

import re

from ..page import Element, Page
from .anchors import MOST_ANCHORS, Anchor
from .scan import Scan
from .signs import COMMENT, SAYS, plain, sign_of

MOST_NAME = 60  #: characters of a line such as "Ann says:"
_NUMBERED = re.compile(r"[a-zA-Z][a-zA-Z_-]*[-_]?(\d{1,12})")
_SAYS = ("says", "said", "sagt", "schrieb", "dit", "dice", "dijo", "ha detto", "disse", "zegt", "schreef", "pisze", "wrote")
_SAYS_ACCENTED = ("écrit", "escribió", "kaže")
_SAYS_OTHER = ("говорит", "пишет", "より", "说")


def says_anchors(page: Page, found: Scan) -> list[Anchor]:
    """Every short line that ends in a word such as "says", with a name before it."""
    lines = [line for line in found.having(_SAYS, _SAYS_ACCENTED, _SAYS_OTHER) if len(line.text) <= MOST_NAME]
    known = []
    for line in lines:
        before, _, last = plain(line.text).rpartition(" ")
        if before and last in SAYS:
            known.append(Anchor(page.homes[line.t0], line.t0, True))
    return known[:MOST_ANCHORS]


def numbered_anchors(page: Page, found: Scan) -> list[Anchor]:
    """Every element with words whose id says "comment" and has a number; of several with one number the first."""
    numbered: dict[str, Element] = {}
    for name, el in sorted(page.by_id.items(), key=lambda item: item[1].at):
        match = _NUMBERED.fullmatch(name)
        if match is not None and el.t1 > el.t0 and sign_of(name) & COMMENT:
            numbered.setdefault(match[1], el)
    return _anchors(list(numbered.values()))


def portrait_anchors(page: Page, found: Scan) -> list[Anchor]:
    """Every picture that its class or its address calls an avatar."""
    els = [el for el in page.by_tag.get("img", ()) if "avatar" in el.get("class") or "avatar" in el.get("src")]
    return _anchors([el.parent for el in els if el.parent is not None])


def _anchors(els: list[Element]) -> list[Anchor]:
    """Those that stand in no form: there the one who writes has a portrait too."""
    return [Anchor(el, el.t0, True) for el in els[:MOST_ANCHORS] if not any(up.tag == "form" for up in el.above())]
