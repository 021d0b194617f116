"""Where the last statement ends, when nothing in the page's structure says so: at what the editor says behind it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..page import Page
from .asides import box_behind
from .cues import closes, counts, says
from .drafts import Draft
from .rows import Row, is_prose

#: words of an editor's last paragraph at most
MOST = 80
#: rows of the others from which their usual class attributes are known; how many of these there may be
ENOUGH, FEW = 3, 2


def cut_ending(page: Page, rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
    """Cut off what the editor says behind the last statement."""
    last = drafts[-1]
    others = [n for draft in drafts[:-1] for n in draft.said]
    looks = {rows[n].look for n in others}
    ruled = any(rows[n].after_rule for n in others)
    labels = any(_labels(rows, draft.said, place) for draft in drafts[:-1] for place in range(len(draft.said)))
    for place, n in enumerate(last.said):
        row = rows[n]
        ends = (row.after_rule and not ruled) or closes(row.text) or (not labels and _labels(rows, last.said, place))
        if (place or last.own) and ends:
            last.said = last.said[:place]
            break
    behind = box_behind(rows, drafts)
    if behind >= 0 and (last.own or behind > last.said[0]):
        last.said = [n for n in last.said if n < behind]
    classes = _classes(rows, others)
    people = len({draft.byline.expert.name for draft in drafts})
    while len(last.said) > 1 - last.own:
        row = rows[last.said[-1]]
        strange = looks and row.marks and row.look not in looks
        if not (strange or _is_apart(page, row, classes) or _sums_up(row, people)):
            break
        last.said.pop()


def _labels(rows: Sequence[Row], said: Sequence[int], place: int) -> bool:
    """Whether a row is a short label over a paragraph: a heading in all but style."""
    row = rows[said[place]]
    short = row.tag == "p" and row.words <= 6 and row.text[-1].isalnum() and row.text[0].isupper()
    return short and place + 1 < len(said) and is_prose(rows[said[place + 1]])


def _classes(rows: Sequence[Row], others: Sequence[int]) -> set[str]:
    """The class attributes that the other statements' paragraphs have; empty where they are too few or too many to tell."""
    found = [rows[n].el.get("class") for n in others if rows[n].tag == "p"]
    return set(found) if len(found) >= ENOUGH and len(set(found)) <= FEW else set()


def _is_apart(page: Page, row: Row, classes: set[str]) -> bool:
    """Whether a paragraph is of a class that no other statement's is, or in small print."""
    if row.tag != "p":
        return False
    own = row.el.get("class")
    known = {token for name in classes for token in name.split()}
    if classes and own and own not in classes and not known & set(own.split()):
        return True
    return (
        bool(classes)
        and page.homes[row.t0].nearest("small") is not None
        and page.homes[row.t1 - 1].nearest("small") is not None
    )


def _sums_up(row: Row, people: int) -> bool:
    """Whether a paragraph speaks of all the answers, of the series, or for the house: as only the editor does."""
    if row.words > MOST or row.tag == "li":
        return False
    return says("outro", row.text) or (people in counts(row.text) and says("replies", row.text))
