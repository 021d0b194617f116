"""What a class, an id or a phrase says about comments: `lexicon/comments.toml`. Pure but for one read of packaged data.

Classes are a bonus: a theme may rename them all. Each attribute is asked once and remembered; so is each phrase.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from ..dates.months import fold, fold_line

_NAMES = ("author", "date", "body", "comment", "widget", "form", "paging", "ping", "ads", "title", "preview")
AUTHOR, DATE, BODY, COMMENT, WIDGET, FORM, PAGING, PING, ADS, TITLE, PREVIEW = (1 << n for n in range(len(_NAMES)))

_DATA = tomllib.loads((files("parsers") / "lexicon" / "comments.toml").read_text(encoding="utf-8"))
_CUT = re.compile(r"[-_:.\s/]+|(?<=[a-z0-9])(?=[A-Z])")
_SIGN: dict[str, int] = {}
for _bit, _name in enumerate(_NAMES):
    for _word in _DATA["signs"][_name].split():
        _SIGN[_word] = _SIGN.get(_word, 0) | 1 << _bit
_RULE_OF: dict[str, str] = {word: rule for rule, line in _DATA["fittings"].items() for word in line.split()}


#: what style sheets made of small classes call sizes and colours of letters: "text-sm", "md:text-gray-500"
_STYLE = re.compile(
    r"(?:\w+:)*text-(?:xs|sm|md|base|lg|xl|\dxl|left|center|right|start|end|justify|wrap|nowrap|truncate|uppercase|lowercase"
    r"|capitalize|muted|primary|secondary|success|danger|warning|info|light|dark|white|black|[a-z]+-\d+)"
)


@lru_cache(maxsize=1 << 14)
def sign_of(attribute: str) -> int:
    """The signs of a class attribute or an id, as bits.

    >>> sign_of("comment-author vcard") & AUTHOR > 0, sign_of("commentText") & BODY > 0, sign_of("entry-title") & AUTHOR
    (True, True, 0)
    """
    bits = 0
    for token in attribute.split()[:20]:
        if "text-" in token and _STYLE.fullmatch(token[:60]):
            continue
        for word in _CUT.split(token[:60]):
            bits |= _SIGN.get(word.lower(), 0)
    return bits


@lru_cache(maxsize=1 << 13)
def apparatus_of(attribute: str) -> str:
    """Which of a comment's fittings a class names ("reply-link", "likes", ...), or ``""``.

    >>> apparatus_of("comment-reply-link"), apparatus_of("cld-like-count-wrap"), apparatus_of("bbp-reply-content")
    ('reply-link', 'likes', '')
    """
    for token in attribute.split()[:20]:
        words = _CUT.split(token[:60])
        if len(words) > 1 and _SIGN.get(words[-1].lower(), 0) & BODY:
            continue  # "reply-content" holds an answer's words
        for word in words:
            rule = _RULE_OF.get(word.lower())
            if rule is not None:
                return rule
    return ""


# Phrases

_OUTER = " .,:;!|·•/\\()[]{}<>«»‹›→←↓↑↩⤶\"'“”…–—-*"


def plain(text: str) -> str:
    """A phrase as it is compared: folded, without outer punctuation.

    >>> plain("(Répondre)"), plain("Reply ↓")
    ('repondre', 'reply')
    """
    return fold_line(" ".join(text.split())).strip(_OUTER)


PHRASES: dict[str, str] = {plain(phrase): rule for rule, phrases in _DATA["phrases"].items() for phrase in phrases}
PHRASES[""] = "punctuation"
SAYS = frozenset(fold(word) for word in _DATA["words"]["says"].split())
BY = frozenset(fold(word) for word in _DATA["words"]["by"].split())
BESIDE = frozenset(fold(word) for word in _DATA["words"]["beside"].split())
CLOSED = frozenset(plain(phrase) for phrase in _DATA["closed"]["phrases"])
_STEMS = tuple(fold(word) for word in _DATA["headings"]["stems"].split())
_HEADS = frozenset(fold(word) for word in _DATA["headings"]["words"].split())
_PINGS = frozenset(fold(word) for word in _DATA["headings"]["pings"].split())
_LIKED = re.compile(
    r"(?:like)?liked by .{1,60}|(?:mir )?gefallt \d+ (?:person|mal|personen).{0,20}"
    r"|\d+ (?:likes?|votes?|points?|people like this|personen? gefallt das)|(?:gefallt mir|like|likes)\W*(?:\d+)?"
    r"|(?:i )?rate this.{0,20}|votes?\W*\d+|score\W*[+-]?\d+|you must be logged in to.{0,30}"
)
_MEMBER = re.compile(
    r"(?:posts?|messages?|threads?|topics?|beitrage|themen|joined|join date|registered|registriert(?: seit)?|location|from|ort"
    r"|wohnort|member since|mitglied seit|dabei seit|inscription|lieu|likes received|reputation|reaction score|points|trophies"
    r"|prispevky|registrovan|dolaczyl(?:a)?|dolaczono|liczba (?:postow|watkow)|posty|skad|inscrit(?: le)?"
    r"|messages postes|registrado|mensajes|ubicacion|iscritto(?: il| dal)?|messaggi|localita|registrato"
    r"|berichten|lid geworden|lid sinds|geregistreerd|woonplaats|inlagg|gick med|registrerad|indlaeg|tilmeldt"
    r"|innlegg|registrert|viestit|liittynyt|uzenetek|csatlakozott|mesaje|inregistrat|mesajlar|kayit(?: tarihi)?"
    r"|katilim|сообщения|зарегистрирован(?:а)?|регистрация|откуда|registriran|postovi|mensagens|membro desde"
    r"|cadastrado|登録日|投稿数|注册时间|帖子"
    r"|thanks|gender|age|founded|user id|karma|blog entries|solutions|feedback|rep)\s*:.{0,60}"
    r"|(?:member since|mitglied seit|dabei seit|joined|registriert seit|registered)\b.{0,40}"
    r"|\d[\d,.]* (?:posts?|beitrage|messages|reputation)"
)
_NUMBER = re.compile(r"(?:#|no\.?|nr\.?|№|comment|kommentar|post|beitrag)?\s*[+-]?\d{1,6}|\d+ \d+")
_REPLY_IN = re.compile(
    r"\b(?:in reply to|replied to|replying to|als antwort auf|antwort auf|antwortete auf|geantwortet auf"
    r"|en reponse (?:a|au|aux)|a repondu (?:a|au|aux)|en respuesta a|respondio a|in risposta a|ha risposto a"
    r"|em resposta a|respondeu a|reageerde op|als antwoord op|w odpowiedzi na)\b"
)
_TRACKBACK = re.compile(r"trackback(?: (?:url|uri|address))?\s*:?\s*https?:")
_REPLY_TO = re.compile(
    r"(?:reply to|in reply to|antworte? (?:auf|an)|als antwort auf|repondre a|en reponse a|responder a|en respuesta a"
    r"|rispondi a|in risposta a|em resposta a|responder para|antwoord op|odpowiedz uzytkownikowi|ответить|odgovori na"
    r"|show \d+ (?:more )?repl|view \d+|\d+ (?:more )?(?:repl(?:y|ies)|antworten|reponses|respuestas)|replying to)\b.{0,80}"
)


def is_member_info(text: str) -> bool:
    """True for what a forum prints of a member beside a post: "Joined: May 2009", "Registrován: 1. 3. 2009"."""
    return len(text) < 120 and _MEMBER.fullmatch(plain(text)) is not None


@lru_cache(maxsize=1 << 13)
def phrase_rule(text: str) -> str:
    """Which fitting a whole short line is, or ``""``.

    >>> phrase_rule("Reply"), phrase_rule("#12"), phrase_rule("LikeLiked by 1 person"), phrase_rule("Nice one")
    ('reply-link', 'number', 'likes', '')
    """
    if len(text) > 120:
        return ""
    line = plain(text)
    found = PHRASES.get(line)
    if found is not None:
        return found
    if _NUMBER.fullmatch(line):
        return "number"
    if _LIKED.fullmatch(line):
        return "likes"
    if _MEMBER.fullmatch(line):
        return "member-info"
    if _TRACKBACK.match(line):
        return "trackback-url"
    if _REPLY_TO.fullmatch(line):
        return "reply-link"
    if any(mark in line for mark in "|·•/"):
        parts = [part for part in re.split(r"[|·•/]", line) if part.strip()]
        rules = [phrase_rule(part) for part in parts[:8]]
        if len(parts) > 1 and all(rules):
            return rules[0]
    words = line.split(" ")
    if 1 < len(words) <= 6 and all(word.strip(_OUTER) in PHRASES or word.lstrip("+-").isdigit() for word in words):
        return PHRASES.get(words[0].strip(_OUTER), "number")
    return ""


def says_reply_to(text: str) -> bool:
    """True for "In reply to Ann", "Reply to Ann", in many languages.

    >>> says_reply_to("In reply to Why by Ann"), says_reply_to("Als Antwort auf Wo von Bob"), says_reply_to("Reply")
    (True, True, False)
    """
    return _REPLY_TO.match(plain(text[:120])) is not None


def mentions_reply(text: str) -> bool:
    """The same inside a byline: "Per replied to comment from Ida".

    >>> mentions_reply("Per replied to comment from Ida | May 3"), mentions_reply("See above")
    (True, False)
    """
    return len(text) < 200 and _REPLY_IN.search(plain(text)) is not None


_PLACED = re.compile(r"#\s?\d")  # "Reply #3" is one of them, and no heading
_HEADING = re.compile(r"[^\W\d_]+|\d[\d.,]*")
_ONE = frozenset(fold(word) for word in _DATA["headings"]["one"].split())
_NONE = frozenset(fold(word) for word in _DATA["headings"]["none"].split())
_UNSPACED = tuple(stem for stem in _STEMS if stem[0] > "\u3000")
_UNSPACED_PROMPTS = tuple(_DATA["headings"]["unspaced_prompts"].split())
MOST_UNSPACED = 16  #: letters
_OF = frozenset(fold(word) for word in _DATA["headings"]["of"].split())
_PROMPTS = frozenset(fold(word) for word in _DATA["headings"]["prompts"].split())


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over comments, and how many it announces (-1 where it does not say)."""

    count: int
    pings: bool = False  #: of pings alone
    surely: bool = False  #: by a word for comments, not one for answers or thoughts


@lru_cache(maxsize=1 << 12)
def heading_of(text: str) -> Heading | None:
    """Read a heading over comments.

    >>> heading_of("12 Comments").count, heading_of("3 thoughts on “Life”").count, heading_of("Kommentare").count
    (12, 3, -1)
    >>> heading_of("What I think"), heading_of("Leave a comment")
    (None, None)
    """
    if len(text) > 200 or ("#" in text and _PLACED.search(text) is not None):
        return None
    words = [fold(word) for word in _HEADING.findall(text[:200])]
    if not text.isascii() and any(word in text for word in _UNSPACED_PROMPTS):
        return None
    if not _PROMPTS.isdisjoint(words[:3]):
        return None
    place = next((n for n, word in enumerate(words[:12]) if _counts(word)), None)
    if place is None or (place > 4 and not any(word[0].isdigit() for word in words)):
        return None
    count = _count(words, place)
    if count < 0 and ((len(words) > 6 and not _is_of(words)) or (words[place] in _HEADS and len(words) > 2)):
        return None
    return Heading(count, words[place] in _PINGS, words[place] not in _PINGS and _stems(words[place]))


def _is_of(words: list[str]) -> bool:
    """True for "Comments on" and a title, however long."""
    return words[0] != "comment" and words[1] in _OF and _stems(words[0])


def _counts(word: str) -> bool:
    return word in _HEADS or word in _PINGS or _stems(word)


def _stems(word: str) -> bool:
    """True for a word for comments; where a script has no spaces, one that ends in it: "この記事へのコメント"."""
    return word.startswith(_STEMS) or (len(word) <= MOST_UNSPACED and word[-1] > "\u3000" and word.endswith(_UNSPACED))


def _count(words: list[str], place: int) -> int:
    for n in (place - 1, place + 1, place - 2, place + 2):
        if 0 <= n < len(words):
            if words[n][0].isdigit() and len(words[n]) < 8:
                return int(re.sub(r"\D", "", words[n]))
            if n < place and words[n] in _ONE:
                return 1
            if n < place and words[n] in _NONE:
                return 0
    return -1
