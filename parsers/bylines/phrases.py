"""The words of a byline in their places: tokens, segments, and which word says what somebody is. Pure."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from . import words as w
from .words import flags, fold

_TOKEN = re.compile(r"(?:[ldLD]|[Dd]ell|[Aa]ll|[Nn]ell|[Ss]ull|[Dd]all)['’](?=\w)|\([^()]*\)|[^\s(]+(?:\([^()]*\)[^\s(]*)*|\(")
_BREAK = re.compile(r"\n|\s*[;؛|·•∙●]\s*|\s*[,，、،](?:\s*,)*\s*|\s+[–—―‒-]+\s+|(?<=\w)[–—]\s+|\s+[–—](?=\w)")
#: a capital within the word, the German "RedakteurInnen" apart
_BRANDED = re.compile(r"(?!Post[Dd]oc)[^\W\d_]+[a-zß-ÿ](?!In(?:nen)?\b)[A-ZÀ-Þ][a-zß-ÿ]{2,}\W*")
_INNER = re.compile(r"[a-z]{1,8}[A-Z][a-z]")  #: "iPhone", "pinStripe"
_LIST_OPEN = re.compile(r"\s(?:of|for|on|in|für|de|des|per|para|za)\s")
_LIST_END = re.compile(r"(?:and|&|und|et|y|e|i)\s")
_SOMETIMES = {"head", "chief", "lead"}
_FIXED = {"in", "at", "of", "à", "a", "ad", "vom"}
_FIXED_AFTER = {"chief", "large", "residence", "charge", "law", "arms", "counsel", "chef", "interim", "dienst"}
#: the genitive plural of people: "Epidemiologów", "переводчиков", "učitelů"
MEMBERS = re.compile(r"\w{3,}(?:ow|eli|arzy|ov|ei|ов|ев|ів|ей|iv)")
FIRM = {"Partner", "Partners", "Associates"}
#: what makes a director the head of a whole organisation
_TOP = frozenset(
    "executive managing general generale generali generalny generalna generalni ejecutivo ejecutiva executivo executiva"
    " zarzadzajacy izvrsni izvrsna генеральныи генерального исполнительныи geral gerente delegato delegata".split()
)
COMPANY_END = {
    "inc",
    "llc",
    "ltd",
    "limited",
    "plc",
    "corp",
    "co",
    "gmbh",
    "ag",
    "s.a",
    "sa",
    "llp",
    "lp",
    "pllc",
    "pc",
    "p.c",
    "l.p",
    "n.v",
    "b.v",
    "s.l",
    "s.p.a",
    "d.o.o",
    "a.s",
    "s.r.o",
}


class Token(NamedTuple):
    text: str
    start: int
    end: int
    found: int


def tokens(text: str) -> list[Token]:
    """Words with their places; a bracket is one word, an elided article a word of its own."""
    return [Token(m.group(), m.start(), m.end(), _found(m.group())) for m in _TOKEN.finditer(text)]


def _found(word: str) -> int:
    """The flags of a word in its place: a bracket has none, an English "a" is no French "à", and "ProBlogger" is a brand."""
    if word[0] == "(":
        return 0
    found = flags(word)
    if found & w.ROLE and _BRANDED.fullmatch(word):
        return found & ~w.ROLE
    if found & w.ROLE and word.endswith("ría"):
        return found & ~w.ROLE | w.ORG  # "Secretaría" is a body, "secretaria" somebody
    return found & ~w.LINK if word == "a" else found


def segments(text: str) -> list[tuple[str, str]]:
    """Cut at commas, bars, dashes, bullets and line breaks outside brackets and quotes: [(separator, segment), ...]."""
    out: list[tuple[str, str]] = []
    depth = _depths(text)
    before, start = "", 0
    for match in _BREAK.finditer(text):
        if depth[match.start()] or match.start() < start:
            continue
        out.append((before, text[start : match.start()].strip()))
        before, start = match.group().strip(" ") or " ", match.end()
    out.append((before, text[start:].strip()))
    joined: list[tuple[str, str]] = []
    for sep, part in out:
        first = part.partition(" and ")[0]  # "Acme, Inc. and Director"
        if joined and sep[:1] in ",，" and fold(first).strip(" .") in COMPANY_END:
            joined[-1] = joined[-1][0], f"{joined[-1][1]}, {part}"
        elif len(joined) > 1 and sep[:1] == joined[-1][0][:1] == "," and _ends_list(joined[-2][1], part):
            last = joined.pop()[1]
            joined[-1] = joined[-1][0], f"{joined[-1][1]}, {last}, {part}"
        elif part:
            joined.append((sep, part))
    return joined


def _ends_list(opening: str, part: str) -> bool:
    """Whether a segment ends what another one opened: "Center for Slavic | Eurasian | and East European Studies"."""
    if not _LIST_END.match(part) or not _LIST_OPEN.search(opening):
        return False
    return not any(flags(word) & w.ROLE for word in part.split())


def _depths(text: str) -> list[int]:
    """For each character, how deep in brackets or quotes it stands; an unclosed bracket does not count."""
    depth, out, quoted = 0, [], False
    closing = text.count(")") + text.count("）")
    paired = text.count('"') // 2 * 2
    for char in text:
        if char in "(（" and closing:
            depth += 1
        elif char in ")）":
            depth = max(0, depth - 1)
            closing -= 1
        elif char == '"' and paired:
            quoted, paired = not quoted, paired - 1
        elif char in "“„«":
            quoted = "”" in text or "“" in text[1:] or "»" in text
        elif char in "”»":
            quoted = False
        out.append(depth + quoted)
    out.append(0)
    return out


def unstopped(text: str) -> str:
    """A text without its full stop, unless that belongs to an abbreviation: "Quillfish, Inc."."""
    if not text.endswith("."):
        return text
    last = text.rsplit(maxsplit=1)[-1].lower()
    short = last.rstrip(".") in COMPANY_END or last.count(".") > 1 or len(last) < 3
    return text if short else text.rstrip(".")


def capital(word: str) -> bool:
    """Whether a word is printed as a proper name: with a capital, a figure, or in a script without capitals."""
    bare = word.lstrip("\"“„«'‘(#@")
    first = bare[:1]
    if not first.islower():
        return bool(first) and (first.isupper() or first.isdigit() or (first.isalpha() and first.upper() == first.lower()))
    return not bare.islower() and _INNER.match(bare) is not None


def acronym(token: Token) -> bool:
    word = token.text.strip(".,;:()").replace("&", "").replace(".", "").replace("-", "")
    return (
        2 <= len(word) <= 8
        and word.isupper()
        and word.isalpha()
        and not token.found & (w.TOPIC | w.MODIFIER | w.DEGREE | w.ROLE)
    )


def proper(token: Token) -> bool:
    """A word that is nothing but a name of something: "Greenpeace", "BlackRock", "Fool.com"."""
    word = token.text.strip('.,;:()"“”')
    inner = any(a.islower() and b.isupper() for a, b in itertools.pairwise(word)) or bool(
        re.fullmatch(r"\w[\w-]*\.[a-z]{2,5}", word)
    )
    return inner or (
        capital(word) and not token.found & (w.TOPIC | w.MODIFIER | w.WORD | w.ROLE | w.DEGREE | w.AND | w.ARTICLE | w.LINK)
    )


def _are_fields(parts: list[Token]) -> bool:
    """Whether words are fields to the end: "Head | Experience & Service Design"."""
    return all(t.found & (w.TOPIC | w.AND) and not t.found & w.ROLE for t in parts)


def _is_head(parts: list[Token], place: int) -> bool:
    """Whether the word at `place` says what somebody is. "Head" and "lead" do so only before "of", or at the end."""
    token, after = parts[place], parts[place + 1] if place + 1 < len(parts) else None
    if token.text in FIRM and place > 1 and parts[place - 1].text == "&" and capital(parts[place - 2].text):
        return bool(parts[place - 2].found & (w.ROLE | w.MODIFIER | w.TOPIC))  # "Berg & Partner" is a firm
    if after is not None and after.found & w.ORG and capital(after.text) and fold(token.text) == "general":
        return False  # "Bayview General Hospital"
    if place and _are_members(parts, place):
        return False
    ends = after is None or bool(after.found & (w.LINK | w.AND))
    if not token.found & w.ROLE:
        if fold(token.text).strip(".,") in _SOMETIMES:
            return ends or (place == 0 and token.text == "Head" and _are_fields(parts[1:]))
        chief = place > 0 and fold(parts[place - 1].text) == "chief"  # "Chief Yeti"
        return chief and ends and capital(token.text) and not token.found & w.ORG
    if after is None or not token.found & (w.TOPIC | w.MODIFIER | w.ORG):
        return True
    if token.found & (w.TOPIC | w.MODIFIER) and after.found & w.ROLE and not after.found & w.LEAD:
        return False  # "client | manager"
    return bool(token.found & w.LEAD) or not token.found & (w.ORG | w.TOPIC) or ends or capital(after.text)


def _are_members(parts: list[Token], place: int) -> bool:
    """Whether a Slavic body is of those whom the word names: "Towarzystwo Lekarzy", "Союз переводчиков"."""
    token, before = parts[place], parts[place - 1]
    if before.found & w.AND and place > 2:
        return MEMBERS.fullmatch(fold(parts[place - 2].text)) is not None and _are_members(parts, place - 2)
    if not before.found & w.ORG or before.found & w.ENGLISH or not capital(before.text):
        return False
    return capital(token.text) and MEMBERS.fullmatch(fold(token.text)) is not None


def heads_in(parts: list[Token]) -> list[int]:
    """Where words stand that say what somebody is; in a bracket or in «» they are a name's."""
    if not any(token.text[0] == "«" for token in parts):
        return [place for place, token in enumerate(parts) if token.text[0] != "(" and _is_head(parts, place)]
    heads, quoted = list[int](), False
    for place, token in enumerate(parts):
        quoted = quoted or token.text[0] == "«"
        if not quoted and token.text[0] != "(" and _is_head(parts, place):
            heads.append(place)
        quoted = quoted and "»" not in token.text
    return heads


def opens_with_role(text: str) -> bool:
    """Whether a text begins with what somebody is, without a detour."""
    words = text.split(maxsplit=6)[:6]
    for word, after in zip(words, [*words[1:], ""], strict=True):
        found = flags(word)
        if found & w.ROLE or (word.lower() in ("head", "lead", "chief") and after == "of"):
            return not word.endswith(("'s", "’s"))
        if not found & (w.MODIFIER | w.TOPIC | w.RANK) or found & w.ARTICLE:
            return False
    return False


def head_of(parts: list[Token], place: int) -> int:
    """The flags of a head; a vice president of something is no president of it."""
    found = parts[place].found & w.ROLE or w.PLAIN
    if found & w.LEAD and place and fold(parts[place - 1].text) in ("vice", "deputy", "assistant", "associate"):
        return w.PLAIN
    near = {fold(parts[at].text).removeprefix("co-") for at in (place - 1, place + 1) if 0 <= at < len(parts)}
    return found | w.LEAD if found & w.PLAIN and near & _TOP else found


def link_after(parts: list[Token], start: int) -> int:
    """The first preposition from `start` on, fixed phrases apart ("editor in chief"); the length where there is none."""
    for place in range(start, len(parts)):
        token = parts[place]
        if (
            token.found & w.LINK and (not token.text[0].isupper() or token.text in ("At", "For", "Of", "With"))
        ) or token.text == "@":
            if (
                place + 1 < len(parts)
                and fold(token.text) in _FIXED
                and fold(parts[place + 1].text).strip(".,") in _FIXED_AFTER
            ):
                continue
            return place
    return len(parts)


def printed(text: str, parts: list[Token], start: int, end: int) -> str:
    """The printed text of some words."""
    if start >= end:
        return ""
    return text[parts[start].start : parts[end - 1].end].strip(" ,;:–—-")
