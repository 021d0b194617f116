"""The one pass over the tree: elements, pieces of text and lines, each pointing at the others by number.

Words are kept as pieces, one for each text node; an element and a line are each a range of pieces. So a line, a
comment and a share bar can be compared by two ints, and every piece belongs to exactly one line. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

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
BLOCK = 1 << 22  # not inherited
INHERITED = BLOCK - 1
KINDS = {tag: MARKS.get(tag, 0) | (0 if tag in INLINE else BLOCK) for tag in INLINE | MARKS.keys()}
SKIPPED = frozenset(("script", "style", "template"))  # with [hidden]: not a visible word in them

_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_NOTED = 1 << 23  # of a tag, while walking: what it says of the page is kept
_OWN = _NOTED - 1
_WALKED = (
    KINDS
    | {tag: KINDS.get(tag, BLOCK) | _NOTED for tag in ("meta", "link", "title", "html", "base", "body", "frameset")}
    | dict.fromkeys(SKIPPED, -1)
)


class Element:
    """One element of the page. `at`..`end` is its place in document order, `t0`..`t1` its pieces."""

    __slots__ = ("at", "attrs", "end", "marks", "parent", "t0", "t1", "tag")

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Element | None, at: int, t0: int, marks: int) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.at = at
        self.t0 = t0
        self.marks = marks
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

    def nearest(self, tag: str) -> Element | None:
        """The innermost element of a tag that this one is or stands in."""
        el: Element | None = self
        while el is not None and el.tag != tag:
            el = el.parent
        return el

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


@dataclass(slots=True, kw_only=True)
class Stream:
    """What one walk finds: elements, pieces of text, lines, and what the head says."""

    elements: list[Element] = field(default_factory=list)  #: in document order
    texts: list[str] = field(default_factory=list)  #: the pieces, raw
    homes: list[Element] = field(default_factory=list)  #: beside `texts`: the element that each piece stands in
    lines: list[Line] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)  #: beside `texts`: ordinal of the line
    by_id: dict[str, Element] = field(default_factory=dict)
    by_class: dict[str, list[Element]] = field(
        default_factory=lambda: defaultdict(list)
    )  #: by the whole class attribute, as written
    by_tag: dict[str, list[Element]] = field(default_factory=lambda: defaultdict(list))
    by_attr: dict[str, list[Element]] = field(
        default_factory=lambda: defaultdict(list)
    )  #: by an attribute that says what it is for: role, itemprop, itemtype
    metas: dict[str, str] = field(default_factory=dict)  #: name, property or itemprop in lower case → first content
    links: list[dict[str, str | None]] = field(default_factory=list)  #: attributes of each <link>
    scripts: list[dict[str, str | None]] = field(default_factory=list)  #: attributes of each <script>
    ld_sources: list[str] = field(default_factory=list)  #: JSON-LD, unread
    title_tag: str = ""
    html_attrs: dict[str, str | None] = field(default_factory=dict)
    body_attrs: dict[str, str | None] = field(default_factory=dict)
    base_href: str = ""  #: what <base> says, as written


def walk(stream: Stream, root: LexborNode) -> None:
    """Fill a stream from a tree, in one pass."""
    _Walk(stream).go(root)


def is_hidden(attrs: dict[str, str | None]) -> bool:
    """True for `hidden`, but not for what React streams in so and moves into its place (`<div hidden id="S:0">`)."""
    return "hidden" in attrs and (attrs.get("id") or "")[:2] != "S:"


@lru_cache(maxsize=1 << 12)
def marks_of_style(style: str) -> int:
    """What a style attribute says of the words inside."""
    return (BOLD if _BOLD_STYLE.search(style) else 0) | (UNSEEN if _UNSEEN_STYLE.search(style) else 0)


class _Walk:
    """The one pass over the tree."""

    def __init__(self, page: Stream) -> None:
        self.page = page
        self.in_body = False
        self.open_at = 0  # first piece of the line that is being gathered

    def go(self, root: LexborNode) -> None:
        """The hot loop of the whole parse: plain names, no calls where none is needed."""
        texts, homes, elements, by_tag = self.page.texts, self.page.homes, self.page.elements, self.page.by_tag
        by_class, by_id, by_attr, kinds = self.page.by_class, self.page.by_id, self.page.by_attr, _WALKED
        top = parent = Element("#document", {}, None, -1, 0, BLOCK)
        stack: list[tuple[LexborNode | None, Element]] = []  # where to go on when an element is done, and in which
        node: LexborNode | None = root
        while True:
            if node is None:
                if not stack:
                    break
                parent.t1, parent.end = len(texts), len(elements)
                if parent.t1 > self.open_at and parent.marks & BLOCK:
                    self.flush(parent)
                node, parent = stack.pop()
                continue
            tag = node.tag or "-"
            if tag == "-text":
                if self.in_body and (raw := node.text_content):
                    if not raw.isspace():
                        texts.append(raw)
                        homes.append(parent)
                    elif len(texts) > self.open_at and texts[-1][-1] not in " \n":
                        texts[-1] += " "  # white space alone only parts the words beside it
                node = node.next
                continue
            kind = kinds.get(tag, BLOCK)
            if kind < 0 or tag[0] in "-!":
                if tag == "script":
                    self.script(node, node.attributes)
                node = node.next
                continue
            t0 = len(texts)
            if kind & BLOCK and t0 > self.open_at:
                self.flush(parent, tag == "br")
            attrs = node.attributes
            el = Element(tag, attrs, parent, len(elements), t0, kind & _OWN | parent.marks & INHERITED)
            if attrs:
                if "hidden" in attrs and is_hidden(attrs):
                    node = node.next
                    continue
                if "class" in attrs:
                    by_class[attrs["class"] or ""].append(el)
                if "id" in attrs:
                    by_id.setdefault(attrs["id"] or "", el)
                if "role" in attrs:
                    by_attr["role"].append(el)
                if "itemprop" in attrs:
                    by_attr["itemprop"].append(el)
                if "itemtype" in attrs:
                    by_attr["itemtype"].append(el)
                if "style" in attrs and (style := attrs["style"]):
                    el.marks |= marks_of_style(style)
            elements.append(el)
            by_tag[tag].append(el)
            if kind & _NOTED:
                self.note(tag, attrs, node)
            child = node.first_child
            if child is None:
                node = node.next
            else:
                stack.append((node.next, parent))
                node, parent = child, el
        self.flush(top)

    def flush(self, block: Element, broken: bool = False) -> None:
        """End the line that is being gathered, if it has a word."""
        page, start = self.page, self.open_at
        end, ordinal = len(page.texts), len(page.lines)
        if end == start:
            return
        while not block.marks & BLOCK and block.parent is not None:
            block = block.parent
        if end == start + 1:
            text = " ".join(page.texts[start].split())
            page.line_of.append(ordinal)
        else:
            text = " ".join("".join(page.texts[start:end]).split())
            page.line_of.extend([ordinal] * (end - start))
        page.lines.append(Line(ordinal, block, start, end, text, broken))
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
            page.base_href = page.base_href or attrs.get("href") or ""
        elif tag in ("body", "frameset"):
            page.body_attrs, self.in_body = page.body_attrs or attrs, True
