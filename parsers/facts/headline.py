"""The post's headline and the site's name, told apart by what the page's own sources agree on. Pure.

A site's name stands in front of or behind the headline in `<title>` and `og:title`, and often in an `h1` of its own.
Which `h1` is the headline is put to a vote of the other sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..dates import find_date
from ..page import LINK, NAV, Element, Line, Page
from ..wordcount import count_words, rough_words

_WORD = re.compile(r"\w+")
_SEAM = re.compile(r"\s+(?:[|·•»«–—:/]|--?|::|›|<|>)\s+|\s*[|»«｜│┃‖＞：]\s*|(?<=\w):\s+")
_BETWEEN = " |-–—:·•»«/"  # what parts a site's name from a headline
MAX_TITLE = 300
HOME = 12  #: links at the top of a page, one of which leads to the front page
SHORTEST = 7  #: letters: a line that says so little may say it by chance


@dataclass(frozen=True, slots=True)
class Headline:
    """What the post is called, and where that is printed."""

    text: str = ""
    el: Element | None = None  #: the element that prints it, where one does
    site: str = ""  #: the site's or blog's name


def letters(text: str) -> str:
    """What is left of a title when spelling does not matter.

    >>> letters("Who's there? – A Blog")
    'whosthereablog'
    """
    return "".join(_WORD.findall(text.lower()))


def find_headline(page: Page) -> Headline:
    """The headline as printed, else as the head says without the site's name."""
    said = [_fold(text) for text in _said(page)]
    site = _site(page, said)
    if not site and len({letters(text) for text in said}) == 1 and _is_home_name(page, said[0]):
        site, said = said[0], []  # every page of such a site has the same title: the headline is what the page prints
    bare = [strip_site(text, site) for text in said]
    titles = [_Title(text, letters(text), letters(short), _parts(text)) for text, short in zip(said, bare, strict=True)]
    best, found = 0.0, None
    for el in _headings(page, titles):
        votes = _votes(page, el, titles, letters(site))
        if votes > best:
            best, found = votes, el
    title = min(bare, key=len, default="")
    if found is None:
        printed = _printed(page, titles, letters(site))
        if printed is not None:
            return Headline(strip_site(printed.text, site), _of_line(page, printed), site)
    if found is None and (len({known.whole for known in titles}) < 2 or title.count(" ") < 3):
        found = _only_heading(page, letters(site))
    if found is None:
        return Headline(title or site, None, site)
    text = strip_site(_fold(page.text_of(found)), site)
    for short in bare:
        if short.count(" ") > 1 and text != short:
            before, _, after = text.partition(short)
            if (text.endswith(f" {short}") and not after) or (not before and find_date(after) is not None):
                return Headline(short, found, site)  # what stands around it in the heading is a control, or the date
    return Headline(text, found, site)


def _printed(page: Page, titles: list[_Title], site: str) -> Line | None:
    """The line, no heading, that says what the head says; where that has one title only, one side of a seam in it."""
    known = {part for title in titles for part in (title.whole, title.bare)}
    if len({title.whole for title in titles}) == 1:
        known |= titles[0].parts
    known.discard(site)
    longest = max((len(title.text) for title in titles), default=0)
    best, most = None, SHORTEST
    for line in page.lines:
        if len(line.text) <= longest and not line.el.marks & NAV and len(own := letters(line.text)) > most and own in known:
            best, most = line, len(own)
    return best


def _of_line(page: Page, line: Line) -> Element | None:
    """The element that prints a line and nothing else, where there is one."""
    around = (line.el, page.homes[line.t0], *page.homes[line.t0].above())
    return next((el for el in around if (el.t0, el.t1) == (line.t0, line.t1)), None)


def _only_heading(page: Page, site: str) -> Element | None:
    """The headline where nothing else names it: the one `h1` of some words, else the heading above the most prose."""
    heads = [el for el in page.by_tag.get("h1", ()) if el.t1 > el.t0 and not el.marks & NAV and not _is_site_link(page, el)]
    texts = {letters(text): el for el in reversed(heads) if (text := page.text_of(el)).count(" ") > 2}
    if len(texts) == 1:
        return next(iter(texts.values()))
    first: Element | None = None
    for tags in (("h1", "h2", "h3"), ("h4",)):
        heads = [el for tag in tags for el in page.by_tag.get(tag, ())[:20] if el.t1 > el.t0 and not el.marks & NAV]
        sizes = [(_prose_below(page, el), el) for el in heads if _is_headline(page, el, site)]
        size, best = max(sizes, key=lambda pair: pair[0], default=(0, None))
        if size and ("h1" in tags or sum(size > 0 for size, _ in sizes) == 1):  # of several, each heads a part
            return best
        first = first or (best if "h1" in tags else None)
    return first


def _is_headline(page: Page, el: Element, site: str) -> bool:
    text = page.text_of(el)
    return count_words(text) > 2 and letters(text) != site


def _prose_below(page: Page, el: Element) -> int:
    """Letters of prose between a heading and the next of its rank, not of links, within reason."""
    size = 0
    for line in page.lines[page.line_of[el.t1 - 1] + 1 :][:40]:
        if line.level and line.level <= int(el.tag[1]):
            break
        if (len(line.text) > 80 or rough_words(line.text) > 14) and page.link_share(line.t0, line.t1) < 0.5:
            size += len(line.text)
    return size


class _Title(NamedTuple):
    """A title that the head gives, and its letters."""

    text: str
    whole: str
    bare: str  #: without the site's name
    parts: frozenset[str]  #: the whole, and what stands before and behind each seam


def _parts(title: str) -> frozenset[str]:
    cuts = [(title[: seam.start()], title[seam.end() :]) for seam in _SEAM.finditer(title)]
    return frozenset(letters(part) for part in (title, *(half for cut in cuts for half in cut)))


def _fold(text: str) -> str:
    return " ".join(text.split())[:MAX_TITLE]


def _said(page: Page) -> Iterable[str]:
    """Titles that the page's head gives, best first."""
    metas = page.metas
    for item in page.ld:
        kind = str(item.get("@type"))
        if ("Article" in kind or "Posting" in kind) and isinstance(item.get("headline"), str) and item["headline"].strip():
            yield item["headline"]
            break
    for name in ("og:title", "twitter:title", "dc.title", "headline"):
        if metas.get(name, "").strip():
            yield metas[name]
    if page.title_tag.strip():
        yield page.title_tag


def _headings(page: Page, titles: list[_Title]) -> Iterator[Element]:
    """Where a headline may be printed: every `h1`, and an `h2` to `h4` that says just what the head says."""
    yield from (el for el in page.by_tag.get("h1", ()) if el.t1 > el.t0)
    known: frozenset[str] = frozenset().union(*(title.parts for title in titles))
    for tag in ("h2", "h3", "h4"):
        for el in page.by_tag.get(tag, ())[:12]:
            if el.t1 > el.t0 and letters(page.text_of(el)) in known:
                yield el


def _votes(page: Page, el: Element, titles: list[_Title], site: str) -> float:
    """How much speaks for a heading to be the headline; 0 or less where nothing does."""
    text = _fold(page.text_of(el))
    own = letters(text)
    if len(own) < 2 or own == site or len(text) >= MAX_TITLE:
        return 0.0
    votes = 0.0
    for title in titles:
        if own in (title.whole, title.bare):
            votes += 3
        elif own in title.parts or (len(own) > 7 and own in title.whole):
            votes += 1 + len(own) / len(title.whole) - title.whole.endswith(own) * (el.tag == "h1")
        elif len(title.bare) > 7 and title.bare in own:
            votes += 1.5
        else:
            votes += 1.2 * _shared(text, title.text) - 0.75
    if el.tag == "h1":
        votes += (0.3 if titles else 1.0) - 1.5 * _is_site_link(page, el)
    return votes - 2 * bool(el.marks & NAV)


def _shared(a: str, b: str) -> float:
    """The share of the shorter one's words that the other has."""
    one, two = set(_WORD.findall(a.lower())), set(_WORD.findall(b.lower()))
    small = min(len(one), len(two))
    return len(one & two) / small if small > 1 else 0.0


def _is_site_link(page: Page, el: Element) -> bool:
    """True for a heading that links to the front page, as a blog's name does."""
    home = page.homes[el.t0]
    if not home.marks & LINK:
        return False
    anchor = home.nearest("a")
    href = anchor.get("href").strip() if anchor else ""
    if href[:1] == "#":
        return False
    path = re.sub(r"^(?:https?:)?//[^/]+", "", href).partition("?")[0].partition("#")[0]
    return path in ("", "/", "./", "index.html", "/index.html") or bool(anchor and "home" in anchor.get("rel").split())


def _is_home_name(page: Page, title: str) -> bool:
    """Whether one of the first links leads to the front page and says just this: then it is the site's name."""
    own = letters(title)
    return any(
        el.t1 > el.t0 and el.t1 - el.t0 < 6 and letters(page.text_of(el)) == own and _is_site_link(page, el)
        for el in page.by_tag.get("a", ())[:HOME]
    )


def _is_printed_below(page: Page, text: str, above: Element) -> bool:
    """Whether a smaller heading says just this, below another one."""
    own = letters(text)
    heads = (el for tag in ("h2", "h3", "h4") for el in page.by_tag.get(tag, ())[:12] if el.at > above.at and el.t1 > el.t0)
    return any(letters(page.text_of(el)) == own and not _is_site_link(page, el) for el in heads)


def _site(page: Page, said: list[str]) -> str:
    """The site's name: as it says itself, else what `<title>` has and the other titles have not."""
    metas = page.metas
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        if metas.get(name, "").strip():
            return _fold(metas[name])
    for item in page.ld:
        publisher = item.get("publisher")
        if item.get("@type") == "WebSite" and isinstance(item.get("name"), str):
            return _fold(item["name"])
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return _fold(publisher["name"])
    whole = _fold(page.title_tag)
    heads = [(el, _fold(page.text_of(el))) for el in page.by_tag.get("h1", ()) if el.t1 > el.t0]
    for el, head in heads:
        if head and head in whole and _is_site_link(page, el):
            return head
    for el, head in heads:
        rest = whole[len(head) :].strip(_BETWEEN) if head and whole.startswith(head) else ""
        if len(rest) > len(head) and _is_printed_below(page, rest, el):
            return head
    for title in (*said, *(head for _, head in heads)):
        if len(title) > 7 and title != whole and whole.startswith(title):
            rest = whole[len(title) :].strip(_BETWEEN)
            if 1 < len(rest) < 60:
                return rest
        if len(title) > 7 and title != whole and whole.endswith(title) and title in said:
            rest = whole[: -len(title)].strip(_BETWEEN)
            if 1 < len(rest) < 60:
                return rest
    return ""


_TAIL = re.compile(r"\s+(?:[|·»]|::)\s+[^|·»]{2,40}$")


def strip_site(title: str, site: str) -> str:
    """A title without the site's name before or behind it; without a name, without a short part behind a bar.

    >>> strip_site("Nine ways to bake | The Oven", "The Oven"), strip_site("Oven: bread", "Oven")
    ('Nine ways to bake', 'bread')
    >>> strip_site("Nine ways to bake | The Oven", "")
    'Nine ways to bake'
    >>> strip_site("Bread - and why", "Oven")
    'Bread - and why'
    """
    wanted = letters(site)
    if not wanted:
        short = _TAIL.sub("", title)
        return short if short.count(" ") > 2 else title
    cuts = [(m.start(), m.end()) for m in _SEAM.finditer(title)]
    for start, end in reversed(cuts):
        if _same(letters(title[end:]), wanted) and title[:start].strip():
            return strip_site(title[:start].strip(), site)
    for start, end in cuts:
        if _same(letters(title[:start]), wanted) and title[end:].strip():
            return strip_site(title[end:].strip(), site)
    return title


def _same(part: str, site: str) -> bool:
    short, long = sorted((part, site), key=len)
    return part == site or (len(short) > 3 and short in long and 2 * len(short) > len(long))
