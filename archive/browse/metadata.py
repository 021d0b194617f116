"""What Datasette tells people about the tables, out of `tables.toml`; `docs/archive.md` holds the same."""

from __future__ import annotations

import json
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

#: Keys that Datasette knows by the same name.
_DATASETTE = ("title", "label_column", "sort", "sort_desc", "facets", "hidden", "units", "fts_table", "fts_pk")
_MARK = "<!-- tables -->"


@cache
def described() -> dict[str, dict[str, Any]]:
    """Table or view → what is told of it, in the order in which people should read."""
    tables: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "tables.toml").read_text(encoding="utf-8"))
    return tables


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for an archive whose file is called `<database>.db`."""
    tables = {}
    for name, told in described().items():
        tables[name] = {key: told[key] for key in _DATASETTE if key in told}
        tables[name] |= {"description": told["about"], "columns": told.get("columns", {})}
    about = "Who said what, as what, and how it changed. Start with roundups, experts or changes; click a name to go on."
    return {"title": "Expert roundups", "databases": {database: {"description": about, "tables": tables}}}


def write_metadata(path: Path, target: Path) -> Path:
    """Write the metadata for the archive at `path`, as JSON."""
    target.write_text(json.dumps(metadata(Path(path).stem), ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def with_tables(text: str) -> str:
    """`docs/archive.md` with its part about the tables as it should be."""
    return text.partition(_MARK)[0] + f"{_MARK}\n\n{as_markdown()}"


def as_markdown() -> str:
    """The tables, for people who read."""
    parts = []
    for name, told in described().items():
        parts.append(f"### {name}\n{told['about']}\n")
        if columns := told.get("columns"):
            rows = "\n".join(f"| `{column}` | {text} |" for column, text in columns.items())
            parts.append(f"| column | what it holds |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    doc = Path(sys.argv[1])
    doc.write_text(with_tables(doc.read_text(encoding="utf-8")), encoding="utf-8")
