"""Who took which words: each piece of the page is claimed once, dropped once by a named rule, or left over.

Claimed + dropped + left over = the page, always. The first to take a piece keeps it, so the order of the steps
in `reading.py` is the order of precedence. There is no catch-all rule: a rule names what it drops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .model import Dropped, Words
from .page import Element, Line, Page, visible_words


class Marked(NamedTuple):
    """A line, or a part of one, and what became of it."""

    mark: str  #: "+statement 3", "-wordpress/likes", "" for what was left over
    text: str  #: white space folded
    line: int  #: ordinal of the line
    t0: int  #: its first piece
    words: int

    @property
    def fate(self) -> str:
        """claimed, dropped or left over"""
        return {"+": "claimed", "-": "dropped", "": "left over"}[self.mark[:1]]


@dataclass(frozen=True, slots=True)
class Account:
    """The book, closed."""

    dropped: tuple[Dropped, ...]
    left_over: tuple[str, ...]
    words: Words


class Ledger:
    """The book of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.marks: list[str] = [""] * len(page.texts)  # "+statement 3", "-wordpress/likes", ""

    def claim(self, t0: int, t1: int, what: str) -> int:
        """Claim the free pieces of a range; returns how many there were."""
        return self._take(t0, t1, "+" + what)

    def drop(self, t0: int, t1: int, rule: str) -> int:
        """Drop the free pieces of a range by a named rule; returns how many there were."""
        return self._take(t0, t1, "-" + rule)

    def _take(self, t0: int, t1: int, mark: str) -> int:
        marks, size = self.marks, t1 - t0
        free = marks[t0:t1].count("")
        if free == size:
            marks[t0:t1] = [mark] * size
        elif free:
            for t in range(t0, t1):
                marks[t] = marks[t] or mark
        return free

    def free(self, t0: int, t1: int) -> bool:
        """True where no piece of the range is taken."""
        return not any(self.marks[t0:t1])

    def taken(self, line: Line | Element) -> bool:
        """True where every piece of a line or element is taken."""
        return all(self.marks[line.t0 : line.t1])

    def free_lines(self, t0: int, t1: int) -> list[Line]:
        """The lines of a range that have at least one free piece."""
        marks = self.marks
        return [line for line in self.page.lines_between(t0, t1) if not all(marks[line.t0 : line.t1])]

    def free_text(self, t0: int, t1: int) -> str:
        """The words of the free pieces of a range, white space folded."""
        return " ".join("".join(self.page.texts[t] for t in range(t0, t1) if not self.marks[t]).split())

    def spans(self) -> Iterator[Marked]:
        """The whole page in order, cut where the line or the mark changes."""
        texts, marks = self.page.texts, self.marks
        for line in self.page.lines:
            t0, t1 = line.t0, line.t1
            if t1 - t0 == 1:
                yield Marked(marks[t0], line.text, line.ordinal, t0, line.text.count(" ") + 1)
                continue
            start = t0
            if marks[t0:t1].count(marks[t0]) == t1 - t0:
                words = sum([len(raw.split()) for raw in texts[t0:t1]])
                yield Marked(marks[t0], line.text, line.ordinal, t0, words)
                continue
            for t in range(t0 + 1, t1 + 1):
                if t == t1 or marks[t] != marks[start]:
                    whole = start == t0 and t == t1
                    text = line.text if whole else " ".join("".join(texts[start:t]).split())
                    yield Marked(marks[start], text, line.ordinal, start, sum([len(raw.split()) for raw in texts[start:t]]))
                    start = t

    def close(self, inside: Sequence[Element] = ()) -> Account:
        """What was dropped and left over, in page order, and the sums; `inside` are the containers of the article."""
        dropped: list[Dropped] = []
        left: list[str] = []
        sums = {"+": 0, "-": 0, "": 0}
        left_inside = 0
        for mark, text, line, t0, size in self.spans():
            kind = mark[:1]
            sums[kind] += size
            if kind == "-":
                dropped.append(Dropped(mark[1:], text, line))
            elif not kind:
                left.append(text)
                if any(el.t0 <= t0 < el.t1 for el in inside):
                    left_inside += size
        words = Words(visible_words(self.page), sums["+"], sums["-"], sums[""], left_inside)
        return Account(tuple(dropped), tuple(left), words)
