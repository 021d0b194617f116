"""What `lexicon/dates.toml` says: month names and the words of "3 days ago" in many languages. Pure but for one read."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files


class _Plain(dict[int, int | None]):
    """What becomes of a sign once its accents stand apart; found out when it is first met."""

    def __missing__(self, sign: int) -> int | None:
        self[sign] = None if unicodedata.combining(chr(sign)) else sign
        return self[sign]


_PLAIN = _Plain(str.maketrans("łøđıςʼ’", "lodiσ''"))
_ENDS = ".,'’`´:;()[]\"“”„«»"


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """Lower case without accents or outer punctuation; remembered, so for words and not for whole lines.

    >>> fold("Févr."), fold("MÄRZ"), fold("Φεβρουαρίου,")
    ('fevr', 'marz', 'φεβρουαριου')
    """
    return fold_line(word)


def fold_line(word: str) -> str:
    """The same of what is seldom asked twice."""
    word = word.strip(_ENDS).casefold()
    if word.isascii():
        return word
    return unicodedata.normalize("NFKD", word).translate(_PLAIN)


def _months() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for language, line in _DATA["months"].items():
        for number, names in enumerate(line.split("|"), 1):
            for name in names.split(","):
                found.setdefault(fold(name.strip()), {}).setdefault(language, number)
    return found


def _words(table: str) -> dict[str, str]:
    return {fold(word): key for key, line in _DATA[table].items() if isinstance(line, str) for word in line.split()}


_DATA = tomllib.loads((files("parsers") / "lexicon" / "dates.toml").read_text(encoding="utf-8"))
_MONTHS = _months()
UNITS = _words("units")  #: folded word → second, minute, hour, day, week, month, year
ALONE = _words("alone")  #: folded word → yesterday, today, one
PAST = frozenset(fold(word) for word in _DATA["past"]["words"].split())
ABOUT = frozenset(fold(phrase) for phrase in _DATA["past"]["about"])  #: what makes the figure a rough one
PAST_PHRASES: tuple[str, ...] = tuple(fold(phrase) for phrase in _DATA["past"]["phrases"])
JUST_NOW = frozenset(fold(phrase) for phrase in _DATA["alone"]["just_now"])
WEEKDAYS = frozenset(fold(word) for word in _DATA["weekdays"]["words"].split())
#: scripts that put no space between figure and unit: "3日前"
GLUED = re.compile("|".join(sorted((word for word in UNITS if ord(word[0]) > 0x3000), key=len, reverse=True)))


@lru_cache(maxsize=1 << 13)
def month_of(word: str, language: str = "") -> int:
    """The month that a word names, 1 to 12, or 0.

    >>> month_of("Oct."), month_of("listopada", "pl"), month_of("listopada", "hr"), month_of("may")
    (10, 11, 10, 5)
    """
    known = _MONTHS.get(fold(word))
    if known is None:
        known = _MONTHS.get(fold(word)[1:]) if word[:1] == "ב" else None
    if known is None:
        return 0
    return known.get(language[:2]) or next(iter(known.values()))
