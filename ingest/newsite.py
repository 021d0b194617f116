"""A first guess at a site's rule, and the fixture that holds it to its word. Pure.

The guess is what the general way saw: the post's container, and the elements that its bylines stand in. It is tried on
the page itself before it is written down. Somebody then corrects the TOML until the answer written beside the page is
right (`docs/add-a-site.md`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from parsers.errors import PipelineError
from parsers.model import Bundle
from parsers.page import Element, Page
from parsers.reading import Reading, read
from parsers.rules import Site, SiteLayout
from parsers.urls import host_of

from .shown.document import answer_of

NAMELESS = "blog.example"  #: the host of a file that does not say where it comes from
SURE = 0.7  #: how well a selector must do that the rule could go without
TRIES = 40  #: selectors that are tried on a page, each for a walk over its tree


@dataclass(frozen=True, slots=True)
class NewSite:
    """The files to write. The page's own bytes come from the capture."""

    host: str
    slug: str
    rule: str  #: the TOML
    fixture: str  #: fixture.toml
    expected: str  #: expected.json, to be read by a person before it counts
    same: bool  #: True where the rule reads the same people as the general way, and there are some


def guess(reading: Reading) -> NewSite:
    """What a page suggests."""
    page = reading.page
    host = host_of(page.url).removeprefix("www.") or NAMELESS
    url = page.url if host_of(page.url) else f"https://{NAMELESS}/"
    slug = re.sub(r"[^a-z0-9]+", "-", url.partition("//")[2].partition("/")[2].lower())[:60].strip("-") or "page"
    layout = _layout(reading)
    site = Site((re.sub(r":\d+$", "", host),), (layout,), (url,))
    same = _reads_the_same(reading, site)
    fixture = f"url = {_quoted(url)}\nread = false  # true once somebody has compared expected.json with the page\n"
    expected = json.dumps(answer_of(reading.parsed), indent=1, ensure_ascii=False) + "\n"
    return NewSite(site.hosts[0], slug, _toml(reading, site, same), fixture, expected, same)


class Parts(NamedTuple):
    """Where one expert stands on the page: spans of the page's pieces."""

    byline: list[tuple[int, int]]
    said: int  #: the first piece that was said, -1 where there is none


def _parts(reading: Reading) -> list[Parts]:
    """One for each statement that the general way found."""
    found = {s.position: Parts([], -1) for s in reading.parsed.roundup.statements}
    marks, lines = reading.ledger.marks, reading.page.line_of
    for t, mark in enumerate(marks):
        kind, _, number = mark[1:].partition(" ")
        if not number.isdigit() or int(number) not in found:
            continue
        byline, said = found[int(number)]
        if kind == "byline" and byline and byline[-1][1] == t and lines[t - 1] == lines[t]:
            byline[-1] = (byline[-1][0], t + 1)
        elif kind == "byline":
            byline.append((t, t + 1))
        elif kind == "statement" and said < 0:
            found[int(number)] = Parts(byline, t)
    return [part for part in found.values() if part.byline]


def _layout(reading: Reading) -> SiteLayout:
    page, parts, marks = reading.page, _parts(reading), reading.ledger.marks
    if not parts:
        return SiteLayout("body")
    root, when = _container(page, parts[0].byline[0][0], parts[-1].byline[-1][1])
    names = [_element(page, *part.byline[0]) for part in parts]
    more = [_element(page, *span) for part in parts for span in part.byline[1:]]
    after = sum(-1 < part.said < part.byline[0][0] for part in parts) * 2 > len(parts)
    asked = [line.el for line in page.lines if marks[line.t0] == "+question"]
    lede = [line.el for line in page.lines if marks[line.t0] == "+lede"] if after else []
    count = len(parts)
    return SiteLayout(
        when=when,
        expert=_selector(page, root, names),
        role=_selector(page, root, [el for el in more if not any(name.holds(el) for name in names)], SURE),
        question=_selector(page, root, asked, SURE),
        lede=_selector(page, root, lede, SURE),
        after=after,
        expect=(max(1, count // 2), max(12, count * 4)),
    )


def _element(page: Page, t0: int, t1: int) -> Element:
    """The largest element that holds these pieces and no others; where there is none, the smallest that holds them."""
    el = page.homes[t0]
    while el.t1 < t1 and el.parent is not None:
        el = el.parent
    while el.parent is not None and el.parent.t0 >= t0 and el.parent.t1 <= t1:
        el = el.parent
    return el


def _selector(page: Page, root: Element, wanted: Sequence[Element], least: float = 0.0) -> str:
    """The selector that finds most of these elements and least else inside the root; of equals, the plainest.

    Elements that hold the same words are one: a paragraph and the `strong` that is all of it. "" where the best selector
    finds too few of them, or too much else: `least` is the share of what either finds that both find.
    """
    places = {(el.t0, el.t1) for el in wanted}
    chains = [list(_names(el)) for one in wanted[:3] for el in _alike(page, one)]
    best, chosen = least - 1e-9, ""
    for selector in list(dict.fromkeys(name for level in zip_longest(*chains) for name in level if name))[:TRIES]:
        found = {(el.t0, el.t1) for el in page.match(selector) if root.holds(el) and el.t0 < el.t1}
        worth = len(found & places) / len(found | places)
        if worth > best + 1e-9:
            best, chosen = worth, selector
    return chosen


def _alike(page: Page, el: Element) -> list[Element]:
    """The element and those inside that hold the same words."""
    return [el, *(inner for inner in page.inside(el) if (inner.t0, inner.t1) == (el.t0, el.t1))]


def _names(el: Element) -> Iterator[str]:
    """What an element could be called, the plainest first."""
    own = [*_classes(el), el.tag]
    yield from own
    above = el.parent
    over = [*_classes(above), above.tag] if above is not None and above.tag not in ("html", "body") else []
    for name in own:
        yield f"{name}:first-child"
        yield f"{name}:last-child"
        for holder in over:
            yield f"{holder} > {name}"
            yield f"{holder} > {name}:first-child"
            yield f"{holder} > {name}:last-child"


def _classes(el: Element) -> list[str]:
    return [f"{el.tag}.{name}" for name in el.get("class").split()[:6] if re.fullmatch(r"[A-Za-z][\w-]{0,60}", name)]


def _container(page: Page, t0: int, t1: int) -> tuple[Element, str]:
    """The smallest element that holds every byline and can be named, and its name."""
    el: Element | None = page.homes[t0]
    while el is not None:
        if el.t0 <= t0 and t1 <= el.t1 and el.tag not in ("p", "li", "html"):
            key = el.get("id")
            if re.fullmatch(r"[A-Za-z][A-Za-z_-]{0,60}", key):  # no number in it: that would be this post's alone
                return el, f"#{key}"
            if (names := _classes(el)) or el.tag in ("main", "article", "body"):
                return el, names[0] if names else el.tag
        el = el.parent
    return page.elements[0], "body"


def _reads_the_same(reading: Reading, site: Site) -> bool:
    try:
        ruled = read(Bundle(reading.page.capture), sites=[site])
    except PipelineError:
        return False
    said, known = ([(s.expert.name, s.text) for s in r.parsed.roundup.statements] for r in (ruled, reading))
    return said == known != []


def _toml(reading: Reading, site: Site, same: bool) -> str:
    layout, count = site.layouts[0], len(reading.parsed.roundup.statements)
    tried = "this rule reads the same" if same else "THIS RULE READS IT OTHERWISE: correct it"
    rows: Iterable[tuple[str, str]] = (
        ("when  ", _quoted(layout.when)),
        ("expert", _quoted(layout.expert)),
        ("question", _quoted(layout.question)),
        ("role  ", _quoted(layout.role)),
        ("after ", "true" if layout.after else ""),
        ("lede  ", _quoted(layout.lede)),
    )
    keys = "".join(f"{key} = {value}\n" for key, value in rows if value not in ("", '""'))
    if not layout.expert:  # then the general way goes on looking for them
        keys += '# expert = "h3"  # the elements that hold a byline\n'
    return f"""# How {site.hosts[0]} is read. The general way reads {count} statements on the page below; {tried}.
hosts = [{_quoted(site.hosts[0])}]
match = [{_quoted(site.match[0])}]
skip  = []

[[layout]]
{keys}drop   = []
expect = {{ statements = [{layout.expect[0]}, {layout.expect[1]}] }}
"""


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are TOML's, but for what lies beyond 16 bits."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
