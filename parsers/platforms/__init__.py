"""Blog engines and comment systems that print comments into the page, in the order in which they are asked. Pure."""

from __future__ import annotations

from . import wordpress

PLATFORMS = (wordpress.PLATFORM,)
