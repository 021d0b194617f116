"""A user's own site rules: the TOML files of the folder that the config names."""

from __future__ import annotations

from pathlib import Path

from parsers.errors import ConfigError
from parsers.rules import Site, read_site

from .config import Config


def own_sites(config: Config) -> tuple[Site, ...]:
    """The rules in `[read] sites`, in the order of the files' names. Raises ConfigError that names file and key."""
    if not config.read.sites:
        return ()
    folder = Path(config.read.sites)
    if not folder.is_dir():
        raise ConfigError(str(folder), "", "there is no such folder, and [read] sites in the config names it")
    return tuple(_read(path) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> Site:
    try:
        return read_site(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise ConfigError(str(path), "", f"it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), "", f"it is not TOML: {error}") from error
