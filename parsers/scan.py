"""A page's short lines as one text, searched once: where dates, headings over comments and reply links may be. Pure.

Every question here is a hint and costs little; what it points at is read properly afterwards. Most pages have no
comments, and should not pay for the reading of those that have.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from .page import Line, Page
from .signs import COMMENT, heading_of, sign_of

SHORT = 160  # characters: a byline, a heading, a reply link

#: in lower case; what a line about comments has in it, in Latin letters and in others
_LATIN = (
    "comment", "kommentar", "comentari", "reacti", "opmerking", "komentar", "yorum", "respon", "repl", "thought", "antwort",
    "gedanke",
    "respuesta", "opinion", "resposta", "rispost", "pensieri", "gedacht", "odpowied", "odgovor", "cevap", "svar", "discussi",
    "diskussion",
    "feedback", "komentow",
)  # fmt: skip
_ACCENTED = ("kommentti", "comentári", "réaction", "komentář", "hozzászól", "répon", "réflexion", "myśli")
_OTHER = (
    "комментар", "коментар", "σχόλι", "تعليق", "תגוב", "コメント", "フィードバック", "评论", "評論", "留言", "回复",
    "回應", "回应", "댓글", "ответ",
    "отзыв", "обсужден", "одговор",
)  # fmt: skip
# Each begins with what is rare in a text, which a search leaps to: a figure, an end of line.
_DATED = re.compile(r"\d(?:(?<=1)9\d\d(?!\d)|(?<=2)0\d\d(?!\d)|[./-] ?\d{1,2}[./-] ?\d\d| ?[年月])")
_TIMED = (re.compile(r"\d[:h]\d\d"), re.compile(r"(?<=\n)\d{1,2} ?[smhdwy](?=\n)"))
_AGO = (
    " ago",
    "vor ",
    "il y a ",
    "hace ",
    "yesterday",
    "gestern",
    " geleden",
    " temu",
    " sedan",
    " siden",
    " atrás",
    " önce",
    "today",
)
_AGO_OTHER = (" назад", "日前", "時間前", "天前", "小时前", "전", "πριν", "вчера")
_NOT_LATIN = re.compile("[\u0370-\u1fff\u3000-\uffef]")


@dataclass(slots=True)
class Scan:
    """The short lines of a page in order, and the same as one lower-case text."""

    lines: list[Line]
    text: str
    latin: bool  #: True where it has Latin letters only
    _about: list[Line] | None = field(default=None, init=False)
    _starts: list[int] = field(default_factory=list, init=False)  #: where each line begins in the text

    def about(self) -> list[Line]:
        """The lines that have a word in them that speaks of comments; looked up once."""
        if self._about is None:
            accented = () if self.text.isascii() else _ACCENTED
            self._about = self.having(*_LATIN, *accented, *(() if self.latin else _OTHER))
        return self._about

    def at(self, positions: set[int]) -> list[Line]:
        """The lines that hold some positions of the text, in order."""
        if not positions:
            return []
        if not self._starts:
            self._starts = [0, *accumulate([len(line) + 1 for line in self.text.split("\n")])]
        starts = self._starts
        return [self.lines[n] for n in sorted({bisect_right(starts, at) - 1 for at in positions})]

    def having(self, *parts: str) -> list[Line]:
        """The lines that have one of some strings in them."""
        text, found = self.text, set()
        for part in parts:
            at = text.find(part)
            while at >= 0:
                found.add(at)
                at = text.find(part, at + len(part))
        return self.at(found)


def scan(page: Page) -> Scan:
    """Join the short lines once."""
    lines = [line for line in page.lines if len(line.text) <= SHORT]
    text = "\n".join([line.text for line in lines]).lower()
    return Scan(lines, text, text.isascii() or _NOT_LATIN.search(text) is None)


def dated(found: Scan) -> tuple[list[Line], list[Line]]:
    """Lines that have a year or a date in figures, and lines that may have another kind of date."""
    text = found.text
    sure = {match.start() for match in _DATED.finditer(text)}
    maybe = {match.start() for pattern in _TIMED for match in pattern.finditer(text)}
    for part in _AGO + (() if found.latin else _AGO_OTHER):
        at = text.find(part)
        while at >= 0:
            maybe.add(at)
            at = text.find(part, at + len(part))
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
