"""Bylines in capitals throughout. All people and organisations are made up."""

from __future__ import annotations

import pytest

from parsers.bylines.shouted import shouted

from .bylined import Positions, positions

LINES: list[tuple[str, str, Positions]] = [
    ("ANNA BERG, CHIEF OF CARDIOLOGY", "ANNA BERG", [("CHIEF OF CARDIOLOGY", "")]),
    ("ANNA BERG, DIRECTRICE DES SYSTÈMES D'INFORMATION, CNRQ", "ANNA BERG", [("DIRECTRICE DES SYSTÈMES D'INFORMATION", "CNRQ")]),
    ("ANNA BERG, DIRECTOR, THE LARCH INITIATIVE", "ANNA BERG", [("DIRECTOR", "THE LARCH INITIATIVE")]),
    ("CHI-RU QUO, PARTNER, QKR LAW LLP", "CHI-RU QUO", [("PARTNER", "QKR LAW LLP")]),
    ("ANNA BERG, CEO, QVR", "ANNA BERG", [("CEO", "QVR")]),
    ("ANNA VAN DER QUIST, DOCENT, UNIVERSITEIT LARKEN", "ANNA VAN DER QUIST", [("DOCENT", "UNIVERSITEIT LARKEN")]),
]


@pytest.mark.parametrize(("text", "name", "expected"), LINES)
def test_a_line_in_capitals_is_read_as_in_small_letters_and_printed_as_it_was(
    text: str, name: str, expected: Positions
) -> None:
    assert positions(text) == (name, expected)


def test_only_a_line_of_several_words_without_small_letters_is_shouted() -> None:
    assert shouted("ANNA BERG, CEO, QVR")
    assert not shouted("ANNA BERG, CEO of QVR")
    assert not shouted("ANNA BERG")
    assert not shouted("李娜 南方 大学 教授")
