"""Stack Exchange: answers, and the comments under them and under the question. Pure.

An answer is `.answer#answer-N`, a comment `.js-comment#comment-N`; what stands under an answer answers it.
"""

from __future__ import annotations

import re

from ..comments.records import Draft, elements_of, nest
from ..comments.spots import Names
from ..dates import read_attribute
from .platform import Marks, Platform, drafts_of

_ID = re.compile(r"(?:answer|comment)-(\d+)")
_TOKENS = ("answer", "js-comment", "js-post-body")


def find(marks: Marks) -> list[Draft]:
    """The answers and comments of a question's page."""
    if "js-post-body" not in marks.tokens:
        return []
    ours = {el.at for el in marks.having("answer", "js-comment")}
    drafts = nest(drafts_of({key: el for key, el in marks.by_id(_ID).items() if el.at in ours}))
    for draft in drafts:
        for el in elements_of(marks.page, draft):
            if el.get("itemprop") == "author" and el.t1 > el.t0 and "user-details" in el.get("class"):
                draft.author = marks.page.text_between(el.t0, el.t0 + 1)
                draft.meta.append((el.t0, el.t0 + 1))
            elif el.tag == "time" and el.get("itemprop") == "dateCreated":
                draft.posted_at = read_attribute(el.get("datetime"))
    return drafts


PLATFORM = Platform("stackexchange", find, Names(author=("comment-user",), body=("js-post-body", "comment-copy")), _TOKENS)
