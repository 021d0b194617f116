"""Options that many commands take, and what is made of them. Imports only what `--help` needs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from .config import Config
    from .report import Voice


class Command(TyperCommand):
    """A command whose help names its arguments as people write them: `URL...`, and not `{URL...}... <list[str]>`."""

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        text = re.sub(r"\{([A-Z|.]+)\}(?:\.\.\.)?", r"\1", super().get_help(ctx)).replace("...]...", "...]")
        return re.sub(r" <(?:list\[)?str\]?>", "", text)


ArchiveOption = Annotated[
    Path | None,
    typer.Option(
        "--archive",
        envvar="INGEST_ARCHIVE",
        metavar="FILE",
        help="The archive [default: what the config says, else archive.db here].",
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config", envvar="INGEST_CONFIG", metavar="FILE", help="The config [default: config.toml here where there is one]."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document a line.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="Say more.")]
AllowOption = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="HOST[:PORT]", help="Reach this host although its address is not public; repeatable."),
]
RobotsOption = Annotated[bool, typer.Option("--ignore-robots", help="Do not ask robots.txt; the archive records that.")]


def voice_of(json: bool, quiet: bool, verbose: bool) -> Voice:
    """How the command is to speak; the log begins."""
    from .report import Voice, start_log

    voice = Voice(json, quiet, verbose)
    start_log(voice)
    return voice


def settings_of(
    config: Path | None, archive: Path | None, allow_host: list[str] | None = None, ignore_robots: bool = False
) -> Config:
    """The config file, with what the command line says on top."""
    from .config import ArchiveTable, read_config

    settings = read_config(config or _default_config())
    fetch = settings.fetch.model_copy(
        update={
            "allow_hosts": (*settings.fetch.allow_hosts, *(allow_host or ())),
            "ignore_robots": settings.fetch.ignore_robots or ignore_robots,
        }
    )
    place = ArchiveTable(path=str(archive)) if archive is not None else settings.archive
    return settings.model_copy(update={"fetch": fetch, "archive": place})


def config_path(config: Path | None) -> str:
    """The config file as it is called in a message, and where it would be written."""
    return str(config or _default_config() or "config.toml")


def _default_config() -> Path | None:
    return Path("config.toml") if Path("config.toml").is_file() else None
