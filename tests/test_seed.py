"""The page that started it all, against what must come out of it. It belongs to others, so it is read where it lies."""

import json
from pathlib import Path

import pytest

from parsers import Bundle, Capture, parse

SEED = Path(__file__).resolve().parent.parent.parent / "shared" / "seed"
EXPECTED = SEED / "expected.json"
pytestmark = pytest.mark.skipif(not EXPECTED.exists(), reason="../shared/seed is not beside this checkout")


@pytest.fixture(scope="module")
def wanted():
    """With white space folded, as its own note says."""
    return json.loads(EXPECTED.read_text(encoding="utf-8").replace("\u00a0", " "))


@pytest.fixture(scope="module")
def parsed(wanted):
    return parse(
        Bundle(Capture("file:///seed.txt", (SEED / wanted["source"]).read_bytes(), headers=(("content-type", "text/plain"),)))
    )


def fold(text: str) -> str:
    return " ".join(text.split())


def test_title_question_lede_and_caption(parsed, wanted):
    roundup = parsed.roundup
    assert roundup.title == wanted["title"]
    assert roundup.questions[0].text == fold(wanted["question"])
    assert fold(roundup.lede) == fold(wanted["lede"])
    assert list(roundup.captions) == wanted["captions"]
    assert (roundup.language, parsed.verdict.kind) == (wanted["language"], "roundup")


def test_nine_experts_exactly(parsed, wanted):
    found = [
        (s.expert.name, [(p.role, p.affiliation) for p in s.expert.positions], s.expert.byline)
        for s in parsed.roundup.statements
    ]
    assert found == [
        (
            e["name"],
            [(e["role"], e["affiliation"])] + [(p["role"], p["affiliation"]) for p in e.get("more_positions", ())],
            e["byline"],
        )
        for e in wanted["experts"]
    ]


def test_each_statement_whole(parsed, wanted):
    for statement, expert in zip(parsed.roundup.statements, wanted["experts"], strict=True):
        words = statement.text.split()
        assert len(words) == expert["words"]
        assert len(statement.text.split("\n\n")) == expert["paragraphs"]
        assert fold(statement.text).startswith(fold(expert["first_words"]))
        assert fold(statement.text).endswith(fold(expert["last_words"]))


def test_the_furniture_is_dropped_by_name_and_nothing_is_left_over(parsed, wanted):
    texts = [dropped.text for dropped in parsed.dropped]
    assert (texts[0], texts[-1], len(texts)) == (wanted["dropped_from"], wanted["dropped_to"], wanted["dropped_paragraphs"])
    assert all("/" in dropped.rule for dropped in parsed.dropped)
    assert (parsed.left_over, len(parsed.roundup.comments)) == ((), wanted["comments"])
    assert parsed.words.claimed + parsed.words.dropped == parsed.words.visible
