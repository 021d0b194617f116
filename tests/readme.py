"""The `--help` blocks of the docs. `python -m tests.readme` writes them anew; tests/test_readme.py holds them to the program."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

from ingest.cli import app

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

# ```console
# $ ingest url --help
# ...
_BLOCK = re.compile(r"(```console\n\$ ingest (?P<words>[a-z -]*--help)\n)(?P<shown>.*?)(```\n)", re.DOTALL)


@cache
def help_text(words: str) -> str:
    """What `ingest WORDS` prints in a window of 100 columns."""
    done = CliRunner().invoke(app, words.split(), env={"NO_COLOR": "1", "TERM": "dumb"}, prog_name="ingest", terminal_width=98)  # and 2 of margin
    assert done.exit_code == 0, done.output
    return "\n".join(line.rstrip() for line in done.output.strip().splitlines()) + "\n"


def blocks(page: Path) -> list[tuple[str, str]]:
    """(words, what the page shows for them)."""
    return [(found["words"], found["shown"]) for found in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def commands(group: str = "") -> list[str]:
    """The commands that `ingest --help` lists, those of a group by their full names: "sources add"."""
    listing = help_text(f"{group}--help").partition("\nCommands:\n")[2].partition("\n\n")[0]
    names = [group + name for name in re.findall(r"^  ([a-z-]+)", listing, re.MULTILINE)]
    return [command for name in names for command in commands(f"{name} ") or [name]]


def rewrite(page: Path) -> None:
    """Put the program's own words into every block of a page."""
    text = page.read_text(encoding="utf-8")
    page.write_text(_BLOCK.sub(lambda found: found[1] + help_text(found["words"]) + found[4], text), encoding="utf-8")


def main() -> None:
    """Rewrite docs/commands.md as a whole, and the blocks of the other pages."""
    parts = ["# Every command\n\nWritten by `python -m tests.readme` from the program itself.\n"]
    parts += [f"## ingest {name}\n```console\n$ ingest {name} --help\n```\n" for name in commands()]
    (ROOT / "docs" / "commands.md").write_text("\n".join(parts), encoding="utf-8")
    for page in {*PAGES, ROOT / "docs" / "commands.md"}:
        rewrite(page)


if __name__ == "__main__":
    main()
