"""Who took which words: each piece of the page is claimed once, dropped once by a named rule, or left over.

Claimed + dropped + left over = the page, always. The first to take a piece keeps it, so the order of the steps
in `parse.py` is the order of precedence. There is no catch-all rule: a rule names what it drops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .model import Dropped, Words
from .page import Element, Line, Page, visible_words


@dataclass(frozen=True, slots=True)
class Marked:
    """A line, or a part of one, and what became of it (for `ingest explain`)."""

    fate: str  #: claimed, dropped, left over
    mark: str  #: "statement 3", "comment 12", "wordpress/likes", ""
    text: str
    line: int  #: ordinal of the line


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
        taken, marks = 0, self.marks
        for t in range(t0, t1):
            if not marks[t]:
                marks[t] = mark
                taken += 1
        return taken

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
        page, marks = self.page, self.marks
        for line in page.lines:
            start = line.t0
            for t in range(line.t0 + 1, line.t1 + 1):
                if t < line.t1 and marks[t] == marks[start]:
                    continue
                mark = marks[start]
                fate = "claimed" if mark[:1] == "+" else "dropped" if mark else "left over"
                yield Marked(fate, mark[1:], " ".join("".join(page.texts[start:t]).split()), line.ordinal)
                start = t

    def dropped(self) -> tuple[Dropped, ...]:
        """Every drop with its rule, in page order."""
        return tuple(Dropped(span.mark, span.text, span.line) for span in self.spans() if span.fate == "dropped")

    def left_over(self) -> tuple[str, ...]:
        """What nobody took, in page order."""
        return tuple(span.text for span in self.spans() if span.fate == "left over")

    def words(self, inside: Sequence[Element] = ()) -> Words:
        """The sums; `inside` are the containers of the article."""
        claimed = dropped = left = left_inside = 0
        for t, (text, mark) in enumerate(zip(self.page.texts, self.marks, strict=True)):
            size = len(text.split())
            if mark[:1] == "+":
                claimed += size
            elif mark:
                dropped += size
            else:
                left += size
                left_inside += size if any(el.t0 <= t < el.t1 for el in inside) else 0
        return Words(visible_words(self.page), claimed, dropped, left, left_inside)
