"""From blocks to nouns: statements with keys, the lede, the captions; and each line that they take, claimed. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .blocks import Block, Blocks
from .captions import is_caption
from .ledger import Ledger
from .model import Statement
from .page import Line, Page


@dataclass(frozen=True, slots=True)
class Told:
    """What a roundup's lines amount to."""

    statements: tuple[Statement, ...]
    lede: str
    captions: tuple[str, ...]


def tell(page: Page, ledger: Ledger, blocks: Blocks, keys: Sequence[str]) -> Told:
    """Claim the lines of a roundup. `keys` holds the question's key for each block, "" where it needs none."""
    captions = _captions(page, ledger, blocks)
    statements = []
    seen: Counter[str] = Counter()
    for place, (block, question) in enumerate(zip(blocks.blocks, keys, strict=True), 1):
        seen[name := slug(block.expert.name) + (f"/{question}" if question else "")] += 1
        key = name if seen[name] == 1 else f"{name}/{seen[name]}"
        statements.append(_statement(page, ledger, block, place, key, question))
    lede = _lede(ledger, blocks.lede)
    for line in blocks.rest:
        ledger.claim(line.t0, line.t1, "article")
    return Told(tuple(statements), lede, captions)


def _captions(page: Page, ledger: Ledger, blocks: Blocks) -> tuple[str, ...]:
    spans = [(line.t0, line.t1) for line in (*blocks.lede, *blocks.rest) if is_caption(page, line)]
    spans += [span for block in blocks.blocks for span in block.captions]
    spans = sorted(span for span in spans if ledger.claim(*span, "caption"))
    return tuple(page.text_between(*span) for span in spans)


def _claim(ledger: Ledger, spans: Iterable[tuple[int, int]], what: str) -> None:
    for t0, t1 in spans:
        ledger.claim(t0, t1, what)


def _statement(page: Page, ledger: Ledger, block: Block, place: int, key: str, question: str) -> Statement:
    _claim(ledger, block.leads, "question")
    _claim(ledger, block.byline_spans, f"byline {place}")
    _claim(ledger, block.heading_spans, f"heading {place}")
    _claim(ledger, block.statement_spans, f"statement {place}")
    _claim(ledger, block.asides, f"about the speaker {place}")
    spans = block.statement_spans or block.byline_spans
    first, last = (page.line_of[spans[0][0]] + 1, page.line_of[spans[-1][1] - 1] + 1) if spans else (0, 0)
    return Statement(key, block.expert, "\n\n".join(block.paragraphs), question, place, block.links, f"lines {first}-{last}")


def _lede(ledger: Ledger, lines: Sequence[Line]) -> str:
    return "\n\n".join([line.text for line in lines if ledger.claim(line.t0, line.t1, "lede")])


@lru_cache(maxsize=1 << 10)
def slug(name: str) -> str:
    """A name without case, accents and punctuation: what an editor may touch up without making it another person.

    >>> slug("Dr. José  O'Neill-Żak")
    'dr-jose-o-neill-zak'
    >>> slug("李雷")
    '李雷'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return "-".join("".join(c if c.isalnum() else " " for c in bare).split())
