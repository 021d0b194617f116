"""Who wrote a record, when, under which title, and where its words are. Pure.

A theme prints each comment by one template. So a name or a date is looked for at the same place (the path of tags
below the record) in all of them. Classes only tip the scales; names that a platform fixes go first.
"""

from __future__ import annotations

from collections.abc import Iterable

from .page import Element, Page
from .records import Draft, Span, elements_of
from .signs import BODY, apparatus_of, sign_of
from .spots import Context, Names, Path, by_token, meta_of, within
from .when import find_dates
from .who import find_authors


def fill(page: Page, drafts: list[Draft], names: Names, context: Context) -> None:
    """Find date, author, title and body of each draft that has none yet."""
    paths: dict[int, Path] = {}
    find_dates(page, [draft for draft in drafts if not draft.posted_at], context, paths)
    _titles(page, drafts, names)
    find_authors(page, [draft for draft in drafts if not draft.author], names, paths)
    for draft in drafts:
        if draft.body is None:
            draft.body = _body(page, draft, names.body)


def _titles(page: Page, drafts: list[Draft], names: Names) -> None:
    for draft in drafts if names.title else ():
        el = by_token(page, draft, names.title)
        if el is not None and not draft.title:
            draft.title = page.text_of(el)
            draft.meta.append((el.t0, el.t1))


def _body(page: Page, draft: Draft, tokens: tuple[str, ...]) -> list[Span] | None:
    """Where classes name the body and it holds most words, the body is that; else (None) it is what is left."""
    for token in tokens:
        spans = _outermost(draft, (el for el in elements_of(page, draft) if token in (el.attrs.get("class") or "").split()))
        if spans:
            draft.named = True
            return spans
    meta = meta_of(draft)
    spans = _outermost(draft, (el for el in elements_of(page, draft) if _says_body(el) and meta.isdisjoint(range(el.t0, el.t1))))
    inside = sum(len(page.texts[t]) for a, b in spans for t in range(a, b))
    whole = sum(len(page.texts[t]) for a, b in draft.own for t in range(a, b) if t not in meta)
    return spans if spans and (tokens or 2 * inside >= whole) else None


def _outermost(draft: Draft, els: Iterable[Element]) -> list[Span]:
    """The own pieces of some elements; several, where the body is printed in parts."""
    spans: list[Span] = []
    for el in els:
        if el.t1 > el.t0 and not (spans and el.t0 < spans[-1][1]):
            spans += within(draft, el)
    return spans


def _says_body(el: Element) -> bool:
    name = el.attrs.get("class")
    return bool(name) and sign_of(name or "") & BODY > 0 and apparatus_of(name or "") not in ("reply-link", "likes")
