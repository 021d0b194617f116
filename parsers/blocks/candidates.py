"""Whether a person stands in a slot: asked of the grammar in `bylines/`, and of what stands around it on the line. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..bylines import Reading, plausible, read
from ..bylines.words import SAID, flags
from ..model import Expert
from ..page import Page
from .align import CLOCK
from .rows import Row
from .slots import MOST, OPEN, OPENING, Slot, leads_on

_HEADLINE = re.compile(r"([^:：]{3,60}[:：])\s*\S")
# Behind a headline: after its last bar, dash or bracket; else after its last hyphen or "by". Read from the end.
_BEHIND = (
    re.compile(r".*\S[^–—|(]{2,3}(?:\s[–—|]\s|\s?\()([^–—|(]{4,120})$"),
    re.compile(r".*\S[^–—|(]{2,3}(?:\s-\s|\sby\s|\s?（)([^–—|(]{4,120})$"),
)
_BRACKET = re.compile(r"\s*(?:[(（][^()（）]{1,60}[)）]|@\w+)\s*")
_SAYS = re.compile(r"[,\s]+[^\W\d_]+(?=\s*[:：]$)")


class Found(NamedTuple):
    """A slot with a person in it."""

    slot: Slot
    expert: Expert
    weight: float  #: what speaks for it beside the name, 0 to 2.5


def _shaped(text: str) -> bool:
    """Whether a text holds two words in a row that could be a name, or one with a mark behind it: a sieve before the grammar.

    >>> _shaped("Ann Lee"), _shaped("All about pears"), _shaped("van der Brook, Edda")
    (True, False, True)
    """
    capital = False
    for word in text[:120].split(maxsplit=10)[:10]:
        first = word[0] if word[0] not in OPENING else word.lstrip(OPENING)[:1]
        if first.isupper() or (first.isalpha() and not first.islower()):
            if capital or first > "\u05ff" or not word[1:].islower():
                return True
            capital = True
        elif capital and word[-1] in ",;":
            capital = False
    return capital and (text[:1] in "—–―-" or text.rstrip().endswith((":", ">>", "»", "：")))


def _beside_headline(text: str) -> Reading | None:
    """The byline before a headline ("Ann Lee: The long view") or behind one ("The long view – Ann Lee").

    A time of day heads the entry of a programme, and who stands behind it will speak then.
    """
    if text[0].isdigit() and CLOCK.match(text):
        return None
    head = _HEADLINE.match(text) if ":" in text or "：" in text else None
    reading = read(head.group(1)) if head is not None and _shaped(text) else None
    if reading is not None:
        return reading
    if not _is_parted(text) or not _shaped(text):
        return None
    tail = _BEHIND[0].match(text) or _BEHIND[1].match(text)
    raw = tail.group(1).rstrip(")）") if tail is not None else ""
    return read(raw) if raw and _shaped(raw) and plausible(raw) else None


def _is_parted(text: str) -> bool:
    """Whether a text holds a mark that parts a headline from a byline behind it."""
    return (
        "(" in text
        or " - " in text
        or " by " in text
        or "|" in text
        or (not text.isascii() and ("–" in text or "—" in text or "（" in text))
    )


def _before_said(text: str) -> Reading | None:
    """The byline before "says:"."""
    verb = _SAYS.search(text) if _shaped(text) else None
    return read(text[: verb.start()] + ":") if verb is not None and flags(verb.group().strip(" ,")) & SAID else None


@lru_cache(maxsize=1 << 12)
def _speaker(text: str, headed: bool) -> Reading | None:
    """Who a text names; `headed` where a headline may stand beside the byline. One line is often asked of in two looks."""
    reading = read(text) if plausible(text) and _shaped(text) else None
    if reading is None and text[-1:] in (":", "："):
        reading = _before_said(text)
    return _beside_headline(text) if reading is None and headed else reading


def read_slot(page: Page, row: Row, slot: Slot) -> Found | None:
    """The person in a slot, if there is one."""
    raw, whole = slot.raw, slot.form == "line"
    if whole and row.lead and len(raw) <= MOST:
        lead = row.opening(page)
        rest = raw[len(lead) :].strip()
        if rest and not OPEN.match(rest) and rest[0] not in ",;|(":
            glued = read(f"{lead}\n{rest}")
            if glued is not None and glued.expert.positions:
                return Found(slot, glued.expert, glued.weight)
    reading = None
    if slot.form == "lead" and slot.piece < 0 and row.lead:
        lead = row.opening(page)
        reading = leads_on(lead, raw[len(lead) :].strip()) if raw.startswith(lead) else None
    reading = reading or _speaker(raw, whole and slot.kin[0] not in ("plain", "dash"))
    if reading is None or (slot.form == "tail" and slot.kin[0] != "dash" and not reading.expert.positions):
        return None
    bare = whole and row.lead and slot.kin[0] == "bold" and not reading.expert.positions
    if bare and not _BRACKET.fullmatch(raw[len(row.opening(page)) :]):
        return None
    return Found(slot, reading.expert, reading.weight)
