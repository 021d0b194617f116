"""Who answers whom: from nesting, from "in reply to" links, from depths that the page states. Pure.

Never guessed from an "@name". What the page says outright goes before what its boxes suggest.
"""

from __future__ import annotations

import re

from ..page import Element, Page
from .records import Draft, elements_of
from .signs import apparatus_of, mentions_reply

_DEPTH = re.compile(r"(?:depth|level|lvl|indent|nest(?:ing|ed)?|ebene|niveau)[-_]?(\d{1,2})\b", re.I)
_DEEPER = re.compile(
    r"(?:^|[\s_-])(?:indented|indent|child|nested|reply|answer|response|reponse|antwort|subcomment|is-reply)(?:$|[\s_-])", re.I
)
_DEPTH_NAMES = ("data-depth", "data-level", "data-comment-depth", "data-nesting", "aria-level", "data-indent", "indent")
_INDENT = re.compile(
    r"(?:margin|padding)(?:-left|-inline-start)?\s*:\s*(?:0\s+0\s+0\s+)?(\d{1,3}(?:\.\d+)?)\s*(px|em|rem|%)?", re.I
)
FIRST = 8  #: elements of a record that may state its depth: a table's cells come after three of its own
_PARENT_NAMES = (
    "data-parent",
    "data-parentid",
    "data-parent-id",
    "data-comment-parent",
    "data-parent-comment-id",
    "data-reply-to",
)


def set_parents(page: Page, drafts: list[Draft]) -> None:
    """Give each draft its parent, where the page shows one."""
    by_key = _names(page, drafts)
    nested = any(draft.inside for draft in drafts)
    for draft in drafts:
        for child in draft.inside:
            child.parent = draft
    for draft in drafts:
        stated = _stated(page, draft, by_key)
        if stated is not None:
            draft.parent = stated
    if not any(draft.parent for draft in drafts):
        _by_depth(page, drafts)
    if nested or not any(draft.parent for draft in drafts):
        _by_wrapper(page, drafts)
    _no_circles(drafts)


def _names(page: Page, drafts: list[Draft]) -> dict[str, Draft]:
    """What a link to a record may be called: its key, and each id or anchor name in it."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        if draft.key:
            found.setdefault(draft.key, draft)
        for el in elements_of(page, draft):
            attrs = el.attrs
            if "id" in attrs and (value := attrs["id"]):
                found.setdefault(value, draft)
            if el.tag == "a" and (value := attrs.get("name")):
                found.setdefault(value, draft)
    return found


def _stated(page: Page, draft: Draft, by_key: dict[str, Draft]) -> Draft | None:
    """The parent that an attribute or an "in reply to" link names."""
    if draft.parent_key in by_key:
        return by_key[draft.parent_key]
    root = page.elements[draft.a0]
    for name in _PARENT_NAMES:
        value = root.attrs.get(name)
        if value and value in by_key:
            return by_key[value]
    for el in elements_of(page, draft):
        if el.tag != "a" or "#" not in (href := el.get("href")):
            continue
        target = by_key.get(href.rpartition("#")[2])
        if target is None or target is draft:
            continue
        line = page.lines[page.line_of[el.t0]] if el.t1 > el.t0 else None
        words = line.text if line is not None else el.get("title")
        up = el.parent
        names = f"{el.get('class')} {up.get('class') if up is not None else ''}"
        if mentions_reply(words) or (apparatus_of(names) == "reply-link" and len(words) < 80) or "parent" in words.lower()[:10]:
            return target
    return None


def _by_depth(page: Page, drafts: list[Draft]) -> None:
    depths = [_depth(page, draft) for draft in drafts]
    if all(depth is None for depth in depths):
        depths = [float(_DEEPER.search(page.elements[draft.a0].get("class")) is not None) for draft in drafts]
    if len({depth for depth in depths if depth is not None}) < 2:
        return
    stack: list[tuple[float, Draft]] = []
    for draft, depth in zip(drafts, depths, strict=True):
        if depth is None:
            continue
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if stack:
            draft.parent = stack[-1][1]
        stack.append((depth, draft))


def _depth(page: Page, draft: Draft) -> float | None:
    """A depth that the record's element, the one around it or its first ones state, by class, attribute or indent."""
    root = page.elements[draft.a0]
    near = [root, *page.elements[draft.a0 + 1 : min(draft.a1, draft.a0 + FIRST)]]
    if root.parent is not None and root.parent.t1 - root.parent.t0 <= 2 * (draft.t1 - draft.t0):
        near.append(root.parent)
    for el in near:
        for name in _DEPTH_NAMES:
            value = el.attrs.get(name)
            if value and value.isdigit():
                return float(value)
        match = _DEPTH.search(el.get("class"))
        if match is not None:
            return float(match[1])
    for el in near:
        match = _INDENT.search(el.get("style"))
        if match is not None:
            return float(match[1])
    for el in near:
        if el.tag == "img" and el.get("height") == "1" and (width := el.get("width")).isdigit():
            return float(width)
    return 0.0 if any("style" in el.attrs for el in near) else None


def _by_wrapper(page: Page, drafts: list[Draft]) -> None:
    """A record in a box that follows its parent's: Drupal's `div.indented`, lists beside their item."""
    roots = [page.elements[draft.a0] for draft in drafts]
    heights = [_height(root) for root in roots]
    for n, draft in enumerate(drafts):
        if draft.parent is not None:
            continue
        el, depth = roots[n], heights[n]
        for k in range(n - 1, max(0, n - 200) - 1, -1):
            earlier, up = drafts[k], roots[k].parent
            if up is None or not up.holds(el):
                continue
            if heights[k] < depth and earlier.a1 <= draft.a0:
                if _same_list(up, el):
                    draft.parent = earlier
                break
            if up is el.parent:
                draft.parent = earlier.parent
                break


def _height(el: Element) -> int:
    return sum(1 for _ in el.above())


def _same_list(up: Element, el: Element) -> bool:
    """True where only boxes of the list itself stand between."""
    between = []
    for box in el.above():
        if box is up:
            break
        between.append(box)
    return len(between) <= 2


def _no_circles(drafts: list[Draft]) -> None:
    for draft in drafts:
        seen, up = {id(draft)}, draft.parent
        while up is not None:
            if id(up) in seen:
                draft.parent = None
                break
            seen.add(id(up))
            up = up.parent
