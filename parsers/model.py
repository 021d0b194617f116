"""The nouns: what crosses a seam of this house. Read this first. Pure.

Frozen, slotted dataclasses; tuples, not lists; absent text is ``""`` and an absent time is ``None``.
They are made only of one another and of str, int, float, bytes and datetime, so that each can be hashed,
compared, pickled and sent to a worker.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as they came, at a time: a fact."""

    url: str  #: the address that was asked for (or the best known, for what was saved before)
    body: bytes  #: content-decoded (no gzip), charset untouched
    fetched_at: datetime | None = None  #: UTC, aware; None where nobody knows
    final_url: str = ""  #: after redirects; empty where it is `url`
    status: int = 200  #: HTTP status
    headers: tuple[tuple[str, str], ...] = ()  #: names in lower case, in the order received
    origin: str = "live"  #: live, file, warc or wayback
    role: str = "page"  #: page, or the `Want.role` that this answers
    approximate: bool = False  #: True where fetched_at is a guess (a file's own time)

    def header(self, name: str) -> str:
        """The first header of that name (lower case), or ``""``."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Want:
    """What a parser would need to read on; the pipeline decides whether to fetch it."""

    url: str
    role: str  #: "comments" (a further comment page), "comments-api", "comments-feed", "next-page"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A page and what was fetched for it."""

    page: Capture
    extras: tuple[Capture, ...] = ()

    def get(self, want: Want) -> Capture | None:
        """The capture that answers `want`, by address."""
        return next((extra for extra in self.extras if extra.url == want.url), None)


@dataclass(frozen=True, slots=True)
class Position:
    """One thing that an expert is: a role, an affiliation, or both."""

    role: str = ""  #: as printed: "Senior Lecturer in International Relations"
    affiliation: str = ""  #: as printed: "King's College London"


@dataclass(frozen=True, slots=True)
class Expert:
    """A person as a byline presents them. Absent facts are empty, never guessed."""

    name: str  #: as printed, without honorific and degrees
    honorific: str = ""  #: "Dr", "Prof. Dr."
    positions: tuple[Position, ...] = ()
    url: str = ""  #: a page or profile that the byline links to
    byline: str = ""  #: the raw byline, white space folded
    how: str = ""  #: the path taken: "comma", "camel-join", "runs", "paren", ...


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the post puts to its experts."""

    key: str  #: stable within the page
    text: str
    source: str = "title"  #: title, lede, heading; "title" also where no question is put (the fallback)


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a text."""

    text: str
    href: str  #: absolute where the page's address is known


@dataclass(frozen=True, slots=True)
class Statement:
    """One expert's answer to one question."""

    key: str  #: stable within the page; leaves out whatever an editor may touch up
    expert: Expert
    text: str  #: paragraphs joined by a blank line, white space folded
    question: str = ""  #: a Question's key; empty where the post asks only one thing
    position: int = 0  #: place on the page, from 1
    links: tuple[Link, ...] = ()
    place: str = ""  #: where on the page: "lines 12-19"


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment, or one ping."""

    key: str  #: unique in the page: the platform's id, else made from the content
    text: str  #: one line a block or `<br>`
    author: str = ""
    author_url: str = ""
    posted_at: str = ""  #: ISO 8601 in the page's precision; an offset only where it is known
    permalink: str = ""
    parent: str = ""  #: the key of the comment that this replies to
    kind: str = "comment"  #: comment, pingback, trackback
    approximate: bool = False  #: True where posted_at was resolved from "3 days ago"
    title: str = ""  #: a subject line, where the platform has one


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line left out on purpose, with the rule that said so."""

    rule: str  #: "wordpress/comment-form", "structure/nav"
    text: str
    place: int = 0  #: ordinal of the line

    def __reduce__(self) -> tuple[type[Dropped], tuple[str, str, int]]:
        """To and from a worker. A page has hundreds of these, and the way of dataclasses takes thrice the time."""
        return Dropped, (self.rule, self.text, self.place)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is this page an expert roundup?"""

    kind: str  #: roundup, review, not_roundup
    confidence: float  #: P(roundup), 0 to 1
    reasons: tuple[str, ...] = ()  #: short sentences for people


@dataclass(frozen=True, slots=True)
class Roundup:
    """What the page says."""

    url: str  #: canonical address
    title: str = ""
    questions: tuple[Question, ...] = ()
    lede: str = ""
    captions: tuple[str, ...] = ()
    editor: str = ""  #: the blogger: who put the question and wrote the post
    published_at: str = ""  #: ISO 8601 in the page's precision
    language: str = ""  #: BCP 47, lower case: "en", "pt-br"
    platform: str = ""  #: "wordpress.com", "blogger"
    tags: tuple[str, ...] = ()
    article: str = ""  #: the post's own text on any page, paragraphs joined by a blank line
    statements: tuple[Statement, ...] = ()
    comments: tuple[Comment, ...] = ()
    comments_status: str = "none"  #: parsed, none, closed, external:NAME, paginated, truncated


@dataclass(frozen=True, slots=True)
class Words:
    """The ledger's sums, in words. claimed + dropped + left_over == visible, always."""

    visible: int = 0  #: counted apart from the line stream
    claimed: int = 0
    dropped: int = 0
    left_over: int = 0
    left_in_article: int = 0  #: left over inside the article's container


@dataclass(frozen=True, slots=True)
class Parsed:
    """All that one parser makes of one bundle: a claim."""

    roundup: Roundup
    verdict: Verdict
    dropped: tuple[Dropped, ...] = ()
    left_over: tuple[str, ...] = ()
    wants: tuple[Want, ...] = ()
    notes: tuple[str, ...] = ()  #: what a person should know: "heading says 12 comments, 9 found"
    parser: str = ""  #: "roundup 0.1.0+ab12cd34": version and hash over the parser's code and data
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, sitemap or index page announces."""

    pages: tuple[str, ...] = ()  #: addresses, in the order given
    more: tuple[str, ...] = ()  #: further listings to read
    dates: tuple[str, ...] = ()  #: beside `pages`: ISO 8601 of the last change, or ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs between two readings of a page."""

    kind: str  #: added, edited, retitled, reattributed, removed, restored
    item: str  #: "page", "statement" or "comment"
    key: str
    label: str = ""  #: for people: the expert's or the commenter's name
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address in one run."""

    url: str
    status: str  #: archived, unchanged, not-modified, failed
    changes: tuple[Change, ...] = ()
    error: str = ""
    later: bool = False  #: True where trying again may help
    verdict: str = ""
    notes: tuple[str, ...] = ()
