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
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers.eastern import EASTERN, read_eastern
from parsers.model import Expert, Position
from parsers.names import TRUST_ALONE, TRUST_BESIDE_ROLE, Name, cased, read_name
from parsers.roles import read_piece, read_positions, segments
from parsers.words import ACCORDING, ALIAS, CREDIT, DATE, GIVEN, LINK, MODIFIER, NETWORK, ROLE, fold, flags, is_place

#: longest byline read, in characters; longer lines are prose
MOST_CHARS, MOST_LINES = 300, 6

_START = re.compile(r"[\s\-–—―‒•·▪●►▶*>~#|“”\"'«„]*")
_NUMBER = re.compile(r"(?:#?\d{1,3}\s*[.):\-–]|#\d{1,3}|\(\d{1,3}\)|№\s?\d{1,3}\.?)\s+(?=\D)")
_BY = re.compile(r"(?:by|von|par|por|door|av|af|di|przez)(?::\s*|\s+)(?=[^\W\d_])", re.IGNORECASE)
_END = re.compile(r"\s*(?::|：|>{1,3}|»+|[–—―-]+|,|;|\|)\s*$")
_OPENS = re.compile(r"\s*\((?:opens|öffnet|s'ouvre|se abre)[^()]*\)\s*$", re.IGNORECASE)
_HANDLE = re.compile(r"\s*(?:\((?:@|https?://|www\.)[\w./:@%?=&#~+-]+\)|(?:@|https?://|www\.)[\w./:@%?=&#~+-]+)")
_DATED = re.compile(r"\(@\w+\)\s+\w+ \d{1,2}, \d{4}$")
_CREDIT = re.compile(r"©|\(c\)|getty images|/(?:reuters|afp|ap|epa|shutterstock|flickr)\b|\b(?:photo|foto|credit|picture|image)s?\s*(?:by|:)|courtesy", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\s*$|\b\d{1,2}:\d\d\b|[€$£]\s?\d|\d\s?[€%]")
_REFUSED_END = ("?", "!", "…", "...", "？", "！", "?”", "?\"", "!”", "!\"")
_BRACKET = re.compile(r"^([^()（）]{2,70}?)\s*[(（]([^()]*(?:\([^()]*\)[^()]*)*)[)）]\s*(.*)$", re.DOTALL)
_JOIN = re.compile(r"(?<=[^\W\d_])[^\W\d_]|(?<=[.)])[^\W\d_]")
_SEPARATOR = re.compile(r"\n|\s*[,，;|·•]\s*|\s+[–—―‒-]+\s+|(?<=\w)[–—]\s+|\s+[–—](?=\w)|\s*[:：]\s+|\s+/\s+")
_COPULA = re.compile(r"^(.{3,60}?)\s+(?:is|was|ist|est|es|è|é|jest|är|er|je)\s+(?:(?:also|currently|now|an?|the|eine?r?|une?|le|la|el|una?|um|uma|il)\s+)?(.+)$")
_SAYS = re.compile(r"[,\s]+(?:says|said|uses|suggests|explains|offers|holds|tells|told|shares|thinks|believes|recommends|writes|has|adds|notes|argues|starts|and is based)\s.*$")
_ARTICLED = re.compile(r"^(.{3,60}?),?\s+((?:an?|the)\s+.+)$")
_OF = re.compile(r"^(.{3,80}?)\s+(?:of|from|at|with)\s+(?=(?:the\s+)?[A-Z0-9])(.+)$")
_SHAPE = re.compile(r"[\s\-–—―•·*>\"“«'#(]*(?:\d{1,3}[.):]\s+)?(?:[Bb]y:?\s+)?[^\W\d_]")


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
    """Whether a line may be a byline at all: the sieve before the grammar, well under 5 µs.

    >>> plausible("Ann Lee, Lecturer"), plausible("and then she said that it was over")
    (True, False)
    """
    if not 2 <= len(text) <= MOST_CHARS:
        return False
    found = _SHAPE.match(text)
    if found is None or text.endswith(_REFUSED_END):
        return False
    first = found.group()[-1]
    return not first.islower() or text[0].isdigit() or not first.isascii()


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
    return name is not None and name.words > 1 and name.trust >= TRUST_ALONE


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
    return min(2.5, role + 0.7 * place + 0.4 * bool(expert.honorific) + 0.4 * degree + line.marks + 0.2 * bool(line.url))


def _unfurnished(text: str) -> _Line:
    """Take off numbers, dashes, "By", network labels, handles and closing colons."""
    if _DATED.search(text):
        text = text[: text.rindex(")") + 1]
    marks, url = 0.0, ""
    start = _START.match(text)
    if start and start.end():
        marks += 0.5 * bool(set(start.group()) & set("–—―-"))
        text = text[start.end():]
    number = _NUMBER.match(text)
    if number:
        marks, text = marks + 0.3, text[number.end():]
    by = _BY.match(text)
    if by and text[by.end():][:1].isupper():
        marks, text = marks + 0.3, text[by.end():]
    lowered = fold(text[:40])
    for lead in ACCORDING:
        if lowered.startswith(lead + " "):
            text = text[len(lead) + 1:]
            break
    text = _OPENS.sub("", _unlabelled(text))
    handle = _HANDLE.search(text)
    if handle and handle.start():
        url = handle.group().strip(" ()")
        if not text[: handle.start()].rstrip().endswith("("):
            text = (text[: handle.start()] + text[handle.end():]).strip()
    end = _END.search(text)
    while end and end.group().strip() and end.start():
        marks += 0.5 if end.group().strip()[0] in ":：>»–—" else 0.0
        text = text[: end.start()]
        end = _END.search(text)
    return _Line(text.strip(" \t"), min(marks, 0.8), url)


def _unlabelled(text: str) -> str:
    """Without the labels of profile links that a text dump glued to the name: "LinkedInXAnn Lee"."""
    left = text
    for _ in range(3):
        label = re.match(r"(?:LinkedIn|Twitter|Facebook|Instagram|YouTube|GitHub|Mastodon|Bluesky|Website|TikTok|Threads|X)(?=[A-Z])", left)
        if not label or (label.group() == "X" and left == text):
            break
        left = left[label.end():]
    return left


def _refused(text: str) -> bool:
    """Credits, dates and prices are no bylines."""
    if _CREDIT.search(text) or _DATE.search(text):
        return True
    words = text.split(maxsplit=12)
    if any(char.isdigit() for char in text) and any(flags(word) & DATE and not flags(word) & GIVEN for word in words):
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
    for way in (_camel, _bracket, _separated, _role_first, _of_org, _copula, _articled, _bare):
        found = way(line)
        if found:
            yield found


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
        if not text[at].isupper() or text[at - 1].isupper():
            continue
        name = _named(text[:at], TRUST_BESIDE_ROLE)
        if name is None:
            continue
        rest = text[at:]
        piece = read_piece(segments(rest)[0][1])
        if piece.kind == "role" and piece.role:
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
    if after.strip(" ,.:") and not re.match(r"\s*[,:;|–—-]", after):
        return None
    place = is_place(inside)
    name = _named(before, -0.8 if place else TRUST_BESIDE_ROLE, single=place or (line.marks >= 0.5 and len(before) > 2))
    if name is None:
        return None
    if after.strip(" ,.:"):
        positions = read_positions(after.strip(" ,:;|–—-"))
        return (name, positions, "paren") if positions and positions[0].role else None
    first = flags(inside.split()[0]) if inside.split() else 0
    if place or first & ALIAS or re.search(r"\d", inside) or EASTERN.search(inside) or not inside.strip() or not cased(inside.strip()[0]):
        return (name, (), "paren") if name.trust >= TRUST_ALONE - (0.8 if EASTERN.search(inside) else 0.0) or place else None
    positions = read_positions(inside, keep_place=True) or (Position("", inside),)
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
    name = _named(left, TRUST_BESIDE_ROLE, single=False)
    if name is None:
        return _reversed(left, rest, sep)
    colon = re.search(r"[:：]\s", rest)
    if sep[0] in ":：":
        positions = read_positions(rest)
        return (name, positions, "colon") if positions and positions[0].role and len(rest) < 80 and read_piece(segments(rest)[0][1]).kind == "role" else None
    if colon and "\n" not in rest[: colon.start()]:
        rest = rest[: colon.start()]
    return _with_rest(name, _first_sentence(rest), "lines" if "\n" in sep else "comma" if sep[0] in ",，" else "separator")


def _first_sentence(rest: str) -> str:
    """The text up to a full stop that ends a sentence: what follows is a remark."""
    for match in re.finditer(r"(?<=[^\W\d_]{3})\.\s+(?=[A-Z0-9])", rest):
        last = rest[: match.start()].rsplit(maxsplit=1)[-1]
        if len(last) > 4 or not last[0].isupper():
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
    positions = read_positions(sentence)
    roles = [position for position in positions if position.role]
    if roles:
        lower = len([word for word in rest.split() if word[0].islower()])
        return (name, positions, how) if pieces[0].kind != "words" or lower < 4 else None
    if pieces[0].kind == "words" or not positions:
        return (name, (), how) if all(piece.kind in ("degree", "place", "noise") for piece in pieces) and name.trust >= 0.8 else None
    sure = pieces[0].sure or any(piece.sure for piece in pieces)
    least = TRUST_ALONE if sure else 0.9
    if name.trust < least or rest.rstrip().endswith(".") and not sure or len(rest.split()) > 12 or re.search(r"\b(?:to|is|are|was|will|has)\b", rest):
        return None
    return name, positions, how


def _reversed(left: str, rest: str, sep: str) -> _Found | None:
    """ "Co-Chair - Ann Lee", "Editor: Ann Lee"."""
    if sep[0] in ",，" or len(left) > 90 or "\n" in rest:
        return None
    piece = read_piece(left)
    if piece.kind != "role" or not piece.role:
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
        if not flags(before[-1]) & ROLE or not (before[0][0].isupper() or flags(before[0]) & (ROLE | MODIFIER)):
            continue
        piece = read_piece(" ".join(before))
        if piece.kind == "role" and piece.role and len(before) <= 8:
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
    piece = read_piece(segments(_SAYS.sub("", match.group(2)))[0][1])
    if piece.kind != "role" or not piece.role or _far_head(piece.role):
        return None
    return name, (Position(piece.role, piece.org),), "copula"


def _far_head(role: str) -> bool:
    """Whether the first word that says what somebody is stands so far back that the text is a sentence."""
    place = next((n for n, word in enumerate(role.split()) if flags(word) & ROLE), 99)
    return place > 5


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
    single = line.marks >= 0.5 and " " not in word and len(word) > 2 and not flags(word) & (ROLE | NETWORK)
    name = _named(line.text, TRUST_ALONE - (0.5 if single else 0.0), single=single and (bool(flags(word) & GIVEN) or any(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False))))
    return (name, (), "bare") if name else None
