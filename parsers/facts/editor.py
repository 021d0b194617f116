"""The blogger: who wrote the post. As printed near the headline first, then as the page's head says. Pure.

Never the site's own name, a login such as "admin", or whoever wrote a comment. Empty beats wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from ..bylines import looks_like_name
from ..dates import find_date
from ..ledger import Ledger
from ..page import HEADING, Element, Line, Page
from .headline import Headline, letters

_NOBODY = frozenset(
    "admin administrator root user editor webmaster author staff guest none null unknown anonymous team blog".split()
)
_CLASSED = re.compile(
    r"(?:^|[\s_-])(?:by-?line|by-?author|author|authors|vcard|fn|writer|contributor|meta-?author|post-?author|p-author)(?![a-z])",
    re.I,
)
_NOT_CLASSED = re.compile(
    r"comment|avatar|image|photo|thumb|bio\b|box|related|widget|date|social|desc|card|tooltip|wpd|reply|quote|info", re.I
)
_LOGIN = re.compile(r"[a-z0-9_.]+")
_ENDS = re.compile(r"\s*(?:[|·•∙,;/–—»«>(]|[\u3040-\u9fff]+[:：]|\s-\s|\bon\b|\bat\b|\bam\b|\ble\b|\bel\b|\bil\b|\d).*$", re.S)
_AND = re.compile(r",?\s+(?:and|und|et|y|e|en|i|и|ve|&)\s+|\s*,\s*|\s*&\s*")
_AUTHOR_METAS = (
    "author", "byl", "sailthru.author", "parsely-author", "dc.creator", "dcterms.creator", "og:author", "article:author",
    "citation_author", "cxenseparse:author",
)  # fmt: skip
ZONE = 14  #: lines below the headline that may hold a byline
ABOVE = 6
LONGEST = 300  #: letters of an element that may begin with a byline
MAX_NAME = 60


def find_editor(page: Page, ledger: Ledger, headline: Headline) -> tuple[str, Element | None]:
    """The blogger's name as printed, and the element that prints it where one does. Several are joined by "and"."""
    site = letters(headline.site)
    printed = list(_printed(page, ledger, headline, site))
    said = [name for name in _said(page) if _is_somebody(name, site)]
    for name, el in printed:
        if any(letters(name) == letters(other) for other in said):
            return name, el
    if printed and (not said or looks_like_name(printed[0][0]) or _LOGIN.fullmatch(said[0])):
        return printed[0]
    return (said[0], None) if said else ("", None)


def _is_somebody(name: str, site: str) -> bool:
    folded = letters(name)
    if not 1 < len(folded) <= 120 or folded in _NOBODY or folded.startswith("http") or name.casefold() in _words("before"):
        return False
    if folded == site and not looks_like_name(name):  # a person may be the name of a blog, but no blog is a person
        return False
    return "://" not in name and "@" not in name


# As the head says


def _said(page: Page) -> Iterator[str]:
    people = {str(item.get("@id")): item.get("name") for item in page.ld if item.get("@type") == "Person"}
    for item in page.ld:
        kind = str(item.get("@type"))
        if "Article" in kind or "Posting" in kind or "Review" in kind or "WebPage" in kind or "Recipe" in kind:
            names = _ld_names(item.get("author"), people)
            if names:
                yield join_names(names)
    metas = page.metas
    for label, data in (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")):
        if metas.get(label, "").strip().casefold().rstrip(" :") in _words("label"):
            yield metas.get(data, "").strip()
    for name in _AUTHOR_METAS:
        value = " ".join(metas.get(name, "").split())
        if value and "://" not in value and "/" not in value:
            yield strip_by(value) or value


def _ld_names(author: object, people: dict[str, object]) -> list[str]:
    names = []
    for item in author if isinstance(author, list) else [author]:
        if isinstance(item, dict):
            found = item.get("name") or people.get(str(item.get("@id")))
            names += [n for n in (found if isinstance(found, list) else [found]) if isinstance(n, str)]
        elif isinstance(item, str) and "://" not in item:
            names.append(item)
    return [" ".join(name.split()) for name in names if name.strip()][:8]


def join_names(names: list[str]) -> str:
    """Names as a byline prints them.

    >>> join_names(["Ann Lee"]), join_names(["A", "B"]), join_names(["A", "B", "C"])
    ('Ann Lee', 'A and B', 'A, B, and C')
    """
    names = list(dict.fromkeys(names))
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + f", and {names[-1]}"


# As printed


def _printed(page: Page, ledger: Ledger, headline: Headline, site: str) -> Iterator[tuple[str, Element]]:
    """Candidates, best first: each way of printing a byline gives names with what speaks against them."""
    head = page.line_of[headline.el.t0] if headline.el is not None else -1
    zone = [line for line in page.lines[max(0, head - ABOVE) : head + 1 + ZONE] if not _is_readers(ledger, line.t0)]
    found = [*_by_markup(page, ledger, head), *_by_words(zone, head), *_by_dates(page, zone, head)]
    if not found:
        found = [(0.0, name, line.el) for line in page.lines[-40:] if (name := _labelled(line.text))]
    for _, name, el in sorted(found, key=lambda f: f[0]):
        if _is_somebody(name, site):
            yield name, el


Candidate = tuple[float, str, Element]


def _by_markup(page: Page, ledger: Ledger, head: int) -> Iterator[Candidate]:
    """Elements that a class, `rel` or `itemprop` calls the author."""
    for el in _marked(page):
        if el.t1 - el.t0 > 12 or _is_readers(ledger, el.t0):
            continue
        text = " | ".join(page.text_between(max(line.t0, el.t0), min(line.t1, el.t1)) for line in page.lines_of(el))
        bare = strip_by(text[:LONGEST])
        name = bare or (cut_name(text) if len(text) <= MAX_NAME else "")
        if name:
            away = page.line_of[el.t0] - head if head >= 0 else 0
            near = 0 <= away <= 2 * ZONE or -ABOVE <= away < 0
            yield abs(away) / 100 - 2 * near - bool(bare) - ("rel" in el.attrs), name, el


def _by_words(zone: list[Line], head: int) -> Iterator[Candidate]:
    """Lines near the headline that begin with "by"."""
    for line in zone:
        name = strip_by(line.text) if len(line.text) < 100 else ""
        if name and _is_signed(line.text, name):
            yield -2.2 + abs(line.ordinal - head) / 100, name, line.el


def _by_dates(page: Page, zone: list[Line], head: int) -> Iterator[Candidate]:
    """A name beside the date below the headline, on its line ("Ann Lee - 3 May 2020") or on the line before."""
    for line in zone:
        if not head < line.ordinal <= head + ABOVE or len(line.text) > MAX_NAME or not any(c.isdigit() for c in line.text):
            continue
        date = find_date(line.text)
        if date is None or len(date.iso) < 10:
            continue
        rest = (line.text[: date.start] or line.text[date.end :]).strip(" -–—|·•,/")
        if not rest and line.ordinal - 1 > head:
            rest, line = page.lines[line.ordinal - 1].text, page.lines[line.ordinal - 1]
        rest = strip_by(rest) or rest
        if " " in rest and looks_like_name(rest):
            yield -1.5, rest, line.el


def _is_readers(ledger: Ledger, t: int) -> bool:
    """True for what a comment reader has taken, and for the rest of the comment area."""
    return ledger.marks[t][:8] == "+comment" or ledger.marks[t][:9] == "-comments"


def _first(names: str) -> str:
    return names.partition(" and ")[0].partition(",")[0]


def _labelled(text: str) -> str:
    """The name in a line such as "Author: Ann Lee", which may stand anywhere."""
    if len(text) > 100 or not (":" in text[:20] or "：" in text[:20]):
        return ""
    name = strip_by(text)
    return name if name and _is_signed(text, name) else ""


def _is_signed(text: str, name: str) -> bool:
    """Whether a line says who wrote: a name behind "by", or capitals behind a label with a colon."""
    if looks_like_name(_first(name)) or not text[0].isascii():
        return True
    words = _first(name).split()
    return ":" in text[:20] and 1 < len(words) < 5 and all(word[0].isupper() for word in words)


@lru_cache(maxsize=1 << 15)
def _is_byline_class(attribute: str) -> bool:
    low = attribute.lower()  # few classes have one of these in them, and only those are looked at closely
    if not ("auth" in low or "by" in low or "vcard" in low or "fn" in low or "writer" in low or "contrib" in low):
        return False
    return bool(_CLASSED.search(low) and not _NOT_CLASSED.search(low))


def _marked(page: Page) -> Iterator[Element]:
    for attribute, group in page.by_class.items():
        if _is_byline_class(attribute):
            group = [el for el in group if el.t1 > el.t0 and not el.marks & HEADING]
            if len(group) < 3 or len({page.text_of(el) for el in group}) == 1:  # what comes oftener is not the post's own
                yield from group[:1]
    for el in page.by_tag.get("a", ()):
        if "rel" in el.attrs and "author" in el.get("rel") and el.t1 > el.t0:
            yield el
    for el in page.by_attr.get("itemprop", ()):
        if el.attrs["itemprop"] == "author" and el.t1 > el.t0:
            yield el


@cache
def _words(how: str) -> frozenset[str]:
    text = (files("parsers") / "lexicon" / "editor.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return frozenset(row[2] for row in rows if row[0] == how)


@cache
def _before() -> re.Pattern[str]:
    words = sorted(_words("before"), key=len, reverse=True)
    seam = r")(?:\s*[:：|]+\s*|\s+|(?<=[\u3040-\u9fff])[／/・])(?=\S)"
    return re.compile(r"\W*(?:" + "|".join(map(re.escape, words)) + seam, re.I)


def strip_by(text: str) -> str:
    """The name after "by" (in many languages), or ``""``.

    >>> strip_by("By Ann Lee on May 3, 2020"), strip_by("Posted by: Ann Lee | 3 comments"), strip_by("Bye Ann")
    ('Ann Lee', 'Ann Lee', '')
    """
    match = _before().match(text)
    name = cut_name(text[match.end() :]) if match else ""
    return name if name and (name[0].isupper() or not name[0].isascii()) else ""


def cut_name(text: str) -> str:
    """The names at the beginning of a byline, without the date and the rest, or ``""`` where there is none."""
    names: list[str] = []
    rest = " ".join(text.split())
    while rest and len(names) < 6:
        seam = _AND.search(rest)
        piece = rest[: seam.start()] if seam else rest
        name = _ENDS.sub("", piece).strip(" :.\"'()[]")
        if not name or len(name) > MAX_NAME or name.count(" ") > 4 or (names and not looks_like_name(name)):
            break
        names.append(name)
        if len(name) < len(piece.rstrip(" :.\"'()[]")) or not seam:
            break
        rest = rest[seam.end() :]
    return join_names(names)
