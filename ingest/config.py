"""What `config.toml` may say. The file is read once; nothing else in the program looks at it.

A key that is not known here is an error that names the nearest one, so that a typing mistake never becomes a silent default.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, tzinfo
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from parsers.errors import ConfigError

from .cron import read_schedule

MIB = 2**20
_CONTACT = re.compile(r"[^\s@<>()]+@[^\s@<>()/]+\.[^\s@<>()/]+\Z|https?://[^\s/<>()]+(?:/[^\s<>()]*)?\Z", re.I)
_MISTAKES = 10  # told of one file


class Table(BaseModel):
    """A table of the file: no unknown keys, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArchiveTable(Table):
    """[archive]"""

    path: str = "archive.db"  #: relative to the config file's folder


class FetchTable(Table):
    """[fetch]: how pages are asked for. Seconds and bytes."""

    contact: str = ""  #: a mail address, or a page (http or https), where a blogger can write to you; goes into the User-Agent
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

    @field_validator("contact")
    @classmethod
    def _contact_can_be_written_to(cls, text: str) -> str:
        if text and not _CONTACT.match(text):
            raise ValueError(f"{text!r} is nothing that a blogger can write to; give a mail address or a page: https://...")
        return text

    @property
    def agent(self) -> str:
        """The User-Agent header."""
        if self.user_agent:
            return self.user_agent
        return f"roundup-ingest/0.1 (+{self.contact})" if self.contact else "roundup-ingest/0.1"


class ReadTable(Table):
    """[read]: how pages are read."""

    sites: str = ""  #: a folder of your own site rules (docs/add-a-site.md); relative to the config file's folder


#: Kinds of sources that announce pages; the others are pages, or files.
LISTED = ("feed", "sitemap", "wordpress", "index")
#: Kinds that lie on disk.
FILES = ("folder", "warc")


class Source(Table):
    """[[source]]: something to watch."""

    name: Annotated[str, Field(min_length=1)]
    kind: Literal["url", "feed", "sitemap", "wordpress", "index", "folder", "warc"]
    url: str = ""  #: of the listing, or of one page
    urls: tuple[str, ...] = ()  #: for kind "url": more than one page
    path: str = ""  #: for "folder" and "warc": where the saved pages or WARC files lie; relative to the config file's folder
    schedule: str = ""  #: cron expression or interval ("6 h"): when to read the listing, or look at the pages of kind "url"
    follow: tuple[str, ...] = ()  #: only addresses that fit one of these patterns (`*` is anything)
    skip: tuple[str, ...] = ()  #: no address that fits one of these
    since: date | None = None  #: nothing that a listing dates before this day
    limit: Annotated[int, Field(ge=1)] | None = None  #: only the first so many pages of a listing
    backfill: bool = False  #: walk the whole past, once

    @model_validator(mode="after")
    def _has_address(self) -> Source:
        if self.kind in FILES:
            if not self.path or self.url or self.urls:
                raise ValueError(f"a {self.kind} has a path, and no url")
            return self
        if self.path:
            raise ValueError("only a folder or a warc has a path")
        if bool(self.url) == bool(self.urls):
            raise ValueError("give either url or urls")
        if self.kind in LISTED and self.urls:
            raise ValueError(f"a {self.kind} has one address: give url, or one [[source]] for each {self.kind}")
        return self

    @field_validator("schedule")
    @classmethod
    def _schedule_is_one(cls, text: str) -> str:
        if text:
            read_schedule(text)
        return text

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that the source names."""
        return self.urls or ((self.url,) if self.url else ())


class WatchTable(Table):
    """[watch]: how `ingest watch` and the schedules keep time."""

    every: Annotated[float, Field(ge=1, le=3600)] = 30.0  #: seconds between two looks at what is due
    timezone: str = ""  #: of the cron expressions: "Europe/Berlin"; empty is this machine's

    @field_validator("timezone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        if name:
            zone_of(name)
        return name


class NotifyTable(Table):
    """[notify]: who is told of an incident, once, and of its end."""

    command: str = ""  #: run without a shell, with the message as JSON on its standard input
    webhook: str = ""  #: http or https; the message is POSTed as JSON
    after_failures: Annotated[int, Field(ge=1)] = 3  #: of a listing in a row, before that is an incident

    @field_validator("webhook")
    @classmethod
    def _webhook_is_web(cls, address: str) -> str:
        if address and not address.startswith(("http://", "https://")):
            raise ValueError("a webhook is an http or https address")
        return address


class Config(Table):
    """The whole file."""

    archive: ArchiveTable = ArchiveTable()
    fetch: FetchTable = FetchTable()
    read: ReadTable = ReadTable()
    watch: WatchTable = WatchTable()
    notify: NotifyTable = NotifyTable()
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

    Paths in it come back as seen from the file's folder: the archive's, the rules', the sources'.
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

    def seen(place: str) -> str:
        return str(path.parent / Path(place).expanduser())

    sources = tuple(source.model_copy(update={"path": source.path and seen(source.path)}) for source in config.source)
    read = ReadTable(sites=config.read.sites and seen(config.read.sites))
    tables = {"archive": ArchiveTable(path=seen(config.archive.path)), "read": read}
    return config.model_copy(update=tables | {"source": sources})


def zone_of(name: str) -> tzinfo:
    """A time zone by its name; this machine's for ``""``. Raises ValueError."""
    if not name:
        return _local()
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(f"there is no time zone {name!r}; write it as Europe/Berlin") from None


def _local() -> tzinfo:
    """This machine's zone, with its changes of the clock where the system tells them."""
    try:
        with Path("/etc/localtime").open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        return datetime.now().astimezone().tzinfo or UTC


def _explained(path: str, error: ValidationError) -> ConfigError:
    """All that is wrong, each with its place, in one line."""
    mistakes = [_mistake(one) for one in error.errors(include_url=False)]
    (key, why), *more = mistakes[:_MISTAKES]
    told = "; ".join([why, *(f"{place}: {what}" if place else what for place, what in more)])
    left = len(mistakes) - _MISTAKES
    return ConfigError(path, key, told + (f"; and {left} more" if left > 0 else ""))


def _mistake(one: ErrorDetails) -> tuple[str, str]:
    """The dotted key of a mistake, and what is wrong there."""
    at = one["loc"]
    place = [part for part in at if part != "source" or len(at) == 1]
    key = ".".join(f"source[{part + 1}]" if isinstance(part, int) else part for part in place)
    if one["type"] == "extra_forbidden":
        known = _known_at(at[:-1])
        near = get_close_matches(str(at[-1]), known, n=1, cutoff=0.5)
        return key, "there is no such key; " + (f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}")
    if one["type"] == "missing":
        return key, "this key is missing"
    why = one["msg"].removeprefix("Value error, ")
    return key, why[:1].lower() + why[1:]


def _known_at(place: tuple[int | str, ...]) -> list[str]:
    """The keys of the table at a place in the file."""
    tables: dict[Any, type[Table]] = {
        "archive": ArchiveTable, "fetch": FetchTable, "read": ReadTable, "watch": WatchTable, "notify": NotifyTable,
        "source": Source,
    }  # fmt: skip
    return list(tables.get(place[0] if place else None, Config).model_fields)
