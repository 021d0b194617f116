"""What the page says about the post: title, blogger, date, language, platform, address, tags. Pure.

Each fact is asked of several sources, the page's head and what it prints, and the printed one wins where the two
differ in more than spelling. The lines that print them are claimed, so that they are nobody's statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .editor import find_editor
from .fingerprint import platform_of
from .headline import Headline, find_headline, letters
from .language import language_of
from .ledger import Ledger
from .page import Element, Page


@dataclass(frozen=True, slots=True)
class Facts:
    """The post's own facts, as printed. Absent facts are empty, never guessed."""

    title: str = ""
    editor: str = ""  #: the blogger: who wrote the post; several are joined by "and"
    published_at: str = ""  #: ISO 8601 in the page's precision, with an offset only where it is known
    language: str = ""  #: BCP 47, lower case: "en", "pt-br"
    platform: str = ""  #: "wordpress.com", "blogger"
    canonical: str = ""  #: absolute
    tags: tuple[str, ...] = ()
    site: str = ""  #: the site's or blog's name
    notes: tuple[str, ...] = ()  #: where a fact is a last resort


def read_facts(page: Page, ledger: Ledger) -> Facts:
    """Read the facts, and claim the post's title, byline, date and tags in the ledger."""
    if page.tree is None:
        return Facts(title=_first_line(page), language=language_of(page))
    headline = find_headline(page)
    editor, byline = find_editor(page, ledger, headline)
    published, notes = _published(page, headline)
    tags = [el for el in page.by_tag.get("a", ()) if "rel" in el.attrs and "tag" in el.get("rel").split()]
    if headline.el is not None:
        ledger.claim(headline.el.t0, headline.el.t1, "title")
    if byline is not None:
        _claim_line(page, ledger, byline, "byline of the post")
    address, language, platform = _canonical(page), language_of(page), platform_of(page)
    return Facts(headline.text, editor, published, language, platform, address, _tags(page, tags), headline.site, notes)


def _first_line(page: Page) -> str:
    """The title of a plain text: its first line, where that is short enough for one."""
    return page.lines[0].text if page.lines and len(page.lines[0].text) < 200 else ""


def _claim_line(page: Page, ledger: Ledger, el: Element, what: str) -> None:
    """Claim an element that is all of its line or most of it, else only itself."""
    line = page.lines[page.line_of[el.t0]]
    if len(line.text) < 120:
        ledger.claim(line.t0, line.t1, what)
    elif el.t1 - el.t0 < 12:
        ledger.claim(el.t0, el.t1, what)


# Dates

_ISO = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)")
_DATE_METAS = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "og:publish_date", "publish_date",
    "publish-date", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "sailthru.date", "parsely-pub-date",
    "pubdate", "publishdate", "citation_publication_date", "citation_online_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip


def read_iso(text: str) -> str:
    """An ISO 8601 date or time at the beginning of a text, tidied, or ``""``.

    >>> read_iso("2024-03-08T13:55:19.000Z"), read_iso("2024-03-11T10:34:00-0700"), read_iso("2024-03-08 and on")
    ('2024-03-08T13:55:19+00:00', '2024-03-11T10:34:00-07:00', '2024-03-08')
    """
    match = _ISO.match(text)
    if not match or not ("01" <= match[2] <= "12" and "01" <= match[3] <= "31"):
        return ""
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if not match[4]:
        return day
    offset = match[7] or ""
    offset = "+00:00" if offset in ("Z", "UTC") else offset if ":" in offset or not offset else f"{offset[:3]}:{offset[3:]}"
    return f"{day}T{match[4]}:{match[5]}" + (f":{match[6]}" if match[6] else "") + offset


def _published(page: Page, headline: Headline) -> tuple[str, tuple[str, ...]]:
    for text in _dates(page, headline):
        if found := read_iso(text):
            return found, ()
    match = _IN_ADDRESS.search(_canonical(page) or page.url)
    if match:
        return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}", ("the date is the one in the address",)
    return "", ()


def _dates(page: Page, headline: Headline) -> Iterator[str]:
    for wanted in (("Article", "Posting", "Review"), ("",)):
        for item in page.ld:
            if any(part in str(item.get("@type")) for part in wanted) and isinstance(item.get("datePublished"), str):
                yield item["datePublished"]
    yield from (page.metas[name] for name in _DATE_METAS if name in page.metas)
    times = page.by_tag.get("time", [])
    for el in times:
        if el.get("itemprop") == "datePublished" or "pubdate" in el.attrs or "published" in el.get("class"):
            yield el.get("datetime")
    head = page.line_of[headline.el.t0] if headline.el is not None else 0
    yield from (el.get("datetime") for el in times if el.t1 > el.t0 and -6 <= page.line_of[el.t0] - head <= 14)


# Address, tags


def _canonical(page: Page) -> str:
    for link in page.links:
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return page.absolute(link["href"] or "")
    return page.absolute(page.metas["og:url"]) if page.metas.get("og:url") else ""


def _tags(page: Page, links: list[Element]) -> tuple[str, ...]:
    named = [page.text_of(el) for el in links if el.t1 > el.t0]
    if not named:
        named = [el.get("content") for el in page.by_tag.get("meta", ()) if el.get("property") == "article:tag"]
    if not named:
        named = page.metas.get("news_keywords", "").split(",")
    tidy = (" ".join(name.split()).strip("#, ") for name in named)
    unique = {letters(name): name for name in reversed(list(tidy)) if name and len(name) < 80}
    return tuple(reversed(unique.values()))[:40]
