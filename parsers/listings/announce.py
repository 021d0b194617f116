"""What a blog's pages say about where its posts are announced: feeds, WordPress's interface, the engine. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Capture
from ..page import Page, open_page
from .addresses import absolute

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_COMMENTS = re.compile(r"/comments/|comments?[-_/.]?(?:feed|rss|atom)|[?&]feed=comments", re.I)
_COMMENT_TITLE = re.compile(
    r"\b(?:comments?|kommentare?|commentaires|comentarios|comentários|commenti|reacties|komentarze|komentari|комментарии)\b",
    re.I,
)
_SINGLE = re.compile(r"(?:^|\s)(?:single|single-post|item-view|page-template-default)(?:\s|$)")  # WordPress and Blogger
_API = re.compile(r"<([^<>]{1,2048})>\s{0,5};\s{0,5}rel=\"https://api\.w\.org/\"", re.I)


@dataclass(frozen=True, slots=True)
class Announced:
    """What a page says about the site that it belongs to."""

    title: str = ""
    feeds: tuple[str, ...] = ()  #: of posts, in the page's order
    api: str = ""  #: the root of WordPress's interface
    engine: str = ""  #: `<meta name=generator>`
    article: bool = False  #: the page says that it is a single post


def read_announced(capture: Capture) -> Announced:
    """Read a page's announcements. Raises ParseError where it is no page."""
    page = open_page(capture)
    feeds = dict.fromkeys(address for link in page.links if (address := _feed(page, link)))
    title = page.metas.get("og:site_name") or page.title_tag
    article = page.metas.get("og:type", "").lower() == "article" or _SINGLE.search(page.body_attrs.get("class") or "")
    return Announced(title, tuple(feeds), _api(page), page.metas.get("generator", ""), bool(article))


def _feed(page: Page, link: dict[str, str | None]) -> str:
    """The address of a feed of posts, or ``""``."""
    rel, kind, href = ((link.get(name) or "").strip() for name in ("rel", "type", "href"))
    if "alternate" not in rel.lower().split() or kind.lower() not in FEEDS or not href:
        return ""
    if _COMMENTS.search(href) or _COMMENT_TITLE.search(link.get("title") or ""):
        return ""
    return absolute(page.url, page.absolute(href))


def _api(page: Page) -> str:
    head = _API.search(page.capture.header("link"))
    links = [head[1]] if head else [link.get("href") or "" for link in page.links if link.get("rel") == "https://api.w.org/"]
    return absolute(page.url, page.absolute(links[0])) if links else ""
