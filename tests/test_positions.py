"""What stands behind a name, as role and affiliation: invented people, one reason a line."""

from __future__ import annotations

import pytest

from parsers import read_byline

Positions = list[tuple[str, str]]


def told(text: str) -> Positions | None:
    """The positions of a byline, in a form that is short to write down."""
    expert = read_byline(text)
    return [(p.role, p.affiliation) for p in expert.positions] if expert else None


BRANDS = [
    ("Mina Torvald, Operations Director, eVoltage, Toronto", [("Operations Director", "eVoltage")]),  # small letters by design
    ("Owen Prior, Chief Editor, SubEditors", [("Chief Editor", "SubEditors")]),  # a brand made of a role
    ("Petra Lang, RedakteurIn, Waldruf", [("RedakteurIn", "Waldruf")]),  # no brand: both genders in one word
    ("Ruth Amman, Treasurer, Amalgamated Bricklayers Local 1604", [("Treasurer", "Amalgamated Bricklayers Local 1604")]),
    ("Ruth Amman, Treasurer, 1604", [("Treasurer", "")]),  # a figure alone names nothing
]


@pytest.mark.parametrize(("text", "expected"), BRANDS)
def test_an_organisation_may_be_printed_oddly(text: str, expected: Positions) -> None:
    """Small letters, a capital within, or a figure at the end make no organisation less of one."""
    assert told(text) == expected


def test_the_kind_of_body_stands_first_in_romance_languages() -> None:
    """A field behind it is part of its name, where in English "Library Science" is a field as a whole."""
    assert told("Livia Sartori, direttrice dell’Istituto Studi Internazionali") == [("direttrice", "Istituto Studi Internazionali")]
    assert told("Ann Lee, Professor of Library Science") == [("Professor of Library Science", "")]
