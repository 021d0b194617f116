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
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.eastern import EASTERN, read_eastern
from parsers.model import Expert, Position
from parsers.names import TRUST_ALONE, TRUST_BESIDE_ROLE, Name, cased, read_name
from parsers.roles import Piece, read_piece, read_positions, segments
from parsers.words import (
    ACCORDING, ALIAS, AND, ARTICLE, AT, COPULA, CREDIT, DATE, FAMILY, GIVEN, HONORIFIC, KNOWN_FAMILY, LINK, MAYBE, MODIFIER, NAMED, NETWORK, OF, ORG, PARTICLE, PLACE, RANK, ROLE, STOP, TOPIC, VERB, flags, fold, is_place,
)

#: longest byline read, in characters; longer lines are prose
MOST_CHARS, MOST_LINES = 300, 6

_START = re.compile(r"[\s\-–—―‒•·▪●►▶*>~#|“”\"'«„]*")
_NUMBER = re.compile(r"(?:#?\d{1,3}\s*[.):\-–]|#\d{1,3}|\(\d{1,3}\)|№\s?\d{1,3}\.?)\s+(?=\D)")
_BY = re.compile(r"(?:by|von|par|por|door|av|af|di|przez)(?::\s*|\s+)(?=[^\W\d_])", re.IGNORECASE)
_CLOSING = {"»": "«", "”": "“", '"': '"', "’": "‘"}
_LABEL = re.compile(r"(?:LinkedIn|Twitter|Facebook|Instagram|YouTube|GitHub|Mastodon|Bluesky|Website|TikTok|Threads|X)(?=[A-Z])")
_OPENS = re.compile(r"\s*\((?:opens|öffnet|s'ouvre|se abre)[^()]*\)\s*$", re.IGNORECASE)
_HANDLE = re.compile(r"\s*(?:\((?:@|https?://|www\.)[\w./:@%?=&#~+-]+\)|(?:@|https?://|www\.)[\w./:@%?=&#~+-]+)")
_DATED = re.compile(r"\(@\w+\)\s+\w+ \d{1,2}, \d{4}$")
_CREDIT = re.compile(r"©|\(c\)|getty images|/(?:reuters|afp|ap|epa|shutterstock|flickr)\b|\b(?:photo|foto|credit|picture|image)s?\s*(?:by|:)|courtesy", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\s*$|\b\d{1,2}:\d\d\b|[€$£]\s?\d|\d\s?[€%]")
_FIGURE = re.compile(r"\d")
_REFUSED_END = ("?", "!", "…", "...", "？", "！", "?”", "?\"", "!”", "!\"")
_BRACKET = re.compile(r"^([^()（）]{2,70}?)\s*[(（]([^()]*(?:\([^()]*\)[^()]*)*)[)）]\s*(.*)$", re.DOTALL)
_JOIN = re.compile(r"(?<=[a-zß-ÿ\u0101-\u017fа-џα-ώ.)])[A-ZÀ-Þ\u0100-\u017dЀ-ЯΑ-Ω]")
_SEPARATOR = re.compile(r"\n|\s*[,，،;؛|·•]\s*|\s+[–—―‒-]+\s+|(?<=\w)[–—]\s+|\s+[–—](?=\w)|\s*[:：]\s+|\s+/\s+")
_COPULA = re.compile(r"^(.{3,60}?)\s+(?:is|was|ist|est|es|è|é|jest|är|er|je)\s+(?:(?:also|currently|now|an?|the|eine?r?|une?|le|la|el|una?|um|uma|il)\s+)?(.+)$")
_SAYS = re.compile(r"[,\s]+(?:says|said|uses|suggests|explains|offers|holds|tells|told|shares|thinks|believes|recommends|writes|has|adds|notes|argues|starts|and is based)\s.*$")
_BASED = re.compile(r"\s+(?:based (?:in|at|out)|living in|working (?:in|at|for)|specializing|specialising|focusing|focused|covering|in this|whose|where)\s.*$")
_ARTICLED = re.compile(r"^(.{3,60}?),?\s+((?:an?|the)\s+.+)$")
_AND_NAME = re.compile(r"\s(?:and|&|und|et|y|e|en|i|och|og)\s(?=[^\W\d_])")
_OF_CUE = re.compile(r"\s(?:of|from|at|with)\s")
_COPULA_CUE = re.compile(r"\s(?:is|was|ist|est|es|è|é|jest|är|er|je)\s")
_ARTICLE_CUE = re.compile(r"\s(?:an?|the)\s")
_OF = re.compile(r"^(.{3,80}?)\s+(?:of|from|at|with)\s+(?=(?:the\s+)?[A-Z0-9])(.+)$")
_SHAPE = re.compile(r"[\s\-–—―•·*>\"“«'#(]*(?:\d{1,3}[.):]\s+)?(?:[Bb]y:?\s+)?[^\W\d_]")


#: what the first word may be besides a word that opens sentences
_MAY_OPEN = GIVEN | MAYBE | FAMILY | KNOWN_FAMILY | HONORIFIC | ROLE | MODIFIER | TOPIC | PARTICLE | ORG | RANK
_CUE = re.compile(r"[,،;|(:\n>–—]|\s[-/•·]\s|\s(?:is|was|an?|the|ist|est|es|è|é)\s|[a-zß-ÿ][A-ZÀ-Þ]")
_JOINED = re.compile(r"[a-zß-ÿ\u0101-\u017fа-џα-ώ][A-ZÀ-Þ\u0100-\u017dЀ-ЯΑ-Ω]")
_LEAD = re.compile("|".join(re.escape(lead) + r"\s" for lead in sorted(ACCORDING, key=len, reverse=True)), re.IGNORECASE)


class Reading(NamedTuple):
    """An expert and what speaks for the line being a byline beside the name itself, 0 to 2.5."""

    expert: Expert
    weight: float


class _Line(NamedTuple):
    """A byline without its furniture."""

    text: str
    marks: float = 0.0  #: for a leading dash, a closing colon, a number
    url: str = ""


def plausible(text: str) -> bool:
    """Whether a line may be a byline at all: the sieve before the grammar, a microsecond or two.

    >>> plausible("Ann Lee, Lecturer"), plausible("And then she said that it was over")
    (True, False)
    """
    if not 2 <= len(text) <= MOST_CHARS:
        return False
    found = _SHAPE.match(text)
    if found is None or text.endswith(_REFUSED_END):
        return False
    words = text[found.end() - 1: found.end() + 79].split(maxsplit=2)
    first, known = words[0], flags(words[0])
    if not first[0].isupper() and cased(first[0]) and not text[0].isdigit() and not known & (HONORIFIC | PARTICLE):
        return False
    if known & STOP and not known & _MAY_OPEN and first.isalpha() and not _LEAD.match(text):
        return False
    if len(words) < 2:
        return found.end() > 1 or not text.isascii() or not text[-1].isalnum() or not first.islower() and not first[1:].islower()
    second = words[1]
    if second[0].islower() and first[-1] not in ".,:;|)>–—\"'”’»" and not known & (ROLE | MODIFIER | TOPIC | HONORIFIC | ORG | RANK) \
            and not flags(second) & (PARTICLE | AND | OF | AT | ARTICLE | COPULA | ROLE | RANK) and not _JOINED.search(first) and not _LEAD.match(text):
        return False
    return len(text) <= 90 or _CUE.search(text, found.end(), found.end() + 85) is not None


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
    line = _unfurnished(first)
    name = read_name(line.text) if line.text else None
    if name is None or name.words < 2 or name.trust < TRUST_BESIDE_ROLE or "\n" in rest.strip() and len(rest) > MOST_CHARS:
        return read_byline(whole)
    glue = "" if re.match(r"\s*[,;|(:–—-]", rest) else "\n"
    expert = read_byline(f"{first.rstrip(' ,:')}{glue}{rest.strip()}")
    if expert is None or expert.name != name.text:
        return read_byline(whole)
    return Expert(expert.name, expert.honorific, expert.positions, expert.url, _folded(whole), "runs")


def evidence(text: str) -> float:
    """How much speaks for a line being a byline beside the name: 0 for a bare name or none, to 2.5 for name, role and organisation."""
    reading = read(text)
    return reading.weight if reading else 0.0


@lru_cache(maxsize=1 << 12)
def looks_like_name(text: str) -> bool:
    """Whether a text alone, without the marks around it, is a person's name of two words or more."""
    if len(text) > 90 or not plausible(text):
        return False
    line = _unfurnished(_folded(text))
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
    line = _unfurnished("\n".join(lines))
    if not line.text or (_refused(line.text) and not _DATED.search(raw)):
        return None
    for found in _ways(line):
        name, positions, how = found
        expert = Expert(name.text, name.honorific, positions, line.url, raw, how)
        return Reading(expert, _weight(expert, line))
    return None


def _folded(text: str) -> str:
    return " ".join(text.split())


def _weight(expert: Expert, line: _Line) -> float:
    role = any(position.role for position in expert.positions)
    place = any(position.affiliation for position in expert.positions)
    degree = line.text.count(",") > 0 and not expert.positions
    prose = 0.7 * (expert.how in ("copula", "sentence") or len(_SAYS.sub("", line.text)) < len(line.text) - 3)
    return max(0.0, min(2.5, role + 0.7 * place + 0.4 * bool(expert.honorific) + 0.4 * degree + line.marks + 0.2 * bool(line.url) - prose))


def _unfurnished(text: str) -> _Line:
    """Take off numbers, dashes, "By", network labels, handles and closing colons."""
    marks, url = 0.0, ""
    if "@" in text and _DATED.search(text):
        text = text[: text.rindex(")") + 1]
    if not text[:1].isalpha():
        marks, text = _unnumbered(text)
    by = _BY.match(text)
    if by and text[by.end():][:1].isupper():
        marks, text = marks + 0.3, text[by.end():]
    lead = _LEAD.match(text)
    if lead:
        text = text[lead.end():]
    text = _unlabelled(text)
    if text.endswith(")"):
        text = _OPENS.sub("", text)
    if "@" in text or "www." in text or "://" in text:
        text, url = _unlinked(text)
    while text and (text[-1] in ":：>–—―-,;|* \t" or text[-1] in _CLOSING and _CLOSING[text[-1]] not in text[:-1]):
        marks += 0.5 if text[-1] in ":：>»–—" else 0.0
        text = text[:-1]
    return _Line(text.strip(), min(marks, 0.8), url)


def _unnumbered(text: str) -> tuple[float, str]:
    """A text without the dash, bullet or number before it, and what these are worth."""
    marks = 0.0
    start = _START.match(text)
    if start and start.end():
        marks += 0.5 * bool(set(start.group()) & set("–—―-"))
        text = text[start.end():]
    number = _NUMBER.match(text)
    if number:
        marks, text = marks + 0.3, text[number.end():]
    return marks, text


def _unlinked(text: str) -> tuple[str, str]:
    """A text without its handle or address, and that."""
    handle = _HANDLE.search(text)
    if not handle or not handle.start():
        return text, ""
    before = text[: handle.start()].split()
    if handle.group().lstrip().startswith("@") and before and flags(before[-1]) & ROLE and handle.end() == len(text):
        return f"{text[: handle.start()]} @ {handle.group().strip(' @')}", ""  # "Designer @Acme"
    if not text[: handle.start()].rstrip().endswith("("):
        text = (text[: handle.start()] + text[handle.end():]).strip()
    return text, handle.group().strip(" ()")


def _unlabelled(text: str) -> str:
    """Without the labels of profile links that a text dump glued to the name: "LinkedInXAnn Lee"."""
    left = text
    for _ in range(3):
        label = _LABEL.match(left)
        if not label or (label.group() == "X" and left == text):
            break
        left = left[label.end():]
    return left


def _refused(text: str) -> bool:
    """Credits, dates and prices are no bylines."""
    if _CREDIT.search(text) or _DATE.search(text):
        return True
    words = text.split(maxsplit=12)
    if _FIGURE.search(text) and any(flags(word) & DATE and not flags(word) & GIVEN for word in words):
        return True
    return bool(flags(words[0]) & CREDIT) and not flags(words[0]) & GIVEN


_Found = tuple[Name, tuple[Position, ...], str]


def _ways(line: _Line) -> Iterator[_Found]:
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


def _fitting(text: str) -> Iterator[Callable[[_Line], _Found | None]]:
    """The ways that a text has the marks for, in order."""
    if _JOIN.search(text, 0, 70):
        yield _camel
    if "(" in text or "（" in text:
        yield _bracket
    parted = _SEPARATOR.search(text) is not None
    if parted:
        yield _separated
    else:
        yield _bare
        if text.count(" ") > 1:
            yield _role_first
    if _OF_CUE.search(text):
        yield _of_org
    if _COPULA_CUE.search(text, 0, 75):
        yield _copula
    if _ARTICLE_CUE.search(text, 0, 75):
        yield _articled


def _named(text: str, least: float, single: bool = False) -> Name | None:
    """A text as a name, trusted at least so far; one word only where `single` allows it."""
    name = read_name(text.strip(" ,:"))
    if name is None or name.trust < least:
        return None
    if name.words < 2 and not (single or name.honorific):
        return None
    return name


def _camel(line: _Line) -> _Found | None:
    """Name and role run together: the leftmost joint with a name before it and a role behind."""
    text = line.text
    for match in _JOIN.finditer(text[:70]):
        at = match.start()
        if not text[at].isupper() or text[at - 1].isupper() or text[:at].endswith(("Mc", "Mac", " De", " Di", " Le", " La", " Van", " Von", "Fitz")):
            continue
        name = _named(text[:at], TRUST_BESIDE_ROLE)
        if name is None:
            continue
        rest = text[at:]
        piece = read_piece(segments(rest)[0][1])
        opens = flags(rest.split()[0]) & (ROLE | MODIFIER | TOPIC | PLACE | ORG | RANK)
        if piece.kind == "role" and piece.role and (opens or piece.head & NAMED and name.trust > TRUST_ALONE):
            positions = read_positions(rest)
            if positions and positions[0].role:
                return name, positions, "camel-join"
    return None


def _bracket(line: _Line) -> _Found | None:
    """ "Name (Org)", "Name (Role)", "Name (Place)"; a bracket of figures or of another script says nothing."""
    match = _BRACKET.match(line.text)
    if not match:
        return None
    before, inside, after = match.groups()
    if re.match(r"[^\W\d_]+ ?[A-Z]", after) and read_name(f"{before} {after}") and len(inside.split()) == 1:
        return None
    if after.strip(" ,.:") and not re.match(r"\s*[,:;|–—-]", after) and not _opens_with_role(after):
        return None
    place = is_place(inside)
    if is_place(before) or (place and " " not in before and (not line.marks and flags(before) & (MODIFIER | TOPIC | STOP))):
        return None
    name = _named(before, -0.8 if place else TRUST_BESIDE_ROLE, single=place or (line.marks >= 0.5 and len(before) > 2))
    if name is None:
        return None
    if after.strip(" ,.:"):
        positions = read_positions(after.strip(" ,:;|–—-"))
        return (name, positions, "paren") if positions and positions[0].role else None
    first = flags(inside.split()[0]) if inside.split() else 0
    if place or first & ALIAS or len(inside.strip()) < 2 or re.search(r"\d", inside) or EASTERN.search(inside) or not inside.strip() or not cased(inside.strip()[0]):
        return (name, (), "paren") if name.trust >= TRUST_ALONE - (0.8 if EASTERN.search(inside) else 0.0) or place else None
    positions = read_positions(inside, bracket=True) or (Position("", inside),)
    positions = tuple(Position(p.role, "" if is_place(p.affiliation) else p.affiliation) for p in positions)
    least = TRUST_BESIDE_ROLE if positions[0].role else TRUST_ALONE
    return (name, positions, "paren") if name.trust >= least else None


def _separated(line: _Line) -> _Found | None:
    """ "Name, Role, Org" and its kin; "Role: Name" the other way round."""
    match = _SEPARATOR.search(line.text)
    while match and match.start() == 0:
        match = _SEPARATOR.search(line.text, match.end())
    if not match:
        return None
    left, rest, sep = line.text[: match.start()], line.text[match.end():], match.group().strip() or "\n"
    given = bool(flags(left) & GIVEN) and not flags(left) & PLACE
    name = _named(left, TRUST_BESIDE_ROLE, single=given and " " not in left and _opens_with_role(re.sub(r"^\d{1,3},\s*", "", rest)))
    if name is None:
        return _reversed(left, rest, sep)
    pair = _pair(name, rest) if sep[0] in ",，،" else None
    if pair is not None:
        return pair
    colon = re.search(r"[:：]\s", rest)
    if sep[0] in ":：":
        if name.trust < 0.5 or len(rest) > 110 or not _opens_with_role(rest):
            return None
        positions = read_positions(rest)
        return (name, positions, "colon") if positions and positions[0].role else None
    if colon and "\n" not in rest[: colon.start()]:
        rest = rest[: colon.start()]
    how = "lines" if "\n" in sep else "comma" if sep[0] in ",，،" else "slash" if sep[0] == "/" else "separator"
    return _with_rest(name, _first_sentence(rest), how)


def _pair(name: Name, rest: str) -> _Found | None:
    """ "Ann Lee, Nurse, Oak Clinic and Tom Hall, Baker, Acme": two whole bylines joined."""
    for match in _AND_NAME.finditer(rest):
        before, after = rest[: match.start()], rest[match.end():]
        comma = after.find(",")
        other = _named(after[:comma], 0.5) if comma > 0 else None
        if other is None:
            continue
        first, second = read_positions(before), read_positions(after[comma + 1:])
        if len(first) == 1 == len(second) and first[0].role and second[0].role:
            joined = Name(f"{name.text} {match.group().strip()} {other.text}", name.honorific, min(name.trust, other.trust), 4)
            return joined, (*first, *second), "pair"
    return None


def _opens_with_role(text: str) -> bool:
    """Whether a text begins with what somebody is, without a detour."""
    for word in text.split()[:5]:
        found = flags(word)
        if found & ROLE:
            return not word.endswith(("'s", "’s"))
        if not found & (MODIFIER | TOPIC | RANK) or found & ARTICLE:
            return False
    return False


def _first_sentence(rest: str) -> str:
    """The text up to a full stop that ends a sentence: what follows is a remark."""
    for match in re.finditer(r"(?<=[^\W\d_]{3})[.!]\s+(?=[A-Z0-9]\S*\s+\S)", rest):
        last = rest[: match.start()].rsplit(maxsplit=1)[-1]
        if len(last) > 3 or not last[0].isupper():
            return rest[: match.start()]
    return rest


def _with_rest(name: Name, rest: str, how: str) -> _Found | None:
    """A name and what stands behind it, if that makes sense."""
    first = segments(rest)
    if not first:
        return (name, (), how) if name.trust >= TRUST_ALONE else None
    pieces = [read_piece(part) for _, part in first]
    if all(piece.kind in ("degree", "noise") for piece in pieces) and any(piece.kind == "degree" for piece in pieces):
        return name, (), how
    sentence = _SAYS.sub("", rest)
    positions = read_positions(sentence) if not _joint(name) else _shared(sentence)
    roles = [position for position in positions if position.role]
    if roles:
        lower = len([word for word in rest.split() if word[0].islower()])
        return (name, positions, how) if pieces[0].kind != "words" or lower < 4 else None
    if pieces[0].kind == "words" or not positions:
        return (name, (), how) if all(piece.kind in ("degree", "place", "noise") for piece in pieces) and name.trust >= 0.8 else None
    sure = pieces[0].sure or any(piece.sure for piece in pieces)
    least = TRUST_ALONE if sure else 0.9
    if name.trust < least or rest.rstrip().endswith(".") and not sure or _prose(rest, pieces, sure) or how == "slash":
        return None
    return name, _distinct(name, positions), how


def _joint(name: Name) -> bool:
    return any(flags(word) & AND and word.islower() or word == "&" for word in name.text.split()[1:-1])


def _shared(text: str) -> tuple[Position, ...]:
    """Positions of two people at once, whose role stands in the plural: "owners of Acme"."""
    for match in re.finditer(r"\b(\w{4,})s\b", text[:60]):
        if flags(match.group(1)) & ROLE and not flags(match.group()) & ROLE:
            single = read_positions(text[: match.end() - 1] + text[match.end():])
            plural = re.sub(rf"\b{match.group(1)}\b", match.group(), single[0].role, count=1) if single else ""
            return (Position(plural, single[0].affiliation), *single[1:]) if single and single[0].role else read_positions(text)
    return read_positions(text)


def _prose(rest: str, pieces: list[Piece], sure: bool) -> bool:
    """Whether what follows a name, without any role in it, is a sentence or a list of people rather than an organisation."""
    words = rest.split()
    small = [word for word in words if word[0].islower() and not flags(word) & (LINK | AND | ARTICLE)]
    if len(words) > 12 or len(small) > (3 if sure else 1) or any(flags(word) & VERB and word.islower() for word in words):
        return True
    if any(piece.kind == "words" for piece in pieces):
        return True
    if sure:
        return False
    others = [read_name(piece.org) for piece in pieces if piece.kind == "org"]
    if len(others) > 1 and all(other is not None and other.words > 1 and other.trust >= TRUST_ALONE for other in others) and "&" not in rest:
        return True
    other = others[0] if pieces[0].kind == "org" else None
    return other is not None and other.words > 1 and other.trust >= 1.0 and bool(flags(other.text.split()[0]) & GIVEN)


def _distinct(name: Name, positions: tuple[Position, ...]) -> tuple[Position, ...]:
    """Positions without a handle that only repeats the name: "Ann Lee – AnnLee"."""
    letters = re.sub(r"\W", "", fold(name.text))
    return tuple(position for position in positions if position.role or re.sub(r"\W", "", fold(position.affiliation)) != letters)


def _reversed(left: str, rest: str, sep: str) -> _Found | None:
    """ "Co-Chair - Ann Lee", "Editor: Ann Lee"."""
    if sep[0] in ",，،" or len(left) > 90 or "\n" in rest:
        return None
    piece = read_piece(left)
    last = left.split()[-1]
    if piece.kind != "role" or not piece.role or not (flags(last) & ROLE or any(flags(word) & LINK for word in left.split())):
        return None
    match = re.search(r",\s|\s+[–—|]\s|\(", rest)
    name = _named(rest[: match.start()] if match else rest, -0.6)
    if name is None:
        return None
    return name, (Position(piece.role, piece.org), *(read_positions(rest[match.end():].rstrip(")")) if match else ())), "role-first"


def _role_first(line: _Line) -> _Found | None:
    """ "NAR chief economist Ann Lee": a role, then a name to the end."""
    words = line.text.split()
    if not 3 <= len(words) <= 14 or any(mark in line.text for mark in ",:;|\n"):
        return None
    for size in (2, 3, 4):
        if len(words) <= size:
            break
        name = _named(" ".join(words[-size:]), 0.9)
        if name is None or name.honorific or not flags(words[-size]) & GIVEN:
            continue
        before = words[:-size]
        if flags(before[0]) & (STOP | VERB) and not flags(before[0]) & (MODIFIER | ROLE | TOPIC):
            continue
        if not flags(before[-1]) & ROLE or not (before[0][0].isupper() or flags(before[0]) & (ROLE | MODIFIER)):
            continue
        piece = read_piece(" ".join(before))
        if piece.kind == "role" and piece.role and len(before) <= 6:
            return name, (Position(piece.role, piece.org),), "role-first"
    return None


def _of_org(line: _Line) -> _Found | None:
    """ "Ann Lee of Acme"."""
    match = _OF.match(line.text)
    if not match or len(line.text) > 110:
        return None
    rest = match.group(2)
    name = _named(match.group(1), 0.0 if line.marks or read_piece(rest).sure else 0.3)
    if name is None:
        return None
    lower = [word for word in rest.split() if word[0].islower() and not flags(word) & LINK and word not in ("and", "the")]
    positions = read_positions(rest)
    if lower or not positions or len(positions) > 1 or positions[0].role:
        return None
    return name, positions, "of"


def _copula(line: _Line) -> _Found | None:
    """ "Ann Lee is a reporter for the Courier"."""
    match = _COPULA.match(line.text)
    if not match:
        return None
    name = _named(match.group(1), TRUST_BESIDE_ROLE + 0.6)
    if name is None:
        return None
    cut = segments(_BASED.sub("", _SAYS.sub("", _first_sentence(match.group(2)))))
    piece = read_piece(cut[0][1]) if cut else Piece("noise")
    if piece.kind != "role" or not piece.role or _far_head(piece.role):
        return None
    return name, (Position(piece.role, piece.org),), "copula"


def _far_head(role: str) -> bool:
    """Whether the first word that says what somebody is stands so far back, or behind so much, that the text is a sentence."""
    words = role.split()
    place = next((n for n, word in enumerate(words) if flags(word) & ROLE), 99)
    return place > 5 or any(flags(word) & ARTICLE and word.islower() or word[0] in "'\"‘“" or word.endswith("!") for word in words[:place])


def _articled(line: _Line) -> _Found | None:
    """ "Ann Lee a co-founder at Acme suggests ..."."""
    match = _ARTICLED.match(line.text)
    if not match:
        return None
    name = _named(match.group(1), TRUST_ALONE)
    if name is None:
        return None
    piece = read_piece(_SAYS.sub("", match.group(2)))
    return (name, (Position(piece.role, piece.org),), "sentence") if piece.kind == "role" and piece.role and not _far_head(piece.role) else None


def _bare(line: _Line) -> _Found | None:
    """Nothing but a name; one word only behind a dash or before an arrow, or where it is a known given name before a colon."""
    if len(line.text) > 80 or "\n" in line.text:
        return None
    word = line.text.strip(" .")
    if is_place(word):
        return None
    single = line.marks >= 0.5 and " " not in word and len(word) > 2 and not flags(word) & (ROLE | NETWORK)
    name = _named(line.text, TRUST_ALONE - (0.5 if single else 0.0), single=single and (bool(flags(word) & GIVEN) or any(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False))))
    return (name, (), "bare") if name else None
