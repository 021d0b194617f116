"""Readers' comments. Pure. Not built yet: no comment is read."""

from __future__ import annotations

from .ledger import Ledger
from .model import Bundle
from .page import Page
from .thread import Thread


def read_comments(bundle: Bundle, page: Page, ledger: Ledger, *, platforms: bool = True) -> Thread:
    """The page's thread."""
    return Thread()
