"""What a person's name looks like, in any script that has spaces. Knowing a name raises trust, not knowing it never rules one out. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.words import (
    AND, ARTICLE, BRAND, COPULA, CREDIT, DATE, DEGREE, ENGLISH, FAMILY, GIVEN, HONORIFIC, KNOWN_FAMILY, LINK, MAYBE, MEDIA, MODIFIER, NETWORK, ORG, PARTICLE, PLACE, ROLE, SAID,
    STOP, SUFFIX, TOPIC, WORD, flags, fold,
)

#: longest name taken: six words and their particles
MOST_WORDS, MOST_LETTERS = 7, 64
#: with a role beside it, and without
TRUST_BESIDE_ROLE, TRUST_ALONE = -1.2, 0.0

_NICKNAME = re.compile(r"(?<=\s)[\"'“‘«(„][^\"'”’»()“]{1,24}[\"'”’»)“](?=\s+\S)")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’ʼ\-‐‑·\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f\u200c\u200d\"״׳])*")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?){1,3}(?:-[^\W\d_]\.?)?")
_INNER_CAPITAL = re.compile(r"(?:Mc|Mac|De|Di|Du|Da|Le|La|Van|Von|Fitz|Al|El|O['’]|D['’]|L['’]|Ó|Ní)[^\W\d_]")
_VOWEL = re.compile(r"[aeiouyäöüàâéèêëîïôûùáíóúãõåæøœıаеиоуыэюяєії]", re.IGNORECASE)
_ENOUGH = GIVEN | FAMILY | MAYBE | KNOWN_FAMILY


class Name(NamedTuple):
    """A name as printed, what stands before it, and how far the words are trusted to be one."""

    text: str
    honorific: str = ""
    trust: float = 0.0  #: about -3 to 3; 0 where nothing speaks for or against it
    words: int = 0


def cased(char: str) -> bool:
    """Whether a letter belongs to a script with capitals."""
    return char.upper() != char.lower()


def _honorific(words: list[str]) -> int:
    """How many words before the name are titles: "Prof. Dr." is two."""
    count = 0
    for word in words[:-1]:
        found = flags(word)
        is_title = found & HONORIFIC and (word[0].isupper() or not cased(word[0]) or "." in word or count) and (not found & (GIVEN | MAYBE) or word.endswith("."))
        if not is_title or (len(word) == 2 and word.endswith(".") and word[0].isascii() and word[0].isupper()):
            break
        count += 1
    return count


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
    titles = _honorific(words)
    printed = text.split(maxsplit=titles)[titles] if titles else text
    bare = _without_degrees(words[titles:])
    dropped = len(words) - titles - len(bare)
    if dropped:
        printed = " ".join(bare).rstrip(",")
        bare[-1] = bare[-1].rstrip(",")
    people = _people(bare) if any(_joins(word) for word in bare[1:-1]) else None
    if people is not None:
        return Name(printed, " ".join(words[:titles]), people + 0.8 * bool(titles), len(bare)) if people > -9 else None
    trust = _trust(tuple(_NICKNAME.sub("", printed).split()))
    if trust is None or len(printed) > MOST_LETTERS:
        return None
    return Name(printed, " ".join(words[:titles]), trust + 1.2 * bool(titles) + 0.8 * bool(dropped), len(bare))


def _without_degrees(words: list[str]) -> list[str]:
    """A name without the degrees that follow it without a comma: "Ann Lee PhD"."""
    end = len(words)
    while end > 2 and flags(words[end - 1]) & DEGREE and (words[end - 1].isupper() or "." in words[end - 1] or words[end - 1] in ("PhD", "MSc")):
        end -= 1
    return words[:end]


def _joins(word: str) -> bool:
    """Whether a word may stand between two names; an initial never does."""
    return bool(flags(word) & AND) and not word[0].isupper() and len(word.rstrip(".")) < 6


def _people(words: list[str]) -> float | None:
    """Trust in "A and B", the least of theirs; -10 where it is a list of something else; None where "y" or "e" is part of a name."""
    groups: list[list[str]] = [[]]
    for word in words:
        if _joins(word) and not flags(word) & PARTICLE:
            groups.append([])
        else:
            groups[-1].append(word)
    if len(groups) == 1:
        return None
    if not all(groups) or len(groups) > 3:
        return -10.0
    trusts: list[float] = []
    for group in groups:
        bare = group[_honorific(group):]
        trust = _trust(tuple(bare))
        single = len(bare) == 1 and not flags(bare[0]) & GIVEN
        if trust is None or single:
            return -10.0
        trusts.append(trust)
    return min(trusts) if max(len(group) for group in groups) > 1 else -10.0


@lru_cache(maxsize=1 << 13)
def _trust(words: tuple[str, ...]) -> float | None:
    """How far words are trusted to be one person's name; None where they cannot be."""
    if not 1 <= len(words) <= MOST_WORDS:
        return None
    trust, full, last = 0.0, 0, len(words) - 1
    shouted = all(word.upper() == word for word in words)
    known = any(flags(word) & (GIVEN | KNOWN_FAMILY) for word in words)
    for place, word in enumerate(words):
        shape = word.rstrip(",") if place == last else word
        if not _WORD.fullmatch(shape) or shape[-1] in "-‐‑":
            return None
        found = flags(shape)
        if not cased(shape[0]):
            worth = _caseless(found, place)
        elif not shape[0].isupper():
            if not (found & PARTICLE or shape[:2] in ("d'", "d’", "l'", "l’", "o'") or "-" in shape[:4] and shape[-1:].islower() and found & PARTICLE):
                return None
            if place == last:
                return None
            worth = (0.2 if place and known else -0.5)
            full -= 1
        elif found & SUFFIX and place == last and place > 0:
            worth, full = 0.4, full - 1
        elif shape.upper() == shape and _INITIAL.fullmatch(shape) and not (len(shape) > 1 and shape.isalpha() and found & _ENOUGH):
            if len(shape) > 1 and shape.isalpha() and (place or len(shape) > 2):
                return None
            spelt = shape.isalpha() and (len(shape) > 1 or place == 0 and not known)  # "LK Fulda", "A Separation"
            worth, full = -0.5 if spelt else 0.4, full - 1
        else:
            checked = _cased(shape, found, place, last, shouted, known)
            if checked is None:
                return None
            worth = checked
        trust += worth
        full += 1
    if full < 1 or (full > 5 and trust < 1):
        return None
    return trust


def _caseless(found: int, place: int) -> float:
    if found & (GIVEN | KNOWN_FAMILY):
        return 0.8 if place == 0 else 0.5
    if found & (STOP | ORG | ROLE | AND | DATE | CREDIT | COPULA):
        return -2.0
    return -0.2 if not found & WORD else -1.0


def _cased(word: str, found: int, place: int, last: int, shouted: bool, known: bool) -> float | None:
    """What one capitalised word is worth in a name; None where no name holds it."""
    letters = [char for char in word if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    if len(letters) > 1 and capitals == len(letters):
        if len(letters) <= 4 and not found & _ENOUGH and (not shouted or len(letters) <= 3) and not _syllable(word):
            return None
        if not shouted and (0 < place < last or not (found & _ENOUGH or known)):
            return None
    elif capitals > 1 + word.count("-") and not _INNER_CAPITAL.match(word) and "'" not in word and "’" not in word:
        return None if found & (BRAND | NETWORK) or last else -0.5
    if word.endswith(("'s", "’s", "s'", "s’")):
        return None
    if "." in word and not word.endswith(".") and word.rsplit(".", 1)[1].islower():
        return None
    if found & GIVEN:
        return 1.0 if place == 0 else 0.6 if place < last else 0.4
    if found & STOP and place == 0 and not found & KNOWN_FAMILY:
        return -0.5 if found & MAYBE else -1.6
    if found & KNOWN_FAMILY and last:
        return 0.9 if place == last else 0.2
    if place == last and found & FAMILY and last:
        return 0.0 if not found & (STOP | ORG | TOPIC) else -0.3
    if found & MAYBE:
        return -0.9 if found & (ORG | TOPIC) else 0.3 if place == 0 else -0.1
    if found & FAMILY:
        return -0.3
    if found & (CREDIT | DATE | NETWORK | BRAND) and not found & PARTICLE:
        return -2.0
    if found & STOP:
        return -1.6 if place in (0, last) else -1.2
    if found & (ROLE | ORG):
        return -3.0 if found & ORG and found & ENGLISH else -1.5
    if found & PARTICLE:
        return 0.1 if place < last else -0.3
    if found & (TOPIC | MODIFIER):
        return -1.2
    if found & (LINK | ARTICLE | AND | SAID | MEDIA) and len(word) < 4:
        return -1.0
    if found & PLACE:
        return -0.8
    if found & WORD:
        return -0.9 if place == 0 else -0.7
    return 0.1 if place else 0.0


def _syllable(word: str) -> bool:
    """Whether a short word in capitals can be said: "LIU" and "ABOOD" can, "LZ" and "WHO" stay out."""
    return bool(_VOWEL.search(word)) and len(word) > 2 and not flags(word) & (ORG | TOPIC | WORD | STOP)


def is_name(text: str, trust: float = TRUST_ALONE) -> bool:
    """Whether a text is a name of two words or more, trusted at least so far."""
    name = read_name(text)
    return name is not None and name.words > 1 and name.trust >= trust


def is_known(text: str) -> bool:
    """Whether a text begins with a given name that we know."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return bool(flags(first) & GIVEN) or fold(first) == ""
