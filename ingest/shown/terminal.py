"""A reading for people: what `ingest parse` prints on a terminal."""

from __future__ import annotations

from collections import Counter
from typing import Literal, TextIO

from rich import markup
from rich.console import Console
from rich.rule import Rule
from rich.tree import Tree

from parsers import Parsed, Statement

from .printable import first_words, printable

RULE = 80  #: columns of the line above a page, where there is no terminal
WIDE = 10_000  #: columns where there is none: nothing is folded or cut
FIRST_WORDS = 14
COMMENT_WORDS = 12


def console_for(stream: TextIO, plain: bool = False) -> Console:
    """A console that folds lines on a terminal and leaves them whole elsewhere; plain: without any colour or weight."""
    folded = stream.isatty()
    color: Literal["auto"] | None = None if plain else "auto"
    return Console(file=stream, soft_wrap=not folded, width=None if folded else WIDE, color_system=color)


def show(source: str, parsed: Parsed, console: Console) -> None:
    """Print one page: question, experts, comments as a tree, and what was dropped by which rule."""
    page = parsed.roundup
    title = escape(source)
    width = max(RULE, len(title) + 4) if console.soft_wrap else None
    console.print(Rule(title, align="left", style="dim"), width=width)
    console.print(f"[bold]{escape(page.title) or '(no title)'}[/bold]", highlight=False)
    facts = (page.editor and f"by {page.editor}", page.published_at, page.language, page.platform)
    _line(console, "   ".join(fact for fact in facts if fact), "dim")
    verdict = parsed.verdict
    color = {"roundup": "green", "review": "yellow"}.get(verdict.kind, "red")
    reasons = escape("; ".join(verdict.reasons))
    console.print(f"[{color}]{verdict.kind}[/{color}] {verdict.confidence:.2f}  [dim]{reasons}[/dim]", highlight=False)
    for question in page.questions:
        console.print(f"\n[bold]Question[/bold]  {escape(question.text)}", highlight=False)
        for statement in page.statements:
            if statement.question in (question.key, "") and (statement.question or question is page.questions[0]):
                _statement(console, statement)
    if not page.questions:
        for statement in page.statements:
            _statement(console, statement)
    _comments(console, parsed)
    _dropped(console, parsed)
    for note in parsed.notes:
        _line(console, f"note: {note}", "yellow")
    _line(console, f"read by {parsed.parser}", "dim")


def _statement(console: Console, statement: Statement) -> None:
    expert = statement.expert
    name = escape(" ".join(part for part in (expert.honorific, expert.name) if part))
    console.print(f"\n  [bold cyan]{statement.position}. {name}[/bold cyan]", highlight=False)
    for place in expert.positions:
        _line(console, "     " + ", ".join(part for part in (place.role, place.affiliation) if part), "cyan")
    _line(console, f"     {first_words(statement.text, FIRST_WORDS)}  ({len(statement.text.split())} words)")


def _comments(console: Console, parsed: Parsed) -> None:
    page = parsed.roundup
    count = len(page.comments)
    root = Tree(f"\n[bold]Comments[/bold]  {count}  [dim]{escape(page.comments_status)}[/dim]", highlight=False)
    nodes: dict[str, Tree] = {}
    for comment in page.comments:
        when = f"  [dim]{escape(comment.posted_at)}[/dim]" if comment.posted_at else ""
        kind = f"  [yellow]{comment.kind}[/yellow]" if comment.kind != "comment" else ""
        author = escape(comment.author) or "(anonymous)"
        label = f"[magenta]{author}[/magenta]{when}{kind}  {escape(first_words(comment.text, COMMENT_WORDS))}"
        # A reply whose parent is not on this page hangs at the root.
        nodes[comment.key] = nodes.get(comment.parent, root).add(label, highlight=False)
    console.print(root, highlight=False)


def _dropped(console: Console, parsed: Parsed) -> None:
    words = parsed.words
    lines = Counter(dropped.rule for dropped in parsed.dropped)
    sums = f"{words.claimed} claimed, {words.dropped} dropped, {words.left_over} left over"
    console.print(f"\n[bold]Words[/bold]  {words.visible} on the page: {sums}", highlight=False)
    for rule, count in lines.most_common():
        _line(console, f"  dropped {count:4} {'line ' if count == 1 else 'lines'}  {rule}", "dim")
    for text in parsed.left_over[:5]:
        _line(console, f"  left over: {first_words(text, FIRST_WORDS)}", "yellow")
    if len(parsed.left_over) > 5:
        _line(console, f"  left over: {len(parsed.left_over) - 5} more", "yellow")


def escape(text: str) -> str:
    """A page's text as text: neither markup of ours nor orders to the terminal."""
    return markup.escape(printable(text))


def _line(console: Console, text: str, style: str = "") -> None:
    if text.strip():
        console.print(printable(text), style=style, markup=False, highlight=False)
