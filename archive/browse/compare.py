"""Two texts side by side, word by word. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
_MOST = 4_000_000  #: pairs of pieces; texts beyond that are shown whole, since comparing them would take seconds

Piece = tuple[str, str]  #: "same", "gone" or "new", and the words


def compare(before: str, after: str) -> list[Piece]:
    """What stayed, what went and what came, in reading order.

    >>> compare("We see some progress.", "We see little progress.")
    [('same', 'We see '), ('gone', 'some'), ('new', 'little'), ('same', ' progress.')]
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if before == after:
        return [("same", after)] if after else []
    if len(old) * len(new) > _MOST:
        return [("gone", before), ("new", after)]
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        found += [piece for piece in (("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))) if piece[1]]
    return found
