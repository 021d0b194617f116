"""Which lines could name a speaker, and how they look: slots first, read only where a look recurs. Pure.

A look ("kin") is what one page's bylines share: a heading level, a bold beginning, a leading dash. A slot is a place
where a byline of that look would stand; whether a person stands there is asked in `candidates.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from ..bylines import Reading, plausible, read
from ..bylines.phrases import segments
from ..bylines.roles import read_piece
from ..bylines.words import AND, ARTICLE, AT, OF, SAID, flags
from ..bylines.words import LINK as LINK_WORD
from ..page import BOLD, ITALIC, LINK, Page
from .glued import lead_of, tail_of
from .rows import Row

#: the longest text read as a byline, in characters
MOST = 220
#: words of a plain line that may be one from end to end
_FEW = 24
#: characters at either end of a longer text in which one is looked for
_NEAR = 170

Kin = tuple[str, str, str]  #: family, kind of element, closing mark (with a blank behind it where text follows on the line)

_ANCHORS = " #¶§🔗"  # what a heading's link to itself shows
OPENING = "\"“«„'‘("  # what may stand before the first letter of a name
_CLOSES, _OPENERS, _DASH_LETTERS = ">»:：", ">»:：—–―-", "—–―‒~-"
_DASH = re.compile(r"(?:[—–―‒~]|--|-(?=\s?[^\W\d_a-z]))\s*")
_CLOSE = re.compile(r"\s*(>>|»|[:：])\s*$")
OPEN = re.compile(r"\s*(>>|»|[:：]|[—–―]|-(?=\s))\s*")
_INLINE = re.compile(r"[>»:：—–―-](?:(?<=>)>|(?<=[:：])(?!//)|(?<=[»—–―])|(?<=\s-)(?=\s))\s*")  # its first letter is found fast
_TAIL = re.compile(r"(?:\s*(?:[—–―]{1,3}|--|—-)\s*|\s-\s)(?=[\"“«(]?[^\W\d_])")
_BRACKETED = re.compile(r"[(（]([^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)?)[)）]\s*[.。]?$")
_QUOTE = re.compile(r"\s*[“\"„«]$")
_STOP = re.compile(r"(?<=[^\W\d_]{4})\.$")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})\.\s+(?=[^\W\d_a-z“\"«„])")  # the end of one, another behind it
_QUOTES = '"“„«»”'
_VERB = re.compile(r"[\"”“»],?\s*[–—]?\s*([^\W\d_A-Z]{3,14})\s+(?=[^\W\d_a-z])")  # behind a quotation
_PARTED = re.compile(r"[,|;·•(（:：]|\s[–—―-]\s|[a-z][A-Z]")
_ENDS = ".!?;,…。！？।؟"
_CLOSED = '.!?"”»’…)。！？」'
_OWN = frozenset("div dt dd td th figcaption cite summary address li caption".split())


class Slot(NamedTuple):
    """A place for a byline."""

    kin: Kin
    row: int
    form: str  #: line, lead, prefix, tail
    raw: str  #: what would be the byline
    cut: int  #: offset in the row's text where the byline ends (tail: begins); 0 for a whole line
    piece: int  #: the piece where it does, or -1 inside a piece


def slots_of(page: Page, row: Row) -> list[Slot]:
    """The slots of one row, at most one a family."""
    text, size = row.text, len(row.text)
    if row.rule or size < 2:
        return []
    if row.level:
        raw = text.rstrip(_ANCHORS) or text
        return [Slot((f"h{row.level}", "", ""), row.n, "line", raw, 0, -1)] if size <= MOST else []
    if size <= MOST and text[0] in _DASH_LETTERS and _DASH.match(text):
        return [Slot(("dash", "", ""), row.n, "line", text, 0, -1)]
    tag = row.tag if row.tag in _OWN else "p"
    found = _whole(row, tag) if size <= MOST and (row.marks or row.words <= _FEW) else []
    if row.lead:
        found += _led(page, row, tag)
    if _may_lead(text[:_NEAR]) and (row.marks & BOLD or not (row.lead and row.style & BOLD)):
        found += _inline(row, tag)
    if page.tree is None and row.words > 8 and not found:
        cut, how = lead_of(text)
        if cut:
            found.append(Slot(("plain", tag, how + " "), row.n, "prefix", text[:cut].rstrip(" ."), cut, -1))
    return found + _tail(page, row) if row.words > 5 else found


def _whole(row: Row, tag: str) -> list[Slot]:
    """A short line that may be a byline from end to end."""
    family = _family(row.marks) if row.marks else ""
    if not family and not _unended(row):
        return []
    text = row.text
    mark = _closing(text)
    closing = "" if family == "bold" or mark is None else _mark(mark.group(1))
    found = [Slot((family or "plain", tag, closing), row.n, "line", text, 0, -1)]
    if family == "link":
        found.append(Slot(("plain", tag, closing), row.n, "line", text, 0, -1))
    elif not family and row.lead and row.style & BOLD and (row.line.broken or row.words < 16):
        found.append(Slot(("bold", tag, ""), row.n, "line", text, 0, -1))
    elif not family and not closing and row.words < 5 and not _PARTED.search(text):
        found.append(Slot(("plain", tag, "bare"), row.n, "line", text, 0, -1))
    return found


def _family(marks: int) -> str:
    return "bold" if marks & BOLD else "italic" if marks & ITALIC else "link" if marks & LINK else ""


def _may_lead(text: str) -> bool:
    """Whether a text holds a mark that `_inline` looks for."""
    if ":" in text or " - " in text or ">>" in text:
        return True
    return not text.isascii() and ("–" in text or "—" in text or "―" in text or "»" in text or "：" in text)


def _unended(row: Row) -> bool:
    return row.words <= 6 or (row.words <= _FEW and row.text[-1] not in _ENDS)


def _led(page: Page, row: Row, tag: str) -> list[Slot]:
    """The styled beginning of a line."""
    lead = row.opening(page)
    if not 2 <= len(lead) <= MOST:
        return []
    family = _family(row.style) or "span"
    rest = row.text[len(lead) :]
    follows = rest.lstrip()[:1]
    after = OPEN.match(rest) if follows in _OPENERS else None
    opens = _QUOTE.search(lead) if lead[-1] in OPENING else None
    mark = _closing(lead[: opens.start()] if opens is not None else lead) or after
    if mark is None and family == "bold" and follows.islower():
        return _led_on(row, tag, lead, rest)
    if mark is None and family != "bold":
        return []
    cut = len(lead) + (after.end() if after else 0)
    closing = "" if family == "bold" else _mark(mark.group(1)) if mark else ""
    raw = _STOP.sub("", lead) + (after.group(1) if after and not _closing(lead) else "")
    slot = Slot((family, tag, closing), row.n, "lead", raw, cut, row.lead)
    if opens is not None:  # the editor made the opening mark bold too
        slot = slot._replace(raw=lead[: opens.start()], cut=opens.start(), piece=-1)
    between = _INLINE.search(row.text, cut, cut + 120) if after is not None and after.group(1) in "—–―-" else None
    if between is not None and _is_position(row.text[cut : between.start()]):  # "**Ann Lee** – Baker, Acme – text"
        return [slot._replace(raw=row.text[: between.start()].rstrip(), cut=between.end(), piece=-1)]
    if mark is None and follows in (",", "("):
        further = _INLINE.search(rest[:160])
        if further and len(rest[: further.start()].rstrip()) > 1:
            long = row.text[: len(lead) + further.end()].strip()
            if _speaks(long):
                return [slot._replace(raw=long, cut=len(lead) + further.end(), piece=-1)]
        stop = _SENTENCE.search(rest[:_NEAR]) if follows == "," else None
        if stop is not None and _is_position(rest[1 : stop.start()]):
            cut = len(lead) + stop.end()
            return [slot._replace(raw=row.text[: len(lead) + stop.start()], cut=cut, piece=-1)]
    return [slot]


def _is_position(text: str) -> bool:
    """Whether a text is nothing but what somebody is, and where: no sentence."""
    pieces = [read_piece(part) for _, part in segments(text)]
    kinds = [piece.kind for piece in pieces]
    small = any(word[0].islower() and not flags(word) & (LINK_WORD | AND | ARTICLE) for word in text.split())
    return len(pieces) < 5 and "words" not in kinds and ("role" in kinds or any(p.sure for p in pieces) or not small)


def _led_on(row: Row, tag: str, lead: str, rest: str) -> list[Slot]:
    """A bold name that a small word leads on from to where they work: "**Ann Lee** from Acme: text"."""
    further = _INLINE.search(rest[:120])
    if further is None or leads_on(lead, rest[: further.end()].strip()) is None:
        return []
    cut = len(lead) + further.end()
    return [Slot(("bold", tag, ""), row.n, "lead", row.text[:cut].strip(), cut, -1)]


def leads_on(lead: str, more: str) -> Reading | None:
    """Who a styled name and the small word behind it tell of; the style says that the word is no part of the name."""
    if not more or not flags(more.split()[0]) & (AT | OF) or len(more.split()) > 12:
        return None
    reading = read(f"{lead}, {more}") or read(f"{lead} {more}")
    if reading is None or reading.expert.name not in lead or not reading.expert.positions:
        return None
    return reading._replace(expert=replace(reading.expert, byline=f"{lead} {more}"))


def _closing(text: str) -> re.Match[str] | None:
    """The mark that closes a byline; a guillemet does only where it closes no quotation."""
    if text[-1:] not in _CLOSES:
        return None
    mark = _CLOSE.search(text, max(0, len(text) - 4))
    return None if mark is not None and mark.group(1) == "»" and "«" in text else mark


def _speaks(text: str) -> bool:
    reading = read(text) if plausible(text) else None
    return reading is not None and bool(reading.expert.positions or "(" in text)


def _mark(mark: str) -> str:
    return {"：": ":", "»": ">>"}.get(mark, "-" if mark in "—–―-" else mark)


def _inline(row: Row, tag: str) -> list[Slot]:
    """ "Name, Role: text" in one style."""
    text = row.text
    match = next((m for m in _INLINE.finditer(text[:_NEAR]) if m[0][0] != "»" or "«" not in text[: m.start()]), None)
    before = text[: match.start()].rstrip() if match is not None else ""
    if match is None or len(before) < 2 or match.end() >= len(text) or before.count(" ") > 18:
        return []
    mark = _mark(match[0].rstrip())
    family = "bold" if row.marks & BOLD else "plain"
    raw = text[: match.end()].strip()
    return [Slot((family, tag, "" if family == "bold" else mark + " "), row.n, "prefix", raw, match.end(), -1)]


def _tail(page: Page, row: Row) -> list[Slot]:
    """An attribution at the end of a paragraph."""
    text = row.text
    start = max(0, len(text) - _NEAR)
    best: re.Match[str] | None = None
    end = text[start:]
    if "--" in end or " - " in end or (not end.isascii() and ("—" in end or "–" in end or "―" in end)):
        for best in _TAIL.finditer(text, start):  # noqa: B007 - the last dash
            pass
    sure = best is not None and (text[best.start() - 1] in _CLOSED or not best.group().startswith((" -", "-")))
    if best is not None and best.start() > 10 and sure:
        return [Slot(("dash", "", ""), row.n, "tail", text[best.start() :].strip(), best.start(), -1)]
    said = _said(text, start)
    if said:
        return [Slot(("said", "", ""), row.n, "tail", text[said:].rstrip(), said, -1)]
    bracket = _BRACKETED.search(text, start) if ")" in text[-2:] or "）" in text[-2:] else None
    if bracket is not None and bracket.start() > 20:
        return [Slot(("bracket", "", ""), row.n, "tail", bracket.group(1), bracket.start(), -1)]
    last = page.homes[row.t1 - 1] if row.t1 - row.t0 > 1 else row.el
    if last is not row.el and last.marks & (BOLD | ITALIC) & ~page.homes[row.t0].marks:
        size = len(" ".join("".join(page.texts[row.t1 - 1 : row.t1]).split()))
        if 3 < size <= MOST:
            return [Slot(("ending", "", ""), row.n, "tail", text[-size:], len(text) - size, row.t1 - 1)]
    if page.tree is None and (at := tail_of(text)):
        return [Slot(("ending", "", ""), row.n, "tail", text[at:], at, -1)]
    return []


def _said(text: str, start: int) -> int:
    """Where "says Ann Lee, founder of Acme." begins behind a quotation that is all of the paragraph before it, or 0."""
    if text[0] not in _QUOTES:
        return 0
    verb = next((m for m in _VERB.finditer(text, max(20, start)) if flags(m.group(1)) & SAID), None)
    if verb is None or any(mark in text[1 : verb.start()] for mark in _QUOTES):
        return 0
    raw = text[verb.start(1) :]
    return verb.start(1) if plausible(raw) and read(raw) is not None else 0
