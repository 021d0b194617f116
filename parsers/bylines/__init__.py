"""Read a byline: who speaks, and as what. Empty beats wrong. Pure.

The ways to read a line are tried in order, and the first that makes sense of all of it wins:
    runs        the first style run is a name ("<b>Ann Lee</b><em>Lecturer, Troy University")
    camel-join  name and role run together ("Ann LeeLecturer, Troy University")
    separators  "Name, Role, Org", "Name (Org)", "Name | Role", "Role: Name"
    role-first  "NAR chief economist Ann Lee"
    sentence    "Ann Lee is a reporter for the Courier", "Ann Lee, a founder at Acme, says ..."
    bare        nothing but a name
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..model import Expert, Position
from .eastern import EASTERN, read_eastern
from .marks import DATED, MOST_CHARS, MOST_LINES, Line, plausible, refused, unfurnished
from .names import TRUST_ALONE, TRUST_BESIDE_ROLE, read_name
from .sentences import SAYS
from .shouted import aloud, shouted
from .ways import readings
from .words import OFFICE, flags, is_place

__all__ = ["Reading", "evidence", "looks_like_name", "plausible", "read", "read_byline", "read_runs"]


class Reading(NamedTuple):
    """An expert and what speaks for the line being a byline beside the name itself, 0 to 2.5."""

    expert: Expert
    weight: float


def read_byline(text: str) -> Expert | None:
    """The expert that a byline presents, or None. Newlines are the line breaks of a byline over several lines.

    >>> read_byline("Ann Lee, Senior Lecturer in Law, Troy University").positions
    (Position(role='Senior Lecturer in Law', affiliation='Troy University'),)
    """
    reading = read(text)
    return reading.expert if reading else None


def read_runs(runs: Sequence[tuple[str, bool]]) -> Expert | None:
    """The same, where the style runs (text, bold) are known: a first run that is a name says where the name ends."""
    kept = [(text, bold) for text, bold in runs if text.strip()]
    whole = "".join(text for text, _ in runs)
    if len(kept) < 2 or len(whole) > 2 * MOST_CHARS:
        return read_byline(whole)
    first = " ".join(kept[0][0].split())
    rest = "".join(text for text, _ in kept[1:])
    line = unfurnished(first)
    name = read_name(line.text) if line.text else None
    if name is None or name.words < 2 or name.trust < TRUST_BESIDE_ROLE or ("\n" in rest.strip() and len(rest) > MOST_CHARS):
        return read_byline(whole)
    glue = "" if re.match(r"\s*[,;|(:–—-]", rest) else "\n"
    expert = read_byline(f"{first.rstrip(' ,:')}{glue}{rest.strip()}")
    if expert is None or expert.name != name.text:
        return read_byline(whole)
    return Expert(expert.name, expert.honorific, expert.positions, expert.url, _folded(whole), "runs")


def evidence(text: str) -> float:
    """What speaks for a line being a byline beside the name: 0 for a bare name or none, to 2.5."""
    reading = read(text)
    return reading.weight if reading else 0.0


@lru_cache(maxsize=1 << 12)
def looks_like_name(text: str) -> bool:
    """Whether a text alone, without the marks around it, is a person's name of two words or more."""
    if len(text) > 90 or not plausible(text):
        return False
    line = unfurnished(_folded(text))
    if EASTERN.search(line.text):
        found = read_eastern(line.text, line.marks > 0)
        return found is not None and not found.positions
    name = read_name(line.text)
    return name is not None and name.words > 1 and name.trust >= TRUST_ALONE and not is_place(line.text)


@lru_cache(maxsize=1 << 12)
def read(text: str) -> Reading | None:
    """The byline that a text is, with its weight; the one door behind all questions here."""
    if len(text) > 4 * MOST_CHARS:
        return None
    lines = [folded for folded in map(_folded, text.split("\n")) if folded]
    if not lines or len(lines) > MOST_LINES or not plausible("\n".join(lines)):
        return None
    raw = " ".join(lines)
    line = unfurnished("\n".join(lines))
    if not line.text or (refused(line.text) and not DATED.search(raw)):
        return None
    for found in readings(line) if not shouted(line.text) else aloud(line):
        name, positions, how = found
        honorific, positions = _in_office(name.honorific, positions)
        expert = Expert(name.text, honorific, positions, line.url, raw, how)
        return Reading(expert, _weight(expert, line))
    return None


def _in_office(honorific: str, positions: tuple[Position, ...]) -> tuple[str, tuple[Position, ...]]:
    """A title that says what somebody is, told as the role where the byline has no other: "Chef Ann Lee, The Oak"."""
    if not flags(honorific) & OFFICE or any(position.role for position in positions):
        return honorific, positions
    where = positions[0].affiliation if positions else ""
    return "", (Position(honorific, where), *positions[1:])


def _folded(text: str) -> str:
    return " ".join(text.split())


def _weight(expert: Expert, line: Line) -> float:
    role = any(position.role for position in expert.positions)
    place = any(position.affiliation for position in expert.positions)
    degree = line.text.count(",") > 0 and not expert.positions
    small = sum(word[0].islower() for word in line.text.split())
    prose = 0.7 * (expert.how in ("copula", "sentence") or small > 9 or len(SAYS.sub("", line.text)) < len(line.text) - 3)
    return max(
        0.0,
        min(2.5, role + 0.7 * place + 0.4 * bool(expert.honorific) + 0.4 * degree + line.marks + 0.2 * bool(line.url) - prose),
    )
