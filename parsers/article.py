"""Find the post on a page, and say its text. Pure.

Each free line is worth something: prose much, a heading a little, a line of links less than nothing. The post is the
element whose lines are worth most together; tags only lend weight, and classes none. So it works when every class is
renamed, when there is no `<p>` on the page, and when there is no markup at all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from .bylines import looks_like_name
from .facts.headline import letters
from .facts.signed import strip_by
from .ledger import Ledger
from .page import CAPTION, CELL, DEFINITION, HEADING, ITEM, LINK, QUOTE, UNSEEN, Element, Line, Page
from .wordcount import rough_words

DEEPER = 0.9  # what a line is worth to a container one further out
CLEAN = 0.9  # an outer container is the post when so much of what it adds is worth having
THIN = 25.0  # words: less between a headline and the readers' words is no post
TEASER = 3.0  # what a heading costs that is nothing but a link: it mostly opens another post
SAID, MOST = 300, 200_000  # letters of an articleBody that are worth a look, and that are looked at
UNDER = 0.5  # what is left of the worth of what stands under it
LEAD = 40  # lines below the headline that may hold a standfirst outside the container
FLAT = 0.8  # on a page without prose, an inner element is the post when it holds this share of the outer one's words
_OF_A_TEXT = HEADING | ITEM | QUOTE | CELL | DEFINITION
FAR = 0.2  # what a line is worth, of its own, before the headline or behind the first comment
HOLDERS = frozenset("div section article main body td tr tbody table center form span font".split())  # what can hold a post
ENDS = ".!?:;\"'”’»…。！？।؟」)"


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
    worth, words = _weigh(page, ledger)
    head = _headline(page, ledger)
    first = _first_comment(page, ledger)
    near = _as_said(page, _near(worth, head, first))
    el = _best(page, near, top)
    if _is_thread(page, ledger, worth, head, first):
        return Body(el, ())
    free = sum(words)
    if sum(near[page.line_of[el.t0] : page.line_of[el.t1 - 1] + 1]) < (0.5 if free < 120 else 0.2) * free:
        el = _inwards(page, [0.0, *accumulate(words)], top)  # a page of short lines and links: the post is what is left of it
        return Body(el, tuple(ledger.free_lines(el.t0, el.t1)))
    return Body(el, tuple(_own(page, ledger, el, worth, head)))


def _headline(page: Page, ledger: Ledger) -> int:
    """The ordinal of the line that prints the title, or -1."""
    return page.line_of[ledger.marks.index("+title")] if "+title" in ledger.marks else -1


def _weigh(page: Page, ledger: Ledger) -> tuple[list[float], list[float]]:
    """Beside `page.lines`: what each is worth to a post, and its free words, links for less."""
    worth: list[float] = []
    plain: list[float] = []
    linked_heads: list[int] = []
    marks, homes, texts = ledger.marks, page.homes, page.texts
    for line in page.lines:
        t0, t1 = line.t0, line.t1
        mark = line.el.marks
        if (marks[t0] and (t1 == t0 + 1 or all(marks[t0:t1]))) or mark & UNSEEN:
            worth.append(-2.0 if marks[t0][:1] == "+" and marks[t0] != "+title" else -0.5)
            plain.append(0.0)
            continue
        text = line.text
        if t1 == t0 + 1:
            linked = 1.0 if homes[t0].marks & LINK else 0.0
        else:
            linked = sum([len(texts[t]) for t in range(t0, t1) if homes[t].marks & LINK]) / len(text)
        words = text.count(" ") + 1 if text.isascii() else rough_words(text)
        plain.append(words * (1 - 0.7 * linked))
        if linked > 0.8:
            worth.append(-1 - 0.3 * words)
            if mark & HEADING:
                linked_heads.append(line.ordinal)
        elif len(text) > 200 and 12 * words < len(text):
            worth.append(-0.5)  # a ticker, a row of labels, code: no language has such long words
        elif len(text) > 60 or (words > 5 and text[-1] in ENDS):
            worth.append(words * (1 - 1.2 * linked))
        elif mark & _OF_A_TEXT or line.broken or line.el.tag == "p":
            worth.append(0.5 * words * (1 - linked))
        else:
            worth.append(0.1 * words * (1 - linked) - 0.4)
    if linked_heads:
        _mark_teasers(page, worth, linked_heads)
    return worth, plain


def _mark_teasers(page: Page, worth: list[float], linked_heads: list[int]) -> None:
    """Take the headings that are bare links for other posts' titles, unless most of the page stands under them."""
    under: list[int] = []
    owner, heads = -1, set(linked_heads)
    for n, line in enumerate(page.lines):
        if line.el.marks & HEADING:
            owner = n if n in heads else -1
        elif owner >= 0 and n - owner < 8 and worth[n] > 0:
            under.append(n)
    if sum(worth[n] for n in under) < 0.5 * sum(value for value in worth if value > 0):
        for n in linked_heads:
            worth[n] = -TEASER
        for n in under:
            worth[n] *= UNDER


def _near(worth: list[float], head: int, first: int) -> list[float]:
    """The worth of each line, discounted before the headline and behind the first comment."""
    gains = [value if value > 0 else 0.0 for value in worth]
    whole = sum(gains)
    if head > 0 and sum(gains[:head]) > 0.5 * whole:
        head = -1
    if sum(gains[:first]) < 0.3 * whole:
        first = len(worth)
    return [value * FAR if value > 0 and not head <= n < first else value for n, value in enumerate(worth)]


def _first_comment(page: Page, ledger: Ledger) -> int:
    """The ordinal of the first line that a comment reader has claimed, or one past the last line."""
    return next((n for n, line in enumerate(page.lines) if ledger.marks[line.t0][:8] == "+comment"), len(page.lines))


def _is_thread(page: Page, ledger: Ledger, worth: list[float], head: int, first: int) -> bool:
    """True where the readers' words are the page: much said by them, and next to nothing between headline and them."""
    if first == len(page.lines) or sum(max(0.0, value) for value in worth[max(head, 0) : first]) >= THIN:
        return False
    if not any(mark[:10] == "+comment 2" for mark in ledger.marks):  # one is no thread
        return False
    said = sum(rough_words(line.text) for line in page.lines[first:] if ledger.marks[line.t0][:8] == "+comment")
    return said > 2 * sum(max(0.0, value) for value in worth)


def _as_said(page: Page, worth: list[float]) -> list[float]:
    """Discount what the page's own JSON-LD does not count as the article's body, where it gives one and prints it."""
    said = max((item["articleBody"] for item in page.ld if isinstance(item.get("articleBody"), str)), key=len, default="")
    if len(said) < SAID:
        return worth
    body = letters(said[:MOST])
    found = [value > 0 and letters(line.text)[:40] in body for line, value in zip(page.lines, worth, strict=True)]
    if 2 * sum(len(line.text) for line, known in zip(page.lines, found, strict=True) if known) < min(len(said), MOST):
        return worth
    return [value if known or value <= 0 else value * FAR for value, known in zip(worth, found, strict=True)]


def _best(page: Page, worth: list[float], top: Element) -> Element:
    """The element whose lines are worth most, each the less the deeper it stands inside; then outwards over clean ground."""
    elements = page.elements
    values = [0.0] * len(elements)
    for line, value in zip(page.lines, worth, strict=True):
        values[line.el.at] += value
    best, found = 0.0, top
    for at in range(len(values) - 1, -1, -1):
        value = values[at]
        if value:
            el = elements[at]
            parent = el.parent
            if el.tag in HOLDERS:
                if value > best:
                    best, found = value, el
                value *= DEEPER
            if parent is not None and parent.at >= 0:
                values[parent.at] += value
    sums = [0.0, *accumulate(worth)]
    gains = [0.0, *accumulate([value if value > 0 else 0.0 for value in worth])]
    outer: Element | None = found
    while outer is not None and outer.at >= top.at:
        more = _of(gains, page.line_of, outer) - _of(gains, page.line_of, found)
        net = _of(sums, page.line_of, outer) - _of(sums, page.line_of, found)
        if more > 0 and net > CLEAN * more:
            found = outer
        outer = outer.parent
    return found


def _inwards(page: Page, sums: list[float], el: Element) -> Element:
    """As far inwards as one child holds nearly all of what the first one holds."""
    line_of = page.line_of
    enough = FLAT * _of(sums, line_of, el)
    while True:
        kids = [kid for kid in page.kids(el) if kid.t1 > kid.t0 and kid.tag in HOLDERS]
        inner = max(kids, key=lambda kid: _of(sums, line_of, kid), default=None)
        if inner is None or _of(sums, line_of, inner) < enough:
            return el
        el = inner


def _of(sums: list[float], line_of: list[int], el: Element) -> float:
    return sums[line_of[el.t1 - 1] + 1] - sums[line_of[el.t0]]


def _own(page: Page, ledger: Ledger, el: Element, worth: list[float], head: int) -> list[Line]:
    """The container's free lines, from the headline on, with the standfirst above it and without the links at its end."""
    first, last = page.line_of[el.t0], page.line_of[el.t1 - 1]
    gains = [value if value > 0 else 0.0 for value in worth]
    if first <= head <= last and sum(gains[first:head]) < 0.3 * sum(gains[first : last + 1]):
        first = head + 1
    lead = [n for n in range(max(head + 1, first - LEAD), first) if worth[n] >= 8] if 0 <= head < first else []
    sums = [0.0, *accumulate(worth[first : last + 1])]
    best = max(sums)
    end = first + max(n for n, value in enumerate(sums) if value == best)
    while end <= last and worth[end] > -1:  # a short last line is no link
        end += 1
    numbers = [*lead, *range(first, end)]
    return [page.lines[n] for n in numbers if not ledger.taken(page.lines[n])]


BIO = 1200  #: letters that a note on the author may have
LIST = 4  #: bare links in a row, at the end, that are a list of other posts
MANY = 3  #: a bare link that comes so often in the same words is a control


def article_text(page: Page, ledger: Ledger, body: Body) -> str:
    """The post's words: paragraphs joined by a blank line, a `<br>` or a list item as a line of its own.

    Without captions, without links that come again and again in the same words ("Read more"), and without what
    stands behind the post's last word: a note on its author, a list of other posts.
    """
    lines = [line for line in body.lines if not (line.el.marks & (CAPTION | UNSEEN) or ledger.taken(line))]
    seen = Counter(line.text for line in lines if len(line.text) < 60)
    parts: list[str] = []
    before: Line | None = None
    for line in lines[: _end(page, ledger, lines)]:
        if seen[line.text] >= MANY and _is_control(page, line):
            continue
        text = line.text if ledger.free(line.t0, line.t1) else ledger.free_text(line.t0, line.t1)
        if before is not None:
            parts.append("\n" if before.broken or before.el.tag == line.el.tag == "li" else "\n\n")
        parts.append(text)
        before = line
    return "".join(parts)


def _end(page: Page, ledger: Ledger, lines: list[Line]) -> int:
    """How many of the lines come before a note on the author, or a list of links with little behind it."""
    sizes = [len(line.text) for line in lines]
    rest, whole, run, behind = 0, sum(sizes), 0, 0
    names = _author(page, ledger)
    end = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        linked = page.link_share(line.t0, line.t1) > 0.8
        rest += sizes[n]
        behind += 0 if linked else sizes[n]
        if rest > 0.2 * whole or behind > max(0.05 * whole, 60):
            break
        run = run + 1 if linked else 0
        if run >= LIST or (rest < BIO and line.text.startswith(names)):
            end = n
    return end


def _author(page: Page, ledger: Ledger) -> tuple[str, ...]:
    """How a note on the post's author begins."""
    if "+byline of the post" not in ledger.marks:
        return ()
    line = page.lines[page.line_of[ledger.marks.index("+byline of the post")]]
    name = strip_by(line.text) or line.text
    if not looks_like_name(name) or " " not in name:
        return ()
    first = name.split(" ")[0]
    return (name, f"About {name}", f"{first} is ", f"{first} has ")


def _is_control(page: Page, line: Line) -> bool:
    """True for a bare link that is not a heading, nor a person's name."""
    return not line.el.marks & HEADING and page.link_share(line.t0, line.t1) > 0.8 and not looks_like_name(line.text)
