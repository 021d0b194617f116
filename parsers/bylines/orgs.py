"""Whether some words of a byline name an organisation, and where it begins. Pure."""

from __future__ import annotations

import re

from . import words as w
from .phrases import COMPANY_END, Token, acronym, capital, link_after, opens_with_role, proper
from .words import flags, fold, is_place

#: by its ending, what a Romance or Slavic role has for its adjective
ADJECTIVE = re.compile(
    r"\w{3,}(?:ic|ari|iv|os|ad|ut|an|in)[oa]|\w{3,}(?:ale?|ante|ente|ique|aire|ier|iere|ial|onal|el|elle|if|ive)"
    r"|\w{3,}(?:ow|sk|ck|[bcdjlmnprtvwz]n)(?:y|a|i|e)"
)
#: words for organisations that are fields as well
_FIELDS = frozenset(
    "asset assets consulting capital markets securities investments communications publishing initiatives initiative services"
    " programs programmes program programme".split()
)
#: how a company ends its name, wherever it is
_FORMS = COMPANY_END | frozenset(
    "o.o oy oyj ab a/s aps bv nv srl s.r.l spa sl sarl sas kft zrt nyrt doo gbr mbb ohg kg ug se".split()
)
#: a name by its capitals alone: "ORLANDO", "BioTech"
_BRANDED = re.compile(r"[A-ZÀ-Þ]{5,}$|[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ]")
#: seats of a government, where "of" and a place follow
_SEATS = frozenset("city town county state province borough government kingdom commonwealth republic".split())
#: parts that any body has: "Member of the Executive Board"
_ORGANS = frozenset("board committee panel jury faculty staff senate assembly team security".split())
#: small words that lead to where somebody works and to nothing else
SURE_AT = frozenset("at @ bei beim chez presso vid hos bij".split())
#: what leads to a place of work in a Slavic or Nordic language, and to no field: that is "ds.", "pro" or "för"
_WITHIN = frozenset("w we v ve u в во у pa".split())
#: what leads to a field in a Slavic language, and to no place of work
_FIELD_ONLY = frozenset(("ds.", "по"))
#: a Slavic adjective before the body that it belongs to: "географического факультета"
_GENITIVE = re.compile(r"[а-яёіїє]{3,}(?:ого|его|ой|ей|ых|их)")
_ORDINAL = re.compile(r"\d+(?:[ºª°.]|st|nd|rd|th|e|er|ère|de)?")  #: "1ª Secretária", "2nd Vice President"
DOMAIN = re.compile(r"\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,6}")


def opens_body(text: str) -> bool:
    """Whether a name says first what kind of body it is, as most languages but English do: "Institut Pasteur"."""
    first, *rest = text.split()
    found = flags(first)
    return bool(rest and found & w.ORG and capital(first)) and not found & (w.ENGLISH | w.ROLE | w.TOPIC | w.MODIFIER)


def is_company(text: str) -> bool:
    """Whether a name ends in a company's form and does not begin with what somebody is: "SCS Expert sp. z o.o."."""
    last = text.rsplit(maxsplit=1)[-1].lower().strip(".,")
    return last in _FORMS and not opens_with_role(text)


def is_body_word(token: Token) -> bool:
    """Whether a word names a kind of body and no field: "university", but neither "energy" nor "consulting"."""
    return bool(token.found & w.ORG) and not token.found & w.TOPIC and fold(token.text).strip(".,") not in _FIELDS


def is_small_brand(text: str) -> bool:
    """Whether one word in small letters is on no list, so that it may be a brand's name: "cmorq"."""
    return len(text) > 3 and text.isalpha() and text.islower() and not flags(text)


def stands_before(prefix: list[Token], head: int, small: bool, fielded: bool = False) -> bool:
    """Whether words before a role name an organisation: "University at Buffalo | Head Football Coach", "WCI | Columnist"."""
    if not prefix or prefix[0].text[0] in "#(" or prefix[0].found & w.RANK or not capital(prefix[0].text):
        return False
    if _ORDINAL.fullmatch(prefix[0].text):
        return False
    if prefix[-1].text.endswith("-based") or is_place(" ".join(t.text for t in prefix)):
        return False  # "Europe editor"
    if not all(capital(t.text) or t.found & (w.LINK | w.AND | w.ARTICLE) for t in prefix):
        return False
    if any(t.text.endswith(("'s", "’s")) for t in prefix) and not any(t.found & w.ORG for t in prefix):
        return False
    if (
        any(t.found & w.ORG for t in prefix)
        and len(prefix) > 1
        and not all(
            t.found & (w.TOPIC | w.MODIFIER | w.AND | w.WORD) and not t.found & (w.GIVEN | w.KNOWN_FAMILY) and len(prefix) < 3
            for t in prefix
        )
    ):
        return True
    if head & w.LEAD:
        if len(prefix) == 1 and small and prefix[0].found & w.WORD and not prefix[0].found & (w.GIVEN | w.KNOWN_FAMILY):
            return False
        return not all(t.found & (w.TOPIC | w.MODIFIER | w.AND | w.ORG) for t in prefix)
    if head & w.NAMED:
        return False
    if len(prefix) <= 2 and all(acronym(t) for t in prefix):
        return small or not fielded or any(t.found & (w.BRAND | w.MEDIA | w.ORG) for t in prefix)  # "CRM Manager" is none
    return bool(head & w.PRESS) and all(proper(t) and not t.found & (w.PLACE | w.GIVEN) for t in prefix)


def is_field_before(prefix: list[Token], found: int) -> bool:
    """Whether one word right before a role that fields go with is its field: "İşletme | Müdürü", but "Acme | Genel Müdürü"."""
    if len(prefix) != 1 or not (found & w.FIELDED and found & w.LEAD):
        return False
    return not (acronym(prefix[0]) or prefix[0].found & (w.ORG | w.BRAND | w.MEDIA))


def stands_beside(parts: list[Token], last: int, link: int, head: int) -> int | None:
    """Where an organisation begins that follows the role without a preposition: "Gründerin Plumafina"."""
    trail = range(last + 1, link)
    for place in trail:
        token = parts[place]
        if token.text[0] == "(" or token.found & w.AND:
            continue
        if token.found & w.ORG and token.found & w.TOPIC and place == last + 1 < link - 1 and not token.found & w.ENGLISH:
            continue  # "Prezes Zarządu | Acme"
        if token.found & w.ORG and not token.found & w.TOPIC:
            if _is_common(parts, last, link):
                continue
            start = place
            while (
                start - 1 > last
                and (capital(parts[start - 1].text) or _GENITIVE.fullmatch(parts[start - 1].text))
                and not (parts[start - 1].found & (w.TOPIC | w.MODIFIER | w.AND) and not _ends_name(parts, place, link))
            ):
                start -= 1
            return start
        if _other_script(parts, last, place, link):
            return place
        if parts[last].found & w.FIELDED and not parts[last].found & w.ENGLISH and not _BRANDED.match(token.text):
            continue  # "Leiterin Personalstrategie", but "Leiter ORLANDO Digitale Medien"
        if not capital(token.text) or (token.found & w.PLACE and is_place(" ".join(t.text for t in parts[place:link]))):
            continue
        if link < len(parts) and parts[link].text in SURE_AT:
            continue  # "Principal Threat Hunter at Acme": the role goes on to there
        plain = all(t.found & (w.TOPIC | w.MODIFIER | w.AND) for t in parts[place:link])
        if head & w.LEAD and _is_next(parts, last, place) and not plain:
            return None if _adjective(parts, last, place, link) else place
        if head & w.NAMED and acronym(token) and place == len(parts) - 1:
            return place  # "senior fellow ISPI"
        if head & (w.NAMED | w.MAKER) or token.found & (w.AND | w.DEGREE) or _adjective(parts, last, place, link):
            continue
        if proper(token) or acronym(token):
            return place
    return None


def _is_next(parts: list[Token], last: int, place: int) -> bool:
    """Whether a word follows the role, an organ apart that belongs to it."""
    organ = parts[last + 1].found & w.ORG and parts[last + 1].found & w.TOPIC and not parts[last + 1].found & w.ENGLISH
    return place == last + 1 or bool(place == last + 2 and organ)


def _is_common(parts: list[Token], last: int, link: int) -> bool:
    """Whether words for a body behind a role name none, since nothing else is said of it: "Dyrektor szkoły"."""
    rest, role = parts[last + 1 : link], parts[last]
    if role.found & w.ENGLISH or any(acronym(t) or t.text[0] in "«\"“„(" for t in rest):
        return False
    if all(t.text.islower() for t in rest):
        return len(rest) == 1 or bool(role.found & w.FIELDED) or _GENITIVE.fullmatch(rest[0].text) is not None
    return len(rest) == 1 and bool(role.found & w.FIELDED or not rest[0].found & w.ENGLISH)


def _ends_name(parts: list[Token], place: int, link: int) -> bool:
    """Whether a body's word ends what stands there, so that the words before it are its own: "Director | STEM Center"."""
    return place == link - 1 and bool(parts[place].found & w.ENGLISH) and not parts[place].found & w.UNIT


def _other_script(parts: list[Token], last: int, place: int, link: int) -> bool:
    """Whether an organisation's name begins there in Latin letters, behind a role in others: "профессор Sciences Po"."""
    if parts[last].text.isascii() or not ("А" <= parts[last].text[0] <= "ӿ" or "Α" <= parts[last].text[0] <= "ώ"):
        return False
    rest = parts[place:link]
    return all(t.text.isascii() and capital(t.text) for t in rest) and not all(t.found & w.TOPIC for t in rest)


def _adjective(parts: list[Token], last: int, place: int, link: int) -> bool:
    """Whether a lone word behind a Romance role is its adjective: "Directora Clínica"."""
    alone = place == last + 1 == link - 1
    return alone and not parts[last].found & w.ENGLISH and ADJECTIVE.fullmatch(fold(parts[place].text)) is not None


def follows(parts: list[Token], link: int, after: int, head: int) -> bool:
    """Whether what follows a preposition is where somebody works, rather than what on."""
    kind, token = parts[link].found, parts[after]
    if fold(parts[link].text) in _FIELD_ONLY:
        return False
    upto = link_after(parts, after)
    chunk = parts[after:upto]
    if not chunk or (chunk[0].found & w.ROLE and not capital(chunk[0].text)):
        return False
    strong = _surely(chunk, lone=upto == after + 1 == len(parts)) or _is_seat(parts, after, upto)
    strong = strong or (len(chunk) > 1 and not kind & w.IN and _opens_name(token, chunk[1]))
    topical = all(t.found & (w.TOPIC | w.MODIFIER | w.AND | w.ARTICLE) for t in _to_next_role(chunk))
    if parts[link].text in SURE_AT or (kind & w.AT and fold(parts[link].text) in ("with", "from")):
        hails = parts[link].text == "from" and is_place(" ".join(t.text for t in chunk))  # "teacher from Ohio"
        brand = len(chunk) == 1 and capital(parts[0].text) and is_small_brand(token.text)
        return not hails and (capital(token.text) or strong or brand)
    if kind & (w.OF | w.FOR | w.IN) and _at_later(parts, upto) and (len(chunk) == 1 or not any(map(is_body_word, chunk))):
        return False  # "chef för Europastudier vid Institutet", "Head of Digital Assets at Acme"
    if _is_romance_field(parts, link, after, upto, strong):
        return False
    if kind & w.AT and (not kind & w.OF or parts[link].text == "à") and not topical and _says_where(parts, link, chunk):
        return True
    if _in_nordic(parts, link, chunk):
        return not topical
    if head & w.PUBLIC:
        return strong and bool(kind & (w.AT | w.IN)) and not kind & (w.OF | w.FOR)  # "Staatssekretär im Ministerium"
    if head & w.MAKER:
        return bool(kind & w.AT) and strong
    if kind & w.OF and head & w.LEAD:
        return _is_led(parts, link, after, upto, strong or (capital(token.text) and not topical))
    if strong:
        return True
    if kind & w.FOR:
        return (
            capital(token.text)
            and not topical
            and not is_place(" ".join(t.text for t in chunk))
            and (bool(head & w.PRESS) or proper(token))
        )
    if kind & (w.OF | w.AT) and not kind & w.IN:
        return (
            proper(token)
            and not token.found & w.PLACE
            and not head & w.NAMED
            and not is_place(" ".join(t.text for t in chunk))
        )
    return False


def _in_nordic(parts: list[Token], link: int, chunk: list[Token]) -> bool:
    """Whether the Nordic "i" leads to a capital, which no field has there: "generalsekretær i Norsk Skogråd"."""
    if parts[link].text != "i" or parts[link - 1].found & w.ENGLISH or not parts[link - 1].found & w.ROLE:
        return False
    return capital(chunk[0].text) and not chunk[0].found & w.ROLE and not is_place(" ".join(t.text for t in chunk))


def _is_led(parts: list[Token], link: int, after: int, upto: int, named: bool) -> bool:
    """Whether what a leader is of is the organisation: "CEO of Acme", but not "Head of HR at Acme"."""
    token = parts[after]
    goes_on = upto + 1 < len(parts) and parts[upto].found & w.AT and capital(parts[upto + 1].text)
    if goes_on and upto == after + 1 and acronym(token):
        return False  # "Gerente de TI na Acme"
    unknown = parts[link].text in ("of", "von") and upto == after + 1 and not token.found and len(token.text) > 3
    return named or unknown


def _is_seat(parts: list[Token], start: int, end: int) -> bool:
    """Whether "the" leads to a body by its kind alone: "the City of Troy", "the Food Security Council"."""
    first, last = parts[start], parts[end - 1]
    article = parts[start - 1].text == "the"
    if fold(first.text) in _SEATS:
        return capital(first.text) and end < len(parts) and parts[end].text == "of"
    body = last.found & w.ORG and not last.found & (w.UNIT | w.MODIFIER) and fold(last.text) not in _ORGANS
    return article and end - start > 1 and bool(body) and all(capital(t.text) for t in parts[start:end])


def _at_later(parts: list[Token], start: int) -> bool:
    """Whether a word that leads to where somebody works and to nothing else follows, with a name behind it."""
    at = next((n for n in range(start, len(parts) - 1) if parts[n].text in SURE_AT), 0)
    return bool(at) and capital(parts[-1].text) and not is_place(" ".join(t.text for t in parts[at + 1 :]))


def _to_next_role(chunk: list[Token]) -> list[Token]:
    """Words up to an "and" that says what else somebody is: "Marketing | y Conferencista"."""
    ends = (n for n in range(1, len(chunk) - 1) if chunk[n].found & w.AND and chunk[n + 1].found & w.ROLE)
    return chunk[: next(ends, len(chunk))]


def _is_romance_field(parts: list[Token], link: int, after: int, upto: int, strong: bool) -> bool:
    """Whether "de" without an article leads to what on: "Gerente de Planta", "Coordenador de Suporte TI da Acme"."""
    if fold(parts[link].text) not in ("de", "di"):
        return False
    token, role, later = parts[after], parts[link - 1], _of_the_later(parts, upto)
    alone = upto == after + 1 and (later or upto == len(parts))
    fielded = role.found & w.FIELDED and not role.found & w.ENGLISH and not fold(role.text).startswith("direct")
    if after == link + 1 and token.found & w.ORG and not token.found & (w.ENGLISH | w.BRAND | w.MEDIA) and alone:
        return True  # "Directora de Escuela", "Gestor de Agência da Acme"
    if fielded and all(t.text.islower() for t in parts[after:upto]):
        return True  # "Chargée de productions audiovisuelles"
    if strong:
        return False
    return later or (after == link + 1 and not token.found & (w.BRAND | w.MEDIA) and bool(fielded) and capital(role.text))


def _of_the_later(parts: list[Token], link: int) -> bool:
    """Whether an "of the" follows, as Romance languages write it in one word, with a name behind it."""
    if link + 1 >= len(parts) or fold(parts[link].text) not in ("da", "do", "das", "dos", "del", "della", "du"):
        return False
    return capital(parts[link + 1].text) and not is_place(" ".join(t.text for t in parts[link + 1 :]))


def _surely(chunk: list[Token], lone: bool) -> bool:
    """Whether words name an organisation by what they are: a body's word, letters, a domain, an owner.

    A word for a body that stands alone in small letters names none: "direttore di stabilimento".
    """
    if any(t.text.endswith(("'s", "’s")) and capital(t.text) for t in chunk):
        return True
    plain = w.TOPIC | w.MODIFIER | w.AND
    if all(t.found & plain or fold(t.text).strip(".,") in _FIELDS for t in chunk) or _is_field(chunk):
        return False
    return (
        any(t.found & w.ORG and _names_body(t, lone) for t in chunk)
        or (acronym(chunk[0]) and not chunk[0].found & w.PLACE)
        or DOMAIN.fullmatch(chunk[0].text) is not None
    )


def _names_body(token: Token, lone: bool) -> bool:
    """Whether a word for a body stands for one here: "Director de Orquesta" leads none, but "editor of the Herald" does."""
    if lone and not token.found & w.ENGLISH and not acronym(token):
        return False
    return capital(token.text) or not (token.found & w.TOPIC or lone)


def _opens_name(token: Token, after: Token) -> bool:
    """Whether an article in capitals opens a name: "The Beacon", "El Faro", but no "Los Angeles"."""
    article = bool(token.found & w.ARTICLE) and (token.text.istitle() or token.text == "EL") and capital(after.text)
    return article and not is_place(f"{token.text} {after.text}")


def _says_where(parts: list[Token], link: int, chunk: list[Token]) -> bool:
    """Whether a capital behind "en", "na" or "w" is an organisation's: in these languages a field has none in mid-sentence."""
    if parts[link].found & w.ARTICLE and parts[link - 1].found & w.LINK:
        return False  # "députée de la Drôme"
    named = capital(chunk[0].text) and not is_place(" ".join(t.text for t in chunk)) and not chunk[0].found & w.PLACE
    if fold(parts[link].text) in _WITHIN:
        return named
    told = [parts[0], *(t for t in parts[:link] if t.found & w.ROLE)]
    lower = not any(capital(t.text) and not t.text.isupper() for t in told)
    brand = proper(chunk[0]) or bool(chunk[0].found & w.BRAND)
    return named and (lower or (brand and parts[link].text in ("no", "na")))  # "Gerente de Produto no Larch"


def _is_field(chunk: list[Token]) -> bool:
    """Whether an organisation's word only says what a field is about: "Library Science", but not "Science Library"."""
    if chunk[0].found & w.ORG and not chunk[0].found & w.ENGLISH:
        return False  # "Istituto Affari Internazionali": what kind of body it is stands first
    last = chunk[-1].found
    return bool(last & w.TOPIC) and not last & w.ORG and all(t.found & (w.TOPIC | w.MODIFIER | w.AND | w.ORG) for t in chunk)
