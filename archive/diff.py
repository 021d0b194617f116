"""Decide what changed between what was known of a page and what is seen now. Pure.

Nothing in here opens a database or looks at a clock; the caller hands in what was known and what was seen. Keep it so:
reparse depends on it.

Content is what an author may edit. Place (position, parent, question, permalink) is not: an expert inserted at the top is
one addition and not N edits. Absence is not deletion: see `closing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeAlias, TypeVar

from parsers.model import Change, Comment, Parsed, Question, Roundup, Statement
from parsers.urls import page_key

from .closing import Closing
from .identity import ALIKE, Item, Pairs, match_comments, match_statements
from .telling import Facets, comment_facets, statement_facets, told
from .words import fold, same, similarity

T = TypeVar("T", Statement, Comment)
V = TypeVar("V")
Match: TypeAlias = Callable[[Sequence[Item], Sequence[Item]], Pairs]
_MOST_QUESTIONS = 50  #: compared by their words; a post has seldom more than a dozen


@dataclass(frozen=True, slots=True)
class PageText:
    """What the page says besides its statements and comments: the content of a page version."""

    title: str = ""
    questions: tuple[str, ...] = ()  #: those that are not the title itself
    lede: str = ""
    captions: tuple[str, ...] = ()
    editor: str = ""
    published_at: str = ""
    tags: tuple[str, ...] = ()
    article: str = ""  #: only where no statements are read; else it would hold each of them a second time


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """An item that the archive knows, with its newest version."""

    ref: int
    item: T
    open: bool  #: False: it has gone, and may return
    names: tuple[str, ...] = field(default=(), compare=False)  #: of what has gone: all the names that it ever had


@dataclass(frozen=True, slots=True)
class Known:
    """The state of one page's history."""

    page: PageText | None = None  #: None before the first reading
    questions: tuple[Question, ...] = ()
    statements: tuple[Held[Statement], ...] = ()
    comments: tuple[Held[Comment], ...] = ()


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """What becomes of one item. `kind` is a Change's, or "same"; `now` is None where it is closed."""

    kind: str
    ref: int | None  #: None: new to the archive
    before: T | None
    now: T | None
    also: str = "same"  #: of what is restored: the kind of its change since it was seen last

    @property
    def kinds(self) -> tuple[str, ...]:
        """The changes to tell, in order; none where it is the same."""
        return tuple(kind for kind in (self.kind, self.also) if kind != "same")


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one reading does to a page's history. Steps come in the order of the page, then what has gone."""

    page: str = "same"  #: the kind of its change: added, edited, retitled
    page_before: PageText | None = None
    page_now: PageText | None = None
    questions: tuple[Question, ...] = ()  #: under the keys that the archive knows them by
    statements: tuple[Step[Statement], ...] = ()
    comments: tuple[Step[Comment], ...] = ()
    notes: tuple[str, ...] = ()  #: what was not closed, and why


def diff(known: Known, parsed: Parsed, cause: str = "page") -> Plan:
    """What this reading changes. `cause` is "parser" where the same bytes were read by another parser."""
    seen = parsed.roundup
    closing = Closing(any(one.open for one in known.statements), known.page.title if known.page else "", parsed, cause)
    questions, renamed = _questions(known.questions, seen.questions)
    answers = [replace(s, question=renamed.get(s.question, s.question)) for s in seen.statements]
    statements = _items(known.statements, answers, _statement_item, match_statements, _statement_kind)
    statements += _gone(known.statements, statements, closing.statement, _changed_texts(statements))
    comments = _items(known.comments, seen.comments, _comment_item, match_comments, _comment_kind)
    comments += _gone(known.comments, comments, closing.comment, ())
    page = page_text(seen)
    kind = _page_kind(known.page, page) if closing.reads_as_page else "same"
    return Plan(kind, known.page, page, questions, tuple(statements), tuple(comments), closing.notes())


def page_text(seen: Roundup) -> PageText:
    """The content of a page version."""
    questions = tuple(question.text for question in seen.questions if question.source != "title")
    article = "" if seen.statements else seen.article
    return PageText(seen.title, questions, seen.lede, seen.captions, seen.editor, seen.published_at, seen.tags, article)


def page_facets(page: PageText) -> Facets:
    """Each field on a line of its own, with its name."""
    values = ((name, getattr(page, name)) for name in PageText.__slots__)
    return tuple(f"{name}: {value if isinstance(value, str) else ' / '.join(value)}" for name, value in values)


def changes(plan: Plan) -> tuple[Change, ...]:
    """The plan as people are told of it: the page first, then statements, then comments."""
    found: list[Change] = []
    if plan.page != "same" and plan.page_now is not None:
        title, before = plan.page_now.title, page_facets(plan.page_before) if plan.page_before else None
        found.append(told(plan.page, "page", "", title, before, page_facets(plan.page_now), 0))
    found += [change for step in plan.statements if step.kinds for change in _told(step, "statement", statement_facets)]
    found += [change for step in plan.comments if step.kinds for change in _told(step, "comment", comment_facets)]
    return tuple(found)


def _told(step: Step[T], item: str, facets: Callable[[T], Facets]) -> list[Change]:
    before = None if step.before is None else facets(step.before)
    now = None if step.now is None else facets(step.now)
    one, label = step.now or step.before, now or before
    assert one is not None and label is not None
    return [told(kind, item, one.key, label[0], before, now, 2) for kind in step.kinds]


def _items(
    held: Sequence[Held[T]],
    seen: Sequence[T],
    as_item: Callable[[T], Item],
    match: Match,
    kind_of: Callable[[T, T], str],
) -> list[Step[T]]:
    """A step for each item seen. What is open is matched first; what then is left may be a return."""
    news, olds = [as_item(item) for item in seen], [one for one in held if one.open]
    pairs = match([as_item(one.item) for one in olds], news) if olds else {}
    found = {new: olds[old] for new, old in pairs.items()}
    left = {number: item for number, item in enumerate(news) if number not in found}
    gone = [(one, as_item(one.item)) for one in held if not one.open] if left else []
    if gone:
        found |= _returned(gone, left, match)
    steps: list[Step[T]] = []
    for number, item in enumerate(seen):
        one = found.get(number)
        if one is None:
            steps.append(Step("added", None, None, item))
        elif one.open:
            steps.append(Step(kind_of(one.item, item), one.ref, one.item, item))
        else:
            steps.append(Step("restored", one.ref, one.item, item, kind_of(one.item, item)))
    return steps


def _returned(gone: Sequence[tuple[Held[T], Item]], left: Mapping[int, Item], match: Match) -> dict[int, Held[T]]:
    """What has gone and is back: under the name that it went by, else under one of before, in words that are its own."""
    found: dict[int, Held[T]] = {}
    coming = _named((item.who, number) for number, item in left.items())
    for before in (False, True):
        taken = {one.ref for one in found.values()}
        going = _named((who, pair) for pair in gone if pair[0].ref not in taken for who in _names(*pair, before))
        for who, pairs in going.items():
            news = [number for number in coming.get(who, ()) if number not in found]
            olds = [pair for pair in pairs if pair[0].ref not in taken] if news else []
            for new, old in match([replace(item, who=who) for _, item in olds], [left[number] for number in news]).items():
                one, item = olds[old]
                if not before or similarity(item.text, left[news[new]].text) >= ALIKE:
                    found[news[new]] = one
                    taken.add(one.ref)
    return found


def _names(one: Held[T], item: Item, before: bool) -> Iterable[str]:
    """The name by which an item went, or those that it had before that."""
    return dict.fromkeys(who for who in map(fold, one.names) if who not in ("", item.who)) if before else (item.who,)


def _named(pairs: Iterable[tuple[str, V]]) -> dict[str, list[V]]:
    found: defaultdict[str, list[V]] = defaultdict(list)
    for who, value in pairs:
        found[who].append(value)
    return found


def _gone(
    held: Sequence[Held[T]], steps: Sequence[Step[T]], may_close: Callable[[T, Sequence[str]], bool], changed: Sequence[str]
) -> list[Step[T]]:
    """A closing step for each open item that was not seen, where its absence means that it has gone."""
    seen = {step.ref for step in steps}
    missing = [one for one in held if one.open and one.ref not in seen]
    return [Step("removed", one.ref, one.item, None) for one in missing if may_close(one.item, changed)]


def _changed_texts(steps: Sequence[Step[Statement]]) -> list[str]:
    return [step.now.text for step in steps if step.now is not None and step.kind not in ("same", "retitled")]


def _statement_item(statement: Statement) -> Item:
    return Item(statement.key, fold(statement.expert.name), statement.text, about=statement.question)


def _comment_item(comment: Comment) -> Item:
    return Item(comment.key, fold(comment.author), comment.text, when="" if comment.approximate else comment.posted_at)


def _statement_kind(before: Statement, now: Statement) -> str:
    (name, position, text, _), (new_name, new_position, new_text, _) = statement_facets(before), statement_facets(now)
    if not same(name, new_name):
        return "reattributed"
    if not same(text, new_text) or _links(before) != _links(now):
        return "edited"
    return "same" if same(position, new_position) else "retitled"


def _comment_kind(before: Comment, now: Comment) -> str:
    if not same(before.author, now.author):
        return "reattributed"
    return "same" if same(before.text, now.text) and same(before.title, now.title) else "edited"


def _page_kind(before: PageText | None, now: PageText) -> str:
    if before is None:
        return "added"
    if before == now:
        return "same"
    return "retitled" if replace(before, title=now.title) == now else "edited"


def _links(statement: Statement) -> list[str]:
    return [page_key(link.href) for link in statement.links]


def _questions(known: Sequence[Question], seen: Sequence[Question]) -> tuple[tuple[Question, ...], dict[str, str]]:
    """The questions seen, under the keys that they are known by, and the new keys → those keys.

    A question that was touched up stays the same question, or every answer to it would look edited.
    """
    left = {question.key: question for question in known}
    renamed: dict[str, str] = {}
    for question in seen:
        same = left.get(question.key) or _likest(question, left.values())
        if same is None and len(known) == len(seen) == 1:
            same = next(iter(left.values()), None)
        key = same.key if same else _free(question.key, [*left, *renamed.values()])
        left.pop(key, None)
        renamed[question.key] = key
    return tuple(replace(question, key=renamed[question.key]) for question in seen), renamed


def _likest(question: Question, known: Iterable[Question]) -> Question | None:
    scored = [(similarity(question.text, one.text), one) for one in list(known)[:_MOST_QUESTIONS]]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= 0.5 else None


def _free(key: str, taken: Sequence[str]) -> str:
    names = (key if number == 1 else f"{key}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
