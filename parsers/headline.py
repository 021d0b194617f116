"""The post's headline and the site's name, told apart by what the page's own sources agree on. Pure.

A site's name stands in front of or behind the headline in `<title>` and `og:title`, and often in an `h1` of its own.
Which `h1` is the headline is put to a vote of the other sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .page import LINK, NAV, Element, Page

_WORD = re.compile(r"\w+")
_SEAM = re.compile(r"\s+(?:[|·•»«–—:/]|--?|::|›|<|>)\s+|\s*[|»«]\s*|(?<=\w):\s+")
MAX_TITLE = 300


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
    heads = [(el, _fold(page.text_of(el))) for el in _headings(page)]
    votes = [_votes(page, el, text, said, site) for el, text in heads]
    if votes and max(votes) > 0:
        el, text = heads[votes.index(max(votes))]
        return Headline(strip_site(text, site), el, site)
    text = min((strip_site(s, site) for s in said), key=len, default="")
    if not text and heads:
        return Headline(heads[0][1], heads[0][0], site)
    return Headline(text, next((el for el, head in heads if letters(head) == letters(text)), None), site)


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


def _headings(page: Page) -> list[Element]:
    """Where a headline may be printed: every `h1`, then the first `h2` to `h4`."""
    found = [el for el in page.by_tag.get("h1", ()) if el.t1 > el.t0]
    for tag in ("h2", "h3", "h4"):
        found += [el for el in page.by_tag.get(tag, ()) if el.t1 > el.t0][:12]
    return found[:60]


def _votes(page: Page, el: Element, text: str, said: list[str], site: str) -> float:
    """How much speaks for a heading to be the headline; 0 or less where nothing does."""
    own = letters(text)
    if len(own) < 2 or own == letters(site) or len(text) > MAX_TITLE - 1:
        return 0.0
    votes = 0.0
    for title in said:
        whole, bare = letters(title), letters(strip_site(title, site))
        if own in (whole, bare):
            votes += 3
        elif len(own) > 7 and own in whole:
            votes += 2 * len(own) / len(whole)
        elif len(bare) > 7 and bare in own:
            votes += 1.5
        else:
            votes += 1.2 * _shared(text, title) - 0.6
    if el.tag == "h1":
        votes += 1.0 if not said else 0.5
        votes -= 1.5 * _is_site_link(page, el)
    elif el.tag != "h1" and votes < 2:
        return 0.0
    if el.marks & NAV:
        votes -= 2
    return votes


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
    anchor = next((up for up in (home, *home.above()) if up.tag == "a"), None)
    href = anchor.get("href").strip() if anchor else ""
    path = re.sub(r"^(?:https?:)?//[^/]+", "", href).partition("?")[0].partition("#")[0]
    return path in ("", "/", "./", "index.html", "/index.html") or bool(anchor and "home" in anchor.get("rel").split())


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
    others = [title for title in said if title != whole]
    others += [_fold(page.text_of(el)) for el in page.by_tag.get("h1", ())]
    for title in others:
        if len(title) > 7 and title in whole and title != whole:
            rest = whole.replace(title, "").strip(" |-–—:·•»«/")
            if 1 < len(rest) < 60:
                return rest
    return ""


def strip_site(title: str, site: str) -> str:
    """A title without the site's name before or behind it.

    >>> strip_site("Nine ways to bake | The Oven", "The Oven"), strip_site("Oven: bread", "Oven")
    ('Nine ways to bake', 'bread')
    >>> strip_site("Bread - and why", "Oven")
    'Bread - and why'
    """
    wanted = letters(site)
    if not wanted:
        return title
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
