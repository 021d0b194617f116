"""What a person is and where: the part of a byline behind the name, as positions. Empty beats wrong. Pure.

The text is cut at separators into segments; each is a role, an organisation, both ("BBC correspondent", "Dean of the
Law School") or neither. Then a small machine: a role opens a position, the first organisation closes it, further ones are
parts of it (department, university), and a role after that opens the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from parsers.model import Position
from parsers.words import (
    ALIAS, AND, ARTICLE, AT, BRAND, COPULA, DATE, DEGREE, FAMILY, FOR, GIVEN, IN, KNOWN_FAMILY, LEAD, LINK, MAKER, MEDIA, MODIFIER, NAMED, OF, ORG, PLACE, PLAIN, PRESS,
    PUBLIC, RANK, ROLE, SAID, TOPIC, VERB, WORD, flags, fold, is_place, place_rank,
)

_TOKEN = re.compile(r"(?:[ldLD]|[Dd]ell|[Aa]ll|[Nn]ell|[Ss]ull|[Dd]all)['’](?=\w)|\([^()]*\)|[^\s(]+(?:\([^()]*\)[^\s(]*)*|\(")
_BREAK = re.compile(r"\n|\s*[;؛|·•∙●]\s*|\s*[,，、،](?:\s*,)*\s*|\s+[–—―‒-]+\s+|(?<=\w)[–—]\s+|\s+[–—](?=\w)")
_NOISE = re.compile(r"^(?:aged? )?\d{1,3}(?:\s(?:years?|years? old|jahre(?: alt)?|ans|años|anni|anos|jaar|lat|лет|år))?$|https?:|www\.|@\w|\d{4,}|\d+[.,]\d{3}|[€$£%©]|^\W*$")
_TAIL = re.compile(
    r"\s+(?:via|per)\s.*|\s+to (?:employees|staff|customers|investors|shareholders|reporters)\b.*|\s+(?:on|in) (?:the|his|her|their|its) (?:company|firm|group|organi[sz]ation)['’]?s? .*"
    r"|\s+(?:who|which|that|where|whose|says?|said|writes?|told|tells|explains?|suggests?|has|holds|uses|believes?|argues?)\s.*|\s+in an? (?:interview|email|statement|blog|post)\b.*|\s+in (?:19|20)\d\d$"
)
_MEDIUM = re.compile(r"\s+on\s+(?:the\s+)?(\S+)$")
_OWNER = re.compile(r"^((?:[^\W\d_][\w.&-]*\s){0,3}[^\W\d_][\w.&-]*)(?:['’]s)\s+(?=\S)")
_FIXED = {"in", "at", "of", "à", "ad"}
_FIXED_AFTER = {"chief", "large", "residence", "charge", "law", "arms", "counsel", "chef", "interim"}
#: what makes a director the head of a whole organisation
_TOP = frozenset("executive managing general generale generali generalny generalna generalni ejecutivo ejecutiva executivo executiva zarzadzajacy izvrsni izvrsna генеральныи генерального исполнительныи geral gerente delegato delegata".split())
_COMPANY_END = {"inc", "llc", "ltd", "limited", "plc", "corp", "co", "gmbh", "ag", "s.a", "sa", "llp", "lp", "pllc", "pc", "p.c", "l.p", "n.v", "b.v", "s.l", "s.p.a", "d.o.o", "a.s", "s.r.o"}


def _unstopped(text: str) -> str:
    """A text without its full stop, unless that belongs to an abbreviation: "Quillfish, Inc."."""
    if not text.endswith("."):
        return text
    last = text.rsplit(maxsplit=1)[-1].lower()
    short = last.rstrip(".") in _COMPANY_END or last.count(".") > 1 or len(last) < 3
    return text if short else text.rstrip(".")


class Piece(NamedTuple):
    """One segment, understood."""

    kind: str  #: role, org, topic, place, degree, noise, words
    role: str = ""
    org: str = ""
    head: int = 0  #: flags of the role's head
    then: str = ""  #: text that opens a further position: "... and former CEO of Acme"
    sure: bool = False  #: whether a word for an organisation was seen


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    found: int


def tokens(text: str) -> list[_Token]:
    """Words with their places; a bracket is one word, an elided article a word of its own."""
    return [_Token(m.group(), m.start(), m.end(), _found(m.group())) for m in _TOKEN.finditer(text)]


def _found(word: str) -> int:
    """The flags of a word in its place: a bracket has none, and an English "a" is no French "à"."""
    return 0 if word[0] == "(" else flags(word) & ~LINK if word == "a" else flags(word)


def segments(text: str) -> list[tuple[str, str]]:
    """Cut at commas, bars, dashes, bullets and line breaks outside brackets and quotes: [(separator, segment), ...]."""
    out: list[tuple[str, str]] = []
    depth = _depths(text)
    before, start = "", 0
    for match in _BREAK.finditer(text):
        if depth[match.start()] or match.start() < start:
            continue
        out.append((before, text[start: match.start()].strip()))
        before, start = match.group().strip(" ") or " ", match.end()
    out.append((before, text[start:].strip()))
    joined: list[tuple[str, str]] = []
    for sep, part in out:
        if joined and sep[:1] in ",，" and fold(part).strip(" .") in _COMPANY_END:
            joined[-1] = joined[-1][0], f"{joined[-1][1]}, {part}"
        elif part:
            joined.append((sep, part))
    return joined


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


def _capital(word: str) -> bool:
    """Whether a word is printed as a proper name: with a capital, a figure, or in a script without capitals."""
    first = word.lstrip("\"“„«'‘(#@")[:1]
    return bool(first) and (first.isupper() or first.isdigit() or (first.isalpha() and first.upper() == first.lower()))


def _acronym(token: _Token) -> bool:
    word = token.text.strip(".,;:()").replace("&", "").replace(".", "").replace("-", "")
    return 2 <= len(word) <= 8 and word.isupper() and word.isalpha() and not token.found & (TOPIC | MODIFIER | DEGREE | ROLE)


def _proper(token: _Token) -> bool:
    """A word that is nothing but a name of something: "Greenpeace", "BlackRock", "Fool.com"."""
    word = token.text.strip(".,;:()\"“”")
    inner = any(a.islower() and b.isupper() for a, b in zip(word, word[1:], strict=False)) or bool(re.fullmatch(r"\w[\w-]*\.[a-z]{2,5}", word))
    return inner or (_capital(word) and not token.found & (TOPIC | MODIFIER | WORD | ROLE | DEGREE | AND | ARTICLE | LINK))


def _is_head(parts: list[_Token], place: int) -> bool:
    """Whether the word at `place` says what somebody is. "Head" and "lead" do so only before "of", or at the end."""
    token = parts[place]
    if not token.found & ROLE:
        word = fold(token.text).strip(".,")
        return word in ("head", "chief", "lead") and (place + 1 == len(parts) or bool(parts[place + 1].found & (OF | FOR | AND)))
    if token.found & (TOPIC | MODIFIER) and place + 1 < len(parts) and parts[place + 1].found & ROLE and not parts[place + 1].found & LEAD:
        return False
    return not (token.found & (ORG | TOPIC) and not token.found & LEAD and place + 1 < len(parts) and not parts[place + 1].found & (LINK | AND) and not _capital(parts[place + 1].text))


def _heads(parts: list[_Token]) -> list[int]:
    return [place for place, token in enumerate(parts) if token.text[0] != "(" and _is_head(parts, place)]


def _link_after(parts: list[_Token], start: int) -> int:
    """The first preposition from `start` on that is not part of a fixed phrase ("editor in chief"); the length where there is none."""
    for place in range(start, len(parts)):
        token = parts[place]
        if token.found & LINK and (not token.text[0].isupper() or token.text in ("At", "For", "Of", "With")) or token.text == "@":
            if place + 1 < len(parts) and fold(token.text) in _FIXED and fold(parts[place + 1].text).strip(".,") in _FIXED_AFTER:
                continue
            return place
    return len(parts)


@lru_cache(maxsize=1 << 12)
def read_piece(text: str) -> Piece:
    """Understand one segment.

    >>> read_piece("Director of Horticulture at Native Plant Trust")[:3]
    ('role', 'Director of Horticulture', 'Native Plant Trust')
    >>> read_piece("BBC diplomatic correspondent")[:3]
    ('role', 'diplomatic correspondent', 'BBC')
    """
    text = _unstopped(_TAIL.sub("", text).strip(" ,;:–—-")).lstrip(".") if len(text) > 3 else text.strip(" ,;:")
    medium = _MEDIUM.search(text)
    if medium and flags(medium.group(1)) & MEDIA:
        text = text[: medium.start()]
    if not text or (_NOISE.search(text) and not any(flags(word) & (ROLE | ORG) for word in text.split())):
        return Piece("noise")
    if is_place(text):
        return Piece("place", org=text)
    parts = tokens(text)
    while len(parts) > 1 and _degree(parts[0]) and parts[1].found & (ROLE | MODIFIER | TOPIC | DEGREE):
        parts = parts[1:]
    if all(token.found & DEGREE for token in parts) and not (len(parts) == 1 and parts[0].found & ROLE and parts[0].text.islower()):
        return Piece("degree") if not parts[0].found & LEAD else Piece("role", text, head=LEAD)
    while len(parts) > 1 and parts[0].found & ARTICLE and not _capital(parts[0].text):
        parts = parts[1:]
    verb = next((place for place, token in enumerate(parts) if token.found & VERB and token.text.islower()), 0)
    heads = _heads(parts)
    if verb and heads and heads[0] < verb:
        text, parts = text[: parts[verb].start].rstrip(" ,;:"), parts[:verb]
        heads = [head for head in heads if head < verb]
    elif heads and heads[0] > verb and parts[verb].found & VERB and parts[verb].text.islower():
        return Piece("words")
    joined = _joined(text, parts, heads)
    if joined is not None:
        return joined
    if heads and not _work(parts, heads[0]):
        if any(token.text == "to" for token in parts[: heads[0]]):
            return Piece("words")
        return _owned(text) or _read_role(text, parts, heads)
    return _read_other(text, parts)


def _degree(token: _Token) -> bool:
    word = token.text.strip(".,")
    return bool(token.found & DEGREE) and not token.found & (ROLE | MODIFIER) and (len(word) > 2 or word == "MD") and (word.isupper() or "." in word or word in ("PhD", "MSc"))


def _owned(text: str) -> Piece | None:
    """ "Acme's head of design": the owner is the organisation; a country's foreign minister has none."""
    owner = _OWNER.match(text)
    if not owner or not _capital(text) or (is_place(owner.group(1)) and _capital(text[owner.end():])):
        return None
    if flags(owner.group(1).split()[-1]) & (ROLE | TOPIC | MODIFIER) or len(owner.group(1).split()) > 1 and any(flags(word) & TOPIC for word in owner.group(1).split()):
        return None
    piece = read_piece(text[owner.end():])
    if piece.kind != "role" or piece.org:
        return None
    return piece._replace(org="" if is_place(owner.group(1)) else owner.group(1), sure=True)


def _joined(text: str, parts: list[_Token], heads: list[int]) -> Piece | None:
    """An organisation and, joined to it, what somebody is: "University of Anywhere and novice gardener"."""
    for place in range(1, len(parts) - 1):
        after = parts[place + 1]
        if not parts[place].found & AND or _capital(parts[place].text) or any(head < place for head in heads):
            continue
        small = not _capital(after.text) or (after.found & ROLE and any(t.found & ORG for t in parts[:place]))
        if small and not after.found & LINK and any(head > place for head in heads) and _capital(parts[0].text):
            kind = "topic" if all(t.found & (TOPIC | MODIFIER | AND) for t in parts[:place]) and parts[place - 1].found & TOPIC else "org"
            return Piece(kind, org=_clean_org(text[: parts[place].start]), then=text[after.start:], sure=any(t.found & ORG for t in parts[:place]))
    return None


def _work(parts: list[_Token], head: int) -> bool:
    """Whether the first head stands inside an organisation's name behind a preposition: "Institute of Directors", "School of Nursing"."""
    link = _link_after(parts, 0)
    return link < head and bool(parts[0].found & ORG) and head == len(parts) - 1 and link == head - 1


def _slice(text: str, parts: list[_Token], start: int, end: int) -> str:
    """The printed text of some words."""
    if start >= end:
        return ""
    return text[parts[start].start: parts[end - 1].end].strip(" ,;:–—-")


def _read_role(text: str, parts: list[_Token], heads: list[int]) -> Piece:
    first = heads[0]
    start = _role_start(parts, first)
    prefix = parts[:start]
    org_before = _slice(text, parts, 0, start) if start and _is_org_before(prefix, parts[first].found, not _capital(parts[first].text)) else ""
    role_from = start if org_before else 0
    link = _link_after(parts, first + 1)
    last = max(place for place in heads if place < max(link, first + 1))
    head = _head(parts, last)
    if not org_before:
        beside = _beside(parts, last, link, head)
        if beside is not None:
            return _finish(_slice(text, parts, 0, beside), _slice(text, parts, beside, len(parts)), head, text, parts, beside)
    while link < len(parts):
        after = link + 1
        while after + 1 < len(parts) and parts[after].found & (ARTICLE | OF) and parts[after].text[0].islower():
            after += 1
        if not org_before and after < len(parts) and _is_org(parts, link, after, head):
            return _finish(_slice(text, parts, role_from, link), _slice(text, parts, after, len(parts)), head, text, parts, after)
        split = _further(parts, link + 1, heads)
        if split and org_before:
            break
        nxt = [place for place in heads if place > link]
        link = _link_after(parts, link + 1)
        within = [place for place in nxt if place < link]
        if within:
            head = parts[within[-1]].found or PLAIN
    role = _slice(text, parts, role_from, len(parts))
    return Piece("role", _trim(role), org_before, head, sure=True)


def _head(parts: list[_Token], place: int) -> int:
    """The flags of a head; a vice president of something is no president of it."""
    found = parts[place].found & ROLE or PLAIN
    if found & LEAD and place and fold(parts[place - 1].text) in ("vice", "deputy", "assistant", "associate"):
        return PLAIN
    near = {fold(parts[at].text) for at in (place - 1, place + 1) if 0 <= at < len(parts)}
    return found | LEAD if found & PLAIN and near & _TOP else found


def _finish(role: str, org: str, head: int, text: str, parts: list[_Token], org_from: int) -> Piece:
    """A role and an organisation; what is joined to the organisation by "and" and says what else somebody is comes off."""
    for place in range(org_from + 1, len(parts) - 1):
        if parts[place].found & AND and not parts[place].text[0].isupper():
            rest = parts[place + 1:]
            ahead = _heads(rest)
            if ahead and ahead[0] <= 4 and not any(_acronym(t) for t in rest[: ahead[0]]) and (rest[0].found & (MODIFIER | ROLE) or not _capital(rest[0].text)) \
                    and _link_after(rest, 0) > ahead[0]:
                return Piece("role", _trim(role), _clean_org(text[parts[org_from].start: parts[place].start]), head, text[parts[place + 1].start:].strip(), True)
            if rest[0].found & COPULA:
                return Piece("role", _trim(role), _clean_org(text[parts[org_from].start: parts[place].start]), head, sure=True)
    return Piece("role", _trim(role), _clean_org(org), head, sure=True)


def _trim(role: str) -> str:
    """A role without a bracket of figures or a loose end."""
    role = re.sub(r"\s*\((?:[^()]*\d{3}[^()]*|opens in [^()]*)\)\s*$", "", role)
    return _unstopped(role.strip(" ,;:–—"))


def _clean_org(org: str) -> str:
    """An organisation without what trails behind it: a handle, figures, a medium, an article before it."""
    org = re.sub(r"\s*\((?:[^()]*\d{3}[^()]*|opens in [^()]*|as [^()]*|[^()]*@[^()]*)\)", "", org)
    org = re.sub(r"\s+@\w+$", "", org).strip(" ,;:–—-")
    if sum(org.count(mark) for mark in "\"”“„«»") % 2:
        org = org.strip("\"”“„«»")
    words = org.split()
    for place, word in enumerate(words[1:], 1):
        if word == "on" and all(flags(w) & MEDIA for w in words[place + 1:]) and place + 1 < len(words):
            org = " ".join(words[:place])
            break
    if org[:1] == "ב" and flags(org.split()[0][1:]) & ORG and not flags(org.split()[0]) & ORG:
        org = org[1:]  # the Hebrew "at" is a prefix
    return _unstopped(org.strip())


def _role_start(parts: list[_Token], head: int) -> int:
    """Where the role begins that has its head there: back over modifiers, fields and small letters."""
    absorbs = MODIFIER | DEGREE | ROLE if parts[head].found & LEAD else MODIFIER | TOPIC | DEGREE | ROLE
    start = head
    while start:
        token = parts[start - 1]
        small = not _capital(token.text) and not token.found & (LINK | ORG)
        if token.found & absorbs and not (token.found & ORG and not token.found & TOPIC) or small or token.found & AND and token.text.islower():
            start -= 1
        elif start > 1 and parts[start - 2].found & RANK and not token.found & (ORG | LINK | AND):
            start -= 2  # "Head Rowing Coach": a field that we do not know
        else:
            break
    while start < head and parts[start].found & (AND | LINK):
        start += 1
    return start


def _is_org_before(prefix: list[_Token], head: int, small: bool) -> bool:
    """Whether words before a role name an organisation: "University at Buffalo | Head Football Coach", "WCI | Columnist"."""
    if not prefix or prefix[0].text[0] in "#(" or prefix[0].found & RANK or not _capital(prefix[0].text):
        return False
    if not all(_capital(t.text) or t.found & (LINK | AND | ARTICLE) for t in prefix):
        return False
    if any(t.text.endswith(("'s", "’s")) for t in prefix) and not any(t.found & ORG for t in prefix):
        return False
    if any(t.found & ORG for t in prefix) and len(prefix) > 1 and not all(t.found & (TOPIC | MODIFIER | AND | WORD) and not t.found & (GIVEN | KNOWN_FAMILY) and len(prefix) < 3 for t in prefix):
        return True
    if head & LEAD:
        if len(prefix) == 1 and small and prefix[0].found & WORD and not prefix[0].found & (GIVEN | KNOWN_FAMILY):
            return False
        return not all(t.found & (TOPIC | MODIFIER | AND | ORG) for t in prefix)
    if head & NAMED:
        return False
    if len(prefix) <= 2 and all(_acronym(t) for t in prefix):
        return True
    return bool(head & PRESS) and all(_proper(t) and not t.found & (PLACE | GIVEN) for t in prefix)


def _beside(parts: list[_Token], last: int, link: int, head: int) -> int | None:
    """Where an organisation begins that follows the role without a preposition ("Gründerin Global Digital Women"); None where none does."""
    trail = range(last + 1, link)
    for place in trail:
        token = parts[place]
        if token.text[0] == "(" or token.found & AND:
            continue
        if token.found & ORG and not token.found & TOPIC:
            start = place
            while start - 1 > last and _capital(parts[start - 1].text) and not parts[start - 1].found & (TOPIC | MODIFIER | AND):
                start -= 1
            return start
        if not _capital(token.text) or token.found & PLACE and is_place(" ".join(t.text for t in parts[place:link])):
            continue
        if head & LEAD and place == last + 1 and not all(t.found & (TOPIC | MODIFIER | AND) for t in parts[place:link]):
            return place
        if not head & (NAMED | MAKER) and (_proper(token) or _acronym(token)) and not token.found & (AND | DEGREE):
            return place
    return None


def _is_org(parts: list[_Token], link: int, after: int, head: int) -> bool:
    """Whether what follows a preposition is where somebody works, rather than what on."""
    kind, token = parts[link].found, parts[after]
    upto = _link_after(parts, after)
    chunk = parts[after:upto]
    if not chunk:
        return False
    if chunk[0].found & ROLE and not _capital(chunk[0].text):
        return False
    strong = any(t.found & ORG and not (t.found & TOPIC and not _capital(t.text)) for t in chunk) or _acronym(chunk[0]) and not chunk[0].found & PLACE or any("." in t.text[1:-2] and not t.found & PLACE for t in chunk[:1])
    strong = strong and not all(t.found & (TOPIC | MODIFIER | AND) for t in chunk)
    strong = strong or any(t.text.endswith(("'s", "’s")) and _capital(t.text) for t in chunk)
    if parts[link].text == "@" or kind & AT and fold(parts[link].text) in ("at", "with", "from", "bei", "beim", "chez", "presso", "vid", "hos", "bij"):
        return _capital(token.text) or strong
    if head & PUBLIC:
        return False
    if head & MAKER:
        return bool(kind & AT) and strong
    topical = all(t.found & (TOPIC | MODIFIER | AND | ARTICLE) for t in chunk)
    if kind & OF and head & LEAD:
        return (_capital(token.text) and not topical) or strong or (len(chunk) == 1 and not chunk[0].found and len(chunk[0].text) > 3)
    if strong:
        return True
    if kind & FOR:
        return _capital(token.text) and not topical and not is_place(" ".join(t.text for t in chunk)) and (bool(head & PRESS) or _proper(token))
    if kind & (OF | AT) and not kind & IN:
        later = any(t.found & AT and t.text in ("at", "@") for t in parts[upto:])
        return _proper(token) and not token.found & PLACE and not later and not head & NAMED and not is_place(" ".join(t.text for t in chunk))
    return False


def _further(parts: list[_Token], start: int, heads: list[int]) -> bool:
    return any(place >= start for place in heads)


def _read_other(text: str, parts: list[_Token]) -> Piece:
    """A segment without a role: an organisation, a field, or just words."""
    if parts[0].text[0] == "#":
        return Piece("noise")
    if all(t.found & (TOPIC | MODIFIER | AND | ARTICLE) or t.text == "," for t in parts) and parts[-1].found & TOPIC:
        return Piece("topic", org=text, sure=any(t.found & ORG for t in parts))
    if parts[0].found & ALIAS:
        return Piece("noise")
    first = parts[0]
    if first.found & (AT | FOR | OF) and not _capital(first.text) and len(parts) > 1:
        rest = 2 if parts[1].found & ARTICLE and len(parts) > 2 else 1
        strong = any(t.found & ORG for t in parts)
        if _capital(parts[rest].text) and strong or fold(first.text) in ("of", "from", "at", "with", "bei"):
            return Piece("org", org=_clean_org(text[parts[rest].start:]), sure=strong) if _capital(parts[rest].text) else Piece("words")
        return Piece("words")
    sure = any(t.found & ORG for t in parts)
    if not _capital(first.text) and not (first.found & ORG and len(parts) < 6) and not re.fullmatch(r"[\w-]+(?:\.[a-z]{2,5})?", text):
        return Piece("words")
    if any(t.found & (SAID | DATE) and not _capital(t.text) for t in parts) and not sure:
        return Piece("words")
    cleaned = _clean_org(text[first.start:])
    return Piece("org", org=cleaned, sure=sure or _acronym(first)) if cleaned else Piece("noise")


def read_positions(text: str, bracket: bool = False) -> tuple[Position, ...]:
    """The positions that the part behind a name tells of. In a bracket, "at University, Country" is one affiliation.

    >>> read_positions("Senior Lecturer, King's College London, KF-VUB Korea Chair")
    (Position(role='Senior Lecturer', affiliation="King's College London"), Position(role='KF-VUB Korea Chair', affiliation=''))
    """
    todo = segments(text)
    done: list[list[str]] = []  #: [role, affiliation]
    role_head = 0
    while todo and len(done) < 9:
        sep, part = todo.pop(0)
        piece = read_piece(part)
        hard = sep[:1] in (";", "؛", "|", "\n", "；")
        now = done[-1] if done else None
        if piece.kind == "org" and not piece.sure and not bracket and part[:1].islower():
            break
        if piece.kind == "org" and not piece.sure and now is None and todo and place_rank(todo[0][1]) == 2:
            continue  # a small town before its country
        if piece.kind in ("org", "topic") and now and now[0] and not now[1] and role_head & PUBLIC and sep[:1] == "," and _joins_on(now[0], part):
            now[0] += f", {part}"
            continue
        if piece.kind == "role" and now and now[0] and not now[1] and _trade_name(part):
            piece = Piece("org", org=part)
        if piece.kind == "role":
            if now is None or (now[1] and (now[0] or piece.org)) or (now[0] and piece.org) or (now[0] and hard):
                done.append([piece.role, piece.org])
            elif not now[0]:
                now[0] = piece.role
                now[1] = now[1] or piece.org
            else:
                now[0] += f", {piece.role}"
            role_head = piece.head
        elif piece.kind == "topic" and now and now[0] and not now[1] and not hard and not role_head & LEAD:
            now[0] += f", {piece.org}"
        elif piece.kind in ("org", "topic"):
            if now is None:
                done.append(["", piece.org])
            elif not now[1]:
                now[1] = piece.org
            elif piece.sure and now[1] and not hard:
                now[1] += f", {piece.org}"
            elif re.search(r"\s(?:&|and|und|et|y)\s", piece.org) and not now[0]:
                now[1] += f", {piece.org}"  # a law firm: "Lane, Park & Stone"
            elif not piece.sure and piece.kind == "org":
                break
        elif piece.kind == "place":
            if now and now[0] and not now[1] and _org_follows(todo):
                now[0] += f", {piece.org}"
            elif bracket and now and now[0] and now[1] and sep[:1] == ",":
                now[1] += f", {piece.org}"
        elif piece.kind == "words":
            break
        if piece.then:
            todo.insert(0, ("&" if not done or done[-1][0] else "", piece.then))
    return tuple(Position(role, org) for role, org in done if role or org)


def _joins_on(role: str, part: str) -> bool:
    """Whether a segment goes on with what an office is for: "Minister of Health, Care and Sports"."""
    return bool(re.search(r"\s(?:of|for|für|de|des|du|per|para|za|för)\s", role)) and bool(re.search(r"\s(?:and|und|et|y|e|och|og|i)\s|&", part))


def _trade_name(text: str) -> bool:
    """Whether a segment behind a role is a firm named for a trade or a family: "Ticket Tailor", "Singer Lane"."""
    parts = tokens(text)
    if len(parts) < 2 or not all(_capital(token.text) for token in parts):
        return False
    heads = [token for token in parts if token.found & ROLE]
    return len(heads) == 1 and bool(heads[0].found & (FAMILY | KNOWN_FAMILY)) and not any(token.found & (TOPIC | MODIFIER | LINK | AND) for token in parts)


def _org_follows(todo: list[tuple[str, str]]) -> bool:
    return bool(todo) and read_piece(todo[0][1]).kind == "org"
