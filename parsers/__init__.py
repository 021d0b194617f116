"""Bytes to facts. Pure: no clock, no network, no disk, no SQL.

    from parsers import Bundle, Capture, parse, read_byline
    parsed = parse(Bundle(Capture(url, body)))
"""

from typing import TYPE_CHECKING, Any

from .model import (
    Bundle,
    Capture,
    Change,
    Comment,
    Dropped,
    Expert,
    Link,
    Listing,
    Outcome,
    Parsed,
    Position,
    Question,
    Roundup,
    Statement,
    Verdict,
    Want,
    Words,
)

if TYPE_CHECKING:
    from .bylines import read_byline
    from .reading import parse

__all__ = [
    "Bundle",
    "Capture",
    "Change",
    "Comment",
    "Dropped",
    "Expert",
    "Link",
    "Listing",
    "Outcome",
    "Parsed",
    "Position",
    "Question",
    "Roundup",
    "Statement",
    "Verdict",
    "Want",
    "Words",
    "parse",
    "read_byline",
]


def __getattr__(name: str) -> Any:
    """The two doors open when first asked for: behind them lie the lexicons, and a noun needs none."""
    if name == "parse":
        from .reading import parse

        return parse
    if name == "read_byline":
        from .bylines import read_byline

        return read_byline
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
