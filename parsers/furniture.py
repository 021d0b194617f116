"""What furniture looks like: the rule data of `lexicon/furniture.tsv` and `furniture_phrases.tsv`, compiled for look-up. Pure.

Nothing in here sees a page. A class attribute or an id is asked once and remembered; a line is one look-up in a
dictionary, and where a phrase has a gap ("%d bloggers like this:") a look-up by its first or last letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_KEY = 4  # letters by which a phrase with a gap is found
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NEGATIONS = frozenset("has no not with without is hide js".split())  # "has-sidebar" is no sidebar


@dataclass(frozen=True, slots=True)
class Selectors:
    """Rules by what they match; each rule is (its place in the file, its name)."""

    classes: dict[str, tuple[int, str]]
    ids: dict[str, tuple[int, str]]
    words: dict[str, tuple[int, str]]
    tags: dict[str, str]
    roles: dict[str, str]
    class_heads: dict[str, list[tuple[str, tuple[int, str]]]]  #: tokens that end in `*`, by their first two letters
    id_heads: dict[str, list[tuple[str, tuple[int, str]]]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line that is furniture. `parts` are the words around the gaps, `number` says which gap takes digits only."""

    rule: str
    how: str  #: line, near, section, toc
    parts: tuple[str, ...]
    number: tuple[bool, ...] = ()

    def fits(self, line: str) -> bool:
        """Whether a folded line has the parts in order, with what they ask for between them."""
        line, at = f" {line} ", 0
        if not (line.startswith(self.parts[0]) and line.endswith(self.parts[-1])):
            return False
        for n, part in enumerate(self.parts):
            found = line.find(part, at) if n + 1 < len(self.parts) else len(line) - len(part)
            if found < at:
                return False
            gap = line[at:found].strip()
            if n and self.number[n - 1] and not (gap.replace(",", "").replace(".", "").isdigit() or gap == "%d"):
                return False
            at = found + len(part)
        return True


def _rows(name: str) -> list[list[str]]:
    text = (files("parsers") / "lexicon" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@cache
def selectors() -> Selectors:
    """`furniture.tsv`, read once."""
    classes: dict[str, tuple[int, str]] = {}
    ids: dict[str, tuple[int, str]] = {}
    words: dict[str, tuple[int, str]] = {}
    tags: dict[str, str] = {}
    roles: dict[str, str] = {}
    heads: dict[str, dict[str, list[tuple[str, tuple[int, str]]]]] = {".": {}, "#": {}}
    for place, (name, matches) in enumerate(_rows("furniture.tsv")):
        rule = place, name
        for match in matches.split():
            mark, token = match[0], match[1:].lower()
            if mark in ".#" and token.endswith("*"):
                heads[mark].setdefault(token[:2], []).append((token[:-1], rule))
            elif mark in ".#~":
                {".": classes, "#": ids, "~": words}[mark].setdefault(token, rule)
            elif mark == "[":
                roles.setdefault(match[6:-1], name)
            else:
                tags.setdefault(match, name)
    return Selectors(classes, ids, words, tags, roles, heads["."], heads["#"])


_NOTHING = "", ""


@lru_cache(maxsize=1 << 15)
def rule_of_class(attribute: str) -> tuple[str, str]:
    """The rule that takes an element with this class attribute and the token that says so, or two empty strings."""
    best, said = None, ""
    for token in attribute.split():
        rule = _rule_of_token(token, True)
        if rule is not None and (best is None or rule < best):
            best, said = rule, token
    return (best[1], said) if best else _NOTHING


@lru_cache(maxsize=1 << 13)
def rule_of_id(name: str) -> str:
    """The rule that takes an element with this id, or ``""``."""
    rule = _rule_of_token(name, False)
    return rule[1] if rule else ""


@lru_cache(maxsize=1 << 15)
def _rule_of_token(token: str, is_class: bool) -> tuple[int, str] | None:
    known = selectors()
    if len(token) > 80:
        return None
    low = token.lower()
    whole, heads = (known.classes, known.class_heads) if is_class else (known.ids, known.id_heads)
    rule = whole.get(low)
    if rule is not None:
        return rule
    for head, found in heads.get(low[:2], ()):
        if low.startswith(head):
            return found
    cut = low if token == low else _HUMP.sub("-", token).lower()
    if cut.isalpha():
        return None if cut in _NEGATIONS else known.words.get(cut)
    for sign in "_:./":
        if sign in cut:
            cut = cut.replace(sign, "-")
    parts = [part for part in cut.split("-") if part] or [low]
    if parts[0] in _NEGATIONS:
        return None
    ends = parts if len(parts) < 4 else (parts[0], parts[1], parts[-1])  # in the middle of a long name it says little
    rules = [known.words[p] for p in ends if p in known.words]
    return min(rules) if rules else known.words.get("".join(parts))


_SAME = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...",
    "：": ":", "！": "!", "\u200b": "", "\u00ad": "", "\u0307": "", "ı": "i",
})  # fmt: skip
_ENDS = " \t:.!?-|·•*+#>»«<←→↓↑▼▲▾►…()[]\"'"


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """A line as the dictionary knows it: one case, plain quotes, no signs at the ends.

    >>> fold("« Older Comments"), fold("Share this:"), fold("  Don’t  stop ")
    ('older comments', 'share this', "don't stop")
    """
    low = text.casefold()
    return " ".join((low if low.isascii() else low.translate(_SAME)).split()).strip(_ENDS)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Whole lines by their folded form, and those with gaps by the letters they begin or end with."""

    whole: dict[str, Phrase]
    heads: dict[str, tuple[Phrase, ...]]
    tails: dict[str, tuple[Phrase, ...]]
    counts: dict[str, tuple[Phrase, ...]]  #: those that begin with a number, by the letters behind it
    first: frozenset[str]  #: the first word of each phrase: most lines fail here


@cache
def phrases() -> Phrases:
    """`furniture_phrases.tsv`, read once."""
    whole: dict[str, Phrase] = {}
    heads: dict[str, list[Phrase]] = {}
    tails: dict[str, list[Phrase]] = {}
    counts: dict[str, list[Phrase]] = {}
    for rule, _language, how, text in _rows("furniture_phrases.tsv"):
        pieces = re.split(r"%([sd])", text)
        if len(pieces) == 1:
            whole.setdefault(fold(text), Phrase(rule, how, (fold(text),)))
            continue
        parts = [_SPACES.sub(" ", p.casefold().translate(_SAME)) for p in pieces[::2]]
        head, tail = parts[0].lstrip(_ENDS), parts[-1].rstrip(_ENDS)
        phrase = Phrase(rule, how, (f" {head}", *parts[1:-1], f"{tail} "), tuple(kind == "d" for kind in pieces[1::2]))
        if not head and phrase.number[0]:
            counts.setdefault(parts[1].strip()[:_KEY], []).append(phrase)
        elif len(head) >= _KEY:
            heads.setdefault(head[:_KEY], []).append(phrase)
        elif len(tail) >= _KEY:
            tails.setdefault(tail[-_KEY:], []).append(phrase)
    lines = [*whole, *(phrase.parts[0] for group in heads.values() for phrase in group)]
    first = frozenset(_first_word(line) for line in lines)
    return Phrases(whole, _tuples(heads), _tuples(tails), _tuples(counts), first)


def _tuples(found: dict[str, list[Phrase]]) -> dict[str, tuple[Phrase, ...]]:
    return {key: tuple(group) for key, group in found.items()}


_WORD = re.compile(r"\w+")
_COUNT = re.compile(r"\W{0,3}(?:%d|\d[\d.,]{0,11})\s*")
_SPACES = re.compile(r"\s+")


def _first_word(line: str) -> str:
    """The first word without accents of case; whole where a script writes no spaces, so only its first letter then."""
    match = _WORD.search(line)
    word = match[0].casefold().translate(_SAME) if match else ""
    return word if word.isascii() or "\u00c0" <= word[:1] < "\u3000" else word[:1]


MAX_LINE = 400  # a longer line is prose


def phrase_of(text: str) -> Phrase | None:
    """The phrase that a whole line is, or None; a line may also be several phrases in a row ("Like Loading...")."""
    return _phrase_of(text) if len(text) <= MAX_LINE else None


@lru_cache(maxsize=1 << 13)
def _phrase_of(text: str) -> Phrase | None:
    known = phrases()
    count = _COUNT.match(text)
    if not count and _first_word(text) not in known.first and text.rstrip(_ENDS)[-_KEY:].casefold() not in known.tails:
        return None
    line = fold(text)
    found = known.whole.get(line)
    if found is not None:
        return found
    after = known.counts.get(_COUNT.sub("", line, count=1)[:_KEY], ()) if count else ()
    for phrase in (*after, *known.heads.get(line[:_KEY], ()), *known.tails.get(line[-_KEY:], ())):
        if phrase.fits(line):
            return phrase
    return _in_a_row(line) if 0 < line.count(" ") < 12 else None


def _in_a_row(line: str) -> Phrase | None:
    """Several phrases on one line, longest first from the left; certain where one of them is."""
    known, words, at, taken = phrases().whole, line.split(" "), 0, []
    while at < len(words):
        for end in range(len(words), at, -1):
            phrase = known.get(" ".join(words[at:end]).strip(_ENDS))
            if phrase is not None and (at or end < len(words)):
                break
        else:
            return None
        taken.append(phrase)
        at = end
    sure = next((phrase for phrase in taken if phrase.how == "line"), None)
    return sure or Phrase(taken[0].rule, "near", (line,))
