"""A first guess at a site's rule, and the fixture that holds it to its word. Pure.

The guess is what the general way saw: the post's container, and the elements that its bylines stand in. Somebody
then corrects the TOML until the answer written beside the page is right (`docs/add-a-site.md`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from parsers.page import Element, Page
from parsers.parse import Reading

from .document import document


@dataclass(frozen=True, slots=True)
class NewSite:
    """The files to write: path below the folder → text. The page's own bytes come from the capture."""

    host: str
    slug: str
    rule: str  #: the TOML
    fixture: str  #: fixture.toml
    expected: str  #: expected.json, to be read by a person before it counts


def guess(reading: Reading) -> NewSite:
    """What a page suggests."""
    page = reading.page
    parts = urlsplit(page.url)
    host = (parts.hostname or "blog.example").removeprefix("www.")
    slug = re.sub(r"[^a-z0-9]+", "-", parts.path.lower()).strip("-")[:60] or "page"
    answer = document(page.url, reading.parsed)
    kept = {
        key: answer[key] for key in ("title", "verdict", "question", "lede", "captions", "editor", "published_at", "statements")
    }
    fixture = f'url = "{page.url}"\nread = false  # set to true once somebody has compared expected.json with the page\n'
    return NewSite(host, slug, _rule(reading, host), fixture, json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def _rule(reading: Reading, host: str) -> str:
    page, roundup = reading.page, reading.parsed.roundup
    bylines = [t for t, mark in enumerate(reading.ledger.marks) if mark.startswith("+byline ")]
    holders = Counter(_selector(_block(page, t)) for t in bylines)
    expert = holders.most_common(1)[0][0] if holders else "h3"
    root = _container(page, bylines)
    count = len(roundup.statements)
    low, high = max(1, count // 2), max(12, count * 4)
    return f"""# How {host} is read. The general way read {count} statements; correct what it got wrong.
hosts = ["{host}"]
match = ["{page.url}"]
skip  = []

[[layout]]
when   = {json.dumps(root)}
expert = {json.dumps(expert)}
drop   = []
expect = {{ statements = [{low}, {high}] }}
"""


def _block(page: Page, t: int) -> Element:
    return page.lines[page.line_of[t]].el


def _selector(el: Element) -> str:
    """The shortest selector that names an element by itself: its tag, with one class where it has one that is a plain word."""
    for name in el.get("class").split():
        if re.fullmatch(r"[A-Za-z][\w-]*", name):
            return f"{el.tag}.{name}"
    return el.tag


def _container(page: Page, bylines: list[int]) -> str:
    """The smallest element that holds every byline and can be named."""
    if not bylines:
        return "body"
    el: Element | None = _block(page, bylines[0])
    while el is not None:
        if el.t0 <= bylines[0] and bylines[-1] < el.t1 and el.tag not in ("p", "li", "h2", "h3", "h4"):
            key = el.get("id")
            if re.fullmatch(r"[A-Za-z][\w-]*", key) and not re.search(r"\d{2}", key):
                return f"#{key}"
            name = _selector(el)
            if "." in name or el.tag in ("main", "article"):
                return name
        el = el.parent
    return "body"
