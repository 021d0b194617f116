"""How many words a text has, where the two ways of counting agree and where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.wordcount import count_words, rough_words


@pytest.mark.parametrize(
    ("text", "exact", "rough"),
    [
        ("two words", 2, 2),
        ("Ann", 1, 1),
        ("Fünf Wörter, die verständlich sind", 5, 5),
        ("Rindfleischetikettierungsüberwachung", 1, 1),  # long, and one word all the same
        ("알렉스 리는 배를 좋아한다", 4, 4),  # Korean sets spaces
        ("専門家に聞いた質問", 5, 4),
        ("ผู้เชี่ยวชาญตอบคำถาม", 11, 10),
        ("我用 Linux 已经很多年了", 7, 3),  # mixed: where the ways part
        ("我", 1, 1),
        ("", 0, 1),  # a line is at least a word to whoever weighs it
    ],
)
def test_words(text: str, exact: int, rough: int) -> None:
    """Values of both."""
    assert (count_words(text), rough_words(text)) == (exact, rough)


@given(st.lists(st.text("abcXYZ019.,", min_size=1), min_size=1))
def test_spaced_words_are_counted_alike(words: list[str]) -> None:
    """In plain ASCII both are the words."""
    text = " ".join(words)
    assert count_words(text) == rough_words(text) == len(words)
