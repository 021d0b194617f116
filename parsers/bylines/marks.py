"""A line before the grammar: the sieve that most lines do not pass, and the furniture around a byline. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from . import words as w
from .trust import cased
from .words import flags

#: longest byline read, in characters; longer lines are prose
MOST_CHARS, MOST_LINES = 300, 6
_START = frozenset(" \t\n\xa0-–—―‒•·*>~#|“”\"'«„")
#: of what no list holds: an emoji is a symbol, or a letter's keycap, with joiners and modifiers behind it
_PICTURES, _JOINERS = ("So", "Sk"), "\u200d\ufe0e\ufe0f\u20e3"
#: pictures that say something about the line: whose photo it is, how to call
_TELLING = "©®℗™№📷📸🎥☎📞✉📧"
_NUMBER = re.compile(
    r"(?:#?\d{1,3}\s*[.):/\-–—]|#\d{1,3}|0\d(?=\s)|\(\d{1,3}\)|(?:№|[Nn][roº°]\.?)\s?\d{1,3}"
    r"(?:\s?[.:)]|\s[–—-])?|\d{1,2}\ufe0f?\u20e3)\s+(?=\D)"
)
#: "Tip #3 from Ann Lee", "Expert 1: Ann Lee": a word for what is numbered, or for who
_COUNTED = re.compile(
    r"([^\W\d_]{3,14}+)\s(?:#|№|[Nn][roº°]\.?)?\s?\d{1,3}\s?"
    r"(?:[:.)–—-]|(?:from|by|von|vom|de|par|por|di|da|door|van|od|av|af|fra|från|przez|:)(?=\s))\s*(?=[^\W\d_])"
)
_ADVICE = frozenset(
    "tip tipp trick advice opinion view voice answer reply pick lesson quote rat ratschlag antwort stimme meinung conseil avis"
    " réponse astuce consejo opinión respuesta consiglio parere risposta dica opinião resposta advies mening antwoord råd svar"
    " porada opinia odpowiedź rada názor odpověď savjet tanács vinkki guest gast invité совет мнение ответ порада думка".split()
)
_BY = re.compile(r"(?:by|von|par|por|door|av|af|di|przez)(?::\s*|\s+)(?=[^\W\d_])", re.IGNORECASE)
_CLOSING = {"»": "«", "”": "“", '"': '"', "’": "‘"}
_LABEL = re.compile(
    r"(?:LinkedIn|Twitter|Facebook|Instagram|YouTube|GitHub|Mastodon|Bluesky|Website|TikTok|Threads|X)(?=[A-Z])"
)
_OPENS = re.compile(r"\s*\((?:opens|öffnet|s'ouvre|se abre)[^()]*\)\s*$", re.IGNORECASE)
_HANDLE = re.compile(
    r"\s*(?<![\w.])(?:\((?:@|https?://|www\.)[\w./:@%?=&#~+-]+\)|(?:@|https?://|www\.)[\w./:@%?=&#~+-]+)(?=$|[\s),;|–—])"
)
#: an American politician's party and state: "Sen. Ann Lee (D-Ohio)", "R-Fla."
_PARTY = re.compile(r"(?:,\s|\s\()[DRI]-[A-Z][\w. ]{1,16}\)?$")
DATED = re.compile(r"\(@\w+\)\s+\w+ \d{1,2}, \d{4}$")
_CREDIT = re.compile(
    r"©|\(c\)|getty images|/(?:reuters|afp|ap|epa|shutterstock|flickr)\b|courtesy|\bcc[ -]by\b"
    r"|\b(?:photo|foto|credit|picture|image|photographer|fotograf|photographe)s?\s*(?:by|:)",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b(?:19|20)\d\d\s*$|\b\d{1,2}:\d\d\b|[€$£]\s?\d|\d\s?[€%]")
_FIGURE = re.compile(r"\d")
_REFUSED_END = ("?", "!", "…", "...", "？", "！", "؟", "?”", '?"', "!”", '!"')
_SHAPE = re.compile(r"[\s\-–—―•·*>\"“«'#(]*(?:\d{1,3}[.):]\s+)?(?:[Bb]y:?\s+)?[^\W\d_]")
#: what the first word may be besides a word that opens sentences
_NAME_OR_ROLE = w.GIVEN | w.MAYBE | w.FAMILY | w.KNOWN_FAMILY | w.HONORIFIC | w.ROLE | w.PARTICLE | w.RANK
_BEFORE_ROLE = w.ROLE | w.MODIFIER | w.TOPIC | w.HONORIFIC | w.ORG | w.RANK
_MAY_OPEN = _NAME_OR_ROLE | _BEFORE_ROLE
_NAME = w.GIVEN | w.MAYBE | w.FAMILY | w.KNOWN_FAMILY | w.PARTICLE
_COMMON = w.WORD | w.STOP | w.TOPIC | w.MODIFIER
_TELLS = w.ROLE | w.HONORIFIC | w.ORG
_APOSTROPHES = ("'", "’")  # "Jeanne d'Arc"
_SEPARATES = ".,:;|)>–—\"'”’»"
_CUE = re.compile(r"[,،;|(:\n>–—]|\s[-/•·]\s|\s(?:is|was|an?|the|ist|est|es|è|é)\s|[a-zß-ÿ][A-ZÀ-Þ]")
_JOINED = re.compile(r"[a-zß-ÿ\u0101-\u017fа-џα-ώ][A-ZÀ-Þ\u0100-\u017dЀ-ЯΑ-Ω]")
_LEAD = re.compile("|".join(re.escape(lead) + r"\s" for lead in sorted(w.ACCORDING, key=len, reverse=True)), re.IGNORECASE)


class Line(NamedTuple):
    """A byline without its furniture."""

    text: str
    marks: float = 0.0  #: for a leading dash, a closing colon, a number
    url: str = ""


def plausible(text: str) -> bool:
    """Whether a line may be a byline at all: the sieve before the grammar, a microsecond or two.

    >>> plausible("Ann Lee, Lecturer"), plausible("And then she said that it was over")
    (True, False)
    """
    return 2 <= len(text) <= MOST_CHARS and _plausible(text)


@lru_cache(maxsize=1 << 12)
def _plausible(text: str) -> bool:
    start = _front(text)[0]
    found = _SHAPE.match(text, start)
    if found is None or text.endswith(_REFUSED_END):
        return False
    words = text[found.end() - 1 : found.end() + 79].split(maxsplit=2)
    if not _may_open(words, text):
        return False
    if len(words) < 2:  # a name of one word needs a mark beside it
        return found.end() > 1 or not text.isascii() or not text[-1].isalnum() or not words[0][1:].islower()
    if len(text) > 90 and _CUE.search(text, found.end(), found.end() + 85) is None:
        return False
    return not _hopeless(words, text) or _LEAD.match(text) is not None


def _hopeless(words: list[str], text: str) -> bool:
    """Whether common words stand where the name would, and nothing further on says what somebody is."""
    first, second = flags(words[0]), flags(words[1])
    if (first | second) & (w.GIVEN | w.KNOWN_FAMILY) or first & w.RANK or text[-1] in ":>»–—" or text[0] in "–—":
        return False
    plain = (first & _COMMON and not first & _NAME and len(words[0]) > 2) or (
        second & _COMMON and not second & _NAME and not first & w.MAYBE and len(words[1]) > 2 and words[1][0].isalpha()
    )
    return bool(plain) and not any(flags(word) & _TELLS for word in text.split(maxsplit=14)[:14])


def _may_open(words: list[str], text: str) -> bool:
    """Whether a line's first two words may open a byline: a name's, or a title's, or a role's."""
    first, known = words[0], flags(words[0])
    if not first[0].isupper() and cased(first[0]) and not text[0].isdigit() and not known & (w.HONORIFIC | w.PARTICLE):
        return False
    followed = len(words) > 1 and words[1][0].islower()
    if known & w.ARTICLE and text[0].isdigit() and not followed:
        return True  # "3. The Salty Cook, blogger"
    if followed and known & _BEFORE_ROLE and flags(words[1]) & w.ROLE:
        return True  # "Shop owner"
    if known & w.STOP and not known & (_NAME_OR_ROLE if followed else _MAY_OPEN) and first.rstrip(",").isalpha():
        return _LEAD.match(text) is not None
    if not followed or first[-1] in _SEPARATES or known & _BEFORE_ROLE:
        return True
    if flags(words[1]) & (w.PARTICLE | w.AND | w.ROLE | w.RANK) or _JOINED.search(first) or words[1][1:2] in _APOSTROPHES:
        return True
    return _LEAD.match(text) is not None


def unfurnished(text: str) -> Line:
    """Take off numbers, dashes, "By", network labels, handles and closing colons."""
    url = ""
    if "@" in text and DATED.search(text):
        text = text[: text.rindex(")") + 1]
    start, marks = _front(text)
    text = text[start:]
    by = _BY.match(text)
    if by and text[by.end() :][:1].isupper():
        marks, text = marks + 0.3, text[by.end() :]
    lead = _LEAD.match(text)
    if lead:
        text = text[lead.end() :]
    text = _unlabelled(text)
    if text.endswith(")"):
        text = _OPENS.sub("", text)
    if "@" in text or "www." in text or "://" in text:
        text, url = _unlinked(text)
    if "« " in text:
        text = text.replace("« ", "«").replace(" »", "»")
    if "-" in text:
        text = _PARTY.sub("", text)
    while text and (
        text[-1] in ":：>–—―-,;|* \t" or (text[-1] in _CLOSING and _CLOSING[text[-1]] not in text[:-1]) or _pictured(text[-1])
    ):
        marks += 0.5 if text[-1] in ":：>»–—" else 0.0
        text = text[:-1]
    return Line(text.strip(), min(marks, 0.8), url)


def _front(text: str) -> tuple[int, float]:
    """Where a line begins behind its dash, bullet, emoji or number, and what these are worth."""
    if text[0].isalpha():
        if text[0] in "Nn" and (number := _NUMBER.match(text)):
            return number.end(), 0.3
        if text[0].islower():
            verb = text.split(maxsplit=1)[0]  # behind a quotation: "says Ann Lee, founder"
            told = len(verb) + 1 if flags(verb) & w.SAID and text[len(verb) + 1 : len(verb) + 2].isupper() else 0
            return told, 0.3 * (told > 0)
        counted = _counted(text)
        return counted, 0.3 * (counted > 0)
    at, marks, size = 0, 0.0, len(text)
    while at < size and not (char := text[at]).isalpha():
        if number := _NUMBER.match(text, at):
            at, marks = number.end(), marks + 0.3
            break
        kind = unicodedata.category(char)
        if kind == "No":  # "①"
            marks = max(marks, 0.3)
        elif not (char in _START or char in _JOINERS or (kind in _PICTURES and char not in _TELLING)):
            break
        elif char in "–—―-":
            marks = max(marks, 0.5)
        at += 1
    counted = _counted(text[at:])
    return at + counted, marks + 0.3 * (counted > 0)


def _pictured(char: str) -> bool:
    return char > "\u2000" and not char.isalnum() and (char in _JOINERS or unicodedata.category(char) == "So")


def _counted(text: str) -> int:
    """Where a name may begin behind a numbered word: "Tip #3 from Ann Lee"."""
    found = _COUNTED.match(text)
    if found is None or not (found.group(1).lower() in _ADVICE or flags(found.group(1)) & w.ROLE):
        return 0
    return found.end()


def _unlinked(text: str) -> tuple[str, str]:
    """A text without its handle or address, and that."""
    handle = _HANDLE.search(text)
    if not handle or not handle.start() or text[handle.end() :].lstrip()[:1].isalnum():
        return text, ""
    before = text[: handle.start()].split()
    told = before and flags(before[-1]) & (w.ROLE | w.TOPIC)
    if handle.group().lstrip().startswith("@") and told and handle.end() == len(text):
        return f"{text[: handle.start()]} @ {handle.group().strip(' @')}", ""  # "Designer @Acme"
    if not text[: handle.start()].rstrip().endswith("("):
        text = ", ".join(part for part in (text[: handle.start()].strip(" ,"), text[handle.end() :].strip(" ,")) if part)
    return text, handle.group().strip(" ()")


def _unlabelled(text: str) -> str:
    """Without the labels of profile links that a text dump glued to the name: "LinkedInXAnn Lee"."""
    left = text
    for _ in range(3):
        label = _LABEL.match(left)
        if not label or (label.group() == "X" and left == text):
            break
        left = left[label.end() :]
    return left


def refused(text: str) -> bool:
    """Credits, dates and prices are no bylines."""
    if _CREDIT.search(text) or _DATE.search(text):
        return True
    words = text.split(maxsplit=12)
    if _FIGURE.search(text) and any(flags(word) & w.DATE and not flags(word) & w.GIVEN for word in words):
        return True
    return bool(flags(words[0]) & w.CREDIT) and not flags(words[0]) & w.GIVEN
