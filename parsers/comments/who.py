"""Who wrote a record: what is at one place in most records, and differs from record to record, is a name. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ..dates import find_date
from ..dates.months import month_of
from ..page import BOLD, HEADING, Element, Page
from .callers import MOST_NAME, clean_name, is_initials, is_sentence, is_time, said_by, unarchived
from .records import Draft, Span, said
from .signs import AUTHOR, BODY, DATE, TITLE, apparatus_of, says_reply_to, sign_of
from .spots import Names, Path, Spot, by_token, joined, link_of, meta_of, path_of

FIRST_LINES = 12
MOST_INITIALS = 3  #: letters in place of a picture
MOST_TITLE = 240  #: characters of the page that a ping comes from


def find_authors(page: Page, drafts: list[Draft], names: Names, paths: dict[int, Path]) -> None:
    """Give each draft the name in the element that its platform fixes, else that at the place where most have one,
    else that in its byline."""
    left = []
    for draft in drafts:
        el = by_token(page, draft, names.author) if names.author else None
        if el is not None and says_reply_to(page.lines[page.line_of[el.t0]].text):
            el = None
        span = _named_span(page, draft, el) if el is not None else None
        if span is None or not _take_author(page, draft, span, sure=True):
            left.append(draft)
    spots = {id(draft): _author_spots(page, draft, paths) for draft in left}
    best = _best_path([spots[id(d)] for d in left])
    usual = _usual_place(spots.values(), best)
    for draft in left:
        found = spots[id(draft)]
        spot = _at(found, best, usual) if any(s.path == best for s in found) else _next_best(found, best)
        if spot is None or not _take_author(page, draft, spot.span):
            _author_of_byline(page, draft)


def _named_span(page: Page, draft: Draft, el: Element) -> Span | None:
    """The pieces of an author's element that hold the name: its link's or bold part's, where it has one."""
    meta = meta_of(draft)
    inner = [e for e in page.elements[el.at + 1 : el.end] if e.t1 > e.t0]
    name = next((e for e in inner if e.tag in ("a", "b", "strong", "cite") or "fn" in e.get("class").split()), None)
    for candidate in (name, el):
        if candidate is None:
            continue
        pieces = [t for t in range(candidate.t0, candidate.t1) if t not in meta and clean_name(page.texts[t])]
        if not pieces and candidate.t1 - candidate.t0 == 1 and candidate.t0 not in meta:
            text = page.texts[candidate.t0]
            pieces = [candidate.t0] if any(c.isalnum() for c in text) and not text.lstrip().startswith("#") else []
        if pieces:
            last = pieces[0]
            while last + 1 in pieces and page.line_of[last + 1] == page.line_of[last]:
                last += 1
            return pieces[0], last + 1
    return None


def _take_author(page: Page, draft: Draft, span: Span, sure: bool = False) -> bool:
    printed = joined(page, span)[0]
    name = clean_name(printed) or (printed[:MOST_NAME] if sure else "")
    if not name:
        return False
    draft.author = name
    link = link_of(page.homes[span[0]], draft)
    href = link.get("href") if link is not None else ""
    if href and not href.startswith(("#", "javascript:")) and "#" + draft.key != href[-len(draft.key) - 1 :]:
        draft.author_url = unarchived(page.absolute(href))
    draft.meta.append(span)
    return True


def _first_within(lines: list[tuple[Span, str]], meta: set[int]) -> int:
    """Which of a record's lines is the first with some of these pieces; -1 where none is."""
    return next((n for n, ((t0, t1), _) in enumerate(lines) if not meta.isdisjoint(range(t0, t1))), -1)


def _author_spots(page: Page, draft: Draft, paths: dict[int, Path]) -> list[Spot]:
    meta, lines = meta_of(draft), said(page, draft)
    dated = _first_within(lines, meta)
    found = []
    for n, (span, text) in enumerate(lines):
        if (n >= FIRST_LINES and abs(n - dated) > 2) or says_reply_to(text):
            continue
        for t in range(*span):
            if t in meta and " " not in page.texts[t].strip():
                continue
            name = clean_name(page.texts[t])
            if t in meta and (name == " ".join(page.texts[t].split()) or is_time(name or "1")):
                continue
            if not name or len(name) > (MOST_NAME if draft.kind == "comment" else MOST_TITLE) or name.isdigit():
                continue
            if draft.kind == "comment" and is_sentence(name):
                continue
            home = page.homes[t]
            near = 0.25 if dated == n else 0.15 if abs(dated - n) == 1 else 0.0
            worth = (
                near
                + _author_worth(home, draft)
                - 0.02 * n
                + (0.4 if said_by(page.texts[t], name) else 0.0)
                - (0.5 if len(name.split()) > 6 else 0.0)
            )
            if (len(name.split()) > 3 and text[-1:] in ".!?…") or "://" in name:
                worth -= 0.3
            places = (("begin", n), ("end", n - len(lines)), ("date", n - dated if dated >= 0 else MOST_NAME))
            found.append(Spot(path_of(page, draft, home, paths), (t, t + 1), name, worth=worth, places=places))
            if (place := _by_class(home, draft)) is not None:
                found.append(Spot(place, (t, t + 1), name, worth=worth, places=places))
    return without_initials(found)


def _by_class(home: Element, draft: Draft) -> Path | None:
    """The same place by its class, where it has one: `a` and `span` change with a commenter's address, it does not."""
    up, steps = home, 0
    while up.at > draft.a0 and steps < 3:
        if name := up.attrs.get("class"):
            return ("class", name) if not steps or sign_of(name) & AUTHOR else None
        if up.parent is None:
            break
        up, steps = up.parent, steps + 1
    return None


def without_initials(spots: list[Spot]) -> list[Spot]:
    """Spots without the letters that stand for a picture: "FN" before Fabrizio Nardi."""
    short = [spot for spot in spots if len(spot.text) <= MOST_INITIALS and spot.text.isalpha()]
    if not short:
        return spots
    drawn = {s.span for s in short if any(s.span[0] < o.span[0] and is_initials(s.text, o.text) for o in spots)}
    return [spot for spot in spots if spot.span not in drawn]


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


def _best_path(spots: list[list[Spot]]) -> Path | None:
    """The place where most records have a name of their own."""
    texts: defaultdict[Path, list[str]] = defaultdict(list)
    worth: defaultdict[Path, float] = defaultdict(float)
    for found in spots:
        for path in {spot.path for spot in found}:
            spot = _at(found, path)
            texts[path].append(spot.text)
            worth[path] += spot.worth
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


def _at(spots: list[Spot], path: Path | None, usual: tuple[str, int] | None = None) -> Spot:
    """The likeliest name at a place, the first of equals; the one in the usual line, where there is one."""
    there = [spot for spot in spots if spot.path == path]
    return max([spot for spot in there if usual in spot.places] or there, key=lambda spot: spot.worth)


def _usual_place(spots: Iterable[list[Spot]], path: Path | None) -> tuple[str, int] | None:
    """The line that has the name in most records, where some have more than one line at its place: a short answer in
    an element like the name's."""
    there = [[spot for spot in found if spot.path == path] for found in spots]
    if len(there) < 3 or all(len(found) < 2 for found in there):
        return None
    times: Counter[tuple[str, int]] = Counter()
    worth: defaultdict[tuple[str, int], float] = defaultdict(float)
    for spot in (spot for found in there for spot in found):
        for place in spot.places:
            times[place] += 1
            worth[place] += 1 + spot.worth
    best = max(worth, key=lambda place: worth[place])
    return best if 2 * times[best] > len(there) else None


def _next_best(spots: list[Spot], best: Path | None) -> Spot | None:
    """A likely name just above or below the usual place: `a` and `span` change with a commenter's address."""
    near = [
        s
        for s in spots
        if best is not None and s.worth > 0.1 and (s.path[: len(best)] == best or best[: len(s.path)] == s.path)
    ]
    return max(near, key=lambda spot: spot.worth, default=None)


def _author_of_byline(page: Page, draft: Draft) -> None:
    """A name in the line of the date, or in the line before it, where no element holds it alone."""
    if not draft.meta:
        return
    meta, lines = meta_of(draft), said(page, draft)
    dated = _first_within(lines, meta)
    if dated < 0:
        return
    for n in (dated, dated - 1):
        if n < 0:
            continue
        span, text = lines[n]
        stamp = find_date(text) if n == dated else None
        parts = [text] if stamp is None else [text[: stamp.start], text[stamp.end :]]
        for part in parts:
            name = clean_name(part)
            if not name or len(name) > MOST_NAME or len(name.split()) > 8 or name.isdigit() or is_sentence(name):
                continue
            if not is_time(name) or (part is not text and name[0].isupper() and month_of(name)):  # June, before June 3
                draft.author = name
                draft.meta.append(span)
                return
