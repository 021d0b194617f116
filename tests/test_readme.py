"""The docs show what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest.exits import TABLE

from .readme import PAGES, ROOT, blocks, commands, help_text

SHOWN = [(page, words, shown) for page in PAGES for words, shown in blocks(page)]


@pytest.mark.parametrize(("page", "words", "shown"), SHOWN, ids=[f"{page.name}: {words}" for page, words, _ in SHOWN])
def test_help_blocks(page: Path, words: str, shown: str) -> None:
    """Each block is what the program prints; `python -m tests.readme` writes them anew."""
    assert shown == help_text(words)


def test_every_command_is_documented() -> None:
    """The README shows the first page of help, and docs/commands.md each command, with an example."""
    assert [words for page, words, _ in SHOWN if page.name == "README.md"][:1] == ["--help"]
    documented = {words.removesuffix(" --help"): shown for page, words, shown in SHOWN if page.name == "commands.md"}
    assert sorted(documented) == sorted(commands())
    assert [name for name, shown in documented.items() if "Example:" not in shown] == []


def test_exit_codes_are_documented() -> None:
    """The README's table has each code with the words of the program."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [code for code, meaning in TABLE if f"| {code} | {meaning} |" not in readme] == []


@pytest.mark.parametrize("words", commands())
def test_options_stand_in_line(words: str) -> None:
    """An option that takes something says what in a word of ours, and every explanation begins in the same column."""
    options = help_text(f"{words} --help").partition("\nOptions:\n")[2]
    assert "<" not in options.replace("<=", "")
    assert len({len(row) for row in re.findall(r"^  -\S.*?  +(?=\S)", options, re.MULTILINE)}) == 1
