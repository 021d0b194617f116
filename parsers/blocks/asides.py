"""Boxes and pointers among the lines of a statement that are the page's maker's: a takeaway, an offer, a sign-up, a vote. Pure.

Most lines of a statement stand in one place of the tree. What stands beside that in an element of its own is a box. A box is
nobody's words where it holds a button, or nothing but links, or where boxes like it stand in most blocks with a few words each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..page import CELL, LINK, PRE, QUOTE, Element, Page
from .cues import closes, invites, is_note
from .drafts import Draft
from .rows import Row

_CONTROLS = frozenset("button input select textarea form".split())
#: elements that are part of a text, and no box
_FLOW = frozenset(
    "p ul ol li dl dt dd blockquote pre code table thead tbody tr td th a b i em strong span font h1 h2 h3 h4 h5 h6".split()
)
#: words of a box at most; of a line that is a link
MOST_WORDS, MOST_LINKED = 40, 12
#: words beside a link on a line of its own that lead up to it
MOST_OFFER = 25
#: elements in a box that are looked at
MOST_ELEMENTS = 40
#: share of the blocks in which like boxes must stand
MOST = 0.5

Kind = tuple[str, str]


class _Box:
    """An element beside the statement, and the rows of the draft that stand in it."""

    __slots__ = ("draft", "el", "rows")

    def __init__(self, draft: Draft, el: Element) -> None:
        self.draft = draft
        self.el = el
        self.rows: list[int] = []

    @property
    def kind(self) -> Kind:
        """What makes boxes alike: tag and class attribute, whatever the class is called."""
        return _kind(self.el)


def drop_boxes(page: Page, rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
    """Move what stands in such boxes from `said` and `heads` to `asides`, in every draft."""
    boxes: list[_Box] = []
    own: set[Kind] = set()
    for draft in drafts:
        home = _home(rows, draft)
        if home is not None:
            found = _boxes(rows, draft, home)
            boxes += found
            own |= {_kind(el) for el in (home, *(_beside(home, box.el) for box in found))}
    often = {kind for kind, count in _counts(boxes).items() if count >= max(2, MOST * len(drafts))} - own
    for box in boxes:
        if _is_odd(page, rows, box, often):
            _move(box.draft, box.rows)
            box.draft.boxes += box.rows


def _counts(boxes: Sequence[_Box]) -> Counter[Kind]:
    """In how many drafts each kind of box stands."""
    return Counter(kind for _, kind in {(id(box.draft), box.kind) for box in boxes})


def _kind(el: Element) -> Kind:
    return el.tag, el.get("class")


def _flow(el: Element) -> Element:
    """The element that a line's text is part of: the innermost one around it that is more than text."""
    while el.tag in _FLOW and el.parent is not None:
        el = el.parent
    return el


def _home(rows: Sequence[Row], draft: Draft) -> Element | None:
    """Where most words of a statement stand, or None where there is nothing beside them."""
    words: Counter[int] = Counter()
    homes: dict[int, Element] = {}
    for n in (*draft.said, *([draft.byline.first] if draft.own else [])):
        el = _flow(rows[n].el)
        homes[el.at] = el
        words[el.at] += rows[n].words
    return homes[words.most_common(1)[0][0]] if words else None


def _boxes(rows: Sequence[Row], draft: Draft, home: Element) -> list[_Box]:
    """The boxes of a draft, in page order; none where they hold all that is said."""
    found: dict[int, _Box] = {}
    for n in sorted((*draft.said, *draft.heads)):
        el = _outermost(rows[n].el, home)
        if el is not None and el.tag not in _FLOW:
            found.setdefault(el.at, _Box(draft, el)).rows.append(n)
    return list(found.values())


def _outermost(el: Element, home: Element) -> Element | None:
    """The largest element around a line that does not hold the statement's home."""
    if el.holds(home):
        return None
    while el.parent is not None and not el.parent.holds(home):
        el = el.parent
    return el


def _beside(home: Element, box: Element) -> Element:
    """The home, or what holds it, that stands in one row with a box."""
    while home.parent is not None and home.parent is not box.parent and not home.parent.holds(box):
        home = home.parent
    return home


def box_behind(rows: Sequence[Row], drafts: Sequence[Draft]) -> int:
    """Where the boxes begin that end the last statement, where no other statement has any; -1 if there are none.

    A note on the blogger, a sign-up, other posts: what a theme puts below a post.
    """
    last = drafts[-1]
    home = _home(rows, last)
    if home is None or any((own := _home(rows, draft)) is not None and _boxes(rows, draft, own) for draft in drafts[:-1]):
        return -1
    boxed = {n for box in _boxes(rows, last, home) for n in box.rows}
    behind = -1
    for n in reversed(last.said):
        if n not in boxed or rows[n].el.marks & (CELL | PRE | QUOTE):
            break
        behind = n
    return behind


def _is_odd(page: Page, rows: Sequence[Row], box: _Box, often: set[Kind]) -> bool:
    held = [rows[n] for n in box.rows]
    words = sum([row.words for row in held])
    if words > MOST_WORDS or any(row.el.marks & (CELL | PRE | QUOTE) for row in held):
        return False
    if box.el.tag in ("aside", "form") or box.kind in often:
        return True
    if words <= MOST_LINKED and all(row.marks & LINK for row in held):
        return True
    inside = page.elements[box.el.at : min(box.el.end, box.el.at + MOST_ELEMENTS)]
    if any(el.tag in _CONTROLS for el in inside):
        return True
    links = [el for el in inside if el.tag == "a" and el.t1 > el.t0] if words <= MOST_OFFER else []
    return any(not any(row.t0 <= el.t0 < row.t1 and not row.marks & LINK for row in held) for el in links)


def _move(draft: Draft, numbers: Sequence[int]) -> None:
    gone = set(numbers)
    if draft.own or any(n not in gone for n in draft.said):
        draft.said = [n for n in draft.said if n not in gone]
        draft.heads = [n for n in draft.heads if n not in gone]
        draft.asides += numbers


def drop_pointers(page: Page, rows: Sequence[Row], draft: Draft) -> None:
    """Move an editor's notes, and the pointers to other pages at a statement's end, to `asides`."""
    for n in [n for n in draft.said if is_note(rows[n].text) or (rows[n].words <= MOST_OFFER and invites(rows[n].text))]:
        _move(draft, [n])
    while len(draft.said) > 1 - draft.own and _points_on(page, rows[draft.said[-1]]):
        draft.asides.append(draft.said.pop())


def _points_on(page: Page, row: Row) -> bool:
    """Whether a line is nothing but a short link in words, or a label ("See also:") with a link."""
    if row.tag == "li" or row.words > 2 * MOST_LINKED:
        return False
    if row.marks & LINK:
        return 1 < row.words <= MOST_LINKED and "." not in row.text.rstrip(".…»")
    return closes(row.text) and page.link_share(row.t0, row.t1) > 0.4
