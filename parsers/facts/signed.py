"""The name in a line that signs: "Posted by Ann Lee at 9.14", "Text: Ann Lee", "著者：佐伯千鶴". Pure.

Which words sign, in many languages, is in lexicon/editor.tsv. What follows a name (a date, a column, a count of
comments) is no part of it; where it ends is told by marks, figures and small words, not by lists of what may follow.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..bylines import looks_like_name
from ..bylines.words import GIVEN, PARTICLE, STOP, WORD, flags

NOBODY = frozenset(
    "admin administrator root user editor webmaster author staff guest none null unknown anonymous team blog".split()
)
MAX_NAME = 60
LONGEST = 100  #: a longer line that begins with such words is prose
_FIRST = re.compile(r"\W*(\w+)")
# What joins words to a name. These stand in hundreds of patterns, and a set with wide signs takes 1 to 8 ms to compile.
_COLON = r"\s*(?:[:|]|：++)(?:[\s:|]|：++)*|\s*[–—]\s+|\s+-\s+"
_SLASH = r"(?-i:(?<![ -~])(?:/|／+|・+))"  # behind a word in kana or Han
_ENDS = re.compile(
    r"\s*(?:[|·•∙,;/–—»«>(@]|[\u3040-\u9fff]+[:：]|\s-\s|(?<=[^\W\d_]{5})\.\s|\b(?:on|at|am|le|el|il)\b|\d).*$", re.S
)
_AND = re.compile(r",?\s+(?:and|und|et|y|e|en|i|и|ve|og|och|&)\s+|\s*,\s*|\s*&\s*")
_EDGES = " :.\"'()[]"
_LOGIN = re.compile(r"[^\W\d][\w.-]{2,19}")
_HAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")
_SIGN = r"\u3005\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_EASTERN = re.compile(rf"[{_SIGN}][{_SIGN} \u3000・]{{1,11}}")
_TELLS = re.compile(r"\d.*[|·•]")


@cache
def _rows() -> list[list[str]]:
    text = (files("parsers") / "lexicon" / "editor.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


@cache
def words(how: str) -> frozenset[str]:
    """The lexicon's words of one kind, in small letters."""
    return frozenset(row[2] for row in _rows() if row[0] == how)


class _First(NamedTuple):
    """What of the lexicon begins with one word, longest first."""

    word: str = ""
    signs: tuple[str, ...] = ()  #: before a name
    dates: tuple[str, ...] = ()  #: before the day of publication


_UNKNOWN = _First()


@cache
def _firsts() -> dict[str, _First]:
    found: dict[str, tuple[list[str], list[str]]] = {}
    for place, kinds in enumerate((("before", "field"), ("dated",))):
        for word in sorted((word for kind in kinds for word in words(kind)), key=len, reverse=True):
            if match := _FIRST.match(word):
                found.setdefault(match[1].casefold(), ([], []))[place].append(word)
    return {first: _First(first, tuple(signs), tuple(dates)) for first, (signs, dates) in found.items()}


@cache
def _opening(first: str) -> re.Pattern[str]:
    known = _firsts()[first].signs
    plain = "|".join(re.escape(word) for word in known if word in words("before"))
    every = "|".join(map(re.escape, known))
    loose = rf"(?P<words>{plain or '(?!)'})(?:{_COLON}|\s+|{_SLASH})"
    return re.compile(rf"\W*(?:{loose}|(?:{every})(?:{_COLON}))(?=\S)", re.I)


@cache
def _dating(first: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(map(re.escape, _firsts()[first].dates))})(?=[\s:：|\d])", re.I)


def _first_of_line(text: str) -> _First:
    """The one look-up that most lines get: few begin with a word of the lexicon, and only those are matched in full."""
    match = _FIRST.match(text)
    return _firsts().get(match[1].casefold(), _UNKNOWN) if match else _UNKNOWN


def begins(text: str) -> bool:
    """Whether the first word is one that may open a signature: the cheap question before all others."""
    return bool(_first_of_line(text).signs)


def signs_or_dates(text: str) -> bool:
    """Whether the first word is one that may open a signature, or words before a day: cheaper than to ask for each."""
    return _first_of_line(text) is not _UNKNOWN


def opening(text: str) -> re.Match[str] | None:
    """The words that sign at the beginning of a text, with what joins them to the name, or None."""
    first = _first_of_line(text)
    return _opening(first.word).match(text) if first.signs else None


def strip_by(text: str) -> str:
    """The name after "by" (in many languages), or ``""``.

    >>> strip_by("By Ann Lee on May 3, 2020"), strip_by("Posted by: Ann Lee | 3 comments"), strip_by("Bye Ann")
    ('Ann Lee', 'Ann Lee', '')
    """
    match = opening(text)
    return _name_after(text, match) if match else ""


def _name_after(text: str, match: re.Match[str]) -> str:
    name = cut_name(text[match.end() :])
    return name if name and (name[0].isupper() or not name[0].isascii()) else ""


def cut_name(text: str) -> str:
    """The names at the beginning of a byline, without the date and the rest, or ``""`` where there is none.

    >>> cut_name("Ana Robledo a las 22:10"), cut_name("Anne de la Tour dans Voyages"), cut_name("Ann Marsh. Printed in May.")
    ('Ana Robledo', 'Anne de la Tour', 'Ann Marsh')
    """
    names: list[str] = []
    rest = " ".join(text.split())
    while rest and len(names) < 6:
        seam = _AND.search(rest)
        piece = rest[: seam.start()] if seam else rest
        name = _without_small(_ENDS.sub("", piece)).strip(_EDGES)
        if not name.isascii():
            name = next((name[: -len(after)].rstrip() for after in words("after") if name.endswith(f" {after}")), name)
        if not name or len(name) > MAX_NAME or name.count(" ") > 4 or (names and not looks_like_name(name)):
            break
        names.append(name)
        if len(name) < len(piece.rstrip(_EDGES)) or not seam:
            break
        rest = rest[seam.end() :]
    return join_names(names)


def _without_small(name: str) -> str:
    """A name that begins with a capital ends before a word in small letters that is in no name, and with none."""
    parts = name.split(" ")
    if not parts[0][:1].isupper():
        return name
    for place, part in enumerate(parts):
        if part.islower() and not flags(part) & PARTICLE:
            parts = parts[:place]
            break
    while parts and parts[-1].islower():
        parts.pop()
    return " ".join(parts)


def join_names(names: list[str]) -> str:
    """Names as a byline prints them.

    >>> join_names(["Ann Lee"]), join_names(["A", "B"]), join_names(["A", "B", "C"])
    ('Ann Lee', 'A and B', 'A, B, and C')
    """
    names = list(dict.fromkeys(names))
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + f", and {names[-1]}"


def first_of(names: str) -> str:
    """The first of several names."""
    return names.partition(" and ")[0].partition(",")[0]


def signer(text: str) -> str:
    """Who a whole line says wrote: a name behind "by", capitals behind a label with a colon; or ``""``.

    A longer line, as the foot of a post may be, says so with more than one word and then tells more than a sentence does.
    """
    match = opening(text) if len(text) < 2 * LONGEST else None
    if match and len(text) >= LONGEST and (" " not in (match["words"] or "") or not _TELLS.search(text)):
        return ""
    name = _name_after(text, match) if match else ""
    if match is None or not name:
        return ""
    if looks_like_name(first_of(name)) or _HAN.match(text):
        return name
    parts = first_of(name).split()
    capital = 1 < len(parts) < 5 and not any(part[0].islower() for part in parts)
    return name if capital and ":" in match[0] and ":" not in name else ""


def lone_signer(text: str) -> str:
    """The first name or login of "Posted by Rosalind at 8.12": one word after a verb, and a time or a count with it.

    >>> lone_signer("Posted by rosalind in Walks at 8.12"), lone_signer("Posted by the river at 8.12")
    ('rosalind', '')
    """
    match = opening(text) if len(text) < LONGEST else None
    if match is None or not _is_plain(match) or not any(c.isdigit() for c in text):
        return ""
    name = re.split(r"[\s|·•,;(]", text[match.end() :], maxsplit=1)[0].strip(_EDGES)
    rest = text[match.end() + len(name) :].lstrip()
    if not _LOGIN.fullmatch(name) or name.casefold() in NOBODY or (rest and rest[0].isupper()):
        return ""
    known = flags(name)
    return name if known & GIVEN or not known & (STOP | WORD | PARTICLE) else ""


def _is_plain(match: re.Match[str]) -> bool:
    """Whether what opens a line can be nothing but a signature: more than one word, or one with a colon."""
    return " " in (match["words"] or "") or ":" in match[0] or "：" in match[0]


def login_alone(text: str) -> str:
    """The login of a line that says nothing else: "Written by hedgewren".

    >>> login_alone("Written by hedgewren"), login_alone("Author: hedgewren"), login_alone("Written by hand")
    ('hedgewren', 'hedgewren', '')
    """
    match = opening(text) if len(text) < LONGEST else None
    name = text[match.end() :].strip(_EDGES) if match and _is_plain(match) else ""
    if not _LOGIN.fullmatch(name) or name.casefold() in NOBODY or flags(name) & (STOP | WORD | PARTICLE):
        return ""
    return name


def is_login(text: str) -> bool:
    """Whether a text is one word of letters and figures, as people call themselves."""
    return _LOGIN.fullmatch(text) is not None


def is_eastern(text: str) -> bool:
    """Whether a text is nothing but a few signs of the East, as a name or a pen name is where a label asks for one."""
    return _EASTERN.fullmatch(text) is not None and not is_label(text)


def is_label(text: str) -> bool:
    """Whether a line is nothing but words that sign, and the name is on the next: "Auteur", "by"."""
    return text.rstrip(" :：").casefold() in _first_of_line(text).signs


def dated(text: str) -> str:
    """The words at the beginning of a text that say when a post appeared ("Posted on", "Datum:"), or ``""``."""
    first = _first_of_line(text)
    match = _dating(first.word).match(text) if first.dates else None
    return match[0] if match else ""
