"""What stands in a block and is not said: captions, bios, contact lines, the editor's "she says:". Pure.

A line is left out of a statement for what it is (a caption), or because the same kind of line stands in the same place of
most blocks: an italic bio at the end, "Read more" under each quotation. One block alone proves nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from ..bylines import read
from ..bylines.names import read_name
from ..bylines.words import ORG, PLACE, ROLE, flags
from ..captions import is_caption
from ..page import BOLD, ITALIC, LINK, QUOTE, Page
from .asides import drop_boxes, drop_pointers
from .drafts import MOST_ABOUT, Draft
from .fields import is_link_line
from .rows import Row
from .template import asks

_CREDIT = re.compile(
    r"^\W*(?:photo|photograph|image|picture|credit|courtesy|illustration|foto|bild|crédit|imagen|imagem|fot|zdjęcie|фото|fotograf|写真)"
    r"\w*\b\W{0,3}|©|\bgetty images\b|\b(?:flickr|unsplash|shutterstock|wikimedia)\b",
    re.IGNORECASE,
)
_PULLED = " \"'“”„«»‘’….!?"  #: what a pulled quotation has around it
_WORD = re.compile(r"[^\W_]+")
#: share of the blocks in which a kind of line must stand in the same place
MOST = 0.6
#: characters in a frame around a picture at most
MOST_CHARS = 400
#: words of a caption at most
SHORT = 15


def trim(page: Page, rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
    """Move what is not said out of `said`, in every draft."""
    for draft in drafts:
        _captions(page, rows, draft)
    drop_boxes(page, rows, drafts)
    for draft in drafts:
        _pulled(rows, draft)
        drop_pointers(page, rows, draft)
        _rules(rows, draft)
    if len(drafts) < 2:
        return
    for last, draft in pairwise(drafts):
        _about_the_last(rows, last, draft)
    for draft in drafts:
        _about_oneself(rows, draft)
    _under_photos(rows, drafts)
    _quoted(rows, drafts)
    for _ in range(2):
        before = sum([len(draft.said) for draft in drafts])
        _bios(rows, drafts, -1)
        _bios(rows, drafts, 0)
        _repeated(page, rows, drafts, 0)
        _repeated(page, rows, drafts, -1)
        for draft in drafts:
            _rules(rows, draft)
        if sum([len(draft.said) for draft in drafts]) == before:
            break


def _pulled(rows: Sequence[Row], draft: Draft) -> None:
    """A line in a box or a look of its own that only repeats what stands beside it is the page's maker's: a pulled line."""
    own = [draft.byline.first] if draft.own else []
    said = draft.said
    if len(said) + len(own) < 2:
        return
    usual = Counter(rows[n].el.parent for n in (*own, *said)).most_common(1)[0][0]
    plain = [n for n in (*own, *said) if rows[n].el.parent is usual and not rows[n].el.marks & QUOTE]
    for n in list(said):
        row = rows[n]
        if row.text == draft.byline.expert.name:
            _aside(draft, n)
        if n in plain or not 4 <= row.words <= 60:
            continue
        core = row.text.strip(_PULLED)
        near = [
            m for m in (*own, *said) if m != n and abs(m - n) < 6 and (m in plain or rows[m].el.parent is not row.el.parent)
        ]
        if any(core in rows[m].text for m in near if rows[m].words >= row.words):
            _aside(draft, n)


def _captions(page: Page, rows: Sequence[Row], draft: Draft) -> None:
    framed = [n for n in draft.said if _framed(page, rows[n], draft, rows)]
    if len(framed) == len(draft.said) and not draft.own:
        framed = []
    for n in list(draft.said):
        row = rows[n]
        credit = row.words < 30 and (row.after_image or row.marks & ITALIC) and _CREDIT.search(row.text)
        if n in framed or credit or is_caption(page, row.line) or (len(draft.said) > 1 and _is_label(row)):
            draft.captions.append(n)
            draft.said.remove(n)


def _is_label(row: Row) -> bool:
    """Whether a row is a few words in italics right under a picture, and no sentence."""
    return row.after_image and bool(row.marks & ITALIC) and row.words <= SHORT and row.text[-1] not in ".!?。"


def _framed(page: Page, row: Row, draft: Draft, rows: Sequence[Row]) -> bool:
    """Whether a row shares a small box with a picture, and the byline stands outside."""
    box = row.el.parent
    if box is None or row.el.t1 - row.el.t0 == box.t1 - box.t0 == 0 or box.holds(rows[draft.byline.first].el):
        return False
    if box.t1 - box.t0 > 12 or sum(len(page.texts[t]) for t in range(box.t0, box.t1)) > MOST_CHARS:
        return False
    return any(el.tag == "img" for el in page.inside(box))


def _under_photos(rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
    """Where most blocks begin with a picture and a short line under it, that line is a credit or a caption."""
    under = [draft for draft in drafts if len(draft.said) > 1 and _is_under(rows[draft.said[0]])]
    seen = {id(draft) for draft in under}
    if len(under) + sum(bool(d.captions) and id(d) not in seen for d in drafts) < max(2, MOST * len(drafts)):
        return
    for draft in under:
        draft.captions.append(draft.said.pop(0))


def _is_under(row: Row) -> bool:
    if not row.after_image or row.el.marks & QUOTE or row.marks & BOLD:
        return False
    return row.words <= SHORT or (row.words <= 2 * SHORT and not row.text.endswith((".", "!", "?")))


def _rules(rows: Sequence[Row], draft: Draft) -> None:
    for place in (-1, 0):
        while draft.said and (rows[draft.said[place]].rule or (len(draft.said) > 1 and is_link_line(rows[draft.said[place]]))):
            draft.asides.append(draft.said.pop(place))


def _aside(draft: Draft, n: int) -> None:
    draft.said.remove(n)
    draft.asides.append(n)


def _quoted(rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
    """Where most blocks are one quotation with an editor's line before or behind it, the quotation is the statement.

    Words on both sides of it are the speaker's own, who quotes, or whose answer the page's maker has pulled a line from;
    unless those before it lead up to it ("She writes:").
    """
    able = 0
    for draft in drafts:
        quoted = [n for n in draft.said if rows[n].el.marks & QUOTE]
        around = sum(rows[n].words for n in draft.said if n not in quoted)
        one = bool(quoted) and not draft.own and quoted == list(range(quoted[0], quoted[-1] + 1)) and around <= 60
        able += one and (not draft.said[0] < quoted[0] <= quoted[-1] < draft.said[-1] or _leads_up(rows[quoted[0] - 1]))
    if able < 0.8 * len(drafts):
        return
    for draft in drafts:
        if any(rows[n].el.marks & QUOTE for n in draft.said):
            for n in [n for n in draft.said if not rows[n].el.marks & QUOTE]:
                _aside(draft, n)


def _leads_up(row: Row) -> bool:
    return row.text.endswith((":", "：", ","))


def _ends(drafts: Sequence[Draft], place: int) -> list[tuple[Draft, int]]:
    """The first (0) or last (-1) row of each draft that has another."""
    return [(draft, draft.said[place]) for draft in drafts if len(draft.said) > 1 or (draft.said and draft.own)]


def _most(page_rows: Sequence[tuple[Draft, int]], drafts: Sequence[Draft], test: Callable[[Draft, int], bool]) -> bool:
    hits = sum(test(draft, n) for draft, n in page_rows)
    return hits >= max(2, MOST * len(drafts))


def _repeated(page: Page, rows: Sequence[Row], drafts: Sequence[Draft], place: int) -> None:
    """Lines that begin with the same words in most blocks and are links or labels: "Find her on ...", "Roles: ..."."""
    ends = [(draft, n) for draft, n in _ends(drafts, place) if rows[n].words <= 25 and not asks(rows[n].text)]
    if len(ends) < max(2, 0.5 * len(drafts)):
        return
    parts = [_parts(rows[n].text, draft) for draft, n in ends]
    formula = Counter(_head(part, 4) for part in parts)
    heads = Counter(_head(part, 2) for part in parts)
    head, count = max(heads.items(), key=lambda item: item[1])
    if not head.strip("@ ") or count < max(2, 0.5 * len(drafts)):
        return
    for (draft, n), part in zip(ends, parts, strict=True):
        if _head(part, 2) != head:
            continue
        row = rows[n]
        label = re.match(r"[^:：]{2,30}[:：]\s", row.text)
        sure = formula[_head(part, 4)] >= max(3, MOST * len(drafts))
        if sure or label or row.marks & (ITALIC | LINK) or _linked(page, row):
            _aside(draft, n)


def _parts(text: str, draft: Draft) -> list[str]:
    """The first words of a line; the speaker's own name, the same in every block, is one "@"."""
    names = _WORD.findall(draft.byline.expert.name)
    parts: list[str] = []
    for word in _WORD.findall(text[:80]):
        part = "@" if word in names else word.lower()
        if part != "@" or parts[-1:] != ["@"]:
            parts.append(part)
    return parts


def _head(parts: list[str], words: int) -> str:
    return " ".join(parts[: words + ("@" in parts[:3])])


def _linked(page: Page, row: Row) -> bool:
    return any(page.homes[t].marks & LINK for t in range(row.t0, row.t1))


def _bios(rows: Sequence[Row], drafts: Sequence[Draft], place: int) -> None:
    """Italic, or about the person by name, at the same end of most blocks."""
    ends = _ends(drafts, place)
    slanted = [(draft, n) for draft, n in ends if rows[n].marks & ITALIC] if place == 0 else []
    verdicts = bool(slanted) and all(_answers(rows[n].text, draft) for draft, n in slanted)

    def italic(draft: Draft, n: int) -> bool:
        if not rows[n].marks & ITALIC or rows[n].words > 90 or verdicts:
            return False
        return not all(rows[m].marks & ITALIC for m in draft.said if m != n)

    def boxed(draft: Draft, n: int) -> bool:
        if rows[n].words > 90 or not _about(rows[n].text, draft):
            return False
        others = {rows[m].el.parent for m in draft.said if m != n}
        return rows[n].el.parent not in others and rows[n].el not in others

    def copula(draft: Draft, n: int) -> bool:
        return _about(rows[n].text, draft) and _is_copula(rows[n].text)

    def leads(draft: Draft, n: int) -> bool:
        return place == 0 and rows[n].text.endswith((":", "：")) and rows[n].words <= 40

    for test in (italic, boxed, leads, copula):
        if _most(ends, drafts, test):
            for draft, n in ends:
                if test(draft, n):
                    _aside(draft, n)
            return


def _about_the_last(rows: Sequence[Row], before: Draft, draft: Draft) -> None:
    """Where a byline ends its statement, what stands below it may be about that person, and not said by the next."""
    while len(draft.said) > 1 - draft.own and before.byline.first < draft.said[0] < draft.byline.first:
        if not _names(rows[draft.said[0]].text, before):
            break
        draft.asides.append(draft.said.pop(0))


def _about_oneself(rows: Sequence[Row], draft: Draft) -> None:
    """A line in italics, of its own class, or with "is", that begins with the speaker's whole name, is not said by them."""
    told = [n for n in draft.said if _names(rows[n].text, draft)]
    if len(told) != 1 or len(draft.said) - 1 + draft.own < 1:
        return
    row = rows[told[0]]
    others = [rows[n] for n in draft.said if n != row.n]
    slanted = row.marks & ITALIC and not all(other.marks & ITALIC for other in others)
    classed = bool(row.el.get("class")) and row.el.get("class") not in {other.el.get("class") for other in others}
    if row.words <= MOST_ABOUT and (slanted or (classed and others) or _is_copula(row.text)):
        _aside(draft, row.n)


def _names(text: str, draft: Draft) -> bool:
    """Whether a line begins with a person's whole name, or says "About Ann: ..."."""
    name = draft.byline.expert.name
    if " " not in name or not text.startswith(name):
        return text[:40].partition(":")[0].endswith((" " + name, " " + name.split()[0])) and name in text[:80]
    return text[len(name) :][:1] in " ,("


def _is_copula(text: str) -> bool:
    """Whether a line says who somebody is."""
    reading = read(text[: text.find(". ") + 1 or None][:300])
    return reading is not None and reading.expert.how == "copula"


def _answers(text: str, draft: Draft) -> bool:
    """Whether a line is a whole short sentence that tells nothing of who speaks: "Yes, with conditions.", a verdict first."""
    if text.count(" ") > 5 or not text.endswith((".", "!", "。")) or _about(text, draft):
        return False
    return not any(flags(word) & (ROLE | ORG | PLACE) for word in text.split())


def _about(text: str, draft: Draft) -> bool:
    """Whether a line begins with the person's name, or with a part of it."""
    words = _WORD.findall(text[:60])
    names = _WORD.findall(draft.byline.expert.name)
    name = read_name(" ".join(words[:1]))
    return bool(words) and (words[0] in names or (name is not None and bool(name.honorific) and words[1:2] == names[-1:]))
