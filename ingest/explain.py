"""Show a page as a person sees it, each line with what became of it.

For anyone who wonders where a sentence went: on the terminal, and as one HTML file that needs nothing else.
All text from the page is escaped; the file's own policy forbids scripts and network. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from parsers.ledger import Marked
from parsers.parse import Reading

from .report import printable


def fates(reading: Reading) -> list[Marked]:
    """The page's lines in order, neighbours with the same fate inside one line joined."""
    return list(reading.ledger.spans())


def as_json(reading: Reading, source: str) -> dict[str, object]:
    """One document: the verdict and each line's fate."""
    parsed = reading.parsed
    return {
        "source": source,
        "url": parsed.roundup.url,
        "verdict": {
            "kind": parsed.verdict.kind,
            "confidence": parsed.verdict.confidence,
            "reasons": list(parsed.verdict.reasons),
        },
        "lines": [{"line": m.line, "fate": m.fate, "mark": m.mark[1:] or None, "text": m.text} for m in fates(reading)],
    }


def as_text(reading: Reading, colour: bool = False) -> str:
    """One row a line: the mark on the left, the words on the right."""
    rows = [f"{_head(reading)}\n"]
    wide = 30
    for mark in fates(reading):
        name = _name(mark)
        row = f"{name[:wide]:{wide}} {printable(mark.text)}"
        rows.append(f"{_ANSI[mark.fate]}{row}\033[0m" if colour else row)
    rows.append("\n" + _sums(reading))
    return "\n".join(rows)


_ANSI = {"claimed": "\033[32m", "dropped": "\033[2;31m", "left over": "\033[33m"}


def as_html(reading: Reading, source: str) -> str:
    """The same as one HTML file."""
    rows = "\n".join(_row(mark) for mark in fates(reading))
    title = escape(f"{reading.parsed.roundup.title or source}")
    sums = "".join(f"<li>{escape(line)}</li>" for line in _sums(reading).splitlines())
    return _PAGE.format(title=title, head=escape(_head(reading)), rows=rows, sums=sums)


def _row(mark: Marked) -> str:
    kind = mark.fate.replace(" ", "-")
    return f'<tr class="{kind}"><th>{escape(_name(mark))}</th><td dir="auto">{escape(mark.text)}</td></tr>'


def _name(mark: Marked) -> str:
    return {"claimed": mark.mark[1:], "dropped": f"dropped by {mark.mark[1:]}", "left over": "left over"}[mark.fate]


def _head(reading: Reading) -> str:
    parsed = reading.parsed
    reasons = "; ".join(parsed.verdict.reasons)
    return f"{parsed.roundup.url}: {parsed.verdict.kind} ({parsed.verdict.confidence:.2f}): {reasons}"


def _sums(reading: Reading) -> str:
    words = reading.parsed.words
    rules = Counter(mark.mark[1:] for mark in fates(reading) if mark.fate == "dropped")
    lines = [f"{words.visible} words: {words.claimed} claimed, {words.dropped} dropped, {words.left_over} left over"]
    return "\n".join([*lines, *_most(rules.most_common()), *reading.parsed.notes])


def _most(rules: Iterable[tuple[str, int]]) -> list[str]:
    return [f"dropped by {rule}: {count} lines" for rule, count in rules]


_PAGE = """<!doctype html>
<html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}: what became of each line</title>
<style>
body {{ font: 16px/1.5 Georgia, serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #222; background: #fdfdfb; }}
h1 {{ font-size: 1.4em; }} p, li {{ color: #555; }}
table {{ border-collapse: collapse; width: 100%; }}
th {{ font: 12px/1.4 ui-monospace, monospace; text-align: right; vertical-align: top;
  width: 17em; padding: .35em 1em .25em 0; color: #777; font-weight: normal; }}
td {{ padding: .2em .8em; border-left: 4px solid #ddd; }}
.claimed td {{ border-color: #3a8f5c; }}
.dropped td {{ border-color: #c96b5a; color: #999; }}
.left-over td {{ border-color: #d9a520; background: #fff8e0; }}
</style></head><body>
<h1>{title}</h1><p>{head}</p><ul>{sums}</ul>
<table>{rows}</table>
</body></html>
"""
