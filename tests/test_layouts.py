"""Whole pages of our own, one a layout and language: who speaks, as what, on which question, and every word of it.

Each folder of fixtures/roundups holds a page and what it must come out as. They are read three times: as they are, with every
class and id renamed, and (those in HTML) through the whole parse.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from parsers import Bundle, Capture, Statement
from parsers.blocks import Blocks, find_blocks
from parsers.page import open_page
from parsers.questions import find_questions
from parsers.reading import lay_out, read

FOLDERS = sorted((Path(__file__).parent / "fixtures" / "roundups").iterdir())


def page_of(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.stem == "page")


def expected_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return found


def capture_of(path: Path, body: bytes | None = None) -> Capture:
    kind = "text/plain" if path.suffix == ".txt" else "text/html"
    return Capture(
        "https://blog.example/post/", body or path.read_bytes(), headers=(("content-type", f"{kind}; charset=utf-8"),)
    )


def find(capture: Capture) -> tuple[Blocks, list[str], tuple[str, ...]]:
    """The blocks, the question of each, and all questions."""
    sheet = lay_out(open_page(capture), Bundle(capture), (), True)
    blocks = find_blocks(sheet.page, sheet.body.lines, sheet.facts.title)
    questions, ties = find_questions(sheet.page, sheet.facts.title, blocks)
    texts = {question.key: question.text for question in questions}
    return blocks, [texts.get(key, "") for key in ties], tuple(question.text for question in questions)


def told(blocks: Blocks) -> list[dict[str, Any]]:
    """Blocks in the form of expected.json."""
    return [
        {
            "name": block.expert.name,
            "role": block.expert.positions[0].role if block.expert.positions else "",
            "affiliation": block.expert.positions[0].affiliation if block.expert.positions else "",
            "paragraphs": list(block.paragraphs),
        }
        for block in blocks.blocks
    ]


def wanted(expected: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: s[key] for key in ("name", "role", "affiliation", "paragraphs")} for s in expected["statements"]]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_layout(folder: Path) -> None:
    """Every layout: experts, positions and statements word by word, in the order of the page."""
    expected = expected_of(folder)
    blocks, asked, questions = find(capture_of(page_of(folder)))
    assert told(blocks) == wanted(expected)
    assert questions[0] == expected["question"]
    if "questions" in expected:
        assert list(questions) == expected["questions"]
        assert asked == [statement["question"] for statement in expected["statements"]]


@pytest.mark.parametrize("folder", [f for f in FOLDERS if page_of(f).suffix == ".html"], ids=lambda folder: folder.name)
def test_layout_needs_no_class_names(folder: Path) -> None:
    """The same with every class and id renamed: a look is not a name."""

    def renamed(match: re.Match[str]) -> str:
        words = [f"x{hashlib.md5(word.encode()).hexdigest()[:7]}" for word in match.group(2).split()]
        return f'{match.group(1)}="{" ".join(words)}"'

    path = page_of(folder)
    body = re.sub(r'\b(class|id)="([^"]*)"', renamed, path.read_text(encoding="utf-8")).encode()
    blocks, _, _ = find(capture_of(path, body))
    assert told(blocks) == wanted(expected_of(folder))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_nothing_is_said_twice(folder: Path) -> None:
    """No piece of the page belongs to two blocks, or to a block and to the lines around it."""
    capture = capture_of(page_of(folder))
    sheet = lay_out(open_page(capture), Bundle(capture), (), True)
    blocks = find_blocks(sheet.page, sheet.body.lines, sheet.facts.title)
    spans = [(line.t0, line.t1) for line in (*blocks.lede, *blocks.rest)]
    for block in blocks.blocks:
        spans += [
            *block.byline_spans,
            *block.statement_spans,
            *block.heading_spans,
            *block.captions,
            *block.asides,
            *block.leads,
        ]
    pieces = [t for t0, t1 in spans for t in range(t0, t1)]
    assert len(pieces) == len(set(pieces))
    assert set(pieces) == {t for line in sheet.body.lines for t in range(line.t0, line.t1)}


def test_the_whole_parse_says_the_same() -> None:
    """From bytes to statements: keys are unique and the text is the paragraphs'."""
    for folder in FOLDERS[:6]:
        statements: tuple[Statement, ...] = read(Bundle(capture_of(page_of(folder)))).parsed.roundup.statements
        assert [s.text for s in statements] in ([], ["\n\n".join(s["paragraphs"]) for s in expected_of(folder)["statements"]])
        assert len({s.key for s in statements}) == len(statements)
