"""Standard output: signs that it cannot show, readers that went away, disks that are full. None of these is a crash.

Imports only what `--help` needs.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class Output(io.TextIOWrapper):
    """Standard output that remembers why it could not be written, whoever wrote: the command, typer's help, or rich."""

    lost: OSError | None = None

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError as error:
            self.lost = error
            raise

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            self.lost = error
            raise


def prepare() -> None:
    """What a stream's encoding cannot hold is written as an escape from now on: a page's words may hold any sign."""
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    old: TextIO | None = sys.stdout
    if old is None:  # closed by whoever called us: `ingest parse ... >&-`
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    elif isinstance(old, io.TextIOWrapper):
        encoding, by_line, through = old.encoding, old.line_buffering, old.write_through
        sys.stdout = Output(old.detach(), encoding, "backslashreplace", None, by_line, through)


def as_json(text: str) -> str:
    """A JSON text as standard output may hold it: JSON is UTF-8 (RFC 8259), so any other encoding gets ASCII escapes."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text if codecs.lookup(encoding).name == "utf-8" else escaped(text)


def escaped(text: str) -> str:
    r"""A JSON text in ASCII; outside of its strings it has no other signs.

    >>> escaped('{"a": "é\U0001f600"}')
    '{"a": "\\u00e9\\ud83d\\ude00"}'
    """
    return _BEYOND_ASCII.sub(lambda sign: _units(sign[0]), text)


def _units(sign: str) -> str:
    raw = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{raw[at : at + 4]}" for at in range(0, len(raw), 4))


def finish() -> str:
    """Write what is still to be written, and say in a sentence if something was lost that somebody waits for; else ``""``.

    After a failure what is left goes nowhere, so that the interpreter does not stumble over it when it ends.
    """
    out = sys.stdout
    if not isinstance(out, Output):
        return ""
    with suppress(OSError):
        out.flush()
    if out.lost is None:
        return ""
    os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
    return "" if isinstance(out.lost, BrokenPipeError) else f"standard output cannot be written ({out.lost.strerror})"
