"""`ingest history URL`: how a roundup changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from difflib import get_close_matches
from itertools import groupby

from archive import Entry, Summary
from parsers import Change
from parsers.errors import PipelineError

from ..config import Config
from ..exits import DONE
from ..report import Voice, change_line
from ..shown.printable import first_words
from ..web.address import own_name, public
from .common import opened

AROUND = 6  # words shown on either side of an edit
LONG = 24  # words shown of what came or went
_CAUSES = {"parser": "  (read anew by another parser: no edit of the author's)", "either": "  (page and parser both new)"}


class NoSuchPage(PipelineError):
    """A page that the archive does not have."""


def run(url: str, config: Config, voice: Voice) -> int:
    """Print the timeline of one page; returns the exit code."""
    with opened(config, create=False, read_only=True) as archive:
        found = archive.summary(public(url))
        if found is None:
            near = meant(public(url), archive.pages())
            raise NoSuchPage(f"{public(url)}: this page is not in the archive" + (f"; did you mean {near} ?" if near else ""))
        entries = archive.history(public(url))
    if voice.json:
        for entry in entries:
            voice.out(
                json.dumps(
                    {"at": entry.at.isoformat(), "cause": entry.cause, "number": entry.number, **asdict(entry.change)},
                    ensure_ascii=False,
                )
            )
    else:
        for line in timeline(found, entries):
            voice.out(line)
    return DONE


def meant(url: str, known: Iterable[str]) -> str:
    """The page that somebody may have meant by an address, or ``""``: its own name is nearly the same.

    Not the whole address, since two pages of one blog share most of that.

    >>> meant("http://a.example/will-it-rain", ["https://a.example/about/", "https://a.example/2024/will-it-rain/"])
    'https://a.example/2024/will-it-rain/'
    >>> meant("https://a.example/nope/", ["https://a.example/about/", "https://a.example/"])
    ''
    >>> meant("https://a.example/?p=12", ["https://a.example/?p=13", "https://a.example/"])
    ''
    """
    pages: dict[str, list[str]] = {}
    for page in known:
        pages.setdefault(own_name(page).lower(), []).append(page)
    name = own_name(url).lower()
    near = get_close_matches(name, pages, n=1, cutoff=0.75) if name else []
    return next(iter(get_close_matches(url, pages[near[0]], n=1, cutoff=0.6)), "") if near else ""


def timeline(page: Summary, entries: tuple[Entry, ...]) -> Iterator[str]:
    """The page as it stands, then what changed, oldest first, the changes of one moment together."""
    yield page.url
    if page.title and page.title != page.url:
        yield page.title
    items = f"{_count(page.statements, 'statement')}, {_count(page.comments, 'comment')} ({page.comments_status})"
    yield f"{page.verdict or 'not read yet'}: {items}"
    facts = [f"{_count(page.captures, 'version')} of the page kept from {_count(page.visits, 'visit')}"]
    facts += [_count(page.failures, "failed visit")] if page.failures else []
    facts += [f"first seen {page.first_seen_at:%Y-%m-%d %H:%M}"] if page.first_seen_at else []
    facts += [f"last seen {page.last_seen_at:%Y-%m-%d %H:%M}"] if page.last_seen_at else []
    yield ", ".join(facts)
    for (at, cause), together in groupby(entries, key=lambda entry: (entry.at, entry.cause)):
        yield ""
        yield f"{at:%Y-%m-%d %H:%M} UTC{_CAUSES.get(cause, '')}"
        for entry in together:
            yield f"  {change_line(entry.change)}"
            yield from (f"    {line}" for line in _words(entry.change))


def _words(change: Change) -> list[str]:
    """What was and what is, as far as a person needs to see it."""
    if change.item == "page" and change.kind == "added":
        return []
    if not (change.before and change.after):
        sign, text = ("+", change.after) if change.after else ("-", change.before)
        return [f"{sign} {first_words(text, LONG)}"] if text else []
    befores, afters = change.before.split("\n\n"), change.after.split("\n\n")
    if len(befores) != len(afters):  # a paragraph came or went, so they cannot be told one by one
        befores, afters = [change.before], [change.after]
    pairs = [excerpt(was, now) for was, now in zip(befores, afters, strict=True) if was != now]
    return [line for was, now in pairs for line in (f"- {was}", f"+ {now}")]


def excerpt(before: str, after: str) -> tuple[str, str]:
    """The words in which two texts differ, with a few around them.

    >>> excerpt("It will rain in May.", "It will not rain in May.")
    ('It will rain in May.', 'It will not rain in May.')
    >>> excerpt(" ".join("abcdefghijkl") + " m", " ".join("abcdefghijkl") + " n o")
    ('… g h i j k l m', '… g h i j k l n o')
    """
    was, now = before.split(), after.split()
    same = 0
    while same < min(len(was), len(now)) and was[same] == now[same]:
        same += 1
    tail = 0
    while tail < min(len(was), len(now)) - same and was[-1 - tail] == now[-1 - tail]:
        tail += 1
    return _cut(was, same, tail), _cut(now, same, tail)


def _cut(words: list[str], same: int, tail: int) -> str:
    start, end = max(0, same - AROUND), min(len(words), len(words) - tail + AROUND)
    shown = words[start:end]
    if len(shown) > 2 * LONG:
        shown = [*shown[:LONG], "…", *shown[-LONG:]]
    return " ".join([*(["…"] if start else []), *shown, *(["…"] if end < len(words) else [])])


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
