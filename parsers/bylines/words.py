"""The lexicon, read once at import: what kind of word a word is. Pure but for that one read of packaged data.

Every question that the byline grammar asks of a word is one bit of `flags(word)`, cached by the word as it is printed.
All languages share one table, since a byline does not say which it is in.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files

LEAD = 1 << 0  # a role that "of" leads from to the organisation: president, founder
PLAIN = 1 << 1  # a role that a field may follow: director, lecturer
NAMED = 1 << 2  # a role that may carry a donor's name: professor, chair
MAKER = 1 << 3  # a role that a work follows: author
PUBLIC = 1 << 4  # a role that an office follows: minister
PRESS = 1 << 5  # a role that an organisation may stand before: correspondent
MODIFIER = 1 << 6  # part of a role before its head: visiting, chief
RANK = 1 << 7  # a modifier that opens a role and no organisation's name: senior
TOPIC = 1 << 8  # a field: marketing, law
ORG = 1 << 9  # a word for an organisation: university, gmbh
AT = 1 << 10
OF = 1 << 11
IN = 1 << 12
FOR = 1 << 13
ARTICLE = 1 << 14
AND = 1 << 15
COPULA = 1 << 16
SAID = 1 << 17
VERB = 1 << 18  # begins what a sentence says
HONORIFIC = 1 << 19
DEGREE = 1 << 20
PARTICLE = 1 << 21  # part of a name in small letters: van, de
SUFFIX = 1 << 22  # jr, III
ALIAS = 1 << 23  # aka, née
GIVEN = 1 << 24  # a given name and no common word
MAYBE = 1 << 25  # a given name and a word
KNOWN_FAMILY = 1 << 26  # a family name and no common word
FAMILY = 1 << 27  # a family name and a word
WORD = 1 << 28
ENGLISH = 1 << 29  # an English word
STOP = 1 << 30  # what headings and menus are made of
BRAND = 1 << 31
NETWORK = 1 << 32
MEDIA = 1 << 33
CREDIT = 1 << 34
PLACE = 1 << 35
DATE = 1 << 36
OFFICE = 1 << 37  #: a title that says what somebody is: chef, rabbi
UNIT = 1 << 38  #: a part of an organisation: programme, division
FIELDED = 1 << 39  #: a role that a field follows without a preposition: Leiterin, hoofd
ROLE = LEAD | PLAIN | NAMED | MAKER | PUBLIC | PRESS
LINK = AT | OF | IN | FOR

_LETTERS = str.maketrans(
    dict(zip("ıłøđðæœþ’‘ʼ״׳", ["i", "l", "o", "d", "d", "ae", "oe", "th", "'", "'", "'", '"', "'"], strict=True))
)
_MARKS = re.compile("[\u0300-\u036f]")
_ELIDED = re.compile(r"(?:l|d|dell|all|nell|sull|dall|un|qu)'(?=\w)")
#: both genders in one word: "Director(a)", "Redakteur*in", "chercheur·euse"
_GENDERED = re.compile(r"(?<=\w{3})(?:\((?:e|a|in|ne|s|r|as|es|m/w/d)\)?|[*:_·•.](?:in|innen|e|ne|euse|rice|trice|a|r))$")
#: endings that English and its neighbours keep for fields and qualities: no name ends so, but for those known
_ABSTRACT = re.compile(
    r"\w{3,}(?:tions?|ments?|ness|olog(?:y|ies)|graphy|ics|ical|ships?|ware|ities|i[sz]ation|[ai]bility"
    r"|keit|heit|ungen|schaft|isch(?:e|en|er|es)|iven|ionen|itaten|zion[ei]|cion(?:es)?|dades?|osc|nosti|stvo|ost)"
)
_FIELD = re.compile(
    r"\w{3,}(?:ology|graphy|nomics|matics|metrics|istics|biotics|onomy|therapy|iatrics|ronics"
    r"|ologia|ografia|onomia|istica|matica|terapia)"
)
#: agents by their ending alone: "ornithologist", "geriatrician"
_AGENT = re.compile(
    r"\w{3,}(?:ologist|ologists|ographer|iatrist|atrician|ematician|etician|otherapist|ologue|ologo|ologa|olog)"
)


def fold(text: str) -> str:
    """Lower case without accents, so that spellings meet.

    >>> fold("Łukasz Ævar O’Neill")
    "lukasz aevar o'neill"
    """
    folded = text.casefold()
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", folded.translate(_LETTERS))))


_SERBIAN = str.maketrans(
    dict(zip("абвгдђежзијклмнопрстћуфхцчш", "abvgddezzijklmnoprstcufhccs", strict=True)) | {"љ": "lj", "њ": "nj", "џ": "dz"}
)

#: what may follow `word*` in Latin letters: the cases of a Slavic noun and its feminine
_CASE = re.compile(
    r"(?:|k|c|ek|ow|ov)|(?:k|c|n|ov|ni|yn|in|ow|ic|nic|ck|czk|ink)?(?:a|u|y|i|e|o|em|om|ami|ach|ou|ej|iem|ie|ia|iu|ow)"
)


#: what one who does it is called by is the same up to there, but this is the field: "pedagógica", "педагогики", "биология"
_FIELD_OF = re.compile(r"g(?:ic[aoe]s?|ic[hk]\w+)$|[гфмнр](?:(?:и|і)к(?:а|и|у|е|ою|ой|і)|(?:и|і)(?:я|и|ю|й|е|ї|ей|єю))$")


class _Table:
    """Words to bits, with the two kinds of wildcard kept apart."""

    def __init__(self) -> None:
        self.exact: dict[str, int] = {}
        self.heads: dict[str, int] = {}  #: "основател*"
        self.tails: dict[str, int] = {}  #: "*leiter"

    def add(self, words: str, bit: int) -> None:
        exact = self.exact
        for word in fold(words).split():
            if "*" not in word:
                exact[word] = exact.get(word, 0) | bit
                continue
            table = self.heads if word.endswith("*") else self.tails
            key = word.strip("*")
            table[key] = table.get(key, 0) | bit

    def look(self, word: str, english: bool = False) -> int:
        """What a word is. An ending after `word*` is short: the cases of a noun, not the adjective made from it."""
        found, length = self.exact.get(word, 0), len(word)
        if english:  # "strategic" is no Polish strateg
            return found
        heads, tails, exact = self.heads, self.tails, found
        field = _FIELD_OF.search(word)
        for cut in range(max(3, length - 4), length + 1):
            if (bits := heads.get(word[:cut])) and (not word.isascii() or _CASE.fullmatch(word, cut)):
                bits &= ~ROLE if field and field.start() < cut < field.end() else -1
                found = (found & ~ROLE if bits & ORG else found) | bits  # an agency is no agent
        for cut in range(2, length - 2):
            if bits := tails.get(word[cut:]):
                found |= bits
        # what is listed as it stands is no other thing that begins or ends alike
        if exact & (ORG | ROLE):
            found &= ~((ROLE if exact & ORG else 0) | (ORG if exact & ROLE else 0))
        return found | exact


_SECTIONS: tuple[tuple[str, str, int], ...] = (
    ("roles", "lead", LEAD),
    ("roles", "plain", PLAIN),
    ("roles", "named", NAMED),
    ("roles", "maker", MAKER),
    ("roles", "public", PUBLIC),
    ("roles", "press", PRESS),
    ("roles", "fielded", FIELDED),
    ("around", "modifiers", MODIFIER),
    ("around", "topics", TOPIC),
    ("around", "ranks", RANK),
    ("around", "verbs", VERB),
    ("around", "links_at", AT),
    ("around", "links_of", OF),
    ("around", "links_in", IN),
    ("around", "links_for", FOR),
    ("around", "articles", ARTICLE),
    ("around", "ands", AND),
    ("around", "copulas", COPULA),
    ("around", "said", SAID),
    ("orgs", "heads", ORG),
    ("orgs", "media", MEDIA),
    ("orgs", "units", UNIT),
    ("people", "before", HONORIFIC),
    ("people", "offices", OFFICE),
    ("people", "degrees", DEGREE),
    ("stop", "words", STOP),
    ("stop", "brands", BRAND),
    ("stop", "networks", NETWORK),
    ("stop", "credits", CREDIT),
    ("names", "particles", PARTICLE),
    ("names", "suffixes", SUFFIX),
    ("names", "aliases", ALIAS),
)
_LISTS = (
    ("given.txt", GIVEN),
    ("given_or_word.txt", MAYBE),
    ("family.txt", KNOWN_FAMILY),
    ("family_or_word.txt", FAMILY),
    ("words.txt", WORD),
    ("words_en.txt", WORD | ENGLISH),
    ("dates.txt", DATE),
)


def _lines(name: str) -> list[str]:
    text = files("parsers").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _languages() -> dict[str, dict[str, dict[str, str]]]:
    """The TOML files by their stem: section, key, words."""
    folder = files("parsers").joinpath("lexicon", "bylines")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name[:-5]: tomllib.loads(file.read_text(encoding="utf-8")) for file in found}


def _tabled(languages: list[dict[str, dict[str, str]]]) -> _Table:
    table = _Table()
    for language in languages:
        for section, key, bit in _SECTIONS:
            table.add(language.get(section, {}).get(key, ""), bit)
    return table


_READ = _languages()
EAST = _READ.pop("east")
_TABLE = _tabled(list(_READ.values()))
_NAMES = tuple((frozenset(" ".join(_lines(name)).split()), bit) for name, bit in _LISTS)
_ENGLISH = next(words for words, bit in _NAMES if bit & ENGLISH)
_OTHERS = next(words for words, bit in _NAMES if bit == WORD)
_PLACES = dict.fromkeys(_lines("cities.txt"), 1) | dict.fromkeys(_lines("places.txt"), 2)
#: what stands before a name that a sentence takes its word from: "according to", "laut"
ACCORDING = tuple(
    lead.replace("-", " ")
    for language in _READ.values()
    for lead in language.get("around", {}).get("according", "").casefold().split()
)
#: American states and Canadian provinces by their letters, those left out that are degrees or words
_STATES = frozenset(
    "AK AL AR AZ CA CT DE FL GA HI IA ID IL IN KS KY LA ME MI MN MT NC ND NE NH NJ NM NV NY OH OK OR RI SC SD TN TX UT VA VT WA"
    " WI WV WY BC ON QC AB".split()
)
_BEHIND_CITY = _STATES | {"MA", "MD", "MS", "PA", "CO", "MO", "DC"}  # which no degree follows a city


#: regular endings: of English, and of German adjectives and the plurals of most
_ENGLISH_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("ly", ""))
_OTHER_ENDINGS = (("es", ""), ("s", ""), ("e", ""), ("en", ""))


def _listed(word: str) -> int:
    """Bits from the long lists; a regular inflection counts as its word."""
    found = 0
    for words, bit in _NAMES:
        if word in words:
            found |= bit
    if found or len(word) < 5:
        return found
    if _inflected(word, _ENGLISH, _ENGLISH_ENDINGS, 4):
        return WORD | ENGLISH
    return WORD if _inflected(word, _OTHERS, _OTHER_ENDINGS, 4) else 0


def _inflected(word: str, words: frozenset[str], endings: tuple[tuple[str, str], ...], least: int) -> bool:
    for ending, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least and word[: -len(ending)] + instead in words:
            return True
    return False


@lru_cache(maxsize=1 << 16)
def flags(word: str) -> int:
    """What is known of a word, as bits. Punctuation around it is looked past."""
    key = fold(word[:60]).strip('()[]{}<>,;:!?"“”„«»…*-®™')
    if not key.isalnum():
        key = _GENDERED.sub("", key)
    bare = key.rstrip(".")
    listed = _listed(bare)
    if listed == WORD and len(bare) < 5:
        listed = 0  # without its accents, a short word of some other language proves nothing
    found = _TABLE.look(key, bool(listed & ENGLISH)) | listed
    if bare != key:
        found |= _TABLE.look(bare, bool(listed & ENGLISH))
    if bare.endswith("s") and len(bare) > 5 and not found & (ORG | ROLE):
        found |= (
            _TABLE.look(bare[:-1], bool(listed & ENGLISH)) | (_TABLE.look(bare[:-2], True) if bare.endswith("es") else 0)
        ) & ORG  # German genitives
    if listed & WORD and bare.endswith("s"):
        found |= _TABLE.exact.get(bare[:-1], 0) & STOP
    if not found and _ELIDED.match(bare):
        inner = _ELIDED.sub("", bare, count=1)
        found = _TABLE.look(inner) | _listed(inner)
    if _AGENT.fullmatch(bare):
        found |= PLAIN
    elif not found & (GIVEN | FAMILY):
        if _FIELD.fullmatch(bare):  # a hydrologist is "hydrolog" in Czech, but "hydrology" is English
            found = (found & ~ROLE) | _TABLE.exact.get(bare, 0) | TOPIC | WORD
        elif _ABSTRACT.fullmatch(bare):
            found |= WORD
    if bare in _PLACES:
        found |= PLACE
    if "-" in bare and not found & ~WORD:
        found |= _hyphened(bare)
    if not found and len(bare) > 4 and bare[0] > "\u0400":  # Serbian is printed in either script
        latin = bare.translate(_SERBIAN)
        found |= _TABLE.look(latin) & (ROLE | ORG | MODIFIER | TOPIC) if latin.isascii() else 0
    if "/" in bare and not found:
        for part in bare.split("/"):
            found |= _TABLE.look(part) & (ROLE | TOPIC)
    return found


def _hyphened(word: str) -> int:
    """A compound is what its last part is ("co-organiser", "SEO-Beraterin"); a name if its first part is one."""
    first, last = word.split("-", 1)[0], word.rsplit("-", 1)[-1]
    return (_TABLE.look(last) & (ROLE | ORG | TOPIC)) | (_listed(first) & GIVEN)


def place_rank(text: str) -> int:
    """2 for a country or state, 1 for a city, 0 for anything else; of a list ("Auckland, NZ") the last counts.

    >>> place_rank("Auckland, NZ"), place_rank("Toronto"), place_rank("Troy University")
    (2, 1, 0)
    """
    if len(text) > 60:
        return 0
    if text.isupper() and text in _STATES:
        return 2
    parts = [part.strip(" .").removeprefix("the ") for part in re.split(r"[,()]+", fold(text)) if part.strip(" .")]
    ranks = [_PLACES.get(part, 0) or _PLACES.get(part + ".", 0) or -2 * (part.upper() in _BEHIND_CITY) for part in parts]
    return abs(ranks[-1]) if ranks and all(ranks) and max(ranks) > 0 else 0


def is_place(text: str) -> bool:
    """Whether a text is the name of a place, or a list of them."""
    return place_rank(text) > 0
