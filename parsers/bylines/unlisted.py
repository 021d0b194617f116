"""What no list knows, and what stands around it gives away: a trade, a post, a name of an organisation. Pure."""

from __future__ import annotations

import re

from ..model import Position
from . import words as w
from .phrases import capital
from .words import flags

_AT = re.compile(r"\s(?:at|@|bei|chez|bij|hos|vid|presso)\s+(?=[^\W\d_a-z])")


def at_work(text: str) -> Position | None:
    """ "Quant at Larch Capital": what no list knows as a role is one where a word leads from it to where somebody works."""
    match = _AT.search(text) if "," not in text else None
    before = text[: match.start()] if match is not None else ""
    words = before.split()
    if match is None or not 0 < len(words) < 5 or not capital(before) or many_small(text[match.end() :]):
        return None
    if any(flags(word) & (w.ORG | w.STOP | w.VERB | w.COPULA | w.ARTICLE | w.DATE | w.GIVEN) for word in words):
        return None
    return Position(before.strip(), text[match.end() :].strip(" ."))


def is_trade(text: str) -> bool:
    """Whether one word that no list knows, before what is surely an organisation, says what somebody is: "Coxswain"."""
    return text.isalpha() and len(text) > 4 and text[1:].islower() and not flags(text) & ~(w.FAMILY | w.KNOWN_FAMILY)


def may_be_role(rest: str) -> bool:
    """Whether a few small words behind a name, which we do not know, say what somebody is: "beekeeper extraordinaire"."""
    words = rest.strip(" .").split()
    none = w.STOP | w.VERB | w.SAID | w.COPULA | w.LINK | w.DATE | w.ARTICLE | w.PARTICLE | w.PLACE | w.ORG
    return len(words) < 4 and all(
        word.isalpha() and word.islower() and len(word) > 3 and not flags(word) & none for word in words
    )


def many_small(text: str) -> bool:
    """Whether a text has so many words in small letters that it names nothing."""
    return sum(word[0].islower() and not flags(word) & (w.LINK | w.AND | w.ARTICLE) for word in text.split()) > 2
