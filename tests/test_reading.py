"""docs/reading.md shows what the program does: its worked example is run, step by step."""

from __future__ import annotations

import re

import pytest

from .reading import DOC, ROOT, shown, steps

STEPS = steps()


def test_every_step_is_shown() -> None:
    assert list(shown()) == [
        "lines", "comments", "furniture", "facts", "article", "blocks", "bylines", "question", "verdict", "statement", "sum",
    ]  # fmt: skip
    assert set(shown()) == set(STEPS)


@pytest.mark.parametrize("name", STEPS)
def test_the_document_shows_what_the_step_does(name: str) -> None:
    """Where this fails and the new outcome is right: `python -m tests.reading` writes it into the document."""
    assert shown()[name] == STEPS[name]


def test_the_example_is_a_roundup() -> None:
    """The outcome itself, so that writing the blocks anew cannot hide a loss."""
    assert STEPS["verdict"].startswith("roundup ")
    assert [row.split(" | ")[:2] for row in STEPS["blocks"].splitlines() if row[0].isdigit()] == [
        ["1. Ann Lee", "structural engineer @ Troy Works"],
        ["2. Bo Ek", "stonemason"],
        ["3. Mira Okafor", "Professor of Hydrology @ University of Brindle"],
        ["4. Cy Dorn", "mayor @ Weirstead"],
        ["5. Petra Voss", "insurance analyst @ Harbour Mutual"],
    ]
    assert STEPS["question"] == "q1 from title: Will the old bridge hold?\n"
    assert STEPS["sum"].split(" dropped")[1].startswith(" + 0 left over")


def test_what_the_document_names_is_there() -> None:
    """Each module and data file that it names exists."""
    text = re.sub(r"```.*?```", "", DOC.read_text(encoding="utf-8"), flags=re.DOTALL)
    names = set(re.findall(r"`((?:lexicon/|platforms/)?[\w/]+\.(?:py|tsv|toml))`", text)) - {"lexicon/bylines/XX.toml"}
    homes = (ROOT, ROOT / "parsers", ROOT / "parsers" / "lexicon", ROOT / "tests")
    assert len(names) > 20
    assert [name for name in sorted(names) if not any((home / name).exists() for home in homes)] == []
