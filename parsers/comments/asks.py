"""Where the rest of a thread can be had: WordPress's interface, comment pages, feeds, and what the systems that show
their comments by script answer. Pure: these are addresses, and nothing is fetched.

Sources: WordPress REST handbook (comments), the WordPress.com API, Blogger's feeds, Isso's, Ghost's and Substack's
own scripts, Disqus's embed page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode, urljoin, urlsplit

from ..model import Want
from ..page import Page

PER_PAGE = 100  # what WordPress gives at most
MOST_PIECES = 20
_POST_LINK = re.compile(r"/wp/v2/(?:posts|pages)/(\d+)|%2Fwp%2Fv2%2F(?:posts|pages)%2F(\d+)")
_SHORTLINK = re.compile(r"[?&]p(?:age_id)?=(\d+)")
_BODY_ID = re.compile(r"(?:postid|page-id)-(\d+)")
_SUBSTACK = re.compile(rb'post_id\\?"\s*:\s*(\d+)|"post\\?"\s*:\s*\{\\?"id\\?"\s*:\s*(\d+)')
_DISQUS = re.compile(r"//([\w-]+)\.disqus\.com/")
_DISQUS_VALUE = re.compile(
    rb"""disqus_?(shortname|identifier|url)['"]?\s*[=:]\s*['"]([^'"\\]{1,300})['"]"""
    rb"""|this\.page\.(identifier|url)\s*=\s*['"]([^'"\\]{1,300})['"]""",
    re.I,
)


def rest_wants(page: Page) -> Iterator[Want]:
    """The interfaces that answer with all comments of this page, as far as the page announces them."""
    api = next((link.get("href") or "" for link in page.links if link.get("rel") == "https://api.w.org/"), "")
    number = wordpress_id(page)
    if api and number:
        yield Want(_rest(page.absolute(api), number, 1), "comments-api")
    elif number and page.metas.get("generator", "").strip().lower() == "wordpress.com":
        host = urlsplit(page.url).hostname or ""
        if "." in host:
            query = urlencode({"number": PER_PAGE, "order": "ASC", "page": 1})
            yield Want(
                f"https://public-api.wordpress.com/rest/v1.1/sites/{host}/posts/{number}/replies/?{query}", "comments-api"
            )
    feed = _blogger_feed(page)
    if feed:
        yield Want(f"{feed}?alt=json&max-results=500", "comments-api")


def _rest(api: str, number: str, place: int) -> str:
    join = "&" if "rest_route=" in api else "?"
    return f"{api.rstrip('/')}/wp/v2/comments{join}post={number}&per_page={PER_PAGE}&page={place}&order=asc"


def wordpress_id(page: Page) -> str:
    """The post's number, or ``""``: from the link to its JSON, the short link or the body's class."""
    for link in page.links:
        match = _POST_LINK.search(link.get("href") or "")
        if match is not None:
            return match[1] or match[2]
    for link in page.links:
        if link.get("rel") == "shortlink":
            match = _SHORTLINK.search(link.get("href") or "")
            if match is not None:
                return match[1]
    match = _BODY_ID.search(page.body_attrs.get("class") or "")
    return match[1] if match is not None else ""


def _blogger_feed(page: Page) -> str:
    """The address of the post's own comment feed."""
    for link in page.links:
        href = link.get("href") or ""
        if href.endswith("/comments/default") and re.search(r"/feeds/\d+/comments/default$", href):
            return page.absolute(href)
    return ""


def feed_want(page: Page) -> Want | None:
    """The post's own comment feed: the last ten comments and pings, where nothing better can be had."""
    here = urlsplit(page.url).path.rstrip("/")
    for link in page.links:
        if "alternate" in (link.get("rel") or "") and (link.get("type") or "") in (
            "application/rss+xml",
            "application/atom+xml",
        ):
            url = page.absolute(link.get("href") or "")
            path = urlsplit(url).path.rstrip("/")
            if here and path in (f"{here}/feed", f"{here}/feed/atom", f"{here}/comments/feed"):
                return Want(url, "comments-feed")
    return None


def external_wants(page: Page, system: str) -> Iterator[Want]:
    """What to ask of the system that shows this page's comments by script."""
    asked = _ASKS.get(system)
    url = asked(page) if asked is not None else ""
    if url:
        yield Want(url, "comments-api")


def _isso(page: Page) -> str:
    script = next((script for script in page.scripts if script.get("data-isso")), None)
    if script is None:
        return ""
    endpoint = page.absolute((script.get("data-isso") or "").rstrip("/") + "/")
    thread = page.by_id.get("isso-thread")
    uri = (thread.get("data-isso-id") if thread is not None else "") or urlsplit(page.url).path
    return f"{endpoint}?uri={quote(uri, safe='')}"


def _ghost(page: Page) -> str:
    script = next((script for script in page.scripts if "data-ghost-comments" in script), None)
    number = (script.get("data-post-id") or "") if script is not None else ""
    return urljoin(page.url, f"/members/api/comments/post/{number}/?limit={PER_PAGE}&page=1") if number else ""


def _substack(page: Page) -> str:
    parts = _around(page.capture.body, (b"post_id", b'"post\\":{', b'"post":{'))
    match = next((found for part in parts if (found := _SUBSTACK.search(part)) is not None), None)
    number = (match[1] or match[2]).decode() if match is not None else ""
    return urljoin(page.url, f"/api/v1/post/{number}/comments?all_comments=true&sort=oldest_first") if number else ""


def _disqus(page: Page) -> str:
    known: dict[str, str] = {}
    for part in _around(page.capture.body, (b"disqus_", b"disqusS", b"this.page.")):
        for match in _DISQUS_VALUE.finditer(part):
            known.setdefault((match[1] or match[3]).decode().lower(), (match[2] or match[4]).decode("utf-8", "replace"))
    for script in page.scripts:
        found = _DISQUS.search(script.get("src") or "")
        if found is not None:
            known.setdefault("shortname", found[1])
    if "shortname" not in known:
        return ""
    query = {
        "base": "default",
        "f": known["shortname"],
        "t_i": known.get("identifier", ""),
        "t_u": known.get("url") or page.url,
    }
    return "https://disqus.com/embed/comments/?" + urlencode({key: value for key, value in query.items() if value})


def _around(body: bytes, marks: tuple[bytes, ...]) -> Iterator[bytes]:
    """Short pieces of a page's source after some marks: its scripts are long, and what is looked for is not."""
    for mark in marks:
        at = body.find(mark)
        for _ in range(MOST_PIECES):
            if at < 0:
                break
            yield body[at : at + 400]
            at = body.find(mark, at + 1)


_ASKS = {"isso": _isso, "ghost": _ghost, "substack": _substack, "disqus": _disqus}


def following(url: str, param: str, place: int) -> str:
    """The same address with another page number.

    >>> following("https://a.example/wp-json/wp/v2/comments?post=3&page=1&order=asc", "page", 2)
    'https://a.example/wp-json/wp/v2/comments?post=3&page=2&order=asc'
    """
    return re.sub(rf"(?<=[?&]){param}=\d+", f"{param}={place}", url)
