"""Site rules: one TOML a site, for where the general way is wrong. Data, no code.

A rule says how to read a site; it is checked against the general way, and a disagreement is a note on the reading.
Shipped rules lie in `parsers/sites/`; a user's own come in as text. `docs/add-a-site.md` tells how to write one.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from .errors import ConfigError
from .page import Element, Page
from .urls import host_of


@dataclass(frozen=True, slots=True)
class SiteLayout:
    """How one layout of a site is read; every selector is CSS."""

    when: str  #: the layout is this one where this matches something
    expert: str = ""  #: the elements that hold a byline; left out, the general way looks for them
    root: str = ""  #: the post's container; default: what `when` matched
    drop: tuple[str, ...] = ()  #: furniture
    question: str = ""  #: the elements that hold a question
    expect: tuple[int, int] = (0, 10_000)  #: how many statements; outside, the layout has changed
    role: str = ""  #: the elements that go on with a byline: a role below the name
    lede: str = ""  #: the elements that are no statement although they stand where one could
    after: bool = False  #: True where a statement stands before its byline


@dataclass(frozen=True, slots=True)
class Site:
    """The rules of one site."""

    hosts: tuple[str, ...]
    layouts: tuple[SiteLayout, ...]
    match: tuple[str, ...] = ()  #: addresses (`*` is anything) that are surely read by these rules
    skip: tuple[str, ...] = ()  #: addresses that are not


@dataclass(frozen=True, slots=True)
class Chosen:
    """A layout that matched a page."""

    host: str
    layout: SiteLayout
    root: Element
    sure: bool = False  #: True where the site's `match` names the page
    label: str = ""  #: which rules these are, for a reading's label; "" for shipped ones, which the parser's own label covers


_SELECTORS = ("when", "expert", "root", "question", "role", "lede")
_LAYOUT = ("when", "expert", "root", "drop", "question", "expect", "role", "lede", "after")


def read_site(text: str, name: str) -> Site:
    """One TOML file. Raises ConfigError that names the file and the key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, "", f"not valid TOML: {error}") from error
    _known(name, "", data, ("hosts", "match", "skip", "layout"))
    hosts = tuple(host.lower() for host in _texts(name, "hosts", data.get("hosts", [])))
    if not hosts:
        raise ConfigError(name, "hosts", "a site rule needs the host names that it is for")
    if wrong := next((host for host in hosts if re.search(r"[/\s]", host)), None):
        raise ConfigError(name, "hosts", f"{wrong!r} is no host name; write it as blog.example")
    items = data.get("layout", [])
    if not isinstance(items, list) or not items:
        raise ConfigError(name, "layout", "a site rule needs at least one [[layout]]")
    layouts = tuple(_layout(name, f"layout[{number}]", item) for number, item in enumerate(items, 1))
    return Site(hosts, layouts, *(_texts(name, key, data.get(key, [])) for key in ("match", "skip")))


def _layout(name: str, where: str, item: Any) -> SiteLayout:
    if not isinstance(item, dict):
        raise ConfigError(name, where, "a layout is a table: [[layout]]")
    _known(name, where + ".", item, _LAYOUT)
    found = {key: _selector(name, f"{where}.{key}", item[key]) for key in _SELECTORS if key in item}
    if not found.get("when"):
        raise ConfigError(name, f"{where}.when", "a layout needs a selector that says when it is the one")
    drop = _texts(name, f"{where}.drop", item.get("drop", []))
    for number, selector in enumerate(drop, 1):
        _selector(name, f"{where}.drop[{number}]", selector)
    after = item.get("after", False)
    if not isinstance(after, bool):
        raise ConfigError(name, f"{where}.after", "this is true or false")
    return SiteLayout(**found, drop=drop, after=after, expect=_expect(name, f"{where}.expect", item.get("expect", {})))


def _expect(name: str, where: str, item: Any) -> tuple[int, int]:
    if not isinstance(item, dict):
        raise ConfigError(name, where, "write it as { statements = [3, 80] }")
    _known(name, where + ".", item, ("statements",))
    match item.get("statements", [0, 10_000]):
        case [int(low), int(high)] if 0 <= low <= high:
            return low, high
    raise ConfigError(name, f"{where}.statements", "give the fewest and the most: [3, 80]")


def _known(name: str, where: str, data: dict[str, Any], keys: tuple[str, ...]) -> None:
    for key in data:
        if key not in keys:
            raise ConfigError(name, where + key, f"no such key; known are {', '.join(keys)}")


def _texts(name: str, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(name, key, 'this is a list of texts: ["...", "..."]')
    return tuple(value)


def _selector(name: str, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ConfigError(name, key, "this is a CSS selector, as text")
    try:
        if value:
            LexborHTMLParser("<p>").css(value)
    except SelectolaxError:
        raise ConfigError(name, key, f"{value!r} is not a CSS selector") from None
    return value


@cache
def shipped_sites() -> tuple[Site, ...]:
    """The rules that come with the program."""
    folder = files("parsers") / "sites"
    return tuple(
        read_site(f.read_text(encoding="utf-8"), f.name) for f in sorted(folder.iterdir(), key=str) if f.name.endswith(".toml")
    )


def pick_layout(page: Page, sites: Iterable[Site] = ()) -> Chosen | None:
    """The first layout that matches the page itself; a user's rules come before the shipped ones."""
    if page.tree is None:
        return None
    host = host_of(page.url).removeprefix("www.")
    names = {host, re.sub(r":\d+$", "", host)} - {""}
    own = tuple(sites)
    for place, site in enumerate((*own, *shipped_sites())):
        if names.isdisjoint(name.removeprefix("www.") for name in site.hosts):
            continue
        if fits(page.url, site.skip):
            return None
        for layout in site.layouts:
            if found := page.match(layout.when):
                root = next(iter(page.match(layout.root)), found[0]) if layout.root else found[0]
                label = f"{host}+{_digest(site)}" if place < len(own) else ""
                return Chosen(host, layout, root, fits(page.url, site.match), label)
    return None


@lru_cache(maxsize=1000)
def _digest(site: Site) -> str:
    return hashlib.sha256(repr(site).encode()).hexdigest()[:8]


def fits(url: str, patterns: Sequence[str]) -> bool:
    """True where an address is one of the patterns; `*` is anything.

    >>> fits("https://blog.example/tips/?p=1", ["https://blog.example/tips/*"]), fits("https://blog.example/", ["*/about/"])
    (True, False)
    """
    bare = url.partition("#")[0]
    return any(_fits(bare, pattern) for pattern in patterns)


def _fits(url: str, pattern: str) -> bool:
    # Not a regex: one with many `.*` takes its time.
    first, *rest = pattern.split("*")
    if not rest:
        return url == first
    *middle, last = rest
    at, end = len(first), len(url) - len(last)
    if not url.startswith(first) or not url.endswith(last):
        return False
    for part in middle:
        found = url.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end
