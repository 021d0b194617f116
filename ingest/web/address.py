"""Addresses: which can be fetched, whose turn they take, and how they are written down. Pure.

What is stored or logged goes through `public` first: a name and password before the host, a token in the query
and a session in the path belong to the reader, not to the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote_plus, urljoin, urlsplit, urlunsplit

from parsers.errors import BadAddress, NotAllowed
from parsers.urls import host_of as host_of  # whose turn a request takes is told by the name that the archive files pages under

#: Query parameters that grant access. Lower case; compared without `-` and `_`.
SECRETS = frozenset(
    "token accesstoken authtoken apitoken idtoken refreshtoken auth authorization key apikey accesskey secretkey sig signature"
    " password passwd passphrase pwd pass secret clientsecret sessionid sid phpsessid jsessionid aspsessionid hmac"
    " xamzsignature xamzcredential xamzsecuritytoken xgoogsignature xgoogcredential awsaccesskeyid wpnonce nonce previewnonce"
    " jwt bearer credentials".split()
)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid|session_?id)=[^/?#;]*", re.I)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_PORTS = {"http": 80, "https": 443}


def is_secret(name: str) -> bool:
    """True for a query parameter that grants access.

    >>> [is_secret(name) for name in ("access_token", "X-Amz-Signature", "p", "keyword")]
    [True, True, False, False]
    """
    return unquote_plus(name).lower().replace("-", "").replace("_", "") in SECRETS


@lru_cache(maxsize=4096)  # each step of a page's visit wants it anew
def public(url: str) -> str:
    """The address as it may be stored and logged: no userinfo, no secret parameter, no fragment.

    The rest stays as it was written, since servers tell `?a=` from `?a` and `%7E` from `~`.

    >>> public("https://me:pw@blog.example/feed?token=abc&p=12#top")
    'https://blog.example/feed?p=12'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return re.sub(r"//[^/?#]*@", "//", url.partition("?")[0])
    host = parts.netloc.rpartition("@")[2]
    query = "&".join(pair for pair in parts.query.split("&") if not is_secret(pair.partition("=")[0]))
    return urlunsplit((parts.scheme, host, _PATH_SESSION.sub("", parts.path), query, ""))


def as_given(url: str) -> str:
    """An address as the user typed it, unless that would show a secret.

    >>> as_given("https://a.example/#top"), as_given("https://a.example/?token=x#top")
    ('https://a.example/#top', 'https://a.example/')
    """
    bare = url.partition("#")[0]
    return url if public(bare) == bare else public(url)


def checked(url: str) -> str:
    """An address that can be asked for, without its fragment. Raises BadAddress or NotAllowed, saying what is wrong with it."""
    url = url.strip()
    shown = public(url)
    if not _SCHEME.match(url) or ("." in url.partition(":")[0] and "//" not in url):
        raise BadAddress(shown, f"this is no web address; did you mean https://{shown.lstrip('/')} ?")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadAddress(shown, f"this address cannot be read ({error})") from error
    if parts.scheme.lower() not in _PORTS:
        raise NotAllowed(shown, f"only http and https are fetched, not {parts.scheme}")
    if not parts.hostname:
        raise BadAddress(shown, "this address names no host")
    if port == 0 or any(ord(c) <= 32 or ord(c) == 127 for c in url):
        raise BadAddress(shown, "this address cannot be read (white space or an impossible port)")
    return urlunsplit(parts._replace(fragment=""))


def onward(base: str, location: str) -> str:
    """Where a redirect leads, as a browser reads it; ``""`` where that cannot be read."""
    try:
        return urljoin(base, location.strip())
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme and host: what a robots.txt speaks for.

    >>> origin_of("https://Blog.example:443/a?b"), origin_of("https://faß.example/")
    ('https://blog.example', 'https://xn--fa-hia.example')
    """
    return f"{urlsplit(url).scheme.lower()}://{host_of(url)}"


def own_name(url: str) -> str:
    """What a page is called on its blog, whatever lies above it: the last part of its path; ``""`` for a start page.

    >>> own_name("https://blog.example/2019/02/post/?page=2"), own_name("https://blog.example"), own_name("http://[")
    ('post', '', '')
    """
    try:
        return urlsplit(url).path.rstrip("/").rpartition("/")[2]
    except ValueError:
        return ""


def is_url(text: str) -> bool:
    """True for what is meant as a web address and not as a path.

    >>> is_url("HTTPS://a.example/"), is_url("page.html"), is_url("ftp://a.example/x")
    (True, False, True)
    """
    return bool(re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]*://", text))
