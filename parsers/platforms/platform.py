"""What a platform's module gives. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..fields import Names
from ..page import Page
from ..records import Draft


@dataclass(frozen=True, slots=True)
class Platform:
    """One engine's own way of printing comments."""

    name: str  #: what its rules are called by: "wordpress"
    find: Callable[[Page], list[Draft]]  #: the records, nested as the page nests them; empty where it is another engine's page
    names: Names = Names()
