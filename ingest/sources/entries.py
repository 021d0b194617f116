"""Write sources into `config.toml`, and take them out again; comments and the order of the file stay.

The file is replaced in one step, and only by one that can be read.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from parsers.errors import ConfigError

from ..config import read_config

_NEW = """\
# What `ingest run` and `ingest watch` do, and how. docs/scheduling.md tells of every key.

[fetch]
# Where a blogger can write to you, a mail address or a page (https://...); without one nothing is fetched on a schedule.
contact = ""
"""


def add_source(path: Path, entry: Mapping[str, Any]) -> None:
    """Append a `[[source]]`; the file is made where there is none. Raises ConfigError."""
    document = _begun(path)
    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, value)
    found = document.get("source")
    if found is None:
        sources = tomlkit.aot()
        sources.append(table)
        document.append("source", sources)
    elif isinstance(found, AoT):
        found.append(table)
    else:
        raise ConfigError(str(path), "source", "sources are not written as [[source]] here; add the new one by hand")
    _replace(path, _spaced(tomlkit.dumps(document)))


def allow_hosts(path: Path, hosts: Iterable[str]) -> list[str]:
    """Let hosts be reached whose addresses are not public; those that the file did not name yet. Raises ConfigError."""
    document = _begun(path)
    fetch = document.setdefault("fetch", tomlkit.table())
    allowed = fetch.setdefault("allow_hosts", tomlkit.array())
    new = [host for host in dict.fromkeys(hosts) if host not in allowed]
    allowed.extend(new)
    if new:
        _replace(path, tomlkit.dumps(document))
    return new


def remove_source(path: Path, name: str) -> None:
    """Take out the `[[source]]` of that name. Raises ConfigError."""
    document = _document(path)
    found = document.get("source")
    at = [i for i, table in enumerate(found) if table.get("name") == name] if isinstance(found, AoT) else []
    if not at or not isinstance(found, AoT):
        raise ConfigError(str(path), "source", f"there is no source {name!r} written as [[source]]")
    del found[at[0]]
    if not len(found):
        document.remove("source")
    _replace(path, tomlkit.dumps(document))


def free_name(wanted: str, taken: list[str]) -> str:
    """A name that no other source has.

    >>> free_name("blog.example", ["blog.example", "blog.example 2"])
    'blog.example 3'
    """
    wanted = " ".join(wanted.split())[:60].strip() or "source"
    names = [wanted, *(f"{wanted} {n}" for n in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _begun(path: Path) -> tomlkit.TOMLDocument:
    """The file as it is, or as it begins where there is none."""
    return _document(path) if path.exists() else tomlkit.parse(_NEW)


def _document(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(str(path), "", "there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", f"it cannot be read ({error})") from error
    except TOMLKitError as error:
        raise ConfigError(str(path), "", f"it is not TOML: {error}") from error


def _spaced(text: str) -> str:
    """One empty line before the last `[[source]]`, where tomlkit leaves none or three."""
    head, mark, tail = text.rpartition("[[source]]")
    return f"{head.rstrip()}\n\n{mark}{tail.rstrip()}\n" if mark and head.strip() else text


def _replace(path: Path, text: str) -> None:
    """Put a text in a file's place, if it can be read as a config. Whoever reads meanwhile sees the old one or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        new.chmod(path.stat().st_mode & 0o7777 if path.exists() else 0o644)
        try:
            read_config(new)
        except ConfigError as error:
            why = str(error).removeprefix(f"{new}: ")  # nobody is to look for the new file, which is gone by then
            raise ConfigError(str(path), "", f"it would not be right any more: {why}") from error
        new.replace(path.resolve())
    finally:
        new.unlink(missing_ok=True)
