"""Addresses as identities: which two of them are the same page. Pure.

Nothing here says how an address is fetched or shown; `page_key` is only ever compared.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_DOTS = str.maketrans("。．｡", "...")
# What says where a reader came from, or which comment they are answering, and leaves the page as it is.
_TRACKING = re.compile(r"(?:utm_\w*|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|replytocom)", re.I)


@lru_cache(maxsize=4096)
def page_key(url: str) -> str:
    """What two addresses of one page have in common.

    Host in lower case and as ASCII (IDNA), no userinfo, no default port, no fragment, no tracking parameters, escapes
    written one way. http and https are one page: a blog that moves to https moves every post, and a history that began
    anew on that day would show each statement as added again; two different posts on one host, told apart by the scheme
    alone, have not been seen. `www.` and a slash at the end do tell pages apart, since servers do.

    >>> page_key("HTTP://user:pw@Blog.Example:80/a%7eb?utm_source=x&p=1#more")
    'blog.example/a~b?p=1'
    >>> page_key("https://faß.example/?fbclid=7"), page_key("file:///tmp/A.html")
    ('xn--fa-hia.example/', 'file:///tmp/A.html')
    """
    parts = _split(url)
    if parts is None:
        return url.strip()
    scheme, path = parts.scheme.lower(), _path(parts.path)
    query = "&".join(item for item in _escaped(parts.query, "?/").split("&") if item and not _is_tracking(item))
    rest = path + (f"?{query}" if query else "")
    if scheme in _PORTS:
        return host_of(url) + (rest if rest.startswith("/") else f"/{rest}")
    return f"{scheme}://{host_of(url)}{rest}"


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Host and port, as `page_key` writes them; ``""`` where there is none.

    >>> host_of("https://Blog.Example.:443/x"), host_of("http://[::1]:8080/")
    ('blog.example', '[::1]:8080')
    """
    parts = _split(url)
    if parts is None:
        return ""
    host = ".".join(map(_label, (parts.hostname or "").translate(_DOTS).rstrip(".").split(".")))
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if port is None or port == _PORTS.get(parts.scheme.lower()) else f"{host}:{port}"


def same_site(a: str, b: str) -> bool:
    """True where one publisher answers for both: the same host and port, with or without `www.`.

    >>> same_site("http://www.blog.example/a", "https://blog.example/b"), same_site("http://a.example/", "http://b.example/")
    (True, False)
    """
    return host_of(a).removeprefix("www.") == host_of(b).removeprefix("www.")


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    return parts if parts.scheme else None


def _is_tracking(item: str) -> bool:
    return _TRACKING.fullmatch(item.partition("=")[0]) is not None


def _label(label: str) -> str:
    # Lower case and NFKC, then Punycode: as IDNA 2008 maps, where ß is a letter; Python's "idna" codec makes it ss.
    label = unicodedata.normalize("NFKC", label).lower()
    return label if label.isascii() else "xn--" + label.encode("punycode", "replace").decode("ascii")


def _path(path: str) -> str:
    kept: list[str] = []
    steps = _escaped(path, "/:@").split("/")
    for step in steps:
        if step == "..":
            if len(kept) > 1:
                kept.pop()
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _escaped(text: str, safe: str) -> str:
    return quote(_ESCAPE.sub(_unescape, text), safe=safe + "%!$&'()*+,;=:@~", errors="replace")


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else match[0].upper()
