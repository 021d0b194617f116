"""Bytes to facts. Pure: no clock, no network, no disk, no SQL.

    from parsers import Bundle, Capture, parse, read_byline
    parsed = parse(Bundle(Capture(url, body)))
"""

from .bylines import read_byline
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
from .parse import parse

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
