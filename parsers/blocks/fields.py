"""Bylines printed as labelled fields, a line each: "Name: Ann Lee", "Title: Grower", "Company: Fen Nursery". Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files

from ..bylines import read
from ..bylines.words import NETWORK, flags, fold
from ..model import Expert, Position
from ..page import LINK
from .rows import Row


def _read() -> dict[str, str]:
    text = files("parsers").joinpath("lexicon", "fields.toml").read_text(encoding="utf-8")
    return {fold(label.strip()): kind for kind, labels in tomllib.loads(text).items() for label in labels.split(",")}


#: what a field holds, by its label, folded
_KNOWN = _read()
_FIELD = re.compile(r"([^\W\d_][^:：\n]{0,22}?)\s?[:：]\s*(?=\S)")
_WORD = re.compile(r"[^\W_]+")
#: rows below the name that are looked at
MOST = 6


def field_of(text: str) -> tuple[str, str]:
    """What a line holds and its value, or empty strings.

    >>> field_of("Name: Ann Lee"), field_of("Company : Fen Nursery"), field_of("Soil: turn it.")
    (('name', 'Ann Lee'), ('org', 'Fen Nursery'), ('', ''))
    """
    found = _FIELD.match(text) if len(text) <= 160 else None
    kind = _KNOWN.get(fold(found[1]), "") if found is not None else ""
    return (kind, text[found.end() :]) if kind and found is not None else ("", "")


def expert_at(rows: Sequence[Row], n: int, free: int) -> tuple[Expert, int, int] | None:
    """Who is named by the field at row `n`, with the fields around; and the first (not before `free`) and last row of these."""
    reading = read(field_of(rows[n].text)[1])
    if reading is None:
        return None
    first = n
    values = {"role": "", "org": ""}
    while first > free and n - first < 2:
        kind, value = field_of(rows[first - 1].text)
        if values.get(kind) != "":
            break
        values[kind] = value
        first -= 1
    last = _below(rows, n, values)
    named = reading.expert
    own = (Position(values["role"], values["org"]),) if values["role"] or values["org"] else named.positions
    byline = " ".join(row.text for row in rows[first : last + 1])
    return Expert(named.name, named.honorific, own, named.url, byline, "fields"), first, last


def _below(rows: Sequence[Row], n: int, values: dict[str, str]) -> int:
    """Add the fields below row `n` to what is known; the last of their rows, `n` where there are none."""
    last = n
    for row in rows[n + 1 : n + 1 + MOST]:
        kind, value = field_of(row.text)
        if kind not in ("role", "org", "more") or values.get(kind):
            break
        values[kind] = value
        last = row.n
    return last


def position_below(rows: Sequence[Row], n: int) -> tuple[Position, int] | None:
    """What fields below a plain name tell ("**Ann Lee** / Title: Grower / Company: Acme"), and the last of their rows."""
    values = {"role": "", "org": ""}
    last = _below(rows, n, values)
    return (Position(values["role"], values["org"]), last) if values["role"] or values["org"] else None


def is_link_line(row: Row) -> bool:
    """Whether a line only names where to find somebody: "Twitter | LinkedIn | Website"."""
    if len(row.text) > 80 or not (row.marks & LINK or row.lead):
        return False
    words = _WORD.findall(row.text)
    return bool(words) and all(flags(word) & NETWORK or fold(word) in _LINKS for word in words)


_LINKS = frozenset("blog site homepage web webseite sito sitio portfolio email mail contact x".split())
