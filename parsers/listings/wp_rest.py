"""What WordPress's own interface announces: `/wp-json/wp/v2/posts`, and the public interface of WordPress.com. Pure.

Both give the time of each post's last change, which no feed of WordPress does.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import NotAFeed
from ..model import Capture, Listing
from .addresses import iso, listing, with_query

_NEXT = re.compile(r"<([^<>]{1,2048})>\s{0,5};[^,<>]{0,200}\brel=\"?next\b", re.I)


def read_posts(capture: Capture) -> Listing:
    """Addresses of posts, latest change first, and the next page of them. Raises NotAFeed."""
    try:
        data = json.loads(capture.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise NotAFeed(capture.url, "it is no JSON, so not WordPress's interface") from None
    base = capture.final_url or capture.url
    if isinstance(data, list):
        return listing(base, [_post(item, "link", "modified_gmt", "date_gmt") for item in data], _next_page(capture, base))
    if isinstance(data, dict) and isinstance(data.get("posts"), list):
        return listing(base, [_post(item, "URL", "modified", "date") for item in data["posts"]], _next_handle(data, base))
    said = data.get("message") or data.get("code") if isinstance(data, dict) else None
    raise NotAFeed(capture.url, f"WordPress's interface says: {str(said)[:200]}" if said else "it is JSON, but lists no posts")


def _post(item: Any, link: str, *dates: str) -> tuple[str, str]:
    if not isinstance(item, dict):
        return "", ""
    return str(item.get(link) or ""), next((day for date in dates if (day := iso(str(item.get(date) or "")))), "")


def _next_page(capture: Capture, base: str) -> list[str]:
    """From the Link header, else from the number of pages."""
    found = _NEXT.search(capture.header("link"))
    if found:
        return [found[1]]
    here = dict(parse_qsl(urlsplit(base).query)).get("page", "1")
    pages = capture.header("x-wp-totalpages")
    if here.isdigit() and pages.isdigit() and len(pages) < 9 and int(here[:9]) < int(pages):
        return [with_query(base, page=str(int(here[:9]) + 1))]
    return []


def _next_handle(data: dict[str, Any], base: str) -> list[str]:
    """WordPress.com hands out a token for the next page (developer.wordpress.com, GET /sites/$site/posts/)."""
    meta = data.get("meta")
    handle = meta.get("next_page") if isinstance(meta, dict) else None
    return [with_query(base, page_handle=str(handle))] if handle else []


def posts_address(root: str) -> str:
    """Where a site's posts are listed, from the root that its pages name in `<link rel="https://api.w.org/">`.

    >>> posts_address("https://blog.example/wp-json/")
    'https://blog.example/wp-json/wp/v2/posts?per_page=100&orderby=modified&_fields=link%2Cdate_gmt%2Cmodified_gmt'
    >>> posts_address("https://blog.example/?rest_route=/").partition("&")[0]
    'https://blog.example/?rest_route=%2Fwp%2Fv2%2Fposts'
    """
    return _route(root, "posts", per_page="100", orderby="modified", _fields="link,date_gmt,modified_gmt")


def comments_address(root: str) -> str:
    """Where a site's newest comments are listed; each announces its post."""
    return _route(root, "comments", per_page="100", _fields="link,date_gmt")


def _route(root: str, what: str, **asked: str) -> str:
    route = dict(parse_qsl(urlsplit(root).query)).get("rest_route")
    if route is not None:
        return with_query(root, rest_route=f"{route.rstrip('/')}/wp/v2/{what}", **asked)
    return with_query(f"{root.rstrip('/')}/wp/v2/{what}", **asked)
