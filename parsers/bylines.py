"""Read a byline: who speaks, and as what. Empty beats wrong. Pure.

A first, thin version: the signatures stand, the grammar grows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.model import Expert, Position

_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,4}")


def looks_like_name(text: str) -> bool:
    """Whether `text`, alone, is a person's name. A microsecond where it is plainly not."""
    return len(text) < 60 and bool(_NAME.fullmatch(text.strip(" :>–—-")))


def read_byline(text: str) -> Expert | None:
    """The expert that a byline presents, or None. Newlines are the line breaks of a byline over several lines."""
    folded = " ".join(text.split())
    if len(folded) > 300:
        return None
    name, _, rest = folded.strip(" :>–—-").partition(", ")
    if not _NAME.fullmatch(name):
        return None
    role, _, affiliation = rest.partition(", ")
    positions = (Position(role, affiliation),) if rest else ()
    return Expert(name, positions=positions, byline=folded, how="comma" if rest else "bare")


def read_runs(runs: Sequence[tuple[str, bool]]) -> Expert | None:
    """The same, where the style runs (text, bold) are known."""
    return read_byline("".join(text for text, _ in runs))


def evidence(text: str) -> float:
    """How much speaks for a byline beside the name itself: 0 (a bare name or none) to about 2.5."""
    expert = read_byline(text)
    return float(sum(bool(p.role) + bool(p.affiliation) for p in expert.positions[:1])) if expert else 0.0
