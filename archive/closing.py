"""When an item that is not seen any more has gone, and when it was only not shown or not read. Pure.

Something has gone only where a page that reads well no longer has it. A served page that shows part of the comments says
nothing of the others; a page that no longer reads as a roundup has lost our understanding and not its statements; and words
that still stand on the page were not taken back, whatever the parser made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import cached_property

from parsers.model import Comment, Parsed, Statement

from .words import fold, pairs_of, similarity, words

#: What `comments_status` must be for a missing comment to mean anything; the others show a part, or none of them.
COMPLETE = frozenset(("parsed", "closed", "none"))
_STANDS = 0.6  #: this share of a text's word pairs on the page: it stands there still
_SAME_PAGE = 0.3


class Closing:
    """One reading's word on what may be closed."""

    def __init__(self, had_statements: bool, title_before: str, parsed: Parsed, cause: str) -> None:
        self._parsed, self._ours = parsed, cause == "parser"
        self._was_roundup = had_statements
        self._is_roundup = parsed.verdict.kind in ("roundup", "review") and bool(parsed.roundup.statements)
        self._title_before = title_before
        self._kept: list[str] = []
        self._pairs: dict[str, Counter[Hashable]] = {}

    @property
    def reads_as_page(self) -> bool:
        """True where the page still reads as what it was; else its own words are left as they were known."""
        return self._ours or self._is_roundup or not self._was_roundup

    def statement(self, statement: Statement, changed: Sequence[str]) -> bool:
        """May this missing statement be closed? `changed` are the texts of the statements that are not as they were."""
        if self._ours:
            return True
        if not self._is_roundup:
            return self._keep("statements", "the page no longer reads as a roundup")
        if self._stands(statement.text, [self._rest, *changed]):
            return self._keep(f"statement by {statement.expert.name}", "its words still stand on the page")
        return True

    def comment(self, comment: Comment, _: Sequence[str]) -> bool:
        """May this missing comment be closed?"""
        status = self._parsed.roundup.comments_status
        if status not in COMPLETE:
            return self._keep("comments", f"the page shows only a part of them ({status})")
        if self._ours:
            return True
        if not self._same_page:
            return self._keep("comments", "the page does not read as it did")
        if self._stands(comment.text, [self._rest]):
            return self._keep(f"comment by {comment.author}", "its words still stand on the page")
        return True

    def notes(self) -> tuple[str, ...]:
        """What was kept open though it was not seen, each reason once."""
        return tuple(dict.fromkeys(self._kept))

    def _keep(self, what: str, why: str) -> bool:
        self._kept.append(f"not closed: {what}, since {why}")
        return False

    @cached_property
    def _same_page(self) -> bool:
        """True where the reading is of the page that was known, and not of a notice in its place."""
        if self._was_roundup:
            return self._is_roundup
        title, before = self._parsed.roundup.title, self._title_before
        return fold(title) == fold(before) or similarity(title, before) >= _SAME_PAGE

    @cached_property
    def _rest(self) -> str:
        """The page's words that are neither statements nor comments."""
        return "\n".join([*self._parsed.left_over, *(line.text for line in self._parsed.dropped), self._article_rest])

    @cached_property
    def _article_rest(self) -> str:
        """The article's paragraphs outside the statements."""
        told = {line.strip() for s in self._parsed.roundup.statements for line in s.text.splitlines()}
        return "\n".join(line for line in self._parsed.roundup.article.splitlines() if line.strip() not in told)

    def _stands(self, text: str, places: Sequence[str]) -> bool:
        if len(words(text)) < 5:
            return any(text.strip() == line.strip() for place in places for line in place.splitlines())
        wanted = pairs_of(text)
        return any((wanted & self._pairs_in(place)).total() >= _STANDS * wanted.total() for place in places)

    def _pairs_in(self, place: str) -> Counter[Hashable]:
        if place not in self._pairs:
            self._pairs[place] = pairs_of(place)
        return self._pairs[place]
