"""What the bylines of a page teach about those among them that the lexicon does not know. Pure.

A koster or a liutaio is in no list of ours; but where four lines say "Name, role, organisation", the fifth says it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

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
_JOINED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_FIGURES = re.compile(r"\s*\([^()]*\d[^()]*\)")
_HEADLINE = re.compile(r"[:：]\s.*", re.DOTALL)
_BREAK = re.compile(r"\s*[,|;·•(（:：\n]\s*|\s+[–—―-]+\s+|\s*[–—―]\s*")


def split(raw: str) -> tuple[str, str]:
    """A byline as the name in front and all that stands behind it.

    >>> split("4. Sjoerd Hamstra, koster:")
    ('Sjoerd Hamstra', 'koster')
    """
    text = _BACK.sub("", _FRONT.sub("", raw[:MOST]))
    cut = _BREAK.search(text)
    joint = _joint(text if cut is None else text[: cut.start()])
    if joint:
        return text[:joint], text[joint:]
    if cut is None:
        return text, ""
    rest = _HEADLINE.sub("", _FIGURES.sub("", text[cut.end() :]))
    return text[: cut.start()], rest[:-1] if cut.group().strip() in ("(", "（") and rest.endswith((")", "）")) else rest


def _joint(text: str) -> int:
    """Where a name and what follows are run together, or 0: "Ann LeeBaker" is 7."""
    name = read_name(text)
    if name is not None and name.trust >= 0:
        return 0
    for match in _JOINED.finditer(text[:60]):
        left = read_name(text[: match.start()])
        if left is not None and left.words > 1 and left.trust >= 0:
            return match.start()
    return 0


def weak_expert(raw: str, *, single: bool) -> Expert | None:
    """A person in a line that only its company makes believable; positions are left to `aligned`."""
    front, rest = split(raw)
    name = read_name(front)
    parts = [part for _, part in segments(rest)]
    if parts and 1 < len(front.split()) < 5 and front[0].isupper() and read_piece(parts[0]).kind == "role":
        return Expert(front, "", (), "", " ".join(raw.split()), "template")
    if name is None or name.trust < (TRUST_BEFORE_REST if rest else TRUST) or (name.words < 2 and not single):
        return None
    return Expert(name.text, name.honorific, (), "", " ".join(raw.split()), "template")


def aligned(experts: Sequence[Expert], raws: Sequence[str]) -> list[Expert]:
    """The same people; who lacks a role or an organisation that most of the others print gets it from the same place.

    `raws` holds each byline as printed, with its line breaks.
    """
    shapes = [_shape(expert, raw) for expert, raw in zip(experts, raws, strict=True)]
    usual, count = Counter(shape for shape in shapes if shape).most_common(1)[0] if any(shapes) else ("", 0)
    if count < max(2, 0.4 * len(experts)) or usual == "other":
        return list(experts)
    return [_as(expert, raw, usual) for expert, raw in zip(experts, raws, strict=True)]


def _parts(raw: str) -> list[str]:
    rest = split(raw)[1]
    return [part for _, part in segments(rest)] if rest else []


def _shape(expert: Expert, raw: str) -> str:
    """ "role, org" or "role" where a byline says so in this order; "other" for what it says otherwise, "" for nothing."""
    if not expert.positions or not expert.positions[0].role:
        return ""
    first, parts = expert.positions[0], _parts(raw)
    if not parts or parts[0] != first.role:
        return "other"
    return "role, org" if len(parts) > 1 and first.affiliation.startswith(parts[1]) else "role" if len(parts) == 1 else "other"


def _as(expert: Expert, raw: str, usual: str) -> Expert:
    """One expert, read as the neighbours are printed, where the grammar alone left something out."""
    front, parts = split(raw)[0], _parts(raw)
    if not parts or len(parts) > 4 or not front.endswith(expert.name) or not all(map(_plain, parts)):
        return expert
    kinds = [read_piece(part) for part in parts]
    byline = " ".join(raw.split())
    if not expert.positions or not expert.positions[0].role:
        if kinds[0].kind in ("degree", "place", "noise") or (kinds[0].kind == "org" and kinds[0].sure):
            return expert
        if len(parts) == 1 and not (parts[0][0].islower() or "\n" in raw.strip()):
            return expert
        return replace(expert, positions=(Position(parts[0], ", ".join(parts[1:])),), byline=byline)
    first = expert.positions[0]
    if usual != "role, org" or len(parts) < 2 or len(expert.positions) > 1:
        return expert
    if kinds[1].kind in ("role", "degree", "place", "noise"):
        return expert
    if first.role == parts[0] and not first.affiliation:
        return replace(expert, positions=(Position(parts[0], ", ".join(parts[1:])),), byline=byline)
    inner = parts[0][len(first.role) :].strip()
    if parts[0].startswith(first.role) and inner and kinds[1].sure and not read_piece(inner).sure and " " in inner:
        return replace(expert, positions=(Position(parts[0], ", ".join(parts[1:])),), byline=byline)
    return expert


def _plain(part: str) -> bool:
    """Whether a part of a byline is short and no sentence."""
    return len(part.split()) <= 9 and not re.search(r"\d{3}|[.!?]\s", part)
