"""Which language a page is in: what it says of itself, its script, its commonest words. Pure."""

from __future__ import annotations

import re

from ..page import Page

_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")), ("ko", re.compile(r"[\uac00-\ud7a3]")), ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")), ("el", re.compile(r"[\u0370-\u03ff]")), ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")), ("hi", re.compile(r"[\u0900-\u097f]")), ("th", re.compile(r"[\u0e00-\u0e7f]")),
)  # fmt: skip
_STOP = {
    "en": "the and of to that is with for was are this have not from",
    "de": "und der die das nicht ist mit ein eine auch für auf den sich wir",
    "fr": "le les des est une dans pour que qui pas sur avec nous vous",
    "es": "el los las una que por con para del más como pero es",
    "it": "il che di non una per con del della sono gli come più anche",
    "pt": "o os uma que não com para do da dos mais como são também",
    "nl": "het een van en dat niet voor met zijn ook wij maar bij",
    "pl": "i w nie się na jest że do to jak dla czy który",
    "hr": "je i u na se da su za nije što kako koji ali ili",
    "tr": "ve bir bu için ile da de çok olarak daha gibi ama",
    "sv": "och att det som en är på för med inte av den",
    "da": "og det at er en til af på som med ikke der den",
    "cs": "a se na je že to v jsem ale jako pro který",
    "ro": "și în de la este pentru că nu cu mai din",
    "fi": "ja on ei että se oli mutta niin kun myös ovat",
    "id": "yang dan di untuk dengan ini itu dari tidak ada",
}
_STOPWORDS: dict[str, list[str]] = {}
for _code, _words in _STOP.items():
    for _word in _words.split():
        _STOPWORDS.setdefault(_word, []).append(_code)
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.I)


def language_of(page: Page) -> str:
    """BCP 47, lower case: as the page says, unless its script says otherwise; else by its commonest words."""
    attrs, metas = page.html_attrs, page.metas
    said = attrs.get("lang") or attrs.get("xml:lang") or metas.get("og:locale") or metas.get("content-language")
    match = _CODE.match((said or "").strip())
    code = match[0].lower().replace("_", "-") if match else ""
    if code and code != "en" and not code.startswith("en-"):
        return code
    return guess_language(page) or code


def guess_language(page: Page) -> str:
    """The language of a few long lines by script or by commonest words, or ``""`` where neither is plain."""
    long = [line.text for line in page.lines if len(line.text) > 80] or [line.text for line in page.lines]
    middle = len(long) // 2
    sample = " ".join(text[:300] for text in long[max(0, middle - 2) : middle + 3]).lower()
    if not sample.isascii():
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > 0.25 * len(sample):
                return code
    counts: dict[str, int] = {}
    for word in sample.split():
        for code in _STOPWORDS.get(word, ()):
            counts[code] = counts.get(code, 0) + 1
    ranked = sorted(counts.values(), reverse=True)
    if ranked and ranked[0] >= 5 and (len(ranked) == 1 or ranked[0] > 1.3 * ranked[1]):
        return max(counts, key=lambda code: counts[code])
    return ""
