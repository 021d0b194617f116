"""The command line: what can be asked for, and with which words.

Only what `--help` needs is imported here; a command's own module comes in when the command is called.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from . import output, watching
from .exits import DONE, INTERRUPTED, SOME_FAILED, TABLE, code_of
from .options import (
    AllowOption,
    ArchiveOption,
    Command,
    ConfigOption,
    JsonOption,
    QuietOption,
    RobotsOption,
    VerboseOption,
    settings_of,
    voice_of,
)

PagesArgument = Annotated[
    list[str], typer.Argument(metavar="PATH|URL...", help="Saved pages or addresses; - is standard input.")
]
EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:<4} {meaning}" for code, meaning in TABLE)

app = typer.Typer(
    help="Read expert roundups from blogs into a versioned archive that one can browse.\n\n"
    "\b\nStart here:\n"
    "  ingest parse https://blog.example/what-experts-expect/   what would be read\n"
    "  ingest url https://blog.example/what-experts-expect/     fetch it and archive it\n"
    "  ingest browse                                            look at the archive",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _version(asked: bool) -> None:
    if asked:
        from parsers.label import parser_label

        print(parser_label())  # noqa: T201
        raise typer.Exit


@app.callback()
def _any(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is, with a hash.")
    ] = False,
) -> None:
    pass


@app.command(cls=Command)
def url(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Pages to fetch.")],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    allow_host: AllowOption = None,
    ignore_robots: RobotsOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Fetch each page once, politely, and archive it.

    \b
    Example:
      ingest url https://blog.example/what-experts-expect/
    """
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive, allow_host, ignore_robots)
    from .commands import url as command

    raise typer.Exit(command.run(urls, settings, voice))


@app.command(cls=Command)
def file(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Saved pages: HTML, .html.gz or plain text; - is standard input.")
    ],
    from_url: Annotated[
        list[str] | None,
        typer.Option("--url", metavar="URL", help="Where a file came from; one for each path [default: what the page says]."),
    ] = None,
    at: Annotated[
        str,
        typer.Option(
            "--at", metavar="TIME", help="When it was saved, ISO 8601; UTC where no offset is given [default: the file's time]."
        ),
    ] = "",
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Archive pages that were saved before; nothing is fetched.

    \b
    Example:
      ingest file saved/*.html
      ingest file --url https://blog.example/post/ --at 2019-02-26T10:00Z post.html
    """
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive)
    from .commands import file as command
    from .sources.files import read_time
    from .web.turns import utc_now

    try:
        moment = read_time(at, utc_now()) if at else None
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--at") from None
    raise typer.Exit(command.run(paths, from_url or [], moment, settings, voice))


@app.command(cls=Command)
def parse(
    sources: PagesArgument,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", metavar="N", min=1, max=64, help="With --json and paths: read in so many processes.")
    ] = 1,
    general_comments: Annotated[bool, typer.Option("--general-comments", hidden=True)] = False,  # for `make evaluate`
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    allow_host: AllowOption = None,
    ignore_robots: RobotsOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Print what the parser reads, and archive nothing. For a path nothing is fetched.

    \b
    Example:
      ingest parse saved/post.html
      ingest parse --json saved/*.html > posts.jsonl
    """
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive, allow_host, ignore_robots)
    from .commands import parse as command

    raise typer.Exit(command.run(sources, settings, voice, jobs, not general_comments))


@app.command(cls=Command)
def explain(
    sources: PagesArgument,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML file for a browser; - is standard output.")
    ] = None,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    allow_host: AllowOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show a page line by line, and what became of each line.

    \b
    Example:
      ingest explain saved/post.html
      ingest explain --html why.html https://blog.example/what-experts-expect/
    """
    if html is not None and json:
        raise typer.BadParameter("give either --html or --json", param_hint="--html")
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive, allow_host)
    from .commands import explain as command

    raise typer.Exit(command.run(sources, settings, voice, html))


@app.command(name="new-site", cls=Command)
def new_site(
    source: Annotated[str, typer.Argument(metavar="PATH|URL", help="A page of the site.")],
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="Where the rule and its fixture go.")] = Path("sites"),
    empty: Annotated[bool, typer.Option("--empty", help="Write it although nobody is seen to speak there.")] = False,
    config: ConfigOption = None,
    archive: ArchiveOption = None,
    allow_host: AllowOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Write a first guess at a site's rule, with a fixture, for a site that is read wrongly.

    \b
    Example:
      ingest new-site https://blog.example/what-experts-expect/
    """
    voice = voice_of(False, quiet, verbose)
    settings = settings_of(config, archive, allow_host)
    from .commands import newsite as command

    raise typer.Exit(command.run(source, settings, voice, into, empty))


watching.add_to(app)  # run, watch, status, sources


@app.command(cls=Command)
def browse(
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    port: Annotated[int, typer.Option("--port", "-p", metavar="PORT", min=1, max=65535, help="Where it listens.")] = 8001,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="On which address of this machine.")] = "127.0.0.1",
    quiet: QuietOption = False,
) -> None:
    """Open the archive in a browser, with Datasette.

    \b
    Example:
      ingest browse --archive archive.db
    """
    voice = voice_of(False, quiet, False)
    settings = settings_of(config, archive)
    from .commands import browse as command

    raise typer.Exit(command.run(settings, voice, port, host))


@app.command(cls=Command)
def history(
    url: Annotated[str, typer.Argument(metavar="URL", help="A page in the archive.")],
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Print how a roundup changed.

    \b
    Example:
      ingest history https://blog.example/what-experts-expect/
    """
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive)
    from .commands import history as command

    raise typer.Exit(command.run(url, settings, voice))


@app.command(cls=Command)
def verify(
    archive: ArchiveOption = None,
    config: ConfigOption = None,
    deep: Annotated[bool, typer.Option("--deep", help="Also read every capture and compare it with its hash.")] = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Check that the archive agrees with itself.

    \b
    Example:
      ingest verify --deep
    """
    voice = voice_of(json, quiet, verbose)
    settings = settings_of(config, archive)
    from .commands import verify as command

    raise typer.Exit(command.run(settings, voice, deep))


def main() -> None:
    """Run a command. An error that is not a bug of ours ends as one sentence and an exit code."""
    output.prepare()
    try:
        app()
    except SystemExit as ended:  # typer makes one of Ctrl-C, with the code but without a word
        if ended.code == INTERRUPTED:
            _say("ingest: interrupted")
        _leave(ended.code)
    except BrokenPipeError:  # the reader of our output has gone: `ingest parse ... | head`
        _leave(DONE)
    except Exception as error:  # the net around the program: a PipelineError alone is caught, without importing it beforehand
        from parsers.errors import PipelineError

        if isinstance(error, OSError) and (why := output.finish()):
            _say(f"ingest: {why}")
            sys.exit(SOME_FAILED)
        if not isinstance(error, PipelineError):
            raise
        _say(f"ingest: {error}")
        output.finish()
        sys.exit(code_of(error))


def _leave(code: str | int | None) -> None:
    """End with a code, once all is written."""
    if why := output.finish():
        _say(f"ingest: {why}")
        code = code or SOME_FAILED
    sys.exit(code)


def _say(text: str) -> None:
    with suppress(OSError):  # where standard error has gone too, there is nobody to tell
        print(text, file=sys.stderr)  # noqa: T201
