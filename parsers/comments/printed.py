"""The ids that a page prints with its records, for those that no platform's module knows. Pure.

A key made of a comment's words changes with every edit; the id that a template prints does not. It counts as one
where the records have it at the same place, each its own, and where it is not merely the record's place in the list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..page import Element, Page
from .records import Draft

MOST_HAVE = 0.75  #: of the records: a forum's first post and an advertisement have another's
NEAR = 8  #: elements at a record's beginning that may carry its id
MOST_UP = 2  #: boxes around a record that hold nothing else
MOST_ID = 60  #: characters
_NAMES = ("id", "data-comment-id", "data-id", "data-cid", "name")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_REST = re.compile(r"(.*[-_:.#])?(?:([A-Za-z]*)(\d+)|([0-9A-Za-z]*\d[0-9A-Za-z]*))")


def give_keys(page: Page, drafts: list[Draft]) -> None:
    """Give records without a key the id that the page prints with each."""
    bare = [draft for draft in drafts if not draft.key]
    if len(bare) < 2:
        return
    slots = [_slots(page, draft) for draft in bare]
    for slot in slots[-1]:
        keys = [found.get(slot, "") for found in slots]
        known = [key for key in keys if key]
        if len(known) >= MOST_HAVE * len(keys) and len(set(known)) == len(known) > 1 and not _counts_up(known):
            for draft, key in zip(bare, keys, strict=True):
                draft.key = key
            return


@lru_cache(maxsize=1 << 12)
def split_id(value: str) -> tuple[str, str]:
    """What all ids of one template begin with, and what is a record's own; ("", "") for no id of a record.

    >>> split_id("reply-67"), split_id("avis11"), split_id("thing_t1_f2k0ab"), split_id("3400121"), split_id("sidebar")
    (('reply-', '67'), ('avis', '11'), ('thing_t1_', 'f2k0ab'), ('', '3400121'), ('', ''))
    """
    if len(value) > MOST_ID:
        return "", ""
    uuid = _UUID.search(value)
    if uuid is not None:
        return value[: uuid.start()], uuid[0]
    match = _REST.fullmatch(value)
    if match is None:
        return "", ""
    before = match[1] or ""
    return (before + match[2], match[3]) if match[3] else (before, match[4])


def _slots(page: Page, draft: Draft) -> dict[tuple[str, str, str], str]:
    """Tag, attribute and beginning of each id near a record's first words → the rest of it."""
    found: dict[tuple[str, str, str], str] = {}
    for el in _near(page, draft):
        for name in _NAMES:
            value = el.attrs.get(name)
            if not value or (name == "name" and el.tag != "a"):
                continue
            prefix, rest = split_id(value)
            if rest:
                found.setdefault((el.tag, name, prefix), rest)
    return found


def _near(page: Page, draft: Draft) -> list[Element]:
    """The record's own element and its first ones, the boxes that hold it alone, an empty anchor just before it."""
    root = page.elements[draft.a0]
    near = [root]
    for up in root.above():
        if (up.t0, up.t1) != (root.t0, root.t1) or len(near) > MOST_UP:
            break
        near.append(up)
    if draft.a0 and (before := page.elements[draft.a0 - 1]).tag == "a" and before.t0 == before.t1:
        near.append(before)
    return [*near, *page.elements[draft.a0 + 1 : min(draft.a1, draft.a0 + NEAR, *(child.a0 for child in draft.inside[:1]))]]


def _counts_up(keys: list[str]) -> bool:
    """True for 1, 2, 3: places in a list, which name another comment when one is taken out, and on the next page."""
    return keys in ([str(n) for n in range(len(keys))], [str(n + 1) for n in range(len(keys))])
