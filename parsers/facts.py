"""What the page says about the post: title, blogger, date, language, platform, address, tags. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .ledger import Ledger
from .page import Page


@dataclass(frozen=True, slots=True)
class Facts:
    """The post's own facts, as printed. Absent facts are empty, never guessed."""

    title: str = ""
    editor: str = ""  #: the blogger: who wrote the post
    published_at: str = ""  #: ISO 8601 in the page's precision
    language: str = ""  #: BCP 47, lower case
    platform: str = ""
    canonical: str = ""  #: absolute
    tags: tuple[str, ...] = ()
    site: str = ""  #: the site's or blog's name
    notes: tuple[str, ...] = ()


def read_facts(page: Page, ledger: Ledger) -> Facts:
    return Facts(title=page.metas.get("og:title", ""))
