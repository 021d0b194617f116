"""A name as it is printed: titles before it, degrees behind it, a nickname within, or two people's names joined. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..model import Position
from . import words as w
from .trust import MOST_WORDS, cased, trust
from .words import flags

#: trust that a name needs with a role beside it, and without
TRUST_BESIDE_ROLE, TRUST_ALONE = -1.2, 0.0
MOST_LETTERS = 64

_RETIRED = frozenset(("(ret.)", "(ret)", "(retd.)", "(retd)", "(rtd.)", "(rtd)", "(a.d.)", "ret.", "retd."))
_NICKNAME = re.compile(r"(?<=\s)[\"'“‘«(„][^\"'”’»()“]{1,24}[\"'”’»)“](?=\s+\S)")


#: initials that no blank parts from the surname
_GLUED = re.compile(r"((?:[^\W\d_]\.){1,3})(?=[^\W\d_]{3})")
#: in small letters, a title that is a word as well is the word: "pan", "sir"
_NOT_TITLES = w.WORD | w.STOP | w.LINK | w.ARTICLE | w.AND | w.GIVEN | w.MAYBE | w.ROLE


class Name(NamedTuple):
    """A name as printed, what stands before it, and how far the words are trusted to be one."""

    text: str
    honorific: str = ""
    trust: float = 0.0  #: about -3 to 3; 0 where nothing speaks for or against it
    words: int = 0


#: a way's result: who, as what, and which way it was
Found = tuple[Name, tuple[Position, ...], str]


@lru_cache(maxsize=1 << 13)
def read_name(text: str) -> Name | None:
    """The name that a text is, whole, or None where no name is built so.

    >>> read_name("Prof. Dr. Edda van der Brook-Lind").text
    'Edda van der Brook-Lind'
    >>> read_name("the quick brown fox") is None
    True
    """
    if not 1 < len(text) <= MOST_LETTERS + 24:
        return None
    words = text.split()
    if not 1 <= len(words) <= MOST_WORDS + 4:
        return None
    if _GLUED.match(words[0]) and len(words) == 1:
        words = _GLUED.sub(r"\1 ", text).split()  # "И.И.Иванов"
        worth = trust(tuple(words))
        return None if worth is None else Name(text, "", worth, len(words))
    titles = _titles(words)
    if titles and _goes_on(words[titles:]):
        return None
    bare = _without_degrees(words[titles:])
    dropped = len(bare) < len(words) - titles
    if dropped:
        bare[-1] = bare[-1].rstrip(",")
    printed = " ".join(bare) if titles or dropped else text
    groups = _groups(bare)
    worth = trust(tuple(_NICKNAME.sub("", printed).split())) if len(groups) == 1 else _least(groups)
    if worth is None or len(printed) > MOST_LETTERS:
        return None
    return Name(printed, " ".join(words[:titles]).removeprefix("The "), worth + 1.2 * bool(titles) + 0.8 * dropped, len(bare))


def _goes_on(words: list[str]) -> bool:
    """Whether what follows a title is what somebody is of: "Professore | di Scienze Agrarie Anna Berg"."""
    if not any(word.islower() and flags(word) & w.LINK for word in words[:-1]):
        return False
    none = w.GIVEN | w.MAYBE | w.KNOWN_FAMILY | w.FAMILY | w.PARTICLE
    return any(flags(word) & (w.TOPIC | w.MODIFIER | w.ORG) and not flags(word) & none for word in words[:-1])


def named(text: str, least: float, single: bool = False) -> Name | None:
    """A text as a name, trusted at least so far; one word only where `single` allows it."""
    name = read_name(text.strip(" ,:"))
    if name is None or name.trust < least:
        return None
    if name.words > 1 or single:
        return name
    titled = name.honorific and name.trust >= 1.2 and (name.text[1:].islower() or not name.text.isascii())
    return name if titled else None  # "Dr. Berg", but not "Honorable Mentions"


def _titles(words: list[str]) -> int:
    """How many words before the name are titles: "Prof. Dr." is two, the initial of "M. Night" is none."""
    count = int(words[0] == "The" and len(words) > 2 and _is_title(words[1]) and "." in words[1])  # "The Rev. Ann Lee"
    for place, word in enumerate(words[:-1]):
        if place < count:
            continue
        if count and word.lower() in _RETIRED:
            count += 1
            continue
        if flags(word) & w.HONORIFIC and _before_name(words, place, count > 0):
            count += 1
            continue
        behind = count and not flags(word) & w.LINK
        printed_so = word[0].isupper() or not cased(word[0]) or "." in word or behind or not flags(word) & _NOT_TITLES
        if not printed_so or not (
            _is_title(word) or (flags(word) & w.RANK and place < len(words) - 2 and _is_title(words[place + 1]))
        ):
            break
        count += 1
    return count


def _before_name(words: list[str], place: int, titled: bool) -> bool:
    """Whether a title that is a given name as well stands before two more words of a name: "Bishop Ann Lee"."""
    found = flags(words[place])
    if not found & (w.ENGLISH | w.OFFICE) or len(words) < place + 3 or not words[place].istitle():
        return False
    return (titled or bool(flags(words[place + 1]) & (w.GIVEN | w.MAYBE))) and (not found & w.GIVEN or bool(found & w.OFFICE))


def _is_title(word: str) -> bool:
    """Whether a word is a title, or several run together: "Dr.sc."."""
    found = flags(word)
    if not found & w.HONORIFIC:
        parts = [part for part in re.split(r"[.-]", word) if part]
        return len(parts) > 1 and "." in word and all(flags(part) & w.HONORIFIC and len(part) > 1 for part in parts)
    initial = len(word) == 2 and word[1] == "." and word[0].isascii() and word[0].isupper()
    return not initial and (word.endswith(".") or not found & (w.GIVEN | w.MAYBE))


def _without_degrees(words: list[str]) -> list[str]:
    """A name without the degrees that follow it without a comma: "Ann Lee PhD"."""
    end = len(words)
    while (
        end > 2
        and flags(words[end - 1]) & w.DEGREE
        and (words[end - 1].isupper() or words[end - 1][-1] in ".D" or "." in words[end - 1])
    ):
        end -= 1
    return words[:end]


def _groups(words: list[str]) -> list[list[str]]:
    """The names that "and" joins, one where it does not; an initial joins nothing, nor does the "y" in "Ortega y Gasset"."""
    groups: list[list[str]] = [[]]
    shouted = len(words) > 2 and all(word.upper() == word for word in words)
    for word in words:
        found = flags(word)
        if found & w.AND and not found & w.PARTICLE and (shouted or not word[0].isupper()) and len(word) < 6:
            groups.append([])
        else:
            groups[-1].append(word)
    return groups


def _least(groups: list[list[str]]) -> float | None:
    """The least trust among joined names; None where one is no name. In "Ann and Tom Lee" one may be a given name alone."""
    if not all(groups) or len(groups) > 3 or max(map(len, groups)) < 2:
        return None
    worths: list[float] = []
    for group in groups:
        bare = group[_titles(group) :]
        worth = trust(tuple(bare))
        if worth is None or (len(bare) == 1 and not flags(bare[0]) & w.GIVEN):
            return None
        worths.append(worth)
    return min(worths)
