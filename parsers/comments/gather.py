"""One thread from a page and all that was fetched for it: what is still missing, where to ask, what to say of it. Pure.

The page's own reading goes first. What the heading (or the page's data for machines) counts is held against what
was found, pings apart; a thread is complete where that is met, or where an interface has told all that it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..model import Bundle, Capture, Comment, Want
from ..page import Page
from .answers import Answer
from .area import Area
from .asks import external_wants, feed_want, rest_wants
from .embeds import external_system
from .merge import merge
from .thread import Thread

MOST_EXTRAS = 200  #: comment pages and answers of one post


@dataclass(frozen=True, slots=True)
class Found:
    """The comments that one page prints, and what it says around them."""

    comments: tuple[Comment, ...]
    reader: str
    area: Area
    gone: int = 0  #: records that only say that a comment was taken out; a heading may count them


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted, what was found, and whether an interface has told all."""

    count: int  #: -1 where nothing is counted
    found: int
    spoken: int  #: without pings
    more: bool  #: True where the page says that it holds back some
    gone: int  #: comments that were taken out
    told_all: bool

    @property
    def met(self) -> bool:
        """True where the count is that of the comments, with or without pings."""
        return self.count in (self.found, self.spoken, self.found + self.gone, self.spoken + self.gone)

    @property
    def short(self) -> bool:
        """True where some are missing, as far as the page says."""
        return (self.count > self.found + self.gone or (self.more and not self.met)) and not self.told_all


def gather(bundle: Bundle, page: Page, found: Found, read: Callable[[Capture], Answer]) -> Thread:
    """The thread that a page and its extras make; `read` reads an extra."""
    answers = [read(extra) for extra in bundle.extras[:MOST_EXTRAS] if extra.role.startswith("comments")]
    comments = merge([found.comments, *(answer.comments for answer in answers)]) if answers else found.comments
    tally = Tally(
        found.area.count if found.area.count >= 0 else announced(page),
        len(comments),
        sum(comment.kind == "comment" for comment in comments),
        found.area.more,
        found.gone,
        any(answer.complete and answer.comments for answer in answers),
    )
    system = "" if comments else external_system(page)
    done = bool(comments) and not tally.short and (tally.met if found.area.pages and answers else not found.area.pages)
    wants = () if done else tuple(_unanswered(_wants(page, found, answers, tally, system), bundle))
    return Thread(comments, _status(comments, system, found.area, wants, tally), wants, _notes(tally), found.reader)


def announced(page: Page) -> int:
    """How many comments the page's data for machines count, -1 where they do not."""
    counts = [item.get("commentCount") for item in page.ld]
    counts += [page.metas.get("commentcount"), page.metas.get("interactioncount", "").removeprefix("UserComments:")]
    known = [int(str(count)) for count in counts if str(count).isdigit() and len(str(count)) < 8]
    return known[0] if known else -1


def _wants(page: Page, found: Found, answers: list[Answer], tally: Tally, system: str) -> Iterator[Want]:
    """Where the rest may be had: an interface first, then comment pages, then a feed."""
    asked = list(external_wants(page, system or found.reader)) if system or tally.short else []
    if tally.short or found.area.pages:
        asked += rest_wants(page)
        asked += [Want(url, "comments") for url in found.area.pages]
        asked += [want for answer in answers for want in answer.wants]
        feed = feed_want(page) if not asked else None
        asked += [feed] if feed is not None else []
    yield from asked


def _unanswered(wants: Iterator[Want], bundle: Bundle) -> list[Want]:
    """Each want once, without the page itself and what has been answered."""
    known = {extra.url for extra in bundle.extras} | {
        bundle.page.url.partition("#")[0],
        bundle.page.final_url.partition("#")[0],
    }
    unique = {want.url: want for want in wants if want.url not in known}
    return list(unique.values())[:MOST_EXTRAS]


def _status(comments: tuple[Comment, ...], system: str, area: Area, wants: tuple[Want, ...], tally: Tally) -> str:
    if comments:
        paged = any(want.role == "comments" for want in wants)
        return "paginated" if paged else "truncated" if tally.short else "parsed"
    if system:
        return f"external:{system}"
    if tally.count > 0 or area.more:
        return "truncated"
    return "closed" if area.closed else "none"


def _notes(tally: Tally) -> tuple[str, ...]:
    """Where what is counted and what is found differ."""
    if tally.count < 0 or tally.met:
        return ()
    pings = f" and {tally.found - tally.spoken} pings" if tally.found > tally.spoken else ""
    return (f"the page counts {tally.count} comments, {tally.spoken}{pings} were found",)
