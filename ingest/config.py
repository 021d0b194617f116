"""What `config.toml` may say. The file is read once; nothing else in the program looks at it.

A key that is not known here is an error that names the nearest one, so that a typing mistake never becomes a silent default.
"""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from parsers.errors import ConfigError

MIB = 2**20


class Table(BaseModel):
    """A table of the file: no unknown keys, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArchiveTable(Table):
    """[archive]"""

    path: str = "archive.db"  #: relative to the config file's folder


class FetchTable(Table):
    """[fetch]: how pages are asked for. Seconds and bytes."""

    contact: str = ""  #: an address that a blogger can write to; goes into the User-Agent
    user_agent: str = ""  #: the whole User-Agent, where the usual one will not do
    gap: Annotated[float, Field(ge=0, le=3600)] = 1.0  #: between two requests to one host
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0  #: for one whole answer
    max_wait: Annotated[float, Field(ge=0)] = 120.0  #: the longest that one run waits for a host's turn
    max_bytes: Annotated[int, Field(ge=1024, le=64 * MIB)] = 10 * MIB  #: of one body, compressed or not
    max_redirects: Annotated[int, Field(ge=0, le=20)] = 10
    max_wants: Annotated[int, Field(ge=0, le=1000)] = 50  #: further pages that one page may ask for (its comment pages)
    hosts_at_once: Annotated[int, Field(ge=1, le=100)] = 8
    allow_hosts: tuple[str, ...] = ()  #: "host" or "host:port" that may be reached although it is not public
    ignore_robots: bool = False
    env_proxies: bool = False  #: use HTTP_PROXY and its like; the proxy then resolves names, and the guard cannot

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        if self.user_agent:
            return self.user_agent
        return f"roundup-ingest/0.1 (+{self.contact})" if self.contact else "roundup-ingest/0.1"


class Source(Table):
    """[[source]]: something to watch."""

    name: str
    kind: Literal["url", "feed"]
    url: str = ""
    urls: tuple[str, ...] = ()  #: for kind "url": more than one page
    limit: Annotated[int, Field(ge=1)] | None = None  #: for kind "feed": only the first so many entries

    @model_validator(mode="after")
    def _has_address(self) -> Source:
        if bool(self.url) == bool(self.urls):
            raise ValueError("give either url or urls")
        if self.kind == "feed" and self.urls:
            raise ValueError("a feed has one address: give url, or one [[source]] for each feed")
        return self

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that the source names."""
        return self.urls or (self.url,)


class Config(Table):
    """The whole file."""

    archive: ArchiveTable = ArchiveTable()
    fetch: FetchTable = FetchTable()
    source: tuple[Source, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Config:
        names = [source.name for source in self.source]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two sources are called {twice!r}")
        return self


def read_config(path: Path | None) -> Config:
    """The config at `path`, or the built-in defaults where that is None. Raises ConfigError.

    The archive's path comes back as seen from the file's folder.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(str(path), "", "there is no such file; give another with --config, or leave it out") from None
    except OSError as error:
        raise ConfigError(str(path), "", f"it cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "", f"it is not TOML: {error}") from error
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        raise _explained(str(path), error) from None
    archive = path.parent / Path(config.archive.path).expanduser()
    return config.model_copy(update={"archive": ArchiveTable(path=str(archive))})


def _explained(path: str, error: ValidationError) -> ConfigError:
    """The first thing that is wrong, in words."""
    first, *more = error.errors(include_url=False)
    place = [part for part in first["loc"] if part != "source" or len(first["loc"]) == 1]
    key = ".".join(f"source[{part + 1}]" if isinstance(part, int) else part for part in place)
    if first["type"] == "extra_forbidden":
        near = get_close_matches(str(first["loc"][-1]), _known_at(first["loc"][:-1]), n=1, cutoff=0.5)
        why = "there is no such key" + (
            f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(_known_at(first['loc'][:-1]))}"
        )
    elif first["type"] == "missing":
        why = "this key is missing"
    else:
        why = first["msg"].removeprefix("Value error, ")
        why = why[:1].lower() + why[1:]
    return ConfigError(path, key, why + (f" ({len(more)} more like this)" if more else ""))


def _known_at(place: tuple[int | str, ...]) -> list[str]:
    """The keys of the table at a place in the file."""
    tables: dict[Any, type[Table]] = {"archive": ArchiveTable, "fetch": FetchTable, "source": Source}
    return list(tables.get(place[0] if place else None, Config).model_fields)
