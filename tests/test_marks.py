"""A line before the grammar: what is taken off around a byline, and the sieve that holds back what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.bylines import evidence, looks_like_name, plausible, read_byline

from .bylined import Positions, positions

FURNISHED = [
    "🌱 {}",
    "👩‍💻 {}",
    "👉 #1 {}",
    "■ {}",
    "✔️ {}",
    "★ {}",
    "1️⃣ {}",
    "① {}",
    "1/ {}",
    "#1 {}",
    "#12: {}",
    "01 {}",
    "1 – {}",
    "1 — {}",
    "No. 1: {}",
    "Nr. 7: {}",
    "Expert 1: {}",
    "Tip #3 from {}",
    "Tipp 1 von {}",
    "Conseil n° 2 : {}",
    "Consejo 4 de {}",
    "{} 🚀",
]


@pytest.mark.parametrize("around", FURNISHED)
@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("Anna Berg, Head of Design, Oakhurst Bank", "Anna Berg", [("Head of Design", "Oakhurst Bank")]),
        ("Jürgen Halbe (Gründer, Halbe GmbH)", "Jürgen Halbe", [("Gründer", "Halbe GmbH")]),
        ("Inés Robledo – Directora General, Banco Ordesa", "Inés Robledo", [("Directora General", "Banco Ordesa")]),
    ],
)
def test_furniture_before_a_name(around: str, text: str, name: str, told: Positions) -> None:
    """Emoji, bullets and numbers of any kind say nothing about who speaks."""
    assert positions(around.format(text)) == (name, told)


@pytest.mark.parametrize(
    "text", ["📷 Anna Berg", "📸: Anna Berg", "☎ Anna Berg", "🌟 Best Pizza", "Tips 1 and 2", "24/7 Support"]
)
def test_pictures_make_no_byline(text: str) -> None:
    """A camera says whose photograph it is, a star whose pizza."""
    assert positions(text) is None


VOCABULARY = [
    "Anna Berg", "Walter Quist", "Dr", "PhD", "Lecturer", "CEO", "founder", "professor of law", "Head of Product", "Quillfish",
    "Northfield University", "Oslo", "Norway", "van der", "and", "of", "at", "the", "is a", ",", ",,", ";", "|", "–", "—", "-",
    ":", "(", ")", ">>", "\n", "/", "@anna", "1.", "2019", "“", "”", "'s", "教授", "北方大学", "李文华", "氏", "김민준", "أستاذ", "خبير", "профессор",
]  # fmt: skip
LINES = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map(" ".join),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14).map("".join),
)


def letters(text: str) -> str:
    """Letters and digits alone, so that white space and punctuation do not count."""
    return "".join(char for char in text.casefold() if char.isalnum())


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_nothing_is_invented(text: str) -> None:
    """Whatever the text, reading it raises nothing, and each word of what is read stands in it."""
    expert = read_byline(text)
    looks_like_name(text)
    assert 0 <= evidence(text) <= 2.5
    if expert is None:
        return
    printed = letters(text)
    assert expert.name and expert.byline == " ".join(text.split())
    for field in (expert.name, expert.honorific, *(part for p in expert.positions for part in (p.role, p.affiliation))):
        assert all(letters(part) in printed for part in field.replace(";", ",").split(",")), field


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_the_sieve_loses_nothing(text: str) -> None:
    """What the sieve holds back, the grammar would not have read: the reader asks it first."""
    assert plausible(text.strip()) or read_byline(text.strip()) is None


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "Anna " * 2_000,
        "Anna Berg, " * 900,
        "(" * 10_000,
        "Anna Berg (" * 27,
        "Anna Berg, " + "Lecturer and " * 22,
        "Anna Berg" + ", x" * 96,
        "Anna Berg – " * 24,
        "A. " * 99,
        "Anna " + "'" * 290,
        "Anna" + " " * 9_000 + "Berg",
        "AnnaBerg" * 36,
        "李" * 300,
        "\n" * 9_999,
        "Anna Berg\n" * 30,
        "“Anna” " * 42,
        "Anna Berg is a " + "very " * 56 + "x",
    ],
)
def test_hostile_lines_take_no_time(text: str) -> None:
    """No line takes longer than a blink."""
    start = time.process_time()
    read_byline(text)
    looks_like_name(text)
    assert time.process_time() - start < 0.25


def test_prose_is_held_back_by_the_sieve() -> None:
    """Nine in ten lines of prose never reach the grammar, and the sieve takes microseconds."""
    prose = [
        "And then nobody said anything for a while, which suited everyone.",
        "The harbour was empty, and the boats had gone with the tide.",
        "It took her three years to find out why.",
        "What remains is a list of names and a drawer of keys.",
        "Nobody asked the gardener; nobody ever did.",
        "We found, in the end, that the simplest way was the best.",
        "On the other side of the river there is a small brickworks.",
        "There are two kinds of soup: ours and theirs.",
        "This, of course, was before the bridge was built.",
        "Read the rest of this entry",
    ]
    assert [line for line in prose if plausible(line)] == []
    start = time.process_time()
    for _ in range(1_000):
        for line in prose:
            plausible(line)
    assert time.process_time() - start < 0.25  # 10,000 lines: 25 µs each would be far too slow already
