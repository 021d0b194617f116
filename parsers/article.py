"""Find the post on a page, and say its text. Pure.

Each free line is worth something: prose much, a heading a little, a line of links less than nothing. The post is the
element whose lines are worth most together; classes and tags only lend weight. So it works when every class is
renamed, when there is no `<p>` on the page, and when there is no markup at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from .boilerplate import count_words
from .ledger import Ledger
from .page import HEADING, ITEM, LINK, Element, Line, Page


@dataclass(frozen=True, slots=True)
class Body:
    """The post's own container, and the lines in it that belong to the post, in order."""

    el: Element
    lines: tuple[Line, ...]


KEEP = 0.9  # an element inside is the post when it holds this share of what the outer one is worth


def find_article(page: Page, ledger: Ledger) -> Body:
    """The post's container. On a page without any text it is the page itself, with no lines."""
    top = page.elements[0] if page.tree is None else (page.by_tag.get("body") or page.elements)[0]
    if page.tree is None:
        return Body(top, tuple(ledger.free_lines(top.t0, top.t1)))
    if top.t1 == top.t0:
        return Body(top, ())
    worth = _worth(page, ledger)
    el = _best(page, worth, top)
    return Body(el, tuple(_own(page, ledger, el)))


def _worth(page: Page, ledger: Ledger) -> list[float]:
    """Beside `page.lines`, plus one: the worth of all lines before each."""
    sums, total, marks, homes, texts = [0.0], 0.0, ledger.marks, page.homes, page.texts
    for line in page.lines:
        if marks[line.t0] and all(marks[line.t0 : line.t1]):
            total -= 2.0 if marks[line.t0][0] == "+" else 0.5
        else:
            size = len(line.text)
            linked = sum([len(texts[t]) for t in range(line.t0, line.t1) if homes[t].marks & LINK]) / size
            words = count_words(line.text)
            if linked > 0.8:
                total -= 1 + 0.3 * words
            elif size > 60 or (words > 5 and line.text[-1] in ".!?:。！？"):
                total += words * (1 - 1.2 * linked)
            elif line.el.marks & (HEADING | ITEM):
                total += 0.5 * words * (1 - linked)
            else:
                total -= 0.5
        sums.append(total)
    return sums


def _best(page: Page, worth: list[float], top: Element) -> Element:
    line_of, seen = page.line_of, {top.at}
    found, best = top, _of(worth, line_of, top)
    for line in page.lines:
        el: Element | None = line.el
        while el is not None and el.at not in seen:
            seen.add(el.at)
            if el.t1 > el.t0:
                value = _of(worth, line_of, el)
                if value > best or (value == best and el.t1 - el.t0 < found.t1 - found.t0):
                    found, best = el, value
            el = el.parent
    while True:
        kids = [kid for kid in page.kids(found) if kid.t1 > kid.t0]
        inner = max(kids, key=lambda kid: _of(worth, line_of, kid), default=None)
        if inner is None or inner.tag == "p" or _of(worth, line_of, inner) < KEEP * best:
            return found
        found = inner


def _of(worth: list[float], line_of: list[int], el: Element) -> float:
    return worth[line_of[el.t1 - 1] + 1] - worth[line_of[el.t0]]


def _own(page: Page, ledger: Ledger, el: Element) -> list[Line]:
    return ledger.free_lines(el.t0, el.t1)


def article_text(page: Page, ledger: Ledger, body: Body) -> str:
    """The post's words: paragraphs joined by a blank line, a `<br>` or a list item as a line of its own."""
    parts: list[str] = []
    glue = ""
    for line in body.lines:
        if ledger.taken(line):
            continue
        text = line.text if ledger.free(line.t0, line.t1) else ledger.free_text(line.t0, line.t1)
        parts += [glue, text]
        glue = "\n" if line.broken or line.el.tag == "li" else "\n\n"
    return "".join(parts)
