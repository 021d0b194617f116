"""The views: questions that people ask of the archive, as SQL. Loaded by `schema`, described by `browse`."""

from __future__ import annotations

#: name → SELECT, in an order in which each may use those before it.
VIEWS: dict[str, str] = {}
