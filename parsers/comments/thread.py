"""What a comment reader gives back. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Comment, Want


@dataclass(frozen=True, slots=True)
class Thread:
    """A page's comments, as one reader found them."""

    comments: tuple[Comment, ...] = ()
    status: str = "none"  #: parsed, none, closed, external:NAME, paginated, truncated
    wants: tuple[Want, ...] = ()
    notes: tuple[str, ...] = ()
    reader: str = ""  #: which platform, or "general"
