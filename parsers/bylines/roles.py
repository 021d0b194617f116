"""One segment of a byline: a role, an organisation, both, or neither. Empty beats wrong. Pure.

Both in one are told apart by what kind of head the role has. After a president, "of" leads to the organisation; after a
professor to a field, unless a word for an organisation follows; after an author to a work; after a minister to the office.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from . import words as w
from .cleaned import cleaned
from .orgs import DOMAIN, SURE_AT, follows, is_field_before, stands_before, stands_beside
from .phrases import FIRM, Token, acronym, capital, head_of, heads_in, link_after, printed, tokens, unstopped
from .words import flags, fold, is_place

_NOISE = re.compile(
    r"^(?:aged? )?\d{1,3}(?:\s(?:years?|years? old|jahre(?: alt)?|ans|años|anni|anos|jaar|lat|лет|år))?$"
    r"|^[DRI]-[A-Z][\w. ]{1,16}$|https?:|www\.|@\w|\d{4,}|\d+[.,]\d{3}|[€$£%©]|^\W*$"
)
#: what trails behind a role or an organisation and belongs to neither: "via email", "to employees", "on the firm's website"
_TAIL = re.compile(
    r"\s+via\s.*|\s+per (?:the|his|her|their|e-?mail)\b.*"
    r"|\s+to (?:employees|staff|customers|investors|shareholders|reporters)\b.*"
    r"|\s+(?:on|in) (?:the|his|her|their|its) (?:company|firm|group|organi[sz]ation)['’]?s? .*"
    r"|\s+(?:focus(?:ed|ing)|speciali[sz](?:ed|ing)) (?:on|in)\s.*"
    r"|\s+based (?:in|at|out of)\s.*|\s+in an? (?:interview|email|statement|blog|post)\b.*|\s+in (?:19|20)\d\d$"
)
#: small words that lead to where somebody works, behind a comma
_LEADS = frozenset(
    "of from at with bei beim von vom aus chez de du des da do di del della presso hos fran fra van bij uit w z".split()
)
_MEDIUM = re.compile(r"\s+on\s+(?:the\s+)?(\S+)$")
#: owners that are no organisation: "Women's Health Nurse"
_OWNERS = frozenset("Women Men Children Girls Boys People Veterans Master Bachelor".split())
_BRAND = re.compile(r"[A-Z]\w*[a-z][A-Z][a-z]\w+")  #: "QuickSprout"
_BRACKET = re.compile(r"^([^()]{3,80}?)\s*\(([^()]{4,60})\)$")
_OWNER = re.compile(r"^((?:[^\W\d_][\w.&-]*\s){0,3}[^\W\d_][\w.&-]*)(?:['’]s)\s+(?=\S)")


class Piece(NamedTuple):
    """One segment, understood."""

    kind: str  #: role, org, topic, place, degree, noise, words
    role: str = ""
    org: str = ""
    head: int = 0  #: flags of the role's head
    then: str = ""  #: text that opens a further position: "... and former CEO of Acme"
    sure: bool = False  #: whether a word for an organisation was seen


@lru_cache(maxsize=1 << 12)
def read_piece(text: str) -> Piece:
    """Understand one segment.

    >>> read_piece("Director of Horticulture at Native Plant Trust")[:3]
    ('role', 'Director of Horticulture', 'Native Plant Trust')
    >>> read_piece("BBC diplomatic correspondent")[:3]
    ('role', 'diplomatic correspondent', 'BBC')
    """
    text = unstopped(_TAIL.sub("", text).strip(" ,;:–—-")).lstrip(".") if len(text) > 3 else text.strip(" ,;:")
    medium = _MEDIUM.search(text)
    if medium and flags(medium.group(1)) & w.MEDIA:
        text = text[: medium.start()]
    if not text or (_NOISE.search(text) and not _named_with_figure(text)):
        return Piece("noise")
    if is_place(text):
        return Piece("place", org=text)
    parts = tokens(text)
    while len(parts) > 1 and _degree(parts[0]) and parts[1].found & (w.ROLE | w.MODIFIER | w.TOPIC | w.DEGREE):
        parts = parts[1:]
    if all(token.found & w.DEGREE for token in parts) and not (
        len(parts) == 1 and parts[0].found & w.ROLE and parts[0].text.islower()
    ):
        return Piece("degree") if not parts[0].found & w.LEAD else Piece("role", text, head=w.LEAD)
    while len(parts) > 1 and parts[0].found & w.ARTICLE and not capital(parts[0].text):
        parts = parts[1:]
    verb = next((place for place, token in enumerate(parts) if token.found & w.VERB and token.text.islower()), 0)
    heads = heads_in(parts)
    if verb and heads and heads[0] < verb:
        text, parts = text[: parts[verb].start].rstrip(" ,;:"), parts[:verb]
        heads = [head for head in heads if head < verb]
    elif heads and heads[0] > verb and parts[verb].found & w.VERB and parts[verb].text.islower():
        return Piece("words")
    joined = _joined(text, parts, heads)
    if joined is not None:
        return joined
    if heads and not _work(parts, heads[0]):
        if any(token.text == "to" for token in parts[: heads[0]]):
            return Piece("words")
        return _owned(text) or _read_role(text, parts, heads)
    return _read_other(text, parts)


def _named_with_figure(text: str) -> bool:
    """Whether a figure belongs to what is named: "Head of Studio 1200", "Steelworkers Local 1010"."""
    words = text.split()
    if any(flags(word) & (w.ROLE | w.ORG) for word in words):
        return True
    *before, last = words
    return bool(before) and last.isdigit() and len(last) == 4 and all(word.isalpha() and capital(word) for word in before)


def _degree(token: Token) -> bool:
    word = token.text.strip(".,")
    return (
        bool(token.found & w.DEGREE)
        and not token.found & (w.ROLE | w.MODIFIER)
        and (len(word) > 2 or word == "MD")
        and (word.isupper() or "." in word or word in ("PhD", "MSc"))
    )


def _owned(text: str) -> Piece | None:
    """ "Acme's head of design": the owner is the organisation; a country's foreign minister has none."""
    owner = _OWNER.match(text)
    if not owner or not capital(text) or owner.group(1) in _OWNERS:
        return None
    if is_place(owner.group(1)) and capital(text[owner.end() :]):
        return None
    if flags(owner.group(1).split()[-1]) & (w.ROLE | w.TOPIC | w.MODIFIER) or (
        len(owner.group(1).split()) > 1 and any(flags(word) & w.TOPIC for word in owner.group(1).split())
    ):
        return None
    piece = read_piece(text[owner.end() :])
    if piece.kind != "role" or piece.org:
        return None
    return piece._replace(org="" if is_place(owner.group(1)) else owner.group(1), sure=True)


def _joined(text: str, parts: list[Token], heads: list[int]) -> Piece | None:
    """An organisation and, joined to it, what somebody is: "University of Anywhere and novice gardener"."""
    for place in range(1, len(parts) - 1):
        after = parts[place + 1]
        if not parts[place].found & w.AND or capital(parts[place].text) or any(head < place for head in heads):
            continue
        small = not capital(after.text) or (after.found & w.ROLE and any(t.found & w.ORG for t in parts[:place]))
        if small and not after.found & w.LINK and any(head > place for head in heads) and capital(parts[0].text):
            kind = (
                "topic"
                if all(t.found & (w.TOPIC | w.MODIFIER | w.AND) for t in parts[:place]) and parts[place - 1].found & w.TOPIC
                else "org"
            )
            return Piece(
                kind,
                org=cleaned(text[: parts[place].start]),
                then=text[after.start :],
                sure=any(t.found & w.ORG for t in parts[:place]),
            )
    return None


def _work(parts: list[Token], head: int) -> bool:
    """Whether the first head stands inside an organisation's name, behind a preposition: "Institute of Directors"."""
    link = link_after(parts, 0)
    return link < head and bool(parts[0].found & w.ORG) and head == len(parts) - 1 and link == head - 1


def _read_role(text: str, parts: list[Token], heads: list[int]) -> Piece:
    first = heads[0]
    start = _role_start(parts, first)
    prefix = parts[:start]
    found = parts[first].found
    before = bool(start) and not _at_follows(parts, first, prefix) and not (start == first and is_field_before(prefix, found))
    before = before and stands_before(prefix, found, not capital(parts[first].text), bool(found & w.FIELDED))
    org_before = printed(text, parts, 0, start) if before else ""
    role_from = start if org_before else 0
    link = link_after(parts, first + 1)
    last = max(place for place in heads if place < max(link, first + 1))
    head = head_of(parts, last)
    opened = after_opened = 0
    if not org_before:
        beside = stands_beside(parts, last, link, head)
        if beside is not None:
            return _finish(printed(text, parts, 0, beside), printed(text, parts, beside, len(parts)), head, text, parts, beside)
    field = False
    while link < len(parts):
        after = link + 1
        while after + 1 < len(parts) and parts[after].found & (w.ARTICLE | w.OF) and parts[after].text[0].islower():
            after += 1
        if not org_before and after < len(parts) and follows(parts, link, after, head | w.NAMED * field):
            at, after = (opened, after_opened) if opened and parts[link].found & w.OF else (link, after)
            role, org = printed(text, parts, role_from, at), printed(text, parts, after, len(parts))
            return _finish(role, org, head, text, parts, after)
        if not opened and after > link + 1 and after < len(parts) and capital(parts[after].text):
            opened, after_opened = link, after  # "bióloga de la Estación de Doñana"
        split = any(place > link for place in heads)
        if split and org_before:
            break
        field = field or bool(parts[link].found & w.IN)  # "für Technologien der Energieverteilung"
        nxt = [place for place in heads if place > link]
        link = link_after(parts, link + 1)
        within = [place for place in nxt if place < link]
        if within:
            head = parts[within[-1]].found or w.PLAIN
    role = printed(text, parts, role_from, len(parts))
    bracket = None if org_before else _BRACKET.match(role)
    if bracket:
        inside = read_piece(bracket.group(2))
        if inside.kind == "org" and inside.sure and (" " in inside.org or not _shortens(inside.org, bracket.group(1))):
            return Piece("role", _trim(bracket.group(1)), inside.org, head, sure=True)
    return Piece("role", _trim(role), org_before, head, sure=True)


def _at_follows(parts: list[Token], head: int, prefix: list[Token]) -> bool:
    """Whether "at" leads from a role to its organisation, so that none stands before: "Multimedia Journalist at Acme"."""
    if any(t.found & w.ORG and not t.found & w.TOPIC for t in prefix):
        return False
    at = next((n for n in range(head + 1, len(parts) - 1) if parts[n].text in SURE_AT), 0)
    return bool(at) and capital(parts[at + 1].text) and not is_place(" ".join(t.text for t in parts[at + 1 :]))


def _finish(role: str, org: str, head: int, text: str, parts: list[Token], org_from: int) -> Piece:
    """A role and an organisation; what is joined to the organisation by "and" and says what else somebody is comes off."""
    for place in range(org_from + 1, len(parts) - 1):
        if parts[place].found & w.AND and not parts[place].text[0].isupper():
            rest = parts[place + 1 :]
            if len(rest) == 1 and rest[0].text in FIRM:
                continue  # "Hagen & Partner"
            ahead = heads_in(rest)
            if (
                ahead
                and ahead[0] <= 4
                and place + 1 + ahead[0] in heads_in(parts)
                and not any(acronym(t) for t in rest[: ahead[0]])
                and (rest[0].found & (w.MODIFIER | w.ROLE) or not capital(rest[0].text))
                and link_after(rest, 0) > ahead[0]
            ):
                return Piece(
                    "role",
                    _trim(role),
                    cleaned(text[parts[org_from].start : parts[place].start]),
                    head,
                    text[parts[place + 1].start :].strip(),
                    True,
                )
            if rest[0].found & w.COPULA:
                return Piece("role", _trim(role), cleaned(text[parts[org_from].start : parts[place].start]), head, sure=True)
    return Piece("role", _trim(role), cleaned(org), head, sure=True)


def _shortens(letters: str, role: str) -> bool:
    """Whether letters in a bracket are the role once more, by its initials: "Chief Growth Officer (CGO)"."""
    initials = iter("".join(word[0] for word in re.split(r"[\s/-]+", role) if word).casefold())
    return all(letter in initials for letter in letters.casefold())


def _trim(role: str) -> str:
    """A role without a bracket of figures or a loose end."""
    role = re.sub(r"\s*\((?:[^()]*\d{3}[^()]*|\d[^()]*|opens in [^()]*)\)\s*$", "", role)
    return unstopped(role.strip(" ,;:–—"))


def _role_start(parts: list[Token], head: int) -> int:
    """Where the role begins that has its head there: back over modifiers, fields and small letters."""
    absorbs = w.MODIFIER | w.DEGREE | w.ROLE if parts[head].found & w.LEAD else w.MODIFIER | w.TOPIC | w.DEGREE | w.ROLE
    start = head
    if head and parts[head - 1].found & w.ORG and parts[head - 1].found & w.TOPIC and not parts[head - 1].found & w.ENGLISH:
        absorbs |= w.TOPIC  # "TTGV | Yönetim Kurulu Başkanı"
    while start:
        token = parts[start - 1]
        small = not capital(token.text) and not token.found & (w.LINK | w.ORG)
        if (
            (token.found & absorbs and not (token.found & w.ORG and not token.found & w.TOPIC))
            or small
            or (token.found & w.AND and token.text.islower())
        ):
            start -= 1
        elif start > 1 and parts[start - 2].found & w.RANK and not token.found & (w.ORG | w.LINK | w.AND):
            start -= 2  # "Head Rowing Coach": a field that we do not know
        else:
            break
    while start < head and parts[start].found & (w.AND | w.LINK):
        start += 1
    return start


def _role_at(text: str, parts: list[Token]) -> Piece | None:
    """ "Scrum Master at Acme": what stands before "at" says what somebody is, if it is neither a sentence nor a body."""
    link = next((place for place, token in enumerate(parts) if token.text in SURE_AT), 0)
    if not 1 <= link <= 5 or link + 1 == len(parts) or not capital(parts[-1].text):
        return None
    none = w.VERB | w.SAID | w.COPULA | w.DATE | w.PLACE | w.ARTICLE | w.LINK
    last = parts[link - 1].found
    bodies = any(t.found & w.ORG and not t.found & w.TOPIC for t in parts[:link])
    does = parts[link - 1].text.islower() and parts[link - 1].text.endswith("ing")  # "speaking at Acme"
    if bodies or does or any(t.found & none for t in parts[:link]) or (last & w.STOP and not last & w.TOPIC):
        return None
    after = link + 2 if parts[link + 1].found & w.ARTICLE and link + 2 < len(parts) else link + 1
    if not capital(parts[after].text) or is_place(text[parts[after].start :]):
        return None
    return Piece("role", printed(text, parts, 0, link), cleaned(text[parts[after].start :]), w.PLAIN, sure=True)


def _read_other(text: str, parts: list[Token]) -> Piece:
    """A segment without a role: an organisation, a field, or just words."""
    if parts[0].text[0] == "#":
        return Piece("noise")
    if all(t.found & (w.TOPIC | w.MODIFIER | w.AND | w.ARTICLE) or t.text == "," for t in parts) and parts[-1].found & w.TOPIC:
        if len(parts) > 1 and fold(parts[0].text) == "freelance":
            return Piece("role", text, head=w.PLAIN, sure=True)
        return Piece("topic", org=text, sure=any(t.found & w.ORG for t in parts))
    if parts[0].found & w.ALIAS:
        return Piece("noise")
    unknown = _role_at(text, parts)
    if unknown is not None:
        return unknown
    first = parts[0]
    if first.found & (w.AT | w.FOR | w.OF) and not capital(first.text) and len(parts) > 1:
        rest = 2 if parts[1].found & w.ARTICLE and len(parts) > 2 else 1
        strong = any(t.found & w.ORG for t in parts)
        if (capital(parts[rest].text) and strong) or fold(first.text) in _LEADS:
            return (
                Piece("org", org=cleaned(text[parts[rest].start :]), sure=strong)
                if capital(parts[rest].text)
                else Piece("words")
            )
        return Piece("words")
    sure = any(t.found & w.ORG for t in parts)
    if (
        not capital(first.text)
        and not (first.found & w.ORG and len(parts) < 6)
        and not re.fullmatch(r"[\w-]+(?:\.[a-z]{2,5})?", text)
    ):
        return Piece("words")
    if any((t.found & (w.SAID | w.DATE) and not capital(t.text)) or t.text == "by" for t in parts) and not sure:
        return Piece("words")
    org = cleaned(text[first.start :])
    sure = sure or acronym(first) or (len(parts) == 1 and (DOMAIN.fullmatch(text) or _BRAND.fullmatch(text)) is not None)
    return Piece("org", org=org, sure=sure) if org else Piece("noise")
