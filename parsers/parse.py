"""How a page becomes a roundup: the steps, in order, and nothing else. Pure.

A thin first version: the steps that are not built yet are missing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .label import parser_label
from .ledger import Ledger
from .model import Bundle, Parsed, Roundup, Verdict
from .page import Page, open_page


@dataclass(frozen=True, slots=True)
class Reading:
    """A parse with its working papers: what `ingest explain` shows."""

    page: Page
    ledger: Ledger
    parsed: Parsed


def parse(bundle: Bundle) -> Parsed:
    """Read a page: question, expert blocks, comments, and what was left out.

    Never raises for what a page says; raises NotText for what is no page (empty, binary) and TooComplex for what
    no parser should touch.
    """
    return read(bundle).parsed


def read(bundle: Bundle, *, platforms: bool = True) -> Reading:
    """As `parse`, with the ledger. `platforms=False` reads comments with the general reader alone."""
    page = open_page(bundle.page)
    ledger = Ledger(page)
    article = "\n\n".join(line.text for line in page.lines)
    ledger.claim(0, len(page.texts), "article")
    roundup = Roundup(url=page.url, title=page.title_tag, article=article)
    verdict = Verdict("not_roundup", 0.0, ("this version of the parser reads no statements yet",))
    return Reading(page, ledger, Parsed(roundup, verdict, parser=parser_label(), words=ledger.words()))
