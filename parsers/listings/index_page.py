"""What an index page announces: the posts of a category, a tag or a month, and the next page of them. Pure.

Posts are what the page's headings link to; where no heading links anywhere, the longer links of its main part are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from ..errors import NotAFeed, ParseError
from ..model import Capture, Listing
from ..page import ASIDE, FOOTER, FORM, HEADING, NAV, Element, Page, open_page
from .addresses import absolute, listing

_ELSEWHERE = NAV | ASIDE | FORM | FOOTER
_TITLE = re.compile(r"(?:entry|post|article|story|card|item)[-_]{1,2}title\b", re.I)
#: Paths that lead to lists of posts, or to no post at all.
_LISTS = re.compile(
    r"/(?:tags?|category|categories|kategorie|label|labels|author|authors|archives?|page|feed|rss|search|wp-login\.php"
    r"|wp-admin|wp-content|login|comments?)(?:/|$)|^/(?:\d{4}/?(?:\d{1,2}/?){0,2})?$",
    re.I,
)
_NOT_A_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|css|js|xml)$", re.I)
_REPLY = re.compile(r"[?&](?:replytocom|share|like_comment|print|moderation-hash)=", re.I)
_OLDER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:next|older|nav-previous|blog-pager-older-link|wp-block-query-pagination-next|pager-next)(?:$|[\s_-])"
)
#: How the link to older posts reads, without arrows.
_OLDER = frozenset(
    (
        "older|older posts|older entries|older articles|next|next page|previous posts|previous entries|"
        "previous articles|ältere beiträge|ältere artikel|ältere einträge|nächste seite|"
        "articles plus anciens|messages plus anciens|page suivante|suivant|suivante|entradas antiguas|"
        "entradas más antiguas|entradas anteriores|siguiente|página siguiente|articoli meno recenti|"
        "articoli precedenti|post più vecchi|pagina successiva|posts antigos|postagens mais antigas|"
        "posts anteriores|próxima página|próximo|oudere berichten|oudere posts|volgende|volgende pagina|"
        "starsze wpisy|starsze posty|następna strona|następna|предыдущие записи|более ранние записи|"
        "следующая страница|stariji članci|stariji postovi|sljedeća stranica|sledeća strana|"
        "старији чланци|önceki yazılar|daha eski kayıtlar|sonraki sayfa|過去の投稿|以前の投稿|次のページ|次へ|下一页|较旧的博文"
    ).split("|")
)
_ARROWS = re.compile(r"\W+")
_NUMBER = re.compile(r"^(?P<head>.*?(?:/page/|[?&](?:page|paged)=))(?P<number>\d{1,5})(?P<tail>/?)$")


def read_index(capture: Capture) -> Listing:
    """Addresses of the posts that an index page shows, in its order, and of the next page. Raises NotAFeed."""
    try:
        page = open_page(capture)
    except ParseError as error:
        raise NotAFeed(capture.url, f"it is no index page: {error.reason}") from None
    anchors = [a for a in page.by_tag.get("a", []) if a.get("href")]
    posts = _titles(page, anchors) or _links(page, anchors)
    more = _older(page, anchors)
    if not posts and not more:
        raise NotAFeed(capture.url, "it links to no post, so it is no index page")
    return listing(page.url, [(post, "") for post in posts], more)


def _titles(page: Page, anchors: Iterable[Element]) -> list[str]:
    """What headings and titles link to, on the same site."""
    found = []
    for a in anchors:
        titled = a.marks & HEADING or "bookmark" in a.get("rel").split() or _TITLE.search(a.get("class"))
        if not titled:
            titled = bool(a.parent and _TITLE.search(a.parent.get("class")))
        if titled and not a.marks & (NAV | ASIDE | FORM) and (link := _post(page, a)):
            found.append(link)
    return found


def _links(page: Page, anchors: Iterable[Element]) -> list[str]:
    """The links of the main part that are as long as a title, on the same site."""
    main = (a for a in anchors if not a.marks & _ELSEWHERE and len(page.text_of(a).split()) >= 3)
    return [link for a in main if (link := _post(page, a))]


def _post(page: Page, a: Element) -> str:
    """Where a link leads, if that can be a post of this site; else ``""``."""
    link = absolute(page.url, page.absolute(a.get("href")))
    if not link or link == page.url or _host(link) != _host(page.url):
        return ""
    parts = urlsplit(link)
    bare = not parts.query and _LISTS.search(parts.path)
    return "" if bare or _NOT_A_PAGE.search(parts.path) or _REPLY.search(link) else link


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _older(page: Page, anchors: list[Element]) -> list[str]:
    """The next page of the list: as the head says, as a link is marked, as it reads, or by its number."""
    heads = [link.get("href") or "" for link in page.links if "next" in (link.get("rel") or "").lower().split()]
    marked = [a.get("href") for a in anchors if "next" in a.get("rel").lower().split()]
    classed = [a.get("href") for a in anchors if _OLDER_CLASS.search(_classes(a)) and not _comment_page(a.get("href"))]
    read = [a.get("href") for a in anchors if len(text := page.text_of(a)) < 60 and _words(text) in _OLDER]
    for link in (*heads, *marked, *classed, *read, *_numbered(page, anchors)):
        address = absolute(page.url, page.absolute(link))
        if address and _host(address) == _host(page.url) and address != page.url:
            return [address]
    return []


def _classes(a: Element) -> str:
    return a.get("class") + (" " + a.parent.get("class") if a.parent is not None else "")


def _words(text: str) -> str:
    """A link's text without arrows, in lower case.

    >>> _words("« Older posts")
    'older posts'
    """
    return _ARROWS.sub(" ", text).strip().lower()


def _comment_page(href: str) -> bool:
    return "comment-page-" in href or "cpage=" in href


def _numbered(page: Page, anchors: Iterable[Element]) -> list[str]:
    """The link whose page number is one more than ours."""
    here = _NUMBER.match(page.url)
    number = int(here["number"]) if here else 1
    for a in anchors:
        link = _NUMBER.match(absolute(page.url, page.absolute(a.get("href"))))
        if link and int(link["number"]) == number + 1:
            return [link[0]]
    return []
