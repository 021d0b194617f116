"""How a page becomes a roundup: the steps, in order, and nothing else. Pure.

The order is the order of precedence, for who comes first takes the words (see `ledger.py`). Comments come before
furniture, so that no rule cuts into a reader's words; furniture comes before the article, so that a share bar in
the middle of a post is not read as a paragraph. A post over several pages is laid out page by page and then joined.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from .article import Body, article_text, find_article
from .blocks import Blocks, find_blocks
from .boilerplate import drop_furniture, drop_link_lists, drop_phrases
from .comments.reading import read_comments
from .comments.thread import Thread
from .errors import NotText, TooComplex
from .facts import Facts, of_a_thread, read_facts
from .label import parser_label
from .ledger import Ledger
from .model import Bundle, Parsed, Roundup, Verdict, Want
from .page import Line, Page, open_page
from .parts import join, next_page
from .questions import find_questions
from .ruled import BY_RULE, blocks_by_rule, disagreement, drop_by_rule
from .rules import Chosen, Site, pick_layout
from .shells import shell_of
from .statements import tell
from .verdict import judge


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
    with no_collection():  # until the page is gone again, not only until it is read
        return read(bundle).parsed


def read(bundle: Bundle, *, sites: Sequence[Site] = (), platforms: bool = True) -> Reading:
    """As `parse`, with the ledger. `platforms=False` reads comments with the general reader alone."""
    with no_collection():
        sheets, wants, notes = _lay_out_all(bundle, sites, platforms)
        page, ledger, facts, site = sheets[0].page, sheets[0].ledger, sheets[0].facts, sheets[0].site
        lines = [line for sheet in sheets for line in sheet.body.lines if not ledger.taken(line)]
        blocks = _blocks(page, lines, facts.title, site)
        if blocks.layout == BY_RULE:
            notes += disagreement(page, lines, facts.title, blocks)
        verdict = _verdict(sheets[0], lines, blocks)
        if verdict.kind == "not_roundup":
            blocks = Blocks(lede=(), rest=tuple(lines))
        roundup = _roundup(sheets, blocks)
        book = ledger.close([sheet.body.el for sheet in sheets])
    label = f"{parser_label()} {site.label if site is not None else ''}".rstrip()
    parsed = Parsed(roundup, verdict, book.dropped, book.left_over, tuple(wants), tuple(notes), label, book.words)
    return Reading(page, ledger, parsed)


@contextmanager
def no_collection() -> Iterator[None]:
    """What a parse makes lives as long as its page: the collector of cycles would look at it again and again, for nothing."""
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()


def _lay_out_all(bundle: Bundle, sites: Sequence[Site], platforms: bool) -> tuple[list[Sheet], list[Want], list[str]]:
    """The page and the further pages of the same post, joined; what is still wanted, and notes."""
    sheets = [lay_out(open_page(bundle.page), bundle, sites, platforms)]
    wants, notes = list(sheets[0].thread.wants), [*sheets[0].thread.notes, *sheets[0].facts.notes]
    while (want := next_page(sheets[-1].page)) is not None:
        answer = bundle.get(want)
        if answer is None:
            wants.append(want)
            break
        try:
            sheets.append(lay_out(open_page(answer), Bundle(answer), sites, platforms))
        except (NotText, TooComplex) as error:
            notes.append(f"the next page of the post cannot be read: {error}")
            break
    for other in sheets[1:]:
        join(sheets[0].page, sheets[0].ledger, other.page, other.ledger)
    return sheets, wants, notes


def _blocks(page: Page, lines: Sequence[Line], title: str, site: Chosen | None) -> Blocks:
    if site is not None and site.layout.expert:
        return blocks_by_rule(page, lines, site, title)
    return find_blocks(page, lines, title)


def _verdict(sheet: Sheet, lines: Sequence[Line], blocks: Blocks) -> Verdict:
    verdict = judge(sheet.page, sheet.facts, lines, blocks, sheet.thread, shell_of(sheet.page))
    if blocks.layout == BY_RULE:
        return Verdict("roundup", max(0.95, verdict.confidence), ("the site's rule reads it as one", *verdict.reasons))
    return verdict


def _roundup(sheets: Sequence[Sheet], blocks: Blocks) -> Roundup:
    """The nouns, and every line that they take claimed."""
    page, ledger, facts, thread = sheets[0].page, sheets[0].ledger, sheets[0].facts, sheets[0].thread
    questions, keys = find_questions(page, facts.title, blocks)
    told = tell(page, ledger, blocks, keys)
    return Roundup(
        url=facts.canonical or page.url,
        title=facts.title,
        questions=questions,
        lede=told.lede,
        captions=told.captions,
        editor=facts.editor,
        published_at=facts.published_at,
        language=facts.language,
        platform=facts.platform,
        tags=facts.tags,
        article="\n\n".join(sheet.article for sheet in sheets if sheet.article),
        statements=told.statements,
        comments=thread.comments,
        comments_status=thread.status,
    )


def lay_out(page: Page, bundle: Bundle, sites: Sequence[Site], platforms: bool) -> Sheet:
    """Take comments, furniture, facts and the post's container, in this order."""
    ledger = Ledger(page)
    thread = read_comments(bundle, page, ledger, platforms=platforms)
    site = pick_layout(page, sites)
    if site is not None:
        drop_by_rule(page, ledger, site)
    drop_furniture(page, ledger)
    facts = read_facts(page, ledger)
    drop_phrases(page, ledger, page.lines)
    body = (
        Body(site.root, tuple(ledger.free_lines(site.root.t0, site.root.t1)))
        if site is not None
        else find_article(page, ledger)
    )
    if not body.lines and thread.comments:
        facts = of_a_thread(facts, thread.comments)
    drop_link_lists(page, ledger, body.el, body.lines)
    return Sheet(page, ledger, thread, facts, body, article_text(page, ledger, body), site)
