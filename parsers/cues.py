"""The editor's own words around the experts': which phrases say that somebody was asked, or that the post ends. Pure.

All languages at once, since a line does not say which it is in. Packaged data, read once at import.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from .words import fold

#: what only an editor says, wherever it stands in the paragraph
_ANYWHERE = tuple(
    "in the comments|den kommentaren|les commentaires|los comentarios|nei commenti|nos comentarios|de reacties|kommentarerna|"
    "w komentarzach|u komentarima|в комментариях|у коментарях|yorumlarda|コメント欄".split("|")
)
#: characters of a text that are looked at
MOST = 1200


def _read() -> dict[str, tuple[str, ...]]:
    text = files("parsers").joinpath("lexicon", "roundup.toml").read_text(encoding="utf-8")
    phrases: dict[str, set[str]] = {}
    for language in tomllib.loads(text).values():
        for key, value in language.items():
            phrases.setdefault(key, set()).update(fold(part.strip()) for part in value.split(",") if part.strip())
    return {key: tuple(sorted(found, key=len, reverse=True)) for key, found in phrases.items()}


_CUES = _read()


def _find(kind: str, folded: str) -> tuple[int, str]:
    """Where the first phrase found begins, and which it is; -1 where none is. Plain search: an alternation is far slower."""
    for phrase in _CUES[kind]:
        at = folded.find(phrase)
        while at >= 0:
            if at == 0 or not folded[at - 1].isalnum() or not phrase.isascii():
                return at, phrase
            at = folded.find(phrase, at + 1)
    return -1, ""


@lru_cache(maxsize=1 << 10)
def says(kind: str, text: str) -> bool:
    """Whether a text holds a phrase of a kind: asked, answers, experts, closing, jobs, offers.

    >>> says("asked", "We asked four growers."), says("asked", "They grow pears.")
    (True, False)
    """
    return _find(kind, fold(text[:MOST]))[0] >= 0


@lru_cache(maxsize=1 << 10)
def closes(text: str) -> bool:
    """Whether a paragraph speaks as an editor does at the end of a post.

    >>> closes("Thank you to all who took part."), closes("I thank my mother.")
    (True, False)
    """
    folded = fold(text[:MOST]).lstrip("“\"'«„¿¡* ")
    if any(part in folded for part in _ANYWHERE):
        return True
    at = next((len(phrase) for phrase in _CUES["closing"] if folded.startswith(phrase)), 0)
    return at > 0 and (not folded[at : at + 1].isalnum() or not folded[at - 1].isascii())
