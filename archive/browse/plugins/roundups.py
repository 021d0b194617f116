"""Hooks into Datasette: ids in views lead to their rows, and four kinds of row and the start page have pages of their own.

Datasette loads this file by its path, so it imports by full names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl  # type: ignore[import-untyped]
from markupsafe import Markup

from archive.browse.lookups import LOOKUPS, start
from archive.views import VIEWS

#: Column of a view → the table that its number leads to.
_LEADS = {
    "statement_id": "statement", "expert_id": "expert", "page_id": "page", "comment_id": "comment", "run_id": "run",
    "answers_comment_id": "comment", "capture_id": "capture", "fetch_id": "fetch", "change_id": "change_log",
}  # fmt: skip
#: Column of a view that a person would click → the columns beside it that say where to, the first that is filled.
_NAMES = {
    "name": ("expert_id",), "expert": ("expert_id",), "title": ("page_id",), "page": ("page_id",),
    "who": ("statement_id", "comment_id", "page_id"), "author": ("comment_id",),
}  # fmt: skip


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    row: sqlite3.Row, value: object, column: str, table: str | None, database: str, datasette: Any
) -> Markup | None:
    """In a view ids, and the names that they stand for, are links; other cells are left to Datasette, which escapes them."""
    if table not in VIEWS or value in (None, ""):
        return None
    if column in _LEADS and isinstance(value, int):
        address = datasette.urls.row(database, _LEADS[column], str(value))
        return Markup('<a href="{}">{} {}</a>').format(address, _LEADS[column].replace("_", " "), value)
    for beside in _NAMES.get(column, ()):
        if beside in row.keys() and row[beside] is not None:  # noqa: SIM118 (a Row is searched by value)
            return Markup('<a href="{}">{}</a>').format(datasette.urls.row(database, _LEADS[beside], str(row[beside])), value)
    return None


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(
    view_name: str, database: str | None, table: str | None, request: Any, datasette: Any
) -> Callable[[], Awaitable[dict[str, object]]]:
    """What the start page and a row's own page show; `{}` for all other pages."""

    async def facts() -> dict[str, object]:
        if view_name == "index":
            name = next(name for name in datasette.databases if not name.startswith("_"))
            return {"start": await datasette.get_database(name).execute_fn(start), "archive": name}
        if view_name == "row" and table in LOOKUPS and request.url_vars["pks"].isdigit():
            lookup, ref = LOOKUPS[table], int(request.url_vars["pks"])

            def look(conn: sqlite3.Connection) -> dict[str, object]:
                return lookup(conn, ref)

            return {"one": await datasette.get_database(database).execute_fn(look), "archive": database}
        return {}

    return facts


@hookimpl  # type: ignore[untyped-decorator]
def extra_css_urls(datasette: Any) -> list[str]:
    """Our style sheet, on every page."""
    return [datasette.urls.path("/roundups/roundups.css")]
