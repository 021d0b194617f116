"""The commands that watch: run, watch, status, sources. Only their words; each does its work in `commands/`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from .options import (
    AllowOption,
    ArchiveOption,
    Command,
    ConfigOption,
    JsonOption,
    QuietOption,
    RobotsOption,
    VerboseOption,
    config_path,
    settings_of,
    voice_of,
)

sources = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
NamesArgument = Annotated[list[str] | None, typer.Argument(metavar="SOURCE...", help="Names of sources [default: all].")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    for command in (run, watch, status):
        app.command(cls=Command)(command)
    app.add_typer(sources, name="sources", help="What is watched: add, list, check, remove.")


def run(
    names: NamesArgument = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    allow_host: AllowOption = None,
    ignore_robots: RobotsOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Do what is due, and stop: this is what cron calls. A source that is named is done now, due or not.

    \b
    Example:
      ingest run
      0 * * * *  cd /srv/roundups && ingest run --quiet
    """
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive, allow_host, ignore_robots)
    from .commands import run as command

    raise typer.Exit(command.run(names or [], settings, voice, config_path(config)))


def watch(
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    allow_host: AllowOption = None,
    ignore_robots: RobotsOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Do what is due whenever it is, until told to stop: SIGTERM ends it, SIGHUP reads the config again.

    \b
    Example:
      ingest watch
    """
    voice = voice_of(json, quiet, verbose)
    from .commands import watch as command

    path = config_path(config)
    raise typer.Exit(command.run(lambda: settings_of(config, archive, allow_host, ignore_robots), voice, path))


def status(
    names: NamesArgument = None,
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Print how the watching goes: last success, next due and why, failures. Ends with 1 where there is an alarm.

    \b
    Example:
      ingest status
      ingest status --quiet || mail -s ingest me@example.org
    """
    voice = voice_of(json, quiet, False)
    settings = settings_of(config, archive)
    from .commands import status as command

    raise typer.Exit(command.run(names or [], settings, voice, config_path(config)))


@sources.command(cls=Command)
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="Any address of a blog: start page, category, feed, post.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call it [default: the host].")] = "",
    schedule: Annotated[str, typer.Option("--schedule", metavar="WHEN", help="Cron expression or interval.")] = "",
    follow: Annotated[list[str] | None, typer.Option("--follow", metavar="PATTERN", help="Only such addresses.")] = None,
    skip: Annotated[list[str] | None, typer.Option("--skip", metavar="PATTERN", help="No such addresses.")] = None,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Nothing older than this day.")] = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=0, help="Only the first so many of a listing; 0 is all.")
    ] = 0,
    no_backfill: Annotated[bool, typer.Option("--no-backfill", help="Do not walk its past.")] = False,
    config: ConfigOption = None,
    allow_host: AllowOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Find out what a blog offers, and write the best of it into the config.

    \b
    Example:
      ingest sources add https://blog.example/
      ingest sources add https://blog.example/category/roundups/ --since 2020-01-01
    """
    voice = voice_of(json, quiet, False)
    path = Path(config_path(config))
    settings = settings_of(path if path.exists() else None, None, allow_host)
    from .commands import sources as command
    from .cron import NotCron, read_schedule

    try:
        day = date.fromisoformat(since) if since else None
    except ValueError:
        raise typer.BadParameter(f"{since!r} is no day; write it as 2020-01-31", param_hint="--since") from None
    try:
        if schedule:
            read_schedule(schedule)
    except NotCron as error:
        raise typer.BadParameter(f"{error}; or write an interval, as 6 h", param_hint="--schedule") from None
    wishes = {"name": name, "schedule": schedule, "follow": follow, "skip": skip, "since": day, "limit": limit}
    wishes |= {"no_backfill": no_backfill, "allow_hosts": allow_host}
    raise typer.Exit(command.add(url, settings, voice, path, wishes))


@sources.command("list", cls=Command)
def list_(archive: ArchiveOption = None, config: ConfigOption = None, json: JsonOption = False) -> None:
    """Print what is watched.

    \b
    Example:
      ingest sources list
    """
    voice = voice_of(json, False, False)
    settings = settings_of(config, archive)
    from .commands import sources as command

    raise typer.Exit(command.list_all(settings, voice))


@sources.command(cls=Command)
def check(
    names: NamesArgument = None,
    config: ConfigOption = None,
    allow_host: AllowOption = None,
    ignore_robots: RobotsOption = False,
    json: JsonOption = False,
) -> None:
    """Read each source's listing now, and archive nothing.

    \b
    Example:
      ingest sources check blog.example
    """
    voice = voice_of(json, False, False)
    settings = settings_of(config, None, allow_host, ignore_robots)
    from .commands import sources as command

    raise typer.Exit(command.check(names or [], settings, voice, config_path(config)))


@sources.command(cls=Command)
def remove(
    name: Annotated[str, typer.Argument(metavar="SOURCE", help="Its name in the config.")],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    quiet: QuietOption = False,
) -> None:
    """Take a source out of the config. What was archived stays.

    \b
    Example:
      ingest sources remove blog.example
    """
    voice = voice_of(False, quiet, False)
    settings = settings_of(config, archive)
    from .commands import sources as command

    raise typer.Exit(command.remove(name, settings, voice, Path(config_path(config))))
