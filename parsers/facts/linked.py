"""The blogger's name in a link: behind words that sign ("In Walks by [Ann Lee]"), or to an author's page. Pure.

An address says what a class says elsewhere, and stays when every class is renamed: `/author/ann`, `?author=3`. Near
the headline such a link is a byline whatever it says; elsewhere only where the whole page knows one author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..bylines import looks_like_name
from ..comments.area import in_comments
from ..ledger import Ledger
from ..page import HEADING, LINK, NAV, Element, Line, Page
from .signed import MAX_NAME, cut_name, first_of, is_eastern, is_login, words

LONGEST = 140  #: letters of a line that may sign in its middle
MOST = 40  #: letters of a link's text that may be a pen name
_ADDRESS = re.compile(
    r"(?:^|/)@[\w.-]{2,}|(?:^|[/?&])(?:auth?or(?:e?s|a|en|in|id)?|auteurs?|autore|users?|members?|people|profiles?|writers?|contributors?|skribent|"
    r"forfatter|kirjoittaja|yazar|redaktion)(?:[/=]|\.php\?)[^/?#\s]+",
    re.I,
)
_OTHER = re.compile(  # words for who took the pictures, and for whoever wrote or changed something last
    r"photo|foto|image|imágen|bild|illustr|ilustr|transl|trad|übers|kuva|grafik|video|repl(?:y|ied)|edited|updat|modif|"
    r"\blast|latest|letzt|dernier|[úu]ltim|последн|senaste|sist|seneste|viimei|laatst|ostatni|posledn",
    re.I,
)
_COUNTED = re.compile(r"\d|[:|/»«›<>@]")


def is_of_a_person(link: Element | None) -> bool:
    """Whether a link leads to an address where blogs keep an author's posts."""
    return link is not None and _ADDRESS.search(link.attrs.get("href") or "") is not None


def signed_within(page: Page, line: Line) -> tuple[str, Element] | None:
    """The name that a line signs with behind its beginning, where an element of its own prints it, as a link mostly does."""
    if line.t1 - line.t0 < 2 or len(line.text) > LONGEST:
        return None
    for t in range(line.t0 + 1, line.t1):
        home = page.homes[t]
        if home is page.homes[t - 1] or not _ends_signing(page.texts[t - 1]):
            continue
        names = cut_name("".join(page.texts[t : line.t1]))
        if looks_like_name(first_of(names)):
            return names, home
        own = " ".join(page.texts[t].split())
        labelled = page.texts[t - 1].rstrip().endswith((":", "："))
        if home.marks & LINK and _may_be_a_name(own) and (labelled or is_of_a_person(home.nearest("a"))):
            return own, home
    return None


def _ends_signing(text: str) -> bool:
    """Whether a text ends with words that sign, and not for pictures or the last answer."""
    last = text.rstrip(" \t\n\xa0:").casefold().split()[-3:]
    known = words("before")
    return bool(last) and any(" ".join(last[n:]) in known for n in range(len(last))) and not _OTHER.search(text)


def _may_be_a_name(text: str) -> bool:
    return 1 < len(text) <= MOST and text.count(" ") < 4 and (not _COUNTED.search(text) or is_login(text))


def at_an_author(page: Page, ledger: Ledger, lines: Iterable[Line]) -> Iterator[tuple[str, Element, bool]]:
    """Links to an author's page in some lines: the name, the link, and whether it is beyond doubt a name."""
    for line in lines:
        if len(line.text) > LONGEST or in_comments(ledger, line):
            continue
        seen: Element | None = None
        for t in range(line.t0, line.t1):
            home = page.homes[t]
            if not home.marks & LINK or home.marks & NAV or ledger.marks[t][:11] == "-structure/":
                continue
            link = home.nearest("a")
            if link is seen or link is None or not is_of_a_person(link):
                continue
            seen, text = link, page.text_of(link)
            if len(text) <= MAX_NAME and _may_be_a_name(text) and not _is_of_another(page, link):
                yield text, link, looks_like_name(text)


def _is_of_another(page: Page, link: Element) -> bool:
    """Whether a link is to whoever answered last or took the pictures, or stands behind a dash, which signs a quotation."""
    line = page.lines[page.line_of[link.t0]]
    return line.text[0] in "—–-―" or (link.t0 > line.t0 and _OTHER.search(page.texts[link.t0 - 1]) is not None)


def the_one_author(page: Page, ledger: Ledger, after: int) -> tuple[str, Element] | None:
    """The one name below the headline that links to an author's page anywhere, or the one that heads a box; else None."""
    found: dict[str, Element] = {}
    for link in page.by_tag.get("a", ()):
        if link.t1 == link.t0 or link.marks & NAV or page.line_of[link.t0] <= after or not is_of_a_person(link):
            continue
        text = page.text_of(link)
        name = looks_like_name(text) or is_eastern(text)
        if name and not in_comments(ledger, link) and not _is_of_another(page, link):
            found.setdefault(text, link)
    if len(found) > 1:
        found = {text: link for text, link in found.items() if link.marks & HEADING}
    return next(iter(found.items())) if len(found) == 1 else None
