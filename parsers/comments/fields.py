"""Who wrote a record, when, under which title, and where its words are. Pure.

A theme prints each comment by one template. So a name or a date is looked for at the same place (the path of tags
below the record) in all of them. Classes only tip the scales; names that a platform fixes go first.
"""

from __future__ import annotations

from functools import lru_cache

from ..page import Element, Page
from .records import Draft, Span, elements_of
from .signs import BODY, apparatus_of, sign_of
from .spots import Context, Names, Path, by_token, meta_of, rank_of, within
from .when import find_dates
from .who import find_authors


def fill(page: Page, drafts: list[Draft], names: Names, context: Context) -> None:
    """Find date, author, title and body of each draft that has none yet."""
    paths: dict[int, Path] = {}
    find_dates(page, [draft for draft in drafts if not draft.posted_at], context, paths)
    _titles(page, drafts, names)
    find_authors(page, [draft for draft in drafts if not draft.author], names, paths)
    _bodies(page, [draft for draft in drafts if draft.body is None], names.body)


def _titles(page: Page, drafts: list[Draft], names: Names) -> None:
    for draft in drafts if names.title else ():
        el = by_token(page, draft, names.title)
        if el is not None and not draft.title:
            draft.title = page.text_of(el)
            draft.meta.append((el.t0, el.t1))


def _bodies(page: Page, drafts: list[Draft], tokens: tuple[str, ...]) -> None:
    """The body is what its platform names; else what classes call so, where that holds most words of most records;
    else (None) it is whatever is left."""
    left: list[tuple[Draft, list[Span], bool]] = []
    for draft in drafts:
        draft.body = _named(page, draft, tokens)
        draft.named = draft.body is not None
        if not draft.named:
            left.append((draft, *_signed(page, draft)))
    trusted = 2 * sum(holds for _, _, holds in left) >= sum(bool(spans) for _, spans, _ in left)
    for draft, spans, holds in left:
        draft.body = spans if spans and (holds or trusted) else None


def _named(page: Page, draft: Draft, tokens: tuple[str, ...]) -> list[Span] | None:
    ranked: dict[int, list[Element]] = {}
    for el in elements_of(page, draft) if tokens else ():
        name = el.attrs.get("class")
        if name and (rank := rank_of(name, tokens)) < len(tokens):
            ranked.setdefault(rank, []).append(el)
    return next((spans for rank in sorted(ranked) if (spans := _outermost(draft, ranked[rank]))), None)


def _signed(page: Page, draft: Draft) -> tuple[list[Span], bool]:
    """What classes call the body, and whether it holds half of the record's words."""
    meta = meta_of(draft)
    els = [
        el
        for el in elements_of(page, draft)
        if (name := el.attrs.get("class")) and _says_body(name) and meta.isdisjoint(range(el.t0, el.t1))
    ]
    if not els:
        return [], False
    spans = _outermost(draft, els)
    inside = sum([len(page.texts[t]) for a, b in spans for t in range(a, b)])
    whole = sum([len(page.texts[t]) for a, b in draft.own for t in range(a, b) if t not in meta])
    return spans, bool(spans) and 2 * inside >= whole


def _outermost(draft: Draft, els: list[Element]) -> list[Span]:
    """The own pieces of some elements; several, where the body is printed in parts."""
    spans: list[Span] = []
    for el in els:
        if el.t1 > el.t0 and not (spans and el.t0 < spans[-1][1]):
            spans += within(draft, el)
    return spans


@lru_cache(maxsize=1 << 13)
def _says_body(name: str) -> bool:
    return sign_of(name) & BODY > 0 and apparatus_of(name) not in ("reply-link", "likes")
