"""What a run says while it goes and when it ends: JSON lines, plain lines, or a progress bar on a terminal.

Results go to standard output, everything else to standard error, so that a pipe gets results alone.
"""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from parsers import Change, Outcome

from .output import as_json
from .shown.printable import printable

log = logging.getLogger("ingest")


@dataclass(frozen=True, slots=True)
class Voice:
    """How a command speaks."""

    json: bool = False  #: one JSON document a line on standard output
    quiet: bool = False  #: errors alone
    verbose: bool = False  #: also what it is doing, on standard error

    def out(self, text: str) -> None:
        """A result. Raises OSError where it cannot be written."""
        print(as_json(text) if self.json else printable(text), flush=True)  # noqa: T201

    def say(self, text: str) -> None:
        """Something for a person, on standard error; not with --quiet."""
        if not self.quiet:
            self.complain(text)

    def complain(self, text: str) -> None:
        """What went wrong, always."""
        with suppress(OSError):  # there is nobody else to tell
            print(printable(text), file=sys.stderr)  # noqa: T201


def start_log(voice: Voice) -> None:
    """Log to standard error, in lines that a person and a machine can read."""
    level = logging.DEBUG if voice.verbose else logging.ERROR if voice.quiet else logging.WARNING
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    log.setLevel(level)


class Report:
    """Tells each outcome as it comes, and the sum at the end.

    The work goes on where nobody hears of it: a reader that went away or a full disk costs no page. `output.finish` says so.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._counts: Counter[str] = Counter()
        self._changes = 0
        self._unheard = False
        self._advance: Any = lambda: None
        self._expect: Any = lambda total: None

    @property
    def failed(self) -> int:
        """How many pages failed."""
        return self._counts["failed"]

    def counts(self) -> Counter[str]:
        """How many pages ended how so far, and the changes in them."""
        return self._counts + Counter(changes=self._changes)

    def tell(self, outcome: Outcome) -> None:
        """One page is done."""
        self._counts[outcome.status] += 1
        self._changes += len(outcome.changes)
        self._advance()
        if self._voice.json:
            self._out(json.dumps(asdict(outcome), ensure_ascii=False).encode("utf-8", "replace").decode())
        elif outcome.error:
            self._voice.complain(f"failed        {outcome.error}")
        elif not self._voice.quiet:
            self._out(sentence(outcome))
            for note in outcome.notes:
                self._out(f"              note: {note}")
            for change in outcome.changes if self._voice.verbose else ():
                self._out(f"              {change_line(change)}")

    def _out(self, text: str) -> None:
        if not self._unheard:
            try:
                self._voice.out(text)
            except OSError:
                self._unheard = True

    def expect(self, more: int) -> None:
        """So many pages are still to come, as far as one knows now."""
        self._expect(self._counts.total() + more)

    def end(self) -> None:
        """The run's sum."""
        total = self._counts.total()
        if total > 1:
            parts = ", ".join(f"{count} {status}" for status, count in sorted(self._counts.items()))
            self._voice.say(f"{total} pages: {parts}; {self._changes} {'change' if self._changes == 1 else 'changes'}")

    @contextmanager
    def progress(self, total: int | None, what: str) -> Iterator[None]:
        """A bar on standard error while more than one page is done, where that is a terminal; None: `expect` will say."""
        if (total is not None and total < 2) or self._voice.quiet or self._voice.json or not sys.stderr.isatty():
            yield
            return
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(what, total=total)
            self._advance, self._expect = lambda: bar.advance(task), lambda most: bar.update(task, total=most)
            yield
            self._advance, self._expect = lambda: None, lambda most: None


def sentence(outcome: Outcome) -> str:
    """One outcome as a line: what happened, the address, the verdict, and how much changed."""
    kinds = Counter(
        f"{change.item} {change.kind}" if change.item != "page" else f"page {change.kind}" for change in outcome.changes
    )
    changes = ", ".join(f"{count} {_plural(what, count)}" for what, count in kinds.items())
    detail = "  ".join(part for part in (outcome.verdict, changes) if part)
    return f"{outcome.status:13} {outcome.url}" + (f"  {detail}" if detail else "")


def _plural(what: str, count: int) -> str:
    item, _, kind = what.partition(" ")
    return f"{item}{'s' if count != 1 else ''} {kind}"


def change_line(change: Change) -> str:
    """One change as a line.

    >>> change_line(Change("edited", "statement", "k", "Ann Lee", before="a", after="b"))
    'edited statement: Ann Lee'
    >>> change_line(Change("added", "page", ""))
    'added page: (no title)'
    """
    label = change.label or ("(no title)" if change.item == "page" else "")
    return f"{change.kind} {change.item}" + (f": {label}" if label else "")
