"""Show a page as a person sees it, each line with what became of it: on the terminal and as JSON. Pure.

For anyone who wonders where a sentence went. `explainpage.py` makes the same into one HTML file.
"""

from __future__ import annotations

from collections import Counter

from parsers.ledger import Marked
from parsers.reading import Reading

from . import document
from .printable import printable

WIDE = 34  #: columns of the mark, on the terminal


def fates(reading: Reading) -> list[Marked]:
    """The page's lines in order; a line that shares its words among several fates comes in as many parts."""
    return list(reading.ledger.spans())


def name_of(mark: Marked) -> str:
    """What became of a line: "statement 3", "dropped by wordpress/likes", "left over"."""
    return {"claimed": mark.mark[1:], "dropped": f"dropped by {mark.mark[1:]}", "left over": "left over"}[mark.fate]


def as_json(reading: Reading, source: str) -> dict[str, object]:
    """One document: the verdict, the sums, and each line's fate."""
    parsed = reading.parsed
    return {
        **document.head(source, parsed),
        "words": document.sums(parsed.words),
        "notes": list(parsed.notes),
        "lines": [
            {"line": m.line + 1, "fate": m.fate, "mark": m.mark[1:] or None, "words": m.words, "text": m.text}
            for m in fates(reading)
        ],
        "parser": parsed.parser,
    }


def as_text(reading: Reading, colour: bool = False) -> str:
    """One row a line: its number, the mark, the words."""
    parsed = reading.parsed
    verdict = parsed.verdict
    rows = [f"{parsed.roundup.url}: {verdict.kind}, {verdict.confidence:.2f}: {'; '.join(verdict.reasons)}", ""]
    marks = fates(reading)
    digits = len(str(len(reading.page.lines)))
    for mark in marks:
        row = f"{mark.line + 1:{digits}} {name_of(mark):{WIDE}} {mark.text}"
        rows.append(_coloured(row, mark) if colour else printable(row))
    return "\n".join([*rows, "", *map(printable, sums(reading, marks))])


def _coloured(row: str, mark: Marked) -> str:
    code = _ANSI.get(mark.mark[1:].partition(" ")[0], _ANSI[mark.fate])
    return f"\033[{code}m{printable(row)}\033[0m"


_ANSI = {"claimed": "0", "byline": "1;36", "statement": "36", "comment": "35", "dropped": "2;31", "left over": "33"}


def sums(reading: Reading, marks: list[Marked]) -> list[str]:
    """The page's account in sentences: words by fate, lines by rule, and what the parser notes."""
    words = reading.parsed.words
    rules = Counter(mark.mark[1:] for mark in marks if mark.fate == "dropped")
    return [
        f"{words.visible} words: {words.claimed} claimed, {words.dropped} dropped, {words.left_over} left over",
        *(f"dropped by {rule}: {count} {'line' if count == 1 else 'lines'}" for rule, count in rules.most_common()),
        *(f"note: {note}" for note in reading.parsed.notes),
    ]
