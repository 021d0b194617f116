"""Bylines whose role stands before the name, or straight behind it without a separator. Pure."""

from __future__ import annotations

import re

from ..model import Position
from . import words as w
from .marks import Line
from .names import TRUST_ALONE, TRUST_BESIDE_ROLE, Found, Name, named
from .orgs import ADJECTIVE
from .phrases import capital, opens_with_role
from .positions import read_positions
from .roles import read_piece
from .words import flags, fold

#: the last of three names in the East Slavic order of papers: "Иванов Иван Иванович"
_PATRONYMIC = re.compile(r"\w{2,}(?:ович|евич|івна|овна|евна|ївна|ична|ійович|йович)", re.IGNORECASE)
_SURNAME = w.GIVEN | w.MAYBE | w.FAMILY | w.KNOWN_FAMILY


def turned(left: str, rest: str, sep: str) -> Found | None:
    """ "Co-Chair - Ann Lee", "Editor: Ann Lee", "CEO of Acme, Ann Lee", "Director, Acme: Ann Lee"."""
    if len(left) > 90 or "\n" in rest:
        return None
    if sep[0] in ",，،":
        return _turned_at_comma(left, rest)
    piece = read_piece(left)
    last = left.split()[-1]
    if (
        piece.kind != "role"
        or not piece.role
        or not (flags(last) & w.ROLE or _adjective_last(left, sep) or any(flags(word) & w.LINK for word in left.split()))
    ):
        return None
    match = re.search(r",\s|\s+[–—|]\s|\(", rest)
    name = named(rest[: match.start()] if match else rest, -0.6)
    if name is None:
        return None
    behind = read_positions(rest[match.end() :].rstrip(")")) if match else ()
    if sep[0] in ":：" and " " not in left and behind and behind[0].role:
        return name, behind, "label"  # "Expert: Ann Lee, engineer"
    return name, (Position(piece.role, piece.org), *behind), "role-first"


def _adjective_last(left: str, sep: str) -> bool:
    """Whether a label is a role and its adjective, in the order of most languages but English: "Redaktor naczelny:"."""
    first = flags(left.split()[0])
    return sep[0] in ":：" and bool(first & w.ROLE) and not first & w.ENGLISH and len(left.split()) == 2


def _turned_at_comma(left: str, rest: str) -> Found | None:
    """What stands before the name, cut at commas; the name is to be known, since an organisation may follow a comma as well."""
    before, mark, behind = rest.partition(": ") if ": " in rest else (left, "", rest)
    told = f"{left}, {before}" if mark else left
    name = named(behind, 0.5 if mark else 0.9)
    first = flags(left.split()[0])
    if name is None or name.words > 4 or not (flags(behind.split()[0]) & w.GIVEN or name.honorific or mark):
        return None
    if len(told.split()) > 12 or not (opens_with_role(left) or first & w.RANK):
        return None
    positions = read_positions(told)
    if len(positions) != 1 or not positions[0].role or (mark and not positions[0].affiliation):
        return None
    if not mark and not positions[0].affiliation and not flags(left.split()[-1]) & w.ROLE:
        return None
    return name, positions, "role-first"


def org_first(left: str, rest: str) -> Found | None:
    """ "Acme – Ann Lee, Head of Content": the organisation, then a name that we know, then a role without one of its own."""
    before, comma, behind = rest.partition(", ")
    words = left.split()
    if not comma or len(words) > 5 or len(left) < 3 or not flags(before.split()[0]) & w.GIVEN or not opens_with_role(behind):
        return None
    if flags(words[0]) & w.GIVEN or any(flags(word) & (w.STOP | w.ROLE | w.DATE) or not capital(word) for word in words):
        return None
    name, positions = named(before, 0.9), read_positions(behind)
    if name is None or name.words > 4 or len(positions) != 1 or not positions[0].role or positions[0].affiliation:
        return None
    return name, (Position(positions[0].role, left),), "org-first"


def role_first(line: Line, parted: bool = False) -> Found | None:
    """ "NAR chief economist Ann Lee": a role, then a name to the end; in a part of a byline, some doubt is allowed."""
    words = line.text.split()
    if not 3 <= len(words) <= 14 or any(mark in line.text for mark in ",:;|\n"):
        return None
    for size in (2, 3, 4, 5)[: 3 + parted]:
        if len(words) <= size:
            break
        before = words[:-size]
        if size == 2 and _PATRONYMIC.fullmatch(words[-1]) and not flags(before[-1]) & w.ROLE:
            continue  # "Директор Иванов | Иван Иванович"
        if parted and (found := _trade_first(before, words[-size:])):
            return found
        if found := _told_first(before, words[-size:], parted):
            return found
        seen = line.marks >= 0.5 and _sets_off(before, words[-1])
        name = named(" ".join(words[-size:]), (TRUST_ALONE if before[-1][0].islower() else 0.5) if seen else 0.9)
        if name is None or name.honorific or not (seen or flags(words[-size]) & w.GIVEN) or not _is_role(before):
            continue
        if flags(before[0]) & w.ARTICLE and len(before) > 1:
            before = before[1:]
        piece = read_piece(" ".join(before))
        if piece.kind == "role" and piece.role and len(before) <= 6:
            return name, (Position(piece.role, piece.org),), "role-first"
    return None


def _trade_first(before: list[str], after: list[str]) -> Found | None:
    """ "Directrice de recherche | Léa Roux", "Potter | Ulo Tamm": a role that can be no name, and a name."""
    found = [flags(word) for word in before]
    lone = len(before) == 1 and len(after) == 2 and not found[0] & (_SURNAME | w.HONORIFIC)
    told = any(f & w.LINK for f in found) or not found[0] & w.ENGLISH
    if not opens_with_role(" ".join(before)) or not (lone or told) or len(before) > 6:
        return None
    within = w.LINK | w.ARTICLE | w.AND | w.TOPIC
    if any(f & (w.GIVEN | w.KNOWN_FAMILY) or (f & w.STOP and not f & within) for f in found[1:]):
        return None
    if not after[0][0].isupper() or any(not f and word[0].isupper() for f, word in zip(found, before, strict=True)):
        return None
    name = named(" ".join(after), TRUST_ALONE if lone else 0.9)
    if name is None or name.honorific or not (lone or flags(after[0]) & w.GIVEN) or all(f & w.HONORIFIC for f in found):
        return None
    piece = read_piece(" ".join(before))
    if piece.kind != "role" or not piece.role or piece.org:
        return None
    return name, (Position(piece.role, ""),), "role-first"


def _told_first(before: list[str], after: list[str], parted: bool) -> Found | None:
    """ "Directora ejecutiva Ana Gómez", "Head of Data Ann Lee": words that may all be a role's, and a given name behind them.

    Where an organisation follows, the name may be on no list, if the role's last word says what somebody is.
    """
    strange = parted and len(after) < 4 and bool(flags(before[-1]) & w.ROLE) and not any(map(_means_else, after))
    if not 1 < len(before) < 9 or not before[0][0].isupper() or not (_names_alone(after) or strange) or not _all_role(before):
        return None
    name, piece = named(" ".join(after), 0.0 if strange else 0.3 if parted else 0.9), read_piece(" ".join(before))
    if name is None or name.honorific or piece.kind != "role" or not piece.role:
        return None
    if piece.org and not flags(piece.org.split()[0]) & w.ORG:
        return None
    return name, (Position(piece.role, piece.org),), "role-first"


def _means_else(word: str) -> bool:
    """Whether a word is printed or listed as what no stranger's name is."""
    return word[1:].isupper() or not word[0].isupper() or bool(flags(word) & ~(_SURNAME | w.PARTICLE | w.SUFFIX | w.ALIAS))


def _names_alone(words: list[str]) -> bool:
    """Whether the first of some words is a given name and no more, and none of the others is a role's."""
    if not flags(words[0]) & w.GIVEN or not words[0][0].isupper() or flags(words[0]) & (w.ROLE | w.ORG):
        return False
    return not any(flags(word) & (w.ROLE | w.TOPIC | w.ORG) and not flags(word) & _SURNAME for word in words[1:])


def _all_role(words: list[str]) -> bool:
    """Whether words open with what somebody is and go on with nothing but fields, qualities and small words."""
    found = [flags(word) for word in words]
    role = w.ROLE | w.MODIFIER | w.TOPIC | w.RANK
    if not opens_with_role(" ".join(words)) or all(f & w.HONORIFIC for f in found) or found[-1] & (w.LINK | w.AND | w.ARTICLE):
        return False
    for place, (word, f) in enumerate(zip(words, found, strict=True)):
        small = not word[0].isupper()
        if f & role or f & w.AND or (small and f & (w.LINK | w.ARTICLE)):
            continue
        if f & (w.STOP | w.VERB | w.COPULA | w.SAID | w.DATE) or (f & (w.GIVEN | w.KNOWN_FAMILY) and not small):
            return False
        if not small and not f & (w.WORD | w.ORG) and not word.isupper() and not _is_quality(found[place - 1], word):
            return False
    return True


def _is_quality(before: int, word: str) -> bool:
    """Whether a word behind a role or a field is its adjective by its ending: "Dyrektor Operacyjny", "Scienze Agrarie"."""
    bare = fold(word).rstrip("s")
    ending = ADJECTIVE.fullmatch(bare) or ADJECTIVE.fullmatch(f"{bare[:-1]}a")
    return bool(before & (w.ROLE | w.TOPIC)) and not before & w.ENGLISH and ending is not None


def _sets_off(before: list[str], last: str) -> bool:
    """Whether the print shows where the role ends: in small letters, or it is one word before a family name that we know."""
    if before[-1][0].islower():
        return before[0][0].isupper()
    return len(before) == 1 and bool(flags(last) & w.KNOWN_FAMILY)


def _is_role(words: list[str]) -> bool:
    """Whether words before a name are a role to the end, or one with its genitive: "Директор Института прогнозов"."""
    first = flags(words[0])
    if all(flags(word) & w.HONORIFIC for word in words):
        return False  # "Professor Ann Lee" is a title
    trade = first & w.ORG and len(words) == 2 and words[1].islower()  # "Shop owner"
    if first & (w.STOP | w.VERB) and not trade and not first & (w.MODIFIER | w.ROLE | w.TOPIC | w.ARTICLE):
        return False
    if not words[0][0].isupper() and not first & (w.ROLE | w.MODIFIER):
        return False
    chief = len(words) > 1 and words[-1] == "Chief"  # "Police Chief"
    return bool(chief or flags(words[-1]) & w.ROLE or (first & w.ROLE and not words[0].isascii()))


def role_after(line: Line) -> Found | None:
    """ "Ana Gómez Secretaria General": a name that we know, and straight behind it a role to the end."""
    words = line.text.split()
    for size in (2, 3, 4):
        if not size < len(words) <= 9:
            break
        rest = " ".join(words[size:])
        if not flags(words[0]) & w.GIVEN or not opens_with_role(rest):
            continue
        name = named(" ".join(words[:size]), 0.9)
        piece = read_piece(rest)
        stopped = any(word.endswith(".") and len(word) > 3 for word in words[1:size])
        cut_short = words[size - 1].isupper() and not line.text.isupper()  # "Rory Sadler MEG | Technician"
        surname = len(words) == size + 1 and flags(rest) & _SURNAME  # "John F | Dean"
        if (
            name
            and not (cut_short or stopped)
            and not surname
            and not flags(words[size - 1]) & w.ROLE
            and piece.kind == "role"
            and piece.role
        ):
            return name, (Position(piece.role, piece.org),), "role-after"
    return None


def pen_name(left: str, rest: str) -> Name | None:
    """What somebody calls herself, where a number before and a role behind vouch for that: "3. The Salty Cook, blogger"."""
    words = left.split()
    if (
        not 2 <= len(words) <= 4
        or not (words[0][0].isupper() and words[-1][0].isupper())
        or not left.replace(" ", "").isalpha()
    ):
        return None
    if (any(flags(word) & w.ROLE for word in words) and not flags(words[0]) & w.ARTICLE) or not opens_with_role(rest):
        return None
    return Name(left, "", TRUST_BESIDE_ROLE, len(words))


def is_org(text: str) -> bool:
    return any(flags(word) & (w.ORG | w.MEDIA) for word in text.split())


def owner_first(left: str, rest: str) -> Found | None:
    """ "Larch Capital: Ann Lee, Chief Strategist": an organisation, who speaks for it, and as what."""
    front, _, behind = rest.partition(", ")
    if not 0 < len(left.split()) < 5 or "\n" in rest or len(rest) > 90:
        return None
    words = left.split()
    if any(not capital(word) and not flags(word) & (w.LINK | w.AND) for word in words):
        return None
    common = all(flags(word) & (w.WORD | w.STOP | w.TOPIC | w.LINK | w.AND) and not flags(word) & w.ORG for word in words)
    if common or any(flags(word) & (w.ROLE | w.STOP | w.DATE | w.ARTICLE | w.CREDIT) for word in words):
        return None
    name = named(front, TRUST_ALONE)
    positions = read_positions(behind) if name is not None and name.words > 1 else ()
    if name is None or len(positions) != 1 or not positions[0].role or positions[0].affiliation:
        return None
    return name, (Position(positions[0].role, left),), "org-first"
