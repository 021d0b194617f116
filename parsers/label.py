"""Which parser this is: its version and a hash over its code and data, so that two readings can be told apart."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_DATA = (".py", ".toml", ".tsv", ".txt", ".json")


@cache
def parser_label() -> str:
    """For example ``"roundup 0.1.0+3f9c2a7be01d"``; the same sources give the same label on every machine."""
    digest = hashlib.sha256()
    for name, source in sorted(_sources(files("parsers"), "")):
        digest.update(name.encode() + b"\0" + source.read_bytes() + b"\0")
    try:
        number = version("roundup-ingest")
    except PackageNotFoundError:
        number = "0"
    return f"roundup {number}+{digest.hexdigest()[:12]}"


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _sources(item, f"{prefix}{item.name}/")
        elif item.name.endswith(_DATA):
            found.append((prefix + item.name, item))
    return found
