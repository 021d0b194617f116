"""Find the post on a page, and say its text. Pure.

Each free line is worth something: prose much, a heading a little, a line of links less than nothing. The post is the
element whose lines are worth most together; tags only lend weight, and classes none. So it works when every class is
renamed, when there is no `<p>` on the page, and when there is no markup at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from .boilerplate import count_words
from .ledger import Ledger
from .page import CAPTION, CELL, DEFINITION, HEADING, ITEM, LINK, QUOTE, UNSEEN, Element, Line, Page

KEEP = 0.9  # an inner element is the post when it holds this share of what the outer one is worth
FAR = 0.2  # what a line is worth, of its own, before the headline or behind the first comment
ENDS = ".!?:;\"'”’»…。！？」)"


@dataclass(frozen=True, slots=True)
class Body:
    """The post's own container, and the lines in it that belong to the post, in order."""

    el: Element
    lines: tuple[Line, ...]


def find_article(page: Page, ledger: Ledger) -> Body:
    """The post's container. On a page without any text it is the page itself, with no lines."""
    top = page.elements[0] if page.tree is None else (page.by_tag.get("body") or page.elements)[0]
    if page.tree is None or top.t1 == top.t0:
        return Body(top, tuple(ledger.free_lines(top.t0, top.t1)))
    worth = _worth(page, ledger)
    head = _headline(page, ledger)
    el = _best(page, _sums(page, ledger, worth, head), top)
    return Body(el, tuple(_own(page, ledger, el, worth, head)))


def _headline(page: Page, ledger: Ledger) -> int:
    """The ordinal of the line that prints the title, or -1."""
    return page.line_of[ledger.marks.index("+title")] if "+title" in ledger.marks else -1


def _worth(page: Page, ledger: Ledger) -> list[float]:
    """Beside `page.lines`: what each is worth."""
    found, marks, homes, texts = [], ledger.marks, page.homes, page.texts
    for line in page.lines:
        t0, t1 = line.t0, line.t1
        if marks[t0] and all(marks[t0:t1]):
            found.append(-2.0 if marks[t0][0] == "+" and marks[t0] != "+title" else -0.5)
            continue
        size = len(line.text)
        linked = sum([len(texts[t]) for t in range(t0, t1) if homes[t].marks & LINK]) / size
        words = count_words(line.text)
        mark = line.el.marks
        if mark & UNSEEN:
            found.append(-0.5)
        elif linked > 0.8:
            found.append(-1 - 0.3 * words)
        elif size > 60 or (words > 5 and line.text[-1] in ENDS):
            found.append(words * (1 - 1.2 * linked))
        elif mark & (HEADING | ITEM | QUOTE | CELL | DEFINITION):
            found.append(0.5 * words * (1 - linked))
        else:
            found.append(-0.5)
    return found


def _sums(page: Page, ledger: Ledger, worth: list[float], head: int) -> list[float]:
    """Beside `page.lines`, plus one: the worth of all lines before each, with what stands far from the post discounted."""
    first = next((n for n, line in enumerate(page.lines) if ledger.marks[line.t0][:8] == "+comment"), len(worth))
    gains = [max(0.0, w) for w in worth]
    whole = sum(gains)
    if sum(gains[:head]) > 0.5 * whole:
        head = -1
    if sum(gains[:first]) < 0.3 * whole:
        first = len(worth)
    sums, total = [0.0], 0.0
    for n, value in enumerate(worth):
        total += value * FAR if value > 0 and not head <= n < first else value
        sums.append(total)
    return sums


def _best(page: Page, sums: list[float], top: Element) -> Element:
    """The element of the greatest sum, then inwards as long as one child holds nearly all of it."""
    line_of, seen = page.line_of, {top.at}
    found, best = top, _of(sums, line_of, top)
    for line in page.lines:
        el: Element | None = line.el
        while el is not None and el.at not in seen:
            seen.add(el.at)
            if el.t1 > el.t0:
                value = _of(sums, line_of, el)
                if value > best or (value == best and el.t1 - el.t0 < found.t1 - found.t0):
                    found, best = el, value
            el = el.parent
    while True:
        kids = [kid for kid in page.kids(found) if kid.t1 > kid.t0]
        inner = max(kids, key=lambda kid: _of(sums, line_of, kid), default=None)
        if inner is None or inner.tag == "p" or _of(sums, line_of, inner) < KEEP * best:
            return found
        found = inner


def _of(sums: list[float], line_of: list[int], el: Element) -> float:
    return sums[line_of[el.t1 - 1] + 1] - sums[line_of[el.t0]]


def _own(page: Page, ledger: Ledger, el: Element, worth: list[float], head: int) -> list[Line]:
    """The container's free lines, from the headline on, with the standfirst above it and without the links at its end."""
    first, last = page.line_of[el.t0], page.line_of[el.t1 - 1]
    if first <= head <= last:
        before = sum(max(0.0, w) for w in worth[first:head])
        if before < 0.3 * sum(max(0.0, w) for w in worth[first : last + 1]):
            first = head + 1
    lead = [n for n in range(max(head + 1, first - 12), first) if worth[n] >= 8] if 0 <= head < first else []
    while last > first and worth[last] <= -1:
        last -= 1
    numbers = [*lead, *range(first, last + 1)]
    return [page.lines[n] for n in numbers if not ledger.taken(page.lines[n])]


def article_text(page: Page, ledger: Ledger, body: Body) -> str:
    """The post's words: paragraphs joined by a blank line, a `<br>` or a list item as a line of its own.

    Without captions and without runs of bare links, which are the page's and not the post's.
    """
    parts: list[str] = []
    glue = ""
    for line in body.lines:
        if line.el.marks & (CAPTION | UNSEEN) or ledger.taken(line):
            continue
        text = line.text if ledger.free(line.t0, line.t1) else ledger.free_text(line.t0, line.t1)
        parts += [glue, text]
        glue = "\n" if line.broken or line.el.tag == "li" else "\n\n"
    return "".join(parts)
