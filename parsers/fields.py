"""Who wrote a record and when: found by what the records of one page have in common. Pure.

A theme prints each comment by one template. So a name or a date is looked for at the same place (the path of tags
below the record) in all of them: what is at one place in most records and differs from record to record is a
name, what is a date is the date. Classes only tip the scales; names that a platform fixes go first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .dates import Stamp, find_date, from_epoch, order_of, read_attribute, same_moment
from .months import ALONE, WEEKDAYS, fold, month_of
from .page import BOLD, HEADING, LINK, Element, Page
from .records import Draft, Span, elements_of, lines_of, raw
from .signs import AUTHOR, BESIDE, BODY, BY, DATE, SAYS, TITLE, apparatus_of, phrase_rule, plain, says_reply_to, sign_of

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Class tokens that a platform's own templates use, best first."""

    author: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a record that may be its date or its author."""

    path: Path
    span: Span
    text: str
    iso: str = ""
    approximate: bool = False
    worth: float = 0.0
    url: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the reading of dates needs to know."""

    language: str = ""
    now: datetime | None = None


def fill(page: Page, drafts: list[Draft], names: Names, context: Context) -> None:
    """Find date, author, title and body of each draft that has none yet."""
    paths: dict[int, Path] = {}
    _dates(page, [d for d in drafts if not d.posted_at], names, context, paths)
    _titles(page, drafts, names)
    _authors(page, [d for d in drafts if not d.author], names, paths)
    _bodies(page, drafts, names)


def path_of(page: Page, draft: Draft, el: Element, paths: dict[int, Path]) -> Path:
    """The tags between a record and an element, without links, which come and go with a commenter's address."""
    known = paths.get(el.at)
    if known is None:
        up = el.parent
        above = () if up is None or up.at < draft.a0 else path_of(page, draft, up, paths)
        known = above if el.tag == "a" else (*above, el.tag)
        paths[el.at] = known
    return known


def by_token(page: Page, draft: Draft, tokens: tuple[str, ...]) -> Element | None:
    """The first own element with the best of some class tokens."""
    best: tuple[int, Element] | None = None
    for el in elements_of(page, draft):
        name = el.attrs.get("class")
        if not name or el.t0 == el.t1:
            continue
        classes = name.split()
        for rank, token in enumerate(tokens[: best[0]] if best else tokens):
            if token in classes:
                best = rank, el
                break
        if best is not None and best[0] == 0:
            break
    return best[1] if best is not None else None


def joined(page: Page, span: Span) -> tuple[str, list[int]]:
    """The folded words of a part of a line, and where each piece begins in them; pieces that touch are parted."""
    text, starts = "", []
    for t in range(*span):
        piece = page.texts[t]
        words = " ".join(piece.split())
        if text and not text.endswith(" ") and (piece[:1].isspace() or (text[-1].isalnum() and piece[0].isalnum())):
            text += " "
        starts.append(len(text))
        text += words + (" " if piece[-1:].isspace() and words else "")
    return text.rstrip(), starts


def pieces_at(span: Span, starts: list[int], start: int, end: int) -> Span:
    """The pieces that hold a stretch of the joined words."""
    first = max((n for n, at in enumerate(starts) if at <= start), default=0)
    last = max((n for n, at in enumerate(starts) if at < end), default=first)
    return span[0] + first, span[0] + last + 1


# Dates

MAYBE_DATE = re.compile(r"\d|[昨今어오]|\b(?:yesterday|today|gestern|heute|ayer|hoy|hier|ieri|oggi|ontem|hoje|an? \w+ ago|just now)\b", re.I)
_EPOCHS = ("data-timestamp", "data-comment-timestamp", "data-time", "data-utime", "data-created", "data-date", "data-epoch")


def machine_date(el: Element) -> str:
    """ISO 8601 from an element's attributes, or ``""``."""
    attrs = el.attrs
    value = attrs.get("datetime")
    if value and (iso := read_attribute(value)):
        return iso
    for name in _EPOCHS:
        value = attrs.get(name)
        if value and value.isdigit() and len(value) in (10, 13):
            return from_epoch(int(value) / (1000 if len(value) == 13 else 1))
        if value and (iso := read_attribute(value)):
            return iso
    value = attrs.get("title") or attrs.get("content") or ""
    if 8 <= len(value) <= 60 and el.tag in ("abbr", "time", "span", "a", "meta", "div", "p") and any(c.isdigit() for c in value):
        stamp = find_date(value)
        if stamp is not None and stamp.end - stamp.start >= 0.6 * len(value) and len(stamp.iso) >= 10:
            return stamp.iso
    return ""


def _dates(page: Page, drafts: list[Draft], names: Names, context: Context, paths: dict[int, Path]) -> None:
    order = order_of(_figures(page, drafts), context.language)
    spots = {id(draft): _date_spots(page, draft, names, order, context, paths) for draft in drafts}
    counts: Counter[Path] = Counter()
    worth: defaultdict[Path, float] = defaultdict(float)
    for found in spots.values():
        seen = {}
        for spot in found:
            seen.setdefault(spot.path, spot)
        counts.update(seen.keys())
        for path, spot in seen.items():
            worth[path] += spot.worth
    if not counts:
        return
    best = max(counts, key=lambda path: (counts[path] + worth[path], path))
    for draft in drafts:
        found = spots[id(draft)]
        spot = next((s for s in found if s.path == best), None) or next((s for s in found if s.worth > 0), None)
        if spot is not None:
            draft.posted_at, draft.approximate = spot.iso, spot.approximate
            draft.meta.append(spot.span)
            draft.permalink = draft.permalink or spot.url


def _figures(page: Page, drafts: list[Draft]) -> Iterable[str]:
    for draft in drafts:
        for span in lines_of(page, draft.own):
            text = raw(page, span)
            if len(text) < 160:
                yield text


def _date_spots(
    page: Page, draft: Draft, names: Names, order: str, context: Context, paths: dict[int, Path]
) -> list[Spot]:  # fmt: skip
    found: list[Spot] = []
    machine: dict[int, tuple[str, Element]] = {}
    for el in elements_of(page, draft):
        if len(el.attrs) and (iso := machine_date(el)):
            if el.t0 == el.t1:
                found.append(Spot(path_of(page, draft, el, paths), (el.t0, el.t0), "", iso, worth=-0.2))
            for t in range(el.t0, min(el.t1, el.t0 + 8)):
                machine.setdefault(t, (iso, el))
    spans = list(lines_of(page, draft.own))
    for n, span in enumerate(spans):
        text, starts = joined(page, span)
        if len(text) > 200 or not MAYBE_DATE.search(text):
            known = next((t for t in range(*span) if t in machine), None)
            if known is None or len(text) > 200:
                continue
        stamp = _stamp(text, order, context)
        known = next((t for t in range(*span) if t in machine), None)
        if stamp is None and known is None:
            continue
        found.append(_date_spot(page, draft, span, starts, text, stamp, machine.get(known) if known is not None else None, (n, len(spans)), paths))
    return found


def _stamp(text: str, order: str, context: Context) -> Stamp | None:
    return find_date(text, context.language, order, context.now)


def _date_spot(
    page: Page, draft: Draft, span: Span, starts: list[int], text: str, stamp: Stamp | None,
    machine: tuple[str, Element] | None, place: tuple[int, int], paths: dict[int, Path],
) -> Spot:  # fmt: skip
    """A line with a date as a spot: what machines read goes first, unless the page prints another day."""
    if stamp is not None:
        where = pieces_at(span, starts, stamp.start, stamp.end)
        share = (stamp.end - stamp.start) / max(1, len(text))
        iso, approximate = stamp.iso, stamp.approximate
    else:
        where, share, iso, approximate = (machine[1].t0, machine[1].t1) if machine else span, 0.5, "", False
    worth = 0.0
    if machine is not None:
        worth += 0.3
        if not iso or approximate or (same_moment(machine[0], iso) and len(machine[0]) >= len(iso)):
            iso, approximate = machine[0], False
    home = page.homes[where[0]]
    link = _link(home, draft)
    url = page.absolute(link.get("href")) if link is not None and "#" in link.get("href") else ""
    worth += 0.2 * bool(url) + 0.2 * bool(sign_of(home.get("class")) & DATE) + 0.1 * (share > 0.5) + 0.1 * (place[0] < 4)
    if len(text) > 120 or (share < 0.25 and not url and machine is None):
        worth -= 0.6
    return Spot(path_of(page, draft, home, paths), where, text, iso, approximate, worth, url)


def _link(el: Element, draft: Draft) -> Element | None:
    """The link that an element stands in, inside its record."""
    up: Element | None = el
    while up is not None and up.at >= draft.a0:
        if up.tag == "a" and up.get("href"):
            return up
        up = up.parent
    return None


# Authors

MOST_NAME = 80  # characters
FIRST_LINES = 12


def _authors(page: Page, drafts: list[Draft], names: Names, paths: dict[int, Path]) -> None:
    left = []
    for draft in drafts:
        el = by_token(page, draft, names.author) if names.author else None
        if el is not None and says_reply_to(page.lines[page.line_of[el.t0]].text):
            el = None
        span = _named_span(page, draft, el) if el is not None else None
        if span is None or not _take_author(page, draft, span, sure=True):
            left.append(draft)
    spots = {id(draft): _author_spots(page, draft, paths) for draft in left}
    best = _best_path(page, [spots[id(d)] for d in left])
    for draft in left:
        spot = next((s for s in spots[id(draft)] if s.path == best), None)
        if spot is None or not _take_author(page, draft, spot.span):
            _author_of_byline(page, draft)


def _named_span(page: Page, draft: Draft, el: Element) -> Span | None:
    """The pieces of an author's element that hold the name: its link's or bold part's, where it has one."""
    meta = {t for t0, t1 in draft.meta for t in range(t0, t1)}
    inner = [e for e in page.elements[el.at + 1 : el.end] if e.t1 > e.t0]
    name = next((e for e in inner if e.tag in ("a", "b", "strong", "cite") or "fn" in e.get("class").split()), None)
    for candidate in (name, el):
        if candidate is None:
            continue
        pieces = [t for t in range(candidate.t0, candidate.t1) if t not in meta and clean_name(page.texts[t])]
        if not pieces and candidate.t1 - candidate.t0 == 1 and candidate.t0 not in meta:
            pieces = [candidate.t0]
        if pieces:
            last = pieces[0]
            while last + 1 in pieces and page.line_of[last + 1] == page.line_of[last]:
                last += 1
            return pieces[0], last + 1
    return None


def _take_author(page: Page, draft: Draft, span: Span, sure: bool = False) -> bool:
    name = clean_name(raw(page, span)) or (raw(page, span)[:MOST_NAME] if sure else "")
    if not name:
        return False
    draft.author = name
    link = _link(page.homes[span[0]], draft)
    href = link.get("href") if link is not None else ""
    if href and not href.startswith(("#", "javascript:")) and "#" + draft.key != href[-len(draft.key) - 1 :]:
        draft.author_url = unarchived(page.absolute(href))
    draft.meta.append(span)
    return True


_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)")


def unarchived(url: str) -> str:
    """An address as it was before a web archive rewrote it.

    >>> unarchived("https://web.archive.org/web/20160330101229/http://a.example/b")
    'http://a.example/b'
    """
    match = _ARCHIVED.match(url)
    return url[match.end() :] if match else url


_LEADING = re.compile(r"^[\s#№\d.):\-–—|•·*@»«>]+(?=[^\W\d_])")
_TRAILING = re.compile(r"(?:[\s,:;|•·»«>(\[]|(?<=\s)[-–—@/]+$)+$")


_UNVERIFIED = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|niet gecontroleerd|не проверено|não verificado|niezweryfikowany"
    r"|non verificato|ikke verifisert|overifierad)\)\s*$",
    re.I,
)


def clean_name(text: str) -> str:
    """A commenter's name without the words around it, or ``""`` where nothing is left.

    >>> clean_name("Posted by: Ann Lee |"), clean_name("Ann Lee says:"), clean_name("3. Bob on"), clean_name("Reply")
    ('Ann Lee', 'Ann Lee', 'Bob', '')
    """
    text = " ".join(text.split())
    if len(text) > 3 * MOST_NAME:
        return ""
    if _FIGURES.search(text):
        text = _undated(text)
    text = _TRAILING.sub("", text)
    words = text.split(" ")
    while len(words) > 1 and (not words[0].strip(_DASHES) or (_LABELS(words[0]) and _leads(words))):
        words = words[1:]
    while len(words) > 1 and (fold(words[-1]) in SAYS or (fold(words[-1]) in BESIDE and words[-1].islower()) or not words[-1].strip(_DASHES)):
        words = words[:-1]
    text = _TRAILING.sub("", " ".join(words)).lstrip(" :|•·-–—@»«>")
    text = _UNVERIFIED.sub("", text)
    if all(fold(word) in BY or fold(word) in SAYS or fold(word) in BESIDE for word in text.split()):
        return ""
    if not text or phrase_rule(text) not in ("", "badge") or len(text) > 3 * MOST_NAME:
        return ""
    return text if any(c.isalnum() for c in text) and not text.rstrip(".").isdigit() else ""


_DASHES = "-–—|·•,:;/@»«>*"
_FIGURES = re.compile(r"\d[^\W\d]*[\s./:-]")


def _undated(text: str) -> str:
    """What stands before the date of a byline, or after it."""
    stamp = find_date(text)
    if stamp is None or stamp.end - stamp.start < 5 or 0 < len(stamp.iso) < 10:
        return text
    before = text[: stamp.start].rstrip(" ,|-–—(")
    words = before.split(" ")
    while len(words) > 1 and (fold(words[-1]) in WEEKDAYS or fold(words[-1]) in BESIDE or not words[-1].strip(_DASHES)):
        words = words[:-1]
    before = " ".join(words)
    return before if any(c.isalnum() for c in before) else text[stamp.end :]


def _LABELS(word: str) -> bool:
    return fold(word) in BY


def _leads(words: list[str]) -> bool:
    """True where the first word is a label: "by", "Posted", "Comment", "Name:"; not a name such as "Da Silva"."""
    first = words[0]
    return first.endswith(":") or first[:1].islower() or fold(first) not in ("da", "de", "di", "do", "van", "von", "name", "author", "user")


def _author_spots(page: Page, draft: Draft, paths: dict[int, Path]) -> list[Spot]:
    meta = {t for t0, t1 in draft.meta for t in range(t0, t1)}
    lines = list(lines_of(page, draft.own))
    dated = next((n for n, (t0, t1) in enumerate(lines) if not meta.isdisjoint(range(t0, t1))), -1)
    found = []
    for n, span in enumerate(lines):
        if n >= FIRST_LINES and abs(n - dated) > 2:
            continue
        for t in range(*span):
            if says_reply_to(raw(page, span)):
                break
            if t in meta and " " not in page.texts[t].strip():
                continue
            name = clean_name(page.texts[t])
            if t in meta and (name == " ".join(page.texts[t].split()) or _is_time(name or "1")):
                continue
            if not name or len(name) > MOST_NAME or name.isdigit():
                continue
            home = page.homes[t]
            near = 0.25 if dated == n else 0.15 if abs(dated - n) == 1 else 0.0
            worth = near + _author_worth(home, draft) - 0.02 * n + (0.4 if _BY_BEFORE(page.texts[t], name) else 0.0) - (0.5 if len(name.split()) > 6 else 0.0)
            if len(name.split()) > 3 and raw(page, span)[-1:] in ".!?…":
                worth -= 0.3
            found.append(Spot(path_of(page, draft, home, paths), (t, t + 1), name, worth=worth))
    return found


def _BY_BEFORE(text: str, name: str) -> bool:
    """True where a word such as "by" or "from" stands just before the name."""
    before = " ".join(text.split()).partition(name)[0].split()
    return bool(before) and fold(before[-1]) in BY


def _author_worth(home: Element, draft: Draft) -> float:
    """What an element's look says for a name in it."""
    worth, up, steps = 0.0, home, 0
    while up.at >= draft.a0 and up.at < draft.a1 and steps < 4:
        name = up.attrs.get("class") or ""
        sign = sign_of(name) if name else 0
        if sign & (TITLE | BODY) and not sign & AUTHOR and steps < 2:
            worth -= 0.4
        if sign & AUTHOR and not sign & (BODY | DATE) and worth < 0.5:
            worth += 0.5 / (1 + 0.5 * steps)
        if name and apparatus_of(name) not in ("", "permalink", "says"):
            worth -= 0.4
        if "itemprop" in up.attrs and up.get("itemprop") in ("author", "creator", "name"):
            worth += 0.5
        if up.tag == "a":
            rel = up.get("rel")
            worth += 0.3 if "nofollow" in rel or "external" in rel or "ugc" in rel else 0.1
            if "#" in up.get("href"):
                worth -= 0.25
        if up.parent is None:
            break
        up, steps = up.parent, steps + 1
    if home.marks & BOLD or home.marks & HEADING or home.tag == "cite":
        worth += 0.15
    return worth


def _best_path(page: Page, spots: list[list[Spot]]) -> Path | None:
    """The place where most records have a name of their own."""
    texts: defaultdict[Path, list[str]] = defaultdict(list)
    worth: defaultdict[Path, float] = defaultdict(float)
    for found in spots:
        seen: set[Path] = set()
        for spot in found:
            if spot.path not in seen:
                seen.add(spot.path)
                texts[spot.path].append(spot.text)
                worth[spot.path] += spot.worth
    if not texts:
        return None
    total = len(spots)

    def value(path: Path) -> float:
        names = texts[path]
        share, distinct = len(names) / total, len(set(names)) / len(names)
        same = 0.6 if total > 3 and distinct < 0.3 and len(set(names)) == 1 else 0.0
        return share + worth[path] / len(names) - same

    best = max(texts, key=lambda path: (value(path), path))
    return best if value(best) > 0.6 else None


def _author_of_byline(page: Page, draft: Draft) -> None:
    """A name in the line of the date, or in the line before it, where no element holds it alone."""
    if not draft.meta:
        return
    meta = {t for t0, t1 in draft.meta for t in range(t0, t1)}
    lines = list(lines_of(page, draft.own))
    dated = next((n for n, (t0, t1) in enumerate(lines) if not meta.isdisjoint(range(t0, t1))), -1)
    if dated < 0:
        return
    for n in (dated, dated - 1):
        if n < 0:
            continue
        text = raw(page, lines[n])
        stamp = find_date(text) if n == dated else None
        parts = [text] if stamp is None else [text[: stamp.start], text[stamp.end :]]
        for part in parts:
            name = clean_name(part)
            if name and len(name) <= MOST_NAME and len(name.split()) <= 8 and not name.isdigit() and not _is_time(name):
                draft.author = name
                draft.meta.append(lines[n])
                return


def _is_time(text: str) -> bool:
    words = text.split()
    return all(month_of(w) or w[0].isdigit() or fold(w) in BESIDE or fold(w) in ALONE for w in words if w)


# Titles, bodies


def _titles(page: Page, drafts: list[Draft], names: Names) -> None:
    for draft in drafts:
        el = by_token(page, draft, names.title) if names.title else None
        if el is not None and not draft.title:
            draft.title = page.text_of(el)
            draft.meta.append((el.t0, el.t1))


def _bodies(page: Page, drafts: list[Draft], names: Names) -> None:
    """Where classes name the body and it holds nearly all the words, the body is that; else it is what is left."""
    found: list[tuple[Draft, list[Span]]] = []
    for draft in drafts:
        if draft.body is not None:
            continue
        spans = _named_body(page, draft, names.body) if names.body else []
        spans = spans or _marked_body(page, draft)
        found.append((draft, spans))
    for draft, spans in found:
        if spans and (names.body or _holds_most(page, draft, spans)):
            draft.body = spans


def _named_body(page: Page, draft: Draft, tokens: tuple[str, ...]) -> list[Span]:
    """The elements with the first of some class tokens that any has; several, where the body is printed in parts."""
    for token in tokens:
        spans: list[Span] = []
        for el in elements_of(page, draft):
            if el.t1 > el.t0 and token in (el.attrs.get("class") or "").split() and not (spans and el.t0 < spans[-1][1]):
                spans += _within(draft, el)
        if spans:
            return spans
    return []


def _within(draft: Draft, el: Element) -> list[Span]:
    return [(max(a, el.t0), min(b, el.t1)) for a, b in draft.own if max(a, el.t0) < min(b, el.t1)]


def _marked_body(page: Page, draft: Draft) -> list[Span]:
    meta = {t for t0, t1 in draft.meta for t in range(t0, t1)}
    spans: list[Span] = []
    for el in elements_of(page, draft):
        name = el.attrs.get("class")
        if not name or el.t1 == el.t0 or not sign_of(name) & BODY or apparatus_of(name) in ("reply-link", "likes"):
            continue
        if spans and el.t0 < spans[-1][1]:
            continue
        if meta.isdisjoint(range(el.t0, el.t1)):
            spans += _within(draft, el)
    return spans


def _holds_most(page: Page, draft: Draft, spans: list[Span]) -> bool:
    meta = {t for t0, t1 in draft.meta for t in range(t0, t1)}
    inside = sum(len(page.texts[t]) for a, b in spans for t in range(a, b))
    whole = sum(len(page.texts[t]) for a, b in draft.own for t in range(a, b) if t not in meta)
    return inside >= 0.5 * whole


__all__ = ["Context", "LINK", "Names", "by_token", "clean_name", "fill", "plain", "unarchived"]
