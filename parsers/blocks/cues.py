"""The editor's own words around the experts': which phrases say that somebody was asked, or that the post ends. Pure.

All languages at once, since a line does not say which it is in. Packaged data, read once at import.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from ..bylines.words import fold

#: what only an editor says, wherever it stands in the paragraph
_ANYWHERE = tuple(
    "in the comments|den kommentaren|les commentaires|los comentarios|nei commenti|nos comentarios|de reacties|kommentarerna|"
    "w komentarzach|u komentarima|kommenteissa|a hozzaszolasokban|v komentarich|in comentarii|"
    "di kolom komentar|댓글로|댓글에|留言告诉|评论区|留言區|в комментариях|у коментарях|yorumlarda|コメント欄".split("|")
)
#: characters of a text that are looked at
MOST = 1200


_LEXICON = tomllib.loads(files("parsers").joinpath("lexicon", "roundup.toml").read_text(encoding="utf-8"))


def _split(phrases: str) -> frozenset[str]:
    return frozenset(fold(part.strip()) for part in phrases.split(",") if part.strip())


def _phrases() -> dict[str, tuple[str, ...]]:
    phrases: dict[str, set[str]] = {}
    for language in _LEXICON.values():
        for key, value in language.items():
            if key != "numbers":
                phrases.setdefault(key, set()).update(_split(value))
    return {key: tuple(sorted(found, key=len, reverse=True)) for key, found in phrases.items()}


def _numbers() -> dict[str, int]:
    rows = [language["numbers"].split(",") for language in _LEXICON.values() if "numbers" in language]
    return {
        fold(word.strip()): n for row in rows for n, forms in enumerate(row, 2) for word in forms.split("/") if word.strip()
    }


_CUES = _phrases()
_NUMBERS = _numbers()
_DIGITS = re.compile(r"(?<![\w.,:/$€£-])\d{1,2}(?![\w%€]|[.,:/-]\d)|\d{1,2}(?=[人名位]|명)|[二三四五六七八九十](?=[人名位])")
_EAST = {sign: n for n, sign in enumerate("二三四五六七八九十", 2)}
_CLOSING = _CUES["closing"]
_NOTES = _CUES["note"]
_WORD = re.compile(r"[^\W_]+")
#: letters of a word that lead to the phrases which begin with it
_LEAD = 4
#: stands for phrases that are not in Latin letters
_OTHER = "\N{GREEK SMALL LETTER ALPHA}"


def _by_opening(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    """Phrases by how their first word begins; under "" those to be sought anywhere, and so under _OTHER in other letters.

    A phrase in Latin letters stands at the beginning of a word, so a text without such a word does not hold it. A
    phrase of one short word ("ask") may go on as any other does.
    """
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        word = _WORD.match(phrase)
        sure = phrase.isascii() and word is not None and (len(word[0]) >= _LEAD or word[0] != phrase)
        other = "" if phrase.isascii() else _OTHER
        found.setdefault(word[0][:_LEAD] if sure and word is not None else other, []).append(phrase)
    return found


_OPENINGS = {kind: _by_opening(phrases) for kind, phrases in _CUES.items()}


@lru_cache(maxsize=1 << 8)
def _folded(text: str) -> tuple[str, set[str]]:
    """The beginning of a text, folded, and how its words begin."""
    folded = fold(text[:MOST])
    words = {"", *(word[:_LEAD] for word in _WORD.findall(folded))}
    return folded, words if folded.isascii() else words | {_OTHER}


def _holds(phrase: str, folded: str) -> bool:
    at = folded.find(phrase)
    while at >= 0:
        if at == 0 or not folded[at - 1].isalnum() or not phrase.isascii():
            return True
        at = folded.find(phrase, at + 1)
    return False


@lru_cache(maxsize=1 << 10)
def says(kind: str, text: str) -> bool:
    """Whether a text holds a phrase of a kind: asked, answers, experts, closing, works, house ...

    >>> says("asked", "We asked four growers."), says("asked", "They grow pears.")
    (True, False)
    """
    folded, words = _folded(text)
    known = _OPENINGS[kind]
    return any(_holds(phrase, folded) for word in words & known.keys() for phrase in known[word])


def _asking() -> dict[str, frozenset[str]]:
    """For each way to say that somebody was asked, the words that open an indirect question in the same language."""
    found: dict[str, frozenset[str]] = {}
    for language in _LEXICON.values():
        for phrase in _split(language.get("asked", "")):
            found[phrase] = found.get(phrase, frozenset()) | _split(language.get("asking", ""))
    return found


_ASKING = _asking()
#: those among them that are not parted from the words beside them, or are more than one word
_ASKING_INSIDE = {phrase: [w for w in words if " " in w or w[0] > "\u0900"] for phrase, words in _ASKING.items()}


@lru_cache(maxsize=1 << 9)
def asks_for(text: str) -> int:
    """How many words behind "we asked" open an indirect question: 0 where a sentence does not say what was asked.

    >>> asks_for("We asked four growers how they water, and why."), asks_for("Here is how we asked them.")
    (2, 0)
    """
    folded, words = _folded(text)
    known = _OPENINGS["asked"]
    most = 0
    for phrase in [phrase for word in words & known.keys() for phrase in known[word] if _holds(phrase, folded)]:
        rest = folded[folded.find(phrase) + len(phrase) :]
        inside = sum([word in rest for word in _ASKING_INSIDE[phrase]])
        most = max(most, inside + len(_ASKING[phrase].intersection(_WORD.findall(rest))))
    return most


@lru_cache(maxsize=1 << 10)
def closes(text: str) -> bool:
    """Whether a paragraph speaks as an editor does at the end of a post.

    >>> closes("Thank you to all who took part."), closes("I thank my mother.")
    (True, False)
    """
    folded = fold(text[:MOST]).lstrip("“\"'«„¿¡*(（ ")
    if invites(text):
        return True
    if not folded.startswith(_CLOSING):
        return False
    at = next(len(phrase) for phrase in _CLOSING if folded.startswith(phrase))
    return not folded[at : at + 1].isalnum() or not folded[at - 1].isascii()


def invites(text: str) -> bool:
    """Whether a line sends its readers to the comments."""
    folded = fold(text[:MOST])
    return any(part in folded for part in _ANYWHERE)


def is_note(text: str) -> bool:
    """Whether a line is a note that the editor has put in: "[Editor's note: she has moved since.]"."""
    return len(text) < MOST and fold(text[:30]).lstrip("[(*【（ ").startswith(_NOTES)


@lru_cache(maxsize=1 << 8)
def counts(text: str) -> frozenset[int]:
    """The small numbers that a text states, in figures or in words of any language that has a table.

    >>> sorted(counts("Six curators answered, 12 did not, 40% of them in 2024."))
    [6, 12]
    """
    figures = {_EAST.get(found) or int(found) for found in _DIGITS.findall(text[:MOST])}
    return frozenset(figures | {_NUMBERS[word] for word in _WORD.findall(fold(text[:MOST])) if word in _NUMBERS})
