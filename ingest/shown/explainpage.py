"""What became of each line, as one HTML file without script or network. Pure but for one read of packaged data.

A page's words are escaped and freed of what would steer a terminal or turn the writing around, and the file's own policy
forbids scripts and network, so that a hostile page is looked at in safety. The filters are radio buttons and style alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib.resources import files

from parsers.ledger import Marked
from parsers.reading import Reading

from .explain import fates, name_of
from .printable import printable

#: class, what the legend calls it
GROUPS = (
    ("expert", "experts"),  # bylines, statements, and what stands about a speaker
    ("comment", "comments"),
    ("post", "rest of the post"),  # title, date, lede, question, captions, article
    ("dropped", "dropped"),
    ("left", "left over"),
)
_EXPERT = ("byline", "statement", "heading", "about")


def as_html(readings: Sequence[tuple[str, Reading]]) -> str:
    """The whole file; a reading comes with the path or address that it is of."""
    marks = [fates(reading) for _, reading in readings]
    counts = Counter(group_of(mark) for found in marks for mark in found)
    title = readings[0][1].parsed.roundup.title or readings[0][0] if len(readings) == 1 else f"{len(readings)} pages"
    parts = [_section(n, *reading, found) for n, (reading, found) in enumerate(zip(readings, marks, strict=True), 1)]
    radios = "".join(
        f'<input type="radio" name="show" id="show-{key}"{" checked" if key == "all" else ""}>'
        for key in ("all", *dict(GROUPS))
    )
    labels = f'<label for="show-all" class="all">everything <b>{counts.total()}</b></label>' + "".join(
        f'<label for="show-{key}" class="{key}">{name} <b>{counts[key]}</b></label>' for key, name in GROUPS
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(title)}: what became of each line</title>\n<style>\n{_style()}</style></head>\n<body>{radios}\n"
        f'<nav class="legend" aria-label="Show">{labels}</nav>\n<main>\n{"".join(parts)}</main></body></html>\n'
    )


def group_of(mark: Marked) -> str:
    """The group that a line is shown with: one of GROUPS."""
    if mark.fate != "claimed":
        return "dropped" if mark.fate == "dropped" else "left"
    kind, _, number = mark.mark[1:].partition(" ")
    if kind == "comment":
        return kind
    return "expert" if kind in _EXPERT and number.rpartition(" ")[2].isdigit() else "post"  # not "byline of the post"


def _section(number: int, source: str, reading: Reading, marks: Sequence[Marked]) -> str:
    parsed = reading.parsed
    verdict = parsed.verdict
    reasons = "".join(f"<li>{_text(reason)}</li>" for reason in verdict.reasons)
    return (
        f'<section class="page"><h1 dir="auto">{_text(parsed.roundup.title or source)}</h1>\n'
        f'<p class="source">{_text(source if source == parsed.roundup.url else f"{source} · {parsed.roundup.url}")}</p>\n'
        f'<p><span class="verdict {verdict.kind}">{verdict.kind.replace("_", " ")} {verdict.confidence:.2f}</span></p>'
        f"<ul>{reasons}</ul>\n{_bar(reading)}{_speakers(number, reading)}{_rules(marks)}"
        f"{''.join(f'<p class=note>{_text(note)}</p>' for note in parsed.notes)}\n"
        f"<table><caption>{len(reading.page.lines)} lines</caption>\n{''.join(_rows(number, marks))}</table>"
        f'<p class="source">{_text(parsed.parser)}</p></section>\n'
    )


def _bar(reading: Reading) -> str:
    """The words by fate, as a strip."""
    words = reading.parsed.words
    parts = (("claimed", words.claimed), ("dropped", words.dropped), ("left", words.left_over))
    whole = max(1, sum(count for _, count in parts))
    strips = "".join(f'<i class="{key}" style="width:{100 * count / whole:.2f}%"></i>' for key, count in parts)
    text = f"{words.visible} words: {words.claimed} claimed, {words.dropped} dropped, {words.left_over} left over"
    return f'<div class="bar" aria-hidden="true">{strips}</div><p class="sum">{text}</p>\n'


def _speakers(number: int, reading: Reading) -> str:
    told = reading.parsed.roundup.statements
    names = "".join(
        f'<li><a href="#page-{number}-byline-{one.position}" dir="auto">{_text(one.expert.name)}</a></li>' for one in told
    )
    return f"<details><summary>{len(told)} statements</summary><ol>{names}</ol></details>" if told else ""


def _rules(marks: Sequence[Marked]) -> str:
    rules = Counter(mark.mark[1:] for mark in marks if mark.fate == "dropped")
    rows = "".join(f"<li>{_text(rule)} <b>{count}</b></li>" for rule, count in rules.most_common())
    return f"<details><summary>{len(rules)} rules dropped lines</summary><ul>{rows}</ul></details>" if rows else ""


def _rows(number: int, marks: Sequence[Marked]) -> list[str]:
    """One table body a stretch of lines with one fate, named in its first row."""
    rows: list[str] = []
    named: set[str] = set()
    for place, mark in enumerate(marks):
        name = name_of(mark)
        first = place == 0 or marks[place - 1].mark != mark.mark
        anchor = f' id="page-{number}-{name.replace(" ", "-")}"' if name.startswith("byline ") and name not in named else ""
        named.add(name)
        label = f'<th scope="row">{_text(name)}</th>' if first else f'<th class="same"><span>{_text(name)}</span></th>'
        kind = mark.mark[1:].partition(" ")[0] if group_of(mark) == "expert" else ""
        rows.append(
            f'<tr class="{f"{group_of(mark)} {kind}".strip()}{" first" if first else ""}"{anchor}>'
            f'<td class="n">{mark.line + 1}</td>{label}<td class="words" dir="auto">{_text(mark.text)}</td></tr>\n'
        )
    return rows


def _text(words: str) -> str:
    return escape(printable(words))


@cache
def _style() -> str:
    return (files(__package__) / "explain.css").read_text(encoding="utf-8")
