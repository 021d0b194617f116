"""What the bylines of a page teach about those among them that the lexicon does not know. Pure.

A koster or a liutaio is in no list of ours; but where four lines say "Name, role, organisation", the fifth says it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from .model import Expert, Position
from .names import read_name
from .phrases import segments
from .roles import read_piece

#: least trust in a name among bylines that look the same, and where a role or organisation may stand behind it
TRUST, TRUST_BEFORE_REST = -1.1, -0.9

#: characters of a line that are looked at
MOST = 300

_FRONT = re.compile(r"^(?:[\s\d#.)(:—–―‒~*•-]|--)*(?=[^\W\d_])")
_BACK = re.compile(r"[\s:：>»,;|–—-]*$")
_BREAK = re.compile(r"\s*[,|;·•(（:：\n]\s*|\s+[–—―-]+\s+|\s*[–—―]\s*")


def split(raw: str) -> tuple[str, str]:
    """A byline as the name in front and all that stands behind it.

    >>> split("4. Sjoerd Hamstra, koster:")
    ('Sjoerd Hamstra', 'koster')
    """
    text = _BACK.sub("", _FRONT.sub("", raw[:MOST]))
    cut = _BREAK.search(text)
    if cut is None:
        return text, ""
    rest = text[cut.end() :]
    return text[: cut.start()], rest[:-1] if cut.group().strip() in ("(", "（") and rest.endswith((")", "）")) else rest


def weak_expert(raw: str, *, single: bool) -> Expert | None:
    """A person in a line that only its company makes believable; positions are left to `aligned`."""
    front, rest = split(raw)
    name = read_name(front)
    if name is None or name.trust < (TRUST_BEFORE_REST if rest else TRUST) or (name.words < 2 and not single):
        return None
    return Expert(name.text, name.honorific, (), "", " ".join(raw.split()), "template")


def aligned(experts: Sequence[Expert]) -> list[Expert]:
    """The same people; those without a role get one where most of the others print it in the same place."""
    shapes = [_shape(expert) for expert in experts]
    sure = [shape for shape in shapes if shape]
    usual = max(((len(list(group)), shape) for shape, group in groupby(sorted(sure))), default=(0, ""))
    if usual[0] < max(2, 0.4 * len(experts)):
        return list(experts)
    return [expert if shape else _as(expert, usual[1]) for expert, shape in zip(experts, shapes, strict=True)]


def _shape(expert: Expert) -> str:
    """ "role, org" or "role" where a byline says so in its own order; "" where it says something else or nothing."""
    if not expert.positions or not expert.positions[0].role:
        return ""
    _, rest = split(expert.byline)
    first = expert.positions[0]
    parts = [part for _, part in segments(rest)] if rest else []
    if parts and parts[0] == first.role:
        return "role, org" if len(parts) > 1 and first.affiliation.startswith(parts[1]) else "role"
    return "other"


def _as(expert: Expert, shape: str) -> Expert:
    """A byline without a role, read as its neighbours are printed."""
    front, rest = split(expert.byline)
    if shape not in ("role, org", "role") or not rest or not front.endswith(expert.name):
        return expert
    parts = [part for _, part in segments(rest)]
    kinds = [read_piece(part) for part in parts]
    if not parts or len(parts) > 4 or kinds[0].kind in ("degree", "place", "noise"):
        return expert
    if kinds[0].kind == "org" and kinds[0].sure:
        return expert
    if any(len(part.split()) > 9 or re.search(r"\d{3}|[.!?]\s", part) for part in parts):
        return expert
    small = parts[0][0].islower() or not parts[0][0].isalpha()
    if len(parts) == 1 and not small:
        return expert
    position = Position(parts[0], ", ".join(parts[1:]) if shape == "role, org" or len(parts) == 2 else "")
    return Expert(expert.name, expert.honorific, (position,), expert.url, expert.byline, expert.how or "template")
