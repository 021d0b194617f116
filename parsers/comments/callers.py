"""A commenter's name without the words around it: "Posted by: Ann Lee |" is Ann Lee. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from ..dates import find_date
from ..dates.months import ALONE, PAST, WEEKDAYS, fold, month_of
from .signs import BESIDE, BY, SAYS, phrase_rule

MOST_NAME = 80  #: characters

_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)")


def unarchived(url: str) -> str:
    """An address as it was before a web archive rewrote it.

    >>> unarchived("https://web.archive.org/web/20160330101229/http://a.example/b")
    'http://a.example/b'
    """
    match = _ARCHIVED.match(url)
    return url[match.end() :] if match else url


_ALSO_NAMES = frozenset("per sam tor dom don mar".split())  # weekdays, shortened
_PLACE = re.compile(r"#\d{1,5}[.:]?|\d{1,5}[.):]")
#: labels that stand against the name where a script has no spaces: "名前：たかせ 投稿日："
_UNSPACED_LABEL = re.compile(
    r"^(?:お?名前|投稿者名?|ニックネーム|ハンドル(?:ネーム)?|昵称|姓名|暱稱|名字|作者|用户|이름|작성자|글쓴이)\s*[:：]\s*"
    r"|\s*(?:投稿日時?|日時|日付|発言日|发表于|發表於|时间|時間|日期|날짜|작성일)\s*[:：]?\s*$"
    r"|\s*(?:さん)?(?:より|のコメント|の発言)\s*[:：]?\s*$"
)
_DASHES = "-–—|·•,:;/@»«>*"
_TRAILING, _TRAILING_DASHES = " ,:;|•·»«>([", "-–—@/"
_UNVERIFIED = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|niet gecontroleerd|не проверено|não verificado"
    r"|niezweryfikowany|non verificato|ikke verifisert|overifierad)\)\s*$",
    re.I,
)


def clean_name(text: str) -> str:
    """A commenter's name without the words around it, or ``""`` where nothing is left.

    >>> clean_name("Posted by: Ann Lee |"), clean_name("Ann Lee says:"), clean_name("3. Bob on"), clean_name("Reply")
    ('Ann Lee', 'Ann Lee', 'Bob', '')
    """
    text = " ".join(text.split())
    return _cleaned(text) if len(text) <= 3 * MOST_NAME else ""


@lru_cache(maxsize=1 << 12)  # every record of a page has the same "Reply" and "says"
def _cleaned(text: str) -> str:
    if _FIGURES.search(text) or (text[:1].isdigit() and not text.isascii()):
        text = _undated(text)
    if not text.isascii():
        text = _UNSPACED_LABEL.sub("", text)
    if "|" in text or "(" in text:
        text = _parted(_ZONED.sub("", text))
    text = _trimmed(text)
    words = text.split(" ")
    while len(words) > 1 and (
        not words[0].strip(_DASHES) or _PLACE.fullmatch(words[0]) or (fold(words[0]) in BY and _leads(words))
    ):
        words = words[1:]
    while len(words) > 1 and _trails(words[-1]):
        words = words[:-1]
    text = _trimmed(" ".join(words)).lstrip(" :|•·-–—@»«>")
    if text.endswith(")"):
        text = _UNVERIFIED.sub("", text)
    if all(fold(word) in BY or fold(word) in SAYS or fold(word) in BESIDE for word in text.split()):
        return ""
    if not text or phrase_rule(text) not in ("", "badge") or len(text) > 3 * MOST_NAME:
        return ""
    return text if any(c.isalnum() for c in text) and not text.rstrip(".").isdigit() else ""


_ZONED = re.compile(r"\([^()]{0,60}(?:\bTime\b|UTC|GMT)[^()]{0,20}\)")
_MARK = re.compile(r"\s+#[-\w./]{1,10}(?:\s*\[)?$")


def _parted(text: str) -> str:
    """The one part of "| URL | Ann #- | edit" that is no fitting."""
    if "|" not in text:
        return text
    parts = [part for part in text.split("|") if part.strip() and part.strip().lower() != "url" and not phrase_rule(part)]
    return _MARK.sub("", parts[0].strip()) if len(parts) == 1 else text


def _trimmed(text: str) -> str:
    """Without what trails behind a name; a dash trails where it stands apart."""
    dashless = text.rstrip(_TRAILING_DASHES)
    if len(dashless) < len(text) and dashless[-1:] != " ":
        return text
    return dashless.rstrip(_TRAILING)


def is_sentence(text: str) -> bool:
    """True for words that are no name where a script has no spaces to count them by: those with a full stop or a comma.

    >>> is_sentence("水を減らしてみます。"), is_sentence("山田花子")
    (True, False)
    """
    return not text.isascii() and ("。" in text or "、" in text)


_FIGURES = re.compile(r"\d[^\W\d]*[\s./:,-]")


def _undated(text: str) -> str:
    """What stands before the date of a byline, or after it."""
    stamp = find_date(text)
    if stamp is not None and (stamp.start, stamp.end) == (0, len(text)):
        return ""
    if stamp is None or stamp.end - stamp.start < 5 or 0 < len(stamp.iso) < 10:
        return text
    words = text[: stamp.start].rstrip(" |-–—(").split(" ")
    while words and _is_no_name(words[-1], len(words)):
        words = words[:-1]
    names = any(any(c.isalnum() for c in word) and fold(word) not in BESIDE for word in words)
    return " ".join(words) if names else text[stamp.end :]


def _is_no_name(word: str, words: int) -> bool:
    """True for the last word before a date that belongs to the date: "on", "Di,", "Sunday". Sam and Per are names."""
    if fold(word) in WEEKDAYS:
        return len(word.strip(",.")) > 4 or (word[-1] in ",." and (words > 1 or fold(word) not in _ALSO_NAMES))
    return words > 1 and (fold(word) in BESIDE or not word.strip(_DASHES))


def _trails(word: str) -> bool:
    """True where the last word is none of a name: "said…", "on", a dash."""
    return fold(word.rstrip("…")) in SAYS or (fold(word) in BESIDE and word.islower()) or not word.strip(_DASHES)


def _leads(words: list[str]) -> bool:
    """True where the first word is a label: "by", "Posted", "Comment", "Name:"; not a name such as "Da Silva"."""
    first = words[0]
    return (
        first.endswith(":")
        or first[:1].islower()
        or fold(first) not in ("da", "de", "di", "do", "van", "von", "name", "author", "user")
    )


def said_by(text: str, name: str) -> bool:
    """True where a word such as "by" or "from" stands just before the name."""
    before = " ".join(text.split()).partition(name)[0].split()
    return bool(before) and fold(before[-1]) in BY


def is_time(text: str) -> bool:
    """True for words that are all of a date: months, figures, "at", "yesterday", "ago"."""
    return all(month_of(word) or word[0].isdigit() or fold(word) in _OF_DATES for word in text.split())


_OF_DATES = BESIDE | ALONE.keys() | PAST


def is_initials(text: str, name: str) -> bool:
    """True for the letters that a template draws where a commenter has no picture.

    >>> is_initials("FN", "Fabrizio Nardi"), is_initials("E", "ex_macchinista"), is_initials("Al", "Al Green")
    (True, True, False)
    """
    words = [word.lstrip("@(\"'") for word in name.split()]
    if not text.isalpha() or text == name or not all(words):
        return False
    first = "".join(word[0] for word in words).casefold()
    return text.casefold() in {first, first[:2], first[:1], first[:1] + first[-1:]}
