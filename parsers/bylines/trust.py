"""How far some words are trusted to be one person's name: a sum of what each of them is worth. Pure.

Nought means that nothing speaks for or against it. A given name that we know adds, a word out of headings subtracts, and
some shapes ("iPhone", "AOK", "Anna's") no name holds at all.
"""

from __future__ import annotations

import re
from functools import lru_cache

from . import words as w
from .words import flags

MOST_WORDS = 7

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’ʼ\-‐‑·\u0300-\u036f\u0900-\u0dff\u0e00-\u0e7f\u200c\u200d\"״׳])*")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?){1,3}(?:-[^\W\d_]\.?)?")
_INNER_CAPITAL = re.compile(r"(?:Mc|Mac|De|Di|Du|Da|Le|La|Van|Von|Fitz|Al|El|O['’]|D['’]|L['’]|Ó|Ní)[^\W\d_]")
VOWEL = re.compile(r"[aeiouyäöüàâéèêëîïôûùáíóúãõåæøœıаеиоуыэюяєії]", re.IGNORECASE)
_KOREAN = re.compile(r"[A-Z][a-z]{1,5}-[a-z]{2,5}")  # "Myong-hyun"
_ELIDED = ("d'", "d’", "l'", "l’", "o'")
_CLIPPED = frozenset(("'t", "’t", "‘t", "'s", "’s", "ʼt"))  #: "van 't Hoff", "'s Gravesande"
_OWNED = ("'s", "’s", "s'", "s’")
_ENOUGH = w.GIVEN | w.FAMILY | w.MAYBE | w.KNOWN_FAMILY
_KNOWN = w.GIVEN | w.KNOWN_FAMILY


def cased(char: str) -> bool:
    """Whether a letter belongs to a script with capitals."""
    return char.upper() != char.lower()


@lru_cache(maxsize=1 << 13)
def trust(words: tuple[str, ...]) -> float | None:
    """How far words are trusted to be one person's name, about -3 to 3; None where they cannot be.

    >>> trust(("Ludwig", "van", "Achterberg")) > trust(("Further", "Reading"))
    True
    >>> trust(("the", "fox")) is None
    True
    """
    if not 1 <= len(words) <= MOST_WORDS:
        return None
    total, full, last = 0.0, 0, len(words) - 1
    for place, printed in enumerate(words):
        word = printed.rstrip(",") if place == last else printed
        if not (word.isalpha() and word.isascii()) and (not _WORD.fullmatch(word) or word[-1] in "-‐‑"):
            if word in _CLIPPED and 0 < place < last:
                continue
            return None
    shouted = all(word.upper() == word for word in words)
    known = any(flags(word) & _KNOWN for word in words)
    for place, printed in enumerate(words):
        word = printed.rstrip(",") if place == last else printed
        found = flags(word)
        small = _small(word, found, place, last, known)
        worth = _full(word, found, place, last, shouted, known) if small is None else small
        if worth is None or worth < -9:
            return None
        total += worth
        full += small is None
    if len(words) == 2 and _KOREAN.fullmatch(words[1]) and len(words[0]) < 6:
        total += 1.5
    return total if full and (full < 6 or total >= 1) else None


def _small(word: str, found: int, place: int, last: int, known: bool) -> float | None:
    """What a particle, an initial or a suffix is worth, -10 where no name has it there; None where the word is a full one."""
    if not cased(word[0]):
        return 0.2 if word in _CLIPPED else None
    if not word[0].isupper():
        if word[:2] in _ELIDED and place == last and place and word[2:3].isupper():
            return 0.1  # "Jeanne d'Arc"
        if place == last or not (found & w.PARTICLE or word[:2] in _ELIDED):
            return -10.0
        return 0.2 if place and known else -0.5
    if found & w.SUFFIX and place == last and place > 0:
        return 0.4
    bare = word.isalpha() and len(word) > 1  # "JD", without a stop
    if word.upper() != word or not _INITIAL.fullmatch(word) or (bare and found & _ENOUGH):
        return None
    if bare and (place or len(word) > 2):
        return -10.0
    doubtful = word.isalpha() and (bare or (place == 0 and not known))  # "LK Fulda", "A Separation"
    return (-0.3 if known else -0.5) if doubtful else 0.4


def _full(word: str, found: int, place: int, last: int, shouted: bool, known: bool) -> float | None:
    """What a full word is worth; None where no name holds it."""
    if not cased(word[0]):
        return _caseless(found, place)
    if word.endswith(_OWNED) or ("." in word[:-1] and word.rsplit(".", 1)[1].islower()):
        return None
    if word.isascii() and word.isalpha() and word[1:].islower():  # nearly all
        letters, capitals = len(word), int(word[0].isupper())
    else:
        letters, capitals = sum(map(str.isalpha, word)), sum([char.isupper() for char in word if char.isalpha()])
    if capitals == letters > 1:
        if not _may_be_shouted(word, found, letters, shouted):
            return None
        if not shouted and (0 < place < last or not (found & _ENOUGH or known)):
            return None
    elif capitals > 1 + word.count("-") and not _INNER_CAPITAL.match(word) and "'" not in word and "’" not in word:
        return None if last or found & (w.BRAND | w.NETWORK) else -0.5
    return _first(found) if place == 0 and last else _last(found) if place == last and last else _middle(found)


def _may_be_shouted(word: str, found: int, letters: int, shouted: bool) -> bool:
    """Whether a word in capitals may be a name: "LIU" and "ABOOD" may, "LZ" and "WHO" may not."""
    if found & _ENOUGH or letters > (3 if shouted else 4):
        return True
    return letters > 2 and bool(VOWEL.search(word)) and not found & (w.ORG | w.TOPIC | w.WORD | w.STOP)


def _caseless(found: int, place: int) -> float:
    """What a word is worth in a script without capitals."""
    if found & _KNOWN:
        return 0.8 if place == 0 else 0.5
    if found & (w.STOP | w.ORG | w.ROLE | w.AND | w.DATE | w.CREDIT | w.COPULA):
        return -2.0
    return -1.0 if found & w.WORD else -0.2


def _first(found: int) -> float:
    if found & w.GIVEN:
        return 1.0
    if found & w.STOP and not found & w.KNOWN_FAMILY:
        return -0.5 if found & w.MAYBE else -1.6
    if found & w.KNOWN_FAMILY:
        return 0.2
    if found & w.MAYBE:
        return -0.9 if found & (w.ORG | w.TOPIC) else 0.3
    return -0.3 if found & w.FAMILY else _stranger(found, 0.0, -1.6, -0.9)


def _middle(found: int) -> float:
    if found & w.GIVEN:
        return 0.6
    if found & w.KNOWN_FAMILY:
        return 0.2
    if found & w.MAYBE:
        return -0.9 if found & (w.ORG | w.TOPIC) else -0.1
    return -0.3 if found & w.FAMILY else _stranger(found, 0.1, -1.2, -0.7)


def _last(found: int) -> float:
    if found & w.GIVEN:
        return 0.4
    if found & w.KNOWN_FAMILY:
        return 0.9
    if found & w.FAMILY:
        return -0.3 if found & (w.STOP | w.ORG | w.TOPIC) else 0.0
    if found & w.MAYBE:
        return -0.9 if found & (w.ORG | w.TOPIC) else -0.1
    return _stranger(found, 0.1, -1.6, -0.7)


def _stranger(found: int, unknown: float, stop: float, word: float) -> float:
    """What a word is worth that is on no list of names."""
    if found & (w.CREDIT | w.DATE | w.NETWORK | w.BRAND) and not found & w.PARTICLE:
        return -2.0
    if found & w.STOP:
        return stop
    if found & (w.ROLE | w.ORG):
        return -3.0 if found & w.ORG and found & w.ENGLISH else -1.5
    if found & w.PARTICLE:
        return 0.1
    if found & (w.TOPIC | w.MODIFIER):
        return -1.2
    if found & (w.LINK | w.ARTICLE | w.AND | w.SAID):
        return -1.0
    if found & w.PLACE:
        return -0.8
    return word if found & w.WORD else unknown
