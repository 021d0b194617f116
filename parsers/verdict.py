"""Is this page an expert roundup? A probability, and reasons that a person understands. Pure.

Each feature is a plain count or share; the weights were fitted by logistic regression on pages that are and are not
roundups (`bench/fit_verdict.py` does it again), so the confidence is a probability and can be held to it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import median
from urllib.parse import urlsplit

from .blocks import Block, Blocks
from .blocks.cues import counts, says
from .blocks.template import asks
from .comments.thread import Thread
from .facts import Facts
from .model import Verdict
from .page import LINK, Line, Page
from .statements import slug
from .voices import first_person, is_about

# At and above: the verdict's kind. At 0.65 one page of 450 that was held out of the fit was a false alarm; below 0.1 no
# roundup was ever seen, and what lies between is for a person to look at, with what was read.
ROUNDUP, REVIEW = 0.65, 0.1
MOST_FOR = {1: 0.05, 2: 0.3}  # two people are a conversation, one is a column: by the definition of a roundup


@dataclass(frozen=True, slots=True)
class Features:
    """What the verdict weighs; each between about 0 and 3."""

    blocks: float  #: log2 of the number of blocks, from 3
    few: float  #: 1 for fewer than three people
    evidence: float  #: share of blocks whose byline prints a role or an affiliation
    coverage: float  #: share of the post's words that are statements
    uneven: float  #: log2 of how much more than their share the busiest person speaks (an interview)
    subject: float  #: the title names one of the speakers
    short: float  #: 1 where the median statement has under 15 words
    long: float  #: log2 of the median statement's words over 400, from 0
    asked: float  #: a question in the title or the lede
    asking: float  #: the editor says that people were asked ("we asked")
    answers: float  #: the editor says that answers follow ("here is what they said")
    experts: float  #: title or lede speaks of experts, critics, CEOs in the plural
    selling: float  #: the post speaks as a shop or a job advertisement does
    same_org: float  #: share of the most frequent affiliation, where most have one
    linked: float  #: share of link text in the statements
    forum: float  #: comments in the thread, as log2, where they are many
    listed: float  #: a title that counts things which are not people ("10 best ...")
    about: float  #: share of statements that name their speaker or go on with "is a ...": about the person, not by them
    own: float  #: share of statements in the first person
    praise: float  #: share of statements that name the site: testimonials
    teasers: float  #: share of bylines that are links into the same site: an index of posts
    priced: float  #: share of statements that hold a price
    precision: float  #: of the lines that look like bylines, those that name somebody
    strong: float  #: bylines that the grammar read without help from their company
    dense: float  #: of the words from the first block to the last, those that are said
    even: float  #: how alike the statements are in length
    quoted: float  #: statements that open with a quotation mark
    marked: float  #: 1 where the bylines have a style of their own
    titled: float  #: what the title says of those who speak
    counted: float  #: 1 where title or lede states the number of those who speak ("six growers answer")
    other: float  #: 1 where the title speaks of books, films, quotations, or of a team
    authored: float  #: share of names behind "by": authors of what is listed
    led: float  #: 1 where one of the last lines before the blocks says that people were asked


def features(page: Page, facts: Facts, lines: Sequence[Line], blocks: Blocks, thread: Thread) -> Features:
    """Weigh a page."""
    found, look, count = blocks.blocks, blocks.signals, max(1, len(blocks.blocks))
    texts = [" ".join(block.paragraphs) for block in found]
    openings = [text[:2000] for text in texts]
    own = first_person(facts.language)
    people = Counter(slug(block.expert.name) for block in found)
    middle = median(_fitted_words(block.paragraphs) for block in found) if found else 0.0
    orgs = Counter(slug(p.affiliation) for block in found for p in block.expert.positions[:1] if p.affiliation)
    leads = [page.text_between(*span) for block in found[:1] for span in block.leads]
    head = "\n".join([facts.title, *leads, *(line.text for line in blocks.lede[:12])])
    around = "\n".join([facts.title, *leads, *(line.text for line in (*blocks.lede, *blocks.rest)[:60])])
    return Features(
        blocks=math.log2(max(3, min(len(found), 24)) / 3),
        few=float(len(people) < 3),
        evidence=sum(bool(block.expert.positions) for block in found) / count,
        coverage=_coverage(page, lines, found),
        uneven=math.log2(max(people.values(), default=1) * max(1, len(people)) / count),
        subject=float(any(_in_title(block.expert.name, facts.title) for block in found)),
        short=float(middle < 15),
        long=max(0.0, math.log2(max(1.0, middle) / 400)),
        asked=float("?" in head or "？" in head or "؟" in head or (not head.isascii() and any(map(asks, head.split("\n"))))),
        asking=float(says("asked", head)),
        answers=float(says("answers", head)),
        experts=float(says("experts", _HOUSE.sub("", head))),
        selling=float(any(says(kind, around) for kind in ("jobs", "offers"))),
        same_org=max(orgs.values()) / count if orgs.total() * 2 > len(found) else 0.0,
        linked=_linked(page, found),
        forum=math.log2(1 + len(thread.comments) / 10) if len(thread.comments) > len(found) else 0.0,
        listed=float(bool(_LISTED.search(facts.title)) and not says("experts", facts.title)),
        about=sum([is_about(block.expert, text) for block, text in zip(found, texts, strict=True)]) / count,
        own=sum(bool(own.search(text)) for text in openings) / count,
        praise=_praise(page, facts, texts) / count,
        teasers=sum(_is_teaser(page, block) for block in found) / count,
        priced=sum(map(_is_priced, openings)) / count,
        precision=look.precision,
        strong=look.strong,
        dense=look.dense,
        even=look.even,
        quoted=look.quoted,
        marked=look.marked,
        titled=look.titled,
        counted=float(len(people) > 2 and bool(counts(head) & _near(len(people)))),
        other=float(says("works", facts.title) or says("house", facts.title)),
        authored=sum([_is_authored(page, block) for block in found]) / count,
        led=look.cue,
    )


def _near(people: int) -> set[int]:
    """What an editor may count where so many speak: of many, one is lost or comes twice."""
    return {people, people - 1, people + 1} if people > 9 else {people}


def _is_authored(page: Page, block: Block) -> bool:
    """Whether the byline is the end of a line that names a work: "The long view, by Ann Lee"."""
    line = page.text_between(*block.byline_spans[0]) if block.byline_spans else ""
    at = line.find(block.expert.name) if block.expert.name else -1
    return at > 3 and _BY.search(line[max(0, at - 20) : at]) is not None and not _ADVICE.search(line[:at])


#: between a work and its author; "de", "di" and their like part names of offices, too, and are no sign
_BY = re.compile(r"\b(?:by|von|af|av|door|par|por|автор)\s?:?\s?$", re.I)
#: what has a giver and no author: "Tip 3 by Ann Lee"
_ADVICE = re.compile(
    r"\b(?:tip|advice|answer|pick|choice|antwort|rat|conseil|avis|consejo|consiglio|dica|advies|råd|совет)", re.I
)
#: those who chose what the page shows are no experts who were asked
_HOUSE = re.compile(
    r"\b(?:our|the|unsere|nos|nuestros|nossos|i nostri|onze)\s+(?:editors?|team|staff|redaktion|redaktoren|redacteurs)\b", re.I
)


def _coverage(page: Page, lines: Sequence[Line], blocks: Sequence[Block]) -> float:
    """The share of the post's characters that stand in blocks."""
    whole = sum([len(line.text) for line in lines]) or 1
    held: set[int] = set()
    for block in blocks:
        for spans in (block.byline_spans, block.statement_spans, block.heading_spans, block.leads, block.asides):
            for span in spans:
                held.update(range(*span))
    return min(1.0, sum([len(page.texts[t]) for t in held]) / whole)


def _linked(page: Page, blocks: Sequence[Block]) -> float:
    """The share of the statements' characters that are link text."""
    pieces = [t for block in blocks for span in block.statement_spans for t in range(*span)]
    linked = sum([len(page.texts[t]) for t in pieces if page.homes[t].marks & LINK])
    return linked / (sum([len(page.texts[t]) for t in pieces]) or 1)


def _in_title(name: str, title: str) -> bool:
    """True where the title holds the name, or its last word where that is no common one."""
    last = name.split()[-1] if name else ""
    return len(last) > 3 and last.casefold() in title.casefold().replace("’s", "").split()


def _praise(page: Page, facts: Facts, texts: Sequence[str]) -> int:
    """How many statements name the site, by its name or its host."""
    host = (urlsplit(facts.canonical or page.url).hostname or "").removeprefix("www.").split(".")[0]
    names = [name for name in (host, facts.site.casefold()) if len(name) > 3]
    return sum(any(name in text for name in names) for text in map(str.casefold, texts)) if names else 0


def _is_teaser(page: Page, block: Block) -> bool:
    """True where the byline is a link to another page of the same site."""
    if not block.byline_spans or page.link_share(*block.byline_spans[0]) < 0.8:
        return False
    home = next((home for home in page.homes[block.byline_spans[0][0] : block.byline_spans[0][1]] if home.marks & LINK), None)
    anchor = home.nearest("a") if home is not None else None
    target = urlsplit(page.absolute(anchor.get("href"))) if anchor is not None else None
    here = urlsplit(page.url)
    return target is not None and target.netloc in ("", here.netloc) and target.path not in ("", "/", here.path)


_PRICE = re.compile(r"[$€£]\s?\d|\d\s?(?:€|EUR\b|USD\b|zł\b|kr\b|₺|руб)")

_MONEY = ("$", "€", "£", "EUR", "USD", "kr", "zł", "₺", "руб")


def _is_priced(text: str) -> bool:
    return any(sign in text for sign in _MONEY) and _PRICE.search(text) is not None


def _fitted_words(paragraphs: Sequence[str]) -> int:
    """A statement's words, by the measure that the weights were fitted with; `wordcount.py` knows better of mixed scripts."""
    return sum(len(text.split()) if text.isascii() or " " in text else len(text) // 2 for text in paragraphs)


_LISTED = re.compile(
    r"^\W*(?:the\s+)?(?:top\s+)?\d{1,3}\s+(?:best|top|ways|tips|things|reasons|great|must|easy|free)\b|\bbest\b[^?]*\b20\d\d\b[^?]*$",
    re.I,
)

# Fitted weights, beside the fields of Features; the first is the constant.
WEIGHTS = (
    -13.04,  # constant
    0.98,  # blocks
    -4.79,  # few
    -0.48,  # evidence
    3.47,  # coverage
    -3.78,  # uneven
    -0.29,  # subject
    -0.30,  # short
    -0.05,  # long
    1.35,  # asked
    2.70,  # asking
    1.05,  # answers
    1.71,  # experts
    -3.08,  # selling
    -2.23,  # same_org
    -2.14,  # linked
    -0.44,  # forum
    -0.26,  # listed
    -3.69,  # about
    3.16,  # own
    -0.66,  # praise
    -5.02,  # teasers
    -1.30,  # priced
    2.42,  # precision
    0.44,  # strong
    2.82,  # dense
    -0.03,  # even
    0.03,  # quoted
    0.78,  # marked
    0.39,  # titled
    1.85,  # counted
    -1.91,  # other
    -2.87,  # authored
    2.74,  # led
)
_WEIGHTS = dict(zip((field.name for field in fields(Features)), WEIGHTS[1:], strict=True))


def judge(page: Page, facts: Facts, lines: Sequence[Line], blocks: Blocks, thread: Thread, shell: str = "") -> Verdict:
    """The verdict, with its reasons."""
    if shell:
        return Verdict("not_roundup", 0.0, (f"the page holds nothing without JavaScript (an empty {shell} shell)",))
    if not blocks.blocks:
        return Verdict("not_roundup", 0.0, ("no two people speak in blocks of their own",))
    seen = features(page, facts, lines, blocks, thread)
    pushes = {name: weight * getattr(seen, name) for name, weight in _WEIGHTS.items()}
    odds = WEIGHTS[0] + sum(pushes.values())
    confidence = round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), 4)
    people = len({slug(block.expert.name) for block in blocks.blocks})
    confidence = min(confidence, MOST_FOR.get(people, 1.0))
    doubtful = confidence >= REVIEW or _quotes_experts(seen, people)
    kind = "roundup" if confidence >= ROUNDUP else "review" if doubtful else "not_roundup"
    said = f"{people} people speak in {len(blocks.blocks)} blocks"
    return Verdict(kind, confidence, (said, *_reasons(seen, pushes)))


def _quotes_experts(seen: Features, people: int) -> bool:
    """True for a page of another kind on which at least four people with roles speak in clean blocks of their own.

    A report with experts' cards, a conference's feedback: improbable as a roundup, and still worth a look.
    """
    clean = min(seen.evidence, seen.precision, seen.strong) >= 0.8
    theirs = seen.linked < 0.3 and seen.praise < 0.5 and seen.about < 0.5
    return people >= 4 and clean and theirs and not seen.selling and not seen.short


def _reasons(seen: Features, pushes: dict[str, float]) -> list[str]:
    """What pushes hardest, first."""
    strongest = sorted(((push, name) for name, push in pushes.items() if abs(push) > 0.3), key=lambda p: -abs(p[0]))
    return [text.format(getattr(seen, name)) for _, name in strongest if (text := _WORDS.get(name, ""))]


_WORDS = {
    "few": "fewer than three people",
    "evidence": "{:.0%} of the bylines print a role or an affiliation",
    "coverage": "statements are {:.0%} of the post's words",
    "uneven": "one person speaks far more often than the others",
    "subject": "the title names one of the speakers",
    "short": "the statements are very short",
    "long": "the statements are very long",
    "asked": "title or lede asks a question",
    "asking": "title or lede says that people were asked",
    "answers": "title or lede says that answers follow",
    "experts": "title or lede speaks of experts",
    "selling": "the page sells, or hires",
    "same_org": "{:.0%} are of one organisation",
    "linked": "{:.0%} of the statements are links",
    "forum": "the page is a thread of comments",
    "listed": "the title counts things, not people",
    "about": "{:.0%} of the statements speak about their speaker",
    "own": "{:.0%} of the statements speak in the first person",
    "praise": "{:.0%} of the statements name the site",
    "teasers": "{:.0%} of the names lead to other pages of the site",
    "priced": "{:.0%} of the statements hold a price",
    "precision": "{:.0%} of the lines that look like bylines name somebody",
    "even": "the statements are alike in length ({:.0%})",
    "quoted": "{:.0%} of the statements stand in quotation marks",
    "counted": "title or lede states how many people speak",
    "other": "the title speaks of works, or of a team",
    "authored": "{:.0%} of the names are authors of what is listed",
    "led": "the line before the first answer says that people were asked",
}
