"""wpDiscuz, a plugin for WordPress. Pure.

An item is `#wpd-comm-N_PARENT` (7.x) or `#wc-comm-N_PARENT` (before), replies inside it; PARENT is 0 at the top.
Source: wpdiscuz/class.WpdiscuzWalker.php.
"""

from __future__ import annotations

import re

from ..comments.records import Draft, draft_of, nest
from ..comments.spots import Names
from .platform import Marks, Platform

_ID = re.compile(r"w(?:pd|c)-comm-(\d+)_(\d+)")
_NAMES = Names(
    author=("wpd-comment-author", "wc-comment-author"),
    date=("wpd-comment-date", "wc-comment-date"),
    body=("wpd-comment-text", "wc-comment-text"),
)


def find(marks: Marks) -> list[Draft]:
    """The comments of a page."""
    found: list[Draft] = []
    for name, el in marks.ids.items():
        match = _ID.fullmatch(name) if "-comm-" in name else None
        if match is not None and el.t1 > el.t0:
            draft = draft_of(el, match[1])
            draft.parent_key = match[2] if match[2] != "0" else ""
            found.append(draft)
    return nest(found)


PLATFORM = Platform("wpdiscuz", find, _NAMES)
