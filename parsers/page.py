"""A page, read once: decoded as browsers do, parsed once, walked once.

Nothing behind this module goes back to the bytes. The walk (`walk.py`) makes a light tree of `Element` and a
stream of `Line`; a `Page` is that stream with the questions one asks of it. Pure.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from .decode import decode, guard
from .errors import NotText
from .model import Capture
from .plaintext import is_plain_text, walk_text
from .walk import (
    ARTICLE,
    ASIDE,
    BOLD,
    CAPTION,
    CELL,
    CONTROL,
    DEFINITION,
    DIALOG,
    FIGURE,
    FOOTER,
    FORM,
    HEADER,
    HEADING,
    INLINE,
    ITALIC,
    ITEM,
    LINK,
    MAIN,
    NAV,
    NOSCRIPT,
    PRE,
    QUOTE,
    SKIPPED,
    UNSEEN,
    Element,
    Line,
    Stream,
    is_hidden,
    walk,
)

__all__ = [
    "ARTICLE",
    "ASIDE",
    "BOLD",
    "CAPTION",
    "CELL",
    "CONTROL",
    "DEFINITION",
    "DIALOG",
    "FIGURE",
    "FOOTER",
    "FORM",
    "HEADER",
    "HEADING",
    "INLINE",
    "ITALIC",
    "ITEM",
    "LINK",
    "MAIN",
    "NAV",
    "NOSCRIPT",
    "PRE",
    "QUOTE",
    "UNSEEN",
    "Element",
    "Line",
    "Page",
    "Run",
    "decode",
    "guard",
    "open_page",
    "visible_words",
]


_ALNUM = re.compile(r"[^\W_]")  # a letter or a figure


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one style inside a line."""

    text: str  #: white space folded, but kept at the ends as one space
    bold: bool
    italic: bool
    href: str  #: as written in the page; "" where it is no link
    t0: int
    t1: int


@dataclass(slots=True)
class Page(Stream):
    """One decoded page and its single walk."""

    capture: Capture
    encoding: str
    tree: LexborHTMLParser | None  #: None for plain text
    plain: str = ""  #: the whole text, where it is plain text
    behind: list[Page] = field(default_factory=list)  #: further pages of the same post, joined to this one
    _ld: list[dict[str, Any]] | None = None
    _base: str | None = None  #: what addresses are read against

    @property
    def url(self) -> str:
        """The address that the page was served from."""
        return self.capture.final_url or self.capture.url

    def absolute(self, href: str) -> str:
        """An address as a reader would follow it, or ``""``."""
        try:
            if self._base is None:
                self._base = urljoin(self.url, self.base_href)
            return urljoin(self._base, href.strip())
        except ValueError:
            return ""

    def kids(self, el: Element) -> list[Element]:
        """The children of an element, in order."""
        found, at, elements = [], el.at + 1, self.elements
        while at < el.end:
            found.append(elements[at])
            at = elements[at].end
        return found

    def inside(self, el: Element) -> list[Element]:
        """Every element inside, in document order, without itself."""
        return self.elements[el.at + 1 : el.end]

    def text_of(self, el: Element) -> str:
        """All words inside an element, white space folded; blocks and breaks count as white space."""
        return self.text_between(el.t0, el.t1)

    def text_between(self, t0: int, t1: int) -> str:
        """The words of some pieces, white space folded; a new line counts as white space."""
        if t1 - t0 == 1:
            return " ".join(self.texts[t0].split())
        parts, line_of, last = [], self.line_of, -1
        for t in range(t0, t1):
            if line_of[t] != last and last != -1:
                parts.append(" ")
            last = line_of[t]
            parts.append(self.texts[t])
        return " ".join("".join(parts).split())

    def spread(self, line: Line) -> str:
        """A line with white space between its pieces, which a style sheet may set apart."""
        return " ".join(" ".join(self.texts[line.t0 : line.t1]).split())

    def lines_of(self, el: Element) -> list[Line]:
        """The lines that begin inside an element."""
        return self.lines_between(el.t0, el.t1)

    def lines_between(self, t0: int, t1: int) -> list[Line]:
        """The lines that have pieces in a range."""
        if t0 >= t1:
            return []
        return self.lines[self.line_of[t0] : self.line_of[t1 - 1] + 1]

    def runs(self, line: Line) -> list[Run]:
        """The line's stretches of one style, in order."""
        found: list[Run] = []
        start, style = line.t0, self._style(line.t0)
        for t in range(line.t0 + 1, line.t1 + 1):
            new = self._style(t) if t < line.t1 else None
            if new == style:
                continue
            raw = "".join(self.texts[start:t])
            text = " ".join(raw.split())
            text = (" " if raw[:1].isspace() and text else "") + text + (" " if raw[-1:].isspace() and text else "")
            found.append(Run(text, style[0], style[1], style[2], start, t))
            if new is not None:
                start, style = t, new
        return found

    def _style(self, t: int) -> tuple[bool, bool, str]:
        el = self.homes[t]
        href = ""
        if el.marks & LINK:
            anchor = el.nearest("a")
            href = anchor.get("href") if anchor else ""
        return bool(el.marks & BOLD), bool(el.marks & ITALIC), href

    def is_bold(self, line: Line) -> bool:
        """True where every word of the line is bold."""
        return all(self.homes[t].marks & BOLD or not _ALNUM.search(self.texts[t]) for t in range(line.t0, line.t1))

    def link_share(self, t0: int, t1: int) -> float:
        """The share of characters that are link text, 0 to 1."""
        homes = self.homes
        if t1 - t0 == 1:
            return 1.0 if homes[t0].marks & LINK else 0.0
        whole = linked = 0
        for t, text in enumerate(self.texts[t0:t1], t0):
            whole += len(text)
            if homes[t].marks & LINK:
                linked += len(text)
        return linked / whole if whole else 0.0

    def match(self, selector: str) -> list[Element]:
        """The elements that a CSS selector matches, in document order: for site rules, which few pages have.

        Walks the tree a second time to find which node is which element. Raises ValueError for a bad selector.
        """
        if self.tree is None or self.tree.root is None:
            return []
        try:
            wanted = {node.mem_id for node in self.tree.root.css(selector)}
        except SelectolaxError as error:
            raise ValueError(f"{selector!r} is not a CSS selector") from error
        if not wanted:
            return []
        found, at = [], 0
        nodes = (node for node in self.tree.root.traverse() if (node.tag or "-")[0] not in "-!")
        unseen: set[int] = set()
        for node in nodes:
            parent = node.parent
            attrs = node.attributes
            if node.tag in SKIPPED or is_hidden(attrs) or (parent is not None and parent.mem_id in unseen):
                unseen.add(node.mem_id)
                continue
            if node.mem_id in wanted:
                found.append(self.elements[at])
            at += 1
        return found

    @property
    def ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD object of the page, `@graph` unrolled; broken scripts are passed over."""
        if self._ld is None:
            self._ld = [item for source in self.ld_sources for item in _ld_items(source)]
        return self._ld


def _ld_items(source: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    queue = [data]
    while queue and len(found) < 500:
        item = queue.pop(0)
        if isinstance(item, list):
            queue[:0] = item
        elif isinstance(item, dict):
            found.append(item)
            graph = item.get("@graph")
            if isinstance(graph, list):
                queue[:0] = graph
    return found


def open_page(capture: Capture) -> Page:
    """Decode, parse and walk a capture. Raises NotText or TooComplex."""
    encoding, text = decode(capture)
    if is_plain_text(capture, text):
        page = Page(capture, encoding, None, text.lstrip("\ufeff"))
        walk_text(page, page.plain)
        return page
    guard(capture.url, text)
    # Lexbor reads UTF-8: where the bytes are nothing else, the text need not be made into bytes again.
    same = encoding == "utf-8" and not text.isascii() and "\ufffd" not in text and not capture.body.startswith(BOM_UTF8)
    tree = LexborHTMLParser(capture.body if same else text)
    page = Page(capture, encoding, tree)
    root = tree.root
    if root is None:
        raise NotText(capture.url, "the page is empty")
    walk(page, root)
    return page


def visible_words(page: Page) -> int:
    """The body's visible words, counted without the line stream, by Lexbor itself.

    Text nodes outside `script`, `style`, `template` and `[hidden]`, which are taken out of the tree, each split at white space.
    """
    behind = sum(visible_words(other) for other in page.behind)
    if page.tree is None:
        return len(page.plain.split()) + behind
    body = page.tree.body
    if body is None:
        return behind
    for node in reversed(body.css(_NOT_SHOWN)):  # the inner ones first: what stands in one that is gone is gone too
        node.decompose()
    return len((body.text(separator=" ", skip_empty=True) or "").split()) + behind


# `:is`, for a list of selectors gives a node once for each that it matches. See `is_hidden`.
_NOT_SHOWN = ':is(script, style, template, [hidden]:not([id^="S:"]))'
