"""Drop what is not the post: by selector first, by phrase second, always by a rule with a name. Pure.

No rule takes what somebody has claimed, and none may take more of a page's prose than furniture can hold: a theme
that calls its whole layout "share-wrapper" loses nothing. What no rule names is left over, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from .furniture import Phrase, phrase_of, rule_of_class, rule_of_id, selectors
from .ledger import Ledger
from .page import ARTICLE, FIGURE, HEADING, INLINE, LINK, MAIN, QUOTE, Element, Line, Page
from .wordcount import rough_words

CALL = 30  # letters before links that share: "Share this with your friends:"
FORM = 40  # words of prose that a form may hold: a plea and a consent, but no paragraph
FEW = 3  # an author box or a byline that comes oftener is not the post's own
_FEW_RULES = frozenset(("wordpress/author-box", "theme/author-box", "wordpress/entry-meta", "theme/meta"))
_UNREAD = frozenset(
    ("wordpress/skip-link", "screen-reader/text", "structure/control", "structure/unseen", "structure/noscript")
)
_WHOLE = frozenset(("html", "body", "main"))
_CARDS = frozenset(("section", "li", "figure", "details"))
_LANDMARKS = frozenset(("structure/header", "theme/header", "structure/footer", "structure/aside"))


def drop_furniture(page: Page, ledger: Ledger) -> None:
    """Drop by class, id, tag and role, each rule within its allowance; then the sections that a heading gives away."""
    if page.tree is None:
        return
    prose = prose_sums(page, ledger)
    for rule, group in _matches(page):
        group = [el for el in group if el.t1 > el.t0 and (el.tag not in INLINE or not _in_a_sentence(page, rule, el))]
        if group and _allowed(page, rule, group, prose):
            for el in group:
                ledger.drop(el.t0, el.t1, rule)
    _drop_share_links(page, ledger)
    for el in page.by_tag.get("figure", ()):
        if el.t1 - el.t0 > 1 and _is_link_card(page, el):
            ledger.drop(el.t0, el.t1, "structure/link-card")


def _drop_share_links(page: Page, ledger: Ledger) -> None:
    """Drop links by which a reader shares, and the line of such links with a word before them ("Deel dit: Facebook")."""
    shared: dict[int, list[int]] = {}
    for el in page.by_tag.get("a", ()):
        href = el.attrs.get("href") or ""
        near = "share" in href or "/intent/" in href or "/pin/" in href or "text=" in href  # most links fail here
        if near and el.t1 > el.t0 and _SHARES.search(href) and not el.marks & HEADING:
            line = page.lines[page.line_of[el.t0]]
            shared.setdefault(line.ordinal, []).append(sum(map(len, page.texts[el.t0 : el.t1])))
            if page.link_share(line.t0, line.t1) > 0.9:
                ledger.drop(el.t0, el.t1, "structure/share-link")
    for ordinal, sizes in shared.items():
        line, size = page.lines[ordinal], sum(sizes)
        whole = sum(map(len, page.texts[line.t0 : line.t1]))
        most = CALL if len(sizes) > 1 else CALL // 2
        if whole - size < most and size >= page.link_share(line.t0, line.t1) * whole - 1:
            ledger.drop(line.t0, line.t1, "structure/share-link")


#: where the networks take what a reader shares
_SHARES = re.compile(
    r"/intent/(?:tweet|post)\b|/sharer?(?:\.php|/)|(?:twitter|x)\.com/share\b|t\.me/share\b|/shareArticle\?|/pin/create/|"
    r"://(?:wa\.me|api\.whatsapp\.com)/.*text="
)


def _is_link_card(page: Page, figure: Element) -> bool:
    """Whether a figure is nothing but one link with several lines in it: title, description and source of another page."""
    first, last = page.homes[figure.t0], page.homes[figure.t1 - 1]
    anchor = first.nearest("a") if first.marks & last.marks & LINK else None
    if anchor is None or not figure.holds(anchor) or anchor.t0 > figure.t0 or anchor.t1 < figure.t1:
        return False
    return page.line_of[figure.t0] < page.line_of[figure.t1 - 1] and not first.marks & QUOTE


def _in_a_sentence(page: Page, rule: str, el: Element) -> bool:
    """True for an inline word inside a line of prose: whatever its class says, the sentence needs it."""
    if rule in _UNREAD:
        return False
    line = page.lines[page.line_of[el.t0]]
    return len(line.text) > 60 and sum(map(len, page.texts[el.t0 : el.t1])) * 2 < len(line.text)


def _is_prose(text: str) -> bool:
    """Whether a line too short for prose in Latin letters is long enough in the measure of its script."""
    return not text.isascii() and rough_words(text) >= 12


def prose_sums(page: Page, ledger: Ledger) -> list[int]:
    """Beside `page.texts`, plus one: the words of free prose before each piece. Prose is long lines, not of links."""
    sums, total, marks, homes, texts = [0], 0, ledger.marks, page.homes, page.texts
    for line in page.lines:
        t0, t1 = line.t0, line.t1
        size = len(line.text)
        if size >= 24 and not marks[t0] and (size >= 60 or _is_prose(line.text)):
            linked = sum([len(texts[t]) for t in range(t0, t1) if homes[t].marks & LINK])
            if linked * 2 < len(line.text):
                total += rough_words(line.text)
        if t1 - t0 == 1:
            sums.append(total)
        else:
            sums.extend([total] * (t1 - t0))
    return sums


def _matches(page: Page) -> Iterator[tuple[str, list[Element]]]:
    """Rules with what they match: known names before structure, structure before what themes happen to say."""
    found: dict[tuple[str, str], list[Element]] = {}
    for attribute, group in page.by_class.items():
        key = rule_of_class(attribute)
        if key[0]:
            found.setdefault(key, []).extend(group)
    for name, el in page.by_id.items():
        rule = rule_of_id(name)
        if rule and not (rule[:6] == "theme/" and el.marks & HEADING):  # a heading's id is its text: "10-social-media"
            found.setdefault((rule, "#" + name), []).append(el)
    yield from ((rule, group) for (rule, _), group in found.items() if rule[:6] != "theme/")
    known = selectors()
    for tag, rule in known.tags.items():
        group = page.by_tag.get(tag, [])
        if tag == "aside":  # boxes in a post are judged together: where they hold much of it, they are it
            boxes = [el for el in group if el.marks & (ARTICLE | MAIN)]
            yield rule, boxes
            group = [el for el in group if not el.marks & (ARTICLE | MAIN)]
        for el in group:
            if el.t1 > el.t0:
                yield rule, [el]
    for el in page.by_attr.get("role", ()):
        if (rule := known.roles.get(el.attrs["role"] or "", "")) and el.t1 > el.t0:
            yield rule, [el]
    yield from ((rule, group) for (rule, _), group in found.items() if rule[:6] == "theme/")


def _allowed(page: Page, rule: str, group: list[Element], prose: list[int]) -> bool:
    """Whether a rule may take these: not the page's prose, not its main part, not what only looks like furniture."""
    if len(group) > FEW and rule in _FEW_RULES:
        return False
    if rule == "comments/area":
        return not any(group[0].holds(el) for tag in ("h1", "main") for el in page.by_tag.get(tag, ()))
    whole, own = prose[-1], sum([prose[el.t1] - prose[el.t0] for el in group])
    known = rule[:6] != "theme/"
    if own:
        most = max(0.3 * whole, min(120, 0.5 * whole)) if known else max(0.15 * whole, min(60, 0.3 * whole))
        if own > most or (rule == "structure/form" and own > FORM):
            return False
    if rule in _LANDMARKS:
        return _outside(page, rule, group[0])
    if rule == "structure/control":
        return not group[0].marks & HEADING
    if not known and group[0].marks & HEADING and len(group) > FEW:
        return False
    return _WHOLE.isdisjoint([el.tag for el in group])


def _outside(page: Page, rule: str, el: Element) -> bool:
    """A header, footer or aside of the site, not of the post: inside an article they may hold real words."""
    if rule[-6:] == "header":
        if len(page.by_tag.get("header", ())) > 2 and any(up.tag in _CARDS for up in el.above()):
            return False  # a page has one header; many open its cards
        return not (el.marks & (ARTICLE | MAIN)) and not any(el.holds(h) for h in page.by_tag.get("h1", ()))
    if el.marks & (QUOTE | FIGURE):
        return False
    return not el.marks & ARTICLE or rule == "structure/aside" or page.link_share(el.t0, el.t1) > 0.5


# By phrase


def drop_phrases(page: Page, ledger: Ledger, lines: Iterable[Line]) -> None:
    """Drop the lines that are a known phrase, whole; doubtful ones only beside another line that was dropped."""
    doubtful: list[tuple[Line, Phrase]] = []
    for line in lines:
        if ledger.marks[line.t0] and ledger.taken(line):
            continue
        phrase = phrase_of(line.text) or _of_spans(page, line) or _opens_a_link(page, line)
        if phrase is None:
            continue
        if phrase.how == "line":
            ledger.drop(line.t0, line.t1, phrase.rule)
        elif phrase.how == "section":
            _drop_section(page, ledger, line, phrase.rule)
        elif phrase.how == "toc":
            _drop_toc(page, ledger, line, phrase.rule)
        else:
            doubtful.append((line, phrase))
    for run in (doubtful, doubtful[::-1]):
        for line, phrase in run:
            if _beside_dropped(page, ledger, line):
                ledger.drop(line.t0, line.t1, phrase.rule)


def _of_spans(page: Page, line: Line) -> Phrase | None:
    """The rule for a few words that a style sheet sets apart: "ListenShare" in two spans."""
    if not 1 < line.t1 - line.t0 < 7 or len(line.text) > 60:
        return None
    apart = page.spread(line)
    return phrase_of(apart) if apart != line.text else None


def _opens_a_link(page: Page, line: Line) -> Phrase | None:
    """The rule for "Read also: another post", where what follows the colon is a link."""
    if len(line.text) > 200 or not page.homes[line.t1 - 1].marks & LINK:
        return None
    apart = page.texts[line.t0].strip() if line.t1 - line.t0 > 1 else ""  # a span, and a link that a style sheet sets below it
    phrase = _opening(apart, ("section",))
    head, colon, rest = line.text.partition(":")
    if phrase is None and colon and rest:
        phrase = _opening(head, ("section", "near"))
    if phrase is None or page.link_share(line.t0, line.t1) < 0.4:
        return None
    return Phrase(phrase.rule, "line", phrase.parts)


def _opening(head: str, hows: tuple[str, ...]) -> Phrase | None:
    phrase = phrase_of(head) if 1 < len(head) <= 40 else None
    return phrase if phrase is not None and phrase.how in hows else None


def _beside_dropped(page: Page, ledger: Ledger, line: Line) -> bool:
    around = page.lines[max(0, line.ordinal - 1) : line.ordinal + 2]
    return any(ledger.marks[other.t0][:1] == "-" for other in around if other is not line)


ROW = 3  # so many lines in a row that are nothing but links are a menu


def drop_link_lists(page: Page, ledger: Ledger, inside: Element, own: Collection[Line]) -> None:
    """Drop rows of bare links outside the post: menus that no tag or class calls so. `own` are the post's lines."""
    kept = {line.ordinal for line in own}
    row: list[Line] = []
    for line in (*page.lines, None):
        if line is not None and ledger.marks[line.t0][:1] == "-":
            continue  # what else was dropped does not part a menu
        outside = line is not None and not inside.t0 <= line.t0 < inside.t1 and line.ordinal not in kept
        if line is not None and outside and page.link_share(line.t0, line.t1) > 0.8:
            row.append(line)
            continue
        if len(row) >= ROW:
            for link in row:
                ledger.drop(link.t0, link.t1, "structure/link-list")
        row = []


MAX_SECTION = 60  # lines


def _drop_section(page: Page, ledger: Ledger, line: Line, rule: str) -> None:
    """Drop a heading such as "Related posts" and what it opens: short lines and links, up to prose or a heading."""
    level = line.level
    end = line.t1
    follow = 0
    for other in page.lines[line.ordinal + 1 : line.ordinal + 1 + MAX_SECTION]:
        if ledger.marks[other.t0][:1] == "+" or (level and 0 < other.level <= level):
            break
        if len(other.text) >= 100 and page.link_share(other.t0, other.t1) < 0.5:
            break
        follow, end = follow + 1, other.t1
    if level or (follow and page.link_share(line.t1, end) > 0.5):
        linked = page.link_share(line.t1, end) > 0.5
        ledger.drop(line.t0, end if linked else line.t1, rule)


def _drop_toc(page: Page, ledger: Ledger, line: Line, rule: str) -> None:
    """Drop a table of contents: its heading and the lines after it that are links to places in this page."""
    end = line.t1
    for other in page.lines[line.ordinal + 1 : line.ordinal + 1 + 2 * MAX_SECTION]:
        runs = page.runs(other)
        if not any(run.href.startswith("#") for run in runs) or page.link_share(other.t0, other.t1) < 0.6:
            break
        end = other.t1
    if end > line.t1:
        ledger.drop(line.t0, end, rule)
