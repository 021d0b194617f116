"""A page's short lines as one text, searched once: where dates, headings over comments and reply links may be. Pure.

Every question here is a hint and costs little; what it points at is read properly afterwards. Most pages have no
comments, and should not pay for the reading of those that have.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from ..page import Line, Page
from .signs import COMMENT, heading_of, sign_of

SHORT = 160  # characters: a byline, a heading, a reply link

#: in lower case; what a line about comments has in it, in Latin letters and in others
_LATIN = (
    "comment", "kommentar", "comentari", "reacti", "opmerking", "komentar", "yorum", "respon", "repl", "thought", "antwort",
    "gedanke",
    "respuesta", "opinion", "resposta", "rispost", "pensieri", "gedacht", "odpowied", "odgovor", "cevap", "svar", "discussi",
    "diskussion",
    "feedback", "komentow", "kommentti",
)  # fmt: skip
_ACCENTED = ("comentári", "réaction", "komentář", "hozzászól", "répon", "réflexion", "myśli")
_OTHER = (
    "комментар", "коментар", "σχόλι", "تعليق", "תגוב", "コメント", "フィードバック", "评论", "評論", "留言", "回复",
    "回應", "回应", "댓글", "ответ",
    "отзыв", "обсужден", "одговор",
)  # fmt: skip
#: a date in figures (the group), a time, a line such as "3 h"; all begin with a figure, and a search leaps to those
_DATED = re.compile(
    r"\d(?:((?<=1)9\d\d(?!\d)|(?<=2)0\d\d(?!\d)|[./-] ?\d{1,2}[./-] ?\d\d| ?[年月])"
    r"|(?=[:h]\d\d)|(?<=\n\d)\d? ?[smhdwy](?=\n))"
)
_AGO = (
    " ago", "vor ", "il y a ", "hace ", "yesterday", "gestern", " geleden", " temu", " sedan", " siden", "today", " fa\n",
    " fa ", "prije ", "acum ", " sitten", "yang lalu",
)  # fmt: skip
_AGO_ACCENTED = (" atrás", " önce", "há ", "před ", "ezelőtt", "à l'instant")
_AGO_OTHER = (
    " назад", "日前", "時間前", "月前", "年前", "分前", "週間前", "天前", "小时前", "小時前", "分钟前", "周前", "전", "πριν",
    "вчера", "преди ", " тому", "منذ", "לפני",
)  # fmt: skip
_ACCENT = re.compile("[\u00c0-\u036f\u1e00-\u1eff]")
_NOT_LATIN = re.compile("[\u0370-\u1fff\u3000-\uffef]")


@dataclass(slots=True)
class Scan:
    """The short lines of a page in order, and the same as one lower-case text."""

    lines: list[Line]
    text: str
    accented: bool  #: True where it has a letter with an accent
    other: bool  #: True where it has a letter that is not Latin
    _about: list[Line] | None = field(default=None, init=False)
    _starts: list[int] = field(default_factory=list, init=False)  #: where each line begins in the text

    def about(self) -> list[Line]:
        """The lines that have a word in them that speaks of comments; looked up once."""
        if self._about is None:
            self._about = self.having(_LATIN, _ACCENTED, _OTHER)
        return self._about

    def at(self, positions: set[int]) -> list[Line]:
        """The lines that hold some positions of the text, in order."""
        if not positions:
            return []
        if not self._starts:
            self._starts = [0, *accumulate([len(line) + 1 for line in self.text.split("\n")])]
        starts = self._starts
        return [self.lines[n] for n in sorted({bisect_right(starts, at) - 1 for at in positions})]

    def having(self, plain: Sequence[str], accented: Sequence[str], other: Sequence[str]) -> list[Line]:
        """The lines that have one of some strings in them; each of three scripts is asked for where it is."""
        return self.at(self.places(plain, accented, other))

    def places(self, plain: Sequence[str], accented: Sequence[str], other: Sequence[str]) -> set[int]:
        """Where those strings stand in the text."""
        text, found = self.text, set()
        for part in (*plain, *(accented if self.accented else ()), *(other if self.other else ())):
            at = text.find(part)
            while at >= 0:
                found.add(at)
                at = text.find(part, at + len(part))
        return found


def scan(page: Page) -> Scan:
    """Join the short lines once."""
    lines = [line for line in page.lines if len(line.text) <= SHORT]
    texts = [line.text.lower() for line in lines]
    foreign = "\n".join([text for text in texts if not text.isascii()])
    return Scan(lines, "\n".join(texts), _ACCENT.search(foreign) is not None, _NOT_LATIN.search(foreign) is not None)


def dated(found: Scan) -> tuple[list[Line], list[Line]]:
    """Lines that have a year or a date in figures, and lines that may have another kind of date."""
    sure: set[int] = set()
    maybe = found.places(_AGO, _AGO_ACCENTED, _AGO_OTHER)
    for match in _DATED.finditer(found.text):
        (maybe if match[1] is None else sure).add(match.start())
    return found.at(sure), found.at(maybe)


def headings(found: Scan) -> dict[int, int]:
    """Ordinal of each line that is a heading over comments → how many it counts (-1 where it does not say)."""
    known = {}
    for line in found.about():
        heading = heading_of(line.text)
        if heading is not None and not heading.pings:
            known[line.ordinal] = heading.count
    return known


def speaks_of_comments(page: Page, found: Scan) -> bool:
    """False for a page that has nothing to do with comments: no word, no class, no form."""
    if "textarea" in page.by_tag or found.about():
        return True
    return any(sign_of(name) & COMMENT for name in page.by_class)
