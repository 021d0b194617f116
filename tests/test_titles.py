"""Titles before a name and degrees behind it: what is part of the name, what says what somebody is, and what is neither."""

from __future__ import annotations

import pytest

from parsers import read_byline

Told = tuple[str, str, list[tuple[str, str]]]


def told(text: str) -> Told | None:
    """Name, honorific and positions."""
    expert = read_byline(text)
    return (expert.name, expert.honorific, [(p.role, p.affiliation) for p in expert.positions]) if expert else None


TITLES: list[tuple[str, Told | None]] = [
    ("Dr. Ada Quist", ("Ada Quist", "Dr.", [])),
    ("Professor Ada Quist", ("Ada Quist", "Professor", [])),  # a rank, which is no role by itself
    ("The Rev. Dr. Ada Quist, Senior Pastor, Hill Church", ("Ada Quist", "Rev. Dr.", [("Senior Pastor", "Hill Church")])),
    ("Col. (Ret.) Ada Quist, Senior Fellow, Dunmore Institute",
     ("Ada Quist", "Col. (Ret.)", [("Senior Fellow", "Dunmore Institute")])),
    ("Hon. Justice Ada Quist", ("Ada Quist", "Hon. Justice", [])),  # "Justice" is a given name as well
    ("Sister Anna Maria Quist, OSB", ("Anna Maria Quist", "Sister", [])),
    ("Judge Reinhart", ("Judge Reinhart", "", [])),  # "Judge" may be the given name where one more word stands there
    ("Bishop Anna Quist", ("Anna Quist", "", [("Bishop", "")])),  # a title that says what somebody is
    ("Chef Anna Quist, The Oak", ("Anna Quist", "", [("Chef", "The Oak")])),
    ("Chef Anna Quist, Owner, The Oak", ("Anna Quist", "Chef", [("Owner", "The Oak")])),  # the byline has another role
    ("Sen. Ada Quist (D-Ohio)", ("Ada Quist", "Sen.", [])),  # party and state are no affiliation
    ("Rep. Ada Quist, R-Fla.", ("Ada Quist", "Rep.", [])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_what_stands_before_a_name(text: str, expected: Told | None) -> None:
    """Titles come off the name; one that is an occupation is the role where no other stands there."""
    assert told(text) == expected


DEGREES: list[tuple[str, Told | None]] = [
    ("Ada Quist, PhD, NASA", ("Ada Quist", "", [("", "NASA")])),  # letters at the end are where somebody works
    ("Ada Quist, PhD, NASA, Houston", ("Ada Quist", "", [("", "NASA")])),
    ("Ada Quist, BBC, Editor", ("Ada Quist", "", [("Editor", "BBC")])),  # no degree before them
    ("Ada Quist, DVM, QXVB, Senior Veterinarian", ("Ada Quist", "", [("Senior Veterinarian", "")])),
    ("Ada Quist, RDN, QXD, dietitian and owner of Quist Kitchen",
     ("Ada Quist", "", [("dietitian and owner", "Quist Kitchen")])),
    ("Ada Quist, CFP®, Founder of Quist Wealth", ("Ada Quist", "", [("Founder", "Quist Wealth")])),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DEGREES)
def test_letters_behind_a_name(text: str, expected: Told | None) -> None:
    """Behind a degree that we know, letters that something else follows are a degree that we do not know."""
    assert told(text) == expected


@pytest.mark.parametrize(
    "name",
    ["Rajesh Quolm", "Shreya Quolm", "Behrouz Quolm", "Fatoumata Quolm", "Takashi Quolm", "Kyriakos Quolm", "Steph Quolm", "Jen Quolm"],
)
def test_given_names_of_many_peoples(name: str) -> None:
    """A given name that we know vouches for a firm that we do not know; an English word does not."""
    assert told(f"{name}, Brindlewock") == (name, "", [("", "Brindlewock")])
    assert told("Quilted Quolm, Brindlewock") is None
