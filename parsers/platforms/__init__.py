"""Blog engines and comment systems that print comments into the page, in the order in which they are asked. Pure.

A plugin's markup goes before the engine's that it stands in.
"""

from __future__ import annotations

from functools import lru_cache

from ..page import Page
from . import blogger, disqus, drupal, forums, microdata, movabletype, others, stackexchange, substack, wordpress, wpdiscuz
from .platform import Marks, Platform

PLATFORMS: tuple[Platform, ...] = (
    disqus.PLATFORM,
    wpdiscuz.PLATFORM,
    substack.PLATFORM,
    *others.PLATFORMS,
    stackexchange.PLATFORM,
    *forums.PLATFORMS,
    drupal.PLATFORM,
    movabletype.PLATFORM,
    blogger.PLATFORM,
    wordpress.PLATFORM,
    microdata.PLATFORM,
)
_KNOWN = frozenset(token for platform in PLATFORMS for token in platform.tokens)


@lru_cache(maxsize=1 << 14)
def _known_tokens(name: str) -> tuple[str, ...]:
    return tuple(token for token in name.split() if token in _KNOWN)


def marks_of(page: Page) -> Marks:
    """The page as platforms ask for it."""
    return Marks(page, _known_tokens)
