"""Ways of announcing pages, one module each: a capture of the announcement becomes a Listing. Pure."""

from __future__ import annotations

from collections.abc import Callable

from ..model import Capture, Listing
from .feed import read_feed
from .index_page import read_index
from .sitemap import read_sitemap
from .wp_rest import read_posts

#: Kind of source → how its listing is read. In the order in which an unknown one is tried.
LISTINGS: tuple[tuple[str, Callable[[Capture], Listing]], ...] = (
    ("sitemap", read_sitemap),
    ("feed", read_feed),
    ("wordpress", read_posts),
    ("index", read_index),
)
READERS = dict(LISTINGS)
