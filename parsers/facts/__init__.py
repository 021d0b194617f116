"""What the page says about the post: title, blogger, date, language, platform, address, tags. Pure.

Each fact is asked of several sources, the page's head and what it prints, and the printed one wins where the two
differ in more than spelling. The lines that print them are claimed, so that they are nobody's statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..ledger import Ledger
from ..model import Comment
from ..page import QUOTE, Element, Line, Page
from .editor import find_editor
from .fingerprint import platform_of
from .headline import Headline, find_headline, letters
from .language import language_of
from .published import LABEL, find_published, lines_of_dates
from .signed import dated

BYLINE = "byline of the post"
LONGEST_BIO = 800  #: letters


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
        title = _first_line(page)
        if title:
            ledger.claim(page.lines[0].t0, page.lines[0].t1, "title")
        return Facts(title=title, language=language_of(page))
    headline = find_headline(page)
    editor, byline = find_editor(page, ledger, headline)
    address, language = _canonical(page), language_of(page)
    published = find_published(page, ledger, headline, address or page.url, language)
    tags = [el for el in page.by_tag.get("a", ()) if "rel" in el.attrs and "tag" in el.get("rel").split()]
    if headline.el is not None:
        ledger.claim(headline.el.t0, headline.el.t1, "title")
        _claim_again(page, ledger, headline.text)
    if byline is not None:
        _claim_line(page, ledger, byline, BYLINE)
        _claim_bio(page, ledger, byline, editor)
        _claim_name(page, ledger, headline, editor)
    for line in (*published.lines, *lines_of_dates(page, ledger, language)):
        ledger.claim(line.t0, line.t1, "date")
        before = page.lines[max(0, line.ordinal - 1)]
        if len(before.text) < LABEL and dated(f"{before.text} "):
            ledger.claim(before.t0, before.t1, "date")
    platform, named = platform_of(page), _tags(page, tags)
    return Facts(headline.text, editor, published.iso, language, platform, address, named, headline.site, published.notes)


def of_a_thread(facts: Facts, comments: Sequence[Comment]) -> Facts:
    """The facts of a page that is a thread and nothing else: who wrote the first entry, and when, began it."""
    if not comments:
        return facts
    first = comments[0]
    return replace(facts, editor=first.author or facts.editor, published_at=first.posted_at or facts.published_at)


def _first_line(page: Page) -> str:
    """The title of a plain text: its first line, where that is short enough for one."""
    return page.lines[0].text if page.lines and len(page.lines[0].text) < 200 else ""


def _claim_again(page: Page, ledger: Ledger, title: str) -> None:
    """The headline printed again, in a trail of links or above the text, is still the headline."""
    folded = letters(title)
    for line in page.lines:
        if len(line.text) == len(title) and not line.el.marks & QUOTE and letters(line.text) == folded:
            ledger.claim(line.t0, line.t1, "title again")


def _claim_bio(page: Page, ledger: Ledger, byline: Element | Line, editor: str) -> None:
    """What the byline opens about the same person: the name again, a sentence that begins with it."""
    at = page.line_of[byline.t0]
    first = editor.split(" ")[0]
    last = at
    for line in page.lines[at + 1 : at + 9]:
        if line.text == editor or (
            len(line.text) < LONGEST_BIO and line.text.startswith((f"{editor} ", f"{first} is ", f"{first} has "))
        ):
            last = line.ordinal
        elif len(line.text) > 60:
            break
    for line in page.lines[at + 1 : last + 1]:
        ledger.claim(line.t0, line.t1, BYLINE)


def _claim_name(page: Page, ledger: Ledger, headline: Headline, editor: str) -> None:
    """The blogger's name right below the headline, with a word beside it ("Ann Lee · Follow"), wherever else it stands."""
    if headline.el is None:
        return
    at = page.line_of[headline.el.t1 - 1]
    for line in page.lines[at + 1 : at + 4]:
        if line.text.startswith(editor) and len(line.text) < len(editor) + 15:
            ledger.claim(line.t0, line.t1, BYLINE)


def _claim_line(page: Page, ledger: Ledger, el: Element | Line, what: str) -> None:
    """Claim a line, or an element that is all of its line or most of it, else only itself."""
    line = page.lines[page.line_of[el.t0]]
    if len(line.text) < 140:
        ledger.claim(line.t0, line.t1, what)
    elif el.t1 - el.t0 < 12:
        ledger.claim(el.t0, el.t1, what)


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
    unique: dict[str, str] = {}
    for name in tidy:
        if name and len(name) < 80:
            unique.setdefault(letters(name), name)
    return tuple(unique.values())[:40]
