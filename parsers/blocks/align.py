"""What the bylines of a page teach about those among them that the lexicon does not know. Pure.

A koster or a liutaio is in no list of ours; but where four lines say "Name, role, organisation", the fifth says it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ..bylines.eastern import EASTERN, name_trust
from ..bylines.names import read_name
from ..bylines.phrases import segments
from ..bylines.roles import read_piece
from ..bylines.words import MODIFIER, ROLE, SAID, flags
from ..model import Expert, Position

#: least trust in a name among bylines that look the same, and where a role or organisation may stand behind it
TRUST, TRUST_BEFORE_REST = -1.1, -0.9

#: characters of a line that are looked at
MOST = 300

_FRONT = re.compile(
    r"^[\W\d_]*(?:(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|[Aa]v|[Aa]f|[Dd]i|[Pp]rzez)[:\s]\s*(?=[A-Z]))?(?=[^\W\d_])"
)
_BACK = re.compile(r"[\s:：>»,;|–—-]*$")
#: a time of day, which heads the entry of a programme
CLOCK = re.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
_JOINED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_FIGURES = re.compile(r"\s*\([^()]*\d[^()]*\)")
_HEADLINE = re.compile(r"[:：]\s.*", re.DOTALL)
_BREAK = re.compile(r"\s*[,，、،|;·•(（:：\n]\s*|\s+[–—―-]+\s+|\s*[–—―]\s*")


@lru_cache(maxsize=1 << 12)
def split(raw: str, name: str = "") -> tuple[str, str]:
    """A byline as the name in front, where it is known or else as far as the first separator, and all that stands behind it.

    >>> split("4. Sjoerd Hamstra, koster:")
    ('Sjoerd Hamstra', 'koster')
    """
    text = _BACK.sub("", _FRONT.sub("", raw[:MOST]))
    known = text.find(name) + len(name) if name and 0 <= text.find(name) < 12 else 0
    cut = _BREAK.search(text, known)
    if known:
        joint = known if text[known : known + 1].isalpha() else 0
    else:
        joint = _joint(text[: cut.start()] if cut else text)
    if joint:
        return text[:joint], _HEADLINE.sub("", text[joint:])
    if cut is None:
        return text, ""
    rest = _HEADLINE.sub("", _FIGURES.sub("", text[cut.end() :]))
    return text[: cut.start()], rest[:-1] if cut.group().strip() in ("(", "（") and rest.endswith((")", "）")) else rest


def _joint(text: str) -> int:
    """Where a name and what follows are run together, or 0: "Ann LeeBaker" is 7."""
    name = read_name(text)
    sure = name is not None and name.trust >= 0
    for match in _JOINED.finditer(text[:60]):
        left = read_name(text[: match.start()])
        if left is None or left.words < 2 or left.trust < 0:
            continue
        if not sure or flags(text[match.start() :].split()[0]) & (ROLE | MODIFIER):
            return match.start()
    return 0


def weak_expert(raw: str, *, single: bool) -> Expert | None:
    """A person in a line that only its company makes believable; positions are left to `aligned`."""
    if raw[0].isdigit() and CLOCK.match(raw):
        return None  # an entry of a programme
    front, rest = split(raw)
    name = read_name(front)
    parts = [part for _, part in segments(rest)]
    if parts and 1 < len(front.split()) < 5 and front[0].isupper() and read_piece(parts[0]).kind == "role":
        return Expert(front, "", (), "", " ".join(raw.split()), "template")
    if EASTERN.match(front):  # a name there is one word
        sure = name_trust(front) >= (0.6 if rest else 1.0)
        return Expert(front, "", (), "", " ".join(raw.split()), "template") if sure else None
    if name is None or name.trust < (TRUST_BEFORE_REST if rest else TRUST) or (name.words < 2 and not single):
        return None
    return Expert(name.text, name.honorific, (), "", " ".join(raw.split()), "template")


def aligned(experts: Sequence[Expert], raws: Sequence[str]) -> list[Expert]:
    """The same people; who lacks a role or an organisation that most of the others print gets it from the same place.

    `raws` holds each byline as printed, with its line breaks.
    """
    shapes = [_shape(expert, raw) for expert, raw in zip(experts, raws, strict=True)]
    usual, count = Counter(shape for shape in shapes if shape).most_common(1)[0] if any(shapes) else ("", 0)
    if usual == "other" or count < 0.3 * len(experts) or (count < 2 and len(experts) > 3):
        return list(experts)
    alone = [expert.positions[:1] for expert, raw in zip(experts, raws, strict=True) if len(_parts(raw, expert.name)) == 1]
    roles = sum(bool(position and position[0].role) for position in alone)
    mostly = roles > 1 and 2 * roles >= len(alone)
    return [_as(expert, raw, usual, alone=mostly) for expert, raw in zip(experts, raws, strict=True)]


def _parts(raw: str, name: str) -> list[str]:
    """What stands behind the name, cut at its separators, without "said"."""
    rest = split(raw, name)[1]
    parts = [part for _, part in segments(rest)] if rest else []
    while parts and all(flags(word) & SAID for word in parts[-1].split()):
        parts.pop()
    return parts


def _shape(expert: Expert, raw: str) -> str:
    """ "role, org" or "role" where a byline says so in this order; "other" for what it says otherwise, "" for nothing."""
    if not expert.positions or not expert.positions[0].role:
        return ""
    parts = _parts(raw, expert.name)
    if not parts or parts[0] != expert.positions[0].role:
        return "other"
    return ("role", "role, org", "other")[min(len(parts), 3) - 1] if not expert.positions[0].affiliation else "role, org"


def _as(expert: Expert, raw: str, usual: str, *, alone: bool) -> Expert:
    """One expert, read as the neighbours are printed, where the grammar alone left something out.

    `alone`: what stands alone behind a name on this page is a role.
    """
    front, parts = split(raw, expert.name)[0], _parts(raw, expert.name)
    if not parts or len(parts) > 4 or not front.endswith(expert.name) or not all(map(_plain, parts)):
        return expert
    kinds = [read_piece(part) for part in parts]
    told = replace(expert, positions=(Position(parts[0], ", ".join(parts[1:])),), byline=" ".join(raw.split()))
    if not expert.positions or not expert.positions[0].role:
        if kinds[0].kind in ("degree", "place", "noise") or (kinds[0].kind == "org" and kinds[0].sure):
            return expert
        if len(parts) == 1 and not (alone or parts[0][0].islower() or "\n" in raw.strip()):
            return expert
        return told
    first = expert.positions[0]
    if usual != "role, org" or len(parts) < 2 or len(expert.positions) > 1:
        return expert
    if kinds[1].kind in ("role", "degree", "place", "noise"):
        return expert
    if first.role == parts[0] and not first.affiliation:
        return told
    inner = parts[0][len(first.role) :].strip()
    if parts[0].startswith(first.role) and inner and kinds[1].sure and not read_piece(inner).sure:
        return told
    return expert


def _plain(part: str) -> bool:
    """Whether a part of a byline is short and no sentence."""
    return len(part.split()) <= 9 and not re.search(r"\d{3}|[.!?]\s", part)
