"""Site rules: one TOML a site, for where the general way is wrong. Data, no code.

A rule says how to read a site; it is checked against the general way, and a disagreement is a note on the reading.
Shipped rules lie in `parsers/sites/`; a user's own come in as text. `docs/add-a-site.md` tells how to write one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from .errors import ConfigError
from .page import Element, Page


@dataclass(frozen=True, slots=True)
class SiteLayout:
    """How one layout of a site is read; every selector is CSS."""

    when: str  #: the layout is this one where this matches something
    expert: str = ""  #: the elements that hold a byline
    root: str = ""  #: the post's container; default: what `when` matched
    drop: tuple[str, ...] = ()  #: furniture
    question: str = ""  #: the elements that hold a question
    expect: tuple[int, int] = (0, 10_000)  #: how many statements; outside, the layout has changed


@dataclass(frozen=True, slots=True)
class Site:
    """The rules of one site."""

    hosts: tuple[str, ...]
    layouts: tuple[SiteLayout, ...]
    match: tuple[str, ...] = ()  #: pages that these rules are for (the tests read them)
    skip: tuple[str, ...] = ()  #: pages of the site that are no roundups


@dataclass(frozen=True, slots=True)
class Chosen:
    """A layout that matched a page."""

    host: str
    layout: SiteLayout
    root: Element


def read_site(text: str, name: str) -> Site:
    """One TOML file. Raises ConfigError that names the key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, "", f"not valid TOML: {error}") from error
    _known(name, "", data, ("hosts", "match", "skip", "layout"))
    if not data.get("hosts"):
        raise ConfigError(name, "hosts", "a site rule needs the host names that it is for")
    layouts = []
    for number, item in enumerate(data.get("layout", []), 1):
        where = f"layout[{number}]"
        _known(name, where + ".", item, ("when", "expert", "root", "drop", "question", "expect"))
        if not item.get("when"):
            raise ConfigError(name, f"{where}.when", "a layout needs a selector that says when it is the one")
        low, high = item.get("expect", {}).get("statements", (0, 10_000))
        layouts.append(
            SiteLayout(
                item["when"],
                item.get("expert", ""),
                item.get("root", ""),
                tuple(item.get("drop", ())),
                item.get("question", ""),
                (low, high),
            )
        )
    return Site(tuple(data["hosts"]), tuple(layouts), tuple(data.get("match", ())), tuple(data.get("skip", ())))


def _known(name: str, where: str, data: dict[str, object], keys: tuple[str, ...]) -> None:
    for key in data:
        if key not in keys:
            raise ConfigError(name, where + key, f"no such key; known are {', '.join(keys)}")


@cache
def shipped_sites() -> tuple[Site, ...]:
    """The rules that come with the program."""
    folder = files(__package__) / "sites"
    return tuple(
        read_site(f.read_text(encoding="utf-8"), f.name) for f in sorted(folder.iterdir(), key=str) if f.name.endswith(".toml")
    )


def pick_layout(page: Page, sites: Iterable[Site] = ()) -> Chosen | None:
    """The first layout that matches the page itself; a user's rules come before the shipped ones."""
    if page.tree is None:
        return None
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    for site in (*sites, *shipped_sites()):
        if host not in (name.removeprefix("www.") for name in site.hosts):
            continue
        for layout in site.layouts:
            if found := page.match(layout.when):
                root = next(iter(page.match(layout.root)), found[0]) if layout.root else found[0]
                return Chosen(host, layout, root)
    return None
