"""The ways to read a byline, tried in order; the first that makes sense of the whole line wins. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from ..model import Position
from . import words as w
from .eastern import EASTERN, read_eastern
from .marks import Line
from .names import TRUST_ALONE, TRUST_BESIDE_ROLE, Found, Name, named, read_name
from .order import is_org, org_first, owner_first, pen_name, role_after, role_first, turned
from .phrases import capital, opens_with_role, segments
from .positions import read_positions
from .rest import with_rest
from .roles import read_piece
from .sentences import articled, copula, first_sentence, link_cue, of_org
from .trust import cased
from .unlisted import is_trade, many_small
from .words import flags, is_place

_BRACKET = re.compile(r"^([^()（）]{2,70}?)\s*[(（]([^()]*(?:\([^()]*\)[^()]*)*)[)）]\s*(.*)$", re.DOTALL)
_JOIN = re.compile(r"(?<=[a-zß-ÿ\u0101-\u017fа-џα-ώ.)])[A-ZÀ-Þ\u0100-\u017dЀ-ЯΑ-Ω]")
_SEPARATOR = re.compile(r"\n|\s*[,，،;؛|·•]\s*|\s+[–—―‒-]+\s+|(?<=\w)[–—]\s+|\s+[–—](?=\w)|\s*[:：]\s+|\s+/\s+")
_AND_NAME = re.compile(r"\s(?:and|&|und|et|y|e|en|i|och|og)\s(?=[^\W\d_])")
_STOPPED = re.compile(r"^([^.,:;()\n]{3,50}?[^\W\d_]{3})\.\s+(?=[^\W\d_])")
_MAY_NAME = w.GIVEN | w.MAYBE | w.FAMILY | w.KNOWN_FAMILY | w.HONORIFIC
_AT_CUE = re.compile(r"\s(?:@|at)\s")
_COPULA_CUE = re.compile(r"\s(?:is|was|ist|est|es|è|é|jest|är|er|je)\s")
_ARTICLE_CUE = re.compile(r"\s(?:an?|the)\s")


def readings(line: Line) -> Iterator[Found]:
    """The readings of a line, best first."""
    if EASTERN.search(line.text) and not line.text[0].isascii():
        eastern = read_eastern(line.text, line.marks > 0)
        if eastern:
            yield Name(eastern.name, eastern.honorific, 1.0, 2), eastern.positions, eastern.how
        return
    for way in _fitting(line.text):
        found = way(line)
        if found:
            yield found


def _fitting(text: str) -> Iterator[Callable[[Line], Found | None]]:
    """The ways that a text has the marks for, in order."""
    if _JOIN.search(text, 0, 70):
        yield _camel
    if "(" in text or "（" in text:
        yield _bracket
    if ". " in text:
        yield _stopped
    parted = _SEPARATOR.search(text) is not None
    if parted:
        yield _separated
    else:
        if link_cue(text):
            yield of_org
        if text.count(" ") > 1 and any(flags(word) & (w.ROLE | w.RANK) for word in text.split(maxsplit=12)):
            yield role_first
            yield role_after
        yield _bare
    if _COPULA_CUE.search(text, 0, 75):
        yield copula
    if _ARTICLE_CUE.search(text, 0, 75):
        yield articled


def _camel(line: Line) -> Found | None:
    """Name and role run together: the leftmost joint with a name before it and a role behind."""
    text = line.text
    for match in _JOIN.finditer(text[:70]):
        at = match.start()
        if (
            not text[at].isupper()
            or text[at - 1].isupper()
            or text[:at].endswith(("Mc", "Mac", " De", " Di", " Le", " La", " Van", " Von", "Fitz"))
        ):
            continue
        name = named(text[:at], TRUST_BESIDE_ROLE / 2)
        if name is None:
            continue
        rest = text[at:]
        piece = read_piece(segments(rest)[0][1])
        opens = flags(rest.split()[0]) & (w.ROLE | w.MODIFIER | w.TOPIC | w.PLACE | w.ORG | w.RANK)
        if piece.kind == "role" and piece.role and (opens or (piece.head & w.NAMED and name.trust > TRUST_ALONE)):
            positions = read_positions(rest)
            if positions and positions[0].role:
                return name, positions, "camel-join"
    return None


def _bracket(line: Line) -> Found | None:
    """ "Name (Org)", "Name (Role)", "Name (Place)"; a bracket of figures or of another script says nothing."""
    match = _BRACKET.match(line.text)
    if not match:
        return None
    before, inside, after = match.groups()
    if len(inside.strip()) < 2 and line.text[len(before)] == "(":
        return None  # "Destinataire(s)"
    if re.match(r"[^\W\d_]+ ?[A-Z]", after) and read_name(f"{before} {after}") and len(inside.split()) == 1:
        return None
    if after.strip(" ,.:") and not re.match(r"\s*[,:;|–—-]", after) and not opens_with_role(after):
        return None
    place = is_place(inside)
    if is_place(before) or (
        place and " " not in before and (not line.marks and flags(before) & (w.MODIFIER | w.TOPIC | w.STOP))
    ):
        return None
    least = -1.0 if place and line.marks >= 0.5 else -0.8 if place else TRUST_BESIDE_ROLE
    name = named(before, least, single=place or (line.marks >= 0.5 and len(before) > 2))
    if name is None:
        return None
    if after.strip(" ,.:"):
        positions = read_positions(after.strip(" ,:;|–—-"))
        if not positions or not positions[0].role:
            return None
        held = read_positions(inside, bracket=True) if len(positions) == 1 and not positions[0].affiliation else ()
        if len(held) == 1 and not held[0].role and not place and not _says_nothing(inside.strip(), before):
            positions = (Position(positions[0].role, held[0].affiliation),)  # "Ann Lee (Acme), baker"
        return name, positions, "paren"
    if place or _says_nothing(inside.strip(), before):
        return (name, (), "paren") if place or name.trust >= TRUST_ALONE - 0.8 * bool(EASTERN.search(inside)) else None
    positions = read_positions(inside, bracket=True)
    if not positions:
        words = inside.split()
        if len(words) > 4 or any(flags(word) & (w.VERB | w.COPULA | w.STOP) and word.islower() for word in words):
            return None
        positions = (Position("", inside),)
    front, comma, behind = inside.partition(", ")
    if comma and not positions[0].role and is_trade(front) and read_piece(behind).sure:
        positions = (Position(front, behind),)
    positions = tuple(Position(p.role, "" if is_place(p.affiliation) else p.affiliation) for p in positions)
    if name.trust < (TRUST_BESIDE_ROLE if positions[0].role else TRUST_ALONE) or many_small(positions[0].affiliation):
        return None
    return name, positions, "paren"


def _says_nothing(inside: str, before: str) -> bool:
    """Whether a bracket holds neither role nor organisation: a figure, an alias, the name in another script."""
    return bool(flags(inside.split()[0]) & w.ALIAS or re.search(r"\b\d", inside) or (cased(before[0]) and not cased(inside[0])))


def _stopped(line: Line) -> Found | None:
    """ "Ana Gómez. Directora de Acme": a name, a full stop, and a role to the end."""
    match = _STOPPED.match(line.text)
    if not match or len(line.text) > 110 or not opens_with_role(line.text[match.end() :]):
        return None
    name, rest = named(match.group(1), TRUST_ALONE), line.text[match.end() :].rstrip(".")
    if name is None or name.words > 4 or ". " in rest or any(flags(word) & (w.COPULA | w.VERB) for word in rest.split()):
        return None
    positions = read_positions(rest)
    return (name, positions, "stop") if positions and positions[0].role else None


def _separated(line: Line) -> Found | None:
    """ "Name, Role, Org" and its kin; "Role: Name" the other way round."""
    match = _SEPARATOR.search(line.text)
    while match and match.start() == 0:
        match = _SEPARATOR.search(line.text, match.end())
    if not match:
        return None
    left, rest, sep = line.text[: match.start()], line.text[match.end() :], match.group().strip() or "\n"
    given = bool(flags(left) & w.GIVEN) and not flags(left) & w.PLACE
    name = named(
        left, TRUST_BESIDE_ROLE, single=given and " " not in left and opens_with_role(re.sub(r"^\d{1,3},\s*", "", rest))
    )
    if sep[0] in ":：|–—-" and ", " in rest and (name is None or is_org(left)):
        owned = owner_first(left, rest)
        if owned is not None:
            return owned
    if name is None and line.marks and sep[0] in ",，،–—-|":
        name = pen_name(left, rest)
    if sep[0] in "–—|-" and (name is None or name.trust < TRUST_BESIDE_ROLE + 1.2):
        found = org_first(left, rest)
        if found:
            return found
    if name is not None and (name.trust < TRUST_ALONE or name.words > 2) and flags(left.split()[0]) & w.ROLE:
        found = _role_first_parted(line, left, rest, sep)  # "Economist Ann Lee, Acme:"
        if found:
            return found
        if name.words > 2 and not flags(left.split()[0]) & _MAY_NAME:
            return None  # "Hoofd Facilitaire Zaken Ann Lee, Acme"
    if name is None:
        return _role_first_parted(line, left, rest, sep) or turned(left, rest, sep)
    pair = _pair(name, rest) if sep[0] in ",，،" else None
    if pair is not None:
        return pair
    colon = re.search(r"[:：]\s", rest)
    if sep[0] in ":：":
        if name.trust < (TRUST_ALONE if _AT_CUE.search(rest) else 0.5) or len(rest) > 110 or not opens_with_role(rest):
            return None
        positions = read_positions(rest)
        if name.trust < 0.5 and not (positions and positions[0].affiliation):
            return None
        return (name, positions, "colon") if positions and positions[0].role else None
    cut = colon is not None and "\n" not in rest[: colon.start()]
    if colon and cut:
        rest = rest[: colon.start()]
    how = "lines" if "\n" in sep else "comma" if sep[0] in ",，،" else "slash" if sep[0] == "/" else "separator"
    found = with_rest(name, _unstopped(rest), how)
    if found and cut and not line.marks and not _vouched(found, how):
        return None  # a headline: "Ann Lee, Acme: why we moved"
    return found


def _unstopped(rest: str) -> str:
    """The first sentence; where a full stop only parts a role from an organisation, with that: "Enóloga. Bodegas Tejada"."""
    first = first_sentence(rest)
    behind = rest[len(first) :].lstrip(" .")
    if not behind or behind.endswith(".") or behind.count(" ") > 6 or "\n" in behind:
        return first
    piece = read_piece(behind)
    return f"{first}, {behind}" if piece.kind == "org" and piece.sure and not many_small(behind) else first


def _role_first_parted(line: Line, left: str, rest: str, sep: str) -> Found | None:
    """ "Chief economist Ann Lee, Acme", "Ann Lee chief economist, Acme": what stands behind is where, or what else."""
    if sep[0] in ":：/" or len(rest) > 110:
        return None
    first = role_first(Line(left, line.marks), parted=True) or role_after(Line(left, line.marks))
    if first is None:
        return None
    name, told, how = first
    if not told[0].affiliation and (posts := _posts_behind(told[0].role, rest)):
        return name, posts, how
    behind = read_positions(rest)
    if not behind:
        return first if is_place(rest) else None
    if any(position.role for position in behind):
        return (name, (*told, *behind), how) if behind[0].role and all(p.role for p in behind) else None
    org = behind[0].affiliation
    if len(behind) > 1 or many_small(org) or told[0].affiliation not in ("", org):
        return None
    return name, (Position(told[0].role, org),), how


def _posts_behind(role: str, rest: str) -> tuple[Position, ...]:
    """A role with what stands behind the name, read as if the two stood together; a field goes on with no role from there."""
    posts = read_positions(f"{role}, {rest}")
    if not posts or many_small(posts[0].affiliation):
        return ()
    if posts[0].role == role and posts[0].affiliation and all(post.role for post in posts):
        return posts
    goes_on = len(posts) == 1 and posts[0].role == f"{role}, {rest}" and not posts[0].affiliation
    return (Position(role, rest),) if goes_on and not opens_with_role(rest) and all(map(capital, rest.split())) else ()


def _vouched(found: Found, how: str) -> bool:
    """Whether a byline before a colon tells a role that we know, or what is surely an organisation."""
    _, positions, way = found
    return way == how and any(
        position.role or any(flags(word) & w.ORG for word in position.affiliation.split()) for position in positions
    )


def _pair(name: Name, rest: str) -> Found | None:
    """ "Ann Lee, Nurse, Oak Clinic and Tom Hall, Baker, Acme": two whole bylines joined."""
    for match in _AND_NAME.finditer(rest):
        before, after = rest[: match.start()], rest[match.end() :]
        comma = after.find(",")
        other = named(after[:comma], 0.5) if comma > 0 else None
        if other is None:
            continue
        first, second = read_positions(before), read_positions(after[comma + 1 :])
        if len(first) == 1 == len(second) and first[0].role and second[0].role:
            joined = Name(f"{name.text} {match.group().strip()} {other.text}", name.honorific, min(name.trust, other.trust), 4)
            return joined, (*first, *second), "pair"
    return None


def _bare(line: Line) -> Found | None:
    """Nothing but a name; one word only behind a dash or before an arrow, or where it is a known given name before a colon."""
    if len(line.text) > 80 or "\n" in line.text:
        return None
    word = line.text.strip(" .")
    if is_place(word):
        return None
    single = line.marks >= 0.5 and " " not in word and len(word) > 2 and not flags(word) & (w.ROLE | w.NETWORK)
    name = named(
        line.text,
        TRUST_ALONE - (0.5 if single else 0.0),
        single=single
        and (bool(flags(word) & w.GIVEN) or any(a.islower() and b.isupper() for a, b in itertools.pairwise(word))),
    )
    return (name, (), "bare") if name else None
