"""How a page becomes a roundup: the steps, in order, and nothing else. Pure.

The order is the order of precedence, for who comes first takes the words (see `ledger.py`). Comments come before
furniture, so that no rule cuts into a reader's words; furniture comes before the article, so that a share bar in
the middle of a post is not read as a paragraph. A post over several pages is laid out page by page and then joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .article import Body, article_text, find_article
from .boilerplate import drop_furniture, drop_phrases
from .facts import Facts, read_facts
from .label import parser_label
from .ledger import Ledger
from .model import Bundle, Parsed, Roundup, Verdict
from .page import Page, open_page
from .rules import Chosen, Site, pick_layout
from .thread import Thread


@dataclass(frozen=True, slots=True)
class Reading:
    """A parse with its working papers: what `ingest explain` shows."""

    page: Page
    ledger: Ledger
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page laid out: who spoke below it, what was furniture, where the post is."""

    page: Page
    ledger: Ledger
    thread: Thread
    facts: Facts
    body: Body
    article: str
    site: Chosen | None


def parse(bundle: Bundle) -> Parsed:
    """Read a page: question, expert blocks, comments, and what was left out.

    Never raises for what a page says; raises NotText for what is no page (empty, binary) and TooComplex for what
    no parser should touch.
    """
    return read(bundle).parsed


def read(bundle: Bundle, *, sites: Sequence[Site] = (), platforms: bool = True) -> Reading:
    """As `parse`, with the ledger. `platforms=False` reads comments with the general reader alone."""
    sheet = lay_out(open_page(bundle.page), bundle, sites, platforms)
    page, ledger = sheet.page, sheet.ledger
    roundup = Roundup(url=sheet.facts.canonical or page.url, title=sheet.facts.title, article=sheet.article)
    verdict = Verdict("not_roundup", 0.0, ("this version of the parser reads no statements yet",))
    for line in sheet.body.lines:
        ledger.claim(line.t0, line.t1, "article")
    parsed = Parsed(
        roundup, verdict, ledger.dropped(), ledger.left_over(), parser=parser_label(), words=ledger.words(sheet.body.el)
    )
    return Reading(page, ledger, parsed)


def lay_out(page: Page, bundle: Bundle, sites: Sequence[Site], platforms: bool) -> Sheet:
    """Take comments, furniture, facts and the post's container, in this order."""
    ledger = Ledger(page)
    thread = Thread()
    site = pick_layout(page, sites)
    drop_furniture(page, ledger)
    facts = read_facts(page, ledger)
    drop_phrases(page, ledger, page.lines)
    body = find_article(page, ledger)
    return Sheet(page, ledger, thread, facts, body, article_text(page, ledger, body), site)
