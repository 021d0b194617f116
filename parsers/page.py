"""A page, read once: decoded as browsers do, parsed once, walked once.

The walk makes a light tree of `Element` and a stream of `Line`; nothing behind this module goes back to the
bytes. Words are kept as text pieces, one for each text node, and everything else points at them by number: an
element and a line are each a range of pieces. So a line, a comment and a share bar can be compared by two ints,
and every piece belongs to exactly one line, which is what the ledger counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError
from w3lib.encoding import html_to_unicode

from .errors import NotText, TooComplex
from .model import Capture

# Inherited marks of an element: what it stands in. One int, tested with `&`.
BOLD, ITALIC, LINK, QUOTE, ITEM, CELL, HEADING, NAV = (1 << n for n in range(8))
HEADER, FOOTER, ASIDE, FORM, FIGURE, CAPTION, CONTROL, NOSCRIPT = (1 << n for n in range(8, 16))
PRE, ARTICLE, MAIN, UNSEEN, DEFINITION, DIALOG = (1 << n for n in range(16, 22))

MARKS = {
    "b": BOLD, "strong": BOLD, "th": BOLD | CELL, "i": ITALIC, "em": ITALIC, "cite": ITALIC, "a": LINK,
    "blockquote": QUOTE, "q": QUOTE, "li": ITEM, "td": CELL, "dd": DEFINITION, "dt": DEFINITION,
    "h1": HEADING, "h2": HEADING, "h3": HEADING, "h4": HEADING, "h5": HEADING, "h6": HEADING,
    "nav": NAV, "header": HEADER, "footer": FOOTER, "aside": ASIDE, "form": FORM, "figure": FIGURE,
    "figcaption": CAPTION, "caption": CAPTION, "button": CONTROL, "select": CONTROL, "textarea": CONTROL,
    "option": CONTROL, "label": CONTROL, "svg": UNSEEN, "iframe": UNSEEN, "noframes": UNSEEN, "noembed": UNSEEN,
    "object": UNSEEN, "video": UNSEEN, "audio": UNSEEN, "noscript": NOSCRIPT, "pre": PRE, "article": ARTICLE,
    "main": MAIN, "dialog": DIALOG,
}  # fmt: skip

# Inline elements split runs; everything else, and <br>, ends a line (HTML, "Rendering": phrasing content).
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output picture "
    "q rp rt ruby s samp small source span strike strong sub sup time tt u var wbr input link meta".split()
)
SKIPPED = frozenset(("script", "style", "template"))  # with [hidden]: not a visible word in them

MAX_TAGS = 150_000
MAX_DEPTH = 5_000
MAX_ATTRIBUTES = 1_000
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_BINARY = (b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"SQLite format 3", b"\x7fELF")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


class Element:
    """One element of the page. `at`..`end` is its place in document order, `t0`..`t1` its pieces."""

    __slots__ = ("at", "attrs", "end", "marks", "parent", "t0", "t1", "tag")

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Element | None, at: int, t0: int, marks: int) -> None:
        self.tag, self.attrs, self.parent, self.at, self.t0, self.marks = tag, attrs, parent, at, t0, marks
        self.end = at + 1  #: one past the last element inside
        self.t1 = t0  #: one past the last piece inside

    def get(self, name: str) -> str:
        """An attribute's value, or ``""``."""
        return self.attrs.get(name) or ""

    def holds(self, other: Element) -> bool:
        """True where `other` is this element or stands inside it."""
        return self.at <= other.at < self.end

    def above(self) -> Iterator[Element]:
        """Ancestors, nearest first."""
        up = self.parent
        while up is not None:
            yield up
            up = up.parent

    def __repr__(self) -> str:
        name = self.get("id") and "#" + self.get("id")
        classes = "".join("." + c for c in self.get("class").split())
        return f"<{self.tag}{name}{classes} {self.t0}:{self.t1}>"


class Line:
    """One line as a reader sees it: the text between two block boundaries or `<br>`."""

    __slots__ = ("broken", "el", "ordinal", "t0", "t1", "text")

    def __init__(self, ordinal: int, el: Element, t0: int, t1: int, text: str, broken: bool) -> None:
        self.ordinal = ordinal  #: place in the stream, from 0
        self.el = el  #: the innermost block that holds the line
        self.t0, self.t1 = t0, t1  #: its pieces
        self.text = text  #: white space folded
        self.broken = broken  #: True where it ended at a `<br>`, so the next line is of the same paragraph

    @property
    def level(self) -> int:
        """Heading level 1 to 6, or 0."""
        if not self.el.marks & HEADING:
            return 0
        for el in (self.el, *self.el.above()):
            if len(el.tag) == 2 and el.tag[0] == "h" and el.tag[1] in "123456":
                return int(el.tag[1])
        return 0

    def __repr__(self) -> str:
        return f"Line({self.ordinal}, {self.el.tag}, {self.text[:60]!r})"


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
class Page:
    """One decoded page and its single walk."""

    capture: Capture
    encoding: str
    tree: LexborHTMLParser | None  #: None for plain text
    plain: str = ""  #: the whole text, where it is plain text
    elements: list[Element] = field(default_factory=list)  #: in document order
    texts: list[str] = field(default_factory=list)  #: the pieces, raw
    homes: list[Element] = field(default_factory=list)  #: beside `texts`: the element that each piece stands in
    lines: list[Line] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)  #: beside `texts`: ordinal of the line
    by_id: dict[str, Element] = field(default_factory=dict)
    by_class: dict[str, list[Element]] = field(default_factory=dict)  #: by the whole class attribute, as written
    by_tag: dict[str, list[Element]] = field(default_factory=dict)
    metas: dict[str, str] = field(default_factory=dict)  #: name, property or itemprop in lower case → first content
    links: list[dict[str, str | None]] = field(default_factory=list)  #: attributes of each <link>
    scripts: list[dict[str, str | None]] = field(default_factory=list)  #: attributes of each <script>
    ld_sources: list[str] = field(default_factory=list)  #: JSON-LD, unread
    title_tag: str = ""
    html_attrs: dict[str, str | None] = field(default_factory=dict)
    body_attrs: dict[str, str | None] = field(default_factory=dict)
    base: str = ""  #: what relative addresses are relative to
    behind: list[Page] = field(default_factory=list)  #: further pages of the same post, joined to this one
    _ld: list[dict[str, Any]] | None = None

    @property
    def url(self) -> str:
        """The address that the page was served from."""
        return self.capture.final_url or self.capture.url

    def absolute(self, href: str) -> str:
        """An address as a reader would follow it, or ``""``."""
        try:
            return urljoin(self.base or self.url, href.strip())
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
        parts, line_of, last = [], self.line_of, -1
        for t in range(t0, t1):
            if line_of[t] != last and last != -1:
                parts.append(" ")
            last = line_of[t]
            parts.append(self.texts[t])
        return " ".join("".join(parts).split())

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
            anchor = next((e for e in (el, *el.above()) if e.tag == "a"), None)
            href = anchor.get("href") if anchor else ""
        return bool(el.marks & BOLD), bool(el.marks & ITALIC), href

    def is_bold(self, line: Line) -> bool:
        """True where every word of the line is bold."""
        return all(self.homes[t].marks & BOLD or not any(c.isalnum() for c in self.texts[t]) for t in range(line.t0, line.t1))

    def link_share(self, t0: int, t1: int) -> float:
        """The share of characters that are link text, 0 to 1."""
        whole = linked = 0
        for t in range(t0, t1):
            size = len(self.texts[t])
            whole += size
            if self.homes[t].marks & LINK:
                linked += size
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
            if node.tag in SKIPPED or "hidden" in attrs or (parent is not None and parent.mem_id in unseen):
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


def decode(capture: Capture) -> tuple[str, str]:
    """Bytes to text as browsers do: BOM, HTTP header, meta, else UTF-8 or what fits (WHATWG Encoding).

    Returns (encoding, text). Raises NotText for an empty or a binary body.
    """
    body = capture.body
    if not body.strip(b"\x00 \t\r\n"):
        raise NotText(capture.url, "the page is empty")
    head = body[:1024]
    if head.startswith(_BINARY):
        raise NotText(capture.url, "this is a binary file, not a page")
    encoding, text = html_to_unicode(capture.header("content-type") or None, body, default_encoding="utf-8")
    if text.count("\x00") > len(text) // 100 or len(_CONTROLS.findall(text, 0, 2048)) > 100:
        raise NotText(capture.url, "this is a binary file, not a page")
    return encoding, text


def guard(url: str, text: str) -> None:
    """Refuse what would take the parser minutes: Lexbor is quadratic in nesting and in attributes.

    Raises TooComplex. The limits lie far above any page seen (41 levels, 30 attributes).
    """
    tags = text.count("<")
    if tags > MAX_TAGS:
        raise TooComplex(url, f"it has more than {MAX_TAGS} tags")
    if tags > 4 * MAX_DEPTH and _depth(text) > MAX_DEPTH:  # below, the worst nesting takes under a second
        raise TooComplex(url, f"it is nested more than {MAX_DEPTH} deep")
    for part in text.split("<"):
        if len(part) > 2 * MAX_ATTRIBUTES and _attributes(part) > MAX_ATTRIBUTES:
            raise TooComplex(url, f"it has more than {MAX_ATTRIBUTES} attributes in one tag")


_OPENS = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,30}\s+[A-Za-z_:@][\w:.-]{0,50}(?:=[\"'\w]|\s+[A-Za-z_:@][\w:.-]{0,50}[\s=])")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def _attributes(part: str) -> int:
    """How many attributes the tag has that opens here; what a script compares with `<` is no tag."""
    return len(_QUOTED.sub("", part).partition(">")[0].split()) if _OPENS.match(part) else 0


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr p dt dd tr td th option".split())


def _depth(text: str) -> int:
    """An estimate of the nesting: tags opened and not closed, but for those that close by themselves."""
    depth = most = 0
    for close, name in _TAG.findall(text):
        if name.lower() in _VOID:
            continue
        depth = depth + 1 if not close else max(0, depth - 1)
        most = max(most, depth)
    return most


def open_page(capture: Capture) -> Page:
    """Decode, parse and walk a capture. Raises NotText or TooComplex."""
    from .plaintext import is_plain_text, open_text

    encoding, text = decode(capture)
    if is_plain_text(capture, text):
        return open_text(capture, encoding, text)
    guard(capture.url, text)
    tree = LexborHTMLParser(text)
    page = Page(capture, encoding, tree)
    root = tree.root
    if root is None:
        raise NotText(capture.url, "the page is empty")
    _Walk(page).go(root)
    return page


class _Walk:
    """The one pass over the tree."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.in_body = False
        self.open_at = 0  # first piece of the line that is being gathered
        self.block: Element | None = None

    def go(self, root: LexborNode) -> None:
        page = self.page
        texts, homes, elements = page.texts, page.homes, page.elements
        by_class, by_tag = page.by_class, page.by_tag
        top = Element("#document", {}, None, -1, 0, 0)
        stack: list[tuple[LexborNode | None, Element]] = []
        node: LexborNode | None = root
        parent = top
        while True:
            if node is None:
                if not stack:
                    break
                node, closed = stack.pop()
                closed.t1, closed.end = len(texts), len(elements)
                if closed.tag not in INLINE:
                    self.flush(parent)
                parent = closed.parent or top
                continue
            tag = node.tag or "-"
            if tag == "-text":
                if self.in_body:
                    raw = node.text_content
                    if raw:
                        if not raw.isspace():
                            texts.append(raw)
                            homes.append(parent)
                        elif len(texts) > self.open_at and not texts[-1][-1].isspace():
                            texts[-1] += " "
                node = node.next
                continue
            attrs = node.attributes if tag[0] not in "-!" else None
            if attrs is None or tag in SKIPPED or "hidden" in attrs:
                if attrs is not None and tag == "script":
                    self.script(node, attrs)
                node = node.next
                continue
            inline = tag in INLINE
            if not inline and len(texts) > self.open_at:
                self.flush(parent, broken=tag == "br")
            marks = parent.marks | MARKS.get(tag, 0)
            if "style" in attrs and (style := attrs["style"]):
                marks |= (BOLD if _BOLD_STYLE.search(style) else 0) | (UNSEEN if _UNSEEN_STYLE.search(style) else 0)
            el = Element(tag, attrs, parent, len(elements), len(texts), marks)
            elements.append(el)
            if (name := attrs.get("class")) is not None:
                by_class.setdefault(name, []).append(el)
            by_tag.setdefault(tag, []).append(el)
            if "id" in attrs and (key := attrs["id"]):
                page.by_id.setdefault(key, el)
            if tag in _NOTED:
                self.note(tag, attrs, node)
            child = node.first_child
            if child is None:
                node = node.next
                continue
            stack.append((node.next, el))
            parent, node = el, child
        self.flush(top)

    def flush(self, block: Element, broken: bool = False) -> None:
        """End the line that is being gathered, if it has a word."""
        page, start = self.page, self.open_at
        end = len(page.texts)
        if end == start:
            return
        while block.tag in INLINE and block.parent is not None:
            block = block.parent
        text = " ".join("".join(page.texts[start:end]).split())
        page.line_of.extend([len(page.lines)] * (end - start))
        page.lines.append(Line(len(page.lines), block, start, end, text, broken))
        self.open_at = end

    def script(self, node: LexborNode, attrs: dict[str, str | None]) -> None:
        self.page.scripts.append(attrs)
        if "ld+json" in (attrs.get("type") or "").lower():
            child = node.first_child
            self.page.ld_sources.append(child.text_content or "" if child is not None else "")

    def note(self, tag: str, attrs: dict[str, str | None], node: LexborNode) -> None:
        """Keep what the head (or what parsers push out of it) says about the page."""
        page = self.page
        if tag == "meta":
            name = attrs.get("property") or attrs.get("name") or attrs.get("itemprop") or attrs.get("http-equiv")
            if name and (content := attrs.get("content")):
                page.metas.setdefault(name.lower(), content)
        elif tag == "link":
            page.links.append(attrs)
        elif tag == "title":
            if not page.title_tag and not self.in_body:
                page.title_tag = " ".join((node.text() or "").split())
        elif tag == "html":
            page.html_attrs = page.html_attrs or attrs
        elif tag == "base":
            page.base = page.base or page.absolute(attrs.get("href") or "")
        elif tag in ("body", "frameset"):
            page.body_attrs, self.in_body = page.body_attrs or attrs, True


_NOTED = frozenset(("meta", "link", "title", "html", "base", "body", "frameset"))


def visible_words(page: Page) -> int:
    """The body's visible words, counted without the line stream, by Lexbor itself.

    Text nodes outside `script`, `style`, `template` and `[hidden]`, each split at white space.
    """
    behind = sum(visible_words(other) for other in page.behind)
    if page.tree is None:
        return len(page.plain.split()) + behind
    body = page.tree.body
    if body is None:
        return behind
    hidden = body.css(_TOP_HIDDEN)
    return _count(body) - sum(_count(node) for node in hidden) + behind


_TOP_HIDDEN = ", ".join(f"{name}:not([hidden] *)" for name in ("script", "style", "template", "[hidden]"))


def _count(node: LexborNode) -> int:
    return len((node.text(separator=" ") or "").split())
