"""The post's lines with what the block finder asks of them: each looked at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..page import BOLD, HEADING, ITALIC, LINK, QUOTE, Element, Line, Page
from ..wordcount import count_words

_RULE = re.compile(r"(?:[\W_]{1,80}|(?:[xo]\s?){3,9})", re.IGNORECASE)
_NUMBER = re.compile(r"(?:#|No\.? ?|№ ?)?\d{1,3}\s*(?:[.):]|(?:/|of|von|de|sur|di|van)\s*\d{1,3})?")
_RULE_LETTERS = "xXoON"  # with which one of the two may begin
_STYLES = BOLD | ITALIC | LINK


class Row:
    """One line of the post. `n` is its place among the rows."""

    __slots__ = tuple("after_image after_rule el front joined lead level line marks n rule style t0 t1 tag text words".split())

    def __init__(self, n: int, line: Line) -> None:
        text, el = line.text, line.el
        self.n = n
        self.line = line
        self.text = text
        self.el = el
        self.t0 = line.t0
        self.t1 = line.t1
        self.tag = el.tag
        self.words = text.count(" ") + 1 if text.isascii() else count_words(text)
        self.level = line.level if el.marks & HEADING else 0  #: of a heading, 1 to 6, or 0
        self.marks = 0  #: BOLD, ITALIC, LINK where all of the line is
        self.lead = 0  #: piece at which a styled beginning ends, or 0
        self.style = 0  #: marks of that beginning
        self.front = ""  #: that beginning, once somebody asked for it
        self.rule = False  #: a line of dashes, stars or the like, or a number alone
        self.joined = False  #: of the same paragraph as the row before
        self.after_rule = False  #: an <hr>, or a line of dashes, stands right before (see `look_around`)
        self.after_image = False  #: an image stands right before, or begins the line (see `look_around`)

    def opening(self, page: Page) -> str:
        """The words of the styled beginning."""
        if not self.front:
            self.front = page.text_between(self.t0, self.lead)
        return self.front

    @property
    def look(self) -> tuple[str, int, int]:
        """What the row looks like beside others: kind of element, style, quoted or not."""
        return self.tag, self.marks & (BOLD | ITALIC), self.el.marks & QUOTE

    def __repr__(self) -> str:
        return f"Row({self.n}, {self.tag}, {self.text[:50]!r})"


def rows_of(page: Page, lines: Sequence[Line]) -> list[Row]:
    """A row for each line, in order, with its own looks."""
    rows: list[Row] = []
    homes = page.homes
    before: Row | None = None
    for n, line in enumerate(lines):
        row = Row(n, line)
        rows.append(row)
        first, text = homes[row.t0], row.text
        row.marks = first.marks & _STYLES
        if row.t1 - row.t0 > 1:
            _look(page, row, first)
        if len(text) <= 80 and (not text[0].isalpha() or text[0] in _RULE_LETTERS):
            row.rule = bool(_RULE.fullmatch(text) or _NUMBER.fullmatch(text))
        row.joined = before is not None and before.line.broken and before.el is row.el
        before = row
    return rows


def look_around(page: Page, rows: Sequence[Row]) -> None:
    """Tell the rows of the images and rules that stand right before them."""
    images = {el.t0 for el in page.by_tag.get("img", ())} if page.tree is not None else set()
    breaks = {el.t0 for el in page.by_tag.get("hr", ())} if page.tree is not None else set()
    end = None  # of the row before
    for row in rows:
        near = row.t0 if end is None or row.t0 - end >= 8 else end
        end = row.t1
        row.after_rule = row.n > 0 and rows[row.n - 1].rule
        for t in range(near, row.t0 + 1):
            row.after_image |= t in images
            row.after_rule |= t in breaks


def is_prose(row: Row) -> bool:
    """Whether a row is a sentence or more, and no label."""
    return row.words > 12 or (row.words > 5 and row.text[-1] in '.!?。！？।؟"”')


def core(rows: Sequence[Row]) -> range:
    """The stretch of a page without markup that is prose, where menus and lists of links cost more than they hold."""
    best = total = 0.0
    start, found = 0, (0, len(rows))
    for n, row in enumerate(rows):
        total += row.words if is_prose(row) else -4
        if total <= 0:
            total, start = 0.0, n + 1
        elif total > best:
            best, found = total, (start, n + 1)
    end = found[1]
    while end < len(rows) and rows[end].text[-1] in '.!?。！？"”':
        end += 1
    return range(found[0], end)


def _look(page: Page, row: Row, first: Element) -> None:
    """Style and styled beginning of a row of several pieces."""
    homes = page.homes
    if row.marks:
        for t in range(row.t0 + 1, row.t1):
            if homes[t].marks & row.marks != row.marks and any(c.isalnum() for c in page.texts[t]):
                row.marks &= homes[t].marks
    if first is not row.el:
        row.lead, row.style = _lead(page, row, first)


def _lead(page: Page, row: Row, first: Element) -> tuple[int, int]:
    """Where the styled beginning ends: at the end of the outermost inline element, and of what follows in the same style."""
    homes, end = page.homes, row.t0 + 1
    own = row.el.marks
    style = first.marks & _STYLES & ~own
    if style & BOLD:
        style = BOLD
    top = first
    while top.parent is not None and top.parent is not row.el and top.parent.t1 < row.t1:
        top = top.parent
    end = max(end, min(top.t1, row.t1))
    while style and end < row.t1 and homes[_next_word(page, end, row.t1)].marks & style:
        end += 1
    return (end, style) if end < row.t1 else (0, 0)


def _next_word(page: Page, t: int, end: int) -> int:
    """The next piece with a word in it: a colon or a blank between two bold pieces parts nothing."""
    while t + 1 < end and not any(c.isalnum() for c in page.texts[t]):
        t += 1
    return t
