"""Texts, compared: the same, alike, or spelled in another way. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable
from functools import lru_cache
from itertools import pairwise

# Scripts that set no spaces between words are taken letter by letter.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+")
_LETTERS = re.compile(r"\w+")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A name without what two spellings of it may differ in.

    >>> fold("Dr. José  Martínez-Ortiz"), fold("DR JOSE MARTINEZ ORTIZ")
    ('dr jose martinez ortiz', 'dr jose martinez ortiz')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(_LETTERS.findall("".join(char for char in plain if not unicodedata.combining(char))))


def words(text: str) -> list[str]:
    """The words of a text, in lower case.

    >>> words("Yes, it's so."), words("そうです")
    (['yes', 'it', 's', 'so'], ['そ', 'う', 'で', 'す'])
    """
    return _WORD.findall(text.lower())


def pairs_of(text: str) -> Counter[Hashable]:
    """The neighbouring word pairs of a text, counted; of a single word, the word."""
    found = words(text)
    return Counter(pairwise(found)) if len(found) > 1 else Counter(found)


def similarity(a: str, b: str) -> float:
    """How much of two texts is the same, 0 to 1: the share of word pairs that they have in common.

    >>> similarity("We will see some progress.", "We will see little progress.")
    0.5
    """
    return 1.0 if a == b else share(pairs_of(a), pairs_of(b))


def share(a: Counter[Hashable], b: Counter[Hashable]) -> float:
    """How many of two texts' word pairs are the same, 0 to 1."""
    return 2 * (a & b).total() / max(1, a.total() + b.total())


def same(a: str, b: str) -> bool:
    """Equal but for white space and for two ways to write one letter in Unicode.

    >>> same("caf\\u00e9  noir", "cafe\\u0301 noir"), same("No.", "no.")
    (True, False)
    """
    return a == b or _plain(a) == _plain(b)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
