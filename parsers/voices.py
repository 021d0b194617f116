"""Who speaks in a text: the person under whose name it stands, or somebody else about that person. Pure."""

from __future__ import annotations

import re
from functools import cache

from .model import Expert

#: characters at the beginning of a text in which it would say whom it is about
NEAR = 120


@cache
def first_person(language: str) -> re.Pattern[str]:
    """Words by which a speaker of a language says that it is they who speak; all languages where it is unknown.

    Where a verb's ending says it and the pronoun is left out ("mislimo"), the endings are asked, too; only of texts
    that are known to be in that language, since another may end its nouns so.
    """
    known = language.split("-")[0]
    words = _FIRST_PERSON.get(known) or "|".join(_FIRST_PERSON.values())
    endings = rf"|[^\W\d_]{{2,20}}(?:{_ENDINGS[known]})" if known in _ENDINGS else ""
    return re.compile(rf"(?<![^\W_])(?:{words}{endings})(?![^\W_])|{_EAST}", re.I)


def is_about(expert: Expert, text: str) -> bool:
    """Whether a text speaks about the person under whose name it stands.

    It names them near its beginning, begins with "She ...", or goes on from the name in the middle of a sentence.

    >>> is_about(Expert("Ann Lee"), "Ann grows pears."), is_about(Expert("Ann Lee"), "I grow pears.")
    (True, False)
    """
    said = text[:NEAR].lstrip(" 0123456789.,:–—-")
    if said[:1].islower():
        return True
    names = expert.name.split()
    last = names[-1].casefold() if names else ""
    if len(last) > 2 and last in text[:NEAR].casefold():
        return True
    first = names[0] if len(names) > 1 else ""
    if len(first) > 1 and said.startswith(first) and _GOES_ON.match(said[len(first) :]):
        return True
    return _THIRD.match(said) is not None


#: behind a first name: a verb, not the comma or the colon of an address
_GOES_ON = re.compile(r"(?:['’]s)?\s+[^\W\d_]*[a-zà-ÿа-яё]|(?:さん|氏)?は")
_THIRD = re.compile(
    r"(?:he|she|ella|él|elle|ela|ele|lei|lui|hij|hon|han|hun|ona|она|он|вона|він)\b(?!,)|彼女?は|她|他(?!们|們)",
    re.I,
)
_EAST = "私|僕|俺|わたし|ぼく|自分|と思います|と思う|と考え|我|咱|저는|제가|저희|나는|내가|우리|생각합니다|생각해요"
_FIRST_PERSON = {
    "en": "i|i['’]m|i['’]ve|i['’]d|i['’]ll|my|me|we|our|us",
    "de": r"ich|mein\w*|mir|mich|wir|uns|unser\w*",
    "fr": r"je|j['’]\w+|mon|ma|mes|moi|nous|notre|nos",
    "es": r"yo|mi|mis|me|nosotr\w+|nuestr\w*|creo|pienso|quiero|puedo|tengo|veo|prefiero|recomiendo|digo|estoy|soy|hago",
    "it": r"io|mio|mia|miei|mie|mi|noi|nostr\w*|credo|penso|posso|voglio|preferisco|abbiamo|faccio|dico|vedo",
    "pt": r"eu|meus?|minhas?|me|nós|noss\w*|acho|acredito|posso|quero|tenho|vejo|prefiro|recomendo|sou|estou|faço",
    "nl": "ik|mijn|mij|wij|we|onze|ons",
    "pl": r"ja|mój|moja|moje|mnie|mi|my|nasz\w*|myślę|uważam|sądzę|wolę|lubię|jestem|jesteśmy|mam|mamy|nam|nas|radzę",
    "ru": r"я|мой|моя|мо[её]|меня|мне|мы|нас|наш\w*|думаю|считаю|советую|люблю|хочу|могу|стараюсь",
    "uk": r"я|мій|моя|мене|мені|ми|нас|наш\w*|думаю|вважаю|раджу|люблю|хочу|можу",
    "hr": r"ja|moj\w*|me|mi|nas|nam|naš\w*|mislim|smatram|sam|smo|bih|bismo|imam|znam|mogu|vjerujem|volim|želim|vidim",
    "sr": r"ja|moj\w*|mi|nas|naš\w*|mislim|sam|smo|bih|imam|znam|mogu|verujem|volim|ја|мој\w*|ми|нас|наш\w*|мислим|сам|смо|бих",
    "sl": r"jaz|moj\w*|meni|mi|nas|nam|naš\w*|mislim|sem|smo|imam|vem",
    "bg": r"аз|мой|моят|моята|мен|ми|ние|нас|наш\w*|мисля|смятам|съм|сме",
    "cs": r"já|můj|moje|mě|mi|my|nás|naš\w*|myslím|jsem|jsme|bych|bychom|mám|máme|věřím",
    "sk": r"ja|môj|moja|moje|mňa|mi|my|nás|náš\w*|naš\w*|myslím|som|sme|mám|máme|verím",
    "tr": r"ben|benim|bana|beni|bence|biz|bizim|bizce|kendim",
    "hu": "én|engem|nekem|szerintem|mi|minket|nekünk|vagyok|vagyunk|tudom|látom|hiszem|gondolom|szeretem|ajánlom|ajánlanám",
    "ro": r"eu|mea|mei|mele|meu|mie|mi|îmi|mă|noi|noastr\w+|nostru|cred|consider|recomand|am",
    "fi": "minä|minun|minua|minulle|minusta|me|meidän|meille|mielestäni|olen|uskon|luulen|suosittelen",
    "el": "εγώ|μου|μας|εμείς|εμένα|νομίζω|πιστεύω|θεωρώ|προτείνω",
    "he": "אני|שלי|אנחנו|שלנו|לי|לנו|לדעתי",
    "ar": "أنا|نحن|لي|لدي|عندي|أعتقد|أرى|رأيي",
    "fa": "من|ما|خودم|نظرم",
    "hi": "मैं|मैंने|मुझे|मेरा|मेरी|मेरे|हम|हमने|हमारे|हमारी|हमारा|हमें",
    "id": "saya|kami|kita|aku|menurutku",
    "ms": "saya|kami|kita|aku",
    "vi": "tôi|chúng tôi|mình|theo tôi|của tôi",
    "ca": r"jo|meu|meva|meus|meves|em|nosaltres|nostr\w*|crec|penso|opino|vull|puc|faig|prefereixo",
    "sv": "jag|min|mitt|mina|mig|vi|vår|våra|oss",
    "da": "jeg|min|mit|mine|mig|vi|vores|os",
    "no": "jeg|min|mitt|mine|meg|vi|vår|våre|oss",
    "nb": "jeg|min|mitt|mine|meg|vi|vår|våre|oss",
}
_ENDINGS = {
    "es": "amos|emos",
    "it": "iamo",
    "pt": "amos|emos",
    "pl": "łem|łam|liśmy|łyśmy|ujemy",
    "hr": "jemo|šemo|čemo|žemo|dimo|timo|rimo|nimo|jimo",
    "sr": "jemo|šemo|čemo|žemo|dimo|timo|rimo|nimo|јемо|жемо|димо|тимо|римо",
    "cs": "eme|íme|áme",
    "sk": "eme|íme|áme",
    "tr": "yorum|yoruz|[ae]r[ıi]m|m[ae]l[ıi]y[ıi][mz]|m[ıiuü]ş[ıiuü]m",
    "hu": "t[ae]m|[uü]nk|j[uü]k|n[áé]m|lak|lek",
    "fi": "mme|isin",
}
