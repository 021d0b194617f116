"""The blogger: who wrote the post. As printed near the headline first, then as the page's head says. Pure.

Never the site's own name, a login such as "admin", or whoever wrote a comment. Empty beats wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from ..bylines import looks_like_name
from ..comments.area import in_comments
from ..dates import find_date
from ..ledger import Ledger
from ..page import HEADING, Element, Line, Page
from ..wordcount import count_words
from .headline import Headline, letters
from .linked import at_an_author, signed_within, the_one_author
from .signed import (
    LONGEST,
    MAX_NAME,
    NOBODY,
    begins,
    cut_name,
    dated,
    first_of,
    is_eastern,
    is_label,
    join_names,
    login_alone,
    lone_signer,
    opening,
    signer,
    strip_by,
    words,
)

_CLASSED = re.compile(
    r"(?:^|[\s_-])(?:by-?line|by-?author|author|authors|vcard|fn|writer|contributor|meta-?author|post-?author|p-author|(?:(?:entry|post)-?)?poster)"
    r"(?![a-z])",
    re.I,
)
_NOT_CLASSED = re.compile(
    r"comment|avatar|image|photo|thumb|bio\b|box|related|widget|date|social|desc|card|tooltip|wpd|reply|quote|info|\bprep\b",
    re.I,
)
_HINT = re.compile("auth|by|vcard|fn|writer|contrib|poster")
_LOGIN = re.compile(r"[a-z0-9_.]+")
_FIGURE = re.compile(r"\d")
_HANDLE = re.compile(r"@([^\W\d][\w.-]{1,30})")
_PARTED = re.compile(r"\s[|·•]\s")
_PIECES = re.compile(r"\s*[|·•∙»«—–/;(),]\s*|\s+-\s+")
_AUTHOR_METAS = (
    "author", "byl", "sailthru.author", "parsely-author", "dc.creator", "dcterms.creator", "og:author", "article:author",
    "citation_author", "cxenseparse:author", "og:article:author",
)  # fmt: skip
ZONE = 14  #: lines below the headline that may hold a byline
ABOVE = 6
MANY = 60  #: lines below a name among which there may be others
PROSE = 25  #: words of a line that is text
FEW = 6  #: words of a line, below the headline, that is no date
LONG = 300  #: letters of an element that may begin with a byline


def find_editor(page: Page, ledger: Ledger, headline: Headline) -> tuple[str, Element | Line | None]:
    """The blogger's name as printed, and the element or line that prints it where one does. Several are joined by "and"."""
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
    if not 1 < len(folded) <= 120 or folded in NOBODY or folded.startswith("http") or name.casefold() in words("before"):
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
        if metas.get(label, "").strip().casefold().rstrip(" :") in words("label"):
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


# As printed


def _printed(page: Page, ledger: Ledger, headline: Headline, site: str) -> Iterator[tuple[str, Element | Line]]:
    """Candidates, best first: each way of printing a byline gives names with what speaks against them."""
    head = page.line_of[headline.el.t0] if headline.el is not None else -1
    zone = [line for line in page.lines[max(0, head - ABOVE) : head + 1 + ZONE] if not in_comments(ledger, line)]
    text = _text_begins(page, head)
    found = [
        *_by_markup(page, ledger, head, text),
        *_by_words(page, zone, head, text),
        *_by_dates(page, zone, head),
        *_by_links(page, ledger, [line for line in zone if line.ordinal < text], head),
    ]
    if not any(_is_somebody(name, site) for _, name, _ in found):
        found = list(_below(page, ledger, head))
    for _, name, el in sorted(found, key=lambda f: f[0]):
        if _is_somebody(name, site):
            yield name, el


Candidate = tuple[float, str, Element | Line]


def _by_markup(page: Page, ledger: Ledger, head: int, text: int) -> Iterator[Candidate]:
    """Elements that a class, `rel` or `itemprop` calls the author; below the text they are mostly another post's."""
    for el in _marked(page, head):
        if el.t1 - el.t0 > 12 or in_comments(ledger, el):
            continue
        name, bare = _name_in(page, el)
        if name:
            away = page.line_of[el.t0] - head if head >= 0 else 0
            near = 0 <= away <= 2 * ZONE or -ABOVE <= away < 0
            doubt = 0.6 * (not bare and not looks_like_name(first_of(name))) + 1.2 * (page.line_of[el.t0] > text)
            yield abs(away) / 100 - 2 * near - bare - ("rel" in el.attrs) + doubt, name, el


def _name_in(page: Page, el: Element) -> tuple[str, bool]:
    """The name that such an element prints, and whether words before it sign; of a box on the author its first line."""
    parts = [page.text_between(max(line.t0, el.t0), min(line.t1, el.t1)) for line in page.lines_of(el)]
    text = " | ".join(parts)
    bare = strip_by(text[:LONG])
    if bare:
        return bare, True
    if dated(text):
        return _beside_date(page, page.lines[page.line_of[el.t0]]) or "", False
    if len(parts) > 1 and looks_like_name(parts[0]):
        return parts[0], False
    return (cut_name(text) if len(text) <= MAX_NAME and opening(text) is None else ""), False


def _by_words(page: Page, zone: list[Line], head: int, text: int) -> Iterator[Candidate]:
    """Lines near the headline that begin with "by"; below the text they are mostly another post's."""
    for line in zone:
        if not begins(line.text):
            continue
        away = abs(line.ordinal - head) / 100 + 1.2 * (line.ordinal > text)
        name, el = _signature(page, line)
        if name and not _is_one_of_many(page, line, head):
            yield -2.2 + away, name, el
        elif line.ordinal > head and (name := lone_signer(line.text) or login_alone(line.text)):
            yield -1.4 + away, name, line


def _is_one_of_many(page: Page, line: Line, head: int) -> bool:
    """Whether "by Ann Lee" heads one of several texts of a post, below its lede: others follow, each with prose below it."""
    if all(count_words(other.text) < FEW for other in page.lines[head + 1 : line.ordinal]):
        return False
    first = line.text.split(maxsplit=1)[0]
    heads = set()
    for other, below in pairwise(page.lines[head + 1 :][: 4 * MANY]):
        if other.text.startswith(first) and begins(other.text) and count_words(below.text) > PROSE:
            heads.add(signer(other.text))
    return len(heads - {""}) > 2 and signer(line.text) in heads


def _by_links(page: Page, ledger: Ledger, above: list[Line], head: int) -> Iterator[Candidate]:
    """Names behind words that sign in the middle of a line, and links to an author's page: both `above` the text alone."""
    for line in above:
        if inner := signed_within(page, line):
            yield -1.9 + abs(line.ordinal - head) / 100, *inner
    found = list(at_an_author(page, ledger, above))
    several = len({page.line_of[link.t0] for _, link, sure in found if sure}) > 1  # then they are who is spoken of
    for name, link, sure in found:
        away = page.line_of[link.t0] - head
        if not several or 0 < away <= 3:
            yield -1.2 - 0.6 * sure + abs(away) / 100, name, link


def _text_begins(page: Page, head: int) -> int:
    """The ordinal of the second line of prose below the headline, since the first may be a standfirst."""
    prose = (line.ordinal for line in page.lines[head + 1 : head + 1 + 2 * ZONE] if count_words(line.text) > PROSE)
    next(prose, None)
    return next(prose, len(page.lines))


def _signature(page: Page, line: Line) -> tuple[str, Line]:
    """The name that a line signs with, on it or, where it is a label alone, on the next."""
    if len(line.text) < 30 and is_label(line.text) and line.ordinal + 1 < len(page.lines):
        after = page.lines[line.ordinal + 1]
        return (after.text if looks_like_name(after.text) or is_eastern(after.text) else ""), after
    return signer(line.text), line


def _by_dates(page: Page, zone: list[Line], head: int) -> Iterator[Candidate]:
    """A name beside the date below the headline, on its line ("Ann Lee - 3 May 2020") or shortly before."""
    for line in zone:
        above = head - 2 <= line.ordinal < head and bool(dated(line.text))  # what stands there may be of another post
        if not (above or head < line.ordinal <= head + ABOVE) or len(line.text) > LONGEST or not _FIGURE.search(line.text):
            continue
        name = _beside_date(page, line)
        if name is None:
            continue
        for before in reversed(page.lines[max(head + 1, line.ordinal - 2) : max(0, line.ordinal)]):
            name = name or (before.text if " " in before.text and looks_like_name(before.text) else "")
            line = line if name and name != before.text else before
        for after in page.lines[max(head, line.ordinal) + 1 :][:2] if not name else ():
            handle = _HANDLE.fullmatch(after.text)
            if handle or _stands_alone(page, after):
                name, line = handle[1] if handle else after.text, after
                break
        if name:
            yield -1.5, name, line


def _stands_alone(page: Page, line: Line) -> bool:
    """Whether a line below the date is a plain name, and none of the lines below it is: else it is one of many who answer."""
    if not _is_plain_name(page, line):
        return False
    return not any(_is_plain_name(page, other) for other in page.lines[line.ordinal + 1 :][:MANY])


def _is_plain_name(page: Page, line: Line) -> bool:
    short = len(line.text) <= MAX_NAME and " " in line.text and not line.el.marks & HEADING
    return short and looks_like_name(line.text) and not page.is_bold(line)


def _beside_date(page: Page, line: Line) -> str | None:
    """The name on a line with a date, whatever else stands there; "" where there is none, None without a date."""
    apart = " | ".join(page.texts[line.t0 : line.t1])  # spans that a style sheet sets apart
    dated = False
    for text in dict.fromkeys((line.text, apart)):
        date = find_date(text)
        if date is None or len(date.iso) < 10 or date.approximate:
            continue
        dated = True
        for rest in (text[date.end :], text[: date.start]):
            name = strip_by(rest)
            if name and (looks_like_name(first_of(name)) or is_eastern(name) or lone_signer(f"{rest} 1")):
                return name
            for piece in _PIECES.split(rest):
                if handle := _HANDLE.fullmatch(piece.strip()):
                    return handle[1]
                name = strip_by(piece) or piece.strip(" :.,")
                if " " in name and looks_like_name(name):
                    return name
    return "" if dated else None


def _below(page: Page, ledger: Ledger, head: int) -> Iterator[Candidate]:
    """The first line below the post that signs it, above what readers wrote; or one in the foot of the page."""
    for line in page.lines[head + 1 + ZONE : -40] + page.lines[-40:]:
        if len(line.text) >= 2 * LONGEST:
            continue
        if in_comments(ledger, line):
            break
        if begins(line.text):
            name, el = _signature(page, line)
            if (name or (name := lone_signer(line.text))) and not _is_one_of_many(page, line, head):
                yield 0.0, name, el
                return
        elif line.t1 - line.t0 > 1 and _is_told_apart(ledger, line) and (inner := signed_within(page, line)):
            yield 0.0, *inner
            return
    if only := the_one_author(page, ledger, head):
        yield 0.0, *only


def _is_told_apart(ledger: Ledger, line: Line) -> bool:
    """Whether a line is no part of the text: furniture, or several facts with bars between them."""
    return ledger.marks[line.t0][:1] == "-" or _PARTED.search(line.text) is not None


@lru_cache(maxsize=1 << 15)
def _is_byline_class(attribute: str) -> bool:
    low = attribute.lower()  # few classes have one of these in them, and only those are looked at closely
    if not _HINT.search(low):
        return False
    return bool(_CLASSED.search(low) and not _NOT_CLASSED.search(low))


def _marked(page: Page, head: int) -> Iterator[Element]:
    for attribute, group in page.by_class.items():
        if _is_byline_class(attribute):
            group = [el for el in group if el.t1 > el.t0]
            if len(group) < 3 or len({page.text_of(el) for el in group}) == 1:  # what comes oftener is not the post's own
                yield from [el for el in group if not el.marks & HEADING or _may_sign(page, el, head)][:1]
    for el in page.by_tag.get("a", ()):
        if "rel" in el.attrs and "author" in el.get("rel") and el.t1 > el.t0:
            yield el
    for el in page.by_attr.get("itemprop", ()):
        if el.attrs["itemprop"] == "author" and el.t1 > el.t0:
            yield el


def _may_sign(page: Page, el: Element, head: int) -> bool:
    """Whether a heading stands right under the headline, as a byline set in one does, or heads a box on the author."""
    if not any(tag in ("h3", "h4", "h5", "h6") for tag in (el.tag, *(up.tag for up in el.above()))):
        return False
    return 0 < page.line_of[el.t0] - head <= 2 or looks_like_name(page.text_of(el))
